//! Floor 2: from a case to a program.
