//! A message that is decided about as it arrives.

use std::fmt;

use sluicegate::{Finding, Scratch};

use crate::policy::{Action, Channel, Counts, Decision, Mode};
use crate::redact::{
    Brackets, Choice, Halt, Plan, RedactError, Session, Stage, Style, Taken, Work, known_entries,
};
use crate::verdict::{DecidedFinding, Verdict};
use crate::{Guard, Request};

/// A text that is decided about as it arrives.
///
/// However it is cut, what is passed on and the verdict are the same. Where nothing is blocked they
/// are those of [`Guard::inspect_in`] on the whole, but that a rule with `min_count` decides only from
/// the finding on that makes up the count: what came before has been passed on. Where something is
/// blocked, what stands before it has been passed on, and nothing behind it will be.
///
/// ```
/// use sluicegate::model::{Classifier, ClassifierId};
/// use sluicegate::{Scratch, compile};
/// use sluicegate_guard::policy::{Action, Channel, Policy, Rule};
/// use sluicegate_guard::redact::Session;
/// use sluicegate_guard::{Guard, Request};
///
/// let ticket = Classifier::new(ClassifierId::new("custom.ticket")?)
///     .with_regex(r"\bTICKET-[0-9]{4}\b");
/// let mut policy = Policy::new("example");
/// policy.rules.push(Rule::new("no-tickets", Action::Redact));
/// let guard = Guard::new(&compile(&[ticket])?.database, policy).unwrap();
///
/// let (mut scratch, mut session) = (Scratch::new(), Session::default());
/// let mut stream = guard.stream(&session, &Request::new(Channel::Output))?;
/// let mut out = Vec::new();
/// for delta in ["see TICK", "ET-1234", " for more"] {
///     stream.push(&mut session, &mut scratch, delta.as_bytes(), &mut out);
/// }
/// let verdict = stream.finish(&mut session, &mut scratch, &mut out);
/// assert_eq!(out, b"see [CUSTOM_TICKET] for more");
/// assert_eq!(verdict.action, Action::Redact);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone)]
pub struct GuardStream {
    guard: Guard,
    channel: Channel,
    stage: Stage,
    taken: Taken,
    /// Values that the session knew when the stream began.
    entries: usize,
    counts: Counts,
    verdict: Verdict,
    /// Nothing more is passed on.
    is_stopped: bool,
}

impl fmt::Debug for GuardStream {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("GuardStream")
            .field("held", &self.held())
            .field("verdict", &self.verdict)
            .finish_non_exhaustive()
    }
}

impl Guard {
    /// A text that will arrive in pieces. Streams go on with the guard they were made of.
    ///
    /// # Errors
    /// [`RedactError::WholeOnly`] when the policy redacts with `fpe`, which looks at the whole text.
    pub fn stream(&self, session: &Session, request: &Request) -> Result<GuardStream, RedactError> {
        if self.styles.forms.is_some() {
            return Err(RedactError::WholeOnly);
        }
        Ok(GuardStream {
            guard: self.clone(),
            channel: request.channel,
            stage: Stage::new(&self.database),
            taken: Taken::default(),
            entries: session.len(),
            counts: Counts::new(&self.policy),
            verdict: Verdict::new(&self.policy, request.channel),
            is_stopped: false,
        })
    }
}

impl GuardStream {
    /// Takes the next bytes, and appends to `out` what can be passed on.
    pub fn push(
        &mut self,
        session: &mut Session,
        scratch: &mut Scratch,
        bytes: &[u8],
        out: &mut Vec<u8>,
    ) {
        self.run(session, scratch, Some(bytes), out);
    }

    /// Takes the end of the text, and appends the rest to `out`. The verdict has no text: it has
    /// been passed on. The stream is then at the beginning of another text.
    pub fn finish(
        &mut self,
        session: &mut Session,
        scratch: &mut Scratch,
        out: &mut Vec<u8>,
    ) -> Verdict {
        self.run(session, scratch, None, out);
        let next = self.guard.stream(session, &Request::new(self.channel));
        let mut verdict = match next {
            Ok(next) => std::mem::replace(self, next).verdict,
            Err(_) => unreachable!("there is a stream of this guard"),
        };
        verdict.carry_out();
        verdict
    }

