//! What a reader wants to know first: the gap before and after, the money, the verdict and what proves it.

use super::blocks;
use crate::plan::{Answer, Plan, PlanRow};
use crate::report::chart::escaped;
use crate::report::number::{count, number, percent};
use crate::report::page::Page;
use crate::report::proposal::Standing;
use crate::report::question::Question;
use crate::report::solved::share;
use crate::report::{aid, needs, solved, verdict};
use crate::words::{Money, YearIx};

/// The summary of a scenario.
pub fn summary(asked: &Question, answer: &Answer) -> String {
    let mut page = Page::default();
    let Some(plan) = &answer.plan else {
        verdict::without_plan(asked, &answer.verdict, &mut page);
        solved::question(asked, &mut page);
        return blocks::render(&page);
    };
    let mut html = String::from("<div class=\"cards\">");
    for (name, value, more) in cards(asked, answer, plan) {
        html += &format!(
            "<div><span>{}</span><b>{}</b><span>{}</span></div>",
            escaped(&name),
            escaped(&value),
            escaped(&more)
        );
    }
    html += "</div>\n";
    verdict::tell(asked, answer, &mut page);
    html + &blocks::render(&page)
}

/// What was asked, what is proposed and what stays short.
pub fn proposal(asked: &Question, plan: &Plan) -> Page {
    let mut page = Page::default();
    solved::question(asked, &mut page);
    solved::proposed(asked, plan, &mut page);
    needs::remaining(asked, plan, &mut page);
    aid::add(asked, plan, &mut page);
    page
}

/// Name, figure and what else is to be said of it.
fn cards(asked: &Question, answer: &Answer, plan: &Plan) -> [(String, String, String); 4] {
    let case = asked.case;
    let outcome = &plan.outcome;
    let (before, after) = (outcome.gap_before, outcome.gap_after);
    let (shown, less, unit) = (
        number(before),
        percent(share(before - after, before)),
        asked.gap_unit(),
    );
    let spent: Money = plan.rows.iter().map(PlanRow::amount).sum();
    let given: Money = case.funds.iter().map(|fund| fund.total()).sum();
    let given = asked.money_in_words(given);
    let (first, last) = (YearIx::new(0), case.horizon.last());
    let all = case.schools.len();
    let whole = |year, planned| count(Standing::of(case, plan, year, planned).whole);
    let (today, all) = (whole(first, false), count(all));
    let text = |zh: &str, en: &str| asked.pick(zh, en).to_string();
    [
        (
            text("缺口指数", "gap index"),
            format!("{shown} → {}", number(after)),
            asked.pick(
                format!("{unit}，减少 {less}"),
                format!("{unit}, {less} less"),
            ),
        ),
        (
            asked.money_header("支出", "spent"),
            asked.money(spent),
            asked.pick(format!("可用 {given}"), format!("of {given}")),
        ),
        (
            asked.pick(
                format!("{}没有短缺的学校", asked.year(last)),
                format!("schools that lack nothing in {}", asked.year(last)),
            ),
            whole(last, true),
            asked.pick(
                format!("共 {all} 所，现在 {today} 所"),
                format!("of {all}; {today} today"),
            ),
        ),
        (
            text("结论", "verdict"),
            verdict::name(asked, &answer.verdict).to_string(),
            verdict::audit_line(asked, &plan.audit),
        ),
    ]
}
