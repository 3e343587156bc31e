use super::*;
use crate::Padding;

fn text(len: usize, seed: u32) -> Vec<u8> {
    (0..len as u32)
        .map(|i| (i.wrapping_mul(2_654_435_761).wrapping_add(seed * 97) >> 13) as u8)
        .collect()
}

fn key_at(text: &[u8], at: usize) -> u32 {
    key(std::array::from_fn(|i| {
        text.get(at + i).map_or(0, |&byte| code(byte))
    }))
}

/// The definition: a position holds a gram when both bits of its hash are set.
fn expected(words: &[u8], text: &[u8], start: usize) -> [u32; BLOCKS] {
    let mut bits = [0; BLOCKS];
    for i in (0..SPAN.min(text.len() - start)).step_by(STRIDE) {
        let mut own = vec![0; words.len()];
        GramFilter::insert(&mut own, key_at(text, start + i));
        let held = own.iter().zip(words).all(|(own, word)| own & word == *own);
        bits[i / BLOCK] |= u32::from(held) << (i % BLOCK / STRIDE);
    }
    bits
}

#[test]
fn every_kernel_finds_what_the_definition_does() {
    for bytes in [8, 64, 4096, GramFilter::MAX_BYTES] {
        let text = text(1300, bytes as u32);
        let mut words = vec![0; bytes];
        for at in (0..text.len()).step_by(28) {
            GramFilter::insert(&mut words, key_at(&text, at));
        }
        for len in [1, 4, 5, 63, 64, 65, 511, 512, 513, 575, 576, 577, 1300] {
            for start in (0..len).step_by(SPAN) {
                let mut padding = Padding::default();
                let window = Window::new(&text[..len], start, &mut padding);
                let expected = expected(&words, &text[..len], start);
                for kernel in Kernel::available() {
                    let mut hits = GramHits::default();
                    GramFilter::new(&words).search(kernel, &window, &mut hits);
                    assert_eq!(hits.bits, expected, "{kernel:?}, {len} bytes, from {start}");
                    for (block, bits) in expected.into_iter().enumerate() {
                        for place in (0..PLACES).filter(|place| bits >> place & 1 == 1) {
                            let at = start + block * BLOCK + place * STRIDE;
                            let expected = hash(key_at(&text[..len], at));
                            assert_eq!(hits.hash(block, place), expected);
                        }
                    }
                }
            }
        }
    }
}

#[test]
fn an_empty_filter_finds_nothing() {
    let mut padding = Padding::default();
    let window = Window::new(&[7; 600], 0, &mut padding);
    for kernel in Kernel::available() {
        for words in [&[][..], &[0; 64]] {
            let mut hits = GramHits::default();
            GramFilter::new(words).search(kernel, &window, &mut hits);
            assert_eq!(hits.bits, [0; BLOCKS]);
        }
    }
}
