// Database.scan: what it takes, what it gives.

import assert from "node:assert/strict";
import test from "node:test";

import { IncompleteError, SluicegateError } from "sluicegate";

import { hard, pack, spans, words } from "./words.mjs";

const parts = (text, findings) => findings.map(({ start, end }) => text.slice(start, end));

test("a finding says what, where and how sure", () => {
  assert.deepEqual(words.scan("see ABC"), [
    {
      classifier: "custom.capitals",
      start: 4,
      end: 7,
      severity: "high",
      confidence: 70,
      view: "raw",
    },
  ]);
});

test("offsets are UTF-16 units of strings and bytes of buffers", () => {
  const text = "日本 ABC é😀éé 😀XYZ";
  assert.deepEqual(parts(text, words.scan(text)), ["日", "ABC", "é", "éé", "XYZ"]);
  const buffer = Buffer.from(text);
  const found = parts(buffer, words.scan(buffer)).map(String);
  assert.deepEqual(found, ["日", "ABC", "é", "éé", "XYZ"]);
});

test("a finding inside a character takes all of it", () => {
  const database = pack(String.raw`
    [[classifier]]
    id = "custom.half"
    [[classifier.regex]]
    pattern = '(?-u:[\xa9\x98])x?'
    [[classifier]]
    id = "custom.lead"
    [[classifier.regex]]
    pattern = 'a(?-u:\xc3)'
  `);
  const text = "aéx é😀";
  assert.deepEqual(spans(database.scan(text)), [
    [0, 2],
    [1, 3],
    [4, 5],
    [5, 7],
  ]);
  const buffer = Buffer.from(text);
  assert.deepEqual(spans(database.scan(buffer)), [
    [0, 2],
    [2, 4],
    [6, 7],
    [9, 10],
  ]);
});

test("a lone surrogate is scanned as a replacement character", () => {
  const text = "\ud800 ABC \udfff日\ud83d";
  assert.deepEqual(parts(text, words.scan(text)), ["ABC", "日"]);
  const replacement = pack(String.raw`
    [[classifier]]
    id = "custom.replacement"
    [[classifier.regex]]
    pattern = '(?u:\x{FFFD})'
  `);
  assert.deepEqual(spans(replacement.scan(text)), [
    [0, 1],
    [6, 7],
    [8, 9],
  ]);
});

test("nested and overlapping findings keep their places", () => {
  const database = pack(`
    [[classifier]]
    id = "custom.long"
    [[classifier.regex]]
    pattern = 'é.*é'
    [[classifier]]
    id = "custom.short"
    [[classifier.regex]]
    pattern = 'B'
  `);
  assert.deepEqual(spans(database.scan("éBéBé")), [
    [0, 5],
    [1, 2],
    [3, 4],
  ]);
});

test("strings of every length and kind are scanned", () => {
  for (const filler of [".", "ß", "本", "😀"]) {
    for (let length = 0; length < 200; length += 1) {
      const text = filler.repeat(length) + "ABC";
      const at = filler.length * length;
      assert.deepEqual(spans(words.scan(text)), [[at, at + 3]]);
      const sliced = (text + filler).slice(filler.length);
      if (length > 0) {
        assert.deepEqual(spans(words.scan(sliced)), [[at - filler.length, at - filler.length + 3]]);
      }
    }
  }
  const long = "本".repeat(1_500_000);
  assert.deepEqual(spans(words.scan(`${long}ABC${long}`)), [[1_500_000, 1_500_003]]);
  assert.deepEqual(spans(words.scan("ABC")), [[0, 3]]);
});

test("every kind of byte buffer is scanned", () => {
  const buffer = Buffer.from("..ABC..".repeat(300));
  const expected = words.scan(buffer);
  assert.equal(expected.length, 300);
  const shared = new Uint8Array(new SharedArrayBuffer(buffer.length));
  shared.set(buffer);
  for (const same of [new Uint8Array(buffer), Buffer.alloc(buffer.length, buffer), shared]) {
    assert.deepEqual(words.scan(same), expected);
  }
  assert.deepEqual(
    spans(words.scan(buffer.subarray(3))),
    spans(expected.slice(1)).map(([start, end]) => [start - 3, end - 3]),
  );
  const detached = new Uint8Array(8);
  structuredClone(detached, { transfer: [detached.buffer] });
  for (const empty of ["", Buffer.alloc(0), new Uint8Array(), detached]) {
    assert.deepEqual(words.scan(empty), []);
  }
});

test("wrong arguments are refused with what was expected", () => {
  for (const wrong of [undefined, null, 1, ["ABC"], {}, new Float64Array(1), new ArrayBuffer(1)]) {
    assert.throws(() => words.scan(wrong), {
      name: "TypeError",
      message: /^expected a string, Buffer or Uint8Array, not /,
    });
  }
  assert.throws(() => words.scan("ABC", 50), { name: "TypeError", message: /object of options/ });
  assert.throws(() => words.scan("ABC", { minConfidence: "50" }), {
    name: "TypeError",
    message: "expected a number for minConfidence, not string",
  });
  for (const minConfidence of [-1, 0.5, 101, NaN, Infinity]) {
    assert.throws(() => words.scan("ABC", { minConfidence }), {
      name: "RangeError",
      message: /^minConfidence is a whole number from 0 to 100, not /,
    });
  }
});

test("findings below a confidence are left out", () => {
  assert.equal(words.scan("ABC 日", {}).length, 2);
  const found = words.scan("ABC 日", { minConfidence: 31 });
  assert.deepEqual(
    found.map(({ confidence }) => confidence),
    [70],
  );
  const batch = words.scanBatchSync(["ABC", "日"], { minConfidence: 31 });
  assert.deepEqual(
    batch.map(({ length }) => length),
    [1, 0],
  );
  assert.deepEqual(words.scan("ABC", { minConfidence: 71 }), []);
});

test("resolving leaves one finding of each value", () => {
  const database = pack(`
    [[classifier]]
    id = "custom.any"
    [[classifier.regex]]
    pattern = '[0-9]{4}'
    [[classifier]]
    id = "custom.checked"
    chance = 0.1
    [[classifier.regex]]
    pattern = '[0-9]{4}'
  `);
  assert.equal(database.scan("é 1234").length, 2);
  const found = database.scan("é 1234", { resolve: true });
  assert.deepEqual(
    found.map(({ classifier, start }) => [classifier, start]),
    [["custom.checked", 2]],
  );
  assert.equal(database.scan(Buffer.from("1234"), { resolve: true }).length, 1);
});

test("what could not be inspected is an error that holds the findings", async () => {
  const text = "ABC " + "a".repeat(20_000);
  const caught = (call) => {
    try {
      call();
    } catch (error) {
      assert(error instanceof IncompleteError && error instanceof SluicegateError);
      assert.equal(error.name, "IncompleteError");
      assert.match(error.message, /^not all of the text/);
      return error;
    }
    assert.fail("nothing was thrown");
  };
  for (const input of [text, Buffer.from(text)]) {
    const { findings, indices } = caught(() => hard.scan(input));
    assert(Array.isArray(findings));
    assert.deepEqual(indices, []);
  }
  const batch = caught(() => hard.scanBatchSync(["ABC", text, "x", text]));
  assert.equal(batch.findings.length, 4);
  assert.deepEqual(batch.findings[0], hard.scan("ABC"));
  assert.deepEqual(batch.indices, [1, 3]);
  await assert.rejects(hard.scanBatch([text]), { indices: [0] });
  // The next scan starts afresh.
  assert.equal(hard.scan("ABC").length, 1);
});
