//! Where a set comes from and what is in it.

use std::collections::BTreeMap;
use std::fmt::Write;

use serde::Serialize;
use sha2::{Digest, Sha256};

use crate::Line;

/// What stands beside the files of a set, as `manifest.toml`.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Manifest {
    /// What made the set, with its version.
    pub made_by: String,
    /// The seed, where the set was made from one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub seed: Option<u64>,
    /// Classifiers that there is no case of.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub without: Vec<String>,
    /// The files, by name.
    pub file: Vec<File>,
}

/// One file of a set.
#[derive(Clone, Debug, Serialize)]
pub struct File {
    /// Its name in the folder of the set.
    pub name: String,
    /// Where its texts come from.
    pub origin: String,
    /// On what terms; empty where nothing is known.
    pub licence: String,
    /// SHA-256 of its bytes, in hexadecimal.
    pub sha256: String,
    /// SHA-256 of the file it was read from.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub read_from_sha256: Option<String>,
    /// Cases in it; none in a plain text.
    pub cases: usize,
    /// Cases in which nothing may be found.
    pub negatives: usize,
    /// Cases by source.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub sources: BTreeMap<String, usize>,
}

impl File {
    /// A file of cases, with its bytes.
    pub fn of_cases(name: &str, origin: &str, licence: &str, lines: &[Line]) -> (Self, String) {
        let text: String = lines.iter().map(Line::render).collect();
        let mut sources = BTreeMap::new();
        for line in lines {
            *sources.entry(line.source.clone()).or_default() += 1;
        }
        let file = Self {
            cases: lines.len(),
            negatives: lines.iter().filter(|line| line.negative).count(),
            sources,
            ..Self::of_text(name, origin, licence, text.as_bytes())
        };
        (file, text)
    }

    /// A file of plain text.
    pub fn of_text(name: &str, origin: &str, licence: &str, bytes: &[u8]) -> Self {
        Self {
            name: name.to_owned(),
            origin: origin.to_owned(),
            licence: licence.to_owned(),
            sha256: digest(bytes),
            read_from_sha256: None,
            cases: 0,
            negatives: 0,
            sources: BTreeMap::new(),
        }
    }
}

pub(crate) fn digest(bytes: &[u8]) -> String {
    let mut text = String::new();
    for byte in Sha256::digest(bytes) {
        // Writing to a string does not fail.
        let _ = write!(text, "{byte:02x}");
    }
    text
}
