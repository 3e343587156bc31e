//! Writes a table of invented people as CSV: `-- ROWS [SEED]`. Its schema is `samples/people.toml`.

use std::io::{self, BufWriter, Write};

use sluicegate_tests::{HEADINGS, person};

fn main() -> io::Result<()> {
    let mut arguments = std::env::args()
        .skip(1)
        .map(|argument| argument.parse::<u64>());
    let (Some(Ok(rows)), seed) = (arguments.next(), arguments.next()) else {
        eprintln!("usage: table ROWS [SEED]");
        std::process::exit(2);
    };
    let seed = seed.and_then(Result::ok).unwrap_or(1);
    let mut out = BufWriter::with_capacity(1 << 20, io::stdout().lock());
    writeln!(out, "{}", HEADINGS.join(","))?;
    for number in 0..rows {
        writeln!(out, "{}", person(seed, number).join(","))?;
    }
    out.flush()
}
