//! The charts of the summary. Each draws the cells of a sheet; its title says what is to be seen in it.

use rust_xlsxwriter::{
    Chart, ChartAxis, ChartAxisLabelPosition, ChartFont, ChartFormat, ChartLegendPosition,
    ChartLine, ChartSolidFill, ChartType, Color,
};

use super::attainment;
use super::look::{AFTER, BEFORE, LINE, STACK};
use super::sheet::Part;
use super::{money, resources, text};
use crate::plan::Plan;
use crate::report::number::percent;
use crate::report::question::Question;
use crate::report::solved::amounts_of;
use crate::words::Money;

/// How large a chart is, in pixels.
#[derive(Clone, Copy)]
pub struct Size {
    /// From left to right.
    pub width: u32,
    /// From top to bottom.
    pub height: u32,
}

/// The gap index of each resource without and with the plan; `None` when there is nothing to draw.
pub fn gaps(asked: &Question, found: &resources::Sheet, size: Size) -> Option<Chart> {
    let part = found.part.as_ref().filter(|part| part.end > part.first)?;
    found.gaps.iter().find(|(_, before, _)| *before > 0.0)?;
    let mut chart = framed(ChartType::Bar, &gaps_title(asked, &found.gaps), size);
    before_and_after(
        asked,
        &mut chart,
        part,
        [resources::BEFORE, resources::AFTER],
    );
    top_down(&mut chart);
    chart
        .x_axis()
        .set_name(asked.gap_unit())
        .set_name_font(&small());
    Some(chart)
}

/// What is spent of each fund in each year.
pub fn money(asked: &Question, plan: &Plan, found: &money::Sheet, size: Size) -> Option<Chart> {
    let part = found.part.as_ref().filter(|part| part.end > part.first)?;
    let title = money_title(asked, plan)?;
    let mut chart = framed(ChartType::ColumnStacked, &title, size);
    let years = (part.sheet.as_str(), 0, 1, 0, found.years as u16);
    let values = |row: u32| (part.sheet.as_str(), row, 1, row, found.years as u16);
    // Where there are more funds than can be told apart, all of them together.
    let rows = match found.funds > STACK.len() {
        true => part.end..part.end + 1,
        false => part.first..part.end,
    };
    for (row, colour) in rows.zip(STACK) {
        chart
            .add_series()
            .set_categories(years)
            .set_values(values(row))
            .set_name((part.sheet.as_str(), row, 0))
            .set_gap(60)
            .set_format(&mut filled(colour));
    }
    Some(chart)
}

/// How many needs attain each degree of the standard.
pub fn attained(asked: &Question, found: &attainment::Sheet, size: Size) -> Option<Chart> {
    let part = found.part.as_ref()?;
    let (before, after) = found.met?;
    let (before, after) = (percent(before), percent(after));
    let title = asked.pick(
        format!("达标的校·项由 {before} 变为 {after}"),
        format!("Needs (school × resource) that are met: from {before} to {after}"),
    );
    let mut chart = framed(ChartType::Column, &title, size);
    before_and_after(asked, &mut chart, part, [1, 2]);
    Some(chart)
}

fn gaps_title(asked: &Question, gaps: &[(String, f64, f64)]) -> String {
    let before: f64 = gaps.iter().map(|one| one.1).sum();
    let after: f64 = gaps.iter().map(|one| one.2).sum();
    let most = gaps
        .iter()
        .max_by(|one, other| (one.1 - one.2).total_cmp(&(other.1 - other.2)));
    match most {
        Some((name, without, with)) if without > with => {
            let (all, own) = (
                percent((before - after) / before),
                percent((without - with) / without),
            );
            asked.pick(
                format!("缺口指数减少 {all}；减得最多的是“{name}”，减少 {own}"),
                format!("The gap falls by {all}; most of it in {name}, which falls by {own}"),
            )
        }
        _ => asked
            .pick("方案没有使缺口缩小", "The plan does not lower the gap")
            .to_string(),
    }
}

/// What is spent in all and of which fund most; `None` when nothing is.
fn money_title(asked: &Question, plan: &Plan) -> Option<String> {
    let case = asked.case;
    let spent = |fund| amounts_of(asked, plan, fund)[case.horizon.years];
    let all: Money = case.funds.ids().map(spent).sum();
    // Of equal ones the first.
    let most = case.funds.ids().rev().max_by_key(|&fund| spent(fund))?;
    let name = &case.funds[most].name;
    let (share, said) = (
        percent(spent(most).main() / all.main()),
        asked.money_in_words(all),
    );
    (!all.is_zero()).then(|| match case.funds.len() {
        1 => asked.pick(
            format!("规划期支出 {said}"),
            format!("Spent over the plan: {said}"),
        ),
        _ => asked.pick(
            format!("规划期支出 {said}，其中“{name}”占 {share}"),
            format!("Spent over the plan: {said}, {share} of it from {name}"),
        ),
    })
}

fn before_and_after(asked: &Question, chart: &mut Chart, part: &Part, columns: [usize; 2]) {
    let names = [("规划前", "without plan"), ("规划后", "with plan")];
    let (sheet, first, last) = (part.sheet.as_str(), part.first, part.end - 1);
    for ((column, (zh, en)), colour) in columns.into_iter().zip(names).zip([BEFORE, AFTER]) {
        let column = column as u16;
        chart
            .add_series()
            .set_categories((sheet, first, 0, last, 0))
            .set_values((sheet, first, column, last, column))
            .set_name(asked.pick(zh, en))
            .set_gap(50)
            .set_format(&mut filled(colour));
    }
}

/// One of the axes of a chart.
type Axis = fn(&mut Chart) -> &mut ChartAxis;

/// A chart with a title, a legend below and light lines.
pub fn framed(kind: ChartType, title: &str, size: Size) -> Chart {
    let mut chart = Chart::new(kind);
    let mut bold = ChartFont::new();
    bold.set_size(11).set_bold();
    chart
        .title()
        .set_name(text::title(title).as_str())
        .set_font(&bold);
    chart
        .set_width(size.width)
        .set_height(size.height)
        .set_alt_text(text::title(title));
    chart
        .legend()
        .set_position(ChartLegendPosition::Bottom)
        .set_font(&small());
    let mut line = ChartLine::new();
    line.set_color(Color::RGB(LINE)).set_width(0.5);
    // The axis of a lying chart that has the names is the upright one.
    let (names, scale): (Axis, Axis) = match kind {
        ChartType::Bar => (Chart::y_axis, Chart::x_axis),
        _ => (Chart::x_axis, Chart::y_axis),
    };
    names(&mut chart)
        .set_font(&small())
        .set_major_gridlines(false);
    scale(&mut chart)
        .set_num_format("#,##0")
        .set_font(&small())
        .set_major_gridlines(true)
        .set_major_gridlines_line(&line);
    chart
}

/// Puts the first bar of a lying chart on top and the scale below.
pub fn top_down(chart: &mut Chart) {
    chart.y_axis().set_reverse();
    chart
        .x_axis()
        .set_label_position(ChartAxisLabelPosition::High);
}

fn small() -> ChartFont {
    let mut font = ChartFont::new();
    font.set_size(9).unset_bold();
    font
}

/// A part of a chart, with a white edge that parts it from its neighbours in grey too.
pub fn filled(colour: u32) -> ChartFormat {
    let (mut fill, mut edge) = (ChartSolidFill::new(), ChartLine::new());
    fill.set_color(Color::RGB(colour));
    edge.set_color(Color::White).set_width(0.75);
    let mut format = ChartFormat::new();
    format.set_solid_fill(&fill).set_border(&edge);
    format
}
