//! Options to a database.

use std::io;
use std::path::{Path, PathBuf};

use globset::{Glob, GlobSet, GlobSetBuilder};
use sluicegate::model::Classifier;
use sluicegate::{Database, Finding, Kernel, Scanner, compile};
use sluicegate_classifiers::{Rules, builtin, builtin_rules, load_file};

use crate::args::{FindingArgs, KernelArgs, PackArgs, RuleArgs, SelectArgs};
use crate::failure::{Failure, has_errors, sentence};
use crate::indexes;

/// A database and which of its findings are wanted.
pub(crate) struct Catalogue {
    pub(crate) database: Database,
    /// By index, whether the classifier is selected.
    selected: Vec<bool>,
    min_confidence: u8,
    kernel: Kernel,
}

impl Catalogue {
    /// The classifiers that the options ask for. A selection is a filter here: findings of a
    /// classifier do not depend on which others are loaded.
    pub(crate) fn load(args: &RuleArgs, key_file: Option<&PathBuf>) -> Result<Self, Failure> {
        let database = database(&args.packs, key_file)?;
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
            kernel: Kernel::best(),
        })
    }

    /// The same with a least confidence and a kernel.
    pub(crate) fn for_findings(
        args: &FindingArgs,
        key_file: Option<&PathBuf>,
    ) -> Result<Self, Failure> {
        let kernel = kernel(&args.kernel)?;
        let mut catalogue = Self::load(&args.rules, key_file)?;
        catalogue.kernel = kernel;
        catalogue.min_confidence = args.min_confidence;
        Ok(catalogue)
    }

    /// A scanner of the database.
    pub(crate) fn scanner(&self) -> Scanner {
        Scanner::new(&self.database).with_kernel(self.kernel)
    }

    /// Whether a finding is asked for.
    pub(crate) fn wants(&self, finding: &Finding) -> bool {
        finding.confidence >= self.min_confidence && self.is_selected(finding.classifier.get())
    }

    /// The kernel that its scanners run in.
    pub(crate) fn kernel(&self) -> Kernel {
        self.kernel
    }

    /// The least confidence that is asked for.
    pub(crate) fn min_confidence(&self) -> u8 {
        self.min_confidence
    }

    /// By index, whether the classifier is selected.
    pub(crate) fn selected(&self) -> &[bool] {
        &self.selected
    }

    /// Whether the classifier with this index is.
    pub(crate) fn is_selected(&self, index: u32) -> bool {
        self.selected[index as usize]
    }
}

/// The database that the options ask for, with its indexes.
pub(crate) fn database(args: &PackArgs, key_file: Option<&PathBuf>) -> Result<Database, Failure> {
    let database = if let Some(path) = &args.db {
        load_db(path)?
    } else if args.rules.is_empty() && !args.no_builtin {
        builtin()
    } else {
        compile_all(&read_packs(args)?)?
    };
    indexes::attach(database, &args.indexes, key_file)
}

/// The kernel that is asked for, which the processor may not have.
pub(crate) fn kernel(args: &KernelArgs) -> Result<Kernel, Failure> {
    let Some(name) = args.kernel else {
        return Ok(Kernel::best());
    };
    Kernel::named(name.as_str()).ok_or_else(|| {
        let has: Vec<&str> = Kernel::available().map(Kernel::as_str).collect();
        Failure::new(format!(
            "this processor can't run {} kernels",
            name.as_str()
        ))
        .at("--kernel")
        .hint(format!("it can run: {}", has.join(", ")))
    })
}

pub(crate) fn load_db(path: &Path) -> Result<Database, Failure> {
    load_file(path).map_err(|error| {
        Failure::new(sentence(&error.reason()))
            .at(error.path().display())
            .hint(error.hint())
    })
}

/// The classifiers that the options ask for; none where indexes are used alone.
pub(crate) fn read_packs(args: &PackArgs) -> Result<Vec<Classifier>, Failure> {
    if args.no_builtin && args.rules.is_empty() && !args.indexes.is_empty() {
        return Ok(Vec::new());
    }
    read(&args.rules, args.no_builtin)
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
    rules.settle();
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
pub(crate) struct Selection {
    globs: Vec<String>,
    set: GlobSet,
}

impl Selection {
    pub(crate) fn new(args: &SelectArgs) -> Result<Self, Failure> {
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

    pub(crate) fn takes(&self, id: &str) -> bool {
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
