//! A text's words, one after the other.

use std::ops::Range;

use super::fold::{Fold, Length, fold, previous};

/// Longest word that is compared with anything, in bytes of the text. A longer run is no word:
/// encoded data would otherwise be held and hashed for nothing.
pub(crate) const MAX_WORD: usize = 64;
/// Longest run of characters within a word that are not seen, in bytes; a longer one separates. A
/// word whose end waits for more input is held, so its end must not be far.
const MAX_UNSEEN: usize = 64;
/// Bytes before the place where reading starts that it may look at.
pub(crate) const CONTEXT: usize = MAX_UNSEEN + 8;

/// A maximal run of letters and digits, or one character of a script without spaces.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Word {
    /// Offset of its first byte in the input.
    pub(crate) start: usize,
    /// Offset behind its last byte.
    pub(crate) end: usize,
    /// Where its folded form starts in the buffer that it is read to.
    form: u32,
    form_end: u32,
    /// Whether it holds a letter.
    pub(crate) has_letter: bool,
    /// Whether it holds an ASCII digit, after folding.
    pub(crate) has_digit: bool,
}

/// Words that were read, and the buffer with their folded forms.
#[derive(Clone, Debug, Default)]
pub(crate) struct Words {
    words: Vec<Word>,
    forms: Vec<u8>,
}

impl Word {
    /// Where its folded form stands in [`Words::forms`].
    #[inline]
    pub(crate) fn form(&self) -> Range<usize> {
        self.form as usize..self.form_end as usize
    }
}

impl Words {
    /// The words.
    pub(crate) fn words(&self) -> &[Word] {
        &self.words
    }

    /// The folded form of a word: UTF-8.
    pub(crate) fn form(&self, word: &Word) -> &[u8] {
        &self.forms[word.form()]
    }

    /// The folded forms of all words.
    pub(crate) fn forms(&self) -> &[u8] {
        &self.forms
    }

    /// Bytes of memory held.
    pub(crate) fn bytes(&self) -> usize {
        self.words.capacity() * size_of::<Word>() + self.forms.capacity()
    }

    /// Reads the next words from `from` on, at most `most` of them, in place of those read before.
    /// Returns where reading goes on. With `more` to come behind the input, a word that may still
    /// grow is left, unless it is too long to be one.
    ///
    /// Reading may start anywhere: what is left of a word that began before `from` is skipped. For
    /// that it looks at no more than [`CONTEXT`] bytes before `from`.
    pub(crate) fn read(&mut self, input: &[u8], from: usize, more: bool, most: usize) -> usize {
        self.words.clear();
        self.forms.clear();
        let mut at = from;
        if let Some(unseen) = inside(input, from) {
            at = self.skip_run(input, from, unseen);
            self.forms.clear();
        }
        while at < input.len() {
            let byte = input[at];
            if byte < 0x80 && !byte.is_ascii_alphanumeric() {
                at += 1;
                continue;
            }
            if self.words.len() == most {
                return at;
            }
            match self.read_word(input, at) {
                Read::Word(end) if more && may_grow(input, end) => {
                    let word = self.words.pop().expect("a word was read");
                    return word.start;
                }
                Read::Open if more => return at,
                Read::Word(end) | Read::Long(end) | Read::Separator(end) => at = end,
                Read::Open => at += 1,
            }
        }
        at
    }

    /// Reads what starts at `at`.
    fn read_word(&mut self, input: &[u8], at: usize) -> Read {
        let form = self.forms.len();
        // ASCII letters and digits are nearly all there is.
        let ascii = self.read_ascii(input, at);
        let mut end = at + ascii.len;
        let next = input.get(end);
        if end == at || next.is_some_and(|&byte| byte >= 0x80 || byte == b'\'') {
            if end == at && cut_character(input, at) {
                return Read::Open;
            }
            let (kind, len) = if end == at {
                fold(input, at, &mut self.forms)
            } else {
                (Fold::Word, 0)
            };
            match kind {
                Fold::Word => end = self.skip_run(input, end + len, 0),
                Fold::Alone => end += len,
                Fold::Nothing | Fold::Apostrophe | Fold::Separator => {
                    return Read::Separator(at + len);
                }
            }
        }
        if end - at > MAX_WORD {
            self.forms.truncate(form);
            return Read::Long(end);
        }
        let (mut has_digit, mut has_letter) = (ascii.has_digit, ascii.has_letter);
        for &byte in &self.forms[form + ascii.len..] {
            has_digit |= byte.is_ascii_digit();
            has_letter |= !byte.is_ascii_digit();
        }
        self.words.push(Word {
            start: at,
            end,
            form: form as u32,
            form_end: self.forms.len() as u32,
            has_letter,
            has_digit,
        });
        Read::Word(end)
    }

