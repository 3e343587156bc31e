//! The byte image: header, section table, sections.
//!
//! ```text
//! 0   magic "SLUICEDB"
//! 8   format version
//! 12  number of sections
//! 16  length of the whole image
//! 24  BLAKE3 of everything from byte 64 on
//! 56  zero
//! 64  section table: offset and length of each, in bytes from the start of the image
//! ..  sections, each from a multiple of 64
//! ```
//!
//! Numbers are little-endian. Equal rules give equal bytes.

use std::fmt;
use std::ops::Range;

use zerocopy::{FromBytes, Immutable, IntoBytes};

const MAGIC: &[u8; 8] = b"SLUICEDB";
/// Counts changes of the format; a database of another version is refused.
pub(crate) const VERSION: u32 = 8;
const HEADER: usize = 64;
const ALIGN: usize = 64;

macro_rules! sections {
    ($($name:ident,)*) => {
        /// The sections in their order.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub(crate) enum Section { $($name,)* }

        impl Section {
            pub(crate) const ALL: &[Self] = &[$(Self::$name,)*];
        }
    };
}

sections! {
    Text, Classifiers, Detectors, Leads, Validators, Keywords, Exclusions, Anchors, Companions,
    Triples, Programs, Insts, Choices, Sets,
    Literals, CharBounds, CharRanges, GramFilter, ShortFilter, GramStarts, GramUses, Checks,
    StartChecks, ShapeNodes,
    ShapeGroups, Shapes, ShapeTests, Planes, Composites, Members, MemberIds,
    Dictionaries, Terms, TermWords, TermFilter, TermStarts, TermEntries, FirstFilter, FirstStarts,
    FirstEntries,
}

pub(crate) const SECTIONS: usize = Section::ALL.len();

/// Why bytes are no database.
///
/// ```
/// use sluicegate::Database;
/// let error = Database::load(b"not a database".to_vec()).unwrap_err();
/// assert_eq!(error.to_string(), "not a sluicegate database");
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImageError(Kind);

#[derive(Clone, Debug, PartialEq, Eq)]
enum Kind {
    Foreign,
    Version(u32),
    Truncated { has: u64, needs: u64 },
    Trailing { has: u64, needs: u64 },
    Altered,
    Malformed(&'static str),
}

impl ImageError {
    pub(crate) fn malformed(what: &'static str) -> Self {
        Self(Kind::Malformed(what))
    }

    /// What to do about it.
    pub fn hint(&self) -> &'static str {
        match self.0 {
            Kind::Foreign => "a database is a file made by `sluicegate compile`",
            Kind::Version(_) => "compile the rules again with this version of sluicegate",
            Kind::Truncated { .. } | Kind::Trailing { .. } | Kind::Altered => {
                "copy the file again, or compile the rules again"
            }
            Kind::Malformed(_) => "compile the rules again",
        }
    }
}

impl fmt::Display for ImageError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Kind::Foreign => write!(f, "not a sluicegate database"),
            Kind::Version(version) => {
                write!(
                    f,
                    "database of format version {version}, this build reads {VERSION}"
                )
            }
            Kind::Truncated { has, needs } => {
                write!(f, "database is truncated: {has} of {needs} bytes")
            }
            Kind::Trailing { has, needs } => {
                write!(f, "database has trailing bytes: {has} in place of {needs}")
            }
            Kind::Altered => write!(f, "database is altered: its digest does not match"),
            Kind::Malformed(what) => write!(f, "database is malformed: {what}"),
        }
    }
}

impl std::error::Error for ImageError {}

/// Collects sections and lays them out.
pub(crate) struct Writer {
    sections: [Vec<u8>; SECTIONS],
}

impl Writer {
    pub(crate) fn new() -> Self {
        Self {
            sections: std::array::from_fn(|_| Vec::new()),
        }
    }

    pub(crate) fn put<T: IntoBytes + Immutable>(&mut self, section: Section, records: &[T]) {
        self.sections[section as usize] = records.as_bytes().to_vec();
    }

    pub(crate) fn finish(self) -> Vec<u8> {
        let mut at = (HEADER + SECTIONS * 16).next_multiple_of(ALIGN);
        let mut table = Vec::with_capacity(SECTIONS * 16);
        for section in &self.sections {
            table.extend_from_slice(&(at as u64).to_le_bytes());
            table.extend_from_slice(&(section.len() as u64).to_le_bytes());
            at = (at + section.len()).next_multiple_of(ALIGN);
        }
        let mut image = Vec::with_capacity(at);
        image.resize(HEADER, 0);
        image.extend_from_slice(&table);
        for section in &self.sections {
            image.resize(image.len().next_multiple_of(ALIGN), 0);
            image.extend_from_slice(section);
        }
        image.resize(at, 0);
        image[..8].copy_from_slice(MAGIC);
        image[8..12].copy_from_slice(&VERSION.to_le_bytes());
        image[12..16].copy_from_slice(&(SECTIONS as u32).to_le_bytes());
        image[16..24].copy_from_slice(&(at as u64).to_le_bytes());
        let digest = blake3::hash(&image[HEADER..]);
        image[24..56].copy_from_slice(digest.as_bytes());
        image
    }
}

/// Byte ranges of the sections of an image whose header and digest are right.
pub(crate) fn open(image: &[u8]) -> Result<[Range<usize>; SECTIONS], ImageError> {
    let number = |at: usize| {
        image
            .get(at..at + 4)
            .and_then(|bytes| u32::read_from_bytes(bytes).ok())
            .map(u32::from_le)
    };
    let long = |at: usize| {
        image
            .get(at..at + 8)
            .and_then(|bytes| u64::read_from_bytes(bytes).ok())
            .map(u64::from_le)
    };
    let has = image.len() as u64;
    let short = |needs| ImageError(Kind::Truncated { has, needs });
    if image.get(..8) != Some(MAGIC) {
        return Err(ImageError(Kind::Foreign));
    }
    let version = number(8).ok_or(short(HEADER as u64))?;
    if version != VERSION {
        return Err(ImageError(Kind::Version(version)));
    }
    let needs = long(16).ok_or(short(HEADER as u64))?;
    if has < needs || image.len() < HEADER {
        return Err(short(needs.max(HEADER as u64)));
    }
    if has > needs {
        return Err(ImageError(Kind::Trailing { has, needs }));
    }
    if number(12) != Some(SECTIONS as u32)
        || image[56..HEADER] != [0; 8]
        || image[24..56] != *blake3::hash(&image[HEADER..]).as_bytes()
    {
        return Err(ImageError(Kind::Altered));
    }
    let mut sections: [Range<usize>; SECTIONS] = std::array::from_fn(|_| 0..0);
    for (i, section) in sections.iter_mut().enumerate() {
        let (Some(start), Some(len)) = (long(HEADER + 16 * i), long(HEADER + 16 * i + 8)) else {
            return Err(ImageError::malformed("the section table is cut short"));
        };
        match start.checked_add(len) {
            Some(end) if end <= has => *section = start as usize..end as usize,
            _ => return Err(ImageError::malformed("a section lies outside the file")),
        }
    }
    Ok(sections)
}

/// The digest that the header states.
pub(crate) fn digest(image: &[u8]) -> [u8; 32] {
    std::array::from_fn(|i| image[24 + i])
}

/// Writes the digest that the rest of the image asks for, so that tests can reach the checks
/// behind it.
#[doc(hidden)]
pub fn reseal(image: &mut [u8]) {
    if image.len() > HEADER {
        let digest = blake3::hash(&image[HEADER..]);
        image[24..56].copy_from_slice(digest.as_bytes());
    }
}
