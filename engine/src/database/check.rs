//! Proof that every index in an image is in range.
//!
//! A digest tells accidents, not intent: whoever writes a file can write its digest. So before an
//! image is used, every reference in it is followed once. After that, scanning indexes without
//! asking; a reference missed here would be a panic, never undefined behaviour.

use sluicegate_kernels::{BLOCK, GramFilter};
use sluicegate_model::{MAX_TERM_WEIGHT, Severity};
use sluicegate_validators::Call;
use zerocopy::little_endian::U32;

use super::image::ImageError;
use super::record::{NONE, Range};
use super::{Look, MAX_WAYS, Sections, op};
use crate::limits;

type Checked = Result<(), ImageError>;

fn ensure(holds: bool, what: &'static str) -> Checked {
    if holds {
        Ok(())
    } else {
        Err(ImageError::malformed(what))
    }
}

fn inside(range: Range, len: usize, what: &'static str) -> Checked {
    let end = u64::from(range.start.get()) + u64::from(range.len.get());
    ensure(end <= len as u64, what)
}

fn text(view: &Sections, range: Range) -> Checked {
    inside(range, view.text.len(), "a text lies outside its section")
}

/// Checks the image and returns its validators, ready to call.
pub(super) fn check(view: &Sections) -> Result<Vec<Call>, ImageError> {
    ensure(
        view.classifiers.len() <= limits::MAX_CLASSIFIERS as usize,
        "more classifiers than a database holds",
    )?;
    programs(view)?;
    classifiers(view)?;
    detectors(view)?;
    anchors(view)?;
    companions(view)?;
    leads(view)?;
    grams(view)?;
    shapes(view)?;
    composites(view)?;
    dictionaries(view)?;
    view.validator_records
        .iter()
        .map(|record| {
            text(view, record.call)?;
            std::str::from_utf8(view.text(record.call))
                .ok()
                .and_then(|call| Call::parse(call).ok())
                .ok_or(ImageError::malformed(
                    "a validator that this build does not have",
                ))
        })
        .collect()
}

fn programs(view: &Sections) -> Checked {
    let tables = &view.tables;
    let chars = tables.char_bounds.len().saturating_sub(1);
    ensure(
        tables
            .char_bounds
            .windows(2)
            .all(|pair| pair[0].get() <= pair[1].get())
            && tables
                .char_bounds
                .last()
                .is_none_or(|last| last.get() as usize <= tables.char_ranges.len()),
        "a character class lies outside its section",
    )?;
    for program in view.programs {
        inside(
            program.insts,
            view.insts.len(),
            "a program lies outside its section",
        )?;
        let insts = &view.insts[program.insts.bounds()];
        ensure(
            insts
                .last()
                .is_some_and(|last| matches!(last.op, op::MATCH | op::JUMP)),
            "a program does not end",
        )?;
        let marks = program.marks.get();
        for (at, inst) in insts.iter().enumerate() {
            let a = u32::from(inst.a.get());
            let b = inst.b.get();
            let sound = match inst.op {
                op::MATCH => true,
                op::SET => (a as usize) < tables.sets.len(),
                op::RUN => {
                    (a as usize) < tables.sets.len() && inst.flag <= 2 && (b & 0xFFFF) <= b >> 16
                }
                op::CHAR => (a as usize) < chars,
                op::CHAR_RUN => (a as usize) < chars && inst.flag <= 2 && (b & 0xFFFF) <= b >> 16,
                op::LITERAL | op::FOLDED => {
                    u64::from(a) + u64::from(b) <= tables.literals.len() as u64
                }
                op::CHOICE => {
                    let ways = usize::from(inst.flag);
                    let jumps = insts.get(at + 1..=at + ways).unwrap_or_default();
                    (1..=MAX_WAYS).contains(&ways)
                        && jumps.len() == ways
                        && jumps.iter().all(|jump| jump.op == op::JUMP)
                        && a < marks
                        && tables.choices.get(b as usize).is_some_and(|choice| {
                            choice
                                .by_code
                                .iter()
                                .chain([&choice.at_end])
                                .all(|open| ways == MAX_WAYS || open.get() >> ways == 0)
                        })
                }
                op::JUMP => (b as usize) < insts.len(),
                op::LOOK => Look::from_number(inst.flag).is_some(),
                op::SAVE => inst.flag <= 1,
                op::MARK => a < marks && (b as usize) <= tables.sets.len(),
                _ => false,
            };
            ensure(sound, "an instruction is not valid")?;
        }
    }
    Ok(())
}

