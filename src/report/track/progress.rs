//! Planned against done: by measure, year, place and fund; what is late; what went beyond its limits.

use super::{Late, Length, Told, lists};
use crate::plan::follow::{Line, Standing};
use crate::report::number::{MISSING, count, number, percent, plural};
use crate::report::page::{Grid, Page};
use crate::words::sum::sum;
use crate::words::{FundIx, Money, SchoolIx, YearIx};
use std::collections::BTreeSet;

pub fn add(told: &Told, length: Length, page: &mut Page) {
    let asked = &told.asked;
    let years = told.closed_years();
    page.heading(asked.pick(
        format!("{years}计划落实情况"),
        format!("Planned and done, {years}"),
    ));
    page.text(summary(told));
    page.grid(by_measure(told));
    page.list(lists::remarks(told));
    page.heading(asked.pick("资金", "Money"));
    page.grid(by_fund(told));
    page.list(lists::overdrawn(told));
    page.grid(by_year(told));
    if let Some(grid) = by_place(told) {
        page.grid(grid);
    }
    let late = lists::late(told, length);
    if !late.rows.is_empty() {
        page.heading(asked.pick("逾期事项", "What is late"));
        page.grid(late);
    }
    let broken = lists::breaches(told, length);
    if !broken.is_empty() {
        page.heading(asked.pick(
            "已办事项与规定不符之处",
            "Where what was done departs from the rules",
        ));
        page.list(broken);
    }
}

/// Standings told in one sentence. Posts that arrive stand for those that leave elsewhere, which are not counted again.
fn summary(told: &Told) -> String {
    let found = told.found;
    let counted = || found.standings.iter().filter(|one| !one.gives);
    let items = |test: &dyn Fn(&Standing) -> bool| counted().filter(|one| test(one)).count();
    let due = items(&|one| one.planned > 0.0);
    let late = items(&|one| one.late() > 0.0);
    let unallocated = items(&|one| one.late_unallocated > 0.0);
    let beyond = items(&|one| one.unplanned > 0.0);
    let ahead = items(&|one| one.ahead > 0.0);
    let done = due - items(&|one| one.planned > 0.0 && one.late() > 0.0);
    let year = told.asked.year(told.as_of());
    told.asked.pick(
        format!(
            "至{year}底应落实 {} 项（一校一措施为一项），已落实 {} 项，逾期 {} 项（其中 {} 项尚未全部下达）；提前 {} 项，计划外 {} 项",
            count(due), count(done), count(late), count(unallocated), count(ahead), count(beyond),
        ),
        format!(
            "by the end of {year}, {} due (one measure at one school each): {} taken up, {} late ({} of them not fully allocated); {} ahead, {} beyond the plan",
            plural(due, "item"), count(done), count(late), count(unallocated), count(ahead), count(beyond),
        ),
    )
}

fn by_measure(told: &Told) -> Grid {
    let asked = &told.asked;
    let mut grid = Grid::new()
        .words(asked.pick("措施", "measure"))
        .words(asked.pick("单位", "unit"))
        .numbers(asked.pick("计划", "planned"))
        .numbers(asked.pick("已下达", "allocated"))
        .numbers(asked.pick("已落实", "taken up"))
        .numbers(asked.pick("落实率", "done"))
        .numbers(asked.pick("逾期·已下达", "late, allocated"))
        .numbers(asked.pick("逾期·未下达", "late, not allocated"))
        .numbers(asked.pick("提前", "ahead"))
        .numbers(asked.pick("计划外", "unplanned"))
        .numbers(asked.pick("以后各年待办", "still to come"));
    for (at, measure) in asked.case.measures.pairs() {
        let own = || {
            told.found
                .standings
                .iter()
                .filter(|one| one.measure == at && !one.gives)
        };
        if own().next().is_none() {
            continue;
        }
        let total = |of: &dyn Fn(&Standing) -> f64| sum(own().map(of));
        let (planned, late) = (total(&|one| one.planned), total(&Standing::late));
        let done = match planned > 0.0 {
            true => percent((planned - late) / planned),
            false => String::new(),
        };
        grid.row([
            measure.name.clone(),
            asked.case.resources[measure.resource].unit.clone(),
            number(planned),
            number(total(&|one| one.allocated)),
            number(total(&|one| one.taken)),
            done,
            number(total(&|one| one.late_allocated)),
            number(total(&|one| one.late_unallocated)),
            number(total(&|one| one.ahead)),
            number(total(&|one| one.unplanned)),
            number(total(&|one| one.outstanding)),
        ]);
    }
    grid.foot = Some(
        asked
            .pick(
                "已落实：已开工、已采购或已到岗；落实率按未逾期的数量计",
                "taken up: begun, bought or in post; done: the share that is not late",
            )
            .to_string(),
    );
    grid
}

