//! Every bound of the engine, its value and its reason, in one table.
//!
//! Work is counted in operations, never in time, so that a limit is reached at the same byte on
//! every machine. Reaching a limit while compiling is a diagnostic; reaching one while scanning is
//! the outcome [`crate::Completeness::Incomplete`].

macro_rules! limits {
    ($($(#[$doc:meta])* $name:ident: $type:ty = $value:expr, $reason:literal;)*) => {
        $($(#[$doc])* #[doc = ""] #[doc = concat!("Reason: ", $reason, ".")]
          pub const $name: $type = $value;)*

        /// Name, value and reason of every limit, for documentation and tools.
        pub const TABLE: &[(&str, u64, &str)] = &[$((stringify!($name), $value as u64, $reason),)*];
    };
}

limits! {
    /// Longest match of a regular expression that states none, in bytes.
    DEFAULT_MAX_LEN: u32 = 4096, "longer than every token and most keys; keeps windows in cache";
    /// Longest match that a classifier may ask for, in bytes.
    MAX_LEN: u32 = 65536, "a private key or a service account file fits; state stays bounded";
    /// Bytes that a group of a composite or a dictionary may ask to fit into.
    MAX_WITHIN: u32 = 65536, "a stream holds findings back so far; as wide as the longest match";
    /// Longest pattern, in bytes.
    MAX_PATTERN_LEN: u32 = 65536, "real patterns are under 8 KiB; parsing cost grows with length";
    /// Deepest nesting of groups in a pattern.
    MAX_NESTING: u32 = 100, "recursion over a pattern must not exhaust the stack";
    /// Instructions of one program.
    MAX_PROGRAM_LEN: u32 = 60_000, "a dictionary of some thousand terms fits";
    /// Bits in the table of visited states: branch points of a program times its longest match.
    MAX_VISITED_BITS: u64 = 1 << 23, "1 MiB of scratch bounds the work of one search";
    /// Steps that a search may take before it starts to remember where it was.
    FREE_STEPS: u32 = 256, "most searches end sooner and so never clear the visited table";
    /// Classifiers in one database.
    MAX_CLASSIFIERS: u32 = 1 << 20, "indices are u32 with room for flags";
    /// Anchors in one database.
    MAX_ANCHORS: u32 = 1 << 24, "an anchor and its offset share one u32";
    /// Distinct class planes that shapes may use.
    MAX_PLANES: u32 = 64, "each plane costs one operation per block";
    /// Steps of verification that one scan may spend for each input byte.
    STEPS_PER_BYTE: u64 = 8192, "a safety net far above what any measured input needs";
    /// Steps that every scan may spend whatever its length.
    STEPS_BASE: u64 = 1 << 24, "short inputs must not run dry on one long match";
    /// Cells of exact data that are looked up at a time.
    EXACT_ASKED: u32 = 64, "loads from a large index overlap; the list stays in the nearest cache";
    /// Terms of all dictionaries of words in one database.
    MAX_TERMS: u32 = 1 << 24, "sixteen times a large dictionary; an image stays under 1 GB";
    /// Words of a term.
    MAX_TERM_WORDS: u32 = 16, "names and titles fit; a stream waits for no more words than that";
    /// Bytes between two words of a term.
    MAX_TERM_GAP: u32 = 16, "a line break with indentation, quotes or markup; not another sentence";
    /// Pending start intervals that a scan keeps before it settles them.
    PENDING_INTERVALS: u32 = 4096, "96 KiB of scratch; a flood of candidates is settled in parts";
    /// Longest passage of a document that one finding spans, in bytes.
    PASSAGE_LEN: u32 = 4096, "what a stream holds back stays bounded; longer copies are several findings";
    /// Most fingerprints that an index may ask of a passage.
    PASSAGE_MINIMUM: u32 = 8, "they are kept with each passage that is open";
    /// Most documents that a fingerprint may belong to.
    DOCUMENTS_PER_FINGERPRINT: u32 = 64, "what more documents have is boilerplate; work for one hit is bounded";
    /// Different fingerprints of documents that are counted in one input. More are found all the
    /// same, but the shares of documents are lower bounds.
    SEEN_FINGERPRINTS: u32 = 1 << 16, "768 KiB at most; a copy of 1.5 MB of prose";
}
