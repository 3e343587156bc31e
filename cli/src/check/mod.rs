//! `check`: everything that can be said of packs before they are used.
//!
//! | file | holds |
//! |---|---|
//! | `examples.rs` | whether examples are found, and counterexamples are not |
//! | `members.rs` | composites among the classifiers that they are made of |
//! | `overrides.rs` | overrides among the classifiers that they change |
//! | `accept.rs` | warnings that classifiers accept |
//! | `advice.rs` | what is missing or can be better |
//! | `expense.rs` | which detectors cost much, and why |
//! | `report.rs` | the result for people and as JSON |

mod accept;
mod advice;
mod examples;
mod expense;
mod members;
mod overrides;
mod report;

use std::collections::BTreeMap;
use std::io::{self, IsTerminal};

use accept::Accepted;
use sluicegate::model::{Classifier, Code, Diagnostic};
use sluicegate::{DetectorPlan, Route, Scanner, compile};
use sluicegate_classifiers::{Rules, builtin_rules};

use crate::args::CheckArgs;
use crate::catalogue;
use crate::failure::{Failure, Status, has_errors};
use crate::palette::Palette;

/// What was checked, and what there is to say.
struct Checked {
    problems: Vec<Diagnostic>,
    /// Warnings that their classifiers accept, with the reason.
    accepted: Vec<Accepted>,
    packs: usize,
    classifiers: usize,
    examples: usize,
    counterexamples: usize,
    /// Detectors by route.
    routes: BTreeMap<Route, usize>,
    /// Bytes of the database of all packs, where they compile.
    database: Option<usize>,
}

pub(crate) fn run(args: &CheckArgs, palette: impl Fn(bool) -> Palette) -> Result<Status, Failure> {
    let mut rules = Rules::default();
    if args.paths.is_empty() {
        rules = builtin_rules();
    }
    for path in &args.paths {
        catalogue::add(&mut rules, path)?;
    }
    let checked = check(rules);
    let palette = palette(io::stdout().is_terminal());
    report::write(&checked, args, palette)?;
    Ok(if has_errors(&checked.problems) {
        Status::Failed
    } else {
        Status::Done
    })
}

fn check(mut rules: Rules) -> Checked {
    // Classifiers are checked as they are written, overrides by themselves.
    let overrides = std::mem::take(&mut rules.overrides);
    rules.settle();
    rules
        .problems
        .extend(overrides::check(&overrides, &rules.classifiers));
    let mut checked = Checked {
        problems: rules.problems,
        accepted: Vec::new(),
        packs: rules.packs,
        classifiers: rules.classifiers.len(),
        examples: rules
            .classifiers
            .iter()
            .map(|classifier| classifier.examples.len())
            .sum(),
        counterexamples: rules
            .classifiers
            .iter()
            .map(|classifier| classifier.counterexamples.len())
            .sum(),
        routes: BTreeMap::new(),
        database: None,
    };
    for classifier in &rules.classifiers {
        check_one(classifier, &mut checked);
    }
    checked.problems.extend(members::check(&rules.classifiers));
    checked
        .problems
        .extend(advice::collisions(&rules.classifiers));
    // What one classifier does wrong is known by now; the set as a whole has limits of its own.
    match compile(&rules.classifiers) {
        Ok(compiled) => checked.database = Some(compiled.database.image().len()),
        Err(error) => checked.problems.extend(
            error
                .0
                .into_iter()
                .filter(|problem| problem.code == Code::DatabaseTooLarge),
        ),
    }
    checked.accepted = accept::take(&rules.classifiers, &mut checked.problems);
    checked.problems.sort_by(|a, b| place(a).cmp(&place(b)));
    checked
}

fn place(problem: &Diagnostic) -> Option<(&str, usize)> {
    let place = problem.place.as_ref()?;
    Some((place.source.name(), place.span.start))
}

/// Compiles a classifier alone, so that what is wrong with another does not hide it.
fn check_one(classifier: &Classifier, checked: &mut Checked) {
    let mut plans: &[DetectorPlan] = &[];
    if classifier.composite.is_some() {
        checked.problems.extend(advice::advise(classifier, plans));
        return;
    }
    let compiled = compile(std::slice::from_ref(classifier));
    match &compiled {
        Ok(compiled) => {
            plans = &compiled.plans;
            for plan in plans {
                *checked.routes.entry(plan.plan.route).or_default() += 1;
            }
            let mut scanner = Scanner::new(&compiled.database);
            checked
                .problems
                .extend(examples::check(classifier, &mut scanner));
        }
        Err(error) => checked.problems.extend(error.0.iter().cloned()),
    }
    checked.problems.extend(advice::advise(classifier, plans));
}
