//! `index documents`: a folder to an index.

use std::path::Path;

use sluicegate::model::visible;
use sluicegate::{DocumentIndex, DocumentSettings};
use sluicegate_indexing::{
    DocumentChanges, DocumentsBuilt, FolderReport, build_documents, update_documents,
};

use super::args::IndexDocumentsArgs;
use super::progress::Bar;
use super::{failure, nothing_to_update, plural};
use crate::failure::{Failure, Status};
use crate::indexes;
use crate::input;

pub(super) fn run(args: &IndexDocumentsArgs) -> Result<Status, Failure> {
    let key = indexes::key(&args.made.key_file)?;
    let output = &args.made.output;
    let changes = DocumentChanges {
        folder: args.folder.as_deref(),
        boilerplate: args.boilerplate.as_deref(),
        remove: &args.remove,
    };
    let mut bar = Bar::new();
    let mut progress = |progress| bar.show(progress);
    let (name, built) = if args.update {
        if !output.exists() {
            return Err(nothing_to_update(output));
        }
        let old = DocumentIndex::load(input::read(output)?, &key)
            .map_err(|error| indexes::refused(output, &error))?;
        let settings = settings(args, old.settings());
        let built = update_documents(&old, changes, settings, &key, output, &mut progress);
        (old.name().to_owned(), built)
    } else {
        let name = match &args.name {
            Some(name) => name.clone(),
            None => folder_name(args.folder.as_deref().unwrap_or(Path::new(".")))?,
        };
        let settings = settings(args, DocumentSettings::new(&name));
        (
            name,
            build_documents(changes, settings, &key, output, &mut progress),
        )
    };
    drop(bar);
    let built = built.map_err(|error| failure(&error))?;
    tell(&built.report);
    for id in &built.missing {
        eprintln!("the index does not hold `{}`", visible(id));
    }
    summarise(args, &name, &built);
    Ok(Status::Done)
}

/// The settings, with those that the options state.
fn settings(args: &IndexDocumentsArgs, mut settings: DocumentSettings) -> DocumentSettings {
    settings.severity = args.severity.unwrap_or(settings.severity);
    settings.confidence = args.confidence.unwrap_or(settings.confidence);
    settings.max_documents = args.max_documents.unwrap_or(settings.max_documents);
    settings.minimum = args.minimum.unwrap_or(settings.minimum);
    settings
}

/// The name of a folder as the last part of an id.
fn folder_name(folder: &Path) -> Result<String, Failure> {
    let path = folder
        .canonicalize()
        .map_err(|error| Failure::read(folder, &error))?;
    let name = path
        .file_name()
        .unwrap_or_default()
        .to_string_lossy()
        .to_lowercase();
    let words: Vec<&str> = name
        .split(|c: char| !(c.is_ascii_lowercase() || c.is_ascii_digit()))
        .filter(|word| !word.is_empty())
        .collect();
    if words.is_empty() {
        return Err(Failure::new("the folder's name makes no id")
            .at(folder.display())
            .hint("give `--name`; findings have the id `document.<name>`"));
    }
    Ok(words.join("-"))
}

/// Says which documents are not in the index.
fn tell(report: &FolderReport) {
    if report.skipped == 0 {
        return;
    }
    eprintln!("{} left out:", plural(report.skipped, "document"));
    for skipped in &report.skipped_documents {
        eprintln!("  {}: {}", visible(&skipped.id), skipped.reason);
    }
    let more = report.skipped - report.skipped_documents.len() as u64;
    if more > 0 {
        eprintln!("  and {more} more");
    }
}

fn summarise(args: &IndexDocumentsArgs, name: &str, built: &DocumentsBuilt) {
    if args.update {
        let added = built.report.documents - built.replaced.min(built.report.documents);
        let (replaced, removed) = (built.replaced, built.removed);
        eprintln!(
            "{} added, {replaced} replaced, {removed} taken out",
            plural(added, "document")
        );
    }
    eprintln!(
        "document.{name}: {}, {} read, {} bytes",
        plural(built.documents, "document"),
        plural(built.report.words, "word"),
        built.bytes,
    );
}
