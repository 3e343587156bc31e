//! What a rule author writes: classifiers, packs of them, and labelled cases.
//!
//! This crate knows the text form and nothing of automata. [`read_pack`] turns one TOML file into
//! [`Classifier`]s and reports every problem it meets as a [`Diagnostic`]; `sluicegate` compiles
//! the classifiers.
//!
//! | file | holds |
//! |---|---|
//! | `classifier.rs` | the types |
//! | `exact.rs` | the schema of a table whose rows are to be found |
//! | `id.rs` | classifier ids and families |
//! | `source.rs` | a file's text with its line index; places inside it |
//! | `diagnostic.rs` | problems for rule authors: code, sentence, place, hint |
//! | `document/` | TOML files in general: typed keys, problems at their places |
//! | `read/` | TOML text to classifiers and schemas |
//! | `overrides.rs` | what a pack changes about classifiers of others |
//! | `write.rs` | classifiers and overrides to TOML text |
//! | `render.rs` | diagnostics for people and as JSON |
//! | `template.rs` | example values that are made instead of stored |
//! | `case.rs` | labelled cases |
//! | `visible.rs` | characters a reader can't see, written so that they can be |

mod case;
mod classifier;
mod diagnostic;
pub mod document;
mod exact;
mod id;
mod overrides;
mod read;
mod render;
mod source;
mod template;
mod term;
mod visible;
mod write;

pub use case::{BadLine, Case, CaseSpan, read_cases};
pub use classifier::{
    Acceptance, Classifier, Composite, Context, ContextEffect, Counterexample,
    DEFAULT_COMPOSITE_WITHIN, DEFAULT_CONFIDENCE, DEFAULT_CONTEXT_AMOUNT, DEFAULT_CONTEXT_WINDOW,
    DEFAULT_TERMS_WITHIN, DictionaryDetector, Example, Exclusions, Matching, Member, RegexDetector,
    Severity, Stage,
};
pub use diagnostic::{Code, Diagnostic, Level};
pub use exact::{
    Column, ColumnType, DEFAULT_EXACT_CONFIDENCE, DEFAULT_MAX_ROWS, DEFAULT_WITHIN, ExactSchema,
    MAX_COLUMNS,
};
pub use id::{ClassifierId, FAMILIES, IdError, id_meets};
pub use overrides::{Override, apply_overrides};
pub use read::{duplicate_ids, read_overrides, read_pack, read_schema};
pub use render::{to_json, to_text};
pub use source::{Place, Source};
pub use template::{CLASSES, TemplateError, expand_template, expand_template_seeded};
pub use term::{MAX_TERM_WEIGHT, Term};
pub use visible::visible;
pub use write::{write_overrides, write_pack};
