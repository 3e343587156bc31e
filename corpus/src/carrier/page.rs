//! A text being written, which knows where the value went, and how forms escape it.

use std::ops::Range;

use super::Placed;
use crate::{Choices, Value};

/// How a form writes what would end or change its strings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Escape {
    /// As it is.
    None,
    /// RFC 8259, section 7; also strings of the languages in `source.rs`.
    Json,
    /// Quotes doubled, as in SQL.
    Quote,
    /// Double quotes doubled, as in RFC 4180.
    Csv,
}

impl Escape {
    fn apply(self, text: &str) -> String {
        match self {
            Self::None => text.to_owned(),
            Self::Json => {
                let quoted = serde_json::Value::from(text).to_string();
                quoted[1..quoted.len() - 1].to_owned()
            }
            Self::Quote => text.replace('\'', "''"),
            Self::Csv => text.replace('"', "\"\""),
        }
    }
}

/// A text being written.
#[derive(Debug)]
pub(super) struct Page<'v> {
    value: &'v Value,
    text: String,
    span: Option<Range<usize>>,
}

impl<'v> Page<'v> {
    pub(super) fn new(value: &'v Value) -> Self {
        Self {
            value,
            text: String::new(),
            span: None,
        }
    }

    pub(super) fn add(&mut self, text: &str) -> &mut Self {
        self.text.push_str(text);
        self
    }

    /// One of the texts.
    pub(super) fn add_one(&mut self, choices: &mut Choices, texts: &[&str]) -> &mut Self {
        self.add(texts[choices.below(texts.len())])
    }

    /// The value with what belongs around it, escaped as its place wants it.
    pub(super) fn add_value(&mut self, escape: Escape) -> &mut Self {
        let Value { text, span } = self.value;
        self.add(&escape.apply(&text[..span.start]));
        let start = self.text.len();
        self.add(&escape.apply(&text[span.clone()]));
        self.span = Some(start..self.text.len());
        self.add(&escape.apply(&text[span.end..]))
    }

    /// Writes a form, in which `{}` is the value.
    pub(super) fn form(&mut self, form: &str, escape: Escape) -> &mut Self {
        let (before, after) = form.split_once("{}").unwrap_or((form, ""));
        self.add(before).add_value(escape).add(after)
    }

    pub(super) fn finish(self) -> Placed {
        Placed {
            span: self.span.unwrap_or(0..0),
            text: self.text,
        }
    }
}
