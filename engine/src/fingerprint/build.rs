//! Texts to a document index.
//!
//! Neither reads nor writes a file: the caller reads the texts, sorts what stands for them, and
//! writes the image from front to back, so that neither texts nor index need fit in memory.

use std::fmt;

use sluicegate_model::{ClassifierId, IdError, Severity};
use zerocopy::IntoBytes;
use zerocopy::little_endian::U32;

use super::documents::{Card, DocumentIndex, Lengths, Record};
use super::shingle::{Family, Vocabulary, shingles, winnow};
use crate::index::{IndexKey, IndexKind, Sealer, TableBuilder};
use crate::limits;

/// Texts to the hashes that stand for them.
#[derive(Clone)]
pub struct Fingerprinter {
    vocabulary: Vocabulary,
}

/// What stands for a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DocumentPrints {
    /// Hashes, in ascending order, each once.
    pub prints: Vec<u64>,
    /// Words of the text.
    pub words: u32,
}

impl DocumentPrints {
    /// Fewest fingerprints of a document that is worth looking for. They stand for some 25 words:
    /// with fewer, one ordinary phrase would be a large share of it.
    pub const LEAST: usize = 4;

    /// Whether the text is too short to be told from ordinary phrases: such a document is refused.
    pub fn is_too_short(&self) -> bool {
        self.prints.len() < Self::LEAST
    }
}

impl Fingerprinter {
    /// Reads texts under this key.
    pub fn new(key: &IndexKey) -> Self {
        Self {
            vocabulary: Vocabulary::new(key),
        }
    }

    /// The fingerprints of a text; of source code, those of its tokens too.
    pub fn fingerprints(&self, text: &[u8], is_code: bool) -> DocumentPrints {
        let mut prints = Vec::new();
        let mut keep = |family: Family| {
            let (hashes, units) = shingles(&self.vocabulary, family, text);
            winnow(&hashes, family.window(), &mut prints);
            units
        };
        let words = keep(Family::Words);
        if is_code {
            keep(Family::Code);
        }
        prints.sort_unstable();
        prints.dedup();
        let words = u32::try_from(words).unwrap_or(u32::MAX);
        DocumentPrints { prints, words }
    }
}

impl fmt::Debug for Fingerprinter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Fingerprinter").finish_non_exhaustive()
    }
}

/// What an index is to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DocumentSettings {
    /// Its name: words of `a-z`, `0-9` and `-`, joined by dots. Its findings are of the classifier
    /// `document.<name>`.
    pub name: String,
    /// The severity of its findings.
    pub severity: Severity,
    /// The confidence of its findings, 0 to 100.
    pub confidence: u8,
    /// A fingerprint that more documents have is boilerplate and left out. 1 to
    /// [`limits::DOCUMENTS_PER_FINGERPRINT`].
    pub max_documents: u8,
    /// Different fingerprints of a document that a passage must hold to count; all of them, for a
    /// document that has fewer. 1 to [`limits::PASSAGE_MINIMUM`].
    pub minimum: u8,
    /// Whether a document was fingerprinted as source code.
    pub code: bool,
}

impl DocumentSettings {
    /// An index of this name. Severity high, confidence 80, boilerplate from 17 documents on, one
    /// fingerprint makes a passage, no source code.
    pub fn new(name: &str) -> Self {
        Self {
            name: name.to_owned(),
            severity: Severity::High,
            confidence: 80,
            max_documents: 16,
            minimum: 1,
            code: false,
        }
    }

    fn check(&self) -> Result<(), DocumentSettingsError> {
        ClassifierId::new(&format!("document.{}", self.name))
            .map_err(DocumentSettingsError::Name)?;
        let range = |what, number: u8, least: u32, most: u32| {
            if (least..=most).contains(&u32::from(number)) {
                Ok(())
            } else {
                Err(DocumentSettingsError::Range {
                    what,
                    number,
                    least,
                    most,
                })
            }
        };
        range("confidence", self.confidence, 0, 100)?;
        range(
            "most documents",
            self.max_documents,
            1,
            limits::DOCUMENTS_PER_FINGERPRINT,
        )?;
        range("minimum", self.minimum, 1, limits::PASSAGE_MINIMUM)
    }
}

/// Settings that no index can have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DocumentSettingsError {
    /// The name makes no classifier id.
    Name(IdError),
    /// A number is out of its range.
    Range {
        /// Which.
        what: &'static str,
        /// The number.
        number: u8,
        /// The smallest that is allowed.
        least: u32,
        /// The largest that is allowed.
        most: u32,
    },
}

