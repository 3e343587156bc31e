//! Any sequence of calls through the C interface, among them wrong ones: each is answered with the
//! status that it asks for, and right ones find what the engine finds.
//!
//! | file | holds |
//! |---|---|
//! | `main.rs` | the sequence; calls with databases, slots and scans |
//! | `attached.rs` | calls with indexes |
//! | `guarded.rs` | calls with guards, sessions and streams |
//! | `expected.rs` | what a result must hold |
//!
//! What all the unsafe blocks rely on: handles in `Program::objects` are live, places are locals, and
//! wrong arguments are of those kinds that `ffi/CONVENTIONS.md` says are told.
#![no_main]

mod attached;
mod expected;
mod guarded;

use std::ffi::CStr;
use std::ptr;
use std::sync::OnceLock;

use expected::{Expected, check_result};
use guarded::{SharedSession, Twin};
use libfuzzer_sys::fuzz_target;
use sluicegate::model::{Classifier, write_pack};
use sluicegate::{Database, compile};
use sluicegate_ffi::*;
use sluicegate_guard::Guard;
use sluicegate_tests::{Choices, inputs, rules};

/// Most calls of a sequence.
const CALLS: usize = 60;

/// A handle that C holds, with what it must stand for.
enum Object {
    Database(*mut sg_database, Database),
    Scratch(*mut sg_scratch),
    Result(*mut sg_result, Option<Expected>),
    Slot(*mut sg_slot, Database),
    Guard(*mut sg_guard, Guard),
    GuardSlot(*mut sg_guard_slot, Guard),
    Session(*mut sg_session, SharedSession),
    Stream(*mut sg_stream, Twin),
}

/// A pointer for a call, and whether it is one that the call must take.
struct Handle<T> {
    pointer: *mut T,
    index: Option<usize>,
}

fuzz_target!(|bytes: &[u8]| {
    // Half for each, so that long rules leave something to call with.
    let (calls, rules) = bytes.split_at(bytes.len() / 2);
    let mut program = Program::new(&mut Choices::from_bytes(rules));
    let mut choices = Choices::from_bytes(calls);
    for _ in 0..CALLS {
        program.call(&mut choices);
    }
    while !program.objects.is_empty() {
        program.free(&mut choices);
    }
});

struct Program {
    objects: Vec<Object>,
    rules: Vec<Classifier>,
    inputs: Vec<Vec<u8>>,
}

/// Rules whose matches stand beside characters of every length.
fn plain() -> &'static Database {
    static PLAIN: OnceLock<Database> = OnceLock::new();
    PLAIN.get_or_init(|| {
        let id = |id| sluicegate::model::ClassifierId::new(id).expect("a well-formed id");
        let rules = [
            Classifier::new(id("custom.byte")).with_regex(r"(?-u:[\x80-\xFF])"),
            Classifier::new(id("custom.word")).with_regex(r"[a-z]{2,5}"),
        ];
        compile(&rules).expect("the rules have no errors").database
    })
}

fn load(database: &Database) -> *mut sg_database {
    let image = database.image();
    let mut handle = ptr::null_mut();
    let error = &mut ptr::null_mut();
    let status = unsafe { sg_database_load_bytes(image.as_ptr(), image.len(), &mut handle, error) };
    assert!(status == sg_status::Ok && error.is_null());
    handle
}

/// Ends a call that gives an error when it is wrong.
fn answered(status: sg_status, is_right: bool, error: *mut sg_error) {
    assert_eq!(status == sg_status::Ok, is_right, "{status:?}");
    assert_eq!(error.is_null(), is_right);
    if is_right {
        return;
    }
    assert_ne!(status, sg_status::Panic);
    unsafe {
        assert_eq!(sg_error_status(error), status);
        assert!(!CStr::from_ptr(sg_error_message(error)).is_empty());
        assert!(
            CStr::from_ptr(sg_error_diagnostics(error))
                .to_bytes()
                .starts_with(b"[")
        );
        let mut position = sg_position {
            line: 0,
            column: 0,
            start: 0,
            end: 0,
        };
        let known = sg_error_position(error, &mut position);
        assert!(matches!(known, sg_status::Ok | sg_status::NotFound));
        assert_eq!(sg_error_free(error), sg_status::Ok);
    }
}

