//! `junheng divert`

use super::args::Divert;
use super::exit::Exit;
use super::named::{find_resource, find_school};
use super::study::{Study, hint_at_files_of};
use super::voice::Voice;
use crate::case::{Case, Distances};
use crate::plan::diverting::{Places, Wanted, movable};
use crate::read::book::is_workbook;
use crate::report::diverting::{SCENARIO, Told, scenario};
use crate::report::{Question, markdown};
use crate::study::divert::{divert, unpriced};
use crate::words::{SchoolIx, YearIx};

/// Proposes who of those without a place, and of sites to be merged, goes to which neighbour.
pub fn run(voice: &Voice, asked: &Divert, study: &Study) -> Result<Exit, Exit> {
    let case = &study.case;
    let wanted = wanted(voice, asked, case)?;
    known(voice, case, wanted.since)?;
    let found = divert(case, &wanted, &study.options);
    let unpriced = unpriced(case, &found.proposal, wanted.since);
    let told = |asked: &Question| Told {
        asked: Question {
            case: &study.case,
            scenario: study.scenario.as_ref(),
            lang: asked.lang,
        },
        wanted: &wanted,
        found: &found,
        unpriced: &unpriced,
    };
    let spoken = told(&study.question(voice));
    match voice.json {
        true => voice.put_json(&spoken.json())?,
        false => voice.put_page(&spoken.page())?,
    }
    study.write(
        voice,
        &[
            ("divert.csv", &|asked, out| told(asked).csv(out)),
            ("places.csv", &|asked, out| told(asked).places_csv(out)),
            ("divert.json", &|asked, out| {
                writeln!(out, "{:#}", told(asked).json())
            }),
            ("divert.md", &|asked, out| {
                out.write_all(markdown::render(&told(asked).page()).as_bytes())
            }),
        ],
    )?;
    if !found.proposal.proposed.is_empty() {
        let question = Question {
            lang: voice.file_language(case),
            ..study.question(voice)
        };
        write_scenario(voice, study, asked, &told(&question))?;
        let what = ("情景文件和表格", "the scenario file and the tables");
        hint_at_files_of(voice, "divert", &asked.about, &besides(asked), what);
    }
    Ok(study.ending())
}

/// What was asked for, in terms of the case.
fn wanted(voice: &Voice, asked: &Divert, case: &Case) -> Result<Wanted, Exit> {
    let since = match asked.since {
        None => YearIx::new(0),
        Some(year) => case.horizon.of_calendar(year).ok_or_else(|| {
            let (first, last) = (
                case.horizon.first_year,
                case.horizon.calendar(case.horizon.last()),
            );
            voice.fail(
                ("不是规划期内的年份", "not a plan year"),
                voice.lang.pick(
                    format!("{year}；规划期为 {first}–{last}年"),
                    format!("{year}; the plan covers {first}–{last}"),
                ),
            )
        })?,
    };
    let mut merge = Vec::new();
    for name in &asked.merge {
        merge.push(find_school(voice, case, name)?);
    }
    if let Some(below) = asked.merge_below {
        let small = |school: &SchoolIx| {
            let years = case.horizon.plan_years().filter(|year| *year >= since);
            let mut pupils = years.map(|year| case.pupils(*school, year));
            pupils.all(|pupils| pupils.is_some_and(|pupils| pupils > 0.0 && pupils < below))
        };
        merge.extend(case.schools.ids().filter(small));
    }
    let mut brings = Vec::new();
    for name in &asked.brings {
        if name != "none" && name != "无" {
            brings.push(find_resource(voice, case, name)?);
        }
    }
    if asked.brings.is_empty() {
        brings = movable(case);
    }
    Ok(Wanted {
        since,
        within: asked.within,
        board_beyond: asked.board_beyond,
        merge,
        brings,
        across: asked.across,
    })
}

