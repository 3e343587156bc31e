// Redactor: every style, and the way back.

import assert from "node:assert/strict";
import test from "node:test";

import { RedactError, Redactor, Session } from "sluicegate";

import { hard, words } from "./words.mjs";

const KEY = Buffer.from("a key for tests only");

function redactor(style, options) {
  return new Redactor(style, { database: words, ...options });
}

test("every style leaves its mark", () => {
  const expected = {
    label: "see [CUSTOM_CAPITALS]",
    numbered: "see [CAPITALS_1]",
    mask: "see ******",
    partial: "see ***DEF",
    vault: "see [vault:0:custom.capitals:1]",
  };
  for (const [style, text] of Object.entries(expected)) {
    assert.equal(redactor(style).redact("see ABCDEF"), text);
    assert.equal(redactor(style).redact(Buffer.from("see ABCDEF")).toString(), text);
  }
  assert.equal(redactor().redact("see ABC"), "see [CUSTOM_CAPITALS]");
  assert.equal(redactor("partial", { keep: 2 }).redact("ABCDEF"), "****EF");
  const hash = redactor("hash", { key: KEY }).redact("see ABC");
  assert.match(hash, /^see \[custom\.capitals:[0-9a-f]{16}\]$/);
  assert.equal(new Redactor().redact("card 4111 1111 1111 1111"), "card [PCI_CARD_VISA]");
});

test("keys and sessions turn values back", () => {
  const text = "é 日 see ABCDEF and \ud83d\ude00";
  for (const style of ["token", "fpe"]) {
    const keyed = redactor(style, { key: new Uint8Array(KEY) });
    const redacted = keyed.redact(text);
    assert(!redacted.includes("ABCDEF"));
    assert.equal(keyed.restore(redacted), text);
  }
  for (const style of ["numbered", "vault"]) {
    const session = new Session("a");
    const redacted = redactor(style).redact(text, { session });
    assert.equal(session.count, 3);
    assert.equal(redactor(style).restore(redacted, { session }), text);
    assert.equal(redactor(style).restore(redacted), redacted);
  }
});

test("findings below a confidence stay", () => {
  assert.equal(redactor("mask").redact("é ABC", { minConfidence: 70 }), "é ***");
});

test("what stays as it came is the same", () => {
  const string = "lone \ud800";
  assert.equal(redactor().redact(string), string);
  assert.equal(redactor().restore(string), string);
  const buffer = Buffer.from("nothing");
  assert.equal(redactor().redact(buffer), buffer);
});

test("what can't be redacted is an error", () => {
  const text = "ABC " + "a".repeat(20_000);
  assert.throws(() => new Redactor("label", { database: hard }).redact(text), RedactError);
});

test("wrong arguments are refused", () => {
  const type = (message) => ({ name: "TypeError", message });
  const range = (message) => ({ name: "RangeError", message });
  assert.throws(() => redactor("stars"), range(/^style is one of label, /));
  assert.throws(() => redactor("token"), type(/^the style token takes a key$/));
  assert.throws(() => redactor("mask", { key: KEY }), type(/^the style mask takes no key$/));
  assert.throws(() => redactor("token", { key: KEY.subarray(8) }), range(/12 bytes/));
  assert.throws(() => redactor("token", { key: "text" }), type(/^expected a key/));
  assert.throws(() => redactor("partial", { keep: 101 }), range(/^keep is a whole number/));
  assert.throws(() => redactor().redact(1), type(/^expected a string/));
  assert.throws(() => redactor().redact("", { minConfidence: 101 }), range(/^minConfidence/));
});
