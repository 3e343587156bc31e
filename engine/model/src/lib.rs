//! What a rule author writes: classifiers, packs of them, and labelled cases.
//!
//! This crate knows the text form and nothing of automata. [`read_pack`] turns one TOML file into
//! [`Classifier`]s and reports every problem it meets as a [`Diagnostic`]; `sluicegate` compiles
//! the classifiers.
//!
//! | file | holds |
//! |---|---|
//! | `classifier.rs` | the types |
//! | `id.rs` | classifier ids and families |
//! | `source.rs` | a file's text with its line index; places inside it |
//! | `diagnostic.rs` | problems for rule authors: code, sentence, place, hint |

mod classifier;
mod diagnostic;
mod id;
mod source;

pub use classifier::{
    Classifier, Context, ContextEffect, Counterexample, DEFAULT_CONFIDENCE, DEFAULT_CONTEXT_AMOUNT,
    DEFAULT_CONTEXT_WINDOW, DictionaryDetector, Example, Exclusions, RegexDetector, Severity,
    Stage,
};
pub use diagnostic::{Code, Diagnostic, Level};
pub use id::{ClassifierId, FAMILIES, IdError};
pub use source::{Place, Source};
