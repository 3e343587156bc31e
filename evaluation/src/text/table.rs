//! Tables in columns, for people.

/// A row of cells under headings; columns are as wide as their widest cell.
#[derive(Debug)]
pub(crate) struct Table {
    /// Headings; one that begins with `<` stands over a column of words, the others over numbers.
    headings: Vec<&'static str>,
    rows: Vec<Vec<String>>,
}

impl Table {
    pub(crate) fn new(headings: &[&'static str]) -> Self {
        Self {
            headings: headings.to_vec(),
            rows: Vec::new(),
        }
    }

    pub(crate) fn row<const N: usize>(&mut self, cells: &[String; N]) {
        assert_eq!(N, self.headings.len(), "a cell for each heading");
        self.rows.push(cells.to_vec());
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// Appends the headings, between `dim` and `end`, and the rows.
    pub(crate) fn write(&self, page: &mut String, dim: &str, end: &str) {
        let names = self
            .headings
            .iter()
            .map(|name| name.trim_start_matches('<'));
        let names: Vec<String> = names.map(str::to_owned).collect();
        let length = |text: &String| text.chars().count();
        let widths: Vec<usize> = (0..names.len())
            .map(|column| {
                let cells = self.rows.iter().map(|row| length(&row[column]));
                cells.chain([length(&names[column])]).max().unwrap_or(0)
            })
            .collect();
        let line = |cells: &[String]| {
            let mut line = String::from(" ");
            for ((cell, heading), width) in cells.iter().zip(&self.headings).zip(&widths) {
                let padding = " ".repeat(width - length(cell));
                let (before, after) = if heading.starts_with('<') {
                    ("", padding.as_str())
                } else {
                    (padding.as_str(), "")
                };
                line += &[" ", before, cell, after, " "].concat();
            }
            line.trim_end().to_owned()
        };
        *page += &[dim, &line(&names), end, "\n"].concat();
        for row in &self.rows {
            *page += &line(row);
            page.push('\n');
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_stand_left_and_numbers_right() {
        let mut table = Table::new(&["<name", "n"]);
        table.row(&["é".to_owned(), "10".to_owned()]);
        table.row(&["longer".to_owned(), "1".to_owned()]);
        let mut page = String::new();
        table.write(&mut page, "", "");
        assert_eq!(page, "  name     n\n  é       10\n  longer   1\n");
    }
}
