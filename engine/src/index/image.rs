//! The bytes of an index: header, section table, sections.
//!
//! ```text
//!  0  magic "SLUICEIX"
//!  8  format version, u32
//! 12  kind, u32: 1 exact data, 2 documents
//! 16  length of the whole image, u64
//! 24  BLAKE3 of the sections, with what stands between them, and of the section table, 32 bytes
//! 56  number of sections, u32; then zero
//! 64  section table: offset and length of each, in bytes from the start of the image
//! 192 sections, each from a multiple of 64
//! ```
//!
//! Numbers are little-endian. An index is written from front to back, so that it may be larger than
//! memory; the header comes last and goes to the front.

use std::fmt;
use std::ops::Range;

use zerocopy::FromBytes;

const MAGIC: &[u8; 8] = b"SLUICEIX";
/// Counts changes of the format; an index of another version is refused.
const VERSION: u32 = 1;
const TABLE: usize = 64;
/// Sections that the table has room for.
pub(crate) const MAX_SECTIONS: usize = 8;
const HEADER: usize = TABLE + MAX_SECTIONS * 16;
const ALIGN: usize = 64;

/// What an index is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IndexKind {
    /// Rows of a table.
    Exact,
    /// Texts.
    Documents,
}

impl IndexKind {
    /// The kind that the header of an index states.
    pub fn of(image: &[u8]) -> Option<Self> {
        let kind = image.starts_with(MAGIC).then(|| image.get(12..16))??;
        [Self::Exact, Self::Documents]
            .into_iter()
            .find(|of| kind == of.number().to_le_bytes())
    }

    fn number(self) -> u32 {
        match self {
            Self::Exact => 1,
            Self::Documents => 2,
        }
    }

    /// What it is called in errors.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Exact => "exact-data index",
            Self::Documents => "document index",
        }
    }

    /// What makes one.
    fn command(self) -> &'static str {
        match self {
            Self::Exact => "an exact-data index is a file made by `sluicegate index exact`",
            Self::Documents => "a document index is a file made by `sluicegate index documents`",
        }
    }
}

/// Why bytes can't be used as an index.
///
/// ```
/// use sluicegate::{ExactIndex, IndexKey};
/// let key = IndexKey::new(b"an example of a secret")?;
/// let error = ExactIndex::load(b"not an index".to_vec(), &key).unwrap_err();
/// assert_eq!(error.to_string(), "not a sluicegate exact-data index");
/// # Ok::<(), sluicegate::IndexKeyError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IndexError {
    kind: IndexKind,
    problem: Problem,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Problem {
    Foreign,
    OtherKind,
    Version(u32),
    Truncated { has: u64, needs: u64 },
    Trailing { has: u64, needs: u64 },
    Altered,
    Key { index: String, given: String },
    Malformed(&'static str),
}

impl IndexError {
    pub(crate) fn malformed(kind: IndexKind, what: &'static str) -> Self {
        Self {
            kind,
            problem: Problem::Malformed(what),
        }
    }

    pub(crate) fn other_key(kind: IndexKind, index: &str, given: String) -> Self {
        let index = index.to_owned();
        Self {
            kind,
            problem: Problem::Key { index, given },
        }
    }

    /// What to do about it.
    pub fn hint(&self) -> &'static str {
        match self.problem {
            Problem::Foreign | Problem::OtherKind => self.kind.command(),
            Problem::Version(_) => "make the index again with this version of sluicegate",
            Problem::Truncated { .. } | Problem::Trailing { .. } | Problem::Altered => {
                "copy the file again, or make the index again"
            }
            Problem::Key { .. } => "give the key file that the index was made with",
            Problem::Malformed(_) => "make the index again",
        }
    }
}

impl fmt::Display for IndexError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = self.kind.as_str();
        match &self.problem {
            Problem::Foreign => write!(f, "not a sluicegate {name}"),
            Problem::OtherKind => write!(f, "another kind of index, not a {name}"),
            Problem::Version(version) => {
                write!(
                    f,
                    "{name} of format version {version}, this build reads {VERSION}"
                )
            }
            Problem::Truncated { has, needs } => {
                write!(f, "{name} is truncated: {has} of {needs} bytes")
            }
            Problem::Trailing { has, needs } => {
                write!(f, "{name} has trailing bytes: {has} in place of {needs}")
            }
            Problem::Altered => write!(f, "{name} is altered: its digest does not match"),
            Problem::Key { index, given } => {
                write!(f, "{name} was made with the key {index}, not with {given}")
            }
            Problem::Malformed(what) => write!(f, "{name} is malformed: {what}"),
        }
    }
}

impl std::error::Error for IndexError {}

/// Follows an index that is being written, and makes its header.
///
/// The writer leaves room of [`Sealer::HEADER`] bytes at the front, writes what `pad` returns before
/// each section, tells every byte of a section, and at the end puts the header to the front.
#[derive(Debug)]
pub struct Sealer {
    kind: IndexKind,
    hasher: blake3::Hasher,
    at: u64,
    table: Vec<(u64, u64)>,
}

