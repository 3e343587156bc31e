//! Words that say nothing about anyone: the most frequent ones of some languages, and what tables
//! hold in place of a value.

/// Folded and sorted. Frequent words of English, German, French, Spanish, Italian, Portuguese and
/// Dutch (articles, pronouns, prepositions, auxiliary verbs, question words), words of headings,
/// and fillers.
#[rustfmt::skip]
const COMMON: &[&str] = &[
    "a", "aan", "aber", "about", "account", "act", "add", "address", "after", "ag", "again", "air",
    "al", "all", "alle", "als", "also", "always", "an", "anche", "and", "animal", "answer", "any",
    "ao", "april", "are", "as", "ask", "at", "ate", "au", "auch", "auf", "august", "aus", "aussi",
    "avec", "avenue", "back", "bar", "base", "be", "been", "before", "began", "begin", "bei",
    "between", "bien", "big", "bij", "bis", "book", "both", "boy", "build", "but", "by", "call",
    "came", "can", "car", "care", "carry", "cause", "ce", "ces", "cette", "change", "che",
    "children", "city", "close", "co", "color", "come", "comme", "como", "company", "con", "corp",
    "could", "country", "cover", "cross", "cuando", "customer", "cut", "dal", "dalla", "dan",
    "dans", "das", "dass", "dat", "date", "day", "de", "december", "default", "dein", "del",
    "della", "dem", "demo", "den", "der", "des", "desconocido", "desde", "deux", "deze", "dich",
    "did", "die", "differ", "do", "does", "donde", "door", "dos", "down", "dr", "draw", "du",
    "dummy", "durante", "durch", "e", "each", "earth", "ease", "eat", "een", "ein", "eine",
    "einem", "einen", "el", "ela", "ele", "elle", "em", "email", "empty", "en", "end", "enough",
    "entre", "er", "es", "esa", "ese", "essere", "est", "esta", "este", "esto", "et", "etre", "eu",
    "euch", "even", "every", "example", "eye", "f", "face", "fait", "false", "far", "father",
    "february", "feet", "female", "few", "find", "first", "fish", "foi", "follow", "foo", "food",
    "for", "form", "found", "four", "frau", "friday", "friend", "from", "fue", "fur", "gegen",
    "get", "give", "gli", "gmbh", "go", "good", "got", "great", "group", "grow", "ha", "haben",
    "had", "hand", "hanno", "hard", "has", "hat", "have", "hay", "he", "head", "hear", "help",
    "hem", "her", "here", "herr", "het", "high", "hij", "him", "his", "home", "horse", "hot",
    "house", "how", "ich", "id", "idea", "if", "ihm", "ihn", "ihr", "ihre", "il", "ils", "im",
    "in", "inc", "inconnu", "is", "isso", "ist", "it", "ja", "january", "je", "july", "june",
    "just", "kan", "kann", "keep", "kein", "keine", "kind", "know", "la", "lady", "land", "large",
    "las", "last", "late", "le", "learn", "left", "les", "let", "letter", "leur", "life", "light",
    "like", "line", "little", "live", "llc", "lo", "long", "look", "los", "low", "ltd", "m", "ma",
    "maar", "madame", "made", "main", "mais", "make", "male", "man", "many", "march", "mark",
    "mas", "may", "me", "mean", "meer", "mehr", "mein", "meme", "men", "meneer", "met", "mevrouw",
    "mich", "might", "mijn", "mile", "mir", "miss", "missing", "mit", "monday", "monsieur", "more",
    "most", "mother", "mountain", "move", "mr", "mrs", "ms", "much", "muito", "music", "must",
    "muy", "my", "na", "naar", "nach", "name", "nao", "ne", "near", "need", "nel", "nella",
    "never", "new", "next", "nicht", "niet", "night", "nil", "no", "noch", "nog", "non", "none",
    "north", "nos", "nous", "november", "now", "null", "number", "nur", "o", "october", "oder",
    "of", "off", "often", "old", "om", "on", "once", "one", "only", "ook", "op", "open", "or",
    "os", "other", "otros", "ou", "our", "out", "over", "own", "page", "paper", "par", "para",
    "part", "pas", "pela", "pelo", "people", "per", "pero", "peut", "phone", "picture", "piu",
    "place", "plant", "play", "plus", "point", "por", "port", "pour", "press", "prof", "put",
    "quando", "que", "quello", "questa", "questo", "qui", "quien", "rain", "read", "real", "right",
    "river", "road", "room", "round", "rue", "run", "sa", "said", "same", "sample", "sans",
    "saturday", "saw", "say", "schon", "school", "sconosciuto", "se", "sea", "second", "see",
    "seem", "sehr", "sein", "seine", "self", "senhor", "senhora", "senor", "senora", "sentence",
    "september", "ser", "ses", "set", "seu", "she", "should", "show", "si", "sich", "side", "sie",
    "signor", "signora", "sin", "since", "sir", "small", "so", "sobre", "some", "son", "sono",
    "sont", "sound", "spell", "stand", "start", "still", "stop", "story", "strasse", "street",
    "study", "su", "sua", "such", "sun", "sunday", "sur", "sure", "take", "tambem", "tambien",
    "tba", "tbd", "te", "tell", "tem", "test", "testing", "than", "that", "the", "their", "them",
    "then", "there", "these", "they", "thing", "think", "this", "those", "thought", "three",
    "through", "thursday", "time", "to", "todo", "together", "too", "took", "tot", "tous", "tout",
    "tree", "true", "try", "tuesday", "turn", "two", "uber", "um", "uma", "un", "una", "unbekannt",
    "und", "undefined", "under", "une", "unknown", "uno", "unos", "uns", "unter", "until", "up",
    "us", "use", "user", "van", "various", "very", "vom", "von", "voor", "vor", "vous", "walk",
    "want", "war", "was", "wat", "watch", "water", "way", "we", "wednesday", "well", "wenn",
    "went", "werden", "were", "what", "when", "where", "which", "while", "white", "who", "why",
    "wie", "will", "wir", "wird", "with", "wood", "worden", "work", "world", "would", "write",
    "wurde", "x", "xx", "xxx", "y", "ya", "year", "yes", "you", "your", "ze", "zich", "zijn",
    "zou", "zu", "zum", "zur",
];

/// Whether a folded word is a common one.
pub(crate) fn is_common(word: &str) -> bool {
    COMMON.binary_search(&word).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_are_sorted_and_folded() {
        assert!(COMMON.is_sorted());
        assert!(
            COMMON
                .iter()
                .all(|word| word.bytes().all(|byte| byte.is_ascii_lowercase()))
        );
        assert!(is_common("the") && is_common("unknown") && !is_common("smith"));
    }
}
