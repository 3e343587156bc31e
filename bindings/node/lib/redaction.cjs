// How a text is redacted, and turned back.

"use strict";

const { toKey, toWhole, toWord } = require("./argument.cjs");
const { RedactError } = require("./error.cjs");

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

/** How a text is to be redacted. */
function toRedaction({ style = "label", keep = KEEP, key, session }) {
  if (style === "vault" && session === undefined) {
    throw new TypeError("the style vault takes a session, which alone can turn it back");
  }
  return checked(style, keep, key);
}

/** How a text was redacted: sessions remember it, keys are of one style. */
function toReversal({ style, key }) {
  return checked(style ?? (key === undefined ? "label" : "token"), KEEP, key);
}

function checked(style, keep, key) {
  const takesKey = STYLES[toWord("style", style, Object.keys(STYLES))];
  if (takesKey !== (key !== undefined)) {
    throw new TypeError(`the style ${style} takes ${takesKey ? "a" : "no"} key`);
  }
  return {
    style,
    keep: toWhole("keep", keep, MOST_KEPT),
    key: key === undefined ? undefined : toKey(key),
  };
}

/** The text that the compiled part gives, or the error where it gives none. */
function redacted([text, refusal]) {
  if (refusal !== null) throw new RedactError(refusal);
  return text;
}

module.exports = { redacted, toRedaction, toReversal };
