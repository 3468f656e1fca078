//! A page with its headings, tables, pictures and annexes numbered as a layout has them.

use super::layout::Layout;
use crate::report::page::{Block, Page};

/// How many there were of what is numbered.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Counts {
    headings: usize,
    subheadings: usize,
    tables: usize,
    figures: usize,
    annexes: usize,
}

/// The page with its numbers in its words.
pub fn numbered(page: &Page, layout: &Layout) -> Page {
    let mut counts = Counts::default();
    let blocks = page.blocks.iter();
    Page {
        blocks: blocks.map(|block| counts.number(block, layout)).collect(),
        head: page.head.clone(),
    }
}

impl Counts {
    /// A block with its number.
    pub fn number(&mut self, block: &Block, layout: &Layout) -> Block {
        let mut block = block.clone();
        match &mut block {
            Block::Heading(heading) => {
                self.headings += 1;
                self.subheadings = 0;
                *heading = layout.heading_number(self.headings) + heading;
            }
            Block::Subheading(heading) => {
                self.subheadings += 1;
                *heading = layout.subheading_number(self.headings, self.subheadings) + heading;
            }
            Block::Annex { title, .. } => {
                let (mark, prefix) = layout.annex_mark(self.annex());
                let mark = mark.map_or(String::new(), |mark| mark + "　");
                *title = format!("{mark}{prefix}{title}");
            }
            Block::Grid(grid) => {
                if let Some(caption) = &mut grid.caption {
                    self.tables += 1;
                    *caption = layout.table_number(self.tables) + caption;
                }
            }
            Block::Chart(chart) => {
                self.figures += 1;
                chart.finding = layout.figure_number(self.figures) + &chart.finding;
            }
            _ => {}
        }
        block
    }

    /// Another annex: which it is, from 1. Its headings are numbered anew.
    pub fn annex(&mut self) -> usize {
        self.annexes += 1;
        self.headings = 0;
        self.subheadings = 0;
        self.annexes
    }
}
