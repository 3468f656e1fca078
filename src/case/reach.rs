//! Which measures, funds, rules and tilts speak of which schools, found once for a whole case.
//!
//! Asking every scope about every school costs schools × scopes × the lengths of their lists: too much for a nation
//! with a fund in each of its counties. Schools that no scope can tell apart are of one kind here; each kind is asked
//! once, and only by the scopes that name its county, one of its schools, or no place at all.

use std::collections::BTreeMap;

use super::{Case, Each, Rule, School, Scope, Stage};
use crate::words::{AreaIx, CountyIx, FundIx, MeasureIx, PolicyIx, ResourceIx, SchoolIx, YearIx};

/// The reach of every scope of a case. Its answers are those of [`Scope`], [`Case::allows`] and
/// [`super::Objective::tilt`].
#[derive(Clone, Debug)]
pub struct Reach {
    kind_of: Vec<u32>,
    kinds: Vec<Kind>,
    /// The kinds of each county.
    counties: Vec<Vec<usize>>,
    of_county: Places,
    of_township: Places,
    of_school: Places,
    of_all: Places,
    /// Whether a fund's scope speaks of a measure, by fund and measure.
    pays: Speaks,
    /// The same for policies.
    rules: Speaks,
}

/// Schools that no scope tells apart.
#[derive(Clone, Debug)]
struct Kind {
    /// In file order.
    schools: Vec<SchoolIx>,
    /// By measure: whether its own scope speaks of the schools, and whether no rule forbids it either.
    inside: Vec<bool>,
    open: Vec<bool>,
    /// Those whose scope speaks of the schools, whatever the measure; in file order.
    funds: Vec<FundIx>,
    policies: Vec<PolicyIx>,
    tilt: f64,
}

impl Reach {
    /// The reach of the scopes of a case.
    pub fn of(case: &Case) -> Reach {
        let (kind_of, members) = kinds(case);
        let counties = by_county(case, &members);
        let finder = Finder {
            case,
            kind_of: &kind_of,
            members: &members,
            counties: &counties,
        };
        let measures = finder.speaking(case.measures.pairs().map(|(at, one)| (at, &one.scope)));
        let funds = finder.speaking(case.funds.pairs().map(|(at, one)| (at, &one.scope)));
        let policies = finder.speaking(case.policies.pairs().map(|(at, one)| (at, &one.scope)));
        let tilts = case.objective.tilts.iter().enumerate();
        let tilts = finder.speaking(tilts.map(|(at, one)| (at, &one.scope)));
        let pays = Speaks::of(case, case.funds.iter().map(|fund| &fund.scope));
        let rules = Speaks::of(case, case.policies.iter().map(|policy| &policy.scope));
        let mut kinds = Vec::with_capacity(members.len());
        let found = members.into_iter().zip(measures).zip(funds);
        for (((schools, measures), funds), (policies, tilts)) in
            found.zip(policies.into_iter().zip(tilts))
        {
            let mut inside = vec![false; case.measures.len()];
            let mut open = inside.clone();
            for measure in measures {
                inside[measure.at()] = true;
                let forbids = |policy: &PolicyIx| {
                    matches!(case.policies[*policy].rule, Rule::Forbid)
                        && rules.at(policy.at(), measure)
                };
                open[measure.at()] = !policies.iter().any(forbids);
            }
            let weights = tilts.iter().map(|&tilt| case.objective.tilts[tilt].weight);
            kinds.push(Kind {
                schools,
                inside,
                open,
                funds,
                policies,
                tilt: weights.product(),
            });
        }
        Reach {
            kind_of,
            kinds,
            counties,
            of_county: Places::of(case, |school| school.county),
            of_township: Places::of(case, |school| (school.county, school.township.as_str())),
            of_school: Places::each(case),
            of_all: Places::all(case),
            pays,
            rules,
        }
    }

    /// How many kinds of schools there are.
    pub fn kinds(&self) -> usize {
        self.kinds.len()
    }

    /// The kind of a school. Kinds are numbered by their first schools.
    pub fn kind(&self, school: SchoolIx) -> usize {
        self.kind_of[school.at()] as usize
    }

    /// The kinds of the schools of a county; all kinds for `None`.
    pub fn kinds_in(&self, county: Option<CountyIx>) -> Vec<usize> {
        match county {
            Some(county) => self.counties[county.at()].clone(),
            None => (0..self.kinds.len()).collect(),
        }
    }

    /// The schools of a kind, in file order.
    pub fn schools(&self, kind: usize) -> &[SchoolIx] {
        &self.kinds[kind].schools
    }

