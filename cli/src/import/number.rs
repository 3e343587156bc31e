//! Decimals as they are written, in hundredths.

/// A number from 0, in hundredths, and whether it has more decimals than that keeps; `None` where
/// the text is no such number.
pub(super) fn hundredths(text: &str) -> Option<(u32, bool)> {
    let (units, part) = text.split_once('.').unwrap_or((text, ""));
    let digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
    if !digits(units) || !digits(part) || units.len() + part.len() == 0 {
        return None;
    }
    let (kept, cut) = part.split_at(part.len().min(2));
    let units: u32 = if units.is_empty() {
        0
    } else {
        units.parse().ok()?
    };
    let part: u32 = format!("{kept:0<2}").parse().ok()?;
    let value = units.checked_mul(100)?.checked_add(part)?;
    Some((value, cut.bytes().any(|b| b != b'0')))
}

#[cfg(test)]
mod tests {
    use super::hundredths;

    #[test]
    fn decimals_keep_two_places() {
        assert_eq!(hundredths("3"), Some((300, false)));
        assert_eq!(hundredths("3.5"), Some((350, false)));
        assert_eq!(hundredths(".05"), Some((5, false)));
        assert_eq!(hundredths("2.750"), Some((275, false)));
        assert_eq!(hundredths("2.756"), Some((275, true)));
        for wrong in ["", ".", "-1", "1e3", "x"] {
            assert_eq!(hundredths(wrong), None, "{wrong}");
        }
    }
}
