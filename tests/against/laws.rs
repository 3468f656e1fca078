//! What holds of every plan made by a rule, on generated cases.

use junheng::plan::rule::{Rule, Rulebook, Rung};
use junheng::plan::{Options, solve, solved};
use junheng::study::against::{Missing, NEAR, Theirs, against};

use junheng::words::MeasureIx;

use super::common::{With, county};
use super::{scaled, smallest};

const SEEDS: std::ops::Range<u64> = 0..24;

fn variants(seed: u64) -> With {
    With {
        levers: false,
        ageing: false,
        ..With::mixed(seed)
    }
}

#[test]
fn no_rule_beats_the_optimum_or_breaks_a_rule() {
    let (mut made, mut near) = (0, 0);
    for seed in SEEDS {
        let case = county(seed, variants(seed));
        let found = match against(&case, Theirs::ProRata, &Options::default(), &|_| ()) {
            Ok(found) => found,
            Err(Missing::ProRata(why)) => {
                assert!(variants(seed).policies, "{seed}: {why:?}");
                continue;
            }
            Err(Missing::Plan(answer)) => panic!("{seed}: {:?}", answer.verdict),
        };
        made += 1;
        let plan = found.plan().expect("a plan");
        let bound = plan.certificate.bound;
        let floor = bound - 1e-6 * bound.abs().max(1.0);
        let theirs = &found.theirs;
        assert!(theirs.audit.passed(), "{seed}: {:?}", theirs.audit.breaches);
        assert!(theirs.outcome.gap_after >= floor, "{seed}");
        let rule = found.rule.as_ref().expect("a rule");
        assert!(
            rule.made.audit.passed(),
            "{seed}: {:?}",
            rule.made.audit.breaches
        );
        let gap = rule.made.outcome.gap_after;
        assert!(gap >= floor, "{seed}: {gap} below {bound}");
        near += usize::from(gap <= plan.outcome.gap_after * (1.0 + NEAR));
        let same = found.same_gap.as_ref().expect("money for the same gap");
        assert!(same.below <= same.least);
        if same.below > 0.0 {
            let least = smallest(&scaled(&case, same.below));
            assert!(least > theirs.outcome.gap_after, "{seed}: {least}");
        }
        if let Some((share, _)) = same.whole {
            let again = solve(&scaled(&case, share), &Options::default());
            let gap = again.plan.expect("a plan").outcome.gap_after;
            assert!(gap <= theirs.outcome.gap_after * (1.0 + 1e-8), "{seed}");
        }
    }
    assert!(made >= 16, "pro rata made {made} plans");
    assert!(near >= 8, "{near} rules came near");
}

/// README of the case: of 360, 296, 712, 608 and 440 books 81, 159, 0, 448 and 38 are lacking; of 4 kits each 3, 0, 2, 3 and 1.
/// Books up to 60 % of the standard: 40 for S2 (177.6 less 137) and 204 for S4 (364.8 less 160), 4,880 yuan. Of the 17,720
/// left eight kits can be bought, step by step: at 50 % S1 and S4 have two, at 75 % S1, S3 and S4 have three, at 100 % those
/// come first in the file that are left; then there is no money for that of S5. Nothing is bought for the largest alone.
#[test]
fn a_ladder_is_climbed_line_by_line_and_the_lowest_first() {
    let folder = std::path::Path::new(super::FIVE);
    let case = junheng::read::read_case(folder).case.expect("a case");
    let basis = solved(&case, &Options::default()).basis.expect("a plan");
    let book = Rulebook::of(&case, &basis);
    let line = |measure: usize, pupils, mark| Rung {
        measure: MeasureIx::new(measure),
        stage: None,
        area: None,
        pupils,
        mark,
    };
    let made = |ladder: Vec<Rung>| {
        let made = book.plan(&Rule::Ladder(ladder)).expect("a plan");
        assert!(made.audit.passed());
        let rows = made.rows.iter();
        let rows = rows.map(|row| {
            let school = case.schools[row.school].id.clone();
            (school, row.measure.at(), row.units)
        });
        let mut rows: Vec<(String, usize, f64)> = rows.collect();
        rows.sort_by(|one, other| (one.1, &one.0).cmp(&(other.1, &other.0)));
        rows
    };
    let expect = |rows: &[(&str, usize, f64)]| -> Vec<(String, usize, f64)> {
        let own = rows
            .iter()
            .map(|(school, measure, units)| (school.to_string(), *measure, *units));
        own.collect()
    };
    assert_eq!(
        made(vec![line(0, 0, 0.6), line(1, 0, 1.0)]),
        expect(&[
            ("S2", 0, 40.0),
            ("S4", 0, 204.0),
            ("S1", 1, 3.0),
            ("S3", 1, 2.0),
            ("S4", 1, 3.0),
        ])
    );
    // From 76 pupils on: S3 and S4. Five kits are 10,000 yuan, 630 books the rest; the lowest attained get them first.
    let rows = made(vec![line(1, 76, 1.0), line(0, 0, 1.0)]);
    let kits: Vec<_> = rows.iter().filter(|row| row.1 == 1).cloned().collect();
    assert_eq!(kits, expect(&[("S3", 1, 2.0), ("S4", 1, 3.0)]));
    let books: f64 = rows.iter().filter(|row| row.1 == 0).map(|row| row.2).sum();
    assert_eq!(books, 630.0);
    // The other way round the first line takes what it needs, and the second what is left.
    let rows = made(vec![line(0, 0, 1.0), line(1, 0, 1.0)]);
    let books: f64 = rows.iter().filter(|row| row.1 == 0).map(|row| row.2).sum();
    assert_eq!(books, 726.0);
    let outside = book.outside(
        &[line(0, 0, 1.0)],
        &book.plan(&Rule::ProRata).expect("a plan").rows,
    );
    assert!(
        (outside - 10_000.0 / 22_600.0).abs() < 1e-9,
        "kits alone are outside: {outside}"
    );
}
