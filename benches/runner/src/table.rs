//! The figures for people.

use std::fmt::Write;

use sluicegate_bench_protocol::Measurement;

use crate::definition::Case;
use crate::turn::{Outcome, Row};

/// The table of one case. `x` is how many times as fast the first engine is.
pub(crate) fn render(name: &str, case: Case, rows: &[Row]) -> String {
    let chunk = match case.chunk {
        0 => "whole text".to_owned(),
        bytes => format!("pieces of {bytes} bytes"),
    };
    let mut table = format!(
        "\n{name}: {chunk}, {} thread{}\n",
        case.threads,
        if case.threads == 1 { "" } else { "s" }
    );
    let mut line = |cells: [&str; 9]| {
        let [engine, rules, bytes, count, spans, time, best, x, remark] = cells;
        let text = format!(
            "{engine:20}{rules:>7}{bytes:>10}{count:>10} {spans:5}{time:>22}{best:>12}{x:>9}  {remark}"
        );
        writeln!(table, "{}", text.trim_end()).expect("writing to a string");
    };
    line([
        "engine", "rules", "bytes", "count", "spans", "median", "best", "x", "",
    ]);
    for row in rows {
        let remark = match &row.outcome {
            Outcome::Verified => String::new(),
            Outcome::Unverified => "count not verified".to_owned(),
            Outcome::Wrong(reason) => format!("WRONG: {reason}"),
            Outcome::Absent(reason) => format!("absent: {reason}"),
        };
        let Some(m) = &row.measurement else {
            line([&row.engine, "", "", "", "", "", "", "", &remark]);
            continue;
        };
        line([
            &row.engine,
            &m.rules.to_string(),
            &m.bytes.to_string(),
            &m.count.to_string(),
            if m.spans { "yes" } else { "no" },
            // No figure stands beside a wrong count.
            &if row.passed() {
                figure(m)
            } else {
                "-".to_owned()
            },
            &m.best_bytes_per_s
                .filter(|_| row.passed())
                .map_or_else(String::new, rate),
            &row.first_is_faster
                .map_or_else(String::new, |ratio| format!("{ratio:.2}")),
            &remark,
        ]);
    }
    table
}

/// The figure that the model is about.
fn figure(m: &Measurement) -> String {
    match (m.p50_ns, m.p99_ns, m.median_bytes_per_s, m.load_ms) {
        (Some(p50), Some(p99), _, _) => format!("{p50} / {p99} ns"),
        (_, _, Some(speed), _) => rate(speed),
        (_, _, _, Some(load)) => format!("load {load:.3} ms"),
        _ => format!("compile {:.1} ms", m.compile_ms),
    }
}

#[expect(clippy::cast_precision_loss, reason = "rates for people to read")]
fn rate(bytes_per_s: u64) -> String {
    format!("{:.1} MB/s", bytes_per_s as f64 / 1e6)
}
