//! Where a measure stands at a school: late, ahead, or never planned.

use std::collections::BTreeMap;

use super::line::Line;
use crate::words::tolerance::ZERO_UNITS;
use crate::words::{MeasureIx, SchoolIx, YearIx};

/// A measure at a school over all years. What one closed year left undone and a later one made good is not late.
#[derive(Clone, PartialEq, Debug)]
pub struct Standing {
    /// The measure.
    pub measure: MeasureIx,
    /// The school.
    pub school: SchoolIx,
    /// Whether posts leave there.
    pub gives: bool,
    /// Units planned for the closed years.
    pub planned: f64,
    /// Units allocated in them.
    pub allocated: f64,
    /// Units taken up in them.
    pub taken: f64,
    /// Late although allocated: units planned for the closed years and not taken up.
    pub late_allocated: f64,
    /// Late and not even allocated.
    pub late_unallocated: f64,
    /// Units planned for later years and taken up already.
    pub ahead: f64,
    /// Units taken up beyond everything the plan has.
    pub unplanned: f64,
    /// Units planned for the open years and not taken up yet.
    pub outstanding: f64,
    /// The earliest year of which something is late.
    pub late_since: Option<YearIx>,
}

impl Standing {
    /// Units planned for the closed years and not taken up.
    pub fn late(&self) -> f64 {
        self.late_allocated + self.late_unallocated
    }

    /// Whether it is just as planned so far.
    pub fn is_on_schedule(&self) -> bool {
        self.late() + self.ahead + self.unplanned <= ZERO_UNITS
    }
}

/// The standings of all measures at all schools that are planned or done, in order of measure and school.
pub fn standings(lines: &[Line], closed: usize) -> Vec<Standing> {
    let mut together: BTreeMap<(MeasureIx, SchoolIx, bool), Vec<&Line>> = BTreeMap::new();
    for line in lines {
        let at = (line.at.measure, line.at.school, line.at.gives);
        together.entry(at).or_default().push(line);
    }
    let standing = |(at, lines): (_, Vec<&Line>)| standing(at, &lines, closed);
    together.into_iter().map(standing).collect()
}

fn standing(
    (measure, school, gives): (MeasureIx, SchoolIx, bool),
    lines: &[&Line],
    closed: usize,
) -> Standing {
    let (mut planned, mut allocated, mut taken, mut coming) = (0.0, 0.0, 0.0, 0.0);
    for line in lines {
        if line.is_closed(closed) {
            planned += line.planned;
            allocated += line.allocated();
            taken += line.taken();
        } else {
            coming += line.planned;
        }
    }
    let late = above_zero(planned - taken);
    let late_allocated = above_zero(allocated - taken).min(late);
    let beyond = above_zero(taken - planned);
    let ahead = beyond.min(coming);
    Standing {
        measure,
        school,
        gives,
        planned,
        allocated,
        taken,
        late_allocated,
        late_unallocated: late - late_allocated,
        ahead,
        unplanned: beyond - ahead,
        outstanding: coming - ahead,
        late_since: first_late(lines, closed, taken),
    }
}

/// The year of the first planned unit that what was taken up does not cover; the oldest are covered first.
fn first_late(lines: &[&Line], closed: usize, taken: f64) -> Option<YearIx> {
    let mut planned = 0.0;
    let of_closed = lines.iter().filter(|line| line.is_closed(closed));
    for line in of_closed {
        planned += line.planned;
        if planned > taken + ZERO_UNITS {
            return Some(line.at.year);
        }
    }
    None
}

/// What of each line is late, although allocated and not even allocated, in units: what was taken up covers the oldest
/// lines first, and so does what was allocated.
pub fn late_by_line(lines: &[Line], closed: usize) -> Vec<[f64; 2]> {
    let mut left: BTreeMap<(MeasureIx, SchoolIx, bool), [f64; 2]> = BTreeMap::new();
    let key = |line: &Line| (line.at.measure, line.at.school, line.at.gives);
    for line in lines.iter().filter(|line| line.is_closed(closed)) {
        let [taken, allocated] = left.entry(key(line)).or_default();
        *taken += line.taken();
        *allocated += line.allocated();
    }
    for [taken, allocated] in left.values_mut() {
        *allocated = above_zero(*allocated - *taken);
    }
    let late = |line: &Line| {
        let Some([taken, allocated]) = left.get_mut(&key(line)).filter(|_| line.is_closed(closed))
        else {
            return [0.0; 2];
        };
        let done = line.planned.min(*taken);
        *taken -= done;
        let late = above_zero(line.planned - done);
        let of_allocated = late.min(*allocated);
        *allocated -= of_allocated;
        [of_allocated, late - of_allocated]
    };
    lines.iter().map(late).collect()
}

fn above_zero(units: f64) -> f64 {
    if units > ZERO_UNITS { units } else { 0.0 }
}
