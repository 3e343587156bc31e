//! What is missing or can be better. All of it is warnings.

use std::collections::BTreeMap;

use sluicegate::model::{
    Classifier, Code, Composite, ContextEffect, Diagnostic, DictionaryDetector, FAMILIES,
};
use sluicegate::{DetectorPlan, Route};

use super::expense;

/// Chance acceptance above which a classifier needs required context.
const MAX_CHANCE: f64 = 1e-2;
/// Examples and counterexamples that a classifier should have of each.
const EXAMPLES: usize = 2;

/// What can be said of one classifier; `plans` are those of its detectors, none where it does not
/// compile.
pub(super) fn advise(classifier: &Classifier, plans: &[DetectorPlan]) -> Vec<Diagnostic> {
    let id = classifier.id.as_str();
    let mut problems = Vec::new();
    let mut add = |code, message: String, hint: &str| {
        problems.push(
            Diagnostic::new(code, message)
                .hint(hint)
                .about(id)
                .at(classifier.place.clone()),
        );
    };
    let family = classifier.id.family();
    if !FAMILIES.iter().any(|(name, _)| *name == family) {
        let names: Vec<&str> = FAMILIES.iter().map(|(name, _)| *name).collect();
        let hint = format!("families are {}", names.join(", "));
        add(
            Code::UnknownFamily,
            format!("`{family}` is no family"),
            &hint,
        );
    }
    if classifier.name.is_empty() {
        add(Code::NoName, format!("`{id}` has no name"), "add `name`");
    }
    if classifier.description.is_empty() {
        add(
            Code::NoDescription,
            format!("`{id}` has no description"),
            "add `description`",
        );
    }
    if classifier.references.is_empty() && classifier.composite.is_none() {
        let hint = "add `references` to where the format is documented";
        add(Code::NoReference, format!("`{id}` has no reference"), hint);
    }
    for (count, code, name) in [
        (classifier.examples.len(), Code::FewExamples, "example"),
        (
            classifier.counterexamples.len(),
            Code::FewCounterexamples,
            "counterexample",
        ),
    ] {
        if count < EXAMPLES {
            let message = format!(
                "`{id}` has {count} {name}{}",
                if count == 1 { "" } else { "s" }
            );
            add(
                code,
                message,
                &format!("add a [[classifier.{name}]]; two show where the edge is"),
            );
        }
    }
    let required = classifier
        .context
        .as_ref()
        .is_some_and(|context| context.effect == ContextEffect::Require);
    if classifier.chance.is_some_and(|chance| chance > MAX_CHANCE) && !required {
        let message = "more than one random string in a hundred passes".to_owned();
        add(
            Code::ContextNeeded,
            message,
            "add context with `effect = \"require\"`",
        );
    }
    for plan in plans {
        expense::advise(plan, &mut add);
    }
    if classifier.chance.is_none()
        && plans.iter().any(|plan| plan.plan.route == Route::Shape)
        && finds_numbers(classifier)
    {
        let message = "the share of random numbers that pass is not stated".to_owned();
        add(
            Code::NoChance,
            message,
            "add `chance`, for example 0.1 for one check digit",
        );
    }
    problems
}

/// Whether a value of the examples is a number: digits and what stands between digits.
fn finds_numbers(classifier: &Classifier) -> bool {
    let is_number = |value: &String| {
        value.bytes().any(|byte| byte.is_ascii_digit())
            && value
                .bytes()
                .all(|byte| byte.is_ascii_digit() || b" -./()+".contains(&byte))
    };
    classifier.examples.iter().any(|example| {
        example
            .expand()
            .is_ok_and(|(_, value)| value.as_ref().is_some_and(is_number))
    })
}

/// Classifiers that have the detectors and the context of one before them.
pub(super) fn collisions(classifiers: &[Classifier]) -> Vec<Diagnostic> {
    let mut first: BTreeMap<String, &Classifier> = BTreeMap::new();
    let mut problems = Vec::new();
    for classifier in classifiers {
        let Some(other) = first.get(&identity(classifier)) else {
            first.insert(identity(classifier), classifier);
            continue;
        };
        let (id, other) = (classifier.id.as_str(), other.id.as_str());
        problems.push(
            Diagnostic::new(
                Code::Collision,
                format!("`{id}` has the same detectors and context as `{other}`"),
            )
            .hint("every finding of one is a finding of the other")
            .about(id)
            .at(classifier.place.clone()),
        );
    }
    problems
}

/// What a classifier finds, apart from where and how it is written.
fn identity(classifier: &Classifier) -> String {
    let regexes: Vec<_> = classifier
        .regexes
        .iter()
        .map(|regex| (&regex.pattern, regex.max_len, &regex.validate))
        .collect();
    let dictionaries: Vec<_> = classifier
        .dictionaries
        .iter()
        .map(|dictionary| DictionaryDetector {
            place: None,
            ..dictionary.clone()
        })
        .collect();
    let composite = classifier.composite.as_ref().map(|composite| {
        let members = composite.members.iter();
        let members: Vec<_> = members
            .map(|member| (&member.classifiers, member.weight))
            .collect();
        let Composite {
            within,
            kinds,
            values,
            weight,
            min_confidence,
            ..
        } = *composite;
        (within, kinds, values, weight, min_confidence, members)
    });
    let context = classifier
        .context
        .as_ref()
        .map(|context| (&context.keywords, context.window, context.effect));
    let exclude = &classifier.exclude;
    let excluded = (&exclude.values, &exclude.terms, &exclude.patterns);
    format!("{regexes:?} {dictionaries:?} {composite:?} {context:?} {excluded:?}")
}
