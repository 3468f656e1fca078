//! What holds of every plan made by a rule, on generated cases.

use junheng::plan::{Options, solve};
use junheng::study::against::{Missing, NEAR, Theirs, against};

use super::common::{With, county};
use super::{scaled, smallest};

const SEEDS: std::ops::Range<u64> = 0..24;

fn variants(seed: u64) -> With {
    With {
        bands: seed % 3 == 1,
        enrolment: seed % 4 == 2,
        policies: seed % 2 == 1,
        terminal: [0.0, 3.0, 5.0][(seed % 3) as usize],
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
