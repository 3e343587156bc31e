//! Claims: what a value most likely is, where several classifiers say that it is theirs.
//!
//! A scan reports every finding, and one value often has several: nine digits pass the checks of ten
//! countries. [`arbitrate`] chooses, and says of each that was not chosen why. Nothing is dropped: what
//! lost stands beside what won. `docs/arbitration.md` tells users the same.
//!
//! **Contests.** Two findings contend when they share at least half of the shorter one and are of one
//! family, or at least half of the longer one whatever their families: an e-mail address inside a link
//! is both. A composite says something about its members and contends with composites alone.
//!
//! **Order.** The first of these that tells two contenders apart decides:
//!
//! 1. A value of an index is known; a shape is not.
//! 2. A longer finding wins over one inside it that is neither more confident nor more severe.
//! 3. A form that one random text in a million has, or fewer, needs no words; others do.
//! 4. Between others, a keyword near the value: the nearer, then the longer one.
//! 5. The form that is rarer by chance, up to that million.
//! 6. The confidence.
//! 7. The length.
//! 8. The order of ids, and of places for the same id.
//!
//! The best finding that is inside no better one wins, those that contend with it lose to it, and
//! the rest goes on without them. All of it depends on the contenders alone, never on what else is in
//! a database.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::fmt;
use std::ops::Range;

use sluicegate_model::Severity;

use crate::verify::context::{self, Nearness};
use crate::{ClassifierIndex, Database, Finding};

/// Bits from which on a form says by itself what a value is: one random text in a million.
const EVIDENT: u8 = 20;

/// A finding with those that claim the same value and are less likely right.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Claim {
    /// What the value is taken for.
    pub winner: Finding,
    /// What else it could be, in the order of a scan.
    pub losers: Vec<Loser>,
}

impl Claim {
    /// From the first to the last byte that the winner or one of the losers claims.
    pub fn span(&self) -> Range<usize> {
        let losers = self.losers.iter().map(|loser| &loser.finding);
        losers.fold(self.winner.start..self.winner.end, |span, finding| {
            span.start.min(finding.start)..span.end.max(finding.end)
        })
    }
}

/// A finding that another was preferred to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Loser {
    /// What was found.
    pub finding: Finding,
    /// Why the other is preferred.
    pub reason: Reason,
}

/// Why one finding is preferred to another. What it displays is about the one that lost.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Reason {
    /// The winner is a value of an index, and the loser a shape.
    Index,
    /// The loser stands inside the winner.
    Inside,
    /// The loser stands inside a finding that is neither.
    InsideAnother,
    /// The winner's form says what it is, and that of the loser does not.
    Form,
    /// Only the winner has a keyword.
    Keyword,
    /// The winner's keyword is nearer, both in bytes.
    Farther {
        /// From the winner to its keyword.
        winner: usize,
        /// From the loser to its own.
        loser: usize,
    },
    /// The keywords stand equally near, and that of the winner is longer.
    ShorterKeyword,
    /// The loser has no more than its shape, and the winner a check, or a part that is fixed.
    Unchecked,
    /// The winner's form is rarer by chance, both in bits.
    Chance {
        /// Of the winner.
        winner: u8,
        /// Of the loser.
        loser: u8,
    },
    /// The winner is more confident.
    Confidence {
        /// Of the winner.
        winner: u8,
        /// Of the loser.
        loser: u8,
    },
    /// The winner is longer.
    Shorter,
    /// Nothing tells them apart but the order of ids and places.
    Order,
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Index => f.write_str("a shape, against a value that is known"),
            Self::Inside => f.write_str("inside a longer value"),
            Self::InsideAnother => f.write_str("inside another longer value"),
            Self::Form => f.write_str("a less specific form"),
            Self::Keyword => f.write_str("no keyword near, and the other has one"),
            Self::Farther { winner, loser } => {
                write!(f, "keyword farther away ({loser} bytes against {winner})")
            }
            Self::ShorterKeyword => f.write_str("a shorter keyword, equally near"),
            Self::Unchecked => f.write_str("a shape that anything has, and the other is rarer"),
            Self::Chance { winner, loser } => write!(
                f,
                "likelier by chance ({} against {})",
                OneIn(*loser),
                OneIn(*winner)
            ),
            Self::Confidence { winner, loser } => {
                write!(f, "lower confidence ({loser} against {winner})")
            }
            Self::Shorter => f.write_str("shorter"),
            Self::Order => f.write_str("tie: later in the order of ids"),
        }
    }
}

/// Bits as people read them.
struct OneIn(u8);

