//! What is measured: a file of data for each benchmark.

use std::path::Path;

use serde::Deserialize;
use sluicegate_bench_protocol::Model;

/// One benchmark.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Definition {
    /// The file's name without its ending.
    #[serde(skip)]
    pub(crate) name: String,
    /// What is measured.
    pub(crate) model: Model,
    /// The list of patterns, within the data folder.
    pub(crate) patterns: String,
    /// Patterns to take or to generate from the list; all of it as it stands without this.
    pub(crate) rules: Option<usize>,
    /// The text, within the data folder; compressed with `.xz` behind its name.
    pub(crate) input: String,
    /// Bytes of the text to take; all without this.
    pub(crate) bytes: Option<usize>,
    /// Sizes of the pieces; 0 is the whole text.
    #[serde(default = "whole")]
    pub(crate) chunks: Vec<usize>,
    /// Numbers of threads.
    #[serde(default = "one")]
    pub(crate) threads: Vec<usize>,
    /// Repetitions that an engine times in each turn.
    pub(crate) reps: usize,
    /// Who takes part; the first is what the others are compared to.
    pub(crate) engines: Vec<String>,
    /// Engines that must find the same number of matches.
    #[serde(default)]
    pub(crate) agree: Vec<String>,
    /// Counts that are known.
    #[serde(default)]
    pub(crate) expect: Vec<Expectation>,
}

/// A count that is known. Any other makes the figures beside it worthless.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Expectation {
    pub(crate) engine: String,
    pub(crate) chunk: usize,
    pub(crate) bytes: usize,
    pub(crate) count: u64,
}

/// One way of cutting the text and sharing it out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Case {
    pub(crate) chunk: usize,
    pub(crate) threads: usize,
}

fn whole() -> Vec<usize> {
    vec![0]
}

fn one() -> Vec<usize> {
    vec![1]
}

impl Definition {
    pub(crate) fn cases(&self) -> impl Iterator<Item = Case> {
        self.chunks.iter().flat_map(|&chunk| {
            self.threads
                .iter()
                .map(move |&threads| Case { chunk, threads })
        })
    }

    /// The count that this engine must give for so many bytes.
    pub(crate) fn expected(&self, engine: &str, chunk: usize, bytes: usize) -> Option<u64> {
        self.expect
            .iter()
            .find(|e| e.engine == engine && e.chunk == chunk && e.bytes == bytes)
            .map(|e| e.count)
    }
}

/// The definitions of a folder whose names start with one of `only`, by name.
pub(crate) fn read(folder: &Path, only: &[String]) -> Result<Vec<Definition>, String> {
    let mut definitions = Vec::new();
    let entries =
        std::fs::read_dir(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    for entry in entries {
        let path = entry.map_err(|error| error.to_string())?.path();
        let (Some(name), Some("toml")) = (
            path.file_stem().and_then(|name| name.to_str()),
            path.extension().and_then(|ending| ending.to_str()),
        ) else {
            continue;
        };
        if !only.is_empty() && !only.iter().any(|start| name.starts_with(start)) {
            continue;
        }
        let fail = |error: &dyn std::fmt::Display| format!("{}: {error}", path.display());
        let text = std::fs::read_to_string(&path).map_err(|error| fail(&error))?;
        let mut definition: Definition = toml::from_str(&text).map_err(|error| fail(&error))?;
        name.clone_into(&mut definition.name);
        definitions.push(definition);
    }
    definitions.sort_by(|a, b| a.name.cmp(&b.name));
    if definitions.is_empty() {
        return Err(format!("{}: no such definition", folder.display()));
    }
    Ok(definitions)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_definition_can_be_read() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../definitions");
        for definition in read(&folder, &[]).expect("readable") {
            assert!(definition.cases().count() > 0, "{}", definition.name);
            assert!(
                definition
                    .agree
                    .iter()
                    .all(|name| definition.engines.contains(name)),
                "{}",
                definition.name
            );
        }
    }
}
