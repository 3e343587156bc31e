//! Engines in turn, their middle figures, their verification.
//!
//! Every engine runs once in each round, A B C A B C, so that a machine which slows down slows
//! all of them. An engine that takes less of the text is compared to the first engine on the same
//! bytes, for which the first engine runs on those as well.

use std::time::Duration;

use serde::Serialize;
use sluicegate_bench_protocol::{Arguments, Measurement, Model};

use crate::data::{Data, Prepared};
use crate::definition::{Case, Definition};
use crate::peer::Peer;

/// What is to be measured.
pub(crate) struct Plan<'a> {
    pub(crate) definition: &'a Definition,
    pub(crate) case: Case,
    /// Bytes of text at most.
    pub(crate) most_bytes: usize,
    pub(crate) rounds: usize,
    pub(crate) patience: Duration,
}

/// What became of one engine in one case.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Row {
    pub(crate) definition: String,
    pub(crate) engine: String,
    pub(crate) outcome: Outcome,
    /// The middle of the rounds; none unless the engine ran.
    pub(crate) measurement: Option<Measurement>,
    /// The first engine's cost as a share of this one's: how many times as fast the first is.
    pub(crate) first_is_faster: Option<f64>,
    /// SHA-256 of the text.
    pub(crate) input_sha256: String,
    /// SHA-256 of the list of patterns.
    pub(crate) patterns_sha256: String,
}

/// Whether figures may be believed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case", tag = "outcome", content = "reason")]
pub(crate) enum Outcome {
    /// The count is the one that was known, or that of the engines it must agree with.
    Verified,
    /// Nothing is known about its count.
    Unverified,
    /// It counted something else than it must.
    Wrong(String),
    /// It was not built, failed or took too long.
    Absent(String),
}

impl Row {
    pub(crate) fn passed(&self) -> bool {
        !matches!(self.outcome, Outcome::Wrong(_))
    }

    fn bytes(&self) -> Option<usize> {
        self.measurement.as_ref().map(|m| m.bytes)
    }
}

/// An engine, the text that it takes, and what it answered so far.
struct Seat<'a> {
    peer: &'a Peer,
    text: Prepared,
    answers: Vec<Measurement>,
    failure: Option<String>,
}

/// Runs the engines of a case in turn.
pub(crate) fn take(plan: &Plan<'_>, peers: &[&Peer], data: &Data) -> Result<Vec<Row>, String> {
    let definition = plan.definition;
    let patterns = data.patterns(&definition.patterns, definition.rules)?;
    let most = plan.most_bytes.min(definition.bytes.unwrap_or(usize::MAX));
    let able: Vec<&Peer> = peers
        .iter()
        .copied()
        .filter(|peer| peer.can(definition.model, plan.case.threads))
        .collect();
    let mut wanted: Vec<(&Peer, usize)> = Vec::new();
    for peer in &able {
        let bytes = most.min(peer.most_bytes);
        if !wanted.iter().any(|(_, taken)| *taken == bytes) && !wanted.is_empty() {
            wanted.push((able[0], bytes));
        }
        wanted.push((peer, bytes));
    }
    let mut seats = Vec::new();
    for (peer, bytes) in wanted {
        seats.push(Seat {
            peer,
            text: data.text(&definition.input, bytes)?,
            answers: Vec::new(),
            failure: None,
        });
    }
    for _ in 0..plan.rounds {
        for seat in &mut seats {
            if seat.failure.is_none() {
                let arguments = Arguments {
                    patterns: patterns.path.clone(),
                    input: seat.text.path.clone(),
                    chunk: plan.case.chunk,
                    reps: definition.reps,
                    model: definition.model,
                    threads: plan.case.threads,
                };
                match seat.peer.run(&arguments, plan.patience) {
                    Ok(answer) => seat.answers.push(answer),
                    Err(failure) => seat.failure = Some(failure),
                }
            }
        }
    }
    let mut rows: Vec<Row> = seats
        .into_iter()
        .map(|seat| conclude(definition, seat, &patterns))
        .collect();
    agree(definition, &mut rows);
    compare(definition.model, &mut rows);
    Ok(rows)
}

/// The middle of an engine's rounds, and whether its count is what is known.
fn conclude(definition: &Definition, seat: Seat<'_>, patterns: &Prepared) -> Row {
    let measurement = seat.failure.is_none().then(|| middle(&seat.answers));
    let outcome = match (&seat.failure, &measurement) {
        (Some(failure), _) => Outcome::Absent(failure.clone()),
        (None, Some(m)) if seat.answers.iter().any(|other| other.count != m.count) => {
            Outcome::Wrong("it counts differently each time".to_owned())
        }
        (None, Some(m)) => match definition.expected(&seat.peer.name, m.chunk, seat.text.bytes) {
            Some(count) if count != m.count => {
                Outcome::Wrong(format!("{count} matches are known, it counts {}", m.count))
            }
            Some(_) => Outcome::Verified,
            None => Outcome::Unverified,
        },
        (None, None) => unreachable!("an engine without a failure has answered"),
    };
    Row {
        definition: definition.name.clone(),
        engine: seat.peer.name.clone(),
        outcome,
        measurement,
        first_is_faster: None,
        input_sha256: seat.text.digest,
        patterns_sha256: patterns.digest.clone(),
    }
}

