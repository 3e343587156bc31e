//! `redact`: the input without its values.

use std::io::{self, Write};
use std::path::Path;

use sluicegate_guard::redact::{HashKey, Redactor, Style};

use crate::args::{RedactArgs, StyleName};
use crate::catalogue::Catalogue;
use crate::failure::{Failure, Status};
use crate::input;

pub(crate) fn run(args: &RedactArgs) -> Result<Status, Failure> {
    let style = style(args)?;
    let catalogue = Catalogue::for_findings(&args.findings)?;
    let input = input::read(&args.path)?;
    let mut scanner = catalogue.scanner();
    let redacted = Redactor::new(&catalogue.database, style)
        .redact(&mut scanner, input.as_ref(), |finding| {
            catalogue.wants(finding)
        })
        .map_err(|error| {
            Failure::new(format!("nothing was written: {error}"))
                .at(args.path.display())
                .hint("redact it in smaller parts")
        })?;
    let mut output = io::stdout().lock();
    output.write_all(&redacted.bytes)?;
    output.flush()?;
    Ok(Status::Done)
}

fn style(args: &RedactArgs) -> Result<Style, Failure> {
    let key = match (&args.key_file, args.style) {
        (Some(path), StyleName::Hash) => Some(read_key(path)?),
        (Some(_), _) => {
            return Err(Failure::new("only `hash` takes a key")
                .at("--key-file")
                .hint("use `--style hash`, or leave out the key"));
        }
        (None, _) => None,
    };
    Ok(match args.style {
        StyleName::Label => Style::Label,
        StyleName::Mask => Style::Mask,
        StyleName::Partial => Style::Partial { keep: args.keep },
        StyleName::Hash => Style::Hash(key.ok_or_else(|| {
            Failure::new("`hash` needs a key, without which short values could be guessed")
                .at("--style hash")
                .hint("give `--key-file FILE`, a file of 16 random bytes or more")
        })?),
    })
}

fn read_key(path: &Path) -> Result<HashKey, Failure> {
    let bytes = input::read(path)?;
    HashKey::new(bytes.as_ref()).map_err(|error| Failure::new(error.to_string()).at(path.display()))
}
