//! The list of patterns.

/// One line of a list: flags, tab, pattern.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pattern {
    /// Letters of `i` (any case), `m` (anchors at lines), `s` (the dot takes a line feed).
    pub flags: String,
    /// The regular expression without the flags.
    pub regex: String,
}

impl Pattern {
    /// The regular expression with its flags in front, as the `regex` crate reads them.
    pub fn inline(&self) -> String {
        if self.flags.is_empty() {
            self.regex.clone()
        } else {
            format!("(?{}){}", self.flags, self.regex)
        }
    }
}

/// Reads a list; a line without a tab is a pattern without flags.
pub fn read_patterns(list: &str) -> Vec<Pattern> {
    list.lines()
        .filter(|line| !line.is_empty())
        .map(|line| {
            let (flags, regex) = line.split_once('\t').unwrap_or(("", line));
            Pattern {
                flags: flags.to_owned(),
                regex: regex.to_owned(),
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn flags_stand_before_the_tab() {
        let patterns = read_patterns("is\ta.b\n\tc\nd\n");
        let inline: Vec<String> = patterns.iter().map(Pattern::inline).collect();
        assert_eq!(inline, ["(?is)a.b", "c", "d"]);
    }
}