impl Sealer {
    /// Bytes in front of the first section.
    pub const HEADER: usize = HEADER;

    /// A sealer of an index of this kind.
    pub fn new(kind: IndexKind) -> Self {
        Self {
            kind,
            hasher: blake3::Hasher::new(),
            at: HEADER as u64,
            table: Vec::new(),
        }
    }

    /// Begins the next section: returns the zeros to write before it.
    ///
    /// # Panics
    /// When there are too many sections.
    pub fn pad(&mut self) -> &'static [u8] {
        assert!(
            self.table.len() < MAX_SECTIONS,
            "the table has no more room"
        );
        let zeros = self.zeros();
        self.table.push((self.at, 0));
        zeros
    }

    fn zeros(&mut self) -> &'static [u8] {
        let zeros = &[0; ALIGN][..(self.at.next_multiple_of(ALIGN as u64) - self.at) as usize];
        self.hasher.update(zeros);
        self.at += zeros.len() as u64;
        zeros
    }

    /// Takes the next bytes of the section.
    ///
    /// # Panics
    /// When no section was begun.
    pub fn add(&mut self, bytes: &[u8]) {
        self.hasher.update(bytes);
        self.at += bytes.len() as u64;
        let section = self.table.last_mut().expect("a section was begun");
        section.1 += bytes.len() as u64;
    }

    /// The zeros to write at the end, and the header for the front.
    pub fn finish(mut self) -> (&'static [u8], [u8; HEADER]) {
        let end = self.zeros();
        let mut header = [0; HEADER];
        header[..8].copy_from_slice(MAGIC);
        header[8..12].copy_from_slice(&VERSION.to_le_bytes());
        header[12..16].copy_from_slice(&self.kind.number().to_le_bytes());
        header[16..24].copy_from_slice(&self.at.to_le_bytes());
        header[56..60].copy_from_slice(&(self.table.len() as u32).to_le_bytes());
        for (i, (start, len)) in self.table.iter().enumerate() {
            header[TABLE + 16 * i..][..8].copy_from_slice(&start.to_le_bytes());
            header[TABLE + 16 * i + 8..][..8].copy_from_slice(&len.to_le_bytes());
        }
        self.hasher.update(&header[56..]);
        header[24..56].copy_from_slice(self.hasher.finalize().as_bytes());
        (end, header)
    }
}

/// Byte ranges of the sections.
pub(crate) type Sections = Vec<Range<usize>>;

/// The sections of an image whose header and digest are right.
pub(crate) fn open(image: &[u8], kind: IndexKind) -> Result<Sections, IndexError> {
    let error = |problem| IndexError { kind, problem };
    let number = |at: usize| {
        let bytes = image.get(at..at + 4)?;
        u32::read_from_bytes(bytes).ok().map(u32::from_le)
    };
    let long = |at: usize| {
        let bytes = image.get(at..at + 8)?;
        u64::read_from_bytes(bytes).ok().map(u64::from_le)
    };
    let has = image.len() as u64;
    let short = |needs| error(Problem::Truncated { has, needs });
    if image.get(..8) != Some(MAGIC) {
        return Err(error(Problem::Foreign));
    }
    let version = number(8).ok_or(short(HEADER as u64))?;
    if version != VERSION {
        return Err(error(Problem::Version(version)));
    }
    if number(12).ok_or(short(HEADER as u64))? != kind.number() {
        return Err(error(Problem::OtherKind));
    }
    let needs = long(16).ok_or(short(HEADER as u64))?;
    if has < needs || image.len() < HEADER {
        return Err(short(needs.max(HEADER as u64)));
    }
    if has > needs {
        return Err(error(Problem::Trailing { has, needs }));
    }
    let mut hasher = blake3::Hasher::new();
    hasher.update(&image[HEADER..]).update(&image[56..HEADER]);
    if image[24..56] != *hasher.finalize().as_bytes() {
        return Err(error(Problem::Altered));
    }
    let count = number(56).unwrap_or_default() as usize;
    if count > MAX_SECTIONS {
        return Err(IndexError::malformed(kind, "too many sections"));
    }
    let ranges = (0..count).map(|i| {
        let start = long(TABLE + 16 * i)?;
        let end = start.checked_add(long(TABLE + 16 * i + 8)?)?;
        (end <= has).then_some(start as usize..end as usize)
    });
    ranges.collect::<Option<_>>().ok_or(IndexError::malformed(
        kind,
        "a section lies outside the file",
    ))
}

/// The digest that the header states.
pub(crate) fn digest(image: &[u8]) -> [u8; 32] {
    std::array::from_fn(|i| image[24 + i])
}

/// Writes the digest that the rest of an index asks for, so that tests can reach the checks behind
/// it.
#[doc(hidden)]
pub fn reseal_index(image: &mut [u8]) {
    if image.len() >= HEADER {
        let mut hasher = blake3::Hasher::new();
        hasher.update(&image[HEADER..]).update(&image[56..HEADER]);
        image[24..56].copy_from_slice(hasher.finalize().as_bytes());
    }
}
