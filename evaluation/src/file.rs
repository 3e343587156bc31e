//! Files of cases.

use sluicegate::model::{BadLine, Case, read_cases};

/// The cases of a file, and its lines that are none.
#[derive(Clone, Debug, Default)]
pub struct CaseFile {
    /// The cases, in the order of the file; each has a source.
    pub cases: Vec<Case>,
    /// The lines that are no cases.
    pub bad: Vec<BadLine>,
}

impl CaseFile {
    /// Reads a file, line by line. A case that states no source has this one.
    ///
    /// ```
    /// use sluicegate_evaluation::CaseFile;
    /// let file = CaseFile::read("forms", b"{\"id\":\"1\",\"text\":\"a\"}\n\xff\n{\"id\":\"2\",\"text\":\"b\"}");
    /// assert_eq!((file.cases.len(), file.bad[0].line), (2, 2));
    /// assert_eq!(file.cases[1].source, "forms");
    /// ```
    pub fn read(source: &str, bytes: &[u8]) -> Self {
        let mut file = Self::default();
        for (index, line) in bytes.split(|&byte| byte == b'\n').enumerate() {
            let line_number = index + 1;
            let Ok(line) = str::from_utf8(line) else {
                let reason = "not UTF-8".to_owned();
                file.bad.push(BadLine {
                    line: line_number,
                    reason,
                });
                continue;
            };
            let (cases, bad) = read_cases(line);
            file.cases.extend(cases);
            file.bad.extend(bad.into_iter().map(|bad| BadLine {
                line: line_number,
                ..bad
            }));
        }
        for case in &mut file.cases {
            if case.source.is_empty() {
                source.clone_into(&mut case.source);
            }
        }
        file
    }
}
