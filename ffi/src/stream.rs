//! Texts that arrive in pieces.

use std::sync::{Arc, Mutex};

use sluicegate::Stream;
use sluicegate_guard::GuardStream;
use sluicegate_guard::redact::Session;

use crate::error::Failure;
use crate::handle::{self, Object};
use crate::options::Options;
use crate::request::Request;
use crate::result::Contents;
use crate::scratch::Memory;
use crate::{
    boundary, database, guard, sg_completeness, sg_database, sg_error, sg_finding, sg_guard,
    sg_item, sg_request, sg_result, sg_scan_options, sg_scratch, sg_session, sg_status,
};

/// A text that arrives in pieces. However it is cut, what comes of it is the same. It keeps the
/// database, or the guard and the session, that it was made of, so they may be freed before it, and
/// replaced where others find them. A call that finds it in use by another thread fails with
/// SG_STATUS_BUSY.
pub struct sg_stream(Mutex<Kind>);

impl Object for sg_stream {
    const TAG: u64 = u64::from_le_bytes(*b"sgstrea\0");
    const NAME: &'static str = "sg_stream";
}

enum Kind {
    Scan(Box<ScanStream>),
    Guard(Box<GuardedStream>),
}

/// Findings as they are settled.
struct ScanStream {
    shared: Arc<database::Shared>,
    min_confidence: u8,
    stream: Stream,
}

/// Bytes that may be passed on as they are released.
struct GuardedStream {
    shared: Arc<guard::Shared>,
    request: sluicegate_guard::Request,
    session: Arc<Mutex<Session>>,
    /// Whether the session is the stream's alone, one for each text.
    is_own: bool,
    stream: GuardStream,
}

/// What a call brings.
enum Input<'a> {
    Piece(&'a [u8]),
    End,
}

impl ScanStream {
    fn take(&mut self, input: &Input, memory: &mut Memory, held: &mut Contents) {
        let scratch = &mut memory.worker.scratch;
        let settled = match *input {
            Input::Piece(bytes) => self.stream.push(scratch, bytes),
            Input::End => self.stream.finish(scratch),
        };
        held.begin(&self.shared);
        let wanted = settled.findings.iter();
        let wanted = wanted.filter(|finding| finding.confidence >= self.min_confidence);
        held.findings
            .extend(wanted.map(|finding| sg_finding::new(&self.shared, finding)));
        held.items.push(sg_item {
            first: 0,
            count: held.findings.len(),
            completeness: sg_completeness::from(settled.completeness) as u32,
            reserved: 0,
        });
        held.settled = Some(settled.end);
    }
}

impl GuardedStream {
    fn new(
        shared: &Arc<guard::Shared>,
        session: Option<&Arc<Mutex<Session>>>,
        request: sluicegate_guard::Request,
    ) -> Result<Self, Failure> {
        let is_own = session.is_none();
        let session = session.map_or_else(Arc::default, Arc::clone);
        let stream = shared
            .guard
            .stream(&*handle::hold(&session, "sg_session")?, &request)
            .map_err(|error| {
                Failure::new(sg_status::InvalidPolicy, error.to_string())
                    .hint("inspect the whole text with sg_guard_inspect, or take another style")
            })?;
        Ok(Self {
            shared: Arc::clone(shared),
            request,
            session,
            is_own,
            stream,
        })
    }

    fn take(
        &mut self,
        input: &Input,
        memory: &mut Memory,
        held: &mut Contents,
    ) -> Result<(), Failure> {
        let mut session = handle::hold(&self.session, "sg_session")?;
        let scratch = &mut memory.worker.scratch;
        held.begin_guarded(&self.shared);
        match *input {
            Input::Piece(bytes) => {
                self.stream
                    .push(&mut session, scratch, bytes, &mut held.text);
                held.take_decided(&self.stream.take_findings());
            }
            Input::End => {
                let verdict = self.stream.finish(&mut session, scratch, &mut held.text);
                held.take_decided(&verdict.findings);
                held.decide(verdict);
                drop(session);
                if self.is_own {
                    *self = Self::new(&self.shared, None, self.request.clone())?;
                }
            }
        }
        Ok(())
    }
}

impl Kind {
    fn take(
        &mut self,
        input: &Input,
        memory: &mut Memory,
        held: &mut Contents,
    ) -> Result<(), Failure> {
        match self {
            Self::Scan(scan) => scan.take(input, memory, held),
            Self::Guard(guarded) => return guarded.take(input, memory, held),
        }
        Ok(())
    }

