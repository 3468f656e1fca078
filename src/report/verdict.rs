//! Verdicts and proofs in planning words.

use super::number::{number, percent, plural};
use super::page::Page;
use super::question::Question;
use crate::case::First;
use crate::plan::{Answer, Audit, Certificate, NamedRule, Verdict};
use crate::words::halt::Reason;
use crate::words::tolerance;

/// The short name of a verdict, for programs.
pub fn key(verdict: &Verdict) -> &'static str {
    match verdict {
        Verdict::Optimal => "optimal",
        Verdict::Stopped { .. } => "stopped",
        Verdict::Impossible { .. } => "impossible",
        Verdict::Unbounded => "unbounded",
        Verdict::NotBegun => "not-begun",
        Verdict::Undecided { .. } => "undecided",
    }
}

/// The short name of a verdict, for grids.
pub fn name(asked: &Question, verdict: &Verdict) -> &'static str {
    match verdict {
        Verdict::Optimal => asked.pick("已证明最优", "proven best"),
        Verdict::Stopped { .. } => asked.pick("未证明", "not proven"),
        Verdict::Impossible { .. } => asked.pick("无可行方案", "impossible"),
        Verdict::Unbounded => asked.pick("缺少界限", "without bound"),
        Verdict::NotBegun => asked.pick("未开始", "not begun"),
        Verdict::Undecided { .. } => asked.pick("未定", "undecided"),
    }
}

/// The short name of the verdict on an answer; a plan that breaks a rule has failed, whatever is proven about it.
pub fn audited_name(asked: &Question, answer: &Answer) -> &'static str {
    let broken = answer
        .plan
        .as_ref()
        .is_some_and(|plan| !plan.audit.passed());
    match broken {
        true => asked.pick("核对未过", "audit failed"),
        false => name(asked, &answer.verdict),
    }
}

/// What cut a search short, for programs.
pub fn reason_key(reason: Reason) -> &'static str {
    match reason {
        Reason::Cancelled => "cancelled",
        Reason::Time => "time",
        Reason::Memory => "memory",
    }
}

/// What cut a search short.
pub fn halted(asked: &Question, reason: Reason) -> &'static str {
    match reason {
        Reason::Cancelled => asked.pick(
            "求解中途被叫停，以下是当时最好的方案",
            "the search was interrupted; this is the best plan it had come to",
        ),
        Reason::Time => asked.pick(
            "求解到时间上限（--time-limit）为止，以下是当时最好的方案",
            "the search ended at the time limit (--time-limit); this is the best plan it had come to",
        ),
        Reason::Memory => asked.pick(
            "求解到内存上限（--memory-limit）为止，以下是当时最好的方案",
            "the search ended at the memory limit (--memory-limit); this is the best plan it had come to",
        ),
    }
}

/// Why there is no plan.
pub fn without_plan(asked: &Question, verdict: &Verdict, page: &mut Page) {
    match verdict {
        Verdict::Impossible { rules } => {
            page.heading(asked.pick("没有可行方案（已证明）", "No plan is possible (proven)"));
            page.text(match rules.len() {
                1 => asked.pick(
                    "下面这条规定无法做到，要放宽或改正：",
                    "This rule cannot be kept; it must be loosened or corrected:",
                ),
                _ => asked.pick(
                    "下列规定不能同时成立，至少要放宽其中一条：",
                    "These rules cannot hold together; at least one must be loosened:",
                ),
            });
            page.list(named(asked, rules));
        }
        Verdict::Unbounded => {
            page.heading(asked.pick("没有方案", "No plan"));
            page.text(asked.pick(
                "缺口可以无限减小，说明案例缺少限额",
                "the gap could be made ever smaller: the case lacks a limit",
            ));
        }
        Verdict::NotBegun => {
            page.heading(asked.pick("没有求解", "Not solved"));
            page.text(asked.pick(
                "运行中止时这个情景还没有开始",
                "the run was stopped before this scenario began",
            ));
        }
        Verdict::Undecided { why } => {
            page.heading(asked.pick("没有结论", "Undecided"));
            page.text(asked.of(why));
        }
        Verdict::Optimal | Verdict::Stopped { .. } => {}
    }
}

/// Rules by name, each with its place.
pub fn named(asked: &Question, rules: &[NamedRule]) -> Vec<String> {
    let named = rules.iter().map(|rule| match &rule.place {
        Some(place) => asked.pick(
            format!("{}（{place}）", asked.of(&rule.name)),
            format!("{} ({place})", asked.of(&rule.name)),
        ),
        None => asked.of(&rule.name).to_string(),
    });
    named.collect()
}

/// What cut short a search of which nothing but what it had found is shown.
pub fn cut_short(asked: &Question, reason: Reason) -> &'static str {
    match reason {
        Reason::Cancelled => asked.pick("中途被叫停", "the search was interrupted"),
        Reason::Time => asked.pick(
            "到时间上限（--time-limit）为止",
            "the search ended at the time limit (--time-limit)",
        ),
        Reason::Memory => asked.pick(
            "到内存上限（--memory-limit）为止",
            "the search ended at the memory limit (--memory-limit)",
        ),
    }
}

