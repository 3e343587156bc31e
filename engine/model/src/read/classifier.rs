//! One classifier and its parts.

use super::composite::{read_composite, refuse_parts};
use super::dictionary::read_dictionary;
use crate::document::{Fields, Report, possible};
use crate::{
    Acceptance, Classifier, ClassifierId, Code, Context, ContextEffect, Counterexample,
    DEFAULT_CONFIDENCE, DEFAULT_CONTEXT_AMOUNT, DEFAULT_CONTEXT_WINDOW, Example, Exclusions,
    RegexDetector, Severity, Stage, expand_template,
};

/// Longest match a classifier may ask for, in bytes.
const MAX_LEN: u32 = 65_536;
/// Widest context window, in bytes on either side.
const MAX_WINDOW: u32 = 4_096;

/// The classifier, if nothing about it is wrong.
/// `files` returns the text of a file that a dictionary names, or why it can't.
pub(super) fn read_classifier(
    mut fields: Fields<'_>,
    report: &mut Report,
    files: &mut dyn FnMut(&str) -> Result<String, String>,
) -> Option<Classifier> {
    let before = report.problems.len();
    report.classifier = None;
    let id = read_id(&mut fields, report);
    report.classifier = id.as_ref().map(ToString::to_string);

    let place = Some(report.place(fields.span.clone()));
    let name = text(&mut fields, report, "name").unwrap_or_default();
    let description = text(&mut fields, report, "description").unwrap_or_default();
    let severity = fields.choice(report, "severity", &Severity::ALL, Severity::as_str);
    let confidence = fields.percent(report, "confidence");
    let tags = fields.strings(report, "tags");
    let presidio = text(&mut fields, report, "presidio");
    let references = fields.strings(report, "references");
    let chance = fields.share(report, "chance");
    let since = text(&mut fields, report, "since");
    let stage = fields.choice(report, "stage", &Stage::ALL, Stage::as_str);
    let accept = fields.tables(report, "accept", "an acceptance").into_iter();
    let accept = accept
        .filter_map(|table| read_acceptance(table, report))
        .collect();

    let before_detectors = report.problems.len();
    let regexes = fields.tables(report, "regex", "a regex");
    let dictionaries = fields.tables(report, "dictionary", "a dictionary");
    let composite = fields.table(report, "composite", "a composite");
    if regexes.is_empty()
        && dictionaries.is_empty()
        && composite.is_none()
        && report.problems.len() == before_detectors
    {
        let hint = "add a `[[classifier.regex]]`, a `[[classifier.dictionary]]` or a \
                    `[classifier.composite]`";
        report.add(
            Code::NoDetector,
            fields.span.clone(),
            "a classifier needs a detector",
            hint,
        );
    }
    if composite.is_some() {
        let parts = regexes.iter().map(|part| ("regex", part));
        refuse_parts(
            parts.chain(dictionaries.iter().map(|part| ("dictionary", part))),
            report,
        );
    }
    let regexes = regexes
        .into_iter()
        .filter_map(|table| read_regex(table, report))
        .collect();
    let dictionaries = dictionaries
        .into_iter()
        .map(|table| read_dictionary(table, report, files))
        .collect();
    let context = fields.table(report, "context", "the context");
    let exclude = fields.table(report, "exclude", "the exclude table");
    if composite.is_some() {
        let parts = context.iter().map(|part| ("context", part));
        refuse_parts(
            parts.chain(exclude.iter().map(|part| ("exclude", part))),
            report,
        );
    }
    let composite = composite.map(|table| read_composite(table, report));
    let context = context.map(|table| read_context(table, report));
    let exclude = exclude.map(|table| read_exclusions(table, report));
    let examples = fields.tables(report, "example", "an example");
    let examples = examples
        .into_iter()
        .map(|table| read_example(table, report))
        .collect();
    let counterexamples = fields.tables(report, "counterexample", "a counterexample");
    let counterexamples = counterexamples
        .into_iter()
        .map(|table| read_counterexample(table, report))
        .collect();
    fields.finish(report);

    if report.problems.len() > before {
        return None;
    }
    Some(Classifier {
        id: id?,
        name,
        description,
        severity: severity.unwrap_or_default(),
        confidence: confidence.unwrap_or(DEFAULT_CONFIDENCE),
        tags,
        presidio,
        references,
        chance,
        since,
        stage: stage.unwrap_or_default(),
        accept,
        regexes,
        dictionaries,
        composite,
        context,
        exclude: exclude.unwrap_or_default(),
        examples,
        counterexamples,
        place,
    })
}

fn text(fields: &mut Fields<'_>, report: &mut Report, key: &'static str) -> Option<String> {
    fields.text(report, key).map(|text| text.value)
}

fn read_id(fields: &mut Fields<'_>, report: &mut Report) -> Option<ClassifierId> {
    let hint = "an id reads `<family>.<group>.<name>`";
    let text = fields.needed_text(report, "id", hint)?;
    match ClassifierId::new(&text.value) {
        Ok(id) => Some(id),
        Err(error) => {
            report.add(
                Code::BadId,
                text.span,
                format!("`{}`: {error}", text.value),
                hint,
            );
            None
        }
    }
}

