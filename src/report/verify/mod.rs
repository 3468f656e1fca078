//! Verify first: which numbers to check before money is sent, as a page, for programs, and as a list for those who
//! telephone or visit the schools.

mod list;
mod words;

use std::io::{self, Write};

use serde_json::{Value, json};

use super::number::{count, number, plural};
use super::page::{Grid, Page};
use super::plan_json::verdict_json;
use super::question::Question;
use super::verdict;
use crate::study::verify::{Stake, Verified};
use words::Words;

/// The page. Only doubts that were solved are shown; the list has them all.
pub fn page(asked: &Question, verified: &Verified) -> Page {
    let mut page = Page::titled(asked.title());
    if let Some(remark) = &asked.case.remark {
        page.remark(remark);
    }
    let Some(plan) = &verified.base.plan else {
        verdict::without_plan(asked, &verified.base.verdict, &mut page);
        return page;
    };
    page.heading(asked.pick("先核实哪些数", "Numbers to check first"));
    page.text(summary(asked, verified));
    let solved: Vec<&Stake> = verified
        .stakes
        .iter()
        .filter(|stake| stake.told.is_some())
        .collect();
    let words = Words { asked, plan };
    page.grid(numbers(asked, &words, &solved));
    if !solved.is_empty() {
        let unit = asked.money_unit();
        page.heading(asked.pick(
            format!("会改变什么（{unit}）"),
            format!("What they would change ({unit})"),
        ));
        page.grid(changes(asked, &words, &solved));
        page.list(legend(asked));
    }
    let rest = rest(asked, verified, solved.len());
    if !rest.is_empty() {
        page.heading(asked.pick("其余的数", "The others"));
        page.list(rest);
    }
    page
}

fn summary(asked: &Question, verified: &Verified) -> String {
    let (stakes, idle) = (
        verified.stakes.len(),
        verified.idle + verified.proven_idle + verified.blind,
    );
    let all = stakes + idle;
    match (all, stakes) {
        (0, _) => asked.pick(
            "没有存疑的数：没有缺失，check 没有提示，没有远离同类学校的数，案例也没有写明范围（[doubts]）".to_string(),
            "no number is doubtful: none is missing, flagged by check or far from like schools, and the case states no interval ([doubts])".to_string(),
        ),
        (_, 0) => asked.pick(
            format!("存疑的数有 {} 个，没有一个可能改变方案", count(all)),
            format!("{}; none would change the plan", plural(all, "doubtful number")),
        ),
        _ => asked.pick(
            format!("存疑的数有 {} 个，其中 {} 个可能改变方案", count(all), count(stakes)),
            format!("{}, of which {} may change the plan", plural(all, "doubtful number"), count(stakes)),
        ),
    }
}

/// Which numbers, and why they are doubted.
fn numbers(asked: &Question, words: &Words, solved: &[&Stake]) -> Grid {
    let mut grid = Grid::new()
        .numbers(asked.pick("序号", "no."))
        .words(asked.pick("学校", "school"))
        .words(asked.pick("项目", "quantity"))
        .numbers(asked.pick("表中的数", "in the table"))
        .numbers(asked.pick("可能的范围", "may be"))
        .words(asked.pick("为什么存疑", "why it is doubted"));
    for (at, stake) in solved.iter().enumerate() {
        let doubt = &stake.doubt;
        grid.row([
            count(at + 1),
            asked.case.schools[doubt.school].name.clone(),
            words.quantity(doubt),
            words.value(doubt),
            words.interval(doubt),
            words.why(doubt),
        ]);
    }
    grid
}

/// What the plan does now and at either end, and what is at stake.
fn changes(asked: &Question, words: &Words, solved: &[&Stake]) -> Grid {
    let mut grid = Grid::new()
        .numbers(asked.pick("序号", "no."))
        .words(asked.pick("单元格", "cell"))
        .numbers(asked.pick("现方案给", "given now"))
        .numbers(asked.pick("若为下限", "if low"))
        .numbers(asked.pick("若为上限", "if high"))
        .numbers(asked.pick("涉及资金", "at stake"))
        .numbers(asked.pick("估计", "estimate"))
        .numbers(asked.pick("多留的缺口", "gap at stake"));
    for (at, stake) in solved.iter().enumerate() {
        let doubt = &stake.doubt;
        let Some([low, high]) = &stake.told else {
            continue;
        };
        let (spent, units) = doubt.now(asked.case, words.plan);
        grid.row([
            count(at + 1),
            words.cell(doubt),
            words.given(doubt, units, spent),
            words.told(doubt, low),
            words.told(doubt, high),
            asked.money(stake.money()),
            asked.money(stake.estimate.money()),
            stake.gap().map_or_else(String::new, number),
        ]);
    }
    grid
}

