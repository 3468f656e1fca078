//! Columns of tables for spreadsheets: what stands above them and what their cells hold. A table is declared once and
//! written as CSV and as a sheet of a workbook.

/// What the cells of a column hold.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Holds {
    /// Names, codes and other short texts.
    Words,
    /// Sentences.
    Sentence,
    /// Calendar years and running numbers, which have no thousands marks.
    Label,
    /// A quantity in some unit.
    Quantity,
    /// Money in the unit in which the case shows it.
    Money,
    /// Per cent, 0 to 100.
    Percent,
    /// A share, 0 to 1, or a change by one.
    Share,
    /// Gap index.
    Gap,
    /// A coefficient, such as one of variation.
    Coefficient,
}

impl Holds {
    /// Whether the cells are numbers.
    pub fn is_number(self) -> bool {
        !matches!(self, Holds::Words | Holds::Sentence)
    }
}

/// A column.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Column {
    /// What stands above it.
    pub header: String,
    /// What its cells hold.
    pub holds: Holds,
}

impl Column {
    /// A column of such cells.
    pub fn new(header: impl Into<String>, holds: Holds) -> Column {
        Column {
            header: header.into(),
            holds,
        }
    }
}

/// The headers of columns.
pub fn headers(columns: &[Column]) -> Vec<String> {
    let headers = columns.iter().map(|column| column.header.clone());
    headers.collect()
}
