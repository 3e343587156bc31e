// What the types allow and refuse, for `tsc`. It is compiled, not run.

import {
  Classifier,
  Database,
  DatabaseError,
  type Finding,
  IncompleteError,
  type Problem,
  RulesError,
  type Severity,
  SluicegateError,
  version,
} from "sluicegate";

const database: Database = Database.builtin();
const packs: Database = Database.fromFiles(["pack.toml", new URL("file:///pack.toml")], {
  builtin: true,
});
const loaded: Database = Database.load("saved.sgdb");
loaded.save(new URL("file:///saved.sgdb"));
const digest: string = packs.digest;
const length: number = packs.length;
const classifiers: Classifier[] = packs.classifiers();
const severity: Severity | undefined = classifiers[0]?.severity;
const card: unknown = classifiers[0]?.card["name"];

const found: Finding[] = database.scan("text", { minConfidence: 80 });
database.scan(Buffer.from("text"), {});
database.scan(new Uint8Array(4));
const { classifier, start, end, confidence, view }: Finding = found[0]!;
const told: [string, number, number, number, "raw"] = [classifier, start, end, confidence, view];
const batch: Promise<Finding[][]> = database.scanBatch(["text", Buffer.from("text")], {
  threads: 2,
});
const same: Finding[][] = database.scanBatchSync(new Set(["text"]), { minConfidence: 80 });

export function reported(error: unknown): readonly Problem[] | Finding[] | Finding[][] | string {
  if (error instanceof RulesError) return error.problems;
  if (error instanceof IncompleteError) return error.indices.length > 0 ? error.findings : [];
  if (error instanceof DatabaseError) return error.file ?? "";
  if (error instanceof SluicegateError) {
    const [line, column]: (number | null)[] = [error.line, error.column];
    return `${error.name} ${error.code} ${error.hint} ${error.span?.[0]} ${line} ${column}`;
  }
  return "";
}

export const used = [digest, length, severity, card, told, batch, same, version];

// @ts-expect-error: databases come from functions
new Database();
// @ts-expect-error: a text is a string or bytes
database.scan(1);
// @ts-expect-error: as above
database.scan(new Float64Array(1));
// @ts-expect-error: options have names
database.scan("text", 80);
// @ts-expect-error: and only those
database.scan("text", { minconfidence: 80 });
// @ts-expect-error: threads are for batches
database.scan("text", { threads: 2 });
// @ts-expect-error: numbers are no texts
void database.scanBatch([1]);
// @ts-expect-error: findings do not change
found[0]!.start = 0;
// @ts-expect-error: nor does what is known of a database
database.length = 0;
