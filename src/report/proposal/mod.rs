//! The policy draft (`junheng draft`): a plan written up as the documents that planners' offices send round. Every
//! number in it comes from the answer; the last annex says what it was made from and what is proven.

mod actions;
mod earlier;
pub mod evidence;
mod funds;
mod goals;
mod measures;
mod present;
mod safeguards;

pub use earlier::Earlier;
pub use present::Standing;

use super::page::Page;
use super::plan_json::Provenance;
use super::question::Question;
use super::verdict;
use super::word::Layout;
use crate::plan::{Answer, Plan, Verdict};
use crate::words::Lang;

/// The form of a policy draft.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, clap::ValueEnum)]
pub enum Form {
    /// A Chinese official document (GB/T 9704-2012) with annexes.
    #[default]
    ZhOfficial,
    /// A Chinese brief of a few pages.
    ZhBrief,
    /// An English memo with annexes.
    EnMemo,
}

impl Form {
    /// The language it is written in.
    pub fn lang(self) -> Lang {
        match self {
            Form::ZhOfficial | Form::ZhBrief => Lang::Zh,
            Form::EnMemo => Lang::En,
        }
    }

    /// How it looks.
    pub fn layout(self) -> Layout {
        match self {
            Form::ZhOfficial => Layout::official(),
            Form::ZhBrief => Layout::brief(),
            Form::EnMemo => Layout::memo(),
        }
    }

    fn is_brief(self) -> bool {
        self == Form::ZhBrief
    }
}

/// What a draft is made from.
pub struct Material<'a> {
    /// The case as it was solved; the language is that of the form.
    pub asked: Question<'a>,
    /// Its answer.
    pub answer: &'a Answer,
    /// What the answer was made from.
    pub from: &'a Provenance,
    /// What must be said of the result before anything else, such as that the case has changed since.
    pub caveats: Vec<String>,
}

/// The draft; `None` where there is no plan to write up.
pub fn page(form: Form, material: &Material) -> Option<Page> {
    let plan = material.answer.plan.as_ref()?;
    let asked = &material.asked;
    let mut page = Page::titled(title(form, asked));
    caveats(material, &mut page);
    if form == Form::EnMemo {
        memo_head(asked, plan, &mut page);
    }
    present::tell(form, asked, plan, &mut page);
    goals::tell(asked, plan, &mut page);
    measures::tell(form, asked, plan, &mut page);
    funds::tell(form, asked, plan, &mut page);
    safeguards::tell(form, asked, plan, &mut page);
    if form.is_brief() {
        evidence::in_short(material, &mut page);
    } else {
        closing(form, &mut page);
        actions::annex(asked, plan, &mut page);
        evidence::annex(material, plan, &mut page);
    }
    Some(page)
}

fn title(form: Form, asked: &Question) -> String {
    let name = &asked.case.name;
    match form {
        Form::ZhOfficial => name.clone(),
        Form::ZhBrief => format!("{name}简报"),
        Form::EnMemo => format!("Memo: {name}"),
    }
}

/// What must not be overlooked: the case's own remark, the scenario, a plan that is not proven, a result that is stale.
fn caveats(material: &Material, page: &mut Page) {
    let asked = &material.asked;
    if let Some(remark) = &asked.case.remark {
        page.remark(remark);
    }
    if asked.scenario.is_some() {
        let scenario = asked.scenario_title();
        page.remark(asked.pick(
            format!("本稿按情景“{scenario}”测算。"),
            format!("This draft follows the scenario “{scenario}”."),
        ));
    }
    if !matches!(material.answer.verdict, Verdict::Optimal) && material.caveats.is_empty() {
        page.remark(match material.answer.halted {
            Some(reason) => verdict::halted(asked, reason),
            None => asked.pick(
                "本稿所依据的方案尚未证明最优。",
                "The plan this draft is made from is not proven best.",
            ),
        });
    }
    material.caveats.iter().for_each(|one| page.remark(one));
}

/// What stands between the text of an official document and its annexes: their list, and room for the body that issues
/// it and the date, which no program knows.
fn closing(form: Form, page: &mut Page) {
    if form == Form::ZhOfficial {
        page.text("附件：1. 问题、措施、责任单位和完成时限");
        page.text("　　　2. 数据来源和核验");
        page.text("（发文机关署名）");
        page.text("（成文日期）");
    }
}

/// What a memo begins with: the answer in three sentences.
fn memo_head(asked: &Question, plan: &Plan, page: &mut Page) {
    page.heading("Summary");
    page.list(vec![
        goals::gap_falls(asked, plan),
        goals::schools_up_to_standard(asked, plan),
        funds::in_all(asked, plan),
    ]);
}
