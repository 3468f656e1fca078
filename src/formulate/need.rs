//! Needs: one block of rows and columns per school and resource.
//!
//! short + Σ brought − Σ taken ≥ u in each period, u = R − S signed. The bound short ≤ max(u, 0) is the rule that no
//! school falls below its course without the plan; where the rule is off, short may reach R.

use std::collections::BTreeMap;

use super::keep::{Kept, held};
use super::{ColKey, Decision, Formulated, RowKey, Units};
use crate::case::required::banded;
use crate::case::settled::settled_supply;
use crate::case::{Band, Base, Bound, Case, Lever, Rule, Service};
use crate::program::{Block, Sense};
use crate::words::{MeasureIx, PolicyIx, ResourceIx, SchoolIx, YearIx};

pub(super) fn add_blocks(form: &mut Formulated, case: &Case, kept: &[Kept], room: &Units) {
    let mut by_school: BTreeMap<SchoolIx, Vec<&Kept>> = BTreeMap::new();
    for row in kept {
        by_school.entry(row.school).or_default().push(row);
    }
    let bands = case.bands();
    let settled = settled_supply(case);
    for resource in case.resources.ids() {
        let measures: Vec<MeasureIx> = case
            .measures
            .ids()
            .filter(|&m| case.measures[m].resource == resource)
            .collect();
        for school in case.schools.ids() {
            let kept = by_school.get(&school).map_or(&[][..], Vec::as_slice);
            let base = settled.get(&(school, resource));
            if let Some(need) = Need::of(case, school, resource, base) {
                add_block(form, case, &bands, &need, &measures, (kept, room));
            } else {
                add_held(form, case, school, &measures, kept);
                add_unneeded(form, case, school, &measures, room);
            }
        }
    }
}

/// A school's signed distance to the standard in each period.
struct Need {
    school: SchoolIx,
    resource: ResourceIx,
    /// R; 0 in a period without requirement.
    required: Vec<f64>,
    /// u = R − S, S with what the closed years have brought.
    missing: Vec<f64>,
    /// What the closed years have brought; empty for nothing.
    base: Vec<f64>,
}

impl Need {
    fn of(
        case: &Case,
        school: SchoolIx,
        resource: ResourceIx,
        base: Option<&Vec<f64>>,
    ) -> Option<Need> {
        let stock = case.schools[school].stock[resource.at()]?;
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
        let stock = (0..required.len()).map(|at| stock + base.get(at).copied().unwrap_or(0.0));
        let missing = required.iter().zip(stock);
        Some(Need {
            school,
            resource,
            missing: missing.map(|(units, stock)| units - stock).collect(),
            required,
            base,
        })
    }

    /// What the closed years have brought that serves in a period; negative where more was taken.
    fn base(&self, period: usize) -> f64 {
        self.base.get(period).copied().unwrap_or(0.0)
    }

    /// The largest shortfall over some periods, 0 when there is none.
    fn deepest(&self, periods: impl Iterator<Item = usize>) -> f64 {
        periods
            .map(|period| self.missing[period])
            .fold(0.0, f64::max)
    }

    /// The surplus that is there in all of some periods, 0 when there is none.
    fn spare(&self, periods: impl Iterator<Item = usize>) -> f64 {
        let most = periods
            .map(|period| self.missing[period])
            .fold(f64::NEG_INFINITY, f64::max);
        (-most).max(0.0)
    }
}

/// One column of a measure in a block: +1 brings, −1 takes.
struct Move {
    key: ColKey,
    sign: f64,
    lower: f64,
    upper: f64,
    /// The upper bound as it would be without more room than the need.
    wanted: f64,
    service: Service,
    /// Whether it is a thing, which may wear out, and not a post.
    lasts: bool,
}

