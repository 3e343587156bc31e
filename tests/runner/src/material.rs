//! What the worst inputs for a set of rules are made of: the rules' own literals, words and texts.

use regex_syntax::hir::{Class, Hir, HirKind};
use sluicegate::Database;
use sluicegate::model::Classifier;

use crate::sample::parse;

/// Longest literal that is taken as it is, in bytes.
const LONGEST: usize = 64;

/// Texts and patterns of a set of rules.
#[derive(Clone, Debug, Default)]
pub struct Material {
    /// What the patterns spell out, two bytes or more, and the dictionaries' terms; sorted.
    pub literals: Vec<Vec<u8>>,
    /// The same of classifiers of the family `inject` alone.
    pub injections: Vec<Vec<u8>>,
    /// Context keywords, sorted.
    pub keywords: Vec<Vec<u8>>,
    /// Patterns by the route of their detector, R1 first.
    pub patterns: [Vec<String>; 4],
    /// Texts in which a classifier finds something.
    pub examples: Vec<Vec<u8>>,
    /// Texts in which it nearly does.
    pub counterexamples: Vec<Vec<u8>>,
}

impl Material {
    /// Gathers what the classifiers of a database give.
    ///
    /// # Panics
    /// When a classifier is not in the database.
    pub fn new(database: &Database, classifiers: &[Classifier]) -> Self {
        let mut material = Self::default();
        for classifier in classifiers {
            let id = classifier.id.as_str();
            let info = database.find(id).expect("the database is of these rules");
            let mut literals: Vec<Vec<u8>> = classifier
                .dictionaries
                .iter()
                .flat_map(|dictionary| &dictionary.terms)
                .map(|term| term.clone().into_bytes())
                .collect();
            for (regex, route) in classifier.regexes.iter().zip(info.routes()) {
                material.patterns[usize::from(route) - 1].push(regex.pattern.clone());
                if let Some(hir) = parse(&regex.pattern) {
                    spelled(&hir, &mut literals);
                }
            }
            if classifier.id.family() == "inject" {
                material.injections.extend_from_slice(&literals);
            }
            material.literals.append(&mut literals);
            if let Some(context) = &classifier.context {
                let keywords = context.keywords.iter();
                material
                    .keywords
                    .extend(keywords.map(|keyword| keyword.clone().into_bytes()));
            }
            let examples = classifier.examples.iter();
            material
                .examples
                .extend(examples.filter_map(|example| Some(example.expand().ok()?.0.into_bytes())));
            let counterexamples = classifier.counterexamples.iter();
            material.counterexamples.extend(
                counterexamples.filter_map(|example| Some(example.expand().ok()?.into_bytes())),
            );
        }
        for list in [
            &mut material.literals,
            &mut material.injections,
            &mut material.keywords,
        ] {
            list.sort_unstable();
            list.dedup();
        }
        material
    }
}

/// Adds the literals of a pattern, letters of either case as small ones.
fn spelled(hir: &Hir, literals: &mut Vec<Vec<u8>>) {
    let mut run = Vec::new();
    walk(hir, &mut run, literals);
    end(&mut run, literals);
}

fn end(run: &mut Vec<u8>, literals: &mut Vec<Vec<u8>>) {
    if run.len() > 1 {
        run.truncate(LONGEST);
        literals.push(run.clone());
    }
    run.clear();
}

fn walk(hir: &Hir, run: &mut Vec<u8>, literals: &mut Vec<Vec<u8>>) {
    match hir.kind() {
        HirKind::Literal(literal) => run.extend_from_slice(&literal.0),
        HirKind::Class(class) => match letter(class) {
            Some(letter) => run.push(letter),
            None => end(run, literals),
        },
        HirKind::Capture(capture) => walk(&capture.sub, run, literals),
        HirKind::Concat(parts) => {
            for part in parts {
                walk(part, run, literals);
            }
        }
        HirKind::Alternation(branches) => {
            end(run, literals);
            for branch in branches {
                spelled(branch, literals);
            }
        }
        HirKind::Repetition(repetition) => {
            end(run, literals);
            spelled(&repetition.sub, literals);
        }
        HirKind::Empty | HirKind::Look(_) => {}
    }
}

/// The small letter where the class is a letter in either case.
fn letter(class: &Class) -> Option<u8> {
    let Class::Bytes(class) = class else {
        return None;
    };
    let [great, small] = class.ranges() else {
        return None;
    };
    let letter = small.start();
    let same = great.len() == 1 && small.len() == 1 && great.start().to_ascii_lowercase() == letter;
    (same && letter.is_ascii_lowercase()).then_some(letter)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn literals_are_what_is_spelled_out() {
        let mut literals = Vec::new();
        spelled(
            &parse(r"\b(?i:Key)_(?P<value>sk-[0-9]{4}(?:end|x|stop)+)").unwrap(),
            &mut literals,
        );
        let expected: [&[u8]; 3] = [b"key_sk-", b"end", b"stop"];
        assert_eq!(literals, expected);
    }
}
