// Calls, and calls that fail, leave nothing behind. Needs --expose-gc.

import assert from "node:assert/strict";
import test from "node:test";

import { Guard, IncompleteError, Redactor, Session, SluicegateError } from "sluicegate";

import { POLICY, hard, words, wordsAndStop } from "./words.mjs";

const CALLS = 1_000_000;
const STREAMS = 100_000;
const TRANSFORMS = 20_000;
/** Fewest runs before the first measurement: Node's own web streams take as many to settle. */
const WARM = 20_000;

const guard = Guard.fromText(POLICY, { database: wordsAndStop });
const redactor = new Redactor("numbered", { database: words });
const session = new Session("a");

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
    if (index % 10 === 0) {
      guard.inspect("see ABC", { session });
      guard.inspect(buffer);
      assert.throws(() => guard.inspect("ABC", { channel: "input" }), RangeError);
      redactor.restore(redactor.redact("see ABC", { session }), { session });
    }
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

/** Opens streams; some end, some fail in the middle, most are dropped as they are. */
async function streams(number) {
  for (let index = 0; index < number; index += 4) {
    const dropped = [guard.stream(), guard.stream({ session }), wordsAndStop.stream()];
    for (const stream of dropped) {
      stream.push("é see AB");
      assert.throws(() => stream.push(null), TypeError);
    }
    const ended = guard.stream({ session });
    ended.push(Buffer.from("see ABC, stop"));
    ended.finish();
    assert.throws(() => ended.push("more"), SluicegateError);
    // What was dropped is freed where the event loop turns.
    if (index % 100 === 0) await new Promise(setImmediate);
  }
}

/** Opens web streams that are aborted or fail. */
async function transforms(number) {
  for (let index = 0; index < number; index += 1) {
    const { readable, writable } = guard.transform();
    const writer = writable.getWriter();
    const reading = readable.getReader().read();
    writer.write(index % 2 === 0 ? "see ABC" : 1).catch(() => {});
    writer.abort(new Error("the source failed")).catch(() => {});
    await reading.catch(() => {});
    if (index % 100 === 0) await new Promise(setImmediate);
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

for (const [name, run, number] of [
  ["calls", calls, CALLS],
  ["streams", streams, STREAMS],
  ["transforms", transforms, TRANSFORMS],
]) {
  test(`memory stays flat over ${number} ${name}`, async () => {
    await run(Math.max(number / 4, WARM));
    const before = await resident();
    await run(number);
    const after = await resident();
    const more = (after - before) / 2 ** 20;
    assert(more < 8, `${more} MB more`);
  });
}
