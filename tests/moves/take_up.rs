//! What a plan comes to when only part of its moves happens.

use junheng::plan::moves::moves;
use junheng::plan::{Move, Options, Outcome, TakeUp, solve};
use junheng::words::*;
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

use super::{ROTATE, located, random_rows, row};

#[test]
fn what_does_not_happen_is_taken_out_on_both_sides() {
    for seed in 0..60 {
        let case = located(seed);
        let rng = &mut ChaCha8Rng::seed_from_u64(seed);
        let rows = random_rows(&case, rng);
        let list = moves(&case, &rows).list;
        let planned: f64 = list.iter().map(|one| one.units).sum();
        let share = f64::from(rng.random_range(0..=20)) / 20.0;
        let part = TakeUp::of(&case, &rows, share);
        assert_eq!(part.planned, planned);
        assert_eq!(part.moving, (share * planned + 1e-6).floor());
        // Rows made anew from the moves that stay, each year losing the end of its list only.
        let mut rest = Vec::new();
        let mut before = (0.0, 0.0);
        for year in list.chunk_by(|one, next| one.year == next.year) {
            before.0 += year.iter().map(|one| one.units).sum::<f64>();
            let kept = (share * before.0 + 1e-6).floor();
            let mut left = kept - before.1;
            before.1 = kept;
            for one in year {
                let units = one.units.min(left);
                left -= units;
                rest.push(row(one.from.at(), one.year.at(), -units));
                rest.push(row(one.to.at(), one.year.at(), units));
            }
        }
        assert_eq!(part.outcome.gap_after, Outcome::new(&case, &rest).gap_after);
        let all = TakeUp::of(&case, &rows, 1.0);
        assert_eq!(all.outcome.gap_after, Outcome::new(&case, &rows).gap_after);
        assert_eq!((all.moving, all.unpaid), (planned, Money::ZERO));
        let none = TakeUp::of(&case, &rows, 0.0);
        assert_eq!(none.outcome.gap_after, none.outcome.gap_before);
        let rotation = MeasureIx::new(ROTATE);
        let years = |one: &Move| {
            let paid = case.paid(rotation, one.year);
            paid.filter(|&year| year < case.horizon.years).count() as f64
        };
        let allowances = list
            .iter()
            .map(|one| 6_000.0 * years(one) * one.units)
            .sum();
        assert_eq!(none.unpaid, Money::from_main(allowances));
    }
}

#[test]
fn a_plan_does_not_depend_on_the_part_of_its_moves_asked_about() {
    let mut asked_about = 0;
    for seed in 0..10 {
        let case = located(seed);
        let with = Options {
            take_up: Some(0.5),
            ..Options::default()
        };
        let [plain, with] = [Options::default(), with].map(|how| solve(&case, &how).plan);
        let (plain, with) = (plain.expect("a plan"), with.expect("a plan"));
        assert_eq!(plain.rows, with.rows);
        assert!(plain.take_up.is_none());
        let part = with.take_up.expect("asked for");
        let own = TakeUp::of(&case, &with.rows, 0.5);
        assert_eq!(part.outcome.gap_after, own.outcome.gap_after);
        asked_about += usize::from(part.planned > part.moving);
    }
    assert!(asked_about > 3, "{asked_about}");
}