impl Program {
    fn new(choices: &mut Choices) -> Self {
        let rules = rules(choices);
        let mut inputs = inputs(choices, &rules);
        inputs.push("añ漢😀 ab \u{10FFFF}".as_bytes().to_vec());
        inputs.push((0..12).map(|_| choices.byte()).collect());
        inputs.push(attached::TEXT.as_bytes().to_vec());
        inputs.push(Vec::new());
        let plain = plain().clone();
        let mut program = Self {
            objects: vec![Object::Database(load(&plain), plain)],
            rules,
            inputs,
        };
        program.make(1);
        program.make(2);
        program.begin();
        program
    }

    /// One call.
    fn call(&mut self, choices: &mut Choices) {
        match choices.below(26) {
            0..=2 => self.scan(choices),
            3..=4 => self.scan_batch(choices),
            5..=7 => self.make(choices.below(3)),
            8 => self.compile(choices),
            9 => self.free(choices),
            10..=11 => self.slot(choices),
            13..=14 => self.guard(choices),
            15 => self.guard_slot(choices),
            16 => self.session(choices),
            17..=18 => self.inspect(choices),
            19 => self.restore(choices),
            20 => self.stream(choices),
            21..=24 => self.advance(choices),
            25 => self.attach(choices),
            _ => self.ask(choices),
        }
    }

    /// A handle of a type; now and then NULL or one of another type.
    fn pick<T>(
        &self,
        choices: &mut Choices,
        of_type: impl Fn(&Object) -> Option<*mut T>,
    ) -> Handle<T> {
        if choices.one_in(24) {
            return Handle {
                pointer: ptr::null_mut(),
                index: None,
            };
        }
        let other = choices.one_in(12);
        let fitting: Vec<usize> = (0..self.objects.len())
            .filter(|&index| of_type(&self.objects[index]).is_some() != other)
            .collect();
        if fitting.is_empty() {
            return Handle {
                pointer: ptr::null_mut(),
                index: None,
            };
        }
        let index = *choices.pick(&fitting);
        match of_type(&self.objects[index]) {
            Some(pointer) => Handle {
                pointer,
                index: Some(index),
            },
            None => Handle {
                pointer: self.objects[index].pointer().cast(),
                index: None,
            },
        }
    }

    fn scan(&mut self, choices: &mut Choices) {
        let database = self.pick(choices, Object::database);
        let scratch = self.pick(choices, Object::scratch);
        let result = self.pick(choices, Object::result);
        let (options, valid) = options(choices);
        let input = choices.pick(&self.inputs).clone();
        let (bytes, len, readable) = match choices.below(24) {
            22 => (ptr::null(), 1, false),
            23 => (input.as_ptr(), usize::MAX, false),
            _ => (input.as_ptr(), input.len(), true),
        };
        let mut error = ptr::null_mut();
        let status = unsafe {
            sg_scan(
                database.pointer,
                scratch.pointer,
                bytes,
                len,
                &options,
                result.pointer,
                &mut error,
            )
        };
        let right = scratch.index.is_some() && valid && readable;
        self.filled(database, result, right, status, error, &options, &[input]);
    }

