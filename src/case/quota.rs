//! How many units quotas allow or demand.

use super::{Case, Each, Policy, Quota, Reach, Rule};
use crate::words::{PolicyIx, Table};

/// The sizes of all quotas of a case, in units or main units of money: for each policy one for each of its places, in the
/// order of [`Reach::places`]; none for other rules. A size is stated, or a share of the known stock of the schools and
/// resources in scope.
pub fn quota_sizes(case: &Case, reach: &Reach) -> Table<PolicyIx, Vec<f64>> {
    let mut sizes: Vec<Vec<f64>> = Vec::with_capacity(case.policies.len());
    let mut shares: Vec<Option<Share>> = Vec::with_capacity(case.policies.len());
    for policy in &case.policies {
        let Rule::Quota { amount, each, .. } = policy.rule else {
            sizes.push(Vec::new());
            shares.push(None);
            continue;
        };
        let places = reach.places(each).len();
        let (first, share) = match amount {
            Quota::Units(units) => (units, None),
            Quota::Money(money) => (money.main(), None),
            Quota::OfStock(of_stock) => (0.0, Some(Share::of(case, policy, of_stock, each))),
        };
        sizes.push(vec![first; places]);
        shares.push(share);
    }
    for (school, stated) in case.schools.pairs() {
        for policy in reach.policies_at(reach.kind(school)) {
            let Some(share) = &shares[policy.at()] else {
                continue;
            };
            let place = reach.place(share.each, school);
            for &resource in &share.resources {
                sizes[policy.at()][place] += stated.stock[resource].unwrap_or(0.0);
            }
        }
    }
    for (sizes, share) in sizes.iter_mut().zip(&shares) {
        if let Some(share) = share {
            sizes.iter_mut().for_each(|size| *size *= share.of_stock);
        }
    }
    sizes.into()
}

/// A quota that is a share of stock.
struct Share {
    of_stock: f64,
    each: Each,
    /// Positions of the resources in scope.
    resources: Vec<usize>,
}

impl Share {
    fn of(case: &Case, policy: &Policy, of_stock: f64, each: Each) -> Share {
        let speaks_of = |resource| {
            case.measures.pairs().any(|(measure, stated)| {
                stated.resource == resource && policy.scope.covers_measure(case, measure)
            })
        };
        let resources = case.resources.ids().filter(|&at| speaks_of(at));
        Share {
            of_stock,
            each,
            resources: resources.map(|at| at.at()).collect(),
        }
    }
}
