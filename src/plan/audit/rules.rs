//! Policies: shares and quotas. (What is forbidden is checked row by row.)

use super::said::{monies, numbers};
use super::{Audit, at_most};
use crate::case::settled::{Counted, settled_for, settled_in_all};
use crate::case::{Base, Bound, Case, Lever, Policy, Quota, Reach, Rule, quota_sizes};
use crate::plan::outcome::Outcome;
use crate::plan::row::PlanRow;
use crate::words::{FundIx, Money, PolicyIx, YearIx};

pub(super) fn check(audit: &mut Audit, case: &Case, reach: &Reach, rows: &[PlanRow]) {
    let spending = Spending::of(case, reach, rows);
    let counts = counts(case, reach, rows);
    let sizes = quota_sizes(case, reach);
    let settled = Counted::of(case, reach);
    let years: Vec<YearIx> = case.horizon.plan_years().collect();
    for (at, policy) in case.policies.pairs() {
        let each_year = match policy.rule {
            Rule::Share { each_year, .. } | Rule::Quota { each_year, .. } => each_year,
            Rule::Target { .. }
            | Rule::Stay { .. }
            | Rule::Differences { .. }
            | Rule::Indicators { .. }
            | Rule::Forbid => {
                continue;
            }
        };
        let spans = years.chunks(if each_year { 1 } else { years.len() });
        for (span, years) in spans.enumerate() {
            if each_year && !case.is_open(years[0]) {
                continue;
            }
            match policy.rule {
                Rule::Share { .. } => {
                    check_share(audit, case, (reach, at), years, &spending, &settled);
                }
                _ => {
                    let limits = &sizes[at];
                    let first = span * limits.len();
                    let rows = first..first + limits.len();
                    let counted = rows
                        .clone()
                        .map(|row| counts[at.at()][row] + settled.units(at, row));
                    let counted: Vec<f64> = counted.collect();
                    let limits = rows.zip(limits);
                    let limits = limits.map(|(row, &limit)| settled.size(case, at, row, limit));
                    check_quota(
                        audit,
                        case,
                        policy,
                        years,
                        &counted,
                        &limits.collect::<Vec<_>>(),
                    );
                }
            }
        }
    }
}

/// Money by fund and plan year (a row of `case.funds` for each year).
type ByFund = Vec<Vec<Money>>;

/// What is spent.
struct Spending {
    in_all: ByFund,
    /// By policy and plan year: what the funds that the policy counts spend on what it speaks of; nothing unless it is
    /// a share.
    inside: Vec<Vec<Money>>,
    /// The same of the funds that others have to match.
    matched: Vec<Vec<Money>>,
}

impl Spending {
    fn of(case: &Case, reach: &Reach, rows: &[PlanRow]) -> Spending {
        let years = case.horizon.years;
        let policies = case.policies.iter();
        let counted: Vec<[Vec<FundIx>; 2]> = policies
            .map(|policy| match &policy.rule {
                Rule::Share { funds, base, .. } => {
                    let matched = match base {
                        Base::Matched(others) => others.clone(),
                        _ => Vec::new(),
                    };
                    [case.counted_funds(funds), matched]
                }
                _ => [Vec::new(), Vec::new()],
            })
            .collect();
        let mut spending = Spending {
            in_all: vec![vec![Money::ZERO; case.funds.len()]; years],
            inside: vec![vec![Money::ZERO; years]; case.policies.len()],
            matched: vec![vec![Money::ZERO; years]; case.policies.len()],
        };
        for row in rows {
            let Some(fund) = row.fund else {
                continue;
            };
            for (by_fund, &part) in spending.in_all.iter_mut().zip(&row.payments) {
                by_fund[fund.at()] += part;
            }
            for policy in reach.policies(row.measure, reach.kind(row.school)) {
                let sums = [&mut spending.inside, &mut spending.matched];
                for (funds, sums) in counted[policy.at()].iter().zip(sums) {
                    if funds.binary_search(&fund).is_ok() {
                        let sums = sums[policy.at()].iter_mut();
                        sums.zip(&row.payments)
                            .for_each(|(sum, &part)| *sum += part);
                    }
                }
            }
        }
        spending
    }
}

