//! What a draft can say of a plan, part by part: each with the name by which a template asks for it.

use super::{Material, actions, evidence, funds, goals, measures, present, safeguards};
use crate::case::Case;
use crate::plan::Plan;
use crate::report::chart::Chart;
use crate::report::number::{count, number, percent};
use crate::report::page::{Block, Page};
use crate::report::places::{MOST, Places};
use crate::report::question::Question;
use crate::report::solved::share;
use crate::report::{chart, fairness, needs, write_off};
use crate::words::sum::sum;
use crate::words::{Lang, Money, YearIx};

/// What a part is made from.
pub struct Scope<'a> {
    /// The case, the answer and what it was made from.
    pub material: &'a Material<'a>,
    /// The plan of the answer.
    pub plan: &'a Plan,
    /// The titles of the annexes, in order.
    pub annexes: Vec<String>,
    /// Which annex holds the tasks, from 1.
    pub tasks: Option<usize>,
}

impl<'a> Scope<'a> {
    fn asked(&self) -> &'a Question<'a> {
        &self.material.asked
    }

    fn case(&self) -> &'a Case {
        self.asked().case
    }
}

/// How a part is put in.
#[derive(Clone, Copy)]
pub enum Gives {
    /// Within a line.
    Text(fn(&Scope) -> String),
    /// On lines of its own.
    Blocks(fn(&Scope, &mut Page)),
}

/// A part.
#[derive(Clone, Copy)]
pub struct Part {
    /// Its Chinese name.
    pub zh: &'static str,
    /// Its English name.
    pub en: &'static str,
    /// What it says, in Chinese and English.
    pub about: (&'static str, &'static str),
    /// How it is put in.
    pub gives: Gives,
}

impl Part {
    /// Its name.
    pub fn name(&self, lang: Lang) -> &'static str {
        lang.pick(self.zh, self.en)
    }
}

impl PartialEq for Part {
    fn eq(&self, other: &Part) -> bool {
        self.en == other.en
    }
}

impl std::fmt::Debug for Part {
    fn fmt(&self, to: &mut std::fmt::Formatter) -> std::fmt::Result {
        write!(to, "{{{{{}}}}}", self.en)
    }
}

/// The part of a name in either language; a full-width colon or a dash may divide its words.
pub fn part(name: &str) -> Option<&'static Part> {
    let name = name.trim().to_lowercase().replace(':', "：");
    PARTS
        .iter()
        .find(|one| one.zh == name || one.en == name.replace(['_', ' '], "-"))
}

const fn text(
    names: (&'static str, &'static str),
    about: (&'static str, &'static str),
    of: fn(&Scope) -> String,
) -> Part {
    Part {
        zh: names.0,
        en: names.1,
        about,
        gives: Gives::Text(of),
    }
}

const fn blocks(
    names: (&'static str, &'static str),
    about: (&'static str, &'static str),
    of: fn(&Scope, &mut Page),
) -> Part {
    Part {
        zh: names.0,
        en: names.1,
        about,
        gives: Gives::Blocks(of),
    }
}

