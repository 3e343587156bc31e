//! The compiled set: immutable, shareable between threads, one contiguous image.
//!
//! | file | holds |
//! |---|---|
//! | `attached.rs` | indexes beside the compiled classifiers |
//! | `image.rs` | header, digest, section table |
//! | `keyword.rs` | keywords without which some detectors report nothing, ready to be found |
//! | `lead.rs` | how matches begin, for those that the filters see late |
//! | `record.rs` | the fixed-size records inside the sections |
//! | `program.rs` | the instruction set of verify programs |
//! | `look.rs` | assertions, which are instructions too |
//! | `neighbour.rs` | the words next to an anchor |
//! | `term.rs` | terms as sequences of words |
//! | `composite.rs` | which findings of others a composite is made of |
//! | `check.rs` | proof that every index in an image is in range, so that scanning need not ask |
//!
//! A database borrows nothing and parses nothing: records are read in place from the image, which
//! may be a mapped file.

mod attached;
mod check;
mod composite;
pub(crate) mod image;
mod keyword;
mod lead;
mod look;
mod neighbour;
mod program;
pub(crate) mod record;
mod term;

use std::fmt;
use std::ops::Range;
use std::sync::Arc;

use sluicegate_kernels::shape::{self, ShapeSet};
use sluicegate_kernels::triple::{self, Triple};
use sluicegate_kernels::{GramFilter, GramFilters, Kernel};
use sluicegate_model::Severity;
use sluicegate_validators::Call;
use zerocopy::FromBytes;
use zerocopy::little_endian::U32;

use crate::exact::ExactIndex;
use crate::fingerprint::DocumentIndex;

pub use attached::AttachError;
pub(crate) use attached::Attached;
pub(crate) use composite::{Composite, Composites, Role};
pub use image::ImageError;
use image::{SECTIONS, Section};
pub(crate) use keyword::Keywords;
pub(crate) use lead::Leads;
pub(crate) use look::Look;
pub(crate) use neighbour::{Around, Neighbour, is_word_byte};
pub(crate) use program::{MAX_WAYS, Program, Tables, op};
use record::{
    AnchorRecord, CheckRecord, ChoiceRecord, ClassifierRecord, CompanionRecord, CompositeRecord,
    DetectorRecord, DictionaryRecord, ExclusionRecord, GramUse, GroupRecord, Inst, LeadRecord,
    MemberRecord, PlaneRecord, ProgramRecord, ScalarRange, SetRecord, ShapeNode, ShapeRecord,
    TermRecord, TestRecord, TextRecord, ValidatorRecord,
};
pub(crate) use term::{BETWEEN, Found, Terms, hash as hash_words};

type Bytes = Arc<dyn AsRef<[u8]> + Send + Sync>;

/// A compiled set of classifiers. Cloning shares it.
///
/// ```
/// use sluicegate::{Database, Scanner, compile, model::{Classifier, ClassifierId}};
///
/// let classifier = Classifier::new(ClassifierId::new("custom.ticket")?)
///     .with_regex(r"\bTICKET-[0-9]{4}\b");
/// let database = compile(&[classifier])?.database;
/// let image = database.image().to_vec();
/// let loaded = Database::load(image)?;
/// assert_eq!(loaded.digest(), database.digest());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone)]
pub struct Database(Arc<Inner>, Arc<Beside>);

struct Inner {
    bytes: Bytes,
    sections: [Range<usize>; SECTIONS],
    validators: Vec<Call>,
    shapes: ShapeSet,
    keywords: Keywords,
    leads: Leads,
    widest_window: usize,
    /// The detectors that no filter sees.
    residual: Box<[u32]>,
    /// What groups of occurrences must have, for each dictionary of words with thresholds, by its
    /// number.
    thresholds: Box<[(u32, Composite)]>,
}

/// What stands beside an image.
struct Beside {
    /// In the order of their ids; as classifiers they stand behind the compiled ones.
    indexes: Vec<Attached>,
    /// Composites may name indexes as members.
    composites: Composites,
}

