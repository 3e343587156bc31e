//! Results as tables for people.
//!
//! | file | holds |
//! |---|---|
//! | `table.rs` | tables in columns |
//! | `change.rs` | what changed since an older result |

mod change;
mod table;

use sluicegate::model::visible;

use crate::result::{Classifier, Evaluation, Figures, Source};
use crate::share::{Estimate, Rate};
pub(crate) use table::Table;

/// What is written around headings and remarks, such as the escape sequences of a terminal.
#[derive(Clone, Copy, Debug, Default)]
pub struct Style {
    /// Begins a heading.
    pub bold: &'static str,
    /// Begins what matters less.
    pub dim: &'static str,
    /// Ends both.
    pub end: &'static str,
}

/// How many of the worst classifiers are listed.
const WORST: usize = 10;

/// The result as tables: sources with their families, the worst classifiers, calibration, benign
/// texts.
pub fn to_text(evaluation: &Evaluation, style: Style) -> String {
    let mut page = Page::new(style);
    page.sources(evaluation);
    page.classifiers(evaluation);
    page.calibration(evaluation);
    page.benign(evaluation);
    if let Some(comparison) = &evaluation.comparison {
        page.comparison(comparison);
    }
    page.finish()
}

/// Tables one below the other.
pub(crate) struct Page {
    text: String,
    style: Style,
}

impl Page {
    pub(crate) fn new(style: Style) -> Self {
        Self {
            text: String::new(),
            style,
        }
    }

    pub(crate) fn finish(self) -> String {
        self.text
    }

    /// A heading, with an empty line above it.
    pub(crate) fn paragraph(&mut self, title: &str) {
        let Style { bold, end, .. } = self.style;
        if !self.text.is_empty() {
            self.text.push('\n');
        }
        self.text += &[bold, title, end, "\n"].concat();
    }

    /// A heading and a table, or nothing where the table is empty.
    pub(crate) fn table(&mut self, title: &str, table: &Table) {
        if !table.is_empty() {
            self.paragraph(title);
            let Style { dim, end, .. } = self.style;
            table.write(&mut self.text, dim, end);
        }
    }

    pub(crate) fn line(&mut self, text: &str) {
        self.text += &["  ", text, "\n"].concat();
    }

    pub(crate) fn remark(&mut self, text: &str) {
        let Style { dim, end, .. } = self.style;
        self.text += &["  ", dim, text, end, "\n"].concat();
    }

    fn sources(&mut self, evaluation: &Evaluation) {
        let headings = [
            "<source",
            "<family",
            "labelled",
            "found",
            "false",
            "<recall",
            "<precision",
            "<f1",
        ];
        let mut table = Table::new(&headings);
        for source in &evaluation.sources {
            table.row(&figures(&visible(&source.source), "all", &source.total));
            // A line that says the same again is left out.
            let families = source.families.iter();
            for family in families
                .filter(|family| source.families.len() > 1 || family.figures != source.total)
            {
                table.row(&figures("", &family.family, &family.figures));
            }
        }
        self.table("Sources", &table);
        let counts: Vec<String> = evaluation.sources.iter().filter_map(left_out).collect();
        for line in counts {
            self.remark(&line);
        }
        let mut table = Table::new(&["<source", "negatives", "flagged", "<share"]);
        for source in evaluation.sources.iter().filter(|it| it.negatives > 0) {
            table.row(&[
                visible(&source.source),
                source.negatives.to_string(),
                source.flagged.to_string(),
                estimate(source.flagged_share),
            ]);
        }
        self.table("Negative cases", &table);
    }

