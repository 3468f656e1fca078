//! What a case leaves out: not wrong, but mostly not meant.

use std::collections::BTreeSet;

use super::Places;
use super::covered::Covered;
use crate::case::circle::MOST_GATHERED;
use crate::case::{
    Case, Compliance, Each, Lever, Most, NormBasis, Policy, Rule, School, Scope, Section,
};
use crate::words::catalogue::{
    COMPLIANCE_OUT_OF_REACH, COUNT_OUT_OF_RANGE, DIFFERENCES_UNLIMITED, FUND_PAYS_NOTHING,
    INDICATORS_TOO_MANY, INDICATORS_UNSTATED, KEY_MISSING, LEAD_PAST_PLAN, LEVELLING_DOWN,
    MEASURE_OF_NO_USE, MEASURE_UNPAYABLE, POLICY_EMPTY, RESOURCE_WITHOUT_MEASURE,
    RESOURCE_WITHOUT_NORM, TERMINAL_NONE, TOWNSHIPS_UNKNOWN,
};
use crate::words::{MeasureIx, Notice, Notices, ResourceIx, SchoolIx};

/// Reports what is left out.
pub(super) fn check(case: &Case, places: &Places, notices: &mut Notices) {
    check_resources(case, places, notices);
    check_money(case, places, notices);
    check_leads(case, places, notices);
    check_uses(case, places, notices);
    check_policies(case, notices);
    check_standard(case, places, notices);
    check_counts(case, places, notices);
    check_circles(case, places, notices);
    if case.horizon.terminal == 0.0 {
        notices.push(Notice::new(TERMINAL_NONE, places.case.clone()));
    }
}

fn check_resources(case: &Case, places: &Places, notices: &mut Notices) {
    for (resource, stated) in case.resources.pairs() {
        let notice = |code| {
            Notice::new(code, places.resources[resource].clone())
                .text(&stated.id)
                .with(&stated.name)
        };
        if case.standard.norms[resource].is_none() {
            notices.push(notice(RESOURCE_WITHOUT_NORM));
        } else if case
            .measures
            .iter()
            .all(|measure| measure.brings(resource).is_none())
        {
            notices.push(notice(RESOURCE_WITHOUT_MEASURE));
        }
    }
}

/// Measures of which no school that may use them has any use.
fn check_uses(case: &Case, places: &Places, notices: &mut Notices) {
    for (measure, stated) in case.measures.pairs() {
        let is_of_use = |school| case.most(measure, school).is_none_or(|most| most > 0.0);
        let open = case.schools.ids();
        let mut open = open.filter(|&school| stated.scope.covers_school(case, school));
        if stated.most != Most::Needed && !open.any(is_of_use) {
            let notice = Notice::new(MEASURE_OF_NO_USE, places.measures[measure].clone());
            notices.push(notice.text(&stated.id).with(&stated.name));
        }
    }
}

fn check_money(case: &Case, places: &Places, notices: &mut Notices) {
    let kinds = kinds(case);
    let may_pay = |scope: &Scope, measure| may_pay(case, &kinds, scope, measure);
    for (measure, stated) in case.measures.pairs() {
        let payable = case.funds.iter().any(|fund| may_pay(&fund.scope, measure));
        if !stated.cost.is_zero() && !payable {
            let notice = Notice::new(MEASURE_UNPAYABLE, places.measures[measure].clone());
            notices.push(notice.text(&stated.id).with(&stated.name));
        }
    }
    for (fund, stated) in case.funds.pairs() {
        if case
            .measures
            .ids()
            .all(|measure| !may_pay(&stated.scope, measure))
        {
            let notice = Notice::new(FUND_PAYS_NOTHING, places.funds[fund].clone());
            notices.push(notice.text(&stated.id).with(&stated.name));
        }
    }
}

/// The first school of each stage, kind of area and county: a scope that names no school covers all of a kind or none.
fn kinds(case: &Case) -> Vec<SchoolIx> {
    let mut known = BTreeSet::new();
    let kind = |school: &SchoolIx| {
        let stated = &case.schools[*school];
        (stated.stage, stated.area, stated.county)
    };
    case.schools
        .ids()
        .filter(|school| known.insert(kind(school)))
        .collect()
}

/// Whether a fund of this scope may pay for the measure at any school where it may be used.
fn may_pay(case: &Case, kinds: &[SchoolIx], scope: &Scope, measure: MeasureIx) -> bool {
    let used_at = &case.measures[measure].scope;
    let at_school =
        |school| scope.covers_school(case, school) && used_at.covers_school(case, school);
    let by_kind = scope.schools.is_empty() && used_at.schools.is_empty();
    scope.covers_measure(case, measure)
        && match by_kind {
            true => kinds.iter().copied().any(at_school),
            false => case.schools.ids().any(at_school),
        }
}

fn check_leads(case: &Case, places: &Places, notices: &mut Notices) {
    for (measure, stated) in case.measures.pairs() {
        if let Lever::Buy { lead, .. } = stated.lever
            && lead >= case.horizon.years
        {
            let notice =
                Notice::new(LEAD_PAST_PLAN, places.measures[measure].clone()).text(&stated.id);
            notices.push(
                notice
                    .with(&stated.name)
                    .with(lead)
                    .with(case.horizon.years),
            );
        }
    }
}

