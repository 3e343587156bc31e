/** How bad a finding is. */
export type Severity = "info" | "low" | "medium" | "high" | "critical";

/** What is scanned. */
export type Text = string | Uint8Array;

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
   * Writes the database to a file, for `load` and for the command line's `--db`. A file that was
   * there is replaced at once or not at all.
   *
   * @throws {Error} of the system, when it can't be written
   */
  save(path: string | URL): void;

  /** BLAKE3 of the database in hexadecimal; equal rules have equal digests. */
  get digest(): string;

  /** The number of classifiers. */
  get length(): number;

  /** The classifiers in the order of their ids. */
  classifiers(): Classifier[];

  /**
   * Finds everything of at least a confidence, in the order (start, end, classifier).
   *
   * A string's lone surrogates are scanned as U+FFFD. A buffer is read where it is. A long text is
   * better given to `scanBatch`, which does not keep the event loop waiting.
   *
   * @throws {IncompleteError} when not all of the text could be inspected
   */
  scan(text: Text, options?: ScanOptions): Finding[];

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
}

/** A problem of a pack, for its author. */
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

/** A file that is no database which this version can use. */
export class DatabaseError extends SluicegateError {}

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
