//! A text's words, one after the other.

use super::fold::{Fold, fold, previous};

/// Longest word that is compared with anything, in bytes of the text. A longer run is no word:
/// encoded data would otherwise be held and hashed for nothing.
pub(crate) const MAX_WORD: usize = 64;

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

impl Words {
    /// The words.
    pub(crate) fn words(&self) -> &[Word] {
        &self.words
    }

    /// The folded form of a word: UTF-8.
    pub(crate) fn form(&self, word: &Word) -> &[u8] {
        &self.forms[word.form as usize..word.form_end as usize]
    }

    /// Bytes of memory held.
    pub(crate) fn bytes(&self) -> usize {
        self.words.capacity() * size_of::<Word>() + self.forms.capacity()
    }

    /// Reads the next words from `from` on, at most `most` of them, in place of those read before.
    /// Returns where reading goes on. With `more` to come behind the input, a word that may still
    /// grow is left, unless it is too long to be one.
    ///
    /// Reading may start anywhere: what is left of a word that began before `from` is skipped.
    pub(crate) fn read(&mut self, input: &[u8], from: usize, more: bool, most: usize) -> usize {
        self.words.clear();
        self.forms.clear();
        let mut at = from;
        if is_inside(input, from) {
            at = self.skip_run(input, from);
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
        let mut end = at;
        // ASCII letters and digits are nearly all there is.
        while let Some(&byte) = input.get(end)
            && byte.is_ascii_alphanumeric()
        {
            self.forms.push(byte.to_ascii_lowercase());
            end += 1;
        }
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
                Fold::Word => end = self.skip_run(input, end + len),
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
        let folded = &self.forms[form..];
        let has_digit = folded.iter().any(u8::is_ascii_digit);
        let has_letter = folded.iter().any(|byte| !byte.is_ascii_digit());
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

    /// Reads on in a run of word characters, and returns where it ends.
    fn skip_run(&mut self, input: &[u8], from: usize) -> usize {
        let (mut at, mut end) = (from, from);
        while at < input.len() {
            let (kind, len) = fold(input, at, &mut self.forms);
            match kind {
                Fold::Word => {
                    at += len;
                    end = at;
                }
                Fold::Nothing => at += len,
                Fold::Apostrophe if at == end && is_word(input, at + len) => at += len,
                Fold::Alone => {
                    // The character is the next word, and its form was added to this one.
                    let form = fold_len(input, at);
                    self.forms.truncate(self.forms.len() - form);
                    break;
                }
                Fold::Apostrophe | Fold::Separator => break,
            }
        }
        end
    }
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
        match fold(input, at, &mut Vec::new()) {
            (Fold::Nothing, len) => at += len,
            (Fold::Apostrophe, len) if at == end => {
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
    at < input.len() && fold(input, at, &mut Vec::new()).0 == Fold::Word
}

fn fold_len(input: &[u8], at: usize) -> usize {
    let mut form = Vec::new();
    fold(input, at, &mut form);
    form.len()
}

/// Whether the place lies inside a run of word characters.
fn is_inside(input: &[u8], at: usize) -> bool {
    let mut place = at;
    let mut apostrophe = false;
    while let Some((kind, start)) = previous(input, place) {
        match kind {
            Fold::Word => return !apostrophe || is_word(input, at),
            Fold::Nothing => place = start,
            Fold::Apostrophe if place == at => {
                place = start;
                apostrophe = true;
            }
            Fold::Alone | Fold::Apostrophe | Fold::Separator => return false,
        }
    }
    false
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
        "",
        " ",
    ];

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
        assert_eq!(forms(TEXTS[4]), ["y"]);
        assert_eq!(forms(TEXTS[5]), ["z"]);
    }

    #[test]
    fn pieces_hold_the_words_of_the_whole() {
        for text in TEXTS {
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
        for text in TEXTS {
            let input = text.as_bytes();
            let whole = read(input, 0);
            for from in (0..=input.len()).filter(|&from| text.is_char_boundary(from)) {
                let rest: Vec<_> = whole
                    .iter()
                    .filter(|(start, ..)| *start >= from)
                    .cloned()
                    .collect();
                assert_eq!(read(input, from), rest, "{text} from {from}");
            }
        }
    }
}
