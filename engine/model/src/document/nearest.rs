//! The known word that a misspelt one may stand for.

/// The known word with the fewest edits from `word`, if it is near enough to be meant: at most a
/// third of its letters. The first of several that are as near.
pub fn nearest<'k>(word: &str, known: &[&'k str]) -> Option<&'k str> {
    // No key comes near this; longer words would only cost time.
    if word.len() > 64 {
        return None;
    }
    known
        .iter()
        .map(|candidate| (edits(word, candidate), *candidate))
        .filter(|(edits, candidate)| *edits <= (candidate.len() / 3).max(1))
        .min_by_key(|(edits, _)| *edits)
        .map(|(_, candidate)| candidate)
}

/// Characters to insert, delete, replace or swap with their neighbour to make `a` from `b`
/// (optimal string alignment distance).
fn edits(a: &str, b: &str) -> usize {
    let a: Vec<char> = a.chars().collect();
    let b: Vec<char> = b.chars().collect();
    let mut before = vec![0; b.len() + 1];
    let mut above: Vec<usize> = (0..=b.len()).collect();
    for i in 1..=a.len() {
        let mut row = vec![i; b.len() + 1];
        for j in 1..=b.len() {
            let replaced = above[j - 1] + usize::from(a[i - 1] != b[j - 1]);
            row[j] = replaced.min(above[j] + 1).min(row[j - 1] + 1);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                row[j] = row[j].min(before[j - 2] + 1);
            }
        }
        before = std::mem::replace(&mut above, row);
    }
    above[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn near_words_are_found_and_far_ones_are_not() {
        let known = ["id", "name", "severity", "confidence", "tags"];
        assert_eq!(nearest("severty", &known), Some("severity"));
        assert_eq!(nearest("tgas", &known), Some("tags"));
        assert_eq!(nearest("title", &["table"]), None);
        assert_eq!(nearest("", &known), None);
        assert_eq!(edits("kitten", "sitting"), 3);
    }
}
