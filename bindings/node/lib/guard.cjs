// The class `Guard`.

"use strict";

const { readFileSync } = require("node:fs");

const { checkOptions, checkText, kind, toBack, toKey, toPath, toWord } = require("./argument.cjs");
const { Database, innerDatabase } = require("./database.cjs");
const { PolicyError, RedactError, toError, toProblem } = require("./error.cjs");
const native = require("./native.cjs");
const { changed } = require("./redactor.cjs");
const { innerSession } = require("./session.cjs");
const { GuardStream } = require("./stream.cjs");
const { GuardTransform } = require("./transform.cjs");
const { Verdict } = require("./verdict.cjs");

const CHANNELS = ["prompt", "output", "tool_args", "tool_result", "document"];
const FORMS = ["text", "json"];

/** A policy that stands in no file. */
class PolicyText {
  constructor(text) {
    this.text = text;
  }
}

/** A database with a policy: decides about texts. It never changes. */
class Guard {
  #native;
  #database;

  constructor(policy, options = {}) {
    const { database = Database.builtin(), keys = {} } = checkOptions(options);
    const [name, text] =
      policy instanceof PolicyText
        ? ["policy", Buffer.from(policy.text)]
        : [toPath(policy), readFileSync(toPath(policy))];
    const given = Object.entries(checkOptions(keys));
    const guard = native.guard(
      innerDatabase(database),
      name,
      text,
      given.map(([name]) => name),
      given.map(([, key]) => toKey(key)),
    );
    if (!(guard instanceof native.Guard)) throw toError(guard, PolicyError);
    this.#native = guard;
    this.#database = database;
  }

  static fromText(text, options) {
    if (typeof text !== "string") {
      throw new TypeError(`expected a policy as a string, not ${kind(text)}`);
    }
    return new Guard(new PolicyText(text), options);
  }

  get database() {
    return this.#database;
  }

  unmatched() {
    return JSON.parse(this.#native.unmatched()).map(toProblem);
  }

  inspect(text, options = {}) {
    checkText(text);
    const { isJson, channel, session } = toRequest(options);
    const [verdict, other] = this.#native.inspect(text, isJson, channel, session);
    return new Verdict(verdict, toBack(text), other);
  }

  restore(text, options = {}) {
    checkText(text);
    const { isJson, channel, session } = toRequest(options);
    return changed(text, this.#native.restore(text, isJson, channel, session));
  }

  stream(options = {}) {
    const { channel = "output", session } = checkOptions(options);
    const inner = innerSession(session);
    const stream = this.#native.stream(toWord("channel", channel, CHANNELS), inner);
    if (typeof stream === "string") throw new RedactError(stream);
    return new GuardStream(stream, inner);
  }

  transform(options) {
    return new GuardTransform(this.stream(options));
  }
}

function toRequest(options) {
  const { channel = "prompt", form = "text", session } = checkOptions(options);
  return {
    isJson: toWord("form", form, FORMS) === "json",
    channel: toWord("channel", channel, CHANNELS),
    session: innerSession(session),
  };
}

module.exports = { Guard };
