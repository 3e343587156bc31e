//! Fingerprints, and those of an older index, to an index.

use std::collections::BTreeMap;
use std::io;
use std::path::Path;

use sluicegate::{
    DocumentIndex, DocumentIndexWriter, DocumentSettings, DocumentSettingsError, Fingerprinter,
    IndexKey,
};

use super::FolderReport;
use super::ingest::{Documents, Target, ingest, ingest_boilerplate};
use super::walk::is_of;
use crate::problem::IndexingError;
use crate::progress::{Progress, Step};
use crate::sort::{Both, DEFAULT_BUFFER, Sorter};
use crate::work::Work;

/// Entries between two reports of progress.
const TOLD: u64 = 1 << 16;
/// In place of the number of a document that is taken out.
const OUT: u32 = u32::MAX;

/// An index that was made.
#[derive(Clone, Debug)]
pub struct DocumentsBuilt {
    /// What was read of the folder.
    pub report: FolderReport,
    /// Documents of the older index that were replaced by those of the folder.
    pub replaced: u64,
    /// Documents of the older index that were taken out.
    pub removed: u64,
    /// Ids that were to be taken out and are not in the older index.
    pub missing: Vec<String>,
    /// Documents in the index.
    pub documents: u64,
    /// Its length in bytes.
    pub bytes: u64,
}

/// The folders and ids that an index is made of.
#[derive(Clone, Copy, Debug, Default)]
pub struct DocumentChanges<'c> {
    /// Documents to add, or to put in the place of those of the same path.
    pub folder: Option<&'c Path>,
    /// Texts that stand in many documents and are to lead to none.
    pub boilerplate: Option<&'c Path>,
    /// Ids of documents to take out of the older index.
    pub remove: &'c [String],
}

/// Makes an index of the documents of a folder, which takes its place when it is whole.
///
/// # Errors
/// When the folder can't be read or holds no document, the settings can't be used, or the index
/// can't be written. The old index then stays.
pub fn build_documents(
    changes: DocumentChanges<'_>,
    settings: DocumentSettings,
    key: &IndexKey,
    output: &Path,
    progress: &mut dyn FnMut(Progress),
) -> Result<DocumentsBuilt, IndexingError> {
    make(None, changes, settings, key, output, progress)
}

/// Makes the next index of an index and of the documents that change, without the texts of the
/// others. What was boilerplate to the older index is to be given again.
///
/// # Errors
/// As [`build_documents`].
pub fn update_documents(
    old: &DocumentIndex,
    changes: DocumentChanges<'_>,
    settings: DocumentSettings,
    key: &IndexKey,
    output: &Path,
    progress: &mut dyn FnMut(Progress),
) -> Result<DocumentsBuilt, IndexingError> {
    make(Some(old), changes, settings, key, output, progress)
}

