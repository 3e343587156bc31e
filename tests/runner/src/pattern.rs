//! Random patterns, within the syntax that the engine takes.

use crate::Choices;

/// Literals that resemble those of real rules, overlap one another, or hold hard bytes.
pub(crate) const WORDS: &[&str] = &[
    "a", "ab", "aba", "key", "token", "id", "ghp_", "AKIA", "sk-", "xox", "BEGIN", "aaaa", "0",
    "12", "__", "é", "ß", "İ", "Key", "K", "secret", "=", ": ",
];

/// Classes of one byte or, inside `(?u:)`, one scalar value.
const CLASSES: &[&str] = &[
    "[a-z]",
    "[0-9]",
    "[A-Za-z0-9]",
    "[a-f0-9]",
    "[ab]",
    r"\d",
    r"\w",
    r"\s",
    ".",
    "[^a]",
    "[-_.]",
    "[A-Z0-9_]",
    r"\W",
    r"\S",
    r"\D",
    r#"[\s"'=:]"#,
    r"[[:punct:]]",
    "(?-u:[^\\x00-\\x7f])",
    "(?-u:\\xff)",
    "(?-u:[\\x80-\\xff])",
    r"[\x00-\x1f]",
];

/// Parts with scalar values of more than one byte.
const UNICODE: &[&str] = &[
    "(?u:é)",
    "(?u:[α-ω])",
    r"(?u:\w)",
    "(?u:.)",
    "(?u:[^a])",
    r"(?u:\s)",
    r"(?u:\d)",
    "(?ui:k)",
    "(?ui:s)",
    "(?u:[a-zà-ÿ])",
    r"(?u:\p{Han})",
    r"(?u:\W)",
];

const ASSERTIONS: &[&str] = &[
    r"\b",
    r"\B",
    "^",
    "$",
    r"\A",
    r"\z",
    r"(?m:^)",
    r"(?m:$)",
    r"(?mR:^)",
    r"(?mR:$)",
    r"\b{start}",
    r"\b{end}",
    r"\b{start-half}",
    r"\b{end-half}",
    r"(?u:\b)",
    r"(?u:\B)",
    r"(?u:\b{start})",
    r"(?u:\b{end-half})",
];

/// Shapes as identifiers have them, long enough to cross blocks and to need many class planes.
const SHAPES: &[&str] = &[
    r"\b\d{3}-\d{2}-\d{4}\b",
    r"\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b",
    r"\b(?:\d{1,3}\.){3}\d{1,3}\b",
    r"[\w.+-]{1,64}@[\w-]{1,63}\.[a-z]{2,9}",
    r"(?:\d[ -]?){13,19}",
    r"\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}\b",
    r"(?:^|[^0-9a-zA-Z/+])(?P<value>[0-9a-zA-Z/+]{40})(?:[^0-9a-zA-Z/+]|$)",
    r"eyJ[\w-]{4,90}\.[\w-]{4,90}\.[\w-]*",
    r"-----BEGIN [A-Z ]{0,20}-----[\s\S]{0,200}?-----END",
    r"[0-9a-f]{65,130}",
    r"(?i)[a-z]{64}[0-9]",
    r".{63}[0-9]|.{64}x",
    r"[01]{6}|[ab]{6}|[-+]{6}",
    r"\b[aeiou]{3}[^aeiou\s]{2}\b",
    r"(?i)(?:pass(?:word|wd)?|pwd)\s{0,9}[:=]\s{0,9}(?P<value>\S{6,40})",
    r".{0,64}?\b[a-z0-9]{40}\b",
    r"(?:foo|ba[rz]|qu+x){2,3}",
];

/// A pattern that parses. It may match nothing, only the empty text, or far too much.
pub fn pattern(choices: &mut Choices) -> String {
    let flags = *choices.pick(&["", "", "", "(?i)", "(?s)", "(?m)", "(?is)", "(?U)"]);
    let body = match choices.below(9) {
        0 | 1 => keyed(choices),
        2 | 3 => shaped(choices),
        4 => (*choices.pick(SHAPES)).to_owned(),
        _ => {
            let mut value = choices.one_in(3);
            let text = alternatives(choices, 3, &mut value);
            if value {
                format!("(?P<value>{text})")
            } else {
                text
            }
        }
    };
    format!("{flags}{body}")
}

