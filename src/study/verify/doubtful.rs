//! The doubtful numbers of a case: stated, missing, flagged and outlying, each with the interval it may lie in.

use std::collections::{BTreeMap, BTreeSet};

use super::peers::{Peers, Spread};
use crate::case::{Case, Cells, NormBasis, Quantity};
use crate::words::catalogue::{
    CLASS_SIZE_IMPLAUSIBLE, PUPILS_DISAGREE, PUPILS_IMPLAUSIBLE, STOCK_IMPLAUSIBLE, STOCK_ZERO,
};
use crate::words::{Code, Notices, Place, ResourceIx, SchoolIx, YearIx};

/// The findings of `check` that cast doubt on a number which is there. (Those on missing ones are seen from the case.)
const FLAGS: [Code; 5] = [
    PUPILS_DISAGREE,
    STOCK_IMPLAUSIBLE,
    STOCK_ZERO,
    PUPILS_IMPLAUSIBLE,
    CLASS_SIZE_IMPLAUSIBLE,
];

/// Schools with fewer pupils have odd numbers for good reasons; none of theirs is outlying.
const SMALL: f64 = 20.0;

/// Why a number is doubted.
#[derive(Clone, PartialEq, Debug)]
pub enum Reason {
    /// The planner states an interval; the words may be empty.
    Stated(String),
    /// It is missing, or read as unknown.
    Missing,
    /// `check` flags it.
    Flagged(Code),
    /// It is far from what like schools have; the share of the standard it stands for, or pupils per class.
    Outlying(f64),
}

/// A doubtful number.
#[derive(Clone, PartialEq, Debug)]
pub struct Doubtful {
    /// The school.
    pub school: SchoolIx,
    /// Which of its numbers.
    pub quantity: Quantity,
    /// What the table says; `None` where it is unknown.
    pub value: Option<f64>,
    /// The least it may be, in its unit.
    pub low: f64,
    /// The most it may be.
    pub high: f64,
    /// Why it is doubted, at least one reason.
    pub reasons: Vec<Reason>,
    /// The like schools from which the interval comes; `None` where the planner states it.
    pub peers: Option<Peers>,
    /// The cell in which it stands, where that is known.
    pub place: Option<Place>,
}

impl Doubtful {
    /// The case with the number at its low (`0`) or high (`1`) end; `None` where that is what the table says.
    pub fn at_end(&self, case: &Case, end: usize) -> Option<Case> {
        let value = [self.low, self.high][end];
        (self.value != Some(value)).then(|| {
            let mut changed = case.clone();
            changed.put(self.school, self.quantity, value);
            changed
        })
    }
}

/// The doubts of a case.
#[derive(Clone, Debug)]
pub struct Found {
    /// In order of school and quantity.
    pub doubts: Vec<Doubtful>,
    /// How many doubtful numbers there are for which no interval can be told, since too few like schools are known.
    pub blind: usize,
}

/// The doubtful numbers of a case. Notices and cells are those that came with it from reading.
pub fn doubtful(case: &Case, cells: &Cells, notices: &Notices) -> Found {
    let usual = Usual::of(case);
    let flags = Flags::of(case, cells, notices);
    let mut reasons = flags.reasons();
    for school in case.schools.ids() {
        for quantity in quantities(case) {
            let found = match case.quantity(school, quantity) {
                None if is_asked(case, school, quantity) => Reason::Missing,
                Some(value) => match usual.outlying(case, school, quantity, value) {
                    Some(share) => Reason::Outlying(share),
                    None => continue,
                },
                None => continue,
            };
            reasons.entry((school, quantity)).or_default().push(found);
        }
    }
    let mut stated = BTreeMap::new();
    for doubt in &case.doubts {
        let at = (doubt.school, doubt.quantity);
        stated.insert(at, (doubt.low, doubt.high));
        let why = Reason::Stated(doubt.why.clone());
        reasons.entry(at).or_default().insert(0, why);
    }
    let mut found = Found {
        doubts: Vec::new(),
        blind: 0,
    };
    for ((school, quantity), reasons) in reasons {
        let value = case.quantity(school, quantity);
        let interval = match stated.get(&(school, quantity)) {
            Some(&ends) => Some((ends, None)),
            None => usual.interval(case, school, quantity),
        };
        let Some(((low, high), peers)) = interval else {
            found.blind += 1;
            continue;
        };
        // What the table says may be true all the same, unless the planner says where the truth lies.
        let own = value.filter(|_| peers.is_some());
        found.doubts.push(Doubtful {
            school,
            quantity,
            value,
            low: own.map_or(low, |value| low.min(value)),
            high: own.map_or(high, |value| high.max(value)),
            reasons,
            peers,
            place: flags.place(case, cells, school, quantity),
        });
    }
    found
}

/// The numbers on which plans of this case may rest.
fn quantities(case: &Case) -> Vec<Quantity> {
    let by_class = |norm: &Option<crate::case::Norm>| {
        let basis = norm.as_ref().map(|norm| &norm.basis);
        basis.is_some_and(NormBasis::counts_classes)
    };
    let classes = case.standard.norms.iter().any(by_class);
    let stock = case.resources.ids().map(Quantity::Stock);
    let counts = [Quantity::Pupils].into_iter();
    let counts = counts.chain(classes.then_some(Quantity::Classes));
    counts.chain(stock).collect()
}

/// Whether a number that is missing is one by which something would be asked of the school.
fn is_asked(case: &Case, school: SchoolIx, quantity: Quantity) -> bool {
    match quantity {
        Quantity::Pupils => true,
        Quantity::Classes => case.schools[school].pupils.is_some(),
        Quantity::Stock(resource) => {
            let mut periods = case.horizon.periods();
            periods.any(|period| case.required(school, resource, period).is_some())
        }
    }
}

