//! Makes `rarity.bin` and `grams.bin` in `engine/src/compile` from text files; see `rarity.rs` there.

#![expect(
    clippy::cast_precision_loss,
    clippy::cast_sign_loss,
    reason = "shares of counts far below 2^52, clamped to a byte"
)]
use std::process::ExitCode;

use sluicegate_kernels::gram::{GRAM, code, hash, key};

const SYMBOLS: usize = 128;
/// Cells of the table of grams, as a power of two.
const CELLS: u32 = 17;

fn main() -> ExitCode {
    let mut singles = [1u64; SYMBOLS];
    let mut pairs = vec![[0u64; SYMBOLS]; SYMBOLS];
    let mut grams = vec![0u64; 1 << CELLS];
    for path in std::env::args().skip(1) {
        let text = match std::fs::read(&path) {
            Ok(text) => text,
            Err(error) => {
                eprintln!("{path}: {error}");
                return ExitCode::from(2);
            }
        };
        for &byte in &text {
            singles[usize::from(byte.min(0x7F))] += 1;
        }
        for gram in text.windows(GRAM) {
            let key = key(std::array::from_fn(|i| code(gram[i])));
            grams[(hash(key) >> (32 - CELLS)) as usize] += 1;
        }
        for pair in text.windows(2) {
            pairs[usize::from(pair[0].min(0x7F))][usize::from(pair[1].min(0x7F))] += 1;
        }
    }
    let quantise = |count: f64, of: f64| (-8.0 * (count / of).log2()).round().clamp(0.0, 255.0);
    let all: u64 = singles.iter().sum();
    let mut table: Vec<u8> = singles
        .iter()
        .map(|&count| quantise(count as f64, all as f64) as u8)
        .collect();
    for row in &pairs {
        let of: u64 = row.iter().sum();
        // A pair that was not seen is given the share of its second byte in a sample of one.
        for (next, &count) in row.iter().enumerate() {
            let expected = singles[next] as f64 / all as f64;
            table.push(quantise(count as f64 + expected, of as f64 + 1.0) as u8);
        }
    }
    // Two cells a byte: 0 for a share of 2^-6 or more, 15 for one of 2^-21 or less.
    let level = |count: u64| {
        (-(count.max(1) as f64 / all as f64).log2() - 6.0)
            .round()
            .clamp(0.0, 15.0)
    };
    let cells: Vec<u8> = grams
        .chunks(2)
        .map(|two| level(two[0]) as u8 | (level(two[1]) as u8) << 4)
        .collect();
    for (path, bytes) in [("rarity.bin", &table), ("grams.bin", &cells)] {
        let path = format!("engine/src/compile/{path}");
        if let Err(error) = std::fs::write(&path, bytes) {
            eprintln!("{path}: {error}");
            return ExitCode::from(2);
        }
        println!("{path}: {} bytes from {all} bytes of text", bytes.len());
    }
    ExitCode::SUCCESS
}