impl Beside {
    fn new(view: &Sections<'_>, indexes: Vec<Attached>) -> Arc<Self> {
        let compiled = view.classifiers.iter().map(|record| view.str(record.id));
        let composites = Composites::new(view, compiled.chain(indexes.iter().map(Attached::id)));
        Arc::new(Self {
            indexes,
            composites,
        })
    }
}

/// The sections as slices of records.
#[derive(Clone, Copy)]
pub(crate) struct Sections<'a> {
    pub(crate) text: &'a [u8],
    pub(crate) classifiers: &'a [ClassifierRecord],
    pub(crate) detectors: &'a [DetectorRecord],
    pub(crate) leads: &'a [LeadRecord],
    pub(crate) validator_records: &'a [ValidatorRecord],
    pub(crate) keywords: &'a [TextRecord],
    pub(crate) exclusions: &'a [ExclusionRecord],
    pub(crate) anchors: &'a [AnchorRecord],
    pub(crate) companions: &'a [CompanionRecord],
    pub(crate) triples: &'a [[u8; 3]],
    pub(crate) programs: &'a [ProgramRecord],
    pub(crate) insts: &'a [Inst],
    pub(crate) tables: Tables<'a>,
    /// Of long grams and of short ones.
    pub(crate) gram_filters: [&'a [u8]; 2],
    pub(crate) gram_starts: &'a [U32],
    pub(crate) gram_uses: &'a [GramUse],
    pub(crate) checks: &'a [CheckRecord],
    /// Those of anchors that stand at the start of the input.
    pub(crate) start_checks: &'a [U32],
    pub(crate) shape_nodes: &'a [ShapeNode],
    pub(crate) shape_groups: &'a [GroupRecord],
    pub(crate) shapes: &'a [ShapeRecord],
    pub(crate) shape_tests: &'a [TestRecord],
    pub(crate) plane_records: &'a [PlaneRecord],
    pub(crate) composites: &'a [CompositeRecord],
    pub(crate) members: &'a [MemberRecord],
    pub(crate) member_ids: &'a [TextRecord],
    pub(crate) dictionaries: &'a [DictionaryRecord],
    terms: &'a [TermRecord],
    term_words: &'a [u8],
    term_table: [&'a [u8]; 3],
    first_table: [&'a [u8]; 3],
    pub(crate) validators: &'a [Call],
}

impl<'a> Sections<'a> {
    fn new(bytes: &'a [u8], sections: &[Range<usize>; SECTIONS]) -> Result<Self, ImageError> {
        fn records<
            'a,
            T: FromBytes + zerocopy::Immutable + zerocopy::KnownLayout + zerocopy::Unaligned,
        >(
            bytes: &'a [u8],
            sections: &[Range<usize>; SECTIONS],
            section: Section,
        ) -> Result<&'a [T], ImageError> {
            <[T]>::ref_from_bytes(&bytes[sections[section as usize].clone()])
                .map_err(|_| ImageError::malformed("a section is no whole number of records"))
        }
        let raw = |section: Section| &bytes[sections[section as usize].clone()];
        Ok(Self {
            text: raw(Section::Text),
            classifiers: records(bytes, sections, Section::Classifiers)?,
            detectors: records(bytes, sections, Section::Detectors)?,
            leads: records(bytes, sections, Section::Leads)?,
            validator_records: records(bytes, sections, Section::Validators)?,
            keywords: records(bytes, sections, Section::Keywords)?,
            exclusions: records(bytes, sections, Section::Exclusions)?,
            anchors: records(bytes, sections, Section::Anchors)?,
            companions: records(bytes, sections, Section::Companions)?,
            triples: records(bytes, sections, Section::Triples)?,
            programs: records(bytes, sections, Section::Programs)?,
            insts: records(bytes, sections, Section::Insts)?,
            tables: Tables {
                choices: records::<ChoiceRecord>(bytes, sections, Section::Choices)?,
                sets: records::<SetRecord>(bytes, sections, Section::Sets)?,
                literals: raw(Section::Literals),
                char_bounds: records::<U32>(bytes, sections, Section::CharBounds)?,
                char_ranges: records::<ScalarRange>(bytes, sections, Section::CharRanges)?,
            },
            gram_filters: [raw(Section::GramFilter), raw(Section::ShortFilter)],
            gram_starts: records(bytes, sections, Section::GramStarts)?,
            gram_uses: records(bytes, sections, Section::GramUses)?,
            checks: records(bytes, sections, Section::Checks)?,
            start_checks: records(bytes, sections, Section::StartChecks)?,
            shape_nodes: records(bytes, sections, Section::ShapeNodes)?,
            shape_groups: records(bytes, sections, Section::ShapeGroups)?,
            shapes: records(bytes, sections, Section::Shapes)?,
            shape_tests: records(bytes, sections, Section::ShapeTests)?,
            plane_records: records(bytes, sections, Section::Planes)?,
            composites: records(bytes, sections, Section::Composites)?,
            members: records(bytes, sections, Section::Members)?,
            member_ids: records(bytes, sections, Section::MemberIds)?,
            dictionaries: records(bytes, sections, Section::Dictionaries)?,
            terms: records(bytes, sections, Section::Terms)?,
            term_words: raw(Section::TermWords),
            term_table: [
                raw(Section::TermFilter),
                raw(Section::TermStarts),
                raw(Section::TermEntries),
            ],
            first_table: [
                raw(Section::FirstFilter),
                raw(Section::FirstStarts),
                raw(Section::FirstEntries),
            ],
            validators: &[],
        })
    }

    pub(crate) fn program(&self, number: u32) -> Program<'a> {
        let record = &self.programs[number as usize];
        Program {
            insts: &self.insts[record.insts.bounds()],
            marks: record.marks.get(),
        }
    }

    /// The terms of dictionaries of words; `None` without any.
    pub(crate) fn terms(&self) -> Option<Terms<'a>> {
        Terms::new(self)
    }

    /// What the shape kernel looks for; `None` when it can't be.
    fn shape_set(&self, keywords: &Keywords) -> Option<ShapeSet> {
        let sets: Vec<[u64; 4]> = self
            .plane_records
            .iter()
            .map(|plane| {
                self.tables.sets[plane.set.get() as usize]
                    .words
                    .map(u64::from)
            })
            .collect();
        let nodes: Vec<_> = self.shape_nodes.iter().map(ShapeNode::node).collect();
        let groups = self.shape_groups.iter().map(|group| shape::Group {
            plane: group.plane,
            shift: group.shift,
        });
        let shapes = self.shapes.iter().map(|record| shape::Shape {
            group: record.group.get(),
            before: (record.before != ShapeRecord::NO_PLANE)
                .then_some((record.before, record.before_negated != 0)),
            needs: keywords.needs(self.detector_of(record.check.get())),
            bytes: self.checks[record.check.get() as usize].bytes(),
            tests: record.tests.bounds(),
        });
        let tests = self.shape_tests.iter().map(|test| shape::Test {
            plane: test.plane,
            negated: test.negated != 0,
            mask: test.mask.get(),
        });
        ShapeSet::new(
            &sets,
            &nodes,
            &groups.collect::<Vec<_>>(),
            &shapes.collect::<Vec<_>>(),
            &tests.collect::<Vec<_>>(),
        )
    }

    /// The detector that a check belongs to.
    pub(crate) fn detector_of(&self, check: u32) -> usize {
        let anchor = self.checks[check as usize].anchor.get();
        self.anchors[anchor as usize].detector.get() as usize
    }

    /// Whether what stands around `at` may be what a check's anchor stands for: cheapest first. With
    /// more to come, what stands behind the input may be anything.
    #[inline]
    pub(crate) fn may_stand(
        &self,
        kernel: Kernel,
        check: &CheckRecord,
        around: &mut Around,
        at: usize,
    ) -> bool {
        let (input, more) = (around.input, around.more);
        check.agrees(input, at, more)
            && check.has_neighbours(around, at)
            && self.has_companion(kernel, check.companion.get(), input, at, more)
    }

    /// Whether what every match has near an anchor may stand near `at`.
    #[inline]
    fn has_companion(
        &self,
        kernel: Kernel,
        number: u32,
        input: &[u8],
        at: usize,
        more: bool,
    ) -> bool {
        if number == record::NONE {
            return true;
        }
        let companion = &self.companions[number as usize];
        let strings = &self.triples[companion.strings.bounds()];
        let place = |offset: i32| at.saturating_add_signed(offset as isize);
        let first = place(companion.first.get()).min(input.len());
        let end = place(companion.last.get()).saturating_add(Triple::default().len());
        more && end > input.len()
            || triple::any(kernel, strings, &input[first..end.min(input.len())])
    }

    pub(crate) fn text(&self, range: record::Range) -> &'a [u8] {
        &self.text[range.bounds()]
    }

    /// A text that was checked to be UTF-8.
    fn str(&self, range: record::Range) -> &'a str {
        std::str::from_utf8(self.text(range)).unwrap_or_default()
    }

    pub(crate) fn filters(&self) -> GramFilters<'a> {
        let [long, short] = self.gram_filters.map(GramFilter::new);
        GramFilters { long, short }
    }

    /// What grams of this hash stand for, in the section of gram uses.
    #[inline]
    pub(crate) fn gram_uses(&self, hash: u32) -> Range<usize> {
        let buckets = self.gram_starts.len() - 1;
        let bucket = ((u64::from(hash) * buckets as u64) >> 32) as usize;
        self.gram_starts[bucket].get() as usize..self.gram_starts[bucket + 1].get() as usize
    }
}