    fn told(&self, each: Each) -> &Places {
        match each {
            Each::All => &self.of_all,
            Each::County => &self.of_county,
            Each::Township => &self.of_township,
            Each::School => &self.of_school,
        }
    }

    /// The places in each of which a quota holds, by their first schools.
    pub fn places(&self, each: Each) -> &[SchoolIx] {
        &self.told(each).firsts
    }

    /// The position of a school's place among these.
    pub fn place(&self, each: Each, school: SchoolIx) -> usize {
        self.told(each).of[school.at()] as usize
    }

    /// The first school of a school's place, which stands for the place; `None` where all is one place.
    pub fn first_of_place(&self, each: Each, school: SchoolIx) -> Option<SchoolIx> {
        (each != Each::All).then(|| self.places(each)[self.place(each, school)])
    }

    /// Whether a measure may be used at a school; the same as [`Case::allows`].
    pub fn allows(&self, measure: MeasureIx, school: SchoolIx) -> bool {
        self.kinds[self.kind(school)].open[measure.at()]
    }

    /// Whether the scope of a measure speaks of the schools of a kind, forbidden or not.
    pub fn is_inside(&self, measure: MeasureIx, kind: usize) -> bool {
        self.kinds[kind].inside[measure.at()]
    }

    /// The funds whose scope speaks of a measure at the schools of a kind, in file order.
    pub fn funds(&self, measure: MeasureIx, kind: usize) -> impl Iterator<Item = FundIx> {
        let funds = self.kinds[kind].funds.iter().copied();
        funds.filter(move |fund| self.pays.at(fund.at(), measure))
    }

    /// The policies whose scope speaks of a measure at the schools of a kind, in file order.
    pub fn policies(&self, measure: MeasureIx, kind: usize) -> impl Iterator<Item = PolicyIx> {
        let policies = self.kinds[kind].policies.iter().copied();
        policies.filter(move |policy| self.rules.at(policy.at(), measure))
    }

    /// The policies whose scope speaks of the schools of a kind, whatever the measure; in file order.
    pub fn policies_at(&self, kind: usize) -> &[PolicyIx] {
        &self.kinds[kind].policies
    }

    /// The tilt of a school; the same as [`super::Objective::tilt`].
    pub fn tilt(&self, school: SchoolIx) -> f64 {
        self.kinds[self.kind(school)].tilt
    }

    /// What one unit missing for one year counts for; the same as [`Case::gap_per_unit`].
    pub fn gap_per_unit(
        &self,
        case: &Case,
        school: SchoolIx,
        resource: ResourceIx,
        period: YearIx,
    ) -> f64 {
        case.required(school, resource, period)
            .map_or(0.0, |required| {
                case.gap_per_unit_of(school, resource, period, required, self.tilt(school))
            })
    }

    /// Whether a fund's scope speaks of a measure at a school.
    pub fn pays(&self, fund: FundIx, measure: MeasureIx, school: SchoolIx) -> bool {
        self.pays.at(fund.at(), measure)
            && self.kinds[self.kind(school)]
                .funds
                .binary_search(&fund)
                .is_ok()
    }

    /// Whether a policy's scope speaks of a measure at a school.
    pub fn rules(&self, policy: PolicyIx, measure: MeasureIx, school: SchoolIx) -> bool {
        let policies = &self.kinds[self.kind(school)].policies;
        self.rules.at(policy.at(), measure) && policies.binary_search(&policy).is_ok()
    }
}

/// Schools by place.
#[derive(Clone, Debug)]
struct Places {
    /// The place of each school.
    of: Vec<u32>,
    /// The first school of each place; one that does not exist where there is no school at all.
    firsts: Vec<SchoolIx>,
}

impl Places {
    fn of<'a, K: Ord>(case: &'a Case, place: impl Fn(&'a School) -> K) -> Places {
        let mut known: BTreeMap<K, u32> = BTreeMap::new();
        let (mut of, mut firsts) = (Vec::with_capacity(case.schools.len()), Vec::new());
        for (school, stated) in case.schools.pairs() {
            let next = firsts.len() as u32;
            let at = *known.entry(place(stated)).or_insert_with(|| {
                firsts.push(school);
                next
            });
            of.push(at);
        }
        Places { of, firsts }
    }

    fn all(case: &Case) -> Places {
        Places {
            of: vec![0; case.schools.len()],
            firsts: vec![SchoolIx::new(0)],
        }
    }

    fn each(case: &Case) -> Places {
        Places {
            of: (0..case.schools.len() as u32).collect(),
            firsts: case.schools.ids().collect(),
        }
    }
}

