//! Policies: shares and quotas. (What is forbidden is checked row by row.)

use super::{Audit, at_most};
use crate::case::{Base, Bound, Case, Lever, Policy, Rule};
use crate::plan::row::PlanRow;
use crate::words::{CountyIx, FundIx, Money, YearIx};

pub(super) fn check(audit: &mut Audit, case: &Case, rows: &[PlanRow]) {
    for policy in &case.policies {
        let each_year = match &policy.rule {
            Rule::Share { each_year, .. } | Rule::Quota { each_year, .. } => *each_year,
            Rule::Forbid => continue,
        };
        let years: Vec<YearIx> = case.horizon.plan_years().collect();
        let spans: Vec<&[YearIx]> = if each_year {
            years.chunks(1).collect()
        } else {
            vec![&years]
        };
        for span in spans {
            match &policy.rule {
                Rule::Share { .. } => check_share(audit, case, rows, policy, span),
                _ => check_quota(audit, case, rows, policy, span),
            }
        }
    }
}

fn check_share(audit: &mut Audit, case: &Case, rows: &[PlanRow], policy: &Policy, span: &[YearIx]) {
    let Rule::Share {
        bound,
        share,
        base,
        funds,
        ..
    } = &policy.rule
    else {
        return;
    };
    let counts = |fund: &FundIx| funds.is_empty() || funds.contains(fund);
    let spent = |inside: bool| -> Money {
        rows.iter()
            .filter(|row| row.fund.as_ref().is_some_and(counts))
            .filter(|row| !inside || policy.scope.covers(case, row.measure, row.school))
            .flat_map(|row| span.iter().filter_map(|year| row.payments.get(year.at())))
            .copied()
            .sum()
    };
    let base = match base {
        Base::Spent => spent(false),
        Base::Available => case
            .funds
            .pairs()
            .filter(|(fund, _)| counts(fund))
            .flat_map(|(_, fund)| span.iter().map(|&year| fund.amounts[year]))
            .sum(),
    };
    let (part, whole) = (
        spent(true).as_cents() as f64,
        share * base.as_cents() as f64,
    );
    // A hundredth is what rounding to exact money may cost a share.
    let holds = if *bound == Bound::Min {
        at_most(whole - 1.0, part)
    } else {
        at_most(part - 1.0, whole)
    };
    audit.check("share", holds, || {
        broken(case, policy, span, part / 100.0, whole / 100.0)
    });
}

fn check_quota(audit: &mut Audit, case: &Case, rows: &[PlanRow], policy: &Policy, span: &[YearIx]) {
    let Rule::Quota {
        bound,
        amount,
        each_county,
        ..
    } = &policy.rule
    else {
        return;
    };
    let counties: Vec<Option<CountyIx>> = if *each_county {
        case.counties.ids().map(Some).collect()
    } else {
        vec![None]
    };
    for county in counties {
        let counted = rows.iter().filter(|row| {
            span.contains(&row.year)
                && county.is_none_or(|county| county == case.schools[row.school].county)
                && policy.scope.covers(case, row.measure, row.school)
        });
        let units: f64 = counted
            .map(|row| match case.measures[row.measure].lever {
                Lever::Rotate { .. } => (-row.units).max(0.0),
                _ => row.units,
            })
            .sum();
        let limit = case.quota_units(policy, *amount, county);
        let holds = if *bound == Bound::Min {
            at_most(limit, units)
        } else {
            at_most(units, limit)
        };
        audit.check("quota", holds, || broken(case, policy, span, units, limit));
    }
}

fn broken(case: &Case, policy: &Policy, span: &[YearIx], is: f64, limit: f64) -> (String, String) {
    let (first, last) = (
        case.horizon.calendar(span[0]),
        case.horizon.calendar(span[span.len() - 1]),
    );
    let years = if first == last {
        first.to_string()
    } else {
        format!("{first}–{last}")
    };
    (
        format!("违反“{}”({years}年):实际 {is}，规定 {limit}", policy.name),
        format!(
            "rule “{}” is broken ({years}): {is}, while the rule says {limit}",
            policy.name
        ),
    )
}
