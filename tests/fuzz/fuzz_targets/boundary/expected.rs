//! What a result must hold.

use std::ffi::{CStr, c_char};
use std::ptr;

use sluicegate::{Completeness, Database, Finding, Scanner};
use sluicegate_ffi::*;
use sluicegate_guard::Verdict;
use sluicegate_guard::policy::Action;

/// What a result must hold.
pub(crate) struct Expected {
    pub(crate) database: Database,
    pub(crate) findings: Vec<sg_finding>,
    pub(crate) items: Vec<sg_item>,
    /// Action and rule of each finding, where a guard decided.
    pub(crate) decisions: Vec<(u32, Option<String>)>,
    /// What may be passed on, where a guard decided.
    pub(crate) text: Option<Vec<u8>>,
    pub(crate) verdict: Option<Verdict>,
    pub(crate) restored: Option<(usize, usize)>,
    pub(crate) settled: Option<usize>,
}

impl Expected {
    /// Nothing, with this database.
    pub(crate) fn new(database: Database) -> Self {
        Self {
            database,
            findings: Vec::new(),
            items: Vec::new(),
            decisions: Vec::new(),
            text: None,
            verdict: None,
            restored: None,
            settled: None,
        }
    }

    /// What scans of these inputs give.
    pub(crate) fn of_scan(
        database: Database,
        options: &sg_scan_options,
        inputs: &[Vec<u8>],
    ) -> Self {
        let mut scanner = Scanner::new(&database);
        let mut expected = Self::new(database);
        for input in inputs {
            let bounds = decoded(input, options.offset_unit);
            let scan = scanner.scan(input);
            let wanted: Vec<Finding> = scan
                .findings
                .iter()
                .filter(|finding| u32::from(finding.confidence) >= options.min_confidence)
                .map(|finding| Finding {
                    start: bounds[finding.start].0,
                    end: bounds[finding.end].1,
                    ..*finding
                })
                .collect();
            expected.add(&wanted, scan.completeness);
        }
        expected
    }

    /// What a verdict gives, in bytes of its own or, of a message, in the unit of a request.
    pub(crate) fn decide(&mut self, mut verdict: Verdict, message: Option<(&[u8], u32)>) {
        if let Some((message, unit)) = message {
            let bounds = decoded(message, unit);
            for found in &mut verdict.findings {
                found.finding.start = bounds[found.finding.start].0;
                found.finding.end = bounds[found.finding.end].1;
            }
        }
        let findings: Vec<Finding> = verdict.findings.iter().map(|found| found.finding).collect();
        self.add(&findings, verdict.completeness);
        let decisions = verdict.findings.iter();
        self.decisions
            .extend(decisions.map(|found| (number(found.action), found.rule.clone())));
        self.verdict = Some(verdict);
    }

    /// Adds the findings of one input.
    pub(crate) fn add(&mut self, findings: &[Finding], completeness: Completeness) {
        let first = self.findings.len();
        self.push(findings);
        self.items.push(sg_item {
            first,
            count: self.findings.len() - first,
            completeness: u32::from(completeness != Completeness::Complete),
            reserved: 0,
        });
    }

    /// Adds findings that are of no item.
    pub(crate) fn push(&mut self, findings: &[Finding]) {
        for finding in findings {
            self.findings.push(sg_finding {
                start: finding.start,
                end: finding.end,
                classifier: finding.classifier.get(),
                severity: self.database.classifier(finding.classifier).severity() as u8,
                confidence: finding.confidence,
                view: 0,
                reserved: 0,
            });
        }
    }
}

/// The number of an action.
pub(crate) fn number(action: Action) -> u32 {
    match action {
        Action::Allow => 0,
        Action::Flag => 10,
        Action::Redact => 20,
        _ => 40,
    }
}

/// Text of the library's, or none.
unsafe fn text(pointer: *const c_char) -> Option<String> {
    let known = !pointer.is_null();
    known.then(|| {
        unsafe { CStr::from_ptr(pointer) }
            .to_string_lossy()
            .into_owned()
    })
}

/// For each byte offset, the units before the character that it is inside of and behind it, by
/// decoding all of the input.
fn decoded(input: &[u8], unit: u32) -> Vec<(usize, usize)> {
    let mut bounds = vec![(0, 0)];
    let mut count = 0;
    let mut character = |bytes: usize, units: usize| {
        for _ in 1..bytes {
            bounds.push((count, count + units));
        }
        count += units;
        bounds.push((count, count));
    };
    for chunk in input.utf8_chunks() {
        for c in chunk.valid().chars() {
            match unit {
                0 => (0..c.len_utf8()).for_each(|_| character(1, 1)),
                1 => character(c.len_utf8(), 1),
                _ => character(c.len_utf8(), c.len_utf16()),
            }
        }
        chunk.invalid().iter().for_each(|_| character(1, 1));
    }
    bounds
}

