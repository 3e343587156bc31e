//! Calls with indexes beside a database.

use std::ptr;
use std::sync::OnceLock;

use sluicegate::model::{Source, read_schema};
use sluicegate::{
    Database, DocumentIndex, DocumentSettings, ExactIndex, IndexKey, build_documents, build_exact,
};
use sluicegate_ffi::*;
use sluicegate_tests::Choices;

use crate::{Object, Program, answered};

const SECRET: &[u8] = b"an example of a secret";
const SCHEMA: &str = "name = \"people\"\n\
    [[column]]\nname = \"account\"\ntype = \"digits\"\nprimary = true\n\
    [[column]]\nname = \"surname\"\ntype = \"name\"\n";
const MINUTES: &str = "The council meets on the first Monday of each month in the old mill, where \
    the sluice was opened for the first time after the flood.";

/// A text with a row and a passage.
pub(crate) const TEXT: &str = "Ms WEIRKEEPER, no. 4711 0815: the council meets on the first Monday \
    of each month in the old mill, where the sluice was opened";

/// The bytes of an index of rows, and of one of documents.
fn images() -> &'static [Vec<u8>; 2] {
    static IMAGES: OnceLock<[Vec<u8>; 2]> = OnceLock::new();
    IMAGES.get_or_init(|| {
        let key = IndexKey::new(SECRET).expect("it is long enough");
        let schema = read_schema(&Source::new("people.toml", SCHEMA)).expect("a well-formed one");
        let rows = build_exact(&schema, &key, [["4711-0815", "Weirkeeper"]]);
        let texts = [("may.txt", MINUTES, false)];
        let documents = build_documents(DocumentSettings::new("minutes"), &key, texts);
        [rows, documents.expect("the settings are good")]
    })
}

/// What the engine makes of them.
fn with(database: &Database, is_exact: bool) -> Option<Database> {
    let key = IndexKey::new(SECRET).expect("it is long enough");
    let [rows, documents] = images();
    if is_exact {
        let index = ExactIndex::load(rows.as_slice(), &key).expect("it was made so");
        return database.with_exact(index).ok();
    }
    let index = DocumentIndex::load(documents.as_slice(), &key).expect("it was made so");
    database.with_documents(index).ok()
}

impl Program {
    /// An index beside a database, now and then damaged, with another key, or a second time.
    pub(crate) fn attach(&mut self, choices: &mut Choices) {
        let database = self.pick(choices, Object::database);
        let is_exact = choices.one_in(2);
        let mut image = images()[usize::from(!is_exact)].clone();
        let mut key = SECRET.to_vec();
        let mut right = true;
        if choices.one_in(6) {
            let at = choices.below(image.len());
            image[at] ^= 1 << choices.below(8);
            image.truncate(image.len() - choices.below(9));
            right = false;
        }
        if choices.one_in(6) {
            key.truncate(choices.below(key.len()));
            right = false;
        }
        let call = if is_exact {
            sg_database_attach_exact_bytes
        } else {
            sg_database_attach_documents_bytes
        };
        let (mut handle, mut error) = (ptr::null_mut(), ptr::null_mut());
        let status = unsafe {
            call(
                database.pointer,
                image.as_ptr(),
                image.len(),
                key.as_ptr(),
                key.len(),
                &mut handle,
                &mut error,
            )
        };
        let made = database.index.filter(|_| right).and_then(|index| {
            let Object::Database(_, before) = &self.objects[index] else {
                unreachable!("a database was picked");
            };
            with(before, is_exact)
        });
        answered(status, made.is_some(), error);
        if let Some(made) = made {
            self.objects.push(Object::Database(handle, made));
        }
    }
}
