//! Packs from files and folders. The build script uses this module too, so that the built-in
//! packs and those of a user are read by the same code.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use sluicegate::model::{
    Classifier, Code, Diagnostic, Override, Source, apply_overrides, duplicate_ids, read_overrides,
    read_pack as parse_pack,
};

/// Classifiers that were read, and every problem that was met.
#[derive(Debug, Default)]
pub struct Rules {
    /// The classifiers without an error, in the order in which they were read.
    pub classifiers: Vec<Classifier>,
    /// Problems of the packs, in the order of the files and of their text.
    pub problems: Vec<Diagnostic>,
    /// What packs change about classifiers of others, until [`Rules::settle`].
    pub overrides: Vec<Override>,
    /// Number of packs read.
    pub packs: usize,
}

impl Rules {
    /// Adds a pack from a file, or every pack of a folder: the `.toml` files in it and in its
    /// folders, sorted by path, except hidden ones and the manifests of crates.
    ///
    /// # Errors
    /// When a file or folder can't be read; with the path concerned.
    pub fn add_path(&mut self, path: &Path) -> Result<(), (PathBuf, io::Error)> {
        let mut packs = Vec::new();
        if fs::metadata(path)
            .map_err(|error| (path.to_owned(), error))?
            .is_dir()
        {
            collect(path, &mut packs)?;
            packs.sort();
        } else {
            packs.push(path.to_owned());
        }
        for pack in packs {
            let bytes = fs::read(&pack).map_err(|error| (pack.clone(), error))?;
            let folder = pack.parent().unwrap_or(Path::new("")).to_owned();
            self.add_pack(&pack.to_string_lossy(), bytes, &mut |table| {
                read_table(&folder, table)
            });
        }
        Ok(())
    }

    /// Adds a pack from its bytes; `tables` returns the text of the files it names.
    pub fn add_pack(
        &mut self,
        name: &str,
        bytes: Vec<u8>,
        tables: &mut dyn FnMut(&str) -> Result<String, String>,
    ) {
        match Source::from_bytes(name, bytes) {
            Ok(source) => self.add_source(&source, tables),
            Err(problem) => {
                self.packs += 1;
                self.problems.push(problem);
            }
        }
    }

    pub(crate) fn add_source(
        &mut self,
        source: &Arc<Source>,
        tables: &mut dyn FnMut(&str) -> Result<String, String>,
    ) {
        self.packs += 1;
        let (classifiers, problems) = parse_pack(source, tables);
        self.classifiers.extend(classifiers);
        self.problems.extend(problems);
        self.overrides.extend(read_overrides(source));
    }

    /// What packs say about one another, once all are read: keeps the first of the classifiers that
    /// share an id, and reports the others; then changes classifiers as overrides say.
    pub fn settle(&mut self) {
        self.refuse_duplicates();
        let problems = apply_overrides(&mut self.classifiers, &self.overrides);
        self.problems.extend(problems);
        self.overrides.clear();
    }

    fn refuse_duplicates(&mut self) {
        let duplicates = duplicate_ids(&self.classifiers);
        if duplicates.is_empty() {
            return;
        }
        self.problems.extend(duplicates);
        let mut seen = BTreeSet::new();
        self.classifiers
            .retain(|classifier| seen.insert(classifier.id.clone()));
    }
}

/// The name of a crate's manifest, which may stand beside packs and is none.
const MANIFEST: &str = "Cargo.toml";

fn collect(folder: &Path, packs: &mut Vec<PathBuf>) -> Result<(), (PathBuf, io::Error)> {
    let failed = |error| (folder.to_owned(), error);
    for entry in fs::read_dir(folder).map_err(failed)? {
        let entry = entry.map_err(failed)?;
        let name = entry.file_name();
        if name.as_encoded_bytes().starts_with(b".") || name == MANIFEST {
            continue;
        }
        let path = entry.path();
        // A link to a folder is not followed: it may lead back here.
        if entry.file_type().map_err(failed)?.is_dir() {
            collect(&path, packs)?;
        } else if path
            .extension()
            .is_some_and(|extension| extension == "toml")
        {
            packs.push(path);
        }
    }
    Ok(())
}

/// The text of a fact table or a list of terms, which lies in the pack's folder.
fn read_table(folder: &Path, table: &str) -> Result<String, String> {
    if Path::new(table).components().count() != 1 || table.contains(['/', '\\']) || table == ".." {
        return Err("a file lies beside its pack and is named without a folder".to_owned());
    }
    let bytes = fs::read(folder.join(table)).map_err(|error| error.to_string())?;
    String::from_utf8(bytes).map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        Diagnostic::new(Code::NotUtf8, format!("not UTF-8 at byte {at}")).message
    })
}