/// Whether a result holds what it must.
pub(crate) fn check_result(result: *mut sg_result, expected: Option<&Expected>) {
    let (mut findings, mut items, mut id) = (ptr::null(), ptr::null(), ptr::null());
    let (mut findings_len, mut items_len, mut completeness) = (0, 0, 0);
    unsafe {
        let asked = [
            sg_result_findings(result, &mut findings, &mut findings_len),
            sg_result_items(result, &mut items, &mut items_len),
            sg_result_completeness(result, &mut completeness),
        ];
        assert_eq!(asked, [sg_status::Ok; 3]);
        let Some(expected) = expected else {
            assert_eq!((findings_len, items_len, completeness), (0, 0, 0));
            let status = sg_result_classifier_id(result, 0, &mut id);
            assert_eq!(status, sg_status::NotFound);
            return;
        };
        assert_eq!(findings_len, expected.findings.len());
        assert_eq!(items_len, expected.items.len());
        for (index, expected_finding) in expected.findings.iter().enumerate() {
            assert_eq!(*findings.add(index), *expected_finding);
        }
        for (index, item) in expected.items.iter().enumerate() {
            assert_eq!(*items.add(index), *item);
        }
        let worst = expected.items.iter().map(|item| item.completeness).max();
        assert_eq!(completeness, worst.unwrap_or(0));
        for info in expected.database.classifiers() {
            let number = info.index().get();
            let status = sg_result_classifier_id(result, number, &mut id);
            assert_eq!(status, sg_status::Ok);
            assert_eq!(CStr::from_ptr(id).to_str(), Ok(info.id()));
        }
        check_decided(result, expected);
    }
}

/// Whether a result holds what a guard or stream must have filled it with.
fn check_decided(result: *mut sg_result, expected: &Expected) {
    let status = |known: bool| match known {
        true => sg_status::Ok,
        false => sg_status::NotFound,
    };
    let (mut decisions, mut bytes, mut json) = (ptr::null(), ptr::null(), ptr::null());
    let (mut count, mut len, mut restored, mut unknown, mut settled) = (0, 0, 0, 0, 0);
    let mut verdict = std::mem::MaybeUninit::<sg_verdict>::uninit();
    unsafe {
        let asked = sg_result_decisions(result, &mut decisions, &mut count);
        assert_eq!((asked, count), (sg_status::Ok, expected.decisions.len()));
        for (index, (action, rule)) in expected.decisions.iter().enumerate() {
            let decision = &*decisions.add(index);
            assert_eq!((decision.action, decision.reserved), (*action, 0));
            assert_eq!(&text(decision.rule), rule);
        }
        let asked = sg_result_text(result, &mut bytes, &mut len);
        assert_eq!(asked, status(expected.text.is_some()));
        if let Some(text) = &expected.text {
            assert_eq!(len, text.len());
            assert_eq!(bytes.is_null(), len == 0);
            assert!(len == 0 || std::slice::from_raw_parts(bytes, len) == &text[..]);
        }
        let asked = sg_result_verdict(result, verdict.as_mut_ptr());
        assert_eq!(asked, status(expected.verdict.is_some()));
        let asked = sg_result_verdict_json(result, &mut json);
        assert_eq!(asked, status(expected.verdict.is_some()));
        if let Some(expected) = &expected.verdict {
            let verdict = verdict.assume_init();
            let would_be = expected.would_be.unwrap_or(expected.action);
            assert_eq!(verdict.action, number(expected.action));
            assert_eq!(verdict.would_be, number(would_be));
            assert_eq!(verdict.reason, expected.reason as u32);
            assert_eq!(verdict.edits, expected.edits);
            assert_eq!(text(verdict.rule), expected.rule);
            let error = expected.error.as_ref().map(ToString::to_string);
            assert_eq!(text(verdict.error), error);
            let row = serde_json::to_string(expected).expect("a verdict can be written");
            assert_eq!(text(json), Some(row));
        }
        let asked = sg_result_restored(result, &mut restored, &mut unknown);
        assert_eq!(asked, status(expected.restored.is_some()));
        if let Some(expected) = expected.restored {
            assert_eq!((restored, unknown), expected);
        }
        let asked = sg_result_settled(result, &mut settled);
        assert_eq!(asked, status(expected.settled.is_some()));
        assert_eq!(settled, expected.settled.unwrap_or(0));
    }
}
