//! What does a file say?
//!
//! Files to text, by the ends of their names. A file that can't be read says why, in words that tell
//! nothing of it.
//!
//! | file | holds |
//! |---|---|
//! | `html.rs` | web pages |
//! | `word.rs` | word processor files (docx) |
//! | `pdf.rs` | PDF |

mod html;
mod pdf;
mod word;

use std::path::Path;

/// Largest file of a format that is unpacked, in bytes: all of it is in memory, once for each thread.
pub(crate) const MAX_PACKED: u64 = 32 << 20;
/// Most text that such a file may unpack to, in bytes. Some formats pack a thousandfold.
const MAX_UNPACKED: usize = 64 << 20;
/// Bytes at the front of a file by which text is told from other things.
const FRONT: usize = 8 << 10;

/// How a file is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// As it is.
    Text,
    /// As it is, and by its tokens.
    Code,
    Html,
    Word,
    Pdf,
}

/// Ends of the names of source code.
const CODE: &[&str] = &[
    "asm", "bas", "bash", "c", "cc", "clj", "cljs", "cob", "cpp", "cs", "cu", "cxx", "d", "dart",
    "erl", "ex", "exs", "f", "f90", "f95", "for", "fs", "fsx", "go", "gradle", "groovy", "h", "hh",
    "hpp", "hs", "hxx", "java", "jl", "js", "jsx", "kt", "kts", "lisp", "lua", "m", "mjs", "ml",
    "mli", "mm", "nim", "pas", "php", "pl", "pm", "proto", "ps1", "py", "pyi", "r", "rb", "rs",
    "s", "scala", "scm", "sh", "sol", "sql", "sv", "svh", "swift", "tcl", "ts", "tsx", "v", "vb",
    "vhd", "vhdl", "zig",
];

/// The way in which a file of this name is read.
pub(crate) fn kind(path: &Path) -> Kind {
    let end = path.extension().and_then(|end| end.to_str());
    let end = end.unwrap_or_default().to_ascii_lowercase();
    match end.as_str() {
        "html" | "htm" | "xhtml" => Kind::Html,
        "docx" | "docm" | "dotx" => Kind::Word,
        "pdf" => Kind::Pdf,
        end if CODE.binary_search(&end).is_ok() => Kind::Code,
        _ => Kind::Text,
    }
}

impl Kind {
    /// Whether a file may be read in pieces.
    pub(crate) fn is_plain(self) -> bool {
        matches!(self, Self::Text | Self::Code)
    }
}

/// The text of a file's bytes, or why it has none.
pub(crate) fn extract(kind: Kind, bytes: Vec<u8>) -> Result<Vec<u8>, String> {
    match kind {
        Kind::Word => word::extract(&bytes).map(String::into_bytes),
        Kind::Pdf => pdf::extract(&bytes).map(String::into_bytes),
        Kind::Text | Kind::Code => plain(bytes),
        Kind::Html => {
            plain(bytes).map(|text| html::extract(&String::from_utf8_lossy(&text)).into_bytes())
        }
    }
}

/// Text as UTF-8, or in whatever its letters are encoded.
fn plain(bytes: Vec<u8>) -> Result<Vec<u8>, String> {
    let wide = |of: fn([u8; 2]) -> u16| {
        let (units, _) = bytes[2..].as_chunks();
        let units = units.iter().map(|&unit| of(unit));
        let text = char::decode_utf16(units).map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER));
        text.collect::<String>().into_bytes()
    };
    if bytes.starts_with(b"\xff\xfe") {
        return Ok(wide(u16::from_le_bytes));
    }
    if bytes.starts_with(b"\xfe\xff") {
        return Ok(wide(u16::from_be_bytes));
    }
    if bytes[..bytes.len().min(FRONT)].contains(&0) {
        return Err("neither text nor a format that is read".to_owned());
    }
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_tell_formats() {
        assert!(CODE.is_sorted());
        for (name, expected) in [
            ("a/b.TXT", Kind::Text),
            ("README", Kind::Text),
            ("notes.md", Kind::Text),
            ("x.rs", Kind::Code),
            ("x.Py", Kind::Code),
            ("x.HTML", Kind::Html),
            ("x.docx", Kind::Word),
            ("x.pdf", Kind::Pdf),
        ] {
            assert_eq!(kind(Path::new(name)), expected, "{name}");
        }
    }

    #[test]
    fn wide_text_is_read_and_other_bytes_are_not() {
        let text = "caf\u{e9} \u{1f600}";
        let units = || text.encode_utf16();
        let little = [
            &b"\xff\xfe"[..],
            &units().flat_map(u16::to_le_bytes).collect::<Vec<_>>(),
        ];
        let big = [
            &b"\xfe\xff"[..],
            &units().flat_map(u16::to_be_bytes).collect::<Vec<_>>(),
        ];
        assert_eq!(plain(little.concat()).unwrap(), text.as_bytes());
        assert_eq!(plain(big.concat()).unwrap(), text.as_bytes());
        assert_eq!(plain(text.into()).unwrap(), text.as_bytes());
        assert_eq!(plain(Vec::new()).unwrap(), b"");
        assert!(plain(b"\x7fELF\x00\x01".to_vec()).is_err());
    }
}
