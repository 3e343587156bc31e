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
    /// The keys that lead to it, joined by dots; may be empty.
    pub(crate) path: String,
    pub(super) is_key: bool,
    written: Written,
    home: Option<Rc<Home>>,
}

/// What is to be inspected in a payload.
#[derive(Debug)]
pub(crate) struct Payload<'t> {
    /// In the order of the payload.
    pub(crate) parts: Vec<Part<'t>>,
    /// The payload, and those that it holds in strings.
    pub(crate) documents: Vec<Document>,
    /// Whether that is all of it: a payload too far inside is inspected as text.
    pub(crate) complete: bool,
}

/// A JSON text.
#[derive(Debug)]
pub(crate) struct Document {
    pub(crate) text: String,
    /// Its keys, strings and numbers by their place among the parts, with the bytes they are
    /// written in, in order.
    parts: Vec<(usize, Range<usize>)>,
}

impl Document {
    /// The parts that a span of the text reaches into, each with its own span: values, or keys
    /// where there are no values. None where the span begins with something else than the quote of
    /// a key.
    pub(crate) fn reached(
        &self,
        parts: &[Part<'_>],
        span: &Range<usize>,
    ) -> Vec<(usize, Range<usize>)> {
        let is_before = |(_, inside): &(usize, Range<usize>)| inside.start <= span.start;
        let first = self.parts.partition_point(is_before);
        let begins = |(part, inside): &(usize, Range<usize>)| {
            parts[*part].is_key && inside.start == span.start + 1
        };
        if !self.parts.get(first).is_some_and(begins) {
            return Vec::new();
        }
        let mut reached: Vec<_> = self.parts[first..]
            .iter()
            .take_while(|(_, inside)| inside.start < span.end)
            .filter(|(_, inside)| !inside.is_empty())
            .collect();
        if reached.iter().any(|(part, _)| !parts[*part].is_key) {
            reached.retain(|(part, _)| !parts[*part].is_key);
        }
        let cut = |(part, inside): &(usize, Range<usize>)| {
            let written = inside.start..inside.end.min(span.end);
            (*part, parts[*part].in_part(&written))
        };
        reached.into_iter().map(cut).collect()
    }
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
            path: String::new(),
            is_key: false,
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

    /// The span of the part that bytes of its document stand for.
    fn in_part(&self, written: &Range<usize>) -> Range<usize> {
        match &self.written {
            Written::Whole => written.clone(),
            Written::Quoted(map) => map.text(written),
            Written::Number(token) => written.start - token.start..written.end - token.start,
        }
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

/// Reads a payload.
pub(crate) fn read(input: &[u8]) -> Result<Payload<'_>, PayloadError> {
    let text = str::from_utf8(input)
        .map_err(|error| PayloadError::not_utf8(input, error.valid_up_to()))?;
    check(text)?;
    if let Some(at) = too_deep(text) {
        return Err(PayloadError::too_deep(text, at));
    }
    let mut payload = Payload {
        parts: Vec::new(),
        documents: Vec::new(),
        complete: true,
    };
    payload.add(text, "", None, 0);
    Ok(payload)
}

impl Payload<'_> {
    /// Adds a document that is `depth` strings inside the message.
    fn add(&mut self, text: &str, base: &str, home: Option<&Rc<Home>>, depth: usize) {
        let mut parts = Vec::new();
        for Token { kind, span, path } in tokens(text, base) {
            let token = &text[span.clone()];
            let (value, inside, written) = if kind == Kind::Number {
                (token.to_owned(), span.clone(), Written::Number(span))
            } else {
                let inside = span.start + 1..span.end - 1;
                let (value, map) = decode(&text[inside.clone()], inside.start);
                if kind == Kind::String && is_document(&value) {
                    if depth < MAX_EMBEDDED && too_deep(&value).is_none() {
                        let outer = home.cloned();
                        let home = Rc::new(Home { map, outer });
                        self.add(&value, &path, Some(&home), depth + 1);
                        continue;
                    }
                    self.complete = false;
                }
                (value, inside, Written::Quoted(map))
            };
            parts.push((self.parts.len(), inside));
            self.parts.push(Part {
                text: Cow::Owned(value.into_bytes()),
                path,
                is_key: kind == Kind::Key,
                written,
                home: home.cloned(),
            });
        }
        let text = text.to_owned();
        self.documents.push(Document { text, parts });
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
        let payload = read(input.as_bytes()).unwrap();
        assert!(payload.complete);
        payload
            .parts
            .into_iter()
            .map(|part| {
                (
                    part.path,
                    String::from_utf8(part.text.into_owned()).unwrap(),
                )
            })
            .collect()
    }

    /// The message with a span of its only part that has this text replaced.
    fn replaced(input: &str, text: &str, span: Range<usize>, by: &str) -> String {
        let payload = read(input.as_bytes()).unwrap();
        let part = payload
            .parts
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
            ("call.arguments.pin", "1234"),
            ("", "to"),
            ("call.arguments.to", "a\nb"),
            ("", "x"),
            ("x", "[no"),
        ];
        let expected = expected.map(|(path, text)| (path.to_owned(), text.to_owned()));
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
        let payload = embedded("[1]", MAX_EMBEDDED);
        assert!(read(payload.as_bytes()).unwrap().complete);
        for input in [
            embedded("[1]", MAX_EMBEDDED + 1),
            embedded(&("[".repeat(MAX_DEPTH + 1) + &"]".repeat(MAX_DEPTH + 1)), 1),
        ] {
            let payload = read(input.as_bytes()).unwrap();
            assert!(!payload.complete);
            assert!(payload.parts[0].text.starts_with(b"["));
        }
    }
}