/// All parts.
pub const PARTS: &[Part] = &[
    text(
        ("案例名称", "case"),
        ("案例的名称", "the name of the case"),
        |of| of.case().name.clone(),
    ),
    text(
        ("情景", "scenario"),
        ("情景的名称", "the name of the scenario"),
        |of| of.asked().scenario_title(),
    ),
    text(
        ("状态", "status"),
        (
            "结果过期或改过时说明；否则没有",
            "says that a result is stale or edited; else nothing",
        ),
        |of| status(of.material),
    ),
    text(
        ("标准", "standard"),
        ("对照的标准", "the standard"),
        |of| of.case().standard.name.clone(),
    ),
    text(
        ("起始年", "first-year"),
        ("规划第一年", "the first plan year"),
        |of| of.asked().year(YearIx::new(0)),
    ),
    text(
        ("终止年", "last-year"),
        ("规划最后一年", "the last plan year"),
        |of| of.asked().year(of.case().horizon.last()),
    ),
    text(
        ("学校数", "schools"),
        ("学校数", "how many schools"),
        |of| count(of.case().schools.len()),
    ),
    text(
        ("学生数", "pupils"),
        ("规划第一年的学生数", "pupils in the first plan year"),
        |of| {
            let case = of.case();
            let pupils = |school| case.pupils(school, YearIx::new(0));
            number(sum(case.schools.ids().filter_map(pupils)).round())
        },
    ),
    text(
        ("缺口规划前", "gap-before"),
        ("不采取措施时的缺口指数", "the gap index if nothing is done"),
        |of| number(of.plan.outcome.gap_before),
    ),
    text(
        ("缺口规划后", "gap-after"),
        ("按本方案的缺口指数", "the gap index with the plan"),
        |of| number(of.plan.outcome.gap_after),
    ),
    text(
        ("缺口减少", "gap-less"),
        ("缺口指数减少的百分比", "by how many per cent it falls"),
        |of| {
            let outcome = &of.plan.outcome;
            percent(share(
                outcome.gap_before - outcome.gap_after,
                outcome.gap_before,
            ))
        },
    ),
    text(
        ("可用资金", "money-available"),
        ("规划期内的资金", "the money of the plan years"),
        |of| {
            let given: Money = of.case().funds.iter().map(|fund| fund.total()).sum();
            of.asked().money_in_words(given)
        },
    ),
    text(
        ("安排资金", "money-spent"),
        ("本方案的支出", "what the plan spends"),
        |of| {
            let spent: Money = of.plan.money.iter().map(|one| one.spent).sum();
            of.asked().money_in_words(spent)
        },
    ),
    text(
        ("基本情况", "scope"),
        (
            "学校、学段、学生和标准",
            "schools, stages, pupils and the standard",
        ),
        |of| present::scope(of.asked()),
    ),
    text(
        ("短缺概述", "short"),
        (
            "不足的学校数和缺口指数",
            "how many schools are short, and the gap index",
        ),
        |of| present::how_many_short(of.asked(), of.plan),
    ),
    text(
        ("主要差距", "worst"),
        (
            "份量最大的资源和差距最大的学校",
            "the resource and the schools that weigh most",
        ),
        |of| present::worst(of.asked(), of.plan),
    ),
    text(
        ("报废预计", "write-off"),
        (
            "规划期内到期、报废的现有资源；没有则不写",
            "what falls out of use in the plan years; nothing where there is none",
        ),
        |of| write_off::in_words(of.asked()).unwrap_or_default(),
    ),
    text(
        ("缺口变化", "gap-falls"),
        ("缺口指数的变化", "what the plan does to the gap index"),
        |of| goals::gap_falls(of.asked(), of.plan),
    ),
    text(
        ("达标学校", "schools-whole"),
        (
            "没有短缺的学校数的变化",
            "how many schools lack nothing, today and then",
        ),
        |of| goals::schools_up_to_standard(of.asked(), of.plan),
    ),
    text(
        ("资金概述", "money"),
        ("可用、安排和结余", "money available, spent and left"),
        |of| funds::in_all(of.asked(), of.plan),
    ),
    text(
        ("以后年度", "money-later"),
        (
            "规划期满后每年的支出；没有则不写",
            "what stays to be paid after the plan; nothing where there is none",
        ),
        |of| funds::afterwards(of.asked(), of.plan),
    ),
    text(
        ("底线", "floor"),
        (
            "学校现有水平是否保持",
            "whether a school may end below today",
        ),
        |of| safeguards::floor(of.asked()),
    ),
    text(
        ("验收", "acceptance"),
        ("何时、怎样验收", "when and how the work is accepted"),
        |of| safeguards::acceptance(of.asked(), of.plan, of.tasks),
    ),
    blocks(
        ("重要提示", "caveats"),
        (
            "案例的备注、情景、未证明或已过期",
            "remarks of the case, the scenario, what is not proven or stale",
        ),
        |of, page| super::caveats(of.material, page),
    ),
    blocks(
        ("摘要", "summary"),
        ("三点结论", "the answer in three points"),
        |of, page| {
            let (asked, plan) = (of.asked(), of.plan);
            page.list(vec![
                goals::gap_falls(asked, plan),
                goals::schools_up_to_standard(asked, plan),
                funds::in_all(asked, plan),
            ]);
        },
    ),
    blocks(
        ("资源差距表", "shortfalls"),
        (
            "各项资源应有、现有和短缺",
            "required, present and short, by resource",
        ),
        |of, page| page.grid(present::shortfalls(of.asked(), of.plan)),
    ),
    blocks(
        ("差异系数", "coefficients"),
        (
            "各学段校际差异系数",
            "the coefficients of variation of each section",
        ),
        |of, page| page.list(present::coefficients(of.asked())),
    ),
    blocks(
        ("目标", "goals"),
        (
            "缺口、达标学校、差异系数和分阶段目标",
            "gap, schools, coefficients and targets",
        ),
        |of, page| page.list(goals::points(of.asked(), of.plan)),
    ),
    blocks(
        ("分年度目标表", "goals-by-year"),
        ("各年仍短缺多少", "what is still short in each year"),
        |of, page| page.grid(goals::by_year(of.asked(), of.plan)),
    ),
    blocks(
        ("各项措施", "measures"),
        (
            "方案采用的措施，各有小标题",
            "each measure of the plan under its heading",
        ),
        |of, page| measures::described(of.asked(), of.plan, page),
    ),
    blocks(
        ("分年度任务表", "tasks-by-year"),
        (
            "各项措施的年度任务、金额和责任单位",
            "each measure by year, with money and body",
        ),
        |of, page| page.grid(measures::by_year(of.asked(), of.plan)),
    ),
    blocks(
        ("资金表", "money-table"),
        ("各项资金各年的支出", "what each fund pays in each year"),
        |of, page| page.grid(funds::table(of.asked(), of.plan)),
    ),
    blocks(
        ("资金规定", "money-rules"),
        (
            "资金和指标遵守的规定",
            "the rules that money and posts keep to",
        ),
        |of, page| funds::ruled(of.asked(), page),
    ),
    blocks(
        ("任务分工表", "bodies"),
        ("各责任单位的任务", "what each body carries out"),
        |of, page| page.grid(safeguards::bodies(of.asked(), of.plan)),
    ),
    blocks(
        ("公平", "fairness"),
        (
            "校际差距的限制、最低者优先及其代价；没有则不写",
            "limits on differences, the lowest first, and what they cost; nothing where there are none",
        ),
        |of, page| fairness::tell(of.asked(), of.plan, page),
    ),
    blocks(
        ("仍需解决", "remaining"),
        ("方案完成后仍缺什么、为什么", "what remains short, and why"),
        |of, page| needs::tell(of.asked(), of.plan, page),
    ),
    blocks(
        ("限额", "limits"),
        (
            "最影响成效的限额",
            "the limits that hold the plan back most",
        ),
        |of, page| safeguards::limits(of.asked(), of.plan, page),
    ),
    blocks(
        ("附件说明", "enclosures"),
        ("附件的目录", "the list of annexes"),
        |of, page| {
            if !of.annexes.is_empty() {
                page.blocks.push(Block::Enclosures(of.annexes.clone()));
            }
        },
    ),
    blocks(
        ("落款", "signature"),
        (
            "发文机关署名和成文日期，留空待填",
            "the body and the date, to be filled in",
        ),
        |of, page| {
            let lines = of
                .asked()
                .pick(["（发文机关署名）", "（成文日期）"], ["(name)", "(date)"]);
            page.blocks
                .push(Block::Signature(lines.map(str::to_string).to_vec()));
        },
    ),
    blocks(
        ("任务台账", "tasks"),
        (
            "问题、措施、责任单位和完成时限，逐校或按地区",
            "problems, measures, bodies and deadlines, by school or place",
        ),
        |of, page| actions::tell(of.asked(), of.plan, &of.material.own, page),
    ),
    blocks(
        ("数据来源", "sources"),
        (
            "文件校验值、情景、程序和证明",
            "hashes of the files, scenario, program and proof",
        ),
        |of, page| evidence::tell(of.material, of.plan, page),
    ),
    blocks(
        ("数据来源简述", "sources-short"),
        ("情景、程序和证明", "scenario, program and proof"),
        |of, page| evidence::in_short(of.material, page),
    ),
    blocks(("图", "charts"), ("各图", "all charts"), |of, page| {
        charts(of).into_iter().for_each(|chart| page.chart(chart));
    }),
    blocks(
        ("图：短缺", "chart-shortfall"),
        (
            "各项资源的短缺，规划前后",
            "what is short of each resource, before and after",
        ),
        |of, page| drawn(of, "shortfall", page),
    ),
    blocks(
        ("图：达标程度", "chart-attainment"),
        ("学校按达标程度的分布", "schools by attainment"),
        |of, page| drawn(of, "attainment", page),
    ),
    blocks(
        ("图：年度", "chart-years"),
        ("各年缺口", "the gap of each year"),
        |of, page| drawn(of, "years", page),
    ),
    blocks(
        ("图：资金", "chart-funds"),
        ("各项资金各年的支出", "money by fund and year"),
        |of, page| drawn(of, "funds", page),
    ),
    blocks(
        ("图：用途", "chart-uses"),
        ("资金用于什么", "what the money is spent on"),
        |of, page| drawn(of, "uses", page),
    ),
    blocks(
        ("图：城乡", "chart-area"),
        ("缺口按城乡类型", "the gap by kind of area"),
        |of, page| drawn(of, "area", page),
    ),
    blocks(
        ("图：分布", "chart-map"),
        (
            "学校的位置和缺口；没有坐标则不画",
            "schools where they lie, with their gap; nothing without positions",
        ),
        |of, page| drawn(of, "map", page),
    ),
    blocks(
        ("图：资金与缺口", "chart-frontier"),
        (
            "资金增减时的最小缺口；用 --frontier 时才有",
            "the smallest gap as money grows; only with --frontier",
        ),
        |of, page| drawn(of, "frontier", page),
    ),
    blocks(
        ("情景比较", "comparison"),
        (
            "与其他情景比较；用 --compare 时才有",
            "other scenarios beside this one; only with --compare",
        ),
        |of, page| {
            let all = of.material.comparison.map(|all| all.page().blocks);
            // The title and remark of the comparison are those of the draft; its headings stand below one of the draft.
            let own = all.into_iter().flatten().filter_map(|block| match block {
                Block::Heading(title) => Some(Block::Subheading(title)),
                Block::Grid(_) | Block::List(_) | Block::Text(_) => Some(block),
                _ => None,
            });
            page.blocks.extend(own);
        },
    ),
    blocks(
        ("图：情景", "chart-scenarios"),
        (
            "各情景剩下的缺口；用 --compare 时才有",
            "what each scenario leaves; only with --compare",
        ),
        |of, page| drawn(of, "scenarios", page),
    ),
];

