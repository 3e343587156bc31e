//! Classifiers to database.
//!
//! | file | does |
//! |---|---|
//! | `node.rs` | the pattern tree, from the parsed syntax |
//! | `byteset.rs` | sets of bytes |
//! | `literal.rs` | which bytes a pattern cannot match without |
//! | `companion.rs` | what else stands near an anchor in every match |
//! | `lead.rs` | what matches begin with whose anchors stand far into them |
//! | `needle.rs` | which of them become grams, and what is compared where one is seen |
//! | `gram.rs` | grams -> their filters and table |
//! | `neighbour.rs` | the words next to an anchor |
//! | `rarity.rs` | how often byte sequences occur in ordinary text |
//! | `plan.rs` | the route of each detector, with its reasons |
//! | `read.rs` | patterns -> trees and anchors, on all cores |
//! | `shape.rs` | shapes as groups, and their tree of shared conditions |
//! | `program.rs` | pattern tree -> verify program |
//! | `term.rs` | terms as sequences of words -> tables |
//! | `composite.rs` | what is wrong with a composite, and what people read of it |
//! | `evidence.rs` | how much the form of a value says |
//! | `build.rs` | plans and programs -> image |
//! | `report.rs` | what is wrong with a pattern |

mod build;
mod byteset;
mod companion;
mod composite;
mod evidence;
mod gram;
mod lead;
mod literal;
mod needle;
mod neighbour;
mod node;
mod plan;
mod program;
mod rarity;
mod read;
mod report;
mod shape;
mod term;

use std::fmt;

use sluicegate_model::{Classifier, Diagnostic};

pub use plan::{AnchorPlan, Plan, Route};

use crate::Database;

/// A compiled set of classifiers.
#[derive(Debug)]
pub struct Compiled {
    /// What scans use.
    pub database: Database,
    /// The plan of each detector, in the order of classifier ids. A composite has none.
    pub plans: Vec<DetectorPlan>,
}

/// The plan of one detector.
#[derive(Clone, Debug)]
pub struct DetectorPlan {
    /// Id of the classifier.
    pub classifier: String,
    /// Number of the detector in its classifier, regular expressions first.
    pub detector: usize,
    /// How it is found.
    pub plan: Plan,
}

/// Every reason why a set of classifiers can't be compiled.
#[derive(Debug)]
pub struct CompileError(pub Vec<Diagnostic>);

impl fmt::Display for CompileError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, diagnostic) in self.0.iter().enumerate() {
            if i > 0 {
                writeln!(f)?;
            }
            write!(f, "{diagnostic}")?;
        }
        Ok(())
    }
}

impl std::error::Error for CompileError {}

/// Compiles classifiers, in whatever order they come, to a database.
///
/// # Errors
/// When a pattern or validator can't be used, an id is used twice, or a limit is exceeded. All
/// problems are reported together.
pub fn compile(classifiers: &[Classifier]) -> Result<Compiled, CompileError> {
    build::build(classifiers).map_err(CompileError)
}
