//! Standards: the sets shipped in the program, and the standard of a case made from a set and its own norms.

use super::at::At;
use super::names::Names;
use super::nearest::nearest;
use super::record::{ComplianceRecord, NormRecord, SetFile, SizeRecord, StandardRecord, Terms};
use super::source::Source;
use crate::case::{Norm, Standard};
use crate::words::catalogue::{
    COMPLIANCE_UNSTATED, NORM_TWICE, NORM_UNUSED, NORMS_ASKED_FOR, UNKNOWN_SET,
};
use crate::words::{Notices, ResourceIx, Table};

/// The sets shipped in the program: name and text. `scenarios/` and `junheng new` name them too.
pub const SETS: &[(&str, &str)] = &[
    (
        "quality-balance-2017",
        include_str!("quality-balance-2017.toml"),
    ),
    (
        "basic-balance-2012",
        include_str!("basic-balance-2012.toml"),
    ),
];

/// Schools with fewer pupils are left out of compliance and coefficients (教督〔2017〕6号: teaching points under 50).
const SMALL_SCHOOL: f64 = 50.0;

/// What a junior pupil counts for when a nine-year school's stock is split (教督〔2017〕6号: 1 : 1.1).
const JUNIOR_SHARE: f64 = 1.1;

/// A standard and the share of junior pupils that goes with it.
pub(super) struct Built {
    /// The standard.
    pub(super) standard: Standard,
    /// What a junior pupil counts for when a nine-year school's stock is split.
    pub(super) junior_share: f64,
}

/// The standard of a case or overlay; every fault is reported, and what cannot be understood is left out.
pub(super) fn build(
    stated: &At<StandardRecord>,
    terms: &Terms,
    names: &Names,
    source: &Source,
    notices: &mut Notices,
) -> Built {
    let own = &stated.value;
    let set = own
        .set
        .as_ref()
        .and_then(|name| named(name, source, notices));
    let mut norms: Table<ResourceIx, Option<Norm>> = Table::filled(names.resources.len(), None);
    if let (Some(set), Some(name)) = (&set, &own.set) {
        take_over(set, name, &mut norms, names, source, notices);
    }
    own_norms(&own.norm, &mut norms, names, source, notices);
    report_missing(stated, set.as_ref(), &norms, names, source, notices);

    let of_set = set.as_ref().map(|set| &set.file.standard);
    let compliance = match (
        &own.compliance,
        of_set.and_then(|set| set.compliance.as_ref()),
        &set,
    ) {
        (Some(rule), _, _) => ComplianceRecord::build(rule, names, source, notices),
        (None, Some(rule), Some(set)) => ComplianceRecord::build(rule, names, &set.source, notices),
        _ => {
            notices.push(source.notice(COMPLIANCE_UNSTATED, &stated.span));
            None
        }
    };
    let cv = own.cv.as_ref().or(of_set.and_then(|set| set.cv.as_ref()));
    let size = own
        .size
        .as_ref()
        .or(of_set.and_then(|set| set.size.as_ref()));
    let rotation = match (&own.rotation, of_set.and_then(|set| set.rotation.as_ref())) {
        (Some(stated), _) => stated.build(|id| names.resources.one(id, source, notices)),
        // A case need not have every resource that a set speaks of.
        (None, Some(of_set)) => of_set.build(|id| names.resources.find(&id.value)),
        (None, None) => None,
    };
    let small_school = own.small_school.or(of_set.and_then(|set| set.small_school));
    let junior_share = own
        .junior_share
        .as_ref()
        .or(of_set.and_then(|set| set.junior_share.as_ref()));
    let name = set
        .as_ref()
        .map(|set| terms.lang.pick(&set.file.name_zh, &set.file.name_en));
    let standard = Standard {
        name: own
            .name
            .as_ref()
            .or(name)
            .cloned()
            .unwrap_or_else(|| terms.lang.pick("自定标准", "own standard").into()),
        norms,
        indicators: indicators(own, set.as_ref(), names, source, notices),
        compliance,
        cv_limit: cv.map(|cv| cv.build()),
        small_school: small_school.unwrap_or(SMALL_SCHOOL),
        sizes: size.map(SizeRecord::build).unwrap_or_default(),
        rotation,
    };
    Built {
        standard,
        junior_share: junior_share.map_or(JUNIOR_SHARE, |share| share.value),
    }
}

/// A shipped set with its text.
struct Set {
    file: SetFile,
    source: Source,
}

/// The set of this name; an unknown name is reported.
fn named(name: &At<String>, source: &Source, notices: &mut Notices) -> Option<Set> {
    let Some((id, text)) = SETS.iter().find(|(id, _)| *id == name.value) else {
        let meant = nearest(&name.value, SETS.iter().map(|(id, _)| *id));
        notices.push(
            source
                .notice(UNKNOWN_SET, &name.span)
                .with(&name.value)
                .with(meant),
        );
        return None;
    };
    // Shipped sets are read by a test; one that could not be would be as good as unknown.
    let file = toml::from_str(text).ok()?;
    Some(Set {
        file,
        source: Source::new(format!("{id}.toml"), (*text).to_string()),
    })
}

