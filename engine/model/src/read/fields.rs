//! One TOML table: hands out typed keys, remembers which were asked for, reports the others.

use std::ops::{Range, RangeInclusive};
use std::sync::Arc;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::nearest::nearest;
use crate::{Code, Diagnostic, Place, Source};

/// The problems met so far, each at its place and about the classifier being read.
pub(super) struct Report {
    source: Arc<Source>,
    pub(super) classifier: Option<String>,
    pub(super) problems: Vec<Diagnostic>,
}

impl Report {
    pub(super) fn new(source: &Arc<Source>) -> Self {
        Self {
            source: Arc::clone(source),
            classifier: None,
            problems: Vec::new(),
        }
    }

    pub(super) fn place(&self, span: Range<usize>) -> Place {
        Place {
            source: Arc::clone(&self.source),
            span,
        }
    }

    pub(super) fn source(&self) -> &Arc<Source> {
        &self.source
    }

    pub(super) fn add(
        &mut self,
        code: Code,
        span: Range<usize>,
        message: impl Into<String>,
        hint: impl Into<String>,
    ) {
        let mut problem = Diagnostic::new(code, message)
            .hint(hint)
            .at(Some(self.place(span)));
        problem.classifier.clone_from(&self.classifier);
        self.problems.push(problem);
    }
}

/// A string and where it is written.
pub(super) struct Text {
    pub(super) value: String,
    pub(super) span: Range<usize>,
}

/// The keys of one table.
pub(super) struct Fields<'t> {
    table: &'t DeTable<'t>,
    /// The table's header, or the whole of an inline table.
    pub(super) span: Range<usize>,
    /// How the table is called in messages, with its article.
    name: &'static str,
    asked: Vec<&'static str>,
}

impl<'t> Fields<'t> {
    pub(super) fn new(table: &'t DeTable<'t>, span: Range<usize>, name: &'static str) -> Self {
        Self {
            table,
            span,
            name,
            asked: Vec::new(),
        }
    }

    fn get(&mut self, key: &'static str) -> Option<&'t Spanned<DeValue<'t>>> {
        self.asked.push(key);
        self.table.get(key)
    }

    /// Whether the key is there, whatever its value.
    pub(super) fn has(&self, key: &str) -> bool {
        self.table.contains_key(key)
    }

    /// Reports the table's want of a key.
    pub(super) fn missing(&self, report: &mut Report, key: &str, hint: &str) {
        let message = format!("{} needs {key}", self.name);
        report.add(Code::MissingKey, self.span.clone(), message, hint);
    }

    /// A string, which may be empty.
    pub(super) fn any_text(&mut self, report: &mut Report, key: &'static str) -> Option<Text> {
        let value = self.get(key)?;
        match value.get_ref() {
            DeValue::String(text) => Some(Text {
                value: text.to_string(),
                span: value.span(),
            }),
            _ => wrong_type(report, key, value, "a string"),
        }
    }

    /// A string that is not empty.
    pub(super) fn text(&mut self, report: &mut Report, key: &'static str) -> Option<Text> {
        let text = self.any_text(report, key)?;
        if text.value.is_empty() {
            let message = format!("`{key}` is empty");
            report.add(
                Code::BadValue,
                text.span,
                message,
                "write a value or leave the key out",
            );
            return None;
        }
        Some(text)
    }

    /// A string that is not empty and must be there.
    pub(super) fn needed_text(
        &mut self,
        report: &mut Report,
        key: &'static str,
        hint: &str,
    ) -> Option<Text> {
        if !self.has(key) {
            self.asked.push(key);
            self.missing(report, &format!("`{key}`"), hint);
            return None;
        }
        self.text(report, key)
    }

    /// An array of strings, none of which is empty.
    pub(super) fn texts(&mut self, report: &mut Report, key: &'static str) -> Option<Vec<Text>> {
        let value = self.get(key)?;
        let DeValue::Array(elements) = value.get_ref() else {
            return wrong_type(report, key, value, "an array of strings");
        };
        let mut texts = Vec::with_capacity(elements.len());
        for element in elements {
            match element.get_ref() {
                DeValue::String(text) if text.is_empty() => {
                    let message = format!("`{key}` has an empty element");
                    report.add(Code::BadValue, element.span(), message, "leave it out");
                }
                DeValue::String(text) => {
                    texts.push(Text {
                        value: text.to_string(),
                        span: element.span(),
                    });
                }
                _ => wrong_type(report, key, element, "an array of strings").unwrap_or_default(),
            }
        }
        Some(texts)
    }

    /// The strings of an array that may be absent.
    pub(super) fn strings(&mut self, report: &mut Report, key: &'static str) -> Vec<String> {
        let texts = self.texts(report, key).unwrap_or_default();
        texts.into_iter().map(|text| text.value).collect()
    }

    /// The strings of an array that must be there and have an element.
    pub(super) fn needed_strings(
        &mut self,
        report: &mut Report,
        key: &'static str,
        hint: &str,
    ) -> Vec<String> {
        match self.get(key) {
            None => self.missing(report, &format!("`{key}`"), hint),
            Some(value) => {
                if matches!(value.get_ref(), DeValue::Array(elements) if elements.is_empty()) {
                    report.add(
                        Code::BadValue,
                        value.span(),
                        format!("`{key}` is empty"),
                        hint,
                    );
                }
            }
        }
        self.strings(report, key)
    }

