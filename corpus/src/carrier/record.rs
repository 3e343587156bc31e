//! What machines write: logs, tool calls, SQL, CSV.

use super::talk::SENTENCES;
use super::{Escape, Page};
use crate::Choices;

const MODULES: &[&str] = &["billing", "intake", "worker", "gateway", "report"];

fn log_start(choices: &mut Choices) -> String {
    format!(
        "2026-03-{:02}T{:02}:{:02}:{:02}Z {} {}: ",
        choices.between(1, 28),
        choices.below(24),
        choices.below(60),
        choices.below(60),
        choices.pick(&["INFO", "WARN", "DEBUG"]),
        choices.pick(MODULES),
    )
}

pub(super) fn log(page: &mut Page, choices: &mut Choices, label: &str) {
    page.add(&log_start(choices))
        .add("started, 4 jobs waiting\n");
    page.add(&log_start(choices));
    match choices.below(3) {
        0 => page.form(&format!("received {label}={{}} status=ok\n"), Escape::None),
        1 => page.form(&format!("{label}: \"{{}}\" accepted\n"), Escape::Json),
        _ => page.form(
            &format!("could not store {label} {{}}, trying again\n"),
            Escape::None,
        ),
    };
    page.add(&log_start(choices)).add("done in 12 ms\n");
}

pub(super) fn tool_call(page: &mut Page, choices: &mut Choices, label: &str) {
    let key = serde_json::Value::from(label).to_string();
    let name = choices.pick(&[
        "create_record",
        "send_message",
        "update_profile",
        "run_task",
    ]);
    match choices.below(3) {
        0 => page.form(
            &format!("{{\"name\":\"{name}\",\"arguments\":{{\"id\":17,{key}:\"{{}}\",\"notify\":true}}}}"),
            Escape::Json,
        ),
        1 => page.form(
            &format!("{{\n  \"tool\": \"{name}\",\n  \"input\": {{\n    {key}: \"{{}}\",\n    \"priority\": 2\n  }}\n}}\n"),
            Escape::Json,
        ),
        _ => {
            let sentence = choices.pick(SENTENCES);
            let start = &key[..key.len() - 1];
            page.form(
                &format!("{{\"role\":\"tool\",\"name\":\"{name}\",\"content\":{start}: {{}}\",\"note\":\"{sentence}\"}}"),
                Escape::Json,
            )
        }
    };
}

pub(super) fn sql(page: &mut Page, choices: &mut Choices, label: &str) {
    let id = choices.between(1, 9_000);
    match choices.below(3) {
        0 => page.form(
            &format!(
                "INSERT INTO records (id, \"{label}\", state) VALUES ({id}, '{{}}', 'new');\n"
            ),
            Escape::Quote,
        ),
        1 => page.form(
            &format!("UPDATE records SET \"{label}\" = '{{}}' WHERE id = {id};\n"),
            Escape::Quote,
        ),
        _ => page.form(
            &format!("SELECT id, state FROM records\nWHERE \"{label}\" = '{{}}'\nORDER BY id;\n"),
            Escape::Quote,
        ),
    };
}

pub(super) fn csv(page: &mut Page, choices: &mut Choices, label: &str) {
    let (row, amount) = (choices.between(1, 999), choices.between(1, 99));
    if choices.one_in(2) {
        page.add(&format!("id,\"{label}\",amount\n"));
        page.form(&format!("{row},\"{{}}\",{amount}\n"), Escape::Csv);
    } else {
        page.add(&format!("row;{label};state\n"));
        page.form(&format!("{row};\"{{}}\";open\n"), Escape::Csv);
    }
    page.add(&format!("{},,\n", row + 1));
}
