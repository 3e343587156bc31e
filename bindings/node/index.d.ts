/** How bad a finding is. */
export type Severity = "info" | "low" | "medium" | "high" | "critical";

/** What is scanned. */
export type Text = string | Uint8Array;

/** What comes of a text: a string of a string, a `Buffer` of bytes. */
export type Same<T extends Text> = T extends string ? string : Buffer;

/** Where a text comes from and goes to. */
export type Channel = "prompt" | "output" | "tool_args" | "tool_result" | "document";

/** What happens to a text, mildest first. */
export type Action = "allow" | "flag" | "redact" | "block";

/** What stands in place of a value; docs/policy.md says what each leaves. */
export type Style = KeylessStyle | KeyedStyle;

/** Styles that take no key. */
export type KeylessStyle = "label" | "numbered" | "mask" | "partial" | "vault";

/** Styles that take one. */
export type KeyedStyle = "hash" | "token" | "fpe";

/** A span of a text that a classifier claims. It holds none of the text. */
export interface Finding {
  /** Id of the classifier. */
  readonly classifier: string;
  /** Where it begins, in UTF-16 units of a string, so that they slice it, and bytes of a buffer. */
  readonly start: number;
  /** Behind its last unit or byte; always greater than `start`. */
  readonly end: number;
  /** How bad it is. */
  readonly severity: Severity;
  /** 0 to 100, context taken into account. */
  readonly confidence: number;
  /** The form of the text in which it was found; "raw" is the text as it came. */
  readonly view: "raw";
}

/** How a text is scanned. */
export interface ScanOptions {
  /** Findings of less confidence are left out; a whole number from 0 to 100, 0 if not given. */
  readonly minConfidence?: number | undefined;
}

/** What is made of findings that claim one value. */
export interface ResolveOptions {
  /** Only the one that is most likely right is returned; false if not given. */
  readonly resolve?: boolean | undefined;
}

/** How many texts are scanned. */
export interface BatchOptions extends ScanOptions {
  /** How many threads scan; 0, which is also taken if not given, for one for each processor. */
  readonly threads?: number | undefined;
}

/** What a database knows of one of its classifiers. */
export class Classifier {
  private constructor();
  /** Its id. */
  readonly id: string;
  /** How bad a finding is. */
  readonly severity: Severity;
  /** Confidence of a finding before context is taken into account, 0 to 100. */
  readonly confidence: number;
  /** What people read: name, description, tags, references, detectors with their plans. */
  get card(): Record<string, unknown>;
}

/** A compiled set of classifiers. It never changes, and may be used while batches of it run. */
export class Database {
  private constructor();

  /** The built-in catalogue. The workers of a process share one. */
  static builtin(): Database;

  /**
   * Compiles packs, which are TOML files, and folders of packs; with `builtin: true` beside the
   * built-in catalogue.
   *
   * @throws {RulesError} with every problem of the packs
   * @throws {Error} of the system, when a file can't be read
   */
  static fromFiles(
    paths: Iterable<string | URL>,
    options?: { readonly builtin?: boolean | undefined },
  ): Database;

  /**
   * Maps a file that `save` or `sluicegate compile` wrote. While a database of it lives, such a
   * file may be replaced but not written to.
   *
   * @throws {DatabaseError} when the file is no database of this version, truncated or altered
   * @throws {Error} of the system, when it can't be read
   */
  static load(path: string | URL): Database;

  /**
   * The same database with the rows of a table beside it, which are found as `exact.<name>`.
   *
   * @param index a file that `sluicegate index exact` wrote, which is mapped and may be replaced but
   *   not written to meanwhile, or the bytes of one, which are copied
   * @param key the contents of the key file that it was made with, 16 bytes or more; space at either
   *   end does not count
   * @throws {DatabaseError} when it is no index of this version, truncated, altered or made with
   *   another key, when the key is short, and when there is a classifier of its id
   * @throws {Error} of the system, when it can't be read
   */
  withExact(index: string | URL | Uint8Array, key: Uint8Array): Database;

