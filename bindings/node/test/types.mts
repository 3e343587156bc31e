// What the types allow and refuse, for `tsc`. It is compiled, not run.

import {
  type Action,
  BlockedError,
  Classifier,
  Database,
  DatabaseError,
  type DecidedFinding,
  type Finding,
  type FindingStream,
  Guard,
  type GuardStream,
  IncompleteError,
  PolicyError,
  type Problem,
  RedactError,
  Redactor,
  RulesError,
  Session,
  type Severity,
  SluicegateError,
  type Text,
  type Verdict,
  version,
} from "sluicegate";

const database: Database = Database.builtin();
const packs: Database = Database.fromFiles(["pack.toml", new URL("file:///pack.toml")], {
  builtin: true,
});
const loaded: Database = Database.load("saved.sgdb");
const key = Buffer.from("a key for tests only");
const indexed: Database = loaded
  .withExact("rows.sgx", key)
  .withExact(new URL("file:///more.sgx"), new Uint8Array(16))
  .withDocuments(key, key);
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

const guard: Guard = new Guard("policy.toml", { database, keys: { main: key } });
const other: Guard = Guard.fromText('default = "redact"');
const unmatched: Problem[] = other.unmatched();
const session: Session = new Session("night-7");
const verdict: Verdict<string> = guard.inspect("text", {
  channel: "tool_args",
  form: "json",
  session,
});
const passed: string | null = verdict.text;
const bytes: Buffer | null = guard.inspect(new Uint8Array(4)).text;
const decided: readonly DecidedFinding[] = verdict.findings;
const actions: [Action, Action | null] = [verdict.action, verdict.wouldBe];
const back: string = guard.restore("text", { session });
const backInBytes: Buffer = other.restore(key);

const redactor: Redactor = new Redactor("token", { key });
const redacted: string = new Redactor().redact("text", { session, minConfidence: 80 });
const restored: Buffer = redactor.restore(Buffer.from(redacted));

const stream: GuardStream = guard.stream({ channel: "output", session });
const piece: string = stream.push("te") + stream.push("xt") + stream.finish();
const decision: Verdict<null> | null = stream.verdict;
const ofBytes: GuardStream<Buffer> = guard.stream<Buffer>();
const rest: Buffer = ofBytes.push(key);
const finding: FindingStream<Text> = database.stream<Text>({ minConfidence: 80 });
const later: Finding[] = [...finding.push("text"), ...finding.finish()];

export async function* passing(source: ReadableStream<string>): AsyncGenerator<string> {
  const { readable }: { readable: ReadableStream<string> } = guard.transform({ session });
  for await (const text of source.pipeThrough(guard.transform())) yield text;
  for await (const text of readable) yield text;
}

export function passingBytes(source: ReadableStream<Uint8Array>): ReadableStream<Uint8Array> {
  return source.pipeThrough(guard.transform<Uint8Array>({ channel: "tool_result" }));
}

export function refused(error: unknown): Action | readonly Problem[] | null {
  if (error instanceof BlockedError) return error.verdict.action;
  if (error instanceof PolicyError) return error.problems;
  return error instanceof RedactError ? null : "allow";
}

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

export const used = [indexed, digest, length, severity, card, told, batch, same, version];
export const usedOfGuards = [unmatched, passed, bytes, decided, actions, back, backInBytes];
export const usedOfTexts = [restored, piece, decision, rest, later];

// @ts-expect-error: databases come from functions
new Database();
// @ts-expect-error: keys are bytes
database.withExact("rows.sgx", "key");
// @ts-expect-error: as above
database.withDocuments("texts.sgf");
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
// @ts-expect-error: as above
guard.inspect(1);
// @ts-expect-error: there are five channels
guard.inspect("text", { channel: "input" });
// @ts-expect-error: streams know no form
guard.stream({ form: "json" });
// @ts-expect-error: keys are bytes
Guard.fromText("", { keys: { main: "text" } });
// @ts-expect-error: sessions have names
new Session(7);
// @ts-expect-error: this style takes a key
new Redactor("token");
// @ts-expect-error: and this one none
new Redactor("mask", { key });
// @ts-expect-error: pieces of a text are of one kind
stream.push(key);
// @ts-expect-error: verdicts do not change
verdict.action = "allow";
// @ts-expect-error: nor do their findings
verdict.findings.length = 0;
// @ts-expect-error: findings do not change
found[0]!.start = 0;
// @ts-expect-error: nor does what is known of a database
database.length = 0;
