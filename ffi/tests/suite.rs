//! The shared suite by the C functions, in one call, in batches and in pieces.

#![expect(unsafe_code, reason = "the functions under test are those of C")]

mod program;

use program::Program;
use sluicegate::model::Classifier;
use sluicegate::{Database, Finding, View, compile};
use sluicegate_ffi::{sg_buffer, sg_finding, sg_offset_unit, sg_view};
use sluicegate_tests::{Scan, expect_folder};

fn by_scan(rules: &[Classifier]) -> Result<Scan, String> {
    let database = compile(rules).map_err(|error| error.to_string())?.database;
    let mut program = Program::new(&database);
    Ok(Box::new(move |input| {
        as_findings(&database, program.scan(input, sg_offset_unit::Bytes))
    }))
}

/// The input several times in a batch of several threads, between others.
fn by_batch(rules: &[Classifier]) -> Result<Scan, String> {
    let database = compile(rules).map_err(|error| error.to_string())?.database;
    let mut program = Program::new(&database);
    Ok(Box::new(move |input| {
        let whole = buffer(input);
        let buffers = [whole, buffer(b""), whole, buffer(b"in between"), whole];
        let (findings, items) = program.scan_batch(&buffers, 3);
        let of = |index: usize| {
            let item = items[index];
            &findings[item.first..item.first + item.count]
        };
        assert_eq!(items.len(), buffers.len());
        assert_eq!((of(0), of(0)), (of(2), of(4)));
        as_findings(&database, of(0))
    }))
}

/// The input in pieces of a few bytes.
fn by_stream(rules: &[Classifier]) -> Result<Scan, String> {
    let database = compile(rules).map_err(|error| error.to_string())?.database;
    let mut program = Program::new(&database);
    Ok(Box::new(move |input| {
        let mut found = Vec::new();
        for piece in input.chunks(5).map(Some).chain([None]) {
            found.extend_from_slice(program.advance(piece));
        }
        as_findings(&database, &found)
    }))
}

fn buffer(bytes: &[u8]) -> sg_buffer {
    sg_buffer {
        bytes: bytes.as_ptr(),
        len: bytes.len(),
    }
}

fn as_findings(database: &Database, findings: &[sg_finding]) -> Vec<Finding> {
    let indices: Vec<_> = database.classifiers().map(|info| info.index()).collect();
    let rust = |finding: &sg_finding| {
        assert_eq!(finding.view, sg_view::Raw as u8);
        Finding {
            start: finding.start,
            end: finding.end,
            classifier: indices[finding.classifier as usize],
            confidence: finding.confidence,
            view: View::Raw,
        }
    };
    findings.iter().map(rust).collect()
}

#[test]
fn the_suite_passes() {
    expect_folder("suite", 60, by_scan);
}

#[test]
fn the_suite_passes_in_batches() {
    expect_folder("suite", 60, by_batch);
}

#[test]
fn the_suite_passes_in_pieces() {
    expect_folder("suite", 60, by_stream);
}

#[test]
fn the_regressions_pass() {
    expect_folder("regressions", 1, by_scan);
}
