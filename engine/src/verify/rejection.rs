//! Why a value that matches is none: validators and exclusions.

use super::{Memory, exists};
use crate::database::Sections;
use crate::database::record::{ClassifierRecord, Range};
use crate::limits;

/// What refuses a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Rejection {
    /// The validator with this number in its detector.
    Validator(usize),
    /// An exclusion of the classifier.
    Exclusion,
}

/// What refuses a value of a classifier that a detector with these validators has found.
pub(crate) fn rejection(
    sections: &Sections,
    classifier: &ClassifierRecord,
    validators: Range,
    memory: &mut Memory,
    value: &[u8],
) -> Option<Rejection> {
    let validators = &sections.validators[validators.bounds()];
    if let Some(validator) = validators.iter().position(|call| !call.check(value)) {
        return Some(Rejection::Validator(validator));
    }
    is_excluded(sections, classifier, memory, value).then_some(Rejection::Exclusion)
}

fn is_excluded(
    sections: &Sections,
    classifier: &ClassifierRecord,
    memory: &mut Memory,
    value: &[u8],
) -> bool {
    // The end of a value is not that of the input.
    let touched = memory.touched;
    let is_excluded = sections.exclusions[classifier.exclusions.bounds()]
        .iter()
        .any(|exclusion| match exclusion.kind {
            0 => sections.text(exclusion.text) == value,
            1 => {
                let term = sections.text(exclusion.text);
                value
                    .windows(term.len().max(1))
                    .any(|part| part.eq_ignore_ascii_case(term))
            }
            _ => {
                let program = sections.program(exclusion.program.get());
                (0..=value.len()).any(|at| {
                    let reach = (value.len() - at).min(limits::DEFAULT_MAX_LEN as usize);
                    exists(&sections.tables, program, memory, value, at, reach)
                })
            }
        });
    memory.touched = touched;
    is_excluded
}
