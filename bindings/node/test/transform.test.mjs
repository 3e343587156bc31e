// A guard as a web `TransformStream`.

import assert from "node:assert/strict";
import { Readable } from "node:stream";
import { text as joined } from "node:stream/consumers";
import test from "node:test";
import { setImmediate } from "node:timers/promises";

import { BlockedError, Guard, Session } from "sluicegate";

import { POLICY, pieces, wordsAndStop } from "./words.mjs";

const guard = Guard.fromText(POLICY, { database: wordsAndStop });
const TEXT = "é😀 see ABC, and 日本";
const PASSED = "*😀 see [CAPITALS_1], and *本";

/** Reads to the end or to an error. */
async function read(readable) {
  const passed = [];
  try {
    for await (const piece of readable) passed.push(piece);
  } catch (error) {
    return { passed, error };
  }
  return { passed };
}

test("strings come out as strings, bytes as bytes", async () => {
  for (const size of [1, 4, 1000]) {
    const source = ReadableStream.from(pieces(TEXT, size));
    const { passed, error } = await read(source.pipeThrough(guard.transform()));
    assert.equal(error, undefined);
    assert.equal(passed.join(""), PASSED);
    assert(passed.every((piece) => piece.length > 0));

    const bytes = pieces(Buffer.from(TEXT), size);
    const ofBytes = await read(ReadableStream.from(bytes).pipeThrough(guard.transform()));
    assert(ofBytes.passed.every((piece) => piece instanceof Uint8Array));
    assert.equal(Buffer.concat(ofBytes.passed).toString(), PASSED);
  }
});

test("it is a TransformStream and goes with the streams of Node", async () => {
  const transform = guard.transform();
  assert(transform instanceof TransformStream);
  const readable = Readable.fromWeb(ReadableStream.from([TEXT]).pipeThrough(transform));
  assert.equal(await joined(readable), PASSED);

  const bytes = new Blob([TEXT]).stream().pipeThrough(guard.transform());
  assert.equal(await joined(bytes), PASSED);

  const decoded = new Response(TEXT).body
    .pipeThrough(new TextDecoderStream())
    .pipeThrough(guard.transform())
    .pipeThrough(new TextEncoderStream());
  assert.equal(await new Response(decoded).text(), PASSED);
});

test("what stands before what is blocked is passed on, then reading fails", async () => {
  for (const size of [1, 3, 1000]) {
    for (const text of ["some then stop and more", "some then stop"]) {
      const source = ReadableStream.from(pieces(text, size));
      const { passed, error } = await read(source.pipeThrough(guard.transform()));
      assert.equal(passed.join(""), "some then ");
      assert(error instanceof BlockedError);
      assert.equal(error.message, "the policy blocks the rest of the text");
      assert.deepEqual([error.verdict.action, error.verdict.rule], ["block", "stop"]);
    }
  }
});

test("a slow reader loses nothing of what stands before", async () => {
  const source = ReadableStream.from(["some then stop"]);
  const reader = source.pipeThrough(guard.transform()).getReader();
  const passed = [];
  const failed = (async () => {
    for (;;) {
      for (let turn = 0; turn < 5; turn += 1) await setImmediate();
      const { value } = await reader.read();
      passed.push(value);
    }
  })();
  await assert.rejects(failed, BlockedError);
  assert.equal(passed.join(""), "some then ");
});

test("the source of what is blocked is cancelled", async () => {
  let reason;
  let asked = 0;
  const source = new ReadableStream({
    pull(controller) {
      asked += 1;
      controller.enqueue(asked === 3 ? "stop it now " : "some ");
    },
    cancel(given) {
      reason = given;
    },
  });
  const { passed, error } = await read(source.pipeThrough(guard.transform()));
  assert.equal(passed.join(""), "some some ");
  await setImmediate();
  assert.equal(reason, error);
  assert(asked < 10);
});

test("an abort, a cancel and an error of the source drop what is held", async () => {
  const failure = new Error("the source failed");
  const text = "what passes on ".repeat(100) + "what is held: ABC";
  const isBefore = (passed) => passed.startsWith("what passes on ") && !/ABC|CAP/.test(passed);
  const source = async function* () {
    yield text;
    throw failure;
  };
  const failed = await read(ReadableStream.from(source()).pipeThrough(guard.transform()));
  assert(isBefore(failed.passed.join("")));
  assert.equal(failed.error, failure);

  const aborted = guard.transform();
  const writer = aborted.writable.getWriter();
  const reading = read(aborted.readable);
  await writer.write(text);
  await writer.abort(failure);
  const { passed, error } = await reading;
  assert(isBefore(passed.join("")));
  assert.equal(error, failure);

  const cancelled = guard.transform();
  const reader = cancelled.readable.getReader();
  const writing = cancelled.writable.getWriter();
  const [{ value }] = await Promise.all([reader.read(), writing.write(text)]);
  assert(isBefore(value));
  await reader.cancel(failure);
  await assert.rejects(writing.write(" more"), failure);
  assert.deepEqual(await reader.read(), { done: true, value: undefined });
});

test("wrong pieces fail both sides", async () => {
  const source = ReadableStream.from(["what is held: ABC", 1]);
  const { passed, error } = await read(source.pipeThrough(guard.transform()));
  assert(!passed.join("").includes("CAP"));
  assert(error instanceof TypeError);
});

test("channel and session are those of the stream", async () => {
  const session = new Session("a");
  guard.inspect("DEF", { session });
  const transform = guard.transform({ session, channel: "tool_result" });
  const { passed } = await read(ReadableStream.from(["ABC and more"]).pipeThrough(transform));
  assert.equal(passed.join(""), "[CAPITALS_2] and more");
  assert.throws(() => guard.transform({ channel: "input" }), RangeError);
});
