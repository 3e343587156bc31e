//! What changed since an older result.

use sluicegate::model::visible;

use super::{Page, Table};
use crate::compare::Comparison;
use crate::result::Figures;
use crate::share::Estimate;

/// Both where they differ.
fn before_after(before: String, after: String) -> String {
    if before == after {
        after
    } else {
        [before, after].join(" → ")
    }
}

impl Page {
    /// Figures of sources and families that changed.
    pub(crate) fn changed_figures(&mut self, comparison: &Comparison) {
        let headings = [
            "<source",
            "<family",
            "<found",
            "<false",
            "<recall",
            "<precision",
            "<f1",
        ];
        let mut table = Table::new(&headings);
        for change in &comparison.figures {
            let pair = |of: fn(&Figures) -> String| {
                let shown = |figures: Option<Figures>| figures.as_ref().map_or("-".to_owned(), of);
                before_after(shown(change.before), shown(change.after))
            };
            let share = |of: fn(&Figures) -> Option<Estimate>| {
                let shown = |figures: Option<Figures>| {
                    let estimate = figures.as_ref().and_then(of);
                    estimate.map_or("-".to_owned(), |estimate| estimate.value.to_string())
                };
                before_after(shown(change.before), shown(change.after))
            };
            table.row(&[
                visible(&change.source),
                change.family.clone().unwrap_or_else(|| "all".to_owned()),
                pair(|figures| figures.found.to_string()),
                pair(|figures| figures.errors.to_string()),
                share(|figures| figures.recall),
                share(|figures| figures.precision),
                share(|figures| figures.f1),
            ]);
        }
        self.table("Changed figures", &table);
    }

    fn changed_classifiers(&mut self, comparison: &Comparison) {
        let mut table = Table::new(&["<classifier", "<true", "<false", "<benign"]);
        for change in &comparison.classifiers {
            let (before, after) = (change.before, change.after);
            let pair =
                |before: u64, after: u64| before_after(before.to_string(), after.to_string());
            table.row(&[
                change.id.clone(),
                pair(before.hits, after.hits),
                pair(before.errors, after.errors),
                pair(before.benign, after.benign),
            ]);
        }
        self.table("Changed classifiers", &table);
    }

    fn changed_cases(&mut self, comparison: &Comparison) {
        let mut table = Table::new(&["<change", "<source", "<case", "<what", "<bytes"]);
        for case in &comparison.cases {
            let mut row = |change: &str, what: &str, start: usize, end: usize| {
                table.row(&[
                    change.to_owned(),
                    visible(&case.source),
                    visible(&case.id),
                    visible(what),
                    format!("{start}..{end}"),
                ]);
            };
            for it in &case.now_found {
                row("found", &it.class, it.start, it.end);
            }
            for it in &case.now_missed {
                row("missed", &it.class, it.start, it.end);
            }
            for it in &case.now_false {
                row("false", &it.classifier, it.start, it.end);
            }
            for it in &case.no_longer_false {
                row("no longer false", &it.classifier, it.start, it.end);
            }
        }
        self.table("Changed cases", &table);
    }

    /// All that changed.
    pub(super) fn comparison(&mut self, comparison: &Comparison) {
        self.changed_figures(comparison);
        self.changed_classifiers(comparison);
        self.changed_cases(comparison);
        if comparison.is_empty() {
            self.paragraph("Nothing changed");
        }
        let (added, removed) = (comparison.cases_added, comparison.cases_removed);
        if added + removed > 0 {
            self.remark(&format!("{added} cases are new, {removed} are gone"));
        }
    }
}
