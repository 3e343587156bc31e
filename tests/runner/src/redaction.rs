//! What must hold for a text that is redacted as it arrives.

use std::collections::BTreeSet;

use sluicegate::{Completeness, Database, Scanner, Scratch};
use sluicegate_guard::redact::{
    RedactError, RedactStream, Redacted, Redactor, Session, Style, apply,
};

use crate::{Choices, Material};

/// A redactor with what it takes to know better.
pub struct Redaction {
    redactor: Redactor,
    scanner: Scanner,
    scratch: Scratch,
    is_reversible: bool,
    /// The labels of the database; none where the style is another.
    labels: BTreeSet<Vec<u8>>,
}

/// What came of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It was redacted by so many edits.
    Edits(usize),
    /// It can't be redacted, which is an outcome and no mistake.
    Refused,
}

impl Redaction {
    /// Redacts findings of this database in this style.
    pub fn new(database: &Database, style: &Style) -> Self {
        let label = |id: &str| {
            let name = id.to_ascii_uppercase().replace(['.', '-'], "_");
            format!("[{name}]").into_bytes()
        };
        let labels = database.classifiers().map(|known| label(known.id()));
        Self {
            redactor: Redactor::new(database, style.clone()),
            scanner: Scanner::new(database),
            scratch: Scratch::new(),
            is_reversible: matches!(style, Style::Numbered | Style::Vault | Style::Token(_)),
            labels: match style {
                Style::Label => labels.collect(),
                _ => BTreeSet::new(),
            },
        }
    }

    /// Redacts the whole. Where the style is the label, compares it with passes over the whole text;
    /// where it can be turned back, turns it back.
    ///
    /// # Errors
    /// What does not hold.
    pub fn whole(&mut self, text: &[u8]) -> Result<Result<Redacted, RedactError>, String> {
        let mut session = Session::default();
        let whole = self
            .redactor
            .redact_in(&mut session, &mut self.scanner, text, |_| true);
        if whole != Err(RedactError::Incomplete)
            && let Some(expected) = self.expected(text)
        {
            let found = whole.clone().map(|redacted| redacted.bytes);
            if found != expected {
                let show = |text: Result<Vec<u8>, RedactError>| match text {
                    Ok(bytes) => bytes.escape_ascii().to_string(),
                    Err(error) => format!("({error})"),
                };
                return Err(format!(
                    "not what passes over the whole make of it\n  input    {}\n  expected {}\n  found    {}",
                    text.escape_ascii(),
                    show(expected),
                    show(found),
                ));
            }
        }
        if self.is_reversible
            && let Ok(redacted) = &whole
        {
            let scanner = &mut self.scanner;
            let back = self
                .redactor
                .restore(&session, scanner, &redacted.bytes, |_| true);
            let back = back.map_err(|error| error.to_string())?;
            if back.bytes != text {
                let (text, back) = (text.escape_ascii(), back.bytes.escape_ascii());
                return Err(format!(
                    "it does not come back\n  input {text}\n  back  {back}"
                ));
            }
        }
        Ok(whole)
    }

