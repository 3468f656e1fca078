//! For each wish the values to deal out, and where the last units may go.

use super::Terms;
use super::asked::{Asked, Counted};
use super::prospect::Prospect;
use super::reference::{Reference, place_of};
use super::wish::Wish;
use crate::formulate::ColKey;
use crate::plan::answer::Options;
use crate::plan::topup::Aim;
use crate::program::Sense;
use crate::words::{Money, SchoolIx};

/// How often schools are weighed anew, by how little is done there; and how often when it is known of another gap how
/// much that is.
const ROUNDS: usize = 4;
const ROUNDS_ON: usize = 1;
/// By how much less money counts as placed elsewhere where a school has all of its standard: so that it does not lie in
/// parts of units among places that are as good.
const WEAKEST_FIRST: f64 = 0.05;
/// What is as good as nothing done at a school, as a share of the mean: some hundred yuan of a post's allowance, that
/// no whole unit is dealt out for.
const NOTHING: f64 = 0.01;

/// Values for the columns of the case, and an aim for what rounding leaves over.
#[derive(Clone)]
pub struct Proposal {
    /// The values.
    pub values: Vec<f64>,
    /// The aim.
    pub aim: Aim,
}

/// What one proposal leaves to the next, for another gap.
#[derive(Default)]
pub struct Left {
    /// How much is done at each school, where few are wished.
    done: Option<Vec<f64>>,
    /// The places counted, where most is wished elsewhere.
    counted: Option<Counted>,
}

/// What is asked of a proposal.
pub struct Sought<'a> {
    /// The plan it is compared with.
    pub reference: &'a Reference<'a>,
    /// What plans can be expected.
    pub prospect: &'a Prospect,
    /// What is wished.
    pub wish: Wish,
    /// The terms of the whole.
    pub terms: Terms,
    /// How to solve.
    pub options: &'a Options,
}

