// What the binding costs: `speed.mjs PROGRAM TEXT`, PROGRAM being the example `scan_pieces`.
//
// Compares calls on texts of 100 and 1,000 bytes, and batches of texts of 1,000 bytes on two
// threads, and prints one line of JSON with nanoseconds for each text, of Node and of Rust. Each
// figure is the fastest of many short repetitions, so that other work of the machine disturbs few
// of them; Node and Rust take turns.

import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { Database } from "sluicegate";

const ROUNDS = 5;
const REPETITIONS = 60;

const [program, path] = process.argv.slice(2);
const text = readFileSync(path)
  .subarray(0, 4 << 20)
  .filter((byte) => byte < 0x80);
const database = Database.builtin();

function calls(texts) {
  for (const text of texts) database.scan(text);
}

/** Nanoseconds for each text, in the fastest repetition. */
async function nanoseconds(work, texts) {
  let best = Infinity;
  for (let repetition = 0; repetition < REPETITIONS; repetition += 1) {
    const began = process.hrtime.bigint();
    await work(texts);
    best = Math.min(best, Number(process.hrtime.bigint() - began));
  }
  return Math.floor(best / texts.length);
}

async function besideRust(plain, size, count, threads, work, kind) {
  const number = Math.min(count, Math.floor(text.length / size));
  const texts = Array.from({ length: number }, (_, index) => {
    const piece = Buffer.from(text.subarray(index * size, (index + 1) * size));
    return kind === "string" ? piece.toString("latin1") : piece;
  });
  const command = [plain, size, count, threads, REPETITIONS].map(String);
  const best = [Infinity, Infinity];
  for (let round = 0; round < ROUNDS; round += 1) {
    const rust = execFileSync(program, command).toString().split(" ")[0];
    best[0] = Math.min(best[0], await nanoseconds(work, texts));
    best[1] = Math.min(best[1], Number(rust));
  }
  return best;
}

const folder = mkdtempSync(join(tmpdir(), "sluicegate-"));
try {
  const plain = join(folder, "plain");
  writeFileSync(plain, text);
  const batch = (texts) => database.scanBatch(texts, { threads: 2 });
  const batchSync = (texts) => database.scanBatchSync(texts, { threads: 2 });
  const row = {
    call_100: await besideRust(plain, 100, 1000, 1, calls, "string"),
    call_100_buffer: await besideRust(plain, 100, 1000, 1, calls, "buffer"),
    call_1000: await besideRust(plain, 1000, 200, 1, calls, "string"),
    batch_1000: await besideRust(plain, 1000, 2000, 2, batch, "string"),
    batch_1000_sync: await besideRust(plain, 1000, 2000, 2, batchSync, "string"),
    batch_1000_buffer: await besideRust(plain, 1000, 2000, 2, batch, "buffer"),
  };
  for (const name of Object.keys(row).filter((name) => name.startsWith("batch"))) {
    row[`${name}_share_of_rust`] = Number((row[name][1] / row[name][0]).toFixed(3));
  }
  console.log(JSON.stringify(row));
} finally {
  rmSync(folder, { recursive: true });
}
