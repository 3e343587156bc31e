//! What must hold for a payload and what a guard made of it.
//!
//! It reads JSON by the library's own parser alone, and knows nothing of how the guard reads it.

use std::fmt;
use std::ops::Range;

use serde::Deserialize;
use serde::de::{Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;
use sluicegate::Scanner;
use sluicegate::model::visible;
use sluicegate_guard::payload::MAX_EMBEDDED;
use sluicegate_guard::policy::{Action, Channel, NamedStyle};
use sluicegate_guard::redact::{RedactError, Session};
use sluicegate_guard::{Guard, InspectError, Request, Verdict};

/// What did not hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rewrite {
    what: String,
    input: String,
    output: String,
}

impl fmt::Display for Rewrite {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (input, output) = (visible(&self.input), visible(&self.output));
        write!(f, "{}\n  input  {input}\n  output {output}", self.what)
    }
}

impl std::error::Error for Rewrite {}

/// Whether what a guard passes on of a payload is JSON, the same outside of what was found, and
/// passes a second time as it is; and whether it comes back if every style can be turned back.
/// Returns the verdict.
///
/// # Errors
/// What did not hold.
pub fn check_payload(
    guard: &Guard,
    scanner: &mut Scanner,
    input: &str,
) -> Result<Verdict, Rewrite> {
    let request = Request::new(Channel::ToolArgs);
    let mut session = Session::default();
    let verdict = guard.inspect_json_in(&mut session, scanner, input.as_bytes(), &request);
    let output = verdict.text.as_deref().unwrap_or_default();
    let output = String::from_utf8_lossy(output).into_owned();
    let fail = |what: &str| Rewrite {
        what: what.to_owned(),
        input: input.to_owned(),
        output: output.clone(),
    };
    if verdict.error.is_some() || verdict.text.is_none() {
        return Err(fail(&format!("it does not pass: {verdict:?}")));
    }
    if verdict.text.as_deref() != Some(output.as_bytes()) {
        return Err(fail("it is not UTF-8 any more"));
    }
    let again = guard.inspect_json_in(&mut session, scanner, output.as_bytes(), &request);
    if again.text.as_deref() != Some(output.as_bytes()) || again.action >= Action::Redact {
        return Err(fail(&format!(
            "the second time changes it: {again:?} first {verdict:?}"
        )));
    }
    if verdict.action < Action::Redact && input != output {
        return Err(fail("it changes without redaction"));
    }
    let redacted: Vec<Range<usize>> = verdict
        .findings
        .iter()
        .filter(|found| found.action == Action::Redact)
        .map(|found| found.finding.start..found.finding.end)
        .collect();
    let mut found = Found {
        spans: merged(&redacted),
        is_all: false,
        has_counts: guard.policy().rules.iter().any(|rule| rule.min_count > 1),
    };
    found.is_all = found.edits(input) == Some(verdict.edits);
    compare(input, &output, Some(&found), 0).map_err(fail)?;
    if is_reversible(guard) {
        let back = guard.restore_json(&session, output.as_bytes());
        let back = back.map_err(|error| fail(&error.to_string()))?;
        let back = String::from_utf8_lossy(&back.bytes);
        if !is_same(input, &back, 0) {
            return Err(fail(&format!("it comes back as {}", visible(&back))));
        }
    }
    Ok(verdict)
}

/// Whether what a guard passes on of a text passes a second time as it is, and comes back if every
/// style can be turned back. A text that does not settle is blocked, which is an outcome.
///
/// # Errors
/// What did not hold.
pub fn check_text(guard: &Guard, scanner: &mut Scanner, input: &str) -> Result<(), Rewrite> {
    check_stream(guard, scanner, input)?;
    let request = Request::new(Channel::Prompt);
    let mut session = Session::default();
    let verdict = guard.inspect_in(&mut session, scanner, input.as_bytes(), &request);
    let unsettled = Some(InspectError::Redact(RedactError::Unsettled));
    if verdict.action == Action::Block && verdict.error == unsettled {
        return Ok(());
    }
    let output = String::from_utf8_lossy(verdict.text.as_deref().unwrap_or_default()).into_owned();
    let fail = |what: &str| Rewrite {
        what: what.to_owned(),
        input: input.to_owned(),
        output: output.clone(),
    };
    if verdict.text.as_deref() != Some(output.as_bytes()) {
        return Err(fail(&format!("it does not pass as text: {verdict:?}")));
    }
    let styles = guard.policy().rules.iter().map(|rule| &rule.style);
    let mut forms = styles.filter(|style| matches!(style, NamedStyle::Fpe { .. }));
    if forms.next().is_none() {
        let again = guard.inspect_in(&mut session, scanner, output.as_bytes(), &request);
        if again.text.as_deref() != Some(output.as_bytes()) || again.edits > 0 {
            return Err(fail(&format!(
                "the second time changes it: {again:?} first {verdict:?}"
            )));
        }
    }
    if is_reversible(guard) {
        let back = guard.restore(&session, scanner, output.as_bytes(), &request);
        let back = back.map_err(|error| fail(&error.to_string()))?;
        if back.bytes != input.as_bytes() {
            let back = String::from_utf8_lossy(&back.bytes);
            return Err(fail(&format!("it comes back as {}", visible(&back))));
        }
    }
    Ok(())
}

