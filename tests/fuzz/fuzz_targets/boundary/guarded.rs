//! Calls with guards, sessions and streams. Each object has a twin in Rust that takes the same calls.

use std::cell::RefCell;
use std::ptr;
use std::rc::Rc;

use sluicegate::model::Source;
use sluicegate::{Database, Scanner, Scratch, Stream};
use sluicegate_ffi::*;
use sluicegate_guard::policy::{Channel, Keys, read_policy};
use sluicegate_guard::redact::Session;
use sluicegate_guard::{Guard, GuardStream, Request};
use sluicegate_tests::Choices;

use crate::expected::{Expected, check_result, number};
use crate::{Handle, Object, Program, answered};

/// A session that streams share.
pub(crate) type SharedSession = Rc<RefCell<Session>>;

/// A stream in Rust.
pub(crate) enum Twin {
    Scan(Stream, u8),
    Guard {
        stream: GuardStream,
        guard: Guard,
        request: Request,
        /// None for one of each text's own.
        session: Option<SharedSession>,
        own: Session,
    },
}

const KEYS: [(&str, &[u8]); 2] = [
    ("main", b"a key for tests only"),
    ("other", b"another key for tests"),
];
const ACTIONS: [&str; 4] = ["allow", "flag", "redact", "block"];
const STYLES: [&str; 8] = [
    "'label'",
    "'numbered'",
    "'mask'",
    "{ kind = 'partial', keep = 2 }",
    "{ kind = 'hash', key = 'other' }",
    "'token'",
    "'vault'",
    "'fpe'",
];

/// A policy, now and then with an error in it.
fn policy(choices: &mut Choices, database: &Database) -> Vec<u8> {
    let mut text = String::new();
    if choices.one_in(6) {
        text += "mode = 'monitor'\n";
    }
    text += &format!("default = '{}'\n", choices.pick(&ACTIONS));
    if choices.one_in(3) {
        text += "on_incomplete = 'flag'\non_error = 'allow'\n";
    }
    for rule in 0..choices.below(4) {
        let id = match choices.below(database.len() + 1) {
            0 => "*",
            index => database
                .classifiers()
                .nth(index - 1)
                .map_or("*", |info| info.id()),
        };
        // Most redact, because that is the most to do.
        let action = *choices.pick(&["redact", "redact", "redact", "flag", "allow", "block"]);
        text +=
            &format!("[[rule]]\nname = 'r{rule}'\nclassifiers = ['{id}']\naction = '{action}'\n");
        if action == "redact" {
            text += &format!("style = {}\n", choices.pick(&STYLES));
        }
        if choices.one_in(5) {
            text += "min_count = 2\n";
        }
        if choices.one_in(5) {
            text += "channels = ['prompt']\n";
        }
    }
    let mut text = text.into_bytes();
    if choices.one_in(8) {
        let at = choices.below(text.len());
        text[at] = choices.byte();
    }
    text
}

/// A request, and whether it is one that an inspection and that a stream takes.
fn request(choices: &mut Choices) -> (sg_request, bool, bool) {
    let mut request = sg_request {
        size: size_of::<sg_request>(),
        channel: choices.below(5) as u32,
        form: u32::from(choices.one_in(4)),
        offset_unit: *choices.pick(&[0, 0, 1, 2]),
        reserved: 0,
    };
    match choices.below(64) {
        60 => request.size = choices.below(64),
        61 => request.channel = 5 + choices.below(1 << 20) as u32,
        62 => request.form = 2 + choices.below(1 << 20) as u32,
        63 => request.reserved = 1 + choices.below(1 << 20) as u32,
        _ => {}
    }
    let right = request.size == size_of::<sg_request>()
        && request.channel < 5
        && request.form < 2
        && request.reserved == 0;
    (
        request,
        right,
        right && request.form == 0 && request.offset_unit == 0,
    )
}

fn twin_of(request: &sg_request) -> Request {
    Request::new(Channel::ALL[request.channel as usize])
}

/// A session that a call may take: none, or a right one.
enum Given {
    Own,
    Shared(SharedSession),
    Wrong,
}

