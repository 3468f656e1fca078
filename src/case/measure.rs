//! Measures (措施): the ways of meeting a need.

use std::collections::BTreeMap;

use super::Case;
use super::circle::Among;
use super::dues::Subsidy;
use super::nature::Nature;
use super::scope::Scope;
use crate::words::tolerance::{STEP, ZERO_UNITS};
use crate::words::{MeasureIx, Money, ResourceIx, SchoolIx};

/// How a measure meets a need.
#[derive(Clone, PartialEq, Debug)]
pub enum Lever {
    /// Buying or building: paid in full in its year, useful `lead` years later and for `life` years from then.
    Buy {
        /// Years from payment to use; 0 when it is useful in its own year.
        lead: usize,
        /// Years of use.
        life: usize,
    },
    /// Hiring: paid every year from its year on, in the terminal period too, and useful as long.
    Hire,
    /// Aid to pupils (资助): paid in its year and of use in it alone, then granted anew or not. What is granted in the last
    /// plan year is taken to be granted afterwards too.
    Aid,
    /// Rotation inside a county (交流轮岗): a post moves for `term` years from a school to another of the same
    /// stage; the cost is an allowance per post and year, paid for the receiving side.
    Rotate {
        /// Years a post stays away.
        term: usize,
    },
    /// Teachers shared by two schools (走教): parts of a post that a school gives to another of the same circle for a year,
    /// and gives anew or not; travel is paid per post and year, for the receiving side.
    Share,
    /// Moving what one school has to spare to another of the same county and stage for good (调剂): paid once, for the
    /// receiving side.
    Move,
}

impl Lever {
    /// Whether units move between schools, rather than being brought from outside.
    pub fn moves(&self) -> bool {
        matches!(self, Lever::Rotate { .. } | Lever::Share | Lever::Move)
    }
}

/// The part of the smallest project that a school has to lack for one to be begun there, unless a rule demands it: a
/// convention of this program. Who lacks less would be given more to spare than it lacked.
const WORTH_A_PROJECT: f64 = 0.5;

/// How much of a measure a school has use for over the whole plan, beside its need.
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum Most {
    /// As much as it needs.
    Needed,
    /// What it has and cannot use (repair, 维修): no more can be mended than is broken.
    Unusable,
    /// This part of what the standard asks of it in the plan year in which that is most: what can only stand in for some of
    /// it, such as remote lessons (远程同步课堂) for some of the teachers.
    PartOf(f64),
    /// What it has of another resource and not of this one (training, 培训): those teachers who are not yet what the
    /// training makes of them.
    NotYet(ResourceIx),
}

/// A way of meeting needs: of one resource, and of those in which the same units count as well.
#[derive(Clone, Debug)]
pub struct Measure {
    /// The code in the case file.
    pub id: String,
    /// The name that is shown, such as 新建教学用房.
    pub name: String,
    /// The resource it supplies.
    pub resource: ResourceIx,
    /// Other resources in which each unit counts, and for how many units of them: a teacher of PE who is hired is a
    /// teacher too.
    pub also: Vec<(ResourceIx, f64)>,
    /// How it works.
    pub lever: Lever,
    /// How much of it a school has use for.
    pub most: Most,
    /// The smallest amount that is handed out, where that is another than a step of the resource.
    pub step: Option<f64>,
    /// Among which schools its units may move.
    pub among: Among,
    /// The smallest project (项目最小规模): the units that a school is brought at least in a year in which it is brought any;
    /// 0 where there is none.
    pub least: f64,
    /// Price of a unit: once for buying, per year for hiring and rotation.
    pub cost: Money,
    /// What of the price of a hired post is paid from outside the funds in its first years.
    pub subsidy: Option<Subsidy>,
    /// What kind of spending it is.
    pub nature: Nature,
    /// Who carries it out (责任单位).
    pub body: String,
    /// Where it may be used; its own resource and measure fields are empty.
    pub scope: Scope,
}

impl Measure {
    /// The resources in which a unit counts, with the units of each: first the one it is measured in.
    pub fn serves(&self) -> impl Iterator<Item = (ResourceIx, f64)> + Clone + '_ {
        std::iter::once((self.resource, 1.0)).chain(self.also.iter().copied())
    }

    /// Units of a resource that one unit brings; `None` when it brings none.
    pub fn brings(&self, resource: ResourceIx) -> Option<f64> {
        let mut serves = self.serves();
        serves.find_map(|(served, units)| (served == resource).then_some(units))
    }

    /// Whether so many units at a school in a year are none, or as many as a project has at least.
    pub fn is_project(&self, units: f64) -> bool {
        units <= ZERO_UNITS || units >= self.least * (1.0 - STEP)
    }

    /// Whether a school that lacks so many units is worth the smallest project.
    pub fn is_worth_a_project(&self, lacking: f64) -> bool {
        lacking >= self.least * WORTH_A_PROJECT
    }

    /// Whether it counts in several resources.
    pub fn is_joint(&self) -> bool {
        !self.also.is_empty()
    }
}

