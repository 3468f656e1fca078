//! `junheng audit`

use super::args::Audit;
use super::exit::Exit;
use super::load::{choose, load, read_plan};
use super::near::stay_near;
use super::voice::Voice;
use crate::plan::audit::audit;
use crate::plan::table::Wanted;
use crate::report::{Question, audited};

/// Checks a plan table against every rule of its case.
pub fn run(voice: &Voice, asked: &Audit) -> Result<Exit, Exit> {
    let loaded = load(voice, &asked.case)?;
    let scenario = choose(voice, &loaded, &asked.scenarios)?;
    let mut case = scenario.as_ref().map_or_else(
        || loaded.case.clone(),
        |overlay| overlay.apply(&loaded.case),
    );
    stay_near(voice, &mut case, &asked.near)?;
    let rows = read_plan(voice, &case, &asked.plan, Wanted::All)?;
    let audit = audit(&case, &rows, &[]);
    let question = Question {
        case: &case,
        scenario: scenario.as_ref(),
        lang: voice.lang,
    };
    match voice.json {
        true => voice.put_json(&audited::json(&question, &audit))?,
        false => voice.put_page(&audited::page(&question, &audit))?,
    }
    Ok(if audit.breaches.is_empty() {
        Exit::Done
    } else {
        Exit::AuditFailed
    })
}
