//! The frontier: the smallest gap as money grows, with every breakpoint. What is gained along each stretch is the
//! queue of funding: what is funded next when there is more money, and what is cut first when there is less.
//!
//! All years of the chosen funds are scaled by one share. The smallest gap is convex in that share, so what one more
//! unit of money closes never rises along the curve.

use crate::case::{Case, Change, Overlay};
use crate::formulate::ColKey;
use crate::plan::{Course, Known, Options, Verdict, WhatIf};
use crate::program::certificate::distance;
use crate::words::tolerance::PROVEN;
use crate::words::{FundIx, MeasureIx, Money, YearIx};

/// Slopes that differ by less than this (relative) belong to one stretch.
const SAME_SLOPE: f64 = 1e-7;
/// A share of the money that is none.
const NOTHING: f64 = 1e-9;
/// Breakpoints that are solved again to confirm the curve, at most; spread evenly over it.
const CONFIRMED: usize = 200;
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

/// The smallest gap as money grows.
#[derive(Clone, Debug)]
pub struct Frontier {
    /// What was looked at.
    pub span: Span,
    /// The money stated in the case for the plan years, share 1 of the curve.
    pub stated: Money,
    /// The curve at even steps, money ascending; no entry where no plan is possible.
    pub points: Vec<FrontierPoint>,
    /// Every stretch of the curve, money ascending. Empty where the program is too large to be walked along; then the
    /// points are what is known.
    pub stretches: Vec<Stretch>,
    /// Below this share no plan keeps all rules.
    pub least: Option<f64>,
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

/// A stretch of the curve along which one more unit of money always closes the same.
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
        confirmed: 0,
        furthest: 0.0,
    };
    let poor = scaled(case, &span, span.from);
    if let Some(course) = ready.course(&rich, &poor) {
        found.follow(case, &ready, &course);
        found.confirm(case, &mut ready);
    }
    found.tabulate(case, &mut ready);
    Ok(found)
}

impl Frontier {
    /// Stretches out of the pieces of a course that leads from the most money to the least.
    fn follow(&mut self, case: &Case, ready: &WhatIf, course: &Course) {
        let Span { from, to, .. } = self.span;
        let share = |t: f64| to + t * (from - to);
        let money = self.stated.main() * (to - from);
        let mut queue = Queue::new(case, ready);
        let least = course.impossible_beyond.map(share);
        self.least = least.filter(|&least| least > from + NOTHING);
        for piece in course.pieces.iter().rev() {
            let length = piece.to - piece.from;
            let (gap_to, gap_from) = (
                ready.gap(piece.objective),
                ready.gap(piece.objective + piece.slope * length),
            );
            let price = if money > 0.0 {
                piece.slope / money
            } else {
                0.0
            };
            let same = self.stretches.last().is_some_and(|last| {
                (last.price - price).abs() <= SAME_SLOPE * last.price.abs().max(price.abs())
            });
            if !same {
                if let Some(last) = self.stretches.last_mut() {
                    last.changes = queue.close();
                }
                self.stretches.push(Stretch {
                    from: share(piece.to),
                    to: share(piece.from),
                    gap_from,
                    gap_to,
                    price,
                    changes: Vec::new(),
                });
            }
            if let Some(last) = self.stretches.last_mut() {
                (last.to, last.gap_to) = (share(piece.from), gap_to);
            }
            queue.add(&piece.rates, -length);
        }
        if let Some(last) = self.stretches.last_mut() {
            last.changes = queue.close();
        }
    }

    /// Solves breakpoints again, each with its own proof.
    fn confirm(&mut self, case: &Case, ready: &mut WhatIf) {
        let every = self.stretches.len().div_ceil(CONFIRMED).max(1);
        for stretch in self.stretches.iter().step_by(every) {
            let known = ready.ask(&scaled(case, &self.span, stretch.to));
            if let Known::Point(proof) = known {
                let away = distance(ready.gap(proof.objective), stretch.gap_to).abs();
                self.furthest = self.furthest.max(away);
                self.confirmed += usize::from(away <= 10.0 * PROVEN);
            }
        }
    }

