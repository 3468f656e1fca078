//! What findings say of a case that is a workbook where the catalogue speaks of `case.toml`: sheets and headers in place of
//! tables and keys.

use super::catalogue as of;
use super::code::Code;

/// A text in Chinese and English.
type Pair = (&'static str, &'static str);

/// What is the matter, where it is said otherwise.
pub fn message(code: Code) -> Option<Pair> {
    said(MESSAGES, code)
}

/// What to do about it, where it is said otherwise.
pub fn remedy(code: Code) -> Option<Pair> {
    said(REMEDIES, code)
}

fn said(texts: &[(Code, Pair)], code: Code) -> Option<Pair> {
    let own = texts.iter().find(|(own, _)| *own == code);
    own.map(|(_, pair)| *pair)
}

const MESSAGES: &[(Code, Pair)] = &[
    (
        of::UNKNOWN_KEY,
        (
            "{2}的行里不填“{0}”",
            "rows of {2} take no value under “{0}”",
        ),
    ),
    (
        of::STEP_NOT_WHOLE,
        (
            "资源“{0}”只取整数，“最小单位”却不是整数",
            "the resource “{0}” comes in whole units, but its Smallest step is not whole",
        ),
    ),
    (
        of::BANDS_ORDER,
        (
            "“缺口分段”表的“上界”必须逐行增大，最后一行为 1",
            "the upper ends on the sheet Bands must rise from row to row and end at 1",
        ),
    ),
    (
        of::BAND_WEIGHTS,
        (
            "“缺口分段”表的“权重”不能逐行增大",
            "the weights on the sheet Bands may not rise from row to row",
        ),
    ),
    (
        of::NORM_TABLE_ORDER,
        (
            "“规模分档”的人数必须逐档增大",
            "the enrolments of Tiers must rise",
        ),
    ),
    (
        of::DIFFERENCES_UNLIMITED,
        (
            "“{0}”没有填“至多”，标准也没有差异系数的上限",
            "“{0}” states no upper limit, and the standard limits no coefficients either",
        ),
    ),
    (
        of::TERMINAL_NONE,
        (
            "规划期后计入 0 年，规划期以后的效果和支出都不计",
            "no years after the plan are counted: nothing after it weighs",
        ),
    ),
];

