// Every example of the README runs and prints what the comments in it say: README=file, CASES=folder.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { copyFileSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import test from "node:test";

const readme = readFileSync(process.env.README, "utf8");
const examples = [...readme.matchAll(/```js\n(.*?)```/gs)].map(([, example]) => example);

// The files that it speaks of.
copyFileSync(join(process.env.CASES, "indexes/people.sgx"), "people.sgx");
writeFileSync("index.key", "an example of a secret\n");

test("there are examples", () => assert(examples.length >= 3));

for (const example of examples) {
  test(example.split("\n")[0], () => {
    const expected = example.match(/^\/\/ .*$/gm).map((line) => `${line.slice(3)}\n`);
    const printed = execFileSync(process.execPath, ["--input-type=module", "--eval", example]);
    assert.equal(printed.toString(), expected.join(""));
  });
}
