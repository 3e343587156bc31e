//! Who may depend on whom: the crates by their manifests, the stages of the engine by their `use`
//! lines. A stage that knows less can be changed alone.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

type Edges = &'static [(&'static str, &'static [&'static str])];

/// Crates of this repository that a crate may depend on.
const CRATES: Edges = &[
    ("sluicegate-model", &[]),
    ("sluicegate-validators", &[]),
    ("sluicegate-kernels", &[]),
    (
        "sluicegate",
        &[
            "sluicegate-model",
            "sluicegate-validators",
            "sluicegate-kernels",
        ],
    ),
    ("sluicegate-guard", &["sluicegate"]),
    ("sluicegate-classifiers", &["sluicegate"]),
    ("sluicegate-indexing", &["sluicegate"]),
    ("sluicegate-evaluation", &["sluicegate"]),
    (
        "sluicegate-corpus",
        &[
            "sluicegate",
            "sluicegate-model",
            "sluicegate-validators",
            "sluicegate-classifiers",
        ],
    ),
    (
        "sluicegate-cli",
        &[
            "sluicegate",
            "sluicegate-guard",
            "sluicegate-classifiers",
            "sluicegate-indexing",
            "sluicegate-evaluation",
        ],
    ),
    (
        "sluicegate-ffi",
        &["sluicegate", "sluicegate-guard", "sluicegate-classifiers"],
    ),
    (
        "sluicegate-python",
        &["sluicegate", "sluicegate-guard", "sluicegate-classifiers"],
    ),
    (
        "sluicegate-node",
        &["sluicegate", "sluicegate-guard", "sluicegate-classifiers"],
    ),
    (
        "sluicegate-benches",
        &["sluicegate", "sluicegate-guard", "sluicegate-classifiers"],
    ),
    (
        "sluicegate-tests",
        &[
            "sluicegate",
            "sluicegate-model",
            "sluicegate-validators",
            "sluicegate-kernels",
            "sluicegate-guard",
            "sluicegate-classifiers",
            "sluicegate-corpus",
        ],
    ),
];

/// Crates with a workspace of their own.
const APART: &[&str] = &["bindings/node", "bindings/python"];

/// Stages of the engine that a stage may use. Types that `lib.rs` names, and `limits`, are free.
const STAGES: Edges = &[
    ("arbitrate", &["database", "finding", "verify"]),
    ("compile", &["database", "index", "text"]),
    ("database", &["exact", "fingerprint", "index"]),
    ("index", &[]),
    ("text", &[]),
    (
        "scan",
        &[
            "database",
            "verify",
            "finding",
            "view",
            "exact",
            "fingerprint",
            "text",
        ],
    ),
    ("verify", &["database", "finding"]),
    ("finding", &[]),
    ("view", &["database", "finding"]),
    ("exact", &["finding", "index", "text"]),
    ("fingerprint", &["finding", "index", "text"]),
    ("index", &[]),
    ("text", &[]),
    (
        "stream",
        &["scan", "database", "exact", "fingerprint", "finding"],
    ),
    (
        "explain",
        &[
            "compile",
            "database",
            "scan",
            "verify",
            "finding",
            "view",
            "exact",
            "fingerprint",
            "stream",
        ],
    ),
    ("profile", &["database", "scan", "verify"]),
    ("limits", &[]),
];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