  /**
   * The same database with documents beside it, whose passages are found as `document.<name>`, of a
   * file that `sluicegate index documents` wrote, or its bytes; else as `withExact`.
   *
   * @throws {DatabaseError} as `withExact`
   * @throws {Error} of the system, when the file can't be read
   */
  withDocuments(index: string | URL | Uint8Array, key: Uint8Array): Database;

  /**
   * Writes the database to a file, for `load` and for the command line's `--db`, without the indexes
   * beside it. A file that was there is replaced at once or not at all.
   *
   * @throws {Error} of the system, when it can't be written
   */
  save(path: string | URL): void;

  /** BLAKE3 of the database in hexadecimal; equal rules and indexes have equal digests. */
  get digest(): string;

  /** The number of classifiers. */
  get length(): number;

  /** The classifiers in the order of their ids, those of indexes behind all others. */
  classifiers(): Classifier[];

  /**
   * Finds everything of at least a confidence, in the order (start, end, classifier).
   *
   * A string's lone surrogates are scanned as U+FFFD. A buffer is read where it is. A long text is
   * better given to `scanBatch`, which does not keep the event loop waiting.
   *
   * @throws {IncompleteError} when not all of the text could be inspected
   */
  scan(text: Text, options?: ScanOptions & ResolveOptions): Finding[];

  /**
   * The findings of each text, in order, scanned beside the event loop on a number of threads.
   *
   * Strings are copied. Buffers are read where they are: until the promise settles they may not be
   * written to, transferred or resized.
   *
   * @throws {IncompleteError} when not all of some text could be inspected
   */
  scanBatch(texts: Iterable<Text>, options?: BatchOptions): Promise<Finding[][]>;

  /** The same before it returns. */
  scanBatchSync(texts: Iterable<Text>, options?: BatchOptions): Finding[][];

  /** Opens a stream that finds what `scan` finds, in a text that arrives in pieces. */
  stream<T extends Text = string>(options?: ScanOptions): FindingStream<T>;
}

/** How texts are redacted. */
export interface RedactorOptions {
  /** What finds; the built-in catalogue if not given. */
  readonly database?: Database | undefined;
  /** How many characters "partial" keeps, a whole number from 0 to 100, 4 if not given. */
  readonly keep?: number | undefined;
  /** Secret bytes, 16 or more, for the styles that take a key, and only for them. */
  readonly key?: Uint8Array | undefined;
}

/** Which findings are redacted, or were, and of which conversation a text is a part. */
export interface RedactOptions extends ScanOptions {
  /** What remembers the values of "numbered" and "vault" beyond this text. */
  readonly session?: Session | undefined;
}

/** A database with a style: puts something else in place of what it finds. It never changes. */
export class Redactor {
  /**
   * A redactor with a style, "label" if none is given.
   *
   * @throws {RangeError} when the key is too short
   */
  constructor(style?: KeylessStyle, options?: RedactorOptions & { readonly key?: undefined });
  constructor(style: KeyedStyle, options: RedactorOptions & { readonly key: Uint8Array });

  /**
   * The text without what is found in it. In a string that changes, lone surrogates come out as
   * U+FFFD.
   *
   * @throws {RedactError} when it can't be redacted
   */
  redact<T extends Text>(text: T, options?: RedactOptions): Same<T>;

  /**
   * The text with the values that a redaction took from it, by the session and the key. Marks that
   * neither knows stay. Values of the style "fpe" are found by scanning, with the `minConfidence`
   * of the redaction.
   *
   * @throws {RedactError} when such a scan reached the bound on work
   */
  restore<T extends Text>(text: T, options?: RedactOptions): Same<T>;
}

/** The findings of one text that arrives in pieces: all strings or all buffers, cut anywhere. */
export interface FindingStream<T extends Text = string> {
  /**
   * Takes the next piece; gives the findings that it decides. Offsets count from the start of the
   * text.
   */
  push(piece: T): Finding[];
  /**
   * Takes the end of the text; gives the rest of the findings.
   *
   * @throws {IncompleteError} when not all of the text could be inspected
   */
  finish(): Finding[];
  /** Ends the stream without the rest of the findings. */
  close(): void;
  /** Bytes, of strings those of UTF-8, in which findings may yet start. */
  readonly held: number;
}

