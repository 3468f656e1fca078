//! `junheng repair`

use super::args::{About, Repair};
use super::exit::Exit;
use super::limits::Limits;
use super::near::stay_near;
use super::solve::{exit_of, kept};
use super::study::{Study, hint_at_files};
use super::voice::Voice;
use crate::plan::repair::{Effort, Menu, menu};
use crate::plan::{self, Answer, Options, Verdict};
use crate::read::book::is_workbook;
use crate::report::page::Page;
use crate::report::{Question, markdown, plan_json, repair};

/// Says what to change so that an impossible case has a plan.
pub fn run(voice: &Voice, asked: &Repair, limits: &Limits) -> Result<Exit, Exit> {
    let mut study = Study::open(voice, &asked.about, limits)?;
    stay_near(voice, &mut study.case, &asked.near)?;
    let options = Options {
        keep: kept(voice, &study.case, asked.keep.as_deref())?,
        alone: true,
        ..study.options.clone()
    };
    let answer = plan::solve(&study.case, &options);
    if !matches!(answer.verdict, Verdict::Impossible { .. }) {
        return match answer.plan {
            Some(_) => nothing_to_repair(voice, &study, &answer),
            None => Ok(study.refused(voice, &answer)),
        };
    }
    let menu = menu(&study.case, &options, Effort::WHOLE);
    let json =
        |asked: &Question| repair::json(asked, &plan_json::verdict_json(asked, &answer), &menu);
    let page = |asked: &Question| repair::page(asked, &answer.verdict, &menu);
    let question = study.question(voice);
    match voice.json {
        true => voice.put_json(&json(&question))?,
        false => voice.put_page(&page(&question))?,
    }
    study.write(
        voice,
        &[
            ("repair.json", &|asked, out| {
                writeln!(out, "{:#}", json(asked))
            }),
            ("repair.md", &|asked, out| {
                out.write_all(markdown::render(&page(asked)).as_bytes())
            }),
        ],
    )?;
    write_scenarios(voice, &study, &asked.about, &menu)?;
    hint_at_files(
        voice,
        "repair",
        &asked.about,
        (
            "修复清单和可直接使用的情景",
            "the menu and scenarios to be used at once",
        ),
    );
    Ok(exit_of(&answer))
}

/// Says that a case has a plan.
fn nothing_to_repair(voice: &Voice, study: &Study, answer: &Answer) -> Result<Exit, Exit> {
    let question = study.question(voice);
    if voice.json {
        let verdict = plan_json::verdict_json(&question, answer);
        voice.put_json(&repair::json(&question, &verdict, &Menu::default()))?;
    } else {
        let mut page = Page::titled(question.title());
        page.text(question.pick(
            "这个案例有可行方案，不需要修复",
            "this case has a plan; there is nothing to repair",
        ));
        voice.put_page(&page)?;
    }
    Ok(exit_of(answer))
}

/// Writes each repair that can be one as a scenario, into `scenarios` inside the folder: with the case's own folder named,
/// they can be used at once.
fn write_scenarios(voice: &Voice, study: &Study, about: &About, menu: &Menu) -> Result<(), Exit> {
    let Some(folder) = &study.folder else {
        return Ok(());
    };
    if is_workbook(&about.case) {
        voice.say(voice.lang.pick(
            "案例是工作簿，修复办法要改在工作簿里，没有写成情景文件",
            "the case is a workbook: make the repairs in it; no scenario files were written",
        ));
        return Ok(());
    }
    let question = Question {
        lang: voice.file_language(&study.case),
        ..study.question(voice)
    };
    let base = &study.loaded.case;
    let what = (
        "情景文件没有写成",
        "the scenario files could not be written",
    );
    let mut written = Vec::new();
    for (at, one) in menu.repairs.iter().enumerate() {
        let Some(text) = repair::scenario(&question, base, &about.scenarios, one) else {
            continue;
        };
        let inside = folder
            .inside("scenarios")
            .map_err(|failed| voice.fail(what, failed))?;
        let name = repair::scenario_name(at);
        inside
            .write(&format!("{name}.toml"), text.as_bytes())
            .map_err(|failed| voice.fail(what, failed))?;
        written.push(name);
    }
    let Some(first) = written.first() else {
        return Ok(());
    };
    let (case, place) = (about.case.display(), folder.path().join("scenarios"));
    let place = place.display();
    let names = written.len();
    let is_own = std::fs::canonicalize(folder.path())
        .is_ok_and(|own| std::fs::canonicalize(&about.case).is_ok_and(|case| case == own));
    voice.say(match is_own {
        true => voice.lang.pick(
            format!("已写成 {names} 个情景（{place}）：junheng solve {case} --scenario {first}"),
            format!("{names} scenarios written ({place}): junheng solve {case} --scenario {first}"),
        ),
        false => voice.lang.pick(
            format!("已写成 {names} 个情景（{place}）；复制到 {case}/scenarios/ 后：junheng solve {case} --scenario {first}"),
            format!("{names} scenarios written ({place}); once copied to {case}/scenarios/: junheng solve {case} --scenario {first}"),
        ),
    });
    Ok(())
}