fn check_share(
    audit: &mut Audit,
    case: &Case,
    (reach, at): (&Reach, PolicyIx),
    span: &[YearIx],
    spending: &Spending,
    settled: &Counted,
) {
    let policy = &case.policies[at];
    let (in_all, inside) = (&spending.in_all, &spending.inside[at.at()]);
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
    let mut whole = Money::ZERO;
    let funds = case.counted_funds(funds);
    let year_before = match (base, span[0].before()) {
        (Base::YearBefore, None) => return,
        (Base::YearBefore, Some(year)) => inside[year.at()] + settled.inside(at, &[year]),
        _ => Money::ZERO,
    };
    let before = match base {
        Base::Spent => settled_in_all(case, &funds, span),
        Base::Matched(others) => {
            let matched = &spending.matched[at.at()];
            let planned: Money = span.iter().map(|year| matched[year.at()]).sum();
            planned + settled_for(case, reach, at, others, span)
        }
        Base::Available | Base::YearBefore => Money::ZERO,
    };
    for &fund in &funds {
        for &year in span {
            whole += match base {
                Base::Spent => in_all[year.at()][fund.at()],
                Base::Available => case.funds[fund].amounts[year],
                Base::YearBefore | Base::Matched(_) => Money::ZERO,
            };
        }
    }
    whole += year_before;
    let part: Money = span.iter().map(|year| inside[year.at()]).sum();
    let part = part + settled.inside(at, span);
    let over = match base {
        Base::Spent => settled.excess(case, at, span, before),
        Base::Available => settled.excess(case, at, span, whole),
        // No maximum is stated on them.
        Base::YearBefore | Base::Matched(_) => 0.0,
    };
    let whole = (whole + before).as_cents() as f64;
    let (part, whole) = (part.as_cents() as f64, share * whole + 100.0 * over);
    // A hundredth is what rounding to exact money may cost a share.
    let holds = if *bound == Bound::Min {
        at_most(whole - 1.0, part)
    } else {
        at_most(part - 1.0, whole)
    };
    audit.check("share", holds, || {
        let of = |cents: f64| Money::cents(cents.round() as i64);
        broken(case, policy, span, monies(case, of(part), of(whole)))
    });
}

/// Units handed out, or money spent, under each quota, by span of years and then by place; none for rules that are no
/// quotas.
fn counts(case: &Case, reach: &Reach, rows: &[PlanRow]) -> Vec<Vec<f64>> {
    let empty = |policy: &Policy| match policy.rule {
        Rule::Quota {
            each_year, each, ..
        } => {
            let spans = if each_year { case.horizon.years } else { 1 };
            vec![0.0; spans * reach.places(each).len()]
        }
        _ => Vec::new(),
    };
    let mut counts: Vec<Vec<f64>> = case.policies.iter().map(empty).collect();
    for row in rows.iter().filter(|row| row.year.at() < case.horizon.years) {
        let units = match case.measures[row.measure].lever {
            Lever::Rotate { .. } | Lever::Share | Lever::Move => (-row.units).max(0.0),
            _ => row.units,
        };
        for policy in reach.policies(row.measure, reach.kind(row.school)) {
            let Rule::Quota {
                each_year,
                each,
                amount,
                ..
            } = case.policies[policy].rule
            else {
                continue;
            };
            let (places, place) = (reach.places(each).len(), reach.place(each, row.school));
            let at = |year: usize| if each_year { year } else { 0 } * places + place;
            let counts = &mut counts[policy.at()];
            match amount {
                Quota::Money(_) => {
                    for (year, part) in row.payments.iter().enumerate() {
                        counts[at(year)] += part.main();
                    }
                }
                Quota::Units(_) | Quota::OfStock(_) => counts[at(row.year.at())] += units,
            }
        }
    }
    counts
}

fn check_quota(
    audit: &mut Audit,
    case: &Case,
    policy: &Policy,
    span: &[YearIx],
    counted: &[f64],
    limits: &[f64],
) {
    let Rule::Quota { bound, amount, .. } = policy.rule else {
        return;
    };
    for (&units, &limit) in counted.iter().zip(limits) {
        let holds = if bound == Bound::Min {
            at_most(limit, units)
        } else {
            at_most(units, limit)
        };
        audit.check("quota", holds, || {
            let of = Money::from_main;
            let amounts = match amount {
                Quota::Money(_) => monies(case, of(units), of(limit)),
                Quota::Units(_) | Quota::OfStock(_) => numbers(units, limit),
            };
            broken(case, policy, span, amounts)
        });
    }
}

fn broken(
    case: &Case,
    policy: &Policy,
    span: &[YearIx],
    [is, limit]: [String; 2],
) -> (String, String) {
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
        format!(
            "违反“{}”（{years}年）：实际 {is}，规定 {limit}",
            policy.name
        ),
        format!(
            "rule “{}” is broken ({years}): {is}, while the rule says {limit}",
            policy.name
        ),
    )
}

/// Every school that a target speaks of has the part of its standard that it asks for.
pub(super) fn check_targets(audit: &mut Audit, case: &Case, reach: &Reach, outcome: &Outcome) {
    if !case.has_targets() {
        return;
    }
    for (school, stated) in case.schools.pairs() {
        for (resource, named) in case.resources.pairs() {
            for year in case.horizon.plan_years() {
                let asked = case.target(reach, school, resource, year);
                // Indicators are judged by the official rule, and not by what was chosen.
                let asked = asked.filter(|asked| {
                    matches!(case.policies[asked.policy].rule, Rule::Target { .. })
                });
                let stock = outcome.stock(case, school, resource, year);
                let (Some(asked), Some(stock)) = (asked, stock) else {
                    continue;
                };
                audit.check("target", at_most(asked.stock, stock), || {
                    let at = format!("{} ({}) {}", stated.name, stated.id, named.name);
                    let policy = &case.policies[asked.policy];
                    let (zh, en) = broken(case, policy, &[year], numbers(stock, asked.stock));
                    (format!("{at}：{zh}"), format!("{at}: {en}"))
                });
            }
        }
    }
}
