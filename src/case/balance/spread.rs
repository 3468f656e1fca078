//! Mean, standard deviation and coefficient of variation, weighted by pupils (差异系数).

use crate::words::sum::sum;

/// How a level is spread over pupils.
#[derive(Clone, Copy, PartialEq, Debug, serde::Serialize)]
pub struct Spread {
    /// Pupil-weighted mean X̄ = Σ PᵢXᵢ / Σ Pᵢ, in the unit of the level.
    pub mean: f64,
    /// Pupil-weighted population standard deviation S = √(Σ Pᵢ(Xᵢ − X̄)² / Σ Pᵢ), in the unit of the level.
    pub sd: f64,
    /// Coefficient of variation S / X̄, without unit; `None` where the mean is not above 0.
    pub cv: Option<f64>,
}

/// The spread of (pupils, level) pairs by the official form (教督〔2012〕3号, kept by 教督〔2017〕6号): weighted by
/// pupils, population and not sample. `None` when there are no pupils.
pub fn spread(levels: &[(f64, f64)]) -> Option<Spread> {
    let pupils = sum(levels.iter().map(|(pupils, _)| *pupils));
    if pupils <= 0.0 {
        return None;
    }
    let mean = sum(levels.iter().map(|(pupils, level)| pupils * level)) / pupils;
    let variance = sum(levels
        .iter()
        .map(|(pupils, level)| pupils * (level - mean) * (level - mean)))
        / pupils;
    let sd = variance.sqrt();
    Some(Spread {
        mean,
        sd,
        cv: (mean > 0.0).then(|| sd / mean),
    })
}

/// The plain mean of coefficients of variation, the composite of 教督〔2012〕3号. `None` of an empty list.
pub fn composite(coefficients: &[f64]) -> Option<f64> {
    (!coefficients.is_empty())
        .then(|| sum(coefficients.iter().copied()) / coefficients.len() as f64)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Tables with their sources: `tests/data/README.md`.
    const EXAMPLE: &str = include_str!("../../../tests/data/cv_worked_example_5schools.csv");
    const COUNTIES: &str =
        include_str!("../../../tests/data/basic_balance_2012rule_8ind_county_means_cv.csv");

    fn numbers(line: &str, skip: usize) -> Vec<f64> {
        line.split(',')
            .skip(skip)
            .map_while(|cell| cell.parse().ok())
            .collect()
    }

    #[test]
    fn the_published_example_is_met_to_its_last_digit() {
        let schools: Vec<(f64, f64)> = EXAMPLE
            .lines()
            .skip(1)
            .map(|line| numbers(line, 1))
            .map(|cells| (cells[0], cells[1] / cells[0]))
            .collect();
        let found = spread(&schools).unwrap();
        assert_eq!(format!("{:.4}", found.mean), "6.3344");
        assert_eq!(format!("{:.4}", found.sd), "3.2639");
        assert_eq!(format!("{:.5}", found.cv.unwrap()), "0.51526");
    }

    #[test]
    fn every_published_composite_is_the_mean_of_its_eight_coefficients() {
        let rows: Vec<Vec<f64>> = COUNTIES
            .lines()
            .skip(1)
            .map(|line| numbers(line, 3))
            .collect();
        assert_eq!(rows.len(), 23);
        for row in rows {
            let found = composite(&row[8..16]).unwrap();
            // Both sides are printed with three digits.
            assert!(
                (found - row[16]).abs() < 1e-3,
                "{found} against {}",
                row[16]
            );
        }
    }

    #[test]
    fn nobody_has_no_spread_and_nothing_has_no_coefficient() {
        assert_eq!(spread(&[]), None);
        assert_eq!(spread(&[(0.0, 4.0)]), None);
        assert_eq!(spread(&[(3.0, 0.0), (2.0, 0.0)]).unwrap().cv, None);
        assert_eq!(composite(&[]), None);
    }

    fn schools() -> impl Strategy<Value = Vec<(f64, f64)>> {
        prop::collection::vec((1.0..3000.0_f64, 0.001..5000.0_f64), 1..40)
    }

    fn close(a: f64, b: f64) -> bool {
        (a - b).abs() <= 1e-9 * a.abs().max(b.abs()).max(1e-3)
    }

    proptest! {
        #[test]
        fn the_coefficient_has_no_unit(schools in schools(), factor in 1e-3..1e3_f64) {
            let scaled: Vec<_> = schools.iter().map(|(pupils, level)| (*pupils, level * factor)).collect();
            let (one, other) = (spread(&schools).unwrap(), spread(&scaled).unwrap());
            prop_assert!(close(one.cv.unwrap(), other.cv.unwrap()));
            prop_assert!(close(one.mean * factor, other.mean));
        }

        #[test]
        fn the_order_of_schools_does_not_matter(schools in schools(), turn in 0..40_usize) {
            let mut turned = schools.clone();
            turned.rotate_left(turn % schools.len());
            turned.reverse();
            let (one, other) = (spread(&schools).unwrap(), spread(&turned).unwrap());
            prop_assert!(close(one.cv.unwrap(), other.cv.unwrap()));
        }

        #[test]
        fn equal_schools_do_not_differ(pupils in prop::collection::vec(1.0..3000.0_f64, 1..40), level in 0.01..5000.0_f64) {
            let equal: Vec<_> = pupils.into_iter().map(|pupils| (pupils, level)).collect();
            prop_assert!(spread(&equal).unwrap().cv.unwrap() < 1e-12);
        }

        #[test]
        fn a_school_counts_as_its_pupils(schools in schools(), split in 0.1..0.9_f64) {
            let (pupils, level) = schools[0];
            let mut halves = schools.clone();
            halves[0].0 = pupils * split;
            halves.push((pupils * (1.0 - split), level));
            prop_assert!(close(spread(&schools).unwrap().cv.unwrap(), spread(&halves).unwrap().cv.unwrap()));
        }
    }
}
