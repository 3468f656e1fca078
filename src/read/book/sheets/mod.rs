//! The sheets of a workbook that is a case, declared once: the template, the reader and the help come from here, and a
//! test holds them against the schema of `case.toml` and of scenarios.

mod facts;
mod means;
mod scenarios;
mod tables;

use self::facts::{CASE, NORMS, RESOURCES, STANDARD};
use self::means::{BANDS, DIVERSIONS, ENROLMENT, FUNDS, MEASURES, POLICIES, TILTS};
use self::scenarios::CHANGES;
pub use self::scenarios::SCENARIOS;
use self::tables::{DOUBTS, LINKS, ONLY, SCHOOLS, TABLES};
use super::layout::{Column, Refers, SCENARIO, SheetSpec};

/// All sheets, in the order of the template.
pub const SHEETS: &[SheetSpec] = &[
    CASE, SCHOOLS, RESOURCES, STANDARD, NORMS, MEASURES, FUNDS, POLICIES, BANDS, TILTS, ENROLMENT,
    DIVERSIONS, LINKS, SCENARIOS, CHANGES, TABLES, ONLY, DOUBTS,
];

const fn column(key: &'static str, zh: &'static str, en: &'static str) -> Column {
    Column::new(key, zh, en)
}

/// The scenario a row belongs to.
const IN_SCENARIO: Column = column(SCENARIO, "情景", "Scenario")
    .of(Refers::Scenarios)
    .note(
        "只属于某个情景的行，填情景名称；基准的行留空。",
        "The scenario this row belongs to; empty for the case itself.",
    );

const RESOURCE: Refers = Refers::Ids("resource");
const MEASURE: Refers = Refers::Ids("measure");
const FUND: Refers = Refers::Ids("fund");
const POLICY: Refers = Refers::Ids("policy");
