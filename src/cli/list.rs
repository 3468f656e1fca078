//! `junheng list`

use super::args::List;
use super::exit::Exit;
use super::load::load;
use super::voice::Voice;
use crate::report::{Question, scenarios};

/// Lists the scenarios of a case.
pub fn run(voice: &Voice, asked: &List) -> Result<Exit, Exit> {
    let loaded = load(voice, &asked.case)?;
    let question = Question {
        case: &loaded.case,
        scenario: None,
        lang: voice.lang,
    };
    match voice.json {
        true => voice.put_json(&scenarios::json(&question, &loaded.overlays))?,
        false => voice.put_page(&scenarios::page(&question, &loaded.overlays))?,
    }
    if !loaded.overlays.is_empty() {
        let place = asked.case.display();
        voice.say(voice.lang.pick(
            format!("下一步：junheng compare {place}"),
            format!("next: junheng compare {place}"),
        ));
    }
    Ok(Exit::Done)
}
