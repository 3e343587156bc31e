//! One automaton over the literals that the rules cannot match without, then the `regex` crate's
//! engine near each hit: what many scanners call a keyword check.
//!
//! A hit `[a, b)` of a rule makes it search `[max(from, b - reach), a + reach]` for its leftmost
//! match. If that starts at `a` or before, it is the match; otherwise no match of the rule starts at
//! `a` or before. Either way `from` moves on, so that a flood of hits cannot search the same text
//! for ever. `reach` is the longest match of the rule, at most [`LONGEST`].

use std::process::ExitCode;

use aho_corasick::{AhoCorasick, AhoCorasickKind};
use engine_regex::{SMALL_CACHE, VERSION, compile, count};
use regex_automata::Input;
use regex_automata::meta::{Cache, Regex};
use regex_syntax::hir::{Class, Hir, HirKind};
use sluicegate_bench_protocol::{Engine, Pattern, run};

/// Bytes of the longest match that is looked for, as in the engine it is compared to.
const LONGEST: usize = 4096;
/// Shorter literals hit so often that the rule is searched for everywhere instead.
const SHORTEST_LITERAL: usize = 3;
/// More literals than this in one alternation are not worth their hits.
const MOST_LITERALS: usize = 64;

struct Rule {
    regex: Regex,
    reach: usize,
}

struct Literals {
    automaton: AhoCorasick,
    /// The rules of each literal.
    of_literal: Vec<Vec<usize>>,
    rules: Vec<Rule>,
    /// Rules without a usable literal.
    everywhere: Vec<usize>,
}

struct Memory {
    caches: Vec<Cache>,
    /// Where the next match of each rule may start.
    from: Vec<usize>,
}

/// Lower-case literals of which every match of the pattern holds at least one, any case.
fn required(hir: &Hir) -> Option<Vec<String>> {
    let found = match hir.kind() {
        HirKind::Literal(_) | HirKind::Class(_) => vec![folded(hir)?],
        HirKind::Capture(capture) => return required(&capture.sub),
        HirKind::Repetition(repetition) if repetition.min > 0 => return required(&repetition.sub),
        HirKind::Alternation(ways) => {
            let all: Option<Vec<Vec<String>>> = ways.iter().map(required).collect();
            all?.concat()
        }
        HirKind::Concat(parts) => {
            let mut choices: Vec<Vec<String>> = parts.iter().filter_map(required).collect();
            let mut run = String::new();
            for part in parts {
                if let Some(text) = folded(part) {
                    run.push_str(&text);
                } else {
                    choices.push(vec![std::mem::take(&mut run)]);
                }
            }
            choices.push(vec![run]);
            choices
                .into_iter()
                .max_by_key(|literals| (shortest(literals), usize::MAX - literals.len()))?
        }
        _ => return None,
    };
    let usable = shortest(&found) >= SHORTEST_LITERAL && found.len() <= MOST_LITERALS;
    // Single characters are kept: a neighbour may lengthen them.
    (usable || matches!(hir.kind(), HirKind::Literal(_) | HirKind::Class(_))).then_some(found)
}

fn shortest(literals: &[String]) -> usize {
    literals.iter().map(String::len).min().unwrap_or(0)
}

/// The one lower-case ASCII text that this part stands for, if case is ignored.
fn folded(hir: &Hir) -> Option<String> {
    match hir.kind() {
        HirKind::Literal(literal) => {
            let text = std::str::from_utf8(&literal.0).ok()?;
            text.is_ascii().then(|| text.to_ascii_lowercase())
        }
        HirKind::Class(Class::Bytes(class)) => {
            let mut bytes = class.iter().flat_map(|range| range.start()..=range.end());
            let (first, second, more) = (bytes.next()?, bytes.next()?, bytes.next());
            let pair = more.is_none() && first.eq_ignore_ascii_case(&second);
            pair.then(|| char::from(second).to_ascii_lowercase().to_string())
        }
        _ => None,
    }
}

impl Engine for Literals {
    type Scratch = Memory;
    const NAME: &'static str = "aho-corasick";
    const SPANS: bool = true;
    const NOTE: &'static str = "exact for matches of at most 4096 bytes";

