//! Scenarios: the files of `scenarios/` beside a case, each a named list of changes on it.

use std::collections::HashMap;
use std::ops::Range;
use std::path::Path;

use super::at::At;
use super::build::Draft;
use super::check;
use super::files::Document;
use super::nearest::nearest;
use super::origin::{Origin, SCENARIO_FOLDER};
use super::record::{
    FundChangeRecord, NormRecord, OverlayFile, PolicyRecord, ProjectRecord, bands, possible,
};
use super::source::Source;
use super::standards;
use crate::case::{Change, Overlay, Scope, Section};
use crate::words::catalogue::{
    COUNT_OUT_OF_RANGE, FILE_TOO_LARGE, INCLUDE_LOOP, INCLUDE_UNKNOWN, KEY_OUT_OF_PLACE,
};
use crate::words::{MeasureIx, Notice, Notices, Place};

/// Largest size of all scenarios together, in MiB.
const LIMIT_MIB: usize = 16;

/// Most changes of all scenarios together, each with what it includes.
const MOST_CHANGES: usize = 200_000;

/// Most loops of scenarios that are told.
const MOST_LOOPS: usize = 20;

/// One scenario before its includes are flattened.
struct Own {
    name: String,
    source: Source,
    title: String,
    include: Vec<At<String>>,
    changes: Vec<Change>,
}

/// Reads all scenarios of a case, sorted by file name, what they include flattened. Every fault is reported.
pub(super) fn read(
    origin: &Origin,
    draft: &mut Draft,
    hashes: &mut Vec<(String, String)>,
    notices: &mut Notices,
) -> Vec<Overlay> {
    let (mut all, mut size): (Vec<Own>, usize) = (Vec::new(), 0);
    let names = origin.scenarios(notices);
    for name in &names {
        if let Some(document) = origin.scenario(name, notices) {
            size += document.source.text().len();
            if size > LIMIT_MIB << 20 {
                let place = Place::file(SCENARIO_FOLDER);
                notices.push(Notice::new(FILE_TOO_LARGE, place).with(LIMIT_MIB));
                return Vec::new();
            }
            if let Some(path) = origin.scenario_file(name) {
                hashes.push((path, document.hash.clone()));
            }
            let mut own = own(name.clone(), document, draft, notices);
            promises(&mut own.changes, draft, (origin.folder(), hashes), notices);
            all.push(own);
        }
    }
    report_unknown_includes(&all, &names, notices);
    let overlays = flatten_all(&all, notices);
    if let Some(case) = &draft.case {
        overlays
            .iter()
            .for_each(|overlay| check::overlay(case, overlay, notices));
    }
    overlays
}

/// One overlay with the changes of those named, in order; the unknown names when there are any.
///
/// Without names it changes nothing.
pub fn compose(overlays: &[Overlay], names: &[String]) -> Result<Overlay, Vec<String>> {
    let find = |name: &String| overlays.iter().find(|overlay| overlay.name == *name);
    let unknown: Vec<String> = names
        .iter()
        .filter(|name| find(name).is_none())
        .cloned()
        .collect();
    if !unknown.is_empty() {
        return Err(unknown);
    }
    let named: Vec<&Overlay> = names.iter().filter_map(find).collect();
    let joined = |part: fn(&Overlay) -> &str| {
        named
            .iter()
            .map(|one| part(one))
            .collect::<Vec<_>>()
            .join(" + ")
    };
    Ok(Overlay {
        name: joined(|one| &one.name),
        title: joined(|one| &one.title),
        changes: named.iter().flat_map(|one| one.changes.clone()).collect(),
    })
}

/// One scenario, typed against the case.
fn own(name: String, document: Document<OverlayFile>, draft: &Draft, notices: &mut Notices) -> Own {
    let Document { source, record, .. } = document;
    let mut typed = Typed {
        record: &record,
        source: &source,
        draft,
        notices,
        changes: Vec::new(),
    };
    typed.whole_case();
    typed.pupils();
    typed.resources();
    typed.money();
    typed.projects();
    typed.rules();
    let changes = typed.changes;
    let title = record.title.0.unwrap_or_else(|| name.clone());
    Own {
        name,
        title,
        include: record.include.0.unwrap_or_default(),
        changes,
        source,
    }
}

/// Reads the earlier plans that rules of a scenario name.
fn promises(
    changes: &mut [Change],
    draft: &mut Draft,
    (folder, hashes): (&Path, &mut Vec<(String, String)>),
    notices: &mut Notices,
) {
    let Some(case) = &draft.case else {
        return;
    };
    for change in changes {
        if let Change::Policy(policy) = change {
            draft.earlier.fill(policy, (case, folder), hashes, notices);
        }
    }
}

