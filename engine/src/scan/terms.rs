//! Where the terms of dictionaries of words stand in an input.
//!
//! Words are read some hundred at a time and hashed; a filter is asked for each, and nothing more for
//! nearly all. The loads of one batch do not wait for one another. What passes is looked up with as
//! many of the words behind it as terms may have, the longest first.
//!
//! Of a dictionary with thresholds, occurrences are no findings; groups of them are, by the [`Open`]
//! that composites use. They are put together here, and what comes out is findings like all others,
//! so composites can have them as members.

use super::group::Open;
use crate::database::{Database, Found, Role, Sections, Terms, hash_words};
use crate::finding::Finding;
use crate::text::{CONTEXT, Word, Words};
use crate::verify::context::{self, Verdict};
use crate::verify::{Memory, Rejection, rejection};
use crate::{ClassifierIndex, limits};

/// Words that are read at a time: with their hashes they stay in the nearest cache.
const BATCH: usize = 512;
const _: () = assert!(BATCH > 2 * limits::MAX_TERM_WORDS as usize);

/// Memory that searches share.
#[derive(Clone, Debug, Default)]
pub(crate) struct TermMemory {
    words: Words,
    /// Hashes of the words.
    hashes: Vec<u64>,
    /// Numbers of the words that the filter let pass.
    passed: Vec<u32>,
    /// What stands at one word.
    hits: Vec<Occurrence>,
}

impl TermMemory {
    pub(super) fn bytes(&self) -> usize {
        self.words.bytes()
            + self.hashes.capacity() * size_of::<u64>()
            + self.passed.capacity() * size_of::<u32>()
            + self.hits.capacity() * size_of::<Occurrence>()
    }
}

/// An occurrence of a term: the longest of its dictionary at its place. Offsets of the input.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Occurrence {
    pub(crate) dictionary: u32,
    pub(crate) start: usize,
    pub(crate) end: usize,
    pub(crate) weight: u32,
    /// Equal for equal terms of one dictionary.
    pub(crate) term: u32,
    pub(crate) outcome: Outcome,
}

/// What became of an occurrence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// More input may change what its context says.
    Open,
    /// A validator or an exclusion refuses it; it takes no bytes.
    Rejected(Rejection),
    /// It takes its bytes, and this is what its context says.
    Weighed(Verdict),
}

/// What is searched: a part of the input.
#[derive(Clone, Copy)]
pub(crate) struct Piece<'a> {
    pub(crate) database: &'a Database,
    pub(crate) input: &'a [u8],
    /// Where it starts in the whole.
    pub(crate) base: usize,
    /// Whether more may follow.
    pub(crate) more: bool,
}

/// The search of one input.
#[derive(Clone, Debug, Default)]
pub(crate) struct TermSearch {
    /// Whether there is anything to look for.
    is_used: bool,
    /// What stands at words that start before is decided.
    at: usize,
    /// Where the search of a dictionary goes on whose last occurrence reaches past its first word.
    taken: Vec<(u32, usize)>,
    /// The groups of each dictionary with thresholds.
    open: Vec<Open>,
    /// Whether the steps ran out; findings may be missing from then on.
    pub(crate) exhausted: bool,
}

impl TermSearch {
    /// Makes ready for an input.
    pub(crate) fn begin(&mut self, database: &Database) {
        self.is_used = database.has_terms();
        self.at = 0;
        self.taken.clear();
        self.exhausted = false;
        let thresholds = database.thresholds();
        self.open.resize_with(thresholds.len(), Open::default);
        for (open, (_, group)) in self.open.iter_mut().zip(thresholds) {
            open.begin(group);
        }
    }

    /// Bytes held beside the value itself.
    pub(crate) fn bytes(&self) -> usize {
        self.taken.capacity() * size_of::<(u32, usize)>()
            + self.open.capacity() * size_of::<Open>()
            + self.open.iter().map(Open::bytes).sum::<usize>()
    }

