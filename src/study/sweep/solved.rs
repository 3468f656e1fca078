//! Solving the points of a sweep, piece by piece.

use std::panic::{AssertUnwindSafe, catch_unwind};

use super::design::{Design, Point};
use super::scene::Scene;
use crate::case::Case;
use crate::plan::{Known, Options, Verdict, WhatIf, once};
use crate::study::broken;
use crate::words::Money;

/// Points that are solved one from the other, at most.
const STRIP: usize = 50;

/// A point and what is known of it.
#[derive(Clone, Debug)]
pub struct Solved {
    /// The point.
    pub point: Point,
    /// The money of all funds over the plan years; `None` where the point makes no case.
    pub money: Option<Money>,
    /// The gap index without any measure; `NaN` where it could not be told.
    pub now: f64,
    /// What is proven.
    pub verdict: Verdict,
    /// The smallest gap index; of the best point found where that is not proven, `None` where there is none.
    pub gap: Option<f64>,
    /// What no plan can go below.
    pub bound: Option<f64>,
}

/// How points are solved.
pub(super) struct Work<'a> {
    pub case: &'a Case,
    pub design: &'a Design,
    pub options: &'a Options,
}

/// The program of a run, kept ready at the money stated; `None` where that came to nothing.
pub(super) type Ready = Option<Box<WhatIf>>;

impl Work<'_> {
    /// Makes the program of a run ready. A run of one point needs none.
    pub fn ready(&self, run: usize) -> Ready {
        let length = self.design.run_length();
        if length == 1 {
            return None;
        }
        let first = self.design.point(run * length);
        let options = self.options.for_one();
        unbroken(|| {
            let case = self.design.run_case(self.case, &first);
            let mut ready = WhatIf::new(&case, &options).0;
            // Asked once, it stands at a best basis: strips begin there, and not each at the first guess of one.
            ready.ask(&case);
            Box::new(ready)
        })
    }

    /// The points of a piece in strips: each is solved by itself, point after point in order of money.
    pub fn strips(&self, chunk: usize) -> Vec<Vec<usize>> {
        let mut numbers: Vec<usize> = self.design.chunk(chunk).collect();
        if numbers.len() > 1 {
            let mut scene = self.scene(&numbers);
            numbers.sort_by_cached_key(|&number| {
                let point = self.design.point(number);
                let money = scene.as_mut().and_then(|scene| scene.money(&point));
                (money, number)
            });
        }
        numbers.chunks(STRIP).map(<[usize]>::to_vec).collect()
    }

    /// The cases of some points of one run.
    fn scene(&self, numbers: &[usize]) -> Option<Scene<'_>> {
        let first = self.design.point(*numbers.first()?);
        Scene::of(self.case, self.design, &first)
    }

    /// The points of a strip, one solved from the other; `None` when halted on the way.
    pub fn strip(&self, numbers: &[usize], ready: &Ready) -> Option<Vec<Solved>> {
        let mut at_hand = ready.clone();
        let mut scene = self.scene(numbers);
        let mut found = Vec::with_capacity(numbers.len());
        for &number in numbers {
            let point = self.design.point(number);
            let money = scene.as_mut().and_then(|scene| scene.money(&point));
            let answer = scene.as_mut().and_then(|scene| {
                let options = self.options.for_one();
                unbroken(|| ask(scene, &point, &options, at_hand.as_deref_mut())).flatten()
            });
            if self.options.halt.asked().is_some() {
                return None;
            }
            let answer = answer.unwrap_or_else(|| {
                // What broke off half-way is not asked again.
                at_hand.clone_from(ready);
                Answered::of_verdict(broken().verdict)
            });
            found.push(Solved {
                point,
                money,
                now: answer.now,
                verdict: answer.verdict,
                gap: answer.gap,
                bound: answer.bound,
            });
        }
        Some(found)
    }
}

/// What work comes to, unless it breaks off by a panic, which has then been told on standard error.
pub(super) fn unbroken<T>(work: impl FnOnce() -> T) -> Option<T> {
    catch_unwind(AssertUnwindSafe(work)).ok()
}

struct Answered {
    now: f64,
    verdict: Verdict,
    gap: Option<f64>,
    bound: Option<f64>,
}

impl Answered {
    fn of_verdict(verdict: Verdict) -> Answered {
        Answered {
            now: f64::NAN,
            verdict,
            gap: None,
            bound: None,
        }
    }
}

/// The optimum at a point, from the program at hand if there is one; `None` where the point makes no case.
fn ask(
    scene: &mut Scene,
    point: &Point,
    options: &Options,
    at_hand: Option<&mut WhatIf>,
) -> Option<Answered> {
    let case = scene.at(point)?;
    let (untouched, known) = match at_hand {
        Some(ready) => {
            ready.heed(options.halt.clone());
            let known = ready.ask(case);
            (ready.form.untouched(), known)
        }
        None => {
            let (form, known) = once(case, options);
            (form.untouched(), known)
        }
    };
    let mut answer = Answered::of_verdict(known.verdict());
    if let Known::Point(proof) = known {
        answer.gap = Some(untouched + proof.objective);
        answer.bound = Some(untouched + proof.bound);
    }
    answer.now = scene.gap_now();
    Some(answer)
}
