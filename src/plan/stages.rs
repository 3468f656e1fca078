//! The order in which ties are broken: gap → money spent → file order. (Between equal needs the water-fill decides.)
//!
//! Each later stage is a small cost beside the gap. For a linear program there is a size below which such a cost
//! breaks ties only; whether it is small enough is not assumed but checked: the gap must stay at its optimum.

use super::posed::Posed;
use super::proof::Proof;
use crate::case::Case;
use crate::formulate::{ColKey, Formulated};
use crate::program::certificate::distance;
use crate::solve::{Said, SolverChoice, Want, minimise};
use crate::words::Halt;
use crate::words::tolerance::STAGE;

/// Weight of the money stage at the first try, as a share of the gap stage, and how often it is cut to a tenth.
const FIRST_WEIGHT: f64 = 1e-4;
const TRIES: usize = 6;
/// Weight of the order stage as a share of the money stage.
const ORDER_WEIGHT: f64 = 1e-6;

/// Values with the optimal gap, the least money among those, and the files' order where money ties; and the solver
/// that gave them. Falls back on the first stage's values when no weight keeps the gap, and
/// when halted.
pub fn refine(
    case: &Case,
    form: &Formulated,
    proof: &Proof,
    choice: SolverChoice,
    posed: &Posed,
    halt: &Halt,
) -> (Vec<f64>, &'static str) {
    let money = form.money(case);
    let order = order_costs(case, form);
    let all_money: f64 = case
        .funds
        .iter()
        .map(|fund| fund.total().main())
        .sum::<f64>()
        .max(1.0);
    let gap_scale = proof
        .bound
        .abs()
        .max(1e-3 * most_gap(form))
        .max(f64::MIN_POSITIVE);
    let mut weight = FIRST_WEIGHT * gap_scale / all_money;
    for _ in 0..TRIES {
        if halt.asked().is_some() {
            break;
        }
        let costs: Vec<f64> = form
            .program
            .cols
            .iter()
            .zip(money.iter().zip(&order))
            .map(|(col, (money, order))| col.cost + weight * (money + ORDER_WEIGHT * order))
            .collect();
        let staged = form.program.with_costs(&costs);
        let posed = posed.recosted(&staged);
        if let Said::Optimal(point) = minimise(posed.shown(), choice, Want::Values, halt) {
            let values = posed.values(&point.values);
            let gap = form.program.objective(&values);
            if distance(gap, proof.objective.min(gap)) <= STAGE
                || distance(gap, proof.bound) <= proof.distance() + STAGE
            {
                return (values, point.solver);
            }
        }
        weight /= 10.0;
    }
    (proof.values.clone(), proof.solver)
}

/// The gap when nothing is done.
fn most_gap(form: &Formulated) -> f64 {
    form.program
        .cols
        .iter()
        .map(|col| col.cost * col.upper)
        .sum()
}

/// File order as a cost: earlier resources take the earlier money, so the product of rank and years to go is small
/// when the first resource comes first. Units that cost nothing count as one main unit of money, so that nobody is
/// moved for nothing.
fn order_costs(case: &Case, form: &Formulated) -> Vec<f64> {
    let (resources, measures, years) = (
        case.resources.len(),
        case.measures.len(),
        case.horizon.years,
    );
    let rank = |key: &ColKey| match *key {
        ColKey::Supply { measure, year, .. } | ColKey::Exchange { measure, year, .. } => {
            let stated = &case.measures[measure];
            let place = (stated.resource.at() * measures + measure.at() + 1) as f64
                / (resources * measures) as f64;
            let to_go = (years - year.at()) as f64 / years as f64;
            stated.cost.main().max(1.0) * (1.0 + place * to_go)
        }
        _ => 0.0,
    };
    form.cols.iter().map(rank).collect()
}
