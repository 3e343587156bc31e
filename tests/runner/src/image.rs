//! Database images with damage, sealed again or not.

use sluicegate::{Database, Scanner, compile, reseal};

use crate::{Choices, inputs, rules};

/// The image of random rules with some of its bytes changed, and inputs for those rules. Half of
/// the images are sealed again, so that more than the digest is put to the test. `None` when the
/// rules are refused.
pub fn damaged_image(choices: &mut Choices) -> Option<(Vec<u8>, Vec<Vec<u8>>)> {
    let sealed = choices.one_in(2);
    let damages: Vec<(usize, u8, bool)> = (0..choices.between(1, 6))
        .map(|_| (choices.below(1 << 24), choices.byte(), choices.one_in(2)))
        .collect();
    let rules = rules(choices);
    let mut image = compile(&rules).ok()?.database.image().to_vec();
    for (at, byte, early) in damages {
        // Headers and records come before the large tables.
        let reach = if early {
            image.len().min(4096)
        } else {
            image.len()
        };
        image[at % reach] = byte;
    }
    if sealed {
        reseal(&mut image);
    }
    let inputs = inputs(choices, &rules);
    Some((image, inputs))
}

/// Loads the image and, where it is accepted, scans the input. What is found does not matter.
pub fn load_and_scan(image: Vec<u8>, input: &[u8]) {
    if let Ok(database) = Database::load(image) {
        Scanner::new(&database).scan(input);
    }
}
