//! Findings on the cells of one sheet: listed one by one up to a cap, or gathered into one a column.

use crate::read::table::{Record, Sheet};
use crate::words::catalogue::MORE_OF_THE_SAME;
use crate::words::{Code, Notice, Notices, Place};

/// How many findings of one kind in one column are listed; the others are counted.
const LISTED: usize = 20;

/// How many lines a gathered finding names.
const LINES: usize = 10;

/// How many places of a finding that stands for many are kept.
const PLACES: usize = 10_000;

/// Findings of one kind in one column.
struct Group {
    code: Code,
    column: usize,
    count: usize,
    /// Those that are not listed.
    elsewhere: Vec<Place>,
}

/// Lines of one gathered finding.
struct Gathered {
    code: Code,
    column: Option<usize>,
    subject: String,
    /// Where the first of them stands.
    place: Place,
    /// Where the others do.
    elsewhere: Vec<Place>,
    lines: Vec<String>,
    count: usize,
    text: Option<String>,
}

/// Collects the findings of a sheet.
pub(super) struct Tally<'a> {
    sheet: &'a Sheet,
    /// How many records are looked at.
    records: usize,
    notices: &'a mut Notices,
    groups: Vec<Group>,
    gathered: Vec<Gathered>,
}

impl<'a> Tally<'a> {
    /// Nothing found yet in the sheet, of which this many records are looked at.
    pub(super) fn new(sheet: &'a Sheet, records: usize, notices: &'a mut Notices) -> Tally<'a> {
        Tally {
            sheet,
            records,
            notices,
            groups: Vec::new(),
            gathered: Vec::new(),
        }
    }

    /// Lists a finding about one cell, unless enough of its kind are listed in its column.
    pub(super) fn cell(
        &mut self,
        code: Code,
        record: &Record,
        column: usize,
        fill: impl FnOnce(Notice) -> Notice,
    ) {
        let known = self
            .groups
            .iter()
            .position(|group| group.code == code && group.column == column);
        let at = known.unwrap_or_else(|| {
            self.groups.push(Group {
                code,
                column,
                count: 0,
                elsewhere: Vec::new(),
            });
            self.groups.len() - 1
        });
        self.groups[at].count += 1;
        if self.groups[at].count <= LISTED {
            let notice =
                Notice::new(code, self.sheet.place(record, column)).text(&record.cells[column]);
            self.notices.push(fill(notice));
        } else if self.groups[at].elsewhere.len() < PLACES {
            self.groups[at]
                .elsewhere
                .push(self.sheet.place(record, column));
        }
    }

    /// Adds a record to the one finding of this kind about `subject` (and column, where it has one).
    pub(super) fn gather(
        &mut self,
        code: Code,
        record: &Record,
        column: Option<usize>,
        subject: &str,
    ) {
        let known = self
            .gathered
            .iter()
            .position(|one| one.code == code && one.column == column && one.subject == subject);
        let at = known.unwrap_or_else(|| {
            let text = column
                .map(|column| record.cells[column].to_string())
                .filter(|text| !text.is_empty());
            self.gathered.push(Gathered {
                code,
                column,
                subject: subject.into(),
                place: self.sheet.record_place(record, column),
                elsewhere: Vec::new(),
                lines: Vec::new(),
                count: 0,
                text,
            });
            self.gathered.len() - 1
        });
        let one = &mut self.gathered[at];
        one.count += 1;
        if one.count > 1 && one.elsewhere.len() < PLACES {
            one.elsewhere.push(self.sheet.record_place(record, column));
        }
        if one.lines.len() < LINES {
            one.lines.push(self.sheet.line_name(record));
        }
    }

    /// Hands over what was gathered and counted. The texts of gathered findings are filled with the subject, the
    /// number of records, the number of all records and the first lines.
    pub(super) fn close(self) {
        for group in self.groups.into_iter().filter(|group| group.count > LISTED) {
            let place = self.sheet.column_place(group.column);
            let notice = Notice::new(MORE_OF_THE_SAME, place)
                .with(group.count - LISTED)
                .with(group.code.0);
            self.notices.push(Notice {
                elsewhere: group.elsewhere,
                ..notice
            });
        }
        for one in self.gathered {
            let more = if one.count > one.lines.len() {
                " …"
            } else {
                ""
            };
            let mut notice = Notice::new(one.code, one.place)
                .with(one.subject)
                .with(one.count)
                .with(self.records)
                .with(one.lines.join(", ") + more);
            notice.text = one.text;
            notice.elsewhere = one.elsewhere;
            self.notices.push(notice);
        }
    }
}
