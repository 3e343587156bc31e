//! What is known of a message beside its bytes.

use sluicegate_guard::policy::Channel;

use crate::error::Failure;
use crate::offset::Unit;
use crate::{handle, sg_status};

/// What is known of a message beside its bytes.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct sg_request {
    /// sizeof(sg_request), as the program was compiled with it.
    pub size: usize,
    /// Where the message comes from and goes to: an sg_channel.
    pub channel: u32,
    /// How it is written: an sg_form.
    pub form: u32,
    /// What offsets count: an sg_offset_unit. Those of streams count bytes.
    pub offset_unit: u32,
    /// 0.
    pub reserved: u32,
}

/// Where a message comes from and goes to.
#[repr(u32)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum sg_channel {
    /// To the model, from a person or program.
    Prompt = 0,
    /// From the model.
    Output = 1,
    /// From the model to a tool.
    ToolArgs = 2,
    /// From a tool to the model.
    ToolResult = 3,
    /// A document that is retrieved or stored for the model.
    Document = 4,
}

/// How a message is written.
#[repr(u32)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum sg_form {
    /// Text, of which every byte may be inspected and redacted. Streams take no other.
    Text = 0,
    /// JSON, which is inspected in its strings and numbers, and stays JSON.
    Json = 1,
}

/// A request that was checked.
pub(crate) struct Request {
    pub(crate) known: sluicegate_guard::Request,
    pub(crate) form: sg_form,
    pub(crate) unit: Unit,
}

impl Request {
    /// # Safety
    /// The pointer is NULL or to as many bytes as `size`, the first field, says.
    pub(crate) unsafe fn read(request: *const sg_request) -> Result<Self, Failure> {
        // SAFETY: the caller's promise is that of `sized`.
        let request = unsafe { handle::sized(request, "request", "sg_request") }?;
        let wrong = |message| Err(Failure::new(sg_status::InvalidArgument, message));
        let channel = match request.channel {
            c if c == sg_channel::Prompt as u32 => Channel::Prompt,
            c if c == sg_channel::Output as u32 => Channel::Output,
            c if c == sg_channel::ToolArgs as u32 => Channel::ToolArgs,
            c if c == sg_channel::ToolResult as u32 => Channel::ToolResult,
            c if c == sg_channel::Document as u32 => Channel::Document,
            other => return wrong(format!("`channel` is {other}: it is 0 to 4")),
        };
        let form = match request.form {
            f if f == sg_form::Text as u32 => sg_form::Text,
            f if f == sg_form::Json as u32 => sg_form::Json,
            other => return wrong(format!("`form` is {other}: it is 0 or 1")),
        };
        if request.reserved != 0 {
            return wrong(format!("`reserved` is {}: it is 0", request.reserved));
        }
        Ok(Self {
            known: sluicegate_guard::Request::new(channel),
            form,
            unit: Unit::of(request.offset_unit)?,
        })
    }

    /// The same for a stream, which is of text and counts bytes.
    ///
    /// # Safety
    /// That of [`Self::read`].
    pub(crate) unsafe fn read_for_stream(request: *const sg_request) -> Result<Self, Failure> {
        // SAFETY: the caller's promise.
        let request = unsafe { Self::read(request) }?;
        if request.form != sg_form::Text {
            let failure = Failure::new(sg_status::InvalidArgument, "streams are of text, not JSON");
            return Err(failure.hint("inspect a JSON message as a whole, or stream its strings"));
        }
        request.unit.only_bytes()?;
        Ok(request)
    }
}
