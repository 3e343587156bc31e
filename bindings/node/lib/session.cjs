// The class `Session`.

"use strict";

const { kind } = require("./argument.cjs");
const native = require("./native.cjs");

/** The compiled part of a session, or nothing where there is no session. */
let innerSession;

/** What redactions of one conversation remember. It holds values and shows none. */
class Session {
  #native;
  #name;

  static {
    innerSession = (session) => {
      if (session === undefined) return undefined;
      if (typeof session === "object" && session !== null && #native in session) {
        return session.#native;
      }
      throw new TypeError(`expected a Session, not ${kind(session)}`);
    };
  }

  constructor(name = "0") {
    if (typeof name !== "string") {
      throw new TypeError(`expected the name of a session as a string, not ${kind(name)}`);
    }
    const session = native.session(name);
    if (typeof session === "string") throw new RangeError(session);
    this.#native = session;
    this.#name = name;
  }

  get name() {
    return this.#name;
  }

  get count() {
    return this.#native.count;
  }
}

module.exports = { Session, innerSession };
