//! The terms of dictionaries of words -> tables.

use sluicegate_model::{Classifier, Code, Diagnostic, DictionaryDetector, Matching, Term};
use zerocopy::IntoBytes;
use zerocopy::little_endian::U32;

use super::plan::{Plan, Route};
use crate::database::image::{Section, Writer};
use crate::database::record::{DictionaryRecord, NONE, Range, TermRecord};
use crate::database::{BETWEEN, hash_words};
use crate::index::TableBuilder;
use crate::limits;
use crate::text::{MAX_WORD, Words};

/// Problems with terms of one dictionary that are reported one by one: a file of something else has
/// one on each line.
const MAX_PROBLEMS: usize = 100;

/// The dictionaries of words so far, with their terms.
#[derive(Default)]
pub(super) struct Dictionaries {
    records: Vec<DictionaryRecord>,
    terms: Vec<Entry>,
    /// The words of the terms, each term's one after the other.
    forms: Vec<u8>,
    words: Words,
}

/// A term on its way into the tables.
struct Entry {
    hash: u64,
    /// Hash of its first word, and how many it has.
    first: u64,
    count: u32,
    dictionary: u32,
    weight: u32,
    start: u32,
    len: u32,
}

impl Dictionaries {
    /// Adds a dictionary, and says how it is looked for. `detector` is its number in its classifier,
    /// which has the number `number`.
    ///
    /// # Errors
    /// Every problem with it, each at its place where that is known.
    pub(super) fn add(
        &mut self,
        (number, classifier): (u32, &Classifier),
        detector: usize,
        dictionary: &DictionaryDetector,
        validators: Range,
    ) -> Result<Plan, Vec<Diagnostic>> {
        let own = dictionary.place.as_ref().or(classifier.place.as_ref());
        let mut problems: Vec<Diagnostic> = unread(dictionary)
            .map(|problem| problem.at(own.cloned()))
            .into_iter()
            .collect();
        let first = self.terms.len();
        let (mut longest, mut heaviest) = (0, 0);
        let mut more = 0;
        for (at, term) in dictionary.words().enumerate() {
            match self.term(&term) {
                Ok(count) => {
                    longest = longest.max(count);
                    heaviest = heaviest.max(term.weight.unwrap_or_default());
                }
                Err(_) if problems.len() >= MAX_PROBLEMS => more += 1,
                Err(problem) => {
                    let place = dictionary.place_of(&term).or_else(|| own.cloned());
                    let name = match term.line {
                        Some(_) => "the term".to_owned(),
                        None => format!("term {}", at + 1),
                    };
                    let problem = Diagnostic::new(Code::BadTerm, format!("{name} {}", problem.0))
                        .hint(problem.1);
                    problems.push(problem.at(place));
                }
            }
        }
        if more > 0 {
            let message = format!("{more} more terms can't be used");
            problems.push(Diagnostic::new(Code::BadTerm, message).at(own.cloned()));
        }
        let count = self.terms.len() - first;
        if count == 0 && problems.is_empty() {
            let problem = Diagnostic::new(Code::NeverMatches, "the dictionary has no terms");
            problems.push(problem.hint("list at least one").at(own.cloned()));
        }
        if self.terms.len() > limits::MAX_TERMS as usize || self.forms.len() >= NONE as usize {
            let message = format!(
                "the dictionaries hold more than {} terms",
                limits::MAX_TERMS
            );
            problems.push(Diagnostic::new(Code::DatabaseTooLarge, message).at(own.cloned()));
        }
        if !problems.is_empty() {
            return Err(problems);
        }
        let asked = |value: Option<u32>| U32::new(value.unwrap_or(NONE));
        self.records.push(DictionaryRecord {
            classifier: U32::new(number),
            detector: U32::new(detector as u32),
            validators,
            threshold: asked(dictionary.threshold),
            count: asked(dictionary.count),
            within: U32::new(dictionary.within.clamp(1, limits::MAX_WITHIN)),
            heaviest: U32::new(heaviest),
            unique: u8::from(dictionary.unique),
            reserved: [0; 3],
        });
        Ok(plan(count, longest))
    }

    /// Adds a term of the next dictionary, and returns how many words it has; or what is wrong with
    /// it, and what to do about it.
    fn term(&mut self, term: &Term<'_>) -> Result<usize, (&'static str, String)> {
        let Some(weight) = term.weight else {
            let hint = format!(
                "a weight is a number from 0 to {}",
                sluicegate_model::MAX_TERM_WEIGHT
            );
            return Err(("has no weight behind its tab", hint));
        };
        let most = limits::MAX_TERM_WORDS as usize;
        self.words.read(term.text.as_bytes(), 0, false, most + 1);
        let words = self.words.words();
        let count = words.len();
        let (Some(first), Some(last)) = (words.first(), words.last()) else {
            let hint = format!("a word is letters or digits, up to {MAX_WORD} bytes of them");
            return Err(("has no words", hint));
        };
        let between = words.windows(2).map(|pair| pair[0].end..pair[1].start);
        let mut outside = between.chain([0..first.start, last.end..term.text.len()]);
        let is_long =
            |run: std::ops::Range<usize>| term.text[run].chars().any(char::is_alphanumeric);
        if count <= most && outside.any(is_long) {
            let hint =
                format!("letters and digits without a break are a word up to {MAX_WORD} bytes");
            return Err(("has a run that is too long to be a word", hint));
        }
        if count > most {
            let hint = format!("a term has up to {most}; each character of some scripts is one");
            return Err(("has too many words", hint));
        }
        let start = self.forms.len();
        for word in words {
            if self.forms.len() > start {
                self.forms.push(BETWEEN);
            }
            self.forms.extend_from_slice(self.words.form(word));
        }
        let whole = first.form().start..last.form().end;
        self.terms.push(Entry {
            hash: hash_words(count, self.words.forms(), whole),
            first: hash_words(1, self.words.forms(), first.form()),
            count: count as u32,
            dictionary: self.records.len() as u32,
            weight,
            start: start as u32,
            len: (self.forms.len() - start) as u32,
        });
        Ok(count)
    }