/// Whether a text comes to the same however it is cut, and to the same as the whole where that does
/// not count findings that come later.
fn check_stream(guard: &Guard, scanner: &mut Scanner, input: &str) -> Result<(), Rewrite> {
    let request = Request::new(Channel::Prompt);
    let Ok(stream) = guard.stream(&Session::default(), &request) else {
        return Ok(());
    };
    let mut results = [1, 5, 64, input.len().max(1)].map(|size| {
        let (mut session, mut stream) = (Session::default(), stream.clone());
        let mut out = Vec::new();
        for piece in input.as_bytes().chunks(size) {
            stream.push(&mut session, scanner.scratch(), piece, &mut out);
        }
        let mut verdict = stream.finish(&mut session, scanner.scratch(), &mut out);
        if verdict.error.is_some() {
            // What was found behind the error depends on the pieces.
            verdict.findings.clear();
        }
        (out, verdict)
    });
    let fail = |what: &str, out: &[u8]| Rewrite {
        what: what.to_owned(),
        input: input.to_owned(),
        output: String::from_utf8_lossy(out).into_owned(),
    };
    for pair in results.windows(2) {
        if pair[0] != pair[1] {
            let other = String::from_utf8_lossy(&pair[1].0);
            let verdicts = [&pair[0].1, &pair[1].1];
            let what = format!("cutting shows: {verdicts:?}\n  other  {}", visible(&other));
            return Err(fail(&what, &pair[0].0));
        }
    }
    // Numbers that stand in the text behind a value are known to the whole alone.
    let counts = guard.policy().rules.iter().any(|rule| rule.min_count > 1);
    if counts || names_a_number(input) {
        return Ok(());
    }
    let whole = guard.inspect(scanner, input.as_bytes(), &request);
    let (out, verdict) = &mut results[0];
    let is_blocked = whole.action == Action::Block;
    if is_blocked != (verdict.action == Action::Block) {
        return Err(fail(
            &format!("not as the whole: {verdict:?} {whole:?}"),
            out,
        ));
    }
    if !is_blocked {
        verdict.text = Some(out.clone());
        if *verdict != whole {
            return Err(fail(&format!("not the whole: {verdict:?} {whole:?}"), out));
        }
    }
    Ok(())
}

/// Whether something in a text reads as a label with a number, such as `[PIN_2]` or
/// `[vault:0:custom.pin:2]`.
fn names_a_number(text: &str) -> bool {
    let inner = text
        .split('[')
        .skip(1)
        .filter_map(|rest| rest.split_once(']'));
    inner.into_iter().any(|(inner, _)| {
        let number = inner.rsplit(['_', ':']).next().unwrap_or_default();
        number.len() < inner.len()
            && !number.is_empty()
            && number.bytes().all(|byte| byte.is_ascii_digit())
    })
}

/// Whether everything that a guard redacts can be turned back.
fn is_reversible(guard: &Guard) -> bool {
    let policy = guard.policy();
    let mut rules = policy.rules.iter();
    policy.default != Action::Redact
        && rules.all(|rule| {
            rule.action != Action::Redact
                || matches!(
                    rule.style,
                    NamedStyle::Numbered
                        | NamedStyle::Vault
                        | NamedStyle::Token { .. }
                        | NamedStyle::Fpe { .. }
                )
        })
}

/// Whether two documents have the same values in the same places, where a number may have become a
/// string of its digits. Half a surrogate pair stands for nothing that could be compared.
fn is_same(before: &str, after: &str, depth: usize) -> bool {
    let (Some(from), Some(to)) = (leaves(before), leaves(after)) else {
        return false;
    };
    from.len() == to.len()
        && from.iter().zip(&to).all(|(a, b)| {
            let (a_text, b_text) = (&before[a.span.clone()], &after[b.span.clone()]);
            let is_equal = match serde_json::from_str::<String>(a_text) {
                _ if a_text == b_text => true,
                Ok(text) => serde_json::from_str::<String>(b_text).is_ok_and(|back| back == text),
                Err(_) if a_text.starts_with('"') => b_text.starts_with('"'),
                Err(_) => b_text == format!("\"{a_text}\""),
            };
            let is_inside = || match (document(a_text), document(b_text)) {
                (Some(a), Some(b)) if depth < MAX_EMBEDDED => is_same(&a, &b, depth + 1),
                _ => false,
            };
            a.is_key == b.is_key && a.keys == b.keys && (is_equal || is_inside())
        })
}

