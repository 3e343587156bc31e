//! What a scan is asked for.

use crate::error::Failure;
use crate::offset::Unit;
use crate::{handle, sg_offset_unit, sg_status};

/// What a scan is asked for. NULL in place of options asks for everything, in bytes.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct sg_scan_options {
    /// sizeof(sg_scan_options), as the program was compiled with it.
    pub size: usize,
    /// What offsets count: an sg_offset_unit.
    pub offset_unit: u32,
    /// Findings below this confidence are left out, 0 to 100.
    pub min_confidence: u32,
}

/// Options that were checked.
#[derive(Clone, Copy)]
pub(crate) struct Options {
    pub(crate) unit: Unit,
    pub(crate) min_confidence: u8,
}

impl Options {
    /// # Safety
    /// The pointer is NULL or to as many bytes as `size`, the first field, says.
    pub(crate) unsafe fn read(options: *const sg_scan_options) -> Result<Self, Failure> {
        if options.is_null() {
            return Ok(Self {
                unit: Unit::Bytes,
                min_confidence: 0,
            });
        }
        let place = handle::place(options.cast_mut(), "options")?;
        // SAFETY: not NULL and aligned; the size is there by the caller's promise.
        let size = unsafe { place.cast::<usize>().read() };
        if size != size_of::<sg_scan_options>() {
            let message = format!(
                "the options have {size} bytes: this library takes {}",
                size_of::<sg_scan_options>()
            );
            let hint = "set `size` to sizeof(sg_scan_options)";
            return Err(Failure::new(sg_status::InvalidArgument, message).hint(hint));
        }
        // SAFETY: as above, and the size tells that the rest is there.
        let options = unsafe { place.read() };
        let unit = options.offset_unit;
        let unit = match unit {
            _ if unit == sg_offset_unit::Bytes as u32 => Unit::Bytes,
            _ if unit == sg_offset_unit::CodePoints as u32 => Unit::CodePoints,
            _ if unit == sg_offset_unit::Utf16 as u32 => Unit::Utf16,
            _ => {
                let message = format!("`offset_unit` is {unit}: it is 0, 1 or 2");
                return Err(Failure::new(sg_status::InvalidArgument, message));
            }
        };
        let least = options.min_confidence;
        let min_confidence = u8::try_from(least).ok().filter(|&least| least <= 100);
        let Some(min_confidence) = min_confidence else {
            let message = format!("`min_confidence` is {least}: it is 0 to 100");
            return Err(Failure::new(sg_status::InvalidArgument, message));
        };
        Ok(Self {
            unit,
            min_confidence,
        })
    }
}
