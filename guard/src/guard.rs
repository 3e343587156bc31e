//! A database with a policy: messages to verdicts.

use std::ops::Range;

use sluicegate::model::Diagnostic;
use sluicegate::{Completeness, Database, Finding, Scanner};

use crate::payload::{Part, Payload, PayloadError, read, scan};
use crate::policy::{Action, Channel, Decision, Mode, Policy, Selector, Styles, Wanted};
use crate::redact::{Edit, MAX_PASSES, RedactError, apply};
use crate::verdict::{DecidedFinding, InspectError, Reason, Verdict};

/// Decides about messages. It is shared between threads, each of which has its own scanner.
///
/// ```
/// use sluicegate::model::{Classifier, ClassifierId};
/// use sluicegate::{Scanner, compile};
/// use sluicegate_guard::policy::{Action, Channel, Policy, Rule};
/// use sluicegate_guard::{Guard, Request};
///
/// let ticket = Classifier::new(ClassifierId::new("custom.ticket")?)
///     .with_regex(r"\bTICKET-[0-9]{4}\b");
/// let database = compile(&[ticket])?.database;
/// let mut policy = Policy::new("example");
/// policy.rules.push(Rule::new("no-tickets", Action::Redact));
///
/// let guard = Guard::new(&database, policy);
/// let mut scanner = Scanner::new(&database);
/// let request = Request::new(Channel::ToolArgs);
/// let message = br#"{"note": "see TICKET-1234"}"#;
/// let verdict = guard.inspect_json(&mut scanner, message, &request);
/// assert_eq!(verdict.action, Action::Redact);
/// assert_eq!(verdict.text.unwrap(), br#"{"note": "see [CUSTOM_TICKET]"}"#);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug)]
pub struct Guard {
    database: Database,
    policy: Policy,
    selector: Selector,
    styles: Styles,
}

/// What is known of a message beside its bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Request {
    /// Where it comes from and goes to.
    pub channel: Channel,
}

impl Request {
    /// A message on this channel, of which nothing else is known.
    pub fn new(channel: Channel) -> Self {
        Self { channel }
    }
}

/// What a message is.
#[derive(Clone, Copy)]
enum Form {
    Text,
    Json,
}

/// A finding in a part of a message.
struct Found {
    part: usize,
    /// With its span in the part.
    finding: Finding,
    /// Bytes of the message.
    span: Range<usize>,
    decision: Decision,
}

/// A message with what was found in it.
struct Look<'t> {
    parts: Vec<Part<'t>>,
    found: Vec<Found>,
    completeness: Completeness,
}

impl Guard {
    /// A guard that finds with this database and decides by this policy.
    pub fn new(database: &Database, policy: Policy) -> Self {
        Self {
            database: database.clone(),
            selector: Selector::new(database, &policy),
            styles: Styles::new(database, &policy),
            policy,
        }
    }

    /// The database, which scanners for this guard are made of.
    pub fn database(&self) -> &Database {
        &self.database
    }

    /// The policy.
    pub fn policy(&self) -> &Policy {
        &self.policy
    }

    /// Patterns and tags in the policy that no classifier of the database meets. A misspelt one
    /// leaves values alone, so they are worth showing.
    pub fn unmatched(&self) -> &[Diagnostic] {
        self.selector.unmatched()
    }

    /// Decides about a text.
    ///
    /// # Panics
    /// When the scanner is of another database.
    pub fn inspect(&self, scanner: &mut Scanner, text: &[u8], request: &Request) -> Verdict {
        self.verdict(scanner, text, request, Form::Text)
    }

    /// Decides about a JSON text. What is passed on is JSON, and the same outside of the edits.
    ///
    /// # Panics
    /// When the scanner is of another database.
    pub fn inspect_json(&self, scanner: &mut Scanner, text: &[u8], request: &Request) -> Verdict {
        self.verdict(scanner, text, request, Form::Json)
    }

    fn verdict(
        &self,
        scanner: &mut Scanner,
        input: &[u8],
        request: &Request,
        form: Form,
    ) -> Verdict {
        assert_eq!(
            scanner.database().digest(),
            self.database.digest(),
            "the scanner is of another database"
        );
        let mut verdict = Verdict {
            policy: self.policy.name.clone(),
            mode: self.policy.mode,
            channel: request.channel,
            action: Action::Allow,
            would_be: None,
            reason: Reason::NoFinding,
            rule: None,
            completeness: Completeness::Complete,
            edits: 0,
            findings: Vec::new(),
            error: None,
            text: None,
        };
        match self.look(scanner, input, request, form) {
            Ok(look) => {
                self.judge(&look, &mut verdict);
                if self.policy.mode == Mode::Enforce && verdict.action == Action::Redact {
                    self.redact(scanner, input, look, request, form, &mut verdict);
                }
            }
            Err(error) => {
                verdict.action = self.policy.on_error;
                verdict.reason = Reason::Error;
                verdict.completeness = Completeness::Incomplete;
                verdict.error = Some(InspectError::Payload(error));
            }
        }
        if self.policy.mode == Mode::Monitor {
            verdict.would_be = Some(verdict.action);
            verdict.action = verdict.action.min(Action::Flag);
        }
        if verdict.action < Action::Redact {
            verdict.text = Some(input.to_vec());
        }
        verdict
    }

