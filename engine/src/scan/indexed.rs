//! The indexes beside a database: what of them stands in an input.

use crate::database::{Attached, Database};
use crate::exact::{self, RowMatch};
use crate::finding::Finding;

/// The searches of one input, one for each index.
#[derive(Clone, Debug, Default)]
pub(crate) struct Indexed {
    exact: Vec<exact::Search>,
    /// Rows that were decided and not taken away yet.
    pub(crate) rows: Vec<RowMatch>,
}

impl Indexed {
    /// Makes ready for an input.
    pub(crate) fn begin(&mut self, database: &Database) {
        let indexes = || database.indexes().map(|(_, index)| index);
        let exact = indexes().filter(|index| matches!(index, Attached::Exact(_)));
        self.exact.resize_with(exact.count(), Default::default);
        for search in &mut self.exact {
            search.begin();
        }
        self.rows.clear();
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
        for (classifier, index) in database.indexes() {
            let decided = match index {
                Attached::Exact(index) => {
                    let search = exact.next().expect("a search for each index");
                    let decided = search.read(index, classifier, input, base, more, findings);
                    self.rows.extend(search.rows());
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
        exact.min().unwrap_or(usize::MAX)
    }

    /// Bytes held beside the value itself.
    pub(crate) fn bytes(&self) -> usize {
        self.exact
            .iter()
            .map(|search| size_of::<exact::Search>() + search.bytes())
            .sum::<usize>()
            + self.rows.capacity() * size_of::<RowMatch>()
    }
}

/// Puts rows into order, each once.
pub(crate) fn sort(rows: &mut Vec<RowMatch>) {
    rows.sort_unstable();
    rows.dedup();
}
