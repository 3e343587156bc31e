//! A database with a policy: messages to verdicts.

use std::ops::Range;
use std::sync::Arc;

use sluicegate::model::Diagnostic;
use sluicegate::{Database, Finding, Scanner};

use crate::allow::{AllowList, ValueHash};
use crate::inspection::{Form, Inspection};
use crate::payload::read;
use crate::policy::{Action, Channel, DEFAULT_KEY, Decision, Keys, Policy, Selector, Styles};
use crate::redact::{Restored, Session, apply};
use crate::verdict::{DecidedFinding, InspectError, Verdict};

/// Decides about messages. It is shared between threads, each of which has its own scanner, and
/// cheap to clone.
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
/// let guard = Guard::new(&database, policy).unwrap();
/// let mut scanner = Scanner::new(&database);
/// let request = Request::new(Channel::ToolArgs);
/// let message = br#"{"note": "see TICKET-1234"}"#;
/// let verdict = guard.inspect_json(&mut scanner, message, &request);
/// assert_eq!(verdict.action, Action::Redact);
/// assert_eq!(verdict.text.unwrap(), br#"{"note": "see [CUSTOM_TICKET]"}"#);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct Guard {
    pub(crate) database: Database,
    pub(crate) policy: Arc<Policy>,
    pub(crate) selector: Arc<Selector>,
    pub(crate) styles: Arc<Styles>,
    pub(crate) allow: Arc<AllowList>,
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

impl Guard {
    /// A guard that finds with this database and decides by this policy, which names no key.
    ///
    /// # Errors
    /// As those of [`Self::with_keys`].
    pub fn new(database: &Database, policy: Policy) -> Result<Self, Vec<Diagnostic>> {
        Self::with_keys(database, policy, &Keys::new())
    }