fn read_acceptance(mut fields: Fields<'_>, report: &mut Report) -> Option<Acceptance> {
    let place = Some(report.place(fields.span.clone()));
    let codes = Code::acceptable();
    if !fields.has("code") {
        let names: Vec<&str> = codes.iter().map(|code| code.as_str()).collect();
        fields.missing(report, "`code`", &possible(&names));
    }
    let code = fields.choice(report, "code", &codes, Code::as_str);
    let reason = fields.needed_text(report, "reason", "say why nothing is to be done about it");
    fields.finish(report);
    Some(Acceptance {
        code: code?,
        reason: reason?.value,
        place,
    })
}

fn read_regex(mut fields: Fields<'_>, report: &mut Report) -> Option<RegexDetector> {
    let hint = "write the pattern in single quotes: nothing needs escaping there";
    let pattern = fields.needed_text(report, "pattern", hint);
    let max_len = fields.number(report, "max_len", 1..=MAX_LEN);
    let validate = fields.strings(report, "validate");
    fields.finish(report);
    let pattern = pattern?;
    let place = Some(report.place(pattern.span));
    Some(RegexDetector {
        pattern: pattern.value,
        max_len,
        validate,
        place,
    })
}

pub(super) fn read_context(mut fields: Fields<'_>, report: &mut Report) -> Context {
    let place = Some(report.place(fields.span.clone()));
    let keywords = fields.needed_strings(report, "keywords", "list at least one keyword");
    let window = fields.number(report, "window", 1..=MAX_WINDOW);
    let effect = fields.choice(report, "effect", &ContextEffect::ALL, ContextEffect::as_str);
    let amount = fields.percent(report, "amount");
    fields.finish(report);
    Context {
        keywords,
        window: window.unwrap_or(DEFAULT_CONTEXT_WINDOW),
        effect: effect.unwrap_or_default(),
        amount: amount.unwrap_or(DEFAULT_CONTEXT_AMOUNT),
        place,
    }
}

pub(super) fn read_exclusions(mut fields: Fields<'_>, report: &mut Report) -> Exclusions {
    let place = Some(report.place(fields.span.clone()));
    let before = report.problems.len();
    let values = fields.strings(report, "values");
    let terms = fields.strings(report, "terms");
    let patterns = fields.strings(report, "patterns");
    let exclude = Exclusions {
        values,
        terms,
        patterns,
        place,
    };
    if exclude.is_empty() && report.problems.len() == before {
        let hint = "list what is excluded or leave the table out";
        fields.missing(report, "`values`, `terms` or `patterns`", hint);
    }
    fields.finish(report);
    exclude
}

fn read_example(mut fields: Fields<'_>, report: &mut Report) -> Example {
    let place = Some(report.place(fields.span.clone()));
    let (text, template) = read_sample(&mut fields, report);
    let value = fields.text(report, "value");
    if let Some(value) = &value {
        if template.is_some() {
            let message = "an example has `value` or `template`, not both";
            let hint = "the template makes the value; leave `value` out";
            report.add(Code::BadValue, value.span.clone(), message, hint);
        } else if !text.is_empty() && !text.contains(&value.value) {
            let message = "the value does not occur in the text";
            report.add(
                Code::BadValue,
                value.span.clone(),
                message,
                "copy it from `text`",
            );
        }
    }
    fields.finish(report);
    Example {
        text,
        value: value.map(|value| value.value),
        template,
        place,
    }
}

fn read_counterexample(mut fields: Fields<'_>, report: &mut Report) -> Counterexample {
    let place = Some(report.place(fields.span.clone()));
    let (text, template) = read_sample(&mut fields, report);
    let why = self::text(&mut fields, report, "why").unwrap_or_default();
    fields.finish(report);
    Counterexample {
        text,
        template,
        why,
        place,
    }
}

/// Text and template, at least one of which is there, the template sound and used.
fn read_sample(fields: &mut Fields<'_>, report: &mut Report) -> (String, Option<String>) {
    if !fields.has("text") && !fields.has("template") {
        fields.missing(report, "`text` or `template`", "");
    }
    let template = fields.text(report, "template");
    // The form that the writer gives an example whose template is all of it.
    let text = if fields.has("template") {
        fields.any_text(report, "text")
    } else {
        fields.text(report, "text")
    };
    if let Some(template) = &template {
        if let Err(error) = expand_template(&template.value) {
            let span = error.span();
            let place = report.place(template.span.clone());
            let inside = place.inside(&template.value, span.start, span.end).span;
            let hint = "fields read `{class:length}`, `{[a-z0-9]:length}`, \
                        `{crc32-base62:length}` or `{b64url-of:text}`";
            report.add(Code::BadTemplate, inside, error.to_string(), hint);
        }
        if let Some(text) = &text
            && !text.value.is_empty()
            && !text.value.contains("{value}")
        {
            let message = "the text has no place for the generated value";
            report.add(
                Code::BadValue,
                text.span.clone(),
                message,
                "write `{value}` there",
            );
        }
    }
    (
        text.map(|text| text.value).unwrap_or_default(),
        template.map(|template| template.value),
    )
}
