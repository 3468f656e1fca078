//! Where a case comes from: a folder with `case.toml` and files of scenarios, or one workbook.

use std::fs;
use std::path::{Path, PathBuf};

use super::CASE_FILE;
use super::book::{self, Book};
use super::files::Document;
use super::record::{CaseFile, OverlayFile};
use super::source::Source;
use crate::words::catalogue::{COUNT_OUT_OF_RANGE, FILE_UNREADABLE};
use crate::words::{Notice, Notices, Place, trouble_in_both};

/// The folder of scenarios beside `case.toml`.
pub(super) const SCENARIO_FOLDER: &str = "scenarios";

/// Most scenarios that are read.
const MOST: usize = 1000;

/// Where a case comes from.
pub(super) enum Origin {
    /// A folder.
    Folder(PathBuf),
    /// A workbook and the folder it lies in.
    Book(PathBuf, Box<Book>),
}

/// The folder in which the files of a case lie, which places in findings are named from: the case itself, or the folder
/// of the workbook that it is.
pub fn folder_of(case: &Path) -> &Path {
    match book::is_workbook(case) {
        true => case.parent().unwrap_or(Path::new("")),
        false => case,
    }
}

impl Origin {
    /// Opens what a planner named as the case; `None` when it is a workbook that cannot be read as one.
    pub(super) fn open(case: &Path, notices: &mut Notices) -> Option<Origin> {
        if !book::is_workbook(case) {
            return Some(Origin::Folder(case.to_path_buf()));
        }
        let folder = folder_of(case);
        let file = case.file_name()?.to_string_lossy();
        let book = book::open(folder, &file, notices)?;
        Some(Origin::Book(folder.to_path_buf(), Box::new(book)))
    }

    /// The folder in which its tables lie.
    pub(super) fn folder(&self) -> &Path {
        match self {
            Origin::Folder(folder) | Origin::Book(folder, _) => folder,
        }
    }

    /// The file that states the case.
    pub(super) fn name(&self) -> &str {
        match self {
            Origin::Folder(_) => CASE_FILE,
            Origin::Book(_, book) => &book.file,
        }
    }

    /// What the case states.
    pub(super) fn case(&self, notices: &mut Notices) -> Option<Document<CaseFile>> {
        match self {
            Origin::Folder(folder) => Document::read(folder, CASE_FILE, notices),
            Origin::Book(_, book) => Document::parse(book.case.clone(), book.hash.clone(), notices),
        }
    }

    /// The names of the scenarios, sorted.
    pub(super) fn scenarios(&self, notices: &mut Notices) -> Vec<String> {
        let (names, place) = match self {
            Origin::Folder(folder) => (file_names(folder, notices), Place::file(SCENARIO_FOLDER)),
            Origin::Book(_, book) => {
                let names = book
                    .scenarios
                    .iter()
                    .map(|(name, _)| name.clone())
                    .collect();
                (names, Place::file(&book.file))
            }
        };
        if names.len() > MOST {
            let notice = Notice::new(COUNT_OUT_OF_RANGE, place).with(SCENARIO_FOLDER);
            notices.push(notice.with(names.len()).with(format!("≤ {MOST}")));
            return Vec::new();
        }
        names
    }

    /// What a scenario states.
    pub(super) fn scenario(
        &self,
        name: &str,
        notices: &mut Notices,
    ) -> Option<Document<OverlayFile>> {
        match self {
            Origin::Folder(folder) => Document::read(folder, &file_of(name), notices),
            Origin::Book(_, book) => {
                let (_, source): &(String, Source) =
                    book.scenarios.iter().find(|(own, _)| own == name)?;
                Document::parse(source.clone(), book.hash.clone(), notices)
            }
        }
    }

    /// The file of a scenario, where it has one of its own.
    pub(super) fn scenario_file(&self, name: &str) -> Option<String> {
        matches!(self, Origin::Folder(_)).then(|| file_of(name))
    }

    /// Findings in the words of where the case comes from.
    pub(super) fn put(&self, notices: Notices) -> Notices {
        match self {
            Origin::Folder(_) => notices,
            Origin::Book(_, book) => book.tongue.put(notices),
        }
    }
}

fn file_of(name: &str) -> String {
    format!("{SCENARIO_FOLDER}/{name}.toml")
}

/// The TOML files of the folder of scenarios, sorted by name.
fn file_names(folder: &Path, notices: &mut Notices) -> Vec<String> {
    let folder = folder.join(SCENARIO_FOLDER);
    if !folder.is_dir() {
        return Vec::new();
    }
    let entries = match fs::read_dir(&folder) {
        Ok(entries) => entries,
        Err(error) => {
            notices.push(
                Notice::new(FILE_UNREADABLE, Place::file(SCENARIO_FOLDER))
                    .with(trouble_in_both(&error)),
            );
            return Vec::new();
        }
    };
    let mut names: Vec<String> = entries
        .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
        .filter(|name| name.ends_with(".toml") && !name.starts_with('.'))
        .collect();
    names.sort();
    names
        .iter()
        .filter_map(|name| name.strip_suffix(".toml").map(str::to_string))
        .collect()
}
