//! A dictionary, with its file of terms.

use crate::document::{Fields, Report};
use crate::term::lines;
use crate::{Code, DEFAULT_TERMS_WITHIN, DictionaryDetector, MAX_TERM_WEIGHT, Matching, Source};

/// Most bytes that a group of occurrences fits into, and most occurrences that can be asked for.
const MAX_WITHIN: u32 = 65_536;

/// Keys that only a dictionary of words has.
const OF_WORDS: [&str; 6] = ["file", "weight", "threshold", "count", "unique", "within"];

/// `files` returns the text of the file that the dictionary names, or why it can't.
pub(super) fn read_dictionary(
    mut fields: Fields<'_>,
    report: &mut Report,
    files: &mut dyn FnMut(&str) -> Result<String, String>,
) -> DictionaryDetector {
    let place = Some(report.place(fields.span.clone()));
    let matching = fields.choice(report, "match", &Matching::ALL, Matching::as_str);
    let matching = matching.unwrap_or_default();
    let hint = "list at least one term";
    let terms = if matching == Matching::Words && fields.has("file") {
        let terms = fields.some_texts(report, "terms", hint).into_iter();
        terms.map(|term| term.value).collect::<Vec<_>>()
    } else {
        fields.needed_strings(report, "terms", hint)
    };
    let file = fields.text(report, "file");
    let case_sensitive = fields.flag(report, "case_sensitive").unwrap_or_default();
    let weight = fields.number(report, "weight", 0..=MAX_TERM_WEIGHT);
    let threshold = fields.number(report, "threshold", 1..=MAX_TERM_WEIGHT);
    let count = fields.number(report, "count", 1..=MAX_WITHIN);
    let unique = fields.flag(report, "unique").unwrap_or_default();
    let within = fields.number(report, "within", 1..=MAX_WITHIN);
    let validate = fields.strings(report, "validate");
    match matching {
        Matching::Bytes => refuse(&fields, report, &OF_WORDS, "state `match = \"words\"`"),
        Matching::Words => {
            let hint =
                "words are compared without case; leave it out, or state `match = \"bytes\"`";
            refuse(&fields, report, &["case_sensitive"], hint);
        }
    }
    fields.finish(report);
    let file = file
        .filter(|_| matching == Matching::Words)
        .and_then(|file| match files(&file.value) {
            Ok(text) if terms.is_empty() && lines(&text).next().is_none() => {
                let message = format!("`{}` holds no term", file.value);
                report.add(
                    Code::BadTermFile,
                    file.span,
                    message,
                    "write one on each line",
                );
                None
            }
            Ok(text) => Some(Source::new(file.value, text)),
            Err(reason) => {
                let message = format!("`{}` can't be read: {reason}", file.value);
                report.add(Code::BadTermFile, file.span, message, "");
                None
            }
        });
    DictionaryDetector {
        terms,
        file,
        matching,
        case_sensitive,
        weight: weight.unwrap_or(1),
        threshold,
        count,
        unique,
        within: within.unwrap_or(DEFAULT_TERMS_WITHIN),
        validate,
        place,
    }
}

/// Reports keys that the dictionary's kind of matching does not read.
fn refuse(fields: &Fields<'_>, report: &mut Report, keys: &[&str], hint: &str) {
    for key in fields.raw().keys() {
        let written: &str = key.get_ref();
        if keys.contains(&written) {
            let message = format!("`{written}` does not go with this kind of matching");
            report.add(Code::NotWithMatching, key.span(), message, hint);
        }
    }
}
