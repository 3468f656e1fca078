//! The list for those who check: one row a number, with an empty cell for what they find. A column is declared once.

use std::io::{self, Write};

use serde_json::{Value, json};

use super::words::Words;
use crate::plan::table::Cell;
use crate::report::csv;
use crate::study::verify::{Reason, Stake, Told};

/// A column of the list: its name in Chinese and English, whether it holds money, and its cell.
type Column = (
    &'static str,
    &'static str,
    bool,
    fn(&Words, usize, &Stake) -> Cell,
);

const COLUMNS: [Column; 25] = [
    ("序号", "no.", false, |_, rank, _| {
        Cell::number(rank as f64)
    }),
    ("县区", "county", false, |words, _, stake| {
        let case = words.asked.case;
        let county = case.schools[stake.doubt.school].county;
        Cell::text(case.counties[county].to_string())
    }),
    ("乡镇", "township", false, |words, _, stake| {
        Cell::text(&words.asked.case.schools[stake.doubt.school].township)
    }),
    ("学校代码", "school code", false, |words, _, stake| {
        Cell::text(&words.asked.case.schools[stake.doubt.school].id)
    }),
    ("学校名称", "school", false, |words, _, stake| {
        Cell::text(&words.asked.case.schools[stake.doubt.school].name)
    }),
    ("项目", "quantity", false, |words, _, stake| {
        Cell::text(words.quantity(&stake.doubt))
    }),
    ("单位", "unit", false, |words, _, stake| {
        Cell::text(words.unit(&stake.doubt))
    }),
    ("表中的数", "in the table", false, |_, _, stake| {
        Cell::known(stake.doubt.value)
    }),
    ("核实的数", "verified value", false, |_, _, _| {
        Cell::Empty
    }),
    ("核实人和日期", "checked by, on", false, |_, _, _| {
        Cell::Empty
    }),
    ("单元格", "cell", false, |words, _, stake| {
        stake
            .doubt
            .place
            .as_ref()
            .map_or(Cell::Empty, |_| Cell::text(words.cell(&stake.doubt)))
    }),
    (
        "为什么存疑",
        "why it is doubted",
        false,
        |words, _, stake| Cell::text(words.why(&stake.doubt)),
    ),
    ("最低", "low", false, |_, _, stake| {
        Cell::number(stake.doubt.low)
    }),
    ("最高", "high", false, |_, _, stake| {
        Cell::number(stake.doubt.high)
    }),
    (
        "范围来源",
        "the interval is from",
        false,
        |words, _, stake| Cell::text(words.source(&stake.doubt)),
    ),
    (
        "现方案给的数量",
        "units given now",
        false,
        |words, _, stake| Cell::known(stake.doubt.now(words.asked.case, words.plan).1),
    ),
    (
        "现方案给的资金",
        "money given now",
        true,
        |words, _, stake| {
            Cell::money(
                words.asked.case,
                stake.doubt.now(words.asked.case, words.plan).0,
            )
        },
    ),
    (
        "若为下限给的数量",
        "units if at the low end",
        false,
        |_, _, stake| Cell::known(end(stake, 0).and_then(|told| told.units)),
    ),
    (
        "若为下限给的资金",
        "money if at the low end",
        true,
        |words, _, stake| spent(words, stake, 0),
    ),
    (
        "若为上限给的数量",
        "units if at the high end",
        false,
        |_, _, stake| Cell::known(end(stake, 1).and_then(|told| told.units)),
    ),
    (
        "若为上限给的资金",
        "money if at the high end",
        true,
        |words, _, stake| spent(words, stake, 1),
    ),
    ("涉及资金", "money at stake", true, |words, _, stake| {
        Cell::money(words.asked.case, stake.money())
    }),
    ("估计", "estimate", true, |words, _, stake| {
        Cell::money(words.asked.case, stake.estimate.money())
    }),
    ("多留的缺口", "gap at stake", false, |_, _, stake| {
        Cell::known(stake.gap())
    }),
    ("依据", "found by", false, |words, _, stake| {
        Cell::text(found_by(words, stake))
    }),
];

