//! Which scenario is to be preferred whatever one values; and where fairness that was asked for forbids such a judgement.

use super::Comparison;
use super::figures::{COLUMNS, Figure};
use crate::case::balance::{checks, comparisons};
use crate::case::{First, Rule};
use crate::report::number::{number, percent};
use crate::study::Solved;

/// A scenario against another that leaves no larger gap by the measure of the base, spends no more and hires no more, and is
/// better in one of these.
#[derive(Clone, Copy)]
pub(super) struct Cheaper {
    /// The position of the other.
    pub(super) other: usize,
    /// Whether the other is as fair as the scenario asks its plan to be. Otherwise neither is to be preferred.
    pub(super) is_as_fair: bool,
}

impl Comparison<'_> {
    /// For each scenario one that is cheaper: as fair where there is such a one, with the smallest gap.
    pub(super) fn cheaper(&self) -> Vec<Option<Cheaper>> {
        let means = |figures: &Vec<Figure>| {
            let figure = |key: &str| {
                let column = COLUMNS.iter().position(|(name, ..)| *name == key)?;
                figures[column].amount()
            };
            Some([figure("gap_by_base")?, figure("spent")?, figure("posts")?])
        };
        let all: Vec<Option<[f64; 3]>> = self.figures.iter().map(means).collect();
        let best = |at: usize, own: &[f64; 3]| {
            let others = all.iter().enumerate();
            let better = others.filter_map(|(other, means)| Some((other, means.as_ref()?)));
            let better = better.filter(|(_, means)| dominates(means, own));
            let judged = better.map(|(other, means)| {
                let is_as_fair = is_as_fair(&self.runs[at], &self.runs[other]);
                (Cheaper { other, is_as_fair }, means[0])
            });
            judged
                .min_by(|a, b| {
                    let fair = b.0.is_as_fair.cmp(&a.0.is_as_fair);
                    fair.then(a.1.total_cmp(&b.1))
                })
                .map(|found| found.0)
        };
        let runs = all.iter().enumerate();
        runs.map(|(at, own)| own.as_ref().and_then(|own| best(at, own)))
            .collect()
    }

    /// The same in words.
    pub(super) fn preferred(&self) -> Vec<String> {
        let found = self.cheaper().into_iter().enumerate();
        found
            .filter_map(|(at, cheaper)| Some((at, cheaper?)))
            .map(|(at, cheaper)| match cheaper.is_as_fair {
                true => self.dominated(at, cheaper.other),
                false => self.fairer(at, cheaper.other),
            })
            .collect()
    }

    fn dominated(&self, at: usize, other: usize) -> String {
        let (name, other) = (&self.runs[at].name, &self.runs[other].name);
        self.asked.pick(
            format!("{name} 的方案不如 {other} 的：后者按基准口径缺口不更大，支出和新增岗位都不更多"),
            format!("the plan of {name} is dominated by that of {other}, which by the base measure leaves no larger gap and spends and hires no more"),
        )
    }

    fn fairer(&self, at: usize, other: usize) -> String {
        let gap = |at: usize| self.measured[at].as_ref().map_or(0.0, |one| one.gap);
        let (own, less) = (gap(at), gap(other));
        let (more, part) = (number(own - less), percent((own - less) / less.max(1e-9)));
        let asks = self.fairness(at).join(self.asked.pick("；", "; "));
        let (name, other) = (&self.runs[at].name, &self.runs[other].name);
        self.asked.pick(
            format!("{name} 还要求公平（{asks}），{other} 的方案缺口不更大、支出和新增岗位都不更多，但达不到这一要求，因此不比优劣；多出的缺口 {more}（{part}）是公平的代价"),
            format!("{name} asks for fairness as well ({asks}): the plan of {other} leaves no larger gap and spends and hires no more, but is not as fair, so that neither is preferred; the {more} of gap ({part}) more are what that fairness costs"),
        )
    }

    /// What a scenario asks for beside a small gap.
    pub(super) fn fairness(&self, at: usize) -> Vec<String> {
        let case = &self.runs[at].case;
        let first = (case.objective.first != First::Gap).then(|| {
            let (zh, en) = case.objective.first.name();
            self.asked.pick(zh, en).to_string()
        });
        let rules = case.policies.iter().filter(|policy| {
            matches!(
                policy.rule,
                Rule::Differences { .. } | Rule::Indicators { .. }
            )
        });
        let rules = rules.map(|policy| policy.name.clone());
        first.into_iter().chain(rules).collect()
    }
}

/// Whether the plan of another scenario keeps what a scenario asks for beside a small gap.
fn is_as_fair(one: &Solved, other: &Solved) -> bool {
    let Some(plan) = &other.answer.plan else {
        return false;
    };
    let case = &one.case;
    if case.objective.first != First::Gap && other.case.objective.first != case.objective.first {
        return false;
    }
    let stock = |school, resource, year| {
        let found = plan.outcome.stock(case, school, resource, year);
        found.unwrap_or(0.0)
    };
    let keeps_differences = comparisons(case).iter().all(|compared| {
        let value = compared.value(|school, resource| stock(school, resource, compared.year));
        compared.keeps(value.unwrap_or(0.0))
    });
    let keeps_indicators = checks(case)
        .iter()
        .all(|check| check.holds(|resource| stock(check.school, resource, check.year)));
    keeps_differences && keeps_indicators
}

/// Whether means and ends are nowhere worse and somewhere better to speak of.
fn dominates(one: &[f64; 3], other: &[f64; 3]) -> bool {
    let noticeable = |a: f64, b: f64| (a - b).abs() > 1e-6 * a.abs().max(b.abs());
    let mut pairs = one.iter().zip(other);
    pairs.clone().all(|(a, b)| a <= b || !noticeable(*a, *b))
        && pairs.any(|(a, b)| a < b && noticeable(*a, *b))
}
