//! A card as Markdown: what a classifier finds, by what it is known, where the facts come from, how
//! it was measured, and what it does not find.

use std::collections::BTreeMap;
use std::fmt::Write;

use sluicegate::model::{
    Classifier, ContextEffect, DictionaryDetector, Example, RegexDetector, visible,
};
use sluicegate::validators::Call;

use super::measured::{Figures, Measured};

/// Most terms of a list that are shown.
const TERMS: usize = 12;

/// The page of all pages: how many classifiers of each family there are, and where.
pub(super) fn index(
    pages: &BTreeMap<String, Vec<&Classifier>>,
    measured: Option<&Measured>,
) -> String {
    let mut text = String::from("# Catalogue\n\nA card for each classifier.\n\n");
    let total: usize = pages.values().map(Vec::len).sum();
    text.push_str("| page | classifiers |\n|---|---|\n");
    for (name, classifiers) in pages {
        line(
            &mut text,
            &format!("| [{name}]({name}.md) | {} |", classifiers.len()),
        );
    }
    line(&mut text, &format!("| all | {total} |"));
    if let Some(measured) = measured {
        let sources: Vec<String> = measured
            .sources
            .iter()
            .map(|source| format!("{} ({})", source.source, source.cases))
            .collect();
        line(
            &mut text,
            &format!(
                "\nMeasured on labelled cases of {}, and {} bytes of benign text.",
                sources.join(", "),
                measured.benign_bytes()
            ),
        );
    }
    text
}

/// The page of these classifiers.
pub(super) fn page(name: &str, classifiers: &[&Classifier], measured: Option<&Measured>) -> String {
    let mut text = format!("# {name}\n");
    for classifier in classifiers {
        card(&mut text, classifier, measured);
    }
    text
}

fn card(text: &mut String, classifier: &Classifier, measured: Option<&Measured>) {
    let id = classifier.id.as_str();
    line(text, &format!("\n## {id}\n"));
    let name = or_id(&classifier.name, id);
    let sentence = match classifier.description.as_str() {
        "" => format!("{name}."),
        description => format!("{name}. {description}"),
    };
    line(text, &plain(&sentence));
    text.push('\n');
    let mut facts = vec![
        classifier.severity.as_str().to_owned(),
        format!("confidence {}", classifier.confidence),
        classifier.stage.as_str().to_owned(),
    ];
    facts.extend(
        classifier
            .since
            .as_ref()
            .map(|since| format!("since {since}")),
    );
    facts.extend(
        classifier
            .chance
            .map(|chance| format!("a random text of its shape passes with a chance of {chance:e}")),
    );
    line(text, &format!("- {}", facts.join(", ")));
    for detector in &classifier.regexes {
        regex(text, detector);
    }
    for dictionary in &classifier.dictionaries {
        self::dictionary(text, dictionary);
    }
    composite(text, classifier);
    context(text, classifier);
    if !classifier.references.is_empty() {
        let references: Vec<String> = classifier.references.iter().map(|r| plain(r)).collect();
        line(text, &format!("- from {}", references.join(", ")));
    }
    for example in &classifier.examples {
        line(text, &format!("- found: {}", code(&written(example))));
    }
    for counterexample in &classifier.counterexamples {
        let shown = Example {
            text: counterexample.text.clone(),
            value: None,
            template: counterexample.template.clone(),
            place: None,
        };
        let why = plain(&counterexample.why);
        line(
            text,
            &format!("- not found: {} ({why})", code(&written(&shown))),
        );
    }
    misses(text, classifier);
    if let Some(measured) = measured {
        figures(text, measured.of(id), measured.benign_bytes());
    }
}

fn regex(text: &mut String, detector: &RegexDetector) {
    line(text, &format!("- pattern {}", code(&detector.pattern)));
    for name in &detector.validate {
        let summary = Call::parse(name)
            .ok()
            .and_then(|call| sluicegate::validators::find(call.name()))
            .map_or_else(String::new, |validator| {
                format!(": {} ({})", validator.summary, validator.source)
            });
        line(text, &format!("- checked by `{name}`{}", plain(&summary)));
    }
}

fn dictionary(text: &mut String, dictionary: &DictionaryDetector) {
    let mut shown: Vec<String> = dictionary
        .terms
        .iter()
        .take(TERMS)
        .map(|term| code(term.split('\t').next().unwrap_or(term)))
        .collect();
    let file = dictionary
        .file
        .as_ref()
        .map_or(0, |file| file.text().lines().count());
    let more = dictionary.terms.len().saturating_sub(TERMS) + file;
    if more > 0 {
        shown.push(format!("{more} more"));
    }
    line(text, &format!("- terms {}", shown.join(", ")));
}