#[test]
fn crates_depend_only_on_those_below() {
    let manifest: toml::Table = read(&root().join("Cargo.toml")).parse().unwrap();
    let members = manifest["workspace"]["members"].as_array().unwrap();
    let mut wrong = Vec::new();
    let members = members.iter().map(|member| member.as_str().unwrap());
    for member in members.chain(APART.iter().copied()) {
        let path = root().join(member).join("Cargo.toml");
        let manifest: toml::Table = read(&path).parse().unwrap();
        let name = manifest["package"]["name"].as_str().unwrap();
        let Some((_, allowed)) = CRATES.iter().find(|(krate, _)| *krate == name) else {
            wrong.push(format!("{name} is not in the table of this test"));
            continue;
        };
        for kind in ["dependencies", "build-dependencies"] {
            let Some(dependencies) = manifest.get(kind) else {
                continue;
            };
            for dependency in dependencies.as_table().unwrap().keys() {
                if dependency.starts_with("sluicegate") && !allowed.contains(&dependency.as_str()) {
                    wrong.push(format!("{name} depends on {dependency}"));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn stages_use_only_those_they_may() {
    let engine = root().join("engine/src");
    let exported = exported(&read(&engine.join("lib.rs")));
    let mut wrong = Vec::new();
    for path in sources(&engine) {
        let inside = path.strip_prefix(&engine).unwrap();
        let depth = inside.components().count();
        let stage = inside
            .components()
            .next()
            .unwrap()
            .as_os_str()
            .to_str()
            .unwrap();
        let stage = stage.trim_end_matches(".rs");
        if stage == "lib" {
            continue;
        }
        let Some((_, allowed)) = STAGES.iter().find(|(name, _)| *name == stage) else {
            wrong.push(format!("{stage} is not in the table of this test"));
            continue;
        };
        for path in paths(&read(&path), depth, inside.ends_with("mod.rs")) {
            let target = path[0].as_str();
            // `scan` is a function of the crate as well as a stage.
            let is_stage = STAGES.iter().any(|(name, _)| *name == target);
            let is_free = target == stage
                || target == "limits"
                || exported.contains(target) && (path.len() == 1 || !is_stage);
            if !is_free && !allowed.contains(&target) {
                wrong.push(format!("{}: crate::{}", inside.display(), path.join("::")));
            }
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// Rust files below a folder.
fn sources(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(sources(&path));
        } else if path.extension().is_some_and(|end| end == "rs") {
            found.push(path);
        }
    }
    found.sort();
    found
}

/// Names that `lib.rs` makes part of the crate's own surface, and crates it passes on.
fn exported(text: &str) -> BTreeSet<String> {
    let text = without_comments(text);
    let uses = text.split("pub use ").skip(1);
    uses.flat_map(|statement| {
        let statement = statement.split(';').next().unwrap_or_default();
        expand(statement)
            .into_iter()
            .filter_map(|path| path.last().cloned())
    })
    .collect()
}

/// Every path of the crate that a file names, from the crate's root. `depth` is how many parts the
/// file's own path has.
fn paths(text: &str, depth: usize, is_mod: bool) -> Vec<Vec<String>> {
    let text = without_comments(text);
    // Each `super` leaves one module; the modules of a stage nest no deeper than its files.
    let levels = if is_mod { depth - 1 } else { depth };
    let out = "super::".repeat(levels);
    let mut found = Vec::new();
    for lead in ["crate::", out.as_str()] {
        for (at, _) in text.match_indices(lead) {
            let before = text[..at].chars().next_back();
            if before.is_some_and(|c| c.is_alphanumeric() || c == '_' || c == ':' || c == '$') {
                continue;
            }
            let rest = &text[at + lead.len()..];
            found.extend(expand(statement(rest)));
        }
    }
    found.retain(|path| path.first().is_some_and(|first| first != "super"));
    found
}

/// The path that the text starts with, to the end of its braces.
fn statement(text: &str) -> &str {
    let mut open = 0;
    for (at, c) in text.char_indices() {
        match c {
            '{' => open += 1,
            '}' if open > 0 => {
                open -= 1;
                if open == 0 {
                    return &text[..=at];
                }
            }
            c if open == 0 && !(c.is_alphanumeric() || c == '_' || c == ':') => {
                return &text[..at];
            }
            _ => {}
        }
    }
    text
}

/// `a::{b, c::d}` as its single paths.
fn expand(text: &str) -> Vec<Vec<String>> {
    let text = text.trim();
    let Some((lead, rest)) = text.split_once('{') else {
        let text = text.split(" as ").last().unwrap_or_default();
        return vec![
            text.split("::")
                .map(|part| part.trim().to_owned())
                .collect(),
        ];
    };
    let lead: Vec<String> = lead
        .split("::")
        .map(|part| part.trim().to_owned())
        .filter(|part| !part.is_empty())
        .collect();
    let inner = rest.trim_end().trim_end_matches(';').trim_end_matches('}');
    let mut parts = vec![String::new()];
    let mut open = 0;
    for c in inner.chars() {
        match c {
            '{' => open += 1,
            '}' => open -= 1,
            ',' if open == 0 => {
                parts.push(String::new());
                continue;
            }
            _ => {}
        }
        parts.last_mut().expect("never empty").push(c);
    }
    parts
        .iter()
        .filter(|part| !part.trim().is_empty())
        .flat_map(|part| expand(part))
        .map(|part| [lead.clone(), part].concat())
        .collect()
}

fn without_comments(text: &str) -> String {
    text.lines()
        .map(|line| line.split("//").next().unwrap_or_default())
        .collect::<Vec<_>>()
        .join("\n")
}

#[test]
fn paths_are_read_from_source() {
    let text = "use crate::database::{Sections, record::{A, B}}; // crate::no\nfn f(x: crate::verify::Look) {}\nuse super::super::scan::home;\nuse super::own;";
    let found: Vec<String> = paths(text, 2, false)
        .iter()
        .map(|path| path.join("::"))
        .collect();
    assert_eq!(
        found,
        [
            "database::Sections",
            "database::record::A",
            "database::record::B",
            "verify::Look",
            "scan::home"
        ]
    );
}
