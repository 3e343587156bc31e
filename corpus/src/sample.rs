//! Texts that a pattern matches, and where the value is in them.

use std::ops::Range;

use regex_syntax::hir::{Capture, Class, ClassBytes, Hir, HirKind, Repetition};

use crate::Choices;

/// Repetitions of a part beyond its least number.
const MORE: usize = 12;
/// What stands between a name and its value where a pattern leaves it open.
const BETWEEN: &[u8] = b"=: ";

/// A pattern that texts are made from.
#[derive(Clone, Debug)]
pub struct Pattern(Hir);

/// A text that a pattern describes, its assertions not asked.
#[derive(Clone, Debug, Default)]
pub struct Sample {
    /// The text.
    pub text: Vec<u8>,
    /// Where the group `value` matched, or everything.
    pub value: Range<usize>,
}

/// How the choices that a pattern leaves open are made.
pub trait Taste {
    /// From so many bytes on nothing is repeated any more.
    const MOST: usize;

    /// A byte of a class; none of an empty one.
    fn byte(choices: &mut Choices, class: &ClassBytes) -> Option<u8>;

    /// How often a part is repeated.
    fn count(choices: &mut Choices, repetition: &Repetition) -> usize;
}

impl Pattern {
    /// The pattern in the syntax of rules; nothing when it is no such pattern.
    pub fn new(pattern: &str) -> Option<Self> {
        regex_syntax::ParserBuilder::new()
            .unicode(false)
            .utf8(false)
            .build()
            .parse(pattern)
            .ok()
            .map(Self)
    }

    /// Its parts.
    pub fn hir(&self) -> &Hir {
        &self.0
    }

    /// Fewest bytes of a match.
    pub(crate) fn least(&self) -> usize {
        self.0.properties().minimum_len().unwrap_or(0)
    }

    /// A text that the pattern matches where its assertions hold.
    pub fn sample<T: Taste>(&self, choices: &mut Choices) -> Sample {
        let mut sample = Sample::default();
        walk::<T>(choices, &self.0, &mut sample);
        if sample.value.is_empty() {
            sample.value = 0..sample.text.len();
        }
        sample
    }
}

fn walk<T: Taste>(choices: &mut Choices, hir: &Hir, sample: &mut Sample) {
    match hir.kind() {
        HirKind::Empty | HirKind::Look(_) => {}
        HirKind::Literal(literal) => sample.text.extend_from_slice(&literal.0),
        HirKind::Class(Class::Bytes(class)) => sample.text.extend(T::byte(choices, class)),
        HirKind::Class(Class::Unicode(class)) => {
            if !class.ranges().is_empty() {
                let range = choices.pick(class.ranges());
                let (first, last) = (u32::from(range.start()), u32::from(range.end()));
                let scalar = first + choices.below((last - first) as usize + 1) as u32;
                // A range may span the surrogates.
                let scalar = char::from_u32(scalar).unwrap_or(range.start());
                let mut bytes = [0; 4];
                let bytes = scalar.encode_utf8(&mut bytes).as_bytes();
                sample.text.extend_from_slice(bytes);
            }
        }
        HirKind::Repetition(repetition) => {
            for _ in 0..T::count(choices, repetition) {
                if sample.text.len() > T::MOST {
                    break;
                }
                walk::<T>(choices, &repetition.sub, sample);
            }
        }
        HirKind::Capture(Capture { name, sub, .. }) => {
            let start = sample.text.len();
            walk::<T>(choices, sub, sample);
            if name.as_deref() == Some("value") {
                sample.value = start..sample.text.len();
            }
        }
        HirKind::Concat(parts) => {
            for part in parts {
                walk::<T>(choices, part, sample);
            }
        }
        HirKind::Alternation(branches) => {
            let branch = choices.below(branches.len());
            walk::<T>(choices, &branches[branch], sample);
        }
    }
}

/// Texts as people write them.
pub(crate) struct Plain;

impl Taste for Plain {
    const MOST: usize = 600;

    fn byte(choices: &mut Choices, class: &ClassBytes) -> Option<u8> {
        byte(choices, class)
    }

    fn count(choices: &mut Choices, repetition: &Repetition) -> usize {
        let least = repetition.min as usize;
        // What is lazy is a gap, which is mostly short.
        let more = if repetition.greedy { MORE } else { 2 };
        let most = repetition.max.map_or(usize::MAX, |max| max as usize);
        choices.between(least, most.min(least + more))
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
                let sample = made.sample::<Plain>(&mut choices);
                assert!(regex.is_match(&sample.text), "{pattern}");
                assert!(sample.value.end <= sample.text.len() && !sample.value.is_empty());
                assert!(sample.text.len() >= made.least());
            }
        }
    }
}
