//! The timing, the same for all engines: what differs is only the work between two readings.

use std::process::ExitCode;
use std::sync::Barrier;
use std::time::{Duration, Instant};

use crate::arguments::{Arguments, Model};
use crate::engine::Engine;
use crate::measurement::Measurement;
use crate::pattern::read_patterns;

/// The whole of an engine process: reads the arguments, measures, prints one line of JSON.
///
/// # Panics
///
/// When the engine does.
pub fn run<E: Engine>() -> ExitCode {
    match Arguments::parse(std::env::args().skip(1)).and_then(|arguments| measure::<E>(&arguments))
    {
        Ok(measurement) => {
            let line = serde_json::to_string(&measurement).expect("a measurement has string keys");
            println!("{line}");
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("{}: {error}", E::NAME);
            ExitCode::from(2)
        }
    }
}

fn measure<E: Engine>(arguments: &Arguments) -> Result<Measurement, String> {
    let list = std::fs::read_to_string(&arguments.patterns)
        .map_err(|error| format!("{}: {error}", arguments.patterns.display()))?;
    let input = std::fs::read(&arguments.input)
        .map_err(|error| format!("{}: {error}", arguments.input.display()))?;
    let patterns = read_patterns(&list);

    let mut compile_times = Vec::new();
    let mut engine = None;
    let wanted = if arguments.model == Model::Compile {
        arguments.reps
    } else {
        1
    };
    for _ in 0..wanted {
        let (made, time) = clocked(|| E::compile(&patterns));
        engine = Some(made?);
        compile_times.push(time);
    }
    let (mut engine, refused) = engine.expect("at least one repetition");
    let mut load = None;
    if arguments.model == Model::Load {
        let (loaded, time) = reload::<E>(&engine, arguments.reps)?;
        engine = loaded;
        load = Some(time);
    }

    let chunk = match arguments.chunk {
        0 => input.len(),
        chunk => chunk,
    };
    let pieces: Vec<&[u8]> = input.chunks(chunk.max(1)).collect();
    let mut workers: Vec<Worker<'_, E>> = (0..arguments.threads)
        .map(|first| Worker {
            engine: &engine,
            scratch: engine.scratch(),
            pieces: pieces
                .iter()
                .skip(first)
                .step_by(arguments.threads)
                .copied()
                .collect(),
            each: arguments.model == Model::Latency,
            count: 0,
            latencies: Vec::new(),
        })
        .collect();
    // Memory grows to what it needs, and the count is taken, before anything is timed.
    repeat(&mut workers);
    let count = workers.iter().map(|worker| worker.count).sum();
    let mut times = Vec::new();
    let mut latencies = Vec::new();
    if matches!(arguments.model, Model::Scan | Model::Latency) {
        for worker in &mut workers {
            worker.latencies.clear();
        }
        times = (0..arguments.reps).map(|_| repeat(&mut workers)).collect();
        times.sort_unstable();
        latencies = workers
            .iter()
            .flat_map(|worker| worker.latencies.iter().copied())
            .collect();
        latencies.sort_unstable();
    }
    Ok(Measurement {
        engine: E::NAME.to_owned(),
        version: E::version(),
        model: arguments.model,
        rules: patterns.len() - refused,
        refused,
        bytes: input.len(),
        chunk: arguments.chunk,
        threads: arguments.threads,
        reps: arguments.reps,
        count,
        spans: E::SPANS,
        compile_ms: milliseconds(median(&mut compile_times)),
        load_ms: load.map(milliseconds),
        best_bytes_per_s: times.first().map(|time| speed(input.len(), *time)),
        median_bytes_per_s: times
            .get(times.len() / 2)
            .map(|time| speed(input.len(), *time)),
        p50_ns: percentile(&latencies, 50),
        p99_ns: percentile(&latencies, 99),
        note: E::NOTE.to_owned(),
    })
}

/// Loads the stored form of an engine, and gives the middle time.
fn reload<E: Engine>(engine: &E, reps: usize) -> Result<(E, Duration), String> {
    let image = engine
        .image()
        .ok_or_else(|| format!("{} has no stored form", E::NAME))?;
    let mut times = Vec::new();
    let mut last = None;
    for _ in 0..reps {
        let copy = image.clone();
        let (loaded, time) = clocked(|| E::load(copy));
        last = Some(loaded?);
        times.push(time);
    }
    Ok((last.expect("at least one repetition"), median(&mut times)))
}