/// As most product rules are: a literal, a gap, a counted run.
fn keyed(choices: &mut Choices) -> String {
    let edge = |choices: &mut Choices| {
        if choices.one_in(2) {
            *choices.pick(ASSERTIONS)
        } else {
            r"\b"
        }
    };
    let lead = *choices.pick(&[
        "",
        "",
        r"[\w.-]{0,20}?",
        ".{0,8}",
        "[a-z]*",
        "(?:x|yy)?",
        r"(?:^|[^0-9])",
        r"\s+",
    ]);
    let literal = literal(choices);
    let gap = *choices.pick(&[
        "",
        r"\s*[:=]\s*",
        r#"["' ]?"#,
        ".{0,10}?",
        ".*",
        r"(?:\s|=|:){0,3}",
        "[^a]{0,5}",
    ]);
    let class = *choices.pick(CLASSES);
    let count = count(choices, 40);
    let before = if choices.one_in(2) { edge(choices) } else { "" };
    let after = if choices.one_in(2) { edge(choices) } else { "" };
    match choices.below(3) {
        0 => format!("{before}{lead}{literal}{gap}{class}{count}{after}"),
        1 => format!("{before}{lead}{literal}{gap}(?P<value>{class}{count}){after}"),
        _ => format!("{before}{lead}(?P<value>{literal}{class}{count}){gap}{after}"),
    }
}

/// No literal: runs of classes and separators.
fn shaped(choices: &mut Choices) -> String {
    let mut text = String::new();
    if choices.one_in(2) {
        text += *choices.pick(ASSERTIONS);
    }
    for part in 0..choices.between(1, 4) {
        if part > 0 && choices.one_in(2) {
            text += *choices.pick(&["-", r"\.", "[ -]?", "@", "/", ":", "_?"]);
        }
        text += *choices.pick(CLASSES);
        text += &count(choices, 20);
    }
    if choices.one_in(2) {
        text += *choices.pick(ASSERTIONS);
    }
    text
}

/// Alternatives, each a sequence. `value` says whether the group named so is still to be placed.
fn alternatives(choices: &mut Choices, depth: usize, value: &mut bool) -> String {
    let count = if choices.one_in(3) {
        choices.between(2, 4)
    } else {
        1
    };
    let mut text = String::new();
    for branch in 0..count {
        if branch > 0 {
            text.push('|');
        }
        if branch > 0 && choices.one_in(8) {
            continue; // The empty alternative.
        }
        for _ in 0..choices.between(1, 3) {
            text += &item(choices, depth, value);
        }
    }
    text
}

fn item(choices: &mut Choices, depth: usize, value: &mut bool) -> String {
    match choices.below(12) {
        0..=2 => literal(choices),
        3..=5 => {
            let class = *choices.pick(CLASSES);
            format!("{class}{}", count(choices, 20))
        }
        6 => {
            let unicode = *choices.pick(UNICODE);
            format!("{unicode}{}", count(choices, 8))
        }
        7 | 8 => (*choices.pick(ASSERTIONS)).to_owned(),
        _ if depth == 0 => literal(choices),
        9 if *value => {
            *value = false;
            let inner = alternatives(choices, depth - 1, value);
            let count = if choices.one_in(4) {
                count(choices, 3)
            } else {
                String::new()
            };
            format!("(?P<value>{inner}){count}")
        }
        _ => {
            let open = *choices.pick(&["(?:", "(", "(?i:", "(?s:", "(?-i:"]);
            let inner = alternatives(choices, depth - 1, value);
            format!("{open}{inner}){}", count(choices, 4))
        }
    }
}

fn literal(choices: &mut Choices) -> String {
    regex_syntax::escape(choices.pick::<&str>(WORDS))
}

/// A quantifier or none; counts up to `most`.
fn count(choices: &mut Choices, most: usize) -> String {
    let text = match choices.below(8) {
        0 | 1 => return String::new(),
        2 => "?".to_owned(),
        3 => "*".to_owned(),
        4 => "+".to_owned(),
        5 => format!("{{{}}}", choices.between(0, most)),
        6 => {
            let least = choices.between(0, most);
            let extra = choices.between(0, most);
            format!("{{{least},{}}}", least + extra)
        }
        _ => format!("{{{},}}", choices.between(0, most)),
    };
    if choices.one_in(3) { text + "?" } else { text }
}
