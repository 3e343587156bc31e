// Database: where it comes from and where it goes.

import assert from "node:assert/strict";
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import test from "node:test";
import { pathToFileURL } from "node:url";

import {
  Classifier,
  Database,
  DatabaseError,
  RulesError,
  SluicegateError,
  version,
} from "sluicegate";

import { folder, pack } from "./words.mjs";

const builtin = Database.builtin();
const temporary = folder();
const CARD = "card 4111 1111 1111 1111";

test("the catalogue is there", () => {
  assert(builtin.length > 1000);
  assert.match(builtin.digest, /^[0-9a-f]{64}$/);
  assert.match(version, /^\d+\.\d+\.\d+$/);
});

test("classifiers are told in the order of their ids", () => {
  const classifiers = builtin.classifiers();
  const ids = classifiers.map(({ id }) => id);
  assert.equal(ids.length, builtin.length);
  assert.deepEqual(ids, [...ids].sort());
  const pat = classifiers[ids.indexOf("secret.github.pat")];
  assert(pat instanceof Classifier);
  assert.deepEqual([pat.severity, pat.confidence], ["critical", 95]);
  assert(pat.card.name && pat.card.detectors[0].pattern);
  // What the caller does with the list is no matter of the database.
  classifiers.length = 0;
  assert.equal(builtin.scan(CARD).length, 1);
});

test("a saved database is the same", () => {
  const path = join(temporary, "saved.sgdb");
  builtin.save(path);
  const loaded = Database.load(pathToFileURL(path));
  assert.equal(loaded.digest, builtin.digest);
  assert.deepEqual(loaded.scan(CARD), builtin.scan(CARD));
  // It may be replaced while it is mapped.
  builtin.save(pathToFileURL(path));
  assert.deepEqual(loaded.scan(CARD), builtin.scan(CARD));
  assert.deepEqual(readdirSync(temporary), ["saved.sgdb"]);
});

test("packs may stand beside the catalogue", () => {
  const packs = join(temporary, "packs");
  mkdirSync(packs);
  const path = join(packs, "pack.toml");
  writeFileSync(path, '[[classifier]]\nid = "custom.a"\n[[classifier.regex]]\npattern = "a"\n');
  assert.equal(Database.fromFiles([path]).length, 1);
  assert.equal(Database.fromFiles(new Set([packs])).length, 1);
  assert.equal(
    Database.fromFiles([pathToFileURL(path)], { builtin: true }).length,
    builtin.length + 1,
  );
  assert.equal(Database.fromFiles([], { builtin: true }).digest, builtin.digest);
});

function caught(type, call) {
  try {
    call();
  } catch (error) {
    assert(error instanceof type && error instanceof SluicegateError && error instanceof Error);
    assert.equal(error.name, type.name);
    return error;
  }
  assert.fail("nothing was thrown");
}

test("every problem of a pack has its code and place", () => {
  const text = `
[[classifier]]
id = "custom.a"
[[classifier.regex]]
pattern = 'é(?=b)'
[[classifier]]
id = "custom.b"
severity = "dire"
[[classifier.regex]]
pattern = 'b'
`;
  let error = caught(RulesError, () => pack(text));
  assert.deepEqual(
    error.problems.map(({ code }) => code),
    ["SG105"],
  );
  assert.equal(error.code, "SG105");
  assert(error.hint !== "" && error.file.endsWith("pack.toml"));
  assert.deepEqual([error.line, error.column], [8, 12]);
  assert.equal(
    Buffer.from(text)
      .subarray(...error.span)
      .toString(),
    '"dire"',
  );
  assert(error.message.startsWith(`${error.file}:8:12: [SG105] ${error.problems[0].message}`));

  error = caught(RulesError, () => pack(text.replace("dire", "low")));
  assert.deepEqual(
    error.problems.map(({ classifier }) => classifier),
    ["custom.a"],
  );
  assert.deepEqual([error.code, error.line], ["SG202", 5]);

  error = caught(RulesError, () => pack(text.replace("dire", "low").replace("'b'", "'(?<=a)b'")));
  assert.equal(error.problems.length, 2);
  assert.match(error.message, / and 1 more problems$/);
});

test("there must be classifiers", () => {
  const empty = join(temporary, "empty");
  mkdirSync(empty);
  const error = caught(RulesError, () => Database.fromFiles([empty]));
  assert.match(error.message, /^there are no classifiers/);
  assert.deepEqual([error.problems, error.code, error.file], [[], null, null]);
});

test("files that can't be read are errors of the system", () => {
  const missing = join(temporary, "missing");
  const enoent = { name: "Error", code: "ENOENT", path: missing, errno: -2 };
  assert.throws(() => Database.load(missing), enoent);
  assert.throws(() => Database.fromFiles([missing]), enoent);
  assert.throws(() => builtin.save(join(missing, "saved.sgdb")), { code: "ENOENT" });
  assert.throws(() => builtin.save(temporary), { syscall: "rename" });
});

test("wrong arguments are refused with what was expected", () => {
  const path = { name: "TypeError", message: /^expected a path as a string or URL, not / };
  for (const wrong of [1, null, undefined, {}, Buffer.from("path")]) {
    assert.throws(() => Database.load(wrong), path);
    assert.throws(() => builtin.save(wrong), path);
    assert.throws(() => Database.fromFiles([wrong]), path);
  }
  for (const wrong of ["pack.toml", 1, null]) {
    const message = /^expected an iterable of paths, not /;
    assert.throws(() => Database.fromFiles(wrong), { name: "TypeError", message });
  }
  assert.throws(() => Database.fromFiles([], true), { name: "TypeError" });
  assert.throws(() => new Database(), { name: "TypeError", message: /Database\.builtin/ });
  assert.throws(() => new Classifier(), { name: "TypeError" });
  assert.throws(() => Database.prototype.scan.call({}, "text"), { name: "TypeError" });
});

test("foreign, cut and altered files are refused", () => {
  const path = join(temporary, "saved.sgdb");
  builtin.save(path);
  const image = readFileSync(path);
  const altered = Buffer.from(image);
  altered[image.length >> 1] ^= 1;
  const longer = Buffer.concat([image, Buffer.from("x")]);
  const said = new Set();
  for (const contents of ["", "no database", image.subarray(0, -1), longer, altered]) {
    writeFileSync(path, contents);
    const error = caught(DatabaseError, () => Database.load(path));
    assert.equal(error.file, path);
    assert(error.hint !== "");
    said.add(error.message);
  }
  assert(said.size >= 4);
});