/**
 * What redactions of one conversation remember, so that equal values have equal marks and answers
 * can be turned back. It holds values in memory and shows none. Threads don't share one.
 */
export class Session {
  /**
   * @param name stands in the marks of the style "vault": 1 to 32 of `a-z`, `0-9` and `-`, "0" if
   *   not given
   * @throws {RangeError} when that is no name
   */
  constructor(name?: string);
  /** The name. */
  get name(): string;
  /** The number of values that are remembered. */
  get count(): number;
}

/** What a guard needs beside a policy. */
export interface GuardOptions {
  /** What finds; the built-in catalogue if not given. */
  readonly database?: Database | undefined;
  /** Secret bytes, 16 or more each, by the names that the policy calls them. */
  readonly keys?: Readonly<Record<string, Uint8Array>> | undefined;
}

/** Of which conversation a text is a part. */
export interface StreamOptions {
  /** Where it comes from and goes to; if not given, "prompt", and "output" of streams. */
  readonly channel?: Channel | undefined;
  /** What remembers values beyond this text. */
  readonly session?: Session | undefined;
}

/** What is known of a text. */
export interface InspectOptions extends StreamOptions {
  /** Whether it is one JSON text, which it then stays; "text" if not given. */
  readonly form?: "text" | "json" | undefined;
}

/** A database with a policy, which docs/policy.md describes. It never changes. */
export class Guard {
  /**
   * A guard by the policy in a file.
   *
   * @throws {PolicyError} with every problem of the policy
   * @throws {Error} of the system, when it can't be read
   */
  constructor(policy: string | URL, options?: GuardOptions);

  /**
   * A guard by the text of a policy.
   *
   * @throws {PolicyError} with every problem of the policy
   */
  static fromText(policy: string, options?: GuardOptions): Guard;

  /** Patterns and tags of the policy that no classifier of the database meets, perhaps misspelt. */
  unmatched(): Problem[];

  /** What finds. */
  get database(): Database;

  /** Decides about a text. What is wrong with it stands in the verdict. */
  inspect<T extends Text>(text: T, options?: InspectOptions): Verdict<Same<T>>;

  /**
   * The text with the values that `inspect` or a stream took from it, by the session and the keys
   * of the policy, also where their marks stand in other text. For the style "fpe" the channel must
   * be that of the redaction.
   *
   * @throws {RedactError} when it can't be turned back
   */
  restore<T extends Text>(text: T, options?: InspectOptions): Same<T>;

  /**
   * Opens a stream that decides about a text as it arrives.
   *
   * @throws {RedactError} when the policy has the style "fpe", which looks at the whole text
   */
  stream<T extends Text = string>(options?: StreamOptions): GuardStream<T>;

  /**
   * The same as a web stream, from pieces to pieces. Where something is blocked, both sides fail
   * with a `BlockedError` after what stands before has been read. An abort or a cancel drops what
   * is held.
   *
   * @throws {RedactError} as `stream`
   */
  transform<T extends Text = string>(options?: StreamOptions): TransformStream<T, Same<T>>;
}

/** What decided about a text. */
export type Reason = "no_finding" | "rule" | "default" | "incomplete" | "error";

/** A finding with what was decided for it. */
export interface DecidedFinding extends Finding {
  /** What its rule asks for. */
  readonly action: Action;
  /** Name of the rule; null where the default decided. */
  readonly rule: string | null;
}