/// All charts of the plan, then the map, and what was asked for beside it: the curve of the smallest gap over money, and
/// the scenarios compared.
fn charts(of: &Scope) -> Vec<Chart> {
    let (asked, plan) = (of.asked(), of.plan);
    let mut charts = chart::of(asked, plan);
    let places = Places::of(asked, MOST);
    charts.extend(places.map(asked, &places.figures(asked, plan)));
    let curve = of.material.frontier;
    charts.extend(curve.and_then(|found| chart::frontier(asked, found)));
    let compared = of.material.comparison;
    charts.extend(compared.and_then(|all| chart::scenarios(&all.asked(), &all.gaps_left())));
    charts
}

/// One chart, where there is something to show.
fn drawn(of: &Scope, key: &str, page: &mut Page) {
    charts(of)
        .into_iter()
        .filter(|chart| chart.key == key)
        .for_each(|chart| page.chart(chart));
}

/// What has to stand on every sheet of a result that no longer holds.
pub fn status(material: &Material) -> String {
    let said = |stands: super::Stands| {
        let (zh, en) = stands.in_short();
        material.asked.pick(zh, en).to_string()
    };
    said(material.stands)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_part_has_one_name_in_each_language_and_says_what_it_is() {
        for (at, one) in PARTS.iter().enumerate() {
            assert_eq!(part(one.zh), Some(one));
            assert_eq!(part(one.en), Some(one));
            assert!(one.zh.chars().all(|c| c > '\u{2fff}'), "{}", one.zh);
            assert!(one.en.is_ascii() && one.about.1.is_ascii(), "{}", one.en);
            assert!(!one.about.0.is_ascii(), "{}", one.zh);
            let again = PARTS[..at]
                .iter()
                .any(|other| other.zh == one.zh || other.en == one.en);
            assert!(!again, "{} twice", one.en);
        }
        assert_eq!(part("Gap Before").map(|one| one.zh), Some("缺口规划前"));
        assert_eq!(part("图:年度").map(|one| one.en), Some("chart-years"));
    }
}
