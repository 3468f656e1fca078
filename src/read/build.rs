//! From the records of `case.toml` and its tables to a case.

use std::path::Path;

use super::at::{At, Tried};
use super::check::{self, Places};
use super::earlier::EarlierPlans;
use super::files::Document;
use super::names::Names;
use super::origin::Origin;
use super::record::{
    CaseFile, FundRecord, MeasureRecord, ObjectiveRecord, PolicyRecord, ResourceRecord, Terms,
    enrolment, possible,
};
use super::schools::{self, SchoolTable};
use super::source::Source;
use super::standards::{self, Built};
use super::table::Sheet;
use crate::case::{Case, Cells, Doubt, Fund, Link, Measure, Objective, Policy, Resource, Settled};
use crate::words::catalogue::{KEY_MISSING, KEYS_EXCLUDE, SCHOOLS_NONE};
use crate::words::{FundIx, Grade, MeasureIx, Notices, Place, PolicyIx, ResourceIx, Table};

/// A case as far as it could be understood, with what overlays need to be read against it.
pub(super) struct Draft {
    /// The terms the overlays are stated in too.
    pub(super) terms: Terms,
    /// The names they may use.
    pub(super) names: Names,
    /// The case, unless a table is missing altogether. It has passed `check` only when no error was found.
    pub(super) case: Option<Case>,
    /// Where the numbers of its schools stand.
    pub(super) cells: Cells,
    /// The earlier plans its rules name.
    pub(super) earlier: EarlierPlans,
}

/// Reads the case and the tables it names; `None` when it cannot be read at all.
pub(super) fn draft(
    origin: &Origin,
    hashes: &mut Vec<(String, String)>,
    notices: &mut Notices,
) -> Option<Draft> {
    let document = origin.case(notices)?;
    hashes.push((origin.name().to_string(), document.hash.clone()));
    let mut builder = Builder {
        folder: origin.folder(),
        document: &document,
        names: Names::new(),
        places: Places::default(),
        cells: Cells::default(),
        earlier: EarlierPlans::default(),
        notices,
        hashes,
    };
    builder.learn_ids();
    let case = builder.case();

    let terms = document
        .record
        .case
        .0
        .as_ref()
        .map(|at| at.value.terms())
        .unwrap_or_default();
    Some(Draft {
        terms,
        names: builder.names,
        case,
        cells: builder.cells,
        earlier: builder.earlier,
    })
}

struct Builder<'a> {
    folder: &'a Path,
    document: &'a Document<CaseFile>,
    names: Names,
    places: Places,
    cells: Cells,
    earlier: EarlierPlans,
    notices: &'a mut Notices,
    hashes: &'a mut Vec<(String, String)>,
}

impl<'a> Builder<'a> {
    /// Learns all ids first, so that a faulty table does not make the references to it look wrong too.
    fn learn_ids(&mut self) {
        let ids = |list| self.document.ids(list).iter();
        ids("resource").for_each(|id| self.names.resources.add_faulty(id));
        ids("measure").for_each(|id| self.names.measures.add_faulty(id));
        ids("fund").for_each(|id| self.names.funds.add_faulty(id));
        ids("policy").for_each(|id| self.names.policies.add_faulty(id));
    }

    fn case(&mut self) -> Option<Case> {
        let document = self.document;
        let (file, source) = (&document.record, &document.source);
        let stated = file.case.0.as_ref().map(|at| &at.value);
        self.places.case = place(&file.case, source);
        self.places.standard = place(&file.standard, source);
        let terms = stated.map(|stated| stated.terms()).unwrap_or_default();
        let (resources, records) = self.resources();
        let table = self.schools(&records, stated.map_or("", |stated| &stated.name), &terms);
        let links = self.links();
        let doubts = self.doubts(&resources);
        let standard = self.standard(&terms);
        let measures = self.measures(&terms);
        let funds = self.funds(&terms);
        let policies = self.policies(&terms);
        let objective = self.objective();
        let pupils = file
            .enrolment
            .0
            .as_ref()
            .map(|at| at.value.build(&terms, source, self.notices));
        self.two_enrolments();

        let (stated, table, standard) = (stated?, table?, standard?);
        let horizon = stated.horizon();
        let case = Case {
            name: stated.name.clone(),
            lang: terms.lang,
            remark: stated.remark.clone(),
            currency: stated.currency.clone(),
            money_shown: stated.money_shown(),
            provinces: table.provinces,
            counties: table.counties,
            areas: table.areas,
            schools: table.schools,
            links,
            doubts,
            enrolment: enrolment::filled(pupils.unwrap_or_default(), horizon.years),
            horizon,
            junior_share: standard.junior_share,
            resources,
            standard: standard.standard,
            measures,
            funds,
            policies,
            no_school_below_today: stated.no_school_below_today(),
            objective,
            settled: Settled::default(),
            diversions: Vec::new(),
        };
        let mut case = self.diverted(case, &terms);
        self.promises(&mut case);
        check::case(&case, &self.places, self.is_whole(), self.notices);
        Some(case)
    }

