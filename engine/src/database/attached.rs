//! Indexes that are used beside the compiled classifiers.

use std::fmt;

use sluicegate_model::Severity;

use crate::exact::ExactIndex;
use crate::fingerprint::DocumentIndex;

/// An index beside the compiled classifiers.
#[derive(Clone)]
pub(crate) enum Attached {
    Exact(ExactIndex),
    Documents(DocumentIndex),
}

impl Attached {
    pub(crate) fn id(&self) -> &str {
        match self {
            Self::Exact(index) => index.classifier_id(),
            Self::Documents(index) => index.classifier_id().as_str(),
        }
    }

    pub(super) fn card(&self) -> &str {
        match self {
            Self::Exact(index) => index.card(),
            Self::Documents(index) => index.card(),
        }
    }

    pub(super) fn severity(&self) -> Severity {
        match self {
            Self::Exact(index) => index.schema().severity,
            Self::Documents(index) => index.severity(),
        }
    }

    pub(super) fn confidence(&self) -> u8 {
        match self {
            Self::Exact(index) => index.schema().confidence,
            Self::Documents(index) => index.confidence(),
        }
    }

    pub(super) fn digest(&self) -> [u8; 32] {
        match self {
            Self::Exact(index) => index.digest(),
            Self::Documents(index) => index.digest(),
        }
    }
}

/// An index that can't be used beside the classifiers of a database: its id is taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AttachError {
    id: String,
}

impl AttachError {
    /// The id that is taken.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// What to do about it.
    pub fn hint(&self) -> &'static str {
        "each index needs a name of its own: change `name` and make one of them again"
    }
}

impl fmt::Display for AttachError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "there is a classifier `{}` already", self.id)
    }
}

impl std::error::Error for AttachError {}

/// The indexes with one more, in the order of their ids, unless its id is taken.
pub(super) fn with(
    indexes: &[Attached],
    index: Attached,
    is_taken: impl Fn(&str) -> bool,
) -> Result<Vec<Attached>, AttachError> {
    if is_taken(index.id()) {
        let id = index.id().to_owned();
        return Err(AttachError { id });
    }
    let mut all = indexes.to_vec();
    let place = all.partition_point(|other| other.id() < index.id());
    all.insert(place, index);
    Ok(all)
}
