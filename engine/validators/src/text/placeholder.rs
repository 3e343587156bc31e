//! Values that only hold a place.

use crate::{Argument, MAX_LEN, Validator};

pub(crate) static NOT_PLACEHOLDER: Validator = Validator {
    name: "not-placeholder",
    summary: "A text that is no dummy: not one byte or a short group repeated, not mostly runs like \
              abcdef or 654321, none of the usual words (example, sample, placeholder, changeme, \
              your_, xxxx, dummy, foobar, 12345678, and test as a whole word), no template mark \
              (<...>, ${...}, {{...}}, %s).",
    source: "The words and marks are those of vendors' documentation; the test is defined here",
    chance: 0.99,
    argument: Argument::None,
    valid: &["qX7vR2mK9pLw4TzB", "contestant", "s3cr3t-9f8a7c", "a<b"],
    invalid: &[
        "aaaaaaaaaaaa",
        "abcabcabcabc",
        "abcdefghijklmn",
        "0123456789abcdef",
        "987654321",
        "AKIAIOSFODNN7EXAMPLE",
        "your-api-key-here",
        "<API_KEY>",
        "${SECRET}",
        "{{ token }}",
        "key-%s",
        "my_test_key",
        "",
    ],
    check: |value, _| !value.is_empty() && value.len() <= MAX_LEN && !is_placeholder(value),
};

pub(crate) static NOT_SEQUENTIAL: Validator = Validator {
    name: "not-sequential",
    summary: "A text that is not one rising or falling run of digits or letters (0 follows 9); \
              spaces, hyphens, dots and underscores are skipped.",
    source: "US-ASCII (RFC 20); the test is defined here",
    chance: 1.0,
    argument: Argument::None,
    valid: &["1357924680", "abcdxyz", "112233", "7"],
    invalid: &["1234567890", "9876-5432-10", "abcdef", "FEDCBA", "3456"],
    check: |value, _| {
        let mut symbols = value.iter().filter(|byte| !b" -._".contains(byte));
        let Some(mut last) = symbols.next() else {
            return value.len() <= MAX_LEN;
        };
        let (mut rising, mut falling, mut steps) = (true, true, 0);
        for symbol in symbols {
            rising &= follows(*last, *symbol);
            falling &= follows(*symbol, *last);
            last = symbol;
            steps += 1;
            if !rising && !falling {
                break;
            }
        }
        value.len() <= MAX_LEN && (steps == 0 || !rising && !falling)
    },
};

/// Longest group whose repetition makes a dummy.
const LONGEST_PERIOD: usize = 8;

/// Shortest run of neighbours in the alphabet that counts.
const SHORTEST_RUN: usize = 4;

/// Words and marks, in lower case, that occur in dummies and hardly ever by chance in real values.
const TERMS: &[&[u8]] = &[
    b"example",
    b"sample",
    b"placeholder",
    b"changeme",
    b"change_me",
    b"change-me",
    b"your_",
    b"your-",
    b"xxxx",
    b"dummy",
    b"foobar",
    b"12345678",
    b"****",
    b"....",
    b"${",
    b"{{",
    b"%s",
];

fn is_placeholder(value: &[u8]) -> bool {
    let tagged = value
        .iter()
        .position(|&byte| byte == b'<')
        .is_some_and(|open| value[open..].contains(&b'>'));
    tagged
        || is_periodic(value)
        || run_bytes(value) * 2 > value.len()
        || TERMS
            .iter()
            .any(|term| occurrences(value, term).next().is_some())
        || occurrences(value, b"test").any(|at| is_word(value, at, 4))
}

/// Whether the value is a group of at most eight bytes, three times or more.
fn is_periodic(value: &[u8]) -> bool {
    (1..=LONGEST_PERIOD)
        .take_while(|period| period * 3 <= value.len())
        .any(|period| {
            value[period..]
                .iter()
                .zip(value)
                .all(|(here, before)| here == before)
        })
}

/// How many bytes stand in runs of at least four that rise or fall by one.
fn run_bytes(value: &[u8]) -> usize {
    let mut covered = 0;
    let mut start = 0;
    while start < value.len() {
        let run = |step: fn(u8, u8) -> bool| {
            1 + value[start..]
                .windows(2)
                .take_while(|pair| step(pair[0], pair[1]))
                .count()
        };
        let len = run(follows).max(run(|first, second| follows(second, first)));
        covered += if len >= SHORTEST_RUN { len } else { 0 };
        start += len;
    }
    covered
}

/// Whether `second` comes after `first` among digits, 0 after 9, or letters of either case.
fn follows(first: u8, second: u8) -> bool {
    let (first, second) = (first.to_ascii_lowercase(), second.to_ascii_lowercase());
    match first {
        b'9' => second == b'0',
        b'0'..=b'8' | b'a'..=b'y' => second == first + 1,
        _ => false,
    }
}

/// Where a term in lower case occurs, ASCII case folded.
fn occurrences<'v>(value: &'v [u8], term: &'v [u8]) -> impl Iterator<Item = usize> + 'v {
    value
        .windows(term.len())
        .enumerate()
        .filter(|(_, window)| window.eq_ignore_ascii_case(term))
        .map(|(at, _)| at)
}

/// Whether neither neighbour is an ASCII letter or digit.
fn is_word(value: &[u8], at: usize, len: usize) -> bool {
    let outside = |byte: Option<&u8>| byte.is_none_or(|byte| !byte.is_ascii_alphanumeric());
    outside(at.checked_sub(1).and_then(|before| value.get(before))) && outside(value.get(at + len))
}
