//! Proposals as a table for people.

use sluicegate::model::visible;

use super::{Counts, Effect, Proposal, Tuning};
use crate::share::{Rate, Share};
use crate::text::{Page, Style, Table};

/// The proposals with what they come to, and what changes for sources.
pub fn to_text(tuning: &Tuning, style: Style) -> String {
    let mut page = Page::new(style);
    if tuning.proposals.is_empty() {
        page.line("No change would make the classifiers better on these cases.");
    }
    let headings = [
        "<classifier",
        "<half",
        "<true",
        "<false",
        "<precision",
        "<benign per MB",
    ];
    let mut table = Table::new(&headings);
    for proposal in &tuning.proposals {
        for (name, half, effect) in [
            (proposal.classifier(), "tuned on", &proposal.tuned),
            ("", "held out", &proposal.held),
        ] {
            table.row(&row(name, half, effect));
        }
    }
    page.table("What proposals come to, measured together", &table);
    page.paragraph("Proposals");
    for proposal in &tuning.proposals {
        let change = summary(proposal);
        page.line(&format!("{}: {change}", proposal.classifier()));
        page.remark(&visible(&proposal.reason));
    }
    if tuning.withdrawn > 0 {
        let count = tuning.withdrawn;
        page.remark(&format!(
            "{count} more did not help once they were compiled, or harmed the held-out half"
        ));
    }
    page.changed_figures(&tuning.comparison);
    page.finish()
}

fn row(name: &str, half: &str, effect: &Effect) -> [String; 6] {
    let Effect { before, after, .. } = effect;
    let count = |of: fn(Counts) -> u64| arrow(&of(*before).to_string(), &of(*after).to_string());
    let share = |share: Option<Share>| share.map_or("-".to_owned(), |share| share.to_string());
    let rate = |rate: Option<Rate>| rate.map_or("-".to_owned(), |rate| rate.to_string());
    let [quiet, noisy] = effect.rates();
    [
        name.to_owned(),
        half.to_owned(),
        count(|counts| counts.hits),
        count(Counts::all_errors),
        arrow(&share(before.precision()), &share(after.precision())),
        arrow(&rate(quiet), &rate(noisy)),
    ]
}

fn arrow(before: &str, after: &str) -> String {
    [before, " → ", after].concat()
}

/// What is proposed, on one line.
fn summary(proposal: &Proposal) -> String {
    let change = &proposal.change;
    let mut parts = Vec::new();
    if change.disabled {
        parts.push("disabled".to_owned());
    }
    if let Some(least) = change.min_confidence {
        parts.push(format!("min_confidence = {least}"));
    }
    if let Some(context) = &change.context {
        parts.push(format!("require one of {}", context.keywords.join(", ")));
    }
    if !change.exclude.terms.is_empty() {
        parts.push(format!("exclude {}", change.exclude.terms.join(", ")));
    }
    visible(&parts.join("; "))
}
