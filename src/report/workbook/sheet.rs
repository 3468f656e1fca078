//! A table on a sheet: header that stays in sight and is repeated on every page, filter, cells with types, bars, totals.

use std::iter::Peekable;

use rust_xlsxwriter::utility::row_col_to_cell;
use rust_xlsxwriter::{Color, ConditionalFormatDataBar, Format, Formula, Worksheet, XlsxError};

use super::book::Book;
use super::look::{self, Look};
use super::measure::{Measure, lines_of};
use super::tally::Tally;
use super::text;
use crate::plan::table::Cell;
use crate::report::column::{Column, Holds};
use crate::report::fit::lines;

/// The colours of bars where more is neither better nor worse.
pub const BARS: [u32; 2] = [look::BAR, look::BAR_BELOW];
/// The colours of bars where more is worse.
pub const MORE_IS_WORSE: [u32; 2] = [look::BAR_BELOW, look::BAR];

/// How high a line of text is, in points.
const LINE: f64 = 15.0;

/// What is written on a sheet.
pub struct Layout<'a> {
    /// The name of the sheet.
    pub name: &'a str,
    /// Its columns.
    pub columns: Vec<Column>,
    /// How many columns stay in sight.
    pub frozen: u16,
    /// Which columns are summed below the records.
    pub summed: Vec<usize>,
    /// Columns, first to last, that share a scale of bars.
    pub bars: Vec<(usize, usize)>,
    /// Whether its pages are A3 rather than A4.
    pub wide: bool,
}

/// A sheet that was written; rows are counted from 0.
#[derive(Clone, Debug)]
pub struct Part {
    /// Its name.
    pub sheet: String,
    /// Its first row of records.
    pub first: u32,
    /// The row after its last record.
    pub end: u32,
    /// The columns that are summed in the row after the last, with what they come to; none without records.
    pub totals: Vec<(usize, f64)>,
    /// The number format of each column.
    pub formats: Vec<String>,
}

impl Part {
    /// A formula that fetches the total of a column for another sheet, and what it comes to; `None` where there is none.
    pub fn total(&self, column: usize) -> Option<(String, f64)> {
        let cell = row_col_to_cell(self.end, column as u16);
        let (_, value) = self.totals.iter().find(|(at, _)| *at == column)?;
        Some((format!("{}!{cell}", quoted(&self.sheet)), *value))
    }
}

/// The name of a sheet in formulas.
pub fn quoted(sheet: &str) -> String {
    format!("'{}'", sheet.replace('\'', "''"))
}

impl Book<'_> {
    /// Writes a table, on as many sheets as it takes. Its rows are made twice, first to measure the columns: a nation's
    /// are longer than can be kept.
    ///
    /// # Errors
    /// When a sheet cannot be put together.
    pub fn table<R: Iterator<Item = Vec<Cell>>>(
        &mut self,
        layout: &Layout,
        rows: impl Fn() -> R,
    ) -> Result<Vec<Part>, XlsxError> {
        let seen = Seen::of(layout, rows());
        let mut rows = rows().peekable();
        let mut parts = Vec::new();
        loop {
            let name = match parts.len() {
                0 => layout.name.to_string(),
                before => format!("{} ({})", layout.name, before + 1),
            };
            parts.push(self.part(layout, &name, &seen, &mut rows)?);
            if rows.peek().is_none() {
                return Ok(parts);
            }
        }
    }

    fn part(
        &mut self,
        layout: &Layout,
        name: &str,
        seen: &Seen,
        rows: &mut Peekable<impl Iterator<Item = Vec<Cell>>>,
    ) -> Result<Part, XlsxError> {
        let most = self.most_rows;
        let total = self.asked.pick("合计", "total");
        let (sheet, look) = self.sheet(name, layout.wide, seen.rows)?;
        let columns = &layout.columns;
        for (at, measure) in seen.measures.iter().enumerate() {
            let format = match columns[at].holds.is_number() {
                true => &look::number(&measure.format()),
                false => body(look, columns[at].holds),
            };
            sheet.set_column_format(at as u16, format)?;
            sheet.set_column_width(at as u16, seen.widths[at])?;
        }
        header(sheet, look, 0, columns, &seen.widths)?;
        let mut tallies = vec![Tally::default(); columns.len()];
        let mut row = 1;
        // From top to bottom: rows of a long table leave memory when the next is begun.
        while let Some(cells) = rows.next_if(|_| row <= most) {
            let sentences = cells.iter().zip(columns);
            let sentences = sentences.filter(|(_, column)| column.holds == Holds::Sentence);
            let lines = sentences.map(|(cell, _)| lines_of(cell)).max().unwrap_or(1);
            if lines > 1 {
                sheet.set_row_height(row, LINE * lines as f64)?;
            }
            for (at, (cell, column)) in cells.iter().zip(columns).enumerate() {
                tallies[at].see(cell);
                write(sheet, (row, at as u16), cell, body(look, column.holds))?;
            }
            row += 1;
        }
        let mut part = Part {
            sheet: name.to_string(),
            first: 1,
            end: row,
            totals: Vec::new(),
            formats: seen.measures.iter().map(Measure::format).collect(),
        };
        if row > 1 && !layout.summed.is_empty() {
            sheet.set_row_height(row, LINE + 3.0)?;
            text::write(sheet, (row, 0), total, Some(&look.total))?;
            for at in 1..columns.len() {
                sheet.write_blank(row, at as u16, &look.total)?;
            }
            for &at in &layout.summed {
                let value = tallies[at].value();
                let [from, to] = [1, row - 1].map(|row| row_col_to_cell(row, at as u16));
                // The sum of the rows that a filter leaves in sight.
                let said = format!("SUBTOTAL(9,{from}:{to})");
                let format = look::total_number(&part.formats[at]);
                formula(sheet, (row, at as u16), &said, value, &format)?;
                part.totals.push((at, value));
            }
        }
        sheet.set_freeze_panes(1, layout.frozen)?;
        sheet.set_repeat_rows(0, 0)?;
        sheet.autofilter(0, 0, part.end - 1, columns.len().saturating_sub(1) as u16)?;
        for &(first, last) in layout.bars.iter().filter(|_| part.end > part.first) {
            bars(sheet, (part.first, first), (part.end - 1, last), BARS)?;
        }
        Ok(part)
    }
}