/// The program exists and its visited table stays within its limit.
fn program(view: &Sections, number: u32, max_len: u32) -> Checked {
    let program = view
        .programs
        .get(number as usize)
        .ok_or(ImageError::malformed("a program does not exist"))?;
    ensure(
        u64::from(program.marks.get()) * (u64::from(max_len) + 1) <= limits::MAX_VISITED_BITS,
        "a program is too large",
    )
}

fn classifiers(view: &Sections) -> Checked {
    for pair in view.classifiers.windows(2) {
        text(view, pair[0].id)?;
        text(view, pair[1].id)?;
        ensure(
            view.text(pair[0].id) < view.text(pair[1].id),
            "classifiers are not in the order of their ids",
        )?;
    }
    for classifier in view.classifiers {
        text(view, classifier.id)?;
        text(view, classifier.card)?;
        inside(
            classifier.keywords,
            view.keywords.len(),
            "keywords lie outside their section",
        )?;
        inside(
            classifier.exclusions,
            view.exclusions.len(),
            "exclusions lie outside their section",
        )?;
        inside(
            classifier.detectors,
            view.detectors.len(),
            "detectors lie outside their section",
        )?;
        ensure(
            usize::from(classifier.severity) < Severity::ALL.len()
                && classifier.confidence <= 100
                && classifier.context_amount <= 100
                && classifier.context <= 3
                && classifier.context_window.get() <= limits::MAX_LEN
                && (classifier.keyword_starts.get() as usize) < view.tables.sets.len(),
            "a classifier has a value out of range",
        )?;
        ensure(
            [classifier.id, classifier.card]
                .into_iter()
                .all(|range| std::str::from_utf8(view.text(range)).is_ok()),
            "a classifier's text is not UTF-8",
        )?;
    }
    for keyword in view.keywords {
        text(view, keyword.text)?;
        ensure(keyword.text.len.get() > 0, "a keyword is empty")?;
    }
    for exclusion in view.exclusions {
        match exclusion.kind {
            0 | 1 => text(view, exclusion.text)?,
            2 => program(view, exclusion.program.get(), limits::DEFAULT_MAX_LEN)?,
            _ => return Err(ImageError::malformed("an exclusion of an unknown kind")),
        }
    }
    Ok(())
}

fn detectors(view: &Sections) -> Checked {
    for detector in view.detectors {
        ensure(
            (detector.classifier.get() as usize) < view.classifiers.len()
                && (detector.first.get() as usize) < view.tables.sets.len()
                && (1..=limits::MAX_LEN).contains(&detector.max_len.get())
                && (1..=4).contains(&detector.route),
            "a detector has a value out of range",
        )?;
        program(view, detector.program.get(), detector.max_len.get())?;
        inside(
            detector.validators,
            view.validator_records.len(),
            "validators lie outside their section",
        )?;
        inside(
            detector.anchors,
            view.anchors.len(),
            "anchors lie outside their section",
        )?;
    }
    Ok(())
}

fn anchors(view: &Sections) -> Checked {
    for anchor in view.anchors {
        let detector = view
            .detectors
            .get(anchor.detector.get() as usize)
            .ok_or(ImageError::malformed("a detector does not exist"))?;
        let max_len = detector.max_len.get();
        program(view, anchor.forward.get(), max_len)?;
        if anchor.backward.get() != NONE {
            program(view, anchor.backward.get(), max_len)?;
        }
        ensure(
            anchor.before_min.get() <= anchor.before_max.get()
                && anchor.before_max.get() <= max_len
                && (anchor.first.get() as usize) < view.tables.sets.len()
                && (anchor.before.get() == NONE
                    || (anchor.before.get() as usize) < view.tables.sets.len()),
            "an anchor has a value out of range",
        )?;
    }
    Ok(())
}

fn leads(view: &Sections) -> Checked {
    for lead in view.leads {
        let is_set = |set: U32| (set.get() as usize) < view.tables.sets.len();
        ensure(
            (lead.detector.get() as usize) < view.detectors.len()
                && lead.reach.get() <= 2 * limits::MAX_LEN
                && lead.narrow.get() <= lead.reach.get()
                && lead
                    .sets
                    .iter()
                    .chain(&lead.gap)
                    .chain([&lead.within, &lead.before])
                    .all(|set| is_set(*set)),
            "a lead has a value out of range",
        )?;
    }
    Ok(())
}

