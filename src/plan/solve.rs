//! From a case to a proven plan: prove the optimum, break its ties, deal it out in whole units, audit.

use std::time::{Duration, Instant};

use super::answer::{
    Answer, Basis, Certificate, FundYear, Options, Plan, Solved, Verdict, WHOLE_GAP,
    WithoutTerminal,
};
use super::binding::bindings;
use super::chosen::{Other, nearest};
use super::culprits::{Trial, Trials, culprits};
use super::deal::{Deal, Whole};
use super::fair::{Fair, fair, fairness};
use super::ledger::Demand;
use super::moves::TakeUp;
use super::posed::Posed;
use super::proof::{NOBODY, Proof};
use super::prove::{Known, optimum};
use super::stages::refine;
use super::steps::{better, in_steps};
use super::topup::{Aim, FROM_NOTHING, LEFT_OVER};
use super::{keep, pools};
use crate::case::Case;
use crate::formulate::{ColKey, Formulated, Kept};
use crate::program::Sense;
use crate::program::certificate::distance;
use crate::solve::{Said, SolverChoice, Want, minimise};
use crate::words::halt::Reason;
use crate::words::tolerance::PROVEN;
use crate::words::{FundIx, Halt, Money, YearIx};

/// How long may be looked for values that keep the rules when the search was halted before it had any.
const GRACE: Duration = Duration::from_secs(10);

/// What is left of each limit on differences for whole units, where they break one: tried in turn.
const SPARES: [f64; 5] = [0.005, 0.02, 0.05, 0.1, 0.2];

/// Solves a case.
pub fn solve(case: &Case, options: &Options) -> Answer {
    solved(case, options).answer
}

/// Solves a case and keeps what the plan stands on: the program and its proof.
pub fn solved(case: &Case, options: &Options) -> Solved {
    let none = |verdict| Solved {
        answer: Answer::none(verdict),
        basis: None,
    };
    let rules = keep::faults(case, &options.keep);
    if !rules.is_empty() {
        return none(Verdict::Impossible { rules });
    }
    let options = &Options {
        keep: keep::fit(case, &options.keep),
        ..options.clone()
    };
    let kept: Vec<Kept> = options.keep.iter().map(keep::held).collect();
    let fair = fair(case, &kept, options);
    let (stated, case) = (case, fair.case(case));
    let form = &fair.form;
    // Who has no time left to search needs no smaller program to search in.
    let unlumped = options.unlumped || options.halt.asked().is_some();
    let mut posed = Posed::new(&form.program, unlumped);
    let (answer, proof) = match fair.optimum(&mut posed, options) {
        Known::Point(proof) => (plan(case, options, &kept, &fair, &posed, &proof), proof),
        Known::Halted(multipliers) => {
            let proof = Proof::of_nothing(&form.program, multipliers);
            // Nor does he whose time or memory is over.
            posed = Posed::new(&form.program, true);
            halted(case, options, &kept, &fair, &posed, proof)
        }
        Known::Impossible(_)
            if fair.choice.is_some() && !impossible_whatever_is_chosen(stated, &kept, options) =>
        {
            return none(Verdict::Undecided {
                why: not_chosen_well(),
            });
        }
        Known::Impossible(multipliers) => {
            return none(Verdict::Impossible {
                rules: culprits(stated, form, &multipliers, &kept, options),
            });
        }
        known @ (Known::Unbounded | Known::Undecided(_)) => return none(known.verdict()),
    };
    drop(posed);
    let form = fair.form;
    let basis = answer.plan.is_some().then_some(Basis { form, proof });
    Solved { answer, basis }
}

/// The optimum of a case before it is dealt out in whole units.
#[derive(Clone, Debug)]
pub struct Continuous {
    /// The program it is of.
    pub form: Formulated,
    /// Its proof.
    pub proof: Proof,
    /// What [`solve`] deals out: values with the same gap, ties broken in the usual order.
    pub values: Vec<f64>,
}

/// The optimum of a case before it is dealt out; `None` where none was found.
pub fn continuous(case: &Case, options: &Options) -> Option<Continuous> {
    let fair = fair(case, &[], options);
    let form = fair.form.clone();
    let mut posed = Posed::new(&form.program, options.unlumped);
    let Known::Point(proof) = fair.optimum(&mut posed, options) else {
        return None;
    };
    let (values, _) = refine(
        fair.case(case),
        &form,
        &proof,
        options.solver,
        &posed,
        &options.halt,
    );
    Some(Continuous {
        form,
        proof,
        values,
    })
}

