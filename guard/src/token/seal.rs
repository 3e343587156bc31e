//! Reversible tokens: AES-SIV (RFC 5297) with 256-bit keys. A token is the value itself, sealed;
//! nothing has to be kept to turn it back but the key. The classifier is authenticated with it, so
//! that a token can't pass for one of another kind.

use std::fmt;

use aes_siv::KeyInit;
use aes_siv::siv::Aes256Siv;
use zeroize::Zeroizing;

use super::base32;
use super::key::{KeyError, derive};

/// Separates this use of a secret from every other.
const KEY_CONTEXT: &str = "sluicegate reversible token by AES-SIV, version 1";
/// Bytes by which what is sealed grows.
const TAG_LEN: usize = 16;
/// Most bytes in one token; longer values take several, so that a token is never longer than a
/// stream can hold back.
pub(crate) const MAX_SEALED: usize = 1024;
/// Fewest characters of a token's body.
pub(crate) const MIN_BODY: usize = base32::encoded_len(TAG_LEN);
/// Most characters of a token's body.
pub(crate) const MAX_BODY: usize = base32::encoded_len(TAG_LEN + MAX_SEALED);

/// The key of reversible tokens. It is wiped when dropped.
#[derive(Clone, PartialEq, Eq)]
pub struct TokenKey(Zeroizing<[u8; 64]>);

impl fmt::Debug for TokenKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("TokenKey")
    }
}

impl TokenKey {
    /// A key from secret bytes, for example the contents of a key file; space at either end does
    /// not count.
    ///
    /// # Errors
    /// When there are fewer than [`super::MIN_KEY_LEN`] bytes.
    pub fn new(secret: &[u8]) -> Result<Self, KeyError> {
        derive(KEY_CONTEXT, secret).map(Self)
    }

    /// The value as tokens, one behind the other: `[tok:pii.contact.email:...]`.
    pub(crate) fn seal(&self, id: &str, value: &[u8]) -> String {
        let mut text = String::new();
        let mut rest = value;
        while !rest.is_empty() {
            let (piece, left) = rest.split_at(piece_len(rest));
            let sealed = self
                .cipher()
                .encrypt([id.as_bytes()], piece)
                .expect("one header is within the limit");
            text.extend(["[tok:", id, ":", &base32::encode(&sealed), "]"]);
            rest = left;
        }
        text
    }

    /// The value of a token by its classifier and its body; none where either was altered, or the
    /// token was made with another key.
    pub(crate) fn open(&self, id: &str, body: &[u8]) -> Option<Vec<u8>> {
        let sealed = base32::decode(body)?;
        self.cipher().decrypt([id.as_bytes()], &sealed).ok()
    }

    fn cipher(&self) -> Aes256Siv {
        Aes256Siv::new((&*self.0).into())
    }
}

/// Bytes of the next piece of a value. Pieces are cut between characters where the value is text,
/// so that each token alone gives back text.
fn piece_len(value: &[u8]) -> usize {
    if value.len() <= MAX_SEALED {
        return value.len();
    }
    let is_start = |at: &usize| value[*at] & 0xC0 != 0x80;
    (MAX_SEALED - 3..=MAX_SEALED)
        .rev()
        .find(is_start)
        .unwrap_or(MAX_SEALED)
}

#[cfg(test)]
mod tests {
    use super::*;
    use aes_siv::siv::Aes128Siv;

    fn bytes(hex: &str) -> Vec<u8> {
        let digits: Vec<u8> = hex.bytes().filter(u8::is_ascii_hexdigit).collect();
        digits
            .chunks(2)
            .map(|pair| u8::from_str_radix(std::str::from_utf8(pair).unwrap(), 16).unwrap())
            .collect()
    }

    fn key() -> TokenKey {
        TokenKey::new(b"a key for tests only").unwrap()
    }

