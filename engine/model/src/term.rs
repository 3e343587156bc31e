//! The terms of a dictionary: what a list and a file of them say.

use std::ops::Range;

use crate::{DictionaryDetector, Place};

/// Greatest weight of a term.
pub const MAX_TERM_WEIGHT: u32 = 1_000_000;

/// One term of a dictionary of words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Term<'d> {
    /// The term as it is written.
    pub text: &'d str,
    /// What an occurrence adds; `None` where what stands behind the tab is no weight.
    pub weight: Option<u32>,
    /// The line that it is written on, as bytes of the file; `None` for one of the list.
    pub line: Option<Range<usize>>,
}

impl DictionaryDetector {
    /// The terms of a dictionary of words: those of the list, then those of the file. In both a tab
    /// parts a term from its weight. In a file empty lines and those that start with `#` say nothing.
    ///
    /// ```
    /// use sluicegate_model::{DictionaryDetector, Matching, Source};
    /// let mut names = DictionaryDetector::new(["Acme Corporation"]);
    /// names.matching = Matching::Words;
    /// names.file = Some(Source::new("names.txt", "# More.\n東京都庁\t5\n"));
    /// let weights: Vec<_> = names.words().map(|term| (term.text, term.weight)).collect();
    /// assert_eq!(weights, [("Acme Corporation", Some(1)), ("東京都庁", Some(5))]);
    /// ```
    pub fn words(&self) -> impl Iterator<Item = Term<'_>> {
        let listed = self.terms.iter().map(|term| self.term(term, None));
        let text = self.file.as_ref().map_or("", |file| file.text());
        let written = lines(text).map(|(line, span)| self.term(line, Some(span)));
        listed.chain(written)
    }

    /// Where a term is written, as far as that is known.
    pub fn place_of(&self, term: &Term<'_>) -> Option<Place> {
        match (&term.line, &self.file) {
            (Some(line), Some(file)) => Some(Place {
                source: file.clone(),
                span: line.clone(),
            }),
            _ => self.place.clone(),
        }
    }

    fn term<'d>(&self, written: &'d str, line: Option<Range<usize>>) -> Term<'d> {
        let (text, weight) = match written.rsplit_once('\t') {
            Some((text, weight)) => {
                let weight = weight.trim().parse().ok();
                (text, weight.filter(|&weight| weight <= MAX_TERM_WEIGHT))
            }
            None => (written, Some(self.weight)),
        };
        Term { text, weight, line }
    }
}

/// The lines of a file that hold a term, each with its bytes.
pub(crate) fn lines(text: &str) -> impl Iterator<Item = (&str, Range<usize>)> {
    let mut at = 0;
    text.split_inclusive('\n').filter_map(move |whole| {
        let start = at;
        at += whole.len();
        let mark = if start == 0 { "\u{feff}" } else { "" };
        let line = whole.trim_end_matches(['\n', '\r']);
        let start = start + (line.len() - line.trim_start_matches(mark).len());
        let line = line.strip_prefix(mark).unwrap_or(line);
        let says = !line.trim().is_empty() && !line.starts_with('#');
        says.then(|| (line, start..start + line.len()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Source;

    #[test]
    fn lines_are_terms_with_weights_and_places() {
        let mut dictionary = DictionaryDetector::new(["a b\t3", "c\t", "d\t1000001", "e"]);
        dictionary.weight = 7;
        let text = "\u{feff}f g\t2\r\n\n# no\n  \nh\t0\n#\ti";
        dictionary.file = Some(Source::new("terms", text));
        let terms: Vec<_> = dictionary.words().collect();
        let said: Vec<_> = terms.iter().map(|term| (term.text, term.weight)).collect();
        let expected = [
            ("a b", Some(3)),
            ("c", None),
            ("d", None),
            ("e", Some(7)),
            ("f g", Some(2)),
            ("h", Some(0)),
        ];
        assert_eq!(said, expected);
        let place = |term: &Term<'_>| {
            let place = dictionary.place_of(term)?;
            Some((place.source.line_at(place.span.start).0, &text[place.span]))
        };
        assert_eq!(place(&terms[3]), None);
        assert_eq!(place(&terms[4]), Some((1, "f g\t2")));
        assert_eq!(place(&terms[5]), Some((5, "h\t0")));
    }
}
