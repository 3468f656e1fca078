//! Sizes of classes and schools against their limits: 教督〔2017〕6号 asks that no class has more than 45 pupils (junior 50)
//! and no school more than 2,000 (with both stages 2,500).

use crate::case::{Case, Section};
use crate::words::tolerance::AUDIT;
use crate::words::{ResourceIx, SchoolIx, YearIx};

/// One limit on sizes, over all schools.
#[derive(Clone, PartialEq, Debug, serde::Serialize)]
pub struct SizeCheck {
    /// What is limited.
    pub of: Sized,
    /// The most pupils.
    pub limit: f64,
    /// Schools that were judged: of which the size is known.
    pub judged: usize,
    /// Those above the limit, the largest first, with the pupils of their mean class or of the school.
    #[serde(skip)]
    pub over: Vec<(SchoolIx, f64)>,
    /// How many those are.
    pub above: usize,
    /// Schools of which it is not known.
    pub unknown: usize,
}

/// What has a size.
#[derive(Clone, Copy, PartialEq, Eq, Debug, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Sized {
    /// The mean class of a section. A table of schools tells how many classes there are and not how many pupils each has:
    /// where the mean is above the limit, a class is; where it is not, each class may still be.
    Class(Section),
    /// A school of one stage.
    School,
    /// A school of both stages.
    ThroughSchool,
}

/// The sizes of a plan year against the limits that the standard states; none where it states none.
///
/// With a plan, classes that would be too large are parted where it brings the rooms: as many are formed as keep within the
/// size, and no more than every resource allows that is asked for by such classes. `stock` says what a school then has of one.
pub fn sizes(case: &Case, year: YearIx, stock: Option<Stock>) -> Vec<SizeCheck> {
    let limits = &case.standard.sizes;
    let class = |section: Section| Some((Sized::Class(section), (*limits.class.of(section))?));
    let of_classes = Section::ALL.into_iter().filter_map(class);
    let school = limits.school.map(|limit| (Sized::School, limit));
    let through = limits
        .through_school
        .map(|limit| (Sized::ThroughSchool, limit));
    let all = of_classes.chain(school).chain(through);
    all.map(|(of, limit)| check(case, year, stock, (of, limit)))
        .collect()
}

/// What a school has of a resource.
pub type Stock<'a> = &'a dyn Fn(SchoolIx, ResourceIx) -> Option<f64>;

fn check(case: &Case, year: YearIx, stock: Option<Stock>, (of, limit): (Sized, f64)) -> SizeCheck {
    let mut found = SizeCheck {
        of,
        limit,
        judged: 0,
        over: Vec::new(),
        above: 0,
        unknown: 0,
    };
    for school in case.schools.ids() {
        match size(case, school, (year, stock), of) {
            Size::None => {}
            Size::Unknown => found.unknown += 1,
            Size::Pupils(pupils) => {
                found.judged += 1;
                if pupils > limit * (1.0 + AUDIT) {
                    found.over.push((school, pupils));
                }
            }
        }
    }
    found.over.sort_by(|one, other| other.1.total_cmp(&one.1));
    found.above = found.over.len();
    found
}

enum Size {
    /// There is no such thing at the school.
    None,
    Unknown,
    Pupils(f64),
}

fn size(case: &Case, school: SchoolIx, (year, stock): (YearIx, Option<Stock>), of: Sized) -> Size {
    let sections = case.schools[school].stage.sections();
    let through = sections.len() > 1;
    match of {
        Sized::Class(section) if !sections.contains(&section) => Size::None,
        Sized::Class(section) => {
            let Some(pupils) = case.pupils_by_section(school, year) else {
                return Size::Unknown;
            };
            let pupils = *pupils.of(section);
            match formed(case, school, section, (year, stock)) {
                _ if pupils <= 0.0 => Size::None,
                Some(classes) if classes > 0.0 => Size::Pupils(pupils / classes),
                _ => Size::Unknown,
            }
        }
        Sized::School | Sized::ThroughSchool if through != (of == Sized::ThroughSchool) => {
            Size::None
        }
        Sized::School | Sized::ThroughSchool => match case.pupils(school, year) {
            Some(pupils) if pupils <= 0.0 => Size::None,
            Some(pupils) => Size::Pupils(pupils),
            None => Size::Unknown,
        },
    }
}

/// Classes that are formed in a section. A school of both sections forms more where it has the rooms for all of both.
fn formed(
    case: &Case,
    school: SchoolIx,
    section: Section,
    (year, stock): (YearIx, Option<Stock>),
) -> Option<f64> {
    let classes = case.classes(school, section, year)?;
    let Some(stock) = stock else {
        return Some(classes);
    };
    let sections = case.schools[school].stage.sections();
    let wanted = |at: &Section| case.classes_within_size(school, *at, year);
    let others = sections.iter().filter(|at| **at != section);
    let others: Option<f64> = others.map(|at| case.classes(school, *at, year)).sum();
    let rooms = case
        .resources
        .ids()
        .filter_map(|at| Some((at, case.rooms_a_class(at, section)?)));
    let housed = rooms.map(|(at, amount)| {
        let rooms = stock(school, at)? / amount + 1e-6;
        Some((rooms.floor() - others?).max(0.0))
    });
    let housed: Option<Vec<f64>> = housed.collect();
    let housed = housed.unwrap_or_default().into_iter().reduce(f64::min);
    let wanted = wanted(&section)?;
    Some(housed.map_or(classes, |housed| wanted.min(housed).max(classes)))
}
