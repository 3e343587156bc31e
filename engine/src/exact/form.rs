//! Words to the forms of cells, by the type of a column.

use sluicegate_model::{Column, ColumnType};

use super::candidate::{
    Finder, MAX_LENGTH, MAX_SPAN, MOST_NAME_WORDS, MOST_TEXT_WORDS, Wanted, join, phone_forms,
};
use super::common::is_common;
use super::day::Notation;
use crate::text::{Word, Words};

/// Why a cell leads to no row, or does not count at all.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum StopReason {
    /// It can't be read as what its column holds.
    NotOfType,
    /// It is longer than what is looked for in a text.
    TooLong,
    /// It has so few characters that it would be found everywhere.
    TooShort,
    /// It is a frequent word, or one that stands in place of a value.
    Common,
    /// The schema names it.
    Listed,
    /// It counts beside others, but is too short or too frequent to lead to a row.
    Weak,
}

impl StopReason {
    /// All reasons.
    pub const ALL: [Self; 6] = [
        Self::NotOfType,
        Self::TooLong,
        Self::TooShort,
        Self::Common,
        Self::Listed,
        Self::Weak,
    ];

    /// What is said about such cells.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::NotOfType => "not what the column holds",
            Self::TooLong => "too long to be looked for",
            Self::TooShort => "too short to mean anything",
            Self::Common => "a common word",
            Self::Listed => "named by the schema as no value",
            Self::Weak => "too short to lead to a row by itself",
        }
    }
}

/// A cell in the form in which it is compared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Form {
    pub(crate) bytes: Vec<u8>,
    /// Number of its words.
    pub(crate) words: usize,
}

/// Fewest digits or characters of an identifier that counts, and that leads to a row.
const SHORTEST: [usize; 2] = [2, 5];
/// Fewest bytes of a name or text that leads to a row by itself: two short words, or one long.
const SHORTEST_TEXT: usize = 6;

/// The form of a cell; `None` of an empty one.
pub(crate) fn form(column: &Column, cell: &str) -> Result<Option<Form>, StopReason> {
    let mut words = Words::default();
    words.read(cell.as_bytes(), 0, false, usize::MAX);
    let list = words.words();
    if list.is_empty() {
        return if cell.trim().is_empty() {
            Ok(None)
        } else {
            Err(StopReason::NotOfType)
        };
    }
    let parts: Vec<&[u8]> = list.iter().map(|word| words.form(word)).collect();
    let bytes = match column.kind {
        ColumnType::Digits => digits(list, &parts)?,
        ColumnType::Alnum => identifier(list, &parts)?,
        ColumnType::Name => {
            let mut parts = parts.clone();
            parts.sort_unstable();
            if list.iter().any(|word| word.has_digit) {
                return Err(StopReason::NotOfType);
            }
            joined(&parts, MOST_NAME_WORDS)?
        }
        ColumnType::Text => joined(&parts, MOST_TEXT_WORDS)?,
        ColumnType::Email => address(cell, &words)?,
        ColumnType::Phone => phone(column, cell, list, &parts)?,
        ColumnType::Date => day(cell, list, &parts)?,
    };
    Ok(Some(Form {
        bytes,
        words: list.len(),
    }))
}

/// Whether a cell of this form counts at all.
pub(crate) fn counts(column: &Column, form: &Form) -> Result<(), StopReason> {
    let is_text = matches!(column.kind, ColumnType::Name | ColumnType::Text);
    if is_text && form.words == 1 {
        let word = std::str::from_utf8(&form.bytes).unwrap_or_default();
        if is_common(word) {
            return Err(StopReason::Common);
        }
    }
    let is_short = match column.kind {
        ColumnType::Digits | ColumnType::Alnum | ColumnType::Name | ColumnType::Text => {
            form.bytes.len() < SHORTEST[0]
        }
        ColumnType::Email | ColumnType::Phone | ColumnType::Date => false,
    };
    if is_short {
        return Err(StopReason::TooShort);
    }
    Ok(())
}

