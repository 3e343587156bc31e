//! Dictionaries of words in the reference: the definition, word for word.
//!
//! The words are those of the input in their folded form. At each word, from left to right, the
//! longest term that stands there is tried; where it is accepted, the search goes on behind it.

use std::collections::BTreeMap;

use sluicegate_model::DictionaryDetector;

use crate::limits;
use crate::text::Words;

/// A dictionary of words.
#[derive(Debug)]
pub(super) struct Terms {
    /// The words of each term, with its weight.
    terms: BTreeMap<Vec<Vec<u8>>, u32>,
    dictionary: DictionaryDetector,
}

/// An occurrence that was accepted, and what its context says of it.
struct Occurrence {
    start: usize,
    end: usize,
    confidence: u8,
    words: Vec<Vec<u8>>,
}

fn words(text: &[u8]) -> Vec<(usize, usize, Vec<u8>)> {
    let mut words = Words::default();
    words.read(text, 0, false, usize::MAX);
    let list = words.words().iter();
    list.map(|word| (word.start, word.end, words.form(word).to_vec()))
        .collect()
}

impl Terms {
    pub(super) fn new(dictionary: &DictionaryDetector) -> Self {
        let mut terms = BTreeMap::new();
        for term in dictionary.words() {
            let forms: Vec<Vec<u8>> = words(term.text.as_bytes())
                .into_iter()
                .map(|(.., form)| form)
                .collect();
            let weight = terms.entry(forms).or_insert(0);
            *weight = term.weight.unwrap_or(0).max(*weight);
        }
        Self {
            terms,
            dictionary: dictionary.clone(),
        }
    }

    /// The occurrences in an input, as spans with a confidence, or groups of them. `accepts` tells
    /// whether validators and exclusions let a span pass, `confidence` what its context says.
    pub(super) fn find(
        &self,
        input: &[u8],
        accepts: impl Fn(&[u8]) -> bool,
        confidence: impl Fn((usize, usize)) -> Option<u8>,
    ) -> Vec<(usize, usize, u8)> {
        let list = words(input);
        let mut found = Vec::new();
        let mut at = 0;
        while at < list.len() {
            let most = (list.len() - at).min(limits::MAX_TERM_WORDS as usize);
            let longest = (1..=most).rev().find(|&count| {
                let words = &list[at..at + count];
                let near = words
                    .windows(2)
                    .all(|pair| pair[1].0 - pair[0].1 <= limits::MAX_TERM_GAP as usize);
                near && self.terms.contains_key(&forms(words))
            });
            let Some(count) = longest else {
                at += 1;
                continue;
            };
            let words = &list[at..at + count];
            let (start, end) = (words[0].0, words[count - 1].1);
            if !accepts(&input[start..end]) {
                at += 1;
                continue;
            }
            found.extend(confidence((start, end)).map(|confidence| Occurrence {
                start,
                end,
                confidence,
                words: forms(words),
            }));
            at += count;
        }
        if self.dictionary.has_thresholds() {
            return self.groups(found);
        }
        let spans = found.iter();
        spans
            .map(|found| (found.start, found.end, found.confidence))
            .collect()
    }

    /// The groups of occurrences that reach a threshold.
    fn groups(&self, mut found: Vec<Occurrence>) -> Vec<(usize, usize, u8)> {
        let dictionary = &self.dictionary;
        let within = dictionary.within as usize;
        // What is longer than a group may be is in none.
        found.retain(|occurrence| occurrence.end - occurrence.start <= within);
        let mut groups = Vec::new();
        let mut first = 0;
        while first < found.len() {
            let start = found[first].start;
            let group: Vec<&Occurrence> = found[first..]
                .iter()
                .take_while(|occurrence| occurrence.end <= start + within)
                .collect();
            let mut counted: Vec<&Vec<Vec<u8>>> = group.iter().map(|found| &found.words).collect();
            if dictionary.unique {
                counted.sort();
                counted.dedup();
            }
            let weight: u64 = counted
                .iter()
                .map(|words| u64::from(self.terms[*words]))
                .sum();
            let is_heavy = dictionary
                .threshold
                .is_some_and(|threshold| weight >= threshold.into());
            let is_many = dictionary
                .count
                .is_some_and(|count| counted.len() >= count as usize);
            if is_heavy || is_many {
                let confidence = group.iter().map(|found| found.confidence).max();
                let end = group[group.len() - 1].end;
                groups.push((start, end, confidence.unwrap_or(0)));
                first += group.len();
            } else {
                first += 1;
            }
        }
        groups
    }
}

fn forms(words: &[(usize, usize, Vec<u8>)]) -> Vec<Vec<u8>> {
    words.iter().map(|(.., form)| form.clone()).collect()
}