impl fmt::Display for DocumentSettingsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Name(error) => write!(f, "the name makes no classifier id: {error}"),
            Self::Range {
                what,
                number,
                least,
                most,
            } => {
                write!(f, "{what} is {number}, it can be {least} to {most}")
            }
        }
    }
}

impl std::error::Error for DocumentSettingsError {}

/// Makes an index of texts that are in memory, each with what it is called and whether it is source
/// code: what [`DocumentIndex::load`] takes.
///
/// ```
/// use sluicegate::{DocumentIndex, DocumentSettings, IndexKey, Scanner, build_documents, compile};
/// let key = IndexKey::new(b"an example of a secret")?;
/// let text = "The council meets on the first Monday of each month in the old mill, where \
///     the sluice was opened for the first time after the flood.";
/// let index = build_documents(DocumentSettings::new("minutes"), &key, [("may.txt", text, false)])?;
/// let database = compile(&[])?.database.with_documents(DocumentIndex::load(index, &key)?)?;
/// let mut scanner = Scanner::new(&database);
/// let quoted = "He wrote: \u{201c}on the FIRST Monday of each month in the old mill where the\n\
///     > sluice was opened for the first time\u{201d}.";
/// assert_eq!(scanner.scan(quoted.as_bytes()).documents[0].document, 0);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// When the settings are such that no index can have them.
pub fn build_documents<Id: AsRef<str>, Text: AsRef<[u8]>>(
    settings: DocumentSettings,
    key: &IndexKey,
    texts: impl IntoIterator<Item = (Id, Text, bool)>,
) -> Result<Vec<u8>, DocumentSettingsError> {
    let mut settings = settings;
    let fingerprinter = Fingerprinter::new(key);
    let mut documents = Vec::new();
    let mut pairs = Vec::new();
    for (number, (id, text, is_code)) in (0..).zip(texts) {
        settings.code |= is_code;
        let prints = fingerprinter.fingerprints(text.as_ref(), is_code);
        pairs.extend(prints.prints.iter().map(|&print| (print, number)));
        documents.push((id, prints.words));
    }
    pairs.sort_unstable();
    let mut writer = DocumentIndexWriter::new(settings, key, pairs.len() as u64)?;
    let mut image = vec![0; DocumentIndexWriter::HEADER];
    let mut out = |bytes: &[u8]| image.extend_from_slice(bytes);
    for (print, document) in pairs {
        writer.push(print, document, &mut out);
    }
    let header = writer.finish(documents, &mut out);
    image[..header.len()].copy_from_slice(&header);
    Ok(image)
}

/// Makes the image of a [`DocumentIndex`] from front to back.
///
/// The caller writes [`Self::HEADER`] bytes of any kind first, then everything that is given out,
/// and at the end the header in place of those first bytes.
#[derive(Debug)]
pub struct DocumentIndexWriter {
    settings: DocumentSettings,
    key: String,
    table: TableBuilder,
    sealer: Sealer,
    /// Fingerprints by document.
    counts: Vec<u32>,
    entries: u32,
    boilerplate: u64,
    /// The fingerprint that is being collected, and its documents: one more than it may have, at
    /// most.
    held: Option<u64>,
    documents: Vec<u32>,
    is_boilerplate: bool,
}

impl DocumentIndexWriter {
    /// Bytes in front of everything else.
    pub const HEADER: usize = Sealer::HEADER;

    /// In place of a document: the fingerprint is of boilerplate and is left out.
    pub const BOILERPLATE: u32 = u32::MAX;

    /// A writer of an index of at most so many pairs.
    ///
    /// # Errors
    /// When the settings are such that no index can have them.
    pub fn new(
        settings: DocumentSettings,
        key: &IndexKey,
        entries: u64,
    ) -> Result<Self, DocumentSettingsError> {
        Self::with_table(settings, key, TableBuilder::new(entries))
    }

    /// A writer of an index of at most so many pairs, among them the entries of an older one that
    /// was made with the same key. What was boilerplate to the older one is not in it; to leave it
    /// out of new documents too, it has to be given again.
    ///
    /// The table stays as wide as it was: an index that has grown to a multiple is better made anew,
    /// for more of foreign text is then taken for known by chance.
    ///
    /// # Errors
    /// When the settings are such that no index can have them.
    pub fn update(
        mut settings: DocumentSettings,
        key: &IndexKey,
        older: &DocumentIndex,
        entries: u64,
    ) -> Result<Self, DocumentSettingsError> {
        settings.code |= older.has_code();
        let table = TableBuilder::with_bits(older.table().bits(), entries);
        Self::with_table(settings, key, table)
    }

