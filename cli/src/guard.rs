//! `guard`: what happens to a message.

use std::fs;
use std::io::{self, IsTerminal, Write};
use std::path::Path;

use sluicegate::model::{Diagnostic, Source, to_text};
use sluicegate::{Database, Scanner};
use sluicegate_guard::policy::{Action, Channel, Keys, read_policy};
use sluicegate_guard::redact::Session;
use sluicegate_guard::{Guard, Request, Verdict};

use crate::args::{ChannelName, GuardArgs, Wire};
use crate::catalogue;
use crate::failure::{Failure, Status, reason};
use crate::input;
use crate::palette::Palette;

pub(crate) fn run(args: &GuardArgs, palette: impl Fn(bool) -> Palette) -> Result<Status, Failure> {
    let tell = |problems: &[Diagnostic]| {
        let color = palette(io::stderr().is_terminal()).is_colored();
        eprint!("{}", to_text(problems, color));
    };
    let kernel = catalogue::kernel(&args.kernel)?;
    let database = catalogue::database(&args.packs, args.key_file.as_ref())?;
    let guard = guard(args, &database, tell)?;
    if args.verdict.is_some() {
        tell(guard.unmatched());
    }
    let mut scanner = Scanner::new(&database).with_kernel(kernel);
    let request = Request::new(channel(args.channel));
    let action = if args.stream {
        stream(args, &guard, &mut scanner, &request)?
    } else {
        whole(args, &guard, &mut scanner, &request)?
    };
    Ok(if action >= Action::Redact {
        Status::Findings
    } else {
        Status::Done
    })
}

/// Decides about the message as a whole.
fn whole(
    args: &GuardArgs,
    guard: &Guard,
    scanner: &mut Scanner,
    request: &Request,
) -> Result<Action, Failure> {
    let message = input::read(Path::new("-"))?;
    let verdict = match args.wire {
        Wire::Text => guard.inspect(scanner, message.as_ref(), request),
        Wire::Json => guard.inspect_json(scanner, message.as_ref(), request),
    };
    // Nothing passes whose verdict can't be written.
    write_verdict(args.verdict.as_deref(), &verdict)?;
    let mut text = verdict.text.unwrap_or_default();
    input::pass_on(&mut io::stdout().lock(), &mut text)?;
    Ok(verdict.action)
}

/// Decides about the message while it is read.
fn stream(
    args: &GuardArgs,
    guard: &Guard,
    scanner: &mut Scanner,
    request: &Request,
) -> Result<Action, Failure> {
    if args.wire != Wire::Text {
        return Err(
            Failure::new("only `--wire text` can be decided about in pieces")
                .at("--stream")
                .hint("leave out `--stream`"),
        );
    }
    let mut session = Session::default();
    let mut stream = guard.stream(&session, request).map_err(|error| {
        Failure::new(error.to_string())
            .at("--stream")
            .hint("leave out `--stream`, or use `token` in place of `fpe`")
    })?;
    if let Some(path) = &args.verdict {
        fs::write(path, b"").map_err(|error| unwritable(path, &error))?;
    }
    let mut output = io::stdout().lock();
    let mut ready = Vec::new();
    input::for_pieces(Path::new("-"), args.chunk, |piece| {
        stream.push(&mut session, scanner.scratch(), piece, &mut ready);
        input::pass_on(&mut output, &mut ready)
    })?;
    let verdict = stream.finish(&mut session, scanner.scratch(), &mut ready);
    input::pass_on(&mut output, &mut ready)?;
    write_verdict(args.verdict.as_deref(), &verdict)?;
    Ok(verdict.action)
}

fn guard(
    args: &GuardArgs,
    database: &Database,
    tell: impl Fn(&[Diagnostic]),
) -> Result<Guard, Failure> {
    let unusable = |problems: &[Diagnostic]| {
        tell(problems);
        Failure::new("the policy can't be used")
            .at(args.policy.display())
            .hint("docs/policy.md describes its keys")
    };
    let bytes = input::read(&args.policy)?.as_ref().to_vec();
    let source = Source::from_bytes(args.policy.display().to_string(), bytes)
        .map_err(|problem| unusable(&[problem]))?;
    let policy = read_policy(&source).map_err(|problems| unusable(&problems))?;
    Guard::with_keys(database, policy, &keys(args)?).map_err(|problems| unusable(&problems))
}

/// The keys that the command line names.
fn keys(args: &GuardArgs) -> Result<Keys, Failure> {
    let main = args
        .key_file
        .iter()
        .map(|file| ("main", "--key-file", file));
    let named = args.keys.iter();
    let named = named.map(|(name, file)| (name.as_str(), "--key", file));
    let mut keys = Keys::new();
    for (name, option, file) in main.chain(named) {
        if keys.contains(name) {
            return Err(Failure::new(format!("the key `{name}` is given twice"))
                .at(option)
                .hint("names of keys are unique; `--key-file` gives `main`"));
        }
        keys = keys.with(name, input::read(file)?.as_ref());
    }
    Ok(keys)
}

fn channel(name: ChannelName) -> Channel {
    match name {
        ChannelName::Prompt => Channel::Prompt,
        ChannelName::Output => Channel::Output,
        ChannelName::ToolArgs => Channel::ToolArgs,
        ChannelName::ToolResult => Channel::ToolResult,
        ChannelName::Document => Channel::Document,
    }
}

fn write_verdict(path: Option<&Path>, verdict: &Verdict) -> Result<(), Failure> {
    let mut json = serde_json::to_vec(verdict).map_err(io::Error::from)?;
    json.push(b'\n');
    match path {
        None => Ok(io::stderr().write_all(&json)?),
        Some(path) => fs::write(path, &json).map_err(|error| unwritable(path, &error)),
    }
}

fn unwritable(path: &Path, error: &io::Error) -> Failure {
    Failure::new(format!("can't write: {}", reason(error)))
        .at(path.display())
        .hint("nothing was passed on")
}
