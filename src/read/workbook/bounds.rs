//! What is read of a workbook at most. Nothing that a file declares about its own size is believed.

/// Size of the file on the disk, in MiB.
pub const FILE_MIB: u64 = 64;

/// All that is unpacked of it, in MiB; it streams through and is never held at once. 240,000 schools with 100 columns
/// take about 800.
pub const UNPACKED_MIB: u64 = 1024;

/// Bytes between two tags of a part. A cell holds at most 32,767 characters.
pub const BETWEEN_TAGS: usize = 4 << 20;

/// Parts of the package.
pub const MOST_PARTS: usize = 10_000;

/// Sheets.
pub const MOST_SHEETS: usize = 1_000;

/// Cells that hold something, in all sheets; as many as of a CSV table.
pub const MOST_CELLS: usize = 32_000_000;

/// Text of all cells, in bytes; as much as of a CSV table.
pub const MOST_TEXT: usize = 256 << 20;

/// Merged rectangles, hidden rows and the like of one sheet.
pub const MOST_MARKS: usize = 1 << 20;

/// Rows of a sheet, as spreadsheet programs have them.
pub const MOST_ROWS: usize = 1 << 20;

/// Columns of a sheet, likewise.
pub const MOST_COLUMNS: usize = 1 << 14;

/// Cell formats, four times as many as spreadsheet programs have.
pub const MOST_FORMATS: usize = 1 << 18;
