//! TOML text to a policy: strict, and with every problem at its place.

use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::Arc;

use sluicegate::model::{Code, Diagnostic, Severity, Source};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::style::{self, StyleError, style};
use super::table::{Report, Table, choice, possible, wrong_type};
use super::{Action, Channel, IdPattern, Mode, Policy, Rule};
use crate::redact::Style;

/// Highest `min_count`.
const MAX_COUNT: u32 = 1_000_000;
/// Highest `keep`. What may have been kept is looked at whenever a mark is looked for.
const MAX_KEEP: u32 = 100;
/// Actions that do not depend on findings.
const WITHOUT_FINDINGS: [Action; 3] = [Action::Allow, Action::Flag, Action::Block];

/// Reads a policy. `key` holds the secret bytes for styles that need a key.
///
/// ```
/// use sluicegate_guard::policy::{Action, read_policy};
/// use sluicegate::model::Source;
/// let text = "[[rule]]\nname = \"no-secrets\"\nclassifiers = [\"secret.*\"]\naction = \"block\"\n";
/// let policy = read_policy(&Source::new("policy.toml", text), None).unwrap();
/// assert_eq!(policy.rules[0].action, Action::Block);
///
/// let text = "[[rule]]\nname = \"no-secrets\"\nactoin = \"block\"\n";
/// let problems = read_policy(&Source::new("policy.toml", text), None).unwrap_err();
/// assert_eq!(problems[0].code.as_str(), "SG103");
/// assert!(problems[1].to_string().starts_with("policy.toml:3:1: error[SG102]"));
/// ```
///
/// # Errors
/// Every problem, in the order of the text.
pub fn read_policy(source: &Arc<Source>, key: Option<&[u8]>) -> Result<Policy, Vec<Diagnostic>> {
    let (document, errors) = DeTable::parse_recoverable(source.text());
    let mut report = Report::new(source);
    for error in &errors {
        let end = source.text().len();
        let span = error.span().unwrap_or(end..end);
        report.add(Code::Syntax, span, error.message(), "");
    }
    // What the parser recovers can lack keys that are there in the text.
    if !report.problems.is_empty() {
        return Err(report.problems);
    }
    let table = Table::new(document.get_ref(), document.span(), "a policy");
    let policy = policy(table, &mut report, key);
    if report.problems.is_empty() {
        return Ok(policy);
    }
    report.problems.sort_by_key(|problem| {
        let place = problem.place.as_ref();
        place.map(|place| (place.span.start, place.span.end))
    });
    Err(report.problems)
}

fn policy(mut table: Table<'_>, report: &mut Report, key: Option<&[u8]>) -> Policy {
    let name = table.text(report, "name").map(|(name, _)| name);
    let mut policy = Policy::new(name.unwrap_or_else(|| "policy".to_owned()));
    if let Some(mode) = table.choice(report, "mode", Mode::ALL, Mode::as_str) {
        policy.mode = mode;
    }
    let mut action = |policy_action: &mut Action, name, actions: &[Action]| {
        if let Some(action) = table.choice(report, name, actions, Action::as_str) {
            *policy_action = action;
        }
    };
    action(&mut policy.default, "default", Action::ALL);
    action(
        &mut policy.on_incomplete,
        "on_incomplete",
        &WITHOUT_FINDINGS,
    );
    action(&mut policy.on_error, "on_error", &WITHOUT_FINDINGS);
    let mut names = BTreeSet::new();
    for table in table.tables(report, "rule", "a rule") {
        policy.rules.extend(rule(table, report, key, &mut names));
    }
    table.finish(report);
    policy
}

