//! What is known and may be there: findings that nothing is to be done about.
//!
//! | file | holds |
//! |---|---|
//! | `mod.rs` | entries, and which of them meet a finding |
//! | `read.rs` | TOML text to entries |
//! | `hash.rs` | hashes that stand for values in entries and in output |
//!
//! A list is given by its user, never picked up from where the input is.

mod hash;
mod read;

use std::fmt;

use sluicegate::model::{Classifier, ClassifierId, Code, Diagnostic, Place};
use sluicegate::{Database, Scratch, compile, scan};

use crate::policy::{IdPattern, wildcard};

pub use hash::ValueHash;
pub use read::read_allow;
pub(crate) use read::{Paths, allowances};

/// Longest value that a pattern can meet, in bytes.
const MAX_VALUE: u32 = 65_536;

/// One entry: a finding that meets all of the conditions that are there is allowed. At least one is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Allowance {
    /// Why.
    pub reason: String,
    /// The classifier's id matches one of them.
    pub classifiers: Vec<IdPattern>,
    /// The value has one of these hashes, as [`ValueHash`] writes them.
    pub value_hashes: Vec<String>,
    /// One of these patterns matches the whole value, in the syntax of classifiers.
    pub patterns: Vec<String>,
    /// The path of the input matches one of them; `*` is any text, `?` one character.
    pub paths: Vec<String>,
    /// Where it is written, if in a file.
    pub place: Option<Place>,
}

/// Entries that are ready to be asked.
#[derive(Clone)]
pub struct AllowList {
    entries: Vec<Allowance>,
    /// A classifier for each pattern.
    patterns: Database,
    /// Which entry each of these classifiers belongs to.
    owners: Vec<usize>,
    hashes: Vec<ValueHash>,
}

impl fmt::Debug for AllowList {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AllowList")
            .field("entries", &self.entries.len())
            .finish_non_exhaustive()
    }
}

impl AllowList {
    /// A list of these entries. `key` makes the keyed hashes among those that they name.
    ///
    /// ```
    /// use sluicegate::model::Source;
    /// use sluicegate_guard::allow::{AllowList, read_allow};
    /// let text = "[[allow]]\nreason = \"our test data\"\npatterns = ['TCK-0+']\n";
    /// let entries = read_allow(&Source::new("allow.toml", text)).unwrap();
    /// let list = AllowList::new(entries, None).unwrap();
    /// assert_eq!(list.meeting("custom.ticket", b"TCK-000", None), [0]);
    /// assert!(list.meeting("custom.ticket", b"TCK-001", None).is_empty());
    /// ```
    ///
    /// # Panics
    /// Never: the ids that it makes are well formed.
    ///
    /// # Errors
    /// Patterns that can't be compiled, and keyed hashes without a key.
    pub fn new(entries: Vec<Allowance>, key: Option<&ValueHash>) -> Result<Self, Vec<Diagnostic>> {
        let mut problems = Vec::new();
        let mut classifiers = Vec::new();
        let mut owners = Vec::new();
        let written = |keyed: bool| {
            let mut hashes = entries.iter().flat_map(|entry| &entry.value_hashes);
            hashes.any(|hash| ValueHash::is_keyed(hash) == keyed)
        };
        let mut hashes = Vec::new();
        if written(false) {
            hashes.push(ValueHash::plain());
        }
        hashes.extend(key.filter(|_| written(true)).cloned());
        for (number, entry) in entries.iter().enumerate() {
            let is_keyed = |hash: &String| ValueHash::is_keyed(hash);
            if key.is_none() && entry.value_hashes.iter().any(is_keyed) {
                problems.push(
                    Diagnostic::new(
                        Code::BadValue,
                        "a keyed hash needs the key it was made with",
                    )
                    .hint("give `--key-file FILE`")
                    .at(entry.place.clone()),
                );
            }
            for pattern in &entry.patterns {
                // In the order of ids, which is that of the numbers.
                let id = format!("allow.p{:06}", owners.len());
                let id = ClassifierId::new(&id).expect("a well-formed id");
                let mut classifier = Classifier::new(id).with_regex(format!(r"\A(?:{pattern})\z"));
                classifier.regexes[0].max_len = Some(MAX_VALUE);
                classifier.regexes[0].place.clone_from(&entry.place);
                classifiers.push(classifier);
                owners.push(number);
            }
        }
        match compile(&classifiers) {
            Ok(compiled) if problems.is_empty() => Ok(Self {
                entries,
                patterns: compiled.database,
                owners,
                hashes,
            }),
            Ok(_) => Err(problems),
            Err(error) => {
                let of_pattern = error.0.into_iter().map(|problem| Diagnostic {
                    classifier: None,
                    ..problem
                });
                problems.extend(of_pattern);
                Err(problems)
            }
        }
    }

    /// The entries in their order.
    pub fn entries(&self) -> &[Allowance] {
        &self.entries
    }

    /// The numbers of the entries that a finding meets, in their order. Entries with paths are met by
    /// inputs that have one.
    pub fn meeting(&self, classifier: &str, value: &[u8], path: Option<&str>) -> Vec<usize> {
        let mut hashes: Option<Vec<String>> = None;
        let mut matched: Option<Vec<usize>> = None;
        let mut met = Vec::new();
        for (number, entry) in self.entries.iter().enumerate() {
            let is_met = allows(&entry.classifiers, |pattern| pattern.matches(classifier))
                && allows(&entry.paths, |pattern| {
                    path.is_some_and(|path| wildcard(plain_path(pattern), plain_path(path)))
                })
                && allows(&entry.value_hashes, |hash| {
                    let known = hashes.get_or_insert_with(|| self.hashes_of(value));
                    known.contains(hash)
                })
                && (entry.patterns.is_empty()
                    || matched
                        .get_or_insert_with(|| self.matching(value))
                        .contains(&number));
            if is_met {
                met.push(number);
            }
        }
        met
    }

    fn hashes_of(&self, value: &[u8]) -> Vec<String> {
        self.hashes.iter().map(|hash| hash.of(value)).collect()
    }

    /// The entries of which a pattern matches the whole value.
    fn matching(&self, value: &[u8]) -> Vec<usize> {
        let mut scratch = Scratch::new();
        let found = scan(&self.patterns, &mut scratch, value).findings.iter();
        found
            .map(|found| self.owners[found.classifier.get() as usize])
            .collect()
    }
}

/// Whether a condition is met, which it is where there is none.
fn allows<T>(alternatives: &[T], meets: impl FnMut(&T) -> bool) -> bool {
    alternatives.is_empty() || alternatives.iter().any(meets)
}

/// A path as people write it, who begin some of them with the folder that they are in.
fn plain_path(path: &str) -> &str {
    path.strip_prefix("./").unwrap_or(path)
}
