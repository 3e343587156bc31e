//! One key, string or number as it is inspected, and edits of it.

use std::borrow::Cow;
use std::ops::Range;
use std::rc::Rc;

use serde::de::IgnoredAny;

use super::MAX_EMBEDDED;
use super::document::{Kind, Token, check, tokens, too_deep};
use super::error::PayloadError;
use super::string::{Map, decode, encode};
use crate::redact::{Edit, apply};

/// A part of a message that is inspected by itself.
#[derive(Debug)]
pub(crate) struct Part<'t> {
    /// What is inspected.
    pub(crate) text: Cow<'t, [u8]>,
    /// What it is inspected behind; may be empty.
    pub(crate) lead: String,
    written: Written,
    home: Option<Rc<Home>>,
}

/// How a part stands in its document.
#[derive(Debug)]
enum Written {
    /// It is the document.
    Whole,
    /// Between quotes.
    Quoted(Map),
    /// A number of these bytes.
    Number(Range<usize>),
}

/// The string that holds a document, and the home of that string's own document.
#[derive(Debug)]
struct Home {
    map: Map,
    outer: Option<Rc<Home>>,
}

impl<'t> Part<'t> {
    /// A message that is one text.
    pub(crate) fn whole(text: &'t [u8]) -> Self {
        Self {
            text: Cow::Borrowed(text),
            lead: String::new(),
            written: Written::Whole,
            home: None,
        }
    }

    /// Bytes of the message that a span of the part is written in.
    pub(crate) fn in_message(&self, span: &Range<usize>) -> Range<usize> {
        let span = match &self.written {
            Written::Whole => span.clone(),
            Written::Quoted(map) => map.written(span),
            Written::Number(token) => token.start + span.start..token.start + span.end,
        };
        self.homes()
            .fold(span, |span, home| home.map.written(&span))
    }

    /// Edits of the part as edits of the message.
    pub(crate) fn write(&self, edits: Vec<Edit>) -> Vec<Edit> {
        if edits.is_empty() {
            return edits;
        }
        match &self.written {
            Written::Whole => edits,
            Written::Quoted(_) => edits
                .into_iter()
                .map(|edit| {
                    let replacement = String::from_utf8_lossy(&edit.replacement);
                    Edit {
                        span: self.in_message(&edit.span),
                        replacement: self.enclose(encode(&replacement)),
                    }
                })
                .collect(),
            Written::Number(_) => {
                let text = apply(&self.text, &edits);
                let text = String::from_utf8_lossy(&text);
                let replacement = if is_number(&text) {
                    text.into_owned()
                } else {
                    format!("\"{}\"", encode(&text))
                };
                vec![Edit {
                    span: self.in_message(&(0..self.text.len())),
                    replacement: self.enclose(replacement),
                }]
            }
        }
    }

    /// Text of the part's document as it is written in the message.
    fn enclose(&self, text: String) -> Vec<u8> {
        self.homes()
            .fold(text, |text, _| encode(&text))
            .into_bytes()
    }

    fn homes(&self) -> impl Iterator<Item = &Home> {
        std::iter::successors(self.home.as_deref(), |home| home.outer.as_deref())
    }
}

fn is_number(text: &str) -> bool {
    text.starts_with(|c: char| c == '-' || c.is_ascii_digit())
        && text.ends_with(|c: char| c.is_ascii_digit())
        && serde_json::from_str::<IgnoredAny>(text).is_ok()
}

/// What is to be inspected in a payload, in its order, and whether that is all of it: a payload
/// too far inside is inspected as text.
pub(crate) fn parts(input: &[u8]) -> Result<(Vec<Part<'_>>, bool), PayloadError> {
    let text = str::from_utf8(input)
        .map_err(|error| PayloadError::not_utf8(input, error.valid_up_to()))?;
    check(text)?;
    if let Some(at) = too_deep(text) {
        return Err(PayloadError::too_deep(text, at));
    }
    let mut found = Found {
        parts: Vec::new(),
        complete: true,
    };
    found.add_document(text, "", None, 0);
    Ok((found.parts, found.complete))
}

struct Found<'t> {
    parts: Vec<Part<'t>>,
    complete: bool,
}