/// What is proven about a plan, and whether it keeps every rule.
pub fn proof(asked: &Question, answer: &Answer, page: &mut Page) {
    if answer.plan.is_some() {
        page.heading(asked.pick("证明", "Proof"));
        tell(asked, answer, page);
    }
}

/// As [`proof`], under a heading that already stands.
pub fn tell(asked: &Question, answer: &Answer, page: &mut Page) {
    let Some(plan) = &answer.plan else { return };
    if let Some(reason) = answer.halted {
        page.text(halted(asked, reason));
    }
    page.text(certificate(asked, &answer.verdict, &plan.certificate));
    page.text(audit_line(asked, &plan.audit));
    page.list(breaches(asked, &plan.audit));
}

fn certificate(asked: &Question, verdict: &Verdict, proof: &Certificate) -> String {
    let unit = asked.gap_unit();
    let (bound, planned) = (number(proof.bound), number(proof.planned));
    if matches!(verdict, Verdict::Stopped { .. }) && proof.bound < tolerance::PROVEN * proof.planned
    {
        return asked.pick(
            format!("尚未证明最优：本方案的缺口为 {planned} {unit}，中止时还没有得出下界"),
            format!(
                "not proven best: this plan has a gap of {planned} {unit}; when the search ended no bound was known"
            ),
        );
    }
    if let Verdict::Stopped { distance } = verdict {
        let distance = percent(*distance);
        return asked.pick(
            format!(
                "尚未证明最优：任何方案的缺口都不低于 {bound} {unit}，本方案为 {planned}；按可分割的数量计算，与下界相差 {distance}"
            ),
            format!(
                "not proven best: no plan has a gap below {bound} {unit}, this one has {planned}; \
                 in divisible amounts it is {distance} above"
            ),
        );
    }
    if asked.case.objective.first == First::Leximin {
        return asked.pick(
            format!(
                "已证明：把最低的学校提高到可分割时的水平，缺口不会低于 {bound} {unit}；本方案为 {planned}，因按整数配置，各校水平与之略有出入"
            ),
            format!(
                "proven: no plan that raises the lowest schools as high as divisible amounts allow has a gap below {bound} {unit}; \
                 this one has {planned}, and since units come whole its levels differ somewhat from those"
            ),
        );
    }
    if proof.rounding <= tolerance::PROVEN {
        return asked.pick(
            format!("已证明：任何方案的缺口都不低于 {planned} {unit}，本方案正好达到"),
            format!("proven: no plan has a gap below {planned} {unit}, and this one reaches it"),
        );
    }
    let (above, whole) = (percent(proof.rounding), number(proof.whole));
    let in_projects = asked.case.measures.iter().any(|one| one.least > 0.0);
    if proof.whole <= proof.bound {
        let because = match in_projects {
            true => asked.pick(
                "因为人和物要按整数配置，有的措施还有最小项目规模",
                "since posts and things come in whole units, and some measures in projects of a least size",
            ),
            false => asked.pick(
                "因为人和物要按整数配置",
                "since posts and things come in whole units",
            ),
        };
        return asked.pick(
            format!(
                "已证明：任何方案的缺口都不低于 {bound} {unit}；本方案为 {planned}，高出 {above}，{because}"
            ),
            format!(
                "proven: no plan has a gap below {bound} {unit}; this one has {planned}, {above} above, {because}"
            ),
        );
    }
    let projects = match in_projects {
        true => asked.pick(
            "，未计最小项目规模",
            ", least sizes of projects not reckoned with",
        ),
        false => "",
    };
    asked.pick(
        format!(
            "已证明：人和物按整数配置{projects}，任何方案的缺口都不低于 {whole} {unit}；本方案为 {planned}，高出 {above}（若可任意分割，不低于 {bound}）"
        ),
        format!(
            "proven: with posts and things in whole units{projects} no plan has a gap below {whole} {unit}; this one has \
             {planned}, {above} above (were all divisible, no plan would be below {bound})"
        ),
    )
}

/// Whether the rules were kept, in one line.
pub fn audit_line(asked: &Question, audit: &Audit) -> String {
    let rules = plural(audit.checked, "rule");
    let (checked, broken) = (
        number(audit.checked as f64),
        number(audit.breaches.len() as f64),
    );
    match audit.breaches.is_empty() {
        true => asked.pick(
            format!("逐条核对 {checked} 条规定：全部符合"),
            format!("{rules} checked one by one: all kept"),
        ),
        false => asked.pick(
            format!("逐条核对 {checked} 条规定：{broken} 条不符"),
            format!("{rules} checked one by one: {broken} broken"),
        ),
    }
}

/// The rules that are broken.
pub fn breaches(asked: &Question, audit: &Audit) -> Vec<String> {
    audit
        .breaches
        .iter()
        .map(|breach| asked.of(&breach.message).to_string())
        .collect()
}
