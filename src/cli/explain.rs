//! `junheng explain`

use super::args::Explain;
use super::exit::Exit;
use super::load::nearest;
use super::voice::Voice;
use crate::report::findings;
use crate::words::catalogue;

/// Explains a code, or lists all of them.
pub fn run(voice: &Voice, asked: &Explain) -> Result<Exit, Exit> {
    let Some(code) = &asked.code else {
        match voice.json {
            true => voice.put_json(&findings::catalogue_json(voice.lang))?,
            false => voice.put_page(&findings::catalogue_page(voice.lang))?,
        }
        return Ok(Exit::Done);
    };
    let Some(entry) = catalogue::find(code.trim()) else {
        let known: Vec<&str> = catalogue::ENTRIES.iter().map(|entry| entry.code).collect();
        let near = nearest(code, &known).unwrap_or(known[0]);
        return Err(voice.fail(
            ("没有这个代码", "no such code"),
            voice.lang.pick(
                format!("{code}；是不是 {near}？"),
                format!("{code}; did you mean {near}?"),
            ),
        ));
    };
    match voice.json {
        true => voice.put_json(&findings::entry_json(entry, voice.lang))?,
        false => voice.put_page(&findings::entry_page(entry, voice.lang))?,
    }
    Ok(Exit::Done)
}
