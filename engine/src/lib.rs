//! What is in these bytes?
//!
//! Sluicegate finds secrets, personal and payment data, prompt injection and other classified
//! content in bytes. Classifiers are data: [`compile`] turns a set of them into a [`Database`],
//! and a [`Scanner`] finds every match of every classifier in one pass, with exact spans.
//!
//! ```
//! use sluicegate::{Scanner, compile, model::{Classifier, ClassifierId}};
//!
//! let token = Classifier::new(ClassifierId::new("secret.acme.token")?)
//!     .with_regex(r"\b(?P<value>acme_[0-9a-z]{12})\b");
//! let mut scanner = Scanner::new(&compile(&[token])?.database);
//! let scan = scanner.scan(b"key=acme_0123456789ab;");
//! assert_eq!((scan.findings[0].start, scan.findings[0].end), (4, 21));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! The crate is pure: no input or output, no clock, no network, no randomness, no global state.
//! The same database and the same bytes give the same findings on every machine.

#![forbid(unsafe_code)]

mod arbitrate;
mod compile;
mod database;
mod exact;
mod explain;
mod finding;
mod fingerprint;
mod index;
pub mod limits;
mod profile;
pub mod scan;
mod stream;
mod text;
mod verify;

pub use sluicegate_model as model;
pub use sluicegate_validators as validators;

pub use arbitrate::{Claim, Loser, Reason, arbitrate, outranks};
pub use compile::{AnchorPlan, CompileError, Compiled, DetectorPlan, Plan, Route, compile};
pub use database::{AttachError, ClassifierIndex, ClassifierInfo, Database, ImageError};
pub use exact::{
    ExactIndex, ExactIndexWriter, ExactSummary, RowMatch, RowPrint, RowReader, Shapes, StopReason,
    build_exact,
};
pub use explain::{Decision, Event, Group, Passage, Row, TermGroup, trace};
pub use finding::{Finding, View};
pub use fingerprint::{
    DocumentIndex, DocumentIndexWriter, DocumentInfo, DocumentMatch, DocumentPrints,
    DocumentSettings, DocumentSettingsError, Fingerprinter, PassageMatch, WORDS_SEEN,
    build_documents,
};
pub use index::{IndexError, IndexKey, IndexKeyError, IndexKind, Sealer};
pub use profile::{Cost, Stage, Stages, profile};
pub use scan::reference::Reference;
pub use scan::{Completeness, Scan, Scanner, Scratch, scan};
pub use sluicegate_kernels::Kernel;
pub use stream::{Settled, Stream};

#[doc(hidden)]
pub use database::image::reseal;
#[doc(hidden)]
pub use index::reseal_index;