    /// Takes the next bytes, or the end of the text.
    fn run(
        &mut self,
        session: &mut Session,
        scratch: &mut Scratch,
        bytes: Option<&[u8]>,
        out: &mut Vec<u8>,
    ) {
        let is_monitor = self.guard.policy.mode == Mode::Monitor;
        if is_monitor {
            out.extend_from_slice(bytes.unwrap_or_default());
        }
        if self.is_stopped {
            return;
        }
        let mut passed = Vec::new();
        let mut plan = StreamPlan {
            guard: &self.guard,
            channel: self.channel,
            session,
            taken: &mut self.taken,
            entries: self.entries,
            counts: &mut self.counts,
            verdict: &mut self.verdict,
            is_known: false,
        };
        let mut work = Work {
            plan: &mut plan,
            scratch,
            out: if is_monitor { &mut passed } else { out },
        };
        let ran = match bytes {
            Some(bytes) => self.stage.push(&mut work, bytes),
            None => self.stage.finish(&mut work),
        };
        if let Err(halt) = ran {
            self.is_stopped = true;
            if let Halt::Error(error) = halt {
                self.verdict.refuse(error);
            }
        }
    }

    /// Bytes that have come and were not passed on, and may yet be.
    pub fn held(&self) -> usize {
        match self.guard.policy.mode {
            Mode::Enforce if !self.is_stopped => self.stage.held(),
            _ => 0,
        }
    }

    /// Bytes at the end of what has come before which no finding starts that is not decided yet, in
    /// monitor mode too.
    pub fn undecided(&self) -> usize {
        self.stage.held()
    }

    /// Whether nothing more is passed on, because something is blocked or went wrong.
    pub fn is_stopped(&self) -> bool {
        self.is_stopped && self.guard.policy.mode == Mode::Enforce
    }

    /// Bytes of memory that the stream holds, apart from its findings.
    pub fn bytes(&self) -> usize {
        size_of::<Self>() - size_of::<Stage>() + self.stage.bytes()
    }

    /// The findings that were decided since this was last asked. The verdict has only those that
    /// were not taken.
    pub fn take_findings(&mut self) -> Vec<DecidedFinding> {
        std::mem::take(&mut self.verdict.findings)
    }
}

/// What a policy asks for in a text.
pub(crate) struct StreamPlan<'p> {
    pub(crate) guard: &'p Guard,
    pub(crate) channel: Channel,
    pub(crate) session: &'p mut Session,
    pub(crate) taken: &'p mut Taken,
    /// Values that the session knew before.
    pub(crate) entries: usize,
    pub(crate) counts: &'p mut Counts,
    pub(crate) verdict: &'p mut Verdict,
    /// The whole text has been seen, so that the counts and findings are known.
    pub(crate) is_known: bool,
}

impl Plan for StreamPlan<'_> {
    fn keeps(&self) -> usize {
        self.guard.styles.mixed.keeps()
    }

    fn brackets(&self, stage: usize) -> impl Brackets {
        let entries = known_entries(stage, self.entries);
        self.guard.styles.mixed.brackets(self.session, entries)
    }

    fn choose(&mut self, stage: usize, finding: &Finding, value: &[u8]) -> Choice {
        if let Some(entry) = self.guard.allowed(finding, value) {
            if stage == 0 && !self.is_known {
                let span = finding.start..finding.end;
                let decision = Decision::allowed_by(entry);
                self.verdict
                    .add(self.guard.decided(finding, span, decision));
            }
            return Choice::Leave;
        }
        let Guard {
            policy, selector, ..
        } = self.guard;
        let decision = match (stage, self.is_known) {
            (_, true) => selector.decide_by(policy, self.channel, finding, Some(self.counts)),
            (0, false) => {
                let decision = selector.count(policy, self.channel, finding, self.counts);
                let span = finding.start..finding.end;
                self.verdict
                    .add(self.guard.decided(finding, span, decision));
                decision
            }
            // How much has been counted by now depends on how the text was cut.
            (_, false) => selector.decide_by(policy, self.channel, finding, None),
        };
        match decision.action {
            _ if policy.mode == Mode::Monitor => Choice::Leave,
            Action::Allow | Action::Flag => Choice::Leave,
            // What a mark brought about is not in the message as it came.
            Action::Block if stage == 0 => Choice::Stop,
            Action::Redact | Action::Block => {
                Choice::Replace(decision.rule.map_or(0, |rule| rule + 1))
            }
        }
    }

    fn replace(
        &mut self,
        finding: &Finding,
        style: usize,
        value: &[u8],
    ) -> Result<Vec<u8>, RedactError> {
        let styles = &self.guard.styles;
        let style: &Style = styles.of(style.checked_sub(1));
        let mixed = &styles.mixed;
        let replacement = mixed.replacement(finding, style, value, self.session, self.taken)?;
        self.verdict.edits += usize::from(replacement != value);
        Ok(replacement)
    }

    fn pass_mark(&mut self, mark: &[u8]) {
        self.taken.pass(mark, self.session);
    }

    fn incomplete(&mut self) -> Result<(), Halt> {
        let policy = &self.guard.policy;
        self.verdict.incomplete(policy);
        if self.verdict.action == Action::Block && policy.mode == Mode::Enforce {
            return Err(Halt::Stopped);
        }
        Ok(())
    }
}