    /// Reads ASCII letters and digits from `at` on, eight at a time.
    #[inline]
    fn read_ascii(&mut self, input: &[u8], at: usize) -> Ascii {
        let form = self.forms.len();
        let mut ascii = Ascii::default();
        loop {
            let rest = &input[at + ascii.len..];
            let block = match rest.first_chunk() {
                Some(block) => u64::from_le_bytes(*block),
                None => u64::from_le_bytes(std::array::from_fn(|i| {
                    rest.get(i).copied().unwrap_or_default()
                })),
            };
            let (letters, digits) = letters_and_digits(block);
            let run = (!(letters | digits) & HIGH).trailing_zeros();
            let inside = 1u64.checked_shl(run).map_or(u64::MAX, |bit| bit - 1);
            ascii.has_letter |= letters & inside != 0;
            ascii.has_digit |= digits & inside != 0;
            ascii.len += (run / 8) as usize;
            // The lower case of a letter has this bit, and so have the digits.
            let lower = (block | (LOW * 0x20)).to_le_bytes();
            self.forms.extend_from_slice(&lower);
            if run < 64 {
                self.forms.truncate(form + ascii.len);
                return ascii;
            }
        }
    }

    /// Reads on in a run of word characters, and returns where it ends. The last bytes before `from`
    /// are not seen, so many of them.
    fn skip_run(&mut self, input: &[u8], from: usize, mut unseen: usize) -> usize {
        let (mut at, mut end) = (from, from);
        while at < input.len() {
            let form = self.forms.len();
            let (kind, len) = fold(input, at, &mut self.forms);
            match kind {
                Fold::Word => {
                    at += len;
                    end = at;
                    unseen = 0;
                }
                Fold::Nothing => {
                    at += len;
                    unseen += len;
                    if unseen > MAX_UNSEEN {
                        break;
                    }
                }
                Fold::Apostrophe if is_word(input, at + len) => at += len,
                Fold::Alone => {
                    // The character is the next word, and its form was added to this one.
                    self.forms.truncate(form);
                    break;
                }
                Fold::Apostrophe | Fold::Separator => break,
            }
        }
        end
    }
}

/// A run of ASCII letters and digits.
#[derive(Clone, Copy, Default)]
struct Ascii {
    len: usize,
    has_letter: bool,
    has_digit: bool,
}

/// The lowest and the highest bit of each byte.
const LOW: u64 = 0x0101_0101_0101_0101;
const HIGH: u64 = LOW * 0x80;

/// The highest bit of each byte that is an ASCII letter, and of each that is an ASCII digit.
#[inline]
fn letters_and_digits(block: u64) -> (u64, u64) {
    let ascii = !block & HIGH;
    let low = block & !HIGH;
    // Below 0x80 in every byte, so nothing is carried into the next.
    let at_least = |bytes: u64, byte: u8| bytes + LOW * u64::from(0x80 - byte);
    let lower = low | (LOW * 0x20);
    let letters = at_least(lower, b'a') & !at_least(lower, b'z' + 1) & ascii;
    let digits = at_least(low, b'0') & !at_least(low, b'9' + 1) & ascii;
    (letters, digits)
}

/// What was read at a place.
enum Read {
    /// A word, and where it ends.
    Word(usize),
    /// A run that is too long to be a word, and where it ends.
    Long(usize),
    /// No word, and where it ends.
    Separator(usize),
    /// The beginning of a character.
    Open,
}

/// Whether a word that ends here may go on behind the end of the input.
fn may_grow(input: &[u8], end: usize) -> bool {
    let mut at = end;
    while at < input.len() {
        if cut_character(input, at) {
            return true;
        }
        match fold(input, at, &mut Length(0)) {
            (Fold::Nothing, len) => {
                at += len;
                if at - end > MAX_UNSEEN {
                    return false;
                }
            }
            (Fold::Apostrophe, len) => {
                return at + len >= input.len() || cut_character(input, at + len);
            }
            _ => return false,
        }
    }
    true
}

/// Whether a character starts here whose rest has not come.
fn cut_character(input: &[u8], at: usize) -> bool {
    let Some(&lead) = input.get(at) else {
        return false;
    };
    let len = match lead {
        0xC2..=0xDF => 2,
        0xE0..=0xEF => 3,
        0xF0..=0xF4 => 4,
        _ => return false,
    };
    at + len > input.len() && input[at + 1..].iter().all(|byte| byte & 0xC0 == 0x80)
}

fn is_word(input: &[u8], at: usize) -> bool {
    at < input.len() && fold(input, at, &mut Length(0)).0 == Fold::Word
}

