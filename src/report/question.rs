//! What was asked, and the words in which numbers of a case are said.

use super::number;
use crate::case::{Case, Count, Overlay};
use crate::words::{Lang, Money, YearIx};

/// A case as it was solved, the scenario that made it so, and the language of the report.
#[derive(Clone, Copy, Debug)]
pub struct Question<'a> {
    /// The case with the scenario's changes made.
    pub case: &'a Case,
    /// The scenario; `None` for the case as stated.
    pub scenario: Option<&'a Overlay>,
    /// The language of the report.
    pub lang: Lang,
}

impl Question<'_> {
    /// The text of the report's language.
    pub fn pick<T>(&self, zh: T, en: T) -> T {
        self.lang.pick(zh, en)
    }

    /// 青川县……规划 · 2026–2030年 · 情景：预算减两成
    pub fn title(&self) -> String {
        let horizon = &self.case.horizon;
        let (first, last) = (horizon.first_year, horizon.calendar(horizon.last()));
        let years = match first == last {
            true => first.to_string(),
            false => format!("{first}–{last}"),
        };
        let (name, scenario) = (&self.case.name, self.scenario_title());
        self.pick(
            format!("{name} · {years}年 · 情景：{scenario}"),
            format!("{name} · {years} · scenario: {scenario}"),
        )
    }

    /// The scenario's title.
    pub fn scenario_title(&self) -> String {
        self.scenario.map_or_else(
            || self.pick("基准", "base").to_string(),
            |one| one.title.clone(),
        )
    }

    /// What the gap index counts.
    pub fn gap_unit(&self) -> &'static str {
        match self.case.objective.count {
            Count::Pupils => self.pick("人·项", "pupil-standards"),
            Count::Schools => self.pick("校·项", "school-standards"),
        }
    }

    /// The name of the unit in which money is shown.
    pub fn money_unit(&self) -> &str {
        &self.case.money_shown.1
    }

    /// An amount of money without its unit, for grids.
    pub fn money(&self, amount: Money) -> String {
        number::money(self.case, amount)
    }

    /// An amount of money with its unit.
    pub fn money_in_words(&self, amount: Money) -> String {
        format!("{} {}", self.money(amount), self.money_unit())
    }

    /// A header of a column of money.
    pub fn money_header(&self, zh: &str, en: &str) -> String {
        let unit = self.money_unit();
        self.pick(format!("{zh}（{unit}）"), format!("{en} ({unit})"))
    }

    /// A plan year as people say it.
    pub fn year(&self, year: YearIx) -> String {
        let year = self.case.horizon.calendar(year);
        self.pick(format!("{year}年"), year.to_string())
    }

    /// A pair of texts, in the report's language.
    pub fn of<'t>(&self, pair: &'t (String, String)) -> &'t str {
        self.pick(&pair.0, &pair.1)
    }
}