    fn scan_batch(&mut self, choices: &mut Choices) {
        let database = self.pick(choices, Object::database);
        let scratch = self.pick(choices, Object::scratch);
        let result = self.pick(choices, Object::result);
        let (options, valid) = options(choices);
        let inputs: Vec<Vec<u8>> = (0..choices.below(9))
            .map(|_| choices.pick(&self.inputs).clone())
            .collect();
        let mut buffers: Vec<sg_buffer> = inputs
            .iter()
            .map(|input| sg_buffer {
                bytes: input.as_ptr(),
                len: input.len(),
            })
            .collect();
        let mut right = scratch.index.is_some() && valid;
        if !buffers.is_empty() && choices.one_in(24) {
            let broken = choices.below(buffers.len());
            buffers[broken] = sg_buffer {
                bytes: ptr::null(),
                len: 3,
            };
            right = false;
        }
        // Starting threads is slow where sanitisers watch; few are enough.
        let threads = *choices.pick(&[1, 1, 1, 2, 1, 3]);
        let mut error = ptr::null_mut();
        let status = unsafe {
            sg_scan_batch(
                database.pointer,
                scratch.pointer,
                buffers.as_ptr(),
                buffers.len(),
                threads,
                &options,
                result.pointer,
                &mut error,
            )
        };
        self.filled(database, result, right, status, error, &options, &inputs);
    }

    /// Ends a scan: the status is right, and so is what the result holds now.
    fn filled(
        &mut self,
        database: Handle<sg_database>,
        result: Handle<sg_result>,
        right: bool,
        status: sg_status,
        error: *mut sg_error,
        options: &sg_scan_options,
        inputs: &[Vec<u8>],
    ) {
        let (Some(database), Some(result), true) = (database.index, result.index, right) else {
            answered(status, false, error);
            return;
        };
        answered(status, true, error);
        let Object::Database(_, database) = &self.objects[database] else {
            unreachable!("a database was picked");
        };
        let expected = Expected::of_scan(database.clone(), options, inputs);
        let Object::Result(handle, held) = &mut self.objects[result] else {
            unreachable!("a result was picked");
        };
        *held = Some(expected);
        check_result(*handle, held.as_ref());
    }

    /// A new scratch, result or handle to a database.
    fn make(&mut self, kind: usize) {
        let error = &mut ptr::null_mut();
        let object = match kind {
            0 => {
                let (mut handle, mut other) = (ptr::null_mut(), None);
                for object in &self.objects {
                    if let Object::Database(shared, database) = object {
                        other = Some((*shared, database.clone()));
                    }
                }
                let Some((shared, database)) = other else {
                    return;
                };
                let status = unsafe { sg_database_share(shared, &mut handle) };
                assert_eq!(status, sg_status::Ok);
                Object::Database(handle, database)
            }
            1 => {
                let mut handle = ptr::null_mut();
                answered(unsafe { sg_scratch_new(&mut handle, error) }, true, *error);
                Object::Scratch(handle)
            }
            _ => {
                let mut handle = ptr::null_mut();
                answered(unsafe { sg_result_new(&mut handle, error) }, true, *error);
                Object::Result(handle, None)
            }
        };
        self.objects.push(object);
    }

    /// A database from rules, or from bytes that are none.
    fn compile(&mut self, choices: &mut Choices) {
        let mut handle = ptr::null_mut();
        let mut error = ptr::null_mut();
        if choices.one_in(3) {
            let mut image = plain().image().to_vec();
            let at = choices.below(image.len());
            image[at] ^= 1 << choices.below(8);
            image.truncate(image.len() - choices.below(9));
            let status = unsafe {
                sg_database_load_bytes(image.as_ptr(), image.len(), &mut handle, &mut error)
            };
            answered(status, false, error);
            return;
        }
        let mut rules = self.rules.clone();
        rules.truncate(choices.below(rules.len() + 1));
        let mut text = write_pack(&rules, "").into_bytes();
        let whole = !choices.one_in(3);
        if !whole && !text.is_empty() {
            let at = choices.below(text.len());
            text[at] = choices.byte();
        }
        let pack = sg_pack {
            name: c"pack.toml".as_ptr(),
            name_len: 9,
            text: text.as_ptr(),
            text_len: text.len(),
        };
        let status = unsafe { sg_database_compile(&pack, 1, 0, &mut handle, &mut error) };
        if status != sg_status::Ok {
            assert_eq!(status, sg_status::InvalidRules);
            answered(status, false, error);
            return;
        }
        let (mut bytes, mut len) = (ptr::null(), 0);
        let status = unsafe { sg_database_image(handle, &mut bytes, &mut len) };
        assert_eq!(status, sg_status::Ok);
        let image = unsafe { std::slice::from_raw_parts(bytes, len) };
        let database = Database::load(image.to_vec()).expect("the image is that of a database");
        if whole {
            let fresh = compile(&rules).expect("they were compiled").database;
            assert_eq!(fresh.digest(), database.digest());
        }
        self.objects.push(Object::Database(handle, database));
    }

