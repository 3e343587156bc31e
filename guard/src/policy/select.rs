//! Which rule decides for a finding.

use std::collections::BTreeSet;
use std::ops::Range;

use sluicegate::model::{Code, Diagnostic};
use sluicegate::{ClassifierInfo, Database, Finding};

use super::{Action, Channel, Policy, Rule};

/// Rules with their conditions on classifiers answered for each classifier of a database.
#[derive(Debug)]
pub(crate) struct Selector {
    /// For each rule, by classifier index.
    selected: Vec<Vec<bool>>,
    unmatched: Vec<Diagnostic>,
}

/// What is decided for a finding.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Decision {
    pub(crate) action: Action,
    /// Which rule decided; none where it was the default.
    pub(crate) rule: Option<usize>,
}

impl Selector {
    pub(crate) fn new(database: &Database, policy: &Policy) -> Self {
        let tags: Vec<Vec<String>> = database.classifiers().map(|known| tags(&known)).collect();
        let selected = policy
            .rules
            .iter()
            .map(|rule| {
                let classifiers = database.classifiers().zip(&tags);
                classifiers
                    .map(|(classifier, tags)| takes(rule, &classifier, tags))
                    .collect()
            })
            .collect();
        Self {
            selected,
            unmatched: unmatched(database, &tags, policy),
        }
    }

    /// Patterns and tags of rules that no classifier of the database meets.
    pub(crate) fn unmatched(&self) -> &[Diagnostic] {
        &self.unmatched
    }

    /// A decision for each finding, which stands at a span of the message.
    pub(crate) fn decide(
        &self,
        policy: &Policy,
        channel: Channel,
        findings: &[(Finding, Range<usize>)],
    ) -> Vec<Decision> {
        let mut decisions: Vec<Option<Decision>> = vec![None; findings.len()];
        for (number, rule) in policy.rules.iter().enumerate() {
            if !rule.channels.is_empty() && !rule.channels.contains(&channel) {
                continue;
            }
            let meets: Vec<usize> = (0..findings.len())
                .filter(|&at| {
                    let finding = &findings[at].0;
                    decisions[at].is_none()
                        && finding.confidence >= rule.min_confidence
                        && self.selected[number][finding.classifier.get() as usize]
                })
                .collect();
            let spans: BTreeSet<(usize, usize)> = meets
                .iter()
                .map(|&at| (findings[at].1.start, findings[at].1.end))
                .collect();
            if spans.len() < rule.min_count {
                continue;
            }
            for at in meets {
                decisions[at] = Some(Decision {
                    action: rule.action,
                    rule: Some(number),
                });
            }
        }
        let default = Decision {
            action: policy.default,
            rule: None,
        };
        let decisions = decisions.into_iter();
        decisions
            .map(|decision| decision.unwrap_or(default))
            .collect()
    }
}

/// Whether a rule selects findings of a classifier.
fn takes(rule: &Rule, classifier: &ClassifierInfo<'_>, tags: &[String]) -> bool {
    let mut patterns = rule.classifiers.iter();
    let mut wanted = rule.tags.iter();
    classifier.severity() >= rule.min_severity
        && (rule.classifiers.is_empty() || patterns.any(|pattern| pattern.matches(classifier.id())))
        && (rule.tags.is_empty() || wanted.any(|tag| tags.contains(tag)))
}

fn tags(classifier: &ClassifierInfo<'_>) -> Vec<String> {
    #[derive(serde::Deserialize)]
    struct Card {
        #[serde(default)]
        tags: Vec<String>,
    }
    serde_json::from_str(classifier.card()).map_or_else(|_| Vec::new(), |card: Card| card.tags)
}

fn unmatched(database: &Database, tags: &[Vec<String>], policy: &Policy) -> Vec<Diagnostic> {
    let problem = |rule: &Rule, what: String, hint: &str| {
        let message = format!("rule `{}`: no classifier {what}", rule.name);
        Diagnostic::new(Code::SelectsNothing, message).hint(hint)
    };
    let mut problems = Vec::new();
    for rule in &policy.rules {
        for pattern in &rule.classifiers {
            if !database
                .classifiers()
                .any(|known| pattern.matches(known.id()))
            {
                let what = format!("matches `{}`", pattern.as_str());
                problems.push(problem(rule, what, "`sluicegate list` shows the ids"));
            }
        }
        for tag in &rule.tags {
            if !tags.iter().any(|tags| tags.contains(tag)) {
                let what = format!("has the tag `{tag}`");
                let hint = "`sluicegate list --format json` shows the tags";
                problems.push(problem(rule, what, hint));
            }
        }
    }
    problems
}
