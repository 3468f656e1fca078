//! The answer to a case: what was asked, what is proposed, what remains short, which limits bind, where the money
//! goes and what is proven.

use super::number::{count, number, percent, plural};
use super::page::{Grid, Page};
use super::question::Question;
use super::{
    aid, changes, diverted, fairness, needs, provinces, repair, take_up, verdict, write_off,
};
use crate::plan::{Answer, Binding, BindingUnit, Plan, PlanRow, row::subsidies};
use crate::words::{FundIx, MeasureIx, Money};

/// How many funds are shown, the largest; a nation's provinces have one each.
const FUNDS_SHOWN: usize = 15;

/// How many binding limits are shown.
const LIMITS_SHOWN: usize = 8;

/// The page of an answer.
pub fn page(asked: &Question, answer: &Answer) -> Page {
    told(asked, answer, true)
}

/// The page without the limits and the money, which stand in tables of their own beside it.
pub fn page_beside_tables(asked: &Question, answer: &Answer) -> Page {
    told(asked, answer, false)
}

fn told(asked: &Question, answer: &Answer, whole: bool) -> Page {
    let mut page = Page::titled(asked.title());
    if let Some(remark) = &asked.case.remark {
        page.remark(remark);
    }
    question(asked, &mut page);
    match &answer.plan {
        Some(plan) => {
            proposed(asked, plan, &mut page);
            fairness::section(asked, plan, &mut page);
            needs::remaining(asked, plan, &mut page);
            aid::add(asked, plan, &mut page);
            changes::add(asked, plan, &mut page);
            if let Some(take_up) = &plan.take_up {
                take_up::section(asked, plan, take_up, &mut page);
            }
            if whole {
                limits(asked, plan, &mut page);
                money(asked, plan, &mut page);
            }
            provinces::totals(asked, plan, &mut page);
            verdict::proof(asked, answer, &mut page);
        }
        None => {
            verdict::without_plan(asked, &answer.verdict, &mut page);
            if let Some(menu) = &answer.menu {
                repair::section(asked, &answer.verdict, menu, &mut page);
            }
        }
    }
    page
}

/// What was asked: schools, pupils, standard, money.
pub fn question(asked: &Question, page: &mut Page) {
    let case = asked.case;
    let first = crate::words::YearIx::new(0);
    let pupils: f64 = case
        .schools
        .ids()
        .filter_map(|school| case.pupils(school, first))
        .sum();
    let (schools, pupils) = (case.schools.len(), number(pupils.round()));
    let total: Money = case.funds.iter().map(|fund| fund.total()).sum();
    let (funds, total) = (case.funds.len(), asked.money_in_words(total));
    page.heading(asked.pick("规划条件", "What was asked"));
    page.text(asked.pick(
        format!(
            "{} 所学校，{pupils} 名学生；标准：{}",
            count(schools),
            case.standard.name
        ),
        format!(
            "{}, {pupils} pupils; standard: {}",
            plural(schools, "school"),
            case.standard.name
        ),
    ));
    page.text(asked.pick(
        format!(
            "资金 {funds} 项，规划期共 {total}；措施 {} 项，政策规定 {} 条",
            case.measures.len(),
            case.policies.len()
        ),
        format!(
            "{} with {total} over the plan; {}, {}",
            plural(funds, "fund"),
            plural(case.measures.len(), "measure"),
            plural(case.policies.len(), "policy rule"),
        ),
    ));
    diverted::add(asked, page);
    write_off::add(asked, page);
}

/// What is proposed, by measure, and what it does to the gap.
pub fn proposed(asked: &Question, plan: &Plan, page: &mut Page) {
    page.heading(asked.pick("方案", "What is proposed"));
    let mut grid = Grid::new()
        .words(asked.pick("措施", "measure"))
        .numbers(asked.pick("数量", "quantity"))
        .words(asked.pick("单位", "unit"))
        .numbers(asked.money_header("金额", "money"))
        .numbers(asked.pick("学校数", "schools"))
        .words(asked.pick("责任单位", "responsible body"));
    for one in proposals(asked, plan) {
        let measure = &asked.case.measures[one.measure];
        grid.row([
            measure.name.clone(),
            number(one.units),
            asked.case.resources[measure.resource].unit.clone(),
            asked.money(one.amount),
            count(one.schools),
            measure.body.clone(),
        ]);
    }
    let nothing = grid.rows.is_empty();
    page.grid(grid);
    if nothing {
        page.text(asked.pick("不采取任何措施", "nothing is done"));
    }
    let outcome = &plan.outcome;
    let unit = asked.gap_unit();
    let (before, after) = (number(outcome.gap_before), number(outcome.gap_after));
    let less = percent(share(
        outcome.gap_before - outcome.gap_after,
        outcome.gap_before,
    ));
    page.text(asked.pick(
        format!("缺口指数由 {before} 降到 {after} {unit}，减少 {less}"),
        format!("the gap index falls from {before} to {after} {unit}, by {less}"),
    ));
    if let Some(other) = &plan.without_terminal {
        let (with, without) = (number(other.gap_with), number(other.gap_without));
        page.text(asked.pick(
            format!("只看规划期各年：本方案缺口 {with}；若不计规划期之后，最小可到 {without}"),
            format!("over the plan years alone: {with}; if nothing afterwards counted, {without} could be reached"),
        ));
    }
}

