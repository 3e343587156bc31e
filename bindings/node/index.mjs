// The same objects as those of `index.cjs`.

import sluicegate from "./index.cjs";

export const {
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
} = sluicegate;
