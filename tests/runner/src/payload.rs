//! JSON payloads, and guards that redact in them.

use std::fmt::Write;

use sluicegate::model::{Source, read_pack};
use sluicegate::{Database, compile};
use sluicegate_guard::Guard;
use sluicegate_guard::policy::{Keys, read_policy};

use crate::Choices;

/// Rules that overlap, look for JSON itself, need a key, need a line of their own, cut characters and take what stands
/// behind a word.
const PACK: &str = r#"
[[classifier]]
id = "custom.token"
confidence = 90
severity = "high"
[[classifier.regex]]
pattern = '\btok_[a-z0-9]{8}\b'

[[classifier]]
id = "custom.password"
[[classifier.regex]]
pattern = 'password"?\s{0,3}[=:]\s{0,3}(?P<value>\S{4,40})'

[[classifier]]
id = "custom.pin"
[[classifier.regex]]
pattern = '\b[0-9]{4}\b'
[classifier.context]
keywords = ["pin"]
window = 12
effect = "require"

[[classifier]]
id = "custom.account"
confidence = 80
[[classifier.regex]]
pattern = '\b[0-9]{12}\b'

[[classifier]]
id = "custom.any-bytes"
[[classifier.regex]]
pattern = '<<.{3}'

[[classifier]]
id = "custom.json"
[[classifier.regex]]
pattern = '"a"\s{0,3}:\s{0,3}\[?"?[0-9].{0,12}'

[[classifier]]
id = "custom.note"
severity = "low"
[[classifier.regex]]
pattern = '(?m)^note (?P<value>[a-z]{4,8})$'
"#;

/// One style for all, one for each rule, a rule that counts, and what only flags.
const POLICIES: [&str; 5] = [
    "default = \"redact\"",
    "[[rule]]\nname = \"all\"\naction = \"redact\"\nstyle = \"mask\"",
    "[[rule]]\nname = \"all\"\naction = \"redact\"\nstyle = \"partial\"",
    r#"
[[rule]]
name = "tokens"
classifiers = ["custom.token"]
action = "redact"
style = "hash"
[[rule]]
name = "numbers"
classifiers = ["custom.account", "custom.pin"]
action = "redact"
style = { kind = "partial", keep = 2 }
[[rule]]
name = "notes"
classifiers = ["custom.note"]
action = "flag"
[[rule]]
name = "others"
action = "redact"
style = "mask"
"#,
    r#"
[[rule]]
name = "many"
min_count = 3
min_confidence = 60
action = "redact"
[[rule]]
name = "passwords"
classifiers = ["*.password"]
action = "redact"
style = "mask"
[[rule]]
name = "severe"
min_severity = "high"
action = "flag"
"#,
];

/// Policies that are made up beside these.
const RANDOM_POLICIES: u64 = 59;
const PATTERNS: &[&str] = &[
    "*",
    "custom.token",
    "custom.p*",
    "custom.a*",
    "custom.json",
    "custom.no??",
];
const STYLES: &[&str] = &[
    "'label'",
    "'mask'",
    "'partial'",
    "{ kind = 'partial', keep = 1 }",
    "'hash'",
    "{ kind = 'hash', key = 'other' }",
];
const REVERSIBLE: &[&str] = &[
    "'numbered'",
    "'vault'",
    "'token'",
    "{ kind = 'token', key = 'other' }",
];

/// What strings are made of; what is found in them, first what is simple.
const PIECES: &[&str] = &[
    "a",
    " ",
    "tok_0a1b2c3d",
    "password=",
    "hunter2x",
    "pin",
    "1234",
    "123456789012",
    "<<",
    "note abcd",
    "\n",
    "\"",
    "\\",
    "/",
    "é",
    "😀",
    "€",
    "[CUSTOM_TOKEN]",
    "****",
    "[",
    "]",
    "{",
    "}",
    ":",
    "tok_",
    "\u{1}",
    "\u{7f}",
    "<<aé",
    "[1234]",
    "[TOKEN_1]",
    "[PIN_2]",
    "[vault:0:custom.account:1]",
    "[custom.token:0123456789abcdef]",
    "**34",
    ".",
];
const KEYS: &[&str] = &[
    "a",
    "password",
    "pin",
    "",
    "a b",
    "tok_0a1b2c3d",
    "é\"",
    "note abcd",
    "to.pin",
    "123456789012",
];
const NUMBERS: &[&str] = &[
    "0",
    "1234",
    "123456789012",
    "-1234",
    "12.50",
    "1e5",
    "-0.0",
    "1E+2",
    "1234.5678",
    "12345678901234567890123",
    "123456789012e12",
];
const LITERALS: &[&str] = &["null", "true", "false"];
const SPACES: &[&str] = &["", " ", "\n", "\t", "  \r\n"];