    fn version() -> String {
        format!("aho-corasick 1.1, {VERSION}")
    }

    fn compile(patterns: &[Pattern]) -> Result<(Self, usize), String> {
        let mut literals: Vec<String> = Vec::new();
        let mut of_literal: Vec<Vec<usize>> = Vec::new();
        let mut numbers = std::collections::HashMap::new();
        let mut rules = Vec::new();
        let mut everywhere = Vec::new();
        for pattern in patterns {
            let inline = pattern.inline();
            let Ok(regex) = compile(&[&inline], SMALL_CACHE) else {
                continue;
            };
            let hir = regex_syntax::ParserBuilder::new()
                .unicode(false)
                .utf8(false)
                .build()
                .parse(&inline)
                .map_err(|error| error.to_string())?;
            let rule = rules.len();
            let reach = hir.properties().maximum_len().unwrap_or(LONGEST);
            rules.push(Rule {
                regex,
                reach: reach.min(LONGEST),
            });
            let found = required(&hir).filter(|found| shortest(found) >= SHORTEST_LITERAL);
            if found.is_none() {
                everywhere.push(rule);
            }
            for literal in found.into_iter().flatten() {
                let number = *numbers.entry(literal.clone()).or_insert_with(|| {
                    literals.push(literal);
                    of_literal.push(Vec::new());
                    literals.len() - 1
                });
                of_literal[number].push(rule);
            }
        }
        let automaton = AhoCorasick::builder()
            .ascii_case_insensitive(true)
            .kind(Some(AhoCorasickKind::DFA))
            .build(&literals)
            .map_err(|error| error.to_string())?;
        let refused = patterns.len() - rules.len();
        let engine = Self {
            automaton,
            of_literal,
            rules,
            everywhere,
        };
        Ok((engine, refused))
    }

    fn scratch(&self) -> Memory {
        let caches = self.rules.iter().map(|rule| rule.regex.create_cache());
        Memory {
            caches: caches.collect(),
            from: Vec::new(),
        }
    }

    fn scan(&self, memory: &mut Memory, piece: &[u8]) -> u64 {
        let Memory { caches, from } = memory;
        from.clear();
        from.resize(self.rules.len(), 0);
        let mut total = 0;
        for hit in self.automaton.find_overlapping_iter(piece) {
            for &number in &self.of_literal[hit.pattern().as_usize()] {
                let rule = &self.rules[number];
                let first = from[number].max(hit.end().saturating_sub(rule.reach));
                if first > hit.start() {
                    continue;
                }
                let last = (hit.start() + rule.reach).min(piece.len());
                let window = Input::new(piece).range(first..last);
                from[number] = match rule.regex.search_with(&mut caches[number], &window) {
                    Some(found) if found.start() <= hit.start() => {
                        total += 1;
                        found.end()
                    }
                    _ => hit.start() + 1,
                };
            }
        }
        for &number in &self.everywhere {
            total += count(&self.rules[number].regex, &mut caches[number], piece);
        }
        total
    }
}

fn main() -> ExitCode {
    run::<Literals>()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn literals(pattern: &str) -> Option<Vec<String>> {
        let hir = regex_syntax::ParserBuilder::new()
            .unicode(false)
            .utf8(false)
            .build()
            .parse(pattern)
            .expect("a pattern");
        required(&hir)
    }

    #[test]
    fn the_longest_literal_is_required() {
        assert_eq!(literals("(?i)ab[0-9]+Key_"), Some(vec!["key_".to_owned()]));
        assert_eq!(
            literals("(?:one|three)[0-9]"),
            Some(vec!["one".to_owned(), "three".to_owned()])
        );
        assert_eq!(literals("(?:one)?[0-9]{3}"), None);
    }

    #[test]
    fn matches_are_those_of_each_rule_alone() {
        let list = "\tkey[a-z]{1,3}\ni\tkeyab\n\t[0-9]{4}";
        let patterns = sluicegate_bench_protocol::read_patterns(list);
        let (engine, refused) = Literals::compile(&patterns).expect("three patterns");
        assert_eq!(refused, 0);
        let mut memory = engine.scratch();
        assert_eq!(engine.scan(&mut memory, b"keykeyab KEYAB 12345"), 4);
    }
}
