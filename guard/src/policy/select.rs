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
    /// Which rule decided; none where it was the default, or the finding is allowed.
    pub(crate) rule: Option<usize>,
    /// The entry of the allow-list that it meets.
    pub(crate) allowed: Option<usize>,
}

impl Decision {
    /// The finding meets this entry of the allow-list.
    pub(crate) fn allowed_by(entry: usize) -> Self {
        Self {
            action: Action::Allow,
            rule: None,
            allowed: Some(entry),
        }
    }

    fn by_rule(rule: usize, action: Action) -> Self {
        Self {
            action,
            rule: Some(rule),
            allowed: None,
        }
    }

    fn default_of(policy: &Policy) -> Self {
        Self {
            action: policy.default,
            rule: None,
            allowed: None,
        }
    }
}

/// By how many distinct spans each rule was met.
#[derive(Clone, Debug)]
pub(crate) struct Counts(Vec<Count>);

#[derive(Clone, Debug, Default)]
struct Count {
    spans: usize,
    /// The last span of a message that is counted finding by finding; equal ones follow each other.
    last: Option<(usize, usize)>,
}

impl Counts {
    pub(crate) fn new(policy: &Policy) -> Self {
        Self(vec![Count::default(); policy.rules.len()])
    }
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

    /// A decision for each finding, which stands at a span of the message and may meet an entry of the
    /// allow-list, and how many spans each rule was met by.
    pub(crate) fn decide(
        &self,
        policy: &Policy,
        channel: Channel,
        findings: &[(Finding, Range<usize>, Option<usize>)],
    ) -> (Vec<Decision>, Counts) {
        let mut decisions: Vec<Option<Decision>> = findings
            .iter()
            .map(|(.., allowed)| allowed.map(Decision::allowed_by))
            .collect();
        let mut counts = Counts::new(policy);
        for (number, rule) in policy.rules.iter().enumerate() {
            let meets: Vec<usize> = (0..findings.len())
                .filter(|&at| {
                    decisions[at].is_none() && self.meets(policy, number, channel, &findings[at].0)
                })
                .collect();
            let spans: BTreeSet<(usize, usize)> = meets
                .iter()
                .map(|&at| (findings[at].1.start, findings[at].1.end))
                .collect();
            counts.0[number].spans = spans.len();
            if spans.len() < rule.min_count {
                continue;
            }
            for at in meets {
                decisions[at] = Some(Decision::by_rule(number, rule.action));
            }
        }
        let decisions = decisions.into_iter();
        let decisions = decisions.map(|decision| decision.unwrap_or(Decision::default_of(policy)));
        (decisions.collect(), counts)
    }

    /// The decision for a finding where each rule was met by so many spans, or by this one alone.
    pub(crate) fn decide_by(
        &self,
        policy: &Policy,
        channel: Channel,
        finding: &Finding,
        counts: Option<&Counts>,
    ) -> Decision {
        let spans = |rule: usize| counts.map_or(1, |counts| counts.0[rule].spans.max(1));
        let mut rules = policy.rules.iter().enumerate();
        let decides = rules.find(|&(number, rule)| {
            spans(number) >= rule.min_count && self.meets(policy, number, channel, finding)
        });
        decides.map_or(Decision::default_of(policy), |(number, rule)| {
            Decision::by_rule(number, rule.action)
        })
    }

    /// Counts the next finding of a message, and decides for it by the counts so far.
    pub(crate) fn count(
        &self,
        policy: &Policy,
        channel: Channel,
        finding: &Finding,
        counts: &mut Counts,
    ) -> Decision {
        for (number, rule) in policy.rules.iter().enumerate() {
            if !self.meets(policy, number, channel, finding) {
                continue;
            }
            let count = &mut counts.0[number];
            let span = (finding.start, finding.end);
            if count.last.replace(span) != Some(span) {
                count.spans += 1;
            }
            if count.spans >= rule.min_count {
                break;
            }
        }
        self.decide_by(policy, channel, finding, Some(counts))
    }

    /// Whether a finding meets what a rule asks for but its count.
    fn meets(&self, policy: &Policy, rule: usize, channel: Channel, finding: &Finding) -> bool {
        let Rule {
            channels,
            min_confidence,
            ..
        } = &policy.rules[rule];
        (channels.is_empty() || channels.contains(&channel))
            && finding.confidence >= *min_confidence
            && self.selected[rule][finding.classifier.get() as usize]
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