    fn classifiers(&mut self, evaluation: &Evaluation) {
        let headings = ["<classifier", "true", "false", "<precision", "benign"];
        let mut false_ones: Vec<&Classifier> = evaluation
            .classifiers
            .iter()
            .filter(|one| one.errors > 0)
            .collect();
        false_ones.sort_by(|a, b| (b.errors, &a.id).cmp(&(a.errors, &b.id)));
        let mut table = Table::new(&headings);
        for one in false_ones.into_iter().take(WORST) {
            table.row(&[
                one.id.clone(),
                one.hits.to_string(),
                one.errors.to_string(),
                estimate(one.precision),
                one.benign.to_string(),
            ]);
        }
        self.table("Most false findings", &table);
        let missed = |one: &Classifier| one.own_labelled - one.own_found;
        let mut missing: Vec<&Classifier> = evaluation
            .classifiers
            .iter()
            .filter(|one| missed(one) > 0)
            .collect();
        missing.sort_by(|a, b| (missed(b), &a.id).cmp(&(missed(a), &b.id)));
        let mut table = Table::new(&["<classifier", "own values", "missed", "<recall"]);
        for one in missing.into_iter().take(WORST) {
            table.row(&[
                one.id.clone(),
                one.own_labelled.to_string(),
                missed(one).to_string(),
                estimate(one.recall),
            ]);
        }
        self.table("Most missed values", &table);
        let mut dear: Vec<&Classifier> = evaluation
            .classifiers
            .iter()
            .filter(|one| one.cost.is_some_and(|cost| cost.steps > 0))
            .collect();
        let steps = |one: &Classifier| one.cost.map_or(0, |cost| cost.steps);
        dear.sort_by(|a, b| (steps(b), &a.id).cmp(&(steps(a), &b.id)));
        let headings = ["<classifier", "steps", "µs", "‰ of scan", "true", "false"];
        let mut table = Table::new(&headings);
        for one in dear.into_iter().take(WORST) {
            let cost = one.cost.unwrap_or_default();
            table.row(&[
                one.id.clone(),
                cost.steps.to_string(),
                (cost.time_ns / 1000).to_string(),
                cost.per_mille.to_string(),
                one.hits.to_string(),
                one.errors.to_string(),
            ]);
        }
        self.table("Dearest classifiers", &table);
    }

    fn calibration(&mut self, evaluation: &Evaluation) {
        let mut table = Table::new(&["confidence", "findings", "<true"]);
        let all = evaluation.calibration.iter();
        let bins = all.filter(|one| one.family.is_none());
        for bin in bins.flat_map(|one| &one.bins).filter(|bin| bin.judged > 0) {
            table.row(&[
                format!("{} to {}", bin.from, bin.to),
                bin.judged.to_string(),
                estimate(bin.share),
            ]);
        }
        self.table("Calibration", &table);
    }

    fn benign(&mut self, evaluation: &Evaluation) {
        let headings = [
            "<text", "bytes", "findings", "per MB", "places", "per MB", "apart", "per MB",
        ];
        let mut table = Table::new(&headings);
        for file in &evaluation.benign.files {
            table.row(&[
                visible(&file.file),
                file.bytes.to_string(),
                file.findings.to_string(),
                rate(file.per_mb),
                file.places.to_string(),
                rate(file.places_per_mb),
                file.apart.to_string(),
                rate(file.apart_per_mb),
            ]);
        }
        self.table("Benign texts", &table);
        let incomplete = evaluation.benign.files.iter().filter(|it| it.incomplete);
        let incomplete: Vec<String> = incomplete
            .map(|file| {
                format!(
                    "{}: the scan reached its limit of work",
                    visible(&file.file)
                )
            })
            .collect();
        for line in incomplete {
            self.remark(&line);
        }
        let mut table = Table::new(&["<classifier", "findings", "per MB"]);
        for noise in &evaluation.benign.noisiest {
            table.row(&[
                noise.id.clone(),
                noise.findings.to_string(),
                rate(noise.per_mb),
            ]);
        }
        self.table("Noisiest classifiers", &table);
    }
}

fn figures(source: &str, family: &str, figures: &Figures) -> [String; 8] {
    [
        source.to_owned(),
        family.to_owned(),
        figures.labelled.to_string(),
        figures.found.to_string(),
        figures.errors.to_string(),
        estimate(figures.recall),
        estimate(figures.precision),
        estimate(figures.f1),
    ]
}

/// What of a source is not scored; none where everything is.
fn left_out(source: &Source) -> Option<String> {
    let counts = [
        (source.uncovered, "values not covered"),
        (source.uncovered_cases, "cases not covered"),
        (source.unlabelled, "cases without labels"),
        (source.other_class, "findings at values of other classes"),
        (source.incomplete, "cases not inspected to their end"),
    ];
    let counts: Vec<String> = counts
        .iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, what)| format!("{count} {what}"))
        .collect();
    let name = visible(&source.source);
    (!counts.is_empty()).then(|| format!("{name}: {}", counts.join(", ")))
}

fn estimate(estimate: Option<Estimate>) -> String {
    estimate.map_or_else(|| "-".to_owned(), |estimate| estimate.to_string())
}

fn rate(rate: Option<Rate>) -> String {
    rate.map_or_else(|| "-".to_owned(), |rate| rate.to_string())
}
