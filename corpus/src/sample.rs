//! Texts that a pattern matches, and where the value is in them.

use std::ops::Range;

use regex_syntax::hir::{Capture, Class, ClassBytes, Hir, HirKind};

use crate::Choices;

/// Longest sample, in bytes: what people would still paste.
const MOST: usize = 600;
/// Repetitions of a part beyond its least number.
const MORE: usize = 12;
/// What stands between a name and its value where a pattern leaves it open.
const BETWEEN: &[u8] = b"=: ";

/// A pattern that texts are made from.
#[derive(Clone, Debug)]
pub(crate) struct Pattern(Hir);

/// A text that a pattern describes, its assertions not asked.
#[derive(Clone, Debug, Default)]
pub(crate) struct Sample {
    pub(crate) text: Vec<u8>,
    /// Where the group `value` matched, or everything.
    pub(crate) value: Range<usize>,
}

impl Pattern {
    /// The pattern in the syntax of rules; nothing when it is no such pattern.
    pub(crate) fn new(pattern: &str) -> Option<Self> {
        regex_syntax::ParserBuilder::new()
            .unicode(false)
            .utf8(false)
            .build()
            .parse(pattern)
            .ok()
            .map(Self)
    }

    /// Fewest bytes of a match.
    pub(crate) fn least(&self) -> usize {
        self.0.properties().minimum_len().unwrap_or(0)
    }

    pub(crate) fn sample(&self, choices: &mut Choices) -> Sample {
        let mut sample = Sample::default();
        walk(choices, &self.0, &mut sample);
        if sample.value.is_empty() {
            sample.value = 0..sample.text.len();
        }
        sample
    }
}

fn walk(choices: &mut Choices, hir: &Hir, sample: &mut Sample) {
    match hir.kind() {
        HirKind::Empty | HirKind::Look(_) => {}
        HirKind::Literal(literal) => sample.text.extend_from_slice(&literal.0),
        HirKind::Class(Class::Bytes(class)) => sample.text.extend(byte(choices, class)),
        HirKind::Class(Class::Unicode(class)) => {
            if !class.ranges().is_empty() {
                let range = choices.pick(class.ranges());
                let (first, last) = (u32::from(range.start()), u32::from(range.end()));
                let scalar = first + choices.below((last - first) as usize + 1) as u32;
                // A range may span the surrogates.
                let scalar = char::from_u32(scalar).unwrap_or(range.start());
                sample
                    .text
                    .extend_from_slice(scalar.encode_utf8(&mut [0; 4]).as_bytes());
            }
        }
        HirKind::Repetition(repetition) => {
            let least = repetition.min as usize;
            let most = repetition
                .max
                .map_or(least + MORE, |max| (max as usize).min(least + MORE));
            // What is lazy is a gap, which is mostly short.
            let most = if repetition.greedy {
                most
            } else {
                most.min(least + 2)
            };
            for _ in 0..choices.between(least, most) {
                if sample.text.len() > MOST {
                    break;
                }
                walk(choices, &repetition.sub, sample);
            }
        }
        HirKind::Capture(Capture { name, sub, .. }) => {
            let start = sample.text.len();
            walk(choices, sub, sample);
            if name.as_deref() == Some("value") {
                sample.value = start..sample.text.len();
            }
        }
        HirKind::Concat(parts) => {
            for part in parts {
                walk(choices, part, sample);
            }
        }
        HirKind::Alternation(branches) => {
            let branch = choices.below(branches.len());
            walk(choices, &branches[branch], sample);
        }
    }
}

/// A byte of the class as people write: letters and digits where it has them, what separates a
/// name from a value where it has no letters, printable ones otherwise.
fn byte(choices: &mut Choices, class: &ClassBytes) -> Option<u8> {
    let has = |byte: u8| {
        let holds = |range: &regex_syntax::hir::ClassBytesRange| {
            (range.start()..=range.end()).contains(&byte)
        };
        class.ranges().iter().any(holds)
    };
    let all: Vec<u8> = (0..=u8::MAX).filter(|&byte| has(byte)).collect();
    let some = |is: fn(&u8) -> bool| all.iter().copied().filter(is).collect::<Vec<u8>>();
    let open = has(b' ') && has(b'=');
    let chosen = match () {
        // A class that leaves nearly everything open: a gap between words.
        () if open => BETWEEN.iter().copied().filter(|&byte| has(byte)).collect(),
        () if all.iter().any(u8::is_ascii_alphanumeric) => some(|byte| {
            byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'+' | b'/' | b'.')
        }),
        () if has(b' ') => vec![b' '],
        () => some(u8::is_ascii_graphic),
    };
    let from = if chosen.is_empty() { &all } else { &chosen };
    (!from.is_empty()).then(|| *choices.pick(from))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn samples_match_their_pattern() {
        for pattern in [
            r"\b(?P<value>gh[pousr]_[0-9A-Za-z]{36})\b",
            "(?i:acme)[^/@#]{0,40}?[^0-9A-Za-z_+/.-](?P<value>[0-9a-f]{32})",
            "a(?:b|cd){2,4}e?",
            "(?u:[а-я]{4})",
        ] {
            let made = Pattern::new(pattern).unwrap();
            let regex = regex_automata::meta::Builder::new()
                .syntax(
                    regex_automata::util::syntax::Config::new()
                        .unicode(false)
                        .utf8(false),
                )
                .build(pattern)
                .unwrap();
            let mut choices = Choices::from_seed(3);
            for _ in 0..200 {
                let sample = made.sample(&mut choices);
                assert!(regex.is_match(&sample.text), "{pattern}");
                assert!(sample.value.end <= sample.text.len() && !sample.value.is_empty());
                assert!(sample.text.len() >= made.least());
            }
        }
    }
}