fn end(stake: &Stake, end: usize) -> Option<&Told> {
    let told = &stake.told.as_ref()?[end];
    told.without_plan.is_none().then_some(told)
}

fn spent(words: &Words, stake: &Stake, at: usize) -> Cell {
    end(stake, at).map_or(Cell::Empty, |told| {
        Cell::money(words.asked.case, told.spent)
    })
}

fn found_by<'a>(words: &Words<'a>, stake: &Stake) -> &'a str {
    match (&stake.told, stake.is_proven()) {
        (None, _) => words.asked.pick("估计", "estimate"),
        (Some(_), true) => words.asked.pick("重新求解，已证明", "solved again, proven"),
        (Some(_), false) => words
            .asked
            .pick("重新求解，未证明", "solved again, not proven"),
    }
}

/// Writes the list for spreadsheets.
pub(super) fn csv(out: impl Write, words: &Words, stakes: &[Stake]) -> io::Result<()> {
    let asked = words.asked;
    let header: Vec<String> = COLUMNS
        .iter()
        .map(|&(zh, en, money, _)| match money {
            true => asked.money_header(zh, en),
            false => asked.pick(zh, en).to_string(),
        })
        .collect();
    let rows = stakes.iter().enumerate().map(|(at, stake)| {
        let cells = COLUMNS.iter().map(|(.., cell)| cell(words, at + 1, stake));
        cells.collect()
    });
    csv::write(out, &header, rows, asked.lang)
}

/// A doubt for programs. Money is in main units of the currency.
pub(super) fn entry(words: &Words, rank: usize, stake: &Stake) -> Value {
    let (case, doubt) = (words.asked.case, &stake.doubt);
    let (money, units) = doubt.now(case, words.plan);
    let reasons: Vec<Value> = doubt.reasons.iter().map(reason).collect();
    let told = stake
        .told
        .as_ref()
        .map(|[low, high]| json!({ "low": told(low), "high": told(high) }));
    json!({
        "rank": rank,
        "school": case.schools[doubt.school].id,
        "name": case.schools[doubt.school].name,
        "quantity": quantity(words, stake),
        "unit": words.unit(doubt),
        "value": doubt.value,
        "low": doubt.low,
        "high": doubt.high,
        "cell": doubt.place.as_ref().map(ToString::to_string),
        "reasons": reasons,
        "why": words.why(doubt),
        "peers": doubt.peers.map(|peers| json!({
            "alike": peers.alike, "schools": peers.schools, "low": peers.low, "high": peers.high,
        })),
        "now": { "money": money, "units": units },
        "at": told,
        "money_at_stake": stake.money(),
        "gap_at_stake": stake.gap(),
        "estimate": { "low": stake.estimate.low, "high": stake.estimate.high },
        "solved": stake.told.is_some(),
        "proven": stake.is_proven(),
    })
}

fn quantity(words: &Words, stake: &Stake) -> String {
    use crate::case::Quantity;
    match stake.doubt.quantity {
        Quantity::Pupils => "pupils".to_string(),
        Quantity::Classes => "classes".to_string(),
        Quantity::Stock(resource) => words.asked.case.resources[resource].id.clone(),
    }
}

fn reason(reason: &Reason) -> Value {
    match reason {
        Reason::Stated(_) => json!("stated"),
        Reason::Missing => json!("missing"),
        Reason::Flagged(code) => json!(code.0),
        Reason::Outlying(_) => json!("outlying"),
    }
}

fn told(told: &Told) -> Value {
    json!({
        "proven": told.proven,
        "verdict": told.without_plan.as_ref().map(crate::report::verdict::key),
        "money_moved": told.moved,
        "money": told.spent,
        "units": told.units,
        "gap_at_stake": told.gap,
    })
}
