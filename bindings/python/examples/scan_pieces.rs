//! Scans the first pieces of a file, as `benches/speed.py` does through Python, and prints the
//! nanoseconds per piece of the fastest repetition:
//! `scan_pieces FILE BYTES PIECES THREADS REPETITIONS`.

use std::env;
use std::error::Error;
use std::fs;
use std::thread;
use std::time::{Duration, Instant};

use sluicegate::Scanner;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let [file, bytes, count, threads, repetitions] = &arguments[..] else {
        return Err("scan_pieces FILE BYTES PIECES THREADS REPETITIONS".into());
    };
    let text = fs::read(file)?;
    let pieces = text.chunks_exact(bytes.parse()?).take(count.parse()?);
    let pieces: Vec<&[u8]> = pieces.collect();
    let database = sluicegate_classifiers::builtin();
    let shares = pieces.chunks(pieces.len().div_ceil(threads.parse()?));
    let mut workers: Vec<(Scanner, &[&[u8]])> = shares
        .map(|share| (Scanner::new(&database), share))
        .collect();
    let mut best = Duration::MAX;
    let mut found = 0;
    for _ in 0..repetitions.parse()? {
        let began = Instant::now();
        found = match &mut workers[..] {
            [worker] => scan(worker),
            workers => thread::scope(|scope| {
                let threads: Vec<_> = workers
                    .iter_mut()
                    .map(|worker| scope.spawn(|| scan(worker)))
                    .collect();
                let counts = threads.into_iter().map(thread::ScopedJoinHandle::join);
                counts
                    .map(|count| count.expect("scanning does not panic"))
                    .sum()
            }),
        };
        best = best.min(began.elapsed());
    }
    println!("{} {found}", best.as_nanos() / pieces.len() as u128);
    Ok(())
}

/// Number of findings.
fn scan((scanner, pieces): &mut (Scanner, &[&[u8]])) -> usize {
    pieces
        .iter()
        .map(|piece| scanner.scan(piece).findings.len())
        .sum()
}
