//! The `regex` crate's engine with all rules as one union.
//!
//! Where rules overlap, only the leftmost match of the first rule is reported, so the count is not
//! that of the others and never can be.

use std::process::ExitCode;

use engine_regex::{VERSION, compile, count};
use regex_automata::meta::{Cache, Regex};
use sluicegate_bench_protocol::{Engine, Pattern, run};

/// The usual two megabytes are thrown away again and again with a thousand rules, after which the
/// engine falls back to simulation: kilobytes a second.
const CACHE: usize = 512 << 20;

struct Multi(Regex);

impl Engine for Multi {
    type Scratch = Cache;
    const NAME: &'static str = "regex-multi";
    const SPANS: bool = true;
    const NOTE: &'static str = "one union: of matches that overlap, only the leftmost is counted";

    fn version() -> String {
        VERSION.to_owned()
    }

    fn compile(patterns: &[Pattern]) -> Result<(Self, usize), String> {
        let inline: Vec<String> = patterns.iter().map(Pattern::inline).collect();
        Ok((Self(compile(&inline, CACHE)?), 0))
    }

    fn scratch(&self) -> Cache {
        self.0.create_cache()
    }

    fn scan(&self, cache: &mut Cache, piece: &[u8]) -> u64 {
        count(&self.0, cache, piece)
    }
}

fn main() -> ExitCode {
    run::<Multi>()
}
