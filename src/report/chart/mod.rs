//! Charts drawn from typed figures: as SVG text for pages, as PNG for papers. The heading of each states what it shows in
//! words and with its number; no figure needs its colour to be read.

mod area;
mod attainment;
mod bars;
mod equity;
mod frontier;
mod funds;
mod ink;
mod letters;
mod map;
mod picture;
mod raster;
#[cfg(test)]
mod room;
mod scale;
mod scenarios;
mod sheet;
mod shortfall;
mod stack;
mod svg;
#[cfg(test)]
mod tests;
mod uses;
mod years;

pub use equity::equity;
pub use frontier::frontier;
pub use map::{Spot, map};
pub use picture::Picture;
pub use scenarios::scenarios;
pub use svg::escaped;

use super::question::Question;
use crate::plan::Plan;

/// A chart.
#[derive(Clone, PartialEq, Debug, serde::Serialize)]
pub struct Chart {
    /// Its name for programs.
    pub key: &'static str,
    /// What it shows, as a sentence with its number.
    pub finding: String,
    /// What is counted, and how.
    pub unit: String,
    /// Where its figures stand.
    pub source: String,
    /// The picture.
    #[serde(skip)]
    pub picture: Picture,
}

/// The charts of a plan, in the order in which they are read. A chart with nothing to show is left out.
pub fn of(asked: &Question, plan: &Plan) -> Vec<Chart> {
    let charts = [
        shortfall::chart(asked, plan),
        attainment::chart(asked, plan),
        years::chart(asked, plan),
        funds::chart(asked, plan),
        uses::chart(asked, plan),
        area::chart(asked, plan),
    ];
    charts.into_iter().flatten().collect()
}

/// The words for bars without and with the plan in a year.
fn states(asked: &Question, year: &str) -> (String, String) {
    asked.pick(
        (format!("{year}不规划"), format!("{year}规划后")),
        (
            format!("{year} without the plan"),
            format!("{year} with the plan"),
        ),
    )
}

/// The source that is said under a chart: a part of `plan.json`.
fn source(asked: &Question, place: &str) -> String {
    asked.pick(
        format!("来源：本案例的求解结果（plan.json 的 {place}）"),
        format!("source: the result of this case ({place} in plan.json)"),
    )
}