    /// Pushes the text in pieces that end at `cuts`, and asks that what comes out is a beginning
    /// of `whole` after each, that cuts no character, and all of it in the end.
    ///
    /// # Errors
    /// What does not hold.
    pub fn cut(
        &mut self,
        text: &[u8],
        cuts: &[usize],
        whole: &Result<Redacted, RedactError>,
    ) -> Result<Outcome, String> {
        let mut session = Session::default();
        let mut stream =
            RedactStream::new(&self.redactor, &session).map_err(|error| error.to_string())?;
        let mut out = Vec::new();
        let fail = |what: &str, out: &[u8]| {
            let whole = whole
                .as_ref()
                .map(|redacted| redacted.bytes.escape_ascii().to_string());
            format!(
                "{what}, cut at {cuts:?}\n  input {}\n  whole {}\n  found {}",
                text.escape_ascii(),
                whole.unwrap_or_else(|error| format!("({error})")),
                out.escape_ascii()
            )
        };
        let is_text = str::from_utf8(text).is_ok();
        let mut from = 0;
        let mut result = Ok(());
        for &cut in cuts.iter().chain([&text.len()]) {
            let piece = &text[from..cut];
            from = cut;
            result = stream.push(&mut session, &mut self.scratch, piece, &|_| true, &mut out);
            if whole
                .as_ref()
                .is_ok_and(|whole| !whole.bytes.starts_with(&out))
            {
                return Err(fail("what was passed on is not of the whole", &out));
            }
            if is_text && str::from_utf8(&out).is_err() {
                return Err(fail("a character is cut in what was passed on", &out));
            }
            if result.is_err() {
                break;
            }
        }
        if result.is_ok() {
            result = stream.finish(&mut session, &mut self.scratch, &|_| true, &mut out);
        }
        match (result, whole) {
            (Ok(()), Ok(whole)) if whole.bytes == out && stream.edits() == whole.edits => {
                Ok(Outcome::Edits(whole.edits))
            }
            (Err(error), Err(whole)) if error == *whole => Ok(Outcome::Refused),
            // What a search takes over and over depends on the pieces.
            (Err(RedactError::Incomplete), _) | (_, Err(RedactError::Incomplete)) => {
                Ok(Outcome::Refused)
            }
            (Err(error), _) => Err(fail(&error.to_string(), &out)),
            _ => Err(fail("it is not the whole", &out)),
        }
    }

    /// What one pass after another over the whole text makes of it; nothing where that takes more
    /// than two, whose edits reach further.
    fn expected(&mut self, text: &[u8]) -> Option<Result<Vec<u8>, RedactError>> {
        if self.labels.is_empty() {
            return None;
        }
        let mut text = text.to_vec();
        let mut first = 0;
        for pass in 0..3 {
            let scan = self.scanner.scan(&self.veiled(&text));
            if scan.completeness != Completeness::Complete {
                return None;
            }
            let findings = scan.findings.to_vec();
            let edits = self.redactor.edits(&text, &findings).ok()?;
            let Some(edit) = edits.first() else {
                return Some(Ok(text));
            };
            if edit.span.start < first {
                return Some(Err(RedactError::Unsettled));
            }
            if pass == 2 {
                return None;
            }
            first = edit.span.start;
            text = apply(&text, &edits);
        }
        None
    }

    /// The text with stars in its labels.
    fn veiled(&self, text: &[u8]) -> Vec<u8> {
        let mut veiled = text.to_vec();
        let mut open = 0;
        for (at, &byte) in text.iter().enumerate() {
            match byte {
                b'[' => open = at,
                b']' if self.labels.contains(&text[open..=at]) => {
                    veiled[open + 1..at].fill(b'*');
                }
                _ => {}
            }
        }
        veiled
    }
}

/// A text of up to 200 bytes with values of the catalogue, whole and in part, near one another.
pub fn text_near_values(choices: &mut Choices, material: &Material) -> Vec<u8> {
    const BETWEEN: [&str; 12] = [
        " ",
        ", ",
        "\n",
        "=",
        ": ",
        "\"",
        "\u{e9}",
        "\u{20ac} ",
        "[",
        "]",
        "*",
        "0",
    ];
    let mut text = Vec::new();
    let len = choices.between(1, 200);
    while text.len() < len {
        let of = match choices.below(8) {
            0 => &material.literals,
            1 => &material.keywords,
            2 => &material.counterexamples,
            _ => &material.examples,
        };
        let piece: &[u8] = choices.pick::<Vec<u8>>(of);
        let is_whole = choices.one_in(2);
        let end = if is_whole {
            piece.len()
        } else {
            choices.between(0, piece.len())
        };
        let start = if is_whole { 0 } else { choices.between(0, end) };
        text.extend_from_slice(&piece[start..end]);
        text.extend_from_slice(choices.pick::<&str>(&BETWEEN).as_bytes());
    }
    text.truncate(len);
    text
}
