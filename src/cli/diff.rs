//! `junheng diff`

use std::sync::atomic::{AtomicUsize, Ordering};

use super::args::Diff;
use super::exit::Exit;
use super::load::choose;
use super::study::{Study, hint_at_files};
use super::voice::Voice;
use crate::case::Overlay;
use crate::report::diff::Told;
use crate::report::{Question, markdown};
use crate::study::diff::{MOST_PARTS, Refused, diff};

/// Shares out the difference between two scenarios among their changes.
pub fn run(voice: &Voice, asked: &Diff, study: &Study) -> Result<Exit, Exit> {
    let (from, to) = match &asked.to {
        Some(to) => (
            scenario(voice, study, &asked.from)?,
            scenario(voice, study, to)?,
        ),
        None => (None, scenario(voice, study, &asked.from)?),
    };
    let changes =
        |one: &Option<Overlay>| one.as_ref().map_or(Vec::new(), |one| one.changes.clone());
    let solved = AtomicUsize::new(0);
    let said = |total: usize| {
        let count = solved.fetch_add(1, Ordering::Relaxed) + 1;
        if total > EVERY && (count == total || count.is_multiple_of(EVERY)) {
            voice.say(voice.lang.pick(
                format!("已求解 {count}/{total}"),
                format!("solved {count}/{total}"),
            ));
        }
    };
    let found = match diff(
        &study.case,
        &changes(&from),
        &changes(&to),
        &study.options,
        &said,
    ) {
        Ok(found) => found,
        Err(refused) => return refuse(voice, study, refused),
    };
    let told = |asked: &Question| -> Told {
        Told {
            asked: Question {
                case: &study.case,
                scenario: None,
                lang: asked.lang,
            },
            from: from.as_ref(),
            to: to.as_ref(),
            found: &found,
        }
    };
    let spoken = told(&study.question(voice));
    match voice.json {
        true => voice.put_json(&spoken.json())?,
        false => voice.put_page(&spoken.page())?,
    }
    study.write(
        voice,
        &[
            ("diff.csv", &|asked, out| told(asked).csv(out)),
            ("diff.json", &|asked, out| {
                writeln!(out, "{:#}", told(asked).json())
            }),
            ("diff.md", &|asked, out| {
                out.write_all(markdown::render(&told(asked).page()).as_bytes())
            }),
        ],
    )?;
    let files = ("这张表", "this table");
    hint_at_files(voice, "diff", &asked.about(), files);
    Ok(Exit::Done)
}

/// How many cases are solved between two words on them.
const EVERY: usize = 16;

/// A scenario by name; `None` for `base`, the case as it stands.
fn scenario(voice: &Voice, study: &Study, name: &str) -> Result<Option<Overlay>, Exit> {
    match name {
        "base" | "基准" => Ok(None),
        name => choose(voice, &study.loaded, &[name.to_string()]),
    }
}

fn refuse(voice: &Voice, study: &Study, refused: Refused) -> Result<Exit, Exit> {
    match refused {
        Refused::TooMany(count) => Err(voice.fail(
            ("改动太多", "too many changes"),
            voice.lang.pick(
                format!("有 {count} 项，最多 {MOST_PARTS} 项；在中间取一个情景，分两段比较"),
                format!("{count} of them, at most {MOST_PARTS}; compare in two steps, with a scenario between"),
            ),
        )),
        Refused::NoPlan(happened, world) => {
            let made = happened.iter().filter(|one| **one).count();
            voice.warn(voice.lang.pick(
                format!("作了 {} 项改动中的 {made} 项以后，没有经证明的方案", happened.len()),
                format!("with {made} of {} changes made there is no proven plan", happened.len()),
            ));
            let (case, verdict) = *world;
            Ok(study.without_plan(voice, &case, verdict))
        }
    }
}
