//! Whether every match of a pattern holds one of some keywords.
//!
//! Walks the pattern's automaton and a keyword automaton side by side: if no match can be reached
//! without a keyword, every match holds one. Assertions count as true, so the answer errs towards
//! no.

use std::collections::BTreeSet;

use regex_automata::nfa::thompson::{Compiler, Config, NFA, State, WhichCaptures};
use regex_syntax::hir::Hir;

/// Most pairs of states that are looked at; the largest rule in use needs some ten thousand.
const MAX_PAIRS: usize = 1 << 22;
/// Largest automaton, in bytes: far above what a pattern that compiles needs.
const MAX_BYTES: usize = 1 << 24;

/// Whether every match holds one of the keywords, ASCII case folded. No where that can't be told.
pub(super) fn holds_keyword(hir: &Hir, keywords: &[String]) -> bool {
    let config = Config::new()
        .utf8(false)
        .which_captures(WhichCaptures::None)
        .nfa_size_limit(Some(MAX_BYTES));
    match Compiler::new().configure(config).build_from_hir(hir) {
        Ok(nfa) => Keywords::new(keywords).is_some_and(|keywords| keywords.guard(&nfa)),
        Err(_) => false,
    }
}

/// Reads bytes until a keyword ends.
struct Keywords {
    /// What is read of keywords, each state being the longest such text at the end of the input.
    next: Vec<[Option<u32>; 256]>,
}

impl Keywords {
    /// `None` where there are no keywords, or an empty one, which every text holds.
    fn new(keywords: &[String]) -> Option<Self> {
        let keywords: Vec<Vec<u8>> = keywords
            .iter()
            .map(|keyword| keyword.to_ascii_lowercase().into_bytes())
            .collect();
        if keywords.is_empty() || keywords.iter().any(Vec::is_empty) {
            return None;
        }
        let starts: BTreeSet<&[u8]> = keywords
            .iter()
            .flat_map(|keyword| (0..keyword.len()).map(|len| &keyword[..len]))
            .collect();
        let starts: Vec<&[u8]> = starts.into_iter().collect();
        let next = starts.iter().map(|start| {
            std::array::from_fn(|byte| {
                let mut text = start.to_vec();
                text.push((byte as u8).to_ascii_lowercase());
                if keywords.iter().any(|keyword| text.ends_with(keyword)) {
                    return None;
                }
                // The empty start is there, so the search ends.
                let longest = (0..=text.len())
                    .find_map(|cut| starts.binary_search(&&text[cut..]).ok())
                    .unwrap_or(0);
                Some(longest as u32)
            })
        });
        Some(Self {
            next: next.collect(),
        })
    }

    /// Whether no match is reached without a keyword.
    fn guard(&self, nfa: &NFA) -> bool {
        let width = self.next.len();
        let pairs = nfa.states().len() * width;
        if pairs > MAX_PAIRS {
            return false;
        }
        let mut seen = vec![false; pairs];
        // The empty start sorts first.
        let mut waiting = vec![(nfa.start_anchored(), 0u32)];
        while let Some((state, read)) = waiting.pop() {
            let pair = state.as_usize() * width + read as usize;
            if std::mem::replace(&mut seen[pair], true) {
                continue;
            }
            let row = &self.next[read as usize];
            let mut step = |first: u8, last: u8, to| {
                let mut before = None;
                for byte in first..=last {
                    let read = row[usize::from(byte)];
                    if let Some(read) = read
                        && before != Some(read)
                    {
                        waiting.push((to, read));
                    }
                    before = read;
                }
            };
            match nfa.state(state) {
                State::ByteRange { trans } => step(trans.start, trans.end, trans.next),
                State::Sparse(sparse) => {
                    for trans in &*sparse.transitions {
                        step(trans.start, trans.end, trans.next);
                    }
                }
                State::Dense(dense) => {
                    for byte in 0..=u8::MAX {
                        if let Some(next) = dense.matches_byte(byte) {
                            step(byte, byte, next);
                        }
                    }
                }
                State::Look { next, .. } | State::Capture { next, .. } => {
                    waiting.push((*next, read));
                }
                State::Union { alternates } => {
                    waiting.extend(alternates.iter().map(|&next| (next, read)));
                }
                State::BinaryUnion { alt1, alt2 } => {
                    waiting.extend([(*alt1, read), (*alt2, read)]);
                }
                State::Fail => {}
                State::Match { .. } => return false,
            }
        }
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::dialect::{Dialect, read};

    #[test]
    fn keywords_are_needed_or_not() {
        for (pattern, keywords, needed) in [
            (r"\bghp_[a-z]{4}", &["ghp_"][..], true),
            (r"(?i)[\w.-]{0,50}?(?:adobe)x", &["adobe"], true),
            (r"(?i)key", &["KEY"], true),
            (r"(?:a|b)kia", &["akia", "bkia"], true),
            (r"(?:a|b|c)kia", &["akia", "bkia"], false),
            (r"ab?c", &["abc"], false),
            (r"a{3}", &["aa"], true),
            (r"aab", &["ab"], true),
            (r"x*", &["x"], false),
            (r"x", &[], false),
        ] {
            let hir = read(pattern, Dialect::Rust).unwrap().hir;
            let keywords: Vec<String> = keywords.iter().map(|&k| k.to_owned()).collect();
            assert_eq!(holds_keyword(&hir, &keywords), needed, "{pattern}");
        }
    }
}
