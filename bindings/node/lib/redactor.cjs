// The class `Redactor`.

"use strict";

const { checkOptions, checkText, toBack, toKey, toWhole, toWord } = require("./argument.cjs");
const { Database, innerDatabase } = require("./database.cjs");
const { RedactError } = require("./error.cjs");
const native = require("./native.cjs");
const { innerSession } = require("./session.cjs");

/** Styles, and whether they take a key. */
const STYLES = {
  label: false,
  numbered: false,
  mask: false,
  partial: false,
  hash: true,
  token: true,
  fpe: true,
  vault: false,
};
/** Characters that `partial` keeps if it is not told, and the most it can. */
const KEEP = 4;
const MOST_KEPT = 100;

/** A database with a style: puts something else in place of what it finds. It never changes. */
class Redactor {
  #native;

  constructor(style = "label", options = {}) {
    const { database = Database.builtin(), keep = KEEP, key } = checkOptions(options);
    const takesKey = STYLES[toWord("style", style, Object.keys(STYLES))];
    if (takesKey !== (key !== undefined)) {
      throw new TypeError(`the style ${style} takes ${takesKey ? "a" : "no"} key`);
    }
    const redactor = native.redactor(
      innerDatabase(database),
      style,
      toWhole("keep", keep, MOST_KEPT),
      takesKey ? toKey(key) : undefined,
    );
    if (typeof redactor === "string") throw new RangeError(redactor);
    this.#native = redactor;
  }

  redact(text, options = {}) {
    const { minConfidence, session } = checked(text, options);
    return changed(text, this.#native.redact(text, minConfidence, session));
  }

  restore(text, options = {}) {
    const { minConfidence, session } = checked(text, options);
    return changed(text, this.#native.restore(text, minConfidence, session));
  }
}

function checked(text, options) {
  checkText(text);
  const { minConfidence = 0, session } = checkOptions(options);
  return {
    minConfidence: toWhole("minConfidence", minConfidence, 100),
    session: innerSession(session),
  };
}

/** What the compiled part made of a text. */
function changed(text, [other, refusal]) {
  if (refusal !== null) throw new RedactError(refusal);
  return other ?? toBack(text);
}

module.exports = { Redactor, changed };