    fn held(&self) -> usize {
        match self {
            Self::Scan(scan) => scan.stream.held(),
            Self::Guard(guarded) => guarded.stream.held(),
        }
    }
}

/// Runs what makes a stream, and hands it out.
///
/// # Safety
/// `stream` and `error` are NULL or places for pointers.
unsafe fn make(
    stream: *mut *mut sg_stream,
    error: *mut *mut sg_error,
    body: impl FnOnce() -> Result<Kind, Failure>,
) -> sg_status {
    let body = || {
        let place = handle::place(stream, "stream")?;
        let stream = sg_stream(Mutex::new(body()?));
        // SAFETY: `place` has checked what can be; it is a place by the caller's promise.
        unsafe { place.write(handle::give(stream)) };
        Ok(())
    };
    // SAFETY: the caller's promise is that of `call`.
    unsafe { boundary::call(error, body) }
}

/// A stream that finds what a scan of the whole text would. `options` are as those of sg_scan, but
/// that offsets count bytes, from the beginning of the text.
///
/// # Safety
/// `database` is NULL or a live object of this library; `options` is NULL or to as many bytes as its
/// `size` says; `stream` and `error` are NULL or places for pointers.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn sg_stream_new(
    database: *const sg_database,
    options: *const sg_scan_options,
    stream: *mut *mut sg_stream,
    error: *mut *mut sg_error,
) -> sg_status {
    let body = || {
        // SAFETY: the caller's promise is that of `borrow`.
        let shared = &unsafe { handle::borrow(database) }?.0;
        // SAFETY: the caller's promise is that of `read`.
        let options = unsafe { Options::read(options) }?;
        options.unit.only_bytes()?;
        options.all_findings()?;
        Ok(Kind::Scan(Box::new(ScanStream {
            shared: Arc::clone(shared),
            min_confidence: options.min_confidence,
            stream: Stream::new(&shared.database),
        })))
    };
    // SAFETY: the caller's promise is that of `make`.
    unsafe { make(stream, error, body) }
}

/// A stream that a guard decides about, and that releases what may be passed on. `session` may be
/// NULL for one of each text's own. The form of `request` is SG_FORM_TEXT, offsets count bytes.
/// SG_STATUS_INVALID_POLICY where the policy redacts in a style that needs the whole text ("fpe").
///
/// # Safety
/// `guard` and `session` are NULL or live objects of this library; `request` is NULL or to as many
/// bytes as its `size` says; `stream` and `error` are NULL or places for pointers.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn sg_stream_new_guarded(
    guard: *const sg_guard,
    session: *mut sg_session,
    request: *const sg_request,
    stream: *mut *mut sg_stream,
    error: *mut *mut sg_error,
) -> sg_status {
    let body = || {
        // SAFETY: the caller's promise is that of `borrow`.
        let shared = &unsafe { handle::borrow(guard) }?.0;
        // SAFETY: as above.
        let session = unsafe { sg_session::find(session) }?;
        // SAFETY: the caller's promise is that of `read_for_stream`.
        let request = unsafe { Request::read_for_stream(request) }?;
        let stream = GuardedStream::new(shared, session, request.known)?;
        Ok(Kind::Guard(Box::new(stream)))
    };
    // SAFETY: the caller's promise is that of `make`.
    unsafe { make(stream, error, body) }
}

/// Runs what brings a stream its next input, and fills a result with what comes of it.
///
/// # Safety
/// `stream`, `scratch` and `result` are NULL or live objects of this library; `error` is NULL or a
/// place for a pointer.
unsafe fn advance<'a>(
    stream: *mut sg_stream,
    scratch: *mut sg_scratch,
    input: impl FnOnce() -> Result<Input<'a>, Failure>,
    result: *mut sg_result,
    error: *mut *mut sg_error,
) -> sg_status {
    let body = || {
        // SAFETY: the caller's promise is that of `borrow`.
        let stream = unsafe { handle::borrow(stream) }?;
        // SAFETY: as above.
        let scratch = unsafe { handle::borrow(scratch) }?;
        let input = input()?;
        // SAFETY: as above.
        let result = unsafe { handle::borrow(result) }?;
        let mut kind = handle::hold(&stream.0, "sg_stream")?;
        let mut memory = handle::lock(&scratch.0, "sg_scratch")?;
        let mut held = handle::lock(&result.0, "sg_result")?;
        kind.take(&input, &mut memory, &mut held)
    };
    // SAFETY: the caller's promise is that of `call`.
    unsafe { boundary::call(error, body) }
}

