//! Where results go: into the files of a folder, or into one workbook.

use std::path::{Path, PathBuf};

use super::exit::Exit;
use super::voice::Voice;
use crate::report::Folder;
use crate::report::touched::{office_file_is_touched, table_is_touched};

/// What is said when there is no folder to write to.
const NO_FOLDER: (&str, &str) = ("不能写入文件夹", "this folder cannot be written to");

/// Where results go.
#[derive(Debug)]
pub enum Out {
    /// Into the files of a folder.
    Folder(Folder),
    /// Into one workbook.
    Workbook(Book),
}

/// A workbook to be written.
#[derive(Debug)]
pub struct Book {
    folder: Folder,
    name: String,
    path: PathBuf,
}

impl Out {
    /// Opens the place for results before the long run: a workbook where the path ends in `.xlsx`, else a folder.
    /// Nothing is written over one of the files `read`, nor, unless asked to `replace` it, over one that a person has edited
    /// since it was written.
    ///
    /// # Errors
    /// [`Exit::CouldNotRun`] when nothing can be written there, or the path ends as another spreadsheet's.
    pub fn open(voice: &Voice, out: &Path, read: &[&Path], replace: bool) -> Result<Out, Exit> {
        match ending(out).as_deref() {
            Some("xlsx") if is_workbook(out) => {
                let book = Book::open(voice, out, read)?;
                unedited(voice, out, None, replace)?;
                Ok(Out::Workbook(book))
            }
            Some(ending) if is_of_a_file(ending) && !out.is_dir() => {
                let (file, other) = (out.display(), out.with_extension("xlsx"));
                let other = other.display();
                Err(voice.fail(
                    NO_FOLDER,
                    voice.lang.pick(
                        format!("{file} 像是一个文件；工作簿请用 --out {other}，否则请给出一个文件夹"),
                        format!("{file} is named like a file; for a workbook: --out {other}, else name a folder"),
                    ),
                ))
            }
            _ => {
                if let Some(own) = read.iter().find(|file| is_plan_of(file, out)) {
                    let what = (
                        "不会覆盖读入的文件",
                        "a file that was read is not overwritten",
                    );
                    let other = voice.lang.pick("请换一个 --out", "choose another --out");
                    return Err(voice.fail(what, format!("{} ({other})", own.display())));
                }
                // Comparisons have a folder for each scenario.
                let inside = std::fs::read_dir(out).into_iter().flatten().flatten();
                let folders = inside.map(|entry| entry.path()).chain([out.to_path_buf()]);
                let edited = folders.filter(|folder| table_is_touched(folder)).min();
                if let Some(edited) = edited.filter(|_| !replace) {
                    return Err(kept(voice, &edited.join("plan.csv")));
                }
                plain_folder(voice, out).map(Out::Folder)
            }
        }
    }
}

/// Refuses to write over a workbook or document that a person has edited. `own` is the file that a document is filled into.
///
/// # Errors
/// [`Exit::CouldNotRun`] when it was edited, unless it is to be replaced.
pub fn unedited(voice: &Voice, file: &Path, own: Option<&Path>, replace: bool) -> Result<(), Exit> {
    match !replace && office_file_is_touched(file, own) {
        true => Err(kept(voice, file)),
        false => Ok(()),
    }
}

fn kept(voice: &Voice, file: &Path) -> Exit {
    let what = (
        "文件写出以后经人工修改，不予覆盖",
        "a file that was edited since it was written is not replaced",
    );
    let (file, is_table) = (file.display(), file.ends_with("plan.csv"));
    let around = voice.lang.pick(
        format!("；按改过的行重新求解：--keep {file}"),
        format!("; to plan around its rows: --keep {file}"),
    );
    let around = if is_table { around } else { String::new() };
    voice.fail(
        what,
        voice.lang.pick(
            format!("{file}（请换一个 --out；确要覆盖：--replace{around}）"),
            format!("{file} (choose another --out, or replace it with --replace{around})"),
        ),
    )
}

/// Whether a file is the plan table of a folder of results: what a planner has edited and asks to keep.
fn is_plan_of(file: &Path, folder: &Path) -> bool {
    let own = std::fs::canonicalize(folder.join("plan.csv"));
    own.is_ok_and(|own| std::fs::canonicalize(file).is_ok_and(|file| file == own))
}

