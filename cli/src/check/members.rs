//! Composites, which are checked among the classifiers that they are made of.

use sluicegate::model::{Classifier, Code, Diagnostic, id_meets};
use sluicegate::{Scanner, compile};
use sluicegate_classifiers::builtin_rules;

use super::examples;

/// Families whose classifiers are attached when a scan begins, so that no pack has them.
const ATTACHED: [&str; 2] = ["exact.", "document."];

/// Problems of the composites among the classifiers. What members name and the packs do not have is
/// looked for in the built-in catalogue, which scans have unless it is left out.
pub(super) fn check(classifiers: &[Classifier]) -> Vec<Diagnostic> {
    let is_composite = |classifier: &&Classifier| classifier.composite.is_some();
    let composites: Vec<&Classifier> = classifiers.iter().filter(is_composite).collect();
    let mut all = classifiers.to_vec();
    if composites.iter().all(|known| unmet(known, &all).is_empty()) {
        return among(&composites, &all);
    }
    let mut builtin = builtin_rules().classifiers;
    builtin.retain(|known| classifiers.iter().all(|other| other.id != known.id));
    all.append(&mut builtin);
    let mut problems: Vec<Diagnostic> = composites
        .iter()
        .flat_map(|composite| unmet(composite, &all))
        .collect();
    problems.extend(among(&composites, &all));
    problems
}

/// Problems of composites that show when all classifiers are compiled together.
fn among(composites: &[&Classifier], all: &[Classifier]) -> Vec<Diagnostic> {
    if composites.is_empty() {
        return Vec::new();
    }
    match compile(all) {
        Ok(compiled) => {
            let mut scanner = Scanner::new(&compiled.database);
            let checked = composites
                .iter()
                .flat_map(|composite| examples::check(composite, &mut scanner));
            checked.collect()
        }
        Err(error) => {
            let mut problems = error.0;
            problems.retain(|problem| {
                let about = problem.classifier.as_deref();
                composites
                    .iter()
                    .any(|composite| about == Some(composite.id.as_str()))
            });
            problems
        }
    }
}

/// The members of a composite that no classifier meets.
fn unmet(composite: &Classifier, all: &[Classifier]) -> Vec<Diagnostic> {
    let members = composite.composite.iter().flat_map(|parts| &parts.members);
    let mut problems = Vec::new();
    for member in members {
        for pattern in &member.classifiers {
            let is_met = all
                .iter()
                .filter(|classifier| classifier.composite.is_none())
                .any(|classifier| id_meets(classifier.id.as_str(), pattern));
            // What names a composite is an error, of which the compiler tells.
            let is_composite = all
                .iter()
                .any(|classifier| classifier.id.as_str() == pattern);
            if is_met || is_composite || ATTACHED.iter().any(|family| pattern.starts_with(family)) {
                continue;
            }
            let message = format!("no classifier meets the member `{pattern}`");
            problems.push(
                Diagnostic::new(Code::NoMember, message)
                    .hint("it is in none of the packs that are checked, nor built in")
                    .about(composite.id.as_str())
                    .at(member.place.as_ref().or(composite.place.as_ref()).cloned()),
            );
        }
    }
    problems
}
