//! Cells merged over several records, such as a township that stands once beside all its schools.

use super::super::number::{self, Cell};
use super::super::workbook::Merged;
use super::findings::Findings;
use super::{Cells, MOST_CELLS, Row};
use crate::words::catalogue::MERGED_FILLED;

/// Gives every record the words of the cells merged over it. Numbers are left where they stand: whether a number counts
/// for each of the records or for all together nobody can tell.
pub fn fill(rows: &mut [Row], merged: &[Merged], found: &mut Findings) {
    let (mut filled, mut first) = (0usize, None);
    let mut looked_at = 0usize;
    for area in merged.iter().filter(|area| area.rows.0 < area.rows.1) {
        let start = rows.partition_point(|row| row.line < area.rows.0);
        let end = rows.partition_point(|row| row.line <= area.rows.1);
        looked_at = looked_at.saturating_add(end - start);
        // Areas that lie over one another millions of times are no table's.
        if looked_at > MOST_CELLS {
            break;
        }
        let column = area.columns.0;
        let text = match rows.get(start) {
            Some(row) if row.line == area.rows.0 => row.cells[column].to_string(),
            _ => continue,
        };
        if number::parse(&text, &[]) != Cell::Bad {
            continue;
        }
        for row in &mut rows[start..end] {
            if row.cells[column].is_empty() {
                let texts = row.cells.iter().enumerate();
                let own = texts.map(|(at, cell)| if at == column { &text } else { cell });
                row.cells = own.collect::<Cells>();
                first.get_or_insert((row.line, column + 1));
                filled += 1;
            }
        }
    }
    if let Some((line, column)) = first {
        found.push(
            found
                .notice(MERGED_FILLED, Some(line), Some(column))
                .with(filled),
        );
    }
}
