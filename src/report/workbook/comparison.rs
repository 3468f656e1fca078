//! Scenarios side by side, as `comparison.csv` and `comparison-schools.csv` have them, with the money of each.

use rust_xlsxwriter::utility::row_col_to_cell;
use rust_xlsxwriter::{ChartType, XlsxError};

use super::book::Book;
use super::charts::{Size, filled, framed, top_down};
use super::front::{Front, HALF, ROW};
use super::look::{self, AFTER, BEFORE};
use super::sheet::{Layout, MORE_IS_WORSE, Part, bars, formula};
use super::{MONEY, Name, PLANS, SCENARIOS, SUMMARY, TURNS, text};
use crate::plan::table::{self, Cell, money_shown};
use crate::report::column::{Column, Holds};
use crate::report::comparison::Comparison;
use crate::report::number::percent;
use crate::report::plan_csv;
use crate::report::plan_json::Provenance;
use crate::report::question::Question;
use crate::report::solved::amounts_of;
use crate::study::Solved;
use crate::words::Money;

/// How many scenarios a chart can name.
const MOST_DRAWN: u32 = 40;

/// The sheets beside the first.
const CONTENTS: [(Name, (&str, &str)); 4] = [
    (
        SCENARIOS,
        (
            "各情景的主要数字，同 comparison.csv",
            "the figures of each scenario, as comparison.csv",
        ),
    ),
    (
        TURNS,
        (
            "每所学校在各情景的缺口增减，同 comparison-schools.csv",
            "who wins and who loses: every school in every scenario, as comparison-schools.csv",
        ),
    ),
    (
        MONEY,
        (
            "各情景各项资金逐年支出",
            "what each fund spends year by year in each scenario",
        ),
    ),
    (
        PLANS,
        (
            "各情景的方案表，用筛选只看一个情景；同各情景文件夹的 plan.csv",
            "the plan of each scenario, to be filtered by scenario; as plan.csv in the folder of each",
        ),
    ),
];

/// Fills the workbook of a comparison.
///
/// # Errors
/// When the workbook cannot be put together.
pub fn write(book: &mut Book, comparison: &Comparison, from: &Provenance) -> Result<(), XlsxError> {
    let asked = comparison.asked();
    book.sheet(asked.pick(SUMMARY.0, SUMMARY.1), false, 0)?;
    let part = scenarios(book, comparison)?;
    turns(book, comparison)?;
    money(book, comparison)?;
    plans(book, comparison)?;
    let page = comparison.page();
    let title = asked.pick(
        format!("{} · 情景比较", asked.case.name),
        format!("{} · scenarios compared", asked.case.name),
    );
    let mut front = Front::begin(book, &asked, SUMMARY, &title)?;
    if let Some(part) = part.filter(|part| part.end - part.first <= MOST_DRAWN) {
        charts(&mut front, comparison, &part)?;
    }
    front.section(asked.pick("说明", "What is said of it"))?;
    front.said(&page)?;
    front.contents(&CONTENTS)?;
    front.provenance(from, from.scenarios.join(asked.pick("、", ", ")))
}

/// The figures, a row for each scenario.
fn scenarios(book: &mut Book, comparison: &Comparison) -> Result<Option<Part>, XlsxError> {
    let asked = comparison.asked();
    let bar = |key: &str| comparison.column(key).map(|at| (at, at));
    let bars = ["gap_by_base", "spent"].map(bar);
    let layout = Layout {
        name: asked.pick(SCENARIOS.0, SCENARIOS.1),
        columns: comparison.columns(),
        frozen: 1,
        summed: Vec::new(),
        bars: bars.into_iter().flatten().collect(),
        wide: false,
    };
    let parts = book.table(&layout, || comparison.rows())?;
    let change = comparison.column("gap_change");
    changes(book, &parts, change.map(|at| (at, at)))?;
    Ok(parts.into_iter().next())
}

/// Bars of changes of a gap, which are worse the more they are.
fn changes(
    book: &mut Book,
    parts: &[Part],
    columns: Option<(usize, usize)>,
) -> Result<(), XlsxError> {
    for part in parts.iter().filter(|part| part.end > part.first) {
        let (sheet, _) = book.again(&part.sheet)?;
        if let Some((first, last)) = columns {
            let (from, to) = ((part.first, first), (part.end - 1, last));
            bars(sheet, from, to, MORE_IS_WORSE)?;
        }
    }
    Ok(())
}

/// Who wins and who loses, a row for each school.
fn turns(book: &mut Book, comparison: &Comparison) -> Result<(), XlsxError> {
    let asked = comparison.asked();
    let columns = comparison.school_columns();
    let gaps = columns.iter().enumerate();
    let gaps: Vec<usize> = gaps
        .filter(|(_, column)| column.holds == Holds::Gap)
        .map(|(at, _)| at)
        .collect();
    // The gap in the base by itself; the changes on a scale of their own.
    let base = gaps.first().map(|&at| (at, at));
    let others = gaps.get(1).copied().zip(gaps.last().copied());
    let layout = Layout {
        name: asked.pick(TURNS.0, TURNS.1),
        columns,
        frozen: 4,
        bars: base.into_iter().collect(),
        summed: gaps,
        wide: true,
    };
    let parts = book.table(&layout, || comparison.school_rows())?;
    changes(book, &parts, others)
}

