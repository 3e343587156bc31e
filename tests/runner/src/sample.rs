//! Texts that a pattern matches.

use regex_syntax::hir::{Class, Hir, HirKind};

use crate::Choices;

/// Longest sample, in bytes.
const MOST: usize = 400;

/// A text that the pattern matches where its assertions hold; empty when it does not parse.
pub fn sample(choices: &mut Choices, pattern: &str) -> Vec<u8> {
    let mut text = Vec::new();
    if let Some(hir) = parse(pattern) {
        walk(choices, &hir, &mut text);
    }
    text
}

/// The pattern in the syntax of rules.
pub(crate) fn parse(pattern: &str) -> Option<Hir> {
    regex_syntax::ParserBuilder::new()
        .unicode(false)
        .utf8(false)
        .build()
        .parse(pattern)
        .ok()
}

fn walk(choices: &mut Choices, hir: &Hir, text: &mut Vec<u8>) {
    match hir.kind() {
        HirKind::Empty | HirKind::Look(_) => {}
        HirKind::Literal(literal) => text.extend_from_slice(&literal.0),
        HirKind::Class(Class::Bytes(class)) => {
            if !class.ranges().is_empty() {
                let range = choices.pick(class.ranges());
                text.push(choices.between(range.start().into(), range.end().into()) as u8);
            }
        }
        HirKind::Class(Class::Unicode(class)) => {
            if !class.ranges().is_empty() {
                let range = choices.pick(class.ranges());
                let (first, last) = (u32::from(range.start()), u32::from(range.end()));
                let scalar = first + choices.below((last - first) as usize + 1) as u32;
                // A range may span the surrogates.
                let scalar = char::from_u32(scalar).unwrap_or(range.start());
                text.extend_from_slice(scalar.encode_utf8(&mut [0; 4]).as_bytes());
            }
        }
        HirKind::Repetition(repetition) => {
            let least = repetition.min as usize;
            let most = repetition.max.map_or(least + 30, |max| max as usize);
            let count = match choices.below(4) {
                0 => least,
                1 => most,
                2 => choices.between(least, most),
                _ => most.min(least + 1),
            };
            for _ in 0..count {
                if text.len() > MOST {
                    break;
                }
                walk(choices, &repetition.sub, text);
            }
        }
        HirKind::Capture(capture) => walk(choices, &capture.sub, text),
        HirKind::Concat(parts) => {
            for part in parts {
                walk(choices, part, text);
            }
        }
        HirKind::Alternation(branches) => {
            let branch = choices.below(branches.len());
            walk(choices, &branches[branch], text);
        }
    }
}
