//! Whether a section is up to standard: the three shapes of rule that provinces and the ministry use.

use super::level::Level;
use crate::case::Compliance;
use crate::words::tolerance;

/// An indicator the standard asks of a section.
#[derive(Clone, Copy, Debug)]
pub(super) struct Asked {
    /// Its position among the resources.
    pub resource: usize,
    /// Whether it counts for rules that count indicators.
    pub indicator: bool,
    /// Level over norm; `None` when the stock is unknown.
    pub ratio: Option<f64>,
}

impl Level {
    /// Whether the norm is met.
    pub fn met(&self) -> Option<bool> {
        self.ratio.map(reaches_norm)
    }
}

fn reaches_norm(ratio: f64) -> bool {
    reaches(ratio, 1.0)
}

fn reaches(ratio: f64, share: f64) -> bool {
    ratio >= share * (1.0 - tolerance::AUDIT)
}

/// Whether a section passes. `None` when unknown stocks decide: it passes if they are ample and fails if they are nil.
pub(super) fn passes(rule: &Compliance, asked: &[Asked]) -> Option<bool> {
    let at_best = passes_with(rule, asked, f64::INFINITY);
    let at_worst = passes_with(rule, asked, 0.0);
    (at_best == at_worst).then_some(at_best)
}

fn passes_with(rule: &Compliance, asked: &[Asked], unknown: f64) -> bool {
    let ratio = |one: &Asked| one.ratio.unwrap_or(unknown);
    let mut indicators = asked.iter().filter(|one| one.indicator);
    match rule {
        Compliance::AtLeast { met, rest } => {
            let reached = indicators
                .clone()
                .filter(|one| reaches_norm(ratio(one)))
                .count();
            reached >= *met && indicators.all(|one| reaches(ratio(one), *rest))
        }
        Compliance::AtMostFailed(failed) => {
            indicators.filter(|one| !reaches_norm(ratio(one))).count() <= *failed
        }
        Compliance::All(core) => asked
            .iter()
            .filter(|one| core.iter().any(|resource| resource.at() == one.resource))
            .all(|one| reaches_norm(ratio(one))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::ResourceIx;

    fn asked(ratios: &[Option<f64>]) -> Vec<Asked> {
        ratios
            .iter()
            .enumerate()
            .map(|(resource, &ratio)| Asked {
                resource,
                indicator: true,
                ratio,
            })
            .collect()
    }

    #[test]
    fn six_of_seven_and_the_rest_at_85_percent() {
        let rule = Compliance::AtLeast { met: 6, rest: 0.85 };
        let with = |last| {
            passes(
                &rule,
                &asked(&[
                    Some(1.0),
                    Some(1.2),
                    Some(3.0),
                    Some(1.0),
                    Some(1.0),
                    Some(1.0),
                    last,
                ]),
            )
        };
        assert_eq!(with(Some(0.85)), Some(true));
        assert_eq!(with(Some(0.849)), Some(false));
        assert_eq!(with(None), None, "an unknown stock decides");
        let two_short = [
            Some(1.0),
            Some(1.0),
            Some(1.0),
            Some(1.0),
            Some(1.0),
            Some(0.9),
            Some(0.9),
        ];
        assert_eq!(passes(&rule, &asked(&two_short)), Some(false));
    }

    #[test]
    fn at_most_two_failed() {
        let rule = Compliance::AtMostFailed(2);
        assert_eq!(
            passes(&rule, &asked(&[Some(0.1), Some(0.2), Some(1.0)])),
            Some(true)
        );
        assert_eq!(
            passes(&rule, &asked(&[Some(0.1), Some(0.2), Some(0.9)])),
            Some(false)
        );
        assert_eq!(passes(&rule, &asked(&[Some(0.1), Some(0.2), None])), None);
        assert_eq!(
            passes(&rule, &asked(&[None, Some(1.0), None])),
            Some(true),
            "whatever the unknown ones are"
        );
    }

    #[test]
    fn all_core_items() {
        let rule = Compliance::All(vec![ResourceIx::new(0), ResourceIx::new(2)]);
        assert_eq!(
            passes(&rule, &asked(&[Some(1.0), Some(0.0), Some(1.0)])),
            Some(true)
        );
        assert_eq!(
            passes(&rule, &asked(&[Some(1.0), Some(2.0), Some(0.99)])),
            Some(false)
        );
    }

    #[test]
    fn a_norm_met_up_to_rounding_is_met() {
        assert!(reaches_norm(1.0 - 1e-12));
        assert!(!reaches_norm(1.0 - 1e-6));
    }
}
