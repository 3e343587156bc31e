//! What a label stands for: classes of a source to classifiers.

use std::collections::{BTreeMap, BTreeSet};

use globset::{Glob, GlobMatcher};
use serde::Deserialize;
use sluicegate::model::FAMILIES;

/// Which classifiers the classes of each source stand for.
#[derive(Clone, Debug, Default)]
pub struct ClassMaps(BTreeMap<String, BTreeMap<String, Vec<String>>>);

#[derive(Deserialize)]
struct File {
    class: BTreeMap<String, Entry>,
}

#[derive(Deserialize)]
struct Entry {
    ids: Vec<String>,
}

/// Why a map of classes can't be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BadClasses {
    /// The line of the file, from 1, where that is known.
    pub line: Option<usize>,
    /// What is wrong.
    pub reason: String,
}

impl ClassMaps {
    /// Adds the map of a source. A class that was mapped before is mapped anew.
    ///
    /// ```
    /// use sluicegate_evaluation::ClassMaps;
    /// let mut maps = ClassMaps::default();
    /// maps.add("forms", "[class]\n\"CARD\" = { ids = [\"pci.card.*\"] }\n").unwrap();
    /// assert_eq!(maps.add("forms", "[class]\n\"CARD\" = 1\n").unwrap_err().line, Some(2));
    /// ```
    ///
    /// # Errors
    /// When the text is no such map, or holds what is no glob.
    pub fn add(&mut self, source: &str, text: &str) -> Result<(), BadClasses> {
        let file: File = toml::from_str(text).map_err(|error| {
            let line = |at: usize| text[..at].matches('\n').count() + 1;
            BadClasses {
                line: error.span().map(|span| line(span.start)),
                reason: error.message().to_owned(),
            }
        })?;
        let map = self.0.entry(source.to_owned()).or_default();
        for (class, entry) in file.class {
            if let Some(bad) = entry.ids.iter().find(|id| Glob::new(id).is_err()) {
                let line = text.lines().position(|line| line.contains(bad.as_str()));
                return Err(BadClasses {
                    line: line.map(|index| index + 1),
                    reason: format!("`{bad}` is no glob"),
                });
            }
            map.insert(class, entry.ids);
        }
        Ok(())
    }

    fn ids(&self, source: &str, class: &str) -> Option<&[String]> {
        self.0.get(source)?.get(class).map(Vec::as_slice)
    }
}

/// The families that a kind of case is about; none where every finding is.
fn families(kind: &str) -> Option<Vec<&str>> {
    let families: &[&str] = match kind {
        "secret" => &["secret", "crypto"],
        "pii" => &["pii", "pci", "bank", "health", "network", "crypto"],
        "injection" => &["inject"],
        "malicious" => &["malicious", "code"],
        family if FAMILIES.iter().any(|(name, _)| *name == family) => return Some(vec![family]),
        _ => return None,
    };
    Some(families.to_vec())
}

/// What a label stands for.
#[derive(Clone, Debug)]
pub(crate) struct Meaning {
    /// By index, whether the label accepts findings of the classifier.
    pub(crate) accepts: Vec<bool>,
    /// Whether the values are scored.
    pub(crate) is_covered: bool,
    /// The one family that it is counted for.
    pub(crate) family: usize,
    /// The only classifier that it stands for.
    pub(crate) alone: Option<u32>,
    /// Whether a map, or the label itself, names the classifiers.
    pub(crate) is_mapped: bool,
}

/// The classifiers of a database, as labels name them.
#[derive(Debug)]
pub(crate) struct Names {
    ids: Vec<String>,
    selected: Vec<bool>,
    apart: Vec<bool>,
    /// Names of families, sorted.
    pub(crate) families: Vec<String>,
    /// By index, the family's place among them.
    pub(crate) family_of: Vec<usize>,
}

impl Names {
    pub(crate) fn new(ids: Vec<String>, selected: Vec<bool>, apart: Vec<bool>) -> Self {
        let first = |id: &str| id.split('.').next().unwrap_or_default().to_owned();
        let known = FAMILIES.iter().map(|(name, _)| (*name).to_owned());
        let families: BTreeSet<String> = ids.iter().map(|id| first(id)).chain(known).collect();
        let families: Vec<String> = families.into_iter().collect();
        let family_of = ids
            .iter()
            .map(|id| families.binary_search(&first(id)).expect("all are there"))
            .collect();
        Self {
            ids,
            selected,
            apart,
            families,
            family_of,
        }
    }

    pub(crate) fn id(&self, classifier: u32) -> &str {
        &self.ids[classifier as usize]
    }

    /// The classifier with this id.
    pub(crate) fn find(&self, id: &str) -> Option<u32> {
        let index = self.ids.iter().position(|other| other == id)?;
        Some(index as u32)
    }

    /// Whether findings of the classifier are counted at all.
    pub(crate) fn is_selected(&self, classifier: u32) -> bool {
        self.selected[classifier as usize]
    }

    /// Whether findings of the classifier are no errors where nothing names it.
    pub(crate) fn is_apart(&self, classifier: u32) -> bool {
        self.apart[classifier as usize]
    }

    pub(crate) fn len(&self) -> usize {
        self.ids.len()
    }

    /// What a kind of case is about: by index, whether a finding is of it.
    pub(crate) fn of_kind(&self, kind: &str) -> Vec<bool> {
        let wanted = families(kind);
        let is_of = |index: usize| {
            let family = self.families[self.family_of[index]].as_str();
            wanted
                .as_ref()
                .is_none_or(|wanted| wanted.contains(&family))
        };
        (0..self.len()).map(is_of).collect()
    }

