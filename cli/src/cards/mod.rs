//! `cards`: a page for each family, with a card for each classifier.
//!
//! | file | holds |
//! |---|---|
//! | `page.rs` | a card as Markdown |
//! | `measured.rs` | figures of an evaluation, as far as cards show them |

mod measured;
mod page;

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::Path;

use sluicegate::model::Classifier;

use crate::args::CardsArgs;
use crate::catalogue;
use crate::failure::{Failure, Status, reason};
use measured::Measured;

/// Families of more classifiers have a page for each first letter of the group.
const LONGEST_PAGE: usize = 150;

pub(crate) fn run(args: &CardsArgs) -> Result<Status, Failure> {
    let mut classifiers = catalogue::read(&args.rules, args.no_builtin)?;
    catalogue::select(&mut classifiers, &args.selection)?;
    classifiers.sort_by(|a, b| a.id.as_str().cmp(b.id.as_str()));
    let measured = args.measured.as_deref().map(Measured::read).transpose()?;
    let pages = pages(&classifiers);
    let index = page::index(&pages, measured.as_ref());
    let mut files = BTreeMap::from([("README.md".to_owned(), index)]);
    for (name, classifiers) in &pages {
        let page = page::page(name, classifiers, measured.as_ref());
        files.insert(format!("{name}.md"), page);
    }
    if let Some(measured) = &measured {
        files.insert("measured.json".to_owned(), measured.render());
    }
    let failed = |path: &Path, error: &io::Error| {
        Failure::new(format!("can't write: {}", reason(error)))
            .at(path.display())
            .hint("the folder must be writable")
    };
    fs::create_dir_all(&args.output).map_err(|error| failed(&args.output, &error))?;
    for (name, text) in &files {
        let path = args.output.join(name);
        fs::write(&path, text).map_err(|error| failed(&path, &error))?;
    }
    eprintln!("{} classifiers on {} pages", classifiers.len(), pages.len());
    Ok(Status::Done)
}

/// The classifiers of each page, by its name.
fn pages(classifiers: &[Classifier]) -> BTreeMap<String, Vec<&Classifier>> {
    let mut sizes: BTreeMap<&str, usize> = BTreeMap::new();
    for classifier in classifiers {
        *sizes.entry(classifier.id.family()).or_default() += 1;
    }
    let mut pages: BTreeMap<String, Vec<&Classifier>> = BTreeMap::new();
    for classifier in classifiers {
        let family = classifier.id.family();
        let group = classifier.id.as_str().split('.').nth(1).unwrap_or_default();
        let letter = match group.bytes().next() {
            Some(letter) if letter.is_ascii_lowercase() => char::from(letter),
            _ => '0',
        };
        let name = match sizes[family] {
            0..=LONGEST_PAGE => family.to_owned(),
            _ => format!("{family}-{letter}"),
        };
        pages.entry(name).or_default().push(classifier);
    }
    pages
}
