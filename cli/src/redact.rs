//! `redact`: the input without its values, and back.

use std::io::{self, Write};
use std::path::Path;

use sluicegate_guard::redact::{
    FpeKey, HashKey, KeyError, RedactError, Redactor, Session, Style, TokenKey,
};

use crate::args::{RedactArgs, StyleName};
use crate::catalogue::Catalogue;
use crate::failure::{Failure, Status};
use crate::input;

pub(crate) fn run(args: &RedactArgs) -> Result<Status, Failure> {
    let style = style(args)?;
    let catalogue = Catalogue::for_findings(&args.findings)?;
    let input = input::read(&args.path)?;
    let mut scanner = catalogue.scanner();
    let redactor = Redactor::new(&catalogue.database, style);
    let refused = |error: RedactError| {
        Failure::new(format!("nothing was written: {error}"))
            .at(args.path.display())
            .hint("redact it in smaller parts")
    };
    let bytes = if args.restore {
        let wanted = |finding: &_| catalogue.wants(finding);
        let session = Session::default();
        let restored = redactor
            .restore(&session, &mut scanner, input.as_ref(), wanted)
            .map_err(refused)?;
        if restored.unknown > 0 {
            eprintln!(
                "warning: {} left as they are: altered, or of another key",
                tokens(restored.unknown)
            );
        }
        restored.bytes
    } else {
        let wanted = |finding: &_| catalogue.wants(finding);
        redactor
            .redact(&mut scanner, input.as_ref(), wanted)
            .map_err(refused)?
            .bytes
    };
    let mut output = io::stdout().lock();
    output.write_all(&bytes)?;
    output.flush()?;
    Ok(Status::Done)
}

fn tokens(count: usize) -> String {
    match count {
        1 => "1 token is".to_owned(),
        _ => format!("{count} tokens are"),
    }
}

fn style(args: &RedactArgs) -> Result<Style, Failure> {
    let name = args.style.unwrap_or(if args.restore {
        StyleName::Token
    } else {
        StyleName::Label
    });
    let is_restorable = matches!(name, StyleName::Fpe | StyleName::Token);
    if args.restore && !is_restorable {
        return Err(Failure::new("only `token` and `fpe` can be turned back")
            .at("--restore")
            .hint("use the style that the text was redacted with"));
    }
    let needs_key = is_restorable || name == StyleName::Hash;
    if !needs_key && args.key_file.is_some() {
        return Err(Failure::new("only `hash`, `fpe` and `token` take a key")
            .at("--key-file")
            .hint("use one of these styles, or leave out the key"));
    }
    Ok(match name {
        StyleName::Label => Style::Label,
        StyleName::Numbered => Style::Numbered,
        StyleName::Mask => Style::Mask,
        StyleName::Partial => Style::Partial { keep: args.keep },
        StyleName::Hash => Style::Hash(key(args, "hash", HashKey::new)?),
        StyleName::Fpe => Style::Fpe(key(args, "fpe", FpeKey::new)?),
        StyleName::Token => Style::Token(key(args, "token", TokenKey::new)?),
    })
}

/// The key of a style that has none without `--key-file`.
fn key<K>(
    args: &RedactArgs,
    style: &str,
    new: fn(&[u8]) -> Result<K, KeyError>,
) -> Result<K, Failure> {
    let path: &Path = args.key_file.as_deref().ok_or_else(|| {
        Failure::new(format!("`{style}` needs a key"))
            .at(format!("--style {style}"))
            .hint("give `--key-file FILE`, a file of 16 random bytes or more")
    })?;
    let bytes = input::read(path)?;
    new(bytes.as_ref()).map_err(|error| Failure::new(error.to_string()).at(path.display()))
}
