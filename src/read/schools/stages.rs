//! Stages by the words of the sheet.

use std::collections::HashMap;

use crate::case::Stage;
use crate::read::fold::fold;
use crate::read::record::SchoolsRecord;
use crate::read::table::{Record, Sheet};
use crate::words::catalogue::STAGE_FROM_SHEET;
use crate::words::{Notice, Place};

/// Words that are always known.
const USUAL: &[(&str, Stage)] = &[
    ("小学", Stage::Primary),
    ("初中", Stage::Junior),
    ("九年一贯制", Stage::NineYear),
    ("九年一贯制学校", Stage::NineYear),
    ("primary", Stage::Primary),
    ("junior", Stage::Junior),
    ("nine-year", Stage::NineYear),
];

/// The words for stages that a sheet may use.
pub(super) struct StageWords(HashMap<String, Stage>);

impl StageWords {
    /// The words that are always known.
    fn usual() -> StageWords {
        let usual = USUAL
            .iter()
            .map(|(word, stage)| (fold(word).into_owned(), *stage));
        StageWords(usual.collect())
    }

    /// The usual words and those the case adds; the case's win.
    pub(super) fn new(stated: &SchoolsRecord) -> StageWords {
        let own = [
            (&stated.stages.primary, Stage::Primary),
            (&stated.stages.junior, Stage::Junior),
            (&stated.stages.nine_year, Stage::NineYear),
        ];
        let own = own
            .into_iter()
            .flat_map(|(words, stage)| words.iter().map(move |w| (fold(w).into_owned(), stage)));
        let mut words = StageWords::usual();
        words.0.extend(own);
        words
    }

    /// The stage a cell names.
    pub(super) fn read(&self, cell: &str) -> Option<Stage> {
        self.0.get(fold(cell).as_ref()).copied()
    }
}

/// The stage of each sheet of a workbook, by their names.
pub(super) struct SheetStages(Vec<(String, Stage)>);

impl SheetStages {
    /// The stage of the sheet a record comes from.
    pub(super) fn of(&self, sheet: &Sheet, record: &Record) -> Option<Stage> {
        let tab = sheet.tab(record)?;
        let found = self.0.iter().find(|(name, _)| name == tab);
        found.map(|(_, stage)| *stage)
    }
}

/// Whether the names of all sheets tell a stage, without words of a case.
pub(in crate::read) fn told_by_sheets(sheet: &Sheet) -> bool {
    let usual = StageWords::usual();
    by_sheet(sheet, &usual).is_some()
}

/// The stages that the names of the sheets tell, such as 小学 or 初中基本情况; `None` unless every one tells one.
pub(super) fn by_sheet(sheet: &Sheet, words: &StageWords) -> Option<SheetStages> {
    let stage = |name: &str| words.read(name).or_else(|| within(name));
    let stages: Option<Vec<(String, Stage)>> = sheet
        .tabs()
        .map(|name| Some((name.to_string(), stage(name)?)))
        .collect();
    stages.filter(|stages| !stages.is_empty()).map(SheetStages)
}

/// The only stage whose usual word stands in a name. 九年一贯制 wins over the stages it is made of.
fn within(name: &str) -> Option<Stage> {
    let folded = fold(name);
    if folded.contains("九年") || folded.contains("nine-year") {
        return Some(Stage::NineYear);
    }
    let has = |words: [&str; 2]| words.iter().any(|word| folded.contains(word));
    match (has(["小学", "primary"]), has(["初中", "junior"])) {
        (true, false) => Some(Stage::Primary),
        (false, true) => Some(Stage::Junior),
        _ => None,
    }
}

/// Says which stage each sheet was taken for.
pub(super) fn notice(sheet: &Sheet, stages: &SheetStages) -> Notice {
    let named = |(name, stage): &(String, Stage)| format!("{name} → {}", stage.name().0);
    let list: Vec<String> = stages.0.iter().map(named).collect();
    Notice::new(STAGE_FROM_SHEET, Place::file(&sheet.file)).with(list.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_sheets_tell_one_stage() {
        for (name, stage) in [
            ("小学基本情况", Some(Stage::Primary)),
            ("2025初中", Some(Stage::Junior)),
            ("九年一贯制学校", Some(Stage::NineYear)),
            ("小学和初中", None),
            ("Sheet1", None),
        ] {
            assert_eq!(within(name), stage, "{name}");
        }
    }
}
