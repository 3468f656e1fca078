//! Workbooks: the same table out of every format, and files made to do harm.

mod formats;
mod hostile;
mod parts;

use std::fs;
use std::path::Path;

use junheng::read::table::{Asked, Sheet, read_table};
use junheng::words::Notices;

/// A table read from these bytes, and the codes of the findings with their places.
fn reading(content: &[u8], asked: Asked) -> (Option<Sheet>, Vec<(&'static str, String)>) {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("t"), content).expect("a file");
    read_in(folder.path(), asked)
}

fn read_in(folder: &Path, asked: Asked) -> (Option<Sheet>, Vec<(&'static str, String)>) {
    let mut notices = Notices::new();
    let sheet = read_table(folder, "t", asked, &mut notices);
    let found = notices.iter();
    let found = found.map(|notice| (notice.code.0, notice.place.to_string()));
    (sheet, found.collect())
}

/// The codes of the findings about these bytes.
fn codes(content: &[u8]) -> Vec<&'static str> {
    let found = reading(content, Asked::default()).1;
    found.into_iter().map(|(code, _)| code).collect()
}
