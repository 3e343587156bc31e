//! Checks a text and walks through its keys, strings and numbers.

use std::ops::Range;

use serde::de::IgnoredAny;

use super::error::PayloadError;
use super::string::decode;
use super::{MAX_DEPTH, MAX_PATH};

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Key,
    String,
    Number,
}

/// A key, string or number of a document.
#[derive(Debug)]
pub(super) struct Token {
    pub(super) kind: Kind,
    /// Bytes of the document, quotes included.
    pub(super) span: Range<usize>,
    /// The keys that lead to a value, joined by dots; empty for keys.
    pub(super) path: String,
}

/// Whether the text is one JSON value.
pub(super) fn check(text: &str) -> Result<(), PayloadError> {
    let mut values = serde_json::Deserializer::from_str(text).into_iter::<IgnoredAny>();
    match values.next() {
        Some(Err(error)) => return Err(PayloadError::syntax(&error)),
        Some(Ok(_)) => {
            let end = values.byte_offset();
            if !text[end..].trim_ascii_start().is_empty() {
                return Err(PayloadError::more(text, end));
            }
        }
        // Nothing but space: the parser's own words for it.
        None => {
            if let Err(error) = serde_json::from_str::<IgnoredAny>(text) {
                return Err(PayloadError::syntax(&error));
            }
        }
    }
    Ok(())
}

/// Where a text that [`check`] accepts is nested deeper than [`MAX_DEPTH`].
pub(super) fn too_deep(text: &str) -> Option<usize> {
    let mut depth = 0;
    let mut at = 0;
    while let Some(&byte) = text.as_bytes().get(at) {
        match byte {
            b'"' => at = string_end(text, at) - 1,
            b'{' | b'[' => depth += 1,
            b'}' | b']' => depth -= 1,
            _ => {}
        }
        if depth > MAX_DEPTH {
            return Some(at);
        }
        at += 1;
    }
    None
}

/// The keys, strings and numbers of a text that [`check`] accepts, in its order. Paths start with
/// `base`.
pub(super) fn tokens(text: &str, base: &str) -> Vec<Token> {
    let bytes = text.as_bytes();
    let mut tokens = Vec::new();
    // For each open object its last key, and nothing for an array.
    let mut open: Vec<Option<String>> = Vec::new();
    let mut key_next = false;
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        let start = at;
        at += 1;
        let kind = match byte {
            b'{' => {
                open.push(Some(String::new()));
                key_next = true;
                continue;
            }
            b'[' => {
                open.push(None);
                key_next = false;
                continue;
            }
            b'}' | b']' => {
                open.pop();
                continue;
            }
            b',' => {
                key_next = matches!(open.last(), Some(Some(_)));
                continue;
            }
            b'"' => {
                at = string_end(text, start);
                if key_next { Kind::Key } else { Kind::String }
            }
            b'-' | b'0'..=b'9' => {
                let rest = &bytes[start..];
                let is_end = |b: &u8| !matches!(b, b'0'..=b'9' | b'+' | b'-' | b'.' | b'e' | b'E');
                at = start + rest.iter().position(is_end).unwrap_or(rest.len());
                Kind::Number
            }
            _ => continue,
        };
        let mut token = Token {
            kind,
            span: start..at,
            path: String::new(),
        };
        if kind == Kind::Key {
            key_next = false;
            if let Some(key) = open.last_mut() {
                *key = Some(decode(&text[start + 1..at - 1], 0).0);
            }
        } else {
            token.path = path(base, &open);
        }
        tokens.push(token);
    }
    tokens
}

/// Where the string ends that opens at `start`.
fn string_end(text: &str, start: usize) -> usize {
    let bytes = text.as_bytes();
    let mut at = start + 1;
    while let Some(&byte) = bytes.get(at) {
        at += 1;
        match byte {
            b'"' => break,
            b'\\' => at += 1,
            _ => {}
        }
    }
    at
}

/// The keys joined by dots: as many as fit from the last on, of which there is always a part.
fn path(base: &str, open: &[Option<String>]) -> String {
    let mut kept: Vec<&str> = Vec::new();
    let mut room = MAX_PATH;
    let keys = open.iter().rev().filter_map(Option::as_deref);
    for key in keys.chain([base]).filter(|key| !key.is_empty()) {
        if key.len() > room {
            if kept.is_empty() {
                kept.push(&key[key.ceil_char_boundary(key.len() - room)..]);
            }
            break;
        }
        room = room.saturating_sub(key.len() + 1);
        kept.push(key);
    }
    kept.reverse();
    kept.join(".")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(text: &str) -> Vec<(Kind, &str, String)> {
        check(text).unwrap();
        tokens(text, "")
            .into_iter()
            .map(|token| (token.kind, &text[token.span], token.path))
            .collect()
    }

    #[test]
    fn keys_strings_and_numbers_come_with_their_paths() {
        use Kind::{Key, Number, String};
        let text = r#" {"a" : [-1.5e+3, {"b\"":"x\\"}, true], "c":{}, "d":"]" } "#;
        let expected = [
            (Key, r#""a""#, ""),
            (Number, "-1.5e+3", "a"),
            (Key, r#""b\"""#, ""),
            (String, r#""x\\""#, "a.b\""),
            (Key, r#""c""#, ""),
            (Key, r#""d""#, ""),
            (String, r#""]""#, "d"),
        ];
        let expected = expected.map(|(kind, text, path)| (kind, text, path.to_owned()));
        assert_eq!(seen(text), expected);
        assert_eq!(seen("7"), [(Number, "7", std::string::String::new())]);
    }

    #[test]
    fn paths_are_cut_from_their_start() {
        let long = "k".repeat(MAX_PATH);
        let text = format!(r#"{{"outer":{{"{long}":{{"in":1}}}},"é{long}":2}}"#);
        let paths: Vec<String> = seen(&text).into_iter().map(|(.., path)| path).collect();
        assert_eq!(paths[3], "in");
        assert_eq!(paths[5], long);
    }

    #[test]
    fn what_is_no_payload_is_told_where() {
        let deep = |depth| "[".repeat(depth) + &"]".repeat(depth);
        check(&deep(MAX_DEPTH)).unwrap();
        assert_eq!(too_deep(&deep(MAX_DEPTH)), None);
        assert_eq!(too_deep(&deep(MAX_DEPTH + 1)), Some(MAX_DEPTH));
        for (text, line, column, word) in [
            ("", 1, 1, "EOF"),
            (" \n", 2, 1, "EOF"),
            ("{\"a\":\n 1,}", 2, 4, "must be a string"),
            ("[1]\n[2]\n", 2, 1, "each line by itself"),
            ("{} x", 1, 4, "more follows"),
            ("[01]", 1, 3, "number"),
            ("[1\u{a0}]", 1, 3, "expected"),
        ] {
            let error = check(text).unwrap_err();
            assert!(error.to_string().contains(word), "{error}");
            assert_eq!((error.line(), error.column()), (line, column), "{error}");
        }
    }
}
