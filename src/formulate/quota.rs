//! Quotas: units handed out by what is in scope, or the money they cost. A rotated post counts at the school that gives
//! it, its allowance at the one that receives.

use super::share::spans;
use super::{ColKey, Formulated, RowKey};
use crate::case::settled::Counted;
use crate::case::{Bound, Case, Each, Policy, Quota, Rule, quota_sizes};
use crate::program::Sense;
use crate::words::{MeasureIx, SchoolIx, YearIx};

pub(super) fn add_rows(form: &mut Formulated, case: &Case) {
    let sizes = quota_sizes(case, &form.reach);
    let counted_before = Counted::of(case, &form.reach);
    let policies = case.policies.iter().zip(&sizes);
    let mut rows: Vec<Option<Rows>> = policies
        .map(|(policy, units)| Rows::of(case, policy, units.clone()))
        .collect();
    for (col, key) in form.cols.iter().enumerate() {
        let Some(counted) = counted(case, key) else {
            continue;
        };
        let (school, measure) = (counted.school, counted.measure);
        for policy in form.reach.policies(measure, form.reach.kind(school)) {
            if let Some(rows) = &mut rows[policy.at()] {
                let place = form.reach.place(rows.each, school);
                rows.add(case, &counted, place, col);
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
        let firsts = form.reach.places(rows.each).to_vec();
        for (at, entries) in rows.entries.into_iter().enumerate() {
            let (span, place) = (at / rows.sizes.len(), at % rows.sizes.len());
            if rows.each_year && !case.is_open(YearIx::new(span)) {
                continue;
            }
            let size = counted_before.size(case, policy, at, rows.sizes[place]);
            let left = size - counted_before.units(policy, at);
            let key = RowKey::Quota {
                policy,
                year: rows.each_year.then(|| YearIx::new(span)),
                place: (rows.each != Each::All).then(|| firsts[place]),
            };
            form.add_row(key, sense, left, entries);
        }
    }
}

/// What quotas count in a column, and where.
struct Handed {
    measure: MeasureIx,
    school: SchoolIx,
    year: YearIx,
    /// Whether units are handed out there: brought, or given away in a rotation.
    hands_out: bool,
    /// Whether they are paid for there.
    pays: bool,
}

fn counted(case: &Case, key: &ColKey) -> Option<Handed> {
    let (school, measure, year) = match *key {
        ColKey::Supply {
            school,
            measure,
            year,
        }
        | ColKey::Give {
            school,
            measure,
            year,
        } => (school, measure, year),
        // All who exchange are in one place, and the same quotas speak of them.
        ColKey::Exchange {
            first,
            measure,
            year,
            ..
        } => (first, measure, year),
        ColKey::Short { .. }
        | ColKey::Stock { .. }
        | ColKey::Below { .. }
        | ColKey::Pay { .. }
        | ColKey::Kept { .. } => {
            return None;
        }
    };
    let rotates = case.measures[measure].lever.moves();
    Some(Handed {
        measure,
        school,
        year,
        hands_out: !(rotates && matches!(key, ColKey::Supply { .. })),
        pays: !matches!(key, ColKey::Give { .. }),
    })
}

/// The rows of one quota: for each span of years one a place.
struct Rows {
    each_year: bool,
    each: Each,
    in_money: bool,
    /// The size of the quota, by place.
    sizes: Vec<f64>,
    /// By span, then place.
    entries: Vec<Vec<(usize, f64)>>,
}

impl Rows {
    fn of(case: &Case, policy: &Policy, sizes: Vec<f64>) -> Option<Rows> {
        let Rule::Quota {
            each_year,
            each,
            amount,
            ..
        } = policy.rule
        else {
            return None;
        };
        let spans = spans(case, each_year).len();
        Some(Rows {
            each_year,
            each,
            in_money: matches!(amount, Quota::Money(_)),
            entries: vec![Vec::new(); spans * sizes.len()],
            sizes,
        })
    }

    fn add(&mut self, case: &Case, counted: &Handed, place: usize, col: usize) {
        let places = self.sizes.len();
        let span = |year: usize| if self.each_year { year } else { 0 };
        if !self.in_money {
            if counted.hands_out {
                self.entries[span(counted.year.at()) * places + place].push((col, 1.0));
            }
            return;
        }
        if !counted.pays {
            return;
        }
        let dues = case.dues(counted.measure, counted.year, 1.0);
        for (year, price) in dues.iter().filter(|&(at, _)| at < case.horizon.years) {
            let cost = price.main();
            let entries = &mut self.entries[span(year) * places + place];
            match entries.last_mut().filter(|(last, _)| *last == col) {
                Some((_, all)) => *all += cost,
                None => entries.push((col, cost)),
            }
        }
    }
}