impl Sought<'_> {
    /// Values with no larger a gap index than `gap` before rounding, and with `share` of the money elsewhere; `enough`
    /// is the gap index that the plan in whole units may have. `None` where there are none.
    pub fn propose(&self, gap: f64, share: f64, enough: f64, left: &mut Left) -> Option<Proposal> {
        match self.wish {
            Wish::FewestSchools => self.fewest_schools(gap, share, left),
            Wish::FewestMoves => self.fewest_moves(gap, share),
            Wish::SmoothestYears => self.smoothest_years(gap, share),
            Wish::LeastMoney => self.least_money(gap, share, enough),
            Wish::MostDifferent => self.most_different(gap, left),
        }
    }

    /// The rules, the gap and the share of money elsewhere.
    fn asked(&self, gap: f64, share: f64) -> Option<Asked<'_>> {
        let mut asked = Asked::of(self.reference);
        asked.gap_at_most(gap);
        if share > 0.0 {
            asked.moves(self.prospect.counted.as_ref()?, share);
        }
        Some(asked)
    }

    fn values(&self, asked: &Asked) -> Option<Vec<f64>> {
        let mut values = asked.values(self.options.solver, &self.options.halt)?;
        values.truncate(self.reference.form.cols.len());
        Some(values)
    }

    fn proposal(&self, asked: &Asked, aim: Aim) -> Option<Proposal> {
        Some(Proposal {
            values: self.values(asked)?,
            aim,
        })
    }

    fn rotates(&self, key: &ColKey) -> bool {
        let (ColKey::Supply { measure, .. } | ColKey::Exchange { measure, .. }) = *key else {
            return false;
        };
        self.reference.case.measures[measure].lever.moves()
    }

    fn fewest_moves(&self, gap: f64, share: f64) -> Option<Proposal> {
        let mut asked = self.asked(gap, share)?;
        let moves = asked.cols().filter(|(_, key)| self.rotates(key));
        let moves: Vec<(usize, f64)> = moves.map(|(at, _)| (at, 1.0)).collect();
        asked.wish(&moves, self.reference.figures.moves.max(1.0));
        self.proposal(&asked, Aim::default())
    }

    fn least_money(&self, gap: f64, share: f64, enough: f64) -> Option<Proposal> {
        let mut asked = self.asked(gap, share)?;
        let money: Vec<(usize, f64)> = asked
            .cols()
            .map(|(at, key)| (at, self.reference.price(key)))
            .collect();
        asked.wish(&money, self.reference.figures.money.main().max(1.0));
        let aim = Aim {
            enough: Some(enough),
            ..Aim::default()
        };
        self.proposal(&asked, aim)
    }

    /// The money of each year lies between two columns, which are drawn together.
    fn smoothest_years(&self, gap: f64, share: f64) -> Option<Proposal> {
        let mut asked = self.asked(gap, share)?;
        let horizon = &self.reference.case.horizon;
        let funds = self.reference.case.funds.iter();
        let all = funds.fold(0.0, |sum, fund| sum + fund.total().main());
        let most = asked.program.add_col(0.0, all, 0.0);
        let least = asked.program.add_col(0.0, all, 0.0);
        let paid_in = |asked: &Asked, year| -> Vec<(usize, f64)> {
            let paid = asked
                .cols()
                .filter(|(_, key)| matches!(key, ColKey::Pay { period, .. } if *period == year));
            paid.map(|(at, _)| (at, 1.0)).collect()
        };
        for year in horizon.plan_years() {
            let paid = paid_in(&asked, year);
            let with = |col: usize| paid.iter().copied().chain([(col, -1.0)]).collect();
            asked.program.add_row(Sense::AtMost, 0.0, with(most));
            asked.program.add_row(Sense::AtLeast, 0.0, with(least));
        }
        let scale = self.reference.figures.unevenness().main();
        let scale = scale
            .max(1e-3 * self.reference.figures.money.main())
            .max(1.0);
        asked.wish(&[(most, 1.0), (least, -1.0)], scale);
        let values = self.values(&asked)?;
        let years = horizon.plan_years().map(|year| {
            let paid = paid_in(&asked, year).into_iter();
            paid.fold(0.0, |sum, (at, _)| sum + values[at])
        });
        let dearest = Money::from_main(years.fold(0.0, f64::max));
        let aim = Aim {
            most_in_year: Some(vec![dearest; horizon.years]),
            ..Aim::default()
        };
        Some(Proposal { values, aim })
    }

    /// Places are counted twice, the second time as the values before tell; for another gap they are known from the one
    /// before, nearly.
    fn most_different(&self, gap: f64, left: &mut Left) -> Option<Proposal> {
        let reference = self.reference;
        let wished = |counted: &Counted| {
            let mut asked = Asked::of(reference);
            asked.gap_at_most(gap);
            let less = counted.entries(reference).into_iter();
            let keys = &reference.form.cols;
            let counts = |at: usize| 1.0 - WEAKEST_FIRST * asked.attained(&keys[at]);
            let less: Vec<(usize, f64)> =
                less.map(|(at, price)| (at, -price * counts(at))).collect();
            asked.wish(&less, reference.figures.money.main().max(1.0));
            asked
        };
        if left.counted.is_none() {
            let widest = self.prospect.widest.as_ref()?;
            let values = wished(widest).divisible(self.options.solver, &self.options.halt)?;
            left.counted = Some(Counted::at(reference, &values));
        }
        let asked = wished(left.counted.as_ref()?);
        let values = self.values(&asked);
        let last = reference.money.keys().copied().collect();
        let aim = Aim {
            last,
            ..Aim::default()
        };
        values.map(|values| Proposal { values, aim })
    }

    /// Reweighted ℓ₁ (Candès, Wakin and Boyd 2008): what is done at a school counts for more, the less is done there, so
    /// that those at which little is done come to nothing. Those are then closed, and the smallest gap is taken.
    fn fewest_schools(&self, gap: f64, share: f64, left: &mut Left) -> Option<Proposal> {
        let reference = self.reference;
        let mut asked = self.asked(gap, share)?;
        let schools = reference.case.schools.len();
        let mean = reference.figures.money.main().max(1.0) / schools.max(1) as f64;
        let done = |values: &dyn Fn(usize, &ColKey) -> f64| {
            let mut done = vec![0.0; schools];
            for (at, key) in reference.form.cols.iter().enumerate() {
                if let Some(school) = touches(key) {
                    done[school.at()] += self.weight(key, mean) * values(at, key).max(0.0);
                }
            }
            done
        };
        let (mut now, rounds) = match left.done.take() {
            Some(done) => (done, ROUNDS_ON),
            None => (done(&|_, key| reference.units(key)), ROUNDS),
        };
        for _ in 0..rounds {
            let costs: Vec<(usize, f64)> = asked
                .cols()
                .filter_map(|(at, key)| {
                    let school = touches(key)?;
                    Some((
                        at,
                        self.weight(key, mean) / (now[school.at()] + NOTHING * mean),
                    ))
                })
                .collect();
            asked.wish(&costs, schools as f64);
            let values = asked.values(self.options.solver, &self.options.halt)?;
            now = done(&|at, _| values[at]);
        }
        let open: Vec<bool> = now.iter().map(|&done| done > NOTHING * mean).collect();
        for (at, key) in asked.cols() {
            if touches(key).is_some_and(|school| !open[school.at()]) {
                let col = &mut asked.program.cols[at];
                col.upper = col.lower;
            }
        }
        left.done = Some(now);
        asked.wish_gap();
        let aim = Aim {
            schools: Some(open),
            ..Aim::default()
        };
        self.proposal(&asked, aim)
    }

    /// What a unit of a column counts for when it is asked how much is done at a school: its money, that of a post that
    /// is given as well; a step at least a thousandth of what a school gets on the mean, cost it nothing as it may.
    fn weight(&self, key: &ColKey, mean: f64) -> f64 {
        let (ColKey::Supply { measure, year, .. } | ColKey::Give { measure, year, .. }) = *key
        else {
            return 0.0;
        };
        let case = self.reference.case;
        let step = case.step(measure);
        let price = self.reference.price_of(measure, year);
        price.max(0.001 * mean / step)
    }
}

/// The school at which a column does something.
pub(super) fn touches(key: &ColKey) -> Option<SchoolIx> {
    match *key {
        ColKey::Give { school, .. } => Some(school),
        _ => place_of(key).map(|(_, _, school)| school),
    }
}
