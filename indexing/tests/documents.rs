//! Folders to indexes: what is in them, what is left out, what an update keeps.

use std::fs;
use std::path::{Path, PathBuf};

use sluicegate::{DocumentIndex, DocumentSettings, IndexKey};
use sluicegate_indexing::{
    DocumentChanges, DocumentsBuilt, IndexingError, build_documents, update_documents,
};
use tempfile::TempDir;

fn key() -> IndexKey {
    IndexKey::new(b"an example of a secret").unwrap()
}

/// A made-up text of so many words.
fn text(seed: u64, words: u64) -> String {
    let word = |n: u64| {
        let mixed = (seed * 1000 + n + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        let letters = (0..6).map(|i| char::from(b'a' + (mixed >> (8 * i)) as u8 % 26));
        letters.collect::<String>()
    };
    (0..words).map(word).collect::<Vec<_>>().join(" ")
}

struct Workplace(TempDir);

impl Workplace {
    fn new() -> Self {
        let place = Self(tempfile::tempdir().unwrap());
        fs::create_dir_all(place.path("texts/inner")).unwrap();
        place
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn write(&self, name: &str, text: impl AsRef<[u8]>) {
        fs::write(self.path(name), text).unwrap();
    }

    fn build(&self, boilerplate: Option<&Path>) -> Result<DocumentsBuilt, IndexingError> {
        let folder = self.path("texts");
        let changes = DocumentChanges {
            folder: Some(&folder),
            boilerplate,
            remove: &[],
        };
        let settings = DocumentSettings::new("texts");
        build_documents(
            changes,
            settings,
            &key(),
            &self.path("texts.sgf"),
            &mut |_| {},
        )
    }

    fn update(&self, remove: &[&str]) -> DocumentsBuilt {
        let folder = self.path("texts");
        let remove: Vec<String> = remove.iter().map(|&id| id.to_owned()).collect();
        let changes = DocumentChanges {
            folder: Some(&folder),
            boilerplate: None,
            remove: &remove,
        };
        let old = self.index();
        let output = self.path("texts.sgf");
        update_documents(&old, changes, old.settings(), &key(), &output, &mut |_| {}).unwrap()
    }

    fn index(&self) -> DocumentIndex {
        DocumentIndex::load(fs::read(self.path("texts.sgf")).unwrap(), &key()).unwrap()
    }
}

/// Ids, words and fingerprints, by id.
fn documents(index: &DocumentIndex) -> Vec<(String, u32, u32)> {
    let documents = (0..index.len() as u32).map(|number| index.document(number));
    let mut documents: Vec<_> = documents
        .map(|document| {
            (
                document.id.to_owned(),
                document.words,
                document.fingerprints,
            )
        })
        .collect();
    documents.sort();
    documents
}

#[test]
fn documents_are_known_by_their_paths() {
    let place = Workplace::new();
    place.write("texts/b.txt", text(1, 300));
    place.write("texts/inner/a.md", text(2, 200));
    place.write(
        "texts/page.html",
        format!("<p>{}</p><script>x</script>", text(3, 100)),
    );
    place.write("texts/short.txt", "a few words only");
    place.write("texts/picture.png", b"\x89PNG\r\n\x1a\n\0\0");
    place.write("texts/broken.pdf", "%PDF-1.5");
    place.write("texts/broken.docx", "PK");
    let built = place.build(None).unwrap();
    let index = place.index();
    let told = documents(&index);
    let words: Vec<(&str, u32)> = told
        .iter()
        .map(|(id, words, _)| (id.as_str(), *words))
        .collect();
    assert_eq!(
        words,
        [("b.txt", 300), ("inner/a.md", 200), ("page.html", 100)]
    );
    let skipped = built.report.skipped_documents.iter();
    let skipped: Vec<(&str, &str)> = skipped
        .map(|skipped| (skipped.id.as_str(), skipped.reason.as_str()))
        .collect();
    assert_eq!(
        skipped,
        [
            ("broken.docx", "no readable word processor file"),
            ("broken.pdf", "no readable PDF"),
            ("picture.png", "neither text nor a format that is read"),
            ("short.txt", "too short: 4 words"),
        ]
    );
    assert_eq!(
        (built.documents, built.report.documents, built.report.words),
        (3, 3, 600)
    );
    assert!(!place.path("texts.sgf.work").exists());
}

#[test]
fn boilerplate_leads_to_no_document() {
    let place = Workplace::new();
    let common = text(9, 200);
    place.write("texts/a.txt", format!("{} {common}", text(1, 300)));
    place.write("texts/b.txt", format!("{} {common}", text(2, 300)));
    place.build(None).unwrap();
    let with = documents(&place.index());
    fs::create_dir(place.path("common")).unwrap();
    place.write("common/common.txt", &common);
    place.build(Some(&place.path("common"))).unwrap();
    let without = documents(&place.index());
    for (with, without) in with.iter().zip(&without) {
        assert!(with.2 > without.2 + 30, "{with:?} {without:?}");
        assert_eq!(with.1, without.1);
    }
}

#[test]
fn an_update_holds_what_a_fresh_index_would() {
    let place = Workplace::new();
    for n in 0..40 {
        place.write(&format!("texts/{n}.txt"), text(n, 300));
    }
    place.build(None).unwrap();
    for n in 0..40 {
        fs::remove_file(place.path(&format!("texts/{n}.txt"))).unwrap();
    }
    place.write("texts/3.txt", text(103, 250));
    place.write("texts/40.rs", text(40, 300));
    let built = place.update(&["5.txt", "none.txt"]);
    assert_eq!((built.documents, built.replaced, built.removed), (40, 1, 1));
    assert_eq!(built.missing, ["none.txt"]);
    let updated = place.index();
    for n in (0..40).filter(|n| *n != 5 && *n != 3) {
        place.write(&format!("texts/{n}.txt"), text(n, 300));
    }
    place.build(None).unwrap();
    let fresh = place.index();
    assert_eq!(documents(&updated), documents(&fresh));
    let count = |index: &DocumentIndex| index.entries().count();
    assert_eq!(count(&updated), count(&fresh));
}

#[test]
fn a_folder_without_documents_leaves_the_old_index() {
    let place = Workplace::new();
    place.write("texts.sgf", "old");
    let error = place.build(None).unwrap_err();
    assert!(
        error
            .to_string()
            .starts_with("no documents are left to index"),
        "{error}"
    );
    place.write("texts/short.txt", "a few words only");
    let error = place.build(None).unwrap_err();
    assert!(
        error.what().ends_with("of the first: too short: 4 words"),
        "{error}"
    );
    fs::remove_dir_all(place.path("texts")).unwrap();
    assert!(
        place
            .build(None)
            .unwrap_err()
            .to_string()
            .contains("No such file")
    );
    assert_eq!(fs::read(place.path("texts.sgf")).unwrap(), b"old");
    assert!(!place.path("texts.sgf.work").exists());
}