impl fmt::Display for OneIn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            EVIDENT.. => f.write_str("1 in a million"),
            bits => write!(f, "1 in {}", 1u32 << bits),
        }
    }
}

/// Chooses among findings of one input that claim the same value. Each finding wins one claim, or is a
/// loser of one. The claims are in the order of their winners in a scan.
///
/// ```
/// use sluicegate::{Reason, Scanner, arbitrate, compile, model::{Classifier, ClassifierId, Context}};
///
/// let mut ticket = Classifier::new(ClassifierId::new("custom.ticket")?).with_regex("[0-9]{6}");
/// ticket.context = Some(Context::new(["ticket"]));
/// let order = Classifier::new(ClassifierId::new("custom.order")?).with_regex("[0-9]{6}");
/// let database = compile(&[ticket, order])?.database;
/// let (mut scanner, input) = (Scanner::new(&database), b"ticket 123456");
/// let claims = arbitrate(&database, input, scanner.scan(input).findings);
/// assert_eq!(database.classifier(claims[0].winner.classifier).id(), "custom.ticket");
/// assert_eq!(claims[0].losers[0].reason, Reason::Keyword);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Panics
/// When a finding is not of this input and database.
pub fn arbitrate(database: &Database, input: &[u8], findings: &[Finding]) -> Vec<Claim> {
    let mut findings = findings.to_vec();
    findings.sort_unstable();
    findings.dedup();
    let contests = Contests::new(database, &findings);
    let sections = database.view();
    contests.settle(|number, claimant| {
        let finding = &claimant.finding;
        // Most findings have no rival, and need no look at what is around them.
        let has_rivals = !contests.rivals[number].is_empty();
        let record = sections.classifiers.get(finding.classifier.get() as usize);
        let keyword = record.filter(|_| has_rivals).and_then(|record| {
            context::nearest(&sections, record, input, finding.start..finding.end)
        });
        claimant.standing(keyword)
    })
}

/// Whether one finding is preferred to another by all that does not need the input, which is
/// everything but keywords. The two need not contend.
///
/// # Panics
/// When a finding is not of this database.
pub fn outranks(database: &Database, finding: &Finding, other: &Finding) -> bool {
    let [mine, theirs] = [finding, other].map(|finding| Claimant::new(database, *finding));
    if mine.holds(&theirs) {
        return true;
    }
    !theirs.holds(&mine) && mine.standing(None) > theirs.standing(None)
}

/// A finding with what its classifier says to it.
struct Claimant<'d> {
    finding: Finding,
    family: &'d str,
    severity: Severity,
    evidence: u8,
    is_index: bool,
    is_composite: bool,
}

impl<'d> Claimant<'d> {
    fn new(database: &'d Database, finding: Finding) -> Self {
        let known = database.classifier(finding.classifier);
        Self {
            finding,
            family: known.family(),
            severity: known.severity(),
            evidence: known.evidence().min(EVIDENT),
            is_index: known.is_index(),
            is_composite: known.is_composite(),
        }
    }

    fn standing(&self, keyword: Option<Nearness>) -> Standing {
        let is_evident = self.evidence == EVIDENT;
        Standing {
            is_index: self.is_index,
            is_evident,
            keyword: keyword.filter(|_| !is_evident),
            evidence: self.evidence,
            confidence: self.finding.confidence,
            len: self.finding.len(),
            place: Reverse((
                self.finding.classifier,
                self.finding.start,
                self.finding.end,
            )),
        }
    }

    /// Whether this one wins over one inside it. What is known never waits for a shape.
    fn holds(&self, other: &Self) -> bool {
        let (outer, inner) = (&self.finding, &other.finding);
        outer.start <= inner.start
            && inner.end <= outer.end
            && outer.len() > inner.len()
            && outer.confidence >= inner.confidence
            && self.severity >= other.severity
            && self.is_index == other.is_index
    }

    /// Whether the two, which overlap, claim the same value.
    fn contends(&self, other: &Self) -> bool {
        if self.is_composite != other.is_composite {
            return false;
        }
        let (mine, theirs) = (&self.finding, &other.finding);
        let shared = mine.end.min(theirs.end) - mine.start.max(theirs.start);
        let whole = if self.family == other.family {
            mine.len().min(theirs.len())
        } else {
            mine.len().max(theirs.len())
        };
        // Twice the part could be too large a number.
        shared >= whole - shared
    }
}

/// What a finding is chosen by, of which the greater is preferred.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Standing {
    is_index: bool,
    is_evident: bool,
    keyword: Option<Nearness>,
    evidence: u8,
    confidence: u8,
    len: usize,
    place: Reverse<(ClassifierIndex, usize, usize)>,
}

