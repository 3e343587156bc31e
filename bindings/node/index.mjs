// The same objects as those of `index.cjs`.

import sluicegate from "./index.cjs";

export const {
  Classifier,
  Database,
  DatabaseError,
  IncompleteError,
  RulesError,
  SluicegateError,
  version,
} = sluicegate;