    fn with_table(
        settings: DocumentSettings,
        key: &IndexKey,
        table: TableBuilder,
    ) -> Result<Self, DocumentSettingsError> {
        settings.check()?;
        let mut sealer = Sealer::new(IndexKind::Documents);
        let zeros = sealer.pad();
        debug_assert!(zeros.is_empty(), "the first section follows the header");
        Ok(Self {
            settings,
            key: key.id(),
            table,
            sealer,
            counts: Vec::new(),
            entries: 0,
            boilerplate: 0,
            held: None,
            documents: Vec::new(),
            is_boilerplate: false,
        })
    }

    /// What the index will know of a fingerprint: what [`Self::push_known`] takes, and
    /// [`DocumentIndex::entries`] gives. In the same order as the fingerprints.
    pub fn known(&self, print: u64) -> u64 {
        self.table.known(print)
    }

    /// Adds a fingerprint and a document that has it, or [`Self::BOILERPLATE`].
    ///
    /// # Panics
    /// When the pair is smaller than the one before, or the index has 2^32 - 1 entries.
    pub fn push(&mut self, print: u64, document: u32, out: &mut impl FnMut(&[u8])) {
        self.push_known(self.known(print), document, out);
    }

    /// The same for what an index knows of a fingerprint. Pairs of two fingerprints of which the
    /// index knows the same are pairs of one.
    ///
    /// # Panics
    /// When the fingerprint is smaller than the one before, or the index has 2^32 - 1 entries.
    pub fn push_known(&mut self, known: u64, document: u32, out: &mut impl FnMut(&[u8])) {
        if self.held != Some(known) {
            assert!(self.held < Some(known), "fingerprints come in order");
            self.flush(out);
            self.held = Some(known);
        }
        if document == Self::BOILERPLATE {
            self.is_boilerplate = true;
        } else if self.documents.len() <= usize::from(self.settings.max_documents)
            && let Err(place) = self.documents.binary_search(&document)
        {
            self.documents.insert(place, document);
        }
    }

    /// Writes the pairs of the fingerprint that was collected.
    fn flush(&mut self, out: &mut impl FnMut(&[u8])) {
        let Some(known) = self.held.take() else {
            return;
        };
        let too_many = self.documents.len() > usize::from(self.settings.max_documents);
        if too_many || self.is_boilerplate {
            self.boilerplate += 1;
        } else {
            for &document in &self.documents {
                let entry = self.table.push_known(known, document);
                self.sealer.add(&entry);
                out(&entry);
                let number = document as usize;
                if self.counts.len() <= number {
                    self.counts.resize(number + 1, 0);
                }
                self.counts[number] += 1;
                self.entries += 1;
            }
        }
        self.documents.clear();
        self.is_boilerplate = false;
    }

    /// Writes what follows the pairs, and returns the header that belongs to the front. The
    /// documents are given in the order of their numbers: what each is called, and how many words
    /// it has.
    ///
    /// # Panics
    /// When a pair's document is not given, or ids take 4 GiB.
    pub fn finish<Id: AsRef<str>>(
        mut self,
        documents: impl IntoIterator<Item = (Id, u32)>,
        out: &mut impl FnMut(&[u8]),
    ) -> [u8; Self::HEADER] {
        self.flush(out);
        let mut records = Vec::new();
        let mut ids = String::new();
        for (number, (id, words)) in documents.into_iter().enumerate() {
            ids.push_str(id.as_ref());
            let id_end = u32::try_from(ids.len()).expect("ids take less than 4 GiB");
            records.push(Record {
                id_end: U32::new(id_end),
                words: U32::new(words),
                fingerprints: U32::new(self.counts.get(number).copied().unwrap_or_default()),
            });
        }
        assert!(
            self.counts.len() <= records.len(),
            "every document is given"
        );
        let card = Card {
            name: self.settings.name,
            severity: self.settings.severity.as_str().to_owned(),
            confidence: self.settings.confidence,
            minimum: self.settings.minimum,
            max_documents: self.settings.max_documents,
            key: self.key,
            words: Lengths::of(Family::Words),
            code: self.settings.code.then(|| Lengths::of(Family::Code)),
            documents: records.len() as u32,
            fingerprints: self.entries,
            boilerplate: self.boilerplate,
        };
        let card = serde_json::to_string(&card).expect("plain text and numbers");
        let (starts, filter) = self.table.finish();
        let sections = [
            &starts,
            &filter,
            records.as_bytes(),
            ids.as_bytes(),
            card.as_bytes(),
        ];
        for section in sections {
            out(self.sealer.pad());
            self.sealer.add(section);
            out(section);
        }
        let (zeros, header) = self.sealer.finish();
        out(zeros);
        header
    }
}
