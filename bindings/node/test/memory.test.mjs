// Calls, and calls that fail, leave nothing behind. Needs --expose-gc.

import assert from "node:assert/strict";
import test from "node:test";

import { IncompleteError } from "sluicegate";

import { hard, words } from "./words.mjs";

const CALLS = 1_000_000;

async function calls(number) {
  const buffer = Buffer.from("ABC");
  for (let index = 0; index < number / 10; index += 1) {
    for (const text of ["see ABC", "日 ABC", buffer, new Uint8Array(2), "\ud800ABC", ""]) {
      words.scan(text);
    }
    for (const wrong of [null, 1]) {
      assert.throws(() => words.scan(wrong), TypeError);
    }
    assert.throws(() => words.scan("ABC", { minConfidence: 101 }), RangeError);
    words.scan("ABC", { minConfidence: 71 });
    if (index % 100 === 0) {
      words.scanBatchSync(["ABC", buffer, "日"], { threads: 2 });
      await words.scanBatch(["ABC", Buffer.alloc(3), "日"], { threads: 2 });
      await assert.rejects(words.scanBatch([1]), TypeError);
    }
    if (index % 10_000 === 0) {
      assert.throws(() => hard.scan("a".repeat(20_000)), IncompleteError);
    }
  }
}

/** Bytes of memory in use after everything that can be has been given back. */
async function resident() {
  for (let round = 0; round < 5; round += 1) {
    globalThis.gc();
    await new Promise(setImmediate);
  }
  return process.memoryUsage.rss();
}

test("memory stays flat", async () => {
  await calls(CALLS / 4);
  const before = await resident();
  await calls(CALLS);
  const after = await resident();
  assert((after - before) / 2 ** 20 < 8, `${(after - before) / 2 ** 20} MB more`);
});
