//! What changed since an older result.

use super::markup::{Column, escape, number, table, words};
use crate::compare::{ClassifierChange, Comparison, FiguresChange};
use crate::result::{FalseFinding, Figures, Missed};
use crate::share::Estimate;

/// How many cases are listed.
const CASES: usize = 500;

pub(super) fn section(comparison: &Comparison) -> String {
    let body = if comparison.is_empty() {
        "<p>Nothing changed.</p>\n".to_owned()
    } else {
        [
            figures(&comparison.figures),
            classifiers(&comparison.classifiers),
            cases(comparison),
        ]
        .concat()
    };
    let remark = match (comparison.cases_added, comparison.cases_removed) {
        (0, 0) => String::new(),
        (added, removed) => format!(
            "{added} cases are new and {removed} are gone: figures of their sources are of other \
             cases than before."
        ),
    };
    super::section("changes", "What changed", &remark, &body)
}

/// Two numbers, the new one marked as better or worse where it differs.
fn pair(
    before: Option<u64>,
    after: Option<u64>,
    shown: [String; 2],
    more_is_better: bool,
) -> String {
    let class = match before.cmp(&after) {
        std::cmp::Ordering::Equal => "same",
        std::cmp::Ordering::Less if more_is_better => "better",
        std::cmp::Ordering::Greater if !more_is_better => "better",
        _ => "worse",
    };
    let [old, new] = shown;
    let shown = if class == "same" {
        format!("<span class=\"same\">{new}</span>")
    } else {
        format!("{old} → <span class=\"{class}\">{new}</span>")
    };
    number(&shown, after)
}

fn counts(before: u64, after: u64, more_is_better: bool) -> String {
    let shown = [before.to_string(), after.to_string()];
    pair(Some(before), Some(after), shown, more_is_better)
}

fn shares(change: &FiguresChange, of: fn(&Figures) -> Option<Estimate>) -> String {
    let get = |figures: &Option<Figures>| figures.as_ref().and_then(of);
    let (before, after) = (get(&change.before), get(&change.after));
    let number = |it: Option<Estimate>| it.map(|it| u64::from(it.value.millionths()));
    let shown = |it: Option<Estimate>| it.map_or("–".to_owned(), |it| it.value.to_string());
    pair(
        number(before),
        number(after),
        [shown(before), shown(after)],
        true,
    )
}

fn figures(changes: &[FiguresChange]) -> String {
    const COLUMNS: [Column; 7] = [
        Column::words("source", "source"),
        Column::words("family", "family"),
        Column::number("found", "found"),
        Column::number("false", "false"),
        Column::number("recall", "recall"),
        Column::number("precision", "precision"),
        Column::number("f1", "F1"),
    ];
    if changes.is_empty() {
        return String::new();
    }
    let row = |change: &FiguresChange| {
        let count = |of: fn(&Figures) -> u64, more_is_better| {
            let get = |figures: &Option<Figures>| figures.as_ref().map_or(0, of);
            counts(get(&change.before), get(&change.after), more_is_better)
        };
        [
            "<tr>".to_owned(),
            words(&change.source),
            words(change.family.as_deref().unwrap_or("all")),
            count(|figures| figures.found, true),
            count(|figures| figures.errors, false),
            shares(change, |figures| figures.recall),
            shares(change, |figures| figures.precision),
            shares(change, |figures| figures.f1),
            "</tr>".to_owned(),
        ]
        .concat()
    };
    let rows: Vec<String> = changes.iter().map(row).collect();
    table(
        "change-table",
        "Figures that changed",
        &COLUMNS.each_ref(),
        &rows,
    )
}

fn classifiers(changes: &[ClassifierChange]) -> String {
    const COLUMNS: [Column; 4] = [
        Column::words("classifier", "classifier"),
        Column::number("true", "true"),
        Column::number("false", "false"),
        Column::number("benign", "benign"),
    ];
    if changes.is_empty() {
        return String::new();
    }
    let rows: Vec<String> = changes
        .iter()
        .map(|change| {
            let (before, after) = (change.before, change.after);
            [
                "<tr>".to_owned(),
                words(&change.id),
                counts(before.hits, after.hits, true),
                counts(before.errors, after.errors, false),
                counts(before.benign, after.benign, false),
                "</tr>".to_owned(),
            ]
            .concat()
        })
        .collect();
    let caption = "Classifiers that changed";
    let table = table(
        "changed-classifier-table",
        caption,
        &COLUMNS.each_ref(),
        &rows,
    );
    format!(
        "<details><summary>{} classifiers</summary>{table}</details>\n",
        rows.len()
    )
}

fn cases(comparison: &Comparison) -> String {
    const COLUMNS: [Column; 4] = [
        Column::words("change", "change"),
        Column::words("source", "source"),
        Column::words("case", "case"),
        Column::words("what", "what"),
    ];
    let missed = |it: &Missed| format!("{} at {}–{}", it.class, it.start, it.end);
    let errors = |it: &FalseFinding| format!("{} at {}–{}", it.classifier, it.start, it.end);
    let mut rows = Vec::new();
    for case in &comparison.cases {
        let mut row = |class: &str, change: &str, what: String| {
            rows.push(format!(
                "<tr><td><span class=\"{class}\">{change}</span></td>{}{}<td>{}</td></tr>",
                words(&case.source),
                words(&case.id),
                escape(&what)
            ));
        };
        for it in &case.now_found {
            row("better", "found", missed(it));
        }
        for it in &case.now_missed {
            row("worse", "missed", missed(it));
        }
        for it in &case.now_false {
            row("worse", "false", errors(it));
        }
        for it in &case.no_longer_false {
            row("better", "no longer false", errors(it));
        }
    }
    if rows.is_empty() {
        return String::new();
    }
    let all = rows.len();
    rows.truncate(CASES);
    let table = table(
        "changed-case-table",
        "Cases that changed",
        &COLUMNS.each_ref(),
        &rows,
    );
    format!(
        "<details><summary>{all} changes of cases, the first {} listed</summary>{table}</details>\n",
        rows.len()
    )
}
