//! PDF: the strings of its pages in the order in which they are shown (ISO 32000-1, section 9.4).

use std::cell::Cell;
use std::collections::BTreeMap;
use std::panic;
use std::sync::Once;

use lopdf::content::Content;
use lopdf::{Document, Encoding, LoadOptions, Object, ObjectId};

use super::MAX_UNPACKED;

const DAMAGED: &str = "no readable PDF";
/// A gap between two strings of a line that is as wide as a space, in thousandths of the font's size.
const SPACE: f32 = 180.0;

thread_local! {
    static IS_READING: Cell<bool> = const { Cell::new(false) };
}

/// The text of a file.
pub(super) fn extract(bytes: &[u8]) -> Result<String, String> {
    keep_panics_quiet();
    // The reader is not ours, and a damaged file is to be listed, not to end the build.
    IS_READING.set(true);
    let text = panic::catch_unwind(|| read(bytes));
    IS_READING.set(false);
    text.unwrap_or_else(|_| Err(DAMAGED.to_owned()))
}

/// What a panic says could hold something of the file.
fn keep_panics_quiet() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let before = panic::take_hook();
        panic::set_hook(Box::new(move |info| {
            if !IS_READING.get() {
                before(info);
            }
        }));
    });
}

fn read(bytes: &[u8]) -> Result<String, String> {
    let options = LoadOptions {
        max_decompressed_size: Some(MAX_UNPACKED),
        ..LoadOptions::default()
    };
    let document =
        Document::load_mem_with_options(bytes, options).map_err(|_| DAMAGED.to_owned())?;
    if document.is_encrypted() {
        return Err("encrypted".to_owned());
    }
    let mut text = String::new();
    for page in document.get_pages().into_values() {
        read_page(&document, page, &mut text)?;
        if text.len() > MAX_UNPACKED {
            return Err(format!("it unpacks to more than {} MB", MAX_UNPACKED >> 20));
        }
        text.push('\n');
    }
    if text.trim().is_empty() {
        return Err("a PDF without text; scanned pages are pictures".to_owned());
    }
    Ok(text)
}

fn read_page(document: &Document, page: ObjectId, text: &mut String) -> Result<(), String> {
    let damaged = |_| DAMAGED.to_owned();
    let fonts = document.get_page_fonts(page).map_err(damaged)?;
    // A font that can't be read leaves out what is shown in it.
    let fonts: BTreeMap<Vec<u8>, Encoding<'_>> = fonts
        .into_iter()
        .filter_map(|(name, font)| {
            let encoding = font
                .get_font_encoding_with_limit(document, MAX_UNPACKED)
                .ok()?;
            Some((name, encoding))
        })
        .collect();
    let content = document
        .get_page_content_with_limit(page, MAX_UNPACKED)
        .map_err(damaged)?;
    let content = Content::decode(&content).map_err(damaged)?;
    let mut font = None;
    // The line that the last text matrix led to.
    let mut line = None;
    for operation in &content.operations {
        let operands = operation.operands.as_slice();
        match operation.operator.as_str() {
            "Tf" => {
                let name = operands.first().and_then(|name| name.as_name().ok());
                font = name.and_then(|name| fonts.get(name));
            }
            "Td" | "TD" => {
                let down = operands.get(1).and_then(|down| down.as_float().ok());
                part(text, down.is_some_and(|down| down == 0.0));
            }
            "Tm" => {
                let next = operands.get(5).and_then(|next| next.as_float().ok());
                part(text, next == line);
                line = next;
            }
            "T*" | "ET" => part(text, false),
            "Tj" | "TJ" => show(text, font, operands),
            "'" => {
                part(text, false);
                show(text, font, operands);
            }
            "\"" => {
                part(text, false);
                show(text, font, operands.get(2..).unwrap_or_default());
            }
            _ => {}
        }
    }
    Ok(())
}

/// Parts what follows from what is there.
fn part(text: &mut String, is_same_line: bool) {
    if is_same_line {
        if !text.ends_with([' ', '\n']) {
            text.push(' ');
        }
    } else if !text.ends_with('\n') {
        text.push('\n');
    }
}

fn show(text: &mut String, font: Option<&Encoding<'_>>, operands: &[Object]) {
    let Some(font) = font else { return };
    for operand in operands {
        match operand {
            Object::String(bytes, _) => {
                text.push_str(&Document::decode_text(font, bytes).unwrap_or_default());
            }
            Object::Array(elements) => show(text, Some(font), elements),
            gap if gap.as_float().is_ok_and(|gap| gap < -SPACE) => part(text, true),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use lopdf::content::Operation;
    use lopdf::{Stream, dictionary};

    use super::*;

    fn file(operations: Vec<Operation>) -> Vec<u8> {
        let mut document = Document::with_version("1.5");
        let pages = document.new_object_id();
        let font = document.add_object(dictionary! {
            "Type" => "Font", "Subtype" => "Type1", "BaseFont" => "Courier",
        });
        let resources = document.add_object(dictionary! {
            "Font" => dictionary! { "F1" => font },
        });
        let content = Content { operations }.encode().unwrap();
        let content = document.add_object(Stream::new(dictionary! {}, content));
        let page = document.add_object(dictionary! {
            "Type" => "Page", "Parent" => pages, "Contents" => content, "Resources" => resources,
        });
        document.objects.insert(
            pages,
            dictionary! { "Type" => "Pages", "Kids" => vec![page.into()], "Count" => 1 }.into(),
        );
        let catalog = document.add_object(dictionary! { "Type" => "Catalog", "Pages" => pages });
        document.trailer.set("Root", catalog);
        let mut bytes = Vec::new();
        document.save_to(&mut bytes).unwrap();
        bytes
    }

    fn shown() -> Vec<Operation> {
        let text = |text: &str| Object::string_literal(text);
        vec![
            Operation::new("BT", vec![]),
            Operation::new("Tf", vec!["F1".into(), 12.into()]),
            Operation::new("Td", vec![100.into(), 600.into()]),
            Operation::new(
                "TJ",
                vec![
                    vec![
                        text("The o"),
                        20.into(),
                        text("ld"),
                        (-250).into(),
                        text("mill"),
                    ]
                    .into(),
                ],
            ),
            Operation::new("Td", vec![0.into(), (-14).into()]),
            Operation::new("Tj", vec![text("was")]),
            Operation::new("Td", vec![30.into(), 0.into()]),
            Operation::new("Tj", vec![text("sold.")]),
            Operation::new("ET", vec![]),
        ]
    }

    #[test]
    fn strings_are_text_in_lines() {
        let text = extract(&file(shown())).unwrap();
        assert_eq!(text.trim(), "The old mill\nwas sold.");
    }

    #[test]
    fn files_without_text_say_why() {
        assert_eq!(extract(b"%PDF-1.5 and no more").unwrap_err(), DAMAGED);
        assert_eq!(extract(b"").unwrap_err(), DAMAGED);
        let reason = extract(&file(Vec::new())).unwrap_err();
        assert_eq!(reason, "a PDF without text; scanned pages are pictures");
    }

    /// Whatever is damaged, the build goes on.
    #[test]
    fn damage_is_no_panic() {
        let file = file(shown());
        for at in 0..file.len() {
            let mut damaged = file.clone();
            damaged[at] ^= 0x15;
            let _ = extract(&damaged);
            let _ = extract(&file[..at]);
        }
    }
}
