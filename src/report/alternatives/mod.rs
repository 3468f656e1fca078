//! Alternatives on paper: what each does beside the reference, what it is proven to be, and where its money goes.

mod data;
mod differences;
mod words;

use super::number::{MISSING, count, number, percent};
use super::page::{Grid, Page};
use super::question::Question;
use super::verdict;
use crate::plan::alternative::{Alternative, Figures, Wish};
use crate::program::certificate::distance;
use crate::study::alternatives::Alternatives;
use crate::words::tolerance::PROVEN;

pub use data::{csv, json};
pub use words::name;

/// The page of a study of alternatives.
pub fn page(asked: &Question, found: &Alternatives) -> Page {
    let mut page = Page::titled(asked.title());
    if let Some(remark) = &asked.case.remark {
        page.remark(remark);
    }
    page.heading(asked.pick("近优备选方案", "Alternatives nearly as good"));
    page.text(words::terms(asked, found));
    page.grid(table(asked, found));
    page.list(words::standing(asked, found));
    page.list(words::missed(asked, found));
    page.text(words::prospect(asked, found));
    for (wish, one) in found.plans() {
        if let Some(same) = words::same(asked, found, wish, one) {
            page.text(same);
            continue;
        }
        page.heading(asked.pick(
            format!("{}：与参照方案的差别", name(asked, wish)),
            format!("{}: what differs from the reference", name(asked, wish)),
        ));
        page.list(differences::points(asked, found, wish, one));
    }
    page
}

/// The reference and every plan that was found.
fn table(asked: &Question, found: &Alternatives) -> Grid {
    let mut grid = Grid::new()
        .words(asked.pick("方案", "plan"))
        .numbers(asked.pick("缺口指数", "gap index"))
        .numbers(asked.pick("比参照", "over reference"))
        .numbers(asked.pick("比下界", "over bound"))
        .numbers(asked.money_header("金额", "money"))
        .numbers(asked.pick("改投别处", "elsewhere"))
        .numbers(asked.pick("涉及学校", "schools"))
        .numbers(asked.pick("轮岗人次", "posts moved"))
        .numbers(asked.money_header("年度相差", "years differ by"))
        .words(asked.pick("逐条核对", "audit"));
    let reference = found.plan().map(|plan| &plan.audit);
    grid.row(row(
        asked,
        found,
        asked
            .pick("参照方案（solve）", "reference (solve)")
            .to_string(),
        &found.reference,
        None,
        reference.map_or(0, |audit| audit.checked),
    ));
    for (wish, found_for_it) in &found.found {
        let name = name(asked, *wish).to_string();
        match found_for_it {
            Ok(one) => grid.row(of(asked, found, name, one)),
            Err(_) => {
                let mut none = vec![name, asked.pick("无", "none").to_string()];
                none.resize(grid.columns.len(), String::new());
                grid.row(none);
            }
        }
    }
    grid.foot = Some(words::foot(asked));
    grid
}

fn of(asked: &Question, found: &Alternatives, name: String, one: &Alternative) -> Vec<String> {
    row(
        asked,
        found,
        name,
        &one.figures,
        Some(one.figures.moved.share()),
        one.audit.checked,
    )
}

fn row(
    asked: &Question,
    found: &Alternatives,
    name: String,
    figures: &Figures,
    moved: Option<f64>,
    checked: usize,
) -> Vec<String> {
    let checked = count(checked);
    vec![
        name,
        number(figures.gap),
        match moved {
            Some(_) => signed_percent(over(figures.gap, found.reference.gap)),
            None => MISSING.to_string(),
        },
        percent(over(figures.gap, found.bound)),
        asked.money(figures.money),
        moved.map_or(MISSING.to_string(), percent),
        count(figures.schools),
        number(figures.moves),
        asked.money(figures.unevenness()),
        asked.pick(
            format!("{checked} 条全部符合"),
            format!("{checked} rules, all kept"),
        ),
    ]
}

/// How far a gap is above another, as a share; what is less than a proof's rounding is nothing.
fn over(gap: f64, other: f64) -> f64 {
    let over = distance(gap, other);
    if over.abs() <= PROVEN { 0.0 } else { over }
}

/// A share with its sign.
fn signed_percent(share: f64) -> String {
    let text = percent(share);
    match share > 0.0 && text != "0%" {
        true => format!("+{text}"),
        false => text,
    }
}

/// What a plan of this study stands on, for programs.
fn verdict_of(found: &Alternatives) -> &'static str {
    verdict::key(&found.base.verdict)
}

/// The value of a plan's own wish, before and with it.
fn wished(asked: &Question, wish: Wish, figures: &Figures) -> String {
    match wish {
        Wish::FewestSchools => count(figures.schools),
        Wish::FewestMoves => number(figures.moves),
        Wish::SmoothestYears => asked.money_in_words(figures.unevenness()),
        Wish::LeastMoney => asked.money_in_words(figures.money),
        Wish::MostDifferent => percent(figures.moved.share()),
    }
}
