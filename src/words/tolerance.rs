//! Every tolerance of the program, with the question it gates.

/// Is the plan proven best? Relative distance of plan and bound (model: certificate at 1e-7).
pub const PROVEN: f64 = 1e-7;

/// May the money stage cost gap? Largest relative loss of gap when money is minimised.
pub const STAGE: f64 = 1e-9;

/// Is a solver's value the whole number (or step) it is next to? Absolute, in steps.
pub const STEP: f64 = 1e-6;

/// Do two blocks of the program have the same shape? Relative, on scaled coefficients.
pub const SAME_SHAPE: f64 = 1e-12;

/// Is an amount of a resource zero? Absolute, in units of the resource.
pub const ZERO_UNITS: f64 = 1e-9;

/// Does a quantity rule hold in the audit? Relative to the larger side, at least absolute.
pub const AUDIT: f64 = 1e-9;

/// Do two solvers agree on an optimum value? Relative.
pub const SOLVERS_AGREE: f64 = 1e-6;

/// Does a solver's point keep a row? Relative to the largest term that the row can have.
pub const KEEPS_ROW: f64 = 1e-7;

/// Is what a unit closes worth as much as what it takes from the limits? Relative. Multipliers of a proven optimum
/// were seen to be a thousand times closer.
pub const TIE: f64 = 1e-6;

/// Does a continuous optimum keep a limit on differences among schools? Relative to the limit. (A plan in whole units has to
/// keep it to [`AUDIT`].)
pub const DIFFERENCES: f64 = 1e-6;
