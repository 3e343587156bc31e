//! One pass of redaction over text that arrives in pieces, and the passes behind it.
//!
//! A stage passes text on up to what may still be found. What it puts in place of a value can
//! change what is found around it, so the first edit of a stage makes a stage behind it, which reads
//! what this one passes on. Text before the first edit was read by this stage and needs no other:
//! the next one starts from a copy of this one that had not seen the edited bytes yet.
//!
//! Bytes that were passed on stay as they are. If what the next stage finds starts before the edit
//! that made it, the text can't be settled and is refused.
//!
//! What a stage does depends on the text alone and never on how it was cut: each stage behind one
//! has read everything before an edit when that edit is made. So numbers are given in one order.

use std::collections::VecDeque;
use std::ops::Range;

use sluicegate::{Completeness, Database, Finding, Scratch, Stream, outranks};

use super::RedactError;
use super::edit::whole_characters;
use super::mark::{Found, inside_stars};
use super::pass::{MAX_PASSES, REST, reach_in};
use super::veil::{Brackets, Veil};

/// What is to be done with findings.
pub(crate) trait Plan {
    /// Most characters that a partial mask keeps.
    fn keeps(&self) -> usize;
    /// The brackets of a text that a stage reads.
    fn brackets(&self, stage: usize) -> impl Brackets;
    /// What to do with a finding of a stage, which has this value.
    fn choose(&mut self, stage: usize, finding: &Finding, value: &[u8]) -> Choice;
    /// What stands in place of a value. `style` is the one that was chosen for its finding.
    fn replace(
        &mut self,
        finding: &Finding,
        style: usize,
        value: &[u8],
    ) -> Result<Vec<u8>, RedactError>;
    /// A mark that stands in the input is passed on.
    fn pass_mark(&mut self, mark: &[u8]);
    /// The text was not inspected to its end.
    fn incomplete(&mut self) -> Result<(), Halt>;
}

/// How many values of a session a stage knows, which knew `entries` before the text: the input is
/// read ahead of what is numbered, so what its stage knows must not grow.
pub(crate) fn known_entries(stage: usize, entries: usize) -> usize {
    if stage == 0 { entries } else { usize::MAX }
}

/// What to do with a finding.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Choice {
    /// It stays.
    Leave,
    /// It is replaced, in a style of the plan.
    Replace(usize),
    /// Nothing from where it starts is passed on.
    Stop,
}

/// Why no more is passed on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Halt {
    /// The plan chose to stop.
    Stopped,
    /// The text can't be redacted.
    Error(RedactError),
}

impl From<RedactError> for Halt {
    fn from(error: RedactError) -> Self {
        Self::Error(error)
    }
}

/// What stages work with.
pub(crate) struct Work<'w, P> {
    pub(crate) plan: &'w mut P,
    pub(crate) scratch: &'w mut Scratch,
    /// Where the last stage puts what it passes on.
    pub(crate) out: &'w mut Vec<u8>,
}

/// One pass. Offsets are of the text that it reads.
#[derive(Clone, Debug)]
pub(crate) struct Stage {
    number: usize,
    veil: Veil,
    stream: Stream,
    /// Bytes that the stream has read.
    read: usize,
    /// Some context, and behind it what was not passed on.
    text: Vec<u8>,
    /// Where `text` starts.
    base: usize,
    marks: Found,
    /// Findings that wait for the bytes behind them.
    waiting: VecDeque<Finding>,
    /// No other finding starts before.
    settled: usize,
    /// What is to be replaced, once nothing more can overlap it.
    group: Option<Group>,
    /// What was passed on.
    passed: usize,
    /// Edits can't start before.
    frontier: usize,
    /// Bytes not to be passed on, because the stage before has.
    skip: usize,
    /// Copies of the stage from before, of which the second is newer.
    copies: [Option<Box<Stage>>; 2],
    next: Option<Box<Stage>>,
}

/// Findings that overlap.
#[derive(Clone, Debug)]
struct Group {
    /// The one that names it.
    finding: Finding,
    style: usize,
    span: Range<usize>,
}

/// Bytes that are taken in at a time.
const PIECE: usize = 4096;
/// Bytes of findings that overlap one another from which on those that follow are another edit, so
/// that what is held is bounded.
const MAX_GROUP: usize = 16 << 10;
/// Bytes between copies of a stage.
const COPY_EVERY: usize = 1024;

impl Stage {
    pub(crate) fn new(database: &Database) -> Self {
        Self {
            number: 0,
            veil: Veil::default(),
            stream: Stream::new(database),
            read: 0,
            text: Vec::new(),
            base: 0,
            marks: Found::default(),
            waiting: VecDeque::new(),
            settled: 0,
            group: None,
            passed: 0,
            frontier: 0,
            skip: 0,
            copies: [None, None],
            next: None,
        }
    }