/// Takes the next bytes of the text, which are read in place. `result` is filled anew: with the
/// findings that are settled now and have not been given before, and of a guard's stream with the
/// decisions about them and the bytes that may be passed on. When the call fails the stream has taken
/// nothing, and `result` keeps what it has. Any `scratch` and `result` will do, from call to call.
///
/// # Safety
/// `stream`, `scratch` and `result` are NULL or live objects of this library; `bytes` is NULL or to
/// `len` bytes; `error` is NULL or a place for a pointer.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn sg_stream_push(
    stream: *mut sg_stream,
    scratch: *mut sg_scratch,
    bytes: *const u8,
    len: usize,
    result: *mut sg_result,
    error: *mut *mut sg_error,
) -> sg_status {
    // SAFETY: the caller's promise is that of `array`.
    let piece = || unsafe { handle::array(bytes, len, "bytes") }.map(Input::Piece);
    // SAFETY: the caller's promise is that of `advance`.
    unsafe { advance(stream, scratch, piece, result, error) }
}

/// Takes the end of the text. `result` is filled anew, as by sg_stream_push, with the rest, and of a
/// guard's stream with the verdict. The stream is then at the beginning of another text.
///
/// # Safety
/// `stream`, `scratch` and `result` are NULL or live objects of this library; `error` is NULL or a
/// place for a pointer.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn sg_stream_finish(
    stream: *mut sg_stream,
    scratch: *mut sg_scratch,
    result: *mut sg_result,
    error: *mut *mut sg_error,
) -> sg_status {
    // SAFETY: the caller's promise is that of `advance`.
    unsafe { advance(stream, scratch, || Ok(Input::End), result, error) }
}

/// How many bytes have come that are not settled, or of a guard's stream may yet be passed on: what
/// may still become part of a finding.
///
/// # Safety
/// `stream` is NULL or a live object of this library; `held` is NULL or a place for its type.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn sg_stream_held(stream: *const sg_stream, held: *mut usize) -> sg_status {
    boundary::quiet(|| {
        // SAFETY: the caller's promise is that of `borrow`.
        let stream = unsafe { handle::borrow(stream) }?;
        let place = handle::place(held, "held")?;
        let held = handle::hold(&stream.0, "sg_stream")?.held();
        // SAFETY: `place` has checked what can be; it is a place by the caller's promise.
        unsafe { place.write(held) };
        Ok(())
    })
}

/// 1 where nothing more of the text is passed on, because something in it is blocked or could not be
/// redacted, and 0 where it goes on. The verdict is that of sg_stream_finish all the same.
///
/// # Safety
/// `stream` is NULL or a live object of this library; `stopped` is NULL or a place for its type.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn sg_stream_stopped(
    stream: *const sg_stream,
    stopped: *mut u32,
) -> sg_status {
    boundary::quiet(|| {
        // SAFETY: the caller's promise is that of `borrow`.
        let stream = unsafe { handle::borrow(stream) }?;
        let place = handle::place(stopped, "stopped")?;
        let stopped = match &*handle::hold(&stream.0, "sg_stream")? {
            Kind::Scan(_) => false,
            Kind::Guard(guarded) => guarded.stream.is_stopped(),
        };
        // SAFETY: `place` has checked what can be; it is a place by the caller's promise.
        unsafe { place.write(u32::from(stopped)) };
        Ok(())
    })
}

/// How many bytes of a stream's text are settled after the call that filled this result: no later
/// finding begins before. SG_STATUS_NOT_FOUND for a result that no stream has filled, or that of a
/// guard, which passes on what is settled.
///
/// # Safety
/// `result` is NULL or a live object of this library; `settled` is NULL or a place for its type.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn sg_result_settled(
    result: *const sg_result,
    settled: *mut usize,
) -> sg_status {
    boundary::quiet(|| {
        // SAFETY: the caller's promise is that of `borrow`.
        let result = unsafe { handle::borrow(result) }?;
        let place = handle::place(settled, "settled")?;
        let held = handle::lock(&result.0, "sg_result")?;
        let Some(settled) = held.settled else {
            return Err(Failure::new(
                sg_status::NotFound,
                "no stream of findings has filled this result",
            ));
        };
        // SAFETY: `place` has checked what can be; it is a place by the caller's promise.
        unsafe { place.write(settled) };
        Ok(())
    })
}

/// Frees a stream, and what it holds back. NULL is freed already.
///
/// # Safety
/// `stream` is NULL or a live object of this library that is not used any more.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn sg_stream_free(stream: *mut sg_stream) -> sg_status {
    // SAFETY: the caller's promise is that of `take`.
    boundary::quiet(|| unsafe { handle::take(stream) }.map(drop))
}
