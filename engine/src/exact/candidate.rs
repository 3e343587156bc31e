//! The places of a text that could be cells.
//!
//! A candidate is a few words that follow one another, with what the type of a column allows between
//! them. It is told by its last word, and what stands behind that does not matter: so a text can be
//! read piece by piece.

use sluicegate_model::ColumnType;

use super::day::Notation;
use crate::text::{Word, Words};

/// Longest candidate, in bytes of the text.
pub(crate) const MAX_SPAN: usize = 160;
/// Most words of a number or identifier.
const MOST_GROUPS: usize = 8;
/// Most characters between the groups of a number or identifier.
const MOST_MARKS: usize = 3;
/// Most characters between the words of a name.
const MOST_NAME_MARKS: usize = 3;
/// Most bytes between words of a text: the end of a line and what quotes or indents the next.
const MOST_TEXT_GAP: usize = 16;
/// Most bytes between the words of a day.
const MOST_DATE_GAP: usize = 4;
/// Most bytes between what stands before the sign of an e-mail address and behind it.
const MOST_SIGN_GAP: usize = 4;
/// Most words of a name.
pub(crate) const MOST_NAME_WORDS: usize = 6;
/// Most words of a text.
pub(crate) const MOST_TEXT_WORDS: usize = 12;
/// Most words before and behind the sign of an e-mail address.
const MOST_LABELS: usize = 8;
/// Longest form that a length is kept of, in bytes.
pub(crate) const MAX_LENGTH: usize = 63;
/// Digits of telephone numbers, with the code of a country (ITU-T E.164 allows 15) and what is
/// dialled before it.
const PHONE_DIGITS: std::ops::RangeInclusive<usize> = 6..=18;

/// What cells of some columns can look like: nothing else is a candidate.
#[derive(Clone, Debug, Default)]
pub(crate) struct Wanted {
    /// Lengths of forms of digits, one bit each; likewise below.
    pub(crate) digits: u64,
    pub(crate) alnum: u64,
    pub(crate) phone: u64,
    /// Calling codes that numbers without one may lack.
    pub(crate) countries: Vec<Vec<u8>>,
    /// Most words of a name, or none; likewise below.
    pub(crate) name: usize,
    pub(crate) text: usize,
    pub(crate) email: bool,
    pub(crate) date: bool,
}

impl Wanted {
    /// Whether a word can be in one candidate with what follows the gap behind it, which may still
    /// grow.
    pub(crate) fn may_join(&self, word: &Word, gap: &[u8]) -> bool {
        let is_number = word.has_digit && !word.has_letter;
        self.text > 0 && gap.len() <= MOST_TEXT_GAP
            || self.alnum != 0 && joins(gap, MOST_MARKS)
            || (self.digits | self.phone) != 0 && is_number && joins(gap, MOST_MARKS)
            || self.name > 0 && !word.has_digit && joins_names(gap)
            || self.date && gap.len() <= MOST_DATE_GAP
            || self.email
                && gap.len() <= MOST_SIGN_GAP
                && gap.iter().all(|&byte| byte == b'@' || is_local(byte))
    }
}

/// A place that could be a cell.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Candidate<'f> {
    pub(crate) start: usize,
    pub(crate) end: usize,
    pub(crate) kind: ColumnType,
    /// The form of the cell that it would be.
    pub(crate) form: &'f [u8],
    /// The code of the country that was taken for granted, in columns of which it counts.
    pub(crate) country: Option<&'f [u8]>,
}

fn has(lengths: u64, len: usize) -> bool {
    len <= MAX_LENGTH && lengths >> len & 1 != 0
}

/// Finds candidates in words that were read.
pub(crate) struct Finder<'a, F> {
    pub(crate) input: &'a [u8],
    pub(crate) words: &'a Words,
    pub(crate) wanted: &'a Wanted,
    /// Candidates do not start before.
    pub(crate) floor: usize,
    pub(crate) emit: F,
}

/// A form that grows from its end.
struct Growing {
    bytes: [u8; MAX_LENGTH],
    start: usize,
}

impl Growing {
    fn new() -> Self {
        Self {
            bytes: [0; MAX_LENGTH],
            start: MAX_LENGTH,
        }
    }

