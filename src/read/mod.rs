//! Floor 2: from files to a case and its notices.

pub mod fold;
pub mod new_case;
pub mod number;
pub mod table;
