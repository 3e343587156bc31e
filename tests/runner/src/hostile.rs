//! The worst inputs for the design: what makes the filters hand on, the programs run long, or
//! memory fill.
//!
//! A generator is a name and a way to append the next piece, from seeded choices. So an input of
//! twice the size begins with the one of half, and equal arguments give equal bytes.

use crate::{Choices, Material, sample};

/// A way to make inputs of any size.
#[derive(Clone, Copy, Debug)]
pub struct Generator {
    /// Its name.
    pub name: &'static str,
    /// What it is hard on.
    pub what: &'static str,
    piece: fn(&mut Writer),
}

impl Generator {
    /// Bytes of this number. Generators that need rules take them from the material, and repeat a
    /// letter where it has none.
    pub fn generate(&self, material: &Material, size: usize, seed: u64) -> Vec<u8> {
        let mut writer = Writer {
            material,
            choices: Choices::from_seed(seed),
            text: Vec::with_capacity(size + 64),
            turn: seed as usize,
        };
        while writer.text.len() < size {
            (self.piece)(&mut writer);
            writer.turn = writer.turn.wrapping_add(1);
        }
        writer.text.truncate(size);
        writer.text
    }
}

/// What a piece is made from.
struct Writer<'a> {
    material: &'a Material,
    choices: Choices<'static>,
    text: Vec<u8>,
    /// Number of the piece.
    turn: usize,
}

impl<'a> Writer<'a> {
    fn put(&mut self, bytes: &[u8]) {
        self.text.extend_from_slice(bytes);
    }

    /// A few bytes of an alphabet.
    fn some(&mut self, alphabet: &[u8], least: usize, most: usize) {
        for _ in 0..self.choices.between(least, most) {
            let byte = *self.choices.pick(alphabet);
            self.text.push(byte);
        }
    }

    /// One of these.
    fn one(&mut self, texts: &[&str]) {
        let text = self.choices.pick(texts);
        self.text.extend_from_slice(text.as_bytes());
    }

    /// The next of the texts, so that none is left out for long.
    fn next(&self, texts: &'a [Vec<u8>]) -> &'a [u8] {
        // A step that has no divisor in common with most numbers mixes neighbours.
        texts
            .get(self.turn.wrapping_mul(7919) % texts.len().max(1))
            .map_or(b"a", Vec::as_slice)
    }

    fn literal(&self) -> &'a [u8] {
        self.next(&self.material.literals)
    }

    /// What the next pattern of a route, from 0, matches.
    fn sampled(&mut self, route: usize) -> Vec<u8> {
        let patterns = &self.material.patterns[route];
        let Some(pattern) = patterns.get(self.turn.wrapping_mul(7919) % patterns.len().max(1))
        else {
            return b"a".to_vec();
        };
        let mut text = sample(&mut self.choices, pattern);
        if text.is_empty() {
            text.push(b'a');
        }
        text
    }

    /// What a pattern of a route nearly matches: cut short, or with one byte changed.
    fn near(&mut self, route: usize) {
        let mut text = self.sampled(route);
        if self.choices.one_in(2) {
            text.truncate(text.len() - text.len().min(self.choices.between(1, 3)));
        } else {
            // Far in, so that much matches before.
            let at = text.len() - 1 - self.choices.below(text.len().min(4));
            text[at] = *self.choices.pick(b"#!~\x80");
        }
        self.put(&text);
        self.some(b" \n\"", 1, 1);
    }
}

const DIGITS: &[u8] = b"0123456789";
const HEX: &[u8] = b"0123456789abcdef";
const LOWER: &[u8] = b"abcdefghijklmnopqrstuvwxyz";
const UPPER: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ";
const ALNUM: &[u8] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const BASE64: &[u8] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz+/";
const SEPARATORS: &[u8] = b" -./:_,;=|\t";

macro_rules! generators {
    ($($name:literal, $what:literal, $piece:expr;)*) => {
        /// Every generator.
        pub static GENERATORS: &[Generator] = &[$(
            Generator { name: $name, what: $what, piece: $piece },
        )*];
    };
}

