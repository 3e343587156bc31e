//! The speed of scanning the worst inputs.
//!
//! `hostile [--rules PATH]... [--kernel NAME] [--only NAME]... [--size BYTES] [--line]` measures
//! each generator of `sluicegate_tests::GENERATORS` with the built-in catalogue, or with the packs at
//! each PATH in its place, at one size (1 MB unless stated) and at twice the size. The text is
//! scanned as one input; the best of a few scans counts. `--line` adds one line of 64 MB; `--only`
//! takes the beginning of names. `--each N` instead repeats one literal, match, near-match, byte or
//! pair of bytes at a time, and shows the N slowest.
//!
//! A row holds the name, MB/s at either size, the ratio of the two times, operations for each
//! byte, findings, and whether all was inspected. An example and not a program of the crate, so that
//! the fuzz targets need not build the catalogue.

#![expect(
    clippy::cast_precision_loss,
    reason = "sizes and counts are far below 2^52"
)]

use std::path::Path;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use sluicegate::{Completeness, Database, Kernel, Scanner, compile, profile};
use sluicegate_classifiers::{Rules, builtin, builtin_rules};
use sluicegate_tests::{Choices, GENERATORS, Generator, Material, sample};

/// Scans of an input after the first, of which the best counts.
const SCANS: u32 = 5;
/// The same where one piece is repeated: there are thousands.
const SCANS_OF_EACH: u32 = 1;
/// After this long no further scan of a size is made.
const LONG_ENOUGH: Duration = Duration::from_millis(800);
/// Operations are counted in so many bytes, because counting takes longer than scanning.
const COUNTED: usize = 256 << 10;
const LINE: usize = 64_000_000;
const SEED: u64 = 1;

struct Options {
    rules: Vec<String>,
    kernel: Kernel,
    only: Vec<String>,
    size: usize,
    line: bool,
    each: usize,
}

fn options() -> Result<Options, String> {
    let mut options = Options {
        rules: Vec::new(),
        kernel: Kernel::best(),
        only: Vec::new(),
        size: 1_000_000,
        line: false,
        each: 0,
    };
    let mut words = std::env::args().skip(1);
    while let Some(word) = words.next() {
        let mut value = || words.next().ok_or(format!("{word} takes a value"));
        match word.as_str() {
            "--rules" => options.rules.push(value()?),
            "--kernel" => {
                let name = value()?;
                options.kernel = Kernel::named(&name)
                    .ok_or(format!("the processor has no kernel named {name}"))?;
            }
            "--only" => options.only.push(value()?),
            "--size" | "--each" => {
                let number = value()?.parse().ok().filter(|number| *number > 0);
                let number = number.ok_or(format!("{word} takes a number"))?;
                match word.as_str() {
                    "--size" => options.size = number,
                    _ => options.each = number,
                }
            }
            "--line" => options.line = true,
            _ => return Err(format!("unknown option {word}")),
        }
    }
    Ok(options)
}

fn main() -> ExitCode {
    match options().and_then(|options| run(&options)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::from(2)
        }
    }
}

fn run(options: &Options) -> Result<(), String> {
    let (database, material) = prepare(&options.rules)?;
    let mut scanner = Scanner::new(&database).with_kernel(options.kernel);
    println!(
        "{} rules, {}, {} bytes and twice as many",
        database.len(),
        options.kernel.as_str(),
        options.size
    );
    if options.each > 0 {
        each(&mut scanner, &material, options.each);
        return Ok(());
    }
    println!("name                       MB/s   twice  ratio  ops/byte  findings");
    let wanted = |generator: &&Generator| {
        options.only.is_empty()
            || options
                .only
                .iter()
                .any(|name| generator.name.starts_with(name.as_str()))
    };
    for generator in GENERATORS.iter().filter(wanted) {
        // The same text twice: another text of twice the size may have dearer pieces.
        let mut input = generator.generate(&material, options.size, SEED);
        let once = measure(&mut scanner, &input, SCANS);
        let counted = input.len().min(COUNTED);
        let costs = profile(&database, &input[..counted]);
        let operations: u64 = costs.iter().map(|cost| cost.steps + cost.candidates).sum();
        input.extend_from_within(..);
        let twice = measure(&mut scanner, &input, SCANS);
        println!(
            "{:24} {:>6} {:>7} {:>6.2} {:>9.1} {:>9}{}",
            generator.name,
            once.speed(options.size),
            twice.speed(input.len()),
            twice.time.as_secs_f64() / once.time.as_secs_f64(),
            operations as f64 / counted as f64,
            once.findings,
            if twice.complete { "" } else { "  incomplete" },
        );
    }
    if options.line {
        let line = GENERATORS
            .iter()
            .find(|generator| generator.name == "long-line");
        let line = line.ok_or("the generator `long-line` is gone")?;
        let input = line.generate(&material, LINE, SEED);
        let took = measure(&mut scanner, &input, SCANS);
        println!("one line of {LINE} bytes: {} MB/s", took.speed(LINE));
    }
    Ok(())
}

