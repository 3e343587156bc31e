//! The `regex` crate's engine, one rule after the other: the simplest way to be right.

use std::process::ExitCode;

use engine_regex::{SMALL_CACHE, VERSION, compile, count};
use regex_automata::meta::{Cache, Regex};
use sluicegate_bench_protocol::{Engine, Pattern, run};

struct Each(Vec<Regex>);

impl Engine for Each {
    type Scratch = Vec<Cache>;
    const NAME: &'static str = "regex-each";
    const SPANS: bool = true;
    const NOTE: &'static str = "the whole piece once for each rule";

    fn version() -> String {
        VERSION.to_owned()
    }

    fn compile(patterns: &[Pattern]) -> Result<(Self, usize), String> {
        let rules: Vec<Regex> = patterns
            .iter()
            .filter_map(|pattern| compile(&[pattern.inline()], SMALL_CACHE).ok())
            .collect();
        let refused = patterns.len() - rules.len();
        Ok((Self(rules), refused))
    }

    fn scratch(&self) -> Vec<Cache> {
        self.0.iter().map(Regex::create_cache).collect()
    }

    fn scan(&self, caches: &mut Vec<Cache>, piece: &[u8]) -> u64 {
        self.0
            .iter()
            .zip(caches)
            .map(|(regex, cache)| count(regex, cache, piece))
            .sum()
    }
}

fn main() -> ExitCode {
    run::<Each>()
}
