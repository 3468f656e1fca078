//! A workbook that is a whole case: each list of `case.toml` a sheet, each entry a row, each key a column.
//!
//! The sheets and columns are declared once (`sheets`); what their cells hold comes from the schema of the records
//! (`kind`). A workbook becomes the very text that `case.toml` and the files of scenarios would hold, with the cell
//! each line came from (`page`), so that every check is the same code and points to sheet and cell.

mod cells;
mod choices;
mod entries;
mod kind;
mod layout;
mod page;
mod scenarios;
mod sheets;
mod speak;
mod tables;
mod tabs;

use std::path::Path;
use std::rc::Rc;

use self::entries::{Reader, Stated, stated_number};
use self::page::{Block, Page};
use self::tabs::{Grid, Heading};
use super::source::Source;
use super::workbook::{self, Workbook};
use crate::words::catalogue::EXAMPLES_LEFT;
use crate::words::{Notice, Notices, Place};

pub use self::choices::label;
pub use self::kind::{Facts, Kind, Schemas};
pub use self::layout::{Column, Form, Pair, Refers, SheetSpec};
pub use self::layout::{FACTORS, NAME, SCENARIO, SECTION, WHAT};
pub(super) use self::page::CellAt;
pub use self::sheets::SHEETS;
pub(super) use self::speak::Tongue;
pub use self::tabs::{EXAMPLE, HELP, ITEM, REMARK, VALUE};

/// How the names of workbooks end.
const ENDINGS: [&str; 5] = ["xlsx", "xlsm", "xltx", "xls", "ods"];

/// A workbook that is a case, as the texts it stands for.
pub(super) struct Book {
    /// Its file, as named from the folder it lies in.
    pub(super) file: String,
    /// BLAKE3 of its bytes, in hexadecimal.
    pub(super) hash: String,
    /// What `case.toml` would hold.
    pub(super) case: Source,
    /// The names of its scenarios and what their files would hold, sorted by name.
    pub(super) scenarios: Vec<(String, Source)>,
    /// How its findings are put in its own words.
    pub(super) tongue: Tongue,
}

/// Whether a path names a workbook rather than a folder.
pub fn is_workbook(path: &Path) -> bool {
    let ending = path
        .extension()
        .map(|ending| ending.to_string_lossy().to_lowercase());
    ending.is_some_and(|ending| ENDINGS.contains(&ending.as_str())) && !path.is_dir()
}

/// Reads a workbook that is a case; `None` when it cannot be read or holds no sheet of a case.
pub(super) fn open(folder: &Path, file: &str, notices: &mut Notices) -> Option<Book> {
    let workbook = workbook::read(folder, file, notices)?;
    let grids = tabs::recognised(&workbook, notices);
    if grids.is_empty() {
        return None;
    }
    report_examples(&workbook, &grids, notices);
    let tongue = Tongue::of(&grids);
    let scenarios = scenarios::names(&grids);
    let stated = |key| grids.iter().find_map(|grid| stated_number(grid, key));
    let mut reader = Reader {
        file,
        schemas: Schemas::new(),
        names: names(&workbook, &grids),
        scenarios,
        first_year: stated("case.first_year").map(|year| year as i32),
        years: stated("case.years").map(|years| years as usize),
        notices,
    };
    let stated = all(&mut reader, &workbook, &grids);
    let (names, mut written) = (reader.scenarios, Vec::new());
    for name in names {
        let place = Place::sheet(file, scenarios::sheet(&grids));
        written.push((name.to_string(), text(&stated, Some(&name)).source(place)));
    }
    // As the files of a folder are sorted.
    written.sort_by_key(|(name, _)| format!("{name}.toml"));
    Some(Book {
        file: file.to_string(),
        hash: workbook.hash,
        case: text(&stated, None).source(Place::file(file)),
        scenarios: written,
        tongue,
    })
}

/// All tables that the sheets state.
fn all(reader: &mut Reader, workbook: &Workbook, grids: &[Grid]) -> Vec<Stated> {
    let mut stated = Vec::new();
    let mut settings = Vec::new();
    for grid in grids {
        match grid.spec.form {
            Form::Settings { .. } => settings.extend(reader.settings(grid)),
            Form::List { case, scenario } => stated.extend(reader.entries(grid, case, scenario)),
            Form::Yearly(table) => stated.extend(scenarios::yearly(reader, grid, table)),
            Form::Scenarios => stated.extend(scenarios::scenarios(reader, grid)),
            Form::Changes => stated.extend(scenarios::changes(reader, grid)),
            Form::Table(_) => {}
        }
    }
    tabs::report_unknown(workbook, &tables::used(&settings, workbook), reader.notices);
    tables::complete(&mut settings, workbook, grids, reader.file);
    scenarios::norms_of_standards(&settings, &mut stated);
    settings.extend(stated);
    settings
}

/// The text of the case or of a scenario: top keys, then tables, then lists.
fn text(stated: &[Stated], owner: Option<&Rc<str>>) -> Page {
    let mut page = Page::default();
    let own = || {
        stated
            .iter()
            .filter(|(own, _)| own.as_ref() == owner)
            .map(|(_, block)| block)
    };
    let top = own().filter(|block| block.table.is_empty());
    let tables = own().filter(|block| !block.table.is_empty() && !block.listed);
    let lists = own().filter(|block| block.listed);
    top.chain(tables)
        .chain(lists)
        .for_each(|block: &Block| page.block(block));
    page
}

/// Ids and headers of the workbook, which may hold a mark that parts values elsewhere.
fn names(workbook: &Workbook, grids: &[Grid]) -> Vec<String> {
    let mut names = Vec::new();
    for grid in grids {
        let id = grid
            .spec
            .columns
            .iter()
            .position(|column| column.key == "id" || column.key == NAME);
        if let (Some(id), false) = (id, matches!(grid.spec.form, Form::Table(_))) {
            let cells = grid
                .rows
                .iter()
                .filter_map(|row| grid.under(row, &Heading::Key(id)));
            names.extend(cells.map(|(at, _)| at.text.to_string()));
        }
    }
    names.extend(tables::headers(workbook));
    names
}

/// Tells of rows of the template's example that were left among the planner's own.
fn report_examples(workbook: &Workbook, grids: &[Grid], notices: &mut Notices) {
    let rows = || {
        let lists = grids
            .iter()
            .filter(|grid| !matches!(grid.spec.form, Form::Settings { .. }));
        lists.flat_map(|grid| grid.entries().map(move |row| (grid, row)))
    };
    let mut examples = rows().filter(|(grid, row)| grid.is_example(row));
    let own = rows().any(|(grid, row)| !grid.is_example(row));
    if let (true, Some((grid, row))) = (own, examples.next()) {
        let count = examples.count() + 1;
        let place = Place::cell(&workbook.file, &*grid.name, row.number, 1);
        notices.push(Notice::new(EXAMPLES_LEFT, place).with(count));
    }
}

#[cfg(test)]
mod tests;
