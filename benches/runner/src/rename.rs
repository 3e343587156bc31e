//! Larger lists: copies of patterns with other literals.
//!
//! Real lists of ten thousand rules do not exist in public, so they are made: a copy keeps the
//! shape of its pattern and gets other letters in its literals, vowels for vowels and consonants
//! for consonants, so that it stays about as likely in text. The same list and size give the same
//! copies everywhere.

use regex_syntax::ast::{self, Ast, LiteralKind, Visitor, parse::Parser};
use sluicegate_bench_protocol::{Pattern, read_patterns};

/// Letters in literals below which copies would all be the same pattern.
const FEWEST_LETTERS: usize = 4;
const VOWELS: &[u8] = b"aeiou";
const CONSONANTS: &[u8] = b"bcdfghjklmnpqrstvwxyz";

/// A list of `rules` patterns: every n-th of a longer list, or a shorter list with copies behind.
pub(crate) fn resized(list: &str, rules: usize) -> String {
    let originals = read_patterns(list);
    let mut all: Vec<Pattern> = Vec::new();
    if rules <= originals.len() {
        all.extend((0..rules).map(|n| originals[n * originals.len() / rules].clone()));
    } else {
        let letters: Vec<Vec<usize>> = originals.iter().map(|p| letters(&p.regex)).collect();
        all.clone_from(&originals);
        let mut random = Random(rules as u64);
        let mut sources = originals
            .iter()
            .zip(&letters)
            .filter(|(_, letters)| letters.len() >= FEWEST_LETTERS)
            .cycle();
        while all.len() < rules
            && let Some((pattern, letters)) = sources.next()
        {
            all.push(Pattern {
                flags: pattern.flags.clone(),
                regex: renamed(&pattern.regex, letters, &mut random),
            });
        }
    }
    let lines = all.iter().map(|p| format!("{}\t{}\n", p.flags, p.regex));
    lines.collect()
}

fn renamed(pattern: &str, letters: &[usize], random: &mut Random) -> String {
    let mut bytes = pattern.as_bytes().to_vec();
    for &at in letters {
        let old = bytes[at];
        let lower = old.to_ascii_lowercase();
        let among = if VOWELS.contains(&lower) {
            VOWELS
        } else {
            CONSONANTS
        };
        let new = among[random.below(among.len())];
        bytes[at] = if old.is_ascii_uppercase() {
            new.to_ascii_uppercase()
        } else {
            new
        };
    }
    String::from_utf8(bytes).expect("ASCII was put in the place of ASCII")
}

/// Where the pattern has ASCII letters that stand for themselves, outside of classes.
fn letters(pattern: &str) -> Vec<usize> {
    let Ok(tree) = Parser::new().parse(pattern) else {
        return Vec::new();
    };
    ast::visit(&tree, Letters(Vec::new())).expect("the visitor has no errors")
}

struct Letters(Vec<usize>);

impl Visitor for Letters {
    type Output = Vec<usize>;
    type Err = std::convert::Infallible;

    fn finish(self) -> Result<Vec<usize>, Self::Err> {
        Ok(self.0)
    }

    fn visit_pre(&mut self, tree: &Ast) -> Result<(), Self::Err> {
        if let Ast::Literal(literal) = tree
            && literal.kind == LiteralKind::Verbatim
            && literal.c.is_ascii_alphabetic()
        {
            self.0.push(literal.span.start.offset);
        }
        Ok(())
    }
}

/// `SplitMix64`, by Steele, Lea and Flood, "Fast splittable pseudorandom number generators" (2014).
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, bound: usize) -> usize {
        (self.next() % bound as u64) as usize
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn copies_keep_their_shape() {
        let list = "i\t\\btoken_[a-z]{8}\\b\n\t[0-9]{9}\n";
        let long = resized(list, 4);
        let lines: Vec<&str> = long.lines().collect();
        assert_eq!(lines[..2], ["i\t\\btoken_[a-z]{8}\\b", "\t[0-9]{9}"]);
        for line in &lines[2..] {
            assert!(line.starts_with("i\t\\b") && line.ends_with("_[a-z]{8}\\b"));
            assert_eq!(line.len(), lines[0].len());
        }
        assert_ne!(lines[2], lines[3]);
        assert_eq!(long, resized(list, 4));
    }

    #[test]
    fn a_sample_is_spread_over_the_list() {
        assert_eq!(resized("\ta\n\tb\n\tc\n\td\n", 2), "\ta\n\tc\n");
    }
}