/// What is known of a table before it is written.
struct Seen {
    /// How many records it has.
    rows: u64,
    /// Of each column.
    measures: Vec<Measure>,
    /// How wide each column is.
    widths: Vec<f64>,
}

impl Seen {
    fn of(layout: &Layout, all: impl Iterator<Item = Vec<Cell>>) -> Seen {
        let columns = &layout.columns;
        let measures = columns.iter().map(|column| Measure::new(column.holds));
        let mut measures: Vec<Measure> = measures.collect();
        let mut tallies = vec![Tally::default(); columns.len()];
        let mut rows = 0;
        for cells in all {
            rows += 1;
            for (at, cell) in cells.iter().enumerate().take(columns.len()) {
                measures[at].see(cell);
                tallies[at].see(cell);
            }
        }
        for &at in &layout.summed {
            measures[at].see_number(&format!("{}", tallies[at].value()));
        }
        let widths = columns.iter().zip(&measures);
        let widths = widths.map(|(column, measure)| measure.width(&column.header));
        Seen {
            rows,
            widths: widths.collect(),
            measures,
        }
    }
}

/// Writes the headers of columns of these widths.
///
/// # Errors
/// When the sheet has no such row.
pub fn header(
    sheet: &mut Worksheet,
    look: &Look,
    row: u32,
    columns: &[Column],
    widths: &[f64],
) -> Result<(), XlsxError> {
    let mut most = 1;
    for (at, (column, width)) in columns.iter().zip(widths).enumerate() {
        text::write(sheet, (row, at as u16), &column.header, Some(&look.header))?;
        most = most.max(lines(&column.header, width - 2.4));
    }
    sheet.set_row_height(row, LINE * most as f64 + 5.0)?;
    Ok(())
}

/// How cells of words look.
fn body(look: &Look, holds: Holds) -> &Format {
    match holds {
        Holds::Sentence => &look.sentence,
        _ => &look.words,
    }
}

/// Writes a cell that looks like its column.
fn write(
    sheet: &mut Worksheet,
    (row, column): (u32, u16),
    cell: &Cell,
    format: &Format,
) -> Result<(), XlsxError> {
    match cell {
        Cell::Empty => {}
        Cell::Text(words) => {
            // Only a text that is marked needs a format of its own.
            let marked = crate::report::csv::begins_a_formula(words).then_some(format);
            text::write(sheet, (row, column), words, marked)?;
        }
        Cell::Number(number) => match number.parse::<f64>() {
            Ok(value) => sheet.write_number(row, column, value).map(|_| ())?,
            Err(_) => text::write(sheet, (row, column), number, None)?,
        },
    }
    Ok(())
}

/// Writes a formula with what it comes to.
///
/// # Errors
/// When the sheet has no such cell.
pub fn formula(
    sheet: &mut Worksheet,
    (row, column): (u32, u16),
    formula: &str,
    value: f64,
    format: &Format,
) -> Result<(), XlsxError> {
    let formula = Formula::new(formula).set_result(format!("{value}"));
    sheet.write_formula_with_format(row, column, formula, format)?;
    Ok(())
}

/// Bars behind the numbers of some cells, all on one scale that begins at 0, in a colour above and one below it.
///
/// # Errors
/// When the sheet has no such cells.
pub fn bars(
    sheet: &mut Worksheet,
    (first_row, first): (u32, usize),
    (last_row, last): (u32, usize),
    [above, below]: [u32; 2],
) -> Result<(), XlsxError> {
    let bar = ConditionalFormatDataBar::new()
        .set_fill_color(Color::RGB(above))
        .set_negative_fill_color(Color::RGB(below))
        .set_axis_color(Color::RGB(look::LINE))
        .set_solid_fill(true)
        .set_border_off(true);
    sheet.add_conditional_format(first_row, first as u16, last_row, last as u16, &bar)?;
    Ok(())
}