/// Guards with one database, by each of the policies of this file and by others that are made up
/// from all styles, of which every second gives back what it redacts.
///
/// # Panics
/// When the rules or policies of this file are wrong.
pub fn guards() -> Vec<Guard> {
    let (rules, problems) = read_pack(&Source::new("rules", PACK), &mut |_| Err(String::new()));
    assert!(problems.is_empty(), "{problems:?}");
    let database = compile(&rules).expect("the rules compile").database;
    let fixed = POLICIES.iter().map(|text| guard(&database, text));
    let random = (0..RANDOM_POLICIES).map(|seed| {
        let text = policy(&mut Choices::from_seed(seed), seed % 2 == 0);
        guard(&database, &text)
    });
    fixed.chain(random).collect()
}

fn guard(database: &Database, policy: &str) -> Guard {
    let policy = read_policy(&Source::new("policy", policy)).expect("the policies are right");
    let keys = Keys::new()
        .with("main", b"a key for tests only")
        .with("other", b"another key for tests");
    Guard::with_keys(database, policy, &keys).expect("every key is there")
}

/// A policy that redacts.
fn policy(choices: &mut Choices, is_reversible: bool) -> String {
    // Values of the same form stand beside no other marks.
    let is_form = is_reversible && choices.one_in(4);
    let mut text = String::new();
    if !is_reversible && choices.one_in(4) {
        text.push_str("default = \"redact\"\n");
    }
    let rules = 1 + choices.below(4);
    for number in 0..rules {
        let style = match is_reversible {
            _ if is_form => "'fpe'",
            true => choices.pick(REVERSIBLE),
            false if choices.one_in(3) => choices.pick(REVERSIBLE),
            false => choices.pick(STYLES),
        };
        let pattern = match number {
            0 => "*",
            _ => choices.pick(PATTERNS),
        };
        let confidence = if choices.one_in(4) { 60 } else { 0 };
        let count = if !is_form && choices.one_in(6) { 2 } else { 1 };
        // The last rules come first, so that the one for everything is the last.
        let rule = format!(
            "[[rule]]\nname = \"rule-{number}\"\nclassifiers = [\"{pattern}\"]\n\
             min_confidence = {confidence}\nmin_count = {count}\naction = \"redact\"\n\
             style = {style}\n"
        );
        let at = text.find('[').unwrap_or(text.len());
        text.insert_str(at, &rule);
    }
    text
}

/// A JSON text with values to be found in it.
pub fn payload(choices: &mut Choices) -> String {
    let mut text = String::new();
    space(choices, &mut text);
    value(choices, 0, &mut text);
    space(choices, &mut text);
    text
}

fn value(choices: &mut Choices, depth: usize, text: &mut String) {
    // Payloads stay small, so that shrinking and reading them is easy.
    match choices.below(if depth < 5 { 8 } else { 3 }) {
        0 => string(choices, text),
        1 => text.push_str(choices.pick::<&str>(NUMBERS)),
        2 => text.push_str(choices.pick::<&str>(LITERALS)),
        3..=5 => {
            let keys = choices.below(5);
            members(choices, ['{', '}'], keys, text, |choices, text| {
                let key = *choices.pick(KEYS);
                quote(choices, key, text);
                space(choices, text);
                text.push(':');
                space(choices, text);
                value(choices, depth + 1, text);
            });
        }
        6 => {
            let elements = choices.below(4);
            members(choices, ['[', ']'], elements, text, |choices, text| {
                value(choices, depth + 1, text);
            });
        }
        _ => {
            let mut inside = String::new();
            value(choices, depth + 2, &mut inside);
            quote(choices, &inside, text);
        }
    }
}

fn members(
    choices: &mut Choices,
    [open, close]: [char; 2],
    count: usize,
    text: &mut String,
    mut member: impl FnMut(&mut Choices, &mut String),
) {
    text.push(open);
    for number in 0..count {
        if number > 0 {
            text.push(',');
        }
        space(choices, text);
        member(choices, text);
        space(choices, text);
    }
    text.push(close);
}

fn space(choices: &mut Choices, text: &mut String) {
    if choices.one_in(4) {
        text.push_str(choices.pick::<&str>(SPACES));
    }
}

fn string(choices: &mut Choices, text: &mut String) {
    let mut inside = String::new();
    for _ in 0..choices.below(6) {
        inside.push_str(choices.pick::<&str>(PIECES));
    }
    quote(choices, &inside, text);
    if choices.one_in(16) {
        // Half a surrogate pair, which JSON allows and UTF-8 does not.
        text.insert_str(
            text.len() - 1,
            choices.pick::<&str>(&["\\ud83d", "\\ude00x"]),
        );
    }
}

/// Writes a string, some of its characters as escapes that need not be.
fn quote(choices: &mut Choices, inside: &str, text: &mut String) {
    let escapes = choices.one_in(4);
    text.push('"');
    for character in inside.chars() {
        match character {
            '"' | '\\' => {
                text.push('\\');
                text.push(character);
            }
            '/' if escapes => text.push_str("\\/"),
            '\n' => text.push_str("\\n"),
            _ if character < ' ' || escapes && choices.one_in(3) => {
                for unit in character.encode_utf16(&mut [0; 2]) {
                    let _ = write!(text, "\\u{unit:04x}");
                }
            }
            _ => text.push(character),
        }
    }
    text.push('"');
}
