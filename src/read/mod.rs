//! Floor 2: from files to a case and its notices.
//!
//! A file is parsed to a tree with places, the tree is checked against the schema of the records (`shape`), the
//! records become parts of the case (`record`), and the case as a whole is checked (`check`). Every fault of every
//! file is collected in this one pass; a case comes out only when there is no error.

mod at;
pub mod book;
mod build;
mod bytes;
mod check;
mod depth;
mod earlier;
mod files;
pub mod fold;
mod names;
mod nearest;
pub mod new_case;
pub mod number;
mod origin;
mod overlays;
pub mod plan_table;
mod plausible;
mod record;
mod schema;
mod schools;
mod shape;
mod source;
mod standards;
pub mod table;
pub mod workbook;

use std::collections::HashMap;
use std::path::Path;

use self::origin::Origin;
use crate::case::{Case, Cells, Overlay};
use crate::words::{Notice, Notices, Place};

pub use self::origin::folder_of;
pub use self::overlays::compose;
pub use self::schema::schema;
pub use self::standards::SETS as STANDARD_SETS;

/// The file that every case folder has.
pub const CASE_FILE: &str = "case.toml";

/// What was read from a case folder.
#[derive(Debug)]
pub struct Reading {
    /// The case; `None` when there is an error among the findings.
    pub case: Option<Case>,
    /// Where the numbers of its schools stand; nothing without a case.
    pub cells: Cells,
    /// The scenarios beside it, sorted by file name, what they include already flattened; empty without a case.
    pub overlays: Vec<Overlay>,
    /// Every finding, file by file in order of lines.
    pub notices: Notices,
    /// Every file that was read, as named from the folder, with the BLAKE3 of its bytes in hexadecimal.
    pub hashes: Vec<(String, String)>,
}

impl Reading {
    /// The files that were read and are tables or workbooks, in the order they were read.
    pub fn tables(&self) -> Vec<String> {
        let files = self.hashes.iter().map(|(file, _)| file);
        files
            .filter(|file| !file.ends_with(".toml"))
            .cloned()
            .collect()
    }
}

/// Reads a case: `case.toml` in a folder, the tables it names and the scenarios beside it; or a workbook that is a case.
pub fn read_case(case: &Path) -> Reading {
    let mut notices = Notices::new();
    let mut hashes = Vec::new();
    let mut overlays = Vec::new();
    let origin = Origin::open(case, &mut notices);
    let mut draft = origin
        .as_ref()
        .and_then(|origin| build::draft(origin, &mut hashes, &mut notices));
    if let (Some(origin), Some(draft)) = (&origin, &mut draft) {
        overlays = overlays::read(origin, draft, &mut hashes, &mut notices);
    }
    if let Some(origin) = &origin {
        notices = origin.put(notices);
    }
    let sound = !notices.any_error();
    let draft = draft.filter(|_| sound);
    let (case, cells) = draft.map_or_else(Default::default, |draft| (draft.case, draft.cells));
    Reading {
        case,
        cells,
        overlays: if sound { overlays } else { Vec::new() },
        notices: in_order(notices),
        hashes,
    }
}

/// The findings file by file, those of a workbook sheet by sheet, in order of lines, each once.
fn in_order(notices: Notices) -> Notices {
    let mut files: HashMap<&Path, usize> = HashMap::new();
    let mut sheets: HashMap<&str, usize> = HashMap::new();
    for place in notices.iter().map(|notice| &notice.place) {
        let next = files.len();
        files.entry(&place.file).or_insert(next);
        if let Some(sheet) = place.sheet.as_deref() {
            let next = sheets.len();
            sheets.entry(sheet).or_insert(next);
        }
    }
    let rank = |place: &Place| {
        let file = files.get(place.file.as_path()).copied();
        let sheet = place.sheet.as_deref();
        let sheet = sheet.and_then(|own| sheets.get(own).copied());
        (file, sheet, place.line, place.column)
    };
    let mut sorted: Vec<&Notice> = notices.iter().collect();
    sorted.sort_by_key(|notice| rank(&notice.place));
    let mut ordered = Notices::new();
    let mut last: Option<&Notice> = None;
    for notice in sorted {
        if last != Some(notice) {
            ordered.push(notice.clone());
        }
        last = Some(notice);
    }
    ordered
}