/// A thread's share of the pieces.
struct Worker<'a, E: Engine> {
    engine: &'a E,
    scratch: E::Scratch,
    pieces: Vec<&'a [u8]>,
    /// Whether each piece is timed; two readings of the clock a piece would burden the others.
    each: bool,
    /// Of the last repetition.
    count: u64,
    /// Nanoseconds of each piece, of all repetitions.
    latencies: Vec<u64>,
}

impl<E: Engine> Worker<'_, E> {
    fn scan(&mut self) {
        self.count = 0;
        for piece in &self.pieces {
            if self.each {
                let began = Instant::now();
                self.count += self.engine.scan(&mut self.scratch, piece);
                self.latencies.push(began.elapsed().as_nanos() as u64);
            } else {
                self.count += self.engine.scan(&mut self.scratch, piece);
            }
        }
    }
}

/// Scans everything once; the time from the start of all threads to the end of the last.
fn repeat<E: Engine>(workers: &mut [Worker<'_, E>]) -> Duration {
    if let [worker] = workers {
        return clocked(|| worker.scan()).1;
    }
    let barrier = Barrier::new(workers.len() + 1);
    std::thread::scope(|scope| {
        let handles: Vec<_> = workers
            .iter_mut()
            .map(|worker| {
                let barrier = &barrier;
                scope.spawn(move || {
                    barrier.wait();
                    worker.scan();
                })
            })
            .collect();
        barrier.wait();
        let began = Instant::now();
        for handle in handles {
            handle.join().expect("scanning does not panic");
        }
        began.elapsed()
    })
}

fn clocked<T>(work: impl FnOnce() -> T) -> (T, Duration) {
    let began = Instant::now();
    let result = work();
    (result, began.elapsed())
}

fn median(times: &mut [Duration]) -> Duration {
    times.sort_unstable();
    times[times.len() / 2]
}

fn speed(bytes: usize, time: Duration) -> u64 {
    (bytes as u128 * 1_000_000_000 / time.as_nanos().max(1)) as u64
}

fn percentile(sorted: &[u64], percent: usize) -> Option<u64> {
    let last = sorted.len().checked_sub(1)?;
    Some(sorted[last * percent / 100])
}

/// To the microsecond.
fn milliseconds(time: Duration) -> f64 {
    f64::from(time.as_micros() as u32) / 1000.0
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pattern::Pattern;

    /// Counts the bytes that are the first byte of a pattern.
    struct FirstBytes(Vec<u8>);

    impl Engine for FirstBytes {
        type Scratch = ();
        const NAME: &'static str = "first-bytes";
        const SPANS: bool = true;
        const NOTE: &'static str = "";

        fn version() -> String {
            "1".to_owned()
        }

        fn compile(patterns: &[Pattern]) -> Result<(Self, usize), String> {
            let bytes = patterns.iter().map(|pattern| pattern.regex.as_bytes()[0]);
            Ok((Self(bytes.collect()), 0))
        }

        fn scratch(&self) {}

        fn scan(&self, (): &mut (), piece: &[u8]) -> u64 {
            piece.iter().filter(|byte| self.0.contains(byte)).count() as u64
        }
    }

    #[test]
    fn the_count_does_not_depend_on_pieces_or_threads() {
        let (engine, _) = FirstBytes::compile(&read_patterns("a\nb")).expect("never refuses");
        let text = b"abcabcab";
        for (chunk, threads) in [(8, 1), (3, 1), (1, 2), (3, 2)] {
            let pieces: Vec<&[u8]> = text.chunks(chunk).collect();
            let mut workers: Vec<_> = (0..threads)
                .map(|first| Worker {
                    engine: &engine,
                    scratch: (),
                    pieces: pieces
                        .iter()
                        .skip(first)
                        .step_by(threads)
                        .copied()
                        .collect(),
                    each: true,
                    count: 0,
                    latencies: Vec::new(),
                })
                .collect();
            repeat(&mut workers);
            let count: u64 = workers.iter().map(|worker| worker.count).sum();
            assert_eq!(count, 6, "chunk {chunk}, {threads} threads");
        }
    }

    #[test]
    fn a_percentile_of_nothing_is_nothing() {
        assert_eq!(percentile(&[], 50), None);
        assert_eq!(percentile(&[1, 2, 3, 4, 5], 50), Some(3));
    }
}
