//! The texts that values stand in.
//!
//! | file | holds |
//! |---|---|
//! | `page.rs` | a text being written, which knows where the value went, and how forms escape it |
//! | `talk.rs` | what people write: chat, mail, Markdown |
//! | `record.rs` | what machines write: logs, tool calls, SQL, CSV |
//! | `source.rs` | code and patches |

mod page;
mod record;
mod source;
mod talk;

use std::ops::Range;

use crate::{Choices, Value};
use page::{Escape, Page};

/// A kind of text that a value can stand in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Carrier {
    /// Messages of a conversation, as a person types them.
    Chat,
    /// An e-mail with its headers.
    Mail,
    /// A line of a log among others.
    Log,
    /// The arguments of a tool call, as JSON.
    ToolCall,
    /// A statement of SQL.
    Sql,
    /// Source code of several languages.
    Code,
    /// A patch.
    Diff,
    /// A table with a row of headings.
    Csv,
    /// A document in Markdown.
    Markdown,
}

/// A text with a value in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Placed {
    /// All of the text.
    pub text: String,
    /// The value in it, in bytes, in the form that the carrier gives it.
    pub span: Range<usize>,
}

impl Carrier {
    /// All of them.
    pub const ALL: [Self; 9] = [
        Self::Chat,
        Self::Mail,
        Self::Log,
        Self::ToolCall,
        Self::Sql,
        Self::Code,
        Self::Diff,
        Self::Csv,
        Self::Markdown,
    ];

    /// The name as it is written in cases.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Chat => "chat",
            Self::Mail => "mail",
            Self::Log => "log",
            Self::ToolCall => "tool-call",
            Self::Sql => "sql",
            Self::Code => "code",
            Self::Diff => "diff",
            Self::Csv => "csv",
            Self::Markdown => "markdown",
        }
    }

    /// A text of this kind in which a value stands behind a word that says what it is.
    pub fn place(self, choices: &mut Choices, label: &str, value: &str) -> Placed {
        let value = Value {
            text: value.to_owned(),
            span: 0..value.len(),
        };
        self.place_value(choices, label, &value)
    }

    pub(crate) fn place_value(self, choices: &mut Choices, label: &str, value: &Value) -> Placed {
        let mut page = Page::new(value);
        match self {
            Self::Chat => talk::chat(&mut page, choices, label),
            Self::Mail => talk::mail(&mut page, choices, label),
            Self::Markdown => talk::markdown(&mut page, choices, label),
            Self::Log => record::log(&mut page, choices, label),
            Self::ToolCall => record::tool_call(&mut page, choices, label),
            Self::Sql => record::sql(&mut page, choices, label),
            Self::Csv => record::csv(&mut page, choices, label),
            Self::Code => source::code(&mut page, choices, label),
            Self::Diff => source::diff(&mut page, choices, label),
        }
        page.finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_value_is_where_the_span_says() {
        for carrier in Carrier::ALL {
            for seed in 0..60 {
                let mut choices = Choices::from_seed(seed);
                let placed = carrier.place(&mut choices, "account", "XY-1234");
                assert_eq!(&placed.text[placed.span.clone()], "XY-1234", "{carrier:?}");
                assert!(
                    placed.text.contains("account"),
                    "{carrier:?} {}",
                    placed.text
                );
            }
        }
    }

    #[test]
    fn what_a_form_would_take_for_its_own_is_escaped() {
        let mut choices = Choices::from_seed(1);
        for _ in 0..60 {
            let placed = Carrier::ToolCall.place(&mut choices, "note", "say \"it's\"\\ twice");
            serde_json::from_str::<serde_json::Value>(&placed.text).unwrap();
            let placed = Carrier::Sql.place(&mut choices, "note", "it's");
            assert_eq!(&placed.text[placed.span], "it''s");
        }
    }
}