/// The best of the bests and the middle of everything else.
fn middle(answers: &[Measurement]) -> Measurement {
    let each = |figure: fn(&Measurement) -> Option<u64>| {
        let mut figures: Vec<u64> = answers.iter().filter_map(figure).collect();
        figures.sort_unstable();
        figures
    };
    let half = |figures: &[u64]| figures.get(figures.len() / 2).copied();
    let half_ms = |figure: fn(&Measurement) -> Option<f64>| {
        let mut figures: Vec<f64> = answers.iter().filter_map(figure).collect();
        figures.sort_unstable_by(f64::total_cmp);
        figures.get(figures.len() / 2).copied()
    };
    let first = answers[0].clone();
    Measurement {
        best_bytes_per_s: each(|m| m.best_bytes_per_s).last().copied(),
        median_bytes_per_s: half(&each(|m| m.median_bytes_per_s)),
        p50_ns: half(&each(|m| m.p50_ns)),
        p99_ns: half(&each(|m| m.p99_ns)),
        compile_ms: half_ms(|m| Some(m.compile_ms)).unwrap_or(first.compile_ms),
        load_ms: half_ms(|m| m.load_ms),
        ..first
    }
}

/// Judges the engines that must agree: by the first of them that ran on the same bytes.
fn agree(definition: &Definition, rows: &mut [Row]) {
    for name in definition.agree.iter().skip(1) {
        for at in 0..rows.len() {
            if rows[at].engine != *name || rows[at].outcome != Outcome::Unverified {
                continue;
            }
            let count = rows[at].measurement.as_ref().map(|m| m.count);
            let judge = rows.iter().position(|row| {
                row.engine == definition.agree[0] && row.bytes() == rows[at].bytes()
            });
            let Some(judge) = judge else { continue };
            let known = rows[judge].measurement.as_ref().map(|m| m.count);
            let refused = rows[at].measurement.as_ref().is_some_and(|m| m.refused > 0);
            if refused {
                // Fewer rules find fewer matches; the table shows how many are missing.
                continue;
            }
            if count == known {
                rows[at].outcome = Outcome::Verified;
                if rows[judge].outcome == Outcome::Unverified {
                    rows[judge].outcome = Outcome::Verified;
                }
            } else {
                rows[at].outcome = Outcome::Wrong(format!(
                    "{} counts {}, it counts {}",
                    definition.agree[0],
                    known.unwrap_or_default(),
                    count.unwrap_or_default()
                ));
            }
        }
    }
}

/// Sets the ratios to the first engine on the same bytes; a wrong count gets none.
#[expect(clippy::cast_precision_loss, reason = "ratios for people to read")]
fn compare(model: Model, rows: &mut [Row]) {
    let cost = |m: &Measurement| match model {
        Model::Scan => m.median_bytes_per_s.map(|speed| 1.0 / speed.max(1) as f64),
        Model::Latency => m.p50_ns.map(|nanos| nanos as f64),
        Model::Compile => Some(m.compile_ms),
        Model::Load => m.load_ms,
    };
    let Some(first) = rows.first().map(|row| row.engine.clone()) else {
        return;
    };
    for at in 0..rows.len() {
        let same = |row: &&Row| row.engine == first && row.bytes() == rows[at].bytes();
        let base = rows.iter().find(same).filter(|row| row.passed());
        let base = base.and_then(|row| row.measurement.as_ref()).and_then(cost);
        let own = rows[at].measurement.as_ref().and_then(cost);
        rows[at].first_is_faster = match (base, own) {
            (Some(base), Some(own)) if rows[at].passed() && base > 0.0 => Some(own / base),
            _ => None,
        };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(engine: &str, count: u64, speed: u64) -> Row {
        Row {
            definition: "test".to_owned(),
            engine: engine.to_owned(),
            outcome: Outcome::Unverified,
            measurement: Some(Measurement {
                engine: engine.to_owned(),
                version: String::new(),
                model: Model::Scan,
                rules: 1,
                refused: 0,
                bytes: 100,
                chunk: 0,
                threads: 1,
                reps: 1,
                count,
                spans: true,
                compile_ms: 1.0,
                load_ms: None,
                best_bytes_per_s: Some(speed),
                median_bytes_per_s: Some(speed),
                p50_ns: None,
                p99_ns: None,
                note: String::new(),
            }),
            first_is_faster: None,
            input_sha256: String::new(),
            patterns_sha256: String::new(),
        }
    }

    fn definition() -> Definition {
        toml::from_str(
            "model = 'scan'\npatterns = 'p'\ninput = 'i'\nreps = 1\n\
             engines = ['a', 'b', 'c']\nagree = ['a', 'b', 'c']",
        )
        .expect("a definition")
    }

    #[test]
    fn a_wrong_count_is_no_measurement() {
        let mut rows = [row("a", 5, 100), row("b", 5, 50), row("c", 4, 900)];
        agree(&definition(), &mut rows);
        compare(Model::Scan, &mut rows);
        assert_eq!(rows[0].outcome, Outcome::Verified);
        assert_eq!(rows[1].outcome, Outcome::Verified);
        assert!(!rows[2].passed());
        assert_eq!(
            rows.map(|row| row.first_is_faster),
            [Some(1.0), Some(2.0), None]
        );
    }

    #[test]
    fn the_middle_is_taken_of_the_middles_and_the_best_of_the_bests() {
        let answers: Vec<Measurement> = [30, 10, 20]
            .into_iter()
            .filter_map(|speed| row("a", 1, speed).measurement)
            .collect();
        let middle = middle(&answers);
        assert_eq!(middle.best_bytes_per_s, Some(30));
        assert_eq!(middle.median_bytes_per_s, Some(20));
    }
}
