//! Reading a case and choosing scenarios, the same way for every command.

use std::path::Path;

use super::exit::Exit;
use super::voice::Voice;
use crate::case::{Case, Cells, Overlay};
use crate::plan::PlanRow;
use crate::plan::table::{self, Wanted};
use crate::read::book::is_workbook;
use crate::read::{self, Reading};
use crate::report;
use crate::words::{Grade, Notices};

/// A case that can be planned, with what belongs to it.
#[derive(Debug)]
pub struct Loaded {
    /// The case as its folder states it.
    pub case: Case,
    /// Its scenarios, in order of name.
    pub overlays: Vec<Overlay>,
    /// Where the numbers of its schools stand.
    pub cells: Cells,
    /// What was found, no error among it.
    pub notices: Notices,
    /// File names and hashes of what was read.
    pub hashes: Vec<(String, String)>,
}

/// Reads a case. Its errors are shown; its warnings are counted.
///
/// # Errors
/// [`Exit::BadData`] when the case has errors, which have then been shown.
pub fn load(voice: &Voice, folder: &Path) -> Result<Loaded, Exit> {
    let Reading {
        case,
        cells,
        overlays,
        notices,
        hashes,
    } = read::read_case(folder);
    let Some(case) = case else {
        return Err(refuse(voice, folder, &notices));
    };
    let warnings = notices.count(Grade::Warning);
    if warnings > 0 {
        voice.say(voice.lang.pick(
            format!(
                "有 {warnings} 条警告；查看：junheng check {}",
                folder.display()
            ),
            format!(
                "{warnings} warnings; see: junheng check {}",
                folder.display()
            ),
        ));
    }
    Ok(Loaded {
        case,
        overlays,
        cells,
        notices,
        hashes,
    })
}

/// Shows why a case cannot be planned.
fn refuse(voice: &Voice, folder: &Path, notices: &Notices) -> Exit {
    let exit = show_faults(voice, notices, read::folder_of(folder));
    no_case(voice, folder);
    exit
}

/// Says what a case is where there is none. Whether there is one.
pub fn no_case(voice: &Voice, folder: &Path) -> bool {
    if is_workbook(folder) && folder.is_file() {
        return false;
    }
    let none = !folder.join("case.toml").exists();
    if none {
        let sheet = match folder.is_file() {
            true => folder.display().to_string(),
            false => voice.lang.pick("学校表.csv", "SCHOOLS.csv").to_string(),
        };
        voice.say(voice.lang.pick(
            format!("案例是一个含有 case.toml 的文件夹，或一个工作簿（junheng template）；由学校表起草案例：junheng new {sheet}"),
            format!("a case is a folder with a case.toml, or one workbook (junheng template); to draft one from a sheet: junheng new {sheet}"),
        ));
    }
    none
}

/// Shows the faults of files of a folder: as JSON on standard output, or in words on standard error.
pub fn show_faults(voice: &Voice, faults: &Notices, folder: &Path) -> Exit {
    if voice.json {
        return voice
            .put_json(&report::findings::json(faults, voice.lang))
            .err()
            .unwrap_or(Exit::BadData);
    }
    voice.warn(report::findings::text(faults, voice.lang, Grade::Error, folder).trim_end());
    Exit::BadData
}

/// Reads a plan table made for a case; its faults are shown.
///
/// # Errors
/// [`Exit::BadData`] when the table has faults.
pub fn read_plan(
    voice: &Voice,
    case: &Case,
    file: &Path,
    wanted: Wanted,
) -> Result<Vec<PlanRow>, Exit> {
    table::read(case, file, wanted)
        .map_err(|faults| show_faults(voice, &faults, file.parent().unwrap_or(Path::new(""))))
}

/// Several scenarios as one, applied in the order given; `None` when none is named.
///
/// # Errors
/// [`Exit::CouldNotRun`] when a name is unknown; the nearest names have then been shown.
pub fn choose(voice: &Voice, loaded: &Loaded, names: &[String]) -> Result<Option<Overlay>, Exit> {
    let names: Vec<String> = names
        .iter()
        .flat_map(|one| one.split('+'))
        .map(|one| one.trim().to_string())
        .collect();
    if names.is_empty() {
        return Ok(None);
    }
    read::compose(&loaded.overlays, &names)
        .map(Some)
        .map_err(|unknown| {
            for name in &unknown {
                voice.warn(unknown_scenario(voice, name, &loaded.overlays));
            }
            Exit::CouldNotRun
        })
}

fn unknown_scenario(voice: &Voice, name: &str, overlays: &[Overlay]) -> String {
    let name = report::page::tame(name);
    let known: Vec<&str> = overlays.iter().map(|one| one.name.as_str()).collect();
    let near = nearest(&name, &known);
    let list = known.join(voice.lang.pick("、", ", "));
    voice.lang.pick(
        match (near, known.is_empty()) {
            (_, true) => format!("错误：没有情景“{name}”；这个案例没有情景"),
            (Some(near), _) => format!("错误：没有情景“{name}”；是不是“{near}”？已有：{list}"),
            (None, _) => format!("错误：没有情景“{name}”；已有：{list}"),
        },
        match (near, known.is_empty()) {
            (_, true) => format!("error: no scenario \"{name}\"; this case has none"),
            (Some(near), _) => {
                format!("error: no scenario \"{name}\"; did you mean \"{near}\"? There are: {list}")
            }
            (None, _) => format!("error: no scenario \"{name}\"; there are: {list}"),
        },
    )
}

/// The name most like `wanted`, if any is like it.
pub fn nearest<'a>(wanted: &str, known: &[&'a str]) -> Option<&'a str> {
    let likeness = |name: &str| strsim::jaro_winkler(&wanted.to_lowercase(), &name.to_lowercase());
    let best = known
        .iter()
        .copied()
        .max_by(|one, other| likeness(one).total_cmp(&likeness(other)))?;
    (likeness(best) > 0.7).then_some(best)
}
