//! The figures to keep, with machine, compiler and commit.

use std::fs::{self, File, OpenOptions};
use std::io::Write;
use std::path::Path;
use std::process::Command;

use serde::Serialize;

use crate::turn::Row;

/// A folder of results.
pub(crate) struct Record {
    results: File,
}

/// What the figures depend on beside the code.
#[derive(Serialize)]
struct Machine {
    date: String,
    commit: String,
    /// Whether files differed from the commit.
    changed: bool,
    compiler: String,
    processor: String,
    threads: usize,
    memory: String,
    kernel: String,
    /// Processes waiting in the last minutes: figures of a busy machine mean little.
    load: String,
}

impl Record {
    /// Opens the folder of a day. Results of an earlier run on that day stay, those of this run
    /// come behind them.
    pub(crate) fn open(folder: &Path, date: &str) -> Result<Self, String> {
        let plain = |byte: &u8| byte.is_ascii_alphanumeric() || *byte == b'-';
        if date.is_empty() || !date.as_bytes().iter().all(plain) {
            return Err(format!("{date}: not a day as in 2026-01-31"));
        }
        let folder = folder.join(date);
        let fail = |error: std::io::Error| format!("{}: {error}", folder.display());
        fs::create_dir_all(&folder).map_err(fail)?;
        let machine = serde_json::to_string_pretty(&machine(date)).expect("string keys");
        fs::write(folder.join("machine.json"), machine + "\n").map_err(fail)?;
        let results = OpenOptions::new()
            .append(true)
            .create(true)
            .open(folder.join("results.jsonl"))
            .map_err(fail)?;
        Ok(Self { results })
    }

    /// Adds the rows of one case.
    pub(crate) fn keep(&mut self, rows: &[Row]) -> Result<(), String> {
        for row in rows {
            let line = serde_json::to_string(row).expect("string keys");
            writeln!(self.results, "{line}").map_err(|error| error.to_string())?;
        }
        Ok(())
    }
}

fn machine(date: &str) -> Machine {
    let of_file = |path: &str, key: &str| {
        let text = fs::read_to_string(path).unwrap_or_default();
        text.lines()
            .find_map(|line| line.strip_prefix(key))
            .map(|rest| rest.trim_matches([' ', '\t', ':']).to_owned())
            .unwrap_or_default()
    };
    Machine {
        date: date.to_owned(),
        commit: said("git", &["rev-parse", "HEAD"]),
        changed: !said("git", &["status", "--porcelain", "--untracked-files=no"]).is_empty(),
        compiler: said("rustc", &["--version"]),
        processor: of_file("/proc/cpuinfo", "model name"),
        threads: std::thread::available_parallelism().map_or(1, usize::from),
        memory: of_file("/proc/meminfo", "MemTotal"),
        kernel: of_file("/proc/sys/kernel/osrelease", ""),
        load: of_file("/proc/loadavg", ""),
    }
}

/// What a program says, or nothing where there is no such program.
fn said(program: &str, arguments: &[&str]) -> String {
    Command::new(program)
        .args(arguments)
        .output()
        .map(|output| String::from_utf8_lossy(&output.stdout).trim().to_owned())
        .unwrap_or_default()
}
