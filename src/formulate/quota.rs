//! Quotas: units handed out by what is in scope. A rotated post counts at the school that gives it.

use super::share::spans;
use super::{ColKey, Formulated, RowKey};
use crate::case::settled::Counted;
use crate::case::{Bound, Case, Lever, Policy, Rule, quota_sizes};
use crate::program::Sense;
use crate::words::{CountyIx, MeasureIx, SchoolIx, YearIx};

pub(super) fn add_rows(form: &mut Formulated, case: &Case) {
    let sizes = quota_sizes(case, &form.reach);
    let counted_before = Counted::of(case, &form.reach);
    let policies = case.policies.iter().zip(&sizes);
    let mut rows: Vec<Option<Rows>> = policies
        .map(|(policy, units)| Rows::of(case, policy, units.clone()))
        .collect();
    for (col, key) in form.cols.iter().enumerate() {
        let Some((measure, school, year)) = counted(case, key) else {
            continue;
        };
        let county = case.schools[school].county;
        for policy in form.reach.policies(measure, form.reach.kind(school)) {
            if let Some(rows) = &mut rows[policy.at()] {
                let at = rows.at(year, county);
                rows.entries[at].push((col, 1.0));
            }
        }
    }
    for ((policy, stated), rows) in case.policies.pairs().zip(rows) {
        let (Rule::Quota { bound, .. }, Some(rows)) = (&stated.rule, rows) else {
            continue;
        };
        let sense = if *bound == Bound::Min {
            Sense::AtLeast
        } else {
            Sense::AtMost
        };
        for (at, entries) in rows.entries.into_iter().enumerate() {
            let (span, place) = (at / rows.units.len(), at % rows.units.len());
            if rows.each_year && !case.is_open(YearIx::new(span)) {
                continue;
            }
            let size = counted_before.size(case, policy, at, rows.units[place]);
            let left = size - counted_before.units(policy, at);
            let key = RowKey::Quota {
                policy,
                year: rows.each_year.then(|| YearIx::new(span)),
                county: rows.each_county.then(|| CountyIx::new(place)),
            };
            form.add_row(key, sense, left, entries);
        }
    }
}

/// What quotas count in a column, and where: units brought, or posts given away.
fn counted(case: &Case, key: &ColKey) -> Option<(MeasureIx, SchoolIx, YearIx)> {
    match *key {
        ColKey::Supply {
            school,
            measure,
            year,
        } => {
            let rotates = matches!(case.measures[measure].lever, Lever::Rotate { .. });
            (!rotates).then_some((measure, school, year))
        }
        ColKey::Give {
            school,
            measure,
            year,
        } => Some((measure, school, year)),
        // All who exchange are in one county, and the same quotas speak of them.
        ColKey::Exchange {
            first,
            measure,
            year,
            ..
        } => Some((measure, first, year)),
        ColKey::Short { .. } | ColKey::Pay { .. } => None,
    }
}

/// The rows of one quota: for each span of years one a county, or one for all.
struct Rows {
    each_year: bool,
    each_county: bool,
    /// The size of the quota, by county, or the only one.
    units: Vec<f64>,
    /// By span, then county.
    entries: Vec<Vec<(usize, f64)>>,
}

impl Rows {
    fn of(case: &Case, policy: &Policy, units: Vec<f64>) -> Option<Rows> {
        let Rule::Quota {
            each_year,
            each_county,
            ..
        } = policy.rule
        else {
            return None;
        };
        let spans = spans(case, each_year).len();
        Some(Rows {
            each_year,
            each_county,
            entries: vec![Vec::new(); spans * units.len()],
            units,
        })
    }

    fn at(&self, year: YearIx, county: CountyIx) -> usize {
        let span = if self.each_year { year.at() } else { 0 };
        let place = if self.each_county { county.at() } else { 0 };
        span * self.units.len() + place
    }
}
