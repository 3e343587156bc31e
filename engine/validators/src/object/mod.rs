//! Numbers of things: vehicles, devices, ships.

pub(crate) mod container;
pub(crate) mod imei;
pub(crate) mod imo;
pub(crate) mod substance;
pub(crate) mod vin;
