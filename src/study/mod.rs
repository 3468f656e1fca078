//! Floor 4: many answers.
