//! A whole file: what it may hold, and how errors keep a classifier out.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::Arc;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::classifier::read_classifier;
use super::facts::read_table;
use super::overrides::read_override;
use crate::document::{Document, Report};
use crate::{Classifier, ClassifierId, Code, Diagnostic, Override, Source};

/// Reads a pack: its classifiers in the order of the file, those of fact tables last, and every
/// problem in the order of the text. A classifier with an error is left out.
///
/// `tables` returns the text of the file that a `[[table]]` or a dictionary names, or why it can't.
///
/// ```
/// use sluicegate_model::{Source, read_pack};
/// let source = Source::new(
///     "pack.toml",
///     "[[classifier]]\nid = \"custom.badge\"\nsevrity = \"low\"\n\
///      [[classifier]]\nid = \"custom.ticket\"\n[[classifier.regex]]\npattern = 'TCK-[0-9]{6}'\n",
/// );
/// let (classifiers, problems) = read_pack(&source, &mut |_| Err("no files here".into()));
/// assert_eq!(classifiers[0].id.as_str(), "custom.ticket");
/// assert_eq!(problems[0].code.as_str(), "SG108");
/// assert_eq!(problems[1].hint, "did you mean `severity`?");
/// ```
pub fn read_pack(
    source: &Arc<Source>,
    tables: &mut dyn FnMut(&str) -> Result<String, String>,
) -> (Vec<Classifier>, Vec<Diagnostic>) {
    let (document, mut report) = Document::parse(source);
    let broken = broken_parts(document.raw(), &report);
    let is_broken = |span: &Range<usize>| broken.contains(&span.start);

    let mut classifiers = Vec::new();
    let mut pack = document.fields("a pack");
    for fields in pack.tables(&mut report, "classifier", "a classifier") {
        if !is_broken(&fields.span) {
            classifiers.extend(read_classifier(fields, &mut report, tables));
        }
    }
    for fields in pack.tables(&mut report, "table", "a table") {
        if !is_broken(&fields.span) {
            classifiers.extend(read_table(fields, &mut report, tables));
        }
    }
    // They are handed out by `read_overrides`, which does not report them.
    for fields in pack.tables(&mut report, "override", "an override") {
        if !is_broken(&fields.span) {
            read_override(fields, &mut report);
        }
    }
    report.classifier = None;
    pack.finish(&mut report);

    let duplicates = duplicate_ids(&classifiers);
    if !duplicates.is_empty() {
        let mut seen = BTreeSet::new();
        classifiers.retain(|classifier| seen.insert(classifier.id.clone()));
        report.problems.extend(duplicates);
    }
    (classifiers, report.into_problems())
}

/// The overrides of a pack, in the order of the file, but for those with a problem, which
/// [`read_pack`] reports.
///
/// ```
/// use sluicegate_model::{Source, read_overrides};
/// let text = "[[override]]\nclassifiers = [\"inject.*\"]\ndisabled = true\n";
/// assert!(read_overrides(&Source::new("ours.toml", text))[0].disabled);
/// ```
pub fn read_overrides(source: &Arc<Source>) -> Vec<Override> {
    // Most packs have none, and need not be parsed again to know it.
    if !source.text().contains("override") {
        return Vec::new();
    }
    let (document, mut report) = Document::parse(source);
    let broken = broken_parts(document.raw(), &report);
    let tables = document
        .fields("a pack")
        .tables(&mut report, "override", "an override");
    let sound = tables
        .into_iter()
        .filter(|fields| !broken.contains(&fields.span.start));
    sound
        .filter_map(|fields| read_override(fields, &mut report))
        .collect()
}

/// Reports every classifier whose id another one before it has.
pub fn duplicate_ids(classifiers: &[Classifier]) -> Vec<Diagnostic> {
    let mut first: BTreeMap<&ClassifierId, &Classifier> = BTreeMap::new();
    let mut problems = Vec::new();
    for classifier in classifiers {
        let Some(other) = first.get(&classifier.id) else {
            first.insert(&classifier.id, classifier);
            continue;
        };
        let id = classifier.id.as_str();
        let mut problem = Diagnostic::new(Code::DuplicateId, format!("the id `{id}` is taken"))
            .about(id)
            .at(classifier.place.clone());
        if let Some(place) = &other.place {
            let (line, ..) = place.source.line_at(place.span.start);
            problem = problem.hint(format!("it is at {}:{line}", place.source.name()));
        }
        problems.push(problem);
    }
    problems
}

/// Where the classifiers, tables and overrides begin that hold a syntax error. What the parser recovers of
/// them can lack keys that are there in the text, so nothing else is said about them.
fn broken_parts(document: &DeTable<'_>, report: &Report) -> BTreeSet<usize> {
    let mut starts: Vec<usize> = ["classifier", "table", "override"]
        .into_iter()
        .filter_map(|key| match document.get(key)?.get_ref() {
            DeValue::Array(elements) => Some(elements.iter().map(Spanned::span)),
            _ => None,
        })
        .flatten()
        .map(|span| span.start)
        .collect();
    starts.sort_unstable();
    let errors = report
        .problems
        .iter()
        .filter_map(|problem| problem.place.as_ref());
    errors
        .filter_map(|error| {
            let after = starts.partition_point(|&start| start <= error.span.start);
            after.checked_sub(1).map(|index| starts[index])
        })
        .collect()
}