    /// What a label of a source's case of this kind stands for. Several classes may be joined by
    /// colons.
    pub(crate) fn meaning(
        &self,
        maps: &ClassMaps,
        source: &str,
        kind: &str,
        label: &str,
    ) -> Meaning {
        let whole = maps.ids(source, label).is_some();
        let parts = if whole {
            vec![label]
        } else {
            label.split(':').collect()
        };
        let mut named = vec![false; self.len()];
        let mut is_named = false;
        let mut is_mapped = true;
        for part in parts {
            let ids = maps.ids(source, part).map(<[String]>::to_vec);
            let Some(ids) = ids.or_else(|| self.itself(part)) else {
                is_mapped = false;
                is_named = true;
                for (index, of_kind) in self.of_kind(kind).into_iter().enumerate() {
                    named[index] |= of_kind;
                }
                continue;
            };
            is_named |= !ids.is_empty();
            for matcher in ids.iter().filter_map(|id| matcher(id)) {
                for (index, id) in self.ids.iter().enumerate() {
                    named[index] |= matcher.is_match(id);
                }
            }
        }
        let accepts: Vec<bool> = named
            .iter()
            .zip(&self.selected)
            .map(|(named, selected)| *named && *selected)
            .collect();
        // What is left out by the selection is not covered; what is not loaded is missed.
        let is_left_out = !accepts.contains(&true) && named.contains(&true);
        let mut members = (0..self.len()).filter(|&index| named[index]);
        let alone = match (is_mapped, members.next(), members.next()) {
            (true, Some(only), None) => Some(only as u32),
            _ => None,
        };
        Meaning {
            is_covered: is_named && !is_left_out,
            family: self.family(&named, kind),
            alone,
            is_mapped,
            accepts,
        }
    }

    /// The ids that a class names itself, as an id or a glob of ids.
    fn itself(&self, class: &str) -> Option<Vec<String>> {
        let is_id = self.ids.iter().any(|id| id == class);
        let family = class.split_once('.').map(|(family, _)| family);
        let is_glob = family.is_some_and(|family| {
            let is_family = self
                .families
                .binary_search_by(|name| name.as_str().cmp(family))
                .is_ok();
            is_family && matcher(class).is_some()
        });
        (is_id || is_glob).then(|| vec![class.to_owned()])
    }

    /// The family that all of them share, or the first that the kind is about.
    fn family(&self, named: &[bool], kind: &str) -> usize {
        let mut shared = (0..self.len())
            .filter(|&index| named[index])
            .map(|index| self.family_of[index]);
        match shared.next() {
            Some(first) if shared.all(|family| family == first) => first,
            _ => self.family_of_kind(kind),
        }
    }

    /// The first family that a kind is about.
    pub(crate) fn family_of_kind(&self, kind: &str) -> usize {
        let names = families(kind).unwrap_or_else(|| vec!["custom"]);
        self.families
            .binary_search_by(|other| other.as_str().cmp(names[0]))
            .expect("the families of every kind are there")
    }
}

fn matcher(glob: &str) -> Option<GlobMatcher> {
    Glob::new(glob).ok().map(|glob| glob.compile_matcher())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names() -> Names {
        let ids = [
            "pci.card.visa",
            "pii.us.ssn",
            "secret.a.key",
            "secret.b.key",
        ];
        let ids: Vec<String> = ids.map(str::to_owned).to_vec();
        Names::new(ids, vec![true, true, true, false], vec![false; 4])
    }

    fn accepted(meaning: &Meaning) -> Vec<usize> {
        (0..meaning.accepts.len())
            .filter(|&index| meaning.accepts[index])
            .collect()
    }

    #[test]
    fn labels_stand_for_what_maps_ids_or_kinds_say() {
        let names = names();
        let mut maps = ClassMaps::default();
        maps.add(
            "s",
            "[class]\nCARD = { ids = [\"pci.*\"], word = \"x\" }\nZIP = { ids = [] }\n\
             B = { ids = [\"secret.b.*\"] }\nGONE = { ids = [\"pii.gone.x\"] }\n",
        )
        .unwrap();
        let meaning = |kind: &str, label: &str| names.meaning(&maps, "s", kind, label);
        let card = meaning("pii", "CARD");
        assert_eq!((accepted(&card), card.alone), (vec![0], Some(0)));
        assert_eq!(names.families[card.family], "pci");
        assert!(!meaning("pii", "ZIP").is_covered);
        assert_eq!(accepted(&meaning("pii", "CARD:ZIP")), [0]);
        // Neither map nor id: any finding of the kind.
        let any = meaning("pii", "Something else");
        assert_eq!((accepted(&any), any.alone), (vec![0, 1], None));
        assert_eq!(names.families[any.family], "pii");
        assert_eq!(accepted(&meaning("", "Something else")), [0, 1, 2]);
        assert_eq!(accepted(&meaning("pii", "secret.*")), [2]);
        // Left out by the selection, and not loaded.
        assert!(!meaning("secret", "B").is_covered);
        let gone = meaning("pii", "GONE");
        assert!(gone.is_covered && accepted(&gone).is_empty());
        assert!(meaning("pii", "pii.gone.y").is_covered);
    }

    #[test]
    fn wrong_maps_are_refused_with_their_line() {
        let mut maps = ClassMaps::default();
        let bad = maps
            .add("s", "[class]\nA = { ids = [\"x[\"] }\n")
            .unwrap_err();
        assert_eq!(
            (bad.line, bad.reason.as_str()),
            (Some(2), "`x[` is no glob")
        );
        assert!(maps.add("s", "[class\n").unwrap_err().line.is_some());
    }
}
