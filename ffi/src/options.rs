//! What a scan is asked for.

use crate::error::Failure;
use crate::offset::Unit;
use crate::{handle, sg_status};

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
    /// 1 for one finding of each value: of those that claim it, the one that is most likely right. 0 for
    /// all, as streams have them. Takes memory where findings overlap.
    pub resolve: u32,
    /// 0.
    pub reserved: u32,
}

/// Options that were checked.
#[derive(Clone, Copy)]
pub(crate) struct Options {
    pub(crate) unit: Unit,
    pub(crate) min_confidence: u8,
    pub(crate) resolve: bool,
}

impl Options {
    /// # Safety
    /// The pointer is NULL or to as many bytes as `size`, the first field, says.
    pub(crate) unsafe fn read(options: *const sg_scan_options) -> Result<Self, Failure> {
        if options.is_null() {
            return Ok(Self {
                unit: Unit::Bytes,
                min_confidence: 0,
                resolve: false,
            });
        }
        // SAFETY: the caller's promise is that of `sized`.
        let options = unsafe { handle::sized(options, "options", "sg_scan_options") }?;
        let unit = Unit::of(options.offset_unit)?;
        let least = options.min_confidence;
        let min_confidence = u8::try_from(least).ok().filter(|&least| least <= 100);
        let Some(min_confidence) = min_confidence else {
            let message = format!("`min_confidence` is {least}: it is 0 to 100");
            return Err(Failure::new(sg_status::InvalidArgument, message));
        };
        let resolve = match (options.resolve, options.reserved) {
            (resolve @ 0..=1, 0) => resolve == 1,
            (0..=1, _) => {
                let message = "`reserved` is not 0";
                return Err(Failure::new(sg_status::InvalidArgument, message));
            }
            (resolve, _) => {
                let message = format!("`resolve` is {resolve}: it is 0 or 1");
                return Err(Failure::new(sg_status::InvalidArgument, message));
            }
        };
        Ok(Self {
            unit,
            min_confidence,
            resolve,
        })
    }

    /// # Errors
    /// When one finding of each value is asked for, which takes the whole text.
    pub(crate) fn all_findings(self) -> Result<(), Failure> {
        if self.resolve {
            let message = "streams can't resolve: `resolve` is 0";
            return Err(Failure::new(sg_status::InvalidArgument, message));
        }
        Ok(())
    }
}