    /// Pupils change by the factors of all schools, by a forecast of each or by the grades they are in: two of them would
    /// count the change twice.
    fn two_enrolments(&mut self) {
        let record = &self.document.record;
        let Some(schools) = &record.schools.0 else {
            return;
        };
        let forecasts = schools.value.columns.value.forecasts();
        let forecast = forecasts.into_iter().flatten().next();
        let stated = [
            (
                "[enrolment]",
                record.enrolment.0.as_ref().map(|at| &at.span),
            ),
            (
                "[schools.cohort]",
                schools.value.cohort.as_ref().map(|at| &at.span),
            ),
            ("`forecast`", forecast.map(|at| &at.span)),
        ];
        let mut stated = stated
            .into_iter()
            .filter_map(|(key, span)| Some((key, span?)));
        if let (Some((one, span)), Some((other, _))) = (stated.next(), stated.next()) {
            let notice = self.document.source.notice(KEYS_EXCLUDE, span);
            self.notices.push(notice.with(one).with(other));
        }
    }

    /// The resources and the records they came from; a second one of the same id is reported and left out.
    fn resources(&mut self) -> (Table<ResourceIx, Resource>, Vec<&'a ResourceRecord>) {
        let source = &self.document.source;
        let mut resources = Table::default();
        let mut records = Vec::new();
        for record in self.document.record.resource.sound() {
            let (record, place) = (&record.value, source.place(record.span.start));
            let resource = record.build(source, self.notices);
            if !self.names.resources.taken(&record.id, source, self.notices) {
                self.names
                    .resources
                    .add(&record.id.value, resources.push(resource));
                self.places.resources.push(place);
                records.push(record);
            }
        }
        (resources, records)
    }

    fn schools(
        &mut self,
        resources: &[&ResourceRecord],
        name: &str,
        terms: &Terms,
    ) -> Option<SchoolTable> {
        let document = self.document;
        let read = document.record.schools.0.as_ref().and_then(|stated| {
            let title = (name, terms);
            schools::read(
                self.folder,
                stated,
                resources,
                title,
                &document.source,
                &mut self.names,
                self.notices,
            )
        });
        match &read {
            Some(table) => {
                self.remember(&table.sheet);
                self.cells = table.cells.clone();
                if table.rows == 0 {
                    let span = document
                        .record
                        .schools
                        .0
                        .as_ref()
                        .map_or(0..0, |stated| stated.value.file.span.clone());
                    self.notices
                        .push(document.source.notice(SCHOOLS_NONE, &span));
                }
            }
            None => {
                self.names.schools.could_not_be_read();
                self.names.areas.could_not_be_read();
                self.names.provinces.could_not_be_read();
                self.names.counties.could_not_be_read();
            }
        }
        read
    }

    fn links(&mut self) -> Vec<Link> {
        let document = self.document;
        let read = document.record.links.0.as_ref().and_then(|stated| {
            schools::read_links(
                self.folder,
                stated,
                &document.source,
                &self.names,
                self.notices,
            )
        });
        let Some((links, sheet)) = read else {
            return Vec::new();
        };
        self.remember(&sheet);
        links
    }

    fn doubts(&mut self, resources: &Table<ResourceIx, Resource>) -> Vec<Doubt> {
        let document = self.document;
        let read = document.record.doubts.0.as_ref().and_then(|stated| {
            schools::read_doubts(
                self.folder,
                stated,
                (&self.names, resources),
                &document.source,
                self.notices,
            )
        });
        let Some((doubts, sheet)) = read else {
            return Vec::new();
        };
        self.remember(&sheet);
        doubts
    }

    fn remember(&mut self, sheet: &Sheet) {
        let read = (sheet.file.display().to_string(), sheet.hash.clone());
        if !self.hashes.contains(&read) {
            self.hashes.push(read);
        }
    }

