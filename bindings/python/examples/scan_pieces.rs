//! Scans a file in pieces, as `benches/speed.py` does through Python, and prints the nanoseconds
//! per piece of the fastest repetition: `scan_pieces FILE BYTES THREADS REPETITIONS`.

use std::env;
use std::error::Error;
use std::fs;
use std::thread;
use std::time::{Duration, Instant};

use sluicegate::Scanner;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let [file, bytes, threads, repetitions] = &arguments[..] else {
        return Err("scan_pieces FILE BYTES THREADS REPETITIONS".into());
    };
    let text = fs::read(file)?;
    let pieces: Vec<&[u8]> = text.chunks_exact(bytes.parse()?).collect();
    let share = pieces.len().div_ceil(threads.parse()?);
    let database = sluicegate_classifiers::builtin();
    let mut best = Duration::MAX;
    let mut found = 0;
    for _ in 0..repetitions.parse()? {
        let began = Instant::now();
        found = thread::scope(|scope| {
            let scan = |pieces: &[&[u8]]| {
                let mut scanner = Scanner::new(&database);
                let count = |piece| scanner.scan(piece).findings.len();
                pieces.iter().copied().map(count).sum::<usize>()
            };
            let shares: Vec<_> = pieces
                .chunks(share)
                .map(|pieces| scope.spawn(move || scan(pieces)))
                .collect();
            shares
                .into_iter()
                .map(|share| share.join().expect("scanning does not panic"))
                .sum()
        });
        best = best.min(began.elapsed());
    }
    println!("{} {found}", best.as_nanos() / pieces.len() as u128);
    Ok(())
}
