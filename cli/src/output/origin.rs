//! What of an index a finding is: rows of a table, passages of documents.

use serde::Serialize;
use sluicegate::{Database, Finding, Scan};

/// Where findings of indexes in one input come from.
#[derive(Clone, Copy)]
pub(crate) struct Origins<'s> {
    database: &'s Database,
    scan: Scan<'s>,
}

/// A row that a cell belongs to.
#[derive(Serialize)]
pub(crate) struct RowOrigin<'s> {
    row: u32,
    columns: Vec<&'s str>,
}

/// A document that a passage is of.
#[derive(Serialize)]
pub(crate) struct DocumentOrigin<'s> {
    id: &'s str,
    /// Thousandths of the document that the input holds.
    seen_per_mille: u32,
    /// Thousandths of the input that were copied from the document.
    covered_per_mille: u32,
}

impl<'s> Origins<'s> {
    pub(crate) fn new(database: &'s Database, scan: Scan<'s>) -> Self {
        Self { database, scan }
    }

    /// The rows that a finding is a cell of.
    pub(crate) fn rows(&self, finding: &Finding) -> Vec<RowOrigin<'s>> {
        let Some(index) = self.database.exact_index(finding.classifier) else {
            return Vec::new();
        };
        let columns = &index.schema().columns;
        let rows = self.scan.rows.iter().filter(|row| {
            row.classifier == finding.classifier
                && row.start <= finding.start
                && finding.end <= row.end
        });
        rows.map(|row| RowOrigin {
            row: row.row,
            columns: (0..columns.len())
                .filter(|column| row.columns >> column & 1 != 0)
                .map(|column| columns[column].name.as_str())
                .collect(),
        })
        .collect()
    }

    /// The documents that a finding was copied from.
    pub(crate) fn documents(&self, finding: &Finding) -> Vec<DocumentOrigin<'s>> {
        let Some(index) = self.database.document_index(finding.classifier) else {
            return Vec::new();
        };
        let passages = self.scan.passages.iter().filter(|passage| {
            (passage.classifier, passage.start, passage.end)
                == (finding.classifier, finding.start, finding.end)
        });
        passages
            .filter_map(|passage| {
                let share = self.scan.documents.iter().find(|share| {
                    (share.classifier, share.document) == (passage.classifier, passage.document)
                })?;
                Some(DocumentOrigin {
                    id: index.document(passage.document).id,
                    seen_per_mille: share.share_seen(),
                    covered_per_mille: share.share_covered(),
                })
            })
            .collect()
    }

    /// A line for each, for people.
    pub(crate) fn lines(&self, finding: &Finding) -> Vec<String> {
        let rows = self.rows(finding).into_iter();
        let rows = rows.map(|origin| format!("row {}: {}", origin.row, origin.columns.join(", ")));
        let documents = self.documents(finding).into_iter().map(|origin| {
            format!(
                "{}: {} of it seen, {} of the input copied from it",
                origin.id,
                per_cent(origin.seen_per_mille),
                per_cent(origin.covered_per_mille),
            )
        });
        rows.chain(documents).collect()
    }
}

/// Thousandths as people read them.
pub(crate) fn per_cent(thousandths: u32) -> String {
    format!("{}.{} %", thousandths / 10, thousandths % 10)
}
