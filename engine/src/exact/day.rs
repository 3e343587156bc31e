//! Days, in any common notation, to one form: eight digits, year, month, day.

/// First letters of the months' names, folded, as they are written in English, German, French,
/// Spanish, Italian, Portuguese, Dutch, Danish, Norwegian and Swedish, with the usual short forms.
/// Sources: the languages' locale data in the Unicode CLDR.
const MONTHS: [&[&str]; 12] = [
    &[
        "jan", "january", "januar", "janner", "janvier", "janv", "enero", "ene", "gennaio", "gen",
        "janeiro", "januari",
    ],
    &[
        "feb",
        "february",
        "februar",
        "fevrier",
        "fevr",
        "febrero",
        "febbraio",
        "fevereiro",
        "fev",
        "februari",
    ],
    &[
        "mar", "march", "marz", "mars", "marzo", "marco", "maart", "mrt", "marts",
    ],
    &["apr", "april", "avril", "avr", "abril", "abr", "aprile"],
    &["may", "mai", "mayo", "maggio", "mag", "maio", "mei", "maj"],
    &[
        "jun", "june", "juni", "juin", "junio", "giugno", "giu", "junho",
    ],
    &[
        "jul", "july", "juli", "juillet", "juil", "julio", "luglio", "lug", "julho",
    ],
    &[
        "aug", "august", "aout", "agosto", "ago", "augustus", "augusti",
    ],
    &[
        "sep",
        "sept",
        "september",
        "septembre",
        "septiembre",
        "settembre",
        "set",
        "setembro",
    ],
    &[
        "oct", "october", "okt", "oktober", "octobre", "octubre", "ottobre", "ott", "outubro",
        "out",
    ],
    &["nov", "november", "novembre", "noviembre", "novembro"],
    &[
        "dec",
        "december",
        "dez",
        "dezember",
        "decembre",
        "diciembre",
        "dic",
        "dicembre",
        "dezembro",
        "des",
        "desember",
    ],
];

/// The notations of a day that words can be: the words, and what stands between them.
const MOST_WORDS: usize = 6;

/// A day of the years 1900 to 2099.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Day {
    year: u32,
    month: u32,
    of_month: u32,
}

impl Day {
    fn new(year: u32, month: u32, day: u32) -> Option<Self> {
        let last = match month {
            2 if year.is_multiple_of(4)
                && (!year.is_multiple_of(100) || year.is_multiple_of(400)) =>
            {
                29
            }
            2 => 28,
            4 | 6 | 9 | 11 => 30,
            1..=12 => 31,
            _ => return None,
        };
        ((1900..2100).contains(&year) && (1..=last).contains(&day)).then_some(Self {
            year,
            month,
            of_month: day,
        })
    }

    /// Year, month and day as eight digits.
    pub(crate) fn form(self) -> [u8; 8] {
        let mut number = self.year * 10_000 + self.month * 100 + self.of_month;
        let mut form = [0; 8];
        for digit in form.iter_mut().rev() {
            *digit = b'0' + (number % 10) as u8;
            number /= 10;
        }
        form
    }
}

/// Words that may be a day, in order, with what stands between them.
pub(crate) struct Notation<'a> {
    /// Folded words, at most six.
    pub(crate) words: &'a [&'a [u8]],
    /// The bytes between one word and the next.
    pub(crate) gaps: &'a [&'a [u8]],
}

impl Notation<'_> {
    /// Most words of a notation.
    pub(crate) const MOST: usize = MOST_WORDS;

    /// The days that the words can mean: with the day first and with the month first, in this or the
    /// last century where the year has two digits. The likelier comes first: the month where slashes
    /// stand between, the day otherwise.
    pub(crate) fn days(&self, mut found: impl FnMut(Day)) {
        let numbers = |at: usize| self.words.get(at).and_then(|word| number(word));
        match self.words {
            [word] if word.len() == 8 => {
                if let Some(all) = numbers(0).filter(|_| word.iter().all(u8::is_ascii_digit)) {
                    let day = Day::new(all / 10_000, all / 100 % 100, all % 100);
                    day.into_iter().for_each(&mut found);
                }
            }
            [first, second, third] => {
                if let Some(month) = month(second) {
                    if let Some(day) = ordinal(first) {
                        years(third, |year| {
                            Day::new(year, month, day).into_iter().for_each(&mut found);
                        });
                    }
                } else if let Some(month) = month(first) {
                    if let Some(day) = ordinal(second) {
                        years(third, |year| {
                            Day::new(year, month, day).into_iter().for_each(&mut found);
                        });
                    }
                } else if self.gaps[0] == self.gaps[1] && is_mark(self.gaps[0]) {
                    let (Some(one), Some(two)) = (numbers(0), numbers(1)) else {
                        return;
                    };
                    if first.len() == 4 {
                        // What follows the day may be a time: `2024-03-15T10:00`.
                        let end = third
                            .iter()
                            .position(|&byte| byte == b't')
                            .unwrap_or(third.len());
                        if let Some(day) = number(&third[..end]) {
                            Day::new(one, two, day).into_iter().for_each(found);
                        }
                        return;
                    }
                    if first.len() > 2 || second.len() > 2 {
                        return;
                    }
                    let month_first = self.gaps[0] == b"/";
                    years(third, |year| {
                        let (day, month) = if month_first { (two, one) } else { (one, two) };
                        Day::new(year, month, day).into_iter().for_each(&mut found);
                        if day != month {
                            Day::new(year, day, month).into_iter().for_each(&mut found);
                        }
                    });
                }
            }
            [year, y, month, m, day, d]
                if [y, m, d].map(|word| std::str::from_utf8(word))
                    == [Ok("年"), Ok("月"), Ok("日")] =>
            {
                if let (Some(year), Some(month), Some(day)) =
                    (number(year), number(month), number(day))
                {
                    Day::new(year, month, day).into_iter().for_each(found);
                }
            }
            _ => {}
        }
    }
}