fn add_block(
    form: &mut Formulated,
    case: &Case,
    bands: &[Band],
    need: &Need,
    measures: &[MeasureIx],
    (kept, room): (&[&Kept], &Units),
) {
    let moves = moves(form, case, need, measures, (kept, room));
    if moves.is_empty() {
        for period in case.horizon.periods() {
            form.fixed_gap[period.at()] += untouched_gap(form, case, bands, need, period);
        }
        return;
    }
    let (first_row, first_col) = (form.program.rows.len(), form.program.cols.len());
    let mut shorts: Vec<Vec<(usize, f64)>> = Vec::new();
    for period in case.horizon.periods() {
        shorts.push(add_shorts(form, case, bands, need, period));
    }
    let columns: Vec<usize> = moves
        .iter()
        .map(|m| form.add_col(m.key, m.lower, m.upper, 0.0))
        .collect();
    for (period, mut entries) in case.horizon.periods().zip(shorts) {
        let serving = moves
            .iter()
            .zip(&columns)
            .filter(|(m, _)| m.service.contains(period.at()));
        entries.extend(serving.map(|(m, &col)| (col, m.sign * m.service.share(period.at()))));
        if !entries.is_empty() {
            let key = RowKey::Need {
                school: need.school,
                resource: need.resource,
                period,
            };
            form.add_row(key, Sense::AtLeast, need.missing[period.at()], entries);
        }
    }
    add_ceilings(form, case, need, &moves, &columns);
    let (rows, cols) = (
        first_row..form.program.rows.len(),
        first_col..form.program.cols.len(),
    );
    form.program.blocks.push(Block { rows, cols });
}

/// What was bought and does not last is not bought anew while it is still in use: in no plan year does a school have
/// more of it than its largest need of the plan years. (Without this, the years after the plan would have computers
/// replaced at once in the last year.) Posts do not wear out: a rotation that ends is no reason to replace anybody.
/// Not where a rule forces more than the need, nor around kept rows.
fn add_ceilings(
    form: &mut Formulated,
    case: &Case,
    need: &Need,
    moves: &[Move],
    columns: &[usize],
) {
    let without = |period: usize| need.missing[period] + need.base(period);
    let most = most_in_use(
        (0..case.horizon.years).map(without).fold(0.0, f64::max),
        case.resources[need.resource].step,
    );
    let last = case.horizon.period_count() - 1;
    let wears_out = |m: &Move| m.lasts && m.service.share(last) < 1.0;
    let free =
        |m: &Move| m.sign > 0.0 && m.lower < m.upper && m.wanted <= need.deepest(m.service.clone());
    if most <= 0.0 || !moves.iter().any(wears_out) || !moves.iter().all(free) {
        return;
    }
    for period in case.horizon.plan_years() {
        let serving = moves
            .iter()
            .zip(columns)
            .filter(|(m, _)| m.service.contains(period.at()));
        let entries: Vec<(usize, f64)> = serving.map(|(_, &col)| (col, 1.0)).collect();
        let base = need.base(period.at()).max(0.0);
        if entries.len() > usize::from(base == 0.0) {
            let (school, resource) = (need.school, need.resource);
            let most = (most - base).max(0.0);
            form.add_row(
                RowKey::Ceiling {
                    school,
                    resource,
                    period,
                },
                Sense::AtMost,
                most,
                entries,
            );
        }
    }
}

/// How much may be in use at once for a need: up to whole steps, since a plan in whole units may cover the last part of
/// a need, and the bound must hold for it. Where that is less than one part in a hundred, a hundredth more: so the limit
/// grows with the need, and large needs that differ only in size stay alike.
fn most_in_use(need: f64, step: f64) -> f64 {
    const LARGE: f64 = 100.0;
    if need >= LARGE * step {
        need * (1.0 + 1.0 / LARGE)
    } else {
        (need / step).ceil() * step
    }
}

/// Kept rows of a school of whose need nothing is known: they cost money, fill quotas and move posts all the same.
fn add_held(
    form: &mut Formulated,
    case: &Case,
    school: SchoolIx,
    measures: &[MeasureIx],
    kept: &[&Kept],
) {
    for &measure in measures {
        for year in case.horizon.plan_years() {
            let Some((brought, taken)) = held(kept, school, measure, year) else {
                continue;
            };
            let supply = ColKey::Supply {
                school,
                measure,
                year,
            };
            let give = ColKey::Give {
                school,
                measure,
                year,
            };
            for (key, units) in [(supply, brought), (give, taken)] {
                if units > 0.0 {
                    form.add_col(key, units, units, 0.0);
                }
            }
        }
    }
}

