// The shared cases of tests/suite and tests/regressions, as buffers and as strings, whole and in
// pieces: CASES=folder.

import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import test from "node:test";

import { parse } from "smol-toml";

import { inUnits, pack, pieces, utf8 } from "./words.mjs";

/** Of pieces: those of a model's deltas, and of files. */
const SIZES = [3, 1000];

function cases() {
  const found = [];
  for (const name of ["suite", "regressions"]) {
    const folder = join(process.env.CASES, name);
    for (const file of readdirSync(folder).filter((file) => file.endsWith(".toml"))) {
      found.push(...parse(readFileSync(join(folder, file), "utf8")).case);
    }
  }
  return found;
}

/** The inputs of a case, with what is found in each. */
function* copies({ text, hex, prefix = "", prefix_up_to = 0, times = 1, findings }) {
  const copy = hex === undefined ? Buffer.from(text) : Buffer.from(hex.replaceAll(" ", ""), "hex");
  for (let prefixes = 0; prefixes <= prefix_up_to; prefixes += 1) {
    let data = Buffer.from(prefix.repeat(prefixes));
    const expected = [];
    for (let time = 0; time < times; time += 1) {
      const at = data.length;
      expected.push(...findings.map(([id, start, end, sure]) => [id, start + at, end + at, sure]));
      data = Buffer.concat([data, copy]);
    }
    yield [data, expected];
  }
}

function told(findings) {
  return findings.map(({ classifier, start, end, confidence }) => [
    classifier,
    start,
    end,
    confidence,
  ]);
}

/** The findings of a text that arrives in pieces of a size. */
function streamed(database, text, size) {
  const stream = database.stream();
  const found = pieces(text, size).flatMap((piece) => stream.push(piece));
  return told([...found, ...stream.finish()]);
}

test("there are cases", () => assert(cases().length > 60));

for (const row of cases()) {
  test(row.name, async () => {
    const database = pack(row.rules);
    const inputs = [...copies(row)];
    for (const [data, findings] of inputs) {
      assert.deepEqual(told(database.scan(data)), findings);
      for (const size of SIZES) assert.deepEqual(streamed(database, data, size), findings);
      let text;
      try {
        text = utf8.decode(data);
      } catch {
        continue;
      }
      const found = inUnits(data, findings);
      assert.deepEqual(told(database.scan(text)), found);
      for (const size of SIZES) assert.deepEqual(streamed(database, text, size), found);
    }
    const batch = await database.scanBatch(
      inputs.map(([data]) => data),
      { threads: 2 },
    );
    assert.deepEqual(
      batch.map(told),
      inputs.map(([, findings]) => findings),
    );
  });
}
