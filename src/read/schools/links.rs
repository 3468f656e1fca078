//! The table of roads between schools.

use std::path::Path;

use super::cells::Cells;
use super::columns::Finder;
use super::tally::Tally;
use crate::case::Link;
use crate::read::at::At;
use crate::read::names::Names;
use crate::read::record::LinksRecord;
use crate::read::source::Source;
use crate::read::table::{Record, Sheet};
use crate::words::catalogue::{CELL_EMPTY, LINK_UNKNOWN};
use crate::words::{Notices, SchoolIx};

/// Reads the table of roads; `None` when there is no sheet to read.
pub(in crate::read) fn read_links(
    folder: &Path,
    stated: &At<LinksRecord>,
    source: &Source,
    names: &Names,
    notices: &mut Notices,
) -> Option<(Vec<Link>, Sheet)> {
    let columns = &stated.value.columns;
    let header = |named: &Option<At<String>>, usual: &str| {
        named.clone().unwrap_or_else(|| At {
            value: usual.to_string(),
            span: stated.span.clone(),
        })
    };
    let headers = [
        header(&columns.from, "from"),
        header(&columns.to, "to"),
        header(&columns.km, "km"),
    ];
    let expected: Vec<String> = headers.iter().map(|header| header.value.clone()).collect();
    let from = (&stated.value.file, stated.value.sheet.as_ref());
    let sheet = super::sheet(folder, from, &expected, source, notices)?;
    let mut finder = Finder {
        sheet: &sheet,
        source,
        notices,
    };
    let [from, to, km] = headers.map(|header| finder.one(&header));
    let mut links = Vec::new();
    if let (Some(from), Some(to), Some(km)) = (from, to, km) {
        let mut cells = Cells {
            sheet: &sheet,
            missing: &[],
            tally: Tally::new(&sheet, sheet.records.len(), notices),
        };
        for record in &sheet.records {
            let ends = (
                end(&mut cells, names, record, from),
                end(&mut cells, names, record, to),
            );
            let length = kilometres(&mut cells, record, km);
            if let ((Some(from), Some(to)), Some(km)) = (ends, length) {
                links.push(Link { from, to, km });
            }
        }
        cells.tally.close();
    }
    Some((links, sheet))
}

fn end(cells: &mut Cells, names: &Names, record: &Record, column: usize) -> Option<SchoolIx> {
    let id = &record.cells[column];
    let known = names.schools.has(id) || names.not_planned.contains(id);
    if !known && names.schools.is_complete() {
        cells
            .tally
            .cell(LINK_UNKNOWN, record, column, |notice| notice.with(id));
    }
    names.schools.find(id)
}

fn kilometres(cells: &mut Cells, record: &Record, column: usize) -> Option<f64> {
    let said = cells.number(record, column);
    if said == super::cells::Said::Missing {
        let header = cells.header(column);
        cells
            .tally
            .cell(CELL_EMPTY, record, column, |notice| notice.with(header));
    }
    said.number()
}
