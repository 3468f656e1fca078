//! The table of intervals in which doubtful numbers lie.

use std::collections::BTreeMap;
use std::path::Path;

use super::cells::{Cells, Said};
use super::columns::Finder;
use super::tally::Tally;
use crate::case::{Doubt, Quantity, Resource};
use crate::read::at::At;
use crate::read::fold::fold;
use crate::read::names::Names;
use crate::read::nearest::nearest;
use crate::read::record::DoubtsRecord;
use crate::read::source::Source;
use crate::read::table::{Record, Sheet};
use crate::words::catalogue::{
    CELL_EMPTY, DOUBT_ENDS_CROSSED, DOUBT_QUANTITY_UNKNOWN, DOUBT_TWICE, LINK_UNKNOWN,
};
use crate::words::{Notices, ResourceIx, SchoolIx, Table};

/// The usual headers of each column; the first that the table has is taken.
const SCHOOL: [&str; 3] = ["学校代码", "school code", "school"];
const QUANTITY: [&str; 2] = ["项目", "quantity"];
const LOW: [&str; 2] = ["最低", "low"];
const HIGH: [&str; 2] = ["最高", "high"];
const WHY: [&str; 2] = ["原因", "why"];

/// Words for the quantities that are no resources.
const COUNTS: &[(&str, Quantity)] = &[
    ("在校生", Quantity::Pupils),
    ("在校生数", Quantity::Pupils),
    ("学生", Quantity::Pupils),
    ("学生数", Quantity::Pupils),
    ("pupils", Quantity::Pupils),
    ("students", Quantity::Pupils),
    ("班级", Quantity::Classes),
    ("班级数", Quantity::Classes),
    ("classes", Quantity::Classes),
];

/// Reads the table of doubts; `None` when there is no sheet to read.
pub(in crate::read) fn read_doubts(
    folder: &Path,
    stated: &At<DoubtsRecord>,
    (names, resources): (&Names, &Table<ResourceIx, Resource>),
    source: &Source,
    notices: &mut Notices,
) -> Option<(Vec<Doubt>, Sheet)> {
    let columns = &stated.value.columns;
    let named = [
        (&columns.school, &SCHOOL[..]),
        (&columns.quantity, &QUANTITY[..]),
        (&columns.low, &LOW[..]),
        (&columns.high, &HIGH[..]),
        (&columns.why, &WHY[..]),
    ];
    let expected = named.iter().flat_map(|(own, usual)| match own {
        Some(own) => vec![own.value.clone()],
        None => usual.iter().map(|name| name.to_string()).collect(),
    });
    let expected: Vec<String> = expected.collect();
    let from = (&stated.value.file, stated.value.sheet.as_ref());
    let sheet = super::sheet(folder, from, &expected, source, notices)?;
    let mut finder = Finder {
        sheet: &sheet,
        source,
        notices,
    };
    let [school, quantity, low, high, why] = named.map(|(own, usual)| {
        let found = || usual.iter().find_map(|name| sheet.column(name));
        match own {
            Some(own) => finder.one(own),
            None if usual == WHY => found(),
            None => found().or_else(|| {
                finder.one(&At {
                    value: usual[usual.len() - 1].to_string(),
                    span: stated.span.clone(),
                })
            }),
        }
    });
    let mut doubts = Vec::new();
    if let (Some(school), Some(quantity), Some(low), Some(high)) = (school, quantity, low, high) {
        let mut rows = Rows {
            cells: Cells {
                sheet: &sheet,
                missing: &[],
                tally: Tally::new(&sheet, sheet.records.len(), notices),
            },
            names,
            resources,
            lines: BTreeMap::new(),
        };
        for record in &sheet.records {
            let doubt = rows.doubt(record, [school, quantity, low, high]);
            doubts.extend(doubt.map(|doubt| Doubt {
                why: why.map_or_else(String::new, |why| record.cells[why].to_string()),
                ..doubt
            }));
        }
        rows.cells.tally.close();
    }
    Some((doubts, sheet))
}

