//! What it would cost to close a school's shortfalls, were there money and posts enough.

use crate::case::{Case, Lever, Most};
use crate::program::{Program, Sense};
use crate::solve::{Said, SolverChoice, Want, minimise};
use crate::words::{Halt, MeasureIx, Money, ResourceIx, SchoolIx, YearIx};

/// The cost of closing the shortfalls of a school.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Closing {
    /// Money of the plan years.
    pub money: Money,
    /// Resources that are short and that no such measure brings.
    pub without_measure: Vec<ResourceIx>,
}

/// The least money of the plan years, paid from `since` on, by which a school would lack nothing in the last plan year: by
/// measures that bring something from outside and that it may use, whole units and lead times left aside. Posts are paid
/// in each year, aid is granted in each.
pub fn closing(case: &Case, school: SchoolIx, since: YearIx) -> Closing {
    let last = case.horizon.last();
    let short = |resource: ResourceIx| {
        let required = case.required(school, resource, last)?;
        let short = required - case.stock_in(school, resource, last)?;
        (short > 0.0).then_some((resource, short))
    };
    let shorts: Vec<(ResourceIx, f64)> = case.resources.ids().filter_map(short).collect();
    let open = |at: &MeasureIx| {
        let stated = &case.measures[*at];
        stated.most == Most::Needed && !stated.lever.moves() && case.allows(*at, school)
    };
    let mut program = Program::default();
    let mut columns: Vec<(MeasureIx, usize)> = Vec::new();
    for measure in case.measures.ids().filter(open) {
        let served = shorts.iter().filter_map(|(resource, short)| {
            let each = case.measures[measure].brings(*resource)?;
            Some(short / each)
        });
        if let Some(most) = served.reduce(f64::max) {
            columns.push((
                measure,
                program.add_col(0.0, most, price(case, measure, since)),
            ));
        }
    }
    let mut without_measure = Vec::new();
    for (resource, short) in shorts {
        let brings = columns
            .iter()
            .filter_map(|&(measure, col)| Some((col, case.measures[measure].brings(resource)?)));
        let entries: Vec<(usize, f64)> = brings.collect();
        match entries.is_empty() {
            true => without_measure.push(resource),
            false => {
                program.add_row(Sense::AtLeast, short, entries);
            }
        }
    }
    let money = match minimise(&program, SolverChoice::Auto, Want::Values, &Halt::default()) {
        Said::Optimal(point) | Said::Stopped(point) => program.objective(&point.values),
        // Each row can be kept by any of its columns alone, so that there is a point; none is needed without rows.
        _ => 0.0,
    };
    Closing {
        money: Money::from_main(money),
        without_measure,
    }
}

/// What a unit costs in the plan years from a year on, in main units of money.
fn price(case: &Case, measure: MeasureIx, since: YearIx) -> f64 {
    match case.measures[measure].lever {
        Lever::Aid => {
            let years = (case.horizon.years - since.at()) as f64;
            case.measures[measure].cost.main() * years
        }
        _ => case.price_in_plan(measure, since),
    }
}
