//! What else claims the value of a finding, as `explain` tells it.

use std::fmt;

use serde_json::{Value, json};
use sluicegate::{Claim, ClassifierInfo, Database, Event, Finding, Reason};

/// Another finding that claims the value of a finding.
pub(crate) struct Rival<'d> {
    id: &'d str,
    finding: Finding,
    is_winner: bool,
    reason: Reason,
}

impl Rival<'_> {
    /// As `explain` tells it in JSON.
    pub(crate) fn row(&self) -> Value {
        json!({
            "classifier": self.id,
            "start": self.finding.start,
            "end": self.finding.end,
            "wins": self.is_winner,
            "reason": self.reason.to_string(),
        })
    }
}

impl fmt::Display for Rival<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Finding { start, end, .. } = self.finding;
        let Self { id, reason, .. } = self;
        if self.is_winner {
            write!(f, "bytes {start}..{end}  {id} wins: {reason}")
        } else {
            write!(f, "bytes {start}..{end}  {id} loses: {reason}")
        }
    }
}

/// What else claims the value of a finding that an event tells of: what it loses to, or what loses to
/// it.
pub(crate) fn rivals<'d>(
    database: &'d Database,
    claims: &[Claim],
    classifier: &ClassifierInfo<'_>,
    event: &Event,
) -> Vec<Rival<'d>> {
    let is_told = |finding: &Finding| {
        (finding.classifier, finding.start, finding.end)
            == (classifier.index(), event.start, event.end)
    };
    let rival = |finding: Finding, is_winner, reason| Rival {
        id: database.classifier(finding.classifier).id(),
        finding,
        is_winner,
        reason,
    };
    for claim in claims {
        if is_told(&claim.winner) {
            let losers = claim.losers.iter();
            return losers
                .map(|loser| rival(loser.finding, false, loser.reason))
                .collect();
        }
        if let Some(loser) = claim.losers.iter().find(|loser| is_told(&loser.finding)) {
            return vec![rival(claim.winner, true, loser.reason)];
        }
    }
    Vec::new()
}
