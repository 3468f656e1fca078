//! Floor 2: from files to a case and its notices.
//!
//! A file is parsed to a tree with places, the tree is checked against the schema of the records (`shape`), the
//! records become parts of the case (`record`), and the case as a whole is checked (`check`). Every fault of every
//! file is collected in this one pass; a case comes out only when there is no error.

mod at;
mod build;
mod check;
mod depth;
mod files;
pub mod fold;
mod names;
mod nearest;
pub mod new_case;
pub mod number;
mod overlays;
mod plausible;
mod record;
mod schema;
mod schools;
mod shape;
mod source;
mod standards;
pub mod table;

use std::collections::HashMap;
use std::path::Path;

use crate::case::{Case, Overlay};
use crate::words::{Notice, Notices};

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
    /// The scenarios beside it, sorted by file name, what they include already flattened; empty without a case.
    pub overlays: Vec<Overlay>,
    /// Every finding, file by file in order of lines.
    pub notices: Notices,
    /// Every file that was read, as named from the folder, with the BLAKE3 of its bytes in hexadecimal.
    pub hashes: Vec<(String, String)>,
}

/// Reads the case in a folder: `case.toml`, the tables it names and the scenarios beside it.
pub fn read_case(folder: &Path) -> Reading {
    let mut notices = Notices::new();
    let mut hashes = Vec::new();
    let draft = build::draft(folder, &mut hashes, &mut notices);
    let mut overlays = Vec::new();
    if let Some(draft) = &draft {
        overlays = overlays::read(folder, draft, &mut hashes, &mut notices);
    }
    let sound = !notices.any_error();
    Reading {
        case: draft.filter(|_| sound).and_then(|draft| draft.case),
        overlays: if sound { overlays } else { Vec::new() },
        notices: in_order(notices),
        hashes,
    }
}

/// The findings file by file in order of lines, each once.
fn in_order(notices: Notices) -> Notices {
    let mut ranks: HashMap<&Path, usize> = HashMap::new();
    for notice in notices.iter() {
        let next = ranks.len();
        ranks.entry(&notice.place.file).or_insert(next);
    }
    let rank = |notice: &Notice| ranks.get(notice.place.file.as_path()).copied();
    let mut sorted: Vec<&Notice> = notices.iter().collect();
    sorted.sort_by_key(|notice| (rank(notice), notice.place.line, notice.place.column));
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
