//! What a draft was made from and what is proven: so that every number in it can be traced.

use super::Material;
use crate::plan::Plan;
use crate::report::page::{Grid, Page};
use crate::report::verdict;

/// Adds all of it.
pub fn tell(material: &Material, plan: &Plan, page: &mut Page) {
    let asked = &material.asked;
    page.text(asked.pick(
        "本稿中的数字全部取自同一次测算的结果。案例文件及其校验值如下，任何一个文件改动后，校验值随之改变，本稿即不再有效。",
        "Every number in this draft comes from one result. The files it was made from are listed with their hashes; when one of \
         them changes, so does its hash, and this draft no longer holds.",
    ));
    page.grid(files(material));
    page.list(made_with(material));
    if material.caveats.is_empty() {
        verdict::tell(asked, material.answer, page);
    }
    page.text(asked.pick(
        format!("核对的规定共 {} 条，由不参与求解的另一段程序根据方案表逐条核对。", plan.audit.checked),
        format!(
            "{} rules were checked against the plan table by a part of the program that takes no part in solving.",
            plan.audit.checked
        ),
    ));
}

/// The files it was made from, with their hashes.
pub fn files(material: &Material) -> Grid {
    let asked = &material.asked;
    let mut files = Grid::new()
        .captioned(asked.pick("案例文件", "Files of the case"))
        .words(asked.pick("文件", "file"))
        .words("BLAKE3");
    for (file, hash) in &material.from.inputs {
        files.row([file.clone(), hash.clone()]);
    }
    files
}

/// The same in a sentence or two.
pub fn in_short(material: &Material, page: &mut Page) {
    page.list(made_with(material));
    if material.caveats.is_empty() {
        verdict::tell(&material.asked, material.answer, page);
    }
}

/// The scenario, the program and its solver.
pub fn made_with(material: &Material) -> Vec<String> {
    let (asked, from) = (&material.asked, material.from);
    let scenarios = match from.scenarios.is_empty() {
        true => asked
            .pick("基准（没有叠加情景）", "base (no scenario)")
            .to_string(),
        false => from.scenarios.join("+"),
    };
    let mut points = vec![
        asked.pick(
            format!("情景：{scenarios}"),
            format!("Scenario: {scenarios}"),
        ),
        asked.pick(
            format!(
                "程序：均衡 junheng {}，求解器 {}",
                env!("CARGO_PKG_VERSION"),
                from.solver
            ),
            format!(
                "Program: Junheng {}, solver {}",
                env!("CARGO_PKG_VERSION"),
                from.solver
            ),
        ),
    ];
    let own = material.own.len();
    if own > 0 {
        points.push(asked.pick(
            format!("方案表中问题、责任单位或完成时限由规划者改写的行：{own}"),
            format!("Rows of the plan table whose problem, body or deadline the planner has worded: {own}"),
        ));
    }
    if from.kept > 0 {
        points.push(asked.pick(
            format!("规划者锁定的行：{}", from.kept),
            format!("Rows kept by the planner: {}", from.kept),
        ));
    }
    points
}
