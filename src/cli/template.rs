//! `junheng template`

use std::path::{Path, PathBuf};

use super::args::Template;
use super::exit::Exit;
use super::voice::Voice;
use crate::report::{Folder, template};

/// Writes the empty workbook of a case, unless a file is already there.
pub fn run(voice: &Voice, asked: &Template) -> Result<Exit, Exit> {
    let usual = voice.lang.pick("案例模板.xlsx", "case-template.xlsx");
    let out = asked.out.clone().unwrap_or_else(|| PathBuf::from(usual));
    if out.exists() {
        let what = (
            "文件已存在，不会覆盖",
            "the file is already there and is not overwritten",
        );
        return Err(voice.fail(what, out.display()));
    }
    let what = ("模板没有写成", "the template could not be written");
    let bytes = template::render(voice.lang).map_err(|failed| voice.fail(what, failed))?;
    save(voice, &out, &bytes, what)?;
    let out = out.display();
    voice.say(voice.lang.pick(
        format!("已写入 {out}；填好后：junheng check {out}"),
        format!("written: {out}; when it is filled in: junheng check {out}"),
    ));
    Ok(Exit::Done)
}

/// Writes a workbook whole or not at all.
///
/// # Errors
/// [`Exit::CouldNotRun`] when it cannot be written, which has then been said.
pub fn save(voice: &Voice, out: &Path, bytes: &[u8], what: (&str, &str)) -> Result<(), Exit> {
    let folder = out.parent().filter(|folder| !folder.as_os_str().is_empty());
    let folder = folder.unwrap_or(Path::new("."));
    let name = out.file_name().unwrap_or_default().to_string_lossy();
    let written = Folder::open(folder).and_then(|folder| folder.write(&name, bytes));
    written
        .map(|_| ())
        .map_err(|failed| voice.fail_at(what, out, &failed))
}