/// What is needed to read one record after the other.
struct Rows<'a> {
    cells: Cells<'a>,
    names: &'a Names,
    resources: &'a Table<ResourceIx, Resource>,
    /// The line on which each number was doubted.
    lines: BTreeMap<(SchoolIx, Quantity), String>,
}

impl Rows<'_> {
    fn doubt(&mut self, record: &Record, columns: [usize; 4]) -> Option<Doubt> {
        let [school_at, quantity_at, low_at, high_at] = columns;
        let school = self.school(record, school_at);
        let quantity = self.quantity(record, quantity_at);
        let (low, high) = (self.end(record, low_at), self.end(record, high_at));
        if let (Some(low), Some(high)) = (low, high)
            && low > high
        {
            let tally = &mut self.cells.tally;
            tally.cell(DOUBT_ENDS_CROSSED, record, low_at, |notice| {
                notice.with(low).with(high)
            });
            return None;
        }
        let (school, quantity) = (school?, quantity?);
        if let Some(line) = self.lines.get(&(school, quantity)) {
            let tally = &mut self.cells.tally;
            tally.cell(DOUBT_TWICE, record, quantity_at, |notice| {
                notice.with(&record.cells[quantity_at]).with(line)
            });
            return None;
        }
        let line = self.cells.sheet.line_name(record);
        self.lines.insert((school, quantity), line);
        Some(Doubt {
            school,
            quantity,
            low: low?,
            high: high?,
            why: String::new(),
        })
    }

    fn school(&mut self, record: &Record, column: usize) -> Option<SchoolIx> {
        let id = self.filled(record, column)?;
        let known = self.names.schools.has(id) || self.names.not_planned.contains(id);
        if !known && self.names.schools.is_complete() {
            let tally = &mut self.cells.tally;
            tally.cell(LINK_UNKNOWN, record, column, |notice| notice.with(id));
        }
        self.names.schools.find(id)
    }

    /// The quantity a cell names: a resource by code or name, pupils or classes.
    fn quantity(&mut self, record: &Record, column: usize) -> Option<Quantity> {
        let word = self.filled(record, column)?;
        let folded = fold(word);
        let counted = COUNTS.iter().find(|(own, _)| *own == folded);
        let by_name = || {
            let own = |one: &Resource| fold(&one.name) == folded;
            self.resources.find(own)
        };
        let resource = || self.names.resources.find(word).or_else(by_name);
        let found = counted
            .map(|(_, quantity)| *quantity)
            .or_else(|| resource().map(Quantity::Stock));
        // A resource that is itself faulty is reported where it is stated.
        if found.is_none() && !self.names.resources.has(word) {
            let counts = COUNTS.iter().map(|(own, _)| *own);
            let ids = self.resources.iter().map(|one| one.id.as_str());
            let meant = nearest(word, ids.chain(counts));
            let tally = &mut self.cells.tally;
            tally.cell(DOUBT_QUANTITY_UNKNOWN, record, column, |notice| {
                notice.with(word).with(meant)
            });
        }
        found
    }

    /// An end of the interval; both must be stated.
    fn end(&mut self, record: &Record, column: usize) -> Option<f64> {
        let said = self.cells.number(record, column);
        if said == Said::Missing {
            let header = self.cells.header(column);
            let tally = &mut self.cells.tally;
            tally.cell(CELL_EMPTY, record, column, |notice| notice.with(header));
        }
        said.number()
    }

    fn filled<'r>(&mut self, record: &'r Record, column: usize) -> Option<&'r str> {
        let text = &record.cells[column];
        if text.is_empty() {
            let header = self.cells.header(column);
            let tally = &mut self.cells.tally;
            tally.cell(CELL_EMPTY, record, column, |notice| notice.with(header));
            return None;
        }
        Some(text)
    }
}
