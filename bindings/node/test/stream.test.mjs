// Texts that arrive in pieces, scanned and guarded.

import assert from "node:assert/strict";
import test from "node:test";

import { Guard, IncompleteError, Session, SluicegateError } from "sluicegate";

import { POLICY, hard, pieces, wordsAndStop } from "./words.mjs";

const guard = Guard.fromText(POLICY, { database: wordsAndStop });
const TEXT = "é😀 see ABC, 日本 ABC\ud83d and \ud800DEF \udc00 é".repeat(3) + "\ud83d";

/** Runs of pieces: of some sizes, and of sizes that a seed mixes; some pieces are empty. */
function* cuttings(text) {
  for (const size of [1, 2, 3, 5, 7, 64, text.length]) yield pieces(text, size);
  for (let seed = 1; seed <= 50; seed += 1) {
    const cut = [];
    let state = seed;
    for (let at = 0; at < text.length;) {
      state = (state * 48_271) % 2_147_483_647;
      const size = state % 9;
      cut.push(text.slice(at, at + size));
      at += size;
    }
    yield cut;
  }
}

/** What comes out of a stream, and its verdict. */
function streamed(stream, cut) {
  const passed = cut.map((piece) => stream.push(piece));
  passed.push(stream.finish());
  assert.equal(stream.held, 0);
  const isString = passed.every((piece) => typeof piece === "string");
  const text = isString ? passed.join("") : Buffer.concat(passed).toString();
  return { text, verdict: stream.verdict };
}

test("however a string is cut, the same comes out", () => {
  const whole = guard.inspect(TEXT, { channel: "output" });
  for (const cut of cuttings(TEXT)) {
    const { text, verdict } = streamed(guard.stream(), cut);
    assert.equal(text, whole.text);
    assert.deepEqual(verdict, whole);
    assert.equal(verdict.text, null);
  }
});

test("however a buffer is cut, the same comes out", () => {
  const buffer = Buffer.from(TEXT);
  const whole = guard.inspect(buffer, { channel: "output" });
  for (const cut of cuttings(buffer)) {
    const { text, verdict } = streamed(guard.stream(), cut);
    assert.equal(text, whole.text.toString());
    assert.deepEqual(verdict, whole);
  }
});

test("however a text is cut, the same is found", () => {
  for (const text of [TEXT, Buffer.from(TEXT)]) {
    for (const minConfidence of [0, 50]) {
      const whole = wordsAndStop.scan(text, { minConfidence });
      for (const cut of cuttings(text)) {
        const stream = wordsAndStop.stream({ minConfidence });
        const found = cut.flatMap((piece) => stream.push(piece));
        assert.deepEqual([...found, ...stream.finish()], whole);
      }
    }
  }
});

test("no character is cut, and a half waits for the other", () => {
  const isWhole = (text) => Buffer.from(text).toString() === text;
  for (const cut of cuttings(TEXT)) {
    const stream = guard.stream();
    for (const piece of cut) assert(isWhole(stream.push(piece)));
  }
  const stream = guard.stream();
  assert.equal(stream.push("\ud83d"), "");
  assert.equal(stream.held, 3);
  const rest = ["\ude00 and \ud83d", "\ud83d"].map((piece) => stream.push(piece));
  assert.equal(rest.join("") + stream.finish(), "😀 and \ufffd\ufffd");
});

test("nothing behind what is blocked passes on", () => {
  const text = "some 😀 then stop and more";
  for (const input of [text, Buffer.from(text)]) {
    for (const cut of cuttings(input)) {
      const { text, verdict } = streamed(guard.stream(), cut);
      assert.equal(text, "some 😀 then ");
      assert.deepEqual([verdict.action, verdict.rule], ["block", "stop"]);
    }
  }
  const stream = guard.stream();
  stream.push("then stop and more");
  assert(stream.stopped);
  assert.equal(stream.verdict, null);
  assert.equal(stream.push("more"), "");
  stream.finish();
  assert(stream.stopped);
});

test("in monitor mode everything passes at once", () => {
  const monitor = Guard.fromText(`mode = "monitor"\n${POLICY}`, { database: wordsAndStop });
  const text = "é日 ".repeat(2000) + "ABC stop é";
  const whole = monitor.inspect(text, { channel: "prompt" });
  assert.equal(whole.text, text);
  for (const size of [1, 1000]) {
    const stream = monitor.stream({ channel: "prompt" });
    for (const piece of pieces(text, size)) assert.equal(stream.push(piece), piece);
    assert.equal(stream.finish(), "");
    assert.deepEqual(stream.verdict, whole);
    assert(!stream.stopped);
  }
});

test("streams of one session share its values", () => {
  const session = new Session("a");
  const [first, second] = [guard.stream({ session }), guard.stream({ session })];
  const passed = [first.push("ABC DEF ") + first.finish(), second.push("DEF ") + second.finish()];
  assert.deepEqual(passed, ["[CAPITALS_1] [CAPITALS_2] ", "[CAPITALS_2] "]);
  assert.equal(guard.restore(passed[1], { session }), "DEF ");
  assert.equal(guard.stream().finish(), "");
});

test("wrong pieces are refused and change nothing", () => {
  const type = (message) => ({ name: "TypeError", message });
  for (const stream of [guard.stream(), wordsAndStop.stream()]) {
    assert.throws(() => stream.push(1), type(/^expected a string, Buffer or Uint8Array/));
    stream.push("see AB");
    const mixed = type("expected a string like the pieces before, not Buffer");
    assert.throws(() => stream.push(Buffer.from("C")), mixed);
    assert.throws(() => stream.push(null), { name: "TypeError" });
    stream.push("C");
    const rest = stream.finish();
    assert(rest.length > 0);
  }
  const bytes = guard.stream();
  bytes.push(new Uint8Array(1));
  const mixed = type("expected a Buffer or Uint8Array like the pieces before, not string");
  assert.throws(() => bytes.push(""), mixed);
  assert.throws(() => guard.stream({ channel: "input" }), { name: "RangeError" });
  assert.throws(() => guard.stream({ session: "a" }), type(/^expected a Session, not string$/));
  assert.throws(() => wordsAndStop.stream({ minConfidence: -1 }), { name: "RangeError" });
});

test("a stream ends once, and closing it drops what it holds", () => {
  for (const end of ["finish", "close"]) {
    for (const stream of [guard.stream(), wordsAndStop.stream()]) {
      stream.push("see AB");
      assert(stream.held > 0);
      stream[end]();
      assert.equal(stream.held, 0);
      assert.throws(() => stream.push("C"), SluicegateError);
      assert.throws(() => stream.finish(), { message: "the stream has ended" });
      stream.close();
    }
  }
});

test("what could not be inspected is told at the end", () => {
  const text = "ABC " + "a".repeat(200_000);
  const stream = hard.stream();
  const found = stream.push(text);
  assert.equal(found[0].start, 0);
  assert.throws(() => stream.finish(), IncompleteError);
  const strict = Guard.fromText("", { database: hard }).stream();
  strict.push(text);
  strict.finish();
  assert.deepEqual([strict.verdict.complete, strict.verdict.action], [false, "block"]);
});
