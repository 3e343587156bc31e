// The package as CommonJS and as ECMAScript modules: the same objects.

"use strict";

const assert = require("node:assert/strict");
const test = require("node:test");

const sluicegate = require("sluicegate");

test("a secret is found in three lines", () => {
  const { Database } = require("sluicegate");
  const db = Database.builtin();
  const [finding] = db.scan("postgres://shop:n0t-a-real-pa55@db.example/shop", {
    minConfidence: 80,
  });
  assert.equal(finding.classifier, "secret.database.postgres");
});

test("both kinds of modules have the same objects", async () => {
  const module = await import("sluicegate");
  assert.deepEqual(Object.keys(module).sort(), Object.keys(sluicegate).sort());
  for (const [name, value] of Object.entries(sluicegate)) assert.equal(module[name], value);
});
