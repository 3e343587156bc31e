// Finds secrets, personal and payment data, prompt injection and malicious content in text.
//
// | file | holds |
// |---|---|
// | `lib/database.cjs` | the class `Database` |
// | `lib/guard.cjs` | the class `Guard` |
// | `lib/verdict.cjs` | what a guard decided |
// | `lib/session.cjs` | the class `Session` |
// | `lib/redactor.cjs` | the class `Redactor` |
// | `lib/stream.cjs` | texts that arrive in pieces |
// | `lib/transform.cjs` | a guard as a web `TransformStream` |
// | `lib/finding.cjs` | what a scan found, from the string that the compiled part packs it into |
// | `lib/error.cjs` | the errors |
// | `lib/argument.cjs` | what callers hand over, checked |
// | `lib/native.cjs` | the compiled part |

"use strict";

const { Classifier, Database } = require("./lib/database.cjs");
const {
  BlockedError,
  DatabaseError,
  IncompleteError,
  PolicyError,
  RedactError,
  RulesError,
  SluicegateError,
} = require("./lib/error.cjs");
const { Guard } = require("./lib/guard.cjs");
const { Redactor } = require("./lib/redactor.cjs");
const { Session } = require("./lib/session.cjs");
const { version } = require("./package.json");

module.exports = {
  BlockedError,
  Classifier,
  Database,
  DatabaseError,
  Guard,
  IncompleteError,
  PolicyError,
  RedactError,
  Redactor,
  RulesError,
  Session,
  SluicegateError,
  version,
};