/// The plans of all scenarios below each other. Those of a scenario with other plan years have other columns and are
/// left out; no plan table is locked here.
fn plans(book: &mut Book, comparison: &Comparison) -> Result<(), XlsxError> {
    let asked = comparison.asked();
    let all = table::Column::all(asked.case);
    let kept: Vec<usize> = (0..all.len())
        .filter(|at| all[*at] != table::Column::Lock)
        .collect();
    let own = plan_csv::columns(&asked);
    let mut columns = vec![Column::new(
        asked.pick("情景代码", "scenario code"),
        Holds::Words,
    )];
    columns.extend(kept.iter().map(|at| own[*at].clone()));
    let at = |wanted: table::Column| {
        let place = kept.iter().position(|at| all[*at] == wanted);
        place.map(|place| place + 1)
    };
    let layout = Layout {
        name: asked.pick(PLANS.0, PLANS.1),
        columns,
        frozen: at(table::Column::SchoolName).map_or(1, |at| at as u16 + 1),
        summed: at(table::Column::Amount).into_iter().collect(),
        bars: at(table::Column::Amount)
            .map(|at| (at, at))
            .into_iter()
            .collect(),
        wide: true,
    };
    let planned = || {
        let runs = comparison.runs().iter();
        runs.filter(|run| table::Column::all(&run.case) == all)
            .filter_map(|run| Some((run, run.answer.plan.as_ref()?)))
    };
    let rows = || {
        planned().flat_map(|(run, plan)| {
            let rows = table::rows(&run.case, &plan.outcome, &plan.rows, asked.lang);
            let kept = &kept;
            rows.map(move |cells| {
                let mut row = vec![Cell::text(&run.name)];
                row.extend(kept.iter().map(|at| cells[*at].clone()));
                row
            })
        })
    };
    book.table(&layout, rows).map(drop)
}

