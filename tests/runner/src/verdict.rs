//! The cases of `tests/guard`, and how they are run.
//!
//! A file holds `[[case]]` tables:
//!
//! | key | meaning |
//! |---|---|
//! | `name` | the behaviour it shows, as a sentence |
//! | `rules` | the text of a pack |
//! | `policy` | the text of a policy |
//! | `wire` | `text` or `json` |
//! | `channel` | the channel, `prompt` where there is none |
//! | `message` | what is inspected |
//! | `action`, `would_be`, `reason`, `rule`, `complete` | what the verdict says of them |
//! | `output` | what may be passed on; nothing where there is none |
//! | `error` | a part of the error's sentence |
//! | `findings` | `[classifier, start, end, action]`, in order |

use std::fs;
use std::path::Path;

use serde::Deserialize;
use sluicegate::model::{Source, read_pack, to_text};
use sluicegate::{Completeness, Scanner, compile};
use sluicegate_guard::policy::{Action, Channel, Keys, read_policy};
use sluicegate_guard::{Guard, Request, Verdict};

/// The key of every case.
const KEY: &[u8] = b"a key for tests only";

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    case: Vec<Case>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    name: String,
    rules: String,
    policy: String,
    wire: String,
    #[serde(default)]
    channel: Option<String>,
    message: String,
    action: String,
    #[serde(default)]
    would_be: Option<String>,
    reason: String,
    #[serde(default)]
    rule: Option<String>,
    #[serde(default = "yes")]
    complete: bool,
    #[serde(default)]
    output: Option<String>,
    #[serde(default)]
    error: Option<String>,
    #[serde(default)]
    findings: Vec<(String, usize, usize, String)>,
}

fn yes() -> bool {
    true
}

/// Runs every case in a folder and returns how many there are.
///
/// # Errors
/// One paragraph for each case that fails, and for each file that can't be read.
pub fn run_verdicts(folder: &Path) -> Result<usize, String> {
    let mut failures = Vec::new();
    let mut count = 0;
    let mut files: Vec<_> = fs::read_dir(folder)
        .map_err(|error| format!("{}: {error}", folder.display()))?
        .filter_map(|entry| Some(entry.ok()?.path()))
        .collect();
    files.sort();
    for path in files {
        let text = fs::read_to_string(&path).map_err(|error| error.to_string());
        let file =
            text.and_then(|text| toml::from_str::<File>(&text).map_err(|error| error.to_string()));
        match file {
            Ok(file) => {
                count += file.case.len();
                for case in file.case {
                    if let Err(error) = case.run() {
                        failures.push(format!("{}: {}\n{error}", path.display(), case.name));
                    }
                }
            }
            Err(error) => failures.push(format!("{}: {error}", path.display())),
        }
    }
    if failures.is_empty() {
        Ok(count)
    } else {
        Err(failures.join("\n\n"))
    }
}

impl Case {
    fn run(&self) -> Result<(), String> {
        let (rules, problems) = read_pack(&Source::new("rules", &*self.rules), &mut |_| {
            Err("a case has no other files".to_owned())
        });
        if !problems.is_empty() {
            return Err(to_text(&problems, false));
        }
        let policy = read_policy(&Source::new("policy", &*self.policy))
            .map_err(|problems| to_text(&problems, false))?;
        let database = compile(&rules).map_err(|error| error.to_string())?.database;
        let keys = Keys::new().with("main", KEY);
        let guard = Guard::with_keys(&database, policy, &keys)
            .map_err(|problems| to_text(&problems, false))?;
        let channel = match self.channel.as_deref() {
            Some(name) => Channel::from_name(name).ok_or("there is no such channel")?,
            None => Channel::Prompt,
        };
        let request = Request::new(channel);
        let mut scanner = Scanner::new(&database);
        let message = self.message.as_bytes();
        let verdict = match self.wire.as_str() {
            "text" => guard.inspect(&mut scanner, message, &request),
            "json" => guard.inspect_json(&mut scanner, message, &request),
            _ => return Err("a message is `text` or `json`".to_owned()),
        };
        self.compare(&verdict)
    }

    fn compare(&self, verdict: &Verdict) -> Result<(), String> {
        let row = serde_json::to_value(verdict).map_err(|error| error.to_string())?;
        let text = |output: &Vec<u8>| String::from_utf8_lossy(output).into_owned();
        let findings: Vec<_> = verdict
            .findings
            .iter()
            .map(|found| {
                let (start, end) = (found.finding.start, found.finding.end);
                let action = found.action.as_str().to_owned();
                (found.classifier.clone(), start, end, action)
            })
            .collect();
        let error = verdict.error.as_ref().map(ToString::to_string);
        let has_error = match (&self.error, &error) {
            (Some(part), Some(error)) => error.contains(part),
            (None, None) => true,
            _ => false,
        };
        let as_expected = verdict.action.as_str() == self.action
            && verdict.would_be.map(Action::as_str) == self.would_be.as_deref()
            && row["reason"] == *self.reason
            && verdict.rule == self.rule
            && (verdict.completeness == Completeness::Complete) == self.complete
            && verdict.text.as_ref().map(text) == self.output
            && findings == self.findings
            && has_error;
        if as_expected {
            return Ok(());
        }
        let output = verdict.text.as_ref().map(text);
        Err(format!("  verdict {row}\n  output  {output:?}"))
    }
}