/// Turns the tables of one overlay into changes.
struct Typed<'a> {
    record: &'a OverlayFile,
    source: &'a Source,
    draft: &'a Draft,
    notices: &'a mut Notices,
    changes: Vec<Change>,
}

impl Typed<'_> {
    /// Horizon, standard, bands and enrolment.
    fn whole_case(&mut self) {
        let (record, source, terms) = (self.record, self.source, &self.draft.terms);
        self.changes
            .extend(record.terminal_years.0.map(Change::Terminal));
        if let Some(stated) = &record.standard.0 {
            if let Some(share) = &stated.value.junior_share {
                let notice = source.notice(KEY_OUT_OF_PLACE, &share.span);
                self.notices.push(
                    notice
                        .with("junior_share")
                        .with(format!("{SCENARIO_FOLDER}/")),
                );
            }
            let built = standards::build(stated, terms, &self.draft.names, source, self.notices);
            self.changes.push(Change::Standard(built.standard));
        }
        self.changes.extend(record.first.0.map(Change::First));
        if let Some(stated) = &record.bands.0 {
            self.changes
                .push(Change::Bands(bands(stated, source, self.notices)));
        }
        if let Some(stated) = &record.enrolment.0 {
            let factors = stated.value.build(terms, source, self.notices);
            for (section, factors) in [
                (Section::Primary, factors.primary),
                (Section::Junior, factors.junior),
            ] {
                self.changes
                    .extend(factors.map(|factors| Change::Enrolment {
                        section: Some(section),
                        factors,
                    }));
            }
        }
    }

    /// Pupils who go to another school.
    fn pupils(&mut self) {
        let (record, source, draft) = (self.record, self.source, self.draft);
        for stated in record.divert.sound() {
            let record = &stated.value;
            let built = record.build(&draft.terms, &draft.names, source, self.notices);
            let case = draft.case.as_ref();
            let sent = built.filter(|one| {
                case.is_none_or(|case| possible(case, one, record, source, self.notices))
            });
            self.changes.extend(sent.map(Change::Divert));
        }
    }

    /// Norms and weights of single resources.
    fn resources(&mut self) {
        let (record, source, names) = (self.record, self.source, &self.draft.names);
        for stated in record.norm.sound() {
            let resource = names
                .resources
                .one(&stated.value.resource, source, self.notices);
            let norm = NormRecord::build(stated, source, self.notices);
            if let (Some(resource), Some(norm)) = (resource, norm) {
                self.changes.push(Change::Norm { resource, norm });
            }
        }
        for stated in record.weight.sound() {
            let resource = names
                .resources
                .one(&stated.value.resource, source, self.notices);
            let weight = stated.value.weight;
            self.changes
                .extend(resource.map(|resource| Change::Weight { resource, weight }));
        }
        for stated in record.tilt.sound() {
            self.changes.extend(
                stated
                    .value
                    .build(names, source, self.notices)
                    .map(Change::Tilt),
            );
        }
    }

    /// Funds and prices.
    fn money(&mut self) {
        let (record, source, names) = (self.record, self.source, &self.draft.names);
        let terms = &self.draft.terms;
        for stated in record.fund.sound() {
            let built = FundChangeRecord::build(stated, terms, names, source, self.notices);
            self.changes.extend(built);
        }
        for stated in record.cost.sound() {
            let measures = names
                .measures
                .all(&stated.value.measures, source, self.notices);
            let resources = names
                .resources
                .all(&stated.value.resources, source, self.notices);
            if let (Some(measures), Some(resources)) = (measures, resources) {
                let scope = Scope {
                    measures,
                    resources,
                    ..Scope::default()
                };
                self.changes.push(Change::Cost {
                    scope,
                    factor: stated.value.factor,
                });
            }
        }
    }

    /// Smallest projects.
    fn projects(&mut self) {
        let (record, names) = (self.record, &self.draft.names);
        for stated in record.project.sound() {
            let ProjectRecord { measures, least } = &stated.value;
            let Some(found) = names.measures.all(measures, self.source, self.notices) else {
                continue;
            };
            if let Some(case) = &self.draft.case {
                let moves = |&measure: &MeasureIx| case.measures[measure].lever.moves();
                if let Some(at) = found.iter().position(moves) {
                    let notice = self.source.notice(KEY_OUT_OF_PLACE, &measures[at].span);
                    self.notices
                        .push(notice.with("least").with(&measures[at].value));
                    continue;
                }
            }
            self.changes.push(Change::Project {
                measures: found,
                least: *least,
            });
        }
    }

    /// Rules that are added and dropped.
    fn rules(&mut self) {
        let (record, source, names) = (self.record, self.source, &self.draft.names);
        for stated in record.policy.sound() {
            let built = PolicyRecord::build(stated, &self.draft.terms, names, source, self.notices);
            if !names.policies.taken(&stated.value.id, source, self.notices) {
                self.changes.extend(built.map(Change::Policy));
            }
        }
        for id in record
            .drop
            .0
            .iter()
            .flat_map(|stated| &stated.value.policies)
        {
            self.changes.extend(
                names
                    .policies
                    .one(id, source, self.notices)
                    .map(Change::Drop),
            );
        }
    }
}

