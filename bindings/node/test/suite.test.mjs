// The shared cases of tests/suite and tests/regressions, as buffers and as strings: CASES=folder.

import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import test from "node:test";

import { parse } from "smol-toml";

import { pack } from "./words.mjs";

const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

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

/** The findings with the offsets of the characters that they touch. */
function inUnits(data, findings) {
  const continues = (place) => place < data.length && (data[place] & 0xc0) === 0x80;
  const before = (place, step) => {
    while (continues(place)) place += step;
    return utf8.decode(data.subarray(0, place)).length;
  };
  return findings.map(([id, start, end, sure]) => [id, before(start, -1), before(end, 1), sure]);
}

test("there are cases", () => assert(cases().length > 60));

for (const row of cases()) {
  test(row.name, async () => {
    const database = pack(row.rules);
    const inputs = [...copies(row)];
    for (const [data, findings] of inputs) {
      assert.deepEqual(told(database.scan(data)), findings);
      let text;
      try {
        text = utf8.decode(data);
      } catch {
        continue;
      }
      assert.deepEqual(told(database.scan(text)), inUnits(data, findings));
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
