//! Compiles the packs of the family folders to the image that the crate embeds.

use std::env;
use std::error::Error;
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

use sluicegate::compile;
use sluicegate::model::{Level, to_text};

#[expect(unreachable_pub, reason = "public in the crate, which shares it")]
#[path = "src/rules.rs"]
mod rules;

/// Folders of the crate that hold no built-in packs. Those in `optional` are for callers who ask for
/// them by path.
const OTHER: [&str; 3] = ["optional", "src", "tests"];

#[expect(
    clippy::disallowed_methods,
    reason = "cargo tells a build where it is this way"
)]
fn main() -> Result<(), Box<dyn Error>> {
    let root = PathBuf::from(env::var("CARGO_MANIFEST_DIR")?);
    let out = PathBuf::from(env::var("OUT_DIR")?);
    println!("cargo::rerun-if-changed=.");

    let mut rules = rules::Rules::default();
    let mut files = Vec::new();
    for folder in families(&root)? {
        rules
            .add_path(&folder)
            .map_err(|(path, error)| format!("{}: {error}", path.display()))?;
        list(&folder, &mut files)?;
    }
    rules.settle();
    if rules
        .problems
        .iter()
        .any(|problem| problem.level() == Level::Error)
    {
        return fail(&to_text(&rules.problems, false));
    }
    let compiled = match compile(&rules.classifiers) {
        Ok(compiled) => compiled,
        Err(error) => return fail(&to_text(&error.0, false)),
    };
    fs::write(out.join("builtin.sgdb"), compiled.database.image())?;
    fs::write(out.join("files.rs"), table(&root, &files)?)?;
    Ok(())
}

fn fail(text: &str) -> Result<(), Box<dyn Error>> {
    eprintln!("{text}");
    Err("the built-in packs have errors".into())
}

fn families(root: &Path) -> std::io::Result<Vec<PathBuf>> {
    let mut folders = Vec::new();
    for entry in fs::read_dir(root)? {
        let entry = entry?;
        let name = entry.file_name();
        if entry.file_type()?.is_dir() && !OTHER.iter().any(|other| name == *other) {
            folders.push(entry.path());
        }
    }
    folders.sort();
    Ok(folders)
}

/// The packs and fact tables of a family.
fn list(folder: &Path, files: &mut Vec<PathBuf>) -> std::io::Result<()> {
    let mut found: Vec<PathBuf> = fs::read_dir(folder)?
        .map(|entry| entry.map(|entry| entry.path()))
        .collect::<Result<_, _>>()?;
    found.retain(|path| {
        path.extension()
            .is_some_and(|e| e == "toml" || e == "csv" || e == "txt")
    });
    found.sort();
    files.extend(found);
    Ok(())
}

/// Rust source of the table of embedded files.
fn table(root: &Path, files: &[PathBuf]) -> Result<String, Box<dyn Error>> {
    let mut source = String::from("&[\n");
    for file in files {
        let name = file
            .strip_prefix(root)?
            .to_str()
            .ok_or("a path is not UTF-8")?;
        let name = name.replace('\\', "/");
        let path = file.to_str().ok_or("a path is not UTF-8")?;
        writeln!(source, "    ({name:?}, include_str!({path:?})),")?;
    }
    source.push_str("]\n");
    Ok(source)
}
