//! The school table: from the cells of a sheet to schools.

mod cells;
mod cohort;
mod columns;
mod districts;
mod doubts;
mod facts;
mod forecast;
mod links;
mod only;
mod plausible;
mod pupils;
mod stages;
mod tally;
mod whereabouts;

use std::collections::HashMap;
use std::path::Path;

use self::cells::Cells;
use self::cohort::GradeColumns;
use self::columns::{Columns, Finder, StockColumns, report_missing};
use self::districts::Districts;
use self::facts::Stock;
use self::only::Only;
use self::stages::{SheetStages, StageWords};
use self::tally::Tally;
use self::whereabouts::whereabouts;
use super::at::{At, OneOrMany};
use super::files::lies_inside;
use super::names::{Known, Names};
use super::record::{ResourceRecord, SchoolsRecord, Terms};
use super::source::Source;
use super::table::{Asked, Record, Sheet, read_table};
use crate::case::{Cells as Whereabouts, County, School, Stage};
use crate::words::catalogue::{
    CELL_EMPTY, FILE_OUTSIDE, MISSING_CELLS, SCHOOL_TWICE, STAGE_UNKNOWN,
};
use crate::words::ids::Ix;
use crate::words::{AreaIx, CountyIx, Lang, Notices, ProvinceIx, SchoolIx, Table};

pub(super) use self::doubts::read_doubts;
pub(super) use self::links::read_links;
pub(super) use self::stages::told_by_sheets;

/// The school table, read.
pub(super) struct SchoolTable {
    /// The schools, in file order.
    pub(super) schools: Table<SchoolIx, School>,
    /// Their provinces, in order of first appearance.
    pub(super) provinces: Table<ProvinceIx, String>,
    /// Their counties, in order of first appearance.
    pub(super) counties: Table<CountyIx, County>,
    /// Their kinds of area, in order of first appearance.
    pub(super) areas: Table<AreaIx, String>,
    /// How many rows of the sheet are planned for, faulty ones included.
    pub(super) rows: usize,
    /// Where their numbers stand.
    pub(super) cells: Whereabouts,
    /// The sheet they came from.
    pub(super) sheet: Sheet,
}

/// Reads the school table and learns the names of schools, counties and areas. `None` when there is no sheet to read.
pub(super) fn read(
    folder: &Path,
    stated: &At<SchoolsRecord>,
    resources: &[&ResourceRecord],
    title: (&str, &Terms),
    source: &Source,
    names: &mut Names,
    notices: &mut Notices,
) -> Option<SchoolTable> {
    let record = &stated.value;
    let headers = headers(record, resources);
    let sheet = sheet(
        folder,
        (&record.file, record.sheet.as_ref()),
        &headers,
        source,
        notices,
    );
    let by_sheet = sheet
        .as_ref()
        .filter(|_| record.columns.value.stage.is_none() && record.constant.stage.is_none())
        .and_then(|sheet| stages::by_sheet(sheet, &StageWords::new(record)));
    report_missing(record, by_sheet.is_some(), source, notices);
    let sheet = sheet?;
    if let Some(by_sheet) = &by_sheet {
        notices.push(stages::notice(&sheet, by_sheet));
    }
    let stated_cohort = record.cohort.as_ref().map(|stated| &stated.value);
    let cohort = stated_cohort.and_then(|stated| stated.build(title.1, source, notices));
    let mut finder = Finder {
        sheet: &sheet,
        source,
        notices,
    };
    let grades = stated_cohort.and_then(|stated| finder.all(&stated.grades.list()));
    let columns = finder.columns(&record.columns.value, title.1.years);
    let stock = resources
        .iter()
        .map(|resource| finder.stock(resource, title.1))
        .collect();
    let asked = planned_rows(record, &sheet, columns.id, names, &mut finder);
    let asked_rows = asked.len();
    let mut rows = Rows {
        cells: Cells {
            sheet: &sheet,
            missing: &record.missing,
            tally: Tally::new(&sheet, asked_rows, notices),
        },
        columns,
        grades: grades
            .zip(cohort.as_ref())
            .map(|(columns, cohort)| GradeColumns {
                columns,
                primary: cohort.primary,
                same_year: cohort.ahead == 0,
            }),
        stock,
        resources,
        stated: record,
        words: StageWords::new(record),
        by_sheet,
        title: (title.0, title.1.lang),
        names,
        lines: HashMap::new(),
        districts: Districts::default(),
        areas: Table::default(),
    };
    let mut schools = Table::default();
    let (mut origins, mut graded) = (Vec::new(), Vec::new());
    for record in asked {
        if let Some(school) = rows.school(record) {
            let id = school.id.clone();
            graded.push(rows.graded(record, &school));
            rows.names.schools.add(&id, schools.push(school));
            origins.push(record);
        }
    }
    let Rows {
        mut cells,
        columns,
        stock,
        districts,
        names,
        areas,
        ..
    } = rows;
    if let Some(cohort) = &cohort {
        cohort::foretell(&mut schools, graded, cohort);
    }
    let (provinces, counties) = districts.close(names);
    let pairs: Vec<(&Record, &School)> = origins.into_iter().zip(schools.iter()).collect();
    plausible::check(
        &sheet,
        &pairs,
        (&columns, &stock),
        resources,
        &mut cells.tally,
    );
    cells.tally.close();
    let rows = pairs.iter().map(|(record, _)| *record);
    let found = whereabouts(&sheet, rows, &columns, &stock);
    Some(SchoolTable {
        schools,
        provinces,
        counties,
        areas,
        rows: asked_rows,
        cells: found,
        sheet,
    })
}

