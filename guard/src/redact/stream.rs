//! Redaction of a text that arrives in pieces.

use std::fmt;

use sluicegate::{Finding, Scratch};

use super::RedactError;
use super::redactor::Redactor;
use super::session::{Session, Taken};
use super::stage::{Choice, Halt, Plan, Stage, Work, known_entries};
use super::style::Style;
use super::veil::Brackets;

/// A text that is redacted as it arrives.
///
/// However it is cut, what comes out is the same, and is what [`Redactor::redact_in`] makes of the
/// whole; only numbers that stand as labels in the text and come after a value are not known in
/// time to be passed over. What is held back is what may still be part of a value, or of a mark.
///
/// ```
/// use sluicegate::{Scratch, compile, model::{Classifier, ClassifierId}};
/// use sluicegate_guard::redact::{RedactStream, Redactor, Session, Style};
///
/// let ticket = Classifier::new(ClassifierId::new("custom.ticket")?)
///     .with_regex(r"\bTICKET-[0-9]{4}\b");
/// let database = compile(&[ticket])?.database;
/// let redactor = Redactor::new(&database, Style::Numbered);
/// let (mut scratch, mut session) = (Scratch::new(), Session::default());
/// let mut stream = RedactStream::new(&redactor, &session)?;
/// let mut out = Vec::new();
/// for piece in ["see TICK", "ET-1234", " and more"] {
///     stream.push(&mut session, &mut scratch, piece.as_bytes(), &|_| true, &mut out)?;
/// }
/// stream.finish(&mut session, &mut scratch, &|_| true, &mut out)?;
/// assert_eq!(out, b"see [TICKET_1] and more");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone)]
pub struct RedactStream {
    redactor: Redactor,
    stage: Stage,
    taken: Taken,
    /// Values that the session knew when the stream began.
    entries: usize,
    edits: usize,
    /// What stopped the stream.
    error: Option<RedactError>,
}

impl fmt::Debug for RedactStream {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RedactStream")
            .field("held", &self.held())
            .field("edits", &self.edits)
            .field("error", &self.error)
            .finish_non_exhaustive()
    }
}

impl RedactStream {
    /// A stream at its beginning.
    ///
    /// # Errors
    /// [`RedactError::WholeOnly`] for [`Style::Fpe`], which looks at the whole text.
    pub fn new(redactor: &Redactor, session: &Session) -> Result<Self, RedactError> {
        match redactor.style {
            Style::Fpe(_) => Err(RedactError::WholeOnly),
            _ => Ok(Self::settle(redactor, session, &[])),
        }
    }

    /// The same where the whole text is known.
    pub(super) fn settle(redactor: &Redactor, session: &Session, whole: &[u8]) -> Self {
        Self {
            redactor: redactor.clone(),
            stage: Stage::new(&redactor.database),
            taken: Taken::new(whole, session),
            entries: session.len(),
            edits: 0,
            error: None,
        }
    }

    /// Takes the next bytes, and appends to `out` what can be passed on. Findings that `wanted`
    /// does not accept stay.
    ///
    /// # Errors
    /// When the text can't be redacted. What was passed on before holds no value; no more will be.
    pub fn push(
        &mut self,
        session: &mut Session,
        scratch: &mut Scratch,
        bytes: &[u8],
        wanted: &impl Fn(&Finding) -> bool,
        out: &mut Vec<u8>,
    ) -> Result<(), RedactError> {
        self.work(session, scratch, wanted, out, |stage, work| {
            stage.push(work, bytes)
        })
    }

    /// Takes the end of the text, and appends the rest to `out`.
    ///
    /// # Errors
    /// As of [`Self::push`].
    pub fn finish(
        &mut self,
        session: &mut Session,
        scratch: &mut Scratch,
        wanted: &impl Fn(&Finding) -> bool,
        out: &mut Vec<u8>,
    ) -> Result<(), RedactError> {
        self.work(session, scratch, wanted, out, |stage, work| {
            stage.finish(work)
        })?;
        let edits = self.edits;
        *self = Self::settle(&self.redactor, session, &[]);
        self.edits = edits;
        Ok(())
    }

    fn work<'s, W: Fn(&Finding) -> bool>(
        &'s mut self,
        session: &'s mut Session,
        scratch: &'s mut Scratch,
        wanted: &'s W,
        out: &'s mut Vec<u8>,
        run: impl FnOnce(&mut Stage, &mut Work<'_, OneStyle<'s, W>>) -> Result<(), Halt>,
    ) -> Result<(), RedactError> {
        if let Some(error) = self.error {
            return Err(error);
        }
        let mut plan = OneStyle {
            redactor: &self.redactor,
            session,
            taken: &mut self.taken,
            entries: self.entries,
            wanted,
            edits: &mut self.edits,
        };
        let mut work = Work {
            plan: &mut plan,
            scratch,
            out,
        };
        match run(&mut self.stage, &mut work) {
            Ok(()) | Err(Halt::Stopped) => Ok(()),
            Err(Halt::Error(error)) => {
                self.error = Some(error);
                Err(error)
            }
        }
    }

    /// Bytes that have come and were not passed on.
    pub fn held(&self) -> usize {
        self.stage.held()
    }

    /// Bytes of memory that the stream holds.
    pub fn bytes(&self) -> usize {
        size_of::<Self>() - size_of::<Stage>() + self.stage.bytes()
    }

    /// Number of edits that were made.
    pub fn edits(&self) -> usize {
        self.edits
    }
}

/// Every wanted finding in the style of a redactor.
struct OneStyle<'s, W> {
    redactor: &'s Redactor,
    session: &'s mut Session,
    taken: &'s mut Taken,
    entries: usize,
    wanted: &'s W,
    edits: &'s mut usize,
}

impl<W: Fn(&Finding) -> bool> Plan for OneStyle<'_, W> {
    fn keeps(&self) -> usize {
        self.redactor.style.keeps()
    }

    fn brackets(&self, stage: usize) -> impl Brackets {
        let entries = known_entries(stage, self.entries);
        let keys = self.redactor.style.token_keys();
        self.redactor.marks.known(keys, self.session, entries)
    }

    fn choose(&mut self, _stage: usize, finding: &Finding, _value: &[u8]) -> Choice {
        if (self.wanted)(finding) {
            Choice::Replace(0)
        } else {
            Choice::Leave
        }
    }

    fn replace(
        &mut self,
        finding: &Finding,
        _style: usize,
        value: &[u8],
    ) -> Result<Vec<u8>, RedactError> {
        let replacement = self
            .redactor
            .replacement(self.session, self.taken, finding, value)?;
        *self.edits += usize::from(replacement != value);
        Ok(replacement)
    }

    fn pass_mark(&mut self, mark: &[u8]) {
        self.taken.pass(mark, self.session);
    }

    fn incomplete(&mut self) -> Result<(), Halt> {
        Err(RedactError::Incomplete.into())
    }
}
