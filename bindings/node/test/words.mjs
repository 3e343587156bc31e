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

const WORDS = String.raw`
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
`;

/** Finds runs of capitals, and of the letters é and 日. */
export const words = pack(WORDS);

/** Finds the word stop too. */
export const wordsAndStop = pack(String.raw`${WORDS}
[[classifier]]
id = "custom.stop"
severity = "critical"
[[classifier.regex]]
pattern = '\bstop\b'
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

/** Texts as they stand in files. */
export const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** Rows of [id, start, end, ...] in bytes, with the units of the characters that they touch. */
export function inUnits(data, rows) {
  const continues = (place) => place < data.length && (data[place] & 0xc0) === 0x80;
  const before = (place, step) => {
    while (continues(place)) place += step;
    return utf8.decode(data.subarray(0, place)).length;
  };
  return rows.map(([id, start, end, last]) => [id, before(start, -1), before(end, 1), last]);
}

/** A string or buffer in pieces of a size. */
export function pieces(text, size) {
  const count = Math.ceil(text.length / size);
  return Array.from({ length: count }, (_, index) => text.slice(index * size, (index + 1) * size));
}

/** Blocks the word stop, redacts runs of capitals with a number and of é and 日 with a mask. */
export const POLICY = `
name = "words"
[[rule]]
name = "stop"
classifiers = ["custom.stop"]
action = "block"
[[rule]]
name = "capitals"
classifiers = ["custom.capitals"]
action = "redact"
style = "numbered"
[[rule]]
name = "letters"
classifiers = ["custom.letters"]
action = "redact"
style = "mask"
`;

export function spans(findings) {
  return findings.map(({ start, end }) => [start, end]);
}
