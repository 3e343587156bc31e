//! How often a text is scanned and redacted, and how far the edits of each pass reach.

/// Passes after which a text that still changes is given up. Two are usual, the second of which
/// finds nothing to do.
pub(crate) const MAX_PASSES: usize = 8;
/// Passes whose edits end where the findings end.
const EXACT_PASSES: usize = 2;
/// Passes after which edits reach to the end of their word.
const WORD_PASSES: usize = 4;

/// Where an edit of this pass ends whose finding ends at `end`. A rule that takes so many bytes
/// behind a keyword could walk through a text mark by mark, so later passes take the word, and then
/// the line.
pub(crate) fn reach(text: &[u8], end: usize, pass: usize) -> usize {
    let is_end = |byte: &u8| match pass {
        ..EXACT_PASSES => true,
        EXACT_PASSES..WORD_PASSES => byte.is_ascii_whitespace() || *byte == b'"',
        _ => *byte == b'\n',
    };
    let rest = &text[end..];
    end + rest.iter().position(is_end).unwrap_or(rest.len())
}