/// The rows that are planned for; the codes of the others are remembered.
fn planned_rows<'a>(
    stated: &SchoolsRecord,
    sheet: &'a Sheet,
    id: Option<usize>,
    names: &mut Names,
    finder: &mut Finder,
) -> Vec<&'a Record> {
    let mut only = Only::new(stated, finder);
    let (asked, rest): (Vec<&Record>, Vec<&Record>) =
        sheet.records.iter().partition(|row| only.asks_for(row));
    only.close(sheet, finder.source, finder.notices);
    if let Some(id) = id {
        let codes = rest.iter().map(|row| row.cells[id].to_string());
        names.not_planned.extend(codes);
    }
    asked
}

/// Every header that the case names.
fn headers(stated: &SchoolsRecord, resources: &[&ResourceRecord]) -> Vec<String> {
    let own = stated.columns.value.named().into_iter();
    let asked = stated.only.iter().map(|one| one.value.column.clone());
    let stock = resources.iter().flat_map(|resource| resource.headers());
    let grades = stated.cohort.iter().flat_map(|one| one.value.grades.list());
    own.chain(asked)
        .chain(grades)
        .chain(stock)
        .map(|header| header.value)
        .collect()
}

/// A table named in the case, if it lies in the case's folder and can be read.
fn sheet(
    folder: &Path,
    (file, sheets): (&At<String>, Option<&At<OneOrMany<String>>>),
    headers: &[String],
    source: &Source,
    notices: &mut Notices,
) -> Option<Sheet> {
    if !lies_inside(folder, &file.value) {
        notices.push(source.notice(FILE_OUTSIDE, &file.span).with(&file.value));
        return None;
    }
    let headers: Vec<&str> = headers.iter().map(String::as_str).collect();
    let sheets = sheets.map(At::list).unwrap_or_default();
    let sheets: Vec<&str> = sheets.iter().map(|sheet| sheet.value.as_str()).collect();
    let asked = Asked {
        headers: &headers,
        sheets: &sheets,
    };
    read_table(folder, &file.value, asked, notices)
}

/// What is needed to read one record after the other.
struct Rows<'a> {
    cells: Cells<'a>,
    columns: Columns,
    /// The columns of the grades.
    grades: Option<GradeColumns>,
    stock: Vec<StockColumns>,
    resources: &'a [&'a ResourceRecord],
    stated: &'a SchoolsRecord,
    words: StageWords,
    /// The stages that the names of the sheets of a workbook tell, where there is no column of stages.
    by_sheet: Option<SheetStages>,
    /// The name of the case, which is that of its only county where no column names one, and its language.
    title: (&'a str, Lang),
    names: &'a mut Names,
    /// The line on which each school stands.
    lines: HashMap<String, String>,
    districts: Districts,
    areas: Table<AreaIx, String>,
}

