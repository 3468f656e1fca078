//! What may be wished of a plan beside a small gap.

use super::figures::Figures;

/// A wish.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Wish {
    /// Something is done at as few schools as possible.
    FewestSchools,
    /// As few posts as possible are moved by rotation.
    FewestMoves,
    /// Money is spent evenly over the plan years.
    SmoothestYears,
    /// As little money as possible is spent.
    LeastMoney,
    /// As much money as possible goes elsewhere than in the reference.
    MostDifferent,
}

impl Wish {
    /// All of them, in the order in which they are shown.
    pub const ALL: [Wish; 5] = [
        Wish::FewestSchools,
        Wish::FewestMoves,
        Wish::SmoothestYears,
        Wish::LeastMoney,
        Wish::MostDifferent,
    ];

    /// The name by which it is asked for, and that files bear.
    pub fn key(self) -> &'static str {
        match self {
            Wish::FewestSchools => "fewest-schools",
            Wish::FewestMoves => "fewest-moves",
            Wish::SmoothestYears => "smoothest-years",
            Wish::LeastMoney => "least-money",
            Wish::MostDifferent => "most-different",
        }
    }

    /// How far a plan is from it: the less the better. Schools, posts, main units of money; for the most different plan
    /// the share of the money that stays where it was.
    pub fn measure(self, figures: &Figures) -> f64 {
        match self {
            Wish::FewestSchools => figures.schools as f64,
            Wish::FewestMoves => figures.moves,
            Wish::SmoothestYears => figures.unevenness().main(),
            Wish::LeastMoney => figures.money.main(),
            Wish::MostDifferent => 1.0 - figures.moved.share(),
        }
    }
}
