//! What kinds of bytes a text is made of, and how many.

use crate::{Argument, MAX_LEN, Validator};

const SOURCE: &str = "US-ASCII (RFC 20); the test is defined here";

pub(crate) static HAS_DIGIT: Validator = Validator {
    name: "has-digit",
    summary: "A text with an ASCII digit.",
    source: SOURCE,
    chance: 1.0,
    argument: Argument::None,
    valid: &["abc1", "7", "--0--"],
    invalid: &["abc", "", "--"],
    check: |value, _| any(value, u8::is_ascii_digit),
};

pub(crate) static HAS_LETTER: Validator = Validator {
    name: "has-letter",
    summary: "A text with an ASCII letter.",
    source: SOURCE,
    chance: 1.0,
    argument: Argument::None,
    valid: &["123a", "Z", "--q--"],
    invalid: &["123", "", "--"],
    check: |value, _| any(value, u8::is_ascii_alphabetic),
};

pub(crate) static HAS_UPPER_LOWER_DIGIT: Validator = Validator {
    name: "has-upper-lower-digit",
    summary: "A text with an upper-case letter, a lower-case letter and a digit of ASCII.",
    source: SOURCE,
    chance: 1.0,
    argument: Argument::None,
    valid: &["aB3", "Pass-9", "0Xf"],
    invalid: &["ab3", "AB3", "aBc", ""],
    check: |value, _| {
        any(value, u8::is_ascii_uppercase)
            && any(value, u8::is_ascii_lowercase)
            && any(value, u8::is_ascii_digit)
    },
};

pub(crate) static NOT_HEX_ONLY: Validator = Validator {
    name: "not-hex-only",
    summary: "A text with an ASCII letter from g to z in either case.",
    source: SOURCE,
    chance: 0.997,
    argument: Argument::None,
    valid: &["0123xyzw", "deadbeeg", "ZZ-00"],
    invalid: &["deadbeef", "0123-4567", ""],
    check: |value, _| {
        any(value, |byte| {
            byte.is_ascii_alphabetic() && !byte.is_ascii_hexdigit()
        })
    },
};

pub(crate) static MIN_DISTINCT: Validator = Validator {
    name: "min-distinct",
    summary: "A text with at least this many different bytes.",
    source: SOURCE,
    chance: 0.99,
    argument: Argument::Whole {
        least: 1,
        most: 256,
        default: 8,
    },
    valid: &["qX7vR2mK9pLw", "abcdefgh", "aabbccddeeffgghh"],
    invalid: &["abcdefg", "aaaaaaaaaaaaaaaa", ""],
    check: |value, least| {
        let mut seen = [0u64; 4];
        for &byte in value.iter().take(MAX_LEN) {
            seen[usize::from(byte >> 6)] |= 1 << (byte & 63);
        }
        value.len() <= MAX_LEN && seen.iter().map(|word| word.count_ones()).sum::<u32>() >= least
    },
};

pub(crate) static NOT_WORD: Validator = Validator {
    name: "not-word",
    summary: "A text that changes at least this often between digits, capitals, small letters and \
              other bytes; the small letters after a single capital do not count as a change.",
    source: SOURCE,
    chance: 1.0,
    argument: Argument::Whole {
        least: 1,
        most: 64,
        default: 3,
    },
    valid: &["aB3xY", "a1b2c3", "x7-Kq2"],
    invalid: &["password", "Password1", "HelloWorld", "UPPER"],
    check: |value, least| value.len() <= MAX_LEN && changes(value) >= least,
};

pub(crate) static LENGTH: Validator = Validator {
    name: "length",
    summary: "A text of at least this many bytes.",
    source: SOURCE,
    chance: 1.0,
    argument: Argument::Whole {
        least: 1,
        most: MAX_LEN as u32,
        default: 8,
    },
    valid: &["12345678", "abcdefghi", "passphrase here"],
    invalid: &["1234567", "", "a"],
    check: |value, least| value.len() <= MAX_LEN && value.len() >= least as usize,
};

fn any(value: &[u8], kind: fn(&u8) -> bool) -> bool {
    value.len() <= MAX_LEN && value.iter().any(kind)
}

#[derive(Clone, Copy, PartialEq)]
enum Kind {
    Digit,
    Upper,
    Lower,
    Other,
}

fn changes(value: &[u8]) -> u32 {
    let kind = |byte: u8| match byte {
        b'0'..=b'9' => Kind::Digit,
        b'A'..=b'Z' => Kind::Upper,
        b'a'..=b'z' => Kind::Lower,
        _ => Kind::Other,
    };
    let mut count = 0;
    let mut run = 0;
    let mut last = None;
    for &byte in value {
        let here = kind(byte);
        if last == Some(here) {
            run += 1;
            continue;
        }
        let capital = last == Some(Kind::Upper) && here == Kind::Lower && run == 1;
        count += u32::from(last.is_some() && !capital);
        (last, run) = (Some(here), 1);
    }
    count
}
