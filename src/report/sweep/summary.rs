//! What stands out in a sweep once it is whole: how the smallest gap is spread, and what it hangs on most.

use std::collections::BTreeMap;
use std::io::{self, Read};

use serde_json::{Value, json as object};

use super::super::csv;
use super::super::number::{count, number};
use super::super::page::{Grid, Page};
use super::super::question::Question;
use super::super::verdict;
use super::label;
use super::table::AFTER_AXES;
use crate::plan::Verdict;
use crate::study::sweep::{Axis, Design, Values};
use crate::words::sum::Sum;

/// Listed values that are shown one by one, at most; more are shown by quarters of their range.
const SHOWN: usize = 12;
/// The parts that a range is divided into.
const PARTS: usize = 4;
/// The parts of the points below which a gap is shown.
const QUANTILES: [f64; 5] = [0.0, 0.1, 0.5, 0.9, 1.0];

/// What stands out in a sweep.
#[derive(Clone, Debug)]
pub struct Summary {
    /// How many points came to each verdict, by its name in the language of the table.
    pub verdicts: BTreeMap<String, usize>,
    /// Points whose smallest gap is proven.
    pub proven: usize,
    /// Their gaps, ascending.
    gaps: Vec<f64>,
    /// For each axis its parts, in order.
    parts: Vec<Vec<Part>>,
}

/// The points on one part of an axis.
#[derive(Clone, Debug)]
struct Part {
    /// The values, in words.
    name: String,
    /// The largest value it holds; of the scenario its name.
    upper: Bound,
    points: usize,
    gaps: Sum,
    least: f64,
    most: f64,
}

#[derive(Clone, PartialEq, Debug)]
enum Bound {
    Number(f64),
    Name(String),
}

impl Summary {
    /// The summary of a table in the language of the question.
    ///
    /// # Errors
    /// When the table cannot be read.
    pub fn of(asked: &Question, design: &Design, table: &mut dyn Read) -> io::Result<Summary> {
        let mut found = Summary {
            verdicts: BTreeMap::new(),
            proven: 0,
            gaps: Vec::new(),
            parts: design.axes.iter().map(parts_of).collect(),
        };
        let proven = verdict::name(asked, &Verdict::Optimal);
        let mut reader = ::csv::Reader::from_reader(table);
        let mut record = ::csv::StringRecord::new();
        while reader.read_record(&mut record)? {
            let after = record.len().saturating_sub(AFTER_AXES);
            let verdict = record.get(after + 1).unwrap_or_default();
            *found.verdicts.entry(verdict.to_string()).or_default() += 1;
            let gap = record.get(after + 3).and_then(|cell| cell.parse().ok());
            if let Some(gap) = gap.filter(|_| verdict == proven) {
                found.count(&record, gap);
            }
        }
        found.gaps.sort_by(f64::total_cmp);
        Ok(found)
    }

    fn count(&mut self, record: &::csv::StringRecord, gap: f64) {
        self.proven += 1;
        self.gaps.push(gap);
        for (parts, cell) in self.parts.iter_mut().zip(record.iter().skip(1)) {
            if let Some(part) = parts.iter_mut().find(|part| part.holds(cell)) {
                part.points += 1;
                part.gaps.add(gap);
                part.least = part.least.min(gap);
                part.most = part.most.max(gap);
            }
        }
    }

    /// The gap below which this part of the proven points lies.
    fn quantile(&self, part: f64) -> Option<f64> {
        let last = self.gaps.len().checked_sub(1)?;
        self.gaps
            .get((part * last as f64).round() as usize)
            .copied()
    }

    /// Whether every point came to an answer: proven best, or proven impossible.
    pub fn is_settled(&self, asked: &Question) -> bool {
        let impossible = Verdict::Impossible { rules: Vec::new() };
        let answers = [&Verdict::Optimal, &impossible].map(|one| verdict::name(asked, one));
        self.verdicts
            .keys()
            .all(|verdict| answers.contains(&verdict.as_str()))
    }
}

impl Part {
    fn new(name: String, upper: Bound) -> Part {
        Part {
            name,
            upper,
            points: 0,
            gaps: Sum::default(),
            least: f64::INFINITY,
            most: f64::NEG_INFINITY,
        }
    }

    fn holds(&self, cell: &str) -> bool {
        match &self.upper {
            Bound::Name(name) => name == csv::unguarded(cell),
            // Cells hold millionths at the finest.
            Bound::Number(upper) => cell.parse().is_ok_and(|value: f64| value <= upper + 1e-6),
        }
    }

    fn mean(&self) -> f64 {
        self.gaps.value() / self.points as f64
    }
}

