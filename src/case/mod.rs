//! Floor 1: what a planner states. Schools, resources, standards, measures, funds, policies and overlays,
//! and the arithmetic of the standards. It knows nothing of linear programs and nothing of files.

pub mod along;
pub mod balance;
pub mod circle;
pub mod cohort;
pub mod county;
pub mod distance;
pub mod divert;
pub mod doubt;
pub mod dues;
pub mod earlier;
pub mod fund;
pub mod horizon;
pub mod measure;
pub mod merit;
pub mod nature;
pub mod objective;
pub mod overlay;
pub mod places;
pub mod policy;
pub mod quota;
pub mod reach;
pub mod recurrent;
pub mod required;
pub mod resource;
pub mod school;
pub mod scope;
pub mod service;
pub mod settled;
pub mod standard;
pub mod target;
pub mod write_off;

pub use along::Along;
pub use circle::{Among, Circle};
pub use cohort::{Cohort, Graded};
pub use county::County;
pub use distance::Distances;
pub use divert::{Diversion, Diverted};
pub use doubt::{Cells, Doubt, Quantity};
pub use dues::{Dues, Subsidy};
pub use earlier::Earlier;
pub use fund::Fund;
pub use horizon::Horizon;
pub use measure::{Lever, Measure, Most};
pub use nature::Nature;
pub use objective::{Band, Count, First, Objective, Tilt};
pub use overlay::{Change, Overlay};
pub use policy::{Base, Bound, Each, Policy, Quota, Rule};
pub use quota::quota_sizes;
pub use reach::Reach;
pub use recurrent::PerPupil;
pub use resource::{Norm, NormBasis, Resource};
pub use school::{Arrival, BySection, Link, Position, School, Section, Stage};
pub use scope::Scope;
pub use service::Service;
pub use settled::{Done, Paid, Settled};
pub use standard::{Compliance, CvLimit, RotationGoal, SizeLimits, Standard};
pub use write_off::WriteOff;

use crate::words::{
    AreaIx, CountyIx, FundIx, Lang, MeasureIx, PolicyIx, ProvinceIx, ResourceIx, SchoolIx, Table,
};

/// Everything a planner states, complete and free of contradictions: what `read` hands over has passed `check`.
#[derive(Clone, Debug)]
pub struct Case {
    /// The title of the plan.
    pub name: String,
    /// The language of the files written for it.
    pub lang: Lang,
    /// What must be said wherever the case shows, such as that its schools are synthetic.
    pub remark: Option<String>,
    /// The name of the currency's main unit, such as 元 or NGN.
    pub currency: String,
    /// How money is shown: main units per shown unit and its name, such as (10000, 万元).
    pub money_shown: (f64, String),
    /// The years planned and the period after them.
    pub horizon: Horizon,
    /// The provinces (省) the counties belong to, at least one; a single one without a name where none is stated.
    pub provinces: Table<ProvinceIx, String>,
    /// The counties (districts) the schools lie in; rotation stays inside one.
    pub counties: Table<CountyIx, County>,
    /// The kinds of area named in the school table.
    pub areas: Table<AreaIx, String>,
    /// The schools, in file order.
    pub schools: Table<SchoolIx, School>,
    /// Roads between schools, if given.
    pub links: Vec<Link>,
    /// Intervals in which the planner takes numbers of the school table to lie; no plan heeds them.
    pub doubts: Vec<Doubt>,
    /// Pupils of each plan year as a factor on the school table, by section; one entry a plan year.
    pub enrolment: BySection<Vec<f64>>,
    /// Pupils of the junior section count this much when a nine-year school's stock is split (official 1.1).
    pub junior_share: f64,
    /// What schools need, in file order.
    pub resources: Table<ResourceIx, Resource>,
    /// How much of it they should have, and what counts as met.
    pub standard: Standard,
    /// The ways of meeting needs, in file order.
    pub measures: Table<MeasureIx, Measure>,
    /// The money, in file order.
    pub funds: Table<FundIx, Fund>,
    /// The rules, in file order.
    pub policies: Table<PolicyIx, Policy>,
    /// Whether no school may end below its course without the plan (official: no levelling down).
    pub no_school_below_today: bool,
    /// How shortfalls are weighed.
    pub objective: Objective,
    /// What the plan years that are over have come to; nothing for a case as files state it.
    pub settled: Settled,
    /// Pupils who go to other schools; what each school expects already counts them.
    pub diversions: Vec<Diverted>,
}

impl Case {
    /// The province a school lies in.
    pub fn province(&self, school: SchoolIx) -> ProvinceIx {
        self.counties[self.schools[school].county].province
    }
}