impl Program {
    fn given(&self, session: &Handle<sg_session>) -> Given {
        match session.index.map(|index| &self.objects[index]) {
            Some(Object::Session(_, twin)) => Given::Shared(Rc::clone(twin)),
            _ if session.pointer.is_null() => Given::Own,
            _ => Given::Wrong,
        }
    }

    fn guard_at(&self, guard: &Handle<sg_guard>) -> Option<Guard> {
        match guard.index.map(|index| &self.objects[index]) {
            Some(Object::Guard(_, guard)) => Some(guard.clone()),
            _ => None,
        }
    }

    fn database_at(&self, database: &Handle<sg_database>) -> Option<Database> {
        match database.index.map(|index| &self.objects[index]) {
            Some(Object::Database(_, known)) => Some(known.clone()),
            _ => None,
        }
    }

    /// What a program has when it begins: a guard by a policy that is right, a session and streams.
    pub(crate) fn begin(&mut self) {
        fn last<T>(objects: &[Object], of_type: impl Fn(&Object) -> Option<*mut T>) -> Handle<T> {
            let known = |index: usize| Some((index, of_type(&objects[index])?));
            let found = (0..objects.len()).rev().find_map(known);
            let (index, pointer) = found.expect("there is one");
            Handle {
                pointer,
                index: Some(index),
            }
        }
        let database = last(&self.objects, Object::database);
        let text = "default = 'redact'\n[[rule]]\nname = 'numbered'\naction = 'redact'\n\
                    style = 'numbered'\n";
        self.guard_by(&database, text.as_bytes().to_vec(), KEYS.len());
        self.session_named("0");
        let guard = last(&self.objects, Object::guard);
        let session = last(&self.objects, Object::session);
        let request = sg_request {
            size: size_of::<sg_request>(),
            channel: 1,
            form: 0,
            offset_unit: 0,
            reserved: 0,
        };
        self.guarded_stream(&guard, &session, &request, true);
        let options = sg_scan_options {
            size: size_of::<sg_scan_options>(),
            offset_unit: 0,
            min_confidence: 0,
            resolve: 0,
            reserved: 0,
        };
        self.scan_stream(&database, &options, true);
    }

    /// A new guard, or another handle to one.
    pub(crate) fn guard(&mut self, choices: &mut Choices) {
        let mut handle = ptr::null_mut();
        if choices.one_in(4) {
            let guard = self.pick(choices, Object::guard);
            let status = unsafe { sg_guard_share(guard.pointer, &mut handle) };
            let known = self.guard_at(&guard);
            assert_eq!(status == sg_status::Ok, known.is_some());
            self.objects
                .extend(known.map(|known| Object::Guard(handle, known)));
            return;
        }
        let database = self.pick(choices, Object::database);
        let known = self.database_at(&database);
        let text = policy(choices, known.as_ref().unwrap_or(crate::plain()));
        let given = if choices.one_in(12) { 1 } else { KEYS.len() };
        self.guard_by(&database, text, given);
    }

    /// A guard by this policy, with so many of the keys.
    fn guard_by(&mut self, database: &Handle<sg_database>, text: Vec<u8>, given: usize) {
        let mut handle = ptr::null_mut();
        let known = self.database_at(database);
        let keys = KEYS.map(|(name, secret)| sg_key {
            name: name.as_ptr().cast(),
            name_len: name.len(),
            secret: secret.as_ptr(),
            secret_len: secret.len(),
        });
        let mut error = ptr::null_mut();
        let status = unsafe {
            sg_guard_new(
                database.pointer,
                text.as_ptr().cast(),
                text.len(),
                keys.as_ptr(),
                given,
                &mut handle,
                &mut error,
            )
        };
        let twin = known.and_then(|known| {
            let keys = KEYS[..given].iter();
            let keys = keys.fold(Keys::new(), |keys, (name, secret)| keys.with(*name, secret));
            let source = Source::new("policy", String::from_utf8(text).ok()?);
            Guard::with_keys(&known, read_policy(&source).ok()?, &keys).ok()
        });
        answered(status, twin.is_some(), error);
        self.objects
            .extend(twin.map(|twin| Object::Guard(handle, twin)));
    }

