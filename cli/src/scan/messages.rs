//! Each line `{"id", "text"}` is one message, answered by one line in the same order.

use std::borrow::Cow;
use std::fs::File;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::path::Path;

use serde::Deserialize;
use serde_json::Value;
use sluicegate::{Completeness, Scanner};

use super::ledger::Ledger;
use super::sieve::Sieve;
use crate::args::ScanArgs;
use crate::failure::{Failure, Status};
use crate::input::is_stdin;
use crate::output::{MessageFinding, MessageRow, Origins, write_message};

#[derive(Deserialize)]
struct Message<'l> {
    id: Value,
    #[serde(borrow)]
    text: Cow<'l, str>,
}

pub(super) fn run(args: &ScanArgs, sieve: &Sieve, ledger: &mut Ledger) -> Result<Status, Failure> {
    let mut scanner = sieve.catalogue.scanner();
    let mut output = io::stdout().lock();
    let mut status = Status::Done;
    for path in &args.paths {
        let source: Box<dyn Read> = if is_stdin(path) {
            Box::new(io::stdin().lock())
        } else {
            match File::open(path) {
                Ok(file) => Box::new(file),
                Err(error) => {
                    Failure::read(path, &error).print();
                    status = Status::Failed;
                    continue;
                }
            }
        };
        let reader = BufReader::with_capacity(1 << 16, source);
        let ended = scan_lines(
            reader,
            path,
            args,
            (sieve, ledger),
            &mut scanner,
            &mut output,
        )?;
        status = status.max(ended);
    }
    Ok(status)
}

fn scan_lines(
    mut reader: BufReader<impl Read>,
    path: &Path,
    args: &ScanArgs,
    (sieve, ledger): (&Sieve, &mut Ledger),
    scanner: &mut Scanner,
    output: &mut impl Write,
) -> Result<Status, Failure> {
    let mut status = Status::Done;
    let mut line = Vec::new();
    let mut answers = Vec::new();
    for number in 1.. {
        // Whoever waits for an answer before sending the next message gets it at once.
        if reader.buffer().is_empty() || answers.len() >= 1 << 16 {
            output.write_all(&answers)?;
            output.flush()?;
            answers.clear();
        }
        line.clear();
        match reader.read_until(b'\n', &mut line) {
            Ok(0) => break,
            Ok(_) => {}
            Err(error) => {
                Failure::read(path, &error).print();
                return Ok(Status::Failed);
            }
        }
        if line.trim_ascii().is_empty() {
            continue;
        }
        let place = || format!("{}:{number}", path.display());
        let Ok(message) = serde_json::from_slice::<Message<'_>>(&line) else {
            Failure::new("the line is no message")
                .at(place())
                .hint("a message is one line of JSON with `id` and `text`")
                .print();
            status = Status::Failed;
            continue;
        };
        let scan = scanner.scan(message.text.as_bytes());
        let database = &sieve.catalogue.database;
        let origins = Origins::new(database, scan);
        let text = message.text.as_bytes();
        let mut claims = sieve.sift(&path.to_string_lossy(), text, scan.findings);
        if ledger.asks() {
            claims.retain(|claim| ledger.tells(sieve.key(text, &claim.winner)));
        }
        let findings: Vec<MessageFinding<'_>> = claims
            .iter()
            .map(|claim| {
                MessageFinding::new(database, claim, origins, &message.text, args.show_values)
            })
            .collect();
        let incomplete = scan.completeness != Completeness::Complete;
        if incomplete {
            super::files::incomplete().at(place()).print();
            status = Status::Failed;
        } else if !findings.is_empty() {
            status = status.max(Status::Findings);
        }
        let row = MessageRow {
            id: &message.id,
            findings,
            incomplete,
        };
        write_message(&mut answers, &row);
    }
    output.write_all(&answers)?;
    output.flush()?;
    Ok(status)
}
