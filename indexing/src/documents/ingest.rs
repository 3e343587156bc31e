//! Documents to sorted fingerprints.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::path::Path;

use rayon::iter::{IntoParallelRefIterator, ParallelIterator};
use sluicegate::{DocumentPrints, Fingerprinter};

use super::FolderReport;
use super::walk::{Piece, walk};
use crate::problem::{IndexingError, reason};
use crate::progress::{Progress, Step};
use crate::sort::Sorter;
use crate::text::{Kind, extract};
use crate::work::Work;

/// Documents and bytes that are read at a time. What memory they take does not depend on the number
/// of processors.
const BATCH: (usize, u64) = (1024, 64 << 20);

/// Documents that were read.
#[derive(Debug, Default)]
pub(super) struct Documents {
    /// Their ids and words, in the order of their numbers.
    pub(super) list: Vec<(String, u32)>,
    /// Whether source code is among them.
    pub(super) code: bool,
    pub(super) report: FolderReport,
}

/// Where fingerprints go.
pub(super) struct Target<'t> {
    pub(super) work: &'t Work,
    pub(super) sorter: &'t mut Sorter,
    /// What is sorted of a fingerprint.
    pub(super) known: &'t dyn Fn(u64) -> u64,
}

impl Target<'_> {
    fn add(&mut self, prints: &[u64], number: u32) -> Result<(), IndexingError> {
        for &print in prints {
            self.sorter.push(((self.known)(print), number));
        }
        if self.sorter.is_full() {
            self.sorter
                .spill()
                .map_err(|error| self.work.failed(&error))?;
        }
        Ok(())
    }
}

/// Reads the documents of a folder, numbered from `first` on.
pub(super) fn ingest(
    folder: &Path,
    first: u32,
    fingerprinter: &Fingerprinter,
    target: &mut Target<'_>,
    progress: &mut dyn FnMut(Progress),
) -> Result<Documents, IndexingError> {
    let mut documents = Documents::default();
    let report = &mut documents.report;
    let pieces = walk(folder, report)?;
    for_prints(&pieces, fingerprinter, progress, |piece, prints| {
        let prints = match prints {
            Ok(prints) if prints.is_too_short() => {
                Err(format!("too short: {} words", prints.words))
            }
            prints => prints,
        };
        match prints {
            Err(reason) => report.skip(piece.id.clone(), reason),
            Ok(prints) => {
                let number = first + documents.list.len() as u32;
                target.add(&prints.prints, number)?;
                report.documents += 1;
                report.words += u64::from(prints.words);
                documents.code |= piece.kind == Kind::Code;
                documents.list.push((piece.id.clone(), prints.words));
            }
        }
        Ok(())
    })?;
    Ok(documents)
}

/// Reads texts that stand in many documents and are to lead to none. `mark` is in place of a number.
pub(super) fn ingest_boilerplate(
    folder: &Path,
    mark: u32,
    fingerprinter: &Fingerprinter,
    target: &mut Target<'_>,
    progress: &mut dyn FnMut(Progress),
) -> Result<(), IndexingError> {
    let pieces = walk(folder, &mut FolderReport::default())?;
    for_prints(&pieces, fingerprinter, progress, |_, prints| {
        // What can't be read or says little takes nothing away.
        prints.map_or(Ok(()), |prints| target.add(&prints.prints, mark))
    })
}

/// Fingerprints on all threads, handed on in the order of the documents.
fn for_prints(
    pieces: &[Piece],
    fingerprinter: &Fingerprinter,
    progress: &mut dyn FnMut(Progress),
    mut take: impl FnMut(&Piece, Result<DocumentPrints, String>) -> Result<(), IndexingError>,
) -> Result<(), IndexingError> {
    let of = Some(pieces.iter().map(|piece| piece.len).sum());
    let (mut done, mut rest) = (0, pieces);
    while !rest.is_empty() {
        let (mut count, mut bytes) = (0, 0);
        while count < rest.len().min(BATCH.0) && bytes < BATCH.1 {
            bytes += rest[count].len;
            count += 1;
        }
        let (batch, later) = rest.split_at(count);
        let prints: Vec<_> = batch
            .par_iter()
            .map(|piece| prints(piece, fingerprinter))
            .collect();
        for (piece, prints) in batch.iter().zip(prints) {
            take(piece, prints)?;
            done += piece.len;
        }
        rest = later;
        progress(Progress {
            step: Step::Read,
            done,
            of,
        });
    }
    Ok(())
}

/// The fingerprints of a document, or why it has none.
fn prints(piece: &Piece, fingerprinter: &Fingerprinter) -> Result<DocumentPrints, String> {
    let bytes = read(piece).map_err(|error| format!("can't read: {}", reason(&error)))?;
    let text = extract(piece.kind, bytes)?;
    Ok(fingerprinter.fingerprints(&text, piece.kind == Kind::Code))
}

fn read(piece: &Piece) -> io::Result<Vec<u8>> {
    let mut file = File::open(&piece.path)?;
    file.seek(SeekFrom::Start(piece.start))?;
    let mut bytes = Vec::with_capacity(piece.len as usize);
    file.take(piece.len).read_to_end(&mut bytes)?;
    Ok(bytes)
}
