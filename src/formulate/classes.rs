//! Spending classes: what every earmark and every share rule treats alike.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::case::{Case, Reach, Rule};
use crate::words::{FundIx, MeasureIx, PolicyIx, SchoolIx};

/// Spending that every earmark and every share rule treats alike: the coarsest such partition.
#[derive(Clone, Debug, Default)]
pub struct Classes {
    /// The funds that may pay each class, in file order.
    pub funds: Vec<Vec<FundIx>>,
    /// The share rules that speak of each class, in file order.
    pub shares: Vec<Vec<PolicyIx>>,
    /// By measure and school.
    of: Vec<Option<u32>>,
    schools: usize,
    /// Where the pairs of each class with its funds begin when all such pairs are counted through.
    first_slot: Vec<usize>,
}

impl Classes {
    /// The spending classes of a case.
    pub fn of(case: &Case, reach: &Reach) -> Classes {
        let mut classes = Classes {
            schools: case.schools.len(),
            ..Classes::default()
        };
        let mut known: BTreeMap<(Vec<FundIx>, Vec<PolicyIx>), u32> = BTreeMap::new();
        for measure in case.measures.ids() {
            let by_kind: Vec<Option<u32>> = (0..reach.kinds())
                .map(|kind| classes.find_or_add(&mut known, case, reach, measure, kind))
                .collect();
            let schools = case.schools.ids().map(|school| by_kind[reach.kind(school)]);
            classes.of.extend(schools);
        }
        let mut slots = 0;
        for funds in &classes.funds {
            classes.first_slot.push(slots);
            slots += funds.len();
        }
        classes.first_slot.push(slots);
        classes
    }

    /// The class of a measure at a school; `None` when no fund may pay it.
    pub fn class(&self, measure: MeasureIx, school: SchoolIx) -> Option<usize> {
        self.of[measure.at() * self.schools + school.at()].map(|class| class as usize)
    }

    /// How many classes there are.
    pub fn len(&self) -> usize {
        self.funds.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.funds.is_empty()
    }

    /// The positions of a class with each of its funds, in order, among all such pairs.
    pub fn slots(&self, class: usize) -> Range<usize> {
        self.first_slot[class]..self.first_slot[class + 1]
    }

    /// The position of a class with one of its funds; `None` when the fund may not pay it.
    pub fn slot(&self, class: usize, fund: FundIx) -> Option<usize> {
        let at = self.funds[class].binary_search(&fund).ok()?;
        Some(self.first_slot[class] + at)
    }

    /// How many pairs of a class with one of its funds there are.
    pub fn slot_count(&self) -> usize {
        self.first_slot.last().copied().unwrap_or(0)
    }

    fn find_or_add(
        &mut self,
        known: &mut BTreeMap<(Vec<FundIx>, Vec<PolicyIx>), u32>,
        case: &Case,
        reach: &Reach,
        measure: MeasureIx,
        kind: usize,
    ) -> Option<u32> {
        let funds: Vec<FundIx> = reach.funds(measure, kind).collect();
        if funds.is_empty() || !reach.is_inside(measure, kind) {
            return None;
        }
        let is_share =
            |policy: &PolicyIx| matches!(case.policies[*policy].rule, Rule::Share { .. });
        let shares: Vec<PolicyIx> = reach.policies(measure, kind).filter(is_share).collect();
        let class = *known
            .entry((funds, shares))
            .or_insert_with_key(|(funds, shares)| {
                self.funds.push(funds.clone());
                self.shares.push(shares.clone());
                self.funds.len() as u32 - 1
            });
        Some(class)
    }
}