/// A plan although the search was halted before it had a point: dealt out of nothing; where that does not meet what
/// rules demand, from the first values that keep them. And the proof it was dealt from.
fn halted(
    case: &Case,
    options: &Options,
    kept: &[Kept],
    fair: &Fair,
    posed: &Posed,
    mut proof: Proof,
) -> (Answer, Proof) {
    let form = &fair.form;
    let reason = options.halt.asked();
    let mut answer = plan(case, options, kept, fair, posed, &proof);
    if answer.plan.is_none() && reason != Some(Reason::Memory) {
        let (values, solver) = any_values(form, options).unwrap_or((proof.values, proof.solver));
        proof = Proof {
            objective: form.program.objective(&values),
            values,
            solver,
            ..proof
        };
        answer = plan(case, options, kept, fair, posed, &proof);
    }
    if answer.plan.is_none() {
        answer = Answer::none(Verdict::Undecided {
            why: (
                "求解中止时还没有找到符合全部规定的方案；请放宽时间或内存上限".to_string(),
                "when the search was stopped no plan that keeps every rule had been found; \
                 allow more time or memory"
                    .to_string(),
            ),
        });
    }
    let answer = Answer {
        halted: reason,
        ..answer
    };
    (answer, proof)
}

/// Values that keep the rows, whatever their gap, and who found them.
fn any_values(form: &Formulated, options: &Options) -> Option<(Vec<f64>, &'static str)> {
    let mut rules = form.program.with_costs(&vec![0.0; form.program.cols.len()]);
    for (key, col) in form.cols.iter().zip(&mut rules.cols) {
        if matches!(key, ColKey::Short { .. }) {
            col.lower = col.upper;
        }
    }
    // A need that may stay as short as it is asks for nothing: what is left are the limits and who gives to whom.
    for row in &mut rules.rows {
        let (least, _) = row.activity_range(&rules.cols);
        if row.sense == Sense::AtLeast && least >= row.rhs {
            (row.entries, row.rhs) = (Vec::new(), 0.0);
        }
    }
    let posed = Posed::new(&rules, options.unlumped);
    let grace = Halt::default().at(Instant::now() + GRACE);
    let said = minimise(posed.shown(), SolverChoice::Clarabel, Want::Values, &grace);
    match said {
        Said::Optimal(point) | Said::Stopped(point) => {
            Some((posed.values(&point.values), point.solver))
        }
        _ => None,
    }
}

/// The optimum of another program of the same columns, ties broken in the usual order.
fn best_values(
    case: &Case,
    form: &Formulated,
    options: &Options,
) -> Option<(Vec<f64>, &'static str)> {
    let mut posed = Posed::new(&form.program, options.unlumped);
    let Known::Point(proof) = optimum(&mut posed, options.solver, &options.halt) else {
        return None;
    };
    Some(refine(
        case,
        form,
        &proof,
        options.solver,
        &posed,
        &options.halt,
    ))
}

fn plan(
    case: &Case,
    options: &Options,
    kept: &[Kept],
    fair: &Fair,
    posed: &Posed,
    proof: &Proof,
) -> Answer {
    let dealt = || dealt(case, options, kept, fair, posed, proof);
    let short_sighted = || short_sighted_gap(case, options, &fair.form, posed);
    if options.alone {
        return dealt();
    }
    let (mut answer, gap_without) = if options.beside {
        std::thread::scope(|scope| {
            let beside = scope.spawn(short_sighted);
            (dealt(), beside.join().ok().flatten())
        })
    } else {
        let answer = dealt();
        let wanted = answer.plan.is_some();
        (answer, wanted.then(short_sighted).flatten())
    };
    if let Some(plan) = &mut answer.plan {
        let years = case.horizon.plan_years().map(YearIx::at);
        plan.without_terminal = gap_without.map(|gap_without| WithoutTerminal {
            gap_with: years.map(|year| plan.outcome.gap_by_period[year].1).sum(),
            gap_without,
        });
        if case.horizon.terminal > 0.0 && gap_without.is_none() {
            answer.halted = answer.halted.or(options.halt.asked());
        }
    }
    answer
}

