//! One pattern as the `regex` crate's engine compiles it: over bytes, without Unicode classes.

use regex_automata::meta::{self, Regex};
use regex_automata::util::syntax;

/// The version that the manifest asks for.
pub const VERSION: &str = "regex-automata 0.4";
/// The engine's own choice for [`compile`], enough for one pattern.
pub const SMALL_CACHE: usize = 2 << 20;

/// The searcher of a set of patterns, leftmost-first, with so many bytes for automata that are built
/// while searching.
///
/// # Errors
///
/// The engine's sentence.
pub fn compile(patterns: &[impl AsRef<str>], cache: usize) -> Result<Regex, String> {
    Regex::builder()
        .syntax(syntax::Config::new().unicode(false).utf8(false))
        .configure(
            meta::Config::new()
                .utf8_empty(false)
                .nfa_size_limit(None)
                .hybrid_cache_capacity(cache),
        )
        .build_many(patterns)
        .map_err(|error| error.to_string())
}

/// Counts the matches in the piece that are not empty.
pub fn count(regex: &Regex, cache: &mut meta::Cache, piece: &[u8]) -> u64 {
    let mut searcher = regex_automata::util::iter::Searcher::new(piece.into());
    let mut count = 0;
    while let Some(found) = searcher.advance(|input| Ok(regex.search_with(cache, input))) {
        count += u64::from(!found.is_empty());
    }
    count
}
