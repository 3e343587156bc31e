//! Texts without what a database finds, and back.

use std::sync::PoisonError;

use napi::bindgen_prelude::{Buffer, ClassInstance, Unknown};
use napi::{Env, Error, Result};
use napi_derive::napi;
use sluicegate::{Finding, Scanner};
use sluicegate_guard::redact::{FpeKey, HashKey, KeyError, RedactError, Redactor, Style, TokenKey};

use crate::database::{Database, Shared};
use crate::memory::Memory;
use crate::output::{Output, output};
use crate::session::{InSession, Session};

/// How a text is redacted, or was.
#[napi(object, object_to_js = false)]
pub struct Redaction {
    /// Name of the style.
    pub style: String,
    /// Most characters that `partial` keeps.
    pub keep: u32,
    /// Secret bytes, which some styles need.
    pub key: Option<Buffer>,
    /// Findings of less confidence stay.
    pub min_confidence: u8,
}

/// A text, or why there is none.
type Redacted<'env> = Result<(Option<Output<'env>>, Option<String>)>;

#[napi]
impl Database {
    /// The text without what is found in it.
    #[napi(catch_unwind)]
    pub fn redact<'env>(
        &self,
        env: &'env Env,
        text: Unknown<'_>,
        asked: Redaction,
        session: Option<ClassInstance<'_, Session>>,
    ) -> Redacted<'env> {
        let mut session = InSession::from(session);
        self.change(env, &text, &asked, |redactor, scanner, text, wanted| {
            let redacted = redactor.redact_in(&mut session, scanner, text, wanted);
            redacted.map(|redacted| redacted.bytes)
        })
    }

    /// The text with the values that a redaction took from it.
    #[napi(catch_unwind)]
    pub fn restore<'env>(
        &self,
        env: &'env Env,
        text: Unknown<'_>,
        asked: Redaction,
        session: Option<ClassInstance<'_, Session>>,
    ) -> Redacted<'env> {
        let session = InSession::from(session);
        self.change(env, &text, &asked, |redactor, scanner, text, wanted| {
            let restored = redactor.restore(&session, scanner, text, wanted);
            restored.map(|restored| restored.bytes)
        })
    }
}

impl Database {
    fn change<'env>(
        &self,
        env: &'env Env,
        text: &Unknown<'_>,
        asked: &Redaction,
        change: impl FnOnce(
            &Redactor,
            &mut Scanner,
            &[u8],
            &dyn Fn(&Finding) -> bool,
        ) -> std::result::Result<Vec<u8>, RedactError>,
    ) -> Redacted<'env> {
        let redactor = match style(asked)? {
            Ok(style) => self.0.redactor(style),
            Err(error) => return Ok((None, Some(error.to_string()))),
        };
        let mut memory = self.0.take();
        let Memory {
            scanner, copied, ..
        } = &mut *memory;
        let text = copied.text(text)?;
        let wanted = |finding: &Finding| finding.confidence >= asked.min_confidence;
        let changed = change(&redactor, scanner, text.bytes, &wanted);
        let unit = text.unit;
        self.0.pool.put(memory);
        Ok(match changed {
            Ok(bytes) => (Some(output(env, bytes, unit)?), None),
            Err(error) => (None, Some(error.to_string())),
        })
    }
}

impl Shared {
    /// The redactor of a style.
    fn redactor(&self, style: Style) -> Redactor {
        let mut last = self.redactor.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((known, redactor)) = &*last
            && *known == style
        {
            return redactor.clone();
        }
        let redactor = Redactor::new(&self.set, style.clone());
        *last = Some((style, redactor.clone()));
        redactor
    }
}

/// The style, or what is wrong with its key.
fn style(asked: &Redaction) -> Result<std::result::Result<Style, KeyError>> {
    let key = asked.key.as_deref().unwrap_or_default();
    Ok(Ok(match asked.style.as_str() {
        "label" => Style::Label,
        "numbered" => Style::Numbered,
        "mask" => Style::Mask,
        "partial" => Style::Partial {
            keep: asked.keep as usize,
        },
        "vault" => Style::Vault,
        "hash" => return Ok(HashKey::new(key).map(Style::Hash)),
        "token" => return Ok(TokenKey::new(key).map(Style::Token)),
        "fpe" => return Ok(FpeKey::new(key).map(Style::Fpe)),
        _ => return Err(Error::from_reason("there is no such style")),
    }))
}
