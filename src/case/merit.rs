//! The merit order (成本效益排序): what each measure costs per unit of the gap index it removes for one year.
//!
//! At equal weights every school ties in per-pupil norms, so this order alone decides which resources the total gap
//! favours; `diagnose` prints it so that nobody is surprised.

use super::school::Stage;
use super::{Case, Reach};
use crate::words::sum::sum;
use crate::words::{MeasureIx, SchoolIx, YearIx};

/// One measure in schools of one stage.
#[derive(Clone, PartialEq, Debug, serde::Serialize)]
pub struct Merit {
    /// The measure.
    #[serde(skip)]
    pub measure: MeasureIx,
    /// Its code in the case file.
    pub id: String,
    /// The code of the resource it supplies.
    pub resource: String,
    /// The stage of the schools.
    pub stage: Stage,
    /// Schools it may serve and of which the standard asks the resource.
    pub schools: usize,
    /// Main units of money per pupil-standard (or school-standard) and year, where it is cheapest: in the best school
    /// and the best year to begin, before severity bands.
    pub cheapest: f64,
    /// The same where it is dearest: the best year to begin, the worst school. Equal to `cheapest` for per-pupil
    /// norms without tilt.
    pub dearest: f64,
    /// Years a unit is useful within plan and terminal period when begun in the year meant by `cheapest`.
    pub useful_years: f64,
    /// The calendar year in which to begin.
    pub begin: i32,
}

/// The merit order of a case, cheapest first, ties in file order. Measures that are never useful within the horizon or
/// whose resource is asked of no school are absent.
pub fn merit_order(case: &Case) -> Vec<Merit> {
    let pairs = case
        .measures
        .ids()
        .flat_map(|measure| Stage::ALL.map(|stage| (measure, stage)));
    let reach = Reach::of(case);
    let mut order: Vec<Merit> = pairs
        .filter_map(|(measure, stage)| merit(case, &reach, measure, stage))
        .collect();
    order.sort_by(|one, other| one.cheapest.total_cmp(&other.cheapest));
    order
}

fn merit(case: &Case, reach: &Reach, measure: MeasureIx, stage: Stage) -> Option<Merit> {
    let inside = |school: &SchoolIx| {
        case.schools[*school].stage == stage && reach.is_inside(measure, reach.kind(*school))
    };
    let begins: Vec<Begin> = case
        .schools
        .ids()
        .filter(inside)
        .filter_map(|school| best_begin(case, reach, measure, school))
        .collect();
    let cheapest = begins
        .iter()
        .min_by(|one, other| one.cost.total_cmp(&other.cost))?;
    Some(Merit {
        measure,
        id: case.measures[measure].id.clone(),
        resource: case.resources[case.measures[measure].resource].id.clone(),
        stage,
        schools: begins.len(),
        cheapest: cheapest.cost,
        dearest: begins
            .iter()
            .map(|begin| begin.cost)
            .fold(cheapest.cost, f64::max),
        useful_years: cheapest.useful_years,
        begin: case.horizon.calendar(cheapest.year),
    })
}

/// A year to begin, with what it costs there.
struct Begin {
    year: YearIx,
    useful_years: f64,
    cost: f64,
}

/// The year in which a unit at this school costs least per index unit and year; the first of equal ones.
fn best_begin(case: &Case, reach: &Reach, measure: MeasureIx, school: SchoolIx) -> Option<Begin> {
    let stated = &case.measures[measure];
    let per_unit = |period| {
        let each = |(resource, each)| each * reach.gap_per_unit(case, school, resource, period);
        sum(stated.serves().map(each))
    };
    let per_unit: Vec<f64> = case.horizon.periods().map(per_unit).collect();
    let begins = case.horizon.plan_years().filter_map(|year| {
        let service = case.service(measure, year);
        let served = |period: YearIx| service.share(period.at()) * case.horizon.duration(period);
        let periods = || service.clone().map(YearIx::new);
        let useful_years = sum(periods().map(served));
        let removed = sum(periods().map(|period| per_unit[period.at()] * served(period)));
        (removed > 0.0).then(|| Begin {
            year,
            useful_years,
            cost: case.price_for_good(measure, year) / removed,
        })
    });
    begins.reduce(|best, next| if next.cost < best.cost { next } else { best })
}
