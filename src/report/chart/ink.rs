//! Colours that the colour-blind can tell apart and that differ in lightness, so that they also do in grey.

/// Without the plan.
pub const BEFORE: &str = "#c3ccd5";
/// With the plan.
pub const AFTER: &str = "#1d4f7c";
/// Letters.
pub const TEXT: &str = "#222";
/// Letters of less weight, and axes.
pub const FAINT: &str = "#5a6470";
/// Lines behind the figures.
pub const GRID: &str = "#e3e7eb";

/// Parts of a whole with the letters that can be read on them: samples of cividis (Nuñez et al. 2018), whose lightness
/// rises evenly.
pub const PARTS: [(&str, &str); 6] = [
    ("#00224e", "#fff"),
    ("#3b496c", "#fff"),
    ("#6c6e72", "#fff"),
    ("#9b9476", "#000"),
    ("#cdbb63", "#000"),
    ("#fee838", "#000"),
];

/// The colours of this many parts, as far apart as can be.
pub fn part(at: usize, of: usize) -> (&'static str, &'static str) {
    let most = PARTS.len() - 1;
    match of {
        0 | 1 => PARTS[1],
        of => PARTS[(at * most / (of - 1)).min(most)],
    }
}
