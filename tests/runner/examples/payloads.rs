//! Guards many generated payloads and asks that each stays JSON, equal outside of what was found,
//! and as it is the second time; and that it comes back, also as a text, where every style can be
//! turned back.
//!
//! `cargo run --release -p sluicegate-tests --example payloads -- 1000000 [FIRST_SEED]`

use std::env;
use std::process::ExitCode;

use sluicegate::Scanner;
use sluicegate_guard::policy::Action;
use sluicegate_tests::{Choices, check_payload, check_text, guards, payload};

fn main() -> ExitCode {
    let mut numbers = env::args().skip(1).map(|text| text.parse::<u64>());
    let (count, first) = match (numbers.next(), numbers.next()) {
        (None, _) => (10_000, 0),
        (Some(Ok(count)), None) => (count, 0),
        (Some(Ok(count)), Some(Ok(first))) => (count, first),
        _ => {
            eprintln!("usage: payloads [COUNT [FIRST_SEED]]");
            return ExitCode::from(2);
        }
    };
    let guards = guards();
    let Some(guard) = guards.first() else {
        return ExitCode::from(2);
    };
    let mut scanner = Scanner::new(guard.database());
    let (mut bytes, mut redacted, mut edits, mut failed) = (0, 0, 0, 0);
    for seed in first..first + count {
        let mut choices = Choices::from_seed(seed);
        let guard = choices.pick(&guards);
        let text = payload(&mut choices);
        bytes += text.len();
        let verdict = check_payload(guard, &mut scanner, &text);
        match verdict.and_then(|verdict| {
            check_text(guard, &mut scanner, &text)?;
            Ok(verdict)
        }) {
            Ok(verdict) => {
                redacted += u64::from(verdict.action == Action::Redact);
                edits += verdict.edits;
            }
            Err(error) => {
                failed += 1;
                println!("seed {seed}: {error}");
            }
        }
    }
    println!(
        "{count} payloads from seed {first}, {bytes} bytes: {redacted} redacted by {edits} edits, \
         {failed} failed"
    );
    ExitCode::from(u8::from(failed > 0))
}
