//! Needs: what each school has and should have of each resource, and the shortfall columns.
//!
//! short + Σ brought − Σ taken ≥ u in each period, u = R − S signed. The bound short ≤ max(u, 0) is the rule that no
//! school falls below its course without the plan; where the rule is off, short may reach R.

use super::{ColKey, Formulated};
use crate::case::required::banded;
use crate::case::{Band, Case, Service};
use crate::words::{ResourceIx, SchoolIx, YearIx};

/// A school's signed distance to the standard in each period.
pub(super) struct Need {
    pub(super) school: SchoolIx,
    pub(super) resource: ResourceIx,
    /// R; 0 in a period without requirement.
    pub(super) required: Vec<f64>,
    /// u = R − S, S with what the closed years have brought.
    pub(super) missing: Vec<f64>,
    /// What the closed years have brought; empty for nothing.
    base: Vec<f64>,
    /// From which year on units are welcome beyond the need, so that differences among schools become smaller; and how many.
    lift: Option<(YearIx, f64)>,
}

impl Need {
    pub(super) fn of(
        case: &Case,
        school: SchoolIx,
        resource: ResourceIx,
        base: Option<&Vec<f64>>,
    ) -> Option<Need> {
        let first = case.stock_in(school, resource, YearIx::new(0))?;
        let asked: Vec<Option<f64>> = case
            .horizon
            .periods()
            .map(|p| case.required(school, resource, p))
            .collect();
        if asked.iter().all(Option::is_none) {
            return None;
        }
        let required: Vec<f64> = asked
            .into_iter()
            .map(|units| units.unwrap_or(0.0))
            .collect();
        let base = base.cloned().unwrap_or_default();
        let without = |at| {
            case.stock_in(school, resource, YearIx::new(at))
                .unwrap_or(first)
        };
        let stock =
            (0..required.len()).map(|at| without(at) + base.get(at).copied().unwrap_or(0.0));
        let missing = required.iter().zip(stock);
        Some(Need {
            school,
            resource,
            missing: missing.map(|(units, stock)| units - stock).collect(),
            required,
            base,
            lift: None,
        })
    }

    /// The same with units welcome beyond the need from a year on.
    pub(super) fn lifted(self, from: Option<YearIx>, units: f64) -> Need {
        Need {
            lift: from.filter(|_| units > 0.0).map(|from| (from, units)),
            ..self
        }
    }

    /// Units that are welcome in some year, need or not.
    pub(super) fn lift(&self) -> f64 {
        self.lift.map_or(0.0, |(_, units)| units)
    }

    /// Units that are welcome while something serves: the largest shortfall, or what makes differences smaller.
    pub(super) fn welcome(&self, service: &Service) -> f64 {
        let lift = self.lift.filter(|(from, _)| {
            let mut periods = service.clone();
            periods.any(|period| period >= from.at())
        });
        let deepest = self.deepest(service.clone());
        lift.map_or(deepest, |(_, units)| deepest.max(units))
    }

    /// What there is in a period, with what the closed years have brought.
    pub(super) fn stock(&self, period: usize) -> f64 {
        self.required[period] - self.missing[period]
    }

    /// What the closed years have brought that serves in a period; negative where more was taken.
    pub(super) fn base(&self, period: usize) -> f64 {
        self.base.get(period).copied().unwrap_or(0.0)
    }

    /// The largest shortfall over some periods, 0 when there is none.
    pub(super) fn deepest(&self, periods: impl Iterator<Item = usize>) -> f64 {
        periods
            .map(|period| self.missing[period])
            .fold(0.0, f64::max)
    }

    /// The surplus that is there in all of some periods, 0 when there is none.
    pub(super) fn spare(&self, periods: impl Iterator<Item = usize>) -> f64 {
        let most = periods
            .map(|period| self.missing[period])
            .fold(f64::NEG_INFINITY, f64::max);
        (-most).max(0.0)
    }
}

pub(super) fn untouched_gap(
    form: &Formulated,
    case: &Case,
    bands: &[Band],
    need: &Need,
    period: YearIx,
) -> f64 {
    let (short, required) = (need.missing[period.at()], need.required[period.at()]);
    if short <= 0.0 {
        return 0.0;
    }
    unit_gap(form, case, need, period) * banded(bands, short, required)
}

/// What one unit short for the whole period counts for.
fn unit_gap(form: &Formulated, case: &Case, need: &Need, period: YearIx) -> f64 {
    let required = need.required[period.at()];
    if required == 0.0 {
        return 0.0;
    }
    let tilt = form.reach.tilt(need.school);
    case.gap_per_unit_of(need.school, need.resource, period, required, tilt)
        * case.horizon.duration(period)
}

/// Shortfall columns of a period, one a severity band; from the standard downwards they are filled in order because
/// a lower band never weighs less. Their coefficients in the need row are 1.
pub(super) fn add_shorts(
    form: &mut Formulated,
    case: &Case,
    bands: &[Band],
    need: &Need,
    period: YearIx,
) -> Vec<(usize, f64)> {
    let required = need.required[period.at()];
    let mut left = if case.no_school_below_today {
        need.missing[period.at()].max(0.0)
    } else {
        required
    };
    let unit = unit_gap(form, case, need, period);
    let mut entries = Vec::new();
    for (at, band) in bands.iter().enumerate().rev() {
        let floor = if at == 0 { 0.0 } else { bands[at - 1].below };
        // Stock can never be negative, so the lowest band ends at an empty school.
        let width = left.min((band.below - floor) * required);
        if width > 0.0 {
            let key = ColKey::Short {
                school: need.school,
                resource: need.resource,
                period,
                band: at,
            };
            entries.push((form.add_col(key, 0.0, width, unit * band.weight), 1.0));
            left -= width;
        }
    }
    entries
}