impl Database {
    /// Uses an image: checks its header, its digest and every index in it. Nothing is copied.
    ///
    /// # Errors
    /// When the bytes are no database, one of another format version, truncated, or altered.
    pub fn load(image: impl AsRef<[u8]> + Send + Sync + 'static) -> Result<Self, ImageError> {
        Self::from_bytes(Arc::new(image))
    }

    fn from_bytes(bytes: Bytes) -> Result<Self, ImageError> {
        let image = (*bytes).as_ref();
        let sections = image::open(image)?;
        let view = Sections::new(image, &sections)?;
        let validators = check::check(&view)?;
        let keywords = Keywords::new(&view);
        let shapes = view
            .shape_set(&keywords)
            .ok_or(ImageError::malformed("a shape has a value out of range"))?;
        let leads = Leads::new(&view);
        let beside = Beside::new(&view, Vec::new());
        let windows = view
            .classifiers
            .iter()
            .map(|record| record.context_window.get());
        let widest_window = windows.max().unwrap_or(0);
        let residual = (0..).zip(view.detectors);
        let residual = residual.filter(|(_, detector)| detector.anchors.len.get() == 0);
        let residual = residual.map(|(number, _)| number).collect();
        let dictionaries = (0..).zip(view.dictionaries);
        let thresholds = dictionaries
            .filter_map(|(number, record)| Some((number, Composite::of_dictionary(record)?)));
        let thresholds = thresholds.collect();
        let inner = Inner {
            bytes,
            sections,
            validators,
            thresholds,
            shapes,
            keywords,
            leads,
            widest_window: widest_window as usize,
            residual,
        };
        Ok(Self(Arc::new(inner), beside))
    }

