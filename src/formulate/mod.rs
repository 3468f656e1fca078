//! Floor 2: from a case to a program, the reference form: needs × measures × limits. One file per limit family.

mod block;
mod classes;
mod decision;
mod differences;
mod floor;
mod fund;
mod indicators;
mod keep;
pub mod keys;
mod money;
mod moves;
mod need;
mod pool;
mod quota;
mod share;
mod stay;

pub use classes::Classes;
pub use decision::{Decision, Units};
pub use differences::{Stock, Stocks, Weighing};
pub use floor::Floors;
pub use indicators::{Leeway, Slot};
pub use keep::Kept;
pub use keys::{ColKey, RowKey};
pub use money::Moneyed;
pub use pool::{Exchanging, quota_places};

use crate::case::balance::{Comparison, comparisons};
use crate::case::{Case, Reach};
use crate::program::{Program, Sense};

/// A case as a program, with the meaning of every row and column.
#[derive(Clone, Debug)]
pub struct Formulated {
    /// minimise the gap index, in the units of the index.
    pub program: Program,
    /// What each row says.
    pub rows: Vec<RowKey>,
    /// What each column decides.
    pub cols: Vec<ColKey>,
    /// The part of the gap index that no measure can touch, by period; the program's objective leaves it out.
    pub fixed_gap: Vec<f64>,
    /// Which scopes speak of which schools.
    pub reach: Reach,
    /// How spending is told apart.
    pub classes: Classes,
    /// What rules limit the differences of. Their limits are no rows of the program, but for the tangents that have been
    /// added.
    pub comparisons: Vec<Comparison>,
    /// The stocks that are compared.
    pub stocks: Stocks,
    /// The floors of needs; their rows stand in the program.
    pub floors: Floors,
    /// Where it is open which indicators stay below their norm.
    pub leeways: Vec<Leeway>,
}

impl Formulated {
    /// The part of the gap index of all periods that no measure can touch.
    pub fn untouched(&self) -> f64 {
        self.fixed_gap.iter().sum()
    }

    fn add_col(&mut self, key: ColKey, lower: f64, upper: f64, cost: f64) -> usize {
        self.cols.push(key);
        self.program.add_col(lower, upper, cost)
    }

    fn add_row(
        &mut self,
        key: RowKey,
        sense: Sense,
        rhs: f64,
        entries: Vec<(usize, f64)>,
    ) -> usize {
        self.rows.push(key);
        self.program.add_row(sense, rhs, entries)
    }

    /// Money each column costs in all, in main units: what is paid in the plan years and, for each year of the
    /// terminal period, what goes on being paid.
    pub fn money(&self, case: &Case) -> Vec<f64> {
        let pay = |key: &ColKey| match key {
            ColKey::Pay { period, .. } => case.horizon.duration(*period),
            _ => 0.0,
        };
        self.cols.iter().map(pay).collect()
    }
}

/// The program of a case. `kept` rows are held as they are.
pub fn formulate(case: &Case, kept: &[Kept]) -> Formulated {
    formulate_with_room(case, kept, &Units::new())
}

/// The program of a case in which measures may bring so many units although less is missing or nothing: for what is
/// decided before it is known what will be missing. The rules of the case stay as they are.
pub fn formulate_with_room(case: &Case, kept: &[Kept], room: &Units) -> Formulated {
    formulated(case, kept, room, (&Floors::new(), true))
}

/// The program of a case in which needs have floors.
pub fn formulate_above(case: &Case, kept: &[Kept], floors: &Floors) -> Formulated {
    formulated(case, kept, &Units::new(), (floors, true))
}

/// The same without room for what would only make schools more alike: nothing is brought beyond need for it.
pub fn formulate_unlifted(case: &Case, kept: &[Kept], floors: &Floors) -> Formulated {
    formulated(case, kept, &Units::new(), (floors, false))
}

fn formulated(
    case: &Case,
    kept: &[Kept],
    room: &Units,
    (floors, lifts): (&Floors, bool),
) -> Formulated {
    let reach = Reach::of(case);
    let comparisons = comparisons(case);
    let (mut compared, stocks) = differences::compared(case, &comparisons);
    if !lifts {
        compared.values_mut().for_each(|one| one.lift = 0.0);
    }
    let mut form = Formulated {
        program: Program::default(),
        rows: Vec::new(),
        cols: Vec::new(),
        fixed_gap: vec![0.0; case.horizon.period_count()],
        classes: Classes::of(case, &reach),
        reach,
        comparisons,
        stocks,
        floors: floors.clone(),
        leeways: Vec::new(),
    };
    let (open, beyond) = indicators::asked(case);
    let asked = (compared, beyond, open);
    let slots = block::add_blocks(&mut form, case, kept, (room, floors, &asked));
    indicators::add_counts(&mut form, asked.2, slots);
    pool::add_exchanges(&mut form, case);
    pool::add_rows(&mut form, case);
    fund::add_rows(&mut form, case, kept);
    share::add_rows(&mut form, case);
    quota::add_rows(&mut form, case);
    stay::add_rows(&mut form, case);
    form
}
