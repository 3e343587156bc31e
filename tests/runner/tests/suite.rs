//! Every case of `tests/suite` and `tests/regressions`, by every runner.

use sluicegate::model::Classifier;
use sluicegate::{Database, Kernel, Reference, Scanner, Scratch, Stream, compile};
use sluicegate_tests::{Scan, expect_folder};

fn reference(rules: &[Classifier]) -> Result<Scan, String> {
    let reference = Reference::new(rules).map_err(|error| error.to_string())?;
    Ok(Box::new(move |input| reference.scan(input)))
}

fn fast(rules: &[Classifier]) -> Result<Scan, String> {
    let database = compile(rules).map_err(|error| error.to_string())?.database;
    let mut scanner = Scanner::new(&database);
    Ok(Box::new(move |input| scanner.scan(input).findings.to_vec()))
}

fn every_kernel(rules: &[Classifier]) -> Result<Scan, String> {
    let database = compile(rules).map_err(|error| error.to_string())?.database;
    let mut scanners: Vec<Scanner> = Kernel::available()
        .map(|kernel| Scanner::new(&database).with_kernel(kernel))
        .collect();
    Ok(Box::new(move |input| {
        let mut found = scanners
            .iter_mut()
            .map(|scanner| scanner.scan(input).findings.to_vec());
        let first = found.next().expect("one kernel runs everywhere");
        assert!(found.all(|other| other == first), "the kernels differ");
        first
    }))
}

fn loaded(rules: &[Classifier]) -> Result<Scan, String> {
    let database = compile(rules).map_err(|error| error.to_string())?.database;
    let image = database.image().to_vec();
    let database = Database::load(image).map_err(|error| error.to_string())?;
    let mut scanner = Scanner::new(&database);
    Ok(Box::new(move |input| scanner.scan(input).findings.to_vec()))
}

fn streamed(rules: &[Classifier]) -> Result<Scan, String> {
    let database = compile(rules).map_err(|error| error.to_string())?.database;
    let mut scratch = Scratch::new();
    Ok(Box::new(move |input| {
        let mut stream = Stream::new(&database);
        let mut found = Vec::new();
        for byte in input.chunks(1) {
            found.extend_from_slice(stream.push(&mut scratch, byte).findings);
        }
        found.extend_from_slice(stream.finish(&mut scratch).findings);
        found
    }))
}

#[test]
fn a_stream_of_single_bytes_passes_the_suite() {
    expect_folder("suite", 60, streamed);
}

#[test]
fn a_stream_of_single_bytes_passes_the_regressions() {
    expect_folder("regressions", 1, streamed);
}

#[test]
fn the_reference_passes_the_suite() {
    expect_folder("suite", 60, reference);
}

#[test]
fn a_fresh_database_passes_the_suite() {
    expect_folder("suite", 60, fast);
}

#[test]
fn every_kernel_passes_the_suite() {
    expect_folder("suite", 60, every_kernel);
}

#[test]
fn every_kernel_passes_the_regressions() {
    expect_folder("regressions", 1, every_kernel);
}

#[test]
fn a_loaded_database_passes_the_suite() {
    expect_folder("suite", 60, loaded);
}

#[test]
fn the_reference_passes_the_regressions() {
    expect_folder("regressions", 1, reference);
}

#[test]
fn a_fresh_database_passes_the_regressions() {
    expect_folder("regressions", 1, fast);
}

#[test]
fn a_loaded_database_passes_the_regressions() {
    expect_folder("regressions", 1, loaded);
}