/// A rule on indicators says how many, itself or by the standard, and no more than there are.
fn check_indicators(case: &Case, policy: &Policy, notices: &mut Notices) {
    let Rule::Indicators { asked, .. } = policy.rule else {
        return;
    };
    if asked.is_none() && case.standard.compliance.is_none() {
        let notice = Notice::new(INDICATORS_UNSTATED, policy.place.clone());
        notices.push(notice.text(&policy.id).with(&policy.name));
    }
    let counted = case.counted_by(policy).len();
    if let Some((met, _)) = asked.filter(|(met, _)| *met > counted) {
        let notice = Notice::new(INDICATORS_TOO_MANY, policy.place.clone());
        let notice = notice.text(&policy.id).with(&policy.name);
        notices.push(notice.with(met).with(counted));
    }
}

fn check_policies(case: &Case, notices: &mut Notices) {
    for policy in &case.policies {
        let covered = Covered::of(case, &policy.scope);
        let empty = covered.pairs(case).next().is_none();
        if empty {
            notices.push(
                Notice::new(POLICY_EMPTY, policy.place.clone())
                    .text(&policy.id)
                    .with(&policy.name),
            );
        }
        if matches!(policy.rule, Rule::Differences { most: None, .. })
            && case.standard.cv_limit.is_none()
        {
            let notice = Notice::new(DIFFERENCES_UNLIMITED, policy.place.clone());
            notices.push(notice.text(&policy.id).with(&policy.name));
        }
        check_indicators(case, policy, notices);
        let by_township = matches!(
            policy.rule,
            Rule::Quota {
                each: Each::Township,
                ..
            }
        );
        let homeless = |school: &&School| school.township.is_empty();
        let homeless = case.schools.iter().filter(homeless).count();
        if by_township && homeless > 0 {
            let notice = Notice::new(TOWNSHIPS_UNKNOWN, policy.place.clone());
            notices.push(notice.text(&policy.id).with(&policy.name).with(homeless));
        }
    }
}

/// Norms that count what the case says nothing of: boarders, pupils with a claim to aid, the largest size of a class.
fn check_counts(case: &Case, places: &Places, notices: &mut Notices) {
    let none = |known: fn(&School) -> bool| !case.schools.iter().any(known);
    let columns = "[schools.columns]";
    for (resource, norm) in case.standard.norms.pairs() {
        let Some(norm) = norm else {
            continue;
        };
        let unlimited = |section: &Section| {
            let taught = |school: &School| school.stage.sections().contains(section);
            norm.amount.of(*section).is_some()
                && case.standard.sizes.class.of(*section).is_none()
                && case.schools.iter().any(taught)
        };
        let mut missing: Vec<(&str, &str)> = Vec::new();
        match &norm.basis {
            NormBasis::Boarder if none(|school| school.boarders.is_some()) => {
                missing.push(("boarders", columns));
            }
            NormBasis::PoorPupil { boarder } => {
                if none(|school| school.poor.is_some()) {
                    missing.push(("poor", columns));
                }
                let more = boarder.primary.is_some() || boarder.junior.is_some();
                if more && none(|school| school.poor_boarders.is_some()) {
                    missing.push(("poor_boarders", columns));
                }
            }
            NormBasis::ClassWithinSize => {
                let sections = Section::ALL.into_iter().filter(unlimited);
                missing.extend(sections.map(|section| match section {
                    Section::Primary => ("class_primary", "[standard.size]"),
                    Section::Junior => ("class_junior", "[standard.size]"),
                }));
            }
            _ => {}
        }
        for (key, table) in missing {
            let notice = Notice::new(KEY_MISSING, places.standard.clone());
            let notice = notice.text(&case.resources[resource].id);
            notices.push(notice.with(key).with(table));
        }
    }
}

/// Measures that move units among schools that are paired or near, where the case does not say which those are.
fn check_circles(case: &Case, places: &Places, notices: &mut Notices) {
    let grouped = case.schools.iter().any(|school| !school.group.is_empty());
    let placed = case.schools.iter().any(|school| school.position.is_some());
    for (measure, stated) in case.measures.pairs() {
        let mut missing = Vec::new();
        if stated.among.paired && !grouped {
            missing.push("group");
        }
        if stated.among.within.is_some() && !placed && case.links.is_empty() {
            missing.push("latitude");
        }
        let gathered = case.to_gather(measure);
        if gathered > MOST_GATHERED {
            let notice = Notice::new(COUNT_OUT_OF_RANGE, places.measures[measure].clone());
            let notice = notice.text(&stated.id).with("within").with(gathered);
            notices.push(notice.with(format!("≤ {MOST_GATHERED}")));
        }
        for key in missing {
            let notice = Notice::new(KEY_MISSING, places.measures[measure].clone());
            let notice = notice.text(&stated.id);
            notices.push(notice.with(key).with("[schools.columns]"));
        }
    }
}

fn check_standard(case: &Case, places: &Places, notices: &mut Notices) {
    let normed = |at: &ResourceIx| case.is_indicator(*at) && case.standard.norms[*at].is_some();
    let indicators = case.resources.ids().filter(normed).count();
    if let Some(Compliance::AtLeast { met, .. }) = case.standard.compliance
        && met > indicators
    {
        let notice = Notice::new(COMPLIANCE_OUT_OF_REACH, places.standard.clone());
        notices.push(notice.with(met).with(indicators));
    }
    let limits = case.standard.cv_limit.is_some() || case.limits_differences();
    if limits && !case.no_school_below_today {
        notices.push(Notice::new(LEVELLING_DOWN, places.case.clone()));
    }
}
