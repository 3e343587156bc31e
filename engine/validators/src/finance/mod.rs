//! Cards, accounts, banks and securities.

pub(crate) mod aba;
pub(crate) mod bic;
pub(crate) mod card;
pub(crate) mod creditor;
pub(crate) mod iban;
pub(crate) mod securities;
