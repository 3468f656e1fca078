//! `junheng new`: from a sheet of schools to a commented draft of `case.toml`.
//!
//! What can be read off the sheet is guessed, with its header and how sure it is; what only the planner knows (costs,
//! funds, the first year, norms no shipped standard states) is marked to be filled in. A mark is a text where a number
//! belongs, so that `check` reports each one and none is ever taken for a number.

mod columns;
mod found;
mod measures;
mod page;
mod resources;
mod said;
mod schools;
mod stages;
mod standard;
mod words;

pub use page::quoted;

use std::path::Path;

use super::table::{Sheet, read_sheet_expecting};
use crate::words::{Lang, Notices};
use found::Found;
use page::Page;

/// How sure a guess is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Confidence {
    /// The header is a known word and the cells agree.
    Sure,
    /// The header contains a known word, or a few cells disagree.
    Likely,
    /// To be looked at.
    Doubtful,
}

impl Confidence {
    /// How it is said.
    pub fn name(self) -> (&'static str, &'static str) {
        match self {
            Confidence::Sure => ("有把握", "sure"),
            Confidence::Likely => ("较有把握", "likely"),
            Confidence::Doubtful => ("没把握，请核对", "doubtful, please check"),
        }
    }
}

/// One thing that was guessed, in the language of the draft.
#[derive(Clone, PartialEq, Debug)]
pub struct Guess {
    /// What was guessed, such as 在校生数.
    pub subject: String,
    /// The header or words it was guessed from, as they stand in the sheet.
    pub from: String,
    /// How sure it is.
    pub confidence: Confidence,
}

/// A draft of a case.
#[derive(Clone, PartialEq, Debug)]
pub struct Draft {
    /// The text of `case.toml`.
    pub text: String,
    /// What was guessed, in the order of the file.
    pub guesses: Vec<Guess>,
    /// Headers that are not used, in the order of the sheet.
    pub unused: Vec<String>,
    /// What the planner should know besides, as sentences.
    pub remarks: Vec<String>,
    /// How many places are marked to be filled in.
    pub to_fill: usize,
}

/// Reads a sheet of schools whose headers nobody has mapped yet: known headers settle encoding and header line.
pub fn read_schools(folder: &Path, file: &str, notices: &mut Notices) -> Option<Sheet> {
    read_sheet_expecting(folder, file, &words::words().headers(), notices)
}

/// Drafts a case for a sheet of schools. `file_name` is what the case is to call the sheet: a file in its folder.
pub fn draft(sheet: &Sheet, file_name: &str, lang: Lang) -> Draft {
    let found = Found::in_sheet(sheet, file_name, lang);
    let mut page = Page::new(lang);
    schools::write(&found, &mut page);
    resources::write(&found, &mut page);
    standard::write(&found, &mut page);
    measures::write(&found, &mut page);
    resources::write_beside(&found, &mut page);
    let to_fill = page.to_fill();
    Draft {
        text: schools::head(&found, to_fill) + &page.into_text(),
        guesses: said::guesses(&found),
        unused: found.unused().map(str::to_string).collect(),
        remarks: said::remarks(&found),
        to_fill,
    }
}