    pub(crate) fn guard_slot(&mut self, choices: &mut Choices) {
        let guard = self.pick(choices, Object::guard);
        let known = self.guard_at(&guard);
        match choices.below(3) {
            0 => {
                let (mut handle, mut error) = (ptr::null_mut(), ptr::null_mut());
                let status = unsafe { sg_guard_slot_new(guard.pointer, &mut handle, &mut error) };
                answered(status, known.is_some(), error);
                self.objects
                    .extend(known.map(|known| Object::GuardSlot(handle, known)));
            }
            1 => {
                let slot = self.pick(choices, Object::guard_slot);
                let status = unsafe { sg_guard_slot_put(slot.pointer, guard.pointer) };
                let both = slot.index.zip(known);
                assert_eq!(status == sg_status::Ok, both.is_some());
                if let Some((index, known)) = both {
                    self.objects[index] = Object::GuardSlot(slot.pointer, known);
                }
            }
            _ => {
                let slot = self.pick(choices, Object::guard_slot);
                let mut handle = ptr::null_mut();
                let status = unsafe { sg_guard_slot_get(slot.pointer, &mut handle) };
                assert_eq!(status == sg_status::Ok, slot.index.is_some());
                if let Some(Object::GuardSlot(_, held)) = slot.index.map(|at| &self.objects[at]) {
                    let held = held.clone();
                    self.objects.push(Object::Guard(handle, held));
                }
            }
        }
    }

    pub(crate) fn session(&mut self, choices: &mut Choices) {
        self.session_named(*choices.pick(&["", "0", "night-7", "Night 7", "\u{e9}"]));
    }

    fn session_named(&mut self, name: &str) {
        let (mut handle, mut error) = (ptr::null_mut(), ptr::null_mut());
        let status =
            unsafe { sg_session_new(name.as_ptr().cast(), name.len(), &mut handle, &mut error) };
        let twin = match name {
            "" => Some(Session::default()),
            _ => Session::new(name).ok(),
        };
        answered(status, twin.is_some(), error);
        let twin = twin.map(|twin| Rc::new(RefCell::new(twin)));
        self.objects
            .extend(twin.map(|twin| Object::Session(handle, twin)));
    }

    /// Ends a call that fills a result.
    fn refilled(&mut self, result: usize, expected: Expected) {
        let Object::Result(handle, held) = &mut self.objects[result] else {
            unreachable!("a result was picked");
        };
        *held = Some(expected);
        check_result(*handle, held.as_ref());
    }

    pub(crate) fn inspect(&mut self, choices: &mut Choices) {
        let guard = self.pick(choices, Object::guard);
        let scratch = self.pick(choices, Object::scratch);
        let session = self.pick(choices, Object::session);
        let result = self.pick(choices, Object::result);
        let (request, right, _) = request(choices);
        let mut message = choices.pick(&self.inputs).clone();
        if request.form == 1 && right && !choices.one_in(4) {
            let text = String::from_utf8_lossy(&message);
            message = serde_json::to_vec(&[text]).expect("texts can be written");
        }
        let mut error = ptr::null_mut();
        let status = unsafe {
            sg_guard_inspect(
                guard.pointer,
                scratch.pointer,
                session.pointer,
                &request,
                message.as_ptr(),
                message.len(),
                result.pointer,
                &mut error,
            )
        };
        let known = self
            .guard_at(&guard)
            .filter(|_| right && scratch.index.is_some());
        let given = self.given(&session);
        let (Some(guard), Some(result), false) =
            (known, result.index, matches!(given, Given::Wrong))
        else {
            answered(status, false, error);
            return;
        };
        answered(status, true, error);
        let mut scanner = Scanner::new(guard.database());
        let known = twin_of(&request);
        let mut inspect = |session: &mut Session| match request.form {
            0 => guard.inspect_in(session, &mut scanner, &message, &known),
            _ => guard.inspect_json_in(session, &mut scanner, &message, &known),
        };
        let mut verdict = match given {
            Given::Shared(session) => inspect(&mut session.borrow_mut()),
            _ => inspect(&mut Session::default()),
        };
        let mut expected = Expected::new(guard.database().clone());
        expected.text = Some(verdict.text.take().unwrap_or_default());
        expected.decide(verdict, Some((&message, request.offset_unit)));
        self.passed_on(choices, expected.text.as_deref());
        self.refilled(result, expected);
    }