    /// Lays the tables out. Without dictionaries their sections stay empty.
    pub(super) fn put(mut self, writer: &mut Writer) {
        writer.put(Section::Dictionaries, &self.records);
        if self.records.is_empty() {
            return;
        }
        let forms = &self.forms;
        let form = |entry: &Entry| &forms[entry.start as usize..][..entry.len as usize];
        self.terms.sort_unstable_by(|a, b| {
            let key = |entry: &Entry| (entry.hash, entry.dictionary);
            (key(a).cmp(&key(b)))
                .then_with(|| form(a).cmp(form(b)))
                .then_with(|| b.weight.cmp(&a.weight))
        });
        // A term that is stated more than once counts with its greatest weight.
        self.terms.dedup_by(|a, b| {
            a.hash == b.hash && a.dictionary == b.dictionary && form(a) == form(b)
        });
        let mut records = Vec::with_capacity(self.terms.len());
        let mut words = Vec::with_capacity(forms.len());
        let mut table = TableBuilder::new(self.terms.len() as u64);
        let mut entries = Vec::with_capacity(8 * self.terms.len());
        for (number, entry) in (0..).zip(&self.terms) {
            records.push(TermRecord {
                dictionary: U32::new(entry.dictionary),
                weight: U32::new(entry.weight),
                start: U32::new(words.len() as u32),
            });
            words.extend_from_slice(form(entry));
            entries.extend_from_slice(&table.push(entry.hash, number));
        }
        let (starts, filter) = table.finish();
        writer.put(Section::Terms, &records);
        writer.put(Section::TermWords, &words);
        writer.put(Section::TermFilter, filter.as_bytes());
        writer.put(Section::TermStarts, starts.as_bytes());
        writer.put(Section::TermEntries, &entries);
        let [filter, starts, entries] = firsts(&self.terms);
        writer.put(Section::FirstFilter, &filter);
        writer.put(Section::FirstStarts, &starts);
        writer.put(Section::FirstEntries, &entries);
    }
}

/// The table from first words to how many words terms have that start with them: filter, starts,
/// entries.
fn firsts(terms: &[Entry]) -> [Vec<u8>; 3] {
    let lengths = terms.iter().map(|term| (term.first, 1 << (term.count - 1)));
    let mut firsts: Vec<(u64, u32)> = lengths.collect();
    firsts.sort_unstable();
    firsts.dedup_by(|next, kept| {
        let is_same = next.0 == kept.0;
        if is_same {
            kept.1 |= next.1;
        }
        is_same
    });
    let mut table = TableBuilder::new(firsts.len() as u64);
    // Hashes that the table can't tell apart come in the order of their lengths.
    let mut known: Vec<(u64, u32)> = firsts
        .into_iter()
        .map(|(hash, lengths)| (table.known(hash), lengths))
        .collect();
    known.sort_unstable();
    let entries = known
        .into_iter()
        .flat_map(|(known, lengths)| table.push_known(known, lengths));
    let entries = entries.collect();
    let (starts, filter) = table.finish();
    [filter, starts, entries]
}

/// What is stated of a dictionary that nothing reads.
fn unread(dictionary: &DictionaryDetector) -> Option<Diagnostic> {
    let key = match dictionary.matching {
        Matching::Words => dictionary.case_sensitive.then_some("case_sensitive")?,
        Matching::Bytes if dictionary.file.is_some() => "file",
        Matching::Bytes if dictionary.threshold.is_some() => "threshold",
        Matching::Bytes => dictionary.count.map(|_| "count")?,
    };
    let message = format!("`{key}` does not go with this kind of matching");
    let hint = match dictionary.matching {
        Matching::Words => "words are compared without case",
        Matching::Bytes => "state `match = \"words\"`",
    };
    Some(Diagnostic::new(Code::NotWithMatching, message).hint(hint))
}

/// The same of a dictionary whose terms are bytes.
pub(super) fn problem(dictionary: &DictionaryDetector) -> Option<Diagnostic> {
    unread(dictionary).map(|problem| problem.at(dictionary.place.clone()))
}

fn plan(terms: usize, longest: usize) -> Plan {
    let gaps = (longest - 1) * limits::MAX_TERM_GAP as usize;
    Plan {
        route: Route::Token,
        reason: format!("words, {terms} terms; each word of a text is asked for once"),
        anchors: Vec::new(),
        min_len: 1,
        max_len: longest * MAX_WORD + gaps,
        program_len: 0,
    }
}
