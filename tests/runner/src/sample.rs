//! Texts that a pattern matches, as hostile as it lets them be.

use regex_syntax::hir::{ClassBytes, Hir, Repetition};
use sluicegate_corpus::{Pattern, Taste};

use crate::Choices;

/// Any byte of a class, and parts repeated as seldom and as often as they may be.
struct Extreme;

impl Taste for Extreme {
    const MOST: usize = 400;

    fn byte(choices: &mut Choices, class: &ClassBytes) -> Option<u8> {
        if class.ranges().is_empty() {
            return None;
        }
        let range = choices.pick(class.ranges());
        Some(choices.between(range.start().into(), range.end().into()) as u8)
    }

    fn count(choices: &mut Choices, repetition: &Repetition) -> usize {
        let least = repetition.min as usize;
        let most = repetition.max.map_or(least + 30, |max| max as usize);
        match choices.below(4) {
            0 => least,
            1 => most,
            2 => choices.between(least, most),
            _ => most.min(least + 1),
        }
    }
}

/// A text that the pattern matches where its assertions hold; empty when it does not parse.
pub fn sample(choices: &mut Choices, pattern: &str) -> Vec<u8> {
    Pattern::new(pattern).map_or_else(Vec::new, |pattern| pattern.sample::<Extreme>(choices).text)
}

/// The pattern in the syntax of rules.
pub(crate) fn parse(pattern: &str) -> Option<Hir> {
    Pattern::new(pattern).map(|pattern| pattern.hir().clone())
}
