//! One message on its way through a guard.

use std::ops::Range;

use sluicegate::{Completeness, Finding, Scanner};

use crate::payload::{Part, Payload, PayloadError, read, scan};
use crate::policy::{Action, Counts, Decision, Mode};
use crate::redact::{
    Edit, Halt, MAX_PASSES, Mixed, RedactError, Session, Stage, Styled, Work, apply,
};
use crate::stream::StreamPlan;
use crate::verdict::{InspectError, Reason, Verdict};
use crate::{Guard, Request};

/// What a message is.
#[derive(Clone, Copy)]
pub(crate) enum Form {
    Text,
    Json,
}

/// What a message is decided with.
pub(crate) struct Inspection<'a> {
    pub(crate) guard: &'a Guard,
    pub(crate) session: &'a mut Session,
    pub(crate) scanner: &'a mut Scanner,
    pub(crate) request: &'a Request,
    pub(crate) form: Form,
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
    counts: Counts,
    completeness: Completeness,
}

impl Inspection<'_> {
    /// Decides about the message.
    pub(crate) fn verdict(&mut self, input: &[u8]) -> Verdict {
        let policy = &self.guard.policy;
        let mut verdict = Verdict::new(policy, self.request.channel);
        match self.look(input) {
            Ok(look) => {
                self.judge(&look, &mut verdict);
                if policy.mode == Mode::Enforce && verdict.action == Action::Redact {
                    self.redact(input, look, &mut verdict);
                }
            }
            Err(error) => {
                verdict.action = policy.on_error;
                verdict.reason = Reason::Error;
                verdict.completeness = Completeness::Incomplete;
                verdict.error = Some(InspectError::Payload(error));
            }
        }
        verdict.carry_out();
        if verdict.action < Action::Redact {
            verdict.text = Some(input.to_vec());
        }
        verdict
    }

    /// Finds everything in a message and decides for each finding.
    fn look<'t>(&mut self, input: &'t [u8]) -> Result<Look<'t>, PayloadError> {
        let payload = match self.form {
            Form::Text => Payload {
                parts: vec![Part::whole(input)],
                documents: Vec::new(),
                complete: true,
            },
            Form::Json => read(input)?,
        };
        let mixed = &self.guard.styles.mixed;
        let session = &*self.session;
        let (findings, complete) = scan(self.scanner, &payload, |text| mixed.veil(text, session));
        let parts = payload.parts;
        let mut found = Vec::new();
        for (number, (part, findings)) in parts.iter().zip(findings).enumerate() {
            for finding in mixed.open(&part.text, findings.into_values(), self.session) {
                let span = part.in_message(&(finding.start..finding.end));
                found.push((number, finding, span));
            }
        }
        let spans: Vec<(Finding, Range<usize>, Option<usize>)> = found
            .iter()
            .map(|(part, finding, span)| {
                let value = &parts[*part].text[finding.start..finding.end];
                (*finding, span.clone(), self.guard.allowed(finding, value))
            })
            .collect();
        let Guard {
            selector, policy, ..
        } = self.guard;
        let (decisions, counts) = selector.decide(policy, self.request.channel, &spans);
        let found = found.into_iter().zip(decisions);
        let found = found.map(|((part, finding, span), decision)| Found {
            part,
            finding,
            span,
            decision,
        });
        Ok(Look {
            found: found.collect(),
            counts,
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
        for found in &look.found {
            let span = found.span.clone();
            verdict.add(self.guard.decided(&found.finding, span, found.decision));
        }
        if look.completeness != Completeness::Complete {
            verdict.incomplete(&self.guard.policy);
        }
    }

    fn redact(&mut self, input: &[u8], first: Look<'_>, verdict: &mut Verdict) {
        let redacted = match self.form {
            Form::Text if self.guard.styles.forms.is_some() => self.keep_forms(input, verdict),
            Form::Text => self.stream(input, &first, verdict),
            Form::Json => self.settle(input, first, verdict),
        };
        match redacted {
            Ok(text) => verdict.text = text,
            Err(error) => verdict.refuse(error),
        }
    }

    /// Redacts a text whose values keep their form.
    fn keep_forms(
        &mut self,
        input: &[u8],
        verdict: &mut Verdict,
    ) -> Result<Option<Vec<u8>>, RedactError> {
        let Some(forms) = &self.guard.styles.forms else {
            return Ok(None);
        };
        let wanted = |finding: &Finding| self.guard.redacts_alone(finding, self.request);
        let redacted = forms.redact_in(self.session, self.scanner, input, wanted)?;
        verdict.edits = redacted.edits;
        Ok(Some(redacted.bytes))
    }

    /// Redacts a text as a stream does, but with the counts of the whole.
    fn stream(
        &mut self,
        input: &[u8],
        look: &Look<'_>,
        verdict: &mut Verdict,
    ) -> Result<Option<Vec<u8>>, RedactError> {
        let mut text = Vec::with_capacity(input.len());
        let mut taken = Mixed::taken([input].into_iter(), self.session);
        let mut plan = StreamPlan {
            guard: self.guard,
            channel: self.request.channel,
            entries: self.session.len(),
            session: self.session,
            taken: &mut taken,
            counts: &mut look.counts.clone(),
            verdict,
            is_known: true,
        };
        let mut work = Work {
            plan: &mut plan,
            scratch: self.scanner.scratch(),
            out: &mut text,
        };
        let mut stage = Stage::new(&self.guard.database);
        let result = stage.push(&mut work, input);
        match result.and_then(|()| stage.finish(&mut work)) {
            Ok(()) => Ok(Some(text)),
            Err(Halt::Stopped) => Ok(None),
            Err(Halt::Error(error)) => Err(error),
        }
    }

    /// Redacts a payload until nothing changes: a mark is seldom as long as its value, so it can bring a
    /// keyword near. What is found in later passes is not in the message as it came; it is
    /// redacted even where its rule would block. Nothing comes of it where the verdict changes.
    fn settle(
        &mut self,
        input: &[u8],
        first: Look<'_>,
        verdict: &mut Verdict,
    ) -> Result<Option<Vec<u8>>, RedactError> {
        let mut edits = self.edits(&first, 0)?;
        drop(first);
        let mut text = input.to_vec();
        for pass in 1..=MAX_PASSES {
            if edits.is_empty() {
                return Ok(Some(text));
            }
            text = apply(&text, &edits);
            verdict.edits += edits.len();
            let Ok(look) = self.look(&text) else {
                break;
            };
            if look.completeness != Completeness::Complete {
                verdict.incomplete(&self.guard.policy);
                if verdict.action != Action::Redact {
                    return Ok(None);
                }
            }
            edits = self.edits(&look, pass)?;
        }
        Err(RedactError::Unsettled)
    }

    /// Edits of the message, sorted.
    fn edits(&mut self, look: &Look<'_>, pass: usize) -> Result<Vec<Edit>, RedactError> {
        let styles = &self.guard.styles;
        let texts = look.parts.iter().map(|part| &*part.text);
        let taken = Mixed::taken(texts, self.session);
        let mut edits = Vec::new();
        for found in look.found.chunk_by(|a, b| a.part == b.part) {
            let part = &look.parts[found[0].part];
            let wanted: Vec<Styled> = found
                .iter()
                .filter(|found| found.decision.action >= Action::Redact)
                .map(|found| Styled {
                    finding: found.finding,
                    style: styles.of(found.decision.rule),
                })
                .collect();
            let made = styles
                .mixed
                .edits(&part.text, &wanted, pass, self.session, &taken)?;
            edits.extend(part.write(made));
        }
        Ok(edits)
    }
}