    /// Reads on. Adds the findings that are decided, in no particular order, and returns the offset
    /// before which no later one starts.
    pub(crate) fn read(
        &mut self,
        piece: Piece<'_>,
        shared: &mut TermMemory,
        memory: &mut Memory,
        findings: &mut Vec<Finding>,
    ) -> usize {
        if !self.is_used {
            return usize::MAX;
        }
        let sections = piece.database.view();
        self.search(piece, shared, memory, |search, memory, occurrence| {
            if let Outcome::Weighed(verdict) = occurrence.outcome {
                let record = &sections.dictionaries[occurrence.dictionary as usize];
                let classifier = ClassifierIndex(record.classifier.get());
                if let Some(finding) = verdict.finding(classifier, occurrence.span(piece.base)) {
                    search.add(piece.database, memory, occurrence, &finding, findings);
                }
            }
        });
        let known = if piece.more { self.at } else { usize::MAX };
        for (open, (_, group)) in self.open.iter_mut().zip(piece.database.thresholds()) {
            self.exhausted |= !open.decide(group, known, &mut memory.fuel, findings);
        }
        self.exhausted |= memory.exhausted;
        if piece.more {
            self.earliest().unwrap_or(self.at).min(self.at)
        } else {
            piece.base + piece.input.len()
        }
    }

    /// Where the first occurrence stands whose group is not decided.
    fn earliest(&self) -> Option<usize> {
        let firsts = self.open.iter().filter_map(Open::first);
        firsts.map(|first| first.start).min()
    }

    /// First offset of the whole that the next read needs to see again. Composites also look at the
    /// bytes of a group once it is decided.
    pub(crate) fn needs(&self, database: &Database) -> usize {
        if !self.is_used {
            return usize::MAX;
        }
        let context = CONTEXT.max(database.widest_window() + 1);
        let read = self.at.saturating_sub(context);
        let group = self
            .earliest()
            .filter(|_| !database.composites().is_empty());
        group.map_or(read, |group| group.min(read))
    }

    /// Takes an occurrence in: it is a finding, or may be part of a group.
    fn add(
        &mut self,
        database: &Database,
        memory: &mut Memory,
        occurrence: &Occurrence,
        finding: &Finding,
        findings: &mut Vec<Finding>,
    ) {
        let thresholds = database.thresholds();
        let number = thresholds.binary_search_by_key(&occurrence.dictionary, |(number, _)| *number);
        let Ok(number) = number else {
            findings.push(*finding);
            return;
        };
        let group = &thresholds[number].1;
        let open = &mut self.open[number];
        // Everything that starts before was taken in: what is decided need not be kept.
        self.exhausted |= !open.decide(group, finding.start, &mut memory.fuel, findings);
        occurrence.gather(database, open, finding);
    }

    /// Finds what stands at the words that can be decided, and hands it on in order.
    pub(crate) fn search(
        &mut self,
        piece: Piece<'_>,
        shared: &mut TermMemory,
        memory: &mut Memory,
        mut emit: impl FnMut(&mut Self, &mut Memory, &Occurrence),
    ) {
        let sections = piece.database.view();
        let Some(terms) = sections.terms() else {
            return;
        };
        let TermMemory {
            words,
            hashes,
            passed,
            hits,
        } = shared;
        loop {
            let from = self.at - piece.base;
            let next = words.read(piece.input, from, piece.more, BATCH);
            let list = words.words();
            let is_full = list.len() == BATCH;
            let forms = words.forms();
            hashes.clear();
            hashes.extend(list.iter().map(|word| hash_words(1, forms, word.form())));
            ask(&terms, hashes, passed);
            let place = Place {
                sections: &sections,
                terms: &terms,
                words,
                hashes,
                next,
                is_open: piece.more || is_full,
                piece,
            };
            let mut stop = None;
            for &number in &*passed {
                let start = list[number as usize].start;
                let lengths = terms.lengths(hashes[number as usize]);
                if lengths == 0 {
                    continue;
                }
                let first = piece.base + start;
                self.taken.retain(|&(_, end)| end > first);
                hits.clear();
                if !place.find(number as usize, lengths, hits)
                    || !place.judge(&self.taken, memory, hits)
                {
                    stop = Some((number, first));
                    break;
                }
                for hit in &*hits {
                    if matches!(hit.outcome, Outcome::Weighed(_))
                        && hit.end > list[number as usize].end
                    {
                        self.taken.retain(|&(other, _)| other != hit.dictionary);
                        self.taken.push((hit.dictionary, piece.base + hit.end));
                    }
                    emit(self, memory, hit);
                }
            }
            match stop {
                // The words behind it were not in this batch.
                Some((number, first)) if is_full && number > 0 => self.at = first,
                Some((_, first)) => {
                    self.at = first;
                    return;
                }
                None if is_full => self.at = piece.base + next,
                None => {
                    self.at = piece.base + next;
                    return;
                }
            }
        }
    }
}

