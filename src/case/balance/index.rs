//! How unevenly levels are spread: an index over weighted schools, and the tangent that bounds it from below.

use crate::words::sum::sum;

/// A measure of differences among schools, relative to the mean and without unit.
///
/// Each is N(X) / X̄ with a numerator N that is convex and grows in proportion with the levels. So "at most κ" is the convex
/// set N(X) ≤ κ·X̄, and a tangent of N bounds it from outside.
#[derive(
    Clone, Copy, PartialEq, Eq, Debug, serde::Serialize, serde::Deserialize, schemars::JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum Index {
    /// Coefficient of variation √(Σ wᵢ(Xᵢ − X̄)²) / X̄ (差异系数; 教督〔2012〕3号).
    Cv,
    /// Gini coefficient ½ Σᵢ Σⱼ wᵢwⱼ|Xᵢ − Xⱼ| / X̄ (基尼系数; Gini 1912).
    Gini,
    /// Relative mean deviation Σ wᵢ|Xᵢ − X̄| / X̄ (平均差系数).
    MeanDeviation,
}

impl Index {
    /// The name in Chinese and English.
    pub fn name(self) -> (&'static str, &'static str) {
        match self {
            Index::Cv => ("差异系数", "coefficient of variation"),
            Index::Gini => ("基尼系数", "Gini coefficient"),
            Index::MeanDeviation => ("平均差系数", "relative mean deviation"),
        }
    }

    /// The index of (weight, level) pairs, whose weights add up to 1. `None` where the mean is not above 0.
    pub fn of(self, levels: &[(f64, f64)]) -> Option<f64> {
        let mean = mean(levels);
        (mean > 0.0).then(|| self.numerator(levels) / mean)
    }

    /// The numerator N, in the unit of the level.
    pub fn numerator(self, levels: &[(f64, f64)]) -> f64 {
        let mean = mean(levels);
        match self {
            Index::Cv => {
                let square = |(w, x): &(f64, f64)| w * (x - mean) * (x - mean);
                sum(levels.iter().map(square)).sqrt()
            }
            Index::Gini => {
                // With Bᵢ the weight of those below i and Aᵢ of those above: Σ wᵢ Xᵢ (Bᵢ − Aᵢ).
                let slopes = self.slopes(levels);
                sum(slopes.iter().zip(levels).map(|(slope, (_, x))| slope * x))
            }
            Index::MeanDeviation => sum(levels.iter().map(|(w, x)| w * (x - mean).abs())),
        }
    }

    /// A subgradient g of N at these levels: N(Y) ≥ Σ gᵢYᵢ for every Y, with equality here. All 0 where no levels differ.
    pub fn slopes(self, levels: &[(f64, f64)]) -> Vec<f64> {
        let mean = mean(levels);
        match self {
            Index::Cv => {
                let n = self.numerator(levels);
                let slope = |(w, x): &(f64, f64)| if n > 0.0 { w * (x - mean) / n } else { 0.0 };
                levels.iter().map(slope).collect()
            }
            Index::Gini => {
                let mut order: Vec<usize> = (0..levels.len()).collect();
                order.sort_by(|&a, &b| levels[a].1.total_cmp(&levels[b].1).then(a.cmp(&b)));
                let all = sum(levels.iter().map(|(w, _)| *w));
                let mut slopes = vec![0.0; levels.len()];
                let (mut below, mut at) = (0.0, 0);
                while at < order.len() {
                    let level = levels[order[at]].1;
                    let same = order[at..].iter().take_while(|&&i| levels[i].1 == level);
                    let same: Vec<usize> = same.copied().collect();
                    let here = sum(same.iter().map(|&i| levels[i].0));
                    for &i in &same {
                        slopes[i] = levels[i].0 * (below - (all - below - here));
                    }
                    below += here;
                    at += same.len();
                }
                slopes
            }
            Index::MeanDeviation => {
                let sign = |x: f64| match x.total_cmp(&mean) {
                    std::cmp::Ordering::Less => -1.0,
                    std::cmp::Ordering::Equal => 0.0,
                    std::cmp::Ordering::Greater => 1.0,
                };
                let turn = sum(levels.iter().map(|(w, x)| w * sign(*x)));
                let slope = |(w, x): &(f64, f64)| w * (sign(*x) - turn);
                levels.iter().map(slope).collect()
            }
        }
    }
}

fn mean(levels: &[(f64, f64)]) -> f64 {
    sum(levels.iter().map(|(w, x)| w * x))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::case::balance::spread;

    const ALL: [Index; 3] = [Index::Cv, Index::Gini, Index::MeanDeviation];

    fn shares(schools: &[(f64, f64)]) -> Vec<(f64, f64)> {
        let all: f64 = schools.iter().map(|one| one.0).sum();
        schools.iter().map(|(p, x)| (p / all, *x)).collect()
    }

    #[test]
    fn the_worked_example() {
        let schools = [
            (45.0, 279.0),
            (37.0, 137.0),
            (89.0, 935.0),
            (76.0, 160.0),
            (55.0, 402.0),
        ];
        let levels = shares(&schools.map(|(pupils, books)| (pupils, books / pupils)));
        assert_eq!(format!("{:.5}", Index::Cv.of(&levels).unwrap()), "0.51526");
    }

    #[test]
    fn two_halves_by_hand() {
        // Half have 1 and half 3: X̄ = 2, S = 1, ½·2·¼·2 = 0.5, Σ w|X − X̄| = 1.
        let levels = [(0.5, 1.0), (0.5, 3.0)];
        let found = ALL.map(|index| index.of(&levels).unwrap());
        assert_eq!(found, [0.5, 0.25, 0.5]);
        assert_eq!(Index::Cv.of(&[(1.0, 0.0)]), None);
    }

    fn schools() -> impl Strategy<Value = Vec<(f64, f64)>> {
        prop::collection::vec((1.0..900.0_f64, 0.0..50.0_f64), 2..25)
    }

    proptest! {
        #[test]
        fn as_their_definitions_say(schools in schools()) {
            let levels = shares(&schools);
            prop_assume!(schools.iter().any(|one| one.1 > 0.01));
            let pairs = levels.iter().flat_map(|a| levels.iter().map(move |b| a.0 * b.0 * (a.1 - b.1).abs()));
            let gini = pairs.sum::<f64>() / 2.0 / mean(&levels);
            prop_assert!((Index::Gini.of(&levels).unwrap() - gini).abs() < 1e-9);
            let official = spread(&schools).unwrap().cv.unwrap();
            prop_assert!((Index::Cv.of(&levels).unwrap() - official).abs() < 1e-9);
        }

        #[test]
        fn a_tangent_touches_here_and_lies_below_everywhere(schools in schools(), other in prop::collection::vec(0.0..50.0_f64, 25)) {
            let here = shares(&schools);
            let there: Vec<_> = here.iter().zip(&other).map(|((w, _), x)| (*w, *x)).collect();
            for index in ALL {
                let slopes = index.slopes(&here);
                let value = |levels: &[(f64, f64)]| slopes.iter().zip(levels).map(|(g, (_, x))| g * x).sum::<f64>();
                prop_assert!((value(&here) - index.numerator(&here)).abs() < 1e-9);
                prop_assert!(value(&there) <= index.numerator(&there) + 1e-9);
            }
        }
    }
}