    fn parts(token: &str) -> (&str, &[u8]) {
        let inner = token
            .strip_prefix("[tok:")
            .unwrap()
            .strip_suffix(']')
            .unwrap();
        let (id, body) = inner.split_once(':').unwrap();
        (id, body.as_bytes())
    }

    /// RFC 5297, appendix A.1 and A.2: one header, and three headers with a nonce among them.
    #[test]
    fn the_examples_of_rfc_5297_hold() {
        let table = [
            (
                "fffefdfc fbfaf9f8 f7f6f5f4 f3f2f1f0 f0f1f2f3 f4f5f6f7 f8f9fafb fcfdfeff",
                vec!["10111213 14151617 18191a1b 1c1d1e1f 20212223 24252627"],
                "11223344 55667788 99aabbcc ddee",
                "85632d07 c6e8f37f 950acd32 0a2ecc93 40c02b96 90c4dc04 daef7f6a fe5c",
            ),
            (
                "7f7e7d7c 7b7a7978 77767574 73727170 40414243 44454647 48494a4b 4c4d4e4f",
                vec![
                    "00112233 44556677 8899aabb ccddeeff deaddada deaddada ffeeddcc bbaa9988 \
                     77665544 33221100",
                    "10203040 50607080 90a0",
                    "09f91102 9d74e35b d84156c5 635688c0",
                ],
                "74686973 20697320 736f6d65 20706c61 696e7465 78742074 6f20656e 63727970 \
                 74207573 696e6720 5349562d 414553",
                "7bdb6e3b 432667eb 06f4d14b ff2fbd0f cb900f2f ddbe4043 26601965 c889bf17 \
                 dba77ceb 094fa663 b7a3f748 ba8af829 ea64ad54 4a272e9c 485b62a3 fd5c0d",
            ),
        ];
        for (key, headers, plain, sealed) in table {
            let headers: Vec<Vec<u8>> = headers.into_iter().map(bytes).collect();
            let mut cipher = Aes128Siv::new(bytes(key).as_slice().try_into().unwrap());
            assert_eq!(
                cipher.encrypt(&headers, &bytes(plain)).unwrap(),
                bytes(sealed)
            );
            assert_eq!(
                cipher.decrypt(&headers, &bytes(sealed)).unwrap(),
                bytes(plain)
            );
        }
    }

    #[test]
    fn a_token_opens_with_its_key_and_classifier_alone() {
        let token = key().seal("custom.ticket", b"TICKET-1234");
        let (id, body) = parts(&token);
        assert_eq!(id, "custom.ticket");
        assert!((MIN_BODY..=MAX_BODY).contains(&body.len()));
        assert_eq!(key().open(id, body).unwrap(), b"TICKET-1234");
        assert_eq!(key().open("custom.other", body), None);
        let other = TokenKey::new(b"another key for tests").unwrap();
        assert_eq!(other.open(id, body), None);
        for at in 0..body.len() {
            let mut altered = body.to_vec();
            altered[at] = if altered[at] == b'a' { b'b' } else { b'a' };
            assert_eq!(key().open(id, &altered), None);
        }
        assert_eq!(key().open(id, &body[..body.len() - 8]), None);
    }

    #[test]
    fn a_long_value_takes_several_tokens_of_whole_characters() {
        for value in ["€".repeat(700).into_bytes(), vec![0x80; 2 * MAX_SEALED + 1]] {
            let text = key().seal("custom.ticket", &value);
            let mut opened = Vec::new();
            for token in text.split_inclusive(']') {
                let (id, body) = parts(token);
                assert!(body.len() <= MAX_BODY);
                let piece = key().open(id, body).unwrap();
                assert!(value[0] == 0x80 || std::str::from_utf8(&piece).is_ok());
                opened.extend(piece);
            }
            assert!(text.matches(']').count() > 2);
            assert_eq!(opened, value);
        }
        assert_eq!(key().seal("custom.ticket", b""), "");
    }
}