/// Tries before the long run whether a file can be written where it is wanted.
///
/// # Errors
/// [`Exit::CouldNotRun`] when nothing can be written there.
pub fn beside(voice: &Voice, file: &Path) -> Result<(), Exit> {
    let place = file.parent().filter(|place| !place.as_os_str().is_empty());
    plain_folder(voice, place.unwrap_or(Path::new("."))).map(drop)
}

/// Opens a folder for the results of a command that writes no workbook.
///
/// # Errors
/// [`Exit::CouldNotRun`] when nothing can be written there, or a file is meant by the path.
pub fn folder(voice: &Voice, out: &Path) -> Result<Folder, Exit> {
    match ending(out).filter(|ending| is_of_a_file(ending) && !out.is_dir()) {
        Some(_) => {
            let what = ("这个命令的结果是一个文件夹", "this command writes a folder");
            let (file, other) = (out.display(), out.with_extension(""));
            let other = other.display();
            Err(voice.fail(
                what,
                voice.lang.pick(
                    format!("{file}；请用 --out {other}（写成一个工作簿的是 solve 和 compare）"),
                    format!("{file}; use --out {other} (solve and compare write workbooks)"),
                ),
            ))
        }
        None => plain_folder(voice, out),
    }
}

fn plain_folder(voice: &Voice, out: &Path) -> Result<Folder, Exit> {
    Folder::open(out).map_err(|failed| voice.fail_at(NO_FOLDER, out, &failed))
}

/// The ending of a path in small letters.
fn ending(path: &Path) -> Option<String> {
    let ending = path.extension()?.to_string_lossy();
    Some(ending.to_lowercase())
}

/// Whether a workbook is meant by a path.
pub fn is_workbook(out: &Path) -> bool {
    ending(out).as_deref() == Some("xlsx") && !out.is_dir()
}

/// Whether files that end so are tables, so that no folder can be meant.
fn is_of_a_file(ending: &str) -> bool {
    let endings = [
        "xlsx", "xls", "xlsm", "xlsb", "xltx", "ods", "fods", "et", "csv", "tsv", "doc", "docx",
        "html", "pdf", "md", "json",
    ];
    endings.contains(&ending)
}

impl Book {
    fn open(voice: &Voice, out: &Path, read: &[&Path]) -> Result<Book, Exit> {
        let real = |path: &Path| path.canonicalize().ok();
        let same = |other: &&&Path| real(out).is_some() && real(out) == real(other);
        if let Some(other) = read.iter().find(same) {
            let what = (
                "不会覆盖读入的文件，请换一个文件名",
                "a file that is read is not written over; choose another name",
            );
            return Err(voice.fail(what, other.display()));
        }
        let beside = out.parent().filter(|path| !path.as_os_str().is_empty());
        let folder = plain_folder(voice, beside.unwrap_or(Path::new(".")))?;
        let name = out.file_name().unwrap_or(out.as_os_str());
        Ok(Book {
            folder,
            name: name.to_string_lossy().into_owned(),
            path: out.to_path_buf(),
        })
    }

    /// Where it is, as the planner named it.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Writes its bytes whole or not at all, and says so.
    ///
    /// # Errors
    /// [`Exit::CouldNotRun`] when it could not be put together or written.
    pub fn write<E: std::fmt::Display>(
        &self,
        voice: &Voice,
        bytes: Result<Vec<u8>, E>,
    ) -> Result<(), Exit> {
        let what = ("工作簿没有写成", "the workbook could not be written");
        let bytes = bytes.map_err(|failed| voice.fail(what, failed))?;
        self.folder
            .write(&self.name, &bytes)
            .map_err(|failed| voice.fail_at(what, &self.path, &failed))?;
        let path = self.path.display();
        voice.say(
            voice
                .lang
                .pick(format!("已写入 {path}"), format!("written: {path}")),
        );
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn endings_count_whatever_their_letters() {
        assert_eq!(ending(Path::new("a/Plan.XLSX")).as_deref(), Some("xlsx"));
        assert_eq!(ending(Path::new("out")), None);
        assert!(is_of_a_file("ods") && !is_of_a_file("2026"));
    }
}
