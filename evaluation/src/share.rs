//! Shares, their intervals and rates: whole numbers inside, so that every machine gives the same
//! digits.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Parts of [`Share::WHOLE`]; six decimals.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Share(u32);

/// What intervals are computed in before they are rounded to a [`Share`].
const FINE: u128 = 1_000_000_000;

impl Share {
    /// The share that is all.
    pub const WHOLE: u32 = 1_000_000;

    /// `part` of `whole`, rounded half up; none of nothing. A part is at most the whole.
    pub fn of(part: u64, whole: u64) -> Option<Self> {
        let doubled = u128::from(part) * u128::from(Self::WHOLE) * 2 + u128::from(whole);
        let share = doubled.checked_div(u128::from(whole) * 2)?;
        Some(Self(share.min(u128::from(Self::WHOLE)) as u32))
    }

    /// How many millionths it is.
    pub fn millionths(self) -> u32 {
        self.0
    }

    fn from_fine(fine: u128) -> Self {
        let rounded = (fine * u128::from(Self::WHOLE) + FINE / 2) / FINE;
        Self(rounded.min(u128::from(Self::WHOLE)) as u32)
    }
}

impl fmt::Display for Share {
    /// With three decimals, which is more than most samples can tell.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let thousandths = (self.0 + 500) / 1000;
        let text = format!("{}.{:03}", thousandths / 1000, thousandths % 1000);
        f.pad(&text)
    }
}

// Doubles tell all numbers of six decimals apart and are written in their shortest form, which is
// that number: nothing is computed in them.
impl Serialize for Share {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_f64(f64::from(self.0) / f64::from(Self::WHOLE))
    }
}

impl<'de> Deserialize<'de> for Share {
    #[expect(clippy::cast_sign_loss, reason = "the range is checked")]
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let number = f64::deserialize(deserializer)?;
        if !(0.0..=1.0).contains(&number) {
            return Err(serde::de::Error::custom("a share is from 0 to 1"));
        }
        Ok(Self((number * f64::from(Self::WHOLE)).round() as u32))
    }
}

/// A decimal number without sign and exponent, in parts of ten to the power of `places`.
fn decimal(text: &str, places: u32) -> Option<u64> {
    let (whole, part) = text.split_once('.').unwrap_or((text, "0"));
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if !is_number(whole) || !is_number(part) || part.len() > places as usize {
        return None;
    }
    let part = part.parse::<u64>().ok()? * 10u64.pow(places - part.len() as u32);
    whole
        .parse::<u64>()
        .ok()?
        .checked_mul(10u64.pow(places))?
        .checked_add(part)
}

impl FromStr for Share {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let number = decimal(text, 6).filter(|&number| number <= u64::from(Self::WHOLE));
        let number = number.ok_or("a share is a number from 0 to 1, with up to six decimals")?;
        Ok(Self(number as u32))
    }
}

impl FromStr for Rate {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let number = decimal(text, 3);
        number
            .map(Self)
            .ok_or("a rate is a number of 0 or more, with up to three decimals")
    }
}

/// A share that was observed, with the interval that holds the true one in 95 of 100 samples.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Estimate {
    /// What was observed.
    pub value: Share,
    /// Lower end of the interval.
    pub low: Share,
    /// Upper end of the interval.
    pub high: Share,
}

impl Estimate {
    /// `part` of `whole` with the interval of Wilson (E. B. Wilson, Probable inference, the law of
    /// succession, and statistical inference, 1927); none of nothing.
    ///
    /// ```
    /// use sluicegate_evaluation::Estimate;
    /// let estimate = Estimate::of(9, 10).unwrap();
    /// assert_eq!(estimate.to_string(), "0.900 [0.596, 0.982]");
    /// ```
    pub fn of(part: u64, whole: u64) -> Option<Self> {
        let (low, high) = wilson(part, whole)?;
        Some(Self {
            value: Share::of(part, whole)?,
            low: Share::from_fine(low),
            high: Share::from_fine(high),
        })
    }

    /// The F1 measure of so many true, false and missed ones. It is `2J / (1 + J)`, where `J` is the
    /// share of the true ones in all three; the interval is that of `J`, carried over.
    pub fn f1(hits: u64, errors: u64, missed: u64) -> Option<Self> {
        let (low, high) = wilson(hits, hits + errors + missed)?;
        let carried = |fine: u128| Share::from_fine(2 * fine * FINE / (FINE + fine));
        Some(Self {
            value: Share::of(2 * hits, 2 * hits + errors + missed)?,
            low: carried(low),
            high: carried(high),
        })
    }
}

impl fmt::Display for Estimate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { value, low, high } = self;
        f.pad(&format!("{value} [{low}, {high}]"))
    }
}

