//! `eval`: how good the classifiers are on labelled cases.

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, IsTerminal, Write};
use std::ops::Range;
use std::path::{Path, PathBuf};

use sluicegate::Scanner;
use sluicegate::model::{BadLine, Case};
use sluicegate_evaluation::result::{Cost, FORMAT};
use sluicegate_evaluation::{
    BenignText, CaseFile, ClassMaps, Evaluation, EvaluationError, Excerpt, Exhibit, ExhibitText,
    Exhibition, Options, Reported, Style, compare, evaluate, evaluate_reported, exhibits, to_html,
    to_text,
};

use crate::args::{CaseArgs, EvalArgs};
use crate::bench::Profile;
use crate::catalogue::Catalogue;
use crate::failure::{Failure, Status};
use crate::input::{self, Bytes};
use crate::palette::Palette;
use crate::{output, progress, replace};

/// Bytes on either side of a place in which values are looked for before it is shown.
const AROUND: usize = 4096;
/// Lines of a file that are said to be wrong one by one.
const BAD_LINES: usize = 10;
/// Kinds of cases that are shown where they are labelled as a whole.
const ATTACKS: [&str; 2] = ["injection", "malicious"];

pub(crate) fn run(args: &EvalArgs, palette: impl Fn(bool) -> Palette) -> Result<Status, Failure> {
    let catalogue = Catalogue::for_findings(&args.findings, args.key.key_file.as_ref())?;
    let material = Material::read(&args.cases)?;
    let options = Options {
        selected: catalogue.selected().to_vec(),
        kernel: catalogue.kernel(),
        min_confidence: catalogue.min_confidence(),
        jobs: args.cases.jobs,
        resolve: args.cases.resolve,
        maps: material.maps.clone(),
        apart: args.cases.apart(),
    };
    let mut evaluation = if args.reported.is_empty() {
        material.evaluate(&catalogue, &options)?
    } else {
        evaluate_reported(&reported(&args.reported)?, &material.cases, &options)
            .map_err(|error| bad_globs(&error))?
    };
    if args.profile {
        add_costs(&mut evaluation, &catalogue, &material.texts());
    }
    if let Some(path) = &args.against {
        evaluation.comparison = Some(compare(&read_result(path)?, &evaluation));
    }
    if let Some(path) = &args.html {
        let exhibits = exhibits(&evaluation);
        let missed = material.show(&catalogue, &exhibits.missed);
        let errors = material.show(&catalogue, &exhibits.errors);
        replace::write(path, to_html(&evaluation, &missed, &errors).as_bytes())?;
    }
    if let Some(path) = &args.json {
        let mut text = serde_json::to_string_pretty(&evaluation).expect("a result has string keys");
        text.push('\n');
        replace::write(path, text.as_bytes())?;
    }
    let palette = palette(io::stdout().is_terminal());
    let style = Style {
        bold: palette.bold(),
        dim: palette.dim(),
        end: palette.end(),
    };
    io::stdout().write_all(to_text(&evaluation, style).as_bytes())?;
    Ok(Status::Done)
}

/// Says which lines are not what they should be, the first few of a file one by one.
fn say_bad(path: &Path, bad: &[BadLine]) {
    for line in bad.iter().take(BAD_LINES) {
        eprintln!("{}:{}: {}", path.display(), line.line, line.reason);
    }
    if bad.len() > BAD_LINES {
        eprintln!(
            "{}: {} more such lines",
            path.display(),
            bad.len() - BAD_LINES
        );
    }
}

/// What was found elsewhere.
fn reported(paths: &[PathBuf]) -> Result<Reported, Failure> {
    let mut reported = Reported::default();
    for path in paths {
        let bytes = input::read(path)?;
        say_bad(path, &reported.add(&stem(path), bytes.as_ref()));
    }
    Ok(reported)
}

/// The maps of classes that a path stands for, in the order of their names.
fn class_files(path: &Path) -> Result<Vec<PathBuf>, Failure> {
    if !path.is_dir() {
        return Ok(vec![path.to_owned()]);
    }
    let failed = |error| Failure::read(path, &error);
    let mut files = Vec::new();
    for entry in fs::read_dir(path).map_err(failed)? {
        let file = entry.map_err(failed)?.path();
        if file.extension().is_some_and(|end| end == "toml") {
            files.push(file);
        }
    }
    files.sort();
    Ok(files)
}

impl CaseArgs {
    /// What is set apart.
    pub(crate) fn apart(&self) -> Vec<String> {
        if self.apart.is_empty() {
            Options::default().apart
        } else {
            self.apart.clone()
        }
    }
}

/// What is set apart is no glob.
pub(crate) fn bad_globs(error: &EvaluationError) -> Failure {
    Failure::new(error.to_string())
        .at("--apart")
        .hint("`*` stands for any text, `?` for a character, `{a,b}` for either")
}

/// Cases, benign texts and what labels stand for, as they were read.
pub(crate) struct Material {
    pub(crate) cases: Vec<Case>,
    benign: Vec<(String, Bytes)>,
    pub(crate) maps: ClassMaps,
}

impl Material {
    /// Reads the files. Lines that are no cases are said, and cost nothing but themselves.
    pub(crate) fn read(args: &CaseArgs) -> Result<Self, Failure> {
        let mut material = Self {
            cases: Vec::new(),
            benign: Vec::new(),
            maps: ClassMaps::default(),
        };
        for path in &args.classes {
            for file in class_files(path)? {
                material.add_classes(&file)?;
            }
        }
        let mut bad = 0;
        for path in &args.paths {
            let bytes = input::read(path)?;
            let file = CaseFile::read(&stem(path), bytes.as_ref());
            say_bad(path, &file.bad);
            bad += file.bad.len();
            material.cases.extend(file.cases);
        }
        if bad > 0 {
            eprintln!("{bad} lines are no cases and were left out");
        }
        for path in &args.benign {
            let name = path.to_string_lossy().into_owned();
            material.benign.push((name, input::read(path)?));
        }
        if material.cases.is_empty() && material.benign.is_empty() {
            return Err(Failure::new("there are no cases").hint(
                "a case is a line `{\"id\", \"text\", \"spans\": [[start, end, \"class\"]]}`",
            ));
        }
        Ok(material)
    }

