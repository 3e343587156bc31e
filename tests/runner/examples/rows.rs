//! What an index of invented people finds, and what it costs:
//! `-- INDEX KEY_FILE ROWS SEED PLANTED TEXT...`, with an index of the table that the example `table`
//! writes for the same numbers.
//!
//! Plants rows in chat, mail, JSON and CSV and counts those that are found; counts rows that are found
//! in texts without any; and scans the texts with and without the index, in turns.

#![expect(
    clippy::cast_precision_loss,
    reason = "what is printed has four digits"
)]

mod pace;

use std::error::Error;
use std::time::{Duration, Instant};

use pace::Pace;
use sluicegate::{ExactIndex, IndexKey, Scanner};
use sluicegate_classifiers::{builtin, map_file};
use sluicegate_tests::{Carrier, Choices, person, planted};

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [index, key, rows, seed, count, texts @ ..] = arguments.as_slice() else {
        return Err("usage: rows INDEX KEY_FILE ROWS SEED PLANTED TEXT...".into());
    };
    let (rows, seed, count): (u64, u64, usize) = (rows.parse()?, seed.parse()?, count.parse()?);
    let key = IndexKey::new(&std::fs::read(key)?)?;
    let mut loads: Vec<Duration> = (0..7)
        .map(|_| {
            let start = Instant::now();
            let map = map_file(&std::fs::File::open(index)?)?;
            let index = ExactIndex::load(map, &key).map_err(std::io::Error::other)?;
            let took = start.elapsed();
            drop(index);
            Ok(took)
        })
        .collect::<std::io::Result<_>>()?;
    loads.sort_unstable();
    let index = ExactIndex::load(map_file(&std::fs::File::open(index)?)?, &key)?;
    println!(
        "{} rows, {} bytes, loaded in {:.1} ms",
        index.rows(),
        index.image().len(),
        loads[3].as_secs_f64() * 1e3
    );
    let with = builtin().with_exact(index)?;
    recall(&mut Scanner::new(&with), rows, seed, count);
    let (mut scanner, mut pace) = (Scanner::new(&with), Pace::new(&with));
    for path in texts {
        let text = std::fs::read(path)?;
        let found = scanner.scan(&text).rows.len();
        let (kept, seconds) = pace.of(&text);
        println!(
            "{path}: {found} rows in {} bytes, {:.1} MB/s, {:.1} % of the speed without",
            text.len(),
            text.len() as f64 / seconds / 1e6,
            100.0 * kept
        );
    }
    Ok(())
}

/// Plants rows and counts those that are found.
fn recall(scanner: &mut Scanner, rows: u64, seed: u64, count: usize) {
    let mut choices = Choices::from_seed(seed ^ 0x5EED);
    for carrier in Carrier::ALL {
        let mut found = 0;
        let planted_here = count / Carrier::ALL.len();
        for _ in 0..planted_here {
            let number = choices.below(rows as usize) as u64;
            let text = planted(&mut choices, carrier, &person(seed, number));
            let scan = scanner.scan(text.as_bytes());
            if scan.rows.iter().any(|row| u64::from(row.row) == number) {
                found += 1;
            } else {
                println!("missed: {text}");
            }
        }
        println!(
            "{carrier:?}: {found} of {planted_here} rows found, {:.4}",
            f64::from(found) / planted_here as f64
        );
    }
}