fn rule(
    mut table: Table<'_>,
    report: &mut Report,
    key: Option<&[u8]>,
    names: &mut BTreeSet<String>,
) -> Option<Rule> {
    let name = table.text(report, "name");
    match &name {
        None if !table.has("name") => {
            table.missing(report, "name", "verdicts tell by it which rule decided");
        }
        Some((name, span)) if !names.insert(name.clone()) => {
            let message = format!("another rule is named `{name}`");
            report.add(Code::BadValue, span.clone(), message, "names are unique");
        }
        _ => {}
    }
    let classifiers = patterns(&mut table, report);
    let tags = table.texts(report, "tags");
    let channels = channels(&mut table, report);
    let severity = table.choice(report, "min_severity", &Severity::ALL, Severity::as_str);
    let confidence = table.number(report, "min_confidence", 0..=100);
    let count = table.number(report, "min_count", 1..=MAX_COUNT);
    let action = table.choice(report, "action", Action::ALL, Action::as_str);
    if !table.has("action") {
        let names: Vec<&str> = Action::ALL.iter().map(|action| action.as_str()).collect();
        table.missing(report, "action", &possible(&names));
    }
    let style = table.value("style").and_then(|value| {
        if action.is_some_and(|action| action != Action::Redact) {
            let hint = "leave it out, or write `action = \"redact\"`";
            report.add(
                Code::BadValue,
                value.span(),
                "only `redact` has a style",
                hint,
            );
        }
        read_style(value, report, key)
    });
    table.finish(report);
    Some(Rule {
        classifiers,
        tags: tags.into_iter().map(|(tag, _)| tag).collect(),
        channels,
        min_severity: severity.unwrap_or(Severity::Info),
        min_confidence: confidence.map_or(0, |confidence| confidence as u8),
        min_count: count.map_or(1, |count| count as usize),
        style: style.unwrap_or(Style::Label),
        ..Rule::new(name?.0, action?)
    })
}

fn patterns(table: &mut Table<'_>, report: &mut Report) -> Vec<IdPattern> {
    let mut patterns = Vec::new();
    for (text, span) in table.texts(report, "classifiers") {
        match IdPattern::new(&text) {
            Ok(pattern) => patterns.push(pattern),
            Err(error) => {
                let message = format!("`{text}` is no pattern of ids: {error}");
                let hint = "`*` stands for any text, `?` for a character, as in `secret.*`";
                report.add(Code::BadValue, span, message, hint);
            }
        }
    }
    patterns
}

fn channels(table: &mut Table<'_>, report: &mut Report) -> Vec<Channel> {
    let texts = table.texts(report, "channels");
    texts
        .iter()
        .filter_map(|text| choice(report, "channels", text, Channel::ALL, Channel::as_str))
        .collect()
}

/// A style by its name, or by a table with its name as `kind`.
fn read_style(
    value: &Spanned<DeValue<'_>>,
    report: &mut Report,
    key: Option<&[u8]>,
) -> Option<Style> {
    match value.get_ref() {
        DeValue::String(name) => named_style((name, value.span()), None, report, key),
        DeValue::Table(table) => {
            let mut table = Table::new(table, value.span(), "a style");
            let kind = table.text(report, "kind");
            if !table.has("kind") {
                table.missing(report, "kind", &possible(&style::NAMES));
            }
            let keep = match &kind {
                Some((kind, _)) if kind == "partial" => table.number(report, "keep", 0..=MAX_KEEP),
                _ => None,
            };
            table.finish(report);
            let (kind, span) = kind?;
            named_style((&kind, span), keep.map(|keep| keep as usize), report, key)
        }
        _ => {
            let wanted = "a name, or a table `{ kind = \"partial\", keep = 4 }`";
            wrong_type(report, "style", value.span(), wanted);
            None
        }
    }
}

fn named_style(
    (name, span): (&str, Range<usize>),
    keep: Option<usize>,
    report: &mut Report,
    key: Option<&[u8]>,
) -> Option<Style> {
    let (message, hint) = match style(name, keep, key) {
        Ok(style) => return Some(style),
        Err(StyleError::Unknown) => (
            format!("there is no style `{name}`"),
            possible(&style::NAMES),
        ),
        Err(StyleError::NoKey) => (
            format!("`{name}` needs a key, without which short values could be guessed"),
            "give a file of 16 random bytes or more with `--key-file`".to_owned(),
        ),
        Err(StyleError::BadKey(error)) => (error, "use a file of random bytes".to_owned()),
    };
    report.add(Code::BadValue, span, message, hint);
    None
}
