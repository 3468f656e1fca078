//! Junheng (均衡): who gets what, when and from which fund, so that schools' total gap to the standard is smallest.
//!
//! The house has floors; a room imports only from floors below it (`tests/architecture.rs` keeps it so):
//! words · case, program · read, formulate, solve · plan · study · report · cli.

pub mod case;
pub mod cli;
pub mod formulate;
pub mod plan;
pub mod program;
pub mod read;
pub mod report;
pub mod solve;
pub mod study;
pub mod words;