generators! {
    // Literals of the rules.
    "literals", "grams and checks: every literal of the rules as a word", |w| {
        w.put(w.literal());
        w.some(b" \n=:\"", 1, 1);
    };
    "literals-glued", "grams at every place, without token starts", |w| w.put(w.literal());
    "literals-folded", "checks that fold case", |w| {
        let literal = w.literal().to_ascii_uppercase();
        w.put(&literal);
        w.put(b" ");
    };
    "literals-repeated", "one rule after the other asked at every place", |w| {
        for _ in 0..16 {
            w.put(w.literal());
        }
        w.put(b" ");
    };
    "literals-underscored", "token starts inside words", |w| {
        w.put(b"_");
        w.put(w.literal());
        w.put(b"_");
    };
    "prefixes", "checks that fail late: every prefix of every literal", |w| {
        let literal = w.literal();
        for end in 1..literal.len() {
            w.put(&literal[..end]);
            w.put(b" ");
        }
    };
    "prefixes-repeated", "the same prefix again and again", |w| {
        let literal = w.literal();
        let end = w.choices.between(1, literal.len());
        for _ in 0..16 {
            w.put(&literal[..end]);
        }
    };
    "literal-and-digits", "programs that read a run behind the literal", |w| {
        w.put(w.literal());
        w.some(DIGITS, 1, 60);
    };
    "literal-and-base64", "programs that read a long run behind the literal", |w| {
        w.put(w.literal());
        w.some(BASE64, 100, 600);
        w.put(b"\n");
    };
    "literal-and-words", "gaps: words behind the literal", |w| {
        w.put(w.literal());
        for _ in 0..w.choices.between(1, 12) {
            w.put(b" ");
            w.some(LOWER, 1, 8);
        }
        w.put(b" ");
    };
    "literal-and-spaces", "gaps: nothing behind the literal", |w| {
        w.put(w.literal());
        w.some(b" \t", 1, 60);
    };
    "literal-assigned", "labels without a value", |w| {
        w.put(w.literal());
        w.one(&["=", ": ", "\": \"", " = '", "=\"", ":=", "=>"]);
    };
    // What rules match or nearly match.
    "near-tokens", "near-matches of R1", |w| w.near(0);
    "near-literals", "near-matches of R2", |w| w.near(1);
    "near-shapes", "near-matches of R3", |w| w.near(2);
    "near-residuals", "near-matches of R4", |w| w.near(3);
    "unchecked-shapes", "validators: matches of R3 with random contents", |w| {
        let text = w.sampled(2);
        w.put(&text);
        w.put(b" ");
    };
    "unchecked-all", "validators and findings: matches of every route", |w| {
        let text = w.sampled(w.turn % 4);
        w.put(&text);
        w.put(b"\n");
    };
    "examples", "findings: every example of the rules", |w| {
        w.put(w.next(&w.material.examples));
        w.put(b"\n");
    };
    "counterexamples", "validators, exclusions and context that say no", |w| {
        w.put(w.next(&w.material.counterexamples));
        w.put(b"\n");
    };
    "keywords", "context: keywords without values", |w| {
        w.put(w.next(&w.material.keywords));
        w.put(b" ");
    };
    "keywords-and-digits", "context: keywords among numbers", |w| {
        w.put(w.next(&w.material.keywords));
        w.put(b" ");
        w.some(DIGITS, 5, 20);
        w.put(b" ");
    };
    "injections", "words of the injection rules in any order", |w| {
        w.put(w.next(&w.material.injections));
        w.put(b" ");
    };
    "injections-repeated", "one word of the injection rules again and again", |w| {
        for _ in 0..32 {
            w.put(w.next(&w.material.injections));
            w.put(b" ");
        }
    };
    // Tokens and walls.
    "letters", "token starts: one letter at a time", |w| {
        w.some(LOWER, 1, 1);
        w.put(b" ");
    };
    "tokens", "token starts: short words", |w| {
        w.some(LOWER, 2, 4);
        w.put(b" ");
    };
    "camel-words", "word edges that are none", |w| {
        w.some(UPPER, 1, 1);
        w.some(LOWER, 2, 5);
    };
    "long-line", "no line end, words only", |w| {
        w.some(LOWER, 1, 9);
        w.some(b" ,.", 1, 1);
    };
    "letter-wall", "runs of a class: lower case", |w| w.some(LOWER, 64, 64);
    "upper-wall", "runs of a class: upper case", |w| w.some(UPPER, 64, 64);
    "alnum-wall", "runs of a class: letters and digits", |w| w.some(ALNUM, 64, 64);
    "hex-wall", "runs of a class: hexadecimal", |w| w.some(HEX, 64, 64);
    "hex-words", "hexadecimal words of the usual lengths", |w| {
        let length = *w.choices.pick(&[8, 16, 24, 32, 40, 48, 64, 128]);
        w.some(HEX, length, length);
        w.put(b" ");
    };
    "base64-wall", "runs of a class: base64", |w| w.some(BASE64, 64, 64);
    "base64-lines", "base64 in lines", |w| {
        w.some(BASE64, 76, 76);
        w.put(b"\r\n");
    };
    "base64-words", "tokens of any length", |w| {
        w.some(BASE64, 16, 80);
        w.some(b" \"'=:,", 1, 1);
    };
    "uuids", "runs in a row", |w| {
        for (number, length) in [8, 4, 4, 4, 12].into_iter().enumerate() {
            w.put(if number == 0 { b" " } else { b"-" });
            w.some(HEX, length, length);
        }
    };
    "digit-wall", "runs of a class: digits", |w| w.some(DIGITS, 64, 64);
    "zeros", "one digit", |w| w.put(&[b'0'; 64]);
    "digits-and-separators", "shapes: a digit, a separator", |w| {
        w.some(DIGITS, 1, 1);
        w.some(SEPARATORS, 1, 1);
    };
    "digit-groups", "shapes: groups of digits", |w| {
        w.some(DIGITS, 1, 6);
        w.some(SEPARATORS, 1, 1);
    };
    "numbers", "shapes and validators: numbers of every length", |w| {
        w.some(DIGITS, 5, 20);
        w.put(b" ");
    };
    "cards", "shapes and validators: card numbers, most of them wrong", |w| {
        w.one(&["4", "51", "34", "6011"]);
        w.some(DIGITS, 12, 14);
        w.put(b" ");
    };
    "cards-spaced", "shapes and validators: card numbers in fours", |w| {
        for _ in 0..4 {
            w.some(DIGITS, 4, 4);
            w.some(b" -", 1, 1);
        }
    };
    "letters-and-digits", "shapes: a letter, a digit", |w| {
        w.some(UPPER, 1, 1);
        w.some(DIGITS, 1, 1);
    };
    "country-numbers", "shapes: two letters, then digits", |w| {
        w.some(UPPER, 2, 2);
        w.some(DIGITS, 7, 22);
        w.put(b" ");
    };
    "dates", "shapes: dates and times", |w| {
        w.some(b"12", 1, 1);
        w.some(DIGITS, 3, 3);
        w.some(b"-/.", 1, 1);
        w.some(b"01", 1, 1);
        w.some(DIGITS, 1, 1);
        w.some(b"-/.", 1, 1);
        w.some(b"0123", 1, 1);
        w.some(DIGITS, 1, 1);
        w.some(b" T", 1, 1);
    };
    "phones", "shapes: telephone numbers", |w| {
        w.put(b"+");
        w.some(DIGITS, 1, 3);
        for _ in 0..3 {
            w.some(b" -.()", 1, 1);
            w.some(DIGITS, 2, 4);
        }
        w.put(b"\n");
    };
    "addresses", "shapes: dotted and colon numbers", |w| {
        w.some(HEX, 1, 3);
        w.some(b".:", 1, 1);
    };
    // Floods of one byte, or of few.
    "separators", "nothing but separators", |w| w.some(SEPARATORS, 1, 1);
    "spaces", "one space after the other", |w| w.put(&[b' '; 64]);
    "lines", "empty lines", |w| w.put(&[b'\n'; 64]);
    "dashes", "the byte that keys begin with", |w| w.put(&[b'-'; 64]);
    "backslashes", "escapes of escapes", |w| w.put(&[b'\\'; 64]);
    "slashes", "paths without names", |w| w.put(&[b'/'; 64]);
    "slashes-mixed", "paths of either kind", |w| w.some(b"/\\.", 1, 1);
    "ats", "mail addresses without names", |w| w.put(&[b'@'; 64]);
    "ats-and-letters", "mail addresses that begin and do not end", |w| w.put(b"a@");
    "names-at", "mail addresses without a domain", |w| {
        w.some(b"abcdefgh.-_+", 10, 64);
        w.put(b"@ ");
    };
    "domains", "mail addresses and hosts that go on and on", |w| {
        w.one(&["a.", "bc.", "com.", "x@", "http://", "www."]);
    };
    "dots", "dots and letters", |w| {
        w.some(b"ab", 1, 1);
        w.put(b".");
    };
    "urls", "one scheme after the other", |w| {
        w.one(&[
            "http://", "https://", "postgres://", "ftp://a:", "file:///", "ssh://@",
        ]);
    };
    "quotes", "quotes of any kind", |w| w.some(b"\"'`", 1, 1);
    "quotes-nested", "quotes that open and do not close", |w| {
        let depth = w.turn % 40;
        w.text.extend(std::iter::repeat_n(b'\\', depth));
        w.put(b"\"");
    };
    "brackets-nested", "brackets that open and do not close", |w| w.some(b"([{<", 1, 1);
    "objects-nested", "JSON that opens and does not close", |w| w.put(b"{\"a\":[");
    "percents", "text that is encoded twice", |w| {
        w.put(b"%25");
        w.some(HEX, 2, 2);
    };
    "equals", "labels without names", |w| w.some(b"=:", 1, 1);
    "tags", "markup that opens and does not close", |w| w.put(b"<a <b=");
    // Programs.
    "same-letter", "programs with nested repeats: aaaa", |w| w.put(&[b'a'; 64]);
    "same-letter-ended", "programs with nested repeats: aaaa!", |w| {
        w.put(&[b'a'; 60]);
        w.put(b"!");
    };
    "words-without-end", "programs that repeat words", |w| {
        for _ in 0..40 {
            w.put(b"aa ");
        }
        w.put(b"!");
    };
    "keys-begun", "blocks that begin and do not end", |w| {
        w.put(b"-----BEGIN RSA PRIVATE KEY-----\n");
        w.some(BASE64, 64, 64);
        w.put(b"\n");
    };
    "keys-begun-only", "blocks that begin and begin again", |w| {
        w.put(b"-----BEGIN PRIVATE KEY-----");
    };
    "scripts-begun", "commands that begin and do not end", |w| {
        w.one(&[
            "curl ", "bash -c ", "| sh ", "; rm -rf ", "$(", "`", "&& ", "> /dev/tcp/",
            "' or '1'='", "union select ", "<script>", "{{", "${", "../",
        ]);
    };
    // Bytes that are no text.
    "zero-bytes", "the byte 0", |w| w.put(&[0; 64]);
    "high-bytes", "bytes that are not UTF-8", |w| w.put(&[0xff; 64]);
    "any-bytes", "random bytes", |w| {
        let byte = w.choices.byte();
        w.text.push(byte);
    };
    "scripts-many", "characters of two to four bytes", |w| {
        w.one(&["я", "ж", "中", "文", "é", "ı", "ſ", "😀", "ا", "क"]);
    };
    "invisible", "characters that are not seen", |w| {
        w.one(&["\u{200b}", "\u{200d}", "\u{2060}", "\u{e0041}", "a"]);
    };
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn equal_arguments_give_equal_bytes() {
        let material = Material {
            literals: vec![b"ghp_".to_vec(), b"key".to_vec()],
            ..Material::default()
        };
        let mut names = BTreeSet::new();
        for generator in GENERATORS {
            let make = |size| generator.generate(&material, size, 3);
            let (long, short) = (make(2000), make(1000));
            assert_eq!(
                (long.len(), short.len()),
                (2000, 1000),
                "{}",
                generator.name
            );
            assert_eq!(long[..1000], short, "{}", generator.name);
            assert!(
                names.insert(generator.name),
                "{} stands twice",
                generator.name
            );
        }
    }
}