    fn standard(&mut self, terms: &Terms) -> Option<Built> {
        let document = self.document;
        let stated = document.record.standard.0.as_ref()?;
        Some(standards::build(
            stated,
            terms,
            &self.names,
            &document.source,
            self.notices,
        ))
    }

    fn measures(&mut self, terms: &Terms) -> Table<MeasureIx, Measure> {
        let source = &self.document.source;
        let mut measures = Table::default();
        for record in self.document.record.measure.sound() {
            let id = &record.value.id;
            let built = MeasureRecord::build(record, terms, &self.names, source, self.notices);
            if !self.names.measures.taken(id, source, self.notices)
                && let Some(measure) = built
            {
                self.names.measures.add(&id.value, measures.push(measure));
                self.places.measures.push(source.place(record.span.start));
            }
        }
        measures
    }

    fn funds(&mut self, terms: &Terms) -> Table<FundIx, Fund> {
        let source = &self.document.source;
        let mut funds = Table::default();
        for record in self.document.record.fund.sound() {
            let id = &record.value.id;
            let built = FundRecord::build(record, terms, &self.names, source, self.notices);
            if !self.names.funds.taken(id, source, self.notices)
                && let Some(fund) = built
            {
                self.boarders_known(&record.value);
                self.names.funds.add(&id.value, funds.push(fund));
                self.places.funds.push(source.place(record.span.start));
            }
        }
        funds
    }

    /// Reports a fund that pays more for boarders where the school table tells of none.
    fn boarders_known(&mut self, fund: &FundRecord) {
        let (Some(per_pupil), Some(schools)) = (&fund.per_pupil, &self.document.record.schools.0)
        else {
            return;
        };
        if per_pupil.value.counts_boarders() && schools.value.columns.value.boarders.is_none() {
            let notice = self.document.source.notice(KEY_MISSING, &per_pupil.span);
            self.notices
                .push(notice.with("boarders").with("[schools.columns]"));
        }
    }

    fn policies(&mut self, terms: &Terms) -> Table<PolicyIx, Policy> {
        let source = &self.document.source;
        let mut policies = Table::default();
        for record in self.document.record.policy.sound() {
            let id = &record.value.id;
            let built = PolicyRecord::build(record, terms, &self.names, source, self.notices);
            if !self.names.policies.taken(id, source, self.notices)
                && let Some(policy) = built
            {
                self.names.policies.add(&id.value, policies.push(policy));
            }
        }
        policies
    }

    /// The case with pupils sent to other schools; what is not possible is reported.
    fn diverted(&mut self, mut case: Case, terms: &Terms) -> Case {
        let source = &self.document.source;
        for record in self.document.record.divert.sound() {
            let built = record.value.build(terms, &self.names, source, self.notices);
            let sent =
                built.filter(|one| possible(&case, one, &record.value, source, self.notices));
            if let Some(diversion) = sent {
                case.divert(&diversion);
            }
        }
        case.refund();
        case.gather();
        case
    }

    /// Reads the earlier plans that rules want the plan to stay near.
    fn promises(&mut self, case: &mut Case) {
        let mut policies = std::mem::take(&mut case.policies);
        for policy in policies.iter_mut() {
            let read_against = (&*case, self.folder);
            self.earlier
                .fill(policy, read_against, self.hashes, self.notices);
        }
        case.policies = policies;
    }

    /// Whether `case.toml` is without error and all it names is sound: then what seems to be left out is left out.
    fn is_whole(&self) -> bool {
        let in_case = |place: &Place| place.file == self.document.source.file();
        let faultless = self
            .notices
            .iter()
            .all(|notice| notice.grade() != Grade::Error || !in_case(&notice.place));
        let names = &self.names;
        let sound =
            names.resources.all_sound() && names.measures.all_sound() && names.funds.all_sound();
        faultless && sound && names.policies.all_sound()
    }

    fn objective(&mut self) -> Objective {
        let document = self.document;
        let none = ObjectiveRecord::default();
        let stated = document
            .record
            .objective
            .0
            .as_ref()
            .map_or(&none, |at| &at.value);
        stated.build(&self.names, &document.source, self.notices)
    }
}

/// Where a table starts; the top of the file when it is not there.
fn place<T>(table: &Tried<At<T>>, source: &Source) -> Place {
    source.place(table.0.as_ref().map_or(0, |at| at.span.start))
}