    fn slot(&mut self, choices: &mut Choices) {
        let database = self.pick(choices, Object::database);
        let known = database.index.map(|index| match &self.objects[index] {
            Object::Database(_, database) => database.clone(),
            _ => unreachable!("a database was picked"),
        });
        match choices.below(3) {
            0 => {
                let mut handle = ptr::null_mut();
                let mut error = ptr::null_mut();
                let status = unsafe { sg_slot_new(database.pointer, &mut handle, &mut error) };
                answered(status, known.is_some(), error);
                if let Some(known) = known {
                    self.objects.push(Object::Slot(handle, known));
                }
            }
            1 => {
                let slot = self.pick(choices, Object::slot);
                let status = unsafe { sg_slot_put(slot.pointer, database.pointer) };
                let both = slot.index.zip(known);
                assert_eq!(status == sg_status::Ok, both.is_some());
                if let Some((index, known)) = both {
                    self.objects[index] = Object::Slot(slot.pointer, known);
                }
            }
            _ => {
                let slot = self.pick(choices, Object::slot);
                let mut handle = ptr::null_mut();
                let status = unsafe { sg_slot_get(slot.pointer, &mut handle) };
                assert_eq!(status == sg_status::Ok, slot.index.is_some());
                if let Some(Object::Slot(_, held)) = slot.index.map(|index| &self.objects[index]) {
                    let held = held.clone();
                    self.objects.push(Object::Database(handle, held));
                }
            }
        }
    }

    /// Asks what there is, of the right object or not.
    fn ask(&mut self, choices: &mut Choices) {
        let result = self.pick(choices, Object::result);
        match result.index.map(|index| &self.objects[index]) {
            Some(Object::Result(handle, held)) => check_result(*handle, held.as_ref()),
            _ => {
                let (mut findings, mut count) = (ptr::null(), 0);
                let status =
                    unsafe { sg_result_findings(result.pointer, &mut findings, &mut count) };
                assert!(matches!(
                    status,
                    sg_status::NullPointer | sg_status::WrongHandle
                ));
            }
        }
        let database = self.pick(choices, Object::database);
        let number = choices.below(40) as u32;
        let mut id = ptr::null();
        let status = unsafe { sg_database_classifier_id(database.pointer, number, &mut id) };
        match database.index.map(|index| &self.objects[index]) {
            Some(Object::Database(_, known)) => {
                let expected = known.classifiers().nth(number as usize);
                assert_eq!(status == sg_status::Ok, expected.is_some());
                if let Some(expected) = expected {
                    let id = unsafe { CStr::from_ptr(id) };
                    assert_eq!(id.to_str(), Ok(expected.id()));
                }
                let mut digest = [0; SG_DIGEST_SIZE];
                let status = unsafe { sg_database_digest(database.pointer, digest.as_mut_ptr()) };
                assert!(status == sg_status::Ok && digest == known.digest());
            }
            _ => assert!(matches!(
                status,
                sg_status::NullPointer | sg_status::WrongHandle
            )),
        }
    }

