//! `junheng explain`

use super::args::Explain;
use super::exit::Exit;
use super::load::nearest;
use super::voice::Voice;
use crate::report::{findings, terms};
use crate::words::catalogue;
use crate::words::terms::{self as words, TERMS};

/// Explains a code, a lever or a rule, or lists all of them.
pub fn run(voice: &Voice, asked: &Explain) -> Result<Exit, Exit> {
    let Some(code) = &asked.code else {
        match voice.json {
            true => voice.put_json(&findings::catalogue_json(voice.lang))?,
            false => {
                let mut page = findings::catalogue_page(voice.lang);
                terms::add(&mut page, voice.lang);
                voice.put_page(&page)?
            }
        }
        return Ok(Exit::Done);
    };
    if let Some(term) = words::find(code) {
        match voice.json {
            true => voice.put_json(&terms::json(term, voice.lang))?,
            false => voice.put_page(&terms::page(term, voice.lang))?,
        }
        return Ok(Exit::Done);
    }
    let Some(entry) = catalogue::find(code.trim()) else {
        let codes = catalogue::ENTRIES.iter().map(|entry| entry.code);
        let known: Vec<&str> = codes.chain(TERMS.iter().map(|term| term.word)).collect();
        let near = nearest(code, &known).unwrap_or(known[0]);
        return Err(voice.fail(
            ("没有这个代码或词", "no such code or word"),
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
