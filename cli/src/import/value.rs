//! The group that another tool reports, named `value`.

use std::ops::Range;

use regex_syntax::ast::{Alternation, Ast, GroupKind, RepetitionKind, RepetitionRange};
use regex_syntax::hir::{Hir, HirKind};

use super::dialect::{Dialect, Parsed, read};
use super::report::Remark;

/// What another tool reports of a match.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reported {
    /// All of it.
    Whole,
    /// The group with this number.
    Group(u32),
    /// The first group that is not empty, or else the whole match.
    FirstGroup,
}

/// Patterns that report the same, and what differs nevertheless.
#[derive(Debug)]
pub(super) struct Valued {
    pub(super) patterns: Vec<Parsed>,
    pub(super) changed: Vec<Remark>,
    pub(super) left: Vec<Remark>,
}

/// Most patterns that one is split into.
const MAX_SPLIT: usize = 16;

/// Names the reported group.
///
/// # Errors
/// When the pattern can't be read once the group is named.
pub(super) fn name_value(parsed: Parsed, reported: Reported) -> Result<Valued, Remark> {
    let mut valued = Valued {
        patterns: Vec::new(),
        changed: Vec::new(),
        left: Vec::new(),
    };
    let mut waiting = vec![parsed];
    while let Some(parsed) = waiting.pop() {
        let groups = groups(&parsed.ast);
        let number = match reported {
            Reported::Whole => None,
            Reported::Group(number) => {
                if groups.iter().all(|group| group.number != number) {
                    valued.left.push(Remark::new(
                        "the reported group does not exist; the whole match is reported",
                        format!("group {number} of {}", groups.len()),
                    ));
                }
                Some(number)
            }
            Reported::FirstGroup => groups.first().map(|first| first.number),
        };
        if let (Reported::FirstGroup, Some(first)) = (reported, groups.first()) {
            if let Some(branches) = first.branches(&parsed)
                && groups.len() > 1
                && valued.patterns.len() + waiting.len() + branches.len() <= MAX_SPLIT
            {
                // The last comes first off the stack.
                for branch in branches.into_iter().rev() {
                    waiting.push(read(&branch, Dialect::Rust)?);
                }
                continue;
            }
            let may_be_empty = shortest(&parsed.hir, first.number) == Some(0);
            if may_be_empty || (first.optional && groups.len() > 1) {
                valued.left.push(Remark::new(
                    "the first group that is not empty is reported; here always the same group",
                    format!("group {} of {}", first.number, groups.len()),
                ));
            }
        }
        valued.patterns.push(named(&parsed, &groups, number)?);
    }
    if valued.patterns.len() > 1 {
        valued.changed.push(Remark::new(
            "split into one pattern for each group that may be reported",
            format!("{} patterns", valued.patterns.len()),
        ));
    }
    Ok(valued)
}

/// The pattern with group `number`, and no other, named `value`.
fn named(parsed: &Parsed, groups: &[Group], number: Option<u32>) -> Result<Parsed, Remark> {
    let mut text = parsed.text.clone();
    // From the back, so that the places in front stay right.
    for group in groups.iter().rev() {
        if Some(group.number) == number {
            text.replace_range(group.head.clone(), "(?P<value>");
        } else if group.name.as_deref() == Some("value") {
            text.replace_range(group.head.clone(), "(");
        }
    }
    read(&text, Dialect::Rust)
}

/// A capture group of a pattern.
#[derive(Debug)]
struct Group {
    number: u32,
    name: Option<String>,
    /// The opening parenthesis with the name.
    head: Range<usize>,
    /// Whether a match may do without it.
    optional: bool,
    /// The outermost alternation around it, where nothing around that is repeated.
    alternation: Option<Alternation>,
}

impl Group {
    /// The pattern once for each branch of the alternation around the group.
    fn branches(&self, parsed: &Parsed) -> Option<Vec<String>> {
        let around = self.alternation.as_ref()?;
        let text = &parsed.text;
        let at = around.span.start.offset..around.span.end.offset;
        let mut flags = String::new();
        let mut branches = Vec::new();
        for branch in &around.asts {
            let span = branch.span();
            let own = &text[span.start.offset..span.end.offset];
            branches.push(format!(
                "{}{flags}{own}{}",
                &text[..at.start],
                &text[at.end..]
            ));
            // Flags set in one branch hold in those behind it.
            flags += &flags_of(branch, text);
        }
        Some(branches)
    }
}

/// The flags that a branch sets for what follows.
fn flags_of(branch: &Ast, text: &str) -> String {
    let parts = match branch {
        Ast::Concat(concat) => concat.asts.as_slice(),
        other => std::slice::from_ref(other),
    };
    let flags = parts.iter().filter_map(|part| match part {
        Ast::Flags(flags) => Some(&text[flags.span.start.offset..flags.span.end.offset]),
        _ => None,
    });
    flags.collect()
}

/// The capture groups in the order of their numbers.
fn groups(ast: &Ast) -> Vec<Group> {
    let mut found = Vec::new();
    collect(ast, Around::default(), &mut found);
    found.sort_by_key(|group| group.number);
    found
}

