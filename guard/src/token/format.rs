//! Values of the same form: FF1 of NIST SP 800-38G, with a 256-bit key.
//!
//! Digits stay digits, small letters small and capitals capital; everything else stays where it
//! is. A value is one number below the product of its characters' alphabets, which FF1 encrypts in
//! the numerals 0 and 1; a result that is no value of this form is encrypted again until it is one
//! (cycle walking: J. Black and P. Rogaway, "Ciphers with Arbitrary Finite Domains", CT-RSA 2002).
//! So a few capitals among digits need no alphabet of their own that would be too short, and no
//! logarithm of a radix is ever taken in floating point.
//!
//! The same walk can pass over values that the caller does not accept, such as card numbers with a
//! wrong check digit. Both ways pass over the same ones.

use std::fmt;

use aes::Aes256;
use fpe::ff1::{FF1, NumeralString, Operations};
use zeroize::Zeroizing;

use super::key::{KeyError, derive};
use super::seal::TokenKey;

/// Separates this use of a secret from every other.
const KEY_CONTEXT: &str = "sluicegate format-preserving encryption by FF1, version 1";
/// Fewest values that there must be of a form, which NIST SP 800-38G revision 1 asks for: of fewer,
/// the value could be found by trying.
const MIN_SIZE: u128 = 1_000_000;

/// The key of format-preserving encryption. It is wiped when dropped.
///
/// It seals, as a token, what has no form to preserve: values of a form of which there are fewer
/// than a million or more than 2^128, values with characters outside ASCII, and those of which the
/// classifier accepts so few that none was found. A [`TokenKey`] of the same secret opens these
/// tokens.
#[derive(Clone, PartialEq, Eq)]
pub struct FpeKey {
    cipher: Zeroizing<[u8; 32]>,
    token: TokenKey,
}

impl fmt::Debug for FpeKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("FpeKey")
    }
}

/// Which way to walk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Direction {
    Encrypt,
    Decrypt,
}

impl FpeKey {
    /// A key from secret bytes, for example the contents of a key file; space at either end does
    /// not count.
    ///
    /// # Errors
    /// When there are fewer than [`super::MIN_KEY_LEN`] bytes.
    pub fn new(secret: &[u8]) -> Result<Self, KeyError> {
        Ok(Self {
            cipher: derive(KEY_CONTEXT, secret)?,
            token: TokenKey::new(secret)?,
        })
    }

    /// The key of the tokens for values that can't keep their form.
    pub(crate) fn token(&self) -> &TokenKey {
        &self.token
    }

    /// The next value of the same form on the way that the caller accepts. `steps` is the work
    /// left, in applications of the cipher. None where the form has too few values or too many,
    /// the walk came back to where it started, or no work is left.
    pub(crate) fn walk(
        &self,
        id: &str,
        value: &[u8],
        direction: Direction,
        steps: &mut usize,
        mut accept: impl FnMut(&[u8]) -> bool,
    ) -> Option<Vec<u8>> {
        let form = Form::of(value)?;
        let cipher = FF1::<Aes256>::new(&*self.cipher, 2).expect("2 is a radix");
        let tweak = id.as_bytes();
        let mut bits = Numerals {
            number: rank(value),
            radix: 2,
            len: form.bits,
        };
        while *steps > 0 {
            *steps -= 1;
            let next = match direction {
                Direction::Encrypt => cipher.encrypt(tweak, &bits),
                Direction::Decrypt => cipher.decrypt(tweak, &bits),
            };
            bits = next.expect("the numerals are of the radix and enough");
            if bits.number >= form.size {
                continue;
            }
            let candidate = unrank(value, bits.number);
            if candidate == value {
                return None;
            }
            if accept(&candidate) {
                return Some(candidate);
            }
        }
        None
    }
}

/// How many values have the form of a value.
struct Form {
    size: u128,
    /// Bits of the greatest rank.
    bits: usize,
}

impl Form {
    fn of(value: &[u8]) -> Option<Self> {
        if !value.is_ascii() {
            return None;
        }
        let mut alphabets = value.iter().copied().filter_map(alphabet);
        let size = alphabets.try_fold(1u128, |size, (_, count)| size.checked_mul(count))?;
        (size >= MIN_SIZE).then(|| Self {
            size,
            bits: (u128::BITS - (size - 1).leading_zeros()) as usize,
        })
    }
}

