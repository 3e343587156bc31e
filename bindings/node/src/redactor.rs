//! Texts without what a database finds, and back.

use std::sync::Arc;

use napi::bindgen_prelude::{Buffer, ClassInstance, Either, Unknown};
use napi::{Env, Error, Result};
use napi_derive::napi;
use sluicegate::{Finding, Scanner};
use sluicegate_guard::redact::{self, FpeKey, HashKey, KeyError, RedactError, Style, TokenKey};

use crate::database::{Database, Shared};
use crate::memory::Memory;
use crate::output::{Output, output};
use crate::session::{InSession, Session};

/// A database with a style.
#[napi]
pub struct Redactor {
    shared: Arc<Shared>,
    redactor: redact::Redactor,
}

/// A redactor with the style of this name, or what is wrong with its key. `partial` keeps so many
/// characters at most.
#[napi(catch_unwind)]
pub fn redactor(
    database: &Database,
    style: String,
    keep: u32,
    key: Option<Buffer>,
) -> Result<Either<Redactor, String>> {
    let key = key.as_deref().unwrap_or_default();
    let style = match named(&style, keep as usize, key)? {
        Ok(style) => style,
        Err(error) => return Ok(Either::B(error.to_string())),
    };
    let shared = Arc::clone(&database.0);
    let redactor = redact::Redactor::new(&shared.set, style);
    Ok(Either::A(Redactor { shared, redactor }))
}

/// A text that changed, or why there is none; neither where it stays as it came.
type Changed<'env> = Result<(Option<Output<'env>>, Option<String>)>;

#[napi]
impl Redactor {
    /// The text without what is found in it.
    #[napi(catch_unwind)]
    pub fn redact<'env>(
        &self,
        env: &'env Env,
        text: Unknown<'_>,
        min_confidence: u8,
        session: Option<ClassInstance<'_, Session>>,
    ) -> Changed<'env> {
        let mut session = InSession::from(session);
        self.change(env, &text, |scanner, text| {
            let wanted = |finding: &Finding| finding.confidence >= min_confidence;
            let redacted = self.redactor.redact_in(&mut session, scanner, text, wanted);
            redacted.map(|redacted| redacted.bytes)
        })
    }

    /// The text with the values that a redaction took from it.
    #[napi(catch_unwind)]
    pub fn restore<'env>(
        &self,
        env: &'env Env,
        text: Unknown<'_>,
        min_confidence: u8,
        session: Option<ClassInstance<'_, Session>>,
    ) -> Changed<'env> {
        let session = InSession::from(session);
        self.change(env, &text, |scanner, text| {
            let wanted = |finding: &Finding| finding.confidence >= min_confidence;
            let restored = self.redactor.restore(&session, scanner, text, wanted);
            restored.map(|restored| restored.bytes)
        })
    }

    fn change<'env>(
        &self,
        env: &'env Env,
        text: &Unknown<'_>,
        change: impl FnOnce(&mut Scanner, &[u8]) -> std::result::Result<Vec<u8>, RedactError>,
    ) -> Changed<'env> {
        let mut memory = self.shared.take();
        let Memory {
            scanner, copied, ..
        } = &mut *memory;
        let text = copied.text(text)?;
        let changed = match change(scanner, text.bytes) {
            Ok(bytes) if bytes == text.bytes => (None, None),
            Ok(bytes) => (Some(output(env, bytes, text.unit)?), None),
            Err(error) => (None, Some(error.to_string())),
        };
        self.shared.pool.put(memory);
        Ok(changed)
    }
}

/// The style of this name, or what is wrong with its key.
fn named(name: &str, keep: usize, key: &[u8]) -> Result<std::result::Result<Style, KeyError>> {
    Ok(match name {
        "label" => Ok(Style::Label),
        "numbered" => Ok(Style::Numbered),
        "mask" => Ok(Style::Mask),
        "partial" => Ok(Style::Partial { keep }),
        "hash" => HashKey::new(key).map(Style::Hash),
        "token" => TokenKey::new(key).map(Style::Token),
        "fpe" => FpeKey::new(key).map(Style::Fpe),
        "vault" => Ok(Style::Vault),
        _ => return Err(Error::from_reason("there is no such style")),
    })
}
