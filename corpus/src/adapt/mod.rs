//! Public labelled sets to cases of ours. Nothing of them is kept in this repository: they are read
//! from a folder, and what is written stays where the caller wants it.
//!
//! | file | holds |
//! |---|---|
//! | `set.rs` | the sets that are known, and the words of their classes |
//! | `read.rs` | files, compressed or not |

mod read;
mod set;

use std::collections::BTreeMap;
use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

use sluicegate_model::{Case, read_cases};

use crate::manifest::{Manifest, digest};
use crate::{File, Line};
use set::{Classes, Set};

/// Ends of names of files with cases.
const CASES: [&str; 2] = [".jsonl", ".jsonl.xz"];
/// Ends of names of plain texts.
const TEXTS: [&str; 4] = [".txt", ".txt.xz", ".csv", ".csv.xz"];

/// What came of a folder.
#[derive(Debug, Default)]
pub struct Adapted {
    /// Where each file comes from.
    pub manifest: Manifest,
    /// Files to write: names below the folder of the set, and their bytes.
    pub files: Vec<(String, Vec<u8>)>,
    /// Lines that were no case, by file and number, and files that nothing is known of.
    pub notes: Vec<String>,
}

/// Why a folder can't be read.
#[derive(Debug)]
pub struct AdaptError {
    path: PathBuf,
    source: io::Error,
}

impl fmt::Display for AdaptError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.path.display(), self.source)
    }
}

impl std::error::Error for AdaptError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&self.source)
    }
}

/// Reads every file of cases in a folder and in the folders in it, and the plain texts beside them.
/// A set that is known gets its origin and licence, words in front of bare values and sources by
/// label; another is taken as it is, with a note. A line that is no case is left out with a note.
///
/// # Errors
/// When the folder or a file in it can't be read or decompressed.
pub fn adapt(folder: &Path) -> Result<Adapted, AdaptError> {
    let known = set::known();
    let mut adapted = Adapted::default();
    for path in read::list(folder)? {
        let name = path
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        let stem = |ends: &[&str]| {
            ends.iter()
                .find_map(|end| name.strip_suffix(end))
                .map(str::to_owned)
        };
        let cases = stem(&CASES);
        // Bodies of requests, one a line, are texts: they have no labels.
        let Some(stem) = cases.clone().or_else(|| stem(&TEXTS)) else {
            continue;
        };
        let (bytes, packed) = read::read(&path)?;
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let set = known.iter().find(|set| set.name == stem);
        let (found, bad) = match cases {
            Some(_) => read_cases(&text),
            None => (Vec::new(), Vec::new()),
        };
        let written = if found.is_empty() {
            let name = format!("benign/{}", name.trim_end_matches(".xz"));
            let file = File::of_text(&name, "the folder that was read", "", &bytes);
            vec![(file, bytes)]
        } else {
            adapted.notes.extend(
                bad.iter()
                    .map(|line| format!("{}:{}: {}", path.display(), line.line, line.reason)),
            );
            if set.is_none() {
                adapted.notes.push(format!(
                    "{}: not a set that is known, taken as it is",
                    path.display()
                ));
            }
            of_cases(&stem, set, found, &mut adapted.files)
        };
        for (mut file, bytes) in written {
            file.read_from_sha256 = Some(digest(&packed));
            adapted.files.push((file.name.clone(), bytes));
            adapted.manifest.file.push(file);
        }
    }
    Ok(adapted)
}

fn of_cases(
    stem: &str,
    set: Option<&Set>,
    cases: Vec<Case>,
    files: &mut Vec<(String, Vec<u8>)>,
) -> Vec<(File, Vec<u8>)> {
    let classes = set::classes(stem);
    if let Some(text) = set::class_file(stem) {
        files.push((format!("classes/{stem}.toml"), text.as_bytes().to_vec()));
    }
    let (origin, licence) = set.map_or(("", ""), |set| (&set.origin, &set.licence));
    let mut sets: BTreeMap<String, Vec<Line>> = BTreeMap::new();
    for case in cases {
        let mut line = line(stem, set, case);
        if set.is_some_and(|set| set.in_context) {
            let mut bare = line.clone();
            bare.source = format!("{stem}-bare");
            sets.entry(bare.source.clone()).or_default().push(bare);
            in_context(&mut line, &classes);
        }
        sets.entry(stem.to_owned()).or_default().push(line);
    }
    if sets.contains_key(&format!("{stem}-bare"))
        && let Some(text) = set::class_file(stem)
    {
        files.push((
            format!("classes/{stem}-bare.toml"),
            text.as_bytes().to_vec(),
        ));
    }
    sets.into_iter()
        .map(|(name, lines)| {
            let (file, text) = File::of_cases(&format!("{name}.jsonl"), origin, licence, &lines);
            (file, text.into_bytes())
        })
        .collect()
}

fn line(stem: &str, set: Option<&Set>, case: Case) -> Line {
    let mut source = if case.source.is_empty() {
        stem.to_owned()
    } else {
        case.source
    };
    let split = set.map_or(&[][..], |set| &set.split);
    if let Some(label) = split.iter().find(|label| case.labels.contains(label)) {
        source = format!("{source}-{label}");
    }
    let mut labels = case.labels;
    if case.negative && set.is_some_and(|set| set.negatives_by_family) {
        labels.truncate(1);
    }
    Line {
        id: case.id,
        source,
        kind: case.kind,
        text: case.text,
        spans: case
            .spans
            .into_iter()
            .map(|span| (span.start, span.end, span.class))
            .collect(),
        labels,
        negative: case.negative,
    }
}

/// Puts the word of its class in front of a text that is one value and nothing else.
fn in_context(line: &mut Line, classes: &Classes) {
    let class = line.labels.first().cloned().unwrap_or_default();
    if let Some(word) = classes.word(&class)
        && line.is_bare()
    {
        line.prefix(&format!("{word}: "));
    }
}
