//! Cases and benign texts to a result.

use std::fmt;

use globset::{Glob, GlobSet, GlobSetBuilder};
use rayon::ThreadPoolBuilder;
use sluicegate::model::Case;
use sluicegate::{Database, Kernel};

use crate::class::{ClassMaps, Names};
use crate::judge::{Found, Judge, Outcome};
use crate::measure::{Measure, hex};
use crate::noise;
use crate::reported::Reported;
use crate::result::Evaluation;
use crate::scan::Scans;

/// What findings are set apart unless told otherwise: values that ordinary text truly holds, such as
/// addresses, telephone numbers, licence headers and the disclaimers under mails.
pub const DEFAULT_APART: &[&str] = &[
    "code.licence.*",
    "marking.mail.disclaimer",
    "network.*",
    "pii.*.phone*",
    "pii.*.postal-code*",
    "pii.*.postcode*",
    "pii.*.zip*",
    "pii.*address*",
    "pii.contact.*",
    "pii.phone.*",
];

/// How to evaluate.
#[derive(Clone, Debug)]
pub struct Options {
    /// By index, whether findings of a classifier count; those of all where it is empty.
    pub selected: Vec<bool>,
    /// The instructions to scan with.
    pub kernel: Kernel,
    /// Least confidence of the findings that count.
    pub min_confidence: u8,
    /// Threads to scan with; one for each processor where it is 0.
    pub jobs: usize,
    /// Whether only the likeliest of the findings that claim one value counts.
    pub resolve: bool,
    /// What labels stand for.
    pub maps: ClassMaps,
    /// Globs of classifiers whose findings are no errors where no label names them.
    pub apart: Vec<String>,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            selected: Vec::new(),
            kernel: Kernel::best(),
            min_confidence: 0,
            jobs: 0,
            resolve: false,
            maps: ClassMaps::default(),
            apart: DEFAULT_APART.iter().map(|&glob| glob.into()).collect(),
        }
    }
}

/// A text that should have no findings.
#[derive(Clone, Copy, Debug)]
pub struct BenignText<'t> {
    /// What the result calls it.
    pub name: &'t str,
    /// The text.
    pub text: &'t [u8],
}

/// Why nothing could be evaluated.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EvaluationError {
    /// What is set apart is no glob.
    BadGlob(String),
    /// The system gave no threads.
    NoThreads,
}

impl fmt::Display for EvaluationError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::BadGlob(glob) => write!(f, "`{glob}` is no glob"),
            Self::NoThreads => f.write_str("the system gives no threads"),
        }
    }
}

impl std::error::Error for EvaluationError {}

/// What was found in cases and benign texts, judged.
#[derive(Debug)]
pub(crate) struct Judged {
    pub(crate) names: Names,
    pub(crate) outcomes: Vec<Outcome>,
    /// Findings of each benign text, and whether they are all.
    pub(crate) benign: Vec<(Vec<Found>, bool)>,
}

/// Scans the cases and texts with a database, and says how good its classifiers are. `progress` is
/// told the bytes of each text that is done.
///
/// The result is the same for any number of threads.
///
/// ```
/// use sluicegate::{compile, model::{Classifier, ClassifierId}};
/// use sluicegate_evaluation::{CaseFile, Options, evaluate};
///
/// let ticket = Classifier::new(ClassifierId::new("custom.ticket")?).with_regex("TCK-[0-9]{4}");
/// let file = CaseFile::read(
///     "tickets",
///     br#"{"id":"1","text":"see TCK-1234","spans":[[4,12,"custom.ticket"]]}"#,
/// );
/// let database = compile(&[ticket])?.database;
/// let result = evaluate(&database, &file.cases, &[], &Options::default(), &|_| ())?;
/// assert_eq!((result.sources[0].total.found, result.sources[0].total.errors), (1, 0));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// When what is set apart is no glob, or the system gives no threads.
pub fn evaluate(
    database: &Database,
    cases: &[Case],
    benign: &[BenignText<'_>],
    options: &Options,
    progress: &(dyn Fn(u64) + Sync),
) -> Result<Evaluation, EvaluationError> {
    let judged = judge(database, cases, benign, options, progress)?;
    Ok(summarise(database, cases, benign, options, &judged))
}

/// Judges what was found elsewhere by the same rules. A case that nothing is reported of has no
/// findings.
///
/// # Errors
/// When what is set apart is no glob.
pub fn evaluate_reported(
    reported: &Reported,
    cases: &[Case],
    options: &Options,
) -> Result<Evaluation, EvaluationError> {
    let apart = globs(&options.apart)?;
    let ids = reported.ids();
    let is_apart = ids.iter().map(|id| apart.is_match(id)).collect();
    let names = Names::new(ids.clone(), vec![true; ids.len()], is_apart);
    let judge = Judge::new(&names, &options.maps, cases);
    let outcomes = cases
        .iter()
        .map(|case| judge.judge(case, &reported.of(case, &ids).unwrap_or_default()))
        .collect();
    let judged = Judged {
        names,
        outcomes,
        benign: Vec::new(),
    };
    Ok(count(String::new(), cases, &[], options, &judged))
}

/// Scans and judges.
pub(crate) fn judge(
    database: &Database,
    cases: &[Case],
    benign: &[BenignText<'_>],
    options: &Options,
    progress: &(dyn Fn(u64) + Sync),
) -> Result<Judged, EvaluationError> {
    let apart = globs(&options.apart)?;
    let ids: Vec<String> = database
        .classifiers()
        .map(|classifier| classifier.id().to_owned())
        .collect();
    let selected = if options.selected.is_empty() {
        vec![true; ids.len()]
    } else {
        options.selected.clone()
    };
    let is_apart = ids.iter().map(|id| apart.is_match(id)).collect();
    let names = Names::new(ids, selected.clone(), is_apart);
    let threads = ThreadPoolBuilder::new()
        .num_threads(options.jobs)
        .build()
        .map_err(|_| EvaluationError::NoThreads)?;
    let (outcomes, found) = threads.install(|| {
        let scans = Scans {
            database,
            kernel: options.kernel,
            selected: &selected,
            resolve: options.resolve,
            progress,
        };
        let judge = Judge::new(&names, &options.maps, cases);
        let texts: Vec<&[u8]> = benign.iter().map(|benign| benign.text).collect();
        (scans.judge(&judge, cases), scans.find(&texts))
    });
    Ok(Judged {
        names,
        outcomes,
        benign: found,
    })
}

/// Counts what was judged.
pub(crate) fn summarise(
    database: &Database,
    cases: &[Case],
    benign: &[BenignText<'_>],
    options: &Options,
    judged: &Judged,
) -> Evaluation {
    let digest = hex(&database.digest());
    count(digest, cases, benign, options, judged)
}

fn count(
    digest: String,
    cases: &[Case],
    benign: &[BenignText<'_>],
    options: &Options,
    judged: &Judged,
) -> Evaluation {
    let measure = Measure {
        names: &judged.names,
        cases,
        outcomes: &judged.outcomes,
        least: options.min_confidence,
    };
    let noise = noise::benign(
        &judged.names,
        benign,
        &judged.benign,
        options.min_confidence,
    );
    measure.evaluation(digest, options, noise)
}

fn globs(texts: &[String]) -> Result<GlobSet, EvaluationError> {
    let mut set = GlobSetBuilder::new();
    for text in texts {
        let glob = Glob::new(text).map_err(|_| EvaluationError::BadGlob(text.clone()))?;
        set.add(glob);
    }
    let bad = |_| EvaluationError::BadGlob(texts.join(", "));
    set.build().map_err(bad)
}
