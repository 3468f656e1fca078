//! The frontier on paper: the smallest gap as money grows, and the queue of funding along it.

use std::io::{self, Write};

use serde_json::{Value, json};

use super::csv;
use super::number::{count, money_value, number, percent};
use super::page::{Grid, Page};
use super::question::Question;
use crate::plan::table::Cell;
use crate::study::frontier::{Frontier, Funded, Stretch};

/// How many kinds of what is funded are named of a stretch in a sentence.
const NAMED: usize = 3;

/// The page of a frontier.
pub fn page(asked: &Question, found: &Frontier) -> Page {
    let mut page = Page::titled(asked.title());
    if let Some(remark) = &asked.case.remark {
        page.remark(remark);
    }
    page.heading(asked.pick("资金与最小缺口", "Money and the smallest gap"));
    page.text(subject(asked, found));
    page.grid(curve(asked, found));
    page.list(facts(asked, found));
    page.text(proof(asked, found));
    page
}

/// Whose money is scaled, and what 100 % is.
fn subject(asked: &Question, found: &Frontier) -> String {
    let stated = asked.money_in_words(found.stated);
    let whose = found.span.fund.map_or_else(
        || asked.pick("全部资金", "all funds").to_string(),
        |fund| asked.case.funds[fund].name.clone(),
    );
    asked.pick(
        format!("{whose}各年额度同比例增减；100% = 规划期 {stated}。缺口为连续最优值，不计取整"),
        format!("all years of {whose} scaled together; 100% = {stated} over the plan. Gaps are continuous optima, before whole units"),
    )
}

fn curve(asked: &Question, found: &Frontier) -> Grid {
    let gap = asked.gap_unit();
    let unit = asked.money_unit();
    let mut grid = Grid::new()
        .numbers(asked.pick("资金", "money"))
        .numbers(asked.money_header("金额", "amount"))
        .numbers(asked.pick(
            format!("最小缺口（{gap}）"),
            format!("smallest gap ({gap})"),
        ))
        .numbers(asked.pick(
            format!("再增 1 {unit}减少缺口"),
            format!("closed by 1 {unit} more"),
        ))
        .words(asked.pick("再有钱先办", "funded next"));
    for point in &found.points {
        let (next, _) = found.around(point.share);
        grid.row([
            percent(point.share),
            shown_money(asked, point.share * found.stated.main()),
            number(point.gap),
            number(point.price * asked.case.money_shown.0),
            next.map_or_else(String::new, |stretch| first_of(asked, stretch)),
        ]);
    }
    grid
}

/// What stands out on the curve.
fn facts(asked: &Question, found: &Frontier) -> Vec<String> {
    let mut points = Vec::new();
    if let Some(least) = found.least {
        let share = percent(least);
        points.push(asked.pick(
            format!("资金低于 {share} 时，没有方案能符合全部规定"),
            format!("with less than {share} of the money no plan keeps all rules"),
        ));
    }
    // Of the stretches around what is stated, the parts above and below it.
    let (next, cut) = found.around(1.0);
    let next = next.filter(|one| one.from < 1.0 + 1e-9);
    let cut = cut.filter(|one| one.to > 1.0 - 1e-9);
    if let Some(stretch) = next.filter(|one| !one.changes.is_empty()) {
        let what = named(
            asked,
            &stretch.changes,
            (stretch.to - 1.0) / (stretch.to - stretch.from),
        );
        let share = fine(stretch.to);
        points.push(asked.pick(
            format!("资金增加到 {share}，先办：{what}"),
            format!("with money up to {share}, funded next: {what}"),
        ));
    }
    if let Some(stretch) = cut.filter(|one| !one.changes.is_empty()) {
        let what = named(
            asked,
            &stretch.changes,
            (1.0 - stretch.from) / (stretch.to - stretch.from),
        );
        let share = fine(stretch.from);
        points.push(asked.pick(
            format!("资金减少到 {share}，先减：{what}"),
            format!("with money down to {share}, cut first: {what}"),
        ));
    }
    let flat = found.stretches.iter().find(|one| one.price <= 0.0);
    if let Some(stretch) = flat {
        let share = percent(stretch.from);
        points.push(asked.pick(
            format!("资金达到 {share} 以后，再增加也不能缩小缺口"),
            format!("from {share} of the money on, more closes nothing"),
        ));
    }
    points
}

fn proof(asked: &Question, found: &Frontier) -> String {
    if let Some(uncertain) = found.uncertain {
        let (solved, uncertain) = (count(found.confirmed), number(uncertain));
        let gap = asked.gap_unit();
        return asked.pick(
            format!("规划规模较大，没有逐段追踪转折点：逐一求解并证明了 {solved} 点，各点之间按直线；曲线比直线至多低 {uncertain} {gap}"),
            format!("the program is large and was not walked from breakpoint to breakpoint: {solved} points were solved and proven one by one, with straight lines between; the curve is at most {uncertain} {gap} below these"),
        );
    }
    let (stretches, confirmed) = (count(found.stretches.len()), count(found.confirmed));
    asked.pick(
        format!("曲线共 {stretches} 段，全部转折点精确；其中 {confirmed} 个转折点另行求解并证明，最大相差 {:.0e}", found.furthest),
        format!("{stretches} stretches with every breakpoint exact; {confirmed} of them were solved again and proven, the furthest {:.0e} away", found.furthest),
    )
}