impl Standing {
    /// Why this one is preferred to another that does not stand inside it.
    fn reason(&self, other: &Self) -> Reason {
        if self.is_index != other.is_index {
            return Reason::Index;
        }
        if self.is_evident != other.is_evident {
            return Reason::Form;
        }
        match (self.keyword, other.keyword) {
            (Some(_), None) => return Reason::Keyword,
            (Some(mine), Some(other)) if mine.distance() != other.distance() => {
                return Reason::Farther {
                    winner: mine.distance(),
                    loser: other.distance(),
                };
            }
            (mine, other) if mine != other => return Reason::ShorterKeyword,
            _ => {}
        }
        if self.evidence != other.evidence {
            return match other.evidence {
                0 => Reason::Unchecked,
                loser => Reason::Chance {
                    winner: self.evidence,
                    loser,
                },
            };
        }
        if self.confidence != other.confidence {
            return Reason::Confidence {
                winner: self.confidence,
                loser: other.confidence,
            };
        }
        if self.len == other.len {
            Reason::Order
        } else {
            Reason::Shorter
        }
    }
}

/// Findings in the order of a scan, and which of them contend with which.
struct Contests<'d> {
    claimants: Vec<Claimant<'d>>,
    rivals: Vec<Vec<usize>>,
}

impl<'d> Contests<'d> {
    fn new(database: &'d Database, findings: &[Finding]) -> Self {
        let claimants: Vec<Claimant<'_>> = findings
            .iter()
            .map(|finding| Claimant::new(database, *finding))
            .collect();
        let mut rivals = vec![Vec::new(); findings.len()];
        // Those before that reach beyond the start of the next. As many as classifiers claim a byte.
        let mut open: Vec<usize> = Vec::new();
        for (number, claimant) in claimants.iter().enumerate() {
            open.retain(|&other| claimants[other].finding.end > claimant.finding.start);
            for &other in &open {
                if claimant.contends(&claimants[other]) {
                    rivals[number].push(other);
                    rivals[other].push(number);
                }
            }
            open.push(number);
        }
        Self { claimants, rivals }
    }

    /// Whether one finding wins over another because that stands inside it.
    fn holds(&self, outer: usize, inner: usize) -> bool {
        self.claimants[outer].holds(&self.claimants[inner])
    }

    /// The claims, by what each finding is chosen by.
    fn settle(&self, standing: impl Fn(usize, &Claimant<'_>) -> Standing) -> Vec<Claim> {
        let numbered = self.claimants.iter().enumerate();
        let standings: Vec<Standing> = numbered
            .map(|(number, claimant)| standing(number, claimant))
            .collect();
        // How many that are still in the contest hold a finding, which waits for them.
        let mut holders: Vec<usize> = self
            .rivals
            .iter()
            .enumerate()
            .map(|(number, rivals)| {
                let holders = rivals.iter().filter(|&&rival| self.holds(rival, number));
                holders.count()
            })
            .collect();
        let mut ready: BinaryHeap<(Standing, usize)> = standings
            .iter()
            .zip(0..)
            .filter(|&(_, number)| holders[number] == 0)
            .map(|(standing, number)| (*standing, number))
            .collect();
        let mut is_settled = vec![false; self.claimants.len()];
        let mut claims = Vec::new();
        while let Some((_, winner)) = ready.pop() {
            if std::mem::replace(&mut is_settled[winner], true) {
                continue;
            }
            let mut losers: Vec<usize> = self.rivals[winner].clone();
            losers.retain(|&rival| !std::mem::replace(&mut is_settled[rival], true));
            losers.sort_unstable();
            for &loser in &losers {
                for &rival in &self.rivals[loser] {
                    if !is_settled[rival] && self.holds(loser, rival) {
                        holders[rival] -= 1;
                        if holders[rival] == 0 {
                            ready.push((standings[rival], rival));
                        }
                    }
                }
            }
            let losers = losers.into_iter().map(|loser| Loser {
                finding: self.claimants[loser].finding,
                reason: if self.holds(winner, loser) {
                    Reason::Inside
                } else if standings[winner] < standings[loser] {
                    // It would have been chosen, but it had to wait.
                    Reason::InsideAnother
                } else {
                    standings[winner].reason(&standings[loser])
                },
            });
            claims.push(Claim {
                winner: self.claimants[winner].finding,
                losers: losers.collect(),
            });
        }
        claims.sort_unstable_by_key(|claim| claim.winner);
        claims
    }
}
