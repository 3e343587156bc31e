//! One JSON object for each finding, or for each message.

use serde::Serialize;
use serde_json::Value;
use sluicegate::{Claim, Database};
use sluicegate_guard::allow::ValueHash;

use super::origin::{DocumentOrigin, Origins, RowOrigin};
use crate::position::Cursor;

#[derive(Serialize)]
struct FindingRow<'f> {
    path: &'f str,
    classifier: &'f str,
    start: usize,
    end: usize,
    line: usize,
    column: usize,
    severity: &'static str,
    confidence: u8,
    view: &'static str,
    value_hash: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    rows: Vec<RowOrigin<'f>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    documents: Vec<DocumentOrigin<'f>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    claims: Vec<OtherClaim<'f>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    value: Option<String>,
}

/// What else claims a value, and why it is less likely right.
#[derive(Serialize)]
struct OtherClaim<'f> {
    classifier: &'f str,
    start: usize,
    end: usize,
    confidence: u8,
    reason: String,
}

impl<'f> OtherClaim<'f> {
    fn all(database: &'f Database, claim: &Claim) -> Vec<Self> {
        let losers = claim.losers.iter();
        losers
            .map(|loser| Self {
                classifier: database.classifier(loser.finding.classifier).id(),
                start: loser.finding.start,
                end: loser.finding.end,
                confidence: loser.finding.confidence,
                reason: loser.reason.to_string(),
            })
            .collect()
    }
}

/// Appends a line for each finding of one input; where each ends.
pub(crate) fn write_findings(
    output: &mut Vec<u8>,
    database: &Database,
    path: &str,
    input: &[u8],
    (claims, origins): (&[Claim], Origins<'_>),
    (hash, show_values): (&ValueHash, bool),
) -> Vec<usize> {
    let mut ends = Vec::with_capacity(claims.len());
    let mut cursor = Cursor::new(input);
    for claim in claims {
        let finding = &claim.winner;
        let classifier = database.classifier(finding.classifier);
        let value = &input[finding.start..finding.end];
        let position = cursor.advance(finding.start);
        let row = FindingRow {
            path,
            classifier: classifier.id(),
            start: finding.start,
            end: finding.end,
            line: position.line,
            column: position.column,
            severity: classifier.severity().as_str(),
            confidence: finding.confidence,
            view: finding.view.as_str(),
            value_hash: hash.of(value),
            rows: origins.rows(finding),
            documents: origins.documents(finding),
            claims: OtherClaim::all(database, claim),
            value: show_values.then(|| String::from_utf8_lossy(value).into_owned()),
        };
        write_row(output, &row);
        ends.push(output.len());
    }
    ends
}

/// What was found in a message.
#[derive(Serialize)]
pub(crate) struct MessageRow<'m> {
    pub(crate) id: &'m Value,
    pub(crate) findings: Vec<MessageFinding<'m>>,
    /// Only there when the message was not inspected to its end.
    #[serde(skip_serializing_if = "is_false")]
    pub(crate) incomplete: bool,
}

#[derive(Serialize)]
pub(crate) struct MessageFinding<'m> {
    classifier: &'m str,
    start: usize,
    end: usize,
    severity: &'static str,
    confidence: u8,
    view: &'static str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    rows: Vec<RowOrigin<'m>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    documents: Vec<DocumentOrigin<'m>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    claims: Vec<OtherClaim<'m>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    value: Option<&'m str>,
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "the form that serde asks for"
)]
fn is_false(value: &bool) -> bool {
    !value
}

impl<'m> MessageFinding<'m> {
    pub(crate) fn new(
        database: &'m Database,
        claim: &Claim,
        origins: Origins<'m>,
        text: &'m str,
        show_values: bool,
    ) -> Self {
        let finding = &claim.winner;
        let classifier = database.classifier(finding.classifier);
        Self {
            classifier: classifier.id(),
            start: finding.start,
            end: finding.end,
            severity: classifier.severity().as_str(),
            confidence: finding.confidence,
            view: finding.view.as_str(),
            rows: origins.rows(finding),
            documents: origins.documents(finding),
            claims: OtherClaim::all(database, claim),
            value: show_values
                .then(|| text.get(finding.start..finding.end))
                .flatten(),
        }
    }
}

/// Appends the line of a message.
pub(crate) fn write_message(output: &mut Vec<u8>, row: &MessageRow<'_>) {
    write_row(output, row);
}

fn write_row(output: &mut Vec<u8>, row: &impl Serialize) {
    serde_json::to_writer(&mut *output, row).expect("rows have string keys, memory takes them");
    output.push(b'\n');
}
