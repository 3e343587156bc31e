//! Sets in a folder become cases; nothing of a folder is lost without a word.

use std::fs;
use std::io::Write;

use sluicegate_corpus::adapt;

const BARE: &str = r#"{"id":"1","source":"python-stdnum","kind":"pii","text":"046 454 286","spans":[[0,11,"ca.sin"]],"labels":["ca.sin"],"negative":false}"#;

#[test]
fn a_bare_value_gets_its_word_and_is_kept_as_it_came() {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("eval")).unwrap();
    fs::write(
        folder.path().join("eval/python-stdnum.jsonl"),
        format!("{BARE}\n{{}}\n"),
    )
    .unwrap();
    fs::write(folder.path().join("prose.txt"), "A quiet day.\n").unwrap();
    let adapted = adapt(folder.path()).unwrap();
    let text = |name: &str| {
        let (_, bytes) = adapted
            .files
            .iter()
            .find(|(file, _)| file == name)
            .expect("written");
        String::from_utf8(bytes.clone()).unwrap()
    };
    let case: serde_json::Value = serde_json::from_str(&text("python-stdnum.jsonl")).unwrap();
    let (value, start) = (case["text"].as_str().unwrap(), &case["spans"][0][0]);
    assert!(value.ends_with(": 046 454 286") && start.as_u64() == Some(value.len() as u64 - 11));
    assert!(text("python-stdnum-bare.jsonl").contains("\"text\":\"046 454 286\""));
    assert!(text("classes/python-stdnum-bare.toml").contains("ca.sin"));
    assert_eq!(text("benign/prose.txt"), "A quiet day.\n");
    // The line that is no case is told of.
    assert!(
        adapted
            .notes
            .iter()
            .any(|note| note.contains("python-stdnum.jsonl:2"))
    );
    assert!(
        adapted
            .manifest
            .file
            .iter()
            .any(|file| file.cases == 1 && file.licence.contains("facts"))
    );
}

#[test]
fn labels_part_a_set_and_unknown_sets_are_taken_as_they_are() {
    let folder = tempfile::tempdir().unwrap();
    let line = |id: &str, label: &str| {
        format!(
            "{{\"id\":\"{id}\",\"text\":\"t\",\"labels\":[\"{label}\"],\"kind\":\"injection\"}}\n"
        )
    };
    let cases = line("1", "base") + &line("2", "enhanced") + &line("3", "carrier");
    fs::write(folder.path().join("injecagent.jsonl"), cases).unwrap();
    fs::write(folder.path().join("ours.jsonl"), line("1", "base")).unwrap();
    let adapted = adapt(folder.path()).unwrap();
    let sources = |name: &str| {
        let file = adapted
            .manifest
            .file
            .iter()
            .find(|file| file.name == name)
            .expect("written");
        file.sources.keys().cloned().collect::<Vec<String>>()
    };
    let parts = ["injecagent", "injecagent-base", "injecagent-enhanced"];
    assert_eq!(sources("injecagent.jsonl"), parts);
    assert_eq!(sources("ours.jsonl"), ["ours"]);
    assert!(adapted.notes.iter().any(|note| note.contains("ours.jsonl")));
}

#[test]
fn what_can_not_be_read_is_an_error_with_its_path() {
    let folder = tempfile::tempdir().unwrap();
    let mut file = fs::File::create(folder.path().join("garak.jsonl.xz")).unwrap();
    file.write_all(b"not compressed at all").unwrap();
    let error = adapt(folder.path()).unwrap_err().to_string();
    assert!(error.contains("garak.jsonl.xz"), "{error}");
    assert!(adapt(&folder.path().join("missing")).is_err());
}