/// Whether a cell of this form leads to a row.
pub(crate) fn leads(column: &Column, form: &Form) -> bool {
    match column.kind {
        ColumnType::Digits | ColumnType::Alnum => form.bytes.len() >= SHORTEST[1],
        ColumnType::Name | ColumnType::Text => form.bytes.len() >= SHORTEST_TEXT,
        ColumnType::Email | ColumnType::Phone => true,
        ColumnType::Date => false,
    }
}

fn digits(list: &[Word], parts: &[&[u8]]) -> Result<Vec<u8>, StopReason> {
    if list.iter().any(|word| word.has_letter) {
        return Err(StopReason::NotOfType);
    }
    limited(parts.concat())
}

fn identifier(list: &[Word], parts: &[&[u8]]) -> Result<Vec<u8>, StopReason> {
    if !list.iter().any(|word| word.has_digit) {
        return Err(StopReason::NotOfType);
    }
    limited(parts.concat())
}

fn limited(form: Vec<u8>) -> Result<Vec<u8>, StopReason> {
    if form.len() > MAX_LENGTH {
        return Err(StopReason::TooLong);
    }
    Ok(form)
}

fn joined(parts: &[&[u8]], most: usize) -> Result<Vec<u8>, StopReason> {
    let mut form = vec![0; MAX_SPAN];
    let len = join(parts, &mut form).filter(|_| parts.len() <= most);
    form.truncate(len.ok_or(StopReason::TooLong)?);
    Ok(form)
}

/// The address that is the whole cell.
fn address(cell: &str, words: &Words) -> Result<Vec<u8>, StopReason> {
    let list = words.words();
    let wanted = Wanted {
        email: true,
        ..Wanted::default()
    };
    let mut found = None;
    let mut finder = Finder {
        input: cell.as_bytes(),
        words,
        wanted: &wanted,
        floor: 0,
        emit: |candidate: super::candidate::Candidate<'_>| {
            if candidate.start == list[0].start {
                found = Some(candidate.form.to_vec());
            }
        },
    };
    finder.at(list.len() - 1);
    found.ok_or(StopReason::NotOfType)
}

fn phone(
    column: &Column,
    cell: &str,
    list: &[Word],
    parts: &[&[u8]],
) -> Result<Vec<u8>, StopReason> {
    let all = digits(list, parts)?;
    if all.len() < 6 {
        return Err(StopReason::TooShort);
    }
    let is_international = cell[..list[0].start].contains('+');
    let mut at = 0;
    let trunk = list.iter().zip(parts).find_map(|(word, part)| {
        let here = at;
        at += part.len();
        let is_trunk = *part == b"0" && here > 0 && cell[..word.start].ends_with('(');
        is_trunk.then_some(here)
    });
    let countries: Vec<Vec<u8>> = column
        .country
        .iter()
        .map(|code| code.as_bytes().to_vec())
        .collect();
    // The first of the forms that a text may have is the one that a table means.
    let mut form = None;
    phone_forms(&all, is_international, trunk, &countries, |found, _| {
        form.get_or_insert_with(|| found.to_vec());
    });
    limited(form.unwrap_or(all))
}

fn day(cell: &str, list: &[Word], parts: &[&[u8]]) -> Result<Vec<u8>, StopReason> {
    if parts.len() > Notation::MOST + 4 {
        return Err(StopReason::NotOfType);
    }
    // A time may follow.
    for count in (1..=parts.len().min(Notation::MOST)).rev() {
        let gaps: Vec<&[u8]> = list[..count]
            .windows(2)
            .map(|pair| match &cell.as_bytes()[pair[0].end..pair[1].start] {
                b", " | b". " => b" ",
                gap => gap,
            })
            .collect();
        let mut form = None;
        let notation = Notation {
            words: &parts[..count],
            gaps: &gaps,
        };
        notation.days(|day| {
            form.get_or_insert(day.form());
        });
        if let Some(form) = form {
            return Ok(form.to_vec());
        }
    }
    Err(StopReason::NotOfType)
}
