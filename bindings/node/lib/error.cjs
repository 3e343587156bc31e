// The errors of the package. They never hold any of a text that was scanned.

"use strict";

const { getSystemErrorName } = require("node:util");

/** Anything that this package refuses, apart from wrong arguments and files that can't be read. */
class SluicegateError extends Error {
  constructor(message, details = {}) {
    const {
      code = null,
      hint = "",
      file = null,
      span = null,
      line = null,
      column = null,
    } = details;
    const place = line === null ? file : `${file}:${line}:${column}`;
    const where = place === null ? "" : `${place}: `;
    const which = code === null ? "" : `[${code}] `;
    const advice = hint === "" ? "" : ` (${hint})`;
    super(`${where}${which}${message}${advice}${details.more ?? ""}`);
    Object.assign(this, { code, hint, file, span, line, column });
  }
}

/** What its author has to change. The error is the first problem; `problems` are all of them. */
class ProblemsError extends SluicegateError {
  constructor(message, details, problems) {
    const others = problems.length - 1;
    super(message, { ...details, more: others > 0 ? ` and ${others} more problems` : "" });
    this.problems = problems;
  }
}

/** Packs that can't be compiled. */
class RulesError extends ProblemsError {}

/** A policy that can't be used. */
class PolicyError extends ProblemsError {}

/** A database or an index that this version can't use. */
class DatabaseError extends SluicegateError {}

/**
 * A text of which not all could be inspected: checking it reached the bound on work. Findings may
 * be missing, so whoever must be sure treats the text as one that can't pass.
 */
class IncompleteError extends SluicegateError {
  constructor(findings, indices = []) {
    super("not all of the text could be inspected: the bound on work was reached");
    this.findings = findings;
    this.indices = indices;
  }
}

/** A text that can't be redacted or turned back. No part of it may be passed on. */
class RedactError extends SluicegateError {}

/** A text that may not be passed on any further; `verdict` says why. */
class BlockedError extends SluicegateError {
  constructor(verdict) {
    super("the policy blocks the rest of the text");
    this.verdict = verdict;
  }
}

const TYPES = {
  BlockedError,
  DatabaseError,
  IncompleteError,
  PolicyError,
  RedactError,
  RulesError,
  SluicegateError,
};

for (const type of Object.values(TYPES)) {
  const name = { value: type.name, configurable: true, writable: true };
  Object.defineProperty(type.prototype, "name", name);
}

/** The error about a refusal of the compiled part; problems are those of packs, or of a policy. */
function toError({ problems, unreadable, errno, message, hint, file }, Problems = RulesError) {
  if (unreadable) return unreadableError(message, errno, file);
  if (problems === undefined) return new DatabaseError(message, { hint, file });
  const rows = JSON.parse(problems).map(toProblem);
  const first = rows[0] ?? { message, hint };
  return new Problems(first.message, first, rows);
}

function toProblem({ code, message, hint, classifier, file, start, end, line, column }) {
  const span = start === null ? null : [start, end];
  return { code, message, hint, classifier, file, span, line, column };
}

/** An error like those of node:fs. */
function unreadableError(message, number, path) {
  if (number === undefined) return Object.assign(new Error(`${message}: '${path}'`), { path });
  const errno = -number;
  const code = getSystemErrorName(errno);
  return Object.assign(new Error(`${code}: ${message}, '${path}'`), { errno, code, path });
}

module.exports = { ...TYPES, toError, toProblem };
