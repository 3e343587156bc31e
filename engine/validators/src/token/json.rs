//! Whether bytes are one JSON object.

use std::iter::Peekable;

/// Deepest nesting accepted.
const DEEPEST: u32 = 32;

/// Whether the bytes are one JSON object by RFC 8259, nested at most 32 deep, and, where a key is
/// given, have it at the top. Escapes inside keys are not resolved.
pub(crate) fn is_object(bytes: impl Iterator<Item = u8>, key: Option<&[u8]>) -> bool {
    let mut reader = Reader {
        bytes: bytes.peekable(),
        key,
        seen: key.is_none(),
    };
    reader.skip_space();
    reader.bytes.peek() == Some(&b'{')
        && reader.value(0).is_some()
        && reader.bytes.next().is_none()
        && reader.seen
}

struct Reader<'k, I: Iterator<Item = u8>> {
    bytes: Peekable<I>,
    key: Option<&'k [u8]>,
    seen: bool,
}

impl<I: Iterator<Item = u8>> Reader<'_, I> {
    fn skip_space(&mut self) {
        while self
            .bytes
            .next_if(|b| matches!(b, b' ' | b'\t' | b'\r' | b'\n'))
            .is_some()
        {}
    }

    fn expect(&mut self, wanted: u8) -> Option<()> {
        self.bytes.next_if_eq(&wanted).map(|_| ())
    }

    /// One value and the white space around it.
    fn value(&mut self, depth: u32) -> Option<()> {
        self.skip_space();
        match *self.bytes.peek()? {
            b'{' => self.members(depth, b'}', |reader| {
                reader.key(depth)?;
                reader.skip_space();
                reader.expect(b':')?;
                reader.value(depth + 1)
            }),
            b'[' => self.members(depth, b']', |reader| reader.value(depth + 1)),
            b'"' => self.string(None).map(|_| ()),
            b't' => self.word(b"true"),
            b'f' => self.word(b"false"),
            b'n' => self.word(b"null"),
            _ => self.number(),
        }?;
        self.skip_space();
        Some(())
    }

    /// What stands between brackets, separated by commas.
    fn members(
        &mut self,
        depth: u32,
        close: u8,
        member: impl Fn(&mut Self) -> Option<()>,
    ) -> Option<()> {
        if depth >= DEEPEST {
            return None;
        }
        self.bytes.next()?;
        self.skip_space();
        if self.expect(close).is_some() {
            return Some(());
        }
        loop {
            member(self)?;
            self.skip_space();
            if self.expect(close).is_some() {
                return Some(());
            }
            self.expect(b',')?;
            self.skip_space();
        }
    }

    fn key(&mut self, depth: u32) -> Option<()> {
        let wanted = if depth == 0 { self.key } else { None };
        self.seen |= self.string(wanted)?;
        Some(())
    }

    /// A string; whether it is the wanted one.
    fn string(&mut self, wanted: Option<&[u8]>) -> Option<bool> {
        self.expect(b'"')?;
        let mut rest = wanted;
        loop {
            let byte = self.bytes.next()?;
            match byte {
                b'"' => return Some(rest == Some(b"")),
                b'\\' => {
                    rest = None;
                    match self.bytes.next()? {
                        b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't' => {}
                        b'u' => {
                            for _ in 0..4 {
                                self.bytes.next_if(u8::is_ascii_hexdigit)?;
                            }
                        }
                        _ => return None,
                    }
                }
                0..0x20 => return None,
                _ => rest = rest.and_then(|rest| rest.strip_prefix(&[byte])),
            }
        }
    }

    fn word(&mut self, word: &[u8]) -> Option<()> {
        word.iter().try_for_each(|&byte| self.expect(byte))
    }

    fn digits(&mut self) -> Option<()> {
        self.bytes.next_if(u8::is_ascii_digit)?;
        while self.bytes.next_if(u8::is_ascii_digit).is_some() {}
        Some(())
    }

    fn number(&mut self) -> Option<()> {
        let _sign = self.expect(b'-');
        if self.expect(b'0').is_none() {
            self.digits()?;
        }
        if self.expect(b'.').is_some() {
            self.digits()?;
        }
        if self.bytes.next_if(|b| matches!(b, b'e' | b'E')).is_some() {
            self.bytes.next_if(|b| matches!(b, b'+' | b'-'));
            self.digits()?;
        }
        Some(())
    }
}
