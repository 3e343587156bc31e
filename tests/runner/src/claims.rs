//! The definition of claims, slow and obvious, which judges `arbitrate`.

use std::ops::Range;

use sluicegate::model::{Classifier, ClassifierId, ContextEffect, Severity};
use sluicegate::{Claim, Database, Finding, Loser, Reason};

use crate::{Choices, rules};

/// Random classifiers of two families, some of which state their chance.
///
/// # Panics
/// Never: the ids are well formed.
pub fn claimants(choices: &mut Choices) -> Vec<Classifier> {
    let mut rules = rules(choices);
    for rule in &mut rules {
        if choices.one_in(3) {
            let other = rule.id.as_str().replacen("custom.", "other.", 1);
            rule.id = ClassifierId::new(&other).expect("a well-formed id");
        }
        if choices.one_in(2) {
            rule.chance = Some(*choices.pick(&[1.0, 0.5, 0.1, 0.01, 1e-7, 1e-9]));
        }
        if choices.one_in(2) {
            rule.severity = *choices.pick(&[Severity::Low, Severity::High]);
        }
        if choices.one_in(2) {
            rule.confidence = *choices.pick(&[50, 80]);
        }
    }
    rules
}

/// What claims are by their definition. The findings are of a scan.
///
/// # Panics
/// When a finding is of none of the rules.
pub fn obvious_claims(
    rules: &[Classifier],
    database: &Database,
    input: &[u8],
    findings: &[Finding],
) -> Vec<Claim> {
    let known: Vec<Known<'_>> = findings
        .iter()
        .map(|finding| Known::new(rules, database, input, *finding))
        .collect();
    let mut left: Vec<&Known<'_>> = known.iter().collect();
    let mut claims = Vec::new();
    while !left.is_empty() {
        let is_held = |known: &Known<'_>| left.iter().any(|other| other.holds(known));
        let free = left.iter().filter(|known| !is_held(known));
        let best = free.reduce(|best, other| if best.beats(other) { best } else { other });
        let best = *best.expect("the longest is in no other");
        let (losers, others): (Vec<&Known<'_>>, Vec<&Known<'_>>) = left
            .into_iter()
            .filter(|known| known.finding != best.finding)
            .partition(|known| known.contends(best));
        let losers = losers.into_iter().map(|known| Loser {
            finding: known.finding,
            reason: best.reason(known),
        });
        claims.push(Claim {
            winner: best.finding,
            losers: losers.collect(),
        });
        left = others;
    }
    claims.sort_by_key(|claim| claim.winner);
    claims
}

/// A finding with all that is asked about it.
struct Known<'r> {
    finding: Finding,
    rule: &'r Classifier,
    evidence: u8,
    /// Distance and length of its keyword.
    keyword: Option<(usize, usize)>,
}

impl<'r> Known<'r> {
    fn new(rules: &'r [Classifier], database: &Database, input: &[u8], finding: Finding) -> Self {
        let info = database.classifier(finding.classifier);
        let rule = rules.iter().find(|rule| rule.id.as_str() == info.id());
        let rule = rule.expect("the finding is of a rule");
        Self {
            finding,
            rule,
            evidence: info.evidence().min(20),
            keyword: nearest(rule, input, finding.start..finding.end),
        }
    }

    fn bytes(&self) -> Vec<usize> {
        (self.finding.start..self.finding.end).collect()
    }

    fn contends(&self, other: &Self) -> bool {
        if self.rule.composite.is_some() != other.rule.composite.is_some() {
            return false;
        }
        let (mine, theirs) = (self.bytes(), other.bytes());
        let shared = mine.iter().filter(|byte| theirs.contains(byte)).count();
        let whole = if self.rule.id.family() == other.rule.id.family() {
            mine.len().min(theirs.len())
        } else {
            mine.len().max(theirs.len())
        };
        shared > 0 && 2 * shared >= whole
    }

    fn holds(&self, other: &Self) -> bool {
        let (mine, theirs) = (self.bytes(), other.bytes());
        self.contends(other)
            && mine.len() > theirs.len()
            && theirs.iter().all(|byte| mine.contains(byte))
            && self.finding.confidence >= other.finding.confidence
            && self.rule.severity >= other.rule.severity
    }

    /// Which of two that do not hold one another is better, and why.
    fn compare(&self, other: &Self) -> (bool, Reason) {
        let evident = (self.evidence >= 20, other.evidence >= 20);
        if evident.0 != evident.1 {
            return (evident.0, Reason::Form);
        }
        if !evident.0 {
            match (self.keyword, other.keyword) {
                (Some(_), None) => return (true, Reason::Keyword),
                (None, Some(_)) => return (false, Reason::Keyword),
                (Some((mine, _)), Some((theirs, _))) if mine != theirs => {
                    let reason = Reason::Farther {
                        winner: mine.min(theirs),
                        loser: mine.max(theirs),
                    };
                    return (mine < theirs, reason);
                }
                (Some((_, mine)), Some((_, theirs))) if mine != theirs => {
                    return (mine > theirs, Reason::ShorterKeyword);
                }
                _ => {}
            }
        }
        let (mine, theirs) = (self.evidence, other.evidence);
        let (winner, loser) = (mine.max(theirs), mine.min(theirs));
        if mine != theirs && loser == 0 {
            return (mine > theirs, Reason::Unchecked);
        }
        if mine != theirs {
            return (mine > theirs, Reason::Chance { winner, loser });
        }
        let (mine, theirs) = (self.finding.confidence, other.finding.confidence);
        let (winner, loser) = (mine.max(theirs), mine.min(theirs));
        if mine != theirs {
            return (mine > theirs, Reason::Confidence { winner, loser });
        }
        let (mine, theirs) = (self.finding.len(), other.finding.len());
        if mine != theirs {
            return (mine > theirs, Reason::Shorter);
        }
        let first = (self.rule.id.as_str(), self.finding.start)
            < (other.rule.id.as_str(), other.finding.start);
        (first, Reason::Order)
    }

    fn beats(&self, other: &Self) -> bool {
        self.compare(other).0
    }

    fn reason(&self, loser: &Self) -> Reason {
        match self.compare(loser) {
            _ if self.holds(loser) => Reason::Inside,
            (true, reason) => reason,
            (false, _) => Reason::InsideAnother,
        }
    }
}

/// Distance and length of the keyword that is nearest to a span; one behind it counts as twice as far.
fn nearest(rule: &Classifier, input: &[u8], span: Range<usize>) -> Option<(usize, usize)> {
    let context = rule.context.as_ref()?;
    if context.effect == ContextEffect::Lower {
        return None;
    }
    let window = context.window as usize;
    let is_letter = |at: Option<usize>| {
        at.and_then(|at| input.get(at))
            .is_some_and(u8::is_ascii_alphanumeric)
    };
    let mut found = Vec::new();
    for keyword in &context.keywords {
        for start in 0..input.len() {
            let end = start + keyword.len();
            let is_there = input
                .get(start..end)
                .is_some_and(|text| text.eq_ignore_ascii_case(keyword.as_bytes()));
            if !is_there || is_letter(start.checked_sub(1)) || is_letter(Some(end)) {
                continue;
            }
            if end <= span.start && start + window >= span.start {
                found.push((span.start - end, keyword.len()));
            }
            if start >= span.end && end <= span.end + window {
                found.push((2 * (start - span.end), keyword.len()));
            }
        }
    }
    found
        .into_iter()
        .min_by_key(|&(distance, len)| (distance, usize::MAX - len))
}