/// Whether this stands between the numbers of a day.
fn is_mark(gap: &[u8]) -> bool {
    matches!(gap, b"-" | b"." | b"/" | b" " | b". ")
}

fn number(word: &[u8]) -> Option<u32> {
    let digits = (1..=8).contains(&word.len()) && word.iter().all(u8::is_ascii_digit);
    digits.then(|| {
        word.iter()
            .fold(0, |all, digit| all * 10 + u32::from(digit - b'0'))
    })
}

/// A day of a month, also as `15th`.
fn ordinal(word: &[u8]) -> Option<u32> {
    let end = word
        .iter()
        .position(|byte| !byte.is_ascii_digit())
        .unwrap_or(word.len());
    let (digits, rest) = word.split_at(end);
    (digits.len() <= 2 && matches!(rest, b"" | b"st" | b"nd" | b"rd" | b"th" | b"er"))
        .then(|| number(digits))?
}

/// The years that a word can mean.
fn years(word: &[u8], mut found: impl FnMut(u32)) {
    let end = word
        .iter()
        .position(|&byte| byte == b't')
        .unwrap_or(word.len());
    let word = &word[..end];
    match (word.len(), number(word)) {
        (4, Some(year)) => found(year),
        (2, Some(year)) => {
            found(2000 + year);
            found(1900 + year);
        }
        _ => {}
    }
}

fn month(word: &[u8]) -> Option<u32> {
    if word.len() < 3 || word[0].is_ascii_digit() {
        return None;
    }
    let found = MONTHS
        .iter()
        .position(|names| names.iter().any(|name| name.as_bytes() == word));
    found.map(|month| month as u32 + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn days(words: &[&str], gap: &str) -> Vec<String> {
        let words: Vec<&[u8]> = words.iter().map(|word| word.as_bytes()).collect();
        let gaps = vec![gap.as_bytes(); words.len().saturating_sub(1)];
        let mut found = Vec::new();
        let notation = Notation {
            words: &words,
            gaps: &gaps,
        };
        notation.days(|day| found.push(String::from_utf8(day.form().to_vec()).unwrap()));
        found
    }

    #[test]
    fn notations_have_one_form() {
        for (words, gap) in [
            (&["2024", "03", "15"][..], "-"),
            (&["15", "3", "2024"], "."),
            (&["3", "15", "2024"], "/"),
            (&["15", "march", "2024"], " "),
            (&["15th", "mar", "2024"], " "),
            (&["march", "15", "2024"], " "),
            (&["15", "marz", "2024"], " "),
            (&["20240315"], ""),
            (&["2024", "03", "15t10"], "-"),
            (&["2024", "年", "3", "月", "15", "日"], ""),
        ] {
            assert_eq!(days(words, gap), ["20240315"], "{words:?}");
        }
    }

    #[test]
    fn what_is_ambiguous_means_both() {
        assert_eq!(days(&["03", "04", "2024"], "/"), ["20240304", "20240403"]);
        assert_eq!(days(&["03", "04", "2024"], "."), ["20240403", "20240304"]);
        assert_eq!(days(&["15", "3", "24"], "."), ["20240315", "19240315"]);
    }

    #[test]
    fn no_day_is_none() {
        assert!(days(&["2023", "02", "29"], "-").is_empty());
        assert_eq!(days(&["2024", "02", "29"], "-"), ["20240229"]);
        assert!(days(&["15", "13", "2024"], "-").is_empty());
        assert!(days(&["15", "3", "2024"], ":").is_empty());
        assert!(days(&["marching", "3", "2024"], " ").is_empty());
        assert!(days(&["99999999"], "").is_empty());
    }
}
