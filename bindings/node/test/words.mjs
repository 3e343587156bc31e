// What the tests share.

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after } from "node:test";

import { Database } from "sluicegate";

/** A folder that is gone after the tests of a file. */
export function folder() {
  const path = mkdtempSync(join(tmpdir(), "sluicegate-"));
  after(() => rmSync(path, { recursive: true }));
  return path;
}

const packs = folder();

/** Compiles the text of a pack. */
export function pack(text) {
  const path = join(packs, "pack.toml");
  writeFileSync(path, text);
  return Database.fromFiles([path]);
}

/** Finds runs of capitals, and of the letters é and 日. */
export const words = pack(String.raw`
[[classifier]]
id = "custom.capitals"
severity = "high"
confidence = 70
[[classifier.regex]]
pattern = '[A-Z]{3,}'
[[classifier]]
id = "custom.letters"
confidence = 30
[[classifier.regex]]
pattern = '(?u:[é日])+'
`);

// Every start is tried to the end of the text and refused.
export const hard = pack(String.raw`
[[classifier]]
id = "custom.capitals"
[[classifier.regex]]
pattern = '[A-Z]{3,}'
[[classifier]]
id = "custom.hard"
[[classifier.regex]]
pattern = '(?:a|aa)+'
max_len = 65536
validate = ["luhn"]
`);

export function spans(findings) {
  return findings.map(({ start, end }) => [start, end]);
}
