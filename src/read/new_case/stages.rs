//! What the words of a stage column mean.

use super::Confidence;
use super::words::bone;
use crate::case::Stage;

/// The stage that a word of the sheet names. Words that name upper secondary grades besides are doubtful: their
/// pupils and stock count too much. `None` where it cannot be told, or is no compulsory school.
pub fn stage_of(word: &str) -> Option<(Stage, Confidence)> {
    let bone = bone(word);
    if bone.is_ascii() {
        english(&bone)
    } else {
        chinese(&bone)
    }
}

fn chinese(word: &str) -> Option<(Stage, Confidence)> {
    let has = |parts: &[&str]| parts.iter().any(|part| word.contains(part));
    if has(&[
        "幼儿园",
        "特殊教育",
        "特教",
        "职业",
        "中职",
        "大学",
        "学院",
        "培训",
    ]) {
        return None;
    }
    let upper = has(&["高中", "高级中学", "完全中学", "完中", "十二年"]);
    let primary = has(&[
        "小学",
        "完小",
        "村小",
        "教学点",
        "中心校",
        "九年",
        "十二年",
        "一贯",
    ]);
    let junior = has(&[
        "初中",
        "初级中学",
        "完全中学",
        "完中",
        "九年",
        "十二年",
        "一贯",
    ]);
    both(primary, junior, upper)
}

fn english(word: &str) -> Option<(Stage, Confidence)> {
    let plain = format!(" {word} ")
        .replace(" preprimary ", " ")
        .replace(" pre primary ", " ");
    let has = |parts: &[&str]| {
        parts
            .iter()
            .any(|part| plain.contains(&format!(" {part} ")))
    };
    if has(&[
        "vocational",
        "technical",
        "adult",
        "special",
        "post primary",
    ]) {
        return None;
    }
    let all = has(&["nine year", "9 year", "all through", "k 9", "k9"]);
    let upper = has(&["senior", "sss", "ss", "upper", "high"]);
    let primary = all || has(&["primary", "elementary", "infant"]);
    let junior = all || has(&["junior", "jss", "js", "jhs", "lower secondary", "middle"]);
    both(primary, junior, upper && !has(&["junior high"]))
}

fn both(primary: bool, junior: bool, upper: bool) -> Option<(Stage, Confidence)> {
    let stage = match (primary, junior) {
        (true, true) => Stage::NineYear,
        (true, false) => Stage::Primary,
        (false, true) => Stage::Junior,
        (false, false) => return None,
    };
    Some((
        stage,
        if upper {
            Confidence::Doubtful
        } else {
            Confidence::Sure
        },
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_both_languages() {
        use Confidence::{Doubtful, Sure};
        for (word, expected) in [
            ("小学", Some((Stage::Primary, Sure))),
            ("农村完全小学", Some((Stage::Primary, Sure))),
            ("教学点", Some((Stage::Primary, Sure))),
            ("初级中学", Some((Stage::Junior, Sure))),
            ("九年一贯制学校", Some((Stage::NineYear, Sure))),
            ("十二年一贯制学校", Some((Stage::NineYear, Doubtful))),
            ("完全中学", Some((Stage::Junior, Doubtful))),
            ("中学", None),
            ("高级中学", None),
            ("幼儿园", None),
            ("primary_only", Some((Stage::Primary, Sure))),
            ("Pre-primary and Primary", Some((Stage::Primary, Sure))),
            ("preprimary", None),
            ("js_ss", Some((Stage::Junior, Doubtful))),
            ("Junior Secondary Only", Some((Stage::Junior, Sure))),
            ("Junior High", Some((Stage::Junior, Sure))),
            (
                "Primary and Junior Secondary",
                Some((Stage::NineYear, Sure)),
            ),
            ("vocational_post_primary", None),
            ("Formal Only", None),
            ("", None),
        ] {
            assert_eq!(stage_of(word), expected, "{word}");
        }
    }
}
