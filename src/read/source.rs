//! A text file the planner wrote, and where in it something stands.

use std::ops::Range;
use std::path::{Path, PathBuf};

use super::book::CellAt;
use crate::words::{Code, Notice, Place};

/// Longest offending text that is shown, in characters.
const SHOWN: usize = 60;

/// A text file with the starts of its lines.
#[derive(Clone, Debug)]
pub(super) struct Source {
    file: PathBuf,
    text: String,
    line_starts: Vec<usize>,
    /// Where the text stands for cells of a workbook: the place of the whole and the cell of each line.
    cells: Option<(Place, Vec<Option<CellAt>>)>,
}

impl Source {
    /// A text that stands for cells of a workbook: `whole` is the place of what came from no cell.
    pub(super) fn of_cells(whole: Place, text: String, cells: Vec<Option<CellAt>>) -> Source {
        let source = Source::new(&whole.file, text);
        Source {
            cells: Some((whole, cells)),
            ..source
        }
    }

    /// The text of `file`, which is named as seen from the case's folder.
    pub(super) fn new(file: impl Into<PathBuf>, text: String) -> Source {
        let line_starts = std::iter::once(0)
            .chain(text.match_indices('\n').map(|(at, _)| at + 1))
            .collect();
        Source {
            file: file.into(),
            text,
            line_starts,
            cells: None,
        }
    }

    /// The file, as seen from the case's folder.
    pub(super) fn file(&self) -> &Path {
        &self.file
    }

    /// The whole text.
    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// Line and column of a byte; columns count characters, so that they are right on Chinese text.
    pub(super) fn place(&self, byte: usize) -> Place {
        let line = self.line(byte);
        if let Some((whole, _)) = &self.cells {
            return self.cell(byte).map_or_else(
                || whole.clone(),
                |cell| Place::cell(&self.file, &*cell.sheet, cell.row, cell.column),
            );
        }
        let start = self.line_starts[line - 1];
        let before = self
            .text
            .get(start..byte.min(self.text.len()))
            .unwrap_or_default();
        Place::at(&self.file, line, before.chars().count() + 1)
    }

    /// The line of a byte, counted from 1.
    fn line(&self, byte: usize) -> usize {
        let line = self.line_starts.partition_point(|start| *start <= byte);
        line.max(1)
    }

    /// The cell that a byte came from.
    fn cell(&self, byte: usize) -> Option<&CellAt> {
        let (_, cells) = self.cells.as_ref()?;
        cells.get(self.line(byte) - 1)?.as_ref()
    }

    /// A finding about these bytes, with the first line of them as its offending text.
    pub(super) fn notice(&self, code: Code, span: &Range<usize>) -> Notice {
        let notice = Notice::new(code, self.place(span.start));
        match self.excerpt(span) {
            Some(text) => notice.text(text),
            None => notice,
        }
    }

    fn excerpt(&self, span: &Range<usize>) -> Option<String> {
        let line = match (&self.cells, self.cell(span.start)) {
            (Some(_), cell) => cell?.text.lines().next()?.trim_end(),
            (None, _) => self.text.get(span.clone())?.lines().next()?.trim_end(),
        };
        let shown: String = line.chars().take(SHOWN).collect();
        (!shown.is_empty()).then_some(shown)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::catalogue;

    #[test]
    fn columns_count_characters() {
        let source = Source::new(
            "case.toml",
            "[case]\r\nname = \"青川县\" # 注\n".to_string(),
        );
        let byte = source.text().find('#').expect("the comment");
        assert_eq!(source.place(byte), Place::at("case.toml", 2, 14));
        assert_eq!(source.place(0), Place::at("case.toml", 1, 1));
        assert_eq!(source.place(10_000).line, Some(3));
    }

    #[test]
    fn the_offending_text_is_one_line() {
        let source = Source::new("case.toml", "a = [\n1,\n2]".to_string());
        let notice = source.notice(catalogue::FILE_UNREADABLE, &(4..11));
        assert_eq!(notice.text.as_deref(), Some("["));
    }
}
