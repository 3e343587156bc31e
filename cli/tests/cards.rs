//! The pages of `docs/catalogue` are those of the built-in packs and the figures beside them.
//!
//! `UPDATE_GOLDEN=1` writes them anew, with the figures that are there.

mod program;

use std::collections::BTreeMap;
use std::env;
use std::fs;
use std::path::Path;

use program::run;

fn files(folder: &Path) -> BTreeMap<String, String> {
    let mut files = BTreeMap::new();
    for entry in fs::read_dir(folder).into_iter().flatten() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        files.insert(name, fs::read_to_string(path).unwrap());
    }
    files
}

#[test]
#[expect(clippy::disallowed_methods, reason = "the one switch of golden tests")]
fn the_catalogue_is_up_to_date() {
    let checked_in = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/catalogue");
    let fresh = tempfile::tempdir().unwrap();
    let measured = checked_in.join("measured.json");
    let args = ["cards", "-o", ".", "--measured", measured.to_str().unwrap()];
    let made = run(fresh.path(), &args);
    assert_eq!(
        (made.status, made.stdout.as_str()),
        (0, ""),
        "{}",
        made.stderr
    );
    if env::var_os("UPDATE_GOLDEN").is_some() {
        let figures = fs::read_to_string(&measured).unwrap();
        fs::remove_dir_all(&checked_in).unwrap();
        fs::create_dir_all(&checked_in).unwrap();
        for (name, text) in files(fresh.path()) {
            fs::write(checked_in.join(name), text).unwrap();
        }
        assert_eq!(fs::read_to_string(&measured).unwrap(), figures);
    }
    let (fresh, checked_in) = (files(fresh.path()), files(&checked_in));
    let names = |files: &BTreeMap<String, String>| files.keys().cloned().collect::<Vec<_>>();
    assert_eq!(
        names(&fresh),
        names(&checked_in),
        "`make generate` writes them"
    );
    for (name, text) in &fresh {
        assert!(
            *text == checked_in[name],
            "{name} is stale; `make generate` writes it"
        );
    }
}

#[test]
fn a_pack_of_ones_own_has_cards_too() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(
        folder.path().join("own.toml"),
        "[[classifier]]\nid = \"custom.ticket\"\nname = \"Ticket\"\n\
         [[classifier.regex]]\npattern = 'TCK-[0-9]{4}'\n\
         [[classifier.example]]\ntext = \"see `TCK-1234`\"\n",
    )
    .unwrap();
    let args = [
        "cards",
        "--no-builtin",
        "--rules",
        "own.toml",
        "-o",
        "pages",
    ];
    let made = run(folder.path(), &args);
    assert_eq!(
        (made.status, made.stdout.as_str()),
        (0, ""),
        "{}",
        made.stderr
    );
    let pages = folder.path().join("pages");
    let page = fs::read_to_string(pages.join("custom.md")).unwrap();
    assert!(page.contains("## custom.ticket\n\nTicket.\n"), "{page}");
    assert!(page.contains("- pattern `TCK-[0-9]{4}`\n"), "{page}");
    assert!(page.contains("- found: `` see `TCK-1234` ``\n"), "{page}");
    let index = fs::read_to_string(pages.join("README.md")).unwrap();
    assert!(index.contains("| [custom](custom.md) | 1 |"), "{index}");
}