/// What is usual among the schools of a case.
struct Usual {
    /// Stock over requirement in the first plan year, by resource.
    attained: Vec<Spread>,
    class_size: Spread,
    pupils: Spread,
}

impl Usual {
    fn of(case: &Case) -> Usual {
        let attained = case.resources.ids().map(|resource| {
            Spread::of(case, |school| {
                let required = required(case, school, resource)?;
                Some(case.quantity(school, Quantity::Stock(resource))? / required)
            })
        });
        Usual {
            attained: attained.collect(),
            class_size: Spread::of(case, |school| class_size(case, school)),
            pupils: Spread::of(case, |school| case.quantity(school, Quantity::Pupils)),
        }
    }

    /// The share or class size by which a number is far out, if it is.
    fn outlying(
        &self,
        case: &Case,
        school: SchoolIx,
        quantity: Quantity,
        value: f64,
    ) -> Option<f64> {
        let pupils = case.quantity(school, Quantity::Pupils)?;
        let (spread, share) = match quantity {
            Quantity::Pupils => (&self.class_size, class_size(case, school)?),
            // A class size that is far out is told of the pupils.
            Quantity::Classes => return None,
            Quantity::Stock(resource) => {
                let share = value / required(case, school, resource)?;
                (&self.attained[resource.at()], share)
            }
        };
        (pupils >= SMALL && spread.is_outlying(case, school, share)).then_some(share)
    }

    /// Between what a number of a school lies if it is as usual among like schools.
    fn interval(
        &self,
        case: &Case,
        school: SchoolIx,
        quantity: Quantity,
    ) -> Option<((f64, f64), Option<Peers>)> {
        let (peers, ends) = match quantity {
            Quantity::Stock(resource) => {
                let peers = self.attained[resource.at()].peers(case, school)?;
                let required = required(case, school, resource)?;
                let step = case.resources[resource].step;
                let units = |share: f64| (share * required / step).round() * step;
                (peers, (units(peers.low), units(peers.high)))
            }
            Quantity::Pupils => match case.quantity(school, Quantity::Classes) {
                Some(classes) if classes > 0.0 => {
                    let peers = self.class_size.peers(case, school)?;
                    let pupils = |size: f64| (size * classes).round();
                    (peers, (pupils(peers.low), pupils(peers.high)))
                }
                _ => {
                    let peers = self.pupils.peers(case, school)?;
                    (peers, (peers.low, peers.high))
                }
            },
            Quantity::Classes => {
                let peers = self.class_size.peers(case, school)?;
                let pupils = case.quantity(school, Quantity::Pupils)?;
                let classes = |size: f64| (pupils / size).round().max(1.0);
                (peers, (classes(peers.high), classes(peers.low)))
            }
        };
        Some((ends, Some(peers)))
    }
}

fn required(case: &Case, school: SchoolIx, resource: ResourceIx) -> Option<f64> {
    case.required(school, resource, YearIx::new(0))
}

fn class_size(case: &Case, school: SchoolIx) -> Option<f64> {
    let classes = case.quantity(school, Quantity::Classes)?;
    let pupils = case.quantity(school, Quantity::Pupils)?;
    (classes > 0.0).then(|| pupils / classes)
}

/// What `check` says of cells, by school and quantity.
struct Flags {
    codes: BTreeSet<(SchoolIx, Quantity, Code)>,
    /// Cells of which anything is said.
    places: BTreeMap<(SchoolIx, Quantity), Place>,
}

impl Flags {
    fn of(case: &Case, cells: &Cells, notices: &Notices) -> Flags {
        let mut school_of: BTreeMap<(usize, usize), SchoolIx> = BTreeMap::new();
        for (school, &at) in case.schools.ids().zip(&cells.schools) {
            school_of.insert(at, school);
        }
        let part_of = |place: &Place| cells.parts.iter().position(|one| one.sheet == place.sheet);
        let mut flags = Flags {
            codes: BTreeSet::new(),
            places: BTreeMap::new(),
        };
        let quantities = quantities(case);
        for notice in notices.iter().filter(|one| one.place.file == cells.file) {
            for place in std::iter::once(&notice.place).chain(&notice.elsewhere) {
                let at = part_of(place).zip(place.line);
                let Some(&school) = at.and_then(|at| school_of.get(&at)) else {
                    continue;
                };
                for &quantity in &quantities {
                    if cells.places(case, school, quantity).contains(place) {
                        let known = (school, quantity);
                        flags.places.entry(known).or_insert_with(|| place.clone());
                        if FLAGS.contains(&notice.code) {
                            flags.codes.insert((school, quantity, notice.code));
                        }
                    }
                }
            }
        }
        flags
    }

    /// The flags on numbers that are there.
    fn reasons(&self) -> BTreeMap<(SchoolIx, Quantity), Vec<Reason>> {
        let mut reasons: BTreeMap<(SchoolIx, Quantity), Vec<Reason>> = BTreeMap::new();
        for &(school, quantity, code) in &self.codes {
            let flagged = reasons.entry((school, quantity)).or_default();
            flagged.push(Reason::Flagged(code));
        }
        reasons
    }

    /// The cell of a number: the one that `check` points to, else the first it is read from.
    fn place(
        &self,
        case: &Case,
        cells: &Cells,
        school: SchoolIx,
        quantity: Quantity,
    ) -> Option<Place> {
        let flagged = self.places.get(&(school, quantity)).cloned();
        flagged.or_else(|| cells.places(case, school, quantity).into_iter().next())
    }
}