/// Money of a fund over the closed years.
pub(super) struct FundMoney {
    pub planned: Money,
    /// `None` where no allocation was entered.
    pub allocated: Option<Money>,
    pub spent: Money,
    pub given: Money,
    /// What is left at the end: carried over, or gone where the fund does not carry over.
    pub left: Money,
}

pub(super) fn fund_money(told: &Told, fund: FundIx) -> FundMoney {
    let (case, found) = (told.asked.case, told.found);
    let own = || found.lines.iter().filter(|line| line.fund == Some(fund));
    let years = || case.horizon.plan_years().take(found.closed);
    let given: Money = years().map(|year| case.funds[fund].amounts[year]).sum();
    let spent: Money = years()
        .map(|year| found.settled.settled_spending(fund, year))
        .sum();
    let closed = own().filter(|line| line.is_closed(found.closed));
    FundMoney {
        planned: own().map(|line| line.due(found.closed)).sum(),
        allocated: allocated(closed),
        spent,
        given,
        left: (given - spent).max(Money::ZERO),
    }
}

/// Money allocated to some lines; `None` where none was entered.
fn allocated<'a>(lines: impl Iterator<Item = &'a Line>) -> Option<Money> {
    let entered = lines.filter_map(|line| line.entered.allocated_money);
    entered.reduce(|one, other| one + other)
}

fn by_fund(told: &Told) -> Grid {
    let asked = &told.asked;
    let mut grid = Grid::new()
        .words(asked.money_header("资金", "fund"))
        .numbers(asked.pick("可用", "given"))
        .numbers(asked.pick("计划支出", "planned"))
        .numbers(asked.pick("已下达", "allocated"))
        .numbers(asked.pick("实际支出", "spent"))
        .numbers(asked.pick("结转以后年度", "carried over"))
        .numbers(asked.pick("未用完（不结转）", "lapsed"));
    let mut totals = [None; 6];
    for (at, fund) in asked.case.funds.pairs() {
        let money = fund_money(told, at);
        let (carried, lapsed) = match fund.carry_over {
            true => (money.left, Money::ZERO),
            false => (Money::ZERO, money.left),
        };
        let known = [money.given, money.planned, money.spent, carried, lapsed].map(Some);
        let [given, planned, spent, carried, lapsed] = known;
        let cells = [given, planned, money.allocated, spent, carried, lapsed];
        for (total, cell) in totals.iter_mut().zip(cells) {
            *total = both(*total, cell);
        }
        let shown = cells.map(|cell| money_or_missing(told, cell));
        grid.row(std::iter::once(fund.name.clone()).chain(shown));
    }
    let shown = totals.map(|cell| money_or_missing(told, cell));
    grid.row(std::iter::once(asked.pick("合计", "all").to_string()).chain(shown));
    grid
}

fn both(one: Option<Money>, other: Option<Money>) -> Option<Money> {
    match (one, other) {
        (Some(one), Some(other)) => Some(one + other),
        (one, other) => one.or(other),
    }
}

fn money_or_missing(told: &Told, amount: Option<Money>) -> String {
    amount.map_or_else(|| MISSING.to_string(), |amount| told.asked.money(amount))
}