    fn add_classes(&mut self, path: &Path) -> Result<(), Failure> {
        let bytes = input::read(path)?;
        let text = str::from_utf8(bytes.as_ref())
            .map_err(|_| Failure::new("not UTF-8").at(path.display()))?;
        self.maps.add(&stem(path), text).map_err(|bad| {
            let line = bad.line.map_or_else(String::new, |line| format!(":{line}"));
            Failure::new(bad.reason)
                .at(format!("{}{line}", path.display()))
                .hint("a line of `[class]` reads `\"CLASS\" = { ids = [\"id or glob\"] }`")
        })
    }

    /// The texts that should have no findings.
    pub(crate) fn benign(&self) -> Vec<BenignText<'_>> {
        let texts = self.benign.iter().map(|(name, bytes)| BenignText {
            name,
            text: bytes.as_ref(),
        });
        texts.collect()
    }

    /// All texts.
    fn texts(&self) -> Vec<&[u8]> {
        let benign = self.benign.iter().map(|(_, bytes)| bytes.as_ref());
        let cases = self.cases.iter().map(|case| case.text.as_bytes());
        cases.chain(benign).collect()
    }

    fn bytes(&self) -> u64 {
        self.texts().iter().map(|text| text.len() as u64).sum()
    }

    /// What of these places may be shown: neither findings nor labelled values.
    fn show(&self, catalogue: &Catalogue, exhibits: &[Exhibit]) -> Vec<Exhibition> {
        let mut scanner = catalogue.scanner();
        let shown = exhibits.iter().map(|exhibit| Exhibition {
            exhibit: exhibit.clone(),
            excerpt: self.excerpt(&mut scanner, exhibit),
        });
        shown.collect()
    }

    fn excerpt(&self, scanner: &mut Scanner, exhibit: &Exhibit) -> Excerpt {
        let (text, case) = match exhibit.text {
            ExhibitText::Case(number) => {
                let case = &self.cases[number];
                (case.text.as_bytes(), Some(case))
            }
            ExhibitText::Benign(number) => (self.benign[number].1.as_ref(), None),
        };
        // Of a long text its part is enough: what is shown is one line, and short.
        let from = exhibit.start.saturating_sub(AROUND);
        let part = &text[from..text.len().min(exhibit.end + AROUND)];
        let span = exhibit.start - from..exhibit.end - from;
        let findings = scanner.scan(part).findings.iter();
        let mut values: Vec<Range<usize>> = findings.map(|it| it.start..it.end).collect();
        for label in case.iter().flat_map(|case| &case.spans) {
            let (start, end) = (label.start.max(from), label.end.min(from + part.len()));
            if start < end {
                values.push(start - from..end - from);
            }
        }
        // A text that is labelled as a whole is itself what must not be shown, unless it is an attack.
        let is_attack = case.is_some_and(|case| ATTACKS.contains(&case.kind.as_str()));
        let is_whole = case.is_some_and(|case| case.spans.is_empty() && !case.negative);
        if !(is_whole && is_attack) {
            values.push(span.clone());
        }
        values.sort_by_key(|value| (value.start, value.end));
        let shown = output::Excerpt::of(part, span, values);
        Excerpt {
            before: shown.before,
            marked: shown.marked,
            after: shown.after,
        }
    }

    fn evaluate(&self, catalogue: &Catalogue, options: &Options) -> Result<Evaluation, Failure> {
        let bar = progress::bar(self.cases.len(), self.bytes());
        let database = &catalogue.database;
        let evaluation = evaluate(database, &self.cases, &self.benign(), options, &|bytes| {
            bar.inc(bytes);
        });
        bar.finish_and_clear();
        evaluation.map_err(|error| bad_globs(&error))
    }
}

/// The result of an older run.
fn read_result(path: &Path) -> Result<Evaluation, Failure> {
    let bytes = input::read(path)?;
    let bad = |what: String| {
        Failure::new(what)
            .at(path.display())
            .hint("give what `eval --json` of this version wrote")
    };
    let result: Evaluation = serde_json::from_slice(bytes.as_ref())
        .map_err(|error| bad(format!("no result of an evaluation: {error}")))?;
    if result.format != FORMAT {
        let format = result.format;
        return Err(bad(format!("a result of format {format}, not {FORMAT}")));
    }
    Ok(result)
}

/// The name of a file without its folder and ending.
fn stem(path: &Path) -> String {
    let stem = path.file_stem().unwrap_or(path.as_os_str());
    stem.to_string_lossy().into_owned()
}

/// Adds what each classifier costs on these texts.
fn add_costs(evaluation: &mut Evaluation, catalogue: &Catalogue, texts: &[&[u8]]) {
    let profile = Profile::new(&catalogue.database, catalogue.kernel(), texts, 1);
    let mut costs = BTreeMap::<String, Cost>::new();
    for row in profile.detectors() {
        let cost = costs.entry(row.classifier.clone()).or_default();
        cost.steps += row.steps;
        cost.time_ns += row.time_ns;
        cost.per_mille += row.per_mille;
    }
    for classifier in &mut evaluation.classifiers {
        classifier.cost = Some(costs.get(&classifier.id).copied().unwrap_or_default());
    }
}