    /// Frees any object, and tries to free it as another type before.
    fn free(&mut self, choices: &mut Choices) {
        if self.objects.is_empty() {
            return;
        }
        let object = self.objects.swap_remove(choices.below(self.objects.len()));
        let wrong = sg_status::WrongHandle;
        unsafe {
            assert_eq!(sg_error_free(object.pointer().cast()), wrong);
            match object {
                Object::Database(handle, _) => {
                    assert_eq!(sg_slot_free(handle.cast()), wrong);
                    assert_eq!(sg_database_free(handle), sg_status::Ok);
                }
                Object::Scratch(handle) => {
                    assert_eq!(sg_result_free(handle.cast()), wrong);
                    assert_eq!(sg_scratch_free(handle), sg_status::Ok);
                }
                Object::Result(handle, held) => {
                    assert_eq!(sg_database_free(handle.cast()), wrong);
                    check_result(handle, held.as_ref());
                    assert_eq!(sg_result_free(handle), sg_status::Ok);
                }
                Object::Slot(handle, _) => {
                    assert_eq!(sg_scratch_free(handle.cast()), wrong);
                    assert_eq!(sg_slot_free(handle), sg_status::Ok);
                }
                Object::Guard(handle, _) => {
                    assert_eq!(sg_guard_slot_free(handle.cast()), wrong);
                    assert_eq!(sg_guard_free(handle), sg_status::Ok);
                }
                Object::GuardSlot(handle, _) => {
                    assert_eq!(sg_slot_free(handle.cast()), wrong);
                    assert_eq!(sg_guard_slot_free(handle), sg_status::Ok);
                }
                Object::Session(handle, _) => {
                    assert_eq!(sg_stream_free(handle.cast()), wrong);
                    assert_eq!(sg_session_free(handle), sg_status::Ok);
                }
                Object::Stream(handle, _) => {
                    assert_eq!(sg_session_free(handle.cast()), wrong);
                    assert_eq!(sg_stream_free(handle), sg_status::Ok);
                }
            }
        }
    }
}

impl Object {
    fn pointer(&self) -> *mut u8 {
        match self {
            Self::Database(handle, _) => handle.cast(),
            Self::Scratch(handle) => handle.cast(),
            Self::Result(handle, _) => handle.cast(),
            Self::Slot(handle, _) => handle.cast(),
            Self::Guard(handle, _) => handle.cast(),
            Self::GuardSlot(handle, _) => handle.cast(),
            Self::Session(handle, _) => handle.cast(),
            Self::Stream(handle, _) => handle.cast(),
        }
    }

    fn database(&self) -> Option<*mut sg_database> {
        match self {
            Self::Database(handle, _) => Some(*handle),
            _ => None,
        }
    }

    fn scratch(&self) -> Option<*mut sg_scratch> {
        match self {
            Self::Scratch(handle) => Some(*handle),
            _ => None,
        }
    }

    fn result(&self) -> Option<*mut sg_result> {
        match self {
            Self::Result(handle, _) => Some(*handle),
            _ => None,
        }
    }

    fn slot(&self) -> Option<*mut sg_slot> {
        match self {
            Self::Slot(handle, _) => Some(*handle),
            _ => None,
        }
    }

    fn guard(&self) -> Option<*mut sg_guard> {
        match self {
            Self::Guard(handle, _) => Some(*handle),
            _ => None,
        }
    }

    fn guard_slot(&self) -> Option<*mut sg_guard_slot> {
        match self {
            Self::GuardSlot(handle, _) => Some(*handle),
            _ => None,
        }
    }

    fn session(&self) -> Option<*mut sg_session> {
        match self {
            Self::Session(handle, _) => Some(*handle),
            _ => None,
        }
    }

    fn stream(&self) -> Option<*mut sg_stream> {
        match self {
            Self::Stream(handle, _) => Some(*handle),
            _ => None,
        }
    }
}

/// Options, and whether a call must take them.
fn options(choices: &mut Choices) -> (sg_scan_options, bool) {
    let mut options = sg_scan_options {
        size: size_of::<sg_scan_options>(),
        offset_unit: choices.below(3) as u32,
        min_confidence: *choices.pick(&[0, 0, 50, 100]),
        resolve: 0,
        reserved: 0,
    };
    match choices.below(48) {
        45 => options.size = choices.below(64),
        46 => options.offset_unit = 3 + choices.below(1 << 20) as u32,
        47 => options.min_confidence = 101 + choices.below(1 << 20) as u32,
        _ => return (options, true),
    }
    (
        options,
        options.size == size_of::<sg_scan_options>()
            && options.offset_unit < 3
            && options.min_confidence <= 100,
    )
}