fn by_year(told: &Told) -> Grid {
    let asked = &told.asked;
    let (found, late) = (told.found, told.late());
    let mut grid = Grid::new()
        .words(asked.money_header("年份", "year"))
        .numbers(asked.pick("计划支出", "planned"))
        .numbers(asked.pick("已下达（该年开办）", "allocated to what begins then"))
        .numbers(asked.pick("实际支出", "spent"))
        .numbers(asked.pick("逾期（该年应办）", "late of what was due then"));
    for year in asked.case.horizon.plan_years().take(found.closed) {
        let planned = found
            .lines
            .iter()
            .map(|line| line.payments[year.at()])
            .sum();
        let own = |line: &&Line| line.at.year == year;
        let spent = asked.case.funds.ids();
        let spent = spent
            .map(|fund| found.settled.settled_spending(fund, year))
            .sum();
        let pairs = found.lines.iter().zip(&late);
        let late = pairs
            .filter(|(line, _)| own(line))
            .map(|(_, late)| late.worth)
            .sum();
        let allocated = allocated(found.lines.iter().filter(own));
        let cells: [Option<Money>; 4] = [Some(planned), allocated, Some(spent), Some(late)];
        let shown = cells.map(|cell| money_or_missing(told, cell));
        grid.row(std::iter::once(asked.year(year)).chain(shown));
    }
    grid.foot = Some(
        asked
            .pick(
                "逾期按案例单价计；聘用人员按一年计",
                "what is late counts at the prices of the case, posts for one year",
            )
            .to_string(),
    );
    grid
}

/// One row of a grid by place.
pub(super) struct PlaceMoney {
    pub name: String,
    /// Schools with something planned for the closed years.
    pub schools: usize,
    /// Those with something late.
    pub late_schools: usize,
    pub planned: Money,
    pub spent: Money,
    pub late: Money,
}

/// By county where there are several, and by kind of area where there are several: a case without areas has one.
pub(super) fn places(told: &Told) -> Vec<PlaceMoney> {
    let case = told.asked.case;
    let late = told.late();
    let mut places = Vec::new();
    if case.counties.len() > 1 {
        for (at, county) in case.counties.pairs() {
            let here = |school: SchoolIx| case.schools[school].county == at;
            places.push(place(told, &late, county.label.clone(), &here));
        }
    }
    if case.areas.len() > 1 {
        for (at, area) in case.areas.pairs() {
            let here = |school: SchoolIx| case.schools[school].area == at;
            places.push(place(told, &late, area.clone(), &here));
        }
    }
    places.retain(|one| one.schools > 0 || !one.spent.is_zero());
    places
}

fn place(told: &Told, late: &[Late], name: String, here: &dyn Fn(SchoolIx) -> bool) -> PlaceMoney {
    let found = told.found;
    let own = || {
        found
            .lines
            .iter()
            .zip(late)
            .filter(|(line, _)| here(line.at.school))
    };
    let due = own().filter(|(line, _)| line.is_planned && line.is_closed(found.closed));
    let schools: BTreeSet<SchoolIx> = due.map(|(line, _)| line.at.school).collect();
    let behind = own().filter(|(_, late)| late.units() > 0.0);
    let behind: BTreeSet<SchoolIx> = behind.map(|(line, _)| line.at.school).collect();
    let is_closed = |year: YearIx| year.at() < found.closed;
    let paid = found
        .facts
        .paid
        .iter()
        .filter(|paid| here(paid.school) && is_closed(paid.period));
    PlaceMoney {
        name,
        schools: schools.len(),
        late_schools: behind.len(),
        planned: own().map(|(line, _)| line.due(found.closed)).sum(),
        spent: paid.map(|paid| paid.amount).sum(),
        late: own().map(|(_, late)| late.worth).sum(),
    }
}

/// `None` where the case tells no places apart.
fn by_place(told: &Told) -> Option<Grid> {
    let asked = &told.asked;
    let places = places(told);
    if places.is_empty() {
        return None;
    }
    let mut grid = Grid::new()
        .words(asked.money_header("地区", "place"))
        .numbers(asked.pick("有计划任务的学校", "schools with something due"))
        .numbers(asked.pick("有逾期的学校", "schools with something late"))
        .numbers(asked.pick("计划支出", "planned"))
        .numbers(asked.pick("实际支出", "spent"))
        .numbers(asked.pick("逾期", "late"));
    for one in places {
        grid.row([
            one.name,
            count(one.schools),
            count(one.late_schools),
            asked.money(one.planned),
            asked.money(one.spent),
            asked.money(one.late),
        ]);
    }
    Some(grid)
}
