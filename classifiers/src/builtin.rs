//! The catalogue: its database and the packs it was made from.

use std::path::Path;
use std::sync::OnceLock;

use sluicegate::Database;
use sluicegate::model::Source;

use crate::Rules;

/// Sections of an image start at cache lines of it.
#[repr(C, align(64))]
struct Aligned<T: ?Sized>(T);

static IMAGE: &Aligned<[u8]> = &Aligned(*include_bytes!(concat!(env!("OUT_DIR"), "/builtin.sgdb")));
static FILES: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/files.rs"));

/// The database of the built-in classifiers, checked once.
///
/// # Panics
/// When the executable was altered.
pub fn builtin() -> Database {
    static DATABASE: OnceLock<Database> = OnceLock::new();
    DATABASE
        .get_or_init(|| Database::load(&IMAGE.0).expect("the image was made with this very engine"))
        .clone()
}

/// The built-in packs: path below the catalogue's folder, and text.
pub fn packs() -> impl Iterator<Item = (&'static str, &'static str)> {
    FILES.iter().copied().filter(|(path, _)| {
        Path::new(path)
            .extension()
            .is_some_and(|extension| extension == "toml")
    })
}

/// The built-in classifiers as written, with their examples.
pub fn builtin_rules() -> Rules {
    let mut rules = Rules::default();
    for (path, text) in packs() {
        let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
        rules.add_source(&Source::new(path, text), &mut |table| {
            FILES
                .iter()
                .find(|(path, _)| path.rsplit_once('/') == Some((folder, table)))
                .map(|(_, text)| (*text).to_owned())
                .ok_or_else(|| "no such file".to_owned())
        });
    }
    rules
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_embedded_packs_give_the_embedded_database() {
        let rules = builtin_rules();
        assert!(rules.problems.is_empty(), "{:?}", rules.problems);
        let fresh = sluicegate::compile(&rules.classifiers).unwrap().database;
        assert_eq!(fresh.digest(), builtin().digest());
    }
}
