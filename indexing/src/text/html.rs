//! Web pages: what a reader sees of them.

use html5gum::{DefaultEmitter, Token, Tokenizer};

/// Elements whose contents are not shown.
const HIDDEN: [&[u8]; 3] = [b"script", b"style", b"template"];
/// Elements that do not part words.
const INLINE: [&[u8]; 28] = [
    b"a", b"abbr", b"b", b"bdi", b"bdo", b"cite", b"code", b"del", b"dfn", b"em", b"font", b"i",
    b"ins", b"kbd", b"label", b"mark", b"q", b"s", b"samp", b"small", b"span", b"strong", b"sub",
    b"sup", b"time", b"u", b"var", b"wbr",
];

/// The text of a page. Any bytes are some page.
pub(super) fn extract(page: &str) -> String {
    let mut emitter = DefaultEmitter::default();
    // So that what stands in a script is not taken for elements.
    emitter.naively_switch_states(true);
    let mut text = String::with_capacity(page.len() / 2);
    // The hidden element that is open, and how often.
    let mut hidden: Option<(Vec<u8>, usize)> = None;
    for Ok(token) in Tokenizer::new_with_emitter(page, emitter) {
        match (token, &mut hidden) {
            (Token::String(part), None) => text.push_str(&String::from_utf8_lossy(&part)),
            (Token::StartTag(tag), None) => {
                if HIDDEN.contains(&tag.name.as_slice()) && !tag.self_closing {
                    hidden = Some((tag.name.to_vec(), 1));
                } else {
                    part(&mut text, &tag.name);
                }
            }
            (Token::EndTag(tag), None) => part(&mut text, &tag.name),
            (Token::StartTag(tag), Some((name, depth))) if *tag.name == *name => *depth += 1,
            (Token::EndTag(tag), Some((name, depth))) if *tag.name == *name => {
                *depth -= 1;
                if *depth == 0 {
                    hidden = None;
                }
            }
            _ => {}
        }
    }
    text
}

fn part(text: &mut String, name: &[u8]) {
    if !INLINE.contains(&name) && !text.ends_with('\n') {
        text.push('\n');
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_seen_is_text() {
        let page = "<!doctype html><title>On mills</title><style>p { color: red }</style>\
            <body><h1>The <em>old</em> mill</h1><p>Two &amp; three&nbsp;men<br>met<!-- no -->.\
            <script>if (a < b) { document.write('<p>no</p>') }</script><td>a<td>b</p>";
        let words: Vec<String> = extract(page)
            .split_whitespace()
            .map(str::to_owned)
            .collect();
        assert_eq!(
            words,
            [
                "On", "mills", "The", "old", "mill", "Two", "&", "three", "men", "met.", "a", "b"
            ]
        );
        assert_eq!(extract("<p>never <b closed"), "\nnever ");
        assert_eq!(extract("<template><template></template>x</template>y"), "y");
    }
}