/// Room for what a school is brought of whose need nothing is asked: it costs money and fills quotas all the same.
fn add_unneeded(
    form: &mut Formulated,
    case: &Case,
    school: SchoolIx,
    measures: &[MeasureIx],
    room: &Units,
) {
    if room.is_empty() {
        return;
    }
    for &measure in measures {
        let payable =
            case.measures[measure].cost.is_zero() || form.classes.class(measure, school).is_some();
        if !payable || !form.reach.allows(measure, school) {
            continue;
        }
        for year in case.open_years() {
            let supply = ColKey::Supply {
                school,
                measure,
                year,
            };
            let units = roomy(room, &supply);
            if units > 0.0 && !case.service(measure, year).is_empty() {
                form.add_col(supply, 0.0, units, 0.0);
            }
        }
    }
}

/// The units for which there is room, need or not.
fn roomy(room: &Units, key: &ColKey) -> f64 {
    let one = Decision::of(key).and_then(|one| room.get(&one));
    one.copied().unwrap_or(0.0)
}

fn untouched_gap(
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
fn add_shorts(
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

fn moves(
    form: &Formulated,
    case: &Case,
    need: &Need,
    measures: &[MeasureIx],
    (kept, room): (&[&Kept], &Units),
) -> Vec<Move> {
    let mut moves = Vec::new();
    for &measure in measures {
        let rotates = matches!(case.measures[measure].lever, Lever::Rotate { .. });
        let lasts = matches!(case.measures[measure].lever, Lever::Buy { .. });
        let open = form.reach.allows(measure, need.school);
        let payable = case.measures[measure].cost.is_zero()
            || form.classes.class(measure, need.school).is_some();
        let forced = is_forced(form, case, measure, need.school);
        for year in case.open_years() {
            let (school, service) = (need.school, case.service(measure, year));
            let held = held(kept, school, measure, year);
            let supply = ColKey::Supply {
                school,
                measure,
                year,
            };
            let wanted = most(case, need, measure, forced, service.clone());
            let brings = match held {
                Some((brought, _)) => Some((brought, brought)),
                None if open && payable => Some((0.0, wanted.max(roomy(room, &supply)))),
                None => None,
            };
            let takes = match held {
                Some((_, taken)) => Some((taken, taken)),
                None if open && rotates => Some((0.0, need.spare(service.clone()))),
                None => None,
            };
            let mut add = |bounds: Option<(f64, f64)>, key, sign| {
                if let Some((lower, upper)) =
                    bounds.filter(|_| !service.is_empty()).filter(|b| b.1 > 0.0)
                {
                    moves.push(Move {
                        key,
                        sign,
                        lower,
                        upper,
                        wanted: if lower < upper { wanted } else { upper },
                        service: service.clone(),
                        lasts,
                    });
                }
            };
            add(brings, supply, 1.0);
            add(
                takes,
                ColKey::Give {
                    school,
                    measure,
                    year,
                },
                -1.0,
            );
        }
    }
    moves
}

/// Whether a rule demands spending or units of a measure at a school, need or not.
fn is_forced(form: &Formulated, case: &Case, measure: MeasureIx, school: SchoolIx) -> bool {
    let demands = |policy: PolicyIx| match case.policies[policy].rule {
        Rule::Share { bound, base, .. } => bound == Bound::Min && base == Base::Available,
        Rule::Quota { bound, .. } => bound == Bound::Min,
        Rule::Forbid => false,
    };
    let kind = form.reach.kind(school);
    form.reach.policies(measure, kind).any(demands)
}

/// The most a measure may bring in a year: what is missing. Nothing is bought beyond need unless a rule demands
/// spending or units; then every need in its scope may be exceeded in the same proportion, so that equal needs keep
/// equal shapes. Where nothing is missing, what is to spare stands for the need.
fn most(case: &Case, need: &Need, measure: MeasureIx, forced: bool, service: Service) -> f64 {
    const FORCED: f64 = 100.0;
    let deepest = need.deepest(service.clone());
    if !forced {
        deepest
    } else if deepest > 0.0 || matches!(case.measures[measure].lever, Lever::Rotate { .. }) {
        // Posts that nobody misses are exchanged (see `pool`).
        FORCED * deepest
    } else if need.spare(service.clone()) > 0.0 {
        FORCED * need.spare(service)
    } else {
        FORCED
            * service
                .map(|period| need.required[period])
                .fold(0.0, f64::max)
    }
}