/// Whether scopes speak of measures, by scope and measure.
#[derive(Clone, Debug)]
struct Speaks {
    measures: usize,
    of: Vec<bool>,
}

impl Speaks {
    fn of<'a>(case: &Case, scopes: impl Iterator<Item = &'a Scope>) -> Speaks {
        let of = scopes.flat_map(|scope| {
            case.measures
                .ids()
                .map(|measure| scope.covers_measure(case, measure))
        });
        Speaks {
            measures: case.measures.len(),
            of: of.collect(),
        }
    }

    fn at(&self, scope: usize, measure: MeasureIx) -> bool {
        self.of[scope * self.measures + measure.at()]
    }
}

/// The kind of each school and the schools of each kind: one county, kind of area and stage, named by the same scopes, in
/// the same circles.
fn kinds(case: &Case) -> (Vec<u32>, Vec<Vec<SchoolIx>>) {
    let named = named(case);
    type Like<'a> = (CountyIx, AreaIx, Stage, &'a [usize], Vec<SchoolIx>);
    let mut known: BTreeMap<Like, u32> = BTreeMap::new();
    let mut members: Vec<Vec<SchoolIx>> = Vec::new();
    let mut kind_of = Vec::with_capacity(case.schools.len());
    for (at, school) in case.schools.pairs() {
        let by = named.get(&at).map_or(&[][..], Vec::as_slice);
        let kind = *known
            .entry((
                school.county,
                school.area,
                school.stage,
                by,
                case.circles(at),
            ))
            .or_insert_with(|| {
                members.push(Vec::new());
                members.len() as u32 - 1
            });
        members[kind as usize].push(at);
        kind_of.push(kind);
    }
    (kind_of, members)
}

/// For each school that is named by itself, the scopes that name it, counted over the whole case.
fn named(case: &Case) -> BTreeMap<SchoolIx, Vec<usize>> {
    let scopes = case.measures.iter().map(|one| &one.scope);
    let scopes = scopes.chain(case.funds.iter().map(|one| &one.scope));
    let scopes = scopes.chain(case.policies.iter().map(|one| &one.scope));
    let scopes = scopes.chain(case.objective.tilts.iter().map(|one| &one.scope));
    let mut named: BTreeMap<SchoolIx, Vec<usize>> = BTreeMap::new();
    for (at, scope) in scopes.enumerate() {
        for &school in &scope.schools {
            let by = named.entry(school).or_default();
            if by.last() != Some(&at) {
                by.push(at);
            }
        }
    }
    named
}

/// The kinds of each county.
fn by_county(case: &Case, members: &[Vec<SchoolIx>]) -> Vec<Vec<usize>> {
    let mut counties = vec![Vec::new(); case.counties.len()];
    for (kind, schools) in members.iter().enumerate() {
        counties[case.schools[schools[0]].county.at()].push(kind);
    }
    counties
}

/// Finds the kinds that scopes speak of.
struct Finder<'a> {
    case: &'a Case,
    kind_of: &'a [u32],
    members: &'a [Vec<SchoolIx>],
    counties: &'a [Vec<usize>],
}

impl Finder<'_> {
    /// For each kind the scopes that speak of its schools, in the order given.
    fn speaking<'a, I: Copy + PartialEq>(
        &self,
        scopes: impl Iterator<Item = (I, &'a Scope)>,
    ) -> Vec<Vec<I>> {
        let mut speaking: Vec<Vec<I>> = vec![Vec::new(); self.members.len()];
        for (at, scope) in scopes {
            for kind in self.spoken_of(scope) {
                if speaking[kind].last() != Some(&at) {
                    speaking[kind].push(at);
                }
            }
        }
        speaking
    }

    /// The kinds a scope speaks of; one may stand several times.
    fn spoken_of(&self, scope: &Scope) -> Vec<usize> {
        let mut counties = scope.counties.clone();
        counties.sort_unstable();
        let mut kinds: Vec<usize> = if !scope.schools.is_empty() {
            let named = scope.schools.iter();
            named
                .map(|school| self.kind_of[school.at()] as usize)
                .collect()
        } else if !counties.is_empty() {
            counties
                .iter()
                .flat_map(|county| self.counties[county.at()].iter().copied())
                .collect()
        } else {
            (0..self.members.len()).collect()
        };
        kinds.retain(|&kind| {
            let first = self.members[kind][0];
            let county = self.case.schools[first].county;
            (counties.is_empty() || counties.binary_search(&county).is_ok())
                && scope.suits(self.case, first)
        });
        kinds
    }
}