/// Whether the place lies inside a run of word characters: how many bytes before it are not seen.
fn inside(input: &[u8], at: usize) -> Option<usize> {
    let (mut place, mut end) = (at, at);
    while let Some((kind, start)) = previous(input, place) {
        match kind {
            Fold::Word if end == at => return Some(at - place),
            // An apostrophe stands between.
            Fold::Word => return is_word(input, at).then_some(0),
            Fold::Nothing if end - start <= MAX_UNSEEN => place = start,
            Fold::Apostrophe if place == at => (place, end) = (start, start),
            Fold::Nothing | Fold::Alone | Fold::Apostrophe | Fold::Separator => return None,
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXTS: &[&str] = &[
        "The O\u{2019}Brien's e-mail, don't 'quote' it's",
        "Grüße aus Łódź: co\u{00AD}op a\u{00AD}",
        "東京都 Tokyo東京x １２３",
        "a'\u{00AD}b c'' d'e'f",
        "0123456789012345678901234567890123456789012345678901234567890123456789'x y",
        "éééééééééééééééééééééééééééééééééééééééé z",
        "a\u{AD}'b a'\u{200B}b 01234567\u{AD}89éa1234567 ABCDEFGHIJKLMNOP",
        "",
        " ",
    ];

    /// The texts, and some in which characters that are not seen stand in a row.
    fn texts() -> Vec<String> {
        let rows = [31, 32, 33, 64, 65, 80].map(|row| {
            let (row, long) = ("\u{AD}".repeat(row), "é".repeat(33));
            format!("a{row}b {long}{row}d{row}'e f{row} g'{row}h")
        });
        let texts = TEXTS.iter().map(|text| (*text).to_owned());
        texts.chain(rows).collect()
    }

    fn read(input: &[u8], from: usize) -> Vec<(usize, usize, Vec<u8>)> {
        let mut words = Words::default();
        assert_eq!(words.read(input, from, false, usize::MAX), input.len());
        let form = |word: &Word| (word.start, word.end, words.form(word).to_vec());
        words.words().iter().map(form).collect()
    }

    fn forms(text: &str) -> Vec<String> {
        let forms = read(text.as_bytes(), 0).into_iter();
        forms
            .map(|(.., form)| String::from_utf8(form).unwrap())
            .collect()
    }

    #[test]
    fn words_are_read_in_their_folded_form() {
        assert_eq!(
            forms(TEXTS[0]),
            ["the", "obriens", "e", "mail", "dont", "quote", "its"]
        );
        assert_eq!(forms(TEXTS[1]), ["grusse", "aus", "lodz", "coop", "a"]);
        assert_eq!(
            forms(TEXTS[2]),
            ["東", "京", "都", "tokyo", "東", "京", "x", "123"]
        );
        assert_eq!(forms(TEXTS[3]), ["a", "b", "c", "def"]);
        assert_eq!(forms("d'e\u{301}te\u{301}'s"), ["detes"]);
        assert_eq!(forms(TEXTS[4]), ["y"]);
        assert_eq!(forms(TEXTS[5]), ["z"]);
    }

    #[test]
    fn letters_and_digits_are_told_in_every_place() {
        for byte in 0..=u8::MAX {
            for place in 0..8 {
                for around in [0x00, b'a', b'9', 0xff] {
                    let mut block = [around; 8];
                    block[place] = byte;
                    let (letters, digits) = letters_and_digits(u64::from_le_bytes(block));
                    for (i, &byte) in block.iter().enumerate() {
                        let bit = 0x80 << (8 * i);
                        assert_eq!(letters & bit != 0, byte.is_ascii_alphabetic());
                        assert_eq!(digits & bit != 0, byte.is_ascii_digit());
                    }
                    assert_eq!((letters | digits) & !HIGH, 0);
                }
            }
        }
    }

    #[test]
    fn pieces_hold_the_words_of_the_whole() {
        for text in texts() {
            let input = text.as_bytes();
            for cut in 0..=input.len() {
                for most in [1, 3, usize::MAX] {
                    let mut words = Words::default();
                    let mut found = Vec::new();
                    let mut at = 0;
                    for (end, more) in [(cut, true), (input.len(), false)] {
                        loop {
                            let next = words.read(&input[..end], at, more, most);
                            for word in words.words() {
                                found.push((word.start, word.end, words.form(word).to_vec()));
                            }
                            assert!(next >= at);
                            let stuck = words.words().len() < most;
                            let held = end - next;
                            assert!(!more || !stuck || held <= MAX_WORD + MAX_UNSEEN + 4);
                            at = next;
                            if stuck {
                                break;
                            }
                        }
                    }
                    assert_eq!(found, read(input, 0), "{text} cut at {cut}");
                }
            }
        }
    }

    #[test]
    fn reading_may_start_anywhere() {
        for text in texts() {
            let input = text.as_bytes();
            let whole = read(input, 0);
            for from in (0..=input.len()).filter(|&from| text.is_char_boundary(from)) {
                let rest: Vec<_> = whole
                    .iter()
                    .filter(|(start, ..)| *start >= from)
                    .cloned()
                    .collect();
                assert_eq!(read(input, from), rest, "{text} from {from}");
                let base = from.saturating_sub(CONTEXT);
                let rest: Vec<_> = rest
                    .into_iter()
                    .map(|(start, end, form)| (start - base, end - base, form))
                    .collect();
                assert_eq!(
                    read(&input[base..], from - base),
                    rest,
                    "{text} from {from}"
                );
            }
        }
    }
}
