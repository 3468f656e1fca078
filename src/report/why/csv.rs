//! `why.csv`: one row per school and resource that is asked of it.

use std::io::{self, Write};

use super::Explained;
use super::change::change;
use super::given::given;
use super::school::{closes, cut_off};
use super::sentence::reason;
use super::words::{limit, state};
use crate::plan::PlanRow;
use crate::plan::reasons::Reason;
use crate::plan::table::Cell;
use crate::report::csv;
use crate::words::YearIx;

/// Writes the file.
///
/// # Errors
/// When `out` cannot be written.
pub fn write(out: impl Write, explained: &Explained) -> io::Result<()> {
    let rows = explained.reasons().map(|reason| row(explained, &reason));
    csv::write(out, &header(explained), rows, explained.asked.lang)
}

fn header(explained: &Explained) -> Vec<String> {
    let asked = &explained.asked;
    let case = asked.case;
    let last = asked.year(case.horizon.last());
    let currency = &case.currency;
    let pick = |(zh, en): (&str, &str)| asked.pick(zh, en).to_string();
    let province = (case.provinces.len() > 1).then_some(("省份", "province"));
    let whom = [
        ("县区", "county"),
        ("学校代码", "school code"),
        ("学校名称", "school"),
        ("资源代码", "resource code"),
        ("资源", "resource"),
        ("单位", "unit"),
        ("现有", "stock today"),
    ];
    let mut header: Vec<String> = province.into_iter().chain(whom).map(pick).collect();
    header.extend([
        asked.pick(format!("{last}应有"), format!("required {last}")),
        asked.pick(
            format!("{last}不规划缺"),
            format!("short {last} without plan"),
        ),
        asked.pick(format!("{last}规划后缺"), format!("short {last} with plan")),
    ]);
    let why = [
        ("方案", "plan"),
        ("状态", "state"),
        ("原因代码", "reason code"),
        ("限额", "limit"),
        ("原因", "reason"),
        ("怎样才会改变", "what would change it"),
        ("有关措施代码", "measure code"),
        ("开始年份", "start year"),
        ("每单位弥补", "closes per unit"),
    ];
    header.extend(why.map(pick));
    let money = [
        ("每单位费用", "cost per unit"),
        ("每缺口单位费用", "cost per unit of gap"),
        ("截断线", "cut-off"),
        ("单价须降到", "price below"),
    ];
    header.extend(money.map(|pair| format!("{} ({currency})", pick(pair))));
    let place = [
        ("权重须为倍数", "weight times"),
        ("注水名次", "place"),
        ("同值需求数", "of"),
        ("最后安排名次", "last place served"),
        ("前面的需求数", "needs ahead"),
    ];
    header.extend(place.map(pick));
    header
}

fn row(explained: &Explained, found: &Reason) -> Vec<Cell> {
    let (asked, case) = (&explained.asked, explained.asked.case);
    let (school, resource) = (&case.schools[found.school], &case.resources[found.resource]);
    let last = case.horizon.last();
    let outcome = &explained.plan.outcome;
    let short = outcome.short(case, found.school, found.resource, last, false);
    let mut cells = Vec::with_capacity(30);
    let province = &case.provinces[case.province(found.school)];
    cells.extend((case.provinces.len() > 1).then(|| Cell::text(province)));
    let whom = [
        case.counties[school.county].label.as_str(),
        &school.id,
        &school.name,
        &resource.id,
        &resource.name,
        &resource.unit,
    ];
    cells.extend(whom.map(Cell::text));
    cells.extend([
        Cell::known(school.stock[found.resource.at()]),
        Cell::known(case.required(found.school, found.resource, last)),
        Cell::known(short),
        Cell::known(found.short),
    ]);
    let rows: Vec<&PlanRow> = explained
        .reasons
        .rows(found.school, found.resource)
        .collect();
    let held = found.cause.and_then(|cause| cause.limit());
    cells.extend([
        Cell::text(given(asked, &rows).join(asked.pick("；", "; "))),
        Cell::text(state(asked, found.state)),
        Cell::text(found.cause.map_or("", |cause| cause.key())),
        Cell::text(held.map_or_else(String::new, |held| limit(asked, held))),
        Cell::text(reason(asked, explained.reasons, found)),
        Cell::text(change(asked, found)),
    ]);
    cells.extend(figures(explained, found));
    cells
}

/// The figures of the offer that decides, and the places.
fn figures(explained: &Explained, found: &Reason) -> Vec<Cell> {
    let case = explained.asked.case;
    let whole = |count: usize| Cell::Number(count.to_string());
    let year = |year: YearIx| Cell::Number(case.horizon.calendar(year).to_string());
    let mut cells = match found.deciding() {
        None => vec![Cell::Empty; 8],
        Some(offer) => {
            let (measure, closes) = (&case.measures[offer.measure], closes(offer));
            let proven = explained.reasons.are_proven() && offer.is_weighed();
            let price = offer.price_factor(closes).filter(|_| proven);
            vec![
                Cell::text(&measure.id),
                year(offer.year),
                Cell::number(closes),
                Cell::number(offer.money),
                Cell::known(offer.money_per_gap(closes)),
                Cell::known(cut_off(explained, offer).filter(|_| proven)),
                Cell::known(
                    price.map(|factor| case.price_times(offer.measure, offer.year, factor)),
                ),
                Cell::known(offer.weight_factor(closes).filter(|_| proven)),
            ]
        }
    };
    match found.place {
        None => cells.extend([Cell::Empty, Cell::Empty, Cell::Empty]),
        Some(place) => cells.extend([place.place, place.of, place.last_served].map(whole)),
    }
    cells.push(found.ahead.map_or(Cell::Empty, |ahead| whole(ahead.needs)));
    cells
}
