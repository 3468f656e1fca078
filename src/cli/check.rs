//! `junheng check`

use std::path::Path;

use super::args::Check;
use super::exit::Exit;
use super::load::no_case;
use super::template::save;
use super::voice::Voice;
use crate::read::{self, Reading};
use crate::report::{findings, marked};
use crate::words::Grade;

/// Lists every fault of a case.
pub fn run(voice: &Voice, asked: &Check) -> Result<Exit, Exit> {
    let reading = read::read_case(&asked.case);
    if voice.json {
        voice.put_json(&findings::json(&reading.notices, voice.lang))?;
    } else {
        voice.put(&findings::text(
            &reading.notices,
            voice.lang,
            Grade::Hint,
            read::folder_of(&asked.case),
        ))?;
    }
    if let Some(out) = &asked.mark {
        mark(voice, &asked.case, &reading, out)?;
    }
    if reading.notices.any_error() {
        if no_case(voice, &asked.case) {
            return Ok(Exit::BadData);
        }
        voice.say(voice.lang.pick(
            "详细说明：junheng explain 代码",
            "more about a code: junheng explain CODE",
        ));
        return Ok(Exit::BadData);
    }
    let case = asked.case.display();
    voice.say(voice.lang.pick(
        format!("下一步：junheng diagnose {case} 或 junheng solve {case}"),
        format!("next: junheng diagnose {case} or junheng solve {case}"),
    ));
    Ok(Exit::Done)
}

/// Writes the marked copy of the tables of a case, never over one of them.
fn mark(voice: &Voice, case: &Path, reading: &Reading, out: &Path) -> Result<(), Exit> {
    let what = ("标注的副本没有写成", "the marked copy could not be written");
    let folder = read::folder_of(case);
    let tables = reading.tables();
    let same = |table: &String| match (folder.join(table).canonicalize(), out.canonicalize()) {
        (Ok(table), Ok(out)) => table == out,
        _ => false,
    };
    if tables.iter().any(same) {
        let what = (
            "副本不能写到原表上，请换一个文件名",
            "the copy cannot take the place of the table itself; name another file",
        );
        return Err(voice.fail(what, out.display()));
    }
    let bytes = marked::render(folder, &tables, &reading.notices, voice.lang)
        .map_err(|failed| voice.fail(what, failed))?;
    save(voice, out, &bytes, what)?;
    voice.say(voice.lang.pick(
        format!("已写入标注的副本 {}", out.display()),
        format!("written, with the faulty cells marked: {}", out.display()),
    ));
    Ok(())
}