/// The plan alone: ties broken, dealt out in whole units, audited.
fn dealt(
    case: &Case,
    options: &Options,
    kept: &[Kept],
    fair: &Fair,
    posed: &Posed,
    proof: &Proof,
) -> Answer {
    let form = &fair.form;
    let refined = || refine(case, form, proof, options.solver, posed, &options.halt);
    let (values, solver) = match (&options.near, &fair.inner) {
        (Some(near), _) => near.refine(case, form, proof, options.solver, &options.halt),
        (None, Some(inner)) => best_values(case, inner, options).unwrap_or_else(refined),
        (None, None) => refined(),
    };
    let halted = options.halt.asked();
    let pools = pools::pools(case, form, kept);
    let at_once = match proof.solver {
        NOBODY => FROM_NOTHING,
        _ => LEFT_OVER,
    };
    let laid_out = Deal {
        case,
        form,
        values: &values,
        pools: &pools,
        towards: None,
        whole: false,
        kept,
        keep: &options.keep,
        at_once,
    };
    let deal = |form, values: &[f64], even_at_last: bool| {
        let aim = Aim {
            even_at_last,
            ..Aim::default()
        };
        Deal {
            form,
            values,
            ..laid_out
        }
        .out(&aim)
    };
    let (mut whole, bound_in_steps) = match fair.is_plain() {
        true => {
            let (whole, bound) = in_steps(&laid_out, proof, options);
            // Of plans in whole units that choose other indicators nothing more is known.
            (
                whole,
                if fair.choice.is_some() {
                    proof.bound
                } else {
                    bound
                },
            )
        }
        false => (deal(form, &values, false), proof.bound),
    };
    let other = other_choice(case, fair, kept, options, (&whole, proof));
    if let Some(other) = &other {
        whole = better(whole, other.deal(kept, options));
    }
    // A limit that hardly binds needs nothing but a few last units.
    let plain = fair.plain(case, kept);
    if let Some(form) = &plain
        && let Some((values, _)) = best_values(case, form, options)
        && let Ok(other) = deal(form, &values, true)
        && other.audit.passed()
    {
        let gap = |whole: &Whole| whole.outcome.gap_after;
        let better = match &whole {
            Ok(whole) if whole.audit.passed() => gap(&other) < gap(whole),
            _ => true,
        };
        if better {
            whole = Ok(other);
        }
    }
    // Where whole units break a limit on differences, the program leaves some of each limit to spare.
    let mut spares = SPARES.iter().filter(|_| case.limits_differences());
    while !matches!(&whole, Ok(whole) if whole.audit.passed())
        && options.halt.asked().is_none()
        && let Some(&spare) = spares.next()
    {
        let tighter = fair.tighter(case, options, spare);
        let values = tighter.and_then(|form| best_values(case, &form, options));
        if let Some((values, _)) = values {
            whole = deal(form, &values, false);
        }
    }
    let whole = match whole {
        Ok(whole) => whole,
        Err(demand) => {
            return Answer::none(Verdict::Undecided {
                why: not_in_whole_units(case, &demand),
            });
        }
    };
    let Whole {
        ledger,
        rows,
        outcome,
        audit,
    } = whole;
    let planned = outcome.gap_after;
    let fixed_gap = form.untouched();
    let bound = proof.bound + fixed_gap;
    let continuous = match proof.distance() <= PROVEN {
        true => proof.objective + fixed_gap,
        // Of a search that came to no end the plan itself may be the best point known.
        false => planned.min(proof.objective + fixed_gap),
    };
    let proven_within = distance(continuous, bound).abs();
    let verdict = if !audit.breaches.is_empty() {
        return Answer::none(Verdict::Undecided {
            why: not_audited(&audit.breaches[0].message),
        });
    } else if !fair.is_settled() {
        // Of what the limits leave out beyond the program's rows only the bound is known.
        Verdict::Stopped {
            distance: distance(planned, bound).max(proven_within),
        }
    } else if proven_within <= PROVEN {
        Verdict::Optimal
    } else {
        Verdict::Stopped {
            distance: proven_within,
        }
    };
    let shown = posed.shown();
    let certificate = Certificate {
        bound,
        continuous,
        planned,
        proven_within,
        whole: bound.max(bound_in_steps + fixed_gap),
        rounding: distance(planned, bound.max(bound_in_steps + fixed_gap)),
        solvers: if [proof.solver, NOBODY].contains(&solver) {
            solver.to_string()
        } else {
            format!("{}, {solver}", proof.solver)
        },
        size: [
            form.program.rows.len(),
            form.program.cols.len(),
            shown.rows.len(),
            shown.cols.len(),
        ],
    };
    let plan = Plan {
        bindings: bindings(case, form, proof),
        money: money(case, |fund, year| ledger.spent(fund, year)),
        without_terminal: None,
        take_up: (options.take_up).map(|share| TakeUp::of(case, &rows, share)),
        fairness: fairness(case, fair.lowest.as_ref(), fair.exact, &outcome),
        rows,
        outcome,
        certificate,
        audit,
    };
    Answer {
        verdict,
        plan: Some(plan),
        halted,
        menu: None,
    }
}

