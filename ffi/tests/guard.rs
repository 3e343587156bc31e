//! The cases of `tests/guard` by the C functions: their verdicts are those of the guard in Rust, which
//! the shared runner judges by the cases.

#![expect(unsafe_code, reason = "the functions under test are those of C")]

use std::ffi::CStr;
use std::path::Path;
use std::{fs, ptr};

use serde::Deserialize;
use sluicegate::model::{Source, read_pack};
use sluicegate::{Database, Scanner, compile};
use sluicegate_ffi::{
    sg_channel, sg_database_free, sg_database_load_bytes, sg_form, sg_guard_free, sg_guard_inspect,
    sg_guard_new, sg_key, sg_offset_unit, sg_request, sg_result_free, sg_result_new,
    sg_result_text, sg_result_verdict_json, sg_scratch_free, sg_scratch_new, sg_status,
};
use sluicegate_guard::policy::{Channel, Keys, read_policy};
use sluicegate_guard::{Guard, Request};

const KEY: &[u8] = b"a key for tests only";

#[derive(Deserialize)]
struct File {
    case: Vec<Case>,
}

#[derive(Deserialize)]
struct Case {
    name: String,
    rules: String,
    policy: String,
    wire: String,
    channel: Option<String>,
    message: String,
}

impl Case {
    fn database(&self) -> Database {
        let (rules, problems) = read_pack(&Source::new("rules", &*self.rules), &mut |_| {
            Err("a case has no other files".to_owned())
        });
        assert!(problems.is_empty(), "{}: {problems:?}", self.name);
        compile(&rules).expect("the rules compile").database
    }

    fn channel(&self) -> Channel {
        let name = self.channel.as_deref().unwrap_or("prompt");
        Channel::from_name(name).expect("there is such a channel")
    }

    /// The verdict as JSON and what may be passed on, by the guard in Rust.
    fn in_rust(&self, database: &Database) -> (String, Vec<u8>) {
        let policy = read_policy(&Source::new("policy", &*self.policy)).expect("a policy");
        let keys = Keys::new().with("main", KEY);
        let guard = Guard::with_keys(database, policy, &keys).expect("the keys are there");
        let (mut scanner, request) = (Scanner::new(database), Request::new(self.channel()));
        let message = self.message.as_bytes();
        let verdict = match self.wire.as_str() {
            "json" => guard.inspect_json(&mut scanner, message, &request),
            _ => guard.inspect(&mut scanner, message, &request),
        };
        let json = serde_json::to_string(&verdict).expect("a verdict can be written");
        (json, verdict.text.unwrap_or_default())
    }
}

/// The verdict as JSON and what may be passed on, by the C functions.
fn in_c(case: &Case, database: &Database) -> (String, Vec<u8>) {
    let image = database.image();
    let key = sg_key {
        name: c"main".as_ptr(),
        name_len: 4,
        secret: KEY.as_ptr(),
        secret_len: KEY.len(),
    };
    let channel = match case.channel() {
        Channel::Prompt => sg_channel::Prompt,
        Channel::Output => sg_channel::Output,
        Channel::ToolArgs => sg_channel::ToolArgs,
        Channel::ToolResult => sg_channel::ToolResult,
        _ => sg_channel::Document,
    };
    let form = match case.wire.as_str() {
        "json" => sg_form::Json,
        _ => sg_form::Text,
    };
    let request = sg_request {
        size: size_of::<sg_request>(),
        channel: channel as u32,
        form: form as u32,
        offset_unit: sg_offset_unit::Bytes as u32,
        reserved: 0,
    };
    let (policy, message) = (case.policy.as_bytes(), case.message.as_bytes());
    let (mut database, mut guard) = (ptr::null_mut(), ptr::null_mut());
    let (mut scratch, mut result) = (ptr::null_mut(), ptr::null_mut());
    let (mut json, mut text, mut len) = (ptr::null(), ptr::null(), 0);
    let none = ptr::null_mut();
    // SAFETY: the places are locals, what is handed in lives meanwhile, each handle is made before
    // it is used and freed once, and what is lent is copied before.
    unsafe {
        let called = [
            sg_database_load_bytes(image.as_ptr(), image.len(), &raw mut database, none),
            sg_guard_new(
                database,
                policy.as_ptr().cast(),
                policy.len(),
                &raw const key,
                1,
                &raw mut guard,
                none,
            ),
            sg_scratch_new(&raw mut scratch, none),
            sg_result_new(&raw mut result, none),
            sg_guard_inspect(
                guard,
                scratch,
                none.cast(),
                &raw const request,
                message.as_ptr(),
                message.len(),
                result,
                none,
            ),
            sg_result_verdict_json(result, &raw mut json),
            sg_result_text(result, &raw mut text, &raw mut len),
        ];
        assert_eq!(called, [sg_status::Ok; 7], "{}", case.name);
        let json = CStr::from_ptr(json).to_string_lossy().into_owned();
        let text = match len {
            0 => Vec::new(),
            _ => std::slice::from_raw_parts(text, len).to_vec(),
        };
        sg_guard_free(guard);
        sg_database_free(database);
        sg_scratch_free(scratch);
        sg_result_free(result);
        (json, text)
    }
}

#[test]
fn the_cases_pass() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/guard");
    let mut count = 0;
    for entry in fs::read_dir(folder).expect("the cases are there") {
        let text = fs::read_to_string(entry.expect("an entry").path()).expect("text");
        let file: File = toml::from_str(&text).expect("cases");
        for case in &file.case {
            let database = case.database();
            assert_eq!(
                in_c(case, &database),
                case.in_rust(&database),
                "{}",
                case.name
            );
            count += 1;
        }
    }
    assert!(count >= 20, "{count} cases");
}
