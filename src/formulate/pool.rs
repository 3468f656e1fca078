//! Rotation inside a county: posts that arrive at schools of a stage are posts that leave others of it.

use std::collections::BTreeMap;

use super::{Classes, ColKey, Formulated, RowKey};
use crate::case::{Bound, Case, Lever, Policy, Rule, Stage};
use crate::program::Sense;
use crate::words::{CountyIx, MeasureIx, PolicyIx, SchoolIx, YearIx};

type PoolAt = (MeasureIx, CountyIx, Stage, YearIx);

/// What schools have in common whose posts may change places: the pool, how the allowances are paid, and the quotas
/// that count them.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Exchanging {
    county: CountyIx,
    stage: Stage,
    class: Option<usize>,
    quotas: Vec<PolicyIx>,
}

impl Exchanging {
    /// Of a rotation at a school.
    pub fn of(case: &Case, classes: &Classes, measure: MeasureIx, school: SchoolIx) -> Exchanging {
        let counts = |(at, policy): (PolicyIx, &Policy)| {
            let quota = matches!(policy.rule, Rule::Quota { .. });
            (quota && policy.scope.covers(case, measure, school)).then_some(at)
        };
        Exchanging {
            county: case.schools[school].county,
            stage: case.schools[school].stage,
            class: classes.class(measure, school),
            quotas: case.policies.pairs().filter_map(counts).collect(),
        }
    }
}

/// Where a quota demands moves, posts may also change places one against one.
pub(super) fn add_exchanges(form: &mut Formulated, case: &Case) {
    for (measure, stated) in case.measures.pairs() {
        if !matches!(stated.lever, Lever::Rotate { .. }) {
            continue;
        }
        let mut pools: BTreeMap<Exchanging, (SchoolIx, f64)> = BTreeMap::new();
        for school in case
            .schools
            .ids()
            .filter(|&school| exchanges(case, measure, school))
        {
            let at = Exchanging::of(case, &form.classes, measure, school);
            let stock = case.schools[school].stock[stated.resource.at()].unwrap_or(0.0);
            if at.class.is_some() || stated.cost.is_zero() {
                pools.entry(at).or_insert((school, 0.0)).1 += stock.max(0.0);
            }
        }
        for (at, (first, posts)) in pools {
            for year in case.horizon.plan_years() {
                form.add_col(
                    ColKey::Exchange {
                        first,
                        measure,
                        county: at.county,
                        stage: at.stage,
                        class: at.class,
                        year,
                    },
                    0.0,
                    posts,
                    0.0,
                );
            }
        }
    }
}

/// Whether posts of a school may change places: a minimum quota speaks of the rotation there.
fn exchanges(case: &Case, measure: MeasureIx, school: SchoolIx) -> bool {
    let demanded = |policy: &Policy| {
        matches!(
            policy.rule,
            Rule::Quota {
                bound: Bound::Min,
                ..
            }
        ) && policy.scope.covers(case, measure, school)
    };
    case.allows(measure, school) && case.policies.iter().any(demanded)
}

pub(super) fn add_rows(form: &mut Formulated, case: &Case) {
    let mut pools: BTreeMap<PoolAt, Vec<(usize, f64)>> = BTreeMap::new();
    for (col, key) in form.cols.iter().enumerate() {
        let (school, measure, year, sign) = match *key {
            ColKey::Supply {
                school,
                measure,
                year,
            } => (school, measure, year, 1.0),
            ColKey::Give {
                school,
                measure,
                year,
            } => (school, measure, year, -1.0),
            _ => continue,
        };
        if matches!(case.measures[measure].lever, Lever::Rotate { .. }) {
            let at = (
                measure,
                case.schools[school].county,
                case.schools[school].stage,
                year,
            );
            pools.entry(at).or_default().push((col, sign));
        }
    }
    for ((measure, county, stage, year), entries) in pools {
        form.add_row(
            RowKey::Pool {
                measure,
                county,
                stage,
                year,
            },
            Sense::Equal,
            0.0,
            entries,
        );
    }
}
