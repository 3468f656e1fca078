//! XLS (Excel 97 to 2003, and Excel 5): the records are taken out of the file, looked through, put into a container of
//! our own and only then given to `calamine`, so that it sees no chain of sectors and no size that was not checked.

use std::io::{Cursor, Read, Write};

use calamine::{Data, Reader, SheetType, SheetVisible, Xls, XlsError};
use cfb::{CompoundFile, Version};

use super::gather::{Count, Growing};
use super::{CellText, Merged, Refused, Tab, biff, bounds};

/// Reads the sheets of cells.
pub fn read(content: Vec<u8>) -> Result<Vec<Tab>, Refused> {
    let mut stream = stream(content)?;
    let survey = biff::survey(&mut stream)?;
    let mut book: Xls<_> = Xls::new(Cursor::new(container(&stream)?))?;
    drop(stream);
    let from_1904 = book.has_1904_epoch();
    let sheets = book.sheets_metadata().to_vec();
    let of_cells = sheets
        .into_iter()
        .filter(|sheet| sheet.typ == SheetType::WorkSheet);
    let mut count = Count::default();
    let mut tabs = Vec::new();
    for (at, sheet) in of_cells.enumerate() {
        let hidden = sheet.visible != SheetVisible::Visible;
        let rows = survey.hidden.get(at);
        let mut growing = Growing::new(sheet.name.clone(), hidden, &mut count);
        let range = book.worksheet_range(&sheet.name)?;
        let (top, left) = range.start().unwrap_or((0, 0));
        for (row, column, cell) in range.used_cells() {
            let (row, column) = (row + top as usize, column + left as usize);
            let hidden = rows.is_some_and(|rows| rows.contains(&row));
            if let Some(cell) = meant(cell, from_1904) {
                growing.add(row + 1, hidden, column, cell)?;
            }
        }
        for area in book.merge_cells_by_sheet_name(&sheet.name)? {
            growing.merge(Merged {
                rows: (area.start.0 as usize + 1, area.end.0 as usize + 1),
                columns: (area.start.1 as usize, area.end.1 as usize),
            })?;
        }
        tabs.push(growing.finish());
    }
    Ok(tabs)
}

fn meant(cell: &Data, from_1904: bool) -> Option<CellText> {
    Some(match cell {
        Data::Empty => return None,
        Data::Int(number) => CellText::Number(*number as f64),
        Data::Float(number) => CellText::Number(*number),
        Data::String(text) | Data::DateTimeIso(text) | Data::DurationIso(text) => {
            CellText::Text(text.as_str().into())
        }
        Data::Bool(truth) => CellText::Truth(*truth),
        Data::DateTime(date) => CellText::date(date.as_f64(), from_1904),
        Data::Error(fault) => CellText::Fault(fault.to_string().into()),
    })
}

/// The stream of records. The crate `cfb` checks the chains of sectors and the tree of streams.
fn stream(content: Vec<u8>) -> Result<Vec<u8>, Refused> {
    let mut file = CompoundFile::open(Cursor::new(content))?;
    if file.exists("EncryptedPackage") {
        return Err(Refused::Locked);
    }
    let name = ["Workbook", "Book"]
        .into_iter()
        .find(|name| file.is_stream(name));
    let mut stream = Vec::new();
    let limit = bounds::FILE_MIB << 20;
    let part = file.open_stream(name.ok_or(Refused::Other("OLE"))?)?;
    part.take(limit).read_to_end(&mut stream)?;
    Ok(stream)
}

/// A file that holds nothing but these records.
fn container(stream: &[u8]) -> Result<Vec<u8>, Refused> {
    // With larger sectors (version 4) the reader misses the ends of short streams.
    let mut file = CompoundFile::create_with_version(Version::V3, Cursor::new(Vec::new()))?;
    file.create_stream("Workbook")?.write_all(stream)?;
    file.flush()?;
    Ok(file.into_inner().into_inner())
}

impl From<XlsError> for Refused {
    fn from(error: XlsError) -> Refused {
        match error {
            XlsError::Password => Refused::Locked,
            error => Refused::Broken(error.to_string()),
        }
    }
}
