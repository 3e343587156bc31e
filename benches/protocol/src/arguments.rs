//! The command line of an engine.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

/// What is measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Model {
    /// Throughput: the whole input, piece by piece, under one clock.
    Scan,
    /// Each piece under a clock of its own.
    Latency,
    /// From the patterns to something that can scan.
    Compile,
    /// From a stored database to something that can scan.
    Load,
}

impl Model {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Scan, Self::Latency, Self::Compile, Self::Load];

    /// The name in definitions, arguments and results.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Scan => "scan",
            Self::Latency => "latency",
            Self::Compile => "compile",
            Self::Load => "load",
        }
    }
}

/// What an engine is asked to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Arguments {
    /// The list of patterns: flags, tab, pattern on each line.
    pub patterns: PathBuf,
    /// The text.
    pub input: PathBuf,
    /// Bytes of a piece; 0 gives the whole input in one call.
    pub chunk: usize,
    /// Repetitions that are timed.
    pub reps: usize,
    /// What is measured.
    pub model: Model,
    /// Threads that share the pieces.
    pub threads: usize,
}

impl Arguments {
    /// Reads the arguments that follow the program's name.
    ///
    /// # Errors
    ///
    /// A sentence when an argument is unknown, lacks its value or cannot be read.
    pub fn parse(given: impl IntoIterator<Item = String>) -> Result<Self, String> {
        let mut parsed = Self {
            patterns: PathBuf::new(),
            input: PathBuf::new(),
            chunk: 0,
            reps: 3,
            model: Model::Scan,
            threads: 1,
        };
        let mut given = given.into_iter();
        while let Some(name) = given.next() {
            let value = given
                .next()
                .ok_or_else(|| format!("{name} needs a value"))?;
            match name.as_str() {
                "--patterns" => parsed.patterns = value.into(),
                "--input" => parsed.input = value.into(),
                "--chunk" => parsed.chunk = number(&name, &value)?,
                "--reps" => parsed.reps = number(&name, &value)?.max(1),
                "--threads" => parsed.threads = number(&name, &value)?.max(1),
                "--model" => {
                    parsed.model = Model::ALL
                        .into_iter()
                        .find(|model| model.as_str() == value)
                        .ok_or_else(|| format!("no model is called {value}"))?;
                }
                _ => return Err(format!("unknown argument {name}")),
            }
        }
        for (name, path) in [("--patterns", &parsed.patterns), ("--input", &parsed.input)] {
            if path.as_os_str().is_empty() {
                return Err(format!("{name} is missing"));
            }
        }
        Ok(parsed)
    }

    /// The arguments as an engine reads them.
    pub fn to_args(&self) -> Vec<String> {
        [
            ("--patterns", self.patterns.display().to_string()),
            ("--input", self.input.display().to_string()),
            ("--chunk", self.chunk.to_string()),
            ("--reps", self.reps.to_string()),
            ("--model", self.model.as_str().to_owned()),
            ("--threads", self.threads.to_string()),
        ]
        .into_iter()
        .flat_map(|(name, value)| [name.to_owned(), value])
        .collect()
    }
}

fn number(name: &str, value: &str) -> Result<usize, String> {
    value
        .parse()
        .map_err(|_| format!("{name} needs a number, not {value}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arguments_survive_writing_and_reading() {
        let arguments = Arguments {
            patterns: "rules.tsv".into(),
            input: "text".into(),
            chunk: 4096,
            reps: 5,
            model: Model::Latency,
            threads: 2,
        };
        assert_eq!(Arguments::parse(arguments.to_args()), Ok(arguments));
    }

    #[test]
    fn a_missing_file_is_said() {
        let error = Arguments::parse(["--input".to_owned(), "text".to_owned()]);
        assert_eq!(error, Err("--patterns is missing".to_owned()));
    }
}
