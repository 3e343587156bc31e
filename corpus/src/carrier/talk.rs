//! What people write: chat, mail, Markdown.

use super::{Escape, Page};
use crate::Choices;

/// Sentences without anything to find.
pub(super) const SENTENCES: &[&str] = &[
    "Could you look over the draft before lunch?",
    "The second paragraph still reads a little stiff.",
    "We moved the review to Thursday, the room is the same.",
    "Nothing changed on our side since last week.",
    "I would keep the shorter version and drop the table.",
    "The garden needs water while I am away.",
    "Let me know whether the colours work on a projector.",
    "It rained all weekend, so we painted the kitchen.",
    "The build is green again and the release can go out.",
    "Please answer in two or three sentences.",
    "Thanks, that was quicker than I thought.",
    "Both charts use the same scale now.",
];

const OPENINGS: &[&str] = &["Hi,", "Hello,", "Good morning,", "Quick question:", "Hey,"];

pub(super) fn chat(page: &mut Page, choices: &mut Choices, label: &str) {
    page.add_one(choices, OPENINGS).add(" ");
    page.add_one(choices, SENTENCES).add(" ");
    match choices.below(4) {
        0 => page.form(
            &format!("My {label} is {{}} if you need it. "),
            Escape::None,
        ),
        1 => page.form(&format!("{label}: {{}}\n"), Escape::None),
        2 => page.form(
            &format!("Here is the {label}: {{}}, please use it. "),
            Escape::None,
        ),
        _ => page.form(
            &format!("They sent this ({label}) {{}} yesterday. "),
            Escape::None,
        ),
    };
    page.add_one(choices, SENTENCES);
}

pub(super) fn mail(page: &mut Page, choices: &mut Choices, label: &str) {
    let day = choices.between(1, 28);
    let hour = choices.between(7, 18);
    page.add("From: desk@office.test\nTo: team@office.test\n");
    page.add(&format!("Date: Tue, {day} Mar 2026 {hour}:05:00 +0000\n"));
    page.add("Subject: Follow-up\nContent-Type: text/plain; charset=utf-8\n\n");
    page.add_one(choices, OPENINGS).add("\n\n");
    // What is answered to is quoted.
    let mark = if choices.one_in(3) { "> " } else { "" };
    for _ in 0..choices.between(1, 3) {
        page.add(mark).add_one(choices, SENTENCES).add("\n");
    }
    page.form(&format!("{mark}{label}: {{}}\n"), Escape::None);
    page.add(mark)
        .add_one(choices, SENTENCES)
        .add("\n\n-- \nThe desk\n");
}

pub(super) fn markdown(page: &mut Page, choices: &mut Choices, label: &str) {
    page.add("## Notes\n\n")
        .add_one(choices, SENTENCES)
        .add("\n\n");
    match choices.below(4) {
        0 => page.form(&format!("- {label}: {{}}\n- status: open\n"), Escape::None),
        1 => page.form(&format!("**{label}** `{{}}`\n"), Escape::None),
        2 => page.form(
            &format!("| field | value |\n|---|---|\n| {label} | {{}} |\n| status | open |\n"),
            Escape::None,
        ),
        _ => page.form(&format!("```\n{label} = {{}}\n```\n"), Escape::None),
    };
    page.add("\n").add_one(choices, SENTENCES).add("\n");
}
