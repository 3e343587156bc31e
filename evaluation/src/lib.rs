//! How good are the classifiers on labelled cases?
//!
//! Cases are scanned with a database and judged by their labels; what was found, missed and wrongly
//! reported becomes figures with intervals. `docs/eval.md` states the rules. This crate reads and
//! writes no file: whoever calls it hands it texts.
//!
//! | file | holds |
//! |---|---|
//! | `file.rs` | files of cases |
//! | `class.rs` | what a label stands for |
//! | `scan.rs` | texts to findings, on several threads |
//! | `judge.rs` | one case: what was found, what is false |
//! | `reported.rs` | what another scanner found, in place of a scan |
//! | `evaluate.rs` | cases and benign texts to a result |
//! | `measure.rs`, `noise.rs` | outcomes to figures; findings in benign texts |
//! | `share.rs` | shares with intervals, rates |
//! | `result.rs` | what an evaluation comes to, as it is written and read back |
//! | `compare.rs` | two results: what changed |
//! | `exhibit.rs` | which places are worth looking at |
//! | `html/` | the result as a page that needs nothing else |
//! | `tune/` | what would make classifiers better |
//! | `text/` | the result as tables for people |

#![forbid(unsafe_code)]

mod class;
mod compare;
mod evaluate;
mod exhibit;
mod file;
mod html;
mod judge;
mod measure;
mod noise;
mod reported;
pub mod result;
mod scan;
mod share;
mod text;
pub mod tune;

pub use class::{BadClasses, ClassMaps};
pub use compare::{
    CaseChange, ClassifierChange, ClassifierCounts, Comparison, FiguresChange, compare,
};
pub use evaluate::{
    BenignText, DEFAULT_APART, EvaluationError, Options, evaluate, evaluate_reported,
};
pub use exhibit::{Exhibit, ExhibitText, Exhibits, exhibits};
pub use file::CaseFile;
pub use html::{Excerpt, Exhibition, to_html};
pub use reported::Reported;
pub use result::Evaluation;
pub use share::{Estimate, Rate, Share};
pub use text::{Style, to_text};
