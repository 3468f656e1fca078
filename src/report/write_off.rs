//! What falls out of use in the plan years, as the plan takes it (到期报废).

use serde_json::{Value, json};

use super::number::{count, number};
use super::page::{Grid, Page};
use super::question::Question;
use crate::words::sum::sum;
use crate::words::tolerance::ZERO_UNITS;
use crate::words::{ResourceIx, YearIx};

/// What falls out of use in the plan years, in a sentence; `None` where nothing does.
pub fn in_words(asked: &Question) -> Option<String> {
    let case = asked.case;
    let falls = |resource: ResourceIx| {
        let units = sum(by_year(asked, resource));
        let stated = &case.resources[resource];
        (units > ZERO_UNITS).then(|| {
            let units = number(units);
            let (name, unit) = (&stated.name, &stated.unit);
            asked.pick(
                format!("{name} {units} {unit}"),
                format!("{units} {unit} of {name}"),
            )
        })
    };
    let all: Vec<String> = case.resources.ids().filter_map(falls).collect();
    (!all.is_empty()).then(|| {
        let all = all.join(asked.pick("、", ", "));
        asked.pick(
            format!("规划期内，现有的{all}将到期报废或退出，需求相应增加。"),
            format!("Within the plan {all} of what is there fall out of use, and the needs rise by as much."),
        )
    })
}

/// Adds what falls out of use of each resource in each plan year, over all schools; nothing where nothing does.
pub fn add(asked: &Question, page: &mut Page) {
    let case = asked.case;
    let falling: Vec<ResourceIx> = case
        .resources
        .ids()
        .filter(|&resource| case.writes_off_of(resource))
        .collect();
    if falling.is_empty() {
        return;
    }
    page.heading(asked.pick(
        "到期报废、退出的现有数量（规划前已知）",
        "Stock that falls out of use (known beforehand)",
    ));
    let mut grid = Grid::new()
        .words(asked.pick("资源", "resource"))
        .words(asked.pick("单位", "unit"))
        .numbers(asked.pick("现有", "stock today"));
    for year in case.horizon.plan_years() {
        let year = asked.year(year);
        grid = grid.numbers(asked.pick(format!("{year}退出"), format!("out in {year}")));
    }
    grid = grid.numbers(asked.pick("涉及学校数", "schools"));
    for resource in falling {
        let stated = &case.resources[resource];
        let stocks = case.schools.iter();
        let stock = sum(stocks.filter_map(|school| school.stock[resource.at()]));
        let last = case.horizon.last();
        let schools = case.schools.ids();
        let schools = schools.filter(|&at| case.written_off(at, resource, last) > 0.0);
        let mut cells = vec![stated.name.clone(), stated.unit.clone(), number(stock)];
        cells.extend(by_year(asked, resource).into_iter().map(number));
        cells.push(count(schools.count()));
        grid.row(cells);
    }
    page.grid(grid);
}

/// Units of a resource that fall out of use in each plan year, over all schools.
fn by_year(asked: &Question, resource: ResourceIx) -> Vec<f64> {
    let case = asked.case;
    let until = |year: YearIx| {
        let schools = case.schools.ids();
        sum(schools.map(|school| case.written_off(school, resource, year)))
    };
    let mut before = 0.0;
    let years = case.horizon.plan_years();
    years
        .map(|year| {
            let all = until(year);
            let own = all - before;
            before = all;
            own
        })
        .collect()
}

/// The same for programs: by resource, with the units of each plan year.
pub fn json(asked: &Question) -> Vec<Value> {
    let case = asked.case;
    let falling = case.resources.pairs();
    let falling = falling.filter(|&(resource, _)| case.writes_off_of(resource));
    falling
        .map(|(resource, stated)| {
            json!({ "resource": stated.id, "units": by_year(asked, resource) })
        })
        .collect()
}