/// What stands around a part of a pattern.
#[derive(Clone, Copy, Default)]
struct Around<'a> {
    optional: bool,
    repeated: bool,
    alternation: Option<&'a Alternation>,
}

fn collect<'a>(ast: &'a Ast, mut around: Around<'a>, found: &mut Vec<Group>) {
    match ast {
        Ast::Repetition(repetition) => {
            around.repeated = true;
            around.optional |= is_optional(&repetition.op.kind);
            collect(&repetition.ast, around, found);
        }
        Ast::Group(group) => {
            let start = group.span.start.offset;
            let head = match &group.kind {
                GroupKind::CaptureIndex(number) => Some((*number, None, start + 1)),
                GroupKind::CaptureName { name, .. } => {
                    let end = name.span.end.offset + ">".len();
                    Some((name.index, Some(name.name.clone()), end))
                }
                GroupKind::NonCapturing(_) => None,
            };
            if let Some((number, name, end)) = head {
                found.push(Group {
                    number,
                    name,
                    head: start..end,
                    optional: around.optional,
                    alternation: around.alternation.cloned(),
                });
            }
            collect(&group.ast, around, found);
        }
        Ast::Alternation(alternation) => {
            around.optional = true;
            if !around.repeated && around.alternation.is_none() {
                around.alternation = Some(alternation);
            }
            for branch in &alternation.asts {
                collect(branch, around, found);
            }
        }
        Ast::Concat(concat) => {
            for part in &concat.asts {
                collect(part, around, found);
            }
        }
        _ => {}
    }
}

/// Whether none will do.
fn is_optional(kind: &RepetitionKind) -> bool {
    match kind {
        RepetitionKind::ZeroOrOne | RepetitionKind::ZeroOrMore => true,
        RepetitionKind::OneOrMore => false,
        RepetitionKind::Range(
            RepetitionRange::Exactly(least)
            | RepetitionRange::AtLeast(least)
            | RepetitionRange::Bounded(least, _),
        ) => *least == 0,
    }
}

/// Whether the pattern has a capture group.
pub(super) fn has_groups(parsed: &Parsed) -> bool {
    !groups(&parsed.ast).is_empty()
}

/// The number of the group with this name.
pub(super) fn group_named(parsed: &Parsed, name: &str) -> Option<u32> {
    let groups = groups(&parsed.ast);
    let group = groups
        .iter()
        .find(|group| group.name.as_deref() == Some(name));
    group.map(|group| group.number)
}

/// Length of the shortest text of a group.
fn shortest(hir: &Hir, number: u32) -> Option<usize> {
    match hir.kind() {
        HirKind::Capture(capture) if capture.index == number => {
            Some(capture.sub.properties().minimum_len().unwrap_or(0))
        }
        HirKind::Capture(capture) => shortest(&capture.sub, number),
        HirKind::Repetition(repetition) => shortest(&repetition.sub, number),
        HirKind::Concat(parts) | HirKind::Alternation(parts) => {
            parts.iter().find_map(|part| shortest(part, number))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn patterns(pattern: &str, reported: Reported) -> (Vec<String>, usize) {
        let valued = name_value(read(pattern, Dialect::Rust).unwrap(), reported).unwrap();
        let texts = valued.patterns.into_iter().map(|parsed| parsed.text);
        (texts.collect(), valued.left.len())
    }

    #[test]
    fn the_reported_group_is_named() {
        for (pattern, reported, named) in [
            ("a(b)(c)", Reported::FirstGroup, "a(?P<value>b)(c)"),
            ("a(b)(c)", Reported::Group(2), "a(b)(?P<value>c)"),
            ("a(?<x>b)", Reported::Group(1), "a(?P<value>b)"),
            ("(?P<value>a)(b)", Reported::Group(2), "(a)(?P<value>b)"),
            ("(?P<value>a)b", Reported::Whole, "(a)b"),
            (
                "(?x) a ( b ) # (c)",
                Reported::FirstGroup,
                "(?x) a (?P<value> b ) # (c)",
            ),
            ("a(b)?", Reported::FirstGroup, "a(?P<value>b)?"),
        ] {
            assert_eq!(patterns(pattern, reported), (vec![named.to_owned()], 0));
        }
    }

    #[test]
    fn groups_of_several_branches_split_the_pattern() {
        assert_eq!(
            patterns("x(?:(?i)a(b)|(c)d|e)y", Reported::FirstGroup),
            (
                vec![
                    "x(?:(?i)a(?P<value>b))y".to_owned(),
                    "x(?:(?i)(?P<value>c)d)y".to_owned(),
                    "x(?:(?i)e)y".to_owned(),
                ],
                0
            )
        );
    }

    #[test]
    fn what_can_not_be_told_is_left() {
        for pattern in ["(a)?(b)", "a(b*)", "(?:(a)|(b))+"] {
            assert_eq!(patterns(pattern, Reported::FirstGroup).1, 1, "{pattern}");
        }
        assert_eq!(
            patterns("(a)", Reported::Group(2)),
            (vec!["(a)".to_owned()], 1)
        );
    }
}