/// The parts of an axis: its listed values, or the quarters of its range.
fn parts_of(axis: &Axis) -> Vec<Part> {
    let quarters = |low: f64, high: f64| {
        let edge = |at: usize| low + (high - low) * at as f64 / PARTS as f64;
        let part = |at: usize| {
            let name = format!("{}–{}", number(edge(at)), number(edge(at + 1)));
            Part::new(name, Bound::Number(edge(at + 1)))
        };
        (0..PARTS).map(part).collect()
    };
    match &axis.values {
        Values::Scenarios(overlays) => overlays
            .iter()
            .map(|one| Part::new(one.name.clone(), Bound::Name(one.name.clone())))
            .collect(),
        Values::Drawn(_, range) => quarters(range.low, range.high),
        Values::Listed(_, values) => {
            let mut sorted = values.clone();
            sorted.sort_by(f64::total_cmp);
            match sorted.as_slice() {
                [low, .., high] if sorted.len() > SHOWN => quarters(*low, *high),
                few => few
                    .iter()
                    .map(|&value| Part::new(number(value), Bound::Number(value)))
                    .collect(),
            }
        }
    }
}

/// The page of a sweep.
pub fn page(asked: &Question, design: &Design, found: &Summary) -> Page {
    let mut page = Page::titled(asked.title());
    if let Some(remark) = &asked.case.remark {
        page.remark(remark);
    }
    page.heading(asked.pick("多点试算", "Sweep"));
    page.text(counts(asked, found));
    page.grid(spread(asked, found));
    if found.proven > 0 {
        page.heading(asked.pick("缺口随什么变", "What the gap hangs on"));
        page.grid(effects(asked, design, found));
    }
    page.text(asked.pick(
        "缺口为连续最优值，不计取整；每个点都有证明，未证明的另行列出",
        "Gaps are continuous optima, before whole units; each is proven, those that are not are counted apart",
    ));
    page
}

fn counts(asked: &Question, found: &Summary) -> String {
    let total = count(found.verdicts.values().sum());
    let each: Vec<String> = found
        .verdicts
        .iter()
        .map(|(verdict, number)| format!("{verdict} {}", count(*number)))
        .collect();
    asked.pick(
        format!("共 {total} 个点：{}", each.join("，")),
        format!("{total} points: {}", each.join(", ")),
    )
}

fn spread(asked: &Question, found: &Summary) -> Grid {
    let mut grid = Grid::new().words(asked.pick("最小缺口", "smallest gap"));
    let names = [
        ("最低", "lowest"),
        ("10% 低于", "10% below"),
        ("中位", "median"),
        ("90% 低于", "90% below"),
        ("最高", "highest"),
    ];
    for (zh, en) in names {
        grid = grid.numbers(asked.pick(zh, en));
    }
    let values: Option<Vec<String>> = QUANTILES
        .iter()
        .map(|&part| found.quantile(part).map(number))
        .collect();
    if let Some(values) = values {
        grid.row(std::iter::once(asked.gap_unit().to_string()).chain(values));
    }
    grid
}

/// The mean gap on each part of each axis.
fn effects(asked: &Question, design: &Design, found: &Summary) -> Grid {
    let mut grid = Grid::new()
        .words(asked.pick("变动", "varied"))
        .numbers(asked.pick("取值", "at"))
        .numbers(asked.pick("点数", "points"))
        .numbers(asked.pick("平均缺口", "mean gap"))
        .numbers(asked.pick("最低", "lowest"))
        .numbers(asked.pick("最高", "highest"));
    for (axis, parts) in design.axes.iter().zip(&found.parts) {
        let mut name = label(asked, axis);
        for part in parts.iter().filter(|part| part.points > 0) {
            grid.row([
                std::mem::take(&mut name),
                part.name.clone(),
                count(part.points),
                number(part.mean()),
                number(part.least),
                number(part.most),
            ]);
        }
    }
    grid
}

/// The summary for programs, with what the sweep follows from.
pub fn json(asked: &Question, design: &Design, found: &Summary, description: &Value) -> Value {
    let quantiles: Vec<Value> = QUANTILES
        .iter()
        .map(|&part| object!({ "part": part, "gap": found.quantile(part) }))
        .collect();
    let axes: Vec<Value> = design
        .axes
        .iter()
        .zip(&found.parts)
        .map(|(axis, parts)| {
            let parts = parts.iter().filter(|part| part.points > 0).map(|part| {
                object!({
                    "at": part.name,
                    "points": part.points,
                    "mean_gap": part.mean(),
                    "least_gap": part.least,
                    "most_gap": part.most,
                })
            });
            object!({
                "axis": axis.key,
                "label": label(asked, axis),
                "parts": parts.collect::<Vec<_>>(),
            })
        })
        .collect();
    object!({
        "sweep": description,
        "points": found.verdicts.values().sum::<usize>(),
        "verdicts": found.verdicts,
        "gaps": quantiles,
        "axes": axes,
    })
}
