//! `redact`: the input without its values, and back.

use std::io::{self, Write};
use std::path::Path;

use sluicegate_guard::redact::{
    FpeKey, HashKey, KeyError, RedactError, RedactStream, Redactor, Restorer, Session, Style,
    TokenKey,
};

use crate::args::{RedactArgs, StyleName};
use crate::catalogue::Catalogue;
use crate::failure::{Failure, Status};
use crate::input;

pub(crate) fn run(args: &RedactArgs) -> Result<Status, Failure> {
    let style = style(args)?;
    if args.chunk.is_some() && matches!(style, Style::Fpe(_)) {
        return Err(Failure::new("`fpe` looks at the whole input")
            .at("--chunk")
            .hint("leave out `--chunk`, or use `--style token`"));
    }
    let catalogue = Catalogue::for_findings(&args.findings, args.key_file.as_ref())?;
    let mut output = io::stdout().lock();
    let unknown = match (args.chunk, args.restore) {
        (None, false) => redact(args, &catalogue, style, &mut output)?,
        (None, true) => restore(args, &catalogue, style, &mut output)?,
        (Some(chunk), false) => redact_stream(args, &catalogue, style, chunk, &mut output)?,
        (Some(chunk), true) => restore_stream(args, &style, chunk, &mut output)?,
    };
    output.flush()?;
    if unknown > 0 {
        eprintln!(
            "warning: {} left as they are: altered, or of another key",
            tokens(unknown)
        );
    }
    Ok(Status::Done)
}

/// Returns the number of tokens that are left, which is none.
fn redact(
    args: &RedactArgs,
    catalogue: &Catalogue,
    style: Style,
    output: &mut impl Write,
) -> Result<usize, Failure> {
    let input = input::read(&args.path)?;
    let redacted = Redactor::new(&catalogue.database, style)
        .redact(&mut catalogue.scanner(), input.as_ref(), |finding| {
            catalogue.wants(finding)
        })
        .map_err(|error| refused(args, error))?;
    output.write_all(&redacted.bytes)?;
    Ok(0)
}

/// Returns the number of tokens that are left.
fn restore(
    args: &RedactArgs,
    catalogue: &Catalogue,
    style: Style,
    output: &mut impl Write,
) -> Result<usize, Failure> {
    let input = input::read(&args.path)?;
    let session = Session::default();
    let restored = Redactor::new(&catalogue.database, style)
        .restore(
            &session,
            &mut catalogue.scanner(),
            input.as_ref(),
            |finding| catalogue.wants(finding),
        )
        .map_err(|error| refused(args, error))?;
    output.write_all(&restored.bytes)?;
    Ok(restored.unknown)
}

fn redact_stream(
    args: &RedactArgs,
    catalogue: &Catalogue,
    style: Style,
    chunk: u32,
    output: &mut impl Write,
) -> Result<usize, Failure> {
    let stopped = |error: RedactError| {
        Failure::new(format!("the rest was not written: {error}")).at(args.path.display())
    };
    let wanted = |finding: &_| catalogue.wants(finding);
    let mut scanner = catalogue.scanner();
    let mut session = Session::default();
    let redactor = Redactor::new(&catalogue.database, style);
    let mut stream = RedactStream::new(&redactor, &session).map_err(stopped)?;
    let mut ready = Vec::new();
    input::for_pieces(&args.path, chunk, |piece| {
        let result = stream.push(&mut session, scanner.scratch(), piece, &wanted, &mut ready);
        input::pass_on(output, &mut ready)?;
        result.map_err(stopped)
    })?;
    let result = stream.finish(&mut session, scanner.scratch(), &wanted, &mut ready);
    input::pass_on(output, &mut ready)?;
    result.map_err(stopped)?;
    Ok(0)
}

fn restore_stream(
    args: &RedactArgs,
    style: &Style,
    chunk: u32,
    output: &mut impl Write,
) -> Result<usize, Failure> {
    let key = match style {
        Style::Token(key) => Some(key),
        _ => None,
    };
    let session = Session::default();
    let mut restorer = Restorer::new(key);
    input::for_pieces(&args.path, chunk, |piece| {
        input::pass_on(output, &mut restorer.push(&session, piece))
    })?;
    input::pass_on(output, &mut restorer.finish())?;
    Ok(restorer.unknown())
}

fn refused(args: &RedactArgs, error: RedactError) -> Failure {
    Failure::new(format!("nothing was written: {error}"))
        .at(args.path.display())
        .hint("redact it in smaller parts")
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
    let has_indexes = !args.findings.rules.packs.indexes.is_empty();
    if !needs_key && !has_indexes && args.key_file.is_some() {
        return Err(
            Failure::new("only `hash`, `fpe`, `token` and indexes take a key")
                .at("--key-file")
                .hint("use one of these styles, or leave out the key"),
        );
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
