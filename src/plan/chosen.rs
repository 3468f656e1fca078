//! Another choice of the indicators that stay below their norm, for a plan in whole units.
//!
//! What is chosen for the smallest gap in divisible amounts may ask for a last post or room that a school would not get
//! otherwise. So the case is dealt out without the rule, and of what each school still lacks then the dearest stays.

use std::collections::BTreeMap;

use super::answer::Options;
use super::deal::{Deal, Whole};
use super::ledger::Demand;
use super::outcome::Outcome;
use super::pools::{Pool, pools};
use super::posed::Posed;
use super::proof::Proof;
use super::prove::{Known, optimum};
use super::stages::refine;
use super::steps::{better, in_steps};
use super::topup::LEFT_OVER;
use crate::case::balance::{Check, checks};
use crate::case::policy::Relaxed;
use crate::case::{Case, Rule};
use crate::formulate::{Formulated, Kept, formulate};
use crate::words::{PolicyIx, ResourceIx, SchoolIx, YearIx};

/// What another plan is dealt out of.
pub(super) struct Other {
    free: Ready,
    nearest: Ready,
}

/// A case that is ready to be dealt out.
struct Ready {
    case: Case,
    form: Formulated,
    proof: Proof,
    values: Vec<f64>,
    pools: Vec<Pool>,
}

impl Ready {
    fn of(case: Case, kept: &[Kept], options: &Options) -> Option<Ready> {
        let form = formulate(&case, kept);
        let mut posed = Posed::new(&form.program, options.unlumped);
        let Known::Point(proof) = optimum(&mut posed, options.solver, &options.halt) else {
            return None;
        };
        let (values, _) = refine(&case, &form, &proof, options.solver, &posed, &options.halt);
        drop(posed);
        Some(Ready {
            pools: pools(&case, &form, kept),
            case,
            form,
            proof,
            values,
        })
    }

    /// Its values dealt out under the rules of a case.
    fn deal<'a>(
        &'a self,
        case: &'a Case,
        pools: &[Pool],
        kept: &[Kept],
        options: &Options,
    ) -> Result<Whole<'a>, Demand> {
        let deal = Deal {
            case,
            form: &self.form,
            values: &self.values,
            pools,
            towards: None,
            whole: false,
            kept,
            keep: &options.keep,
            at_once: LEFT_OVER,
        };
        in_steps(&deal, &self.proof, options).0
    }
}

impl Other {
    /// The better of two plans: of the values that know of the choice, and of those that know of no rule, to which what it
    /// asks for is added at last.
    ///
    /// # Errors
    /// The demand of a rule that cannot be met in whole units.
    pub(super) fn deal(&self, kept: &[Kept], options: &Options) -> Result<Whole<'_>, Demand> {
        let (case, pools) = (&self.nearest.case, &self.nearest.pools);
        better(
            self.nearest.deal(case, pools, kept, options),
            self.free.deal(case, pools, kept, options),
        )
    }
}

/// The case with the choice that a plan without the rule comes nearest to; `None` where there is no such plan.
pub(super) fn nearest(case: &Case, kept: &[Kept], options: &Options) -> Option<Other> {
    let mut free = case.clone();
    let all: Vec<PolicyIx> = case.policies.ids().collect();
    for at in all {
        if let Rule::Indicators { asked, relaxed, .. } = &mut free.policies[at].rule {
            (*asked, *relaxed) = (Some((0, 0.0)), None);
        }
    }
    let free = Ready::of(free, kept, options)?;
    let whole = free.deal(&free.case, &free.pools, kept, options).ok()?;
    let chosen = case.with_relaxed(dearest(case, &whole.outcome));
    drop(whole);
    let nearest = Ready::of(chosen, kept, options)?;
    Some(Other { free, nearest })
}

/// By rule the indicators whose norm would cost most money: what each school lacks, as far as it may.
fn dearest(case: &Case, outcome: &Outcome) -> BTreeMap<PolicyIx, Relaxed> {
    let mut found: BTreeMap<PolicyIx, Relaxed> = BTreeMap::new();
    for check in checks(case) {
        let mut saved: Vec<(f64, ResourceIx)> = check
            .parts
            .iter()
            .map(|part| (saving(case, outcome, &check, *part), part.0))
            .collect();
        saved.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        let stays = saved.into_iter().take(check.free);
        let named = stays.map(|(_, resource)| (check.school, check.section, check.year, resource));
        found.entry(check.policy).or_default().extend(named);
    }
    found
}

/// The money that it saves when an indicator stays below its norm, from where a plan has brought it; infinite where no
/// measure can bring more.
fn saving(
    case: &Case,
    outcome: &Outcome,
    check: &Check,
    (resource, full): (ResourceIx, f64),
) -> f64 {
    let stock = outcome.stock(case, check.school, resource, check.year);
    let lacks = full - stock.unwrap_or(full);
    if lacks <= 0.0 {
        return 0.0;
    }
    let lacks = lacks.min((1.0 - check.rest) * full);
    lacks * price(case, check.school, resource, check.year).unwrap_or(f64::INFINITY)
}

/// The least money for a unit that is there in a year.
fn price(case: &Case, school: SchoolIx, resource: ResourceIx, year: YearIx) -> Option<f64> {
    let mut least: Option<f64> = None;
    for (measure, stated) in case.measures.pairs() {
        let Some(each) = stated.brings(resource) else {
            continue;
        };
        if stated.lever.moves() || !case.allows(measure, school) {
            continue;
        }
        for start in case.open_years() {
            if case.service(measure, start).contains(year.at()) {
                let money = case.price_for_good(measure, start) / each;
                least = Some(least.map_or(money, |least| least.min(money)));
            }
        }
    }
    least
}
