//! What must hold for every set of rules and every input.

use std::fmt;
use std::panic::{AssertUnwindSafe, catch_unwind};

use sluicegate::model::{Classifier, Code};
use sluicegate::{
    Completeness, Database, Finding, Kernel, Reference, Scanner, Scratch, Settled, Stream, compile,
};

use crate::Choices;

/// A broken promise.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// Which one.
    pub oracle: &'static str,
    /// What it asks for, where it is about findings.
    pub expected: Vec<Finding>,
    /// What came instead.
    pub found: Vec<Finding>,
    /// More about it.
    pub detail: String,
}

impl Difference {
    fn new(oracle: &'static str, detail: impl Into<String>) -> Self {
        Self {
            oracle,
            expected: Vec::new(),
            found: Vec::new(),
            detail: detail.into(),
        }
    }

    fn findings(oracle: &'static str, expected: &[Finding], found: &[Finding]) -> Self {
        Self {
            oracle,
            expected: expected.to_vec(),
            found: found.to_vec(),
            detail: String::new(),
        }
    }
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.oracle, self.detail)?;
        let only = |some: &[Finding], others: &[Finding]| -> Vec<Finding> {
            let mut some = some.to_vec();
            some.retain(|finding| !others.contains(finding));
            some
        };
        for finding in only(&self.expected, &self.found) {
            write!(f, "\n  missing  {}", show(&finding))?;
        }
        for finding in only(&self.found, &self.expected) {
            write!(f, "\n  too much {}", show(&finding))?;
        }
        Ok(())
    }
}

impl std::error::Error for Difference {}

fn show(finding: &Finding) -> String {
    format!(
        "{}..{} classifier {} confidence {}",
        finding.start,
        finding.end,
        finding.classifier.get(),
        finding.confidence
    )
}

/// A set of rules in every form the oracles compare.
#[derive(Debug)]
pub struct Subject {
    reference: Reference,
    fresh: Scanner,
    loaded: Scanner,
    /// Each classifier alone, in the order of indices. Composites find nothing so.
    single: Vec<Scanner>,
    scratch: Scratch,
}

impl Subject {
    /// Prepares the rules; `None` when they are refused with good reason.
    ///
    /// # Errors
    /// When the rules are refused though the reference takes them, or when what comes out depends
    /// on more than the rules.
    pub fn new(rules: &[Classifier]) -> Result<Option<Self>, Difference> {
        guarded("compiling does not panic", || Self::build(rules))
    }

    fn build(rules: &[Classifier]) -> Result<Option<Self>, Difference> {
        let database = match compile(rules) {
            Ok(compiled) => compiled.database,
            Err(error) => {
                // The reference has no limits and searches also for what can't be found.
                let refused = |code| {
                    matches!(
                        code,
                        Code::PatternTooLarge
                            | Code::DatabaseTooLarge
                            | Code::EmptyPattern
                            | Code::NeverMatches
                            | Code::NoDetector
                    )
                };
                if error.0.iter().any(|problem| refused(problem.code))
                    || Reference::new(rules).is_err()
                {
                    return Ok(None);
                }
                return Err(Difference::new(
                    "what the reference takes can be compiled",
                    error.to_string(),
                ));
            }
        };
        let reference = Reference::new(rules).map_err(|error| {
            Difference::new(
                "what can be compiled the reference takes",
                error.to_string(),
            )
        })?;
        let mut reversed = rules.to_vec();
        reversed.reverse();
        for (oracle, rules) in [
            ("equal rules give equal bytes", rules),
            ("the order of the rules does not matter", &reversed),
        ] {
            let again =
                compile(rules).map_err(|error| Difference::new(oracle, error.to_string()))?;
            if again.database.image() != database.image() {
                return Err(Difference::new(oracle, "the images differ"));
            }
        }
        let loaded = Database::load(database.image().to_vec())
            .map_err(|error| Difference::new("what was compiled loads", error.to_string()))?;
        let mut sorted: Vec<&Classifier> = rules.iter().collect();
        sorted.sort_by(|a, b| a.id.cmp(&b.id));
        let single = sorted
            .into_iter()
            .map(|classifier| {
                let compiled = compile(std::slice::from_ref(classifier)).map_err(|error| {
                    Difference::new("each rule of a set compiles alone", error.to_string())
                })?;
                Ok(Scanner::new(&compiled.database))
            })
            .collect::<Result<_, _>>()?;
        Ok(Some(Self {
            reference,
            fresh: Scanner::new(&database),
            loaded: Scanner::new(&loaded),
            single,
            scratch: Scratch::new(),
        }))
    }

    /// Scans the input every way and compares. Returns the findings, or `None` where the scanner
    /// ran out of steps and so promises nothing. The scanners are used again and again, so that
    /// memory of an earlier input shows.
    ///
    /// # Errors
    /// When two ways disagree.
    pub fn check(&mut self, input: &[u8]) -> Result<Option<Vec<Finding>>, Difference> {
        guarded("scanning does not panic", || self.compare(input))
    }

