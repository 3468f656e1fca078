//! The words of the page itself: each in Chinese and English under the name by which the script and the frame of the
//! page ask for it.

use serde_json::{Map, Value};

use crate::report::question::Question;

/// Name, Chinese, English.
pub const WORDS: &[(&str, &str, &str)] = &[
    ("scenario", "情景", "scenario"),
    ("summary", "概要", "Summary"),
    ("charts", "图", "Charts"),
    ("proposal", "方案概要", "Proposal"),
    ("schools", "学校", "Schools"),
    ("townships", "乡镇", "Townships"),
    ("counties", "县区", "Counties"),
    ("plan", "方案表", "Plan table"),
    ("limits", "限额与价格", "Limits and prices"),
    ("money", "资金", "Money"),
    ("frontier", "资金与缺口", "Money and gap"),
    ("comparison", "情景比较", "Scenarios"),
    ("evidence", "依据", "Evidence"),
    ("search", "查找", "search"),
    (
        "search_place",
        "名称、代码、乡镇、县区……",
        "name, code, township, county…",
    ),
    (
        "search_row",
        "学校、措施、资金、年份……",
        "school, measure, fund, year…",
    ),
    ("hits", "条结果", "hits"),
    ("shown", "显示", "shown"),
    ("more", "显示更多", "show more"),
    ("all", "全部显示", "show all"),
    ("none", "没有符合的行", "no row matches"),
    ("name", "名称", "name"),
    ("code", "代码", "code"),
    ("stage", "学段", "stage"),
    ("area", "城乡类型", "area"),
    ("county", "县区", "county"),
    ("township", "乡镇", "township"),
    ("count", "学校数", "schools"),
    ("pupils", "学生", "pupils"),
    ("gap_before", "缺口·规划前", "gap before"),
    ("gap_after", "缺口·规划后", "gap after"),
    ("less", "减少", "less"),
    ("amount", "金额", "money"),
    ("measure", "措施", "measure"),
    ("quantity", "数量", "quantity"),
    ("unit", "单位", "unit"),
    ("year", "年份", "year"),
    ("fund", "资金", "fund"),
    ("problem", "问题", "problem"),
    ("body", "责任单位", "responsible body"),
    ("deadline", "完成时限", "deadline"),
    ("school", "学校", "school"),
    ("resource", "资源", "resource"),
    ("stock", "现有", "has today"),
    ("required", "应有", "should have"),
    ("with_plan", "规划后有", "has with the plan"),
    ("short_before", "不规划缺", "short without the plan"),
    ("short_after", "规划后缺", "short with the plan"),
    ("state", "结果", "standing"),
    ("needs", "有什么、缺什么", "What it has and lacks"),
    ("rows", "给什么", "What it gets"),
    ("reasons", "为什么", "Why"),
    ("reason", "原因", "reason"),
    ("change", "怎样才会改变", "what would change it"),
    ("nothing", "这里没有安排措施", "nothing is done here"),
    ("back", "← 返回全部", "← back to all"),
    ("unknown", "没有这个代码", "there is no such code"),
    (
        "no_plan",
        "这个情景没有方案",
        "there is no plan in this scenario",
    ),
    (
        "no_script",
        "本页的查找、排序和逐校内容需要浏览器启用脚本；脚本就在本文件中，不联网。",
        "Searching, sorting and the page of each school need scripts, which stand in this file; nothing is loaded from the net.",
    ),
    (
        "grouped",
        "学校太多，这里按乡镇或县区汇总；逐校的结果见 gaps.csv、plan.csv（junheng solve --out）。",
        "There are too many schools to list: here they are summed by township or county; each school is in gaps.csv and plan.csv (junheng solve --out).",
    ),
    ("made_by", "由均衡 junheng 生成", "made by Junheng"),
];

/// A word in the language of the report; its name where there is none, which a test rules out.
pub fn word(asked: &Question, name: &'static str) -> &'static str {
    let found = WORDS.iter().find(|(known, ..)| *known == name);
    found.map_or(name, |(_, zh, en)| asked.pick(zh, en))
}

/// All words, for the script.
pub fn all(asked: &Question) -> Value {
    let pairs = WORDS.iter();
    let pairs = pairs.map(|(name, zh, en)| (name.to_string(), Value::from(asked.pick(*zh, *en))));
    Value::Object(pairs.collect::<Map<_, _>>())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_stands_in_both_languages_once() {
        for (at, (name, zh, en)) in WORDS.iter().enumerate() {
            let chinese = zh.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c));
            assert!(chinese, "{name}: {zh}");
            assert!(
                !en.is_empty() && !en.chars().any(|c| c > '\u{2fff}'),
                "{name}: {en}"
            );
            assert!(
                WORDS[..at].iter().all(|(other, ..)| other != name),
                "{name} twice"
            );
        }
    }

    #[test]
    fn the_script_asks_only_for_words_there_are() {
        let script = super::super::SCRIPTS.concat();
        let mut asked = 0;
        for used in script.split("W.").skip(1) {
            let used: String = used
                .chars()
                .take_while(|c| c.is_ascii_lowercase() || *c == '_')
                .collect();
            assert!(WORDS.iter().any(|(name, ..)| *name == used), "W.{used}");
            asked += 1;
        }
        assert!(asked > 20, "the script's words were found");
    }
}
