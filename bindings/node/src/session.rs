//! What redactions of one conversation remember.

use std::ops::{Deref, DerefMut};

use napi::bindgen_prelude::{ClassInstance, Either};
use napi_derive::napi;
use sluicegate_guard::redact;

/// What redactions of one conversation remember. It holds values, which it never shows.
#[napi]
pub struct Session(pub(crate) redact::Session);

/// A session of this name, or why there can be none.
#[napi(catch_unwind)]
pub fn session(name: String) -> Either<Session, String> {
    match redact::Session::new(&name) {
        Ok(session) => Either::A(Session(session)),
        Err(error) => Either::B(error.to_string()),
    }
}

#[napi]
impl Session {
    /// Number of values that are remembered.
    #[napi(getter, catch_unwind)]
    pub fn count(&self) -> u32 {
        self.0.len() as u32
    }
}

/// The session of a call: the caller's, or one that ends with it.
pub(crate) enum InSession<'a> {
    Given(ClassInstance<'a, Session>),
    Own(redact::Session),
}

impl<'a> From<Option<ClassInstance<'a, Session>>> for InSession<'a> {
    fn from(given: Option<ClassInstance<'a, Session>>) -> Self {
        given.map_or_else(|| Self::Own(redact::Session::default()), Self::Given)
    }
}

impl Deref for InSession<'_> {
    type Target = redact::Session;

    fn deref(&self) -> &redact::Session {
        match self {
            Self::Given(session) => &session.0,
            Self::Own(session) => session,
        }
    }
}

impl DerefMut for InSession<'_> {
    fn deref_mut(&mut self) -> &mut redact::Session {
        match self {
            Self::Given(session) => &mut session.0,
            Self::Own(session) => session,
        }
    }
}