    /// Bytes that have come and were not passed on, by this stage or one behind it.
    pub(crate) fn held(&self) -> usize {
        let behind = self.next.as_ref().map_or(0, |next| next.held());
        self.end() - self.passed + behind
    }

    /// Bytes of memory that the stage and those behind it hold.
    pub(crate) fn bytes(&self) -> usize {
        let others = self.copies.iter().flatten().chain(&self.next);
        size_of::<Self>() + self.stream.bytes() - size_of::<Stream>()
            + self.text.capacity()
            + self.waiting.capacity() * size_of::<Finding>()
            + others.map(|stage| stage.bytes()).sum::<usize>()
    }

    /// Takes the next bytes.
    pub(crate) fn push<P: Plan>(
        &mut self,
        work: &mut Work<'_, P>,
        bytes: &[u8],
    ) -> Result<(), Halt> {
        for piece in bytes.chunks(PIECE) {
            self.text.extend_from_slice(piece);
            let mut veiled = Vec::new();
            let Self { marks, read, .. } = self;
            let brackets = work.plan.brackets(self.number);
            self.veil.push(&brackets, piece, &mut veiled, |start, end| {
                marks.push(*read + start..*read + end);
            });
            drop(brackets);
            self.inspect(work, &veiled)?;
            self.advance(work, false)?;
        }
        Ok(())
    }

    /// Takes the end of the text.
    pub(crate) fn finish<P: Plan>(&mut self, work: &mut Work<'_, P>) -> Result<(), Halt> {
        let mut veiled = Vec::new();
        self.veil.finish(&mut veiled);
        self.inspect(work, &veiled)?;
        let settled = self.stream.finish(work.scratch);
        self.waiting.extend(settled.findings);
        if settled.completeness != Completeness::Complete {
            work.plan.incomplete()?;
        }
        self.advance(work, true)?;
        match &mut self.next {
            Some(next) => next.finish(work),
            None => Ok(()),
        }
    }

    fn inspect<P: Plan>(&mut self, work: &mut Work<'_, P>, veiled: &[u8]) -> Result<(), Halt> {
        let settled = self.stream.push(work.scratch, veiled);
        self.read += veiled.len();
        self.waiting.extend(settled.findings);
        self.settled = settled.end;
        if settled.completeness != Completeness::Complete {
            work.plan.incomplete()?;
        }
        Ok(())
    }

    /// Where the text ends that has come.
    fn end(&self) -> usize {
        self.base + self.text.len()
    }

    fn advance<P: Plan>(&mut self, work: &mut Work<'_, P>, done: bool) -> Result<(), Halt> {
        while let Some(&finding) = self.waiting.front() {
            let Some(span) = self.claimed(&finding, done) else {
                break;
            };
            self.waiting.pop_front();
            // What it shares with a group that grew too long is gone.
            let span = span.start.max(self.passed)..span.end;
            if span.is_empty() || self.is_left_by_redaction(work.plan.keeps(), &finding) {
                continue;
            }
            let value = &self.text[finding.start - self.base..finding.end - self.base];
            let style = match work.plan.choose(self.number, &finding, value) {
                Choice::Leave => continue,
                Choice::Replace(style) => style,
                Choice::Stop => {
                    let group = self.group.as_ref().map(|group| &group.span);
                    let open = group.filter(|group| span.start < group.end);
                    let stop = open.map_or(span.start, |group| group.start);
                    if open.is_none() {
                        self.close(work)?;
                    }
                    self.pass_on(work, stop)?;
                    // For the stages behind, the text ends here.
                    if let Some(next) = &mut self.next {
                        next.finish(work)?;
                    }
                    return Err(Halt::Stopped);
                }
            };
            match &mut self.group {
                Some(group) if span.start < group.span.end && group.span.len() < MAX_GROUP => {
                    group.span.end = group.span.end.max(span.end);
                    if outranks(self.stream.database(), &finding, &group.finding) {
                        group.finding = finding;
                        group.style = style;
                    }
                }
                _ => {
                    self.close(work)?;
                    let span = span.start.max(self.passed)..span.end;
                    self.group = (!span.is_empty()).then_some(Group {
                        finding,
                        style,
                        span,
                    });
                }
            }
        }
        let limit = if done { self.end() } else { self.limit() };
        let group = self.group.as_ref();
        if group.is_some_and(|group| group.span.end <= limit) {
            self.close(work)?;
        }
        let open = self.group.as_ref().map(|group| group.span.start);
        self.pass_on(work, open.unwrap_or(limit))?;
        self.copy();
        self.forget(work.plan.keeps());
        Ok(())
    }

    /// What a finding claims: whole characters and whole marks, and in later passes more. None when
    /// the bytes behind it have not come.
    fn claimed(&self, finding: &Finding, done: bool) -> Option<Range<usize>> {
        if !done && finding.end + REST > self.end() {
            return None;
        }
        let span = self.whole(finding.start..finding.end);
        let behind = &self.text[span.end - self.base..];
        match reach_in(behind, self.number, done)? {
            0 => Some(span),
            more => Some(self.whole(span.start..span.end + more)),
        }
    }

