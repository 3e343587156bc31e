//! What stands in place of findings: the styles of a policy with their keys.

use sluicegate::Database;
use sluicegate::model::{Code, Diagnostic};

use super::style::{NamedStyle, StyleError};
use super::{Action, Keys, Policy, Rule};
use crate::redact::{Mixed, Redactor, Style};

/// The styles of a policy.
#[derive(Clone, Debug)]
pub(crate) struct Styles {
    of_rule: Vec<Style>,
    /// For messages whose values have marks of several styles.
    pub(crate) mixed: Mixed,
    /// For texts all of whose values keep their form.
    pub(crate) forms: Option<Redactor>,
}

impl Styles {
    /// # Errors
    /// Every style that can't be used, with its rule.
    pub(crate) fn new(
        database: &Database,
        policy: &Policy,
        keys: &Keys,
    ) -> Result<Self, Vec<Diagnostic>> {
        let mut problems = Vec::new();
        let mut of_rule = Vec::new();
        for rule in &policy.rules {
            match rule.style.with_key(keys) {
                Ok(style) => of_rule.push(style),
                Err(error) => problems.push(unusable(rule, &error)),
            }
        }
        problems.extend(mixed_forms(policy));
        if !problems.is_empty() {
            return Err(problems);
        }
        let mut redacting = policy.rules.iter().zip(&of_rule);
        let form = redacting
            .find(|(rule, style)| rule.action == Action::Redact && matches!(style, Style::Fpe(_)));
        Ok(Self {
            mixed: Mixed::new(database, of_rule.iter()),
            forms: form.map(|(_, style)| Redactor::new(database, style.clone())),
            of_rule,
        })
    }

    /// The style of a rule; a label where the default decided.
    pub(crate) fn of(&self, rule: Option<usize>) -> &Style {
        rule.map_or(&Style::Label, |rule| &self.of_rule[rule])
    }
}

fn problem(rule: &Rule, what: &str, hint: impl Into<String>) -> Diagnostic {
    let message = format!("rule `{}`: {what}", rule.name);
    Diagnostic::new(Code::BadValue, message)
        .hint(hint)
        .at(rule.place.clone())
}

fn unusable(rule: &Rule, error: &StyleError<'_>) -> Diagnostic {
    match error {
        StyleError::NoKey(name) => problem(
            rule,
            &format!("there is no key `{name}`"),
            format!("give 16 random bytes or more by this name; `--key {name}=FILE` does"),
        ),
        StyleError::BadKey(name, error) => problem(
            rule,
            &format!("the key `{name}` can't be used: {error}"),
            "use a file of random bytes",
        ),
    }
}

/// What is wrong with a policy in which values keep their form: the way back scans for them, and
/// has to find them by themselves as the way there did.
fn mixed_forms(policy: &Policy) -> Vec<Diagnostic> {
    let redacts = |rule: &&Rule| rule.action == Action::Redact;
    let is_form = |rule: &&Rule| matches!(rule.style, NamedStyle::Fpe { .. });
    let Some(form) = policy.rules.iter().filter(redacts).find(is_form) else {
        return Vec::new();
    };
    let hint = "the way back finds values of the same form by scanning; use `token` in place of \
                `fpe`";
    let mut problems = Vec::new();
    if policy.default == Action::Redact {
        let what = "`fpe` does not go with `default = \"redact\"`, which leaves labels";
        problems.push(problem(form, what, hint));
    }
    if !policy.allow.is_empty() {
        let what = "`fpe` does not go with `[[allow]]`, by whose values they are not found again";
        problems.push(problem(form, what, hint));
    }
    for rule in &policy.rules {
        if redacts(&rule) && rule.style != form.style {
            let what = format!(
                "its style does not go with the `fpe` of rule `{}`: all have the same style and \
                 key, or none is `fpe`",
                form.name
            );
            problems.push(problem(rule, &what, hint));
        }
        if rule.min_count > 1 {
            let what = format!(
                "`min_count` does not go with the `fpe` of rule `{}`",
                form.name
            );
            problems.push(problem(rule, &what, hint));
        }
    }
    problems
}
