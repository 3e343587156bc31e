//! The documents that are made from the types and tables of this crate.

use std::fmt::Write;
use std::path::PathBuf;

use sluicegate_model::Code;

/// Where the documents are checked in.
pub(crate) fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../docs")
}

/// The JSON Schema of a pack file.
pub(crate) const SCHEMA: &str = "classifier.schema.json";

/// The table of codes.
pub(crate) const DIAGNOSTICS: &str = "diagnostics.md";

/// The text of [`DIAGNOSTICS`].
pub(crate) fn diagnostics() -> String {
    let mut page = String::from(
        "# Diagnostics\n\n\
         What `check` and every command that reads packs or policies can say. Numbers are never \
         reused: SG1xx\nis about the file, SG2xx about detectors, SG3xx about examples, SG4xx is \
         advice, SG5xx about policies.\n\n\
         | code | level | title | meaning |\n|---|---|---|---|\n",
    );
    for code in Code::ALL {
        let (number, level) = (code.as_str(), code.level().as_str());
        let (title, meaning) = (code.title(), code.meaning());
        writeln!(page, "| {number} | {level} | {title} | {meaning} |")
            .expect("writing to a string succeeds");
    }
    page
}