fn composite(text: &mut String, classifier: &Classifier) {
    let Some(composite) = &classifier.composite else {
        return;
    };
    let members: Vec<String> = composite
        .members
        .iter()
        .map(|member| {
            member
                .classifiers
                .iter()
                .map(|id| code(id))
                .collect::<Vec<_>>()
                .join(" or ")
        })
        .collect();
    line(
        text,
        &format!(
            "- at least {} kinds of {} within {} bytes",
            composite.kinds,
            members.join(", "),
            composite.within
        ),
    );
}

fn context(text: &mut String, classifier: &Classifier) {
    let Some(context) = &classifier.context else {
        return;
    };
    let effect = match context.effect {
        ContextEffect::Require => "needed".to_owned(),
        ContextEffect::Raise => format!("{} points more", context.amount),
        ContextEffect::Lower => format!("{} points less", context.amount),
    };
    let mut words: Vec<String> = context
        .keywords
        .iter()
        .take(TERMS)
        .map(|word| code(word))
        .collect();
    if context.keywords.len() > TERMS {
        words.push(format!("{} more", context.keywords.len() - TERMS));
    }
    line(
        text,
        &format!(
            "- context within {} bytes, {effect}: {}",
            context.window,
            words.join(", ")
        ),
    );
}

/// What is known to be missed, by the definition of the classifier.
fn misses(text: &mut String, classifier: &Classifier) {
    let mut misses = Vec::new();
    if let Some(context) = &classifier.context
        && context.effect == ContextEffect::Require
    {
        misses.push(format!(
            "without one of these words within {} bytes",
            context.window
        ));
    }
    let checked = classifier
        .regexes
        .iter()
        .any(|detector| detector.validate.iter().any(|name| is_checksum(name)));
    if checked {
        misses.push("mistyped, so that its check digits are wrong".to_owned());
    }
    if !classifier.exclude.is_empty() {
        misses.push("a value that is excluded, such as a placeholder".to_owned());
    }
    misses.push("encoded, or broken over lines where the pattern has no room for it".to_owned());
    line(text, &format!("- missed: {}", misses.join("; ")));
}

/// Whether a validator refuses nearly all random texts of the right shape.
fn is_checksum(name: &str) -> bool {
    Call::parse(name)
        .ok()
        .and_then(|call| sluicegate::validators::find(call.name()))
        .is_some_and(|validator| validator.chance <= 0.15)
}

fn figures(text: &mut String, figures: Option<&Figures>, benign_bytes: u64) {
    let Some(figures) = figures else {
        line(
            text,
            "- measured: neither a labelled value nor a finding in the cases",
        );
        return;
    };
    let mut parts = vec![format!(
        "{} true and {} false findings",
        figures.hits, figures.errors
    )];
    if figures.own_labelled > 0 {
        parts.push(format!(
            "{} of {} labelled values",
            figures.own_found, figures.own_labelled
        ));
    }
    if benign_bytes > 0 {
        let megabytes = benign_bytes / 1_000_000;
        parts.push(format!(
            "{} in {megabytes} MB of benign text",
            figures.benign
        ));
    }
    line(text, &format!("- measured: {}", parts.join(", ")));
}

/// An example as its author wrote it: a secret is a template there.
fn written(example: &Example) -> String {
    match &example.template {
        None => example.text.clone(),
        Some(template) if example.text.is_empty() => template.clone(),
        Some(template) => example.text.replace("{value}", template),
    }
}

fn or_id<'t>(name: &'t str, id: &'t str) -> &'t str {
    if name.is_empty() { id } else { name }
}

fn line(text: &mut String, line: &str) {
    // Writing to a string does not fail.
    let _ = writeln!(text, "{line}");
}

/// Text on one line, in which Markdown sees no marks of its own.
fn plain(text: &str) -> String {
    let mut plain = String::new();
    for letter in visible(text).chars() {
        if matches!(letter, '*' | '_' | '`' | '<' | '|' | '[' | ']') {
            plain.push('\\');
        }
        plain.push(letter);
    }
    plain
}

/// Text as code on one line, whatever backticks it has.
fn code(text: &str) -> String {
    let text = visible(text);
    let longest = text
        .split(|letter| letter != '`')
        .map(str::len)
        .max()
        .unwrap_or(0);
    let fence = "`".repeat(longest + 1);
    let space = if text.starts_with('`') || text.ends_with('`') {
        " "
    } else {
        ""
    };
    format!("{fence}{space}{text}{space}{fence}")
}
