//! Floor 5: paper. From answers to pages, tables and files; one file per output.

pub mod csv;
pub mod findings;
pub mod folder;
pub mod markdown;
pub mod number;
pub mod page;
pub mod terminal;
