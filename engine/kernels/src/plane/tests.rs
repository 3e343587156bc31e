use super::*;
use crate::Padding;

#[test]
fn every_kernel_agrees_with_the_sets() {
    let sets: Vec<[u64; 4]> = (0..8u64)
        .map(|i| {
            std::array::from_fn(|w| {
                let bits = 0x9E37_79B9_7F4A_7C15u64.rotate_left((i * 7 + w as u64 * 3) as u32);
                // Some sets have no byte from 0x80 on.
                if w > 1 && i % 2 == 0 { 0 } else { bits }
            })
        })
        .collect();
    for count in [1, 5, 8] {
        let table = PlaneTable::new(&sets[..count]);
        for len in [1, 63, 64, 500, 575, 576, 1200] {
            let text: Vec<u8> = (0..len).map(|i| (i * 41 + i / 7 + count) as u8).collect();
            let mut padding = Padding::default();
            let window = Window::new(&text, 0, &mut padding);
            for kernel in Kernel::available() {
                let mut planes = [[0; BLOCKS + 1]; PLANES];
                table.planes(kernel, &window, &mut planes);
                for (number, (set, plane)) in sets[..count].iter().zip(planes).enumerate() {
                    for at in 0..crate::WINDOW {
                        let byte = text.get(at).copied();
                        let held =
                            byte.is_some_and(|b| set[usize::from(b / 64)] >> (b % 64) & 1 == 1);
                        let bit = plane[at / BLOCK] >> (at % BLOCK) & 1 == 1;
                        assert_eq!(bit, held, "{kernel:?}, set {number}, byte {at} of {len}");
                        if let Some(byte) = byte {
                            assert_eq!(table.contains(number, byte), held);
                        }
                    }
                }
            }
        }
    }
}
