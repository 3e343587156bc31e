//! A folder to its documents, in the order of their paths.
//!
//! A document's id is its path in the folder, with `/` between its parts. A plain text of more than
//! 64 MB is several documents, `path`, `path#2` and so on, which overlap by 4 KB: what is copied
//! from a cut is found in one of them.

use std::path::{Path, PathBuf};

use ignore::WalkBuilder;

use super::FolderReport;
use crate::problem::{IndexingError, reason};
use crate::text::{Kind, MAX_PACKED, kind};

/// Bytes of a plain text that are one document.
const PIECE: u64 = 64 << 20;
/// Bytes that follow and are read with them.
const OVERLAP: u64 = 4 << 10;

/// A document, or a piece of a large one.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Piece {
    pub(super) id: String,
    pub(super) path: PathBuf,
    pub(super) kind: Kind,
    /// Where it starts in the file, and its most bytes.
    pub(super) start: u64,
    pub(super) len: u64,
}

/// The documents of a folder. Hidden files are among them; `.git` and what a `.gitignore` names are
/// not, and links are not followed.
pub(super) fn walk(folder: &Path, report: &mut FolderReport) -> Result<Vec<Piece>, IndexingError> {
    let metadata = folder
        .metadata()
        .map_err(|error| IndexingError::read(folder, &error))?;
    if !metadata.is_dir() {
        return Err(IndexingError::new("not a folder", folder)
            .hint("documents are the files of a folder and of those inside it"));
    }
    let walk = WalkBuilder::new(folder)
        .standard_filters(false)
        .parents(true)
        .git_ignore(true)
        .require_git(false)
        .filter_entry(|entry| entry.file_name() != ".git")
        .build();
    let mut pieces = Vec::new();
    for entry in walk {
        let entry = match entry {
            Ok(entry) => entry,
            Err(error) => {
                let what = match error.io_error() {
                    Some(error) => format!("can't read: {}", reason(error)),
                    None => "can't read".to_owned(),
                };
                report.skip("a part of the folder".to_owned(), what);
                continue;
            }
        };
        if !entry.file_type().is_some_and(|kind| kind.is_file()) {
            continue;
        }
        let len = entry.metadata().map_or(0, |metadata| metadata.len());
        let path = entry.into_path();
        let inside = path.strip_prefix(folder).unwrap_or(&path);
        let Some(id) = id(inside) else {
            let shown = inside.display().to_string();
            report.skip(shown, "its name is not UTF-8".to_owned());
            continue;
        };
        let kind = kind(&path);
        if !kind.is_plain() && len > MAX_PACKED {
            report.skip(id, format!("larger than {} MB", MAX_PACKED >> 20));
            continue;
        }
        report.bytes += len;
        for (number, start) in (1..).zip((0..len.max(1)).step_by(PIECE as usize)) {
            pieces.push(Piece {
                id: if number == 1 {
                    id.clone()
                } else {
                    format!("{id}#{number}")
                },
                path: path.clone(),
                kind,
                start,
                len: (PIECE + OVERLAP).min(len - start),
            });
        }
    }
    pieces.sort_by(|a, b| a.id.cmp(&b.id));
    Ok(pieces)
}

fn id(path: &Path) -> Option<String> {
    let parts: Option<Vec<&str>> = path.iter().map(|part| part.to_str()).collect();
    Some(parts?.join("/"))
}

/// Whether an id is that of a document, or of a piece of it.
pub(super) fn is_of(id: &str, document: &str) -> bool {
    let Some(rest) = id.strip_prefix(document) else {
        return false;
    };
    let number = rest.strip_prefix('#').unwrap_or_default();
    rest.is_empty() || !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use std::fs::{self, File};

    use super::*;

    #[test]
    fn large_texts_are_cut_with_an_overlap() {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("b")).unwrap();
        fs::write(folder.path().join("b/small.txt"), "text").unwrap();
        fs::write(folder.path().join("empty"), "").unwrap();
        let of_len = |name: &str, len| {
            File::create(folder.path().join(name))
                .unwrap()
                .set_len(len)
                .unwrap();
        };
        of_len("a.txt", 2 * PIECE + 5);
        of_len("c.pdf", MAX_PACKED + 1);
        let mut report = FolderReport::default();
        let pieces = walk(folder.path(), &mut report).unwrap();
        let told: Vec<(&str, u64, u64)> = pieces
            .iter()
            .map(|piece| (piece.id.as_str(), piece.start, piece.len))
            .collect();
        assert_eq!(
            told,
            [
                ("a.txt", 0, PIECE + OVERLAP),
                ("a.txt#2", PIECE, PIECE + 5),
                ("a.txt#3", 2 * PIECE, 5),
                ("b/small.txt", 0, 4),
                ("empty", 0, 0),
            ]
        );
        assert_eq!(report.skipped_documents[0].reason, "larger than 32 MB");
        assert!(walk(&folder.path().join("empty"), &mut report).is_err());
    }

    #[test]
    fn pieces_belong_to_their_document() {
        assert!(is_of("a", "a") && is_of("a#2", "a"));
        assert!(!is_of("ab", "a") && !is_of("a#", "a") && !is_of("a#b", "a") && !is_of("a", "a#2"));
    }
}