/// Reports includes of which there is no file. Files that could not be read are reported as such.
fn report_unknown_includes(all: &[Own], names: &[String], notices: &mut Notices) {
    let known: Vec<&str> = names.iter().map(String::as_str).collect();
    for own in all {
        for include in own
            .include
            .iter()
            .filter(|include| !known.contains(&include.value.as_str()))
        {
            let meant = nearest(
                &include.value,
                known.iter().copied().filter(|name| *name != own.name),
            );
            let notice = own.source.notice(INCLUDE_UNKNOWN, &include.span);
            notices.push(notice.with(&include.value).with(meant));
        }
    }
}

/// Each scenario with the changes of what it includes first.
fn flatten_all(all: &[Own], notices: &mut Notices) -> Vec<Overlay> {
    let place_of: HashMap<&str, usize> = all
        .iter()
        .enumerate()
        .map(|(at, own)| (own.name.as_str(), at))
        .collect();
    let included = |own: &Own| -> Vec<(usize, Range<usize>)> {
        let known = own.include.iter();
        known
            .filter_map(|include| {
                let at = place_of.get(include.value.as_str())?;
                Some((*at, include.span.clone()))
            })
            .collect()
    };
    let included: Vec<_> = all.iter().map(included).collect();
    let (mut overlays, mut changes, mut loops) = (Vec::new(), 0, 0);
    for start in 0..all.len() {
        let mut walk = Walk {
            all,
            included: &included,
            open: Vec::new(),
            seen: vec![Seen::No; all.len()],
            order: Vec::new(),
            loops: &mut loops,
            notices,
        };
        walk.visit(start);
        let order = walk.order;
        changes += order.iter().map(|at| all[*at].changes.len()).sum::<usize>();
        if changes > MOST_CHANGES {
            let notice = Notice::new(COUNT_OUT_OF_RANGE, Place::file(SCENARIO_FOLDER));
            let notice = notice.with(SCENARIO_FOLDER).with(changes);
            notices.push(notice.with(format!("≤ {MOST_CHANGES}")));
            return Vec::new();
        }
        let changes = order.iter().flat_map(|at| all[*at].changes.iter().cloned());
        overlays.push(Overlay {
            name: all[start].name.clone(),
            title: all[start].title.clone(),
            changes: changes.collect(),
        });
    }
    overlays
}

/// How far a scenario has been looked at.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Seen {
    No,
    Open,
    Done,
}

/// A walk from one scenario through all that it includes, each once. A loop is reported where it closes.
struct Walk<'a> {
    all: &'a [Own],
    /// What each scenario includes, and where it says so.
    included: &'a [Vec<(usize, Range<usize>)>],
    open: Vec<usize>,
    seen: Vec<Seen>,
    /// The scenarios in the order in which their changes are made.
    order: Vec<usize>,
    /// How many loops were found, from whatever scenario.
    loops: &'a mut usize,
    notices: &'a mut Notices,
}

impl Walk<'_> {
    fn visit(&mut self, at: usize) {
        self.seen[at] = Seen::Open;
        self.open.push(at);
        for (inner, span) in &self.included[at] {
            match self.seen[*inner] {
                Seen::No => self.visit(*inner),
                Seen::Open => self.report_loop(at, *inner, span),
                Seen::Done => {}
            }
        }
        self.open.pop();
        self.seen[at] = Seen::Done;
        self.order.push(at);
    }

    fn report_loop(&mut self, at: usize, inner: usize, span: &Range<usize>) {
        *self.loops += 1;
        if *self.loops > MOST_LOOPS {
            return;
        }
        let name = |one: &usize| self.all[*one].name.as_str();
        let from = self.open.iter().position(|one| *one == inner);
        let around: Vec<&str> = self.open[from.unwrap_or(0)..]
            .iter()
            .chain([&inner])
            .map(name)
            .collect();
        let notice = self.all[at].source.notice(INCLUDE_LOOP, span);
        self.notices.push(notice.with(around.join(" → ")));
    }
}
