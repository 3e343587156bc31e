//! How often a text is scanned and redacted, and how far the edits of each pass reach.

/// Passes after which a text that still changes is given up. Two are usual, the second of which
/// finds nothing to do.
pub(crate) const MAX_PASSES: usize = 8;
/// Passes whose edits end where the findings end.
const EXACT_PASSES: usize = 2;
/// Passes after which edits reach to the end of their word.
const WORD_PASSES: usize = 4;

/// Bytes of a character that may stand on either side of where an edit ends.
pub(super) const REST: usize = 3;
/// Most bytes that an edit reaches further in a stream.
const MAX_REACH: usize = 1024;

/// Where an edit of this pass ends whose finding ends at `end`. A rule that takes so many bytes
/// behind a keyword could walk through a text mark by mark, so later passes take the word, and then
/// the line.
pub(crate) fn reach(text: &[u8], end: usize, pass: usize) -> usize {
    let rest = &text[end..];
    let more = rest.iter().position(|&byte| is_end(byte, pass));
    end + more.unwrap_or(rest.len())
}

/// The same for a part of a text: how many bytes of `rest` an edit takes in that ends before it.
/// None when more of the text is needed to say.
pub(super) fn reach_in(rest: &[u8], pass: usize, done: bool) -> Option<usize> {
    if pass < EXACT_PASSES {
        return Some(0);
    }
    let known = &rest[..rest.len().min(MAX_REACH)];
    let is_whole = done || rest.len() >= MAX_REACH + REST;
    let end = known.iter().position(|&byte| is_end(byte, pass));
    end.or_else(|| is_whole.then_some(known.len()))
}

fn is_end(byte: u8, pass: usize) -> bool {
    match pass {
        ..EXACT_PASSES => true,
        EXACT_PASSES..WORD_PASSES => byte.is_ascii_whitespace() || byte == b'"',
        _ => byte == b'\n',
    }
}