/// What a plan does by one measure.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Proposal {
    /// The measure.
    pub measure: MeasureIx,
    /// Units supplied, in the unit of its resource.
    pub units: f64,
    /// Money of the funds over the plan years.
    pub amount: Money,
    /// Schools supplied.
    pub schools: usize,
}

/// What a plan does, by measure in their order; measures it does not use are left out.
pub fn proposals(asked: &Question, plan: &Plan) -> Vec<Proposal> {
    let measures = asked.case.measures.ids();
    measures
        .filter_map(|measure| proposal(plan, measure))
        .collect()
}

fn proposal(plan: &Plan, measure: MeasureIx) -> Option<Proposal> {
    let rows: Vec<&PlanRow> = plan
        .rows
        .iter()
        .filter(|row| row.measure == measure)
        .collect();
    // A rotated post appears at the school that gives it and at the one that receives it; it is counted once.
    let supplied = rows.iter().filter(|row| row.units > 0.0);
    let mut schools: Vec<_> = supplied.clone().map(|row| row.school).collect();
    schools.sort();
    schools.dedup();
    (!rows.is_empty()).then(|| Proposal {
        measure,
        units: supplied.map(|row| row.units).sum(),
        amount: rows.iter().map(|row| row.amount()).sum(),
        schools: schools.len(),
    })
}

/// A part of a whole; not a number when the whole is nothing.
pub fn share(part: f64, whole: f64) -> f64 {
    if whole == 0.0 { f64::NAN } else { part / whole }
}

fn limits(asked: &Question, plan: &Plan, page: &mut Page) {
    let shown = plan.bindings.iter().take(LIMITS_SHOWN);
    let mut points: Vec<String> = shown
        .map(|binding| limit_in_words(asked, binding))
        .collect();
    page.heading(asked.pick("起约束作用的限额", "Which limits bind"));
    if points.is_empty() {
        page.text(no_limit(asked, plan));
    }
    let left_out = plan.bindings.len().saturating_sub(LIMITS_SHOWN);
    if left_out > 0 {
        points.push(asked.pick(
            format!("另有 {left_out} 项，见 plan.json"),
            format!("and {left_out} more in plan.json"),
        ));
    }
    page.list(points);
}

/// What may be said when no limit has a price. A fund without money has none, though it is what is lacking.
pub fn no_limit(asked: &Question, plan: &Plan) -> &'static str {
    let money: Money = asked.case.funds.iter().map(|fund| fund.total()).sum();
    if plan.outcome.gap_after == 0.0 {
        asked.pick(
            "没有限额妨碍缺口缩小",
            "no limit keeps the gap from falling",
        )
    } else if money == Money::ZERO {
        asked.pick("规划期内没有资金", "there is no money in the plan years")
    } else {
        asked.pick(
            "单独放宽任何一项限额，缺口都不会再缩小",
            "loosening any one limit would not lower the gap further",
        )
    }
}

/// A limit with its price: what loosening it by one unit brings.
pub fn limit_in_words(asked: &Question, binding: &Binding) -> String {
    let (scale, zh, en) = match binding.per {
        BindingUnit::Money => {
            let amount = handy_amount(binding.price * asked.case.money_shown.0);
            let said = format!("{} {}", number(amount), asked.money_unit());
            (
                amount * asked.case.money_shown.0,
                format!("每增加 {said}"),
                format!("{said} more"),
            )
        }
        BindingUnit::Units => (
            1.0,
            "每放宽 1 个单位".into(),
            "loosened by one unit it".into(),
        ),
        BindingUnit::Points => (
            1.0,
            "每放宽 1 个百分点".into(),
            "loosened by one percentage point it".into(),
        ),
    };
    let name = asked.of(&binding.name);
    let removed = number(binding.price * scale);
    let gap = asked.gap_unit();
    asked.pick(
        format!("{name}：{zh}，缺口减少 {removed} {gap}"),
        format!("{name}: {en} removes {removed} {gap}"),
    )
}

