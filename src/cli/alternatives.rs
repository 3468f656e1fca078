//! `junheng alternatives`

use std::io::{self, Write};

use super::args::Alternatives;
use super::exit::Exit;
use super::progress::Progress;
use super::solve::exit_of;
use super::study::{Fill, Study, hint_at_files};
use super::voice::Voice;
use crate::plan::alternative::{Missed, Terms, Wish};
use crate::report::number::count;
use crate::report::{Question, alternatives as paper, markdown, plan_csv};
use crate::study::alternatives::{MOST_NEEDS, Step, alternatives, needs};

/// Looks for plans that are nearly as good and place much of the money elsewhere.
pub fn run(voice: &Voice, asked: &Alternatives, study: &Study) -> Result<Exit, Exit> {
    refuse_the_large(voice, study)?;
    let terms = Terms {
        within: asked.within,
        moving: asked.moving,
    };
    let wishes = match asked.wishes.is_empty() {
        true => Wish::ALL.to_vec(),
        false => {
            let named = |wish: &Wish| asked.wishes.contains(wish);
            Wish::ALL.into_iter().filter(named).collect()
        }
    };
    let question = study.question(voice);
    let progress = Progress::new(voice, wishes.len() + 2, 0);
    let said = |step: Step| match step {
        Step::Reference => progress.done(voice.lang.pick("参照方案", "the reference")),
        Step::Prospect => progress.done(voice.lang.pick("能改投多少", "how much can go elsewhere")),
        Step::Wish(wish) => progress.done(paper::name(&question, wish)),
    };
    let found = alternatives(&study.case, terms, &wishes, &study.options, &said);
    progress.finish();
    let found = match found {
        Ok(found) => found,
        Err(answer) => return Ok(study.refused(voice, &answer)),
    };
    match voice.json {
        true => voice.put_json(&paper::json(&question, &found))?,
        false => voice.put_page(&paper::page(&question, &found))?,
    }
    let csv: Fill = &|asked, out| paper::csv(asked, &found, out);
    let json: Fill = &|asked, out| writeln!(out, "{:#}", paper::json(asked, &found));
    let page: Fill =
        &|asked, out| out.write_all(markdown::render(&paper::page(asked, &found)).as_bytes());
    let plans: Vec<(String, Filling)> = found
        .plans()
        .map(|(wish, one)| {
            let fill: Filling =
                Box::new(|asked, out| plan_csv::write_rows(out, asked, &one.outcome, &one.rows));
            (format!("plan-{}.csv", wish.key()), fill)
        })
        .collect();
    let mut files = vec![
        ("alternatives.csv", csv),
        ("alternatives.json", json),
        ("alternatives.md", page),
    ];
    files.extend(
        plans
            .iter()
            .map(|(name, fill)| (name.as_str(), &**fill as Fill)),
    );
    study.write(voice, &files)?;
    let what = ("各备选方案的方案表", "the plan tables of the alternatives");
    hint_at_files(voice, "alternatives", &asked.about, what);
    let missed = found.found.iter().filter_map(|(_, one)| one.as_ref().err());
    Ok(missed.map(end).fold(exit_of(&found.base), Exit::max))
}

/// What fills a file of which there is one for each plan.
type Filling<'a> = Box<dyn Fn(&Question, &mut dyn Write) -> io::Result<()> + 'a>;

/// Every place is told apart here, which a nation's program is too large for.
fn refuse_the_large(voice: &Voice, study: &Study) -> Result<(), Exit> {
    let needs = needs(&study.case);
    if needs <= MOST_NEEDS {
        return Ok(());
    }
    let (needs, most) = (count(needs), count(MOST_NEEDS));
    Err(voice.fail(
        ("案例太大，做不了备选方案", "the case is too large for alternatives"),
        voice.lang.pick(
            format!("需求（学校 × 资源 × 时期）{needs} 项，最多 {most} 项；用 [[schools.only]] 只取一个县或一个省再做"),
            format!("{needs} needs (school × resource × period), at most {most}; take one county or province with [[schools.only]]"),
        ),
    ))
}

/// How a run ends in which a wish was missed: that it is impossible, proven, or nothing to wish for, is an answer.
fn end(missed: &Missed) -> Exit {
    match missed {
        Missed::Nothing => Exit::Done,
        Missed::Impossible => Exit::Impossible,
        Missed::NotFound | Missed::Rounding(_) | Missed::Halted => Exit::Unproven,
    }
}