    fn compare(&mut self, input: &[u8]) -> Result<Option<Vec<Finding>>, Difference> {
        let scan = self.fresh.scan(input);
        if scan.completeness != Completeness::Complete {
            return Ok(None);
        }
        let found = scan.findings.to_vec();
        let expected = self.reference.scan(input);
        if found != expected {
            let oracle = "fast equals reference";
            return Err(Difference::findings(oracle, &expected, &found));
        }
        let mut unused = Scanner::new(self.fresh.database());
        for (oracle, scanner) in [
            ("a loaded database equals a fresh one", &mut self.loaded),
            ("scratch that was used equals a new one", &mut unused),
        ] {
            let found = scanner.scan(input).findings;
            if found != expected {
                return Err(Difference::findings(oracle, &expected, found));
            }
        }
        for kernel in Kernel::available() {
            let mut forced = Scanner::new(self.fresh.database()).with_kernel(kernel);
            let found = forced.scan(input).findings;
            if found != expected {
                let oracle = "every kernel finds the same";
                return Err(Difference::findings(oracle, &expected, found));
            }
        }
        for seed in 0..CUTS {
            self.compare_stream(input, &expected, &mut Choices::from_seed(seed))?;
        }
        let mut union = Vec::new();
        for (number, scanner) in self.single.iter_mut().enumerate() {
            let index = self.fresh.database().classifiers().nth(number);
            let index = index.expect("a set has all its classifiers").index();
            let findings = scanner.scan(input).findings.iter();
            union.extend(findings.map(|finding| Finding {
                classifier: index,
                ..*finding
            }));
        }
        union.sort_unstable();
        let database = self.fresh.database();
        let mut alone = expected.clone();
        alone.retain(|finding| !database.classifier(finding.classifier).is_composite());
        if union != alone {
            let oracle = "a set equals the union of its rules";
            return Err(Difference::findings(oracle, &union, &alone));
        }
        Ok(Some(expected))
    }

    /// Compares a stream over pieces of random sizes; the sizes of one seed are all one byte.
    fn compare_stream(
        &mut self,
        input: &[u8],
        expected: &[Finding],
        choices: &mut Choices,
    ) -> Result<(), Difference> {
        let mut stream = Stream::new(self.fresh.database());
        let most = *choices.pick(&[1, 1, 3, 9, 70, 700, 6000]);
        let (mut found, mut at, mut settled) = (Vec::new(), 0, 0);
        let mut take = |result: Settled, come: usize| {
            let end = std::mem::replace(&mut settled, result.end);
            if result.completeness != Completeness::Complete {
                return Ok(false);
            }
            let new = |finding: &Finding| (end..result.end).contains(&finding.start);
            if !(end..=come).contains(&result.end) || !result.findings.iter().all(new) {
                let oracle = "a stream settles from its start to its end";
                return Err(Difference::findings(oracle, &[], result.findings));
            }
            let is_inside =
                std::str::from_utf8(input).is_ok_and(|text| !text.is_char_boundary(result.end));
            if is_inside {
                let oracle = "a stream settles whole characters";
                return Err(Difference::new(oracle, result.end.to_string()));
            }
            found.extend_from_slice(result.findings);
            Ok(true)
        };
        while at < input.len() {
            let end = (at + choices.between(1, most)).min(input.len());
            if !take(stream.push(&mut self.scratch, &input[at..end]), end)? {
                return Ok(());
            }
            at = end;
        }
        if take(stream.finish(&mut self.scratch), input.len())? && found != expected {
            let oracle = "streamed equals whole";
            let mut difference = Difference::findings(oracle, expected, &found);
            difference.detail = format!("pieces of at most {most} bytes");
            return Err(difference);
        }
        Ok(())
    }
}

/// Ways of cutting an input that are tried.
const CUTS: u64 = 3;

/// Prepares the rules and checks one input.
///
/// # Errors
/// When something does not hold.
pub fn check(rules: &[Classifier], input: &[u8]) -> Result<(), Difference> {
    if let Some(mut subject) = Subject::new(rules)? {
        subject.check(input)?;
    }
    Ok(())
}

/// Turns a panic into a difference.
fn guarded<T>(
    oracle: &'static str,
    run: impl FnOnce() -> Result<T, Difference>,
) -> Result<T, Difference> {
    catch_unwind(AssertUnwindSafe(run)).unwrap_or_else(|panic| {
        let text = panic
            .downcast_ref::<String>()
            .map(String::as_str)
            .or_else(|| panic.downcast_ref::<&str>().copied());
        Err(Difference::new(oracle, text.unwrap_or("a panic")))
    })
}
