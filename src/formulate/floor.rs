//! Floors: the part of its standard that a school has in a resource in the last plan year, found by a plan that raises the
//! lowest first.

use std::collections::BTreeMap;

use super::need::Need;
use super::{Formulated, RowKey};
use crate::program::Sense;
use crate::words::{ResourceIx, SchoolIx, YearIx};

/// Parts of the standard, between 0 and 1, that needs have in the last plan year. At 0 a row stands that asks for nothing.
pub type Floors = BTreeMap<(SchoolIx, ResourceIx), f64>;

/// short ≤ (1 − floor)·R in the last plan year, where a floor is set and something may be short. A floor of 0 is R itself,
/// so that equal needs stay alike and a common level can be put in its place.
pub(super) fn add_floor(
    form: &mut Formulated,
    floors: &Floors,
    need: &Need,
    last: YearIx,
    shorts: &[(usize, f64)],
) {
    let Some(&floor) = floors.get(&(need.school, need.resource)) else {
        return;
    };
    let required = need.required[last.at()];
    if shorts.is_empty() || required <= 0.0 {
        return;
    }
    let key = RowKey::Floor {
        school: need.school,
        resource: need.resource,
    };
    let most = (1.0 - floor) * required;
    form.add_row(key, Sense::AtMost, most, shorts.to_vec());
}
