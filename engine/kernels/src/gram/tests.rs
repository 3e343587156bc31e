use super::*;
use crate::Padding;

fn text(len: usize, seed: u32) -> Vec<u8> {
    (0..len as u32)
        .map(|i| (i.wrapping_mul(2_654_435_761).wrapping_add(seed * 97) >> 13) as u8)
        .collect()
}

fn codes_at<const N: usize>(text: &[u8], at: usize) -> [u8; N] {
    std::array::from_fn(|i| text.get(at + i).map_or(0, |&byte| code(byte)))
}

fn long_at(text: &[u8], at: usize) -> u32 {
    hash(key(codes_at(text, at)))
}

fn short_at(text: &[u8], at: usize) -> u32 {
    hash(short_key(codes_at(text, at)))
}

/// The definition: a position holds a gram when both bits of its hash are set.
fn expected(
    words: &[u8],
    text: &[u8],
    start: usize,
    hash_at: fn(&[u8], usize) -> u32,
) -> [u32; BLOCKS] {
    let mut bits = [0; BLOCKS];
    for i in (0..SPAN.min(text.len() - start)).step_by(STRIDE) {
        let mut own = vec![0; words.len()];
        GramFilter::insert(&mut own, hash_at(text, start + i));
        let held = own.iter().zip(words).all(|(own, word)| own & word == *own);
        bits[i / BLOCK] |= u32::from(held) << (i % BLOCK / STRIDE);
    }
    bits
}

#[test]
fn every_kernel_finds_what_the_definition_does() {
    for bytes in [8, 64, 4096, GramFilter::MAX_BYTES] {
        let text = text(1300, bytes as u32);
        let (mut long, mut short) = (vec![0; bytes], vec![0; (bytes / 2).max(8)]);
        for at in (0..text.len()).step_by(28) {
            GramFilter::insert(&mut long, long_at(&text, at));
            GramFilter::insert(&mut short, short_at(&text, at + 4));
        }
        for len in [1, 4, 5, 63, 64, 65, 511, 512, 513, 575, 576, 577, 1300] {
            let text = &text[..len];
            for start in (0..len).step_by(SPAN) {
                let mut padding = Padding::default();
                let window = Window::new(text, start, &mut padding);
                let filters = GramFilters {
                    long: GramFilter::new(&long),
                    short: GramFilter::new(&short),
                };
                for kernel in Kernel::available() {
                    let mut hits = GramHits::default();
                    filters.search(kernel, &window, &mut hits);
                    let told = format!("{kernel:?}, {len} bytes, from {start}");
                    check(&hits.long, &long, text, start, long_at, &told);
                    check(&hits.short, &short, text, start, short_at, &told);
                }
            }
        }
    }
}

fn check(
    places: &Places,
    words: &[u8],
    text: &[u8],
    start: usize,
    hash_at: fn(&[u8], usize) -> u32,
    told: &str,
) {
    let expected = expected(words, text, start, hash_at);
    assert_eq!(places.bits, expected, "{told}");
    for (block, bits) in expected.into_iter().enumerate() {
        for place in (0..PLACES).filter(|place| bits >> place & 1 == 1) {
            let at = start + block * BLOCK + place * STRIDE;
            assert_eq!(places.hash(block, place), hash_at(text, at), "{told}");
        }
    }
}

#[test]
fn empty_filters_find_nothing() {
    let mut padding = Padding::default();
    let window = Window::new(&[7; 600], 0, &mut padding);
    for kernel in Kernel::available() {
        for words in [&[][..], &[0; 64]] {
            let mut hits = GramHits::default();
            let filter = GramFilter::new(words);
            let filters = GramFilters {
                long: filter,
                short: filter,
            };
            filters.search(kernel, &window, &mut hits);
            assert_eq!(hits.long.bits, [0; BLOCKS]);
            assert_eq!(hits.short.bits, [0; BLOCKS]);
        }
    }
}
