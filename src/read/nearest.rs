//! "Did you mean …?"

/// Least likeness (1 − normalised Damerau–Levenshtein distance) at which a word is offered as what was meant.
const ALIKE: f64 = 0.5;

/// How many words are offered at most.
const OFFERED: usize = 12;

/// What may have been meant by `word`: the closest of the known words, or all of them when none is close.
pub(super) fn nearest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> String {
    let known: Vec<&str> = known.into_iter().collect();
    let lower = word.to_lowercase();
    let mut alike: Vec<(f64, &str)> = known
        .iter()
        .map(|one| {
            (
                strsim::normalized_damerau_levenshtein(&lower, &one.to_lowercase()),
                *one,
            )
        })
        .filter(|(likeness, _)| *likeness >= ALIKE)
        .collect();
    alike.sort_by(|a, b| b.0.total_cmp(&a.0));
    if alike.is_empty() {
        listed(&known, OFFERED)
    } else {
        listed(&alike.iter().map(|a| a.1).collect::<Vec<_>>(), 3)
    }
}

/// The words in back quotes, at most `most` of them.
pub(super) fn listed(words: &[&str], most: usize) -> String {
    let shown: Vec<String> = words
        .iter()
        .take(most)
        .map(|word| format!("`{word}`"))
        .collect();
    let more = if words.len() > most { " …" } else { "" };
    if shown.is_empty() {
        "—".to_string()
    } else {
        shown.join(" / ") + more
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_finds_what_was_meant() {
        let known = ["years", "first_year", "currency"];
        assert_eq!(nearest("yaers", known), "`years`");
        assert_eq!(
            nearest("计算机台数", ["学校代码", "计算机数", "班级数"]),
            "`计算机数`"
        );
        assert_eq!(nearest("zzz", known), "`years` / `first_year` / `currency`");
        assert_eq!(nearest("x", []), "—");
    }
}