impl Case {
    /// The steps that a measure is handed out in at least at a school and year: those of its smallest project, else one.
    pub fn least_steps(&self, measure: MeasureIx) -> u64 {
        let stated = &self.measures[measure];
        let steps = stated.least / self.step(measure);
        (steps - STEP).ceil().max(1.0) as u64
    }

    /// Units of a measure that a school has use for over the whole plan, whatever it needs: none where what decides it
    /// is not known. `None` where nothing but its need bounds it.
    pub fn most(&self, measure: MeasureIx, school: SchoolIx) -> Option<f64> {
        let (stated, at) = (&self.measures[measure], &self.schools[school]);
        match stated.most {
            Most::Needed => None,
            Most::Unusable => Some(at.unusable[stated.resource.at()].unwrap_or(0.0)),
            Most::PartOf(part) => {
                let years = self.horizon.plan_years();
                let asked = years.filter_map(|year| self.required(school, stated.resource, year));
                let (asked, step) = (asked.fold(0.0, f64::max), self.step(measure));
                // In whole steps: no plan in whole units is lost by it.
                Some((part * asked / step + STEP).floor() * step)
            }
            Most::NotYet(of) => {
                let all = at.stock[of.at()].unwrap_or(0.0);
                let own = at.stock[stated.resource.at()].unwrap_or(all);
                Some((all - own).max(0.0))
            }
        }
    }

    /// The smallest amount of a measure that is handed out, in units of its resource.
    pub fn step(&self, measure: MeasureIx) -> f64 {
        let stated = &self.measures[measure];
        stated.step.unwrap_or(self.resources[stated.resource].step)
    }

    /// The smallest amount of a resource that any measure hands out.
    pub fn finest_step(&self, resource: ResourceIx) -> f64 {
        let own = |measure: &Measure| Some(measure.step? * measure.brings(resource)?);
        let steps = self.measures.iter().filter_map(own);
        steps.fold(self.resources[resource].step, f64::min)
    }

    /// The resources in sets: those in which units of the same measures count are together, every other is alone. Sets
    /// are in order of their first resources, resources in file order.
    pub fn joint_resources(&self) -> Vec<Vec<ResourceIx>> {
        let mut set_of: Vec<usize> = (0..self.resources.len()).collect();
        for measure in self.measures.iter() {
            for (resource, _) in measure.serves() {
                let (one, other) = (set_of[measure.resource.at()], set_of[resource.at()]);
                let (low, high) = (one.min(other), one.max(other));
                set_of
                    .iter_mut()
                    .filter(|set| **set == high)
                    .for_each(|set| *set = low);
            }
        }
        let members = |set: usize| {
            let all = self.resources.ids();
            all.filter(|resource| set_of[resource.at()] == set)
                .collect()
        };
        let sets = (0..set_of.len()).filter(|&set| set_of[set] == set);
        sets.map(members).collect()
    }

    /// The first measure that is bounded by the same as this one: what is mended or trained by one cannot be by another.
    pub fn bounded_with(&self, measure: MeasureIx) -> MeasureIx {
        let own = &self.measures[measure];
        let same = |other: &Measure| (other.resource, other.most) == (own.resource, own.most);
        self.measures.find(same).unwrap_or(measure)
    }

    /// The most a school may still be brought of the measures that are bounded there, after the closed years; by the first
    /// of those that are bounded by the same (see [`Case::bounded_with`]).
    pub fn rooms(&self) -> BTreeMap<(MeasureIx, SchoolIx), f64> {
        let mut rooms = BTreeMap::new();
        for (measure, stated) in self.measures.pairs() {
            if stated.most == Most::Needed || self.bounded_with(measure) != measure {
                continue;
            }
            for school in self.schools.ids() {
                if let Some(most) = self.most(measure, school) {
                    rooms.insert((measure, school), most);
                }
            }
        }
        for done in &self.settled.done {
            if let Some(room) = rooms.get_mut(&(self.bounded_with(done.measure), done.school)) {
                *room = (*room - done.units).max(0.0);
            }
        }
        rooms
    }
}
