// Every example of the README runs and prints what the comments in it say: README=file.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import test from "node:test";

const readme = readFileSync(process.env.README, "utf8");
const examples = [...readme.matchAll(/```js\n(.*?)```/gs)].map(([, example]) => example);

test("there are examples", () => assert(examples.length >= 3));

for (const example of examples) {
  test(example.split("\n")[0], () => {
    const expected = example.match(/^\/\/ .*$/gm).map((line) => `${line.slice(3)}\n`);
    const printed = execFileSync(process.execPath, ["--input-type=module", "--eval", example]);
    assert.equal(printed.toString(), expected.join(""));
  });
}