/// Whether all rules are impossible together, whatever is chosen where one leaves a choice.
fn impossible_whatever_is_chosen(case: &Case, kept: &[Kept], options: &Options) -> bool {
    let mut trials = Trials::new(case, kept, options);
    let all = trials.all();
    matches!(trials.stand(&all), Trial::Impossible(_))
}

fn not_chosen_well() -> (String, String) {
    (
        "按缺口最小选定的未达标项目与其他公平规定不能同时做到；另选是否可行没有证明".to_string(),
        "with the indicators that were chosen for the smallest gap the other rules of fairness cannot be kept; whether they \
         can with others is not known"
            .to_string(),
    )
}

/// Another choice of indicators for whole units, where one was made for divisible amounts and the plan of it is not as good
/// as it may be.
fn other_choice(
    case: &Case,
    fair: &Fair,
    kept: &[Kept],
    options: &Options,
    (whole, proof): (&Result<Whole, Demand>, &Proof),
) -> Option<Other> {
    let is_wanted = fair.choice.is_some() && fair.is_plain() && options.near.is_none();
    let bound = proof.bound + fair.form.untouched();
    let allowed = options.whole_gap.unwrap_or(WHOLE_GAP);
    let is_near =
        |whole: &Whole| whole.audit.passed() && distance(whole.outcome.gap_after, bound) <= allowed;
    if !is_wanted || whole.as_ref().is_ok_and(is_near) || options.halt.asked().is_some() {
        return None;
    }
    nearest(case, kept, options)
}

/// That a rule cannot be met in whole units.
pub fn not_in_whole_units(case: &Case, demand: &Demand) -> (String, String) {
    let name = &case.policies[demand.policy].name;
    (
        format!("按整数配置没有找到满足“{name}”的方案；请放宽该规则或增加资金"),
        format!(
            "no plan in whole units was found that meets rule “{name}”; loosen it or add money"
        ),
    )
}

fn not_audited(breach: &(String, String)) -> (String, String) {
    (
        format!("方案没有通过独立审核:{}。请把案例发给开发者", breach.0),
        format!(
            "the plan did not pass its independent audit: {}. Please send the case to the developers",
            breach.1
        ),
    )
}

/// The money of each fund in each plan year, of which so much is spent.
pub(super) fn money(case: &Case, spent: impl Fn(FundIx, YearIx) -> Money) -> Vec<FundYear> {
    let mut lines = Vec::new();
    for (fund, stated) in case.funds.pairs() {
        let mut left = Money::ZERO;
        for year in case.horizon.plan_years() {
            let carried = if stated.carry_over { left } else { Money::ZERO };
            let spent = spent(fund, year);
            lines.push(FundYear {
                fund,
                year,
                given: stated.amounts[year],
                carried,
                spent,
            });
            left = carried + stated.amounts[year] - spent;
        }
    }
    lines
}

/// How small the plan years' gap could be if nothing after the plan counted (H = 0): the same rules and choices, with
/// no weight on the terminal period. `None` without a terminal period.
fn short_sighted_gap(
    case: &Case,
    options: &Options,
    form: &Formulated,
    posed: &Posed,
) -> Option<f64> {
    if case.horizon.terminal == 0.0 {
        return None;
    }
    let counts = |key: &ColKey| !matches!(key, ColKey::Short { period, .. } if case.horizon.is_terminal(*period));
    let costs = form.cols.iter().zip(&form.program.cols);
    let costs: Vec<f64> = costs
        .map(|(key, col)| if counts(key) { col.cost } else { 0.0 })
        .collect();
    let short_sighted = form.program.with_costs(&costs);
    let mut posed = posed.recosted(&short_sighted);
    let Known::Point(proof) = optimum(&mut posed, options.solver, &options.halt) else {
        return None;
    };
    let years = case.horizon.plan_years().map(YearIx::at);
    Some(proof.objective + years.map(|year| form.fixed_gap[year]).sum::<f64>())
}
