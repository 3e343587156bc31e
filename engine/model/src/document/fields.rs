//! One TOML table: hands out typed keys, remembers which were asked for, reports the others.

use std::ops::{Range, RangeInclusive};

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::report::{Report, suggestion};
use crate::Code;

/// A string and where it is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Text {
    /// The string.
    pub value: String,
    /// Bytes of the file, with the quotes.
    pub span: Range<usize>,
}

/// What a key holds that takes a string or a table.
#[derive(Debug)]
pub enum TextOrFields<'t> {
    /// A string that is not empty.
    Text(Text),
    /// A table.
    Fields(Fields<'t>),
}

/// The keys of one table. Each of its functions gives nothing where the key is absent or holds
/// something else than it takes, which is then in the report.
#[derive(Debug)]
pub struct Fields<'t> {
    table: &'t DeTable<'t>,
    /// The table's header, or the whole of an inline table: bytes of the file.
    pub span: Range<usize>,
    /// How the table is called in messages, with its article.
    name: &'static str,
    asked: Vec<&'static str>,
}

impl<'t> Fields<'t> {
    pub(crate) fn new(table: &'t DeTable<'t>, span: Range<usize>, name: &'static str) -> Self {
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
    pub fn has(&self, key: &str) -> bool {
        self.table.contains_key(key)
    }

    /// Reports the table's want of a key, which is written with its backticks.
    pub fn missing(&self, report: &mut Report, key: &str, hint: &str) {
        let message = format!("{} needs {key}", self.name);
        report.add(Code::MissingKey, self.span.clone(), message, hint);
    }

    /// A string, which may be empty.
    pub fn any_text(&mut self, report: &mut Report, key: &'static str) -> Option<Text> {
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
    pub fn text(&mut self, report: &mut Report, key: &'static str) -> Option<Text> {
        let text = self.any_text(report, key)?;
        not_empty(report, key, text)
    }

    /// A string that is not empty and must be there.
    pub fn needed_text(
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
    pub fn texts(&mut self, report: &mut Report, key: &'static str) -> Option<Vec<Text>> {
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
    pub fn strings(&mut self, report: &mut Report, key: &'static str) -> Vec<String> {
        let texts = self.texts(report, key).unwrap_or_default();
        texts.into_iter().map(|text| text.value).collect()
    }

    /// The same of an array that has an element where it is there.
    pub fn some_texts(&mut self, report: &mut Report, key: &'static str, hint: &str) -> Vec<Text> {
        if let Some(value) = self.table.get(key)
            && matches!(value.get_ref(), DeValue::Array(elements) if elements.is_empty())
        {
            let message = format!("`{key}` is empty");
            report.add(Code::BadValue, value.span(), message, hint);
        }
        self.texts(report, key).unwrap_or_default()
    }

    /// The strings of an array that must be there and have an element.
    pub fn needed_strings(
        &mut self,
        report: &mut Report,
        key: &'static str,
        hint: &str,
    ) -> Vec<String> {
        if !self.has(key) {
            self.missing(report, &format!("`{key}`"), hint);
        }
        let texts = self.some_texts(report, key, hint).into_iter();
        texts.map(|text| text.value).collect()
    }

    /// An integer in a range.
    pub fn number(
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
    pub fn percent(&mut self, report: &mut Report, key: &'static str) -> Option<u8> {
        self.number(report, key, 0..=100)
            .and_then(|number| u8::try_from(number).ok())
    }

    /// A number from 0 to 1.
    pub fn share(&mut self, report: &mut Report, key: &'static str) -> Option<f64> {
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
    pub fn flag(&mut self, report: &mut Report, key: &'static str) -> Option<bool> {
        let value = self.get(key)?;
        match value.get_ref() {
            DeValue::Boolean(flag) => Some(*flag),
            _ => wrong_type(report, key, value, "true or false"),
        }
    }

    /// One of a few words.
    pub fn choice<T: Copy>(
        &mut self,
        report: &mut Report,
        key: &'static str,
        choices: &[T],
        name: fn(T) -> &'static str,
    ) -> Option<T> {
        let text = self.text(report, key)?;
        chosen(report, key, text, choices, name)
    }

    /// Some of a few words, at least one where the key is there.
    pub fn choices<T: Copy>(
        &mut self,
        report: &mut Report,
        key: &'static str,
        choices: &[T],
        name: fn(T) -> &'static str,
        hint: &str,
    ) -> Vec<T> {
        let texts = self.some_texts(report, key, hint).into_iter();
        texts
            .filter_map(|text| chosen(report, key, text, choices, name))
            .collect()
    }

    /// A string that is not empty, or a table, which messages call `name`; `wanted` says what the
    /// key takes.
    pub fn text_or_fields(
        &mut self,
        report: &mut Report,
        key: &'static str,
        name: &'static str,
        wanted: &str,
    ) -> Option<TextOrFields<'t>> {
        let value = self.get(key)?;
        match value.get_ref() {
            DeValue::String(text) => {
                let text = Text {
                    value: text.to_string(),
                    span: value.span(),
                };
                not_empty(report, key, text).map(TextOrFields::Text)
            }
            DeValue::Table(table) => {
                let fields = Fields::new(table, value.span(), name);
                Some(TextOrFields::Fields(fields))
            }
            _ => wrong_type(report, key, value, wanted),
        }
    }

    /// A table inside this one.
    pub fn table(
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
    pub fn tables(
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
    pub(crate) fn raw(&self) -> &'t DeTable<'t> {
        self.table
    }

    /// Reports every key that was not asked for.
    pub fn finish(self, report: &mut Report) {
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

fn not_empty(report: &mut Report, key: &str, text: Text) -> Option<Text> {
    if text.value.is_empty() {
        let message = format!("`{key}` is empty");
        let hint = "write a value or leave the key out";
        report.add(Code::BadValue, text.span, message, hint);
        return None;
    }
    Some(text)
}

fn chosen<T: Copy>(
    report: &mut Report,
    key: &str,
    text: Text,
    choices: &[T],
    name: fn(T) -> &'static str,
) -> Option<T> {
    let Text { value, span } = text;
    let found = choices
        .iter()
        .copied()
        .find(|&choice| name(choice) == value);
    if found.is_none() {
        let names: Vec<&str> = choices.iter().map(|&choice| name(choice)).collect();
        let message = format!("`{key}` has no value `{value}`");
        report.add(Code::BadValue, span, message, suggestion(&value, &names));
    }
    found
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
