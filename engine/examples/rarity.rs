//! Makes `engine/src/compile/rarity.bin` from text files; see `engine/src/compile/rarity.rs`.

#![expect(
    clippy::cast_precision_loss,
    clippy::cast_sign_loss,
    reason = "shares of counts far below 2^52, clamped to a byte"
)]
use std::process::ExitCode;

const SYMBOLS: usize = 128;

fn main() -> ExitCode {
    let mut singles = [1u64; SYMBOLS];
    let mut pairs = vec![[0u64; SYMBOLS]; SYMBOLS];
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
    let path = "engine/src/compile/rarity.bin";
    if let Err(error) = std::fs::write(path, &table) {
        eprintln!("{path}: {error}");
        return ExitCode::from(2);
    }
    println!("{path}: {} bytes from {all} bytes of text", table.len());
    ExitCode::SUCCESS
}
