//! Rules that cannot hold together.

use super::covered::Covered;
use crate::case::policy::Quota;
use crate::case::{Base, Bound, Case, Each, Policy, Rule};
use crate::words::catalogue::{FORBIDDEN_BUT_ASKED, MIN_ABOVE_MAX, SHARES_OVER_ONE};
use crate::words::{Code, FundIx, Notice, Notices};

/// Shares may miss 1 by this much through rounding in the file.
const ROUNDING: f64 = 1e-9;

/// A rule with a number and what it covers.
struct Sized<'a> {
    policy: &'a Policy,
    /// Its place among the rules; a contradiction is reported at the later of two.
    at: usize,
    bound: Bound,
    amount: f64,
    measure: Measured,
    covered: Covered,
}

/// What a number is a number of; only like numbers can be compared.
#[derive(PartialEq)]
enum Measured {
    /// A share of the money of these funds.
    Share {
        of: Base,
        funds: Vec<FundIx>,
        each_year: bool,
    },
    /// Units, or a share of the stock in scope.
    Quota {
        of_stock: bool,
        in_money: bool,
        each_year: bool,
        each: Each,
    },
}

/// Reports minimums above maximums, shares that sum to more than everything, and minimums of what is forbidden.
pub(super) fn check(case: &Case, notices: &mut Notices) {
    let rules: Vec<Sized> = case
        .policies
        .iter()
        .enumerate()
        .filter_map(|(at, policy)| sized(case, at, policy))
        .collect();
    let minimums = || {
        rules
            .iter()
            .filter(|rule| rule.bound == Bound::Min && rule.amount > 0.0)
    };
    for floor in minimums() {
        for ceiling in rules
            .iter()
            .filter(|rule| rule.bound == Bound::Max && rule.measure == floor.measure)
        {
            if floor.amount > ceiling.amount && comparable(floor, ceiling) {
                notices.push(against(MIN_ABOVE_MAX, floor, ceiling));
            }
        }
    }
    check_sums(&minimums().collect::<Vec<_>>(), notices);
    check_forbidden(case, minimums(), notices);
}

fn sized<'a>(case: &Case, at: usize, policy: &'a Policy) -> Option<Sized<'a>> {
    let (bound, amount, measure) = match &policy.rule {
        Rule::Target { .. }
        | Rule::Stay { .. }
        | Rule::Differences { .. }
        | Rule::Indicators { .. }
        | Rule::Forbid => {
            return None;
        }
        Rule::Share {
            bound,
            share,
            base,
            funds,
            each_year,
        } => {
            let mut funds = if funds.is_empty() {
                case.funds.ids().collect()
            } else {
                funds.clone()
            };
            funds.sort();
            (
                *bound,
                *share,
                Measured::Share {
                    of: base.clone(),
                    funds,
                    each_year: *each_year,
                },
            )
        }
        Rule::Quota {
            bound,
            amount,
            each_year,
            each,
        } => {
            let (amount, of_stock, in_money) = match amount {
                Quota::Units(units) => (*units, false, false),
                Quota::OfStock(share) => (*share, true, false),
                Quota::Money(money) => (money.main(), false, true),
            };
            let (each_year, each) = (*each_year, *each);
            (
                *bound,
                amount,
                Measured::Quota {
                    of_stock,
                    each_year,
                    each,
                    in_money,
                },
            )
        }
    };
    Some(Sized {
        policy,
        at,
        bound,
        amount,
        measure,
        covered: Covered::of(case, &policy.scope),
    })
}

/// Whether the floor, where it holds, breaks the ceiling: a part cannot have more than the whole may.
/// Shares of stock differ in what they are shares of unless both speak of the same.
fn comparable(floor: &Sized, ceiling: &Sized) -> bool {
    let same_base = !matches!(floor.measure, Measured::Quota { of_stock: true, .. });
    floor.covered.inside(&ceiling.covered) && (same_base || ceiling.covered.inside(&floor.covered))
}

fn against(code: Code, one: &Sized, other: &Sized) -> Notice {
    let (later, earlier) = if one.at > other.at {
        (one, other)
    } else {
        (other, one)
    };
    Notice::new(code, later.policy.place.clone())
        .text(&later.policy.id)
        .with(&later.policy.name)
        .with(&earlier.policy.name)
        .with(&earlier.policy.place)
}

/// Minimum shares of the same money for things that have nothing in common may not sum to more than all of it.
fn check_sums(minimums: &[&Sized], notices: &mut Notices) {
    let mut reported: Vec<usize> = Vec::new();
    for (start, first) in minimums.iter().enumerate() {
        // Parts of what was spent on different things the year before, or of what others pay for them, are no parts of one
        // whole.
        let of_one_whole = |measure: &Measured| {
            matches!(
                measure,
                Measured::Share {
                    of: Base::Spent | Base::Available,
                    ..
                }
            )
        };
        if !of_one_whole(&first.measure) {
            continue;
        }
        let mut apart = vec![*first];
        for other in &minimums[start + 1..] {
            if other.measure == first.measure
                && apart
                    .iter()
                    .all(|one| one.covered.apart_from(&other.covered))
            {
                apart.push(other);
            }
        }
        let sum: f64 = apart.iter().map(|one| one.amount).sum();
        let last = apart[apart.len() - 1];
        if sum > 1.0 + ROUNDING && apart.len() > 1 && !reported.contains(&last.at) {
            reported.push(last.at);
            let names: Vec<&str> = apart.iter().map(|one| one.policy.name.as_str()).collect();
            let notice =
                Notice::new(SHARES_OVER_ONE, last.policy.place.clone()).text(&last.policy.id);
            notices.push(
                notice
                    .with(names.join(", "))
                    .with((sum * 1000.0).round() / 10.0),
            );
        }
    }
}

/// A minimum of what is forbidden throughout cannot be met.
fn check_forbidden<'a>(
    case: &Case,
    minimums: impl Iterator<Item = &'a Sized<'a>>,
    notices: &mut Notices,
) {
    let forbidden: Vec<(&Policy, Covered)> = case
        .policies
        .iter()
        .filter(|policy| policy.rule == Rule::Forbid)
        .map(|policy| (policy, Covered::of(case, &policy.scope)))
        .collect();
    for floor in minimums {
        let mut pairs = floor.covered.pairs(case).peekable();
        let Some(first) = pairs.peek().copied() else {
            continue;
        };
        let Some((by, _)) = forbidden
            .iter()
            .find(|(_, covered)| covered.has(first.0, first.1))
        else {
            continue;
        };
        if pairs.all(|(measure, school)| {
            forbidden
                .iter()
                .any(|(_, covered)| covered.has(measure, school))
        }) {
            let notice =
                Notice::new(FORBIDDEN_BUT_ASKED, floor.policy.place.clone()).text(&floor.policy.id);
            notices.push(
                notice
                    .with(&floor.policy.name)
                    .with(&by.name)
                    .with(&by.place),
            );
        }
    }
}