    /// The same with the keys that the policy names.
    ///
    /// # Errors
    /// Every rule whose style can't be used: its key is missing or too short, or it is `fpe` beside
    /// another style or an allow-list. Entries of the allow-list that can't be used.
    pub fn with_keys(
        database: &Database,
        policy: Policy,
        keys: &Keys,
    ) -> Result<Self, Vec<Diagnostic>> {
        let hash = keys.get(DEFAULT_KEY).map(ValueHash::keyed);
        // A key that is too short is refused where a style asks for it, and missed here.
        let hash = hash.and_then(Result::ok);
        Ok(Self {
            database: database.clone(),
            allow: Arc::new(AllowList::new(policy.allow.clone(), hash.as_ref())?),
            selector: Arc::new(Selector::new(database, &policy)),
            styles: Arc::new(Styles::new(database, &policy, keys)?),
            policy: Arc::new(policy),
        })
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

    /// Decides about a text, in a session of its own.
    ///
    /// # Panics
    /// When the scanner is of another database.
    pub fn inspect(&self, scanner: &mut Scanner, text: &[u8], request: &Request) -> Verdict {
        self.inspect_in(&mut Session::default(), scanner, text, request)
    }

    /// The same in a session, in which equal values have equal numbers from message to message, and
    /// which [`Self::restore`] takes for the way back.
    ///
    /// # Panics
    /// When the scanner is of another database.
    pub fn inspect_in(
        &self,
        session: &mut Session,
        scanner: &mut Scanner,
        text: &[u8],
        request: &Request,
    ) -> Verdict {
        self.inspection(session, scanner, request, Form::Text)
            .verdict(text)
    }

    /// Decides about a JSON text, in a session of its own. What is passed on is JSON, and the same
    /// outside of the edits.
    ///
    /// # Panics
    /// When the scanner is of another database.
    pub fn inspect_json(&self, scanner: &mut Scanner, text: &[u8], request: &Request) -> Verdict {
        self.inspect_json_in(&mut Session::default(), scanner, text, request)
    }

    /// The same in a session, see [`Self::inspect_in`].
    ///
    /// # Panics
    /// When the scanner is of another database.
    pub fn inspect_json_in(
        &self,
        session: &mut Session,
        scanner: &mut Scanner,
        text: &[u8],
        request: &Request,
    ) -> Verdict {
        self.inspection(session, scanner, request, Form::Json)
            .verdict(text)
    }

    /// Turns a text back: the tokens of the policy's keys, and the numbered labels and vault tokens
    /// of the session. Marks of other styles stay. `request` is that of the redaction; only `fpe`
    /// looks at it, and at the scanner, to find the values that kept their form.
    ///
    /// # Errors
    /// When a scan is incomplete.
    ///
    /// # Panics
    /// When the scanner is of another database.
    pub fn restore(
        &self,
        session: &Session,
        scanner: &mut Scanner,
        text: &[u8],
        request: &Request,
    ) -> Result<Restored, InspectError> {
        self.assert_of_database(scanner);
        let Some(forms) = &self.styles.forms else {
            return Ok(self.styles.mixed.restore(text, session));
        };
        let wanted = |finding: &Finding| self.redacts_alone(finding, request);
        forms
            .restore(session, scanner, text, wanted)
            .map_err(InspectError::Redact)
    }

    /// Turns a JSON text back, in which values are written as JSON asks. All other bytes stay. A
    /// number that became a string comes back as a string.
    ///
    /// # Errors
    /// When the text is not JSON.
    pub fn restore_json(&self, session: &Session, text: &[u8]) -> Result<Restored, InspectError> {
        let payload = read(text).map_err(InspectError::Payload)?;
        let mut edits = Vec::new();
        let mut restored = 0;
        let mut unknown = 0;
        for part in &payload.parts {
            let (back, left) = self.styles.mixed.reverting_edits(&part.text, session);
            restored += back.len();
            unknown += left;
            edits.extend(part.write(back));
        }
        Ok(Restored {
            bytes: apply(text, &edits),
            restored,
            unknown,
        })
    }

    /// Whether a finding is redacted of which nothing else is known.
    pub(crate) fn redacts_alone(&self, finding: &Finding, request: &Request) -> bool {
        // A policy with such a style has no allow-list.
        let alone = [(*finding, finding.start..finding.end, None)];
        let (decisions, _) = self.selector.decide(&self.policy, request.channel, &alone);
        decisions
            .iter()
            .all(|decision| decision.action >= Action::Redact)
    }

    /// The entry of the allow-list that a finding in a text meets.
    pub(crate) fn allowed(&self, finding: &Finding, value: &[u8]) -> Option<usize> {
        if self.policy.allow.is_empty() {
            return None;
        }
        let classifier = self.database.classifier(finding.classifier);
        let met = self.allow.meeting(classifier.id(), value, None);
        met.first().copied()
    }

    /// A finding at a span of the message with what was decided for it.
    pub(crate) fn decided(
        &self,
        finding: &Finding,
        span: Range<usize>,
        decision: Decision,
    ) -> DecidedFinding {
        let classifier = self.database.classifier(finding.classifier);
        let rule = decision.rule.map(|rule| &self.policy.rules[rule].name);
        let reason = decision
            .allowed
            .map(|entry| &self.policy.allow[entry].reason);
        DecidedFinding {
            finding: Finding {
                start: span.start,
                end: span.end,
                ..*finding
            },
            classifier: classifier.id().to_owned(),
            severity: classifier.severity(),
            action: decision.action,
            rule: rule.or(reason).cloned(),
        }
    }

    /// One message on its way through.
    fn inspection<'a>(
        &'a self,
        session: &'a mut Session,
        scanner: &'a mut Scanner,
        request: &'a Request,
        form: Form,
    ) -> Inspection<'a> {
        self.assert_of_database(scanner);
        Inspection {
            guard: self,
            session,
            scanner,
            request,
            form,
        }
    }

    fn assert_of_database(&self, scanner: &Scanner) {
        assert_eq!(
            scanner.database().digest(),
            self.database.digest(),
            "the scanner is of another database"
        );
    }
}
