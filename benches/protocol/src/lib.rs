//! What an engine process is asked and what it answers.
//!
//! | file | holds |
//! |---|---|
//! | `arguments.rs` | the command line of an engine |
//! | `pattern.rs` | the list of patterns |
//! | `engine.rs` | what an engine must be able to do |
//! | `measure.rs` | the timing, the same for all |
//! | `measurement.rs` | the answer: one line of JSON |

mod arguments;
mod engine;
mod measure;
mod measurement;
mod pattern;

pub use arguments::{Arguments, Model};
pub use engine::Engine;
pub use measure::run;
pub use measurement::Measurement;
pub use pattern::{Pattern, read_patterns};
