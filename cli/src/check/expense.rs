//! Which detectors cost much by their plan, why, and what would make them cheaper.

use sluicegate::model::Code;
use sluicegate::{AnchorPlan, DetectorPlan, Route};

/// An anchor that stands at more than one position in `2^COMMON` of ordinary text is expensive: one
/// rule alone is then checked more than once for each kilobyte.
const COMMON: u32 = 10;
/// Bytes that a match may have where no literal says early that there is none. A candidate may be read
/// that far; longer than every number, id and address.
const LONG: usize = 1024;

/// Adds what can be said of one detector: code, message, hint.
pub(super) fn advise(plan: &DetectorPlan, add: &mut impl FnMut(Code, String, &str)) {
    let (number, plan) = (plan.detector, &plan.plan);
    if plan.route == Route::Residual {
        let message = format!(
            "detector {number} is expensive: it is tried at every possible first byte, because {}",
            plan.reason
        );
        let hint = "a literal that each match has, or a longer run of one class, would help";
        add(Code::Residual, message, hint);
        return;
    }
    if let Some(anchor) = plan.anchors.iter().min_by_key(|anchor| anchor.rarity)
        && anchor.rarity < COMMON
    {
        let message = format!(
            "detector {number} is expensive: {} stands at about one position in {} of ordinary \
             text, and each is checked",
            sought(anchor),
            1u64 << anchor.rarity
        );
        let rarer = match plan.route {
            Route::Shape => "a literal that each match has, or a longer run",
            _ => "a rarer or longer literal",
        };
        // Where something must stand before it already, a boundary adds nothing.
        let boundary = match anchor.preceded_by {
            None => ", or a boundary before it",
            Some(_) => "",
        };
        let hint = format!("use {rarer}{boundary}");
        add(Code::Expensive, message, &hint);
    }
    if plan.route == Route::Shape && plan.max_len > LONG {
        let message = format!(
            "detector {number} is expensive: no literal says early that there is no match, which \
             may have {} bytes",
            plan.max_len
        );
        let hint = format!(
            "bound the repeats, or set `max_len` to {LONG} or less; a literal would help more"
        );
        add(Code::Expensive, message, &hint);
    }
}

/// What the filters look for, in a few characters.
fn sought(anchor: &AnchorPlan) -> String {
    let first = anchor.finds.first().map_or("", String::as_str);
    match anchor.alternatives {
        0 | 1 => format!("`{first}`"),
        several => format!("`{first}` or one of {} others", several - 1),
    }
}
