//! `tune`: changes that would make classifiers better on someone's own data.

use std::fs;
use std::io::{self, IsTerminal, Write};
use std::path::{Path, PathBuf};

use sluicegate::Database;
use sluicegate::model::{Classifier, Source, read_pack, write_overrides};
use sluicegate_evaluation::tune::{Limits, Proposal, Subject, TuneError, Tuning, to_text, tune};
use sluicegate_evaluation::{Options, Style};

use crate::args::TuneArgs;
use crate::catalogue::{self, Selection};
use crate::eval::{Material, bad_globs};
use crate::failure::{Failure, Status};
use crate::palette::Palette;
use crate::{indexes, replace};

pub(crate) fn run(args: &TuneArgs, palette: impl Fn(bool) -> Palette) -> Result<Status, Failure> {
    let packs = &args.findings.rules.packs;
    if packs.db.is_some() {
        return Err(Failure::new("a database can't be changed")
            .at("--db")
            .hint("give the packs that it was made of, with `--rules`"));
    }
    let own = own_classifiers(&args.pack)?;
    let mut paths: Vec<PathBuf> = packs.rules.clone();
    if own.is_some() && !paths.contains(&args.pack) {
        paths.push(args.pack.clone());
    }
    let classifiers = catalogue::read(&paths, packs.no_builtin)?;
    let selection = Selection::new(&args.findings.rules.selection)?;
    let material = Material::read(&args.cases)?;
    let options = Options {
        kernel: catalogue::kernel(&args.findings.kernel)?,
        min_confidence: args.findings.min_confidence,
        jobs: args.cases.jobs,
        resolve: args.cases.resolve,
        maps: material.maps.clone(),
        apart: args.cases.apart(),
        ..Options::default()
    };
    let key_file = args.key.key_file.as_ref();
    let compile = |classifiers: &[Classifier]| -> Result<Database, Failure> {
        let database = catalogue::compile_all(classifiers)?;
        indexes::attach(database, &packs.indexes, key_file)
    };
    let is_own = |id: &str| match &own {
        Some(own) if !own.is_empty() => own.iter().any(|one| one.id.as_str() == id),
        _ => true,
    };
    let subject = Subject {
        classifiers: &classifiers,
        counts: &|id| selection.takes(id),
        may_change: &is_own,
        compile: &compile,
    };
    let limits = Limits {
        min_precision: args.min_precision,
        max_false_per_mb: args.max_false_per_mb,
    };
    let tuning = tune(
        &subject,
        &material.cases,
        &material.benign(),
        &options,
        limits,
    );
    let tuning = tuning.map_err(|error| match error {
        TuneError::Compile(failure) => failure,
        TuneError::Evaluation(error) => bad_globs(&error),
    })?;
    let palette = palette(io::stdout().is_terminal());
    let style = Style {
        bold: palette.bold(),
        dim: palette.dim(),
        end: palette.end(),
    };
    io::stdout().write_all(to_text(&tuning, style).as_bytes())?;
    if !tuning.proposals.is_empty() {
        if args.write {
            write(&args.pack, &tuning)?;
        } else {
            eprintln!(
                "nothing was written; `--write` adds this to {}",
                args.pack.display()
            );
        }
    }
    Ok(Status::Done)
}

/// The classifiers of a pack that is there.
fn own_classifiers(path: &Path) -> Result<Option<Vec<Classifier>>, Failure> {
    let bytes = match fs::read(path) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(Failure::read(path, &error)),
    };
    let source = Source::from_bytes(path.to_string_lossy(), bytes)
        .map_err(|problem| Failure::Rules(vec![problem]))?;
    // Files of tables are read, and problems reported, with all other packs.
    let folder = path.parent().unwrap_or(Path::new(""));
    let mut read = |name: &str| {
        let table = fs::read_to_string(folder.join(name));
        table.map_err(|error| error.to_string())
    };
    Ok(Some(read_pack(&source, &mut read).0))
}

/// Adds the changes to the end of a pack, which is otherwise left as it is, or begins one with them.
fn write(path: &Path, tuning: &Tuning) -> Result<(), Failure> {
    let mut text = match fs::read_to_string(path) {
        Ok(text) => text,
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            "# Changes proposed by `sluicegate tune`: review them before they are used.\n"
                .to_owned()
        }
        Err(error) => return Err(Failure::read(path, &error)),
    };
    if !text.is_empty() && !text.ends_with('\n') {
        text.push('\n');
    }
    let changes = tuning.proposals.iter();
    let changes = changes.map(|proposal| (proposal.change.clone(), comment(proposal)));
    text += &write_overrides(&changes.collect::<Vec<_>>());
    replace::write(path, text.as_bytes())?;
    let count = tuning.proposals.len();
    eprintln!("{count} changes added to {}", path.display());
    Ok(())
}

/// Why, and what it comes to on cases that it was not made from.
fn comment(proposal: &Proposal) -> String {
    let (before, after) = (proposal.held.before, proposal.held.after);
    format!(
        "{}\nHeld out: {} of {} true findings and {} of {} false ones are left.",
        proposal.reason,
        after.hits,
        before.hits,
        after.all_errors(),
        before.all_errors()
    )
}