    /// The whole image: what [`Database::load`] takes.
    pub fn image(&self) -> &[u8] {
        (*self.0.bytes).as_ref()
    }

    /// The same with the rows of a table, which are found as `exact.<name>`. The image stays as it
    /// is.
    ///
    /// # Errors
    /// When there is a classifier of this id.
    pub fn with_exact(&self, index: ExactIndex) -> Result<Self, AttachError> {
        self.with(Attached::Exact(index))
    }

    /// The same with documents, whose passages are found as `document.<name>`. The image stays as it
    /// is.
    ///
    /// # Errors
    /// When there is a classifier of this id.
    pub fn with_documents(&self, index: DocumentIndex) -> Result<Self, AttachError> {
        self.with(Attached::Documents(index))
    }

    /// The exact-data index that a classifier is.
    pub fn exact_index(&self, classifier: ClassifierIndex) -> Option<&ExactIndex> {
        match self.index(classifier)? {
            Attached::Exact(index) => Some(index),
            Attached::Documents(_) => None,
        }
    }

    /// The document index that a classifier is.
    pub fn document_index(&self, classifier: ClassifierIndex) -> Option<&DocumentIndex> {
        match self.index(classifier)? {
            Attached::Documents(index) => Some(index),
            Attached::Exact(_) => None,
        }
    }

