//! Proposed diversions on paper: who goes where, how far, what it saves and costs, and who is left without a place.

mod data;
mod overlay;

use super::number::{count, number, plural};
use super::page::{Grid, Page};
use super::question::Question;
use crate::case::Section;
use crate::plan::diverting::{Left, Places, Proposed, Wanted, Why};
use crate::study::diff::Gaps;
use crate::study::divert::{MOST_SOLVED, Valued};
use crate::words::{ResourceIx, YearIx};

pub use overlay::{SCENARIO, scenario};

/// How many are shown of a kind; the files have them all.
const SHOWN: usize = 30;

/// What is told.
#[derive(Clone, Copy, Debug)]
pub struct Told<'a> {
    /// The case, and the language.
    pub asked: Question<'a>,
    /// What was asked for.
    pub wanted: &'a Wanted,
    /// What is proposed, and what it is worth.
    pub found: &'a Valued,
    /// Resources that are short at schools concerned and that no measure brings.
    pub unpriced: &'a [ResourceIx],
}

impl Told<'_> {
    /// The page.
    pub fn page(&self) -> Page {
        let asked = &self.asked;
        let mut page = Page::titled(asked.title());
        if let Some(remark) = &asked.case.remark {
            page.remark(remark);
        }
        let (km, year) = (number(self.wanted.within), asked.year(self.wanted.since));
        page.heading(asked.pick(
            format!("分流和撤并建议（{year}起，{km} 公里以内）"),
            format!("Proposed diversions and mergers (from {year} on, within {km} km)"),
        ));
        page.list(self.summary());
        self.proposals(&mut page);
        self.left(&mut page);
        self.notes(&mut page);
        page
    }

    /// How many lack a place, before and after; how far those go who go; what that does to the gap.
    fn summary(&self) -> Vec<String> {
        let asked = &self.asked;
        let proposal = &self.found.proposal;
        let (before, after) = (over(&proposal.before), over(&proposal.after));
        let schools = |one: &(usize, u64)| (count(one.0), count(one.1 as usize));
        let ((from, pupils), (still, without)) = (schools(&before), schools(&after));
        let mut said = vec![asked.pick(
            format!("学位不足的学部：{from} 个、缺 {pupils} 个学位；按建议分流以后：{still} 个、缺 {without} 个"),
            format!("sections with more pupils than places: {from}, {pupils} pupils without one; with these diversions: {still}, {without} pupils"),
        )];
        if proposal.proposed.is_empty() {
            return said;
        }
        let all: f64 = proposal.proposed.iter().map(|one| one.pupils).sum();
        let way: f64 = proposal
            .proposed
            .iter()
            .map(|one| one.pupils * one.km)
            .sum();
        let farthest = proposal
            .proposed
            .iter()
            .map(|one| one.km)
            .fold(0.0, f64::max);
        let merged = proposal.proposed.iter();
        let merged = merged.filter(|one| one.diversion.pupils.is_none()).count();
        let (pupils, mean, most) = (number(all), number(way / all), number(farthest));
        said.push(asked.pick(
            format!("建议 {pupils} 名学生到邻校就读（其中撤并 {merged} 校），平均 {mean} 公里，最远 {most} 公里"),
            format!("{pupils} pupils would go to another school ({} merged), {mean} km on average, {most} km at most", plural(merged, "site")),
        ));
        if let (Some(before), Some(after)) = (self.found.before, self.found.after) {
            said.push(self.gaps(before, after));
        }
        said
    }

    fn gaps(&self, before: Gaps, after: Gaps) -> String {
        let (asked, unit) = (&self.asked, self.asked.gap_unit());
        let (now, then) = (number(before.smallest), number(after.smallest));
        let (without, otherwise) = (number(before.now), number(after.now));
        asked.pick(
            format!("全部采纳：最小缺口由 {now} 变为 {then} {unit}；不采取措施的缺口由 {without} 变为 {otherwise}"),
            format!("with all of them the smallest gap goes from {now} to {then} {unit}, that without measures from {without} to {otherwise}"),
        )
    }

    fn proposals(&self, page: &mut Page) {
        let asked = &self.asked;
        let mut grid = Grid::new()
            .words(asked.pick("转出学校", "from"))
            .words(asked.pick("转入学校", "to"))
            .numbers(asked.pick("学生", "pupils"))
            .numbers(asked.pick("公里", "km"))
            .numbers(asked.money_header("节省", "saves"))
            .numbers(asked.money_header("增加", "costs"))
            .numbers(asked.pick("缺口变化", "gap changes by"));
        let all = self.found.proposal.proposed.iter().zip(&self.found.worths);
        for (one, worth) in all.clone().take(SHOWN) {
            grid.row([
                self.sender(one),
                self.receiver(one),
                number(one.pupils),
                number(one.km),
                asked.money(worth.saves),
                asked.money(worth.costs),
                worth.alone.map_or_else(
                    || super::number::MISSING.to_string(),
                    |gaps| signed(gaps.smallest),
                ),
            ]);
        }
        let left_out = all.count().saturating_sub(SHOWN);
        if left_out > 0 {
            grid.foot = Some(asked.pick(
                format!("另有 {left_out} 项，见 divert.csv"),
                format!("{} in divert.csv", plural(left_out, "more row")),
            ));
        }
        page.grid(grid);
    }

    fn sender(&self, one: &Proposed) -> String {
        let asked = &self.asked;
        let name = &asked.case.schools[one.diversion.from].name;
        match (one.diversion.pupils, one.diversion.section) {
            (None, _) => asked.pick(format!("{name}（撤并）"), format!("{name} (closes)")),
            (_, Some(section)) => self.part(name, section),
            _ => name.clone(),
        }
    }

    fn receiver(&self, one: &Proposed) -> String {
        let asked = &self.asked;
        let name = &asked.case.schools[one.diversion.to].name;
        match one.diversion.boards {
            true => asked.pick(format!("{name}（寄宿）"), format!("{name} (boarding)")),
            false => name.clone(),
        }
    }

    fn part(&self, name: &str, section: Section) -> String {
        let section = self.asked.pick(section.name().0, section.name().1);
        self.asked.pick(
            format!("{name}（{section}部）"),
            format!("{name} ({section})"),
        )
    }

    /// Who is left without a place, and why.
    fn left(&self, page: &mut Page) {
        let asked = &self.asked;
        let left = &self.found.proposal.left;
        if left.is_empty() {
            return;
        }
        page.heading(asked.pick("没有找到去处的", "For whom no place was found"));
        let lines = left.iter().take(SHOWN).map(|one| self.why(one));
        let mut lines: Vec<String> = lines.collect();
        let left_out = left.len().saturating_sub(SHOWN);
        if left_out > 0 {
            lines.push(asked.pick(
                format!("另有 {left_out} 项，见 divert.json"),
                format!("{} in divert.json", plural(left_out, "more row")),
            ));
        }
        page.list(lines);
    }

    fn why(&self, left: &Left) -> String {
        let asked = &self.asked;
        let name = &asked.case.schools[left.school].name;
        let who = match left.section {
            None => asked.pick(
                format!("{name}（拟撤并）"),
                format!("{name} (to be merged)"),
            ),
            Some(section) if asked.case.schools[left.school].stage.sections().len() > 1 => {
                self.part(name, section)
            }
            Some(_) => name.clone(),
        };
        let pupils = number(left.pupils);
        let why = match left.why {
            Why::Unknown => asked.pick(
                "学生数不详".to_string(),
                "its pupils are unknown".to_string(),
            ),
            Why::NobodyNear => asked.pick(
                "范围内没有已知距离的同学段学校".to_string(),
                "no school that teaches them is known to lie so near".to_string(),
            ),
            Why::NoPlaces(nearest, free) => {
                let near = &asked.case.schools[nearest].name;
                asked.pick(
                    format!("邻校学位不够（最近的{near}还余 {free} 个）"),
                    format!(
                        "those near have too few places left (the nearest, {near}, has {free})"
                    ),
                )
            }
        };
        asked.pick(
            format!("{who} {pupils} 人：{why}"),
            format!("{who}, {pupils} pupils: {why}"),
        )
    }

    fn notes(&self, page: &mut Page) {
        let asked = &self.asked;
        if self.found.proposal.proposed.is_empty() {
            return;
        }
        let (zh, en) = match self.wanted.across {
            true => ("可转到其他县区，须与其商定", "other counties have to agree"),
            false => ("只在本县内", "within a county"),
        };
        page.text(asked.pick(
            format!("学位：学校表所列；没有时为班数（单一学段学校还可按班额内所需的闲置教室增班）乘以班额上限，取起始年以后最紧的一年。在不超过学位和距离的前提下，先让尽量多的学生有学位，再使总路程最短；{zh}。"),
            format!("Places: as the school table says; else classes (and, in a school of one stage, those that could be formed in rooms to spare) times the largest class, in the scarcest year from then on. As many as can get a place, and of all such ways the one of the fewest kilometres; {en}."),
        ));
        page.text(asked.pick(
            "节省、增加：两校在规划最后一年补齐全部缺口所需的钱（规划期内，不计整数和提前期）减少、增加多少。缺口变化：只采纳这一项时最小缺口的变化，负数为减少。",
            "Saves, costs: by how much the money falls or rises that it would take to close all shortfalls of the two schools by the last plan year (within the plan, whole units and lead times aside). Gap changes by: the smallest gap with this one alone; negative: it falls.",
        ));
        if self.found.proposal.proposed.len() > MOST_SOLVED {
            page.text(asked.pick(
                format!("超过 {MOST_SOLVED} 项，没有逐项求解缺口变化"),
                format!("there are more than {MOST_SOLVED}: their gaps were not solved one by one"),
            ));
        }
        if !self.unpriced.is_empty() {
            let names = self
                .unpriced
                .iter()
                .map(|&at| asked.case.resources[at].name.as_str());
            let names: Vec<&str> = names.collect();
            let names = names.join(asked.pick("、", ", "));
            page.text(asked.pick(
                format!("没有措施可补、未计入节省和增加的：{names}"),
                format!("short, but brought by no measure and so in neither: {names}"),
            ));
        }
    }
}

/// Sections with too few places, and pupils without one.
fn over(places: &Places) -> (usize, u64) {
    let over = places.iter().map(|one| one.over());
    over.filter(|pupils| *pupils > 0)
        .fold((0, 0), |(sections, all), pupils| {
            (sections + 1, all + pupils)
        })
}

/// A change, with its sign.
fn signed(value: f64) -> String {
    match number(value) {
        zero if zero == "0" || zero == "-0" => "0".to_string(),
        text if value > 0.0 => format!("+{text}"),
        text => text,
    }
}

/// The first year in which pupils go, as files state it.
fn since(asked: &Question, year: YearIx) -> i32 {
    asked.case.horizon.calendar(year)
}
