//! Code and patches.

use super::{Escape, Page};
use crate::Choices;

/// A line of each of several languages, the label as text in it: names of variables can't hold
/// blanks, and words joined to others are no words.
fn line(choices: &mut Choices, label: &str) -> String {
    match choices.below(5) {
        0 => format!("settings[\"{label}\"] = \"{{}}\"\n"),
        1 => format!("const value = {{ \"{label}\": \"{{}}\" }};\n"),
        2 => format!("    map.put(\"{label}\", \"{{}}\");\n"),
        3 => format!("    // {label}\n    let value = \"{{}}\";\n"),
        _ => format!("value = \"{{}}\"  # {label}\n"),
    }
}

pub(super) fn code(page: &mut Page, choices: &mut Choices, label: &str) {
    let line = line(choices, label);
    page.add("def load(path):\n    return open(path).read()\n\n");
    page.form(&line, Escape::Json);
    page.add("\nif __name__ == \"__main__\":\n    main()\n");
}

pub(super) fn diff(page: &mut Page, choices: &mut Choices, label: &str) {
    let at = choices.between(2, 400);
    let line = line(choices, label);
    // Every line of a patch has its mark.
    let marked = line.trim_end().replace('\n', "\n+");
    page.add("diff --git a/src/load.py b/src/load.py\n--- a/src/load.py\n+++ b/src/load.py\n");
    page.add(&format!(
        "@@ -{at},3 +{at},4 @@ def load(path):\n import sys\n"
    ));
    page.add("-    return None\n+");
    page.form(&marked, Escape::Json);
    page.add("\n     return open(path).read()\n");
}
