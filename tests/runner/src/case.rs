//! The cases of `tests/suite` and `tests/regressions`, and how they are run.
//!
//! A file holds `[[case]]` tables:
//!
//! | key | meaning |
//! |---|---|
//! | `name` | the behaviour it shows, as a sentence |
//! | `rules` | the text of a pack |
//! | `text` or `hex` | the input, as text or as bytes in hexadecimal, blanks ignored |
//! | `times` | how often the input is repeated; the findings are those of the first copy |
//! | `prefix`, `prefix_up_to` | the case holds behind 0, 1, 2 ... copies of this text, findings moved |
//! | `findings` | `[classifier, start, end, confidence]`, in order |

use std::fs;
use std::path::Path;

use serde::Deserialize;
use sluicegate::Finding;
use sluicegate::model::{Classifier, Source, read_pack, to_text, write_pack};

/// One case.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Case {
    /// The behaviour it shows.
    pub name: String,
    rules: String,
    text: Option<String>,
    hex: Option<String>,
    #[serde(default)]
    prefix: String,
    #[serde(default)]
    prefix_up_to: usize,
    #[serde(default = "once")]
    times: usize,
    findings: Vec<(String, usize, usize, u8)>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    case: Vec<Case>,
}

fn once() -> usize {
    1
}

/// Finds everything in an input.
pub type Scan = Box<dyn FnMut(&[u8]) -> Vec<Finding>>;

/// Prepares rules for scanning, one way or another.
pub type Runner = fn(&[Classifier]) -> Result<Scan, String>;

/// The cases of one file.
///
/// # Errors
/// When the text has another form.
pub fn read_cases(text: &str) -> Result<Vec<Case>, String> {
    let file: File = toml::from_str(text).map_err(|error| error.to_string())?;
    Ok(file.case)
}

/// A file with one case that asks for these findings.
pub fn write_case(
    name: &str,
    rules: &[Classifier],
    input: &[u8],
    findings: &[(String, usize, usize, u8)],
) -> String {
    let quoted = |text: &str| toml::Value::from(text).to_string();
    let input = if let Ok(text) = str::from_utf8(input) {
        format!("text = {}", quoted(text))
    } else {
        let hex: Vec<String> = input.iter().map(|byte| format!("{byte:02x}")).collect();
        format!("hex = \"{}\"", hex.join(" "))
    };
    let rules = write_pack(rules, "");
    let rules = if rules.contains("'''") {
        quoted(&rules)
    } else {
        format!("'''\n{rules}'''")
    };
    let findings: Vec<String> = findings
        .iter()
        .map(|(id, start, end, confidence)| format!("[\"{id}\", {start}, {end}, {confidence}]"))
        .collect();
    format!(
        "[[case]]\nname = {}\nrules = {rules}\n{input}\nfindings = [{}]\n",
        quoted(name),
        findings.join(", ")
    )
}

/// Runs every case in a folder of `tests`, of which there are at least so many.
///
/// # Panics
/// When a case fails, or when there are fewer.
#[track_caller]
pub fn expect_folder(folder: &str, at_least: usize, runner: Runner) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("..")
        .join(folder);
    match run_folder(&folder, runner) {
        Ok(count) => assert!(
            count >= at_least,
            "only {count} cases in {}",
            folder.display()
        ),
        Err(failures) => panic!("\n{failures}"),
    }
}

/// Runs every case in a folder and returns how many there are.
///
/// # Errors
/// One paragraph for each case that fails, and for each file that can't be read.
fn run_folder(folder: &Path, runner: Runner) -> Result<usize, String> {
    let mut failures = Vec::new();
    let mut names = Vec::new();
    let mut files: Vec<_> = fs::read_dir(folder)
        .map_err(|error| format!("{}: {error}", folder.display()))?
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.extension().is_some_and(|end| end == "toml"))
        .collect();
    files.sort();
    for path in files {
        let cases = fs::read_to_string(&path)
            .map_err(|error| error.to_string())
            .and_then(|text| read_cases(&text));
        let cases = cases.unwrap_or_else(|error| {
            failures.push(format!("{}: {error}", path.display()));
            Vec::new()
        });
        for case in cases {
            if let Err(error) = case.run(runner) {
                failures.push(format!("{}: {}\n{error}", path.display(), case.name));
            }
            if names.contains(&case.name) {
                failures.push(format!("two cases are named: {}", case.name));
            }
            names.push(case.name);
        }
    }
    if failures.is_empty() {
        Ok(names.len())
    } else {
        Err(failures.join("\n\n"))
    }
}

impl Case {
    /// Runs the case.
    ///
    /// # Errors
    /// When the findings are others, or the case can't be run.
    pub fn run(&self, runner: Runner) -> Result<(), String> {
        let (mut rules, problems) = read_pack(&Source::new("rules", &*self.rules), &mut |_| {
            Err("a case has no other files".to_owned())
        });
        if !problems.is_empty() {
            return Err(to_text(&problems, false));
        }
        rules.sort_by(|a, b| a.id.cmp(&b.id));
        let mut scan = runner(&rules)?;
        let copy = self.input()?;
        for prefixes in 0..=self.prefix_up_to {
            let mut input = self.prefix.repeat(prefixes).into_bytes();
            let mut expected = Vec::new();
            for _ in 0..self.times {
                expected.extend(self.findings.iter().map(|(id, start, end, confidence)| {
                    let at = input.len();
                    (id.as_str(), start + at, end + at, *confidence)
                }));
                input.extend_from_slice(&copy);
            }
            let found = scan(&input);
            let found: Vec<_> = found
                .iter()
                .map(|finding| {
                    let id = rules[finding.classifier.get() as usize].id.as_str();
                    (id, finding.start, finding.end, finding.confidence)
                })
                .collect();
            if found != expected {
                return Err(format!(
                    "  behind {prefixes} copies of the prefix\n  {}",
                    first_difference(&expected, &found)
                ));
            }
        }
        Ok(())
    }

    fn input(&self) -> Result<Vec<u8>, String> {
        match (&self.text, &self.hex) {
            (Some(text), None) => Ok(text.clone().into_bytes()),
            (None, Some(hex)) => from_hex(hex),
            _ => Err("a case has either `text` or `hex`".to_owned()),
        }
    }
}

type Found<'a> = (&'a str, usize, usize, u8);

fn first_difference(expected: &[Found], found: &[Found]) -> String {
    let same = expected
        .iter()
        .zip(found)
        .take_while(|(a, b)| a == b)
        .count();
    format!(
        "expected {:?}\n  found    {:?}\n  ({same} findings before are the same)",
        expected.get(same),
        found.get(same)
    )
}

fn from_hex(text: &str) -> Result<Vec<u8>, String> {
    let digits: Vec<u8> = text
        .chars()
        .filter(|c| !c.is_whitespace())
        .map(|c| c.to_digit(16).map(|digit| digit as u8))
        .collect::<Option<_>>()
        .ok_or("`hex` holds something else than hexadecimal digits")?;
    if !digits.len().is_multiple_of(2) {
        return Err("`hex` holds an odd number of digits".to_owned());
    }
    Ok(digits
        .chunks(2)
        .map(|pair| pair[0] << 4 | pair[1])
        .collect())
}
