//! What a stream costs: bytes held back, speed beside a scan of the whole, time and memory to open.
//!
//! `cargo run --release -p sluicegate-tests --example streams -- TEXT [RULES.toml]...`

#![expect(clippy::cast_precision_loss, reason = "figures for people")]

use std::hint::black_box;
use std::process::ExitCode;
use std::time::Instant;

use sluicegate::model::{Source, read_pack};
use sluicegate::{Database, Finding, Scanner, Scratch, Stream, compile};
use sluicegate_guard::redact::{RedactStream, Redactor, Session, Style};

/// Bytes of a language model's delta.
const DELTA: usize = 4;
/// Bytes of a proxy's chunk.
const CHUNK: usize = 1024;
/// Passes of which the best counts.
const PASSES: usize = 3;
/// Streams that are open at once.
const OPEN: usize = 100_000;

fn main() -> ExitCode {
    let mut args = std::env::args().skip(1);
    let Some(text) = args.next() else {
        eprintln!("usage: streams TEXT [RULES.toml]...");
        return ExitCode::from(2);
    };
    match run(&text, &args.collect::<Vec<_>>()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::from(2)
        }
    }
}

fn run(path: &str, packs: &[String]) -> Result<(), String> {
    let text = std::fs::read(path).map_err(|error| format!("{path}: {error}"))?;
    let database = database(packs)?;
    let mut scanner = Scanner::new(&database);
    let mut scratch = Scratch::new();
    let expected = scanner.scan(&text).findings.to_vec();
    for (name, pieces) in [("4-byte deltas", DELTA), ("1 KB chunks", CHUNK)] {
        let mut held = Vec::new();
        let found = stream(&database, &mut scratch, &text, pieces, |bytes| {
            held.push(bytes);
        });
        let same = if found == expected {
            "same findings"
        } else {
            "OTHER FINDINGS"
        };
        println!(
            "{name}: {} findings, {same}; {}",
            found.len(),
            spread(&mut held)
        );
    }
    let whole = best(|| {
        for piece in text.chunks(CHUNK) {
            black_box(scanner.scan(piece).findings.len());
        }
    });
    let streamed = best(|| {
        black_box(stream(&database, &mut scratch, &text, CHUNK, |_| ()).len());
    });
    let deltas = best(|| {
        black_box(stream(&database, &mut scratch, &text, DELTA, |_| ()).len());
    });
    let speed = |seconds: f64| text.len() as f64 / seconds / 1e6;
    println!(
        "1 KB chunks: {:.1} MB/s streamed, {:.1} MB/s each by itself: {:.0} % of the time more",
        speed(streamed),
        speed(whole),
        (streamed / whole - 1.0) * 100.0
    );
    println!("4-byte deltas: {:.2} MB/s", speed(deltas));
    let start = Instant::now();
    let mut open: Vec<Stream> = (0..OPEN).map(|_| Stream::new(&database)).collect();
    let opened = start.elapsed().as_secs_f64() / OPEN as f64;
    for (i, stream) in open.iter_mut().enumerate() {
        let from = i * 37 % text.len().saturating_sub(CHUNK).max(1);
        stream.push(&mut scratch, &text[from..text.len().min(from + CHUNK)]);
    }
    let bytes: usize = open.iter().map(Stream::bytes).sum();
    let most = open.iter().map(Stream::bytes).max().unwrap_or(0);
    println!(
        "{OPEN} open: {:.2} us each to open; after {CHUNK} bytes {} bytes each, {most} at most, {:.2} GB in all",
        opened * 1e6,
        bytes / OPEN,
        bytes as f64 / 1e9
    );
    redact(&database, &text);
    Ok(())
}

