// A guard as a web `TransformStream`.

"use strict";

const { ReadableStream, TransformStream } = require("node:stream/web");

const { BlockedError } = require("./error.cjs");
const { Verdict } = require("./verdict.cjs");

/**
 * Text in, what may pass of it out. Where something is blocked the readable side fails, after what
 * stands before has been read.
 */
class GuardTransform extends TransformStream {
  #readable;

  constructor(stream) {
    let fail;
    super({
      start(controller) {
        fail = (error) => controller.error(error);
      },
      transform(piece, controller) {
        pass(controller, stream.push(piece));
        if (stream.stopped) end(controller, stream);
      },
      flush(controller) {
        if (stream.verdict === null) end(controller, stream);
      },
    });
    this.#readable = failing(super.readable, stream, fail);
  }

  get readable() {
    return this.#readable;
  }
}

function pass(controller, text) {
  if (text.length > 0) controller.enqueue(text);
}

/** Passes on what is left, and behind it the verdict where that blocks. */
function end(controller, stream) {
  pass(controller, stream.finish());
  if (stream.stopped) controller.enqueue(stream.verdict);
}

/**
 * The same pieces, and an error for a verdict. A stream that fails drops what it has not been asked
 * for, so both sides fail only when somebody asks for what follows the last piece.
 */
function failing(pieces, stream, fail) {
  const reader = pieces.getReader();
  // An abort fails the pieces even while nobody reads.
  reader.closed.catch(() => stream.close());
  return new ReadableStream(
    {
      async pull(controller) {
        const { done, value } = await reader.read();
        if (done) {
          controller.close();
        } else if (value instanceof Verdict) {
          const error = new BlockedError(value);
          fail(error);
          controller.error(error);
        } else {
          controller.enqueue(value);
        }
      },
      cancel(reason) {
        stream.close();
        return reader.cancel(reason);
      },
    },
    { highWaterMark: 0 },
  );
}

module.exports = { GuardTransform };
