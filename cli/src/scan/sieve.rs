//! Which findings are told.

use std::sync::atomic::{AtomicBool, Ordering};

use sluicegate::model::{Code, Diagnostic, Source, to_text};
use sluicegate::{Claim, Finding, arbitrate};
use sluicegate_guard::allow::{AllowList, ValueHash, read_allow};

use super::baseline::Key;
use crate::args::ScanArgs;
use crate::catalogue::Catalogue;
use crate::failure::Failure;
use crate::indexes;
use crate::input;

/// The allow-list of `--allow-test-values`.
const TEST_VALUES: (&str, &str) = ("test-values.toml", include_str!("test-values.toml"));

/// What the options leave out.
pub(super) struct Sieve {
    pub(super) catalogue: Catalogue,
    pub(super) hash: ValueHash,
    resolves: bool,
    allow: AllowList,
    /// Which entries have met a finding, or need not.
    met: Vec<AtomicBool>,
}

impl Sieve {
    pub(super) fn new(args: &ScanArgs) -> Result<Self, Failure> {
        let catalogue = Catalogue::for_findings(&args.findings, args.key_file.as_ref())?;
        let key = args.key_file.as_ref().map(|path| indexes::value_hash(path));
        let key = key.transpose()?;
        let mut problems = Vec::new();
        let mut entries = Vec::new();
        for path in &args.known.allow {
            let text = input::read(path)?;
            let text = String::from_utf8_lossy(text.as_ref());
            match read_allow(&Source::new(path.to_string_lossy(), text)) {
                Ok(read) => entries.extend(read),
                Err(wrong) => problems.extend(wrong),
            }
        }
        let given = entries.len();
        if args.known.allow_test_values {
            let read = read_allow(&Source::new(TEST_VALUES.0, TEST_VALUES.1));
            entries.extend(read.expect("a test reads it"));
        }
        let met = (0..entries.len()).map(|number| AtomicBool::new(number >= given));
        let met = met.collect();
        if !problems.is_empty() {
            return Err(Failure::Rules(problems));
        }
        Ok(Self {
            catalogue,
            resolves: args.resolve,
            allow: AllowList::new(entries, key.as_ref()).map_err(Failure::Rules)?,
            hash: key.unwrap_or_else(ValueHash::plain),
            met,
        })
    }

    /// The findings of one input that are told. Each wins a claim, which has losers only where claims
    /// are asked for. What is allowed is gone with what lost to it.
    pub(super) fn sift(&self, path: &str, input: &[u8], findings: &[Finding]) -> Vec<Claim> {
        let wanted = findings.iter().copied();
        let wanted: Vec<Finding> = wanted
            .filter(|finding| self.catalogue.wants(finding))
            .collect();
        let mut claims = if self.resolves {
            arbitrate(&self.catalogue.database, input, &wanted)
        } else {
            let alone = |winner| Claim {
                winner,
                losers: Vec::new(),
            };
            wanted.into_iter().map(alone).collect()
        };
        claims.retain(|claim| !self.is_allowed(path, input, &claim.winner));
        claims
    }

    fn is_allowed(&self, path: &str, input: &[u8], finding: &Finding) -> bool {
        let id = self.catalogue.database.classifier(finding.classifier).id();
        let value = &input[finding.start..finding.end];
        let met = self.allow.meeting(id, value, Some(path));
        for &entry in &met {
            self.met[entry].store(true, Ordering::Relaxed);
        }
        !met.is_empty()
    }

    /// What a baseline knows a finding by.
    pub(super) fn key(&self, input: &[u8], finding: &Finding) -> Key {
        let id = self.catalogue.database.classifier(finding.classifier).id();
        let value = &input[finding.start..finding.end];
        (id.to_owned(), self.hash.of(value))
    }

    /// Tells of entries that met nothing: what they were for is gone, or they never fitted.
    pub(super) fn warn(&self) {
        let unmet = self.allow.entries().iter().zip(&self.met);
        let unmet: Vec<Diagnostic> = unmet
            .filter(|(_, met)| !met.load(Ordering::Relaxed))
            .map(|(entry, _)| {
                let message = "no finding meets this entry of the allow-list";
                Diagnostic::new(Code::AllowsNothing, message)
                    .hint("take it out if what it was for is gone")
                    .at(entry.place.clone())
            })
            .collect();
        if !unmet.is_empty() {
            eprint!("{}", to_text(&unmet, false));
        }
    }
}
