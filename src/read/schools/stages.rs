//! Stages by the words of the sheet.

use std::collections::HashMap;

use crate::case::Stage;
use crate::read::fold::fold;
use crate::read::record::SchoolsRecord;

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
    /// The usual words and those the case adds; the case's win.
    pub(super) fn new(stated: &SchoolsRecord) -> StageWords {
        let usual = USUAL
            .iter()
            .map(|(word, stage)| (fold(word).into_owned(), *stage));
        let own = [
            (&stated.stages.primary, Stage::Primary),
            (&stated.stages.junior, Stage::Junior),
            (&stated.stages.nine_year, Stage::NineYear),
        ];
        let own = own
            .into_iter()
            .flat_map(|(words, stage)| words.iter().map(move |w| (fold(w).into_owned(), stage)));
        StageWords(usual.chain(own).collect())
    }

    /// The stage a cell names.
    pub(super) fn read(&self, cell: &str) -> Option<Stage> {
        self.0.get(fold(cell).as_ref()).copied()
    }
}
