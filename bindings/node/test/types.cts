// The types of the package as CommonJS, for `tsc`. It is compiled, not run.

import sluicegate = require("sluicegate");

const database: sluicegate.Database = sluicegate.Database.builtin();
export const verdict: sluicegate.Verdict = sluicegate.Guard.fromText("").inspect("text");
export const found: sluicegate.Finding[] = database.scan("text");
