//! What happens to which findings: rules and what they are read from.
//!
//! | file | holds |
//! |---|---|
//! | `mod.rs` | the types |
//! | `read.rs` | TOML text to a policy |
//! | `style.rs` | redaction styles, whose keys are named |
//! | `keys.rs` | keys by name |
//! | `select.rs` | which rule decides for a finding |
//! | `apply.rs` | the styles of a policy with their keys |
//!
//! What an entry of the policy's allow-list meets passes. For the rest rules are tried in their order. The first one that selects a finding decides for it; a finding
//! that none selects has the policy's default. A rule with `min_count` selects only when that many
//! distinct spans meet its other conditions, of findings that no rule before it has decided. The
//! action of a message is the strictest over all its findings, in the order `block`, `redact`,
//! `flag`, `allow`.

mod apply;
mod keys;
mod pattern;
mod read;
mod select;
mod style;

pub(crate) use apply::Styles;
pub use keys::Keys;
pub(crate) use pattern::wildcard;
pub use pattern::{IdPattern, PatternError};
pub(crate) use read::id_patterns;
pub use read::read_policy;
pub(crate) use select::{Counts, Decision, Selector};
use serde::Serialize;
use sluicegate::model::{Place, Severity};
pub(crate) use style::DEFAULT_KEY;
pub use style::NamedStyle;

use crate::allow::Allowance;

macro_rules! names {
    ($type:ident { $($variant:ident = $name:literal),* }) => {
        impl $type {
            /// All of them, in their order.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// The name as it is written in files and output.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $name),* }
            }

            /// What has this name.
            pub fn from_name(name: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|this| this.as_str() == name)
            }
        }
    };
}

/// What happens to a message, mildest first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Action {
    /// It passes.
    #[default]
    Allow,
    /// It passes, and someone should look at it.
    Flag,
    /// It passes without the values.
    Redact,
    /// It does not pass.
    Block,
}

names!(Action { Allow = "allow", Flag = "flag", Redact = "redact", Block = "block" });

/// Where a message comes from and goes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Channel {
    /// To the model, from a person or program.
    Prompt,
    /// From the model.
    Output,
    /// From the model to a tool.
    ToolArgs,
    /// From a tool to the model.
    ToolResult,
    /// A document that is retrieved or stored for the model.
    Document,
}

names!(Channel {
    Prompt = "prompt",
    Output = "output",
    ToolArgs = "tool_args",
    ToolResult = "tool_result",
    Document = "document"
});

/// Whether decisions are carried out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Mode {
    /// They are.
    #[default]
    Enforce,
    /// They are reported; every message passes as it came.
    Monitor,
}

names!(Mode { Enforce = "enforce", Monitor = "monitor" });

/// What happens to which findings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Policy {
    /// What verdicts call it.
    pub name: String,
    /// Whether decisions are carried out.
    pub mode: Mode,
    /// For findings that no rule selects; redacted with a label where it is [`Action::Redact`].
    pub default: Action,
    /// For messages that were not inspected to their end.
    pub on_incomplete: Action,
    /// For messages that can't be read, for example a payload that is no JSON.
    pub on_error: Action,
    /// Tried in this order.
    pub rules: Vec<Rule>,
    /// Findings that pass before any rule is tried; paths in them are not asked for.
    pub allow: Vec<Allowance>,
}

impl Policy {
    /// A policy without rules: findings pass, what can't be inspected is blocked.
    pub fn new(name: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            mode: Mode::Enforce,
            default: Action::Allow,
            on_incomplete: Action::Block,
            on_error: Action::Block,
            rules: Vec::new(),
            allow: Vec::new(),
        }
    }
}

/// One rule: a finding must meet all of its conditions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rule {
    /// What verdicts call it; unique in its policy.
    pub name: String,
    /// The classifier's id matches one of them; any id where there is none.
    pub classifiers: Vec<IdPattern>,
    /// The classifier has one of them; any classifier where there is none.
    pub tags: Vec<String>,
    /// The message is on one of them; any channel where there is none.
    pub channels: Vec<Channel>,
    /// Least severity of the classifier.
    pub min_severity: Severity,
    /// Least confidence of the finding, 0 to 100.
    pub min_confidence: u8,
    /// Least number of distinct spans that meet the other conditions.
    pub min_count: usize,
    /// What happens.
    pub action: Action,
    /// What stands in place of a value where that is [`Action::Redact`].
    pub style: NamedStyle,
    /// Where it is written, if it was read from a file.
    pub place: Option<Place>,
}

impl Rule {
    /// A rule that selects every finding.
    pub fn new(name: impl Into<String>, action: Action) -> Self {
        Self {
            name: name.into(),
            classifiers: Vec::new(),
            tags: Vec::new(),
            channels: Vec::new(),
            min_severity: Severity::Info,
            min_confidence: 0,
            min_count: 1,
            action,
            style: NamedStyle::Label,
            place: None,
        }
    }
}
