//! What is in these bytes?
pub use sluicegate_model as model;