/// What was redacted in a message.
struct Found {
    /// Bytes of the message, sorted, none overlapping another.
    spans: Vec<Range<usize>>,
    /// Whether there was an edit for each and no other: a mark can bring a keyword near a value
    /// that was none.
    is_all: bool,
    /// Whether a rule asks for a count.
    has_counts: bool,
}

impl Found {
    /// How many edits it takes, where that is known: a number becomes one string.
    fn edits(&self, message: &str) -> Option<usize> {
        leaves(message)?.iter().try_fold(0, |edits, leaf| {
            let text = &message[leaf.span.clone()];
            let spans = self.within(&leaf.span).len();
            match text.starts_with('"') {
                _ if spans == 0 => Some(edits),
                false => Some(edits + 1),
                true if leaf.is_key || document(text).is_none() => Some(edits + spans),
                true => None,
            }
        })
    }

    /// What of it is in this part of the message.
    fn within(&self, part: &Range<usize>) -> Vec<Range<usize>> {
        let spans = self.spans.iter();
        spans
            .filter(|span| span.start < part.end && part.start < span.end)
            .map(|span| span.start.max(part.start)..span.end.min(part.end))
            .collect()
    }
}

fn merged(spans: &[Range<usize>]) -> Vec<Range<usize>> {
    let mut spans = spans.to_vec();
    spans.sort_by_key(|span| (span.start, span.end));
    let mut merged: Vec<Range<usize>> = Vec::new();
    for span in spans {
        match merged.last_mut() {
            Some(last) if span.start < last.end => last.end = last.end.max(span.end),
            _ => merged.push(span),
        }
    }
    merged
}

/// The object or array that a string holds.
fn document(text: &str) -> Option<String> {
    let text: String = serde_json::from_str(text).ok()?;
    let is_open = text.trim_ascii_start().starts_with(['{', '[']);
    (is_open && leaves(&text).is_some()).then_some(text)
}

/// A key, string, number or literal as it is written.
struct Leaf {
    is_key: bool,
    span: Range<usize>,
    /// The keys that lead to it, by their place among the leaves.
    keys: Vec<usize>,
}

/// The span with the marks of earlier redactions that it touches: an edit takes them in whole. Any
/// character of a mark may be written as an escape.
fn with_marks(text: &[u8], span: &Range<usize>) -> Range<usize> {
    const ESCAPE: usize = r"\u005b".len();
    let is_outside = |byte: &u8| !byte.is_ascii_alphanumeric() && !b"_.:-\\".contains(byte);
    let from = text[..span.start].iter().rposition(is_outside);
    let to = text[span.end..].iter().position(is_outside);
    let run = from.map_or(0, |at| at + 1)..to.map_or(text.len(), |at| span.end + at);
    let is_escaped = |at: &usize, bracket: &[u8; ESCAPE]| {
        text[*at..]
            .get(..ESCAPE)
            .is_some_and(|escape| escape.eq_ignore_ascii_case(bracket))
    };
    let start = (run.start..span.start)
        .rev()
        .find(|at| is_escaped(at, br"\u005b"))
        .or(from.filter(|&at| text[at] == b'['));
    let end = (span.end..run.end)
        .find(|at| is_escaped(at, br"\u005d"))
        .map(|at| at + ESCAPE)
        .or(to.filter(|_| text[run.end] == b']').map(|_| run.end + 1));
    start.unwrap_or(span.start)..end.unwrap_or(span.end)
}