/// The dearest that grows along a stretch.
pub(super) fn first_of(asked: &Question, stretch: &Stretch) -> String {
    let grows = stretch.changes.iter().find(|one| one.units > 0.0);
    grows.map_or_else(String::new, |one| name(asked, one))
}

fn name(asked: &Question, one: &Funded) -> String {
    let measure = &asked.case.measures[one.measure].name;
    let year = asked.year(one.year);
    asked.pick(format!("{year}{measure}"), format!("{measure} {year}"))
}

/// A share near 1, to a hundredth of a per cent.
fn fine(share: f64) -> String {
    format!("{:.2}%", share * 100.0)
}

/// The first few of what a part of a stretch does.
fn named(asked: &Question, changes: &[Funded], part: f64) -> String {
    let growing = changes.iter().filter(|one| one.units > 0.0);
    let words = growing.take(NAMED).map(|one| {
        let unit = &asked.case.resources[asked.case.measures[one.measure].resource].unit;
        let amount = number(one.units * part);
        let name = name(asked, one);
        asked.pick(
            format!("{name}（{amount} {unit}）"),
            format!("{name} ({amount} {unit})"),
        )
    });
    let words: Vec<String> = words.collect();
    match words.is_empty() {
        true => asked
            .pick("年度之间调整", "money moves between years")
            .to_string(),
        false => words.join(asked.pick("、", ", ")),
    }
}

fn shown_money(asked: &Question, main: f64) -> String {
    money_value(main / asked.case.money_shown.0)
}

/// Every stretch and what it funds: one row a measure and year.
///
/// # Errors
/// When `out` cannot be written.
pub fn queue_csv(asked: &Question, found: &Frontier, out: impl Write) -> io::Result<()> {
    let header = [
        asked.pick("段", "stretch").to_string(),
        asked.pick("资金自", "money from").to_string(),
        asked.pick("资金至", "money to").to_string(),
        asked.money_header("金额至", "amount to"),
        asked.pick("缺口自", "gap from").to_string(),
        asked.pick("缺口至", "gap to").to_string(),
        asked.pick(
            format!("每{}减少缺口", asked.money_unit()),
            format!("closed per {}", asked.money_unit()),
        ),
        asked.pick("措施", "measure").to_string(),
        asked.pick("年度", "year").to_string(),
        asked.pick("数量增减", "units").to_string(),
        asked.pick("单位", "unit").to_string(),
        asked.money_header("金额增减", "cost"),
        asked.pick("学校数", "schools").to_string(),
    ];
    let rows = found
        .stretches
        .iter()
        .enumerate()
        .flat_map(|(at, stretch)| {
            let own = stretch.changes.iter().map(Some);
            let nothing = stretch.changes.is_empty().then_some(None);
            own.chain(nothing)
                .map(move |one| row(asked, found, at, stretch, one))
        });
    csv::write(out, &header, rows, asked.lang)
}

fn row(
    asked: &Question,
    found: &Frontier,
    at: usize,
    stretch: &Stretch,
    one: Option<&Funded>,
) -> Vec<Cell> {
    let shown = asked.case.money_shown.0;
    let plain = |value: f64| Cell::Number(plain(value));
    let mut cells = vec![
        plain((at + 1) as f64),
        plain(stretch.from),
        plain(stretch.to),
        plain(stretch.to * found.stated.main() / shown),
        plain(stretch.gap_from),
        plain(stretch.gap_to),
        plain(stretch.price * shown),
    ];
    if let Some(one) = one {
        let measure = &asked.case.measures[one.measure];
        cells.extend([
            Cell::Text(measure.name.clone()),
            Cell::Number(asked.case.horizon.calendar(one.year).to_string()),
            plain(one.units),
            Cell::Text(asked.case.resources[measure.resource].unit.clone()),
            plain(one.cost / shown),
            plain(one.schools as f64),
        ]);
    }
    cells
}

/// A number for data files: nine significant digits, enough to add up and the same on every run.
pub(super) fn plain(value: f64) -> String {
    let rounded: f64 = format!("{value:.8e}").parse().unwrap_or(value);
    format!("{}", rounded + 0.0)
}

/// Everything, for programs.
pub fn json(asked: &Question, found: &Frontier) -> Value {
    let case = asked.case;
    let change = |one: &Funded| {
        json!({
            "measure": case.measures[one.measure].id,
            "year": case.horizon.calendar(one.year),
            "units": one.units,
            "cost": one.cost,
            "schools": one.schools,
        })
    };
    json!({
        "case": case.name,
        "fund": found.span.fund.map(|fund| case.funds[fund].id.clone()),
        "stated": found.stated.main(),
        "least_share": found.least,
        "uncertain": found.uncertain,
        "confirmed": found.confirmed,
        "furthest": found.furthest,
        "points": found.points.iter().map(|one| json!({
            "share": one.share, "gap": one.gap, "price": one.price,
        })).collect::<Vec<_>>(),
        "stretches": found.stretches.iter().map(|one| json!({
            "from": one.from, "to": one.to, "gap_from": one.gap_from, "gap_to": one.gap_to,
            "price": one.price, "changes": one.changes.iter().map(change).collect::<Vec<_>>(),
        })).collect::<Vec<_>>(),
    })
}
