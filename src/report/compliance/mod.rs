//! The inspectors' arithmetic before and after a plan (考核对照): coefficients of variation against their limits, schools
//! that pass, sizes of classes and schools, teachers who change schools. Three states are held side by side: today, the last plan year without the plan,
//! and the last plan year with it.

mod counties;
mod data;
mod rotation;
mod schools;
mod size;

use super::diagnosis::{compliance_in_words, section_name};
use super::number::{MISSING, count, number, or_missing, percent};
use super::page::{Grid, Page};
use super::question::Question;
use super::verdict;
use crate::case::balance::{
    Group, IndicatorSurvey, SectionSurvey, SizeCheck, Survey, sizes, survey,
};
use crate::case::{Case, Section};
use crate::plan::{Outcome, PlanRow};
use crate::words::halt::Reason;
use crate::words::{ResourceIx, SchoolIx, YearIx};

pub use data::{counties_csv, csv, json, sizes_csv};

/// The three states.
pub struct States {
    /// In the first plan year, with what schools have.
    pub now: Survey,
    /// In the last plan year, without the plan.
    pub without: Survey,
    /// In the last plan year, with it.
    pub with: Survey,
    /// Sizes of classes and schools in the first plan year.
    pub sizes_now: Vec<SizeCheck>,
    /// In the last one, without the plan.
    pub sizes_without: Vec<SizeCheck>,
    /// In the last one, with the rooms that the plan brings.
    pub sizes_with: Vec<SizeCheck>,
}

impl States {
    /// The states of a case before and after what a plan does.
    pub fn of(case: &Case, outcome: &Outcome) -> States {
        let (first, last) = (YearIx::new(0), case.horizon.last());
        // What falls out of use before a year is not there in it.
        let unplanned = |year| {
            move |school: SchoolIx, resource: ResourceIx| case.stock_in(school, resource, year)
        };
        let planned = |school, resource| outcome.stock(case, school, resource, last);
        States {
            sizes_now: sizes(case, first, None),
            sizes_without: sizes(case, last, None),
            sizes_with: sizes(case, last, Some(&planned)),
            now: survey(case, unplanned(first), first),
            without: survey(case, unplanned(last), last),
            with: survey(case, planned, last),
        }
    }

    fn all(&self) -> [&Survey; 3] {
        [&self.now, &self.without, &self.with]
    }
}

/// What is told.
pub struct Told<'a> {
    /// The case, and the language.
    pub asked: Question<'a>,
    /// The states.
    pub states: &'a States,
    /// What the plan is called: the table it was read from; `None` for the best plan.
    pub plan: Option<&'a str>,
    /// The rows of the plan.
    pub rows: &'a [PlanRow],
    /// How many rules of the case the plan breaks.
    pub broken: usize,
    /// What cut the search for the best plan short, if anything.
    pub halted: Option<Reason>,
}

