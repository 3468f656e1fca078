//! A plan, or a comparison of scenarios, as one workbook: the tables of the folder as sheets with real numbers, filters,
//! bars, totals that are formulas, and charts. The figures come from the functions that write the files of the folder.

mod attainment;
mod book;
mod charts;
mod comparison;
mod figures;
mod front;
mod frontier;
mod look;
mod measure;
mod money;
mod plan;
mod prices;
mod provinces;
mod resources;
mod schools;
mod sheet;
mod summary;
mod tally;
mod text;

use rust_xlsxwriter::XlsxError;

use self::book::Book;
use super::changes;
use super::comparison::Comparison;
use super::plan_json::Provenance;
use super::question::Question;
use crate::plan::Answer;
use crate::plan::moves::rotates;
use crate::study::frontier::Frontier;
use crate::study::prices::Prices;

/// The name of a sheet in Chinese and English.
type Name = (&'static str, &'static str);

const SUMMARY: Name = ("概要", "Summary");
const PLAN: Name = ("方案表", "Plan");
const SCHOOLS: Name = ("学校前后", "Schools");
const PROVINCES: Name = ("各省", "Provinces");
const TOTALS: Name = ("各校合计", "School totals");
const RESOURCES: Name = ("各项资源", "Resources");
const ATTAINMENT: Name = ("达标程度", "Attainment");
const MONEY: Name = ("资金安排", "Money");
const FUND_YEARS: Name = ("资金结转", "Carried over");
const PRICES: Name = ("限额价格", "Prices");
const RULES: Name = ("规定的代价", "Cost of rules");
const FRONTIER: Name = ("资金与缺口", "Frontier");
const MOVES: Name = ("交流安排", "Moves");
const CHANGES: Name = ("与原方案相比", "Changes");

const SCENARIOS: Name = ("各情景", "Scenarios");
const PLANS: Name = ("各情景方案", "Plans");
const TURNS: Name = ("学校得失", "Winners and losers");

/// What takes studies of their own and stands in the workbook of an answer where it was asked for.
#[derive(Clone, Copy, Default, Debug)]
pub struct Studied<'a> {
    /// How far prices hold, and what each rule costs.
    pub prices: Option<&'a Prices>,
    /// The smallest gap as money grows.
    pub frontier: Option<&'a Frontier>,
}

/// The workbook of an answer: the summary always, the tables when there is a plan. The same answer gives the same bytes.
///
/// # Errors
/// When the workbook cannot be put together.
pub fn of_answer(
    asked: &Question,
    answer: &Answer,
    from: &Provenance,
    studied: Studied,
) -> Result<Vec<u8>, XlsxError> {
    let mut book = Book::new(*asked, asked.title())?;
    book.sheet(asked.pick(SUMMARY.0, SUMMARY.1), false, 0)?;
    let mut found = None;
    if let Some(plan) = &answer.plan {
        plan::write(&mut book, plan)?;
        let attained = schools::write(&mut book, plan)?;
        schools::totals(&mut book, plan)?;
        if asked.case.provinces.len() > 1 {
            provinces::write(&mut book, plan)?;
        }
        let resources = resources::write(&mut book, plan)?;
        let attained = attainment::write(&mut book, &attained)?;
        let money = money::write(&mut book, plan)?;
        match studied.prices {
            Some(found) => prices::followed(&mut book, found)?,
            None => prices::write(&mut book, plan)?,
        }
        let curve = match studied.frontier {
            Some(found) => frontier::write(&mut book, found)?.map(|part| (found, part)),
            None => None,
        };
        if rotates(asked.case) {
            plan::moves(&mut book, plan)?;
        }
        if changes::is_asked(asked) {
            plan::changes(&mut book, plan)?;
        }
        found = Some(summary::Found {
            resources,
            attained,
            money,
            curve,
            rules: studied.prices.is_some(),
        });
    }
    summary::write(&mut book, answer, found.as_ref(), from)?;
    book.bytes()
}

/// The workbook of a comparison: its figures, who wins and who loses, and the money of each scenario. The same answers
/// give the same bytes.
///
/// # Errors
/// When the workbook cannot be put together.
pub fn of_comparison(compared: &Comparison, from: &Provenance) -> Result<Vec<u8>, XlsxError> {
    let asked = compared.asked();
    let title = format!(
        "{} · {}",
        asked.case.name,
        asked.pick("情景比较", "scenarios compared")
    );
    let mut book = Book::new(asked, title)?;
    comparison::write(&mut book, compared, from)?;
    book.bytes()
}
