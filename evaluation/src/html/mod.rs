//! The result as a page that a browser shows without anything else: no network, no framework.
//!
//! | file | holds |
//! |---|---|
//! | `markup.rs` | text to HTML; tables and sections |
//! | `plot.rs` | plots as SVG |
//! | `tables.rs` | the tables |
//! | `change.rs` | what changed since an older result |
//! | `page.css`, `page.js` | how it looks; sorting and filtering |

mod change;
mod markup;
mod plot;
mod tables;

use std::collections::BTreeSet;

use crate::exhibit::Exhibit;
use crate::result::{Evaluation, Setting};
use markup::{escape, section};

const STYLE: &str = include_str!("page.css");
const SCRIPT: &str = include_str!("page.js");

/// A place in a text as it may be shown: what is a value is hidden.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Excerpt {
    /// What stands before it.
    pub before: String,
    /// The place itself.
    pub marked: String,
    /// What stands behind it.
    pub after: String,
}

/// A place that is worth looking at, and what of it may be shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exhibition {
    /// The place.
    pub exhibit: Exhibit,
    /// What may be shown.
    pub excerpt: Excerpt,
}

/// The result as one HTML page, with values that were missed and findings that are false.
pub fn to_html(evaluation: &Evaluation, missed: &[Exhibition], errors: &[Exhibition]) -> String {
    let sections = [
        headline(evaluation),
        evaluation
            .comparison
            .as_ref()
            .map_or_else(String::new, change::section),
        curves(evaluation),
        calibration(evaluation),
        benign(evaluation),
        costs(evaluation),
        classifiers(evaluation),
        tables::classes(evaluation),
        tables::missed(evaluation, missed),
        tables::errors(evaluation, errors),
    ];
    format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n\
         <title>Evaluation of classifiers</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n\
         <header><h1>Evaluation</h1>\n{}</header>\n<main>\n{}</main>\n\
         <script>\n{SCRIPT}</script>\n</body>\n</html>\n",
        setting(evaluation),
        sections.concat()
    )
}

fn setting(evaluation: &Evaluation) -> String {
    let Setting {
        database,
        classifiers,
        min_confidence,
        resolve,
        apart,
    } = &evaluation.setting;
    let benign: u64 = evaluation.benign.files.iter().map(|file| file.bytes).sum();
    let fact = |name: &str, value: &str| format!("<div><dt>{name}</dt><dd>{value}</dd></div>\n");
    let apart: Vec<String> = apart
        .iter()
        .map(|glob| format!("<code>{}</code>", escape(glob)))
        .collect();
    let facts = [
        fact("classifiers", &classifiers.to_string()),
        fact("cases", &evaluation.cases.len().to_string()),
        fact(
            "benign text",
            &format!("{}.{} MB", benign / 1_000_000, benign / 100_000 % 10),
        ),
        fact("least confidence", &min_confidence.to_string()),
        fact(
            "of rival claims",
            if *resolve { "the likeliest" } else { "all" },
        ),
        fact(
            "database",
            &format!("<code>{}</code>", &database[..database.len().min(12)]),
        ),
    ];
    format!(
        "<dl>{}</dl>\n<p class=\"remark\">No errors where no label names them: {}</p>\n",
        facts.concat(),
        apart.join(" ")
    )
}

fn headline(evaluation: &Evaluation) -> String {
    if evaluation.sources.is_empty() {
        return String::new();
    }
    let remark = "Dots are what was observed, bars the interval that holds the true share in 95 of \
                  100 samples. <button type=\"button\" id=\"families\" aria-pressed=\"false\">\
                  Show families</button>";
    section("sources", "Sources", remark, &tables::sources(evaluation))
}

fn curves(evaluation: &Evaluation) -> String {
    if evaluation.curves.is_empty() {
        return String::new();
    }
    let families: BTreeSet<&str> = evaluation
        .curves
        .iter()
        .filter_map(|curve| curve.family.as_deref())
        .collect();
    let options: Vec<String> = families
        .iter()
        .map(|family| format!("<option>{family}</option>"))
        .collect();
    let legend = "<span class=\"key recall\">recall</span> <span class=\"key precision\">precision\
                  </span> <span class=\"key f1\">F1</span> <span class=\"key false\">false findings \
                  per MB, of sources without labelled values</span>";
    let least = evaluation.setting.min_confidence;
    let plots: Vec<String> = evaluation
        .curves
        .iter()
        .map(|curve| plot::curve(curve, least))
        .collect();
    let body = format!(
        "<p class=\"controls\"><label>Family <select id=\"curve\"><option value=\"all\">all\
         </option>{}</select></label> {legend}</p>\n<div class=\"plots\">\n{}</div>\n",
        options.concat(),
        plots.concat()
    );
    let remark = "What each least confidence, from 0 on the left to 100, would give.";
    section("curves", "Thresholds", remark, &body)
}

fn calibration(evaluation: &Evaluation) -> String {
    if evaluation.calibration.is_empty() {
        return String::new();
    }
    let plots = evaluation.calibration.iter().map(plot::calibration);
    let plots: Vec<String> = plots.collect();
    let body = format!("<div class=\"plots\">\n{}</div>\n", plots.concat());
    let remark = "How many findings of each confidence are true; larger dots stand for more \
                  findings. Above the line, classifiers are better than they say.";
    section("calibration", "Calibration", remark, &body)
}

fn benign(evaluation: &Evaluation) -> String {
    if evaluation.benign.files.is_empty() {
        return String::new();
    }
    let remark = "Findings in texts that should have none.";
    section("benign", "Noise", remark, &plot::noise(&evaluation.benign))
}

fn costs(evaluation: &Evaluation) -> String {
    let plot = plot::costs(&evaluation.classifiers);
    if plot.is_empty() {
        return plot;
    }
    let remark = "One dot for each classifier: how many of its findings are true, and the steps that \
                  verification took for it. Marked: more false than true.";
    section("costs", "Cost and value", remark, &plot)
}

fn classifiers(evaluation: &Evaluation) -> String {
    if evaluation.classifiers.is_empty() {
        return String::new();
    }
    let families: BTreeSet<&str> = evaluation
        .classifiers
        .iter()
        .filter_map(|one| one.id.split('.').next())
        .collect();
    let options: Vec<String> = families
        .iter()
        .map(|family| format!("<option>{family}</option>"))
        .collect();
    let body = format!(
        "<p class=\"controls\"><label>Filter <input type=\"search\" id=\"filter\" \
         placeholder=\"part of an id\"></label> <label>Family <select id=\"family\">\
         <option value=\"\">all</option>{}</select></label> \
         <output id=\"shown\"></output></p>\n{}",
        options.concat(),
        tables::classifiers(evaluation)
    );
    let remark = "Own values are those of classes that the classifier alone stands for; recall is \
                  over them. The address of the page keeps how it is sorted and filtered.";
    section("classifiers", "Classifiers", remark, &body)
}
