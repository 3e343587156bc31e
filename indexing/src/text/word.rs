//! Word processor files: the paragraphs of Office Open XML (ECMA-376, part 1, section 17).

use std::io::{BufReader, Cursor, Read};

use quick_xml::Reader;
use quick_xml::events::Event;
use zip::ZipArchive;

use super::MAX_UNPACKED;

const DAMAGED: &str = "no readable word processor file";

/// The text of a file: its body, then headers, footers, notes and comments.
pub(super) fn extract(bytes: &[u8]) -> Result<String, String> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| DAMAGED.to_owned())?;
    let mut parts: Vec<String> = Vec::new();
    for i in 0..archive.len() {
        let part = archive.by_index_raw(i).map_err(|_| DAMAGED.to_owned())?;
        let name = part.name().map_err(|_| DAMAGED.to_owned())?;
        if is_text(&name) {
            parts.push(name.into_owned());
        }
    }
    // The body first.
    parts.sort_by_key(|name| (!name.starts_with("word/document"), name.clone()));
    if parts.is_empty() {
        return Err(DAMAGED.to_owned());
    }
    let mut text = String::new();
    let mut left = MAX_UNPACKED as u64;
    for name in parts {
        let part = archive.by_name(&name).map_err(|_| DAMAGED.to_owned())?;
        let mut part = part.take(left);
        paragraphs(&mut part, &mut text)?;
        left = part.limit();
        if left == 0 {
            return Err(format!("it unpacks to more than {} MB", MAX_UNPACKED >> 20));
        }
    }
    Ok(text)
}

/// Whether a part of the archive holds text.
fn is_text(name: &str) -> bool {
    let name = name
        .strip_prefix("word/")
        .and_then(|name| name.strip_suffix(".xml"));
    let numbered = |name: &str| {
        name.trim_end_matches(|c: char| c.is_ascii_digit())
            .to_owned()
    };
    name.is_some_and(|name| {
        [
            "document",
            "header",
            "footer",
            "footnotes",
            "endnotes",
            "comments",
        ]
        .contains(&numbered(name).as_str())
    })
}

/// Adds the paragraphs of a part.
fn paragraphs(part: &mut impl Read, text: &mut String) -> Result<(), String> {
    let mut reader = Reader::from_reader(BufReader::new(part));
    let mut buffer = Vec::new();
    let mut is_run = false;
    loop {
        let event = reader
            .read_event_into(&mut buffer)
            .map_err(|_| DAMAGED.to_owned())?;
        match event {
            Event::Start(tag) => is_run = tag.local_name().as_ref() == "t",
            Event::Empty(tag) => match tag.local_name().as_ref() {
                "tab" | "br" | "cr" => text.push(' '),
                "p" => text.push('\n'),
                _ => {}
            },
            Event::End(tag) => {
                is_run = false;
                if tag.local_name().as_ref() == "p" {
                    text.push('\n');
                }
            }
            Event::Text(part) if is_run => text.push_str(&part.xml10_content()),
            Event::CData(part) if is_run => text.push_str(&part.xml10_content()),
            Event::GeneralRef(name) if is_run => text.push(match &*name.xml10_content() {
                "amp" => '&',
                "lt" => '<',
                "gt" => '>',
                "quot" => '"',
                "apos" => '\'',
                _ => name.resolve_char_ref().ok().flatten().unwrap_or(' '),
            }),
            Event::Eof => return Ok(()),
            _ => {}
        }
        buffer.clear();
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use zip::ZipWriter;
    use zip::write::SimpleFileOptions;

    use super::*;

    fn file(parts: &[(&str, &str)]) -> Vec<u8> {
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, text) in parts {
            writer
                .start_file(*name, SimpleFileOptions::default())
                .unwrap();
            writer.write_all(text.as_bytes()).unwrap();
        }
        writer.finish().unwrap().into_inner()
    }

    fn body(inner: &str) -> String {
        format!(
            "<?xml version=\"1.0\"?><w:document xmlns:w=\"x\"><w:body>{inner}</w:body></w:document>"
        )
    }

    #[test]
    fn paragraphs_are_text() {
        let inner = "<w:p><w:r><w:t>Two &amp; thr</w:t></w:r><w:r><w:t>ee</w:t><w:tab/>\
            <w:t xml:space=\"preserve\"> m&#233;n</w:t><w:instrText>no</w:instrText></w:r></w:p>\
            <w:p><w:r><w:t>met</w:t></w:r></w:p>";
        let header = body("<w:p><w:r><w:t>draft</w:t></w:r></w:p>");
        let file = file(&[
            ("word/header1.xml", &header),
            ("word/document.xml", &body(inner)),
            ("word/styles.xml", "<a>no</a>"),
        ]);
        assert_eq!(
            extract(&file).unwrap(),
            "Two & three  m\u{e9}n\nmet\ndraft\n"
        );
    }

    #[test]
    fn other_files_are_refused() {
        let large = body(&format!("<w:t>{}</w:t>", " ".repeat(MAX_UNPACKED)));
        let cut = file(&[(
            "word/document.xml",
            &body("<w:p><w:r><w:t>text</w:t></w:r></w:p>"),
        )]);
        for (bytes, reason) in [
            (b"PK but no archive".to_vec(), DAMAGED),
            (file(&[("other.xml", "<a/>")]), DAMAGED),
            (cut[..cut.len() / 2].to_vec(), DAMAGED),
            (file(&[("word/document.xml", "<a><b></a>")]), DAMAGED),
            (
                file(&[("word/document.xml", &large)]),
                "it unpacks to more than 64 MB",
            ),
        ] {
            assert_eq!(extract(&bytes).unwrap_err(), reason);
        }
    }
}
