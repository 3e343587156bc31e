//! Text to HTML.

/// The text with what HTML would take for markup escaped, for elements and attributes.
pub(super) fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            c => escaped.push(c),
        }
    }
    escaped
}

/// A cell of numbers: what it shows, and what it is sorted by. Nothing sorts last.
pub(super) fn number(shown: &str, value: Option<u64>) -> String {
    let value = value.map_or_else(String::new, |value| value.to_string());
    format!("<td class=\"n\" data-value=\"{value}\">{shown}</td>")
}

/// A cell of words.
pub(super) fn words(text: &str) -> String {
    ["<td>", &escape(text), "</td>"].concat()
}

/// A column of a table.
pub(super) struct Column {
    /// What its sorting is called in the address.
    pub(super) key: &'static str,
    /// What stands above it; HTML.
    pub(super) heading: &'static str,
    pub(super) is_number: bool,
}

impl Column {
    pub(super) const fn number(key: &'static str, heading: &'static str) -> Self {
        Self {
            key,
            heading,
            is_number: true,
        }
    }

    pub(super) const fn words(key: &'static str, heading: &'static str) -> Self {
        Self {
            key,
            heading,
            is_number: false,
        }
    }
}

/// A table that the page's script sorts and filters; `rows` are `<tr>` elements.
pub(super) fn table(id: &str, caption: &str, columns: &[&Column], rows: &[String]) -> String {
    let headings: Vec<String> = columns
        .iter()
        .map(|column| {
            let class = if column.is_number { " class=\"n\"" } else { "" };
            let kind = if column.is_number { "number" } else { "words" };
            format!(
                "<th scope=\"col\"{class} aria-sort=\"none\" data-key=\"{}\" data-kind=\"{kind}\">\
                 <button type=\"button\">{}</button></th>",
                column.key, column.heading
            )
        })
        .collect();
    format!(
        "<div class=\"wide\"><table class=\"sortable\" id=\"{id}\"><caption>{caption}</caption>\
         <thead><tr>{}</tr></thead>\n<tbody>\n{}\n</tbody></table></div>\n",
        headings.concat(),
        rows.join("\n")
    )
}

/// A section with a heading.
pub(super) fn section(id: &str, title: &str, remark: &str, body: &str) -> String {
    let remark = if remark.is_empty() {
        String::new()
    } else {
        ["<p class=\"remark\">", remark, "</p>\n"].concat()
    };
    format!("<section id=\"{id}\"><h2>{title}</h2>\n{remark}{body}</section>\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_is_escaped() {
        assert_eq!(escape("<a b=\"c\">&"), "&lt;a b=&quot;c&quot;&gt;&amp;");
    }
}