/// Whether two documents are the same but for leaves in which something was found. Without
/// findings, which are only known for the outermost document, any leaf may have changed.
fn compare(
    before: &str,
    after: &str,
    found: Option<&Found>,
    depth: usize,
) -> Result<(), &'static str> {
    let (from, to) = match (leaves(before), leaves(after)) {
        (Some(from), Some(to)) => (from, to),
        (None, _) => return Err("the input is not JSON"),
        (_, None) => return Err("it is not JSON any more"),
    };
    if from.len() != to.len() {
        return Err("it has other values");
    }
    let changed = |at: usize| before[from[at].span.clone()] != after[to[at].span.clone()];
    let mut ends = (0, 0);
    for (at, (a, b)) in from.iter().zip(&to).enumerate() {
        if before[ends.0..a.span.start] != after[ends.1..b.span.start] {
            return Err("something between the values changed");
        }
        ends = (a.span.end, b.span.end);
        if a.is_key != b.is_key || a.keys != b.keys {
            return Err("a value moved");
        }
        if !changed(at) {
            continue;
        }
        let (a_text, b_text) = (&before[a.span.clone()], &after[b.span.clone()]);
        let is_document = same_kind(a_text, b_text, a.is_key, depth)?;
        let Some(found) = found else { continue };
        let spans = found.within(&a.span);
        if !spans.is_empty() {
            let spans: Vec<Range<usize>> = spans
                .iter()
                .map(|span| span.start - a.span.start..span.end - a.span.start)
                .map(|span| with_marks(a_text.as_bytes(), &span))
                .collect();
            let spans = merged(&spans).into_iter();
            let is_string = a_text.starts_with('"') && !is_document;
            if is_string && found.is_all && !keeps_the_rest(a_text, b_text, spans) {
                return Err("a string changed outside of what was found in it");
            }
        } else if !a.keys.iter().any(|&key| changed(key)) && (found.is_all || !found.has_counts) {
            // A key that changed is other context to what it leads to, and what a mark brings about
            // in one value may make up the count of a rule.
            return Err("a value changed in which nothing was found");
        }
    }
    if before[ends.0..] != after[ends.1..] {
        return Err("something behind the values changed");
    }
    Ok(())
}

/// Whether what stands around the spans, which take whole characters, stands there still.
fn keeps_the_rest(before: &str, after: &str, spans: impl Iterator<Item = Range<usize>>) -> bool {
    let mut from = 0;
    let mut rest = after;
    for (number, span) in spans.enumerate() {
        let piece = &before[from.min(span.start)..before.floor_char_boundary(span.start)];
        match rest.find(piece) {
            Some(at) if at == 0 || number > 0 => rest = &rest[at + piece.len()..],
            _ => return false,
        }
        from = before.ceil_char_boundary(span.end);
    }
    rest.ends_with(&before[from..])
}

/// Whether a value that changed is still of its kind, and whether it is a string that holds a
/// document.
fn same_kind(before: &str, after: &str, is_key: bool, depth: usize) -> Result<bool, &'static str> {
    let is_number = |text: &str| text.starts_with(|c: char| c == '-' || c.is_ascii_digit());
    if is_number(before) {
        return if after.starts_with('"') || is_number(after) {
            Ok(false)
        } else {
            Err("a number became something else than a string or number")
        };
    }
    if !before.starts_with('"') || !after.starts_with('"') {
        return Err("a value became one of another kind");
    }
    match document(before) {
        Some(inside) if !is_key && depth < MAX_EMBEDDED => match document(after) {
            Some(rewritten) => compare(&inside, &rewritten, None, depth + 1).map(|()| true),
            None => Err("JSON inside a string is not JSON any more"),
        },
        _ => Ok(false),
    }
}

/// The leaves of a document in its order; none where it is not JSON.
fn leaves(text: &str) -> Option<Vec<Leaf>> {
    let root: &RawValue = serde_json::from_str(text).ok()?;
    let mut leaves = Vec::new();
    collect(text, root, &[], &mut leaves)?;
    Some(leaves)
}

fn collect(text: &str, value: &RawValue, keys: &[usize], leaves: &mut Vec<Leaf>) -> Option<()> {
    let leaf = |value: &RawValue, is_key: bool| {
        let start = value.get().as_ptr() as usize - text.as_ptr() as usize;
        Leaf {
            is_key,
            span: start..start + value.get().len(),
            keys: keys.to_vec(),
        }
    };
    match value.get().as_bytes().first()? {
        b'{' => {
            let Members(members) = serde_json::from_str(value.get()).ok()?;
            for (key, value) in members {
                let keys = [keys, &[leaves.len()]].concat();
                leaves.push(leaf(key, true));
                collect(text, value, &keys, leaves)?;
            }
        }
        b'[' => {
            let elements: Vec<&RawValue> = serde_json::from_str(value.get()).ok()?;
            for element in elements {
                collect(text, element, keys, leaves)?;
            }
        }
        _ => leaves.push(leaf(value, false)),
    }
    Some(())
}

/// The members of an object in their order, those with equal keys too.
struct Members<'a>(Vec<(&'a RawValue, &'a RawValue)>);

impl<'de> Deserialize<'de> for Members<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Object;
        impl<'de> Visitor<'de> for Object {
            type Value = Members<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut members = Vec::new();
                while let Some(member) = map.next_entry()? {
                    members.push(member);
                }
                Ok(Members(members))
            }
        }
        deserializer.deserialize_map(Object)
    }
}
