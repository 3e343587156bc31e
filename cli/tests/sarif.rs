//! SARIF output is valid by the official schema of version 2.1.0.
//!
//! The schema is the one that the `serde-sarif` crate carries, found through Cargo, so that no copy
//! of it stands here.

mod program;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

/// What a program prints.
fn printed(command: &mut Command) -> String {
    let output = command
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .unwrap();
    let error = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{error}");
    String::from_utf8(output.stdout).unwrap()
}

fn schema() -> Value {
    // Without the platform, Cargo would ask for packages that are not needed here.
    let compiler = printed(Command::new("rustc").arg("-vV"));
    let host = compiler
        .lines()
        .find_map(|line| line.strip_prefix("host: "))
        .unwrap();
    let metadata = printed(Command::new(env!("CARGO")).args([
        "metadata",
        "--format-version=1",
        "--locked",
        "--offline",
        "--filter-platform",
        host,
    ]));
    let metadata: Value = serde_json::from_str(&metadata).unwrap();
    let package = metadata["packages"]
        .as_array()
        .unwrap()
        .iter()
        .find(|package| package["name"] == "serde-sarif")
        .unwrap();
    let manifest = PathBuf::from(package["manifest_path"].as_str().unwrap());
    let path = manifest.parent().unwrap().join("src/schema.json");
    let mut schema: Value = serde_json::from_slice(&fs::read(path).unwrap()).unwrap();
    // The pattern of the property `language` has a bracket too many and is refused by strict
    // readers.
    for definition in ["run", "toolComponent"] {
        let language = &mut schema["definitions"][definition]["properties"]["language"];
        language.as_object_mut().unwrap().remove("pattern");
    }
    schema
}

fn errors(validator: &jsonschema::Validator, report: &Value) -> Vec<String> {
    validator
        .iter_errors(report)
        .map(|error| format!("{}: {error}", error.instance_path()))
        .collect()
}

#[test]
fn sarif_is_valid_by_its_schema() {
    let validator = jsonschema::validator_for(&schema()).unwrap();
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    for (args, found) in [
        (vec!["scan", "--format", "sarif", "samples"], true),
        (vec!["scan", "--format", "sarif", "rustfmt.toml"], false),
    ] {
        let ended = program::run(&root, &args);
        assert_eq!(ended.status, i32::from(found), "{}", ended.stderr);
        let report: Value = serde_json::from_str(&ended.stdout).unwrap();
        assert_eq!(errors(&validator, &report), [""; 0]);
        let results = report["runs"][0]["results"].as_array().unwrap();
        assert_eq!(!results.is_empty(), found);
        // The report as the crate's own types read it.
        let typed: serde_sarif::sarif::Sarif = serde_json::from_value(report).unwrap();
        assert_eq!(typed.runs.len(), 1);
    }
    // And the schema refuses what is not SARIF.
    let wrong = serde_json::json!({"version": "2.1.0", "runs": [{"results": [{"level": "bad"}]}]});
    assert!(!errors(&validator, &wrong).is_empty());
}
