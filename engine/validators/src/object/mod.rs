//! Numbers of things: vehicles, devices, ships.

pub(crate) mod imei;
pub(crate) mod imo;
pub(crate) mod vin;
