//! The frontier: the smallest gap as money grows, with every breakpoint. What is gained along each stretch is the
//! queue of funding: what is funded next when there is more money, and what is cut first when there is less.
//!
//! All years of the chosen funds are scaled by one share. The smallest gap is convex in that share, so what one more
//! unit of money closes never rises along the curve.

mod queue;
mod tangents;
mod walked;

use crate::case::{Case, Change, Overlay};
use crate::plan::{Known, Options, Verdict, WhatIf};
use crate::words::{FundIx, MeasureIx, Money, YearIx};

/// The steps of the table, in hundredths of the money stated in the case.
const STEP: usize = 10;

/// What to look at.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Span {
    /// Whose money is scaled; that of all funds when `None`.
    pub fund: Option<FundIx>,
    /// From which share of the money stated …
    pub from: f64,
    /// … to which.
    pub to: f64,
}

impl Span {
    /// The span that reports and drafts draw: the money of all funds, from none to half as much again.
    pub const DRAWN: Span = Span {
        fund: None,
        from: 0.0,
        to: 1.5,
    };
}

/// The smallest gap as money grows.
#[derive(Clone, Debug)]
pub struct Frontier {
    /// What was looked at.
    pub span: Span,
    /// The money stated in the case for the plan years, share 1 of the curve.
    pub stated: Money,
    /// The curve at even steps, money ascending; no entry where no plan is possible.
    pub points: Vec<FrontierPoint>,
    /// The stretches of the curve, money ascending: every one of them, or those between points that were solved for where
    /// the program is too large to be walked along.
    pub stretches: Vec<Stretch>,
    /// Below this share no plan keeps all rules; close below the least with which one does where the curve was not walked
    /// along.
    pub least: Option<f64>,
    /// By how much of the gap index the curve may lie below its stretches; `None` where every breakpoint is exact.
    pub uncertain: Option<f64>,
    /// How many breakpoints were solved again, each proven to lie on the curve.
    pub confirmed: usize,
    /// The largest relative distance of those from the curve.
    pub furthest: f64,
}

/// A point of the curve.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct FrontierPoint {
    /// Share of the money stated.
    pub share: f64,
    /// The smallest gap index.
    pub gap: f64,
    /// By how much one more main unit of money lowers it.
    pub price: f64,
}

/// A stretch of the curve along which one more unit of money always closes the same, or does so in the mean.
#[derive(Clone, PartialEq, Debug)]
pub struct Stretch {
    /// The share of the money stated where it begins …
    pub from: f64,
    /// … and where it ends.
    pub to: f64,
    /// The smallest gap index where it begins …
    pub gap_from: f64,
    /// … and where it ends.
    pub gap_to: f64,
    /// By how much one more main unit of money lowers the gap index along it.
    pub price: f64,
    /// What the money of this stretch does, the dearest first.
    pub changes: Vec<Funded>,
}

/// What is done more (or less) along a stretch: the queue of funding.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Funded {
    /// The measure.
    pub measure: MeasureIx,
    /// The plan year in which it starts.
    pub year: YearIx,
    /// Units done more at the end of the stretch than at its beginning; negative when done less.
    pub units: f64,
    /// What they cost at first (main units of money).
    pub cost: f64,
    /// At how many schools.
    pub schools: usize,
}

/// The case with the money of the span's funds scaled.
fn scaled(case: &Case, span: &Span, factor: f64) -> Case {
    let change = Change::Fund {
        fund: span.fund,
        factor,
    };
    let overlay = Overlay {
        name: String::new(),
        title: String::new(),
        changes: vec![change],
    };
    overlay.apply(case)
}

/// The frontier of a case.
///
/// # Errors
/// The case with the span's most money and the verdict on it, when there is no optimum even there.
///
/// ```
/// use std::path::Path;
/// use junheng::plan::Options;
/// use junheng::study::frontier::{Span, frontier};
///
/// let read = junheng::read::read_case(Path::new("scenarios/five-schools"));
/// let case = read.case.expect("a sound case");
/// let span = Span { fund: None, from: 0.0, to: 1.0 };
/// let found = frontier(&case, span, &Options::default()).expect("a case with a plan");
/// let gaps: Vec<f64> = found.points.iter().map(|point| point.gap).collect();
/// assert_eq!(gaps[0], 239.75); // without money
/// assert!(gaps.is_sorted_by(|poorer, richer| poorer >= richer));
/// ```
pub fn frontier(
    case: &Case,
    span: Span,
    options: &Options,
) -> Result<Frontier, Box<(Case, Verdict)>> {
    followed(case, span, options, true)
}

/// The same from points that are solved for one by one, as is done where a program is too large to be walked along.
///
/// # Errors
/// As [`frontier`].
pub fn by_tangents(
    case: &Case,
    span: Span,
    options: &Options,
) -> Result<Frontier, Box<(Case, Verdict)>> {
    followed(case, span, options, false)
}

fn followed(
    case: &Case,
    span: Span,
    options: &Options,
    walk: bool,
) -> Result<Frontier, Box<(Case, Verdict)>> {
    let rich = scaled(case, &span, span.to);
    let (mut ready, first) = WhatIf::new(&rich, options);
    if !matches!(first, Known::Point(_)) {
        return Err(Box::new((rich, first.verdict())));
    }
    let funds = case.funds.pairs();
    let chosen = funds.filter(|(at, _)| span.fund.is_none_or(|fund| fund == *at));
    let mut found = Frontier {
        span,
        stated: chosen.map(|(_, fund)| fund.total()).sum(),
        points: Vec::new(),
        stretches: Vec::new(),
        least: None,
        uncertain: None,
        confirmed: 0,
        furthest: 0.0,
    };
    let poor = scaled(case, &span, span.from);
    let course = walk.then(|| ready.course(&rich, &poor)).flatten();
    match course {
        Some(course) => {
            found.follow(case, &ready, &course);
            found.confirm(case, &mut ready);
        }
        None => found.sandwich(case, &mut ready, options),
    }
    found.tabulate();
    Ok(found)
}

impl Frontier {
    /// The curve at even steps and at its ends.
    fn tabulate(&mut self) {
        let first = (self.span.from * 100.0 / STEP as f64).ceil() as usize;
        let last = (self.span.to * 100.0 / STEP as f64).floor() as usize;
        for step in first..=last {
            let share = (step * STEP) as f64 / 100.0;
            let point = self.on_the_curve(share);
            self.points.extend(point);
        }
    }

    /// The point of the curve at a share, priced as more money would be.
    fn on_the_curve(&self, share: f64) -> Option<FrontierPoint> {
        let above = |one: &&Stretch| one.from <= share + 1e-12 && share < one.to - 1e-12;
        let below = |one: &&Stretch| one.from <= share && share <= one.to + 1e-9;
        let mut all = self.stretches.iter();
        let stretch = all
            .find(above)
            .or_else(|| self.stretches.iter().rfind(below))?;
        let part = (share - stretch.from) / (stretch.to - stretch.from);
        Some(FrontierPoint {
            share,
            gap: stretch.gap_from + part * (stretch.gap_to - stretch.gap_from),
            price: stretch.price,
        })
    }

    /// The stretches just above and just below a share: what is funded next there, and what is cut first.
    pub fn around(&self, share: f64) -> (Option<&Stretch>, Option<&Stretch>) {
        let next = self.stretches.iter().find(|one| one.to > share + 1e-9);
        let cut = self.stretches.iter().rfind(|one| one.from < share - 1e-9);
        (next, cut)
    }
}