impl Found<'_> {
    /// Adds what is in a document that is `depth` strings inside the message.
    fn add_document(&mut self, text: &str, base: &str, home: Option<&Rc<Home>>, depth: usize) {
        for Token { kind, span, path } in tokens(text, base) {
            let token = &text[span.clone()];
            let (value, written) = if kind == Kind::Number {
                (token.to_owned(), Written::Number(span))
            } else {
                let (value, map) = decode(&token[1..token.len() - 1], span.start + 1);
                if kind == Kind::String && is_document(&value) {
                    if depth < MAX_EMBEDDED && too_deep(&value).is_none() {
                        let outer = home.cloned();
                        let home = Rc::new(Home { map, outer });
                        self.add_document(&value, &path, Some(&home), depth + 1);
                        continue;
                    }
                    self.complete = false;
                }
                (value, Written::Quoted(map))
            };
            self.parts.push(Part {
                text: Cow::Owned(value.into_bytes()),
                lead: match path.as_str() {
                    "" => path,
                    path => format!("{path}: "),
                },
                written,
                home: home.cloned(),
            });
        }
    }
}

/// Whether a string holds a JSON object or array.
fn is_document(text: &str) -> bool {
    text.trim_ascii_start().starts_with(['{', '[']) && check(text).is_ok()
}

#[cfg(test)]
mod tests {
    use super::super::MAX_DEPTH;
    use super::*;

    fn texts(input: &str) -> Vec<(String, String)> {
        let (parts, complete) = parts(input.as_bytes()).unwrap();
        assert!(complete);
        parts
            .into_iter()
            .map(|part| {
                (
                    part.lead,
                    String::from_utf8(part.text.into_owned()).unwrap(),
                )
            })
            .collect()
    }

    /// The message with a span of its only part that has this text replaced.
    fn replaced(input: &str, text: &str, span: Range<usize>, by: &str) -> String {
        let (parts, _) = parts(input.as_bytes()).unwrap();
        let part = parts
            .iter()
            .find(|part| &*part.text == text.as_bytes())
            .unwrap();
        let edits = part.write(vec![Edit {
            span,
            replacement: by.as_bytes().to_vec(),
        }]);
        String::from_utf8(apply(input.as_bytes(), &edits)).unwrap()
    }

    /// A payload that is held by this many strings.
    fn embedded(payload: &str, times: usize) -> String {
        (0..times).fold(payload.to_owned(), |inside, _| {
            format!("[\"{}\"]", encode(&inside))
        })
    }

    #[test]
    fn payloads_inside_strings_are_read() {
        let input = r#"{"call":{"arguments":"{\"pin\": 1234, \"to\":[\"a\\nb\"]}"}, "x":"[no"}"#;
        let expected = [
            ("", "call"),
            ("", "arguments"),
            ("", "pin"),
            ("call.arguments.pin: ", "1234"),
            ("", "to"),
            ("call.arguments.to: ", "a\nb"),
            ("", "x"),
            ("x: ", "[no"),
        ];
        let expected = expected.map(|(lead, text)| (lead.to_owned(), text.to_owned()));
        assert_eq!(texts(input), expected);
    }

    #[test]
    fn edits_are_written_as_the_document_is() {
        assert_eq!(
            replaced(r#"{"a":"x\ny"}"#, "x\ny", 1..2, "\"\\"),
            r#"{"a":"x\"\\y"}"#
        );
        assert_eq!(replaced("[ 1234]", "1234", 0..4, "[PIN]"), r#"[ "[PIN]"]"#);
        assert_eq!(replaced("[ 1234]", "1234", 1..3, "99"), "[ 1994]");
        assert_eq!(replaced("[-12]", "-12", 0..2, "0"), r#"["02"]"#);
        let inside = embedded("[1234]", 2);
        assert_eq!(
            replaced(&inside, "1234", 0..4, "\""),
            embedded("[\"\\\"\"]", 2)
        );
    }

    #[test]
    fn what_is_too_far_inside_is_read_as_text() {
        let (_, complete) = parts(embedded("[1]", MAX_EMBEDDED).as_bytes()).unwrap();
        assert!(complete);
        for input in [
            embedded("[1]", MAX_EMBEDDED + 1),
            embedded(&("[".repeat(MAX_DEPTH + 1) + &"]".repeat(MAX_DEPTH + 1)), 1),
        ] {
            let (parts, complete) = parts(input.as_bytes()).unwrap();
            assert!(!complete);
            assert!(parts[0].text.starts_with(b"["));
        }
    }
}
