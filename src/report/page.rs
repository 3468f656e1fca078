//! A report before it has a format: headings, sentences, lists, grids and charts. [`super::terminal`] and
//! [`super::markdown`] render it, so that a new format is one new renderer and a new report is one new page.

use super::chart::Chart;

/// One part of a page.
#[derive(Clone, PartialEq, Debug, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Block {
    /// What the page is about.
    Title(String),
    /// Opens a section.
    Heading(String),
    /// Opens a part of a section.
    Subheading(String),
    /// Opens an annex on a new page.
    Annex {
        /// What it holds.
        title: String,
        /// Whether its tables want a page on its side.
        wide: bool,
    },
    /// A sentence or more.
    Text(String),
    /// Something that must not be overlooked.
    Remark(String),
    /// Short points.
    List(Vec<String>),
    /// Rows and columns.
    Grid(Grid),
    /// A picture with what it says.
    Chart(Box<Chart>),
    /// What is enclosed with a document (附件说明), by title.
    Enclosures(Vec<String>),
    /// Who issues a document and when (落款), line by line.
    Signature(Vec<String>),
}

/// On which side a column is flush.
#[derive(Clone, Copy, PartialEq, Eq, Debug, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Side {
    /// Words.
    Left,
    /// Numbers.
    Right,
}

/// Rows and columns.
#[derive(Clone, PartialEq, Debug, Default, serde::Serialize)]
pub struct Grid {
    /// What the rows and columns show, where that is not said above them.
    pub caption: Option<String>,
    /// What the columns are called, and on which side they are flush.
    pub columns: Vec<(String, Side)>,
    /// The cells; each row as long as `columns`.
    pub rows: Vec<Vec<String>>,
    /// Said below the rows, such as how many were left out.
    pub foot: Option<String>,
}

impl Grid {
    /// A grid without columns.
    pub fn new() -> Grid {
        Grid::default()
    }

    /// Says what it shows.
    pub fn captioned(mut self, caption: impl Into<String>) -> Grid {
        self.caption = Some(caption.into());
        self
    }

    /// Adds a column of words.
    pub fn words(mut self, name: impl Into<String>) -> Grid {
        self.columns.push((name.into(), Side::Left));
        self
    }

    /// Adds a column of numbers.
    pub fn numbers(mut self, name: impl Into<String>) -> Grid {
        self.columns.push((name.into(), Side::Right));
        self
    }

    /// Adds a row.
    pub fn row(&mut self, cells: impl IntoIterator<Item = String>) {
        self.rows.push(cells.into_iter().collect());
    }
}

/// A report without a format.
#[derive(Clone, PartialEq, Debug, Default, serde::Serialize)]
pub struct Page {
    /// Its parts, from top to bottom.
    pub blocks: Vec<Block>,
    /// What stands at the head of every sheet of paper.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub head: Option<String>,
}

impl Page {
    /// A page with a title.
    pub fn titled(title: impl Into<String>) -> Page {
        Page {
            blocks: vec![Block::Title(title.into())],
            head: None,
        }
    }

    /// Opens a section.
    pub fn heading(&mut self, text: impl Into<String>) {
        self.blocks.push(Block::Heading(text.into()));
    }

    /// Opens a part of a section.
    pub fn subheading(&mut self, text: impl Into<String>) {
        self.blocks.push(Block::Subheading(text.into()));
    }

    /// Opens an annex; `wide` where its tables want a page on its side.
    pub fn annex(&mut self, title: impl Into<String>, wide: bool) {
        let title = title.into();
        self.blocks.push(Block::Annex { title, wide });
    }

    /// Adds a sentence; nothing when it is empty.
    pub fn text(&mut self, text: impl Into<String>) {
        let text = text.into();
        if !text.is_empty() {
            self.blocks.push(Block::Text(text));
        }
    }

    /// Adds something that must not be overlooked.
    pub fn remark(&mut self, text: impl Into<String>) {
        self.blocks.push(Block::Remark(text.into()));
    }

    /// Adds short points; nothing when there are none.
    pub fn list(&mut self, points: Vec<String>) {
        if !points.is_empty() {
            self.blocks.push(Block::List(points));
        }
    }

    /// Adds a chart.
    pub fn chart(&mut self, chart: Chart) {
        self.blocks.push(Block::Chart(Box::new(chart)));
    }

    /// Adds a grid; nothing when it has no row.
    pub fn grid(&mut self, grid: Grid) {
        if !grid.rows.is_empty() {
            self.blocks.push(Block::Grid(grid));
        }
    }
}

/// Text that cannot steer a terminal or turn the reading direction: control characters and direction marks are
/// replaced. Names come from files, and files come from anywhere.
pub fn tame(text: &str) -> String {
    let wild = |c: char| {
        c.is_control()
            || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200e}' | '\u{200f}')
    };
    text.chars()
        .map(|c| {
            if c == '\n' || c == '\t' {
                ' '
            } else if wild(c) {
                '\u{fffd}'
            } else {
                c
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_cannot_steer_the_terminal() {
        assert_eq!(
            tame("a\u{1b}[31mb\nc\u{202e}d"),
            "a\u{fffd}[31mb c\u{fffd}d"
        );
        assert_eq!(tame("望京小学"), "望京小学");
    }
}