    /// An integer in a range.
    pub(super) fn number(
        &mut self,
        report: &mut Report,
        key: &'static str,
        range: RangeInclusive<u32>,
    ) -> Option<u32> {
        let value = self.get(key)?;
        let DeValue::Integer(integer) = value.get_ref() else {
            return wrong_type(report, key, value, "an integer");
        };
        let number = u32::from_str_radix(integer.as_str(), integer.radix()).ok();
        if number.is_none_or(|number| !range.contains(&number)) {
            let hint = format!("from {} to {}", range.start(), range.end());
            let message = format!("`{key}` is out of range");
            report.add(Code::BadValue, value.span(), message, hint);
            return None;
        }
        number
    }

    /// An integer from 0 to 100.
    pub(super) fn percent(&mut self, report: &mut Report, key: &'static str) -> Option<u8> {
        self.number(report, key, 0..=100)
            .and_then(|number| u8::try_from(number).ok())
    }

    /// A number from 0 to 1.
    pub(super) fn share(&mut self, report: &mut Report, key: &'static str) -> Option<f64> {
        let value = self.get(key)?;
        let written = match value.get_ref() {
            DeValue::Float(float) => float.as_str(),
            DeValue::Integer(integer) if integer.radix() == 10 => integer.as_str(),
            _ => return wrong_type(report, key, value, "a number"),
        };
        let share = written
            .parse()
            .ok()
            .filter(|share| (0.0..=1.0).contains(share));
        if share.is_none() {
            let message = format!("`{key}` is out of range");
            report.add(
                Code::BadValue,
                value.span(),
                message,
                "from 0 to 1, for example 1e-6",
            );
        }
        share
    }

    /// `true` or `false`.
    pub(super) fn flag(&mut self, report: &mut Report, key: &'static str) -> Option<bool> {
        let value = self.get(key)?;
        match value.get_ref() {
            DeValue::Boolean(flag) => Some(*flag),
            _ => wrong_type(report, key, value, "true or false"),
        }
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
        let found = choices
            .iter()
            .copied()
            .find(|choice| name(*choice) == text.value);
        if found.is_none() {
            let names: Vec<&str> = choices.iter().map(|choice| name(*choice)).collect();
            let hint = suggestion(&text.value, &names);
            let message = format!("`{key}` has no value `{}`", text.value);
            report.add(Code::BadValue, text.span, message, hint);
        }
        found
    }

    /// A table inside this one.
    pub(super) fn table(
        &mut self,
        report: &mut Report,
        key: &'static str,
        name: &'static str,
    ) -> Option<Fields<'t>> {
        let value = self.get(key)?;
        match value.get_ref() {
            DeValue::Table(table) => Some(Fields::new(table, value.span(), name)),
            _ => wrong_type(report, key, value, "a table"),
        }
    }

    /// The tables of an array inside this one.
    pub(super) fn tables(
        &mut self,
        report: &mut Report,
        key: &'static str,
        name: &'static str,
    ) -> Vec<Fields<'t>> {
        let Some(value) = self.get(key) else {
            return Vec::new();
        };
        let DeValue::Array(elements) = value.get_ref() else {
            return wrong_type(report, key, value, "an array of tables, `[[...]]`")
                .unwrap_or_default();
        };
        let mut tables = Vec::with_capacity(elements.len());
        for element in elements {
            match element.get_ref() {
                DeValue::Table(table) => tables.push(Fields::new(table, element.span(), name)),
                _ => wrong_type(report, key, element, "an array of tables, `[[...]]`")
                    .unwrap_or_default(),
            }
        }
        tables
    }

    /// The table itself, to be filled in by a row of facts.
    pub(super) fn raw(&self) -> &'t DeTable<'t> {
        self.table
    }

    /// Reports every key that was not asked for.
    pub(super) fn finish(self, report: &mut Report) {
        for key in self.table.keys() {
            let written: &str = key.get_ref();
            if !self.asked.contains(&written) {
                let message = format!("{} has no key `{written}`", self.name);
                let hint = suggestion(written, &self.asked);
                report.add(Code::UnknownKey, key.span(), message, hint);
            }
        }
    }
}

/// What may have been meant; every possibility where nothing is near.
pub(super) fn suggestion(word: &str, known: &[&str]) -> String {
    match nearest(word, known) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("possible are {}", list(known)),
    }
}

fn list(words: &[&str]) -> String {
    words
        .iter()
        .map(|word| format!("`{word}`"))
        .collect::<Vec<_>>()
        .join(", ")
}

fn wrong_type<T>(
    report: &mut Report,
    key: &str,
    value: &Spanned<DeValue<'_>>,
    wanted: &str,
) -> Option<T> {
    let found = match value.get_ref() {
        DeValue::String(_) => "a string",
        DeValue::Integer(_) => "an integer",
        DeValue::Float(_) => "a number with a point",
        DeValue::Boolean(_) => "true or false",
        DeValue::Datetime(_) => "a date",
        DeValue::Array(_) => "an array",
        DeValue::Table(_) => "a table",
    };
    let message = format!("`{key}` takes {wanted}; this is {found}");
    report.add(Code::WrongType, value.span(), message, "");
    None
}
