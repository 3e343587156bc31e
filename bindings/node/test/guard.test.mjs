// Guard: where it comes from, what it decides, and the way back.

import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import test from "node:test";
import { pathToFileURL } from "node:url";
import { inspect } from "node:util";
import { Worker } from "node:worker_threads";

import { Database, Guard, PolicyError, RedactError, Session, SluicegateError } from "sluicegate";

import { POLICY, folder, hard, spans, wordsAndStop } from "./words.mjs";

const guard = Guard.fromText(POLICY, { database: wordsAndStop });
const KEY = Buffer.from("a key for tests only");

test("a policy comes from a file or a text", () => {
  const path = join(folder(), "policy.toml");
  writeFileSync(path, POLICY);
  for (const same of [path, pathToFileURL(path)]) {
    const other = new Guard(same, { database: wordsAndStop });
    assert.deepEqual(other.inspect("see ABC"), guard.inspect("see ABC"));
    assert.equal(other.database, wordsAndStop);
  }
  assert.equal(Guard.fromText("").database.digest, Database.builtin().digest);
  assert.throws(() => new Guard(`${path}.missing`), { code: "ENOENT" });
});

test("every problem of a policy has its code and place", () => {
  const caught = (text, options) => {
    try {
      Guard.fromText(text, options);
    } catch (error) {
      assert(error instanceof PolicyError && error instanceof SluicegateError);
      assert.equal(error.name, "PolicyError");
      return error;
    }
    assert.fail("nothing was thrown");
  };
  const unknown = caught('name = "a"\ndefualt = "block"\nmode = "dream"\n');
  assert.deepEqual([unknown.code, unknown.file, unknown.line], ["SG102", "policy", 2]);
  assert.deepEqual(
    unknown.problems.map(({ code, line }) => [code, line]),
    [
      ["SG102", 2],
      ["SG105", 3],
    ],
  );
  assert.match(unknown.hint, /default/);

  const token = '[[rule]]\nname = "a"\naction = "redact"\nstyle = "token"\n';
  const keyless = caught(token);
  assert.match(keyless.message, /there is no key `main`/);
  assert.equal(keyless.line, 1);
  assert.match(caught(token, { keys: { main: KEY.subarray(0, 9) } }).message, /9 bytes/);
  const path = join(folder(), "policy.toml");
  writeFileSync(path, Buffer.from([0x23, 0xff]));
  assert.throws(() => new Guard(path), { name: "PolicyError", file: null });
});

test("patterns that no classifier meets are told", () => {
  assert.deepEqual(guard.unmatched(), []);
  const misspelt = POLICY.replace("custom.letters", "custom.lettres");
  const [problem] = Guard.fromText(misspelt, { database: wordsAndStop }).unmatched();
  assert.match(problem.message, /custom\.lettres/);
});

test("a verdict says what was decided, in units of strings and bytes of buffers", () => {
  const text = "é😀 see ABC";
  const verdict = guard.inspect(text, { channel: "output" });
  const { findings, ...rest } = verdict;
  assert.deepEqual(rest, {
    policy: "words",
    mode: "enforce",
    channel: "output",
    action: "redact",
    wouldBe: null,
    reason: "rule",
    rule: "letters",
    complete: true,
    edits: 2,
    error: null,
  });
  assert.deepEqual(findings[1], {
    classifier: "custom.capitals",
    start: 8,
    end: 11,
    severity: "high",
    confidence: 70,
    view: "raw",
    action: "redact",
    rule: "capitals",
  });
  assert.equal(verdict.text, "*😀 see [CAPITALS_1]");

  const ofBytes = guard.inspect(Buffer.from(text));
  assert(Buffer.isBuffer(ofBytes.text));
  assert.equal(ofBytes.text.toString(), verdict.text);
  assert.deepEqual(spans(ofBytes.findings), [
    [0, 2],
    [11, 14],
  ]);

  const blocked = guard.inspect("ABC stop");
  assert.deepEqual([blocked.action, blocked.rule, blocked.text], ["block", "stop", null]);
});

test("what passes as it came is the same", () => {
  const string = "lone \ud800 surrogate";
  assert.equal(guard.inspect(string).text, string);
  const buffer = Buffer.from("nothing");
  assert.equal(guard.inspect(buffer).text, buffer);
  const bytes = new Uint8Array(buffer);
  const { text } = guard.inspect(bytes);
  assert(Buffer.isBuffer(text) && text.buffer === bytes.buffer && text.length === bytes.length);
  const monitor = Guard.fromText(`mode = "monitor"\n${POLICY}`, { database: wordsAndStop });
  const verdict = monitor.inspect("stop");
  assert.deepEqual([verdict.action, verdict.wouldBe, verdict.text], ["flag", "block", "stop"]);
  assert.equal(guard.inspect("lone \ud800 ABC").text, "lone \ufffd [CAPITALS_1]");
});

test("a verdict never changes and shows nothing of the text", () => {
  const verdict = guard.inspect("see ABC");
  for (const shown of [inspect(verdict, { depth: 9, showHidden: true }), JSON.stringify(verdict)]) {
    assert(shown.includes("custom.capitals") && !shown.includes("ABC") && !shown.includes("_1]"));
  }
  const row = verdict.toJSON();
  assert.deepEqual([row.would_be, row.findings.length, "text" in row], [null, 1, false]);
  for (const object of [verdict, verdict.findings, verdict.findings[0]]) {
    assert(Object.isFrozen(object));
  }
});

