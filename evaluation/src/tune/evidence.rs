//! The findings of a classifier, true and false, with the words near them.

use std::collections::BTreeMap;
use std::ops::Range;

use sluicegate::model::Case;

use super::half::Halves;
use crate::evaluate::{BenignText, Judged};
use crate::judge::Found;

/// Words that stand in any English text and so say nothing about what is near; those of other
/// languages are left to whoever reviews a proposal.
const EVERYWHERE: &[&str] = &[
    "about", "after", "all", "also", "and", "any", "are", "because", "been", "but", "can", "could",
    "did", "does", "for", "from", "had", "has", "have", "her", "his", "how", "into", "its", "just",
    "like", "more", "most", "not", "now", "only", "other", "our", "out", "over", "she", "should",
    "some", "such", "than", "that", "the", "their", "them", "then", "there", "these", "they",
    "this", "those", "was", "were", "what", "when", "where", "which", "who", "will", "with",
    "would", "you", "your",
];

/// A finding that is true or false.
#[derive(Clone, Debug)]
pub(super) struct Evidence<'t> {
    pub(super) text: &'t [u8],
    /// Tells texts apart; pieces of benign texts count as texts.
    pub(super) number: (bool, usize, usize),
    pub(super) span: Range<usize>,
    pub(super) confidence: u8,
    pub(super) is_hit: bool,
    pub(super) is_benign: bool,
}

impl<'t> Evidence<'t> {
    pub(super) fn value(&self) -> &'t [u8] {
        &self.text[self.span.clone()]
    }

    /// What a keyword may stand in, before and behind.
    fn around(&self, window: u32) -> [Range<usize>; 2] {
        let window = window as usize;
        let Range { start, end } = self.span;
        [
            start.saturating_sub(window)..start,
            end..self.text.len().min(end + window),
        ]
    }

    /// Whether a keyword stands near, as the engine looks for it: whole, ASCII case folded.
    pub(super) fn has_near(&self, keyword: &str, window: u32) -> bool {
        let keyword = keyword.as_bytes();
        let is_whole = |at: usize| {
            let before = at.checked_sub(1).map(|before| self.text[before]);
            let after = self.text.get(at + keyword.len());
            !before.is_some_and(|byte| byte.is_ascii_alphanumeric())
                && !after.is_some_and(u8::is_ascii_alphanumeric)
        };
        self.around(window).into_iter().any(|part| {
            let windows = self.text[part.clone()].windows(keyword.len());
            let mut places = windows.enumerate();
            places.any(|(at, text)| text.eq_ignore_ascii_case(keyword) && is_whole(part.start + at))
        })
    }

    /// Words near, in lower case: letters alone, neither short nor cut.
    pub(super) fn words(&self, window: u32) -> Vec<String> {
        let mut words = Vec::new();
        for part in self.around(window) {
            for word in runs(&self.text[part.clone()], |byte| {
                byte.is_ascii_alphanumeric()
            }) {
                let (start, end) = (part.start + word.start, part.start + word.end);
                let is_cut = |at: usize, edge: usize, beyond: Option<&u8>| {
                    at == edge && beyond.is_some_and(u8::is_ascii_alphanumeric)
                };
                let before = start.checked_sub(1).and_then(|at| self.text.get(at));
                let bytes = &self.text[start..end];
                if !is_cut(start, part.start, before)
                    && !is_cut(end, part.end, self.text.get(end))
                    && (3..=24).contains(&bytes.len())
                    && bytes.iter().all(u8::is_ascii_alphabetic)
                {
                    let word = String::from_utf8_lossy(bytes).to_ascii_lowercase();
                    if !EVERYWHERE.contains(&word.as_str()) {
                        words.push(word);
                    }
                }
            }
        }
        words.sort_unstable();
        words.dedup();
        words
    }

    /// Words that are a part of the value and not all of it.
    pub(super) fn parts(&self) -> Vec<String> {
        let value = self.value();
        let mut parts: Vec<String> = runs(value, u8::is_ascii_alphabetic)
            .filter(|part| (4..=20).contains(&part.len()) && part.len() < value.len())
            .map(|part| String::from_utf8_lossy(&value[part]).to_ascii_lowercase())
            .collect();
        parts.sort_unstable();
        parts.dedup();
        parts
    }

    /// Whether a term stands anywhere in the value, ASCII case folded.
    pub(super) fn contains(&self, term: &str) -> bool {
        let mut places = self.value().windows(term.len());
        places.any(|part| part.eq_ignore_ascii_case(term.as_bytes()))
    }
}

/// Where bytes stand in a row that pass.
fn runs(bytes: &[u8], passes: impl Fn(&u8) -> bool + Copy) -> impl Iterator<Item = Range<usize>> {
    let mut from = 0;
    std::iter::from_fn(move || {
        let start = from + bytes[from..].iter().position(passes)?;
        let len = bytes[start..].iter().position(|byte| !passes(byte));
        from = start + len.unwrap_or(bytes.len() - start);
        Some(start..from)
    })
}

/// The findings of the first half by classifier, in the order of the texts.
pub(super) fn gather<'t>(
    judged: &Judged,
    halves: &Halves,
    cases: &'t [Case],
    benign: &[BenignText<'t>],
    least: u8,
) -> BTreeMap<u32, Vec<Evidence<'t>>> {
    let mut all = BTreeMap::<u32, Vec<Evidence<'t>>>::new();
    let mut add = |found: &Found, text: &'t [u8], number, is_hit, is_benign| {
        if found.confidence >= least {
            all.entry(found.classifier).or_default().push(Evidence {
                text,
                number,
                span: found.start as usize..found.end as usize,
                confidence: found.confidence,
                is_hit,
                is_benign,
            });
        }
    };
    for (number, (case, outcome)) in cases.iter().zip(&judged.outcomes).enumerate() {
        if halves.of_case(number) == 0 {
            let text = case.text.as_bytes();
            for (found, is_hit) in outcome.sides() {
                add(found, text, (false, number, 0), is_hit, false);
            }
        }
    }
    for (number, (one, (found, _))) in benign.iter().zip(&judged.benign).enumerate() {
        for found in found {
            let at = found.start as usize;
            if halves.of_benign(number, at) == 0 && !judged.names.is_apart(found.classifier) {
                add(found, one.text, (true, number, at), false, true);
            }
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_near_are_whole_and_of_letters() {
        let text = b"antecedent Token: x9 key=ABC1234 for the end of it";
        let evidence = Evidence {
            text,
            number: (false, 0, 0),
            span: 25..32,
            confidence: 50,
            is_hit: true,
            is_benign: false,
        };
        assert_eq!(evidence.value(), b"ABC1234");
        assert_eq!(evidence.words(20), ["end", "key", "token"]);
        assert_eq!(evidence.parts(), [""; 0]);
        assert!(evidence.has_near("token", 20) && evidence.has_near("token:", 20));
        assert!(!evidence.has_near("token", 10) && !evidence.has_near("ante", 64));
        assert!(evidence.contains("bc12") && !evidence.contains("token"));
    }

    #[test]
    fn parts_of_a_value_are_not_all_of_it() {
        let evidence = |text: &'static [u8]| Evidence {
            text,
            number: (false, 0, 0),
            span: 0..text.len(),
            confidence: 50,
            is_hit: false,
            is_benign: false,
        };
        assert_eq!(evidence(b"my-Example-key9").parts(), ["example"]);
        assert_eq!(evidence(b"example").parts(), [""; 0]);
    }
}
