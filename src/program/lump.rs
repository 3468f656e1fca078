//! Exact lumping.
