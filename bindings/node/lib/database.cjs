// The class `Database`.

"use strict";

const { renameSync, rmSync, writeFileSync } = require("node:fs");
const { threadId } = require("node:worker_threads");

const {
  checkOptions,
  checkText,
  kind,
  toIndex,
  toKey,
  toPath,
  toPaths,
  toTexts,
  toWhole,
} = require("./argument.cjs");
const { IncompleteError, toError } = require("./error.cjs");
const { behind, findings, isIncomplete } = require("./finding.cjs");
const native = require("./native.cjs");
const { FindingStream } = require("./stream.cjs");

/** What only this file has, so that nobody else makes databases and classifiers. */
const KEY = Symbol("sluicegate");

/** The compiled part of a database, which the class lends to this package alone. */
let innerDatabase;

/** What a database knows of one of its classifiers. */
class Classifier {
  #database;

  constructor(key, database, [id, severity, confidence]) {
    checkKey(key);
    this.#database = database;
    this.id = id;
    this.severity = severity;
    this.confidence = confidence;
    Object.freeze(this);
  }

  get card() {
    return JSON.parse(this.#database.card(this.id));
  }
}

/** A compiled set of classifiers. It never changes. */
class Database {
  #native;
  #classifiers;
  #scanString;
  #scanBuffer;

  static {
    innerDatabase = (database) => {
      if (typeof database === "object" && database !== null && #native in database) {
        return database.#native;
      }
      throw new TypeError(`expected a Database, not ${kind(database)}`);
    };
  }

  constructor(key, database) {
    checkKey(key);
    if (!(database instanceof native.Database)) throw toError(database);
    this.#native = database;
    this.#classifiers = database.classifiers().map((row) => new Classifier(KEY, database, row));
    this.#scanString = database.stringScan();
    this.#scanBuffer = database.bufferScan();
  }

  static builtin() {
    return new Database(KEY, native.builtin());
  }

  static fromFiles(paths, options = {}) {
    const { builtin = false } = checkOptions(options);
    return new Database(KEY, native.fromFiles(toPaths(paths), Boolean(builtin)));
  }

  static load(path) {
    return new Database(KEY, native.load(toPath(path)));
  }

  withExact(index, key) {
    return new Database(KEY, this.#native.withIndex(true, toIndex(index), toKey(key)));
  }

  withDocuments(index, key) {
    return new Database(KEY, this.#native.withIndex(false, toIndex(index), toKey(key)));
  }

  save(path) {
    const meant = toPath(path);
    // Whoever opens the path has the old contents or the new, and a mapped old file stays as it is.
    const beside = `${meant}.${process.pid}.${threadId}.tmp`;
    try {
      writeFileSync(beside, this.#native.image(), { flag: "wx", flush: true });
      renameSync(beside, meant);
    } catch (error) {
      if (error.code !== "EEXIST") rmSync(beside, { force: true });
      throw error;
    }
  }

  get digest() {
    return this.#native.digest;
  }

  get length() {
    return this.#classifiers.length;
  }

  classifiers() {
    return [...this.#classifiers];
  }

  scan(text, options) {
    const minConfidence = options === undefined ? 0 : toMinConfidence(checkOptions(options));
    const resolve = options !== undefined && Boolean(options.resolve);
    let packed;
    if (typeof text === "string") {
      packed = this.#scanString(text, minConfidence, resolve);
    } else {
      checkText(text);
      packed = this.#scanBuffer(text, minConfidence, resolve);
    }
    if (packed === null) return [];
    const found = findings(packed, 0, this.#classifiers);
    if (isIncomplete(packed, 0)) throw new IncompleteError(found);
    return found;
  }

  async scanBatch(texts, options = {}) {
    const { threads, minConfidence } = toBatchOptions(options);
    return this.#unpack(await this.#native.scanBatch(toTexts(texts), threads, minConfidence));
  }

  scanBatchSync(texts, options = {}) {
    const { threads, minConfidence } = toBatchOptions(options);
    return this.#unpack(this.#native.scanBatchSync(toTexts(texts), threads, minConfidence));
  }

  stream(options = {}) {
    const minConfidence = toMinConfidence(checkOptions(options));
    return new FindingStream(this.#native.stream(minConfidence), this.#classifiers);
  }

  /** The findings of each text of a batch. */
  #unpack(packed) {
    const found = [];
    const incomplete = [];
    for (let at = 0; at < packed.length; at = behind(packed, at)) {
      if (isIncomplete(packed, at)) incomplete.push(found.length);
      found.push(findings(packed, at, this.#classifiers));
    }
    if (incomplete.length > 0) throw new IncompleteError(found, incomplete);
    return found;
  }
}

function checkKey(key) {
  if (key !== KEY) {
    throw new TypeError("databases come from Database.builtin, .fromFiles and .load");
  }
}

function toMinConfidence({ minConfidence = 0 }) {
  return toWhole("minConfidence", minConfidence, 100);
}

function toBatchOptions(options) {
  const { threads = 0 } = checkOptions(options);
  return {
    threads: toWhole("threads", threads, 0xffff_ffff),
    minConfidence: toMinConfidence(options),
  };
}

module.exports = { Classifier, Database, innerDatabase };
