//! Floor 2: from files to a case and its notices.
