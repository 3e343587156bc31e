//! TOML text to a policy: strict, and with every problem at its place.

use std::collections::BTreeSet;
use std::sync::Arc;

use sluicegate::model::document::{
    Document, Fields, Report, Text, TextOrFields, possible, suggestion,
};
use sluicegate::model::{Code, Diagnostic, Severity, Source};

use super::style::NAMES;
use super::{Action, Channel, IdPattern, Mode, NamedStyle, Policy, Rule};
use crate::allow::{Paths, allowances};

/// Highest `min_count`.
const MAX_COUNT: u32 = 1_000_000;
/// Highest `keep`. What may have been kept is looked at whenever a mark is looked for.
const MAX_KEEP: u32 = 100;
/// Actions that do not depend on findings.
const WITHOUT_FINDINGS: [Action; 3] = [Action::Allow, Action::Flag, Action::Block];
/// What to do about an empty array of conditions.
const FOR_ALL: &str = "leave it out for all";

/// Reads a policy. Keys are not in it but named, see [`super::Keys`].
///
/// ```
/// use sluicegate_guard::policy::{Action, read_policy};
/// use sluicegate::model::Source;
/// let text = "[[rule]]\nname = \"no-secrets\"\nclassifiers = [\"secret.*\"]\naction = \"block\"\n";
/// let policy = read_policy(&Source::new("policy.toml", text)).unwrap();
/// assert_eq!(policy.rules[0].action, Action::Block);
///
/// let text = "[[rule]]\nname = \"no-secrets\"\nactoin = \"block\"\n";
/// let problems = read_policy(&Source::new("policy.toml", text)).unwrap_err();
/// assert_eq!(problems[0].code.as_str(), "SG103");
/// assert!(problems[1].to_string().starts_with("policy.toml:3:1: error[SG102]"));
/// ```
///
/// # Errors
/// Every problem, in the order of the text.
pub fn read_policy(source: &Arc<Source>) -> Result<Policy, Vec<Diagnostic>> {
    let (document, mut report) = Document::parse(source);
    // What the parser recovers can lack keys that are there in the text.
    if !report.is_empty() {
        return Err(report.into_problems());
    }
    let policy = policy(document.fields("a policy"), &mut report);
    if report.is_empty() {
        return Ok(policy);
    }
    Err(report.into_problems())
}

fn policy(mut fields: Fields<'_>, report: &mut Report) -> Policy {
    let name = fields.text(report, "name").map(|name| name.value);
    let mut policy = Policy::new(name.unwrap_or_else(|| "policy".to_owned()));
    if let Some(mode) = fields.choice(report, "mode", Mode::ALL, Mode::as_str) {
        policy.mode = mode;
    }
    let mut action = |policy_action: &mut Action, name, actions: &[Action]| {
        if let Some(action) = fields.choice(report, name, actions, Action::as_str) {
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
    for fields in fields.tables(report, "rule", "a rule") {
        policy.rules.extend(rule(fields, report, &mut names));
    }
    policy.allow = allowances(&mut fields, report, Paths::Unknown);
    fields.finish(report);
    policy
}

fn rule(mut fields: Fields<'_>, report: &mut Report, names: &mut BTreeSet<String>) -> Option<Rule> {
    let place = Some(report.place(fields.span.clone()));
    let hint = "verdicts tell by it which rule decided";
    let name = fields.needed_text(report, "name", hint);
    if let Some(Text { value, span }) = &name
        && !names.insert(value.clone())
    {
        let message = format!("another rule is named `{value}`");
        report.add(Code::BadValue, span.clone(), message, "names are unique");
    }
    let classifiers = id_patterns(&mut fields, report, FOR_ALL);
    let tags = fields.some_texts(report, "tags", FOR_ALL);
    let channels = fields.choices(report, "channels", Channel::ALL, Channel::as_str, FOR_ALL);
    let severity = fields.choice(report, "min_severity", &Severity::ALL, Severity::as_str);
    let confidence = fields.percent(report, "min_confidence");
    let count = fields.number(report, "min_count", 1..=MAX_COUNT);
    let action = fields.choice(report, "action", Action::ALL, Action::as_str);
    if !fields.has("action") {
        let names: Vec<&str> = Action::ALL.iter().map(|action| action.as_str()).collect();
        fields.missing(report, "`action`", &possible(&names));
    }
    let style = rule_style(&mut fields, report, action);
    fields.finish(report);
    Some(Rule {
        classifiers,
        tags: tags.into_iter().map(|tag| tag.value).collect(),
        channels,
        min_severity: severity.unwrap_or(Severity::Info),
        min_confidence: confidence.unwrap_or(0),
        min_count: count.map_or(1, |count| count as usize),
        style: style.unwrap_or_default(),
        place,
        ..Rule::new(name?.value, action?)
    })
}

/// The patterns of ids under `classifiers`; `hint` says what to do about an empty array.
pub(crate) fn id_patterns(
    fields: &mut Fields<'_>,
    report: &mut Report,
    hint: &str,
) -> Vec<IdPattern> {
    let mut patterns = Vec::new();
    for Text { value, span } in fields.some_texts(report, "classifiers", hint) {
        match IdPattern::new(&value) {
            Ok(pattern) => patterns.push(pattern),
            Err(error) => {
                let message = format!("`{value}` is no pattern of ids: {error}");
                let hint = "`*` stands for any text, `?` for a character, as in `secret.*`";
                report.add(Code::BadValue, span, message, hint);
            }
        }
    }
    patterns
}

/// A style by its name, or by a table with its name as `kind`.
fn rule_style(
    fields: &mut Fields<'_>,
    report: &mut Report,
    action: Option<Action>,
) -> Option<NamedStyle> {
    let wanted = "a name, or a table `{ kind = \"partial\", keep = 4 }`";
    let written = fields.text_or_fields(report, "style", "a style", wanted)?;
    let span = match &written {
        TextOrFields::Text(name) => &name.span,
        TextOrFields::Fields(fields) => &fields.span,
    };
    if action.is_some_and(|action| action != Action::Redact) {
        let hint = "leave it out, or write `action = \"redact\"`";
        let message = "only `redact` has a style";
        report.add(Code::BadValue, span.clone(), message, hint);
    }
    let mut fields = match written {
        TextOrFields::Text(name) => return named_style(name, None, None, report),
        TextOrFields::Fields(fields) => fields,
    };
    let kind = fields.needed_text(report, "kind", &possible(&NAMES));
    let (mut keep, mut key) = (None, None);
    match kind.as_ref().map(|kind| kind.value.as_str()) {
        Some("partial") => keep = fields.number(report, "keep", 0..=MAX_KEEP),
        Some("hash" | "token" | "fpe") => key = fields.text(report, "key"),
        _ => {}
    }
    fields.finish(report);
    let keep = keep.map(|keep| keep as usize);
    named_style(kind?, keep, key.map(|key| key.value), report)
}

fn named_style(
    name: Text,
    keep: Option<usize>,
    key: Option<String>,
    report: &mut Report,
) -> Option<NamedStyle> {
    let Text { value: name, span } = name;
    let style = NamedStyle::new(&name, keep, key);
    if style.is_none() {
        let message = format!("there is no style `{name}`");
        report.add(Code::BadValue, span, message, suggestion(&name, &NAMES));
    }
    style
}
