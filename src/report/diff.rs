//! A difference between two scenarios on paper: which change did how much of it.

use std::io::{self, Write};

use serde_json::{Value, json};

use super::csv;
use super::number::{count, number};
use super::page::{Grid, Page};
use super::question::Question;
use super::scenarios::in_words;
use crate::case::Overlay;
use crate::plan::table::Cell;
use crate::study::diff::{Attribution, Effect, Gaps, Part};

/// The difference with the scenarios it lies between.
#[derive(Clone, Copy, Debug)]
pub struct Told<'a> {
    /// What is asked about: the case as it stands.
    pub asked: Question<'a>,
    /// The first scenario; `None` for the case as it stands.
    pub from: Option<&'a Overlay>,
    /// The second.
    pub to: Option<&'a Overlay>,
    /// The difference.
    pub found: &'a Attribution,
}

impl<'a> Told<'a> {
    /// The page.
    pub fn page(&self) -> Page {
        let (asked, found) = (&self.asked, self.found);
        let mut page = Page::titled(asked.case.name.clone());
        if let Some(remark) = &asked.case.remark {
            page.remark(remark);
        }
        let (from, to) = (self.title(self.from), self.title(self.to));
        page.heading(asked.pick(
            format!("差别从哪里来：{from} → {to}"),
            format!("What makes the difference: {from} → {to}"),
        ));
        page.grid(self.ends());
        if found.parts.is_empty() {
            page.text(asked.pick("两个情景没有差别", "the two scenarios do not differ"));
            return page;
        }
        page.grid(self.parts());
        let (solved, unit) = (count(found.solved), asked.gap_unit());
        page.text(asked.pick(
            format!("单位：{unit}，负数为缺口减少。单独：只作这一项；依次：按所列顺序逐项作；最后：其余都作了再作这一项；分摊（沙普利值）：各种先后次序下的平均，合计等于总差别。共求解 {solved} 种组合，每种都有证明；缺口为连续最优值"),
            format!("In {unit}; negative: the gap falls. Alone: this change only; in order: one after the other as listed; last: on top of all others; shared out (Shapley value): the mean over all orders, which adds up to the whole. {solved} combinations were solved, each proven; gaps are continuous optima"),
        ));
        page
    }

    fn title(&self, scenario: Option<&'a Overlay>) -> &'a str {
        scenario.map_or(self.asked.pick("基准", "base"), |one| one.title.as_str())
    }

    fn ends(&self) -> Grid {
        let (asked, found) = (&self.asked, self.found);
        let mut grid = Grid::new()
            .words("")
            .numbers(asked.pick("不采取措施的缺口", "gap without measures"))
            .numbers(asked.pick("最小缺口", "smallest gap"));
        let change = Gaps {
            now: found.to.now - found.from.now,
            smallest: found.to.smallest - found.from.smallest,
        };
        grid.row([
            self.title(self.from).to_string(),
            number(found.from.now),
            number(found.from.smallest),
        ]);
        grid.row([
            self.title(self.to).to_string(),
            number(found.to.now),
            number(found.to.smallest),
        ]);
        grid.row([
            asked.pick("差别", "difference").to_string(),
            signed(change.now),
            signed(change.smallest),
        ]);
        grid
    }

    fn parts(&self) -> Grid {
        let asked = &self.asked;
        let mut grid = Grid::new()
            .words(asked.pick("改动", "change"))
            .numbers(asked.pick("单独", "alone"))
            .numbers(asked.pick("依次", "in order"))
            .numbers(asked.pick("最后", "last"))
            .numbers(asked.pick("分摊", "shared out"))
            .numbers(asked.pick("其中需求变化", "of which need"));
        for (part, effect) in self.found.parts.iter().zip(&self.found.effects) {
            grid.row([
                self.name(part),
                signed(effect.alone.smallest),
                signed(effect.in_order.smallest),
                signed(effect.last.smallest),
                signed(effect.shapley.smallest),
                signed(effect.shapley.now),
            ]);
        }
        grid
    }

    fn name(&self, part: &Part) -> String {
        let what = in_words(&self.asked, &part.change);
        match part.undone {
            true => self
                .asked
                .pick(format!("不再：{what}"), format!("no more: {what}")),
            false => what,
        }
    }

    /// The table of the changes.
    ///
    /// # Errors
    /// When `out` cannot be written.
    pub fn csv(&self, out: impl Write) -> io::Result<()> {
        let asked = &self.asked;
        let columns = [
            ("改动", "change"),
            ("单独", "alone"),
            ("依次", "in order"),
            ("最后", "last"),
            ("分摊", "shared out"),
            ("分摊：不采取措施的缺口", "shared out: gap without measures"),
        ];
        let header = columns.map(|(zh, en)| asked.pick(zh, en).to_string());
        let rows = self.found.parts.iter().zip(&self.found.effects);
        let rows = rows.map(|(part, effect)| {
            vec![
                Cell::text(self.name(part)),
                Cell::number(effect.alone.smallest),
                Cell::number(effect.in_order.smallest),
                Cell::number(effect.last.smallest),
                Cell::number(effect.shapley.smallest),
                Cell::number(effect.shapley.now),
            ]
        });
        csv::write(out, &header, rows, asked.lang)
    }

    /// Everything for programs.
    pub fn json(&self) -> Value {
        let (asked, found) = (&self.asked, self.found);
        let parts: Vec<Value> = found
            .parts
            .iter()
            .zip(&found.effects)
            .map(|(part, effect)| self.part(part, effect))
            .collect();
        let end = |title: &str, gaps: Gaps| json!({ "scenario": title, "gap_without_measures": gaps.now, "smallest_gap": gaps.smallest });
        json!({
            "case": asked.case.name,
            "remark": asked.case.remark,
            "gap_unit": asked.gap_unit(),
            "from": end(self.title(self.from), found.from),
            "to": end(self.title(self.to), found.to),
            "solved": found.solved,
            "changes": parts,
        })
    }

    fn part(&self, part: &Part, effect: &Effect) -> Value {
        let both =
            |gaps: Gaps| json!({ "gap_without_measures": gaps.now, "smallest_gap": gaps.smallest });
        json!({
            "change": in_words(&self.asked, &part.change),
            "undone": part.undone,
            "alone": both(effect.alone),
            "in_order": both(effect.in_order),
            "last": both(effect.last),
            "shapley": both(effect.shapley),
        })
    }
}

/// A change of a gap, with its sign.
fn signed(value: f64) -> String {
    match number(value) {
        zero if zero == "0" || zero == "-0" => "0".to_string(),
        text if value > 0.0 => format!("+{text}"),
        text => text,
    }
}
