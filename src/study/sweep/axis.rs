//! What a sweep varies, and over which values.

use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

use crate::case::{Case, Change, Overlay, Scope, Section};
use crate::words::{FundIx, MeasureIx, ResourceIx};

/// What is varied.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Lever {
    /// The money of a fund, of all when `None`, in every year: times a factor.
    Funds(Option<FundIx>),
    /// The pupils of a section, of both when `None`, in every plan year: times a factor.
    Enrolment(Option<Section>),
    /// The price of a measure, of all when `None`: times a factor.
    Cost(Option<MeasureIx>),
    /// The weight of a resource in the gap index: times a factor.
    Weight(ResourceIx),
    /// The length of the terminal period, in years.
    Terminal,
}

impl Lever {
    /// Whether this changes nothing but how much money there is, so that a program built once can be asked again.
    pub fn is_money(self) -> bool {
        matches!(self, Lever::Funds(_))
    }

    /// The change that puts this at a value.
    fn change(self, case: &Case, value: f64) -> Change {
        match self {
            Lever::Funds(fund) => Change::Fund {
                fund,
                factor: value,
            },
            Lever::Enrolment(section) => Change::Enrolment {
                section,
                factors: vec![value; case.horizon.years],
            },
            Lever::Cost(measure) => Change::Cost {
                scope: Scope {
                    measures: measure.into_iter().collect(),
                    ..Scope::default()
                },
                factor: value,
            },
            Lever::Weight(resource) => Change::Weight {
                resource,
                weight: case.resources[resource].weight * value,
            },
            Lever::Terminal => Change::Terminal(value),
        }
    }
}

/// A range in which a number is uncertain.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Range {
    /// Its least …
    pub low: f64,
    /// … and its most.
    pub high: f64,
    /// The most likely number, if one is more likely than others: the density is then a triangle, else it is even.
    pub mode: Option<f64>,
}

impl Range {
    /// The number below which this part of the draws falls: the inverse of the distribution function.
    fn at(&self, part: f64) -> f64 {
        let (low, width) = (self.low, self.high - self.low);
        let Some(mode) = self.mode.filter(|_| width > 0.0) else {
            return low + part * width;
        };
        let rising = (mode - low) / width;
        if part < rising {
            low + width * (part * rising).sqrt()
        } else {
            self.high - width * ((1.0 - part) * (1.0 - rising)).sqrt()
        }
    }
}

/// The values of an axis.
#[derive(Clone, Debug)]
pub enum Values {
    /// Each of these.
    Listed(Lever, Vec<f64>),
    /// One from this range in each draw.
    Drawn(Lever, Range),
    /// Each of these scenarios; without changes: the case as it stands.
    Scenarios(Vec<Overlay>),
}

/// One thing that a sweep varies.
#[derive(Clone, Debug)]
pub struct Axis {
    /// How the planner wrote it, before the equals sign.
    pub key: String,
    /// Over which values.
    pub values: Values,
}

/// Where a point lies on an axis.
#[derive(Clone, PartialEq, Debug)]
pub enum Value {
    /// At this number.
    Number(f64),
    /// In the scenario of this name.
    Scenario(String),
}

impl Axis {
    /// Over how many listed values it goes; `None` for one that is drawn.
    pub fn listed(&self) -> Option<usize> {
        match &self.values {
            Values::Listed(_, values) => Some(values.len()),
            Values::Scenarios(overlays) => Some(overlays.len()),
            Values::Drawn(..) => None,
        }
    }

    /// Whether two axes vary the same thing; scenarios can be put upon one another.
    pub fn varies_as(&self, other: &Axis) -> bool {
        self.lever().is_some() && self.lever() == other.lever()
    }

    /// What it varies; `None` for scenarios.
    fn lever(&self) -> Option<Lever> {
        match self.values {
            Values::Listed(lever, _) | Values::Drawn(lever, _) => Some(lever),
            Values::Scenarios(_) => None,
        }
    }

    /// Whether it changes nothing but how much money there is.
    pub fn is_money(&self) -> bool {
        self.lever().is_some_and(Lever::is_money)
    }

    /// The value at a place of the list.
    pub(super) fn listed_value(&self, at: usize) -> Value {
        match &self.values {
            Values::Listed(_, values) => Value::Number(values[at]),
            Values::Scenarios(overlays) => Value::Scenario(overlays[at].name.clone()),
            Values::Drawn(_, range) => Value::Number(range.at(0.5)),
        }
    }

    /// The value that a part of 1 stands for that was drawn.
    pub(super) fn drawn_value(&self, part: f64) -> Value {
        match &self.values {
            Values::Drawn(_, range) => Value::Number(range.at(part)),
            _ => self.listed_value(0),
        }
    }

    /// What the scenario at a value changes; nothing where the axis is not of scenarios.
    pub(super) fn scenario_changes(&self, value: &Value) -> &[Change] {
        match (&self.values, value) {
            (Values::Scenarios(overlays), Value::Scenario(name)) => overlays
                .iter()
                .find(|overlay| overlay.name == *name)
                .map_or(&[], |overlay| overlay.changes.as_slice()),
            _ => &[],
        }
    }

    /// Puts a case at a value; does nothing where the axis is of scenarios.
    pub(super) fn put(&self, case: &mut Case, value: &Value) {
        if let (Values::Listed(lever, _) | Values::Drawn(lever, _), Value::Number(number)) =
            (&self.values, value)
        {
            lever.change(case, *number).apply(case);
        }
    }
}

/// What one draw draws for so many axes: parts of 1, the same for the same seed whatever else is drawn.
pub(super) fn drawn(seed: u64, draw: usize, axes: usize) -> Vec<f64> {
    let mut random = ChaCha8Rng::seed_from_u64(seed);
    random.set_stream(draw as u64);
    (0..axes).map(|_| random.random::<f64>()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn draws_fill_their_range_as_stated() {
        let even = Range {
            low: 0.9,
            high: 1.3,
            mode: None,
        };
        let peaked = Range {
            mode: Some(1.0),
            ..even
        };
        for (range, mean) in [(even, 1.1), (peaked, (0.9 + 1.0 + 1.3) / 3.0)] {
            let values: Vec<f64> = (0..4000)
                .map(|draw| range.at(drawn(7, draw, 1)[0]))
                .collect();
            assert!(values.iter().all(|value| (0.9..=1.3).contains(value)));
            let found = values.iter().sum::<f64>() / values.len() as f64;
            assert!((found - mean).abs() < 0.006, "{found} {mean}");
        }
        assert_eq!((peaked.at(0.0), peaked.at(1.0)), (0.9, 1.3));
        assert!(
            (peaked.at(0.25) - 1.0).abs() < 1e-12,
            "a quarter lies below the mode"
        );
    }

    #[test]
    fn a_draw_is_the_same_wherever_it_stands() {
        assert_eq!(drawn(1, 5, 2), drawn(1, 5, 2));
        assert_eq!(drawn(1, 5, 1)[0], drawn(1, 5, 2)[0]);
        assert_ne!(drawn(1, 5, 1), drawn(1, 6, 1));
        assert_ne!(drawn(1, 5, 1), drawn(2, 5, 1));
    }
}
