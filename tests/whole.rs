//! Plans in whole units: the tightened program against enumeration, and the county beside branch and bound.

use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

use junheng::plan::{Options, solve};
use junheng::program::certificate::lower_bound;
use junheng::program::lump::{apart, lump};
use junheng::program::steps::in_steps;
use junheng::program::{Block, Program, Sense};
use junheng::read::read_case;
use junheng::solve::{Said, SolverChoice, Want, minimise};
use junheng::words::Halt;

/// Some schools, each short of a few units that one or two purchases may bring, the second serving a part of the later
/// period; one fund for all.
struct Drawn {
    program: Program,
    steps: Vec<Option<f64>>,
    needs: Vec<f64>,
    weights: Vec<[f64; 2]>,
    served: f64,
    money: f64,
}

fn drawn(rng: &mut ChaCha8Rng) -> Drawn {
    let served = rng.random_range(0.2..1.0);
    let money: f64 = rng.random_range(1.0..8.0);
    let mut drawn = Drawn {
        program: Program::default(),
        steps: Vec::new(),
        needs: Vec::new(),
        weights: Vec::new(),
        served,
        money,
    };
    let mut paid = Vec::new();
    for _ in 0..rng.random_range(1..4) {
        let need: f64 = rng.random_range(0.1..2.6);
        let weight = [rng.random_range(0.5..2.0), rng.random_range(0.5..2.0)];
        let program = &mut drawn.program;
        let first = (program.rows.len(), program.cols.len());
        let short = weight.map(|weight| program.add_col(0.0, need, weight));
        let buy = program.add_col(0.0, need, 0.0);
        program.add_row(Sense::AtLeast, need, vec![(short[0], 1.0), (buy, 1.0)]);
        program.add_row(Sense::AtLeast, need, vec![(short[1], 1.0), (buy, served)]);
        program.blocks.push(Block {
            rows: first.0..program.rows.len(),
            cols: first.1..program.cols.len(),
        });
        drawn.steps.extend([None, None, Some(1.0)]);
        drawn.needs.push(need);
        drawn.weights.push(weight);
        paid.push((buy, 1.0));
    }
    drawn.program.add_row(Sense::AtMost, money, paid);
    drawn
}

impl Drawn {
    /// The smallest gap of all plans in whole units, one after the other.
    fn smallest(&self) -> f64 {
        let mut smallest = f64::INFINITY;
        let most = self.needs.iter().map(|need| need.ceil() as usize + 1);
        let plans: usize = most.clone().product();
        for plan in 0..plans {
            let (mut left, mut all, mut gap) = (plan, 0.0, 0.0);
            for (at, most) in most.clone().enumerate() {
                let units = (left % most) as f64;
                left /= most;
                all += units;
                let need = self.needs[at];
                // What is beyond the need has worn out as well by then.
                let later = need - self.served * units.min(need);
                gap += self.weights[at][0] * (need - units).max(0.0);
                gap += self.weights[at][1] * later;
            }
            if all <= self.money {
                smallest = smallest.min(gap);
            }
        }
        smallest
    }
}

fn optimum(program: &Program) -> f64 {
    let halt = Halt::default();
    match minimise(program, SolverChoice::Clarabel, Want::Multipliers, &halt) {
        Said::Optimal(point) => lower_bound(program, &point.multipliers.expect("wanted")),
        other => panic!("{other:?}"),
    }
}

#[test]
fn no_plan_in_whole_units_is_below_its_bound_which_is_tighter() {
    let (mut tighter, mut exact) = (0, 0);
    for seed in 0..300 {
        let drawn = drawn(&mut ChaCha8Rng::seed_from_u64(seed));
        let (divisible, smallest) = (optimum(&drawn.program), drawn.smallest());
        for lumped in [lump(&drawn.program), apart(&drawn.program)] {
            let bound = optimum(&in_steps(&drawn.program, &lumped, &drawn.steps));
            let near = 1e-6 * smallest.max(1.0);
            assert!(bound <= smallest + near, "seed {seed}: {bound} {smallest}");
            assert!(
                bound >= divisible - near,
                "seed {seed}: {bound} {divisible}"
            );
            tighter += usize::from(bound > divisible + near);
            exact += usize::from(bound >= smallest - near);
        }
    }
    assert!(tighter > 150 && exact > 300, "{tighter} {exact}");
}

/// The best that the branch and bound of HiGHS found in ten minutes, and what it proved (`benches/peers/README.md`).
const COUNTY: [f64; 2] = [614_878.0, 614_615.0];

#[test]
fn the_county_is_as_good_as_what_branch_and_bound_finds_in_ten_minutes() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/county");
    let case = read_case(&folder).case.expect("a sound case");
    let plan = solve(&case, &Options::default()).plan.expect("a plan");
    let [found, proven] = COUNTY;
    let certificate = &plan.certificate;
    assert!(
        certificate.planned <= found * 1.001,
        "{}",
        certificate.planned
    );
    // No plan goes below what is proven elsewhere, and none that was found below what is proven here.
    assert!(certificate.planned >= proven, "{}", certificate.planned);
    assert!(certificate.whole <= found, "{}", certificate.whole);
}
