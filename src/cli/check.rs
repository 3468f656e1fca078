//! `junheng check`

use super::args::Check;
use super::exit::Exit;
use super::load::no_case;
use super::voice::Voice;
use crate::read;
use crate::report::findings;
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
            &asked.case,
        ))?;
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