fn make(
    old: Option<&DocumentIndex>,
    changes: DocumentChanges<'_>,
    mut settings: DocumentSettings,
    key: &IndexKey,
    output: &Path,
    progress: &mut dyn FnMut(Progress),
) -> Result<DocumentsBuilt, IndexingError> {
    let work = Work::open(output)?;
    let failed = |error: io::Error| work.failed(&error);
    work.clear().map_err(failed)?;
    let begin = |settings: DocumentSettings, entries| {
        let writer = match old {
            Some(old) => DocumentIndexWriter::update(settings, key, old, entries),
            None => DocumentIndexWriter::new(settings, key, entries),
        };
        writer.map_err(|error| refused(&error, output))
    };
    // Before anything is read: settings that no index can have, and what an older one knows of a
    // fingerprint.
    let empty = begin(settings.clone(), 0)?;
    let known = |print| {
        if old.is_some() {
            empty.known(print)
        } else {
            print
        }
    };
    let mut sorter = Sorter::new(work.folder(), DEFAULT_BUFFER, 0);
    let mut target = Target {
        work: &work,
        sorter: &mut sorter,
        known: &known,
    };
    let fingerprinter = Fingerprinter::new(key);
    if let Some(folder) = changes.boilerplate {
        let mark = DocumentIndexWriter::BOILERPLATE;
        ingest_boilerplate(folder, mark, &fingerprinter, &mut target, progress)?;
    }
    // Documents of the folder are numbered first, so that it is known which older ones they replace.
    let added = match changes.folder {
        Some(folder) => ingest(folder, 0, &fingerprinter, &mut target, progress)?,
        None => Documents::default(),
    };
    let mut kept = Kept::of(old, &added, changes.remove);
    if added.list.is_empty() && kept.list.is_empty() {
        return Err(nothing_left(
            &added.report,
            changes.folder.unwrap_or(output),
        ));
    }
    settings.code = added.code;
    let pairs = sorter.merge().map_err(failed)?;
    let entries = pairs.len() + old.map_or(0, |old| old.entries().count() as u64);
    let mut writer = begin(settings, entries)?;
    let mut index = work
        .begin_index(DocumentIndexWriter::HEADER)
        .map_err(failed)?;
    let older = old
        .into_iter()
        .flat_map(DocumentIndex::entries)
        .filter_map(|(known, number)| {
            let number = *kept.numbers.get(number as usize)?;
            (number != OUT).then_some((known, number))
        });
    for (done, pair) in (0..).zip(Both::new(older, pairs)) {
        let (print, number) = pair.map_err(failed)?;
        let mut out = |bytes: &[u8]| index.put(bytes);
        if old.is_some() {
            writer.push_known(print, number, &mut out);
        } else {
            writer.push(print, number, &mut out);
        }
        if done % TOLD == 0 {
            progress(Progress {
                step: Step::Write,
                done,
                of: Some(entries),
            });
        }
    }
    let mut list = added.list;
    list.append(&mut kept.list);
    let documents = list.len() as u64;
    let header = writer.finish(list, &mut |bytes| index.put(bytes));
    Ok(DocumentsBuilt {
        report: added.report,
        replaced: kept.replaced,
        removed: kept.removed,
        missing: kept.missing,
        documents,
        bytes: work.finish_index(index, &header).map_err(failed)?,
    })
}

/// What stays of an older index.
#[derive(Default)]
struct Kept {
    /// For each of its documents the new number.
    numbers: Vec<u32>,
    /// Ids and words of those that stay.
    list: Vec<(String, u32)>,
    replaced: u64,
    removed: u64,
    missing: Vec<String>,
}

impl Kept {
    fn of(old: Option<&DocumentIndex>, added: &Documents, remove: &[String]) -> Self {
        let mut kept = Self::default();
        let mut missing: BTreeMap<&str, bool> =
            remove.iter().map(|id| (id.as_str(), true)).collect();
        let Some(old) = old else {
            return kept;
        };
        for number in 0..old.len() as u32 {
            let document = old.document(number);
            let is_removed =
                remove
                    .iter()
                    .filter(|id| is_of(document.id, id))
                    .fold(false, |_, id| {
                        missing.insert(id, false);
                        true
                    });
            // Documents are in the order of their ids; a piece comes after its document.
            let whole = document
                .id
                .rsplit_once('#')
                .map_or(document.id, |(whole, _)| whole);
            let has = |id: &str| {
                added
                    .list
                    .binary_search_by(|(added, _)| added.as_str().cmp(id))
                    .is_ok()
            };
            let is_replaced = has(document.id) || is_of(document.id, whole) && has(whole);
            kept.removed += u64::from(is_removed);
            kept.replaced += u64::from(is_replaced && !is_removed);
            if is_removed || is_replaced {
                kept.numbers.push(OUT);
            } else {
                kept.numbers
                    .push((added.list.len() + kept.list.len()) as u32);
                kept.list.push((document.id.to_owned(), document.words));
            }
        }
        let missing = missing.into_iter().filter(|(_, is_missing)| *is_missing);
        kept.missing = missing.map(|(id, _)| id.to_owned()).collect();
        kept
    }
}

fn refused(error: &DocumentSettingsError, output: &Path) -> IndexingError {
    let hint = match error {
        DocumentSettingsError::Name(_) => {
            "give another `--name`; findings have the id `document.<name>`"
        }
        DocumentSettingsError::Range { .. } => "",
    };
    IndexingError::new(error.to_string(), output).hint(hint)
}

fn nothing_left(report: &FolderReport, place: &Path) -> IndexingError {
    match report.skipped_documents.first() {
        None => IndexingError::new("no documents are left to index", place),
        Some(first) => {
            let what = format!(
                "none of {} documents can be indexed; of the first: {}",
                report.skipped, first.reason
            );
            IndexingError::new(what, place).hint(
                "text, Markdown, HTML, source code, docx and PDF are read; 25 words are enough",
            )
        }
    }
}
