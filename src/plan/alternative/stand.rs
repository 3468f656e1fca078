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