    /// Finds everything in a message and decides for each finding.
    fn look<'t>(
        &self,
        scanner: &mut Scanner,
        input: &'t [u8],
        request: &Request,
        form: Form,
    ) -> Result<Look<'t>, PayloadError> {
        let payload = match form {
            Form::Text => Payload {
                parts: vec![Part::whole(input)],
                documents: Vec::new(),
                complete: true,
            },
            Form::Json => read(input)?,
        };
        let (findings, complete) = scan(scanner, &payload);
        let parts = payload.parts;
        let mut found = Vec::new();
        for (number, (part, findings)) in parts.iter().zip(findings).enumerate() {
            for finding in findings.into_values() {
                if self.styles.open(&part.text, &finding).is_some() {
                    let span = part.in_message(&(finding.start..finding.end));
                    found.push((number, finding, span));
                }
            }
        }
        let spans: Vec<(Finding, Range<usize>)> = found
            .iter()
            .map(|(_, finding, span)| (*finding, span.clone()))
            .collect();
        let decisions = self.selector.decide(&self.policy, request.channel, &spans);
        let found = found.into_iter().zip(decisions);
        let found = found.map(|((part, finding, span), decision)| Found {
            part,
            finding,
            span,
            decision,
        });
        Ok(Look {
            found: found.collect(),
            parts,
            completeness: if complete {
                Completeness::Complete
            } else {
                Completeness::Incomplete
            },
        })
    }

    /// Fills in what a message's findings ask for.
    fn judge(&self, look: &Look<'_>, verdict: &mut Verdict) {
        let rule_name = |rule: Option<usize>| rule.map(|rule| self.policy.rules[rule].name.clone());
        for found in &look.found {
            let classifier = self.database.classifier(found.finding.classifier);
            let Decision { action, rule } = found.decision;
            if verdict.findings.is_empty() || action > verdict.action {
                verdict.action = action;
                verdict.rule = rule_name(rule);
                verdict.reason = match rule {
                    Some(_) => Reason::Rule,
                    None => Reason::Default,
                };
            }
            verdict.findings.push(DecidedFinding {
                finding: Finding {
                    start: found.span.start,
                    end: found.span.end,
                    ..found.finding
                },
                classifier: classifier.id().to_owned(),
                severity: classifier.severity(),
                action,
                rule: rule_name(rule),
            });
        }
        verdict.completeness = look.completeness;
        if look.completeness != Completeness::Complete {
            self.incomplete(verdict);
        }
    }

    /// What was not inspected to its end may ask for more than what was found.
    fn incomplete(&self, verdict: &mut Verdict) {
        verdict.completeness = Completeness::Incomplete;
        let nothing_decided = verdict.reason == Reason::NoFinding;
        if nothing_decided || self.policy.on_incomplete > verdict.action {
            verdict.action = self.policy.on_incomplete;
            verdict.reason = Reason::Incomplete;
            verdict.rule = None;
        }
    }

    /// Redacts until nothing changes: a mark is seldom as long as its value, so it can bring a
    /// keyword near. What is found in later passes is not in the message as it came; it is
    /// redacted even where its rule would block.
    fn redact(
        &self,
        scanner: &mut Scanner,
        input: &[u8],
        first: Look<'_>,
        request: &Request,
        form: Form,
        verdict: &mut Verdict,
    ) {
        let mut made = self.edits(&first, 0);
        drop(first);
        let mut text = input.to_vec();
        for pass in 1..=MAX_PASSES {
            let edits = match made {
                Ok(edits) if edits.is_empty() => {
                    verdict.text = Some(text);
                    return;
                }
                Ok(edits) => edits,
                Err(error) => return refuse(verdict, error),
            };
            text = apply(&text, &edits);
            verdict.edits += edits.len();
            let Ok(look) = self.look(scanner, &text, request, form) else {
                break;
            };
            if look.completeness != Completeness::Complete {
                self.incomplete(verdict);
                if verdict.action != Action::Redact {
                    return;
                }
            }
            made = self.edits(&look, pass);
        }
        refuse(verdict, RedactError::Unsettled);
    }

    /// Edits of the message, sorted.
    fn edits(&self, look: &Look<'_>, pass: usize) -> Result<Vec<Edit>, RedactError> {
        let mut edits = Vec::new();
        for found in look.found.chunk_by(|a, b| a.part == b.part) {
            let part = &look.parts[found[0].part];
            let wanted: Vec<Wanted> = found
                .iter()
                .filter(|found| found.decision.action >= Action::Redact)
                .map(|found| Wanted {
                    finding: found.finding,
                    rule: found.decision.rule,
                })
                .collect();
            edits.extend(part.write(self.styles.edits(&part.text, &wanted, pass)?));
        }
        Ok(edits)
    }
}

/// Blocks: the rule asks for the values to be gone, which they may not be.
fn refuse(verdict: &mut Verdict, error: RedactError) {
    verdict.action = Action::Block;
    verdict.reason = Reason::Error;
    verdict.rule = None;
    verdict.error = Some(InspectError::Redact(error));
}