/// A row of the sheet of money.
enum Line<'a> {
    /// A fund of a scenario.
    Fund(&'a Solved, usize),
    /// All funds of a scenario, so many rows above.
    All(&'a Solved, u32),
}

/// What each fund spends in each scenario, with the sum of each scenario below its funds.
fn money(book: &mut Book, comparison: &Comparison) -> Result<(), XlsxError> {
    let asked = comparison.asked();
    let years = asked.case.horizon.years;
    let named = |zh, en| Column::new(asked.pick(zh, en), Holds::Words);
    let mut columns = vec![named("情景代码", "scenario code"), named("资金", "fund")];
    let money = |name: &str| Column::new(asked.money_header(name, name), Holds::Money);
    let names = asked.case.horizon.plan_years().map(|year| asked.year(year));
    columns.extend(names.map(|name| money(&name)));
    let tail = [("合计", "total"), ("可用", "available"), ("结余", "left")];
    columns.extend(tail.map(|(zh, en)| money(asked.pick(zh, en))));
    let layout = Layout {
        name: asked.pick(MONEY.0, MONEY.1),
        columns,
        frozen: 2,
        summed: Vec::new(),
        bars: Vec::new(),
        wide: false,
    };
    let mut lines = Vec::new();
    for run in comparison
        .runs()
        .iter()
        .filter(|run| run.answer.plan.is_some())
    {
        let funds = run.case.funds.len();
        lines.extend((0..funds).map(|fund| Line::Fund(run, fund)));
        // A sum of no funds would be one of its own cell.
        lines.extend((funds > 0).then_some(Line::All(run, funds as u32)));
    }
    let all: Vec<Vec<Money>> = lines.iter().map(|line| amounts(&asked, line)).collect();
    let row = |(line, amounts): (&Line, &Vec<Money>)| {
        let (run, fund) = match line {
            Line::Fund(run, at) => (
                run,
                run.case.funds.iter().nth(*at).map(|fund| fund.name.clone()),
            ),
            Line::All(run, _) => (run, None),
        };
        let fund = fund.unwrap_or_else(|| asked.pick("小计", "subtotal").to_string());
        let mut cells = vec![Cell::text(&run.name), Cell::text(fund)];
        cells.extend(amounts.iter().map(|&amount| Cell::money(&run.case, amount)));
        cells
    };
    let rows = || lines.iter().zip(&all).map(row);
    let parts = book.table(&layout, rows)?;
    let Some(part) = parts.first() else {
        return Ok(());
    };
    let (sheet, look) = book.again(&part.sheet)?;
    for ((row, line), amounts) in (part.first..part.end).zip(&lines).zip(&all) {
        let run = match line {
            Line::Fund(run, _) | Line::All(run, _) => run,
        };
        if let Line::All(..) = line {
            let words = [run.name.as_str(), asked.pick("小计", "subtotal")];
            for (at, words) in words.into_iter().enumerate() {
                text::write(sheet, (row, at as u16), words, Some(&look.total))?;
            }
        }
        for (at, &amount) in amounts.iter().enumerate() {
            let cell = |row: u32, column: usize| row_col_to_cell(row, column as u16);
            let column = at + 2;
            let said = match line {
                Line::All(_, funds) => {
                    format!(
                        "SUM({}:{})",
                        cell(row - funds, column),
                        cell(row - 1, column)
                    )
                }
                Line::Fund(..) if at == years => {
                    format!("SUM({}:{})", cell(row, 2), cell(row, years + 1))
                }
                Line::Fund(..) if at == years + 2 => {
                    format!("{}-{}", cell(row, years + 3), cell(row, years + 2))
                }
                Line::Fund(..) => continue,
            };
            let value = money_shown(&run.case, amount);
            let format = part.formats.get(column).map_or("General", String::as_str);
            let format = match line {
                Line::All(..) => look::total_number(format),
                Line::Fund(..) => look::number(format),
            };
            formula(sheet, (row, column as u16), &said, value, &format)?;
        }
    }
    Ok(())
}

/// What is spent each year and in all, what there is and what is left.
fn amounts(asked: &Question, line: &Line) -> Vec<Money> {
    let of = |run: &Solved, at: usize| {
        let own = Question {
            case: &run.case,
            ..*asked
        };
        let fund = run.case.funds.ids().nth(at);
        let plan = run.answer.plan.as_ref();
        fund.zip(plan)
            .map_or(Vec::new(), |(fund, plan)| amounts_of(&own, plan, fund))
    };
    match line {
        Line::Fund(run, at) => of(run, *at),
        Line::All(run, funds) => {
            let mut total = vec![Money::ZERO; run.case.horizon.years + 3];
            for at in 0..*funds as usize {
                let own = of(run, at);
                total.iter_mut().zip(own).for_each(|(sum, one)| *sum += one);
            }
            total
        }
    }
}

/// The gap and the money of each scenario, and how many schools win and lose.
fn charts(front: &mut Front, comparison: &Comparison, part: &Part) -> Result<(), XlsxError> {
    let asked = comparison.asked();
    let known = comparison.amounts("gap_by_base");
    if known.iter().all(Option::is_none) {
        return Ok(());
    }
    let scenarios = part.end - part.first;
    let height = (140 + 26 * scenarios).clamp(300, 1_200) / ROW * ROW;
    let size = Size {
        width: HALF - 10,
        height: height - 10,
    };
    let series = |key: &str| comparison.column(key).map(|column| column as u16);
    let names = (part.sheet.as_str(), part.first, 0, part.end - 1, 0);
    let drawn = |chart: &mut rust_xlsxwriter::Chart, column: u16, name: &str, colour: u32| {
        chart
            .add_series()
            .set_categories(names)
            .set_values((
                part.sheet.as_str(),
                part.first,
                column,
                part.end - 1,
                column,
            ))
            .set_name(name)
            .set_gap(50)
            .set_format(&mut filled(colour));
        top_down(chart);
    };
    if let Some(column) = series("gap_by_base") {
        let mut chart = framed(ChartType::Bar, &gaps_title(comparison), size);
        let name = asked.pick("缺口指数（按基准口径）", "gap index (by the base measure)");
        drawn(&mut chart, column, name, AFTER);
        chart.legend().set_hidden();
        front.chart(&chart, front.row, 0)?;
    }
    if let (Some(better), Some(worse), true) = (
        series("schools_better"),
        series("schools_worse"),
        scenarios > 1,
    ) {
        let title = asked.pick(
            "缺口变小、变大的学校数",
            "Schools whose gap becomes smaller or larger",
        );
        let mut chart = framed(ChartType::Bar, title, size);
        drawn(&mut chart, better, asked.pick("变好学校", "better"), AFTER);
        drawn(&mut chart, worse, asked.pick("变差学校", "worse"), BEFORE);
        front.chart(&chart, front.row, HALF)?;
    }
    front.row += height / ROW + 1;
    Ok(())
}

/// Which scenario leaves the smallest gap, and by how much less than the base.
fn gaps_title(comparison: &Comparison) -> String {
    let asked = comparison.asked();
    let gaps = comparison.amounts("gap_by_base");
    let base = gaps.first().copied().flatten();
    let known = gaps
        .iter()
        .enumerate()
        .filter_map(|(at, gap)| Some((at, (*gap)?)));
    // Of equal ones the first.
    let best = known.min_by(|one, other| one.1.total_cmp(&other.1));
    match (best, base) {
        (Some((at, gap)), Some(base)) if gap < base => {
            let (name, less) = (&comparison.runs()[at].name, percent((base - gap) / base));
            asked.pick(
                format!("情景“{name}”的缺口最小，比基准小 {less}"),
                format!("Scenario {name} leaves the smallest gap, {less} less than the base"),
            )
        }
        (Some(_), Some(_)) => asked
            .pick(
                "没有情景的缺口小于基准",
                "No scenario leaves a smaller gap than the base",
            )
            .to_string(),
        _ => asked
            .pick("各情景的缺口指数", "The gap of each scenario")
            .to_string(),
    }
}
