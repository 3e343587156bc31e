// Texts that arrive in pieces.

"use strict";

const { checkText, kind } = require("./argument.cjs");
const { IncompleteError, SluicegateError } = require("./error.cjs");
const { findings, isIncomplete } = require("./finding.cjs");
const { Verdict } = require("./verdict.cjs");

/** Bytes of the character that stands for a half of a pair without the other. */
const REPLACEMENT = 3;

/** The pieces of one text: all strings or all buffers, of surrogates never one half of a pair. */
class Pieces {
  isString;
  #half = "";

  /** The piece with the half that waited before it, and without the one at its end. */
  take(piece) {
    checkText(piece);
    this.isString ??= typeof piece === "string";
    if (this.isString !== (typeof piece === "string")) {
      const expected = this.isString ? "a string" : "a Buffer or Uint8Array";
      throw new TypeError(`expected ${expected} like the pieces before, not ${kind(piece)}`);
    }
    if (!this.isString) return piece;
    const text = this.#half + piece;
    this.#half = isLead(text.charCodeAt(text.length - 1)) ? text.at(-1) : "";
    return this.#half === "" ? text : text.slice(0, -1);
  }

  /** The half that waits for another which does not come. */
  rest() {
    return this.#half;
  }

  /** Bytes that wait. */
  get held() {
    return this.#half === "" ? 0 : REPLACEMENT;
  }
}

function isLead(unit) {
  return unit >= 0xd800 && unit <= 0xdbff;
}

/** The findings of a text as it arrives. */
class FindingStream {
  #native;
  #classifiers;
  #pieces = new Pieces();

  constructor(stream, classifiers) {
    this.#native = stream;
    this.#classifiers = classifiers;
  }

  push(piece) {
    return this.#push(open(this.#native), this.#pieces.take(piece));
  }

  finish() {
    const stream = open(this.#native);
    const half = this.#pieces.rest();
    const found = half === "" ? [] : this.#push(stream, half);
    this.#native = null;
    const packed = stream.finish(this.#pieces.isString === true);
    found.push(...findings(packed, 0, this.#classifiers));
    if (isIncomplete(packed, 0)) throw new IncompleteError(found);
    return found;
  }

  close() {
    this.#native = null;
  }

  get held() {
    return this.#native === null ? 0 : this.#native.held + this.#pieces.held;
  }

  #push(stream, piece) {
    const packed = stream.push(piece);
    return packed === null ? [] : findings(packed, 0, this.#classifiers);
  }
}

/** A text that a guard decides about as it arrives. */
class GuardStream {
  #native;
  #session;
  #pieces = new Pieces();
  #verdict = null;

  constructor(stream, session) {
    this.#native = stream;
    this.#session = session;
  }

  push(piece) {
    return open(this.#native).push(this.#pieces.take(piece), this.#session);
  }

  finish() {
    const stream = open(this.#native);
    const half = this.#pieces.rest();
    const passed = half === "" ? "" : stream.push(half, this.#session);
    this.#native = null;
    // Where nothing came there is the empty string.
    const isString = this.#pieces.isString !== false;
    const [rest, verdict] = stream.finish(isString, this.#session);
    this.#verdict = new Verdict(verdict, null, null);
    return half === "" ? rest : passed + rest;
  }

  close() {
    this.#native = null;
  }

  get verdict() {
    return this.#verdict;
  }

  get held() {
    return this.#native === null ? 0 : this.#native.held + this.#pieces.held;
  }

  get stopped() {
    return this.#native === null ? this.#verdict?.action === "block" : this.#native.stopped;
  }
}

/** The compiled part of a stream that has not ended. */
function open(stream) {
  if (stream === null) throw new SluicegateError("the stream has ended");
  return stream;
}

module.exports = { FindingStream, GuardStream };