const REMEDIES: &[(Code, Pair)] = &[
    (
        of::UNKNOWN_KEY,
        (
            "请清空这一格；这样的行可以填 {1}",
            "empty the cell; such a row takes {1}",
        ),
    ),
    (
        of::KEY_MISSING,
        (
            "请填上 `{0}`；各表各列的含义见 `junheng template` 写出的模板",
            "fill in `{0}`; the workbook of `junheng template` says what each column means",
        ),
    ),
    (
        of::SHEET_NOT_THERE,
        (
            "请核对“学校表设置”里填的工作表；工作表的名字在表格窗口底部的标签上",
            "check the sheets named on Table settings; the names of sheets stand on the tabs below the cells",
        ),
    ),
    (
        of::SHEETS_NONE_FIT,
        (
            "请核对“学校表设置”里填的列名和工作表",
            "check the headers and sheets named on Table settings",
        ),
    ),
    (
        of::UNIT_DIFFERS,
        (
            "请换算这一列，或改正“资源”表里的计量单位、“标准值”和“措施”的单价",
            "convert the column, or correct the unit on Resources, the norm and the price of the measures",
        ),
    ),
    (
        of::HEADER_LEVELS,
        (
            "“学校表设置”里可以填连接后的全名，不重名时也可以只填最下一层",
            "on Table settings name columns by the joined name, or by the lowest level where only one column has it",
        ),
    ),
    (
        of::SHEETS_USED,
        (
            "要固定读哪几张，就填在“学校表设置”的“学校表的工作表”",
            "to choose them yourself, fill in School sheets on Table settings",
        ),
    ),
    (
        of::UNKNOWN_SET,
        (
            "您要填的是不是 {1}；也可以不填“自带标准”，在“标准值”表里逐项写明",
            "did you mean {1}? Or leave Shipped standard empty and state norms on the sheet Norms",
        ),
    ),
    (
        of::INCLUDE_UNKNOWN,
        (
            "您要填的是不是 {1}；情景的名字是“情景”表第一列所填的",
            "did you mean {1}? Scenarios are named in the first column of the sheet Scenarios",
        ),
    ),
    (
        of::INCLUDE_LOOP,
        (
            "请清空其中一行的“先套用”",
            "empty Includes in one of their rows",
        ),
    ),
    (
        of::YEARS_MISMATCH,
        (
            "请在各年的列里逐年填写；每年相同时只填“每年相同”一列",
            "fill in a column for each plan year, or only Every year where all are alike",
        ),
    ),
    (
        of::STEP_NOT_WHOLE,
        (
            "请把“最小单位”改成整数，或清空“只取整数”",
            "make Smallest step whole, or empty Whole units",
        ),
    ),
    (
        of::ONLY_NONE,
        (
            "请核对“规划范围”表的写法；学校表中有：{2}",
            "check the spelling on Rows planned; the sheet of schools has: {2}",
        ),
    ),
    (
        of::ROWS_NOT_ASKED,
        (
            "不必处理；条件写在“规划范围”表里",
            "nothing to do; the condition stands on Rows planned",
        ),
    ),
    (
        of::NORMS_ASKED_FOR,
        (
            "请在“标准值”表里为每样资源加一行（数值按本省规定）",
            "add a row for each on the sheet Norms (with the province's own numbers)",
        ),
    ),
    (
        of::MATCHES_ITSELF,
        (
            "请从配套的两栏资金中删去一处",
            "name it as paying or as matched, not as both",
        ),
    ),
    (
        of::DIFFERENCES_UNLIMITED,
        (
            "请填上“至多”，例如 0.45，或在“标准”表里填上差异系数的上限",
            "fill in an upper limit, for example 0.45, or limits on the sheet Standard",
        ),
    ),
    (
        of::NORM_UNUSED,
        (
            "要规划就在“资源”表里加上，代码要一致",
            "add each that is to be planned to Resources, with the same code",
        ),
    ),
    (
        of::RESOURCE_WITHOUT_MEASURE,
        (
            "请在“措施”表里加一行；只监测不规划的可以不管",
            "add a row to Measures; nothing needs to be done for what is watched only",
        ),
    ),
    (
        of::MEASURE_UNPAYABLE,
        (
            "请核对“资金”表里“限……”各列，或增加资金",
            "check what the funds may pay for on the sheet Funds, or add one",
        ),
    ),
    (
        of::FUND_PAYS_NOTHING,
        (
            "请核对它在“资金”表里“限……”各列是否填得过窄",
            "check whether what it may pay for is stated too narrowly on Funds",
        ),
    ),
    (
        of::POLICY_EMPTY,
        (
            "请核对它在“政策”表里“对……”各列",
            "check what it applies to on Policies",
        ),
    ),
    (
        of::STOCK_IMPLAUSIBLE,
        (
            "请核对单位和小数点；确实如此就在“资源”表里填“人均上限”",
            "check the unit and the decimal point; if it is right, fill in Most per pupil on Resources",
        ),
    ),
    (
        of::LEAD_PAST_PLAN,
        (
            "请核对“建设周期”，或延长规划期",
            "check its years of building, or plan for more years",
        ),
    ),
    (
        of::TOWNSHIPS_UNKNOWN,
        (
            "请补齐学校表的“乡镇”一列；列名不同的填在“学校表设置”里",
            "fill in the townships of the schools; another header is named on Table settings",
        ),
    ),
    (
        of::RESOURCE_WITHOUT_NORM,
        (
            "要规划就在“标准值”表里加一行",
            "add a row to Norms if it is to be planned for",
        ),
    ),
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::catalogue::entry;

    #[test]
    fn nothing_is_said_in_words_of_toml_and_what_is_filled_in_is_the_same() {
        for (texts, own) in [(MESSAGES, true), (REMEDIES, false)] {
            for (code, (zh, en)) in texts {
                for text in [zh, en] {
                    assert!(!text.contains(".toml") && !text.contains("[["), "{text}");
                }
                // A place holder of the catalogue may be left out, none may be new.
                let entry = entry(*code);
                let known = if own { entry.message } else { entry.remedy };
                for at in 0..4 {
                    let mark = format!("{{{at}}}");
                    let asked = zh.contains(&mark) || en.contains(&mark);
                    let given = known.0.contains(&mark) || entry.message.0.contains(&mark);
                    assert!(!asked || given, "{}: {mark}", code.0);
                }
            }
        }
    }
}