    /// The curve at even steps and at its ends.
    fn tabulate(&mut self, case: &Case, ready: &mut WhatIf) {
        let first = (self.span.from * 100.0 / STEP as f64).ceil() as usize;
        let last = (self.span.to * 100.0 / STEP as f64).floor() as usize;
        for step in first..=last {
            let share = (step * STEP) as f64 / 100.0;
            let point = match self.stretches.is_empty() {
                false => self.on_the_curve(share),
                true => self.solved(case, ready, share),
            };
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

    /// A point solved for by itself.
    fn solved(&self, case: &Case, ready: &mut WhatIf, share: f64) -> Option<FrontierPoint> {
        let there = scaled(case, &self.span, share);
        let Known::Point(proof) = ready.ask(&there) else {
            return None;
        };
        let (one, two) = (
            ready.form.moneyed(&scaled(case, &self.span, 0.0)),
            ready.form.moneyed(&scaled(case, &self.span, 1.0)),
        );
        let rates = one.rhs.iter().zip(&two.rhs);
        let slope: f64 = rates
            .map(|(&(row, a), &(_, b))| proof.multipliers[row] * (b - a))
            .sum();
        Some(FrontierPoint {
            share,
            gap: ready.gap(proof.objective),
            price: -slope / self.stated.main(),
        })
    }

    /// The stretches just above and just below a share: what is funded next there, and what is cut first.
    pub fn around(&self, share: f64) -> (Option<&Stretch>, Option<&Stretch>) {
        let next = self.stretches.iter().find(|one| one.to > share + 1e-9);
        let cut = self.stretches.iter().rfind(|one| one.from < share - 1e-9);
        (next, cut)
    }
}

/// Adds up what changes, by measure and year.
struct Queue<'a> {
    case: &'a Case,
    ready: &'a WhatIf,
    members: Vec<Vec<usize>>,
    units: Vec<f64>,
    touched: Vec<usize>,
}

impl<'a> Queue<'a> {
    fn new(case: &'a Case, ready: &'a WhatIf) -> Queue<'a> {
        let members = ready.members();
        Queue {
            case,
            ready,
            units: vec![0.0; members.len()],
            members,
            touched: Vec::new(),
        }
    }

    fn add(&mut self, rates: &[(usize, f64)], length: f64) {
        for &(col, rate) in rates {
            if self.units[col] == 0.0 {
                self.touched.push(col);
            }
            self.units[col] += rate * length;
        }
    }

    /// What was added up since it was last closed, the dearest first.
    fn close(&mut self) -> Vec<Funded> {
        let mut touched = std::mem::take(&mut self.touched);
        touched.sort_unstable();
        touched.dedup();
        let mut found: Vec<Funded> = Vec::new();
        for col in touched {
            let units = std::mem::take(&mut self.units[col]);
            let Some(&first) = self.members[col].first() else {
                continue;
            };
            let (ColKey::Supply { measure, year, .. } | ColKey::Exchange { measure, year, .. }) =
                self.ready.form.cols[first]
            else {
                continue;
            };
            let cost = units * self.case.price(measure, year, year.at());
            let schools = self.members[col].len();
            match found
                .iter_mut()
                .find(|one| (one.measure, one.year) == (measure, year))
            {
                Some(one) => {
                    one.units += units;
                    one.cost += cost;
                    one.schools += schools;
                }
                None => found.push(Funded {
                    measure,
                    year,
                    units,
                    cost,
                    schools,
                }),
            }
        }
        found.retain(|one| one.units.abs() > 1e-6);
        found.sort_by(|a, b| {
            let order = b.cost.abs().total_cmp(&a.cost.abs());
            order.then((a.measure, a.year).cmp(&(b.measure, b.year)))
        });
        found
    }
}
