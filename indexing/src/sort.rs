//! More pairs than memory holds, in ascending order.
//!
//! Pairs of a hash and a number are gathered in a buffer; a full buffer is sorted and written to a
//! file, a run; at the end the runs and what is left in the buffer are merged.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::collections::binary_heap::PeekMut;
use std::fs::{self, File};
use std::io::{self, BufReader, BufWriter, Read, Write};
use std::iter::Peekable;
use std::path::{Path, PathBuf};
use std::vec;

use rayon::slice::ParallelSliceMut;

/// A hash and a number.
pub(crate) type Pair = (u64, u32);

/// Pairs that are held in memory unless stated: 256 MB.
pub const DEFAULT_BUFFER: usize = 16 << 20;
/// Bytes of a pair in a run.
const WRITTEN: usize = 12;
/// Bytes of a run that are read or written at a time. Hundreds of runs stay below 100 MB.
const BUFFER: usize = 192 << 10;

/// Gathers pairs.
#[derive(Debug)]
pub(crate) struct Sorter {
    folder: PathBuf,
    pairs: Vec<Pair>,
    capacity: usize,
    runs: u32,
}

impl Sorter {
    /// A sorter that holds so many pairs in memory and goes on from the first `runs` runs of the
    /// folder.
    pub(crate) fn new(folder: &Path, capacity: usize, runs: u32) -> Self {
        Self {
            folder: folder.to_owned(),
            pairs: Vec::new(),
            capacity: capacity.max(1),
            runs,
        }
    }

    pub(crate) fn push(&mut self, pair: Pair) {
        self.pairs.push(pair);
    }

    /// Whether the buffer is to be spilled.
    pub(crate) fn is_full(&self) -> bool {
        self.pairs.len() >= self.capacity
    }

    /// Runs that are written.
    pub(crate) fn runs(&self) -> u32 {
        self.runs
    }

    /// Writes the buffer as the next run, which is on the disk when this returns.
    pub(crate) fn spill(&mut self) -> io::Result<()> {
        self.pairs.par_sort_unstable();
        let mut file = BufWriter::with_capacity(BUFFER, File::create(self.run(self.runs))?);
        for &(hash, number) in &self.pairs {
            file.write_all(&hash.to_le_bytes())?;
            file.write_all(&number.to_le_bytes())?;
        }
        file.into_inner()?.sync_all()?;
        self.pairs.clear();
        self.runs += 1;
        Ok(())
    }

    fn run(&self, number: u32) -> PathBuf {
        self.folder.join(format!("run-{number}"))
    }

    /// All pairs in ascending order.
    pub(crate) fn merge(mut self) -> io::Result<Merge> {
        self.pairs.par_sort_unstable();
        let mut sources = Vec::with_capacity(self.runs as usize + 1);
        let mut len = self.pairs.len() as u64;
        for number in 0..self.runs {
            let file = File::open(self.run(number))?;
            len += file.metadata()?.len() / WRITTEN as u64;
            sources.push(Run::File(BufReader::with_capacity(BUFFER, file)));
        }
        sources.push(Run::Buffer(self.pairs.into_iter()));
        let mut heads = BinaryHeap::with_capacity(sources.len());
        for (i, source) in sources.iter_mut().enumerate() {
            if let Some(pair) = source.read()? {
                heads.push(Reverse((pair, i)));
            }
        }
        Ok(Merge {
            sources,
            heads,
            len,
        })
    }
}

/// Removes the runs of a folder from number `first` on.
pub(crate) fn remove_runs(folder: &Path, first: u32) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name();
        let number = name.to_str().and_then(|name| name.strip_prefix("run-"));
        let number = number.and_then(|number| number.parse::<u32>().ok());
        if number.is_some_and(|number| number >= first) {
            fs::remove_file(entry.path())?;
        }
    }
    Ok(())
}

#[derive(Debug)]
enum Run {
    File(BufReader<File>),
    Buffer(vec::IntoIter<Pair>),
}

impl Run {
    fn read(&mut self) -> io::Result<Option<Pair>> {
        let file = match self {
            Self::Buffer(pairs) => return Ok(pairs.next()),
            Self::File(file) => file,
        };
        let mut bytes = [0; WRITTEN];
        match file.read_exact(&mut bytes) {
            Ok(()) => {}
            Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => return Ok(None),
            Err(error) => return Err(error),
        }
        let hash = u64::from_le_bytes(std::array::from_fn(|i| bytes[i]));
        let number = u32::from_le_bytes(std::array::from_fn(|i| bytes[8 + i]));
        Ok(Some((hash, number)))
    }
}

/// Pairs in ascending order.
#[derive(Debug)]
pub(crate) struct Merge {
    sources: Vec<Run>,
    /// The next pair of each source that has one.
    heads: BinaryHeap<Reverse<(Pair, usize)>>,
    len: u64,
}

impl Merge {
    /// How many there are in all.
    pub(crate) fn len(&self) -> u64 {
        self.len
    }
}

impl Iterator for Merge {
    type Item = io::Result<Pair>;

    fn next(&mut self) -> Option<Self::Item> {
        let mut head = self.heads.peek_mut()?;
        let Reverse((pair, source)) = *head;
        match self.sources[source].read() {
            Ok(Some(next)) => *head = Reverse((next, source)),
            Ok(None) => {
                PeekMut::pop(head);
            }
            Err(error) => return Some(Err(error)),
        }
        Some(Ok(pair))
    }
}

/// Pairs of two ascending sources in ascending order.
pub(crate) struct Both<A: Iterator, B: Iterator> {
    kept: Peekable<A>,
    added: Peekable<B>,
}

impl<A: Iterator<Item = Pair>, B: Iterator<Item = io::Result<Pair>>> Both<A, B> {
    pub(crate) fn new(kept: A, added: B) -> Self {
        Self {
            kept: kept.peekable(),
            added: added.peekable(),
        }
    }
}

impl<A: Iterator<Item = Pair>, B: Iterator<Item = io::Result<Pair>>> Iterator for Both<A, B> {
    type Item = io::Result<Pair>;

    fn next(&mut self) -> Option<Self::Item> {
        match (self.kept.peek(), self.added.peek()) {
            (Some(kept), Some(Ok(added))) if kept > added => self.added.next(),
            (None, _) | (_, Some(Err(_))) => self.added.next(),
            _ => self.kept.next().map(Ok),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_of_any_size_give_one_order() {
        let folder = tempfile::tempdir().unwrap();
        let mixed = |n: u64| n.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 48;
        let pairs: Vec<Pair> = (0..2000).map(|n| (mixed(n), n as u32 % 7)).collect();
        let mut expected = pairs.clone();
        expected.sort_unstable();
        for capacity in [7, 500, 2000, 5000] {
            let mut sorter = Sorter::new(folder.path(), capacity, 0);
            for &pair in &pairs {
                sorter.push(pair);
                if sorter.is_full() {
                    sorter.spill().unwrap();
                }
            }
            let merge = sorter.merge().unwrap();
            assert_eq!(merge.len(), 2000);
            let merged: Vec<Pair> = merge.map(Result::unwrap).collect();
            assert!(merged == expected, "capacity {capacity}");
        }
        remove_runs(folder.path(), 2).unwrap();
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 2);
    }

    #[test]
    fn nothing_is_in_order() {
        let folder = tempfile::tempdir().unwrap();
        let sorter = Sorter::new(folder.path(), 10, 0);
        assert_eq!(sorter.merge().unwrap().count(), 0);
    }
}