/** What was decided about a text, and why. Neither JSON nor inspection shows any of the text. */
export interface Verdict<T extends string | Buffer | null = string | Buffer | null> {
  /** Name of the policy. */
  readonly policy: string;
  /** Whether the decision is carried out. */
  readonly mode: "enforce" | "monitor";
  /** The channel of the text. */
  readonly channel: Channel;
  /** What happens; with mode "monitor" nothing stricter than "flag". */
  readonly action: Action;
  /** With mode "monitor" what would happen otherwise. */
  readonly wouldBe: Action | null;
  /** What decided. */
  readonly reason: Reason;
  /** Name of the rule that decided: that of the first finding with the strictest action. */
  readonly rule: string | null;
  /** Whether the whole text was inspected. */
  readonly complete: boolean;
  /** The number of edits that were made. */
  readonly edits: number;
  /** Everything that was found in the text as it came, in order. */
  readonly findings: readonly DecidedFinding[];
  /** Why the text could not be read or redacted. */
  readonly error: string | null;
  /**
   * What may be passed on; null when the text is blocked, and of streams, which have passed it on.
   * Bytes that pass as they came are not copied.
   */
  readonly text: T | null;
  /** All but the text, with the names that docs/policy.md gives. */
  toJSON(): Record<string, unknown>;
}

/** One text that is decided about as it arrives: all strings or all buffers, cut anywhere. */
export interface GuardStream<T extends Text = string> {
  /** Takes the next piece; gives what can be passed on. */
  push(piece: T): Same<T>;
  /** Takes the end of the text; gives the rest. Of a text without pieces that is "". */
  finish(): Same<T>;
  /** Ends the stream; what is held is not passed on, and there is no verdict. */
  close(): void;
  /** What was decided, after the end; null before. */
  readonly verdict: Verdict<null> | null;
  /** Bytes, of strings those of UTF-8, that have come and were not passed on, and may yet be. */
  readonly held: number;
  /** Whether nothing more is passed on, because something is blocked. */
  readonly stopped: boolean;
}

/** A problem of a pack or policy, for its author. */
export interface Problem {
  /** What is wrong, for example "SG101"; docs/diagnostics.md lists all. */
  readonly code: string;
  /** One sentence. */
  readonly message: string;
  /** What to do about it; empty where there is nothing to add. */
  readonly hint: string;
  /** Id of the classifier concerned, where it is known. */
  readonly classifier: string | null;
  /** The file. */
  readonly file: string | null;
  /** Where it stands, in bytes of the file, and so on: null where that is not known. */
  readonly span: readonly [start: number, end: number] | null;
  /** From 1. */
  readonly line: number | null;
  /** From 1, in characters. */
  readonly column: number | null;
}

/** Anything that this package refuses, apart from wrong arguments and files that can't be read. */
export class SluicegateError extends Error {
  protected constructor();
  /** What is wrong, for example "SG101", where that has a code. */
  readonly code: string | null;
  /** What to do about it; empty where there is nothing to add. */
  readonly hint: string;
  /** The file concerned, where there is one. */
  readonly file: string | null;
  /** Where it stands, in bytes of the file, and so on: null where that is not known. */
  readonly span: readonly [start: number, end: number] | null;
  /** From 1. */
  readonly line: number | null;
  /** From 1, in characters. */
  readonly column: number | null;
}

/** Packs that can't be compiled. The error is the first problem; `problems` are all of them. */
export class RulesError extends SluicegateError {
  /** Every problem; none where the packs have no classifiers. */
  readonly problems: readonly Problem[];
}

/** A policy that can't be used. The error is the first problem; `problems` are all of them. */
export class PolicyError extends SluicegateError {
  /** Every problem. */
  readonly problems: readonly Problem[];
}

/** A database or an index that this version can't use. */
export class DatabaseError extends SluicegateError {}

/** A text that can't be redacted or turned back. No part of it may be passed on. */
export class RedactError extends SluicegateError {}

/** A text that may not be passed on any further. */
export class BlockedError extends SluicegateError {
  /** Why. */
  readonly verdict: Verdict;
}

/**
 * A text of which not all could be inspected: checking it reached the bound on work.
 *
 * Findings may be missing, so whoever must be sure treats the text as one that can't pass.
 */
export class IncompleteError extends SluicegateError {
  /** What the call would have returned: all that was found, for a batch by text. */
  readonly findings: Finding[] | Finding[][];
  /** Of a batch, which of the texts; empty for a single one. */
  readonly indices: readonly number[];
}

/** The version of the package. */
export const version: string;
