// Finds secrets, personal and payment data, prompt injection and malicious content in text.
//
// | file | holds |
// |---|---|
// | `lib/database.cjs` | the class `Database` |
// | `lib/finding.cjs` | what a scan found, from the string that the compiled part packs it into |
// | `lib/error.cjs` | the errors |
// | `lib/argument.cjs` | what callers hand over, checked |
// | `lib/native.cjs` | the compiled part |

"use strict";

const { Classifier, Database } = require("./lib/database.cjs");
const { DatabaseError, IncompleteError, RulesError, SluicegateError } = require("./lib/error.cjs");
const { version } = require("./package.json");

module.exports = {
  Classifier,
  Database,
  DatabaseError,
  IncompleteError,
  RulesError,
  SluicegateError,
  version,
};
