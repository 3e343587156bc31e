//! Guards the first pieces of a file, as `benches/speed.py` does through Python, each as a message
//! and all as one stream, and prints the nanoseconds per piece of the fastest repetition of both:
//! `guard_pieces FILE BYTES PIECES REPETITIONS`.

use std::env;
use std::error::Error;
use std::fs;
use std::time::{Duration, Instant};

use sluicegate::Scanner;
use sluicegate_guard::policy::{Action, Channel, Policy};
use sluicegate_guard::redact::Session;
use sluicegate_guard::{Guard, Request};

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let [file, bytes, count, repetitions] = &arguments[..] else {
        return Err("guard_pieces FILE BYTES PIECES REPETITIONS".into());
    };
    let text = fs::read(file)?;
    let pieces = text.chunks_exact(bytes.parse()?).take(count.parse()?);
    let pieces: Vec<&[u8]> = pieces.collect();
    let repetitions = repetitions.parse()?;
    let database = sluicegate_classifiers::builtin();
    let mut policy = Policy::new("redact");
    policy.default = Action::Redact;
    let guard = Guard::new(&database, policy).map_err(|problems| problems[0].to_string())?;
    let request = Request::new(Channel::Output);
    let mut scanner = Scanner::new(&database);
    let each = fastest(repetitions, || {
        for piece in &pieces {
            guard.inspect(&mut scanner, piece, &request);
        }
    });
    let stream = fastest(repetitions, || {
        let mut session = Session::default();
        let mut out = Vec::new();
        let mut stream = guard.stream(&session, &request).expect("no style is fpe");
        for piece in &pieces {
            out.clear();
            stream.push(&mut session, scanner.scratch(), piece, &mut out);
        }
        stream.finish(&mut session, scanner.scratch(), &mut out);
    });
    let count = pieces.len() as u128;
    println!("{} {}", each.as_nanos() / count, stream.as_nanos() / count);
    Ok(())
}

/// The time of the fastest repetition.
fn fastest(repetitions: usize, mut work: impl FnMut()) -> Duration {
    let once = |_| {
        let began = Instant::now();
        work();
        began.elapsed()
    };
    (0..repetitions).map(once).min().unwrap_or_default()
}
