//! How little money does for the same gap: every fund's money scaled down by one share.

use crate::case::{Case, Change, Overlay};
use crate::plan::{Answer, Known, Options, WhatIf, solve};

/// How closely the least share is found.
const CLOSE: f64 = 5e-4;
/// By how much a share is raised at first where whole units need more than the least.
const RAISED: f64 = 1e-3;
/// How often the share of a plan in whole units is drawn in.
const DRAWN_IN: usize = 2;
/// What two gaps may differ by and still be the same, relative.
const SAME: f64 = 1e-9;

/// The money that does for a gap.
#[derive(Clone, Debug)]
pub struct SameGap {
    /// Proven: with no more than this share of every fund's money no plan has so small a gap; 0 where nothing need be
    /// spent.
    pub below: f64,
    /// With this share a plan has, as long as nothing need come in whole units.
    pub least: f64,
    /// The share with which a plan in whole units has, and the answer with that plan; `None` where even all the money does
    /// not do in whole units, or the search was halted.
    pub whole: Option<(f64, Answer)>,
    /// Whether it was.
    pub halted: bool,
}

/// The case with every fund's money scaled.
pub fn scaled(case: &Case, factor: f64) -> Case {
    let overlay = Overlay {
        name: String::new(),
        title: String::new(),
        changes: vec![Change::Fund { fund: None, factor }],
    };
    overlay.apply(case)
}

/// The money that does for a gap; `None` where all of it does not.
pub fn same_gap(case: &Case, gap: f64, options: &Options) -> Option<SameGap> {
    let enough = gap + SAME * gap.abs().max(1.0);
    let (mut ready, first) = WhatIf::new(case, options);
    let reaches = |ready: &WhatIf, known: &Known| match known {
        Known::Point(proof) => ready.gap(proof.bound) <= enough,
        _ => false,
    };
    if !reaches(&ready, &first) {
        return None;
    }
    let (mut below, mut least) = (0.0, 1.0);
    let nothing = ready.ask(&scaled(case, 0.0));
    if reaches(&ready, &nothing) {
        least = 0.0;
    }
    while least - below > CLOSE {
        let share = 0.5 * (below + least);
        let known = ready.ask(&scaled(case, share));
        match known {
            Known::Point(_) | Known::Impossible(_) => match reaches(&ready, &known) {
                true => least = share,
                false => below = share,
            },
            // Neither is proven: the search was halted.
            _ => return None,
        }
    }
    Some(SameGap {
        below,
        least,
        whole: whole(case, enough, least, options),
        halted: options.halt.asked().is_some(),
    })
}

/// The least share found, from the least of all upwards, with which a plan in whole units has no larger a gap than
/// `enough`.
fn whole(case: &Case, enough: f64, least: f64, options: &Options) -> Option<(f64, Answer)> {
    let alone = Options {
        alone: true,
        ..options.clone()
    };
    let attempt = |share: f64| {
        let answer = solve(&scaled(case, share), &alone);
        let gap = answer.plan.as_ref().map(|plan| plan.outcome.gap_after);
        gap.filter(|&gap| gap <= enough).map(|_| (share, answer))
    };
    let mut failed = least;
    let mut found = attempt(least);
    let mut raised = RAISED;
    while found.is_none() && failed < 1.0 {
        if options.halt.asked().is_some() {
            return None;
        }
        let share = (least + raised).min(1.0);
        raised *= 2.0;
        found = attempt(share);
        if found.is_none() {
            failed = share;
        }
    }
    for _ in 0..DRAWN_IN {
        let share = found.as_ref()?.0;
        if share - failed <= RAISED {
            break;
        }
        match attempt(0.5 * (failed + share)) {
            Some(better) => found = Some(better),
            None => failed = 0.5 * (failed + share),
        }
    }
    found
}