/// Says what the case lacks without which nothing can be proposed: where schools are, and for how many they have places.
fn known(voice: &Voice, case: &Case, since: YearIx) -> Result<(), Exit> {
    let distances = Distances::of(case);
    let mut far = case.schools.ids().zip(case.schools.ids().skip(1));
    let linked =
        !case.links.is_empty() || far.any(|(one, other)| distances.km(one, other).is_some());
    if !linked {
        voice.warn(voice.lang.pick(
            "错误：不知道学校相距多远：请在 [schools.columns] 写明纬度、经度（latitude、longitude），或用 [links] 给出道路",
            "error: nobody knows how far schools are from each other: name the columns latitude and longitude in [schools.columns], or give roads in [links]",
        ));
        return Err(Exit::BadData);
    }
    let places = Places::of(case, since);
    if places.iter().next().is_none() {
        voice.warn(voice.lang.pick(
            "错误：不知道学校有多少学位：请在 [schools.columns] 写明学位数（places）或班级数（classes），并在 [standard.size] 写明班额上限",
            "error: nobody knows how many places schools have: name the column places in [schools.columns], or classes, and state the size of classes in [standard.size]",
        ));
        return Err(Exit::BadData);
    }
    let known: std::collections::BTreeSet<SchoolIx> = places.iter().map(|one| one.school).collect();
    let unknown = case.schools.len() - known.len();
    if unknown > 0 {
        voice.say(voice.lang.pick(
            format!("{unknown} 所学校的学生数或学位不详，既不转出也不转入"),
            format!(
                "pupils or places of {unknown} schools are unknown: nobody is sent from or to them"
            ),
        ));
    }
    Ok(())
}

/// What was asked for besides the case, to be typed again.
fn besides(asked: &Divert) -> String {
    let mut typed = format!(" --within {}", asked.within);
    for name in &asked.merge {
        typed += &format!(" --merge {name}");
    }
    if let Some(below) = asked.merge_below {
        typed += &format!(" --merge-below {below}");
    }
    if let Some(km) = asked.board_beyond {
        typed += &format!(" --board-beyond {km}");
    }
    for name in &asked.brings {
        typed += &format!(" --brings {name}");
    }
    if let Some(year) = asked.since {
        typed += &format!(" --since {year}");
    }
    typed
}

/// Writes the proposal as a scenario into `scenarios` inside the folder: with the case's own folder named, it can be used at
/// once.
fn write_scenario(voice: &Voice, study: &Study, asked: &Divert, told: &Told) -> Result<(), Exit> {
    let Some(folder) = &study.folder else {
        return Ok(());
    };
    if is_workbook(&asked.about.case) {
        voice.say(voice.lang.pick(
            "案例是工作簿：把 divert.csv 前七列抄进“分流撤并”表，并填“情景”列",
            "the case is a workbook: copy the first seven columns of divert.csv into its sheet Diversions, with the column Scenario filled in",
        ));
        return Ok(());
    }
    let named = asked.about.scenarios.iter();
    let named = named.flat_map(|one| one.split('+'));
    let named: Vec<String> = named.map(|one| one.trim().to_string()).collect();
    let text = scenario(told, &named);
    let what = ("情景文件没有写成", "the scenario file could not be written");
    let inside = folder
        .inside("scenarios")
        .map_err(|failed| voice.fail(what, failed))?;
    let path = inside
        .write(&format!("{SCENARIO}.toml"), text.as_bytes())
        .map_err(|failed| voice.fail(what, failed))?;
    let (case, path) = (asked.about.case.display(), path.display());
    let is_own = std::fs::canonicalize(folder.path())
        .is_ok_and(|own| std::fs::canonicalize(&asked.about.case).is_ok_and(|case| case == own));
    voice.say(match is_own {
        true => voice.lang.pick(
            format!("已写成情景 {path}：junheng diff {case} base {SCENARIO}"),
            format!("written as a scenario, {path}: junheng diff {case} base {SCENARIO}"),
        ),
        false => voice.lang.pick(
            format!("已写成情景 {path}；复制到 {case}/scenarios/ 后：junheng solve {case} --scenario {SCENARIO}"),
            format!("written as a scenario, {path}; once copied to {case}/scenarios/: junheng solve {case} --scenario {SCENARIO}"),
        ),
    });
    Ok(())
}
