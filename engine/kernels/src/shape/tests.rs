use super::*;
use crate::{Padding, SPAN};

fn digits() -> [u64; 4] {
    [0x03FF << 48, 0, 0, 0]
}

fn letters() -> [u64; 4] {
    [0, 0x07FF_FFFE_07FF_FFFE, 0, 0]
}

fn node(plane: u8, level: u8, shift: i8, negated: bool) -> Node {
    Node {
        plane,
        level,
        shift,
        negated,
        depth: 0,
        group: None,
        skip: 0,
    }
}

/// The definition of a condition.
fn holds(node: &Node, text: &[u8], at: usize) -> bool {
    let member = |at: Option<usize>| {
        let byte = at.and_then(|at| text.get(at));
        byte.is_some_and(|byte| match node.plane {
            0 => byte.is_ascii_digit(),
            _ => byte.is_ascii_alphabetic(),
        })
    };
    let from = at.checked_add_signed(isize::from(node.shift));
    let run = (0..1usize << node.level).all(|i| member(from.map(|from| from + i)));
    run != node.negated
}

/// A byte whose lowest bit is set, and one that is an `a`.
const BYTES: Bytes = Bytes {
    from: 3,
    asked: 0xFF00_0001,
    value: 0x6100_0001,
};

/// Whether the bytes are those, as far as they are looked at.
fn agrees(text: &[u8], at: usize) -> bool {
    at + BLOCK > text.len() || text[at + 3] & 1 == 1 && text[at + 6] == b'a'
}

/// One group for each node, with a shape that asks for nothing more, one that asks for conditions and
/// one that asks for bytes.
fn set(nodes: &mut [Node], extra: &[Test]) -> Option<ShapeSet> {
    let mut groups = Vec::new();
    let mut shapes = Vec::new();
    for (number, node) in nodes.iter_mut().enumerate() {
        node.group = Some(number as u16);
        groups.push(Group {
            plane: node.plane,
            shift: node.shift.max(0).unsigned_abs(),
        });
        let tests = 0..extra.len();
        let nothing = Bytes::default();
        for (bytes, tests) in [(nothing, 0..0), (nothing, tests), (BYTES, 0..0)] {
            shapes.push(Shape {
                group: number as u16,
                before: None,
                needs: None,
                bytes,
                tests,
            });
        }
    }
    ShapeSet::new(&[digits(), letters()], nodes, &groups, &shapes, extra)
}

#[test]
fn every_kernel_finds_what_the_conditions_say() {
    let text: Vec<u8> = (0..1400usize)
        .map(|i| match i / 7 % 11 {
            0..4 => b'0' + (i % 10) as u8,
            4..9 => b'a' + (i % 26) as u8,
            9 => b'-',
            _ => b"5a.-"[i % 4],
        })
        .collect();
    let mut first = node(0, 2, 0, false);
    first.skip = 3;
    let mut second = node(1, 0, -1, true);
    (second.depth, second.skip) = (1, 3);
    let mut third = node(1, 4, 28, false);
    (third.depth, third.skip) = (2, 3);
    let mut fourth = node(1, 6, 0, false);
    fourth.skip = 4;
    let mut fifth = node(0, 0, 63, true);
    fifth.skip = 5;
    let extra = [
        Test {
            plane: 0,
            negated: false,
            mask: 0b0101,
        },
        Test {
            plane: 1,
            negated: true,
            mask: 1 << 9 | 1 << 63,
        },
    ];
    let asked = |test: &Test, text: &[u8], at: usize| {
        let condition = |shift: i8| node(test.plane, 0, shift, test.negated);
        (0..64i8).all(|i| test.mask >> i & 1 == 0 || holds(&condition(i), text, at))
    };
    let mut nodes = [first, second, third, fourth, fifth];
    let shapes = set(&mut nodes, &extra).unwrap();
    let paths: [&[usize]; 5] = [&[0], &[0, 1], &[0, 1, 2], &[3], &[4]];
    for len in [1, 4, 63, 64, 65, 511, 512, 513, 576, 640, 1400] {
        let text = &text[..len];
        for start in (0..len).step_by(SPAN) {
            let mut padding = Padding::default();
            let window = Window::new(text, start, &mut padding);
            let mut expected = Vec::new();
            for (number, path) in paths.iter().enumerate() {
                for i in 0..SPAN.min(len - start) {
                    let at = start + i;
                    if path.iter().all(|&node| holds(&nodes[node], text, at)) {
                        expected.push((3 * number, i));
                        if extra.iter().all(|test| asked(test, text, at)) {
                            expected.push((3 * number + 1, i));
                        }
                        if agrees(text, at) {
                            expected.push((3 * number + 2, i));
                        }
                    }
                }
            }
            for kernel in Kernel::available() {
                let mut hits = ShapeHits::default();
                shapes.search(kernel, &window, &mut hits);
                let found: Vec<(usize, usize)> = hits.iter().collect();
                assert_eq!(found, expected, "{kernel:?}, {len} bytes, from {start}");
            }
        }
    }
}

#[test]
fn values_out_of_range_are_refused() {
    let mut good = node(1, 6, 63, false);
    good.skip = 1;
    assert!(set(&mut [good], &[]).is_some());
    let spoil: [fn(&mut Node); 6] = [
        |node| node.plane = 2,
        |node| node.level = 7,
        |node| node.shift = 64,
        |node| node.shift = -1,
        |node| node.depth = 1,
        |node| node.skip = 0,
    ];
    for spoil in spoil {
        let mut bad = good;
        spoil(&mut bad);
        assert!(set(&mut [bad], &[]).is_none());
    }
}
