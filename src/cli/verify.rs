//! `junheng verify-first`

use std::num::NonZeroUsize;

use super::args::VerifyFirst;
use super::exit::Exit;
use super::limits::Limits;
use super::on_threads;
use super::solve::exit_of;
use super::study::{Study, hint_at_files};
use super::voice::Voice;
use crate::plan::Verdict;
use crate::report::{markdown, verify as paper};
use crate::study::verify::{Told, Verified, verify};

/// Ranks the doubtful numbers of a case by the money at stake.
pub fn run(
    voice: &Voice,
    asked: &VerifyFirst,
    threads: Option<NonZeroUsize>,
    limits: &Limits,
) -> Result<Exit, Exit> {
    let study = Study::open(voice, &asked.about, limits)?;
    on_threads(voice, study.threads(threads), || rank(voice, asked, &study))
}

fn rank(voice: &Voice, asked: &VerifyFirst, study: &Study) -> Result<Exit, Exit> {
    let said = |finished: usize, total: usize| {
        if finished == total || finished.is_multiple_of(EVERY) {
            voice.say(voice.lang.pick(
                format!("已重新求解 {finished}/{total}"),
                format!("solved again: {finished}/{total}"),
            ));
        }
    };
    let of_file = (&study.loaded.cells, &study.loaded.notices);
    let verified = verify(&study.case, of_file, &study.options, asked.top, &said);
    if verified.base.plan.is_none() {
        return Ok(study.refused(voice, &verified.base));
    }
    let question = study.question(voice);
    match voice.json {
        true => voice.put_json(&paper::json(&question, &verified))?,
        false => voice.put_page(&paper::page(&question, &verified))?,
    }
    study.write(
        voice,
        &[
            ("verify-first.csv", &|asked, out| {
                paper::csv(asked, &verified, out)
            }),
            ("verify-first.json", &|asked, out| {
                writeln!(out, "{:#}", paper::json(asked, &verified))
            }),
            ("verify-first.md", &|asked, out| {
                out.write_all(markdown::render(&paper::page(asked, &verified)).as_bytes())
            }),
        ],
    )?;
    let what = ("核实清单", "the list for those who check");
    hint_at_files(voice, "verify-first", &asked.about, what);
    Ok(end(&verified))
}

/// How many re-solves are done between two words on them.
const EVERY: usize = 10;

/// Ends as the plan does, and unproven when something that was to be solved again is not proven.
fn end(verified: &Verified) -> Exit {
    let solved = verified
        .stakes
        .iter()
        .filter_map(|stake| stake.told.as_ref());
    // That no plan is possible at an end is told in the table; it is an answer.
    let open = |told: &Told| {
        let impossible = matches!(told.without_plan, Some(Verdict::Impossible { .. }));
        !told.proven && !impossible
    };
    let unproven = verified.halted || solved.flatten().any(open);
    let own = if unproven { Exit::Unproven } else { Exit::Done };
    own.max(exit_of(&verified.base))
}