    /// A span with the whole of each character and mark that it touches.
    fn whole(&self, span: Range<usize>) -> Range<usize> {
        let local = span.start - self.base..span.end - self.base;
        let local = whole_characters(&self.text, local);
        let whole = self.base + local.start..self.base + local.end;
        self.marks.widen(whole)
    }

    fn is_left_by_redaction(&self, keeps: usize, finding: &Finding) -> bool {
        let local = finding.start - self.base..finding.end - self.base;
        self.marks.cover(&(finding.start..finding.end)) || inside_stars(&self.text, local, keeps)
    }

    /// Where the first finding may start, and with it a character or mark, that is not known yet.
    fn limit(&self) -> usize {
        let first = self.waiting.front();
        let first = first.map_or(self.settled, |finding| finding.start.min(self.settled));
        let start = self.marks.widen(first..first + 1).start.min(first);
        let is_inside = |at: usize| {
            self.text
                .get(at - self.base)
                .is_some_and(|byte| byte & 0xC0 == 0x80)
        };
        let mut limit = start.max(self.passed);
        for _ in 0..REST {
            limit -= usize::from(limit > self.passed && is_inside(limit));
        }
        limit
    }

    /// Replaces the open group, if there is one.
    fn close<P: Plan>(&mut self, work: &mut Work<'_, P>) -> Result<(), Halt> {
        let Some(group) = self.group.take() else {
            return Ok(());
        };
        self.pass_on(work, group.span.start)?;
        let value = group.span.start - self.base..group.span.end - self.base;
        let value = &self.text[value];
        let replacement = work.plan.replace(&group.finding, group.style, value)?;
        if replacement == value {
            return self.pass_on(work, group.span.end);
        }
        if group.span.start < self.frontier {
            return Err(RedactError::Unsettled.into());
        }
        self.follow(work)?;
        self.passed = group.span.end;
        self.next
            .as_mut()
            .expect("it was made")
            .push(work, &replacement)
    }

    /// Passes text on up to an offset.
    fn pass_on<P: Plan>(&mut self, work: &mut Work<'_, P>, to: usize) -> Result<(), Halt> {
        let span = self.passed..to;
        if span.is_empty() {
            return Ok(());
        }
        let bytes = &self.text[span.start - self.base..span.end - self.base];
        if self.number == 0 {
            for mark in self.marks.within(&span) {
                work.plan
                    .pass_mark(&self.text[mark.start - self.base..mark.end - self.base]);
            }
        }
        self.passed = to;
        if let Some(next) = &mut self.next {
            return next.push(work, bytes);
        }
        let skipped = self.skip.min(bytes.len());
        self.skip -= skipped;
        work.out.extend_from_slice(&bytes[skipped..]);
        Ok(())
    }

    /// Makes the stage behind this one, which is to read all that was passed on.
    fn follow<P: Plan>(&mut self, work: &mut Work<'_, P>) -> Result<(), Halt> {
        if self.next.is_some() {
            return Ok(());
        }
        if self.number + 1 == MAX_PASSES {
            return Err(RedactError::Unsettled.into());
        }
        let [copy, _] = std::mem::take(&mut self.copies);
        let mut next = copy.map_or_else(
            || Box::new(Self::new(self.stream.database())),
            |mut copy| {
                copy.copies[0] = Some(copy.clone());
                copy
            },
        );
        next.number = self.number + 1;
        next.frontier = self.passed;
        next.skip = self.passed - next.passed;
        let unread = next.end() - self.base..self.passed - self.base;
        next.push(work, &self.text[unread])?;
        self.next = Some(next);
        Ok(())
    }

    /// Keeps a copy that has read less than what was passed on, and one that soon will have.
    fn copy(&mut self) {
        if self.next.is_some() || self.group.is_some() || !self.waiting.is_empty() {
            return;
        }
        let [old, new] = &mut self.copies;
        if new.as_ref().is_some_and(|new| new.end() <= self.passed) {
            *old = new.take();
        }
        let last = old.as_ref().map_or(0, |old| old.end());
        if new.is_none() && self.base + self.text.len() >= last + COPY_EVERY {
            let copies = std::mem::take(&mut self.copies);
            let copy = Box::new(self.clone());
            let [old, _] = copies;
            self.copies = [old, Some(copy)];
        }
    }

    /// Drops text and marks that nothing needs any more.
    fn forget(&mut self, keeps: usize) {
        self.marks.forget(self.passed);
        let context = self.passed.saturating_sub(REST + 5 * keeps);
        let needed = match (&self.next, &self.copies[0]) {
            (Some(_), _) => context,
            (None, old) => context.min(old.as_ref().map_or(0, |old| old.end())),
        };
        self.text.drain(..needed - self.base);
        self.base = needed;
    }
}