    fn index(&self, classifier: ClassifierIndex) -> Option<&Attached> {
        let number = (classifier.0 as usize).checked_sub(self.compiled())?;
        self.1.indexes.get(number)
    }

    fn with(&self, index: Attached) -> Result<Self, AttachError> {
        let indexes = attached::with(&self.1.indexes, index, |id| self.find(id).is_some())?;
        Ok(Self(self.0.clone(), Beside::new(&self.view(), indexes)))
    }

    /// BLAKE3 of the image's contents and of the indexes beside it; equal rules and indexes have equal
    /// digests.
    pub fn digest(&self) -> [u8; 32] {
        let image = image::digest(self.image());
        if self.1.indexes.is_empty() {
            return image;
        }
        let mut hasher = blake3::Hasher::new();
        hasher.update(&image);
        for index in &self.1.indexes {
            hasher.update(&index.digest());
        }
        hasher.finalize().into()
    }

    /// Number of classifiers, indexes among them.
    pub fn len(&self) -> usize {
        self.compiled() + self.1.indexes.len()
    }

    /// Number of compiled classifiers.
    fn compiled(&self) -> usize {
        self.view().classifiers.len()
    }

    /// The first of the classifiers that are indexes, which stand behind all others.
    pub fn first_index(&self) -> Option<ClassifierIndex> {
        (!self.1.indexes.is_empty()).then(|| ClassifierIndex(self.compiled() as u32))
    }

    /// The indexes with what they are as classifiers.
    pub(crate) fn indexes(&self) -> impl ExactSizeIterator<Item = (ClassifierIndex, &Attached)> {
        let first = self.compiled() as u32;
        let numbered = self.1.indexes.iter().enumerate();
        numbered.map(move |(number, index)| (ClassifierIndex(first + number as u32), index))
    }

    /// Whether there is no classifier.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The classifiers in order of their index: the compiled ones by their ids, then the indexes by
    /// theirs.
    pub fn classifiers(&self) -> impl ExactSizeIterator<Item = ClassifierInfo<'_>> {
        let view = self.view();
        (0..self.len()).map(move |index| self.info(&view, index))
    }

    fn info<'a>(&'a self, view: &Sections<'a>, index: usize) -> ClassifierInfo<'a> {
        let attached = index.checked_sub(view.classifiers.len());
        ClassifierInfo {
            view: *view,
            index: ClassifierIndex(index as u32),
            attached: attached.map(|number| &self.1.indexes[number]),
        }
    }

    /// The classifier with this index.
    ///
    /// # Panics
    /// When the index is from another database and out of range.
    pub fn classifier(&self, index: ClassifierIndex) -> ClassifierInfo<'_> {
        let number = index.0 as usize;
        assert!(number < self.len(), "classifier index out of range");
        self.info(&self.view(), number)
    }

    /// The classifier with this id.
    pub fn find(&self, id: &str) -> Option<ClassifierInfo<'_>> {
        let view = self.view();
        let compiled = view
            .classifiers
            .binary_search_by(|record| view.text(record.id).cmp(id.as_bytes()));
        let index = compiled.ok().or_else(|| {
            let place = self
                .1
                .indexes
                .binary_search_by(|index| index.id().cmp(id))
                .ok()?;
            Some(view.classifiers.len() + place)
        })?;
        Some(self.info(&view, index))
    }

    /// The keywords without which some detectors report nothing.
    pub(crate) fn keywords(&self) -> &Keywords {
        &self.0.keywords
    }

    /// Most bytes from a match within which a keyword counts.
    pub(crate) fn widest_window(&self) -> usize {
        self.0.widest_window
    }

    /// What matches begin with that the filters see late.
    pub(crate) fn leads(&self) -> &Leads {
        &self.0.leads
    }

    /// What composites are made of.
    pub(crate) fn composites(&self) -> &Composites {
        &self.1.composites
    }

    /// Whether there are dictionaries of words.
    pub(crate) fn has_terms(&self) -> bool {
        !self.0.sections[Section::Dictionaries as usize].is_empty()
    }

    /// What groups of occurrences must have, by the numbers of the dictionaries with thresholds.
    pub(crate) fn thresholds(&self) -> &[(u32, Composite)] {
        &self.0.thresholds
    }

    /// The detectors that no filter sees: a match may start anywhere.
    pub(crate) fn residual(&self) -> &[u32] {
        &self.0.residual
    }

    /// What the shape kernel looks for.
    pub(crate) fn shapes(&self) -> &ShapeSet {
        &self.0.shapes
    }

    pub(crate) fn view(&self) -> Sections<'_> {
        let mut view = Sections::new(self.image(), &self.0.sections)
            .expect("sections were checked when the database was loaded");
        view.validators = &self.0.validators;
        view
    }
}