/// The power of ten of shown money whose price is at least 1, so that nobody has to read 0.00625.
fn handy_amount(price: f64) -> f64 {
    let amounts = (0..=6).map(|power| 10_f64.powi(power));
    amounts
        .into_iter()
        .find(|amount| price * amount >= 1.0)
        .unwrap_or(1.0)
}

/// Money by fund and year, under its heading.
pub fn money(asked: &Question, plan: &Plan, page: &mut Page) {
    page.heading(asked.money_header("资金安排", "Money by fund and year"));
    page.grid(money_grid(asked, plan));
}

/// Money by fund and year, with what is left.
pub fn money_grid(asked: &Question, plan: &Plan) -> Grid {
    let horizon = &asked.case.horizon;
    let mut grid = Grid::new().words(asked.pick("资金", "fund"));
    for year in horizon.plan_years() {
        grid = grid.numbers(asked.year(year));
    }
    grid = grid
        .numbers(asked.pick("合计", "total"))
        .numbers(asked.pick("可用", "available"))
        .numbers(asked.pick("结余", "left"));
    let mut totals = vec![Money::ZERO; horizon.years + 3];
    let mut others = totals.clone();
    let shown = largest(asked.case.funds.pairs().map(|(_, fund)| fund.total()));
    for (at, fund) in asked.case.funds.pairs() {
        let amounts = amounts_of(asked, plan, at);
        add(&mut totals, &amounts);
        if shown[at.at()] {
            let cells = amounts.into_iter().map(|amount| asked.money(amount));
            grid.row(std::iter::once(fund.name.clone()).chain(cells));
        } else {
            add(&mut others, &amounts);
        }
    }
    let left_out = shown.iter().filter(|&&shown| !shown).count();
    if left_out > 0 {
        let name = asked.pick(
            format!("其余 {left_out} 项（见 plan.json）"),
            format!("{left_out} other funds (see plan.json)"),
        );
        let cells = others.into_iter().map(|amount| asked.money(amount));
        grid.row(std::iter::once(name).chain(cells));
    }
    if asked.case.funds.len() > 1 {
        let total = asked.pick("合计", "total").to_string();
        grid.row(
            std::iter::once(total).chain(totals.into_iter().map(|amount| asked.money(amount))),
        );
    }
    if asked.case.is_subsidised() {
        let mut amounts = subsidies(asked.case, &plan.rows);
        amounts.push(amounts.iter().copied().sum());
        let name = asked.pick("另：资金以外的补助", "besides: paid from outside the funds");
        let cells = amounts.into_iter().map(|amount| asked.money(amount));
        let nothing = std::iter::repeat_n(String::new(), 2);
        grid.row(
            std::iter::once(name.to_string())
                .chain(cells)
                .chain(nothing),
        );
    }
    grid
}

/// What a fund spends in each plan year and in all, what it has in all, and what is left.
pub fn amounts_of(asked: &Question, plan: &Plan, fund: FundIx) -> Vec<Money> {
    let mut amounts = vec![Money::ZERO; asked.case.horizon.years];
    for one in plan.money.iter().filter(|one| one.fund == fund) {
        amounts[one.year.at()] += one.spent;
    }
    let (spent, given) = (
        amounts.iter().copied().sum::<Money>(),
        asked.case.funds[fund].total(),
    );
    amounts.extend([spent, given, given - spent]);
    amounts
}

fn add(totals: &mut [Money], amounts: &[Money]) {
    totals
        .iter_mut()
        .zip(amounts)
        .for_each(|(total, &amount)| *total += amount);
}

/// Which amounts are among the [`FUNDS_SHOWN`] largest; of equal ones the first.
fn largest(amounts: impl Iterator<Item = Money>) -> Vec<bool> {
    let amounts: Vec<Money> = amounts.collect();
    let mut order: Vec<usize> = (0..amounts.len()).collect();
    order.sort_by_key(|&at| std::cmp::Reverse(amounts[at]));
    let mut shown = vec![false; amounts.len()];
    order
        .into_iter()
        .take(FUNDS_SHOWN)
        .for_each(|at| shown[at] = true);
    shown
}
