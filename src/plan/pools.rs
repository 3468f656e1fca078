//! Pools: needs that the total gap cannot tell apart. Within a pool only the water-fill decides who gets what.

use std::collections::{BTreeMap, BTreeSet};

use crate::case::{Case, Each, Rule, Stage};
use crate::formulate::{Formulated, Kept, quota_places};
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

/// What makes two needs equal: the resource, what a unit counts for in each period, and what makes their schools
/// equal. A need that rows are kept for, and one whose units count in other needs too, is like no other.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Kind {
    resource: ResourceIx,
    unit_gaps: Vec<u32>,
    rules: usize,
    alone: Option<SchoolIx>,
    /// The targets that speak of them.
    targets: Vec<PolicyIx>,
    /// The places in which quotas hold that speak of them, as far as these are smaller than a county.
    places: Vec<SchoolIx>,
}

/// What makes schools equal in one resource: for each measure whether it is open, how it is paid and which quotas
/// speak of it; and the place, where that matters, with its circles.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Rules {
    resource: ResourceIx,
    measures: Vec<(bool, Option<usize>, Vec<PolicyIx>)>,
    place: Option<(CountyIx, Stage, Vec<SchoolIx>)>,
}

/// The rules that speak of a kind of schools, their place, and the quotas among them.
type ByKind = (usize, Option<(CountyIx, Stage)>, Vec<PolicyIx>);

/// The pools of a case, in order of resource and first school.
pub fn pools(case: &Case, form: &Formulated, kept: &[Kept]) -> Vec<Pool> {
    let held = kept
        .iter()
        .map(|row| (row.school, case.measures[row.measure].resource));
    let held: BTreeSet<(SchoolIx, ResourceIx)> = held.chain(stays(case)).collect();
    let mut known: BTreeMap<Rules, usize> = BTreeMap::new();
    let mut found: BTreeMap<Kind, usize> = BTreeMap::new();
    let mut pools: Vec<Pool> = Vec::new();
    let joint = case.joint_resources().into_iter();
    let joint: BTreeSet<ResourceIx> = joint.filter(|set| set.len() > 1).flatten().collect();
    for resource in case.resources.ids() {
        let is_joint = joint.contains(&resource);
        let by_kind: Vec<ByKind> = (0..form.reach.kinds())
            .map(|kind| {
                let rules = rules(case, form, resource, kind);
                let place = rules.place.as_ref();
                let place = place.map(|(county, stage, _)| (*county, *stage));
                let next = known.len();
                let quotas = rules.measures.iter().flat_map(|(_, _, quotas)| quotas);
                let quotas: BTreeSet<PolicyIx> = quotas.copied().collect();
                (
                    *known.entry(rules).or_insert(next),
                    place,
                    quotas.into_iter().collect(),
                )
            })
            .collect();
        for (school, stated) in case.schools.pairs() {
            if stated.stock[resource.at()].is_none() {
                continue;
            }
            let (rules, place, ref quotas) = by_kind[form.reach.kind(school)];
            // Single precision forgives the last digits in which equal weights may differ.
            let unit_gap = |period| {
                let gap = form.reach.gap_per_unit(case, school, resource, period);
                (gap as f32).to_bits()
            };
            let kind = Kind {
                resource,
                unit_gaps: case.horizon.periods().map(unit_gap).collect(),
                rules,
                targets: targets(case, form, resource, school),
                places: quota_places(case, &form.reach, quotas, school),
                alone: (is_joint || held.contains(&(school, resource))).then_some(school),
            };
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

/// The needs for which an earlier plan has something that a rule wants kept: who had it is like no other.
fn stays(case: &Case) -> impl Iterator<Item = (SchoolIx, ResourceIx)> {
    let rules = case.policies.iter();
    let earlier = rules.filter_map(|policy| match &policy.rule {
        Rule::Stay { earlier, .. } => Some(earlier.money(case)),
        _ => None,
    });
    let spots = earlier.flat_map(BTreeMap::into_keys);
    spots.map(|(_, measure, school)| (school, case.measures[measure].resource))
}

/// The targets that speak of a need.
fn targets(
    case: &Case,
    form: &Formulated,
    resource: ResourceIx,
    school: SchoolIx,
) -> Vec<PolicyIx> {
    let speaks = |policy: &&PolicyIx| {
        let stated = &case.policies[**policy];
        match stated.rule {
            Rule::Target { .. } => stated.scope.covers_resource(resource),
            Rule::Differences { .. } => case.compared_by(stated).contains(&resource),
            _ => false,
        }
    };
    let policies = form.reach.policies_at(form.reach.kind(school)).iter();
    policies.filter(speaks).copied().collect()
}

fn rules(case: &Case, form: &Formulated, resource: ResourceIx, kind: usize) -> Rules {
    let first = form.reach.schools(kind)[0];
    let mut local = false;
    let mut measures = Vec::new();
    let supplies = |measure: &MeasureIx| case.measures[*measure].resource == resource;
    for measure in case.measures.ids().filter(supplies) {
        let mut quotas = Vec::new();
        for policy in form.reach.policies(measure, kind) {
            if let Rule::Quota { each, .. } = case.policies[policy].rule {
                quotas.push(policy);
                local |= each != Each::All;
            }
        }
        let compares = |policy: &PolicyIx| {
            let stated = &case.policies[*policy];
            matches!(stated.rule, Rule::Differences { .. })
                && case.compared_by(stated).contains(&resource)
        };
        local |= form.reach.policies_at(kind).iter().any(compares);
        local |= case.measures[measure].lever.moves();
        measures.push((
            form.reach.allows(measure, first),
            form.classes.class(measure, first),
            quotas,
        ));
    }
    Rules {
        resource,
        measures,
        place: local.then(|| {
            let stated = &case.schools[first];
            (stated.county, stated.stage, case.circles(first))
        }),
    }
}
