//! Floor 5: paper.