/// Bytes of an input that repeats one piece.
const REPEATED: usize = 4 << 10;

/// Repeats one piece at a time, and shows the slowest.
fn each(scanner: &mut Scanner, material: &Material, most: usize) {
    let mut choices = Choices::from_seed(SEED);
    let mut pieces: Vec<(&str, Vec<u8>)> = Vec::new();
    for literal in &material.literals {
        let ended = |end: &[u8]| [literal, end].concat();
        pieces.push(("literal", literal.clone()));
        pieces.push(("literal and space", ended(b" ")));
        pieces.push(("literal and digits", ended(b"1234567890")));
        pieces.push(("literal and run", ended(&[b'a'; 500])));
        pieces.push(("literal and spaces", ended(&[b' '; 100])));
    }
    for pattern in material.patterns.iter().flatten() {
        let mut text = sample(&mut choices, pattern);
        pieces.push(("match", [&text, &b" "[..]].concat()));
        pieces.push(("match glued", text.clone()));
        if let Some(last) = text.last_mut() {
            *last = b'#';
        }
        pieces.push(("near-match", text));
    }
    for byte in 0..=u8::MAX {
        pieces.push(("byte", vec![byte]));
        // One byte for each code of the gram filter, and some that differ in class.
        for other in b"aA0 \n-_\"'./\\:=@%#\xff" {
            pieces.push(("pair", vec![byte, *other]));
        }
    }
    let mut rows: Vec<_> = pieces
        .iter()
        .filter(|(_, piece)| !piece.is_empty())
        .map(|(kind, piece)| {
            let input: Vec<u8> = piece.iter().copied().cycle().take(REPEATED).collect();
            (measure(scanner, &input, SCANS_OF_EACH), kind, piece)
        })
        .collect();
    rows.sort_by_key(|(measured, ..)| std::cmp::Reverse(measured.time));
    println!("  MB/s  findings  what                repeated");
    for (measured, kind, piece) in rows.into_iter().take(most) {
        println!(
            "{:>6} {:>9}  {kind:18}  {}",
            measured.speed(REPEATED),
            measured.findings,
            piece[..piece.len().min(90)].escape_ascii()
        );
    }
}

fn prepare(paths: &[String]) -> Result<(Database, Material), String> {
    if paths.is_empty() {
        let database = builtin();
        let material = Material::new(&database, &builtin_rules().classifiers);
        return Ok((database, material));
    }
    let mut rules = Rules::default();
    for path in paths {
        rules
            .add_path(Path::new(path))
            .map_err(|(path, error)| format!("{}: {error}", path.display()))?;
    }
    rules.settle();
    for problem in &rules.problems {
        eprintln!("{problem}");
    }
    let compiled = compile(&rules.classifiers).map_err(|error| error.to_string())?;
    let material = Material::new(&compiled.database, &rules.classifiers);
    Ok((compiled.database, material))
}

struct Measured {
    time: Duration,
    findings: usize,
    complete: bool,
}

impl Measured {
    /// In MB/s, with hundredths where it is slow.
    fn speed(&self, bytes: usize) -> String {
        let speed = bytes as f64 / 1e6 / self.time.as_secs_f64();
        let digits = if speed < 10.0 { 2 } else { 0 };
        format!("{speed:.digits$}")
    }
}

fn measure(scanner: &mut Scanner, input: &[u8], scans: u32) -> Measured {
    // The first scan makes memory grow to what the input needs.
    let began = Instant::now();
    let scan = scanner.scan(input);
    let mut measured = Measured {
        time: began.elapsed(),
        findings: scan.findings.len(),
        complete: scan.completeness == Completeness::Complete,
    };
    for _ in 0..scans {
        if began.elapsed() > LONG_ENOUGH {
            break;
        }
        let began = Instant::now();
        scanner.scan(input);
        measured.time = measured.time.min(began.elapsed());
    }
    measured
}