impl Told<'_> {
    /// The page.
    pub fn page(&self) -> Page {
        let asked = &self.asked;
        let mut page = Page::titled(asked.title());
        if let Some(remark) = &asked.case.remark {
            page.remark(remark);
        }
        let plan = self.plan.unwrap_or(asked.pick("最优方案", "the best plan"));
        page.heading(asked.pick(
            format!("考核对照：{plan}，{}", asked.case.standard.name),
            format!("Compliance: {plan}, {}", asked.case.standard.name),
        ));
        if let Some(reason) = self.halted {
            page.remark(verdict::halted(asked, reason));
        }
        if self.broken > 0 {
            let broken = count(self.broken);
            page.remark(asked.pick(
                format!("这个方案违反案例的规定 {broken} 处，详见 junheng audit"),
                format!("this plan breaks {broken} of the case's rules; see junheng audit"),
            ));
        }
        page.list(self.summary());
        for section in Section::ALL {
            self.coefficients(section, &mut page);
        }
        self.passing(&mut page);
        counties::tell(self, &mut page);
        size::tell(self, &mut page);
        rotation::tell(self, &mut page);
        schools::tell(self, &mut page);
        page
    }

    /// The three states by name.
    fn names(&self) -> [String; 3] {
        let asked = &self.asked;
        let (first, last) = (self.states.now.year, self.states.with.year);
        [
            asked.pick(format!("{first}年现状"), format!("{first}, today")),
            asked.pick(
                format!("{last}年不规划"),
                format!("{last}, without the plan"),
            ),
            asked.pick(format!("{last}年规划后"), format!("{last}, with the plan")),
        ]
    }

    /// Schools that are judged in the last year: where pupils change, more or fewer are large enough than today.
    fn judged_header(&self) -> String {
        let last = self.states.with.year;
        self.asked
            .pick(format!("{last}年参评"), format!("judged in {last}"))
    }

    /// Whether each county keeps the limit on coefficients and has all schools pass, before and after.
    fn summary(&self) -> Vec<String> {
        let asked = &self.asked;
        let mut said = Vec::new();
        // Sections in which every school is too small are judged by nobody.
        let any = |group: &&Group| group.sections.iter().any(|one| one.schools > 0);
        let all = |survey: &Survey| survey.counties.iter().filter(any).count();
        let judged = |group: &&Group, of: &dyn Fn(&SectionSurvey) -> bool| {
            let mut sections = group.sections.iter().filter(|one| one.schools > 0);
            sections.clone().next().is_some() && sections.all(of)
        };
        let within = |survey: &Survey| {
            let keeps = |one: &SectionSurvey| one.cv_within_limit == Some(true);
            survey
                .counties
                .iter()
                .filter(|group| judged(group, &keeps))
                .count()
        };
        let passing = |survey: &Survey| {
            let passes = |one: &SectionSurvey| one.failing + one.undecided == 0;
            survey
                .counties
                .iter()
                .filter(|group| judged(group, &passes))
                .count()
        };
        let [now, without, with] = self.states.all();
        if asked.case.standard.cv_limit.is_some() {
            let [a, b, c] = [now, without, with].map(|survey| count(within(survey)));
            let of = count(all(with));
            said.push(asked.pick(
                format!("差异系数符合要求的县区：现状 {a} 个，不规划 {b} 个，规划后 {c} 个（共 {of} 个）"),
                format!("counties whose coefficients of variation keep the limit: {a} today, {b} without the plan, {c} with it (of {of})"),
            ));
        }
        if asked.case.standard.compliance.is_some() {
            let [a, b, c] = [now, without, with].map(|survey| count(passing(survey)));
            let of = count(all(with));
            said.push(asked.pick(
                format!("全部学校达标的县区：现状 {a} 个，不规划 {b} 个，规划后 {c} 个（共 {of} 个）"),
                format!("counties in which every school passes: {a} today, {b} without the plan, {c} with it (of {of})"),
            ));
        }
        said
    }

    /// The coefficients of a section, all schools together.
    fn coefficients(&self, section: Section, page: &mut Page) {
        let asked = &self.asked;
        let states: Vec<Option<&SectionSurvey>> = self
            .states
            .all()
            .map(|survey| of_section(&survey.sections, section))
            .into();
        let Some(last) = states[2] else {
            return;
        };
        let name = section_name(asked, section);
        page.heading(asked.pick(
            format!("{name}差异系数"),
            format!("Coefficients of variation, {name}"),
        ));
        let limited = last.cv_limit.is_some();
        let counted = last.indicators.iter().filter(|one| one.indicator);
        let unknown = counted.map(|one| one.unknown).max().unwrap_or(0) > 0;
        let mut grid = Grid::new().words(asked.pick("指标", "indicator"));
        for name in self.names() {
            grid = grid.numbers(name);
        }
        if unknown {
            grid = grid.numbers(asked.pick("情况不详未计入的学校", "unknown, left out"));
        }
        if limited {
            grid = grid
                .numbers(asked.pick("限值", "limit"))
                .words(asked.pick("规划后是否符合", "kept with the plan"));
        }
        let composite = asked.case.standard.cv_limit.as_ref();
        let composite = composite.is_some_and(|limit| limit.composite);
        for (at, one) in last.indicators.iter().enumerate() {
            if !one.indicator {
                continue;
            }
            let cv = |state: &Option<&SectionSurvey>| {
                let indicator = state.and_then(|state| state.indicators.get(at));
                or_missing(indicator.and_then(coefficient))
            };
            let mut row = vec![asked.case.resources[one.resource].name.clone()];
            row.extend(states.iter().map(cv));
            if unknown {
                row.push(count(one.unknown));
            }
            if limited {
                row.push(or_missing(last.cv_limit.filter(|_| !composite)));
                row.push(kept(asked, one.cv_within_limit));
            }
            grid.row(row);
        }
        if last.composite.is_some() {
            let mut row = vec![asked.pick("平均（综合）", "mean (composite)").to_string()];
            let of =
                |state: &Option<&SectionSurvey>| or_missing(state.and_then(|one| one.composite));
            row.extend(states.iter().map(of));
            if unknown {
                row.push(MISSING.to_string());
            }
            if limited {
                row.push(or_missing(last.cv_limit.filter(|_| composite)));
                row.push(kept(asked, last.cv_within_limit.filter(|_| composite)));
            }
            grid.row(row);
        }
        if self.states.with.counties.len() > 1 {
            grid.foot = Some(asked.pick(
                "以上把各县区的学校合在一起计算；正式考核以县区为单位，见各县区一表",
                "all counties taken together; inspectors judge county by county, see that table",
            ).to_string());
        }
        page.grid(grid);
    }

    /// Schools that pass, section by section.
    fn passing(&self, page: &mut Page) {
        let asked = &self.asked;
        let Some(rule) = &asked.case.standard.compliance else {
            return;
        };
        page.heading(asked.pick("达标学校", "Schools that pass"));
        page.text(compliance_in_words(asked, rule));
        let mut grid = Grid::new()
            .words(asked.pick("学段", "section"))
            .numbers(self.judged_header());
        for name in self.names() {
            grid = grid.numbers(name);
        }
        for section in Section::ALL {
            let states = self
                .states
                .all()
                .map(|survey| of_section(&survey.sections, section));
            let Some(last) = states[2] else {
                continue;
            };
            let mut row = vec![
                section_name(asked, section).to_string(),
                count(last.schools),
            ];
            row.extend(states.map(passing_of));
            grid.row(row);
        }
        let mut feet = Vec::new();
        let open = self.states.with.sections.iter().map(|one| one.undecided);
        let open: usize = open.sum();
        if open > 0 {
            let open = count(open);
            feet.push(asked.pick(
                format!("规划后 {open} 个学段资料不全、无法判定，未计入达标"),
                format!("with the plan {open} sections cannot be judged, since stocks are unknown, and do not count as passing"),
            ));
        }
        let unknown = self.states.with.pupils_unknown;
        if unknown > 0 {
            let unknown = count(unknown);
            feet.push(asked.pick(
                format!("在校生数不详的学校 {unknown} 所，未计入各项"),
                format!("schools whose pupils are unknown, left out of everything: {unknown}"),
            ));
        }
        let small = self.states.with.sections.iter().map(|one| one.small);
        let small: usize = small.sum();
        if small > 0 {
            let least = number(asked.case.standard.small_school);
            let small = count(small);
            feet.push(asked.pick(
                format!("不足 {least} 人的学校（{small} 个学段）不参评；九年一贯制学校的共用资源按加权学生数分到两个学段"),
                format!("schools with fewer than {least} pupils ({small} sections) are not judged; what a nine-year school shares is split by weighted pupils"),
            ));
        }
        if !feet.is_empty() {
            grid.foot = Some(feet.join(asked.pick("；", "; ")));
        }
        page.grid(grid);
    }
}

/// The section of a list.
fn of_section(sections: &[SectionSurvey], section: Section) -> Option<&SectionSurvey> {
    sections.iter().find(|one| one.section == section)
}

fn coefficient(indicator: &IndicatorSurvey) -> Option<f64> {
    indicator.spread.and_then(|spread| spread.cv)
}

/// Schools that pass, with their share of those judged in the same year.
fn passing_of(state: Option<&SectionSurvey>) -> String {
    match state {
        Some(state) if state.schools > 0 => {
            let share = percent(state.passing as f64 / state.schools as f64);
            format!("{} ({share})", count(state.passing))
        }
        _ => MISSING.to_string(),
    }
}

/// Whether a limit is kept, in words.
fn kept(asked: &Question, within: Option<bool>) -> String {
    match within {
        Some(true) => asked.pick("符合", "met"),
        Some(false) => asked.pick("超出", "exceeded"),
        None => MISSING,
    }
    .to_string()
}