/// Takes over the norms of a set; those for resources that the case does not have are named in one warning.
fn take_over(
    set: &Set,
    name: &At<String>,
    norms: &mut Table<ResourceIx, Option<Norm>>,
    names: &Names,
    source: &Source,
    notices: &mut Notices,
) {
    let mut unused = Vec::new();
    for norm in &set.file.standard.norm {
        let id = &norm.value.resource.value;
        match names.resources.find(id) {
            Some(resource) => {
                norms[resource] = NormRecord::build(norm, &set.source, notices).flatten()
            }
            None if names.resources.has(id) => {}
            None => unused.push(format!("`{id}`")),
        }
    }
    if !unused.is_empty() {
        notices.push(
            source
                .notice(NORM_UNUSED, &name.span)
                .with(&name.value)
                .with(unused.join(", ")),
        );
    }
}

/// The resources that count for compliance and coefficients: those the case names, else those of the set; `None` leaves
/// it to the resources.
fn indicators(
    own: &StandardRecord,
    set: Option<&Set>,
    names: &Names,
    source: &Source,
    notices: &mut Notices,
) -> Option<Vec<ResourceIx>> {
    if let Some(named) = &own.indicators {
        return names.resources.all(&named.value, source, notices);
    }
    let file = &set?.file;
    let normed = file.standard.norm.iter();
    let ids = normed
        .map(|norm| &norm.value.resource.value)
        .chain(&file.asks_for);
    Some(ids.filter_map(|id| names.resources.find(id)).collect())
}

/// Adds the norms that the case states itself.
fn own_norms(
    stated: &[At<NormRecord>],
    norms: &mut Table<ResourceIx, Option<Norm>>,
    names: &Names,
    source: &Source,
    notices: &mut Notices,
) {
    let mut seen: Vec<ResourceIx> = Vec::new();
    for norm in stated {
        let resource = names.resources.one(&norm.value.resource, source, notices);
        let built = NormRecord::build(norm, source, notices);
        let Some(resource) = resource else { continue };
        if seen.contains(&resource) {
            let id = &norm.value.resource;
            notices.push(source.notice(NORM_TWICE, &id.span).with(&id.value));
        }
        seen.push(resource);
        if let Some(built) = built {
            norms[resource] = built;
        }
    }
}

/// Reports norms that a template asks for and the case does not state, and a standard without any norm.
fn report_missing(
    stated: &At<StandardRecord>,
    set: Option<&Set>,
    norms: &Table<ResourceIx, Option<Norm>>,
    names: &Names,
    source: &Source,
    notices: &mut Notices,
) {
    let without = |id: &str| {
        names
            .resources
            .find(id)
            .is_some_and(|resource| norms[resource].is_none())
    };
    let taken_away = |id: &str| {
        stated
            .value
            .norm
            .iter()
            .any(|norm| norm.value.resource.value == id)
    };
    let asked: &[String] = set.map_or(&[], |set| &set.file.asks_for);
    let missing: Vec<&String> = if norms.iter().any(Option::is_some) {
        asked
            .iter()
            .filter(|id| without(id) && !taken_away(id))
            .collect()
    } else if stated.value.norm.is_empty() {
        if asked.is_empty() {
            names.resources.all_names().iter().collect()
        } else {
            asked.iter().collect()
        }
    } else {
        Vec::new()
    };
    if !missing.is_empty() {
        let span = stated
            .value
            .set
            .as_ref()
            .map_or(&stated.span, |set| &set.span);
        let listed: Vec<String> = missing.iter().map(|id| format!("`{id}`")).collect();
        notices.push(source.notice(NORMS_ASKED_FOR, span).with(listed.join(", ")));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn set(name: &str) -> SetFile {
        let (_, text) = SETS
            .iter()
            .find(|(id, _)| *id == name)
            .expect("a shipped set");
        toml::from_str(text).expect("a readable set")
    }

    #[test]
    fn the_quality_set_has_the_seven_official_norms() {
        let set = set("quality-balance-2017");
        let mut notices = Notices::new();
        let source = Source::new("set", String::new());
        let norms: Vec<(String, Norm)> = set
            .standard
            .norm
            .iter()
            .filter_map(|norm| {
                Some((
                    norm.value.resource.value.clone(),
                    NormRecord::build(norm, &source, &mut notices)??,
                ))
            })
            .collect();
        let amounts: Vec<_> = norms
            .iter()
            .map(|(id, norm)| (id.as_str(), norm.amount.primary, norm.amount.junior))
            .collect();
        assert_eq!(
            amounts,
            [
                ("over-qualified-teachers", Some(4.2), Some(5.3)),
                ("backbone-teachers", Some(1.0), Some(1.0)),
                ("pe-arts-teachers", Some(0.9), Some(0.9)),
                ("area", Some(4.5), Some(5.8)),
                ("sports-area", Some(7.5), Some(10.2)),
                ("equipment", Some(2000.0), Some(2500.0)),
                ("multimedia-rooms", Some(2.3), Some(2.4)),
            ]
        );
        assert!(notices.is_empty());
    }

    #[test]
    fn every_shipped_set_can_be_read() {
        for (name, _) in SETS {
            let set = set(name);
            assert!(
                !set.standard.norm.is_empty() || !set.asks_for.is_empty(),
                "{name}"
            );
        }
    }
}
