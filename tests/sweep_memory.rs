//! The memory of a sweep does not grow with its points.

mod common;

use std::alloc::System;
use std::num::NonZeroUsize;

use cap::Cap;
use common::{With, region};
use junheng::plan::Options;
use junheng::report::sweep::Begun;
use junheng::report::{Folder, Question};
use junheng::study::on_threads;
use junheng::study::sweep::{Axis, Design, Lever, Range, Values, sweep};
use junheng::words::Lang;
use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;

#[global_allocator]
static HEAP: Cap<System> = Cap::new(System, usize::MAX);

/// The most that was ever allocated once a sweep of so many draws is done on so many threads.
fn peak(draws: usize, threads: usize) -> usize {
    let random = &mut ChaCha8Rng::seed_from_u64(1);
    let case = region(random, "a region".into(), With::default(), 3, 2, 60);
    let drawn = |lever| Axis {
        key: String::new(),
        values: Values::Drawn(
            lever,
            Range {
                low: 0.8,
                high: 1.2,
                mode: None,
            },
        ),
    };
    let money = Axis {
        key: String::new(),
        values: Values::Listed(Lever::Funds(None), vec![0.5, 0.75, 1.0, 1.25, 1.5]),
    };
    let design = Design {
        axes: vec![drawn(Lever::Enrolment(None)), money],
        draws,
        seed: 1,
        piece: 60,
    };
    let place = tempfile::tempdir().expect("a folder");
    let folder = Folder::open(place.path()).expect("a folder");
    let question = Question {
        case: &case,
        scenario: None,
        lang: Lang::En,
    };
    let mut begun = Begun::open(&folder, question, &design, "{}").expect("begun");
    let options = Options::default();
    let done = on_threads(NonZeroUsize::new(threads), || {
        sweep(&case, &design, &options, 0, &mut |points| {
            begun.take(points)
        })
    });
    assert_eq!(done.expect("threads").expect("written"), None);
    begun.finish(|_, _| Ok(())).expect("named");
    HEAP.max_allocated()
}

/// On one thread nothing is left to chance. On two it is chance which moments of theirs meet, and a thousand points meet
/// more of them than a hundred: there the peak of ten sweeps of a hundred is compared, which have as many.
#[test]
fn a_thousand_points_take_hardly_more_than_a_hundred() {
    for (threads, sweeps) in [(1, 1), (2, 10)] {
        let hundred = (0..sweeps).map(|_| peak(20, threads)).max();
        let hundred = hundred.expect("a sweep") as f64;
        let thousand = peak(200, threads) as f64;
        assert!(
            thousand <= 1.2 * hundred,
            "{threads} threads: {hundred} {thousand}"
        );
    }
}
