//! The tables.

use super::Exhibition;
use super::markup::{Column, escape, number, section, table, words};
use super::plot::interval;
use crate::exhibit::ExhibitText;
use crate::result::{Classifier, Evaluation, Figures, Source};
use crate::share::{Estimate, Rate};

/// A cell of words that stay on one line.
fn words_short(text: &str) -> String {
    words(text).replacen("<td>", "<td class=\"short\">", 1)
}

/// What an estimate is sorted by.
fn value(estimate: Option<Estimate>) -> Option<u64> {
    estimate.map(|estimate| estimate.value.millionths().into())
}

fn estimate(estimate: Option<Estimate>) -> String {
    number(&interval(estimate), value(estimate))
}

fn count(count: u64) -> String {
    number(&count.to_string(), Some(count))
}

pub(super) fn sources(evaluation: &Evaluation) -> String {
    const COLUMNS: [Column; 9] = [
        Column::words("source", "source"),
        Column::number("labelled", "labelled"),
        Column::number("found", "found"),
        Column::number("false", "false"),
        Column::number("recall", "recall"),
        Column::number("precision", "precision"),
        Column::number("f1", "F1"),
        Column::number("negatives", "negatives"),
        Column::number("flagged", "flagged"),
    ];
    let figures = |figures: &Figures| {
        [
            count(figures.labelled),
            count(figures.found),
            count(figures.errors),
            estimate(figures.recall),
            estimate(figures.precision),
            estimate(figures.f1),
        ]
        .concat()
    };
    let whole = |source: &Source| {
        format!(
            "<tr data-group=\"{0}\"><th scope=\"row\">{0}</th>{1}{2}{3}</tr>",
            escape(&source.source),
            figures(&source.total),
            count(source.negatives),
            estimate(source.flagged_share)
        )
    };
    let rows: Vec<String> = evaluation
        .sources
        .iter()
        .flat_map(|source| {
            let families = source.families.iter().map(|family| {
                format!(
                    "<tr class=\"family\" data-group=\"{}\"><th scope=\"row\">{}</th>{}<td></td>\
                     <td></td></tr>",
                    escape(&source.source),
                    escape(&family.family),
                    figures(&family.figures)
                )
            });
            std::iter::once(whole(source)).chain(families)
        })
        .collect();
    table("source-table", "By source", &COLUMNS.each_ref(), &rows)
}

pub(super) fn classifiers(evaluation: &Evaluation) -> String {
    const COLUMNS: [Column; 10] = [
        Column::words("classifier", "classifier"),
        Column::number("true", "true"),
        Column::number("false", "false"),
        Column::number("other", "other class"),
        Column::number("precision", "precision"),
        Column::number("own", "own values"),
        Column::number("recall", "recall"),
        Column::number("f1", "F1"),
        Column::number("benign", "benign"),
        Column::number("noise", "per MB"),
    ];
    const COST: Column = Column::number("steps", "steps");
    let has_cost = evaluation.classifiers.iter().any(|one| one.cost.is_some());
    let row = |one: &Classifier| {
        let cost = if has_cost {
            count(one.cost.unwrap_or_default().steps)
        } else {
            String::new()
        };
        let family = one.id.split('.').next().unwrap_or_default();
        let rate = one.benign_per_mb;
        let shown = rate.map_or_else(|| "–".to_owned(), |rate| rate.to_string());
        [
            format!("<tr data-family=\"{}\">", escape(family)),
            format!("<th scope=\"row\">{}</th>", escape(&one.id)),
            count(one.hits),
            count(one.errors),
            count(one.other_class),
            estimate(one.precision),
            count(one.own_labelled),
            estimate(one.recall),
            estimate(one.f1),
            count(one.benign),
            number(&shown, rate.map(Rate::thousandths)),
            cost,
            "</tr>".to_owned(),
        ]
        .concat()
    };
    let rows: Vec<String> = evaluation.classifiers.iter().map(row).collect();
    let mut columns: Vec<&Column> = COLUMNS.iter().collect();
    if has_cost {
        columns.push(&COST);
    }
    table("classifier-table", "By classifier", &columns, &rows)
}

