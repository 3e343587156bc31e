//! This checkout: the patterns as classifiers, without validators or context.

use std::process::ExitCode;

use sluicegate::model::{Classifier, ClassifierId};
use sluicegate::{Completeness, Database, Scratch, compile, scan};
use sluicegate_bench_protocol::{Engine, Pattern, run};

struct Sluicegate(Database);

impl Engine for Sluicegate {
    type Scratch = Scratch;
    const NAME: &'static str = "sluicegate";
    const SPANS: bool = true;
    const NOTE: &'static str = "";

    fn version() -> String {
        // Of the engine itself; the record names the commit.
        env!("CARGO_PKG_VERSION").to_owned()
    }

    fn compile(patterns: &[Pattern]) -> Result<(Self, usize), String> {
        let classifiers: Vec<Classifier> = patterns
            .iter()
            .enumerate()
            .map(|(line, pattern)| {
                let id = ClassifierId::new(&format!("custom.line.{:05}", line + 1))
                    .expect("a family, a group and a number");
                Classifier::new(id).with_regex(pattern.inline())
            })
            .collect();
        let compiled = compile(&classifiers).map_err(|error| error.to_string())?;
        Ok((Self(compiled.database), 0))
    }

    fn scratch(&self) -> Scratch {
        Scratch::new()
    }

    fn scan(&self, scratch: &mut Scratch, piece: &[u8]) -> u64 {
        let scan = scan(&self.0, scratch, piece);
        // Findings that may be missing would make the time a lie.
        assert_eq!(scan.completeness, Completeness::Complete);
        scan.findings.len() as u64
    }

    fn image(&self) -> Option<Vec<u8>> {
        Some(self.0.image().to_vec())
    }

    fn load(image: Vec<u8>) -> Result<Self, String> {
        Database::load(image)
            .map(Self)
            .map_err(|error| error.to_string())
    }
}

fn main() -> ExitCode {
    run::<Sluicegate>()
}
