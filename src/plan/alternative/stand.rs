//! Where the simplex stands on a program, to go on from when a limit is drawn in.

use crate::program::Program;
use crate::solve::Point;
use crate::solve::simplex::{End, Simplex};
use crate::words::Halt;

/// Rows up to which a corner is looked for.
const SMALL: usize = 40_000;

/// A program and a corner of what is best in it: there next to nothing is half done, so that little is lost to whole
/// units.
///
/// To get there from another solver's point takes several times as long as that solver does; to go on to a nearby limit
/// on the gap, a part of that.
pub struct Stand {
    program: Program,
    simplex: Simplex,
}

impl Stand {
    /// The corner near a point inside. `None` where the simplex does not get there.
    pub fn near(program: &Program, point: &Point, halt: &Halt) -> Option<Stand> {
        if program.rows.len() > SMALL {
            return None;
        }
        let mut simplex = Simplex::at(program, point)?;
        let there = simplex.optimise(halt) == End::Optimal;
        there.then(|| Stand {
            program: program.clone(),
            simplex,
        })
    }

    /// The values at the corner.
    pub fn values(&mut self) -> Vec<f64> {
        self.simplex.point().values
    }

    /// Goes on to a corner of a program that differs from this one in right-hand sides alone. `None` where it differs
    /// in more, or where the simplex does not get there: then this is of no use any more.
    pub fn go_on(&mut self, program: &Program, halt: &Halt) -> Option<Vec<f64>> {
        if !self.differs_in_sides(program) {
            return None;
        }
        for (at, row) in program.rows.iter().enumerate() {
            if row.rhs != self.program.rows[at].rhs {
                self.simplex.set_rhs(at, row.rhs);
                self.program.rows[at].rhs = row.rhs;
            }
        }
        let there = self.simplex.optimise(halt) == End::Optimal;
        there.then(|| self.values())
    }

    fn differs_in_sides(&self, program: &Program) -> bool {
        let rows = self.program.rows.iter().zip(&program.rows);
        self.program.rows.len() == program.rows.len()
            && self.program.cols == program.cols
            && rows
                .clone()
                .all(|(one, other)| one.sense == other.sense && one.entries == other.entries)
    }
}

#[cfg(test)]
mod tests {
    use rand::{RngExt, SeedableRng};
    use rand_chacha::ChaCha8Rng;

    use super::Stand;
    use crate::program::certificate::distance;
    use crate::program::{Program, Sense};
    use crate::solve::{Point, Said, SolverChoice, Want, minimise};
    use crate::words::Halt;
    use crate::words::tolerance::PROVEN;

    /// Needs, each with a shortfall and two ways to meet it; two funds, and a limit on the gap as the last row. A plan
    /// drawn first keeps all of it.
    fn program(rng: &mut ChaCha8Rng) -> Program {
        let mut program = Program::default();
        let (mut funds, mut gap, mut kept) = ([Vec::new(), Vec::new()], Vec::new(), Vec::new());
        for _ in 0..rng.random_range(3..30) {
            let need: f64 = rng.random_range(1.0..50.0);
            let weight: f64 = rng.random_range(0.2..5.0);
            let short = program.add_col(0.0, need, 0.0);
            gap.push((short, weight));
            kept.push(need);
            let mut meets = vec![(short, 1.0)];
            for fund in &mut funds {
                let price = rng.random_range(0.5..20.0);
                let buy = program.add_col(0.0, need, price * rng.random_range(0.8..1.2));
                fund.push((buy, price));
                meets.push((buy, rng.random_range(0.5..1.0)));
                kept.push(rng.random_range(0.0..need));
            }
            program.add_row(Sense::AtLeast, need, meets);
        }
        for entries in funds {
            let paid = entries.iter().map(|&(at, price)| price * kept[at]).sum();
            program.add_row(Sense::AtMost, paid, entries);
        }
        let most: f64 = gap.iter().map(|&(at, weight)| weight * kept[at]).sum();
        program.add_row(Sense::AtMost, most, gap);
        program
    }

    fn cold(program: &Program) -> Option<Point> {
        let said = minimise(
            program,
            SolverChoice::Clarabel,
            Want::Values,
            &Halt::default(),
        );
        match said {
            Said::Optimal(point) | Said::Stopped(point) => Some(point),
            Said::Impossible(_) => None,
            other => panic!("{other:?}"),
        }
    }

    fn stands(program: &Program) -> Stand {
        let point = cold(program).expect("it was made around a plan");
        Stand::near(program, &point, &Halt::default()).expect("the simplex gets there")
    }

    /// Draws the sides of the limits in or out; the needs stay. As much as that gap cannot always be closed.
    fn drawn(rng: &mut ChaCha8Rng, program: &Program) -> Program {
        let mut other = program.clone();
        let gap = other.rows.len() - 1;
        for at in gap - 2..gap {
            other.rows[at].rhs *= rng.random_range(0.5..1.3);
        }
        other.rows[gap].rhs *= rng.random_range(0.0..0.8);
        other
    }

    #[test]
    fn where_it_goes_on_to_is_as_good_as_what_is_found_from_cold() {
        let (mut warm, mut impossible) = (0, 0);
        for seed in 0..40 {
            let rng = &mut ChaCha8Rng::seed_from_u64(seed);
            let first = program(rng);
            let mut stand = stands(&first);
            for round in 0..6 {
                let next = drawn(rng, &first);
                let (from_here, from_cold) = (stand.go_on(&next, &Halt::default()), cold(&next));
                match (from_here, from_cold) {
                    (Some(values), Some(point)) => {
                        let (one, other) = (next.objective(&values), next.objective(&point.values));
                        let apart = distance(one, other).abs();
                        assert!(apart <= PROVEN, "seed {seed}, round {round}: {one} {other}");
                        let broken = next.rows.iter().map(|row| row.violation(&values));
                        let broken = broken.fold(0.0, f64::max);
                        assert!(broken <= 1e-6, "seed {seed}, round {round}: {broken}");
                        warm += 1;
                    }
                    (None, None) => {
                        impossible += 1;
                        stand = stands(&first);
                    }
                    (one, other) => panic!("seed {seed}, round {round}: {one:?} {other:?}"),
                }
            }
        }
        assert!(warm > 60 && impossible > 20, "{warm} {impossible}");
    }

    #[test]
    fn it_does_not_go_on_to_a_program_that_differs_in_more_than_sides() {
        let rng = &mut ChaCha8Rng::seed_from_u64(1);
        let first = program(rng);
        let mut dearer = first.clone();
        dearer.cols[1].cost += 1.0;
        let mut narrower = first.clone();
        narrower.cols[1].upper *= 0.5;
        let mut longer = first.clone();
        longer.add_row(Sense::AtMost, 1.0, vec![(0, 1.0)]);
        let mut other = first.clone();
        other.rows[0].entries[0].1 += 0.5;
        for program in [dearer, narrower, longer, other] {
            assert_eq!(stands(&first).go_on(&program, &Halt::default()), None);
        }
        assert!(stands(&first).go_on(&first, &Halt::default()).is_some());
    }
}
