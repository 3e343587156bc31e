// What a guard decided.

"use strict";

/** What was decided about a text, and why. Neither JSON nor inspection shows the text. */
class Verdict {
  #json;
  #text;

  /** From the verdict as JSON, the text that came, and what may pass in its place, if anything. */
  constructor(json, text, other) {
    const row = JSON.parse(json);
    const { policy, mode, channel, action, reason, rule, complete, edits, error } = row;
    const findings = Object.freeze(row.findings.map(Object.freeze));
    const wouldBe = row.would_be;
    const told = { policy, mode, channel, action, wouldBe, reason, rule, complete, edits };
    Object.assign(this, told, { findings, error });
    this.#json = json;
    this.#text = action === "allow" || action === "flag" ? text : other;
    Object.freeze(this);
  }

  get text() {
    return this.#text;
  }

  toJSON() {
    return JSON.parse(this.#json);
  }
}

module.exports = { Verdict };
