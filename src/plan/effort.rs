//! How much work is done, counted in tests alone: time depends on the machine, the number of looks does not.

#[cfg(test)]
std::thread_local! {
    static LOOKS: std::cell::Cell<u64> = const { std::cell::Cell::new(0) };
}

/// Counts one look at a fund, a rule, a candidate or an entry of the deal. Costs nothing outside tests.
#[inline]
pub fn look() {
    #[cfg(test)]
    LOOKS.with(|looks| looks.set(looks.get() + 1));
}

/// The looks since this was last asked.
#[cfg(test)]
pub fn looks() -> u64 {
    LOOKS.with(|looks| looks.replace(0))
}
