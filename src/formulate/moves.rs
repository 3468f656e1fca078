//! What measures may do for a school: a column for each year in which one may begin.

use super::keep::{Kept, held};
use super::need::Need;
use super::{ColKey, Decision, Formulated, Units};
use crate::case::{Base, Bound, Case, Lever, Measure, Rule, Service};
use crate::words::{MeasureIx, PolicyIx, SchoolIx};

/// One column of a measure at a school: +1 brings, −1 takes.
pub(super) struct Move {
    pub(super) key: ColKey,
    pub(super) measure: MeasureIx,
    pub(super) sign: f64,
    pub(super) lower: f64,
    pub(super) upper: f64,
    /// The upper bound as it would be without more room than the need.
    pub(super) wanted: f64,
    pub(super) service: Service,
    /// Whether it is a thing, which may wear out, and not a post.
    pub(super) lasts: bool,
}

/// The units for which there is room, need or not.
pub(super) fn roomy(room: &Units, key: &ColKey) -> f64 {
    let one = Decision::of(key).and_then(|one| room.get(&one));
    one.copied().unwrap_or(0.0)
}

/// The columns of some measures at a school of which these needs are known. A measure has none where it is not known
/// what the school has of the resource it is measured in.
pub(super) fn moves(
    form: &Formulated,
    case: &Case,
    needs: &[Need],
    measures: &[MeasureIx],
    (kept, room): (&[&Kept], &Units),
) -> Vec<Move> {
    let mut moves = Vec::new();
    for &measure in measures {
        let stated = &case.measures[measure];
        let Some(own) = needs.iter().find(|need| need.resource == stated.resource) else {
            continue;
        };
        let school = own.school;
        let rotates = stated.lever.moves();
        let open = form.reach.allows(measure, school);
        let payable = stated.cost.is_zero() || form.classes.class(measure, school).is_some();
        let forced = is_forced(form, case, measure, school);
        for year in case.open_years() {
            let service = case.service(measure, year);
            let held = held(kept, school, measure, year);
            let supply = ColKey::Supply {
                school,
                measure,
                year,
            };
            let wanted = wanted(stated, needs, forced, &service);
            let brings = match held {
                Some((brought, _)) => Some((brought, brought)),
                None if open && payable => {
                    // A project of the smallest size may be larger than the need it is for.
                    let wanted = match wanted > 0.0 && stated.is_worth_a_project(wanted) {
                        true => wanted.max(stated.least),
                        false => wanted,
                    };
                    Some((0.0, wanted.max(roomy(room, &supply))))
                }
                None => None,
            };
            let takes = match held {
                Some((_, taken)) => Some((taken, taken)),
                None if open && rotates => Some((0.0, own.spare(service.clone()))),
                None => None,
            };
            let mut add = |bounds: Option<(f64, f64)>, key, sign| {
                if let Some((lower, upper)) =
                    bounds.filter(|_| !service.is_empty()).filter(|b| b.1 > 0.0)
                {
                    moves.push(Move {
                        key,
                        measure,
                        sign,
                        lower,
                        upper,
                        wanted: if lower < upper { wanted } else { upper },
                        service: service.clone(),
                        lasts: matches!(stated.lever, Lever::Buy { .. }),
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
    let demands = |policy: PolicyIx| match &case.policies[policy].rule {
        Rule::Share { bound, base, .. } => *bound == Bound::Min && *base == Base::Available,
        Rule::Quota { bound, .. } => *bound == Bound::Min,
        Rule::Target { .. }
        | Rule::Stay { .. }
        | Rule::Differences { .. }
        | Rule::Indicators { .. }
        | Rule::Forbid => false,
    };
    let kind = form.reach.kind(school);
    form.reach.policies(measure, kind).any(demands)
}

/// The most a measure may bring in a year: what is missing of any resource in which its units count.
fn wanted(stated: &Measure, needs: &[Need], forced: bool, service: &Service) -> f64 {
    let counts = |need: &Need| stated.brings(need.resource);
    let served = needs.iter().filter_map(|need| Some((need, counts(need)?)));
    served
        .map(|(need, each)| wanted_for(stated, need, forced, service) / each)
        .fold(0.0, f64::max)
}

/// The same for one need. Nothing is bought beyond need unless a rule demands spending or units; then every need in
/// its scope may be exceeded in the same proportion, so that equal needs keep equal shapes. Where nothing is missing,
/// what is to spare stands for the need.
fn wanted_for(stated: &Measure, need: &Need, forced: bool, service: &Service) -> f64 {
    const FORCED: f64 = 100.0;
    let deepest = need.welcome(service);
    if !forced {
        deepest
    } else if deepest > 0.0 || stated.lever.moves() {
        // Posts that nobody misses are exchanged (see `pool`).
        FORCED * deepest
    } else if need.spare(service.clone()) > 0.0 {
        FORCED * need.spare(service.clone())
    } else {
        let required = service.clone().map(|period| need.required[period]);
        FORCED * required.fold(0.0, f64::max)
    }
}
