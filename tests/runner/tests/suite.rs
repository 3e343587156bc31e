//! Every case of `tests/suite` and `tests/regressions`, by every runner.

use std::path::Path;

use sluicegate::model::Classifier;
use sluicegate::{Database, Reference, Scanner, compile};
use sluicegate_tests::{Runner, Scan, run_folder};

fn reference(rules: &[Classifier]) -> Result<Scan, String> {
    let reference = Reference::new(rules).map_err(|error| error.to_string())?;
    Ok(Box::new(move |input| reference.scan(input)))
}

fn fast(rules: &[Classifier]) -> Result<Scan, String> {
    let database = compile(rules).map_err(|error| error.to_string())?.database;
    let mut scanner = Scanner::new(&database);
    Ok(Box::new(move |input| scanner.scan(input).findings.to_vec()))
}

fn loaded(rules: &[Classifier]) -> Result<Scan, String> {
    let database = compile(rules).map_err(|error| error.to_string())?.database;
    let image = database.image().to_vec();
    let database = Database::load(image).map_err(|error| error.to_string())?;
    let mut scanner = Scanner::new(&database);
    Ok(Box::new(move |input| scanner.scan(input).findings.to_vec()))
}

#[track_caller]
fn run(folder: &str, at_least: usize, runner: Runner) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("..")
        .join(folder);
    match run_folder(&folder, runner) {
        Ok(count) => assert!(
            count >= at_least,
            "only {count} cases in {}",
            folder.display()
        ),
        Err(failures) => panic!("\n{failures}"),
    }
}

#[test]
fn the_reference_passes_the_suite() {
    run("suite", 60, reference);
}

#[test]
fn a_fresh_database_passes_the_suite() {
    run("suite", 60, fast);
}

#[test]
fn a_loaded_database_passes_the_suite() {
    run("suite", 60, loaded);
}

#[test]
fn the_reference_passes_the_regressions() {
    run("regressions", 1, reference);
}

#[test]
fn a_fresh_database_passes_the_regressions() {
    run("regressions", 1, fast);
}

#[test]
fn a_loaded_database_passes_the_regressions() {
    run("regressions", 1, loaded);
}