fn legend(asked: &Question) -> Vec<String> {
    let unit = asked.gap_unit();
    let points = [
        asked.pick(
            "涉及资金：把这个数换成影响较大的一端重新求解，与现方案相比，换到别的学校、措施或年份的钱".to_string(),
            "at stake: solved again with the number at the end that changes more, the money that goes to another school, measure or year than now".to_string(),
        ),
        asked.pick(
            "估计：按现方案的价格，只有这所学校变动".to_string(),
            "estimate: at the prices of the present plan, this school alone".to_string(),
        ),
        asked.pick(
            format!("多留的缺口（{unit}）：不核实、照现方案做，比按真实的数规划多留下的缺口"),
            format!("gap at stake ({unit}): what the present plan leaves beyond the best plan for the true number, if nobody checks"),
        ),
    ];
    points.to_vec()
}

/// What is not shown and why.
fn rest(asked: &Question, verified: &Verified, solved: usize) -> Vec<String> {
    let unsolved = verified.stakes.len() - solved;
    let parts = [
        (
            verified.proven_idle,
            asked.pick("不用核实", "no check needed"),
            asked.pick(
                "不论是范围内哪一端，现方案的证明都成立",
                "the proof of the present plan holds at both ends",
            ),
        ),
        (
            verified.idle,
            asked.pick("可以不核实", "hardly a check needed"),
            asked.pick(
                "按现方案的价格估计，两端都不改变方案",
                "by estimate, at the prices of the present plan, neither end changes it",
            ),
        ),
        (
            unsolved,
            asked.pick("只有估计，没有重新求解", "estimated, not solved again"),
            match verified.halted {
                true => asked.pick("运行中止了", "the run was stopped"),
                false => asked.pick(
                    "--top 可以多解几个；--out 写出的清单里都有",
                    "--top solves more of them; the list that --out writes has them all",
                ),
            },
        ),
        (
            verified.blind,
            asked.pick("说不出可能的范围", "without an interval"),
            asked.pick(
                "情况已知的同类学校太少；可在 [doubts] 里写明",
                "too few like schools are known; one can be stated in [doubts]",
            ),
        ),
    ];
    let some = parts.into_iter().filter(|(number, ..)| *number > 0);
    some.map(|(number, what, why)| {
        let number = count(number);
        asked.pick(
            format!("{what}：{number} 个（{why}）"),
            format!("{what}: {number} ({why})"),
        )
    })
    .collect()
}

/// Everything for programs.
pub fn json(asked: &Question, verified: &Verified) -> Value {
    let stakes: Vec<Value> = match &verified.base.plan {
        None => Vec::new(),
        Some(plan) => {
            let words = Words { asked, plan };
            let ranked = verified.stakes.iter().enumerate();
            ranked
                .map(|(at, stake)| list::entry(&words, at + 1, stake))
                .collect()
        }
    };
    json!({
        "case": asked.case.name,
        "remark": asked.case.remark,
        "scenario": asked.scenario.map(|one| &one.name),
        "verdict": verdict_json(asked, &verified.base),
        "gap_unit": asked.gap_unit(),
        "money_unit": asked.money_unit(),
        "halted": verified.halted,
        "no_check": { "proven": verified.proven_idle, "estimated": verified.idle },
        "without_interval": verified.blind,
        "check": stakes,
    })
}

/// The list for those who check, every doubt that may change the plan.
///
/// # Errors
/// When it cannot be written.
pub fn csv(asked: &Question, verified: &Verified, out: &mut dyn Write) -> io::Result<()> {
    match &verified.base.plan {
        Some(plan) => list::csv(out, &Words { asked, plan }, &verified.stakes),
        None => Ok(()),
    }
}