impl Rows<'_> {
    fn school(&mut self, record: &Record) -> Option<School> {
        let id = self.id(record);
        let stage = self.stage(record);
        let county = self.county(record);
        let area = self.area(record);
        let found = self.all_stock(record);
        let of = |of: fn(&Stock) -> f64| found.iter().map(|one| one.as_ref().map(of)).collect();
        let (stock, unusable) = (of(|one| one.usable), of(|one| one.unusable));
        let position = self.position(record);
        let (Some(id), Some(stage)) = (id.clone(), stage) else {
            id.iter().for_each(|id| self.names.schools.add_faulty(id));
            return None;
        };
        let text = |column: Option<usize>| {
            column
                .map(|column| record.cells[column].to_string())
                .unwrap_or_default()
        };
        let name = Some(text(self.columns.name))
            .filter(|name| !name.is_empty())
            .unwrap_or_else(|| id.clone());
        let today = pupils::pupils(&mut self.cells, self.columns.pupils, stage, record);
        let forecast = &self.columns.forecast;
        Some(School {
            arrivals: Vec::new(),
            diverted: Vec::new(),
            forecast: forecast::read(&mut self.cells, forecast, (stage, today), record),
            name,
            stage,
            area,
            county,
            township: text(self.columns.township),
            group: text(self.columns.group),
            pupils: today,
            classes: pupils::classes(&mut self.cells, self.columns.classes, stage, record),
            boarders: self.counted(record, self.columns.boarders),
            places: pupils::part(&mut self.cells, self.columns.places, stage, record),
            poor: pupils::part(&mut self.cells, self.columns.poor, stage, record),
            poor_boarders: self.counted(record, self.columns.poor_boarders),
            along: Vec::new(),
            position,
            stock,
            unusable,
            write_offs: found
                .into_iter()
                .flatten()
                .flat_map(|one| one.write_offs)
                .collect(),
            line: record.line,
            id,
        })
    }

    /// The code of the school; an empty one and one that stands twice are reported.
    fn id(&mut self, record: &Record) -> Option<String> {
        let column = self.columns.id?;
        let id = self.filled(record, column)?;
        if let Some(first) = self.lines.get(&id) {
            self.cells
                .tally
                .cell(SCHOOL_TWICE, record, column, |notice| {
                    notice.with(&id).with(first)
                });
            return None;
        }
        self.lines
            .insert(id.clone(), self.cells.sheet.line_name(record));
        Some(id)
    }

    /// The text of a cell that may not be empty.
    fn filled(&mut self, record: &Record, column: usize) -> Option<String> {
        let text = &record.cells[column];
        if text.is_empty() {
            let header = self.cells.header(column);
            self.cells
                .tally
                .cell(CELL_EMPTY, record, column, |notice| notice.with(header));
            return None;
        }
        Some(text.to_string())
    }

    fn stage(&mut self, record: &Record) -> Option<Stage> {
        let Some(column) = self.columns.stage else {
            let by_sheet = self.by_sheet.as_ref();
            let of_sheet = |stages: &SheetStages| stages.of(self.cells.sheet, record);
            return self.stated.constant.stage.or(by_sheet.and_then(of_sheet));
        };
        let word = self.filled(record, column)?;
        let stage = self.words.read(&word);
        if stage.is_none() {
            self.cells
                .tally
                .gather(STAGE_UNKNOWN, record, Some(column), &word);
        }
        stage
    }

    fn county(&mut self, record: &Record) -> CountyIx {
        let stated = &self.stated.constant;
        let province = match self.columns.province {
            Some(column) => self.filled(record, column).unwrap_or_default(),
            None => stated.province.clone().unwrap_or_default(),
        };
        let county = match self.columns.county {
            Some(column) => self.filled(record, column).unwrap_or_default(),
            None => stated
                .county
                .clone()
                .unwrap_or_else(|| self.title.0.to_string()),
        };
        let province = self.districts.province(&province);
        self.districts.county(province, &county)
    }

    fn area(&mut self, record: &Record) -> AreaIx {
        let stated = match self.columns.area {
            Some(column) => {
                if record.cells[column].is_empty() {
                    let header = self.cells.header(column);
                    self.cells
                        .tally
                        .gather(MISSING_CELLS, record, Some(column), &header);
                }
                record.cells[column].to_string()
            }
            None => self.stated.constant.area.clone().unwrap_or_default(),
        };
        let name = if stated.is_empty() {
            self.title.1.pick("未分类", "unclassified").to_string()
        } else {
            stated
        };
        interned(&name, &mut self.areas, &mut self.names.areas)
    }
}

/// The position of a name in a table, added at its end when it is new.
fn interned<I: Ix>(name: &str, table: &mut Table<I, String>, known: &mut Known<I>) -> I {
    known.find(name).unwrap_or_else(|| {
        let ix = table.push(name.to_string());
        known.add(name, ix);
        ix
    })
}