/// The first character of a byte's alphabet, and how many it has.
fn alphabet(byte: u8) -> Option<(u8, u128)> {
    match byte {
        b'0'..=b'9' => Some((b'0', 10)),
        b'a'..=b'z' => Some((b'a', 26)),
        b'A'..=b'Z' => Some((b'A', 26)),
        _ => None,
    }
}

/// The place of a value among all of its form, in the order of their bytes.
fn rank(value: &[u8]) -> u128 {
    value.iter().fold(0, |rank, &byte| match alphabet(byte) {
        Some((first, count)) => rank * count + u128::from(byte - first),
        None => rank,
    })
}

/// The value at this place among all of this value's form.
fn unrank(form: &[u8], mut rank: u128) -> Vec<u8> {
    let mut value = form.to_vec();
    for byte in value.iter_mut().rev() {
        if let Some((first, count)) = alphabet(*byte) {
            *byte = first + (rank % count) as u8;
            rank /= count;
        }
    }
    value
}

/// A string of numerals, as the number that it is: what FF1 computes with.
#[derive(Debug, PartialEq, Eq)]
struct Numerals {
    number: u128,
    radix: u32,
    len: usize,
}

impl Numerals {
    fn with(&self, number: u128, len: usize) -> Self {
        Self {
            number,
            radix: self.radix,
            len,
        }
    }

    /// How many strings of so many numerals there are; none where these are 2^128 or more.
    fn count(&self, len: usize) -> Option<u128> {
        u128::from(self.radix).checked_pow(len as u32)
    }

    /// The same of half a string, which always has fewer than 2^128 values.
    fn half_count(&self, len: usize) -> u128 {
        self.count(len).expect("half a string is a short number")
    }

    /// A number given by its bytes, without whole multiples of `count`, which is 2^64 at most.
    fn reduce(bytes: impl Iterator<Item = u8>, count: u128) -> u128 {
        // Eight bytes at a time: divisions are most of the work.
        let bytes: Vec<u8> = bytes.collect();
        bytes.chunks(8).fold(0, |number, chunk| {
            let appended = chunk
                .iter()
                .fold(number, |number, &byte| number << 8 | u128::from(byte));
            appended % count
        })
    }
}

impl NumeralString for Numerals {
    type Ops = Self;

    fn is_valid(&self, radix: u32) -> bool {
        self.radix == radix && self.count(self.len).is_none_or(|count| self.number < count)
    }

    fn numeral_count(&self) -> usize {
        self.len
    }

    fn split(&self) -> (Self, Self) {
        let front = self.len / 2;
        let back = self.len - front;
        let count = self.half_count(back);
        (
            self.with(self.number / count, front),
            self.with(self.number % count, back),
        )
    }

    fn concat(front: Self, back: Self) -> Self {
        let count = front.half_count(back.len);
        front.with(front.number * count + back.number, front.len + back.len)
    }
}

impl Operations for Numerals {
    type Bytes = Vec<u8>;

    fn numeral_count(&self) -> usize {
        self.len
    }

    fn to_be_bytes(&self, _radix: u32, len: usize) -> Vec<u8> {
        let bytes = self.number.to_be_bytes();
        bytes[bytes.len() - len..].to_vec()
    }

    fn add_mod_exp(self, other: impl Iterator<Item = u8>, _radix: u32, len: usize) -> Self {
        let count = self.half_count(len);
        let other = Self::reduce(other, count);
        self.with((self.number + other) % count, len)
    }