    /// Keeps a text that was passed on, so that it comes back.
    fn passed_on(&mut self, choices: &mut Choices, text: Option<&[u8]>) {
        if let Some(text) = text
            && !text.is_empty()
            && text.len() < 500
        {
            let at = choices.below(self.inputs.len());
            self.inputs[at] = text.to_vec();
        }
    }

    pub(crate) fn restore(&mut self, choices: &mut Choices) {
        let guard = self.pick(choices, Object::guard);
        let scratch = self.pick(choices, Object::scratch);
        let session = self.pick(choices, Object::session);
        let result = self.pick(choices, Object::result);
        let (request, right, _) = request(choices);
        let text = choices.pick(&self.inputs).clone();
        let mut error = ptr::null_mut();
        let status = unsafe {
            sg_guard_restore(
                guard.pointer,
                scratch.pointer,
                session.pointer,
                &request,
                text.as_ptr(),
                text.len(),
                result.pointer,
                &mut error,
            )
        };
        let known = self
            .guard_at(&guard)
            .filter(|_| right && scratch.index.is_some());
        let given = self.given(&session);
        let (Some(guard), Some(result), false) =
            (known, result.index, matches!(given, Given::Wrong))
        else {
            answered(status, false, error);
            return;
        };
        let mut scanner = Scanner::new(guard.database());
        let known = twin_of(&request);
        let mut restore = |session: &Session| match request.form {
            0 => guard.restore(session, &mut scanner, &text, &known),
            _ => guard.restore_json(session, &text),
        };
        let restored = match given {
            Given::Shared(session) => restore(&session.borrow()),
            _ => restore(&Session::default()),
        };
        answered(status, restored.is_ok(), error);
        let Ok(restored) = restored else { return };
        let mut expected = Expected::new(guard.database().clone());
        expected.text = Some(restored.bytes);
        expected.restored = Some((restored.restored, restored.unknown));
        self.refilled(result, expected);
    }

    /// A new stream of either kind.
    pub(crate) fn stream(&mut self, choices: &mut Choices) {
        if choices.one_in(3) {
            let database = self.pick(choices, Object::database);
            let (options, valid) = crate::options(choices);
            self.scan_stream(&database, &options, valid && options.offset_unit == 0);
        } else {
            let guard = self.pick(choices, Object::guard);
            let session = self.pick(choices, Object::session);
            let (request, _, right) = request(choices);
            self.guarded_stream(&guard, &session, &request, right);
        }
    }

    fn scan_stream(
        &mut self,
        database: &Handle<sg_database>,
        options: &sg_scan_options,
        right: bool,
    ) {
        let (mut handle, mut error) = (ptr::null_mut(), ptr::null_mut());
        let status = unsafe { sg_stream_new(database.pointer, options, &mut handle, &mut error) };
        let known = self.database_at(database).filter(|_| right);
        let least = options.min_confidence as u8;
        let twin = known.map(|known| Twin::Scan(Stream::new(&known), least));
        answered(status, twin.is_some(), error);
        self.objects
            .extend(twin.map(|twin| Object::Stream(handle, twin)));
    }

    fn guarded_stream(
        &mut self,
        guard: &Handle<sg_guard>,
        session: &Handle<sg_session>,
        request: &sg_request,
        right: bool,
    ) {
        let (mut handle, mut error) = (ptr::null_mut(), ptr::null_mut());
        let status = unsafe {
            sg_stream_new_guarded(
                guard.pointer,
                session.pointer,
                request,
                &mut handle,
                &mut error,
            )
        };
        let shared = match self.given(session) {
            Given::Own => Some(None),
            Given::Shared(session) => Some(Some(session)),
            Given::Wrong => None,
        };
        let twin = self.guard_at(guard).zip(shared).filter(|_| right);
        let twin = twin.and_then(|(guard, session)| {
            let request = twin_of(request);
            let own = Session::default();
            let stream = match &session {
                Some(session) => guard.stream(&session.borrow(), &request),
                None => guard.stream(&own, &request),
            };
            Some(Twin::Guard {
                stream: stream.ok()?,
                guard,
                request,
                session,
                own,
            })
        });
        answered(status, twin.is_some(), error);
        self.objects
            .extend(twin.map(|twin| Object::Stream(handle, twin)));
    }

