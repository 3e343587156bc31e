//! What is compared with a baseline, or taken down in one.

use std::path::PathBuf;

use super::baseline::{Baseline, Key};
use crate::args::ScanArgs;
use crate::failure::{Failure, Status};

/// The baseline of a run, which asks about findings in the order of the inputs.
pub(super) enum Ledger {
    /// There is none: everything is told.
    None,
    /// Known findings are left out and counted.
    Compare { baseline: Baseline, known: usize },
    /// Everything is taken down, and nothing told.
    Record {
        baseline: Baseline,
        path: PathBuf,
        count: usize,
    },
}

impl Ledger {
    pub(super) fn new(args: &ScanArgs) -> Result<Self, Failure> {
        if let Some(path) = &args.known.write_baseline {
            return Ok(Self::Record {
                baseline: Baseline::default(),
                path: path.clone(),
                count: 0,
            });
        }
        let Some(path) = &args.known.baseline else {
            return Ok(Self::None);
        };
        Ok(Self::Compare {
            baseline: Baseline::read(path, args.key_file.is_some())?,
            known: 0,
        })
    }

    /// Whether findings have to be asked about.
    pub(super) fn asks(&self) -> bool {
        !matches!(self, Self::None)
    }

    /// Whether the next finding is told.
    pub(super) fn tells(&mut self, key: Key) -> bool {
        match self {
            Self::None => true,
            Self::Compare { baseline, known } => {
                let is_known = baseline.take(&key);
                *known += usize::from(is_known);
                !is_known
            }
            Self::Record {
                baseline, count, ..
            } => {
                baseline.add(key);
                *count += 1;
                false
            }
        }
    }

    /// Says what came of it, and writes the baseline unless the run failed.
    pub(super) fn finish(self, status: Status) -> Result<Status, Failure> {
        match self {
            Self::None => {}
            Self::Compare { known, .. } => eprintln!("{known} known findings left out"),
            Self::Record { .. } if status == Status::Failed => {
                return Err(Failure::new("the baseline is not written")
                    .hint("not everything could be inspected"));
            }
            Self::Record {
                baseline,
                path,
                count,
            } => {
                baseline.write(&path)?;
                eprintln!("{count} findings written to {}", path.display());
            }
        }
        Ok(status)
    }
}