    fn sub_mod_exp(self, other: impl Iterator<Item = u8>, _radix: u32, len: usize) -> Self {
        let count = self.half_count(len);
        let other = Self::reduce(other, count);
        self.with((self.number + count - other) % count, len)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEY: [u8; 32] = [
        0x2b, 0x7e, 0x15, 0x16, 0x28, 0xae, 0xd2, 0xa6, 0xab, 0xf7, 0x15, 0x88, 0x09, 0xcf, 0x4f,
        0x3c, 0xef, 0x43, 0x59, 0xd8, 0xd5, 0x80, 0xaa, 0x4f, 0x7f, 0x03, 0x6d, 0x6f, 0x04, 0xfc,
        0x6a, 0x94,
    ];

    fn numerals(text: &str, radix: u32) -> Numerals {
        let digits = text.chars().map(|digit| digit.to_digit(radix).unwrap());
        Numerals {
            number: digits.fold(0, |number, digit| {
                number * u128::from(radix) + u128::from(digit)
            }),
            radix,
            len: text.len(),
        }
    }

    fn key() -> FpeKey {
        FpeKey::new(b"a key for tests only").unwrap()
    }

    fn walk(value: &[u8], direction: Direction, accept: fn(&[u8]) -> bool) -> Option<Vec<u8>> {
        key().walk("custom.ticket", value, direction, &mut 10_000, accept)
    }

    /// The samples 7 to 9 that NIST publishes beside SP 800-38G.
    #[test]
    fn the_samples_of_nist_hold() {
        for (radix, tweak, plain, encrypted) in [
            (10, "", "0123456789", "6657667009"),
            (10, "9876543210", "0123456789", "1001623463"),
            (
                36,
                "7777pqrs777",
                "0123456789abcdefghi",
                "xs8a0azh2avyalyzuwd",
            ),
        ] {
            let cipher = FF1::<Aes256>::new(&KEY, radix).unwrap();
            let (plain, encrypted) = (numerals(plain, radix), numerals(encrypted, radix));
            let tweak = tweak.as_bytes();
            assert_eq!(cipher.encrypt(tweak, &plain).ok().unwrap(), encrypted);
            assert_eq!(cipher.decrypt(tweak, &encrypted).ok().unwrap(), plain);
        }
    }

    #[test]
    fn the_form_is_kept_and_the_value_comes_back() {
        for value in [
            "000000",
            "999-99-9999",
            "AB 12 cd",
            "jane.doe@example.com",
            "99999999999999999999999999999999999999",
            "zzzzzzzzzzzzzzzzzzzzzzzzzzz",
        ] {
            let value = value.as_bytes();
            let encrypted = walk(value, Direction::Encrypt, |_| true).unwrap();
            assert_ne!(encrypted, value);
            assert_eq!(encrypted.len(), value.len());
            for (&before, &after) in value.iter().zip(&encrypted) {
                assert_eq!(alphabet(before), alphabet(after));
                assert!(alphabet(before).is_some() || before == after);
            }
            let decrypted = walk(&encrypted, Direction::Decrypt, |_| true).unwrap();
            assert_eq!(decrypted, value);
        }
    }

    #[test]
    fn what_is_not_accepted_is_passed_over_both_ways() {
        let accept: fn(&[u8]) -> bool = |value| {
            let sum: u32 = value.iter().map(|byte| u32::from(byte - b'0')).sum();
            sum.is_multiple_of(10)
        };
        for number in 0..50 {
            let value = format!("{:08}", number * 9).into_bytes();
            if accept(&value) {
                let encrypted = walk(&value, Direction::Encrypt, accept).unwrap();
                assert!(accept(&encrypted));
                assert_eq!(walk(&encrypted, Direction::Decrypt, accept).unwrap(), value);
            }
        }
        assert_eq!(walk(b"00000000", Direction::Encrypt, |_| false), None);
    }

    #[test]
    fn forms_of_too_few_or_too_many_values_are_refused() {
        for value in ["12345", "abcd", "", "--", "1234567é", &"9".repeat(39)] {
            assert_eq!(walk(value.as_bytes(), Direction::Encrypt, |_| true), None);
        }
    }

    #[test]
    fn work_is_bounded() {
        let mut steps = 20;
        let found = key().walk("a", b"12345678", Direction::Encrypt, &mut steps, |_| false);
        assert_eq!((found, steps), (None, 0));
    }

    #[test]
    fn keys_and_classifiers_differ() {
        let encrypt = |key: &FpeKey, id: &str| {
            key.walk(id, b"12345678", Direction::Encrypt, &mut 1_000, |_| true)
                .unwrap()
        };
        let other = FpeKey::new(b"another key for tests").unwrap();
        let encrypted = encrypt(&key(), "custom.ticket");
        assert_ne!(encrypted, encrypt(&key(), "custom.other"));
        assert_ne!(encrypted, encrypt(&other, "custom.ticket"));
        assert_eq!(format!("{:?}", key()), "FpeKey");
    }
}