/// The numbers of the words with which a term may start.
#[inline]
fn ask(terms: &Terms<'_>, hashes: &[u64], passed: &mut Vec<u32>) {
    passed.clear();
    passed.resize(hashes.len(), 0);
    let mut count = 0;
    // Without a branch, so that no load waits for what another one brings.
    for (number, &hash) in (0..).zip(hashes) {
        passed[count] = number;
        count += usize::from(terms.may_start(hash));
    }
    passed.truncate(count);
}

impl Occurrence {
    fn span(&self, base: usize) -> (usize, usize) {
        (base + self.start, base + self.end)
    }

    /// Adds the occurrence, which is this finding, to those of its dictionary that may be in a group.
    pub(crate) fn gather(&self, database: &Database, open: &mut Open, finding: &Finding) {
        let record = &database.view().dictionaries[self.dictionary as usize];
        if finding.len() > record.within.get() as usize {
            return;
        }
        // What counts once has one value; the others have one for each place.
        let value = if record.unique != 0 {
            u64::from(self.term)
        } else {
            finding.start as u64
        };
        let value = value.wrapping_mul(0x9E37_79B9_7F4A_7C15);
        let role = Role {
            composite: 0,
            kind: 0,
            weight: self.weight,
        };
        open.push(finding, &role, value, finding.start);
    }
}

/// A batch of words, and what is looked up at one of them.
struct Place<'a> {
    sections: &'a Sections<'a>,
    terms: &'a Terms<'a>,
    words: &'a Words,
    hashes: &'a [u64],
    /// Where reading goes on behind the words.
    next: usize,
    /// Whether other words may follow.
    is_open: bool,
    piece: Piece<'a>,
}

impl Place<'_> {
    /// Finds the longest term of each dictionary that stands at a word. Returns whether that is
    /// decided: words that are not read yet may make up a longer one.
    fn find(&self, number: usize, lengths: u32, hits: &mut Vec<Occurrence>) -> bool {
        let all = self.words.words();
        let most = (u32::BITS - lengths.leading_zeros()) as usize;
        let gap = |end: usize, start: usize| start - end <= limits::MAX_TERM_GAP as usize;
        let rest = &all[number..all.len().min(number + most)];
        let joined = rest
            .windows(2)
            .take_while(|pair| gap(pair[0].end, pair[1].start));
        let joined = &rest[..=joined.count()];
        let is_open = joined.len() < most
            && joined.len() == rest.len()
            && self.is_open
            && gap(joined[joined.len() - 1].end, self.next);
        if is_open {
            return false;
        }
        let forms = self.words.forms();
        for count in (1..=joined.len()).rev() {
            if lengths >> (count - 1) & 1 == 0 {
                continue;
            }
            let words = &joined[..count];
            let (first, last) = (&words[0], &words[count - 1]);
            let hash = match count {
                1 => self.hashes[number],
                _ => hash_words(count, forms, first.form().start..last.form().end),
            };
            let each = words.iter().map(|word: &Word| self.words.form(word));
            self.terms.find(hash, &each, |found: Found| {
                hits.push(Occurrence {
                    dictionary: found.dictionary,
                    start: first.start,
                    end: last.end,
                    weight: found.weight,
                    term: found.term,
                    outcome: Outcome::Open,
                });
            });
        }
        // The longest of each, in the order of the dictionaries.
        hits.sort_unstable_by_key(|hit| (hit.dictionary, std::cmp::Reverse(hit.end)));
        hits.dedup_by_key(|hit| hit.dictionary);
        true
    }

    /// Finds out what becomes of the terms at a word, those aside that stand in bytes that are taken.
    /// Returns whether it is decided.
    fn judge(
        &self,
        taken: &[(u32, usize)],
        memory: &mut Memory,
        hits: &mut Vec<Occurrence>,
    ) -> bool {
        hits.retain(|hit| taken.iter().all(|&(other, _)| other != hit.dictionary));
        let (sections, input) = (self.sections, self.piece.input);
        for hit in hits {
            let record = &self.terms.dictionaries[hit.dictionary as usize];
            let classifier = &sections.classifiers[record.classifier.get() as usize];
            let (start, end) = (hit.start, hit.end);
            let bytes = &input[start..end];
            let rejected = rejection(sections, classifier, record.validators, memory, bytes);
            hit.outcome = if let Some(rejected) = rejected {
                Outcome::Rejected(rejected)
            } else {
                let verdict = if self.piece.more {
                    context::weigh_so_far(sections, classifier, input, start, end)
                } else {
                    Some(context::weigh(sections, classifier, input, start, end))
                };
                match verdict {
                    Some(verdict) => Outcome::Weighed(verdict),
                    None => return false,
                }
            };
        }
        true
    }
}