test("JSON stays JSON", () => {
  const text = '{"é": ["see ABC"], "n": 1}';
  const verdict = guard.inspect(text, { form: "json", channel: "tool_args" });
  assert.deepEqual(JSON.parse(verdict.text), { "*": ["see [CAPITALS_1]"], n: 1 });
  const broken = guard.inspect("{", { form: "json" });
  assert.deepEqual([broken.action, broken.reason, broken.text], ["block", "error", null]);
  assert.match(broken.error, /JSON|end/);
});

test("what could not be inspected to its end is for the policy to decide", () => {
  const strict = Guard.fromText("", { database: hard });
  const text = "a".repeat(20_000);
  const blocked = strict.inspect(text);
  assert.deepEqual([blocked.complete, blocked.action, blocked.text], [false, "block", null]);
  const lenient = Guard.fromText('on_incomplete = "flag"', { database: hard });
  const flagged = lenient.inspect(text);
  assert.deepEqual([flagged.action, flagged.text], ["flag", text]);
});

test("a session knows values from text to text, and turns them back", () => {
  const session = new Session("night-7");
  assert.deepEqual([session.name, session.count], ["night-7", 0]);
  const first = guard.inspect("ABC and DEF", { session });
  const second = guard.inspect("DEF again", { session });
  assert.equal(first.text, "[CAPITALS_1] and [CAPITALS_2]");
  assert.equal(second.text, "[CAPITALS_2] again");
  assert.equal(session.count, 2);
  assert(!inspect(session, { showHidden: true }).includes("ABC"));

  const answer = "about [CAPITALS_2]: é";
  assert.equal(guard.restore(answer, { session }), "about DEF: é");
  assert.equal(guard.restore(answer), answer);
  const bytes = guard.restore(Buffer.from(answer), { session });
  assert.equal(bytes.toString(), "about DEF: é");
  const json = guard.restore('{"a": "[CAPITALS_1]"}', { session, form: "json" });
  assert.equal(json, '{"a": "ABC"}');
  assert.throws(() => guard.restore("{", { session, form: "json" }), RedactError);

  for (const name of ["", "Night 7", "a".repeat(33)]) {
    assert.throws(() => new Session(name), {
      name: "RangeError",
      message: /^the name of a session/,
    });
  }
  assert.throws(() => new Session(7), { name: "TypeError" });
  assert.equal(new Session().name, "0");
});

test("keys turn tokens and values of the same form back", () => {
  for (const style of ["token", "fpe"]) {
    const policy = `[[rule]]\nname = "a"\naction = "redact"\nstyle = { kind = "${style}", key = "k" }`;
    const keyed = Guard.fromText(policy, { keys: { k: new Uint8Array(KEY) } });
    const text = "é card 4111 1111 1111 1111";
    const passed = keyed.inspect(text).text;
    assert.notEqual(passed, text);
    assert.equal(keyed.restore(passed), text);
    if (style === "fpe") assert.throws(() => keyed.stream(), { name: "RedactError" });
  }
});

test("wrong arguments are refused with what was expected", () => {
  const type = (message) => ({ name: "TypeError", message });
  assert.throws(() => new Guard(1), type(/^expected a path as a string or URL, not number$/));
  assert.throws(() => Guard.fromText(Buffer.from("")), type(/^expected a policy as a string/));
  assert.throws(
    () => Guard.fromText("", { database: {} }),
    type(/^expected a Database, not Object$/),
  );
  assert.throws(() => Guard.fromText("", { keys: { main: "text" } }), type(/^expected a key/));
  for (const call of ["inspect", "restore"]) {
    assert.throws(() => guard[call](1), type(/^expected a string, Buffer or Uint8Array/));
    assert.throws(() => guard[call]("", { session: {} }), type(/^expected a Session, not Object$/));
    assert.throws(() => guard[call]("", { channel: 1 }), type(/^expected a string for channel/));
    const range = (name) => ({ name: "RangeError", message: new RegExp(`^${name} is one of `) });
    assert.throws(() => guard[call]("", { channel: "input" }), range("channel"));
    assert.throws(() => guard[call]("", { form: "xml" }), range("form"));
  }
});

const GUARDS = `
  const { parentPort, workerData } = require("node:worker_threads");
  const { Guard } = require("sluicegate");
  const guard = Guard.fromText(workerData);
  const stream = guard.stream();
  let passed = "";
  for (const piece of "card 4111 1111 1111 1111") passed += stream.push(piece);
  parentPort.postMessage([guard.inspect("card 4111 1111 1111 1111").text, passed + stream.finish()]);
`;

test("workers guard at the same time", async () => {
  const answers = Array.from({ length: 4 }, () => {
    const worker = new Worker(GUARDS, { eval: true, workerData: 'default = "redact"' });
    return new Promise((resolve, reject) => worker.on("message", resolve).on("error", reject));
  });
  for (const texts of await Promise.all(answers)) {
    assert.deepEqual(texts, ["card [PCI_CARD_VISA]", "card [PCI_CARD_VISA]"]);
  }
});
