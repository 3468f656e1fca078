//! The official balance arithmetic: coefficients of variation and compliance.
