//! The worst inputs: the scanner agrees with the reference, inspects all of it, and does work in
//! proportion to its length, counted in operations and never in time.

use std::collections::BTreeMap;

use sluicegate::model::{Classifier, ClassifierId};
use sluicegate::{Completeness, Database, Scanner, compile, profile};
use sluicegate_classifiers::{builtin, builtin_rules};
use sluicegate_tests::{GENERATORS, Material, Subject};

const SEED: u64 = 1;

/// Some of the catalogue's classifiers with detectors of each route, and a pattern that backtracks.
fn few() -> Vec<Classifier> {
    let database = builtin();
    let mut of_route = BTreeMap::<u8, usize>::new();
    let mut few: Vec<Classifier> = builtin_rules()
        .classifiers
        .into_iter()
        .filter(|classifier| {
            let info = database.find(classifier.id.as_str()).unwrap();
            let seen = info.routes().map(|route| {
                let seen = of_route.entry(route).or_default();
                *seen += 1;
                *seen
            });
            // One in so many that each route has a handful.
            seen.last().is_some_and(|seen| seen % 61 == 1)
        })
        .collect();
    let nested = Classifier::new(ClassifierId::new("custom.nested").unwrap());
    few.push(
        nested
            .with_regex(r"(?:a+ ?)+\b[0-9]")
            .with_regex(r"(?:[a-z]|aa)+x$"),
    );
    few
}

/// Generators whose work more than doubles with the size, and why. What is mended leaves the list.
const SUPERLINEAR: &[(&str, &str)] = &[];

/// Larger than the longest match of almost every rule, so that what a match may cost is paid.
const SIZE: usize = 64 << 10;

/// Operations by which work may grow besides: what stands at the seam, and windows cut short.
const SEAM: u64 = 4096;

#[test]
fn few_rules_find_what_the_reference_finds() {
    let rules = few();
    let mut subject = Subject::new(&rules).unwrap().expect("the rules compile");
    let material = Material::new(&compile(&rules).unwrap().database, &rules);
    for generator in GENERATORS {
        let input = generator.generate(&material, 1500, SEED);
        if let Err(difference) = subject.check(&input) {
            panic!("{}: {difference}", generator.name);
        }
    }
}

#[test]
fn the_catalogue_inspects_all_of_each_input() {
    let database = builtin();
    let material = Material::new(&database, &builtin_rules().classifiers);
    let mut scanner = Scanner::new(&database);
    for generator in GENERATORS {
        let input = generator.generate(&material, SIZE, SEED);
        let completeness = scanner.scan(&input).completeness;
        assert_eq!(completeness, Completeness::Complete, "{}", generator.name);
    }
}

fn operations(database: &Database, input: &[u8]) -> u64 {
    let costs = profile(database, input);
    costs.iter().map(|cost| cost.steps + cost.candidates).sum()
}

#[test]
fn work_doubles_with_the_size() {
    let database = builtin();
    let material = Material::new(&database, &builtin_rules().classifiers);
    let mut superlinear = Vec::new();
    for generator in GENERATORS {
        // The same text twice and four times: another one may have dearer pieces, and nothing stands
        // before a single one.
        let mut input = generator.generate(&material, SIZE / 2, SEED);
        input.extend_from_within(..);
        let once = operations(&database, &input);
        input.extend_from_within(..);
        let twice = operations(&database, &input);
        if twice > once / 5 * 11 + SEAM {
            eprintln!("{}: {once} operations, then {twice}", generator.name);
            superlinear.push(generator.name);
        }
    }
    let known: Vec<&str> = SUPERLINEAR.iter().map(|(name, _)| *name).collect();
    assert_eq!(superlinear, known);
}
