//! A document index as it is loaded.

use std::fmt;
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use sluicegate_model::{ClassifierId, Severity};
use zerocopy::little_endian::U32;
use zerocopy::{FromBytes, Immutable, IntoBytes, KnownLayout, Unaligned};

use super::build::DocumentSettings;
use super::shingle::{Family, Vocabulary};
use crate::index::{IndexError, IndexKey, IndexKind, Sections, Table, digest, open};
use crate::limits;

const KIND: IndexKind = IndexKind::Documents;

/// What an index says of itself, as JSON in its last section.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Card {
    pub(super) name: String,
    pub(super) severity: String,
    pub(super) confidence: u8,
    /// Hits that a passage needs.
    pub(super) minimum: u8,
    /// Documents that a fingerprint may belong to.
    pub(super) max_documents: u8,
    /// Names the key.
    pub(super) key: String,
    pub(super) words: Lengths,
    /// Where there is source code among the documents.
    pub(super) code: Option<Lengths>,
    pub(super) documents: u32,
    /// Entries of the table.
    pub(super) fingerprints: u32,
    /// Fingerprints that were left out because they were in too many documents or in boilerplate.
    pub(super) boilerplate: u64,
}

/// How the fingerprints of a family were chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Lengths {
    shingle: usize,
    window: usize,
    informative: usize,
}

impl Lengths {
    pub(super) fn of(family: Family) -> Self {
        Self {
            shingle: family.shingle(),
            window: family.window(),
            informative: family.informative(),
        }
    }
}

/// A document in the image.
#[derive(Clone, Copy, Debug, FromBytes, IntoBytes, Immutable, KnownLayout, Unaligned)]
#[repr(C)]
pub(super) struct Record {
    /// Where its id ends in the section of ids; it starts where that of the one before ends.
    pub(super) id_end: U32,
    pub(super) words: U32,
    pub(super) fingerprints: U32,
}

/// Sections of the image, in order.
pub(super) mod section {
    pub(in super::super) const ENTRIES: usize = 0;
    pub(in super::super) const STARTS: usize = 1;
    pub(in super::super) const FILTER: usize = 2;
    pub(in super::super) const RECORDS: usize = 3;
    pub(in super::super) const IDS: usize = 4;
    pub(in super::super) const CARD: usize = 5;
    pub(in super::super) const COUNT: usize = 6;
}

/// Documents whose passages are found in other texts.
///
/// Shareable between threads and cheap to clone. It is read in place from its image, which may be a
/// mapped file, and holds keyed hashes, ids and counts, never a text.
///
/// ```
/// use sluicegate::{
///     DocumentIndex, DocumentIndexWriter, DocumentSettings, Fingerprinter, IndexKey,
/// };
/// let key = IndexKey::new(b"an example of a secret")?;
/// let text = "The council meets on the first Monday of each month in the old mill, where \
///     the sluice was opened for the first time after the flood.";
/// let prints = Fingerprinter::new(&key).fingerprints(text.as_bytes(), false);
/// let settings = DocumentSettings::new("minutes");
/// let mut writer = DocumentIndexWriter::new(settings, &key, prints.prints.len() as u64)?;
/// let mut image = vec![0; DocumentIndexWriter::HEADER];
/// let mut out = |bytes: &[u8]| image.extend_from_slice(bytes);
/// for &print in &prints.prints {
///     writer.push(print, 0, &mut out);
/// }
/// let header = writer.finish([("minutes.txt", prints.words)], &mut out);
/// image[..header.len()].copy_from_slice(&header);
///
/// let index = DocumentIndex::load(image, &key)?;
/// assert_eq!(index.classifier_id().as_str(), "document.minutes");
/// assert_eq!(index.document(0).words, 26);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone)]
pub struct DocumentIndex(Arc<Inner>);

struct Inner {
    image: Box<dyn AsRef<[u8]> + Send + Sync>,
    sections: Sections,
    card: Card,
    classifier: ClassifierId,
    severity: Severity,
    vocabulary: Vocabulary,
}

/// What an index knows of a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DocumentInfo<'a> {
    /// What it is called.
    pub id: &'a str,
    /// How many words it has.
    pub words: u32,
    /// How many fingerprints stand for it, boilerplate left out.
    pub fingerprints: u32,
}

impl DocumentIndex {
    /// The index in an image that a [`super::DocumentIndexWriter`] has made with this key.
    ///
    /// # Errors
    /// When the image is none, is damaged, or was made with another key.
    pub fn load(
        bytes: impl AsRef<[u8]> + Send + Sync + 'static,
        key: &IndexKey,
    ) -> Result<Self, IndexError> {
        let malformed = |what| IndexError::malformed(KIND, what);
        let image: Box<dyn AsRef<[u8]> + Send + Sync> = Box::new(bytes);
        let bytes = (*image).as_ref();
        let sections = open(bytes, KIND)?;
        if sections.len() != section::COUNT {
            return Err(malformed("it has another number of sections"));
        }
        let part = |section: usize| &bytes[sections[section].clone()];
        let card: Card = serde_json::from_slice(part(section::CARD))
            .map_err(|_| malformed("it does not say what it is"))?;
        if card.key != key.id() {
            return Err(IndexError::other_key(KIND, &card.key, key.id()));
        }
        let is_ours = |lengths: Lengths, family| lengths == Lengths::of(family);
        if !is_ours(card.words, Family::Words)
            || card.code.is_some_and(|code| !is_ours(code, Family::Code))
        {
            return Err(malformed("its shingles have another length"));
        }
        let classifier = ClassifierId::new(&format!("document.{}", card.name))
            .map_err(|_| malformed("its name is none"))?;
        let severity =
            Severity::from_name(&card.severity).ok_or(malformed("its severity is none"))?;
        if card.confidence > 100
            || u32::from(card.minimum) > limits::PASSAGE_MINIMUM
            || u32::from(card.max_documents) > limits::DOCUMENTS_PER_FINGERPRINT
        {
            return Err(malformed("a setting is out of range"));
        }
        let table = Table::new(
            part(section::FILTER),
            part(section::STARTS),
            part(section::ENTRIES),
        )
        .ok_or(malformed("its table does not fit together"))?;
        if table.len() != card.fingerprints as usize {
            return Err(malformed("its table has another length"));
        }
        check_ids(part(section::RECORDS), part(section::IDS), card.documents)
            .ok_or(malformed("its documents do not fit together"))?;
        Ok(Self(Arc::new(Inner {
            image,
            sections,
            card,
            classifier,
            severity,
            vocabulary: Vocabulary::new(key),
        })))
    }

