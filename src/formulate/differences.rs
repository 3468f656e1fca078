//! Limits on differences among schools: N(X) ≤ κ·X̄ for levels X that are linear in what is bought, a convex set. It is
//! bounded from outside by tangents, each one row, added where a point breaks the limit: N(X) ≥ Σ gᵢXᵢ for every
//! subgradient g, so that Σ (gᵢ − κwᵢ)Xᵢ ≤ 0 holds for every plan that keeps it.
//!
//! A plan's levels stand in columns of their own (one a school, resource and year that is compared), so that a tangent
//! has one entry a school. Schools that are alike have the same level in a lumped solution, and so the same entries for
//! their size: they stay lumped.

use std::collections::{BTreeMap, BTreeSet};

use super::moves::Move;
use super::need::Need;
use super::{ColKey, Formulated, RowKey};
use crate::case::Case;
use crate::case::balance::{Comparison, Part};
use crate::case::settled::settled_supply;
use crate::program::Sense;
use crate::words::{ResourceIx, SchoolIx, YearIx};

/// A stock that is compared.
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum Stock {
    /// It is decided: the column with its units.
    Decided(usize),
    /// No measure can change it: its units.
    Fixed(f64),
}

/// The part of a stock that is nothing but rounding.
const ROUNDING: f64 = 1e-9;

/// Stocks that are compared.
pub type Stocks = BTreeMap<(SchoolIx, ResourceIx, YearIx), Stock>;

/// What is compared of a need.
#[derive(Clone, Debug, Default)]
pub(super) struct Compared {
    /// In which plan years.
    pub(super) years: BTreeSet<YearIx>,
    /// Units that would raise the school to the highest level of those it is compared with. To raise anybody further, need
    /// or not, never helps: to cut the levels of all at one height lowers every index.
    pub(super) lift: f64,
}

/// What is compared, by need; and every stock, as if nothing were decided.
pub(super) fn compared(
    case: &Case,
    comparisons: &[Comparison],
) -> (BTreeMap<(SchoolIx, ResourceIx), Compared>, Stocks) {
    let settled = settled_supply(case);
    let (mut needs, mut stocks) = (BTreeMap::<_, Compared>::new(), Stocks::new());
    for one in comparisons {
        for part in &one.parts {
            let stock = |school: SchoolIx| {
                let done = settled.get(&(school, part.resource));
                let done = done.map_or(0.0, |units| units[one.year.at()]);
                case.stock_in(school, part.resource, one.year)
                    .unwrap_or(0.0)
                    + done
            };
            let levels = part.members.iter();
            let best = levels
                .map(|member| member.scale * stock(member.school))
                .fold(0.0, f64::max);
            for member in &part.members {
                let now = stock(member.school);
                let need = needs.entry((member.school, part.resource)).or_default();
                need.years.insert(one.year);
                let more = best / member.scale - now;
                // What rounding leaves of the school that is highest is nothing.
                if member.scale > 0.0 && more > ROUNDING * now.max(1.0) {
                    need.lift = need.lift.max(more);
                }
                let at = (member.school, part.resource, one.year);
                stocks.insert(at, Stock::Fixed(now));
            }
        }
    }
    (needs, stocks)
}

/// stock = what there is + Σ brought − Σ taken, in each year in which it is compared.
pub(super) fn add_stocks(
    form: &mut Formulated,
    case: &Case,
    need: &Need,
    years: &BTreeSet<YearIx>,
    moves: &[Move],
    columns: &[usize],
) {
    let (school, resource) = (need.school, need.resource);
    for &year in years {
        let there = need.stock(year.at());
        let (mut least, mut most) = (there, there);
        let mut entries = Vec::new();
        for (m, &col) in moves.iter().zip(columns) {
            let each = case.measures[m.measure].brings(resource);
            let Some(each) = each.filter(|_| m.service.contains(year.at())) else {
                continue;
            };
            let each = m.sign * each * m.service.share(year.at());
            let ends = [each * m.lower, each * m.upper];
            least += ends[0].min(ends[1]);
            most += ends[0].max(ends[1]);
            entries.push((col, -each));
        }
        if entries.is_empty() {
            continue;
        }
        let key = ColKey::Stock {
            school,
            resource,
            year,
        };
        let col = form.add_col(key, least, most, 0.0);
        entries.push((col, 1.0));
        let key = RowKey::Stock {
            school,
            resource,
            year,
        };
        form.add_row(key, Sense::Equal, there, entries);
        form.stocks
            .insert((school, resource, year), Stock::Decided(col));
    }
}

/// How the parts of a comparison are weighed in a tangent: (Σ over parts of slope · (N − drop · X̄)) ≤ rest. One part with
/// slope 1, drop κ and rest 0 is the limit itself.
#[derive(Clone, PartialEq, Debug)]
pub struct Weighing {
    /// By part: its slope and its drop.
    pub parts: Vec<(f64, f64)>,
    /// The right-hand side.
    pub rest: f64,
}

impl Formulated {
    /// Units of a stock that is compared, at values of the columns.
    pub fn stock(
        &self,
        values: &[f64],
        school: SchoolIx,
        resource: ResourceIx,
        year: YearIx,
    ) -> f64 {
        match self.stocks.get(&(school, resource, year)) {
            Some(Stock::Decided(col)) => values[*col],
            Some(Stock::Fixed(units)) => *units,
            None => 0.0,
        }
    }

    /// The levels of a part of a comparison at values of the columns.
    pub fn levels(&self, values: &[f64], part: &Part, year: YearIx) -> Vec<(f64, f64)> {
        part.levels(|school, resource| self.stock(values, school, resource, year))
    }

    /// What a comparison comes to at values of the columns.
    pub fn compared(&self, values: &[f64], one: &Comparison) -> Option<f64> {
        one.value(|school, resource| self.stock(values, school, resource, one.year))
    }

    /// Adds the tangent at some values: a row that every plan keeps which keeps the limit so weighed.
    pub fn add_tangent(&mut self, values: &[f64], one: &Comparison, weighing: &Weighing) -> usize {
        let (mut entries, mut rest) = (Vec::new(), weighing.rest);
        for (part, &(slope, drop)) in one.parts.iter().zip(&weighing.parts) {
            let slopes = one.index.slopes(&self.levels(values, part, one.year));
            for (member, g) in part.members.iter().zip(slopes) {
                let each = slope * (g - drop * member.weight) * member.scale;
                match self.stocks.get(&(member.school, part.resource, one.year)) {
                    Some(Stock::Decided(col)) => entries.push((*col, each)),
                    Some(Stock::Fixed(units)) => rest -= each * units,
                    None => {}
                }
            }
        }
        let size = entries.iter().map(|entry| entry.1.abs());
        let size = size.fold(0.0, f64::max).max(f64::MIN_POSITIVE);
        let size = if entries.is_empty() { 1.0 } else { size };
        entries.iter_mut().for_each(|entry| entry.1 /= size);
        // What is lost to rounding is no part of a contradiction.
        entries.retain(|entry| entry.1.abs() > f64::EPSILON);
        let key = RowKey::Differences {
            policy: one.policy,
            county: one.county,
            section: one.section,
            year: one.year,
            resource: (!one.is_composite()).then(|| one.parts[0].resource),
        };
        self.add_row(key, Sense::AtMost, rest / size, entries)
    }
}
