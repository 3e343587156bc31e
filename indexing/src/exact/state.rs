//! What a build remembers, so that it goes on where it was interrupted.

use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

use serde::{Deserialize, Serialize};
use sluicegate::model::ExactSchema;
use sluicegate::{IndexKey, Shapes};

use super::report::TableReport;
use super::table::Place;
use crate::work::Work;

/// Counts changes of what a work folder holds.
const VERSION: u32 = 1;
/// Bytes at the front of a table by which it is known again.
const HEAD: u64 = 64 << 10;

/// What a build reads; one that reads something else does not go on.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Inputs {
    version: u32,
    table: PathBuf,
    len: u64,
    /// When the table was changed, in nanoseconds since 1970.
    modified: u128,
    /// BLAKE3 of its first bytes.
    head: String,
    /// BLAKE3 of the schema.
    schema: String,
    key: String,
    delimiter: u8,
}

impl Inputs {
    /// What names a build of this table; none where it is no file, and can't be read again.
    pub(super) fn of(
        table: &Path,
        delimiter: u8,
        schema: &ExactSchema,
        key: &IndexKey,
    ) -> io::Result<Option<Self>> {
        if table == Path::new("-") {
            return Ok(None);
        }
        let file = File::open(table)?;
        let metadata = file.metadata()?;
        if !metadata.is_file() {
            return Ok(None);
        }
        let mut head = Vec::new();
        file.take(HEAD).read_to_end(&mut head)?;
        let modified = metadata.modified()?.duration_since(UNIX_EPOCH);
        Ok(Some(Self {
            version: VERSION,
            table: table.canonicalize()?,
            len: metadata.len(),
            modified: modified.map_or(0, |since| since.as_nanos()),
            head: blake3::hash(&head).to_hex().to_string(),
            schema: digest(schema),
            key: key.id(),
            delimiter,
        }))
    }
}

/// BLAKE3 of a schema with the values that it names as none, which its JSON leaves out.
fn digest(schema: &ExactSchema) -> String {
    let stops: Vec<&[String]> = schema.columns.iter().map(|column| &*column.stop).collect();
    let text = serde_json::to_vec(&(schema, stops)).expect("a schema is plain data");
    blake3::hash(&text).to_hex().to_string()
}

/// How far a build is: everything in front of `place` is in the runs and the file of rows.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct State {
    pub(super) place: Place,
    pub(super) runs: u32,
    pub(super) shapes: Shapes,
    pub(super) report: TableReport,
}

#[derive(Serialize, Deserialize)]
struct Written<I, S> {
    inputs: I,
    state: S,
}

impl State {
    /// What an interrupted build of the same inputs left, if it left anything.
    pub(super) fn read(work: &Work, inputs: &Inputs) -> Option<Self> {
        let text = work.state()?;
        let written: Written<Inputs, Self> = serde_json::from_slice(&text).ok()?;
        (written.inputs == *inputs).then_some(written.state)
    }

    pub(super) fn write(&self, work: &Work, inputs: &Inputs) -> io::Result<()> {
        let state = self;
        let text = serde_json::to_vec(&Written { inputs, state }).map_err(io::Error::from)?;
        work.keep_state(&text)
    }
}
