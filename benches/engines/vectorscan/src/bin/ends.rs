//! Vectorscan in block mode without start of match: which rule, and where a match ends.

use std::process::ExitCode;

use engine_vectorscan::{compile, version};
use hyperscan::{BlockDatabase, Matching, Scratch, SerializedDatabase};
use sluicegate_bench_protocol::{Engine, Pattern, run};

struct Ends(BlockDatabase);

impl Engine for Ends {
    type Scratch = Scratch;
    const NAME: &'static str = "vectorscan";
    const SPANS: bool = false;
    const NOTE: &'static str = "counts callbacks: one for each end of each rule, no starts";

    fn version() -> String {
        version()
    }

    fn compile(patterns: &[Pattern]) -> Result<(Self, usize), String> {
        let (database, lines) = compile(patterns)?;
        Ok((Self(database), patterns.len() - lines.len()))
    }

    fn scratch(&self) -> Scratch {
        self.0.alloc_scratch().expect("memory for one thread")
    }

    fn scan(&self, scratch: &mut Scratch, piece: &[u8]) -> u64 {
        let mut count = 0;
        self.0
            .scan(piece, scratch, |_, _, _, _| {
                count += 1;
                Matching::Continue
            })
            .expect("a scan that nobody stops");
        count
    }

    fn image(&self) -> Option<Vec<u8>> {
        self.0.serialize().ok().map(|bytes| bytes.to_vec())
    }

    fn load(image: Vec<u8>) -> Result<Self, String> {
        image
            .deserialize()
            .map(Self)
            .map_err(|error| error.to_string())
    }
}

fn main() -> ExitCode {
    run::<Ends>()
}