    /// Whether there was room.
    fn prepend(&mut self, part: &[u8]) -> bool {
        let Some(start) = self.start.checked_sub(part.len()) else {
            return false;
        };
        self.bytes[start..self.start].copy_from_slice(part);
        self.start = start;
        true
    }

    fn form(&self) -> &[u8] {
        &self.bytes[self.start..]
    }
}

impl<F: FnMut(Candidate<'_>)> Finder<'_, F> {
    /// Finds the candidates whose last word has this number.
    #[inline]
    pub(crate) fn at(&mut self, last: usize) {
        let word = self.words.words()[last];
        if word.has_digit {
            if !word.has_letter && (self.wanted.digits | self.wanted.phone) != 0 {
                self.numbers(last);
            }
            if self.wanted.date {
                self.dates(last);
            }
        } else if self.wanted.name > 0 {
            self.names(last);
        }
        if self.wanted.date && word.has_letter && word.end - word.start <= 4 {
            self.dates(last);
        }
        if self.wanted.alnum != 0 {
            self.identifiers(last);
        }
        if self.wanted.text > 0 {
            self.texts(last);
        }
        if self.wanted.email && word.has_letter && self.byte_before(word.start) == Some(b'.') {
            self.addresses(last);
        }
    }

    fn byte_before(&self, at: usize) -> Option<u8> {
        at.checked_sub(1).map(|before| self.input[before])
    }

    fn word(&self, number: usize) -> &Word {
        &self.words.words()[number]
    }

    fn form(&self, number: usize) -> &[u8] {
        self.words.form(self.word(number))
    }

    /// What stands between a word and the one before; `None` where there is none to join with.
    fn gap(&self, number: usize, last: usize) -> Option<&[u8]> {
        let before = self.word(number.checked_sub(1)?);
        let fits = before.start >= self.floor && self.word(last).end - before.start <= MAX_SPAN;
        fits.then(|| &self.input[before.end..self.word(number).start])
    }

    fn emit(&mut self, first: usize, last: usize, kind: ColumnType, form: &[u8]) {
        self.emit_in(first, last, kind, form, None);
    }

    fn emit_in(
        &mut self,
        first: usize,
        last: usize,
        kind: ColumnType,
        form: &[u8],
        country: Option<&[u8]>,
    ) {
        let (start, end) = (self.word(first).start, self.word(last).end);
        if start >= self.floor && end - start <= MAX_SPAN {
            (self.emit)(Candidate {
                start,
                end,
                kind,
                form,
                country,
            });
        }
    }

    /// Numbers: groups of digits.
    fn numbers(&mut self, last: usize) {
        let mut number = Growing::new();
        let mut first = last;
        for _ in 0..MOST_GROUPS {
            let word = self.word(first);
            if word.has_letter || !number.prepend(self.form(first)) {
                return;
            }
            let digits = number.form();
            if has(self.wanted.digits, digits.len()) {
                self.emit(first, last, ColumnType::Digits, digits);
            }
            if self.wanted.phone != 0 && PHONE_DIGITS.contains(&digits.len()) {
                self.phones(first, last, digits);
            }
            match self.gap(first, last) {
                Some(gap) if joins(gap, MOST_MARKS) => first -= 1,
                _ => return,
            }
        }
    }

    /// The telephone numbers that groups of digits can mean.
    fn phones(&mut self, first: usize, last: usize, digits: &[u8]) {
        let start = self.word(first).start;
        let is_international = match self.byte_before(start) {
            Some(b'+') => true,
            Some(b'(') => start >= 2 && self.input[start - 2] == b'+',
            _ => false,
        };
        let trunk = is_international.then(|| self.trunk(first, last)).flatten();
        let wanted = self.wanted;
        phone_forms(
            digits,
            is_international,
            trunk,
            &wanted.countries,
            |form, country| {
                if has(wanted.phone, form.len()) {
                    self.emit_in(first, last, ColumnType::Phone, form, country);
                }
            },
        );
    }

    /// Where the digits hold a `0` in brackets, which is not dialled from abroad.
    fn trunk(&self, first: usize, last: usize) -> Option<usize> {
        let mut at = self.form(first).len();
        (first + 1..=last).find_map(|number| {
            let word = self.word(number);
            let here = at;
            at += self.form(number).len();
            let is_trunk = self.form(number) == b"0"
                && self.byte_before(word.start) == Some(b'(')
                && self.input.get(word.end) == Some(&b')');
            is_trunk.then_some(here)
        })
    }

    /// Identifiers: letters and digits, with at least one digit.
    fn identifiers(&mut self, last: usize) {
        let mut identifier = Growing::new();
        let mut has_digit = false;
        let mut first = last;
        for _ in 0..MOST_GROUPS {
            has_digit |= self.word(first).has_digit;
            if !identifier.prepend(self.form(first)) {
                return;
            }
            let form = identifier.form();
            if has_digit && has(self.wanted.alnum, form.len()) {
                self.emit(first, last, ColumnType::Alnum, form);
            }
            match self.gap(first, last) {
                Some(gap) if joins(gap, MOST_MARKS) => first -= 1,
                _ => return,
            }
        }
    }

    /// Names: words without digits, in any order.
    fn names(&mut self, last: usize) {
        let mut words: [&[u8]; MOST_NAME_WORDS] = [&[]; MOST_NAME_WORDS];
        let mut form = [0; MAX_SPAN + MOST_NAME_WORDS];
        let (mut first, mut count) = (last, 0);
        while count < self.wanted.name.min(MOST_NAME_WORDS) && !self.word(first).has_digit {
            let word = self.words.form(&self.words.words()[first]);
            let place = words[..count].partition_point(|other| *other <= word);
            words[place..=count].rotate_right(1);
            words[place] = word;
            count += 1;
            let Some(len) = join(&words[..count], &mut form) else {
                return;
            };
            self.emit(first, last, ColumnType::Name, &form[..len]);
            match self.gap(first, last) {
                Some(gap) if joins_names(gap) => first -= 1,
                _ => return,
            }
        }
    }

    /// Texts: words in their order.
    fn texts(&mut self, last: usize) {
        let mut form = [0; 2 * MAX_SPAN];
        let mut start = form.len();
        let mut first = last;
        for _ in 0..self.wanted.text.min(MOST_TEXT_WORDS) {
            let word = self.form(first);
            let Some(place) = start.checked_sub(word.len()) else {
                return;
            };
            form[place..start].copy_from_slice(word);
            self.emit(first, last, ColumnType::Text, &form[place..]);
            match self.gap(first, last) {
                Some(gap) if gap.len() <= MOST_TEXT_GAP && place > 0 => {
                    start = place - 1;
                    form[start] = b' ';
                    first -= 1;
                }
                _ => return,
            }
        }
    }

    /// Days, in all notations.
    fn dates(&mut self, last: usize) {
        let mut words: [&[u8]; Notation::MOST] = [&[]; Notation::MOST];
        let mut gaps: [&[u8]; Notation::MOST] = [&[]; Notation::MOST];
        let most = Notation::MOST;
        let mut first = last;
        for count in 1..=most {
            words[most - count] = self.words.form(&self.words.words()[first]);
            let notation = Notation {
                words: &words[most - count..],
                gaps: &gaps[most - count..most - 1],
            };
            notation.days(|day| self.emit(first, last, ColumnType::Date, &day.form()));
            let Some(gap) = first
                .checked_sub(1)
                .map(|before| &self.input[self.word(before).end..self.word(first).start])
            else {
                return;
            };
            if gap.len() > MOST_DATE_GAP || count == most || self.gap(first, last).is_none() {
                return;
            }
            gaps[most - count - 1] = match gap {
                b", " | b". " | b" de " => b" ",
                gap => gap,
            };
            first -= 1;
        }
    }

    /// E-mail addresses: what ends here, as far to the left as it goes.
    fn addresses(&mut self, last: usize) {
        let mut form = [0; 2 * MAX_SPAN];
        let mut start = form.len();
        let mut prepend = |part: &[u8], form: &mut [u8]| {
            let place = start.checked_sub(part.len())?;
            form[place..start].copy_from_slice(part);
            start = place;
            Some(())
        };
        let mut first = last;
        // The domain.
        for _ in 0..MOST_LABELS {
            if prepend(self.form(first), &mut form).is_none() {
                return;
            }
            let Some(gap) = self.gap(first, last) else {
                return;
            };
            if !matches!(gap, b"." | b"-") && gap.last() != Some(&b'@') {
                return;
            }
            let is_sign = gap.last() == Some(&b'@');
            if gap.len() > MOST_SIGN_GAP
                || !gap[..gap.len() - usize::from(is_sign)]
                    .iter()
                    .all(|byte| is_local(*byte))
                || prepend(gap, &mut form).is_none()
            {
                return;
            }
            first -= 1;
            if is_sign {
                break;
            }
        }
        // What stands before the sign.
        if !self.input[self.word(first).end..self.word(first + 1).start].ends_with(b"@") {
            return;
        }
        for count in 1..=MOST_LABELS {
            if prepend(self.form(first), &mut form).is_none() {
                return;
            }
            match self.gap(first, last) {
                Some([mark]) if is_local(*mark) && count < MOST_LABELS => {
                    let mark = [*mark];
                    if prepend(&mark, &mut form).is_none() {
                        return;
                    }
                    first -= 1;
                }
                _ => break,
            }
        }
        self.emit(first, last, ColumnType::Email, &form[start..]);
    }
}

/// The forms that digits of a telephone number can have: the country's code and what is dialled
/// behind it, with the country where that was taken for granted.
pub(super) fn phone_forms(
    digits: &[u8],
    is_international: bool,
    trunk: Option<usize>,
    countries: &[Vec<u8>],
    mut found: impl FnMut(&[u8], Option<&[u8]>),
) {
    let mut form = [0; MAX_LENGTH];
    let mut joined = |parts: [&[u8]; 2], country| {
        let (one, two) = (parts[0].len(), parts[0].len() + parts[1].len());
        if two <= MAX_LENGTH {
            form[..one].copy_from_slice(parts[0]);
            form[one..two].copy_from_slice(parts[1]);
            found(&form[..two], country);
        }
    };
    if is_international {
        if let Some(at) = trunk {
            joined([&digits[..at], &digits[at + 1..]], None);
        }
        joined([digits, &[]], None);
    } else if let Some(rest) = digits.strip_prefix(b"00") {
        joined([rest, &[]], None);
    } else {
        for country in countries {
            if let Some(rest) = digits.strip_prefix(b"0") {
                joined([country, rest], Some(country));
            }
            joined([country, digits], Some(country));
        }
        joined([digits, &[]], None);
    }
}

/// Writes words with a space between them; returns the length.
pub(super) fn join(words: &[&[u8]], form: &mut [u8]) -> Option<usize> {
    let mut len = 0;
    for (number, word) in words.iter().enumerate() {
        if number > 0 {
            *form.get_mut(len)? = b' ';
            len += 1;
        }
        form.get_mut(len..len + word.len())?.copy_from_slice(word);
        len += word.len();
    }
    Some(len)
}

/// Bytes that may stand in an e-mail address before the sign, besides letters and digits (the usual
/// ones of RFC 5321).
fn is_local(byte: u8) -> bool {
    matches!(byte, b'.' | b'_' | b'-' | b'+' | b'%' | b'\'')
}

/// Whether groups of a number with this between them are one number.
fn joins(gap: &[u8], most: usize) -> bool {
    chars_are(gap, most, |char| {
        matches!(char, ' ' | '-' | '.' | '/' | '_' | '(' | ')') || is_wide_mark(char)
    })
}

/// Whether words with this between them can be one name.
fn joins_names(gap: &[u8]) -> bool {
    chars_are(gap, MOST_NAME_MARKS, |char| {
        matches!(
            char,
            ' ' | '-' | '.' | ',' | '_' | '\'' | '\t' | '\r' | '\n' | '，' | '・' | '·'
        ) || is_wide_mark(char)
    })
}

/// Spaces and dashes outside of ASCII.
fn is_wide_mark(char: char) -> bool {
    matches!(char,
        '\u{A0}' | '\u{2000}'..='\u{200A}' | '\u{2010}'..='\u{2015}' | '\u{202F}' | '\u{2212}'
        | '\u{3000}' | '\u{FF0D}' | '\u{FF0F}' | '\u{FF0E}' | '\u{FF08}' | '\u{FF09}')
}

fn chars_are(gap: &[u8], most: usize, is_mark: impl Fn(char) -> bool) -> bool {
    match gap {
        [] => true,
        [byte] => is_mark(char::from(*byte)),
        _ if gap.len() > 4 * most => false,
        _ => std::str::from_utf8(gap)
            .is_ok_and(|gap| gap.chars().count() <= most && gap.chars().all(is_mark)),
    }
}