    /// Pieces of an input for a stream, and now and then the end.
    pub(crate) fn advance(&mut self, choices: &mut Choices) {
        let stream = self.pick(choices, Object::stream);
        let scratch = self.pick(choices, Object::scratch);
        let result = self.pick(choices, Object::result);
        let input = choices.pick(&self.inputs).clone();
        let mut rest = &input[..];
        for _ in 0..1 + choices.below(3) {
            let (piece, behind) = rest.split_at(choices.below(rest.len() + 1));
            self.advance_by(&stream, &scratch, &result, Some(piece));
            rest = behind;
        }
        if choices.one_in(2) {
            self.advance_by(&stream, &scratch, &result, Some(rest));
        }
        if choices.one_in(3) {
            self.advance_by(&stream, &scratch, &result, None);
        }
    }

    fn advance_by(
        &mut self,
        stream: &Handle<sg_stream>,
        scratch: &Handle<sg_scratch>,
        result: &Handle<sg_result>,
        piece: Option<&[u8]>,
    ) {
        let mut error = ptr::null_mut();
        let status = unsafe {
            match piece {
                Some(piece) => sg_stream_push(
                    stream.pointer,
                    scratch.pointer,
                    piece.as_ptr(),
                    piece.len(),
                    result.pointer,
                    &mut error,
                ),
                None => {
                    sg_stream_finish(stream.pointer, scratch.pointer, result.pointer, &mut error)
                }
            }
        };
        let (Some(index), Some(result), true) =
            (stream.index, result.index, scratch.index.is_some())
        else {
            answered(status, false, error);
            return;
        };
        answered(status, true, error);
        let Object::Stream(handle, twin) = &mut self.objects[index] else {
            unreachable!("a stream was picked");
        };
        let expected = twin.advance(piece);
        let (mut held, mut stopped) = (0, 0);
        let asked = unsafe {
            [
                sg_stream_held(*handle, &mut held),
                sg_stream_stopped(*handle, &mut stopped),
            ]
        };
        assert_eq!(asked, [sg_status::Ok; 2]);
        assert_eq!((held, stopped != 0), twin.state());
        self.refilled(result, expected);
    }
}

impl Twin {
    /// What a piece, or the end where there is none, gives.
    fn advance(&mut self, piece: Option<&[u8]>) -> Expected {
        let mut scratch = Scratch::new();
        match self {
            Self::Scan(stream, least) => {
                let mut expected = Expected::new(stream.database().clone());
                let settled = match piece {
                    Some(piece) => stream.push(&mut scratch, piece),
                    None => stream.finish(&mut scratch),
                };
                let wanted = settled.findings.iter().copied();
                let wanted: Vec<_> = wanted.filter(|found| found.confidence >= *least).collect();
                expected.settled = Some(settled.end);
                expected.add(&wanted, settled.completeness);
                expected
            }
            Self::Guard {
                stream,
                guard,
                request,
                session,
                own,
            } => {
                let mut expected = Expected::new(guard.database().clone());
                let mut text = Vec::new();
                let mut shared = session.as_ref().map(|session| session.borrow_mut());
                let session = shared.as_deref_mut().unwrap_or(own);
                if let Some(piece) = piece {
                    stream.push(session, &mut scratch, piece, &mut text);
                    let decided = stream.take_findings();
                    let findings: Vec<_> = decided.iter().map(|found| found.finding).collect();
                    expected.push(&findings);
                    let decisions = decided.into_iter();
                    expected
                        .decisions
                        .extend(decisions.map(|found| (number(found.action), found.rule)));
                } else {
                    let verdict = stream.finish(session, &mut scratch, &mut text);
                    expected.decide(verdict, None);
                    if shared.is_none() {
                        *own = Session::default();
                        *stream = guard.stream(own, request).expect("there was one before");
                    }
                }
                expected.text = Some(text);
                expected
            }
        }
    }

    /// Bytes that are held back, and whether nothing more is passed on.
    fn state(&self) -> (usize, bool) {
        match self {
            Self::Scan(stream, _) => (stream.held(), false),
            Self::Guard { stream, .. } => (stream.held(), stream.is_stopped()),
        }
    }
}
