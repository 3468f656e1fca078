//! Floor 3: one answer. A case in, a proven plan out.

pub mod alternative;
mod answer;
pub mod audit;
mod binding;
pub mod changes;
mod chosen;
mod course;
mod culprits;
mod deal;
pub mod diverting;
mod effort;
mod estimate;
mod evenness;
pub mod fair;
pub mod follow;
pub mod future;
mod keep;
mod ledger;
pub mod moves;
#[cfg(test)]
mod nation;
mod near;
pub mod outcome;
mod payment;
mod pools;
mod posed;
mod proof;
mod prove;
pub mod reasons;
pub mod repair;
pub mod row;
pub mod rule;
mod solve;
mod spread;
mod stages;
mod steps;
pub mod table;
mod topup;
mod waterfill;
mod whatif;
mod written;

pub use answer::{
    Answer, Basis, Binding, BindingUnit, Certificate, FundYear, NamedRule, Options, Plan, Solved,
    Verdict, WithoutTerminal,
};
pub use audit::{Audit, Breach};
pub use binding::quota_unit;
pub use estimate::memory_needed;
pub use moves::{Move, Moves, TakeUp};
pub use near::Near;
pub use outcome::Outcome;
pub use pools::{Pool, pools};
pub use proof::Proof;
pub use prove::Known;
pub use reasons::Reasons;
pub use row::PlanRow;
pub use solve::{Continuous, continuous, solve, solved};
pub use whatif::{Course, WhatIf, once};
pub use written::written;
