//! Sheets as they grow, cell by cell, within the bounds of the whole workbook.

use super::{CellText, Merged, Refused, Tab, TabRow, bounds};

/// Counts what all sheets of a workbook hold.
#[derive(Debug, Default)]
pub struct Count {
    cells: usize,
    text: usize,
}

impl Count {
    /// Counts `times` cells like this one.
    pub fn add(&mut self, cell: &CellText, times: usize) -> Result<(), Refused> {
        self.cells = self.cells.saturating_add(times);
        self.text = self.text.saturating_add(cell.size().saturating_mul(times));
        if self.cells > bounds::MOST_CELLS || self.text > bounds::MOST_TEXT {
            return Err(Refused::Cells);
        }
        Ok(())
    }
}

/// A sheet that grows.
pub struct Growing<'a> {
    tab: Tab,
    count: &'a mut Count,
}

impl<'a> Growing<'a> {
    /// An empty sheet of this name.
    pub fn new(name: String, hidden: bool, count: &'a mut Count) -> Growing<'a> {
        Growing {
            tab: Tab {
                name,
                hidden,
                ..Tab::default()
            },
            count,
        }
    }

    /// Adds a cell; empty texts and cells outside the grid of spreadsheets are not kept.
    pub fn add(
        &mut self,
        row: usize,
        hidden: bool,
        column: usize,
        cell: CellText,
    ) -> Result<(), Refused> {
        let empty = matches!(&cell, CellText::Text(text) if text.trim().is_empty());
        if empty || row == 0 || row > bounds::MOST_ROWS || column >= bounds::MOST_COLUMNS {
            return Ok(());
        }
        self.count.add(&cell, 1)?;
        match self.tab.rows.last_mut() {
            Some(last) if last.number == row => last.cells.push((column, cell)),
            _ => self.tab.rows.push(TabRow {
                number: row,
                hidden,
                cells: vec![(column, cell)],
            }),
        }
        Ok(())
    }

    /// Adds a copy of a row.
    pub fn add_row(&mut self, row: TabRow) -> Result<(), Refused> {
        for (_, cell) in &row.cells {
            self.count.add(cell, 1)?;
        }
        self.tab.rows.push(row);
        Ok(())
    }

    /// Adds a merged rectangle.
    pub fn merge(&mut self, merged: Merged) -> Result<(), Refused> {
        if self.tab.merged.len() >= bounds::MOST_MARKS {
            return Err(Refused::Cells);
        }
        self.tab.merged.push(merged);
        Ok(())
    }

    /// The sheet, rows and cells in ascending order. Of a cell that is stated twice the last statement counts, as in
    /// spreadsheet programs.
    pub fn finish(self) -> Tab {
        let mut tab = self.tab;
        let ascending = |rows: &[TabRow]| rows.is_sorted_by(|one, next| one.number < next.number);
        if !ascending(&tab.rows) {
            tab.rows.sort_by_key(|row| row.number);
            tab.rows.dedup_by(|next, row| {
                let same = next.number == row.number;
                if same {
                    row.cells.append(&mut next.cells);
                }
                same
            });
        }
        for row in &mut tab.rows {
            if !row.cells.is_sorted_by(|one, next| one.0 < next.0) {
                row.cells.reverse();
                row.cells.sort_by_key(|(column, _)| *column);
                row.cells.dedup_by_key(|(column, _)| *column);
            }
            row.cells.shrink_to_fit();
        }
        tab
    }
}
