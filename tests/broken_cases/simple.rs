//! The simple case and the ways of editing it.

use std::fs;
use std::path::Path;

use junheng::read::{Reading, read_case};

/// What marks the place a finding must point to.
const MARK: char = '‸';

/// The name of a workbook that is the case, in place of the folder.
pub const BOOK: &str = "case.xlsx";

/// The simple case, its files in memory.
pub struct Simple {
    files: Vec<(String, Vec<u8>)>,
    /// Folders to make where files are expected.
    folders: Vec<String>,
    /// Where the finding must point.
    marked: Option<String>,
}

impl Simple {
    /// The simple case as it stands in `tests/simple_case`.
    pub fn new() -> Simple {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/simple_case");
        let names = [
            "case.toml",
            "schools.csv",
            "links.csv",
            "scenarios/less.toml",
            "scenarios/mixed.toml",
        ];
        let read = |name: &str| {
            (
                name.to_string(),
                fs::read(folder.join(name)).expect("a file of the simple case"),
            )
        };
        Simple {
            files: names.into_iter().map(read).collect(),
            folders: Vec::new(),
            marked: None,
        }
    }

    /// The case with `to` in place of `from`, which must stand in the file exactly once.
    pub fn swap(&mut self, file: &str, from: &str, to: &str) {
        let text = self.text(file);
        assert_eq!(text.matches(from).count(), 1, "`{from}` in {file}");
        self.write(file, &text.replace(from, to));
    }

    /// The case without a line, which must stand in the file exactly once.
    pub fn minus(&mut self, file: &str, line: &str) {
        self.swap(file, &format!("{line}\n"), "");
    }

    /// The case with more at the end of a file.
    pub fn plus(&mut self, file: &str, more: &str) {
        let text = self.text(file) + more;
        self.write(file, &text);
    }

    /// The case with another file, or with one replaced.
    pub fn write(&mut self, file: &str, text: &str) {
        if let Some((before, after)) = text.split_once(MARK) {
            self.marked = Some(place(file, before));
            return self.bytes(file, format!("{before}{after}").as_bytes());
        }
        self.bytes(file, text.as_bytes());
    }

    /// The case with a file of these bytes.
    pub fn bytes(&mut self, file: &str, bytes: &[u8]) {
        self.remove(file);
        self.files.push((file.to_string(), bytes.to_vec()));
    }

    /// The case without a file.
    pub fn remove(&mut self, file: &str) {
        self.files.retain(|(name, _)| name != file);
    }

    /// The case with a folder where a file is expected.
    pub fn folder(&mut self, file: &str) {
        self.remove(file);
        self.folders.push(file.to_string());
    }

    /// The finding must point here; for places that cannot be marked in the text.
    pub fn mark(&mut self, place: &str) {
        self.marked = Some(place.to_string());
    }

    /// Where the finding must point.
    pub fn marked(&self) -> String {
        self.marked
            .clone()
            .expect("an edit marks where its finding must point")
    }

    /// Writes the case to a folder of its own and reads it.
    pub fn read(&self) -> Reading {
        let folder = tempfile::tempdir().expect("a folder");
        for name in &self.folders {
            fs::create_dir_all(folder.path().join(name)).expect("a folder inside");
        }
        for (name, bytes) in &self.files {
            let path = folder.path().join(name);
            fs::create_dir_all(path.parent().expect("a folder")).expect("a folder inside");
            fs::write(path, bytes).expect("a file");
        }
        let book = folder.path().join(BOOK);
        read_case(if book.exists() { &book } else { folder.path() })
    }

    /// The text of a file.
    pub fn text(&self, file: &str) -> String {
        let (_, bytes) = self
            .files
            .iter()
            .find(|(name, _)| name == file)
            .expect("a file of the case");
        String::from_utf8(bytes.clone()).expect("a text")
    }
}

/// The place after this much of a file: a character of the line in TOML files, a field of the record in tables.
fn place(file: &str, before: &str) -> String {
    let line = before.matches('\n').count() + 1;
    let own = before.rsplit('\n').next().unwrap_or_default();
    let column = if file.ends_with(".csv") {
        own.matches(',').count()
    } else {
        own.chars().count()
    };
    format!("{file}:{line}:{}", column + 1)
}
