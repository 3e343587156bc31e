//! Texts and lists of patterns, prepared in the cache folder.

use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use sha2::{Digest, Sha256};

use crate::rename;

/// Where the files are and where prepared ones go.
pub(crate) struct Data {
    data: PathBuf,
    cache: PathBuf,
}

/// A prepared file.
pub(crate) struct Prepared {
    pub(crate) path: PathBuf,
    pub(crate) bytes: usize,
    /// SHA-256, so that a record names what it measured.
    pub(crate) digest: String,
}

impl Data {
    pub(crate) fn new(data: &Path, cache: &Path) -> Result<Self, String> {
        fs::create_dir_all(cache).map_err(|error| format!("{}: {error}", cache.display()))?;
        Ok(Self {
            data: data.to_owned(),
            cache: cache.to_owned(),
        })
    }

    /// The first bytes of a text, at most so many, without a character cut in two.
    pub(crate) fn text(&self, name: &str, most: usize) -> Result<Prepared, String> {
        let whole = self.whole(name)?;
        let size = size(&whole)?;
        if size <= most {
            return prepared(whole);
        }
        let cut = self.cache.join(format!("{most}-{}", file_name(name)));
        if !cut.exists() {
            let mut bytes = read(&whole)?;
            bytes.truncate(floor(&bytes, most));
            write(&cut, &bytes)?;
        }
        prepared(cut)
    }

    /// A list of patterns, or one of another size generated from it.
    pub(crate) fn patterns(&self, name: &str, rules: Option<usize>) -> Result<Prepared, String> {
        let list = self.data.join(name);
        let Some(rules) = rules else {
            return prepared(list);
        };
        let generated = self.cache.join(format!("{rules}-{}", file_name(name)));
        let text = String::from_utf8(read(&list)?)
            .map_err(|error| format!("{}: {error}", list.display()))?;
        write(&generated, rename::resized(&text, rules).as_bytes())?;
        prepared(generated)
    }

    /// The text itself or what its compressed form holds.
    fn whole(&self, name: &str) -> Result<PathBuf, String> {
        let plain = self.data.join(name);
        if plain.exists() {
            return Ok(plain);
        }
        let packed = self.data.join(format!("{name}.xz"));
        let unpacked = self.cache.join(file_name(name));
        if !unpacked.exists() {
            let output = Command::new("xz")
                .args(["--decompress", "--stdout"])
                .arg(&packed)
                .stderr(Stdio::inherit())
                .output()
                .map_err(|error| format!("xz: {error}"))?;
            if !output.status.success() {
                return Err(format!("{}: xz gave {}", packed.display(), output.status));
            }
            write(&unpacked, &output.stdout)?;
        }
        Ok(unpacked)
    }
}

/// The greatest offset up to `most` that does not stand inside a UTF-8 character.
fn floor(bytes: &[u8], most: usize) -> usize {
    let continues = |at: &usize| bytes.get(*at).is_some_and(|byte| byte & 0xC0 == 0x80);
    (most.saturating_sub(3)..=most)
        .rev()
        .find(|at| !continues(at))
        .unwrap_or(most)
}

fn file_name(name: &str) -> &str {
    name.rsplit('/').next().unwrap_or(name)
}

fn prepared(path: PathBuf) -> Result<Prepared, String> {
    let bytes = read(&path)?;
    let mut digest = String::new();
    for byte in Sha256::digest(&bytes) {
        write!(digest, "{byte:02x}").expect("writing to a string");
    }
    Ok(Prepared {
        path,
        bytes: bytes.len(),
        digest,
    })
}

fn size(path: &Path) -> Result<usize, String> {
    let metadata = fs::metadata(path).map_err(|error| format!("{}: {error}", path.display()))?;
    Ok(metadata.len() as usize)
}

fn read(path: &Path) -> Result<Vec<u8>, String> {
    fs::read(path).map_err(|error| format!("{}: {error}", path.display()))
}

/// Writes under another name first: a file with the right name is always whole.
fn write(path: &Path, bytes: &[u8]) -> Result<(), String> {
    let part = path.with_extension("part");
    fs::write(&part, bytes)
        .and_then(|()| fs::rename(&part, path))
        .map_err(|error| format!("{}: {error}", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_character_is_cut() {
        let text = "aé€".as_bytes();
        assert_eq!(
            [0, 1, 2, 3, 4, 5, 6].map(|most| floor(text, most)),
            [0, 1, 1, 3, 3, 3, 6]
        );
    }
}
