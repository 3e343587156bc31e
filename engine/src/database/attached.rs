//! Indexes that are used beside the compiled classifiers.

use std::fmt;
use std::sync::Arc;

use sluicegate_model::Severity;

use crate::exact::ExactIndex;

/// An index beside the compiled classifiers.
#[derive(Clone)]
pub(crate) enum Attached {
    Exact(ExactIndex),
}

impl Attached {
    pub(crate) fn id(&self) -> &str {
        match self {
            Self::Exact(index) => index.classifier_id(),
        }
    }

    pub(super) fn card(&self) -> &str {
        match self {
            Self::Exact(index) => index.card(),
        }
    }

    pub(super) fn severity(&self) -> Severity {
        match self {
            Self::Exact(index) => index.schema().severity,
        }
    }

    pub(super) fn confidence(&self) -> u8 {
        match self {
            Self::Exact(index) => index.schema().confidence,
        }
    }

    pub(super) fn digest(&self) -> [u8; 32] {
        match self {
            Self::Exact(index) => index.digest(),
        }
    }
}

/// Indexes in the order of their ids, which are the classifiers behind the compiled ones.
pub(crate) type Indexes = Arc<[Attached]>;

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
    #[expect(clippy::unused_self, reason = "as for other errors")]
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

/// The indexes with one more.
pub(super) fn with(indexes: &Indexes, index: Attached) -> Result<Indexes, AttachError> {
    let mut all = indexes.to_vec();
    match all.binary_search_by(|other| other.id().cmp(index.id())) {
        Ok(_) => Err(AttachError {
            id: index.id().to_owned(),
        }),
        Err(place) => {
            all.insert(place, index);
            Ok(all.into())
        }
    }
}
