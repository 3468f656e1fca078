//! Pools: needs that the total gap cannot tell apart. Within a pool only the water-fill decides who gets what.

use std::collections::BTreeMap;

use crate::case::{Case, Lever, Rule, Stage};
use crate::formulate::{Classes, Kept};
use crate::words::{CountyIx, MeasureIx, PolicyIx, ResourceIx, SchoolIx};

/// Needs of one resource at schools with equal weights, prices, funds and rules.
#[derive(Clone, PartialEq, Debug)]
pub struct Pool {
    /// The resource.
    pub resource: ResourceIx,
    /// The schools, in file order.
    pub schools: Vec<SchoolIx>,
    /// The county and stage, when rotation or quotas by county tell them apart.
    pub place: Option<(CountyIx, Stage)>,
}

/// What makes two needs equal: the resource, what a unit counts for in each period, and for each measure whether it
/// is open, how it is paid and which quotas speak of it.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Kind {
    resource: ResourceIx,
    unit_gaps: Vec<u32>,
    measures: Vec<(bool, Option<usize>, Vec<PolicyIx>)>,
    place: Option<(CountyIx, Stage)>,
    held: Option<SchoolIx>,
}

/// The pools of a case, in order of resource and first school.
pub fn pools(case: &Case, classes: &Classes, kept: &[Kept]) -> Vec<Pool> {
    let mut found: BTreeMap<Kind, usize> = BTreeMap::new();
    let mut pools: Vec<Pool> = Vec::new();
    for resource in case.resources.ids() {
        let measures: Vec<MeasureIx> = case
            .measures
            .ids()
            .filter(|&m| case.measures[m].resource == resource)
            .collect();
        for school in case.schools.ids() {
            if case.schools[school].stock[resource.at()].is_none() {
                continue;
            }
            let kind = kind(case, classes, kept, resource, school, &measures);
            let place = kind.place;
            let at = *found.entry(kind).or_insert_with(|| {
                pools.push(Pool {
                    resource,
                    schools: Vec::new(),
                    place,
                });
                pools.len() - 1
            });
            pools[at].schools.push(school);
        }
    }
    pools
}

fn kind(
    case: &Case,
    classes: &Classes,
    kept: &[Kept],
    resource: ResourceIx,
    school: SchoolIx,
    measures: &[MeasureIx],
) -> Kind {
    let quotas = |measure: MeasureIx| -> Vec<PolicyIx> {
        let speaks = |policy: &PolicyIx| {
            matches!(case.policies[*policy].rule, Rule::Quota { .. })
                && case.policies[*policy].scope.covers(case, measure, school)
        };
        case.policies.ids().filter(speaks).collect()
    };
    let by_county = |policy: &PolicyIx| {
        matches!(
            case.policies[*policy].rule,
            Rule::Quota {
                each_county: true,
                ..
            }
        )
    };
    let measures: Vec<(MeasureIx, Vec<PolicyIx>)> =
        measures.iter().map(|&m| (m, quotas(m))).collect();
    let local = measures.iter().any(|(measure, quotas)| {
        matches!(case.measures[*measure].lever, Lever::Rotate { .. })
            || quotas.iter().any(by_county)
    });
    let held = |row: &Kept| row.school == school && case.measures[row.measure].resource == resource;
    Kind {
        resource,
        // Single precision forgives the last digits in which equal weights may differ.
        unit_gaps: case
            .horizon
            .periods()
            .map(|period| (case.gap_per_unit(school, resource, period) as f32).to_bits())
            .collect(),
        measures: measures
            .into_iter()
            .map(|(measure, quotas)| {
                (
                    case.allows(measure, school),
                    classes.class(measure, school),
                    quotas,
                )
            })
            .collect(),
        place: local.then(|| (case.schools[school].county, case.schools[school].stage)),
        held: kept.iter().any(held).then_some(school),
    }
}
