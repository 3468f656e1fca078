//! Stretches and scales log-normal levels until the official mean and coefficient of variation are the wanted ones.

use junheng::case::balance::spread;

/// What is to be met.
#[derive(Clone, Copy, Debug)]
pub struct Target {
    /// Pupil-weighted mean level.
    pub mean: f64,
    /// Pupil-weighted coefficient of variation.
    pub cv: f64,
}

impl Target {
    /// Standard deviation of the logarithm of a log-normal variable with this coefficient of variation.
    pub fn log_sd(self) -> f64 {
        (1.0 + self.cv * self.cv).ln().sqrt()
    }
}

/// A school whose stock is to be found.
#[derive(Clone, Copy, Debug)]
pub struct Member {
    pub pupils: f64,
    /// Where it stands among its like, in standard deviations.
    pub draw: f64,
    /// The most units it may have.
    pub most: f64,
}

/// A section whose level is given: of a nine-year school, or one with published levels.
#[derive(Clone, Copy, Debug)]
pub struct Shared {
    pub pupils: f64,
    pub level: f64,
}

/// Stocks found, and the law they follow.
pub struct Fitted {
    /// Units of each member.
    pub units: Vec<f64>,
    base: f64,
    stretch: f64,
}

impl Fitted {
    /// The level of a school that follows the same law.
    pub fn level(&self, draw: f64) -> f64 {
        self.base * (self.stretch * draw).exp()
    }
}

/// Finds stocks in whole multiples of `unit` so that members and shared sections together have the target's mean (to
/// one unit in the total) and coefficient (as near as whole units allow). Levels are per `per` pupils.
pub fn fit(target: Target, per: f64, unit: f64, members: &[Member], shared: &[Shared]) -> Fitted {
    let all_pupils: f64 = members
        .iter()
        .map(|one| one.pupils)
        .chain(shared.iter().map(|one| one.pupils))
        .sum();
    let given: f64 = shared.iter().map(|one| one.level * one.pupils).sum();
    let total = (target.mean * all_pupils - given) / per;
    let (mut low, mut high) = (0.0, 4.0);
    let mut best: Option<(f64, Fitted)> = None;
    for _ in 0..50 {
        let stretch = 0.5 * (low + high);
        let base = base(total, stretch, per, members);
        let exact: Vec<f64> = members
            .iter()
            .map(|one| units(one, base, stretch, per))
            .collect();
        let rounded = round_keeping_total(&exact, unit, members);
        let cv = coefficient(per, members, &rounded, shared);
        if cv < target.cv {
            low = stretch;
        } else {
            high = stretch;
        }
        let miss = (cv - target.cv).abs();
        if best.as_ref().is_none_or(|(least, _)| miss < *least) {
            best = Some((
                miss,
                Fitted {
                    units: rounded,
                    base,
                    stretch,
                },
            ));
        }
    }
    best.map_or(
        Fitted {
            units: Vec::new(),
            base: 0.0,
            stretch: 0.0,
        },
        |(_, fitted)| fitted,
    )
}

fn units(member: &Member, base: f64, stretch: f64, per: f64) -> f64 {
    (base * (stretch * member.draw).exp() * member.pupils / per).min(member.most)
}

/// The level of the middle school at which all members together have `total` units.
fn base(total: f64, stretch: f64, per: f64, members: &[Member]) -> f64 {
    let sum = |base: f64| {
        members
            .iter()
            .map(|one| units(one, base, stretch, per))
            .sum::<f64>()
    };
    let (mut low, mut high) = (0.0, 1e6);
    for _ in 0..200 {
        let middle = 0.5 * (low + high);
        if sum(middle) < total {
            low = middle
        } else {
            high = middle
        }
    }
    0.5 * (low + high)
}

/// Largest remainder: whole multiples of `unit` with the same total.
fn round_keeping_total(exact: &[f64], unit: f64, members: &[Member]) -> Vec<f64> {
    let mut whole: Vec<f64> = exact.iter().map(|units| (units / unit).floor()).collect();
    let total = (exact.iter().sum::<f64>() / unit).round();
    let mut left = total - whole.iter().sum::<f64>();
    let mut order: Vec<usize> = (0..exact.len()).collect();
    let remainder = |at: usize| exact[at] / unit - (exact[at] / unit).floor();
    order.sort_by(|&one, &other| remainder(other).total_cmp(&remainder(one)));
    for at in order {
        if left >= 1.0 && (whole[at] + 1.0) * unit <= members[at].most {
            whole[at] += 1.0;
            left -= 1.0;
        }
    }
    whole.into_iter().map(|units| units * unit).collect()
}

fn coefficient(per: f64, members: &[Member], units: &[f64], shared: &[Shared]) -> f64 {
    let own = members
        .iter()
        .zip(units)
        .map(|(one, units)| (one.pupils, units * per / one.pupils));
    let levels: Vec<(f64, f64)> = own
        .chain(shared.iter().map(|one| (one.pupils, one.level)))
        .collect();
    spread(&levels).and_then(|spread| spread.cv).unwrap_or(0.0)
}
