//! `junheng new`

use std::path::{Path, PathBuf};

use super::args::New;
use super::exit::Exit;
use super::load::show_faults;
use super::voice::Voice;
use crate::read::new_case;
use crate::report::{Folder, drafted, findings};
use crate::words::{Grade, Notices};

/// Drafts a case from a sheet of schools into a folder that has none yet.
pub fn run(voice: &Voice, asked: &New) -> Result<Exit, Exit> {
    let mut notices = Notices::new();
    let file = asked
        .sheet
        .file_name()
        .unwrap_or(asked.sheet.as_os_str())
        .to_string_lossy()
        .into_owned();
    let parent = asked.sheet.parent().unwrap_or(Path::new(""));
    let sheet = new_case::read_schools(parent, &file, &mut notices);
    let Some(sheet) = sheet.filter(|_| !notices.any_error()) else {
        return Err(show_faults(voice, &notices, parent));
    };
    let draft = new_case::draft(&sheet, &file, voice.lang);
    let out = asked.out.clone().unwrap_or_else(|| named_like(&file));
    save(voice, &out, &file, &asked.sheet, &draft.text)?;
    let folder = out.display();
    match voice.json {
        true => {
            let drafted = drafted::json(&draft, &folder.to_string(), &notices, voice.lang);
            voice.put_json(&drafted)?;
        }
        false => voice.put_page(&drafted::page(&draft, voice.lang))?,
    }
    if !notices.is_empty() {
        let found = findings::text(&notices, voice.lang, Grade::Hint, parent);
        voice.say(found.trim_end());
    }
    let left = draft.to_fill;
    voice.say(voice.lang.pick(
        format!("已写入 {folder}/case.toml，有 {left} 处要您填写；填好后：junheng check {folder}"),
        format!("written: {folder}/case.toml; {left} places are yours to fill in; then: junheng check {folder}"),
    ));
    Ok(Exit::Done)
}

/// The folder a sheet gives its name to: `schools.csv.gz` makes `schools`.
fn named_like(file: &str) -> PathBuf {
    let stem = file
        .split('.')
        .find(|part| !part.is_empty())
        .unwrap_or("case");
    let stem = stem.trim();
    PathBuf::from(if stem.is_empty() || stem == file {
        format!("{stem}-case")
    } else {
        stem.to_string()
    })
}

/// Writes the draft and a copy of the sheet. A case that is already there is left alone.
fn save(voice: &Voice, out: &Path, file: &str, sheet: &Path, text: &str) -> Result<(), Exit> {
    if out.join("case.toml").exists() {
        let what = (
            "这里已有案例，不会覆盖",
            "a case is already there and is not overwritten",
        );
        return Err(voice.fail(what, out.join("case.toml").display()));
    }
    let what = ("案例没有写成", "the case could not be written");
    let write = || -> std::io::Result<()> {
        let content = std::fs::read(sheet)?;
        let folder = Folder::open(out)?;
        if !same_place(sheet, &out.join(file)) {
            folder.write(file, &content)?;
        }
        folder.write("case.toml", text.as_bytes()).map(|_| ())
    };
    write().map_err(|failed| voice.fail_at(what, out, &failed))
}

fn same_place(one: &Path, other: &Path) -> bool {
    match (one.canonicalize(), other.canonicalize()) {
        (Ok(one), Ok(other)) => one == other,
        _ => false,
    }
}