/// The ends of Wilson's interval for a confidence of 95 %, in parts of [`FINE`].
fn wilson(part: u64, whole: u64) -> Option<(u128, u128)> {
    // The square of 1.96, and what it and the counts are multiplied with.
    const Z2: u128 = 38_416;
    const SCALE: u128 = 10_000;
    // The root is taken of a number so much larger that it keeps four more digits.
    const ROOT: u128 = 10_000;
    if whole == 0 {
        return None;
    }
    let (part, whole) = (u128::from(part.min(whole)), u128::from(whole));
    let centre = (2 * part * SCALE + Z2) * ROOT;
    let spread = Z2 * Z2 + 4 * Z2 * SCALE * part * (whole - part) / whole;
    let half = (spread * ROOT * ROOT).isqrt();
    let below = 2 * (whole * SCALE + Z2) * ROOT;
    let low = centre.saturating_sub(half) * FINE / below;
    let high = ((centre + half) * FINE / below).min(FINE);
    // What was always or never seen has one end that is exact.
    let low = if part == 0 { 0 } else { low };
    let high = if part == whole { FINE } else { high };
    Some((low, high))
}

/// How many in a million bytes, in thousandths.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Rate(u64);

impl Rate {
    /// So many in so many bytes, rounded half up; none in nothing.
    pub fn of(count: u64, bytes: u64) -> Option<Self> {
        let doubled = u128::from(count) * 2_000_000_000 + u128::from(bytes);
        doubled
            .checked_div(u128::from(bytes) * 2)
            .map(|rate| Self(rate as u64))
    }

    /// How many thousandths it is.
    pub fn thousandths(self) -> u64 {
        self.0
    }
}

impl fmt::Display for Rate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let hundredths = (self.0 + 5) / 10;
        f.pad(&format!("{}.{:02}", hundredths / 100, hundredths % 100))
    }
}

impl Serialize for Rate {
    #[expect(clippy::cast_precision_loss, reason = "no rate comes near 2 to the 53")]
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_f64(self.0 as f64 / 1000.0)
    }
}

impl<'de> Deserialize<'de> for Rate {
    #[expect(clippy::cast_sign_loss, reason = "the range is checked")]
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let number = f64::deserialize(deserializer)?;
        if !(0.0..1e12).contains(&number) {
            return Err(serde::de::Error::custom("a rate is 0 or more"));
        }
        Ok(Self((number * 1000.0).round() as u64))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn intervals_are_those_of_the_formula() {
        // By hand, with z = 1.96: (k + z²/2 ± z √(k(n-k)/n + z²/4)) / (n + z²).
        let text = |part, whole| Estimate::of(part, whole).unwrap().to_string();
        assert_eq!(text(0, 10), "0.000 [0.000, 0.278]");
        assert_eq!(text(10, 10), "1.000 [0.722, 1.000]");
        assert_eq!(text(5, 10), "0.500 [0.237, 0.763]");
        assert_eq!(text(81, 263), "0.308 [0.255, 0.366]");
        assert_eq!(text(1, 1), "1.000 [0.207, 1.000]");
        assert!(Estimate::of(0, 0).is_none());
        assert!(Estimate::of(u64::MAX, u64::MAX).is_some());
    }

    #[test]
    fn f1_is_carried_over_from_the_shared_part() {
        // J = 8/16 has [0.27999, 0.72001]; F1 = 2J/(1+J).
        let f1 = Estimate::f1(8, 4, 4).unwrap();
        assert_eq!(f1.to_string(), "0.667 [0.437, 0.837]");
        assert_eq!(Estimate::f1(0, 3, 0).unwrap().value, Share(0));
        assert!(Estimate::f1(0, 0, 0).is_none());
    }

    #[test]
    fn numbers_are_read_as_they_are_written() {
        assert_eq!("0.9".parse(), Ok(Share(900_000)));
        assert_eq!("1".parse(), Ok(Share(1_000_000)));
        assert_eq!("2.25".parse(), Ok(Rate(2250)));
        for wrong in [
            "",
            ".",
            "1.",
            ".5",
            "-1",
            "1e3",
            "1.1",
            "0.1234567",
            "99999999999999999999",
        ] {
            assert!(wrong.parse::<Share>().is_err(), "{wrong}");
        }
        assert!("0.1234".parse::<Rate>().is_err());
    }

    #[test]
    fn numbers_survive_their_json() {
        for number in [0, 1, 333_333, 666_667, 999_999, 1_000_000] {
            let text = serde_json::to_string(&Share(number)).unwrap();
            assert_eq!(serde_json::from_str::<Share>(&text).unwrap(), Share(number));
        }
        assert_eq!(serde_json::to_string(&Share(923_077)).unwrap(), "0.923077");
        let rate = Rate::of(7, 3_000_000).unwrap();
        assert_eq!(
            (serde_json::to_string(&rate).unwrap(), rate.to_string()),
            ("2.333".to_owned(), "2.33".to_owned())
        );
    }
}
