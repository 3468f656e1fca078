//! The policy draft (`junheng draft`): a plan written up as the documents that planners' offices send round. Every
//! number in it comes from the answer; an annex says what it was made from and what is proven. The words between the
//! numbers are a [`Template`], which a planner may replace.

mod actions;
mod earlier;
pub mod evidence;
mod filled;
mod funds;
mod goals;
mod measures;
pub mod office;
mod parts;
mod present;
mod safeguards;
mod template;

pub use actions::OwnWords;
pub use earlier::Earlier;
pub use present::Standing;
pub use template::{Fault, Template};

use super::comparison::Comparison;
use super::page::Page;
use super::plan_json::Provenance;
use super::question::Question;
use super::verdict;
use super::word::Layout;
use crate::plan::{Answer, Verdict};
use crate::study::frontier::Frontier;
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
    /// Whether the result is as it was when it was solved.
    pub stands: Stands,
    /// What its table says in a planner's own words.
    pub own: OwnWords,
    /// The smallest gap as money grows, where it was asked for.
    pub frontier: Option<&'a Frontier>,
    /// Other scenarios beside the one that is written up, where they were asked for.
    pub comparison: Option<&'a Comparison<'a>>,
}

/// Whether a result is as it was when it was solved.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Stands {
    /// It is.
    #[default]
    AsSolved,
    /// Its table was edited.
    Edited,
    /// Its case has changed.
    Stale,
}

impl Stands {
    /// What is said of it at the head of every sheet, in Chinese and English.
    pub fn in_short(self) -> (&'static str, &'static str) {
        match self {
            Stands::AsSolved => ("", ""),
            Stands::Edited => ("（方案经人工修改）", " – EDITED"),
            Stands::Stale => ("（已过期）", " – STALE"),
        }
    }
}

/// The draft as a template has it; `None` where there is no plan to write up.
pub fn page(template: &Template, material: &Material) -> Option<Page> {
    let plan = material.answer.plan.as_ref()?;
    Some(filled::page(template, material, plan))
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
