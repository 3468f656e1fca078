//! Rotation inside a county: posts that arrive at schools of a stage are posts that leave others of it.

use std::collections::BTreeMap;

use super::{Classes, ColKey, Formulated, RowKey};
use crate::case::{Bound, Case, Circle, Each, Reach, Rule};
use crate::program::Sense;
use crate::words::{MeasureIx, PolicyIx, SchoolIx, YearIx};

type PoolAt = (MeasureIx, Circle, YearIx);

/// What schools have in common whose posts may change places: the pool, how the allowances are paid, and the quotas
/// that count them.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
struct Alike {
    circle: Circle,
    class: Option<usize>,
    quotas: Vec<PolicyIx>,
    /// The places in which these quotas hold, as far as they are smaller than the county.
    places: Vec<SchoolIx>,
}

/// Schools whose posts of one rotation may change places one against one.
#[derive(Clone, Debug)]
pub struct Exchanging {
    /// The circle they are of.
    pub circle: Circle,
    /// The spending class of the allowances.
    pub class: Option<usize>,
    /// The schools, in file order; at least one.
    pub schools: Vec<SchoolIx>,
}

impl Exchanging {
    /// All of a rotation, in order of county, stage, class and quotas: where a minimum quota speaks of the rotation
    /// and the allowances can be paid.
    pub fn of(
        case: &Case,
        reach: &Reach,
        classes: &Classes,
        measure: MeasureIx,
    ) -> Vec<Exchanging> {
        let is_quota =
            |policy: &PolicyIx| matches!(case.policies[*policy].rule, Rule::Quota { .. });
        let demands = |policy: &PolicyIx| {
            matches!(
                case.policies[*policy].rule,
                Rule::Quota {
                    bound: Bound::Min,
                    ..
                }
            )
        };
        let mut found: BTreeMap<Alike, Vec<SchoolIx>> = BTreeMap::new();
        for kind in 0..reach.kinds() {
            let schools = reach.schools(kind);
            let first = schools[0];
            let class = classes.class(measure, first);
            let quotas: Vec<PolicyIx> = reach.policies(measure, kind).filter(is_quota).collect();
            let payable = class.is_some() || case.measures[measure].cost.is_zero();
            if reach.allows(measure, first) && payable && quotas.iter().any(demands) {
                for &school in schools {
                    let alike = Alike {
                        circle: case.circle(measure, first),
                        class,
                        places: quota_places(case, reach, &quotas, school),
                        quotas: quotas.clone(),
                    };
                    found.entry(alike).or_default().push(school);
                }
            }
        }
        // A school that is alone in its pool has nobody to change places with.
        let mut together: BTreeMap<Circle, usize> = BTreeMap::new();
        for (alike, schools) in &found {
            *together.entry(alike.circle).or_default() += schools.len();
        }
        found.retain(|alike, _| together[&alike.circle] > 1);
        let sorted = found.into_iter().map(|(alike, mut schools)| {
            schools.sort_unstable();
            Exchanging {
                circle: alike.circle,
                class: alike.class,
                schools,
            }
        });
        sorted.collect()
    }
}

/// Where a quota demands moves, posts may also change places one against one.
pub(super) fn add_exchanges(form: &mut Formulated, case: &Case) {
    for (measure, stated) in case.measures.pairs() {
        if !stated.lever.moves() {
            continue;
        }
        for at in Exchanging::of(case, &form.reach, &form.classes, measure) {
            for year in case.open_years() {
                let stock = |&school: &SchoolIx| {
                    let stock = case.stock_in(school, stated.resource, year);
                    stock.unwrap_or(0.0).max(0.0)
                };
                let stocks = at.schools.iter().map(stock);
                let posts = stocks.fold(0.0, |sum, stock| sum + stock);
                let key = ColKey::Exchange {
                    first: at.schools[0],
                    measure,
                    circle: at.circle,
                    class: at.class,
                    year,
                };
                form.add_col(key, 0.0, posts, 0.0);
            }
        }
    }
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
        if case.measures[measure].lever.moves() {
            let at = (measure, case.circle(measure, school), year);
            pools.entry(at).or_default().push((col, sign));
        }
    }
    for ((measure, circle, year), entries) in pools {
        form.add_row(
            RowKey::Pool {
                measure,
                circle,
                year,
            },
            Sense::Equal,
            0.0,
            entries,
        );
    }
}

/// The places of a school in which these quotas hold, as far as they are smaller than a county: each by its first
/// school.
pub fn quota_places(
    case: &Case,
    reach: &Reach,
    quotas: &[PolicyIx],
    school: SchoolIx,
) -> Vec<SchoolIx> {
    let place = |policy: &PolicyIx| match case.policies[*policy].rule {
        Rule::Quota {
            each: each @ (Each::Township | Each::School),
            ..
        } => reach.first_of_place(each, school),
        _ => None,
    };
    let mut places: Vec<SchoolIx> = quotas.iter().filter_map(place).collect();
    places.sort_unstable();
    places.dedup();
    places
}
