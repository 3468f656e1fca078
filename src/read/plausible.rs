//! What is plausible: thresholds as data, see `plausible.toml`.

use serde::Deserialize;

/// The thresholds shipped in the program.
#[derive(Deserialize, Debug)]
#[serde(deny_unknown_fields)]
pub(super) struct Plausible {
    /// Of schools.
    pub(super) school: SchoolThresholds,
    /// Of values far from the others of their column.
    pub(super) outlier: OutlierThresholds,
    /// Of costs and money against each other.
    pub(super) scale: ScaleThresholds,
    /// Of resources by their usual ids.
    resource: Vec<ResourceThresholds>,
}

/// Thresholds of schools.
#[derive(Deserialize, Debug)]
#[serde(deny_unknown_fields)]
pub(super) struct SchoolThresholds {
    /// Most pupils of a school.
    pub(super) pupils_max: f64,
    /// Most pupils of a class.
    pub(super) class_size_max: f64,
    /// Schools with fewer pupils are not looked at per pupil.
    pub(super) pupils_least: f64,
}

/// Thresholds of values far from the others of their column.
#[derive(Deserialize, Debug)]
#[serde(deny_unknown_fields)]
pub(super) struct OutlierThresholds {
    /// A value this many times the median stands out.
    pub(super) times_median: f64,
    /// With fewer schools none does.
    pub(super) schools_least: usize,
}

/// Thresholds of costs and money against each other.
#[derive(Deserialize, Debug)]
#[serde(deny_unknown_fields)]
pub(super) struct ScaleThresholds {
    /// Between the costs of bringing one pupil to standard by different measures.
    pub(super) cost_ratio: f64,
    /// Money over the cost of closing every gap, at most.
    pub(super) money_above_needs: f64,
    /// Money over the cost of closing every gap, at least.
    pub(super) money_below_needs: f64,
}

/// Thresholds of a resource.
#[derive(Deserialize, Debug)]
#[serde(deny_unknown_fields)]
pub(super) struct ResourceThresholds {
    id: String,
    /// Most units per pupil.
    pub(super) per_pupil_max: f64,
    /// Whether no school works without any.
    #[serde(default)]
    pub(super) never_zero: bool,
}

impl Plausible {
    /// The thresholds shipped in the program.
    pub(super) fn shipped() -> Plausible {
        // The file is part of the program and a test reads it; without it nothing would be implausible.
        toml::from_str(include_str!("plausible.toml")).unwrap_or(Plausible::ANYTHING)
    }

    const ANYTHING: Plausible = Plausible {
        school: SchoolThresholds {
            pupils_max: f64::INFINITY,
            class_size_max: f64::INFINITY,
            pupils_least: 0.0,
        },
        outlier: OutlierThresholds {
            times_median: f64::INFINITY,
            schools_least: usize::MAX,
        },
        scale: ScaleThresholds {
            cost_ratio: f64::INFINITY,
            money_above_needs: f64::INFINITY,
            money_below_needs: 0.0,
        },
        resource: Vec::new(),
    };

    /// The thresholds of a resource, by its id.
    pub(super) fn resource(&self, id: &str) -> Option<&ResourceThresholds> {
        self.resource.iter().find(|one| one.id == id)
    }
}

/// The middle value, the lower of two; `None` of nothing.
pub(super) fn median(values: impl IntoIterator<Item = f64>) -> Option<f64> {
    let mut sorted: Vec<f64> = values.into_iter().collect();
    sorted.sort_by(f64::total_cmp);
    sorted.get(sorted.len().saturating_sub(1) / 2).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shipped_thresholds_can_be_read() {
        let shipped: Plausible =
            toml::from_str(include_str!("plausible.toml")).expect("readable thresholds");
        assert_eq!(
            shipped.resource("computers").map(|one| one.per_pupil_max),
            Some(3.0)
        );
    }

    #[test]
    fn the_median_is_one_of_the_values() {
        assert_eq!(median([3.0, 1.0, 2.0]), Some(2.0));
        assert_eq!(median([4.0, 1.0]), Some(1.0));
        assert_eq!(median([]), None);
    }
}
