// Indexes beside a database: rows of tables, passages of documents: CASES=folder.

import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import test from "node:test";
import { pathToFileURL } from "node:url";

import { Database, DatabaseError, Guard, Redactor } from "sluicegate";

import { folder, pieces, words } from "./words.mjs";

const KEY = Buffer.from("an example of a secret");
const ROW = "Ms WEIRKEEPER, no. 4711 0815, asked";
const LABELLED = "Ms [EXACT_PEOPLE], no. [EXACT_PEOPLE], asked";
const PASSAGE =
  "He wrote: on the FIRST Monday of each month in the old mill where " +
  "the sluice was opened for the first time.";
const PEOPLE = join(process.env.CASES, "indexes/people.sgx");
const MINUTES = join(process.env.CASES, "indexes/minutes.sgf");
const KINDS = [
  ["withExact", PEOPLE, ROW, "exact.people"],
  ["withDocuments", MINUTES, PASSAGE, "document.minutes"],
];

const temporary = folder();

function ids(database, text) {
  return new Set(database.scan(text).map(({ classifier }) => classifier));
}

for (const [attach, path, text, id] of KINDS) {
  test(`${attach}: files and bytes are the same index`, () => {
    const mapped = words[attach](path, KEY);
    assert(ids(mapped, text).has(id) && !ids(words, text).has(id));
    assert.deepEqual(mapped.scan("é ABC"), words.scan("é ABC"));
    assert.equal(mapped.length, words.length + 1);
    const last = mapped.classifiers().at(-1);
    assert(last.id === id && last.card.name);
    const bytes = new Uint8Array(readFileSync(path));
    // Space at the end of a key file does not count.
    const key = Buffer.concat([KEY, Buffer.from("\n")]);
    for (const same of [pathToFileURL(path), bytes, Buffer.from(bytes)]) {
      assert.equal(words[attach](same, key).digest, mapped.digest);
    }
    assert.notEqual(mapped.digest, words.digest);
  });

  test(`${attach}: what can't be used is refused`, () => {
    const image = readFileSync(path);
    const altered = Buffer.from(image);
    altered[300] ^= 1;
    const refused = [
      ["", /not a sluicegate/],
      ["no index", /not a sluicegate/],
      [image.subarray(0, -1), /is truncated/],
      [altered, /is altered/],
      [readFileSync(path === PEOPLE ? MINUTES : PEOPLE), /another kind of index/],
    ];
    const told = (file) => (error) => {
      assert(error instanceof DatabaseError && error.hint !== "");
      assert.equal(error.file, file);
      return true;
    };
    const here = join(temporary, "index");
    for (const [contents, message] of refused) {
      const bytes = Buffer.from(contents);
      assert.throws(() => words[attach](bytes, KEY), message);
      assert.throws(() => words[attach](bytes, KEY), told(null));
      writeFileSync(here, bytes);
      assert.throws(() => words[attach](here, KEY), message);
      assert.throws(() => words[attach](here, KEY), told(here));
    }
    const other = Buffer.from("a different secret");
    assert.throws(() => words[attach](path, other), /was made with the key/);
    const short = Buffer.from("short");
    assert.throws(() => words[attach](path, short), /the key has 5 bytes, it takes at least 16/);
    assert.throws(() => words[attach](path, short), told(null));
    const twice = () => words[attach](path, KEY)[attach](image, KEY);
    assert.throws(twice, new RegExp(`there is a classifier \`${id}\` already`));
    const missing = join(temporary, "missing");
    assert.throws(() => words[attach](missing, KEY), { code: "ENOENT", path: missing });
    for (const wrong of [1, null, undefined, {}, new Uint16Array(16)]) {
      assert.throws(() => words[attach](wrong, KEY), { name: "TypeError", message: /a path/ });
      assert.throws(() => words[attach](path, wrong), { name: "TypeError", message: /a key/ });
    }
    assert.throws(() => words[attach](path, "text"), { name: "TypeError" });
  });
}

test("indexes stand beside each other and are not saved", () => {
  const both = words.withExact(PEOPLE, KEY).withDocuments(MINUTES, KEY);
  assert.equal(both.digest, words.withDocuments(MINUTES, KEY).withExact(PEOPLE, KEY).digest);
  assert(ids(both, ROW).has("exact.people") && ids(both, PASSAGE).has("document.minutes"));
  const path = join(temporary, "saved.sgdb");
  both.save(path);
  assert.equal(Database.load(path).digest, words.digest);
});

test("rows are redacted however a text is cut", () => {
  const database = Database.builtin().withExact(PEOPLE, KEY);
  const policy = '[[rule]]\nname = "rows"\nclassifiers = ["exact.*"]\naction = "redact"\n';
  const guard = Guard.fromText(policy, { database });
  for (let size = 1; size <= ROW.length; size += 1) {
    const stream = guard.stream({ channel: "output" });
    let passed = "";
    for (const piece of pieces(ROW, size)) passed += stream.push(piece);
    assert.equal(passed + stream.finish(), LABELLED);
    assert.equal(stream.verdict.rule, "rows");
  }
  assert.equal(new Redactor("label", { database }).redact(ROW), LABELLED);
});

test("batches and streams find what a scan finds", async () => {
  const database = words.withExact(PEOPLE, KEY);
  const found = database.scan(ROW);
  assert.deepEqual(await database.scanBatch([ROW, "nothing"]), [found, []]);
  const stream = database.stream();
  const settled = [...ROW].flatMap((unit) => stream.push(unit));
  assert.deepEqual([...settled, ...stream.finish()], found);
});
