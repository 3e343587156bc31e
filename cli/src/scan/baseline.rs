//! Findings that are known: which classifier, which value, and how often.
//!
//! Where a value stands does not count, so moving it makes nothing new. A value that stands more often
//! than before is new, from that many findings on, in the order of the inputs.

use std::collections::BTreeMap;
use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::failure::Failure;
use crate::input;
use crate::replace;

/// What a finding is known by: the id of its classifier and the hash of its value.
pub(super) type Key = (String, String);

/// The form of the file, which a change of the hashes changes too.
const VERSION: u32 = 1;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    version: u32,
    findings: Vec<Known>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Known {
    classifier: String,
    value_hash: String,
    count: usize,
}

/// How often each finding is known.
#[derive(Default)]
pub(super) struct Baseline(BTreeMap<Key, usize>);

impl Baseline {
    /// Reads a baseline; `is_keyed` says whether hashes are made with a key.
    pub(super) fn read(path: &Path, is_keyed: bool) -> Result<Self, Failure> {
        let text = input::read(path)?;
        let wrong = |what: String| {
            Failure::new(what)
                .at(path.display())
                .hint("`scan --write-baseline FILE` makes one")
        };
        let file: File = serde_json::from_slice(text.as_ref())
            .map_err(|error| wrong(format!("not a baseline: {error}")))?;
        if file.version != VERSION {
            let version = file.version;
            return Err(wrong(format!(
                "a baseline of version {version}, not {VERSION}"
            )));
        }
        let known = file.findings.into_iter();
        let known: BTreeMap<Key, usize> = known
            .map(|known| ((known.classifier, known.value_hash), known.count))
            .collect();
        let mut hashes = known.keys().map(|(_, hash)| hash.starts_with("keyed:"));
        if hashes.any(|keyed| keyed != is_keyed) {
            let hint = if is_keyed {
                "leave out `--key-file`, or write it anew with the key"
            } else {
                "give the `--key-file` that it was made with"
            };
            let what = "the hashes of the baseline are of another kind";
            return Err(Failure::new(what).at(path.display()).hint(hint));
        }
        Ok(Self(known))
    }

    /// Whether a finding is known, which then is known once less.
    pub(super) fn take(&mut self, key: &Key) -> bool {
        match self.0.get_mut(key) {
            Some(count @ 1..) => {
                *count -= 1;
                true
            }
            _ => false,
        }
    }

    /// Takes a finding down.
    pub(super) fn add(&mut self, key: Key) {
        *self.0.entry(key).or_default() += 1;
    }

    /// Writes the baseline: a line for each finding, in the order of ids and hashes.
    pub(super) fn write(&self, path: &Path) -> Result<(), Failure> {
        let rows = self.0.iter().map(|((classifier, value_hash), &count)| {
            let known = Known {
                classifier: classifier.clone(),
                value_hash: value_hash.clone(),
                count,
            };
            serde_json::to_string(&known).expect("it has string keys")
        });
        let rows: Vec<String> = rows.collect();
        let text = match rows.join(",\n  ") {
            rows if rows.is_empty() => "[]".to_owned(),
            rows => format!("[\n  {rows}\n]"),
        };
        let text = format!("{{\"version\": {VERSION}, \"findings\": {text}}}\n");
        replace::write(path, text.as_bytes())
    }
}