    /// How the index in these bytes was made, as [`Self::card`] says it. It takes no key.
    ///
    /// # Errors
    /// When the bytes are no document index, of another format version, truncated or altered.
    pub fn describe(bytes: &[u8]) -> Result<String, IndexError> {
        let sections = open(bytes, KIND)?;
        let card = sections
            .get(section::CARD)
            .and_then(|card| std::str::from_utf8(&bytes[card.clone()]).ok());
        card.map(str::to_owned)
            .ok_or(IndexError::malformed(KIND, "it does not say what it is"))
    }

    /// What it was made with, for an update.
    pub fn settings(&self) -> DocumentSettings {
        let card = &self.0.card;
        DocumentSettings {
            name: card.name.clone(),
            severity: self.severity(),
            confidence: card.confidence,
            max_documents: card.max_documents,
            minimum: card.minimum,
            code: self.has_code(),
        }
    }

    /// The name that it was given.
    pub fn name(&self) -> &str {
        &self.0.card.name
    }

    /// The classifier of its findings: `document.` and the name.
    pub fn classifier_id(&self) -> &ClassifierId {
        &self.0.classifier
    }

    /// The severity of its findings.
    pub fn severity(&self) -> Severity {
        self.0.severity
    }

    /// The confidence of its findings, 0 to 100.
    pub fn confidence(&self) -> u8 {
        self.0.card.confidence
    }

    /// How many documents it holds.
    pub fn len(&self) -> usize {
        self.0.card.documents as usize
    }

    /// Whether it holds none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// A document, by its number.
    ///
    /// # Panics
    /// When there is no such document.
    pub fn document(&self, number: u32) -> DocumentInfo<'_> {
        let records = self.records();
        let record = records[number as usize];
        let start = number
            .checked_sub(1)
            .map_or(0, |before| records[before as usize].id_end.get());
        let id = &self.section(section::IDS)[start as usize..record.id_end.get() as usize];
        DocumentInfo {
            id: std::str::from_utf8(id).expect("checked when it was loaded"),
            words: record.words.get(),
            fingerprints: record.fingerprints.get(),
        }
    }

    /// Bytes of the index.
    pub fn image(&self) -> &[u8] {
        (*self.0.image).as_ref()
    }

    /// The digest that the header states.
    pub fn digest(&self) -> [u8; 32] {
        digest(self.image())
    }

    /// How it was made, as JSON: settings, counts, the name of the key. Never a text.
    pub fn card(&self) -> &str {
        // It was read when the index was loaded.
        std::str::from_utf8(self.section(section::CARD)).unwrap_or_default()
    }

    /// Every fingerprint in order, as [`super::DocumentIndexWriter::push_known`] takes it, with the
    /// number of a document that it belongs to: what an update passes on.
    pub fn entries(&self) -> impl Iterator<Item = (u64, u32)> + '_ {
        self.table().entries()
    }

    /// Whether there is source code among the documents.
    pub(super) fn has_code(&self) -> bool {
        self.0.card.code.is_some()
    }

    /// Hits that a passage of a document needs: no more than it has fingerprints.
    pub(super) fn minimum(&self, number: u32) -> usize {
        let fingerprints = self.fingerprints(number) as usize;
        usize::from(self.0.card.minimum).min(fingerprints).max(1)
    }

    /// How many fingerprints stand for a document.
    pub(super) fn fingerprints(&self, number: u32) -> u32 {
        self.records()[number as usize].fingerprints.get()
    }

    pub(super) fn vocabulary(&self) -> &Vocabulary {
        &self.0.vocabulary
    }

    pub(super) fn table(&self) -> Table<'_> {
        let [filter, starts, entries] = [section::FILTER, section::STARTS, section::ENTRIES]
            .map(|section| self.section(section));
        Table::new(filter, starts, entries).expect("checked when it was loaded")
    }

    fn records(&self) -> &[Record] {
        <[Record]>::ref_from_bytes(self.section(section::RECORDS))
            .expect("checked when it was loaded")
    }

    fn section(&self, section: usize) -> &[u8] {
        let image = (*self.0.image).as_ref();
        &image[self.0.sections[section].clone()]
    }
}

impl fmt::Debug for DocumentIndex {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("DocumentIndex")
            .field("name", &self.name())
            .field("documents", &self.len())
            .finish_non_exhaustive()
    }
}

/// `None` when there are not so many documents, or one has no proper id.
fn check_ids(records: &[u8], ids: &[u8], documents: u32) -> Option<()> {
    let records = <[Record]>::ref_from_bytes(records).ok()?;
    let ids = std::str::from_utf8(ids).ok()?;
    let mut start = 0;
    for record in records {
        let end = record.id_end.get() as usize;
        ids.get(start..end)?;
        start = end;
    }
    (records.len() == documents as usize && start == ids.len()).then_some(())
}
