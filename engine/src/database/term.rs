//! Terms as sequences of words: which of them stands at a word.
//!
//! Two tables from hashes. The first is asked with each word of an input whether a term may start
//! with it and how many words such terms have; its filter is all that nearly every word touches. The
//! second is asked with so many words as one. What it finds is compared with the words of the term, so
//! that a hash never decides.

use std::ops::Range;

use super::Sections;
use super::record::{DictionaryRecord, TermRecord};
use crate::index::{Table, sip_in};
use crate::limits;

/// The keys of the hash. Terms are no secret; any will do.
const KEY: [u64; 2] = [0x736c_7569_6365_6761, 0x7465_2074_6572_6d73];

/// Stands between the words of a term: a byte that is in no UTF-8 text.
pub(crate) const BETWEEN: u8 = 0xFF;

/// The hash of so many words, whose folded forms are a range of the bytes, without what stands
/// between them.
#[inline]
pub(crate) fn hash(words: usize, forms: &[u8], range: Range<usize>) -> u64 {
    sip_in([KEY[0], KEY[1] ^ words as u64], forms, range)
}

/// The terms of all dictionaries of words in a database.
#[derive(Clone, Copy)]
pub(crate) struct Terms<'a> {
    pub(crate) dictionaries: &'a [DictionaryRecord],
    records: &'a [TermRecord],
    words: &'a [u8],
    whole: Table<'a>,
    first: Table<'a>,
}

/// A term that stands at a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Found {
    pub(crate) dictionary: u32,
    pub(crate) weight: u32,
    /// Its number, equal for equal terms of one dictionary.
    pub(crate) term: u32,
}

impl<'a> Terms<'a> {
    /// The terms of these sections; `None` where there are none, or where tables do not fit.
    pub(super) fn new(view: &Sections<'a>) -> Option<Self> {
        let [filter, starts, entries] = view.term_table;
        let whole = Table::new(filter, starts, entries)?;
        let [filter, starts, entries] = view.first_table;
        let first = Table::new(filter, starts, entries)?;
        Some(Self {
            dictionaries: view.dictionaries,
            records: view.terms,
            words: view.term_words,
            whole,
            first,
        })
    }

    /// Whether every number in the tables is in range.
    pub(super) fn is_sound(&self) -> bool {
        let mut entries = self.whole.entries();
        let mut starts = self.records.windows(2);
        entries.all(|(_, term)| (term as usize) < self.records.len())
            && starts.all(|pair| pair[0].start.get() <= pair[1].start.get())
            && self.records.iter().all(|term| {
                (term.dictionary.get() as usize) < self.dictionaries.len()
                    && term.start.get() as usize <= self.words.len()
            })
    }

    /// Whether a term may start with a word of this hash: `false` is certain.
    #[inline]
    pub(crate) fn may_start(&self, hash: u64) -> bool {
        self.first.may_hold(hash)
    }

    /// How many words the terms have that start with a word of this hash: the lowest bit stands for
    /// one.
    #[inline]
    pub(crate) fn lengths(&self, hash: u64) -> u32 {
        let lengths = self.first.find(hash).map(|(_, lengths)| lengths);
        lengths.fold(0, |all, lengths| all | lengths) & ((1 << limits::MAX_TERM_WORDS) - 1)
    }

    /// Hands on the terms of these words, which have this hash.
    #[inline]
    pub(crate) fn find<'w>(
        &self,
        hash: u64,
        words: &(impl Iterator<Item = &'w [u8]> + Clone),
        mut emit: impl FnMut(Found),
    ) {
        if !self.whole.may_hold(hash) {
            return;
        }
        for (_, number) in self.whole.find(hash) {
            let forms = self.term(number as usize).split(|&byte| byte == BETWEEN);
            if forms.eq(words.clone()) {
                let record = &self.records[number as usize];
                emit(Found {
                    dictionary: record.dictionary.get(),
                    weight: record.weight.get(),
                    term: number,
                });
            }
        }
    }

    /// The folded forms of a term's words.
    fn term(&self, number: usize) -> &'a [u8] {
        let start = self.records[number].start.get() as usize;
        let next = self.records.get(number + 1);
        &self.words[start..next.map_or(self.words.len(), |next| next.start.get() as usize)]
    }
}
