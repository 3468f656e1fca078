//! From quantities to pixels, with ticks at round numbers.

use super::picture::width;
use crate::report::number::number;

/// About how many ticks an axis has.
const TICKS: f64 = 5.0;

/// An axis that begins at 0.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Scale {
    step: f64,
    end: f64,
    from: f64,
    to: f64,
}

impl Scale {
    /// An axis for quantities from 0 to `largest` between two pixels. It ends at a tick.
    pub fn new(largest: f64, from: f64, to: f64) -> Scale {
        let largest = match largest.is_finite() && largest > 0.0 {
            true => largest,
            false => 1.0,
        };
        let rough = largest / TICKS;
        let power = 10_f64.powf(rough.log10().floor());
        let steps = [1.0, 2.0, 5.0, 10.0];
        let fits = |factor: &f64| factor * power >= rough * (1.0 - 1e-9);
        let step = steps.into_iter().find(fits).unwrap_or(10.0) * power;
        let end = (largest / step - 1e-9).ceil() * step;
        Scale {
            step,
            end,
            from,
            to,
        }
    }

    /// Where a quantity lies, in pixels.
    pub fn at(&self, value: f64) -> f64 {
        self.from + (self.to - self.from) * (value / self.end)
    }

    /// How much room the ticks need beside an upright axis, at least `least`.
    pub fn room(&self, least: f64) -> f64 {
        let ticks = self.ticks().map(|tick| width(&number(tick)) + 8.0);
        ticks.fold(least, f64::max)
    }

    /// The ticks, from 0 to the end.
    pub fn ticks(&self) -> impl Iterator<Item = f64> + use<> {
        let (step, count) = (self.step, (self.end / self.step).round() as usize);
        (0..=count).map(move |at| at as f64 * step)
    }
}

/// Whether the name of one of `all` things in a row is written where each has `step` pixels and the widest name needs
/// `widest`: every one, every second … as many as have room, the last always.
pub fn is_named(at: usize, all: usize, step: f64, widest: f64) -> bool {
    let apart = ((widest + 6.0) / step.max(1.0)).ceil().max(1.0) as usize;
    (all - 1 - at).is_multiple_of(apart)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ticks_are_round_and_few_and_reach_the_largest() {
        for largest in [0.003, 0.07, 1.0, 9.99, 10.0, 47.0, 1234.5, 2e6, 609_356.0] {
            let ticks: Vec<f64> = Scale::new(largest, 0.0, 100.0).ticks().collect();
            assert!((2..=8).contains(&ticks.len()), "{largest}: {ticks:?}");
            let (step, last) = (ticks[1], ticks[ticks.len() - 1]);
            assert!(
                last >= largest * (1.0 - 1e-9) && last < largest + step,
                "{largest}: {ticks:?}"
            );
            let digit = step / 10_f64.powf(step.log10().floor());
            let round = [1.0, 2.0, 5.0, 10.0]
                .iter()
                .any(|one| (digit - one).abs() < 1e-6);
            assert!(round, "{largest}: a step of {step}");
        }
    }

    #[test]
    fn nothing_and_nonsense_still_have_an_axis() {
        for largest in [0.0, -1.0, f64::NAN, f64::INFINITY] {
            let scale = Scale::new(largest, 10.0, 0.0);
            assert_eq!((scale.at(0.0), scale.ticks().last()), (10.0, Some(1.0)));
        }
    }
}
