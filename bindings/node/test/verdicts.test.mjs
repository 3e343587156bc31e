// The shared cases of tests/guard, as buffers and as strings: CASES=folder.

import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import test from "node:test";

import { Guard } from "sluicegate";
import { parse } from "smol-toml";

import { inUnits, pack } from "./words.mjs";

const KEYS = { main: Buffer.from("a key for tests only") };

function cases() {
  const folder = join(process.env.CASES, "guard");
  const files = readdirSync(folder).filter((file) => file.endsWith(".toml"));
  return files.flatMap((file) => parse(readFileSync(join(folder, file), "utf8")).case);
}

function told({ action, wouldBe, reason, rule, complete, findings }) {
  const rows = findings.map(({ classifier, start, end, action }) => [
    classifier,
    start,
    end,
    action,
  ]);
  return { action, wouldBe, reason, rule, complete, findings: rows };
}

test("there are cases", () => assert(cases().length > 50));

for (const row of cases()) {
  test(row.name, () => {
    const guard = Guard.fromText(row.policy, { database: pack(row.rules), keys: KEYS });
    const { would_be: wouldBe = null, reason, rule = null, complete = true, action } = row;
    const expected = { action, wouldBe, reason, rule, complete, findings: row.findings ?? [] };
    const options = { channel: row.channel, form: row.wire };
    const data = Buffer.from(row.message);

    const ofBytes = guard.inspect(data, options);
    assert.deepEqual(told(ofBytes), expected);
    assert.equal(ofBytes.text?.toString(), row.output);

    const ofString = guard.inspect(row.message, options);
    assert.deepEqual(told(ofString), { ...expected, findings: inUnits(data, expected.findings) });
    assert.equal(ofString.text ?? undefined, row.output);

    for (const { error } of [ofBytes, ofString]) {
      assert.equal(error === null, row.error === undefined);
      assert(error === null || error.includes(row.error));
    }
  });
}
