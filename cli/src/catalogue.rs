//! Options to a database.

use std::io;
use std::path::Path;

use globset::{Glob, GlobSet, GlobSetBuilder};
use sluicegate::model::Classifier;
use sluicegate::{Database, Finding, compile};
use sluicegate_classifiers::{Rules, builtin, builtin_rules, load_file};

use crate::args::{FindingArgs, Kernel, KernelArgs, RuleArgs, SelectArgs};
use crate::failure::{Failure, has_errors, sentence};

/// A database and which of its findings are wanted.
pub(crate) struct Catalogue {
    pub(crate) database: Database,
    /// By index, whether the classifier is selected.
    selected: Vec<bool>,
    min_confidence: u8,
}

impl Catalogue {
    /// The classifiers that the options ask for. A selection is a filter here: findings of a
    /// classifier do not depend on which others are loaded.
    pub(crate) fn load(args: &RuleArgs) -> Result<Self, Failure> {
        let database = if let Some(path) = &args.db {
            load_db(path)?
        } else if args.rules.is_empty() && !args.no_builtin {
            builtin()
        } else {
            compile_all(&read(&args.rules, args.no_builtin)?)?
        };
        let selection = Selection::new(&args.selection)?;
        let selected: Vec<bool> = database
            .classifiers()
            .map(|classifier| selection.takes(classifier.id()))
            .collect();
        if !selected.contains(&true) {
            return Err(selection.empty());
        }
        Ok(Self {
            database,
            selected,
            min_confidence: 0,
        })
    }

    /// The same with a least confidence, for a kernel that this build has.
    pub(crate) fn for_findings(args: &FindingArgs) -> Result<Self, Failure> {
        require_kernel(&args.kernel)?;
        let mut catalogue = Self::load(&args.rules)?;
        catalogue.min_confidence = args.min_confidence;
        Ok(catalogue)
    }

    /// Whether a finding is asked for.
    pub(crate) fn wants(&self, finding: &Finding) -> bool {
        finding.confidence >= self.min_confidence && self.is_selected(finding.classifier.get())
    }

    /// Whether the classifier with this index is.
    pub(crate) fn is_selected(&self, index: u32) -> bool {
        self.selected[index as usize]
    }
}

/// Refuses kernels that this build does not have.
pub(crate) fn require_kernel(args: &KernelArgs) -> Result<(), Failure> {
    if args.kernel == Kernel::Portable {
        return Ok(());
    }
    let name = args.kernel.as_str();
    Err(Failure::new(format!("this build has no {name} kernel"))
        .at("--kernel")
        .hint("it has: portable"))
}

pub(crate) fn load_db(path: &Path) -> Result<Database, Failure> {
    load_file(path).map_err(|error| {
        Failure::new(sentence(&error.reason()))
            .at(error.path().display())
            .hint(error.hint())
    })
}

/// The classifiers of packs, after the built-in ones unless those are left out.
pub(crate) fn read(
    paths: &[impl AsRef<Path>],
    no_builtin: bool,
) -> Result<Vec<Classifier>, Failure> {
    let mut rules = if no_builtin {
        Rules::default()
    } else {
        builtin_rules()
    };
    for path in paths {
        add(&mut rules, path.as_ref())?;
    }
    rules.refuse_duplicates();
    if has_errors(&rules.problems) {
        return Err(Failure::Rules(rules.problems));
    }
    if rules.classifiers.is_empty() {
        return Err(Failure::new("there are no classifiers to use")
            .hint("give packs that hold a [[classifier]], or leave out `--no-builtin`"));
    }
    Ok(rules.classifiers)
}

/// Adds a pack or a folder of packs.
pub(crate) fn add(rules: &mut Rules, path: &Path) -> Result<(), Failure> {
    let before = rules.packs;
    rules.add_path(path).map_err(|(path, error)| {
        let failure = Failure::read(&path, &error);
        match error.kind() {
            io::ErrorKind::NotFound => failure.hint("rules are a pack or a folder of packs"),
            _ => failure,
        }
    })?;
    if rules.packs == before {
        return Err(Failure::new("the folder holds no packs")
            .at(path.display())
            .hint("packs are files that end in .toml"));
    }
    Ok(())
}

/// Keeps the selected classifiers.
pub(crate) fn select(classifiers: &mut Vec<Classifier>, args: &SelectArgs) -> Result<(), Failure> {
    let selection = Selection::new(args)?;
    classifiers.retain(|classifier| selection.takes(classifier.id.as_str()));
    if classifiers.is_empty() {
        return Err(selection.empty());
    }
    Ok(())
}

pub(crate) fn compile_all(classifiers: &[Classifier]) -> Result<Database, Failure> {
    compile(classifiers)
        .map(|compiled| compiled.database)
        .map_err(|error| Failure::Rules(error.0))
}

/// Patterns over ids; without any, every id is taken.
struct Selection {
    globs: Vec<String>,
    set: GlobSet,
}

impl Selection {
    fn new(args: &SelectArgs) -> Result<Self, Failure> {
        let bad = |text: &str, error: &globset::Error| {
            Failure::new(format!("`{text}` is no glob: {}", error.kind()))
                .at("--select")
                .hint("`*` stands for any text, `?` for a character, `{a,b}` for either")
        };
        let mut set = GlobSetBuilder::new();
        for text in &args.select {
            set.add(Glob::new(text).map_err(|error| bad(text, &error))?);
        }
        let set = set
            .build()
            .map_err(|error| bad(&args.select.join(", "), &error))?;
        Ok(Self {
            globs: args.select.clone(),
            set,
        })
    }

    fn takes(&self, id: &str) -> bool {
        self.globs.is_empty() || self.set.is_match(id)
    }

    fn empty(&self) -> Failure {
        if self.globs.is_empty() {
            return Failure::new("the database holds no classifiers");
        }
        Failure::new(format!(
            "no classifier matches `{}`",
            self.globs.join("`, `")
        ))
        .at("--select")
        .hint("`sluicegate list` shows the ids; `secret.*` stands for all that start so")
    }
}