/// The same figures for a text that is redacted as it arrives.
fn redact(database: &Database, text: &[u8]) {
    let redactor = Redactor::new(database, Style::Label);
    let mut scanner = Scanner::new(database);
    let mut pushed = |piece: usize, held: &mut Vec<usize>| {
        let mut session = Session::default();
        let mut stream = RedactStream::new(&redactor, &session).expect("labels need no whole");
        let mut out = Vec::with_capacity(text.len());
        for piece in text.chunks(piece) {
            let pushed = stream.push(&mut session, scanner.scratch(), piece, &|_| true, &mut out);
            pushed.expect("the text can be redacted");
            held.push(stream.held());
        }
        let end = stream.finish(&mut session, scanner.scratch(), &|_| true, &mut out);
        end.expect("the text can be redacted");
        out
    };
    let mut held = Vec::new();
    let out = pushed(DELTA, &mut held);
    println!("redacted in {DELTA}-byte deltas: {}", spread(&mut held));
    let streamed = best(|| {
        black_box(pushed(CHUNK, &mut Vec::new()).len());
    });
    let mut scanner = Scanner::new(database);
    let whole = best(|| {
        let redacted = redactor.redact(&mut scanner, text, |_| true);
        assert_eq!(redacted.expect("the text can be redacted").bytes, out);
    });
    let speed = |seconds: f64| text.len() as f64 / seconds / 1e6;
    println!(
        "redacted in 1 KB chunks: {:.1} MB/s, the whole {:.1} MB/s: {:.0} % of the time more",
        speed(streamed),
        speed(whole),
        (streamed / whole - 1.0) * 100.0
    );
    let session = Session::default();
    let mut scratch = Scratch::new();
    let open = || RedactStream::new(&redactor, &session).expect("labels need no whole");
    let start = Instant::now();
    let mut open: Vec<RedactStream> = (0..OPEN).map(|_| open()).collect();
    let opened = start.elapsed().as_secs_f64() / OPEN as f64;
    for (i, stream) in open.iter_mut().enumerate() {
        let from = i * 37 % text.len().saturating_sub(CHUNK).max(1);
        let piece = &text[from..text.len().min(from + CHUNK)];
        let mut session = Session::default();
        let pushed = stream.push(
            &mut session,
            &mut scratch,
            piece,
            &|_| true,
            &mut Vec::new(),
        );
        pushed.expect("the text can be redacted");
    }
    let bytes: usize = open.iter().map(RedactStream::bytes).sum();
    let most = open.iter().map(RedactStream::bytes).max().unwrap_or(0);
    println!(
        "{OPEN} redacting: {:.2} us each to open; {} bytes each, {most} at most, {:.2} GB in all",
        opened * 1e6,
        bytes / OPEN,
        bytes as f64 / 1e9
    );
}

fn spread(held: &mut [usize]) -> String {
    held.sort_unstable();
    let mean = held.iter().sum::<usize>() as f64 / held.len() as f64;
    format!(
        "held back: mean {mean:.1}, median {}, p99 {}, most {}",
        held[held.len() / 2],
        held[held.len() * 99 / 100],
        held[held.len() - 1],
    )
}

fn database(packs: &[String]) -> Result<Database, String> {
    if packs.is_empty() {
        return Ok(sluicegate_classifiers::builtin());
    }
    let mut rules = Vec::new();
    for path in packs {
        let text = std::fs::read_to_string(path).map_err(|error| format!("{path}: {error}"))?;
        let (read, problems) =
            read_pack(&Source::new(path, text), &mut |_| Err("no tables".into()));
        if !problems.is_empty() {
            return Err(format!("{path}: {} problems", problems.len()));
        }
        rules.extend(read);
    }
    Ok(compile(&rules).map_err(|error| error.to_string())?.database)
}

fn stream(
    database: &Database,
    scratch: &mut Scratch,
    text: &[u8],
    piece: usize,
    mut held: impl FnMut(usize),
) -> Vec<Finding> {
    let mut stream = Stream::new(database);
    let mut found = Vec::new();
    for piece in text.chunks(piece) {
        found.extend_from_slice(stream.push(scratch, piece).findings);
        held(stream.held());
    }
    found.extend_from_slice(stream.finish(scratch).findings);
    found
}

fn best(mut run: impl FnMut()) -> f64 {
    (0..PASSES)
        .map(|_| {
            let start = Instant::now();
            run();
            start.elapsed().as_secs_f64()
        })
        .fold(f64::INFINITY, f64::min)
}
