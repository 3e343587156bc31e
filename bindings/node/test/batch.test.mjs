// Database.scanBatch and scanBatchSync, and workers.

import assert from "node:assert/strict";
import test from "node:test";
import { Worker } from "node:worker_threads";

import { Database } from "sluicegate";

import { words } from "./words.mjs";

const builtin = Database.builtin();
const texts = Array.from({ length: 300 }, (_, number) => [
  `card 4111 1111 1111 1111, number ${number}`,
  "",
  "é".repeat(number) + " jane.doe@mail.example " + "x".repeat(number * 7),
]).flat();

test("a batch gives what single scans give", async () => {
  const expected = texts.map((text) => builtin.scan(text));
  assert(expected.flat().length >= 300);
  for (const threads of [0, 1, 2, 3, 16]) {
    assert.deepEqual(builtin.scanBatchSync(texts, { threads }), expected);
    assert.deepEqual(await builtin.scanBatch(texts.values(), { threads }), expected);
  }
});

test("strings and buffers may be mixed", async () => {
  const text = "é 4111 1111 1111 1111";
  const mixed = function* () {
    yield text;
    yield Buffer.from(text);
    yield new Uint8Array(Buffer.from(text));
  };
  const starts = (found) => found.map(([finding]) => finding.start);
  assert.deepEqual(starts(builtin.scanBatchSync(mixed())), [2, 3, 3]);
  assert.deepEqual(starts(await builtin.scanBatch(mixed())), [2, 3, 3]);
});

test("an empty batch has no findings", async () => {
  assert.deepEqual(builtin.scanBatchSync([]), []);
  assert.deepEqual(await builtin.scanBatch([]), []);
  assert.deepEqual(await builtin.scanBatch(["", Buffer.alloc(0)], { threads: 2 }), [[], []]);
});

test("the event loop runs and buffers stay while a batch is scanned", async () => {
  const given = Array.from({ length: 200 }, (_, number) =>
    Buffer.from(new ArrayBuffer(20_000)).fill(`${number} ABC `),
  );
  const expected = given.map((buffer) => words.scan(buffer));
  const batch = words.scanBatch(given, { threads: 2 });
  // The caller may forget them.
  given.length = 0;
  globalThis.gc?.();
  let turned = false;
  setImmediate(() => (turned = true));
  assert.deepEqual(await batch, expected);
  assert(turned);
});

test("wrong arguments are refused, by a promise where one is given", async () => {
  const wrong = [
    ["text", /^expected an iterable of texts, not one string$/],
    [Buffer.from("text"), /^expected an iterable of texts, not one Buffer$/],
    [1, /^expected an iterable of texts, not number$/],
    [null, /^expected an iterable of texts, not null$/],
    [["text", 1], /^expected a string, Buffer or Uint8Array, not number$/],
    [["text", , "text"], /^expected a string, Buffer or Uint8Array, not undefined$/],
  ];
  for (const [given, message] of wrong) {
    assert.throws(() => builtin.scanBatchSync(given), { name: "TypeError", message });
    await assert.rejects(builtin.scanBatch(given), { name: "TypeError", message });
  }
  assert.throws(() => builtin.scanBatchSync([], { threads: -1 }), { name: "RangeError" });
  await assert.rejects(builtin.scanBatch([], { threads: 1.5 }), { name: "RangeError" });
  await assert.rejects(builtin.scanBatch([], { threads: "2" }), { name: "TypeError" });
});

const SCANS = `
  const { parentPort, workerData } = require("node:worker_threads");
  const { Database } = require("sluicegate");
  const database = Database.builtin();
  database.scanBatch(workerData).then((batch) => {
    const single = workerData.map((text) => database.scan(text));
    parentPort.postMessage([batch, single]);
  });
`;

test("workers scan at the same time", async () => {
  const expected = texts.map((text) => builtin.scan(text));
  const answers = Array.from({ length: 4 }, () => {
    const worker = new Worker(SCANS, { eval: true, workerData: texts });
    return new Promise((resolve, reject) => worker.on("message", resolve).on("error", reject));
  });
  for (const [batch, single] of await Promise.all(answers)) {
    assert.deepEqual(batch, expected);
    assert.deepEqual(single, expected);
  }
});

const SCANS_ON = `
  const { parentPort } = require("node:worker_threads");
  const { Database } = require("sluicegate");
  const database = Database.builtin();
  const text = Buffer.alloc(100_000, "card 4111 1111 1111 1111 ");
  const texts = Array(64).fill(text);
  const again = () => database.scanBatch(texts, { threads: 2 }).then(again);
  again();
  parentPort.postMessage("running");
`;

test("a worker may end in the middle of a batch", async () => {
  for (let round = 0; round < 5; round += 1) {
    const worker = new Worker(SCANS_ON, { eval: true });
    await new Promise((resolve, reject) => worker.on("message", resolve).on("error", reject));
    assert.equal(await worker.terminate(), 1);
  }
  assert.equal(builtin.scan("card 4111 1111 1111 1111").length, 1);
});
