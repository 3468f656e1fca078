//! Quotas: units handed out by what is in scope. A rotated post counts at the school that gives it.

use super::share::spans;
use super::{ColKey, Formulated, RowKey};
use crate::case::{Bound, Case, Lever, Rule};
use crate::program::Sense;
use crate::words::{CountyIx, SchoolIx};

pub(super) fn add_rows(form: &mut Formulated, case: &Case) {
    for (policy, stated) in case.policies.pairs() {
        let Rule::Quota {
            bound,
            amount,
            each_year,
            each_county,
        } = &stated.rule
        else {
            continue;
        };
        let counties: Vec<Option<CountyIx>> = if *each_county {
            case.counties.ids().map(Some).collect()
        } else {
            vec![None]
        };
        for years in spans(case, *each_year) {
            for &county in &counties {
                let counted = |key: &ColKey| {
                    let (inside, at) = match *key {
                        ColKey::Supply {
                            school,
                            measure,
                            year,
                        } => {
                            let rotates =
                                matches!(case.measures[measure].lever, Lever::Rotate { .. });
                            (
                                !rotates && stated.scope.covers(case, measure, school),
                                (school_county(case, school), year),
                            )
                        }
                        ColKey::Give {
                            school,
                            measure,
                            year,
                        } => (
                            stated.scope.covers(case, measure, school),
                            (school_county(case, school), year),
                        ),
                        ColKey::Exchange {
                            first,
                            measure,
                            county,
                            year,
                            ..
                        } => (stated.scope.covers(case, measure, first), (county, year)),
                        _ => return false,
                    };
                    inside && county.is_none_or(|county| county == at.0) && years.contains(&at.1)
                };
                let keys = form.cols.iter().enumerate().filter(|(_, key)| counted(key));
                let entries: Vec<(usize, f64)> = keys.map(|(col, _)| (col, 1.0)).collect();
                let sense = if *bound == Bound::Min {
                    Sense::AtLeast
                } else {
                    Sense::AtMost
                };
                let key = RowKey::Quota {
                    policy,
                    year: each_year.then(|| years[0]),
                    county,
                };
                let units = case.quota_units(stated, *amount, county);
                form.add_row(key, sense, units, entries);
            }
        }
    }
}

fn school_county(case: &Case, school: SchoolIx) -> CountyIx {
    case.schools[school].county
}