/// What was found of each class, where there are several.
pub(super) fn classes(evaluation: &Evaluation) -> String {
    const COLUMNS: [Column; 5] = [
        Column::words("source", "source"),
        Column::words("class", "class"),
        Column::number("labelled", "labelled"),
        Column::number("found", "found"),
        Column::number("recall", "recall"),
    ];
    let rows: Vec<String> = evaluation
        .sources
        .iter()
        .flat_map(|source| source.classes.iter().map(move |class| (source, class)))
        .map(|(source, class)| {
            let recall = if class.covered {
                estimate(class.recall)
            } else {
                number("<span class=\"what\">not covered</span>", None)
            };
            [
                "<tr>".to_owned(),
                words(&source.source),
                words(&class.class),
                count(class.labelled),
                count(class.found),
                recall,
                "</tr>".to_owned(),
            ]
            .concat()
        })
        .collect();
    if rows.is_empty() {
        return String::new();
    }
    let table = table("class-table", "By class", &COLUMNS.each_ref(), &rows);
    let body = format!(
        "<details><summary>{} classes</summary>{table}</details>",
        rows.len()
    );
    let remark = "In the words of whoever labelled the values.";
    section("classes", "Classes", remark, &body)
}

/// The source and id of a case, or the file of a benign text.
fn origin(evaluation: &Evaluation, text: ExhibitText) -> (&str, &str) {
    match text {
        ExhibitText::Case(number) => {
            let case = &evaluation.cases[number];
            // Many ids begin with the name of their source.
            let short = case.id.strip_prefix(case.source.as_str());
            let short = short.and_then(|rest| rest.strip_prefix('/'));
            (&case.source, short.unwrap_or(&case.id))
        }
        ExhibitText::Benign(number) => {
            let name = evaluation.benign.files[number].file.as_str();
            (name.rsplit('/').next().unwrap_or(name), "")
        }
    }
}

fn excerpt(exhibition: &Exhibition) -> String {
    let excerpt = &exhibition.excerpt;
    format!(
        "<td class=\"excerpt\"><code>{}<mark>{}</mark>{}</code></td>",
        escape(&excerpt.before),
        escape(&excerpt.marked),
        escape(&excerpt.after)
    )
}

fn place(exhibition: &Exhibition) -> String {
    let exhibit = &exhibition.exhibit;
    let shown = format!("{}–{}", exhibit.start, exhibit.end);
    number(&shown, Some(exhibit.start as u64))
}

pub(super) fn missed(evaluation: &Evaluation, missed: &[Exhibition]) -> String {
    const COLUMNS: [Column; 5] = [
        Column::words("source", "source"),
        Column::words("case", "case"),
        Column::words("class", "class"),
        Column::number("place", "bytes"),
        Column::words("excerpt", "excerpt"),
    ];
    if missed.is_empty() {
        return String::new();
    }
    let all: usize = evaluation.cases.iter().map(|case| case.missed.len()).sum();
    let rows: Vec<String> = missed
        .iter()
        .map(|one| {
            let (source, case) = origin(evaluation, one.exhibit.text);
            [
                "<tr>".to_owned(),
                words_short(source),
                words(case),
                words(&one.exhibit.what),
                place(one),
                excerpt(one),
                "</tr>".to_owned(),
            ]
            .concat()
        })
        .collect();
    let remark = format!(
        "The first of each source, {} of {all}; values are hidden.",
        missed.len()
    );
    let table = table("missed-table", "Missed values", &COLUMNS.each_ref(), &rows);
    section("missed", "Missed values", &remark, &table)
}

pub(super) fn errors(evaluation: &Evaluation, errors: &[Exhibition]) -> String {
    const COLUMNS: [Column; 6] = [
        Column::words("classifier", "classifier"),
        Column::number("confidence", "confidence"),
        Column::words("source", "source"),
        Column::words("case", "case"),
        Column::number("place", "bytes"),
        Column::words("excerpt", "excerpt"),
    ];
    if errors.is_empty() {
        return String::new();
    }
    let rows: Vec<String> = errors
        .iter()
        .map(|one| {
            let (source, case) = origin(evaluation, one.exhibit.text);
            let confidence = one.exhibit.confidence;
            let shown = confidence.map_or_else(|| "–".to_owned(), |it| it.to_string());
            [
                "<tr>".to_owned(),
                words(&one.exhibit.what),
                number(&shown, confidence.map(u64::from)),
                words_short(source),
                words(case),
                place(one),
                excerpt(one),
                "</tr>".to_owned(),
            ]
            .concat()
        })
        .collect();
    let remark = "Of the classifiers with the most false findings, the most confident ones; then the \
                  first in benign texts. Values are hidden.";
    let table = table("false-table", "False findings", &COLUMNS.each_ref(), &rows);
    section("false", "Worst false findings", remark, &table)
}
