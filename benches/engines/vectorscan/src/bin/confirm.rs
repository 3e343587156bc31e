//! Vectorscan as a prefilter and the `regex` crate's automata as the judge.
//!
//! Vectorscan reports, for each rule, every offset where a match ends. The ends of a rule are taken
//! in order, each once. An end inside the last match of its rule is passed over. For any other end
//! `e`:
//!
//! 1. is there a match within `[max(last end, e - reach), e]`? Where assertions look beyond the
//!    window they see the real text. If not, the end belonged to a match that overlaps the last one;
//! 2. if so, the leftmost-first search of `[max(last end, e - reach), e + reach]` gives the match.
//!    It starts no later than the one that ends at `e`, so no earlier start is left out.
//!
//! `reach` is the longest match of the rule, at most [`LONGEST`]. For rules whose matches are not
//! longer than that the result is what iterating over the rule alone gives; a longer match is looked
//! for once more within the reach from its start.

use std::ops::Range;
use std::process::ExitCode;

use engine_vectorscan::{compile, version};
use hyperscan::{BlockDatabase, Matching, Scratch};
use regex_automata::meta::Regex;
use regex_automata::util::syntax;
use regex_automata::{Anchored, Input, meta};
use sluicegate_bench_protocol::{Engine, Pattern, run};

/// Bytes of the longest match that is looked for, as in the engine it is compared to.
const LONGEST: usize = 4096;

struct Rule {
    regex: Regex,
    reach: usize,
}

struct Confirm {
    database: BlockDatabase,
    rules: Vec<Rule>,
}

struct Memory {
    scratch: Scratch,
    /// Rule and end of each report.
    ends: Vec<(u32, usize)>,
}

impl Rule {
    fn new(pattern: &str) -> Result<Self, String> {
        let hir = regex_syntax::ParserBuilder::new()
            .unicode(false)
            .utf8(false)
            .build()
            .parse(pattern)
            .map_err(|error| error.to_string())?;
        let reach = hir.properties().maximum_len().unwrap_or(LONGEST);
        let regex = Regex::builder()
            .syntax(syntax::Config::new().unicode(false).utf8(false))
            .configure(meta::Config::new().utf8_empty(false).nfa_size_limit(None))
            .build(pattern)
            .map_err(|error| error.to_string())?;
        Ok(Self {
            regex,
            reach: reach.min(LONGEST),
        })
    }

    /// The leftmost match that is no longer than the reach.
    fn leftmost(&self, piece: &[u8], mut from: usize, to: usize) -> Option<Range<usize>> {
        loop {
            let found = self.regex.find(Input::new(piece).range(from..to))?;
            if found.len() <= self.reach {
                return Some(found.range());
            }
            let start = found.start();
            let within = Input::new(piece)
                .range(start..start + self.reach)
                .anchored(Anchored::Yes);
            if let Some(found) = self.regex.find(within) {
                return Some(found.range());
            }
            from = start + 1;
        }
    }

    /// Counts the matches that the sorted ends of this rule stand for.
    fn count(&self, piece: &[u8], ends: impl Iterator<Item = usize>) -> u64 {
        let mut count = 0;
        let mut last = 0;
        for end in ends {
            if end <= last {
                continue;
            }
            let from = end.saturating_sub(self.reach).max(last);
            if !self.regex.is_match(Input::new(piece).range(from..end)) {
                continue;
            }
            let to = (end + self.reach).min(piece.len());
            if let Some(found) = self.leftmost(piece, from, to) {
                count += u64::from(!found.is_empty());
                last = found.end;
            }
        }
        count
    }
}

impl Engine for Confirm {
    type Scratch = Memory;
    const NAME: &'static str = "vectorscan-confirm";
    const SPANS: bool = true;
    const NOTE: &'static str = "exact for matches of at most 4096 bytes";

    fn version() -> String {
        version()
    }

    fn compile(patterns: &[Pattern]) -> Result<(Self, usize), String> {
        let (database, lines) = compile(patterns)?;
        let rules = lines
            .iter()
            .map(|line| Rule::new(&patterns[*line].inline()))
            .collect::<Result<Vec<_>, _>>()?;
        let refused = patterns.len() - rules.len();
        Ok((Self { database, rules }, refused))
    }

    fn scratch(&self) -> Memory {
        Memory {
            scratch: self
                .database
                .alloc_scratch()
                .expect("memory for one thread"),
            ends: Vec::new(),
        }
    }

    fn scan(&self, memory: &mut Memory, piece: &[u8]) -> u64 {
        let Memory { scratch, ends } = memory;
        ends.clear();
        self.database
            .scan(piece, scratch, |rule, _, end, _| {
                ends.push((rule, end as usize));
                Matching::Continue
            })
            .expect("a scan that nobody stops");
        ends.sort_unstable();
        ends.chunk_by(|a, b| a.0 == b.0)
            .map(|of_rule| {
                let rule = &self.rules[of_rule[0].0 as usize];
                rule.count(piece, of_rule.iter().map(|(_, end)| *end))
            })
            .sum()
    }
}

fn main() -> ExitCode {
    run::<Confirm>()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_later_end_does_not_hide_an_earlier_start() {
        let rule = Rule::new("abcd|c").expect("a pattern");
        // `c` ends first; the leftmost match is `abcd`.
        assert_eq!(rule.count(b"abcd c", [3, 4, 6].into_iter()), 2);
    }

    #[test]
    fn the_ends_of_one_run_are_one_match() {
        let rule = Rule::new("a{2,9}").expect("a pattern");
        assert_eq!(rule.count(b"-aaaa-", [3, 4, 5].into_iter()), 1);
    }
}
