//! Levers and rules explained: what each does, how it is stated, and where it shows.

use serde_json::{Value, json};

use super::page::{Grid, Page};
use crate::words::Lang;
use crate::words::terms::{Kind, TERMS, Term};

/// Where a plan shows it.
fn shown(kind: Kind, lang: Lang) -> &'static str {
    match kind {
        Kind::Lever => lang.pick(
            "plan.csv 中每所学校、每年、每笔资金一行；junheng why 说明为何",
            "a row of plan.csv for each school, year and fund; junheng why says why",
        ),
        Kind::Need => lang.pick(
            "plan.csv 的“问题”列：应有多少、现有多少；未补足的也列出",
            "the column problem of plan.csv: what there should be and what there is; what stays short is listed too",
        ),
        Kind::Rule => lang.pick(
            "起作用的限制、junheng prices 的价格、不可行时的修复",
            "among what binds, with a price in junheng prices, and among the repairs where no plan is possible",
        ),
        Kind::Decision => lang.pick(
            "方案开头列明；junheng diff 说明增减",
            "at the head of the plan; junheng diff tells what it adds and saves",
        ),
    }
}

fn example(term: &Term) -> String {
    let (case, scenario) = term.shipped;
    let scenario = scenario.map_or(String::new(), |name| format!(" --scenario {name}"));
    format!("junheng solve scenarios/{case}{scenario}")
}

/// One of them.
pub fn page(term: &Term, lang: Lang) -> Page {
    let name = lang.pick(term.name.0, term.name.1);
    let mut page = Page::titled(format!("{} · {name}", term.word));
    page.text(lang.pick(term.says.0, term.says.1));
    let audit = term.audit.join(lang.pick("、", ", "));
    page.list(vec![
        format!("{}{}", lang.pick("写法：", "stated: "), term.stated),
        format!("{}{}", lang.pick("模型：", "program: "), term.row),
        format!("{}{audit}", lang.pick("审核：", "audit: ")),
        format!(
            "{}{}",
            lang.pick("方案：", "plan: "),
            shown(term.kind, lang)
        ),
        format!("{}{}", lang.pick("示例：", "example: "), example(term)),
    ]);
    page
}

/// One of them, for programs.
pub fn json(term: &Term, lang: Lang) -> Value {
    json!({
        "word": term.word,
        "name": lang.pick(term.name.0, term.name.1),
        "says": lang.pick(term.says.0, term.says.1),
        "stated": term.stated,
        "program": term.row,
        "audit": term.audit,
        "plan": shown(term.kind, lang),
        "example": example(term),
    })
}

/// All of them, below the codes of findings.
pub fn add(page: &mut Page, lang: Lang) {
    page.heading(lang.pick("措施和规则", "Levers and rules"));
    let mut grid = Grid::new()
        .words(lang.pick("词", "word"))
        .words(lang.pick("名称", "name"))
        .words(lang.pick("写法", "stated"));
    for term in TERMS {
        let name = lang.pick(term.name.0, term.name.1);
        grid.row([term.word, name, term.stated].map(str::to_string));
    }
    page.grid(grid);
}
