//! The years left stand on what was really done: against the plan itself, and against a program made another way.

use junheng::case::Case;
use junheng::formulate::{ColKey, Kept, formulate};
use junheng::plan::follow::{Follow, follow};
use junheng::plan::{Options, Plan, PlanRow, Verdict};
use junheng::solve::{Said, SolverChoice, Want, minimise};
use junheng::words::{Halt, Money, YearIx};

use super::{all_taken, due, entry, half_taken, planned, with_rules};
use crate::common::With;

fn to_the_end_of(case: &Case, plan: &Plan, entries: &[super::Entry], year: usize) -> Follow {
    follow(
        case,
        &plan.rows,
        entries,
        YearIx::new(year),
        &Options::default(),
    )
}

/// Rows in the order of plans, without those that do nothing.
fn sorted(rows: &[PlanRow]) -> Vec<PlanRow> {
    let mut rows = rows.to_vec();
    rows.sort_by_key(|row| (row.year, row.measure, row.school, row.fund, row.units < 0.0));
    rows
}

#[test]
fn what_is_all_taken_up_is_not_late_and_the_plan_stands() {
    for (seed, case, plan) in planned(with_rules()).take(8) {
        for year in 0..case.horizon.years {
            let found = to_the_end_of(&case, &plan, &all_taken(&plan, year + 1), year);
            assert!(
                found.standings.iter().all(|one| one.is_on_schedule()),
                "seed {seed}"
            );
            assert!(
                found.overdrawn.is_empty() && found.breaches.is_empty(),
                "seed {seed}"
            );
            assert_eq!(found.unreported(), 0);
            let answer = &found.replan.answer;
            assert_eq!(answer.verdict, Verdict::Optimal, "seed {seed}");
            let replan = answer.plan.as_ref().expect("a plan");
            assert!(replan.audit.passed());
            assert!(found.replan.stands, "seed {seed}, year {year}");
            assert_eq!(
                sorted(&found.rows()),
                sorted(&plan.rows),
                "seed {seed}, year {year}"
            );
            let gaps = (replan.outcome.gap_after, plan.outcome.gap_after);
            assert!(
                (gaps.0 - gaps.1).abs() <= 1e-9 * gaps.1.max(1.0),
                "seed {seed}: {gaps:?}"
            );
        }
    }
}

#[test]
fn money_left_blank_is_counted_at_the_price_of_the_case() {
    let (_, case, plan) = planned(with_rules()).next().expect("a case");
    let rows = plan.rows.iter().filter(|row| row.year.at() == 0);
    let blank: Vec<_> = rows.map(|row| entry(row, row.units, None)).collect();
    let found = to_the_end_of(&case, &plan, &blank, 0);
    assert!(found.facts.at_case_price > 0);
    assert_eq!(sorted(&found.rows()), sorted(&plan.rows));
}

#[test]
fn half_taken_up_is_proven_audited_and_never_better_than_any_plan_could_be() {
    let mut behind = 0;
    for (seed, case, plan) in planned(with_rules()).take(8) {
        let found = to_the_end_of(&case, &plan, &half_taken(&case, &plan, 1), 0);
        let late: f64 = found.standings.iter().map(|one| one.late()).sum();
        behind += usize::from(late > 0.0);
        let answer = &found.replan.answer;
        assert_eq!(answer.verdict, Verdict::Optimal, "seed {seed}");
        let replan = answer.plan.as_ref().expect("a plan");
        assert!(
            replan.audit.passed(),
            "seed {seed}: {:?}",
            replan.audit.breaches
        );
        let gap = replan.outcome.gap_after;
        assert!(gap >= plan.certificate.bound * (1.0 - 1e-9), "seed {seed}");
        assert!(
            gap <= found.nothing_further.gap_after * (1.0 + 1e-9),
            "seed {seed}"
        );
        // Another way to the same number: every row over the whole plan, from nothing.
        let whole = junheng::plan::Outcome::new(&case, &found.rows()).gap_after;
        assert!(
            (whole - gap).abs() <= 1e-9 * gap.max(1.0),
            "seed {seed}: {whole} {gap}"
        );
        assert!(
            replan.rows.iter().all(|row| row.year.at() >= 1),
            "seed {seed}"
        );
    }
    assert!(behind > 2, "something was late");
}

/// The optimum when everything of the closed years is fixed in the program of the whole case, column by column.
fn fixed(case: &Case, found: &Follow) -> Option<f64> {
    let kept = |row: &PlanRow| Kept {
        school: row.school,
        measure: row.measure,
        year: row.year,
        units: row.units,
        fund: row.fund,
        payments: row.payments.iter().copied().chain([row.after]).collect(),
    };
    let kept: Vec<Kept> = found.facts.rows.iter().map(kept).collect();
    let mut form = formulate(case, &kept);
    for (key, col) in form.cols.iter().zip(&mut form.program.cols) {
        let (ColKey::Supply {
            school,
            measure,
            year,
        }
        | ColKey::Give {
            school,
            measure,
            year,
        }) = *key
        else {
            continue;
        };
        let held = |one: &Kept| (one.school, one.measure, one.year) == (school, measure, year);
        if year.at() < found.closed && !kept.iter().any(held) {
            col.upper = 0.0;
        }
    }
    let halt = Halt::default();
    match minimise(
        &form.program,
        SolverChoice::Clarabel,
        Want::Multipliers,
        &halt,
    ) {
        Said::Optimal(point) => Some(form.program.objective(&point.values) + form.untouched()),
        _ => None,
    }
}