impl fmt::Debug for Database {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Database")
            .field("classifiers", &self.len())
            .field("indexes", &self.1.indexes.len())
            .field("bytes", &self.image().len())
            .finish_non_exhaustive()
    }
}

/// Number of a classifier in its database.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ClassifierIndex(pub(crate) u32);

impl ClassifierIndex {
    /// The number.
    pub fn get(self) -> u32 {
        self.0
    }
}

/// What a database knows of a classifier.
#[derive(Clone, Copy)]
pub struct ClassifierInfo<'a> {
    view: Sections<'a>,
    index: ClassifierIndex,
    /// The index that it is, unless it was compiled.
    attached: Option<&'a Attached>,
}

impl<'a> ClassifierInfo<'a> {
    /// The record of one that was compiled.
    fn record(&self) -> &'a ClassifierRecord {
        &self.view.classifiers[self.index.0 as usize]
    }

    /// Its number.
    pub fn index(&self) -> ClassifierIndex {
        self.index
    }

    /// Its id.
    pub fn id(&self) -> &'a str {
        match self.attached {
            Some(index) => index.id(),
            None => self.view.str(self.record().id),
        }
    }

    /// The first part of its id.
    pub fn family(&self) -> &'a str {
        let id = self.id();
        id.split_once('.').map_or(id, |(family, _)| family)
    }

    /// How bad a finding is.
    pub fn severity(&self) -> Severity {
        match self.attached {
            Some(index) => index.severity(),
            None => Severity::ALL[usize::from(self.record().severity)],
        }
    }

    /// Base confidence, 0 to 100.
    pub fn confidence(&self) -> u8 {
        match self.attached {
            Some(index) => index.confidence(),
            None => self.record().confidence,
        }
    }

    /// What the form of a value is worth, in bits: 7 where one random text of this shape in about 128
    /// passes. It is the stated chance, or what the pattern fixes of the value where none is stated; 0
    /// of composites and indexes.
    pub fn evidence(&self) -> u8 {
        match self.attached {
            Some(_) => 0,
            None => self.record().evidence,
        }
    }

    /// Whether it is an index beside the database, whose findings are values that are known.
    pub fn is_index(&self) -> bool {
        self.attached.is_some()
    }

    /// What people read: name, description, tags, references, detectors with their plans, as JSON; of
    /// an index, how it was made.
    pub fn card(&self) -> &'a str {
        match self.attached {
            Some(index) => index.card(),
            None => self.view.str(self.record().card),
        }
    }

    /// Whether it is found where findings of others stand together, and not in the bytes themselves.
    pub fn is_composite(&self) -> bool {
        let number = self.index.0;
        let composites = self.view.composites;
        composites
            .binary_search_by_key(&number, |composite| composite.classifier.get())
            .is_ok()
    }

    /// Routes of its detectors, 1 to 4; none of a composite or an index. A dictionary of words has
    /// the first: each word is asked for once.
    pub fn routes(&self) -> impl Iterator<Item = u8> + 'a {
        let detectors = match self.attached {
            Some(_) => 0..0,
            None => self.record().detectors.bounds(),
        };
        let number = self.index.0;
        let dictionaries = self.view.dictionaries;
        let first = dictionaries.partition_point(|record| record.classifier.get() < number);
        let dictionaries = dictionaries[first..].iter();
        self.view.detectors[detectors]
            .iter()
            .map(|detector| detector.route)
            .chain(
                dictionaries
                    .take_while(move |record| record.classifier.get() == number)
                    .map(|_| 1),
            )
    }
}

impl fmt::Debug for ClassifierInfo<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ClassifierInfo")
            .field("id", &self.id())
            .finish_non_exhaustive()
    }
}
