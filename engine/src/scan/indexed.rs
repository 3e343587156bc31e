//! The indexes beside a database: what of them stands in an input.

use crate::database::{Attached, Database};
use crate::exact::{self, RowMatch};
use crate::finding::Finding;
use crate::fingerprint::{self, DocumentMatch, PassageMatch};

/// The searches of one input, one for each index.
#[derive(Clone, Debug, Default)]
pub(crate) struct Indexed {
    exact: Vec<exact::Search>,
    documents: Vec<fingerprint::Search>,
    /// Rows that were decided and not taken away yet.
    pub(crate) rows: Vec<RowMatch>,
    /// Passages that were decided and not taken away yet.
    pub(crate) passages: Vec<PassageMatch>,
    /// After the last read, what the input holds of documents.
    pub(crate) shares: Vec<DocumentMatch>,
}

impl Indexed {
    /// Makes ready for an input.
    pub(crate) fn begin(&mut self, database: &Database) {
        let (mut exact, mut documents) = (0, 0);
        for (_, index) in database.indexes() {
            match index {
                Attached::Exact(_) => exact += 1,
                Attached::Documents(_) => documents += 1,
            }
        }
        self.exact.resize_with(exact, Default::default);
        self.documents.resize_with(documents, Default::default);
        self.exact.iter_mut().for_each(exact::Search::begin);
        self.documents
            .iter_mut()
            .for_each(fingerprint::Search::begin);
        self.rows.clear();
        self.passages.clear();
        self.shares.clear();
    }

    /// Reads on. `input` holds the text from offset `base` of the whole on. Adds the findings that
    /// are decided, in no particular order, and returns the offset before which no later one starts.
    pub(crate) fn read(
        &mut self,
        database: &Database,
        input: &[u8],
        base: usize,
        more: bool,
        findings: &mut Vec<Finding>,
    ) -> usize {
        let mut settled = usize::MAX;
        let mut exact = self.exact.iter_mut();
        let mut documents = self.documents.iter_mut();
        for (classifier, index) in database.indexes() {
            let decided = match index {
                Attached::Exact(index) => {
                    let search = exact.next().expect("a search for each index");
                    let decided = search.read(index, classifier, input, base, more, findings);
                    self.rows.extend(search.rows());
                    decided
                }
                Attached::Documents(index) => {
                    let search = documents.next().expect("a search for each index");
                    let decided = search.read(index, classifier, input, base, more, findings);
                    self.passages.extend(search.passages());
                    if !more {
                        self.shares.extend(search.matches());
                    }
                    decided
                }
            };
            settled = settled.min(decided);
        }
        settled
    }

    /// First offset of the whole that the next read needs to see again.
    pub(crate) fn needs(&self) -> usize {
        let exact = self.exact.iter().map(exact::Search::needs);
        let documents = self.documents.iter().map(fingerprint::Search::needs);
        exact.chain(documents).min().unwrap_or(usize::MAX)
    }

    /// Bytes held beside the value itself.
    pub(crate) fn bytes(&self) -> usize {
        let exact = self.exact.iter();
        exact
            .map(|search| size_of::<exact::Search>() + search.bytes())
            .sum::<usize>()
            + self
                .documents
                .iter()
                .map(fingerprint::Search::bytes)
                .sum::<usize>()
            + self.rows.capacity() * size_of::<RowMatch>()
            + self.passages.capacity() * size_of::<PassageMatch>()
            + self.shares.capacity() * size_of::<DocumentMatch>()
    }

    /// Puts what was decided into order, each once.
    pub(crate) fn sort(&mut self) {
        self.rows.sort_unstable();
        self.rows.dedup();
        self.passages.sort_unstable();
        self.passages.dedup();
    }
}
