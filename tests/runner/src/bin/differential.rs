//! Random sets of rules against the reference, for as long as one likes.
//!
//! `differential [--sets N] [--seed S] [--keep-going]` checks the oracles with N sets from seed S
//! on, prints the first difference as a case for `tests/regressions`, as small as it could be made,
//! and exits with status 1. With `--keep-going` it prints every difference.

use std::process::ExitCode;

use sluicegate::Reference;
use sluicegate::model::Classifier;
use sluicegate_tests::{Choices, Difference, Subject, check, inputs, rules, shrink, write_case};

struct Options {
    sets: u64,
    seed: u64,
    keep_going: bool,
}

fn options() -> Result<Options, String> {
    let mut options = Options {
        sets: 10_000,
        seed: 1,
        keep_going: false,
    };
    let mut words = std::env::args().skip(1);
    while let Some(word) = words.next() {
        let mut number = || {
            let text = words.next().unwrap_or_default();
            text.parse().map_err(|_| format!("{word} takes a number"))
        };
        match word.as_str() {
            "--sets" => options.sets = number()?,
            "--seed" => options.seed = number()?,
            "--keep-going" => options.keep_going = true,
            _ => return Err(format!("unknown option {word}")),
        }
    }
    Ok(options)
}

fn main() -> ExitCode {
    let options = match options() {
        Ok(options) => options,
        Err(error) => {
            eprintln!("{error}");
            return ExitCode::from(2);
        }
    };
    // A panic is a difference like any other.
    std::panic::set_hook(Box::new(|_| {}));
    let mut counts = Counts::default();
    let mut different = 0;
    for number in 0..options.sets {
        let seed = options.seed.wrapping_add(number);
        if let Err(failure) = run(seed, &mut counts) {
            let (rules, input, difference) = *failure;
            different += 1;
            report(seed, &rules, &input, &difference);
            if !options.keep_going {
                return ExitCode::FAILURE;
            }
        }
        if (number + 1) % 1000 == 0 {
            eprintln!("{} sets: {counts:?}", number + 1);
        }
    }
    if different == 0 {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}

/// What was compared, to show that the inputs have to do with the rules.
#[derive(Debug, Default)]
struct Counts {
    inputs: usize,
    bytes: usize,
    with_findings: usize,
    findings: usize,
    out_of_steps: usize,
    refused: usize,
}

type Failure = Box<(Vec<Classifier>, Vec<u8>, Difference)>;

fn run(seed: u64, counts: &mut Counts) -> Result<(), Failure> {
    let mut choices = Choices::from_seed(seed);
    let rules = rules(&mut choices);
    let mut subject = match Subject::new(&rules) {
        Ok(Some(subject)) => subject,
        Ok(None) => {
            counts.refused += 1;
            return Ok(());
        }
        Err(difference) => return Err(Box::new((rules, Vec::new(), difference))),
    };
    for input in inputs(&mut choices, &rules) {
        counts.inputs += 1;
        counts.bytes += input.len();
        match subject.check(&input) {
            Ok(Some(findings)) => {
                counts.with_findings += usize::from(!findings.is_empty());
                counts.findings += findings.len();
            }
            Ok(None) => {
                counts.out_of_steps += 1;
                eprintln!("seed {seed}: {} bytes and the steps run out", input.len());
            }
            Err(difference) => return Err(Box::new((rules, input, difference))),
        }
    }
    Ok(())
}

fn report(seed: u64, rules: &[Classifier], input: &[u8], difference: &Difference) {
    eprintln!("seed {seed}: {difference}");
    let (rules, input) = shrink(rules, input, &mut |rules, input| {
        check(rules, input).is_err_and(|other| other.oracle == difference.oracle)
    });
    if let Err(small) = check(&rules, &input) {
        eprintln!("smaller: {small}");
    }
    let mut rules = rules;
    rules.sort_by(|a, b| a.id.cmp(&b.id));
    let findings: Vec<_> = Reference::new(&rules)
        .map(|reference| reference.scan(&input))
        .unwrap_or_default()
        .into_iter()
        .map(|finding| {
            let id = rules[finding.classifier.get() as usize].id.to_string();
            (id, finding.start, finding.end, finding.confidence)
        })
        .collect();
    println!(
        "{}",
        write_case(difference.oracle, &rules, &input, &findings)
    );
}