#[test]
fn the_years_left_are_those_of_the_whole_program_with_the_closed_years_fixed() {
    let mut compared = 0;
    for with in [
        With::default(),
        With {
            policies: false,
            levers: false,
            ageing: false,
            ..with_rules()
        },
    ] {
        for (seed, case, plan) in planned(with).take(6) {
            let found = to_the_end_of(&case, &plan, &half_taken(&case, &plan, 1), 0);
            let Some(whole) = fixed(&case, &found) else {
                continue;
            };
            let replan = found.replan.answer.plan.as_ref().expect("a plan");
            let bound = replan.certificate.bound;
            assert!(
                (whole - bound).abs() <= 1e-5 * whole.max(1.0),
                "seed {seed}: {whole} {bound}"
            );
            compared += 1;
        }
    }
    assert!(compared > 8, "{compared}");
}

#[test]
fn an_overdrawn_fund_is_told_and_does_not_make_the_rest_impossible() {
    let (_, case, plan) = planned(with_rules()).next().expect("a case");
    let mut entries = all_taken(&plan, 1);
    let at = entries
        .iter()
        .position(|one| one.fund.is_some())
        .expect("something is paid");
    let fund = entries[at].fund.expect("a fund");
    let given = case.funds[fund].amounts[YearIx::new(0)];
    entries[at].entered.spent = Some(given + given + Money::from_main(1.0));
    let found = to_the_end_of(&case, &plan, &entries, 0);
    let over = found
        .overdrawn
        .iter()
        .find(|one| one.fund == fund)
        .expect("it is told");
    assert_eq!((over.period, over.given), (YearIx::new(0), given));
    assert!(over.by() > given);
    let replan = found.replan.answer.plan.as_ref().expect("a plan");
    assert_eq!(found.replan.answer.verdict, Verdict::Optimal);
    assert!(replan.audit.passed());
}

#[test]
fn what_was_saved_of_a_fund_that_carries_over_is_there_for_the_years_left() {
    let mut seen = 0;
    for (seed, case, plan) in planned(with_rules()).take(20) {
        let central = case
            .funds
            .find(|fund| fund.carry_over)
            .expect("one carries over");
        let paid: Money = plan
            .rows
            .iter()
            .filter(|row| row.year.at() == 0 && row.fund == Some(central))
            .map(|row| due(row, 1))
            .sum();
        if paid.is_zero() {
            continue;
        }
        // Nothing was done in the first year, so all of its money is there in the second.
        let found = to_the_end_of(&case, &plan, &[], 0);
        let second = YearIx::new(1);
        let all: Money = case.funds[central].amounts.iter().take(2).copied().sum();
        assert_eq!(found.settled.available(central, second), all, "seed {seed}");
        let as_planned = to_the_end_of(&case, &plan, &all_taken(&plan, 1), 0);
        assert_eq!(
            as_planned.settled.available(central, second),
            all - paid,
            "seed {seed}"
        );
        seen += 1;
    }
    assert!(seen > 2);
}

#[test]
fn late_is_told_apart_by_whether_it_was_allocated() {
    let (_, case, plan) = planned(with_rules()).next().expect("a case");
    let row = plan
        .rows
        .iter()
        .find(|row| row.year.at() == 0 && row.units >= 3.0)
        .expect("something is planned");
    let mut one = entry(row, 1.0, None);
    one.entered.allocated = Some(2.0);
    let found = to_the_end_of(&case, &plan, &[one], 0);
    let is_it = |one: &&junheng::plan::follow::Standing| {
        (one.school, one.measure, one.gives) == (row.school, row.measure, false)
    };
    let standing = found.standings.iter().find(is_it).expect("its standing");
    assert_eq!(standing.late_allocated, 1.0);
    assert_eq!(standing.late_unallocated, standing.planned - 2.0);
    assert_eq!(standing.late_since, Some(YearIx::new(0)));
}

#[test]
fn what_is_done_a_year_late_is_late_no_more() {
    let mut seen = 0;
    for (seed, case, plan) in planned(with_rules()).take(6) {
        // All of the first year's doing entered in the second, where it is done beside the second's own.
        let mut entries = Vec::new();
        for row in plan.rows.iter().filter(|row| row.year.at() < 2) {
            let mut one = entry(row, row.units, None);
            one.year = YearIx::new(1);
            one.planned = None;
            entries.push(one);
        }
        let found = to_the_end_of(&case, &plan, &entries, 1);
        assert!(
            found.standings.iter().all(|one| one.late() == 0.0),
            "seed {seed}"
        );
        seen += 1;
    }
    assert!(seen > 2);
}
