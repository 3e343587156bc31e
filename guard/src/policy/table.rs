//! One TOML table: hands out typed keys, remembers which were asked for, reports the others.

use std::ops::{Range, RangeInclusive};
use std::sync::Arc;

use sluicegate::model::{Code, Diagnostic, Place, Source};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// The problems met so far, each at its place.
pub(super) struct Report {
    source: Arc<Source>,
    pub(super) problems: Vec<Diagnostic>,
}

impl Report {
    pub(super) fn new(source: &Arc<Source>) -> Self {
        Self {
            source: Arc::clone(source),
            problems: Vec::new(),
        }
    }

    pub(super) fn add(
        &mut self,
        code: Code,
        span: Range<usize>,
        message: impl Into<String>,
        hint: impl Into<String>,
    ) {
        let source = Arc::clone(&self.source);
        let problem = Diagnostic::new(code, message).hint(hint);
        self.problems.push(problem.at(Some(Place { source, span })));
    }
}

/// A value and where it is written.
pub(super) type Written<T> = (T, Range<usize>);

/// The keys of one table.
pub(super) struct Table<'t> {
    keys: &'t DeTable<'t>,
    /// The table's header, or the whole of an inline table.
    pub(super) span: Range<usize>,
    /// How the table is called in messages, with its article.
    name: &'static str,
    asked: Vec<&'static str>,
}

impl<'t> Table<'t> {
    pub(super) fn new(keys: &'t DeTable<'t>, span: Range<usize>, name: &'static str) -> Self {
        Self {
            keys,
            span,
            name,
            asked: Vec::new(),
        }
    }

    /// Whatever the key holds.
    pub(super) fn value(&mut self, key: &'static str) -> Option<&'t Spanned<DeValue<'t>>> {
        self.asked.push(key);
        self.keys.get(key)
    }

    /// Whether the key is there, whatever it holds.
    pub(super) fn has(&self, key: &str) -> bool {
        self.keys.contains_key(key)
    }

    /// Reports the table's want of a key.
    pub(super) fn missing(&self, report: &mut Report, key: &str, hint: &str) {
        let message = format!("{} needs `{key}`", self.name);
        report.add(Code::MissingKey, self.span.clone(), message, hint);
    }

    /// A string that is not empty.
    pub(super) fn text(
        &mut self,
        report: &mut Report,
        key: &'static str,
    ) -> Option<Written<String>> {
        let value = self.value(key)?;
        text(report, key, value)
    }

    /// Strings, of which there is at least one and none is empty.
    pub(super) fn texts(&mut self, report: &mut Report, key: &'static str) -> Vec<Written<String>> {
        let Some(value) = self.value(key) else {
            return Vec::new();
        };
        let DeValue::Array(elements) = value.get_ref() else {
            wrong_type(report, key, value.span(), "an array of strings");
            return Vec::new();
        };
        if elements.is_empty() {
            let message = format!("`{key}` is empty, so nothing would be selected");
            report.add(
                Code::BadValue,
                value.span(),
                message,
                "leave it out for all",
            );
        }
        let texts = elements.iter();
        texts
            .filter_map(|element| text(report, key, element))
            .collect()
    }

    /// One of a few words.
    pub(super) fn choice<T: Copy>(
        &mut self,
        report: &mut Report,
        key: &'static str,
        choices: &[T],
        name: fn(T) -> &'static str,
    ) -> Option<T> {
        let text = self.text(report, key)?;
        choice(report, key, &text, choices, name)
    }

    /// An integer in a range.
    pub(super) fn number(
        &mut self,
        report: &mut Report,
        key: &'static str,
        range: RangeInclusive<u32>,
    ) -> Option<u32> {
        let value = self.value(key)?;
        let DeValue::Integer(integer) = value.get_ref() else {
            wrong_type(report, key, value.span(), "an integer");
            return None;
        };
        let number = u32::from_str_radix(integer.as_str(), integer.radix()).ok();
        let number = number.filter(|number| range.contains(number));
        if number.is_none() {
            let hint = format!("from {} to {}", range.start(), range.end());
            report.add(
                Code::BadValue,
                value.span(),
                format!("`{key}` is out of range"),
                hint,
            );
        }
        number
    }

    /// The tables of an array inside this one.
    pub(super) fn tables(
        &mut self,
        report: &mut Report,
        key: &'static str,
        name: &'static str,
    ) -> Vec<Table<'t>> {
        let Some(value) = self.value(key) else {
            return Vec::new();
        };
        let wanted = "an array of tables, `[[...]]`";
        let DeValue::Array(elements) = value.get_ref() else {
            wrong_type(report, key, value.span(), wanted);
            return Vec::new();
        };
        let mut tables = Vec::with_capacity(elements.len());
        for element in elements {
            match element.get_ref() {
                DeValue::Table(table) => tables.push(Table::new(table, element.span(), name)),
                _ => wrong_type(report, key, element.span(), wanted),
            }
        }
        tables
    }

    /// Reports every key that was not asked for.
    pub(super) fn finish(self, report: &mut Report) {
        for key in self.keys.keys() {
            let written: &str = key.get_ref();
            if !self.asked.contains(&written) {
                let message = format!("{} has no key `{written}`", self.name);
                report.add(Code::UnknownKey, key.span(), message, possible(&self.asked));
            }
        }
    }
}

/// One of a few words, which is written here.
pub(super) fn choice<T: Copy>(
    report: &mut Report,
    key: &str,
    (word, span): &Written<String>,
    choices: &[T],
    name: fn(T) -> &'static str,
) -> Option<T> {
    let found = choices.iter().copied().find(|&choice| name(choice) == word);
    if found.is_none() {
        let names: Vec<&str> = choices.iter().map(|&choice| name(choice)).collect();
        let message = format!("`{key}` has no value `{word}`");
        report.add(Code::BadValue, span.clone(), message, possible(&names));
    }
    found
}

/// All that can be written.
pub(super) fn possible(words: &[&str]) -> String {
    let words: Vec<String> = words.iter().map(|word| format!("`{word}`")).collect();
    format!("possible are {}", words.join(", "))
}

/// Reports a value of another type.
pub(super) fn wrong_type(report: &mut Report, key: &str, span: Range<usize>, wanted: &str) {
    report.add(Code::WrongType, span, format!("`{key}` takes {wanted}"), "");
}

fn text(report: &mut Report, key: &str, value: &Spanned<DeValue<'_>>) -> Option<Written<String>> {
    match value.get_ref() {
        DeValue::String(text) if text.is_empty() => {
            let hint = "write a value or leave it out";
            report.add(
                Code::BadValue,
                value.span(),
                format!("`{key}` has an empty string"),
                hint,
            );
            None
        }
        DeValue::String(text) => Some((text.to_string(), value.span())),
        _ => {
            wrong_type(report, key, value.span(), "a string");
            None
        }
    }
}
