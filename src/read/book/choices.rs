//! The words of closed lists as a planner reads them.

use super::layout::Pair;
use crate::read::fold::fold;
use crate::words::Lang;

/// Each word of `case.toml` in Chinese and English.
const WORDS: &[(&str, Pair)] = &[
    ("zh", ("中文", "Chinese")),
    ("en", ("英文", "English")),
    ("primary", ("小学", "primary")),
    ("junior", ("初中", "junior")),
    ("nine-year", ("九年一贯制", "nine-year")),
    ("both", ("两者", "both")),
    ("buy", ("购置", "buy")),
    ("build", ("建设", "build")),
    ("repair", ("维修", "repair")),
    ("train", ("培训", "train")),
    ("hire", ("招聘", "hire")),
    ("aid", ("资助", "aid")),
    ("rotate", ("交流轮岗", "rotate")),
    ("share-post", ("走教", "share a post")),
    ("move", ("调剂", "move")),
    ("capital", ("资本性", "capital")),
    ("recurrent", ("经常性", "recurrent")),
    ("pupils", ("按学生数", "pupils")),
    ("schools", ("按学校数", "schools")),
    ("gap", ("总缺口最小", "smallest gap")),
    ("leximin", ("先保最低", "lowest first")),
    ("cv", ("差异系数", "coefficient of variation")),
    ("gini", ("基尼系数", "Gini coefficient")),
    ("mean-deviation", ("平均差系数", "mean deviation")),
    ("indicators", ("达标项数", "indicators met")),
    ("share", ("资金占比", "share")),
    ("quota", ("数量指标", "quota")),
    ("spending", ("支出金额", "spending")),
    ("all", ("合计", "all together")),
    ("county", ("每县", "each county")),
    ("township", ("每乡镇", "each township")),
    ("target", ("分阶段目标", "target")),
    ("stay", ("与原方案衔接", "stay near an earlier plan")),
    ("forbid", ("禁止", "forbid")),
    ("spent", ("已用", "spent")),
    ("available", ("可用", "available")),
    ("year-before", ("上年", "year before")),
    ("matched", ("配套", "matched")),
    ("pupil", ("每名学生", "pupil")),
    ("100-pupils", ("每百名学生", "100 pupils")),
    ("class", ("每班", "class")),
    ("classes-or-part", ("每若干班", "so many classes")),
    ("class-within-size", ("班额内每班", "class within size")),
    ("boarder", ("每名寄宿生", "boarder")),
    ("poor-pupil", ("每名困难学生", "poor pupil")),
    ("school", ("每校", "school")),
    ("enrolment", ("按规模", "by enrolment")),
    ("fund", ("资金", "funds")),
    ("cost", ("单价", "prices")),
    ("weight", ("资源权重", "weights")),
    ("project", ("项目最小规模", "smallest projects")),
    ("true", ("是", "yes")),
    ("false", ("否", "no")),
];

/// Other ways of writing yes and no.
const FLAGS: &[(&str, bool)] = &[
    ("true", true),
    ("yes", true),
    ("y", true),
    ("是", true),
    ("√", true),
    ("1", true),
    ("有", true),
    ("真", true),
    ("false", false),
    ("no", false),
    ("n", false),
    ("否", false),
    ("×", false),
    ("0", false),
    ("无", false),
    ("假", false),
];

/// How a word of `case.toml` is shown; the word itself when it is none of them.
pub fn label(word: &str, lang: Lang) -> &str {
    let known = WORDS.iter().find(|(own, _)| *own == word);
    known.map_or(word, |(_, pair)| lang.pick(pair.0, pair.1))
}

/// Whether a word has labels.
pub fn is_known(word: &str) -> bool {
    WORDS.iter().any(|(own, _)| *own == word)
}

/// The word of a list that was written in either language, or as `case.toml` has it.
pub fn word<'a>(text: &str, list: &'a [String]) -> Option<&'a str> {
    let text = fold(text);
    let means = |word: &str| {
        fold(word) == text
            || [Lang::Zh, Lang::En]
                .iter()
                .any(|lang| fold(label(word, *lang)) == text)
    };
    list.iter().map(String::as_str).find(|word| means(word))
}

/// Yes or no.
pub fn flag(text: &str) -> Option<bool> {
    let text = fold(text);
    FLAGS
        .iter()
        .find(|(own, _)| *own == text)
        .map(|(_, yes)| *yes)
}