fn companions(view: &Sections) -> Checked {
    for companion in view.companions {
        inside(
            companion.strings,
            view.triples.len(),
            "a companion's strings lie outside their section",
        )?;
        let (first, last) = (companion.first.get(), companion.last.get());
        ensure(
            first <= last && first.unsigned_abs().max(last.unsigned_abs()) <= limits::MAX_LEN,
            "a companion is out of reach",
        )?;
    }
    Ok(())
}

fn grams(view: &Sections) -> Checked {
    for bytes in view.gram_filters.map(<[u8]>::len) {
        ensure(
            bytes == 0 || bytes.is_power_of_two() && (8..=GramFilter::MAX_BYTES).contains(&bytes),
            "a gram filter has no valid size",
        )?;
    }
    let starts = view.gram_starts;
    ensure(
        starts.is_empty() == view.gram_filters.iter().all(|filter| filter.is_empty())
            && (starts.is_empty() || (starts.len() - 1).is_power_of_two()),
        "the gram table has no valid size",
    )?;
    ensure(
        starts.windows(2).all(|pair| pair[0].get() <= pair[1].get())
            && starts
                .last()
                .is_none_or(|end| end.get() as usize <= view.gram_uses.len()),
        "gram uses lie outside their section",
    )?;
    ensure(
        view.gram_uses
            .iter()
            .all(|usage| usage.check() < view.checks.len()),
        "a gram's check does not exist",
    )?;
    ensure(
        view.start_checks
            .iter()
            .all(|check| (check.get() as usize) < view.checks.len()),
        "a check of the start does not exist",
    )?;
    ensure(
        view.checks.iter().all(|check| {
            let companion = check.companion.get();
            (check.anchor.get() as usize) < view.anchors.len()
                && usize::from(check.from) < BLOCK
                && (companion == NONE || (companion as usize) < view.companions.len())
        }),
        "a check has a value out of range",
    )
}

/// What the kernel does not check itself when it takes the shapes over.
fn shapes(view: &Sections) -> Checked {
    for shape in view.shapes {
        inside(
            shape.tests,
            view.shape_tests.len(),
            "a shape's tests lie outside",
        )?;
        ensure(
            (shape.check.get() as usize) < view.checks.len(),
            "a shape's check does not exist",
        )?;
    }
    ensure(
        view.plane_records.len() <= limits::MAX_PLANES as usize
            && view
                .plane_records
                .iter()
                .all(|plane| (plane.set.get() as usize) < view.tables.sets.len()),
        "a plane's set does not exist",
    )
}

fn composites(view: &Sections) -> Checked {
    let in_order = view
        .composites
        .windows(2)
        .all(|pair| pair[0].classifier.get() < pair[1].classifier.get());
    ensure(
        in_order,
        "composites are not in the order of their classifiers",
    )?;
    for composite in view.composites {
        ensure(
            (composite.classifier.get() as usize) < view.classifiers.len()
                && (1..=limits::MAX_WITHIN).contains(&composite.within.get())
                && composite.min_confidence <= 100,
            "a composite has a value out of range",
        )?;
        inside(
            composite.members,
            view.members.len(),
            "members lie outside their section",
        )?;
    }
    for member in view.members {
        inside(
            member.ids,
            view.member_ids.len(),
            "ids of members lie outside their section",
        )?;
    }
    for id in view.member_ids {
        text(view, id.text)?;
        ensure(
            std::str::from_utf8(view.text(id.text)).is_ok(),
            "an id of a member is not UTF-8",
        )?;
    }
    Ok(())
}

fn dictionaries(view: &Sections) -> Checked {
    let in_order = view
        .dictionaries
        .windows(2)
        .all(|pair| pair[0].classifier.get() <= pair[1].classifier.get());
    ensure(
        in_order,
        "dictionaries are not in the order of their classifiers",
    )?;
    for dictionary in view.dictionaries {
        ensure(
            (dictionary.classifier.get() as usize) < view.classifiers.len()
                && (1..=limits::MAX_WITHIN).contains(&dictionary.within.get())
                && dictionary.heaviest.get() <= MAX_TERM_WEIGHT,
            "a dictionary has a value out of range",
        )?;
        inside(
            dictionary.validators,
            view.validator_records.len(),
            "validators lie outside their section",
        )?;
    }
    if view.dictionaries.is_empty() {
        return Ok(());
    }
    let terms = view
        .terms()
        .ok_or(ImageError::malformed("a table of terms has no valid size"))?;
    ensure(
        terms.is_sound(),
        "a term lies outside its section or belongs to no dictionary",
    )
}
