//! The answer: one line of JSON.

use serde::{Deserialize, Serialize};

use crate::arguments::Model;

/// What a process measured.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Measurement {
    /// The peer's name.
    pub engine: String,
    /// The version of what was measured.
    pub version: String,
    /// What was measured.
    pub model: Model,
    /// Patterns that took part.
    pub rules: usize,
    /// Patterns of the list that the engine refused.
    pub refused: usize,
    /// Bytes of the input.
    pub bytes: usize,
    /// Bytes of a piece; 0 for the whole input.
    pub chunk: usize,
    /// Threads.
    pub threads: usize,
    /// Repetitions that were timed.
    pub reps: usize,
    /// Matches of one pass, as this engine counts.
    pub count: u64,
    /// Whether a match has a start as well as an end.
    pub spans: bool,
    /// Milliseconds to compile the list: the median of the repetitions in the model `compile`.
    pub compile_ms: f64,
    /// Milliseconds to load the stored form; only in the model `load`.
    pub load_ms: Option<f64>,
    /// Of the fastest repetition.
    pub best_bytes_per_s: Option<u64>,
    /// Of the middle repetition.
    pub median_bytes_per_s: Option<u64>,
    /// Nanoseconds of the middle piece; only in the model `latency`.
    pub p50_ns: Option<u64>,
    /// Nanoseconds that 99 of 100 pieces stay within; only in the model `latency`.
    pub p99_ns: Option<u64>,
    /// What a reader must know before comparing.
    pub note: String,
}
