//! The first sheet: the figures that matter, charts, what is proposed, what is said of it, and what it was made from.

use rust_xlsxwriter::XlsxError;

use super::book::Book;
use super::charts::{self, Size};
use super::front::{Front, HALF, ROW, WIDTHS};
use super::look;
use super::measure::Measure;
use super::sheet::{Part, formula, header};
use super::tally::Tally;
use super::{
    ATTAINMENT, CHANGES, FRONTIER, FUND_YEARS, MONEY, MOVES, Name, PLAN, PRICES, PROVINCES,
    RESOURCES, RULES, SCHOOLS, SUMMARY, TOTALS, attainment, figures, frontier, money, resources,
    text,
};
use crate::plan::moves::rotates;
use crate::plan::table::Cell;
use crate::plan::{Answer, Plan};
use crate::report::changes;
use crate::report::column::{Column, Holds};
use crate::report::plan_json::Provenance;
use crate::report::solved::{self, proposals};
use crate::study::frontier::Frontier;

/// What the other sheets hold.
pub struct Found<'a> {
    /// The sheet of resources.
    pub resources: resources::Sheet,
    /// The sheet of degrees.
    pub attained: attainment::Sheet,
    /// The sheet of money.
    pub money: money::Sheet,
    /// The curve of the smallest gap over money and where it stands, where it was asked for.
    pub curve: Option<(&'a Frontier, Part)>,
    /// Whether prices were followed and the cost of rules has a sheet.
    pub rules: bool,
}

/// Fills the first sheet.
///
/// # Errors
/// When the sheet cannot be put together.
pub fn write(
    book: &mut Book,
    answer: &Answer,
    found: Option<&Found>,
    from: &Provenance,
) -> Result<(), XlsxError> {
    let asked = book.asked;
    let mut front = Front::begin(book, &asked, SUMMARY, &asked.title())?;
    figures::write(&mut front, answer, found)?;
    let mut out = Summary(front);
    if let (Some(plan), Some(found)) = (&answer.plan, found) {
        out.charts(plan, found)?;
        out.proposed(plan)?;
    }
    let Summary(mut front) = out;
    front.said(&solved::page_beside_tables(&asked, answer))?;
    if answer.plan.is_some() {
        let rotation = rotates(asked.case).then_some(ROTATION);
        let changed = changes::is_asked(&asked).then_some(CHANGED);
        let found = found.iter();
        let curve = found.clone().any(|found| found.curve.is_some());
        let curve = curve.then_some(CURVE);
        let rules = found.clone().any(|found| found.rules);
        let provinces = (asked.case.provinces.len() > 1).then_some(BY_PROVINCE);
        let prices = match rules {
            true => vec![FOLLOWED, COSTS],
            false => vec![AT_THE_MARGIN],
        };
        let sheets = CONTENTS
            .into_iter()
            .chain(prices)
            .chain(curve)
            .chain(provinces)
            .chain(rotation)
            .chain(changed);
        let sheets: Vec<_> = sheets.collect();
        front.contents(&sheets)?;
    }
    let scenarios = match from.scenarios.is_empty() {
        true => asked.pick("基准", "base").to_string(),
        false => from.scenarios.join(" + "),
    };
    front.provenance(from, scenarios)
}

/// The first sheet of a plan.
struct Summary<'a>(Front<'a>);

impl Summary<'_> {
    fn charts(&mut self, plan: &Plan, found: &Found) -> Result<(), XlsxError> {
        let many = found.resources.gaps.len() as u32;
        let height = (120 + 34 * many).clamp(480, 1_200) / ROW * ROW;
        let left = Size {
            width: HALF - 10,
            height: height - 10,
        };
        let right = Size {
            width: HALF,
            height: height / 2 - 10,
        };
        let asked = self.0.asked;
        let beside = [
            charts::money(asked, plan, &found.money, right),
            charts::attained(asked, &found.attained, right),
        ];
        let gaps = charts::gaps(asked, &found.resources, left);
        // What has nothing to draw leaves no room behind.
        let x = if gaps.is_some() { HALF } else { 0 };
        let half = height / ROW / 2;
        let (mut row, mut beside_rows) = (self.0.row, 0);
        for chart in beside.iter().flatten() {
            self.0.chart(chart, row, x)?;
            (row, beside_rows) = (row + half, beside_rows + half);
        }
        let rows = match &gaps {
            Some(chart) => {
                self.0.chart(chart, self.0.row, 0)?;
                height / ROW
            }
            None => beside_rows,
        };
        self.0.row += rows + u32::from(rows > 0);
        let Some((curve, part)) = &found.curve else {
            return Ok(());
        };
        let whole = Size {
            width: 2 * HALF,
            height: 15 * ROW - 10,
        };
        if let Some(chart) = frontier::drawn(asked, curve, part, whole) {
            self.0.chart(&chart, self.0.row, 0)?;
            self.0.row += 16;
        }
        Ok(())
    }

    /// What is done, by measure.
    fn proposed(&mut self, plan: &Plan) -> Result<(), XlsxError> {
        let asked = self.0.asked;
        let case = asked.case;
        let all = proposals(asked, plan);
        if all.is_empty() {
            return Ok(());
        }
        self.0.section(asked.pick("措施", "What is proposed"))?;
        let columns = [
            Column::new(asked.pick("措施", "measure"), Holds::Words),
            Column::new(asked.pick("数量", "quantity"), Holds::Quantity),
            Column::new(asked.pick("单位", "unit"), Holds::Words),
            Column::new(asked.money_header("金额", "money"), Holds::Money),
            Column::new(asked.pick("学校数", "schools"), Holds::Quantity),
            Column::new(asked.pick("责任单位", "responsible body"), Holds::Words),
        ];
        header(self.0.sheet, self.0.look, self.0.row, &columns, &WIDTHS)?;
        self.0.row += 1;
        let rows: Vec<[Cell; 6]> = all
            .iter()
            .map(|one| {
                let measure = &case.measures[one.measure];
                [
                    Cell::text(&measure.name),
                    Cell::number(one.units),
                    Cell::text(&case.resources[measure.resource].unit),
                    Cell::money(case, one.amount),
                    Cell::number(one.schools as f64),
                    Cell::text(&measure.body),
                ]
            })
            .collect();
        let mut measures: Vec<Measure> =
            columns.iter().map(|one| Measure::new(one.holds)).collect();
        let mut spent = Tally::default();
        for row in &rows {
            row.iter()
                .zip(&mut measures)
                .for_each(|(cell, measure)| measure.see(cell));
            spent.see(&row[3]);
        }
        measures[3].see_number(&format!("{}", spent.value()));
        let first = self.0.row;
        for cells in &rows {
            for ((at, cell), measure) in cells.iter().enumerate().zip(&measures) {
                let at = (self.0.row, at as u16);
                match cell {
                    Cell::Text(words) => {
                        text::write(self.0.sheet, at, words, Some(&self.0.look.words))?
                    }
                    Cell::Number(number) => {
                        let format = look::number(&measure.format());
                        let value = number.parse().unwrap_or(f64::NAN);
                        self.0
                            .sheet
                            .write_number_with_format(at.0, at.1, value, &format)?;
                    }
                    Cell::Empty => {}
                }
            }
            self.0.row += 1;
        }
        for at in 0..columns.len() as u16 {
            self.0
                .sheet
                .write_blank(self.0.row, at, &self.0.look.total)?;
        }
        text::write(
            self.0.sheet,
            (self.0.row, 0),
            asked.pick("合计", "total"),
            Some(&self.0.look.total),
        )?;
        let said = format!("SUM(D{}:D{})", first + 1, self.0.row);
        let format = look::total_number(&measures[3].format());
        formula(self.0.sheet, (self.0.row, 3), &said, spent.value(), &format)?;
        self.0.row += 2;
        Ok(())
    }
}

/// The sheets there always are when there is a plan.
const CONTENTS: [(Name, (&str, &str)); 7] = [
    (
        PLAN,
        (
            "问题、措施、责任单位、完成时限，同 plan.csv；可改后用于 audit 和 --keep",
            "problem, measure, responsible body and deadline, as plan.csv; for audit and --keep too",
        ),
    ),
    (
        SCHOOLS,
        (
            "每所学校每项资源规划前后，同 gaps.csv",
            "every school and resource without and with the plan, as gaps.csv",
        ),
    ),
    (
        TOTALS,
        (
            "每所学校各项资源合计的缺口和投入",
            "the gap of each school over its resources, and the money it gets",
        ),
    ),
    (RESOURCES, ("各项资源的缺口", "the gap of each resource")),
    (
        ATTAINMENT,
        ("达标程度的分布", "how far the standard is attained"),
    ),
    (
        MONEY,
        (
            "各项资金逐年支出和结余",
            "what each fund spends year by year, and what is left",
        ),
    ),
    (
        FUND_YEARS,
        (
            "各项资金逐年安排与结转",
            "what each fund is given and carries over",
        ),
    ),
];

/// The sheet of prices that come with the plan.
const AT_THE_MARGIN: (Name, (&str, &str)) = (
    PRICES,
    (
        "起约束作用的限额值多少；有效范围和各项规定的代价：求解时加 --prices，或 junheng prices",
        "what the limits that bind are worth; how far that holds and what each rule costs: solve with --prices, or junheng prices",
    ),
);

/// The sheet of prices that were followed.
const FOLLOWED: (Name, (&str, &str)) = (
    PRICES,
    (
        "放宽、收紧各项限额一单位值多少，在多大范围内成立，同 junheng prices",
        "what one unit more or less of each limit is worth and how far that holds, as junheng prices has it",
    ),
);

/// The sheet beside it.
const COSTS: (Name, (&str, &str)) = (
    RULES,
    (
        "取消各项规定后最小缺口减少多少",
        "by how much the smallest gap falls without each rule",
    ),
);

/// The sheet there is when the curve was asked for.
const CURVE: (Name, (&str, &str)) = (
    FRONTIER,
    (
        "资金增减时的最小缺口，逐个转折点；再有钱先办什么",
        "the smallest gap as money grows, breakpoint by breakpoint, and what is funded next",
    ),
);

/// The sheet there is when there are several provinces.
const BY_PROVINCE: (Name, (&str, &str)) = (
    PROVINCES,
    (
        "各省的学校数、投入和缺口",
        "schools, money and gap of each province",
    ),
);

/// The sheet there is when teachers rotate.
const ROTATION: (Name, (&str, &str)) = (
    MOVES,
    (
        "教师从哪所学校到哪所学校，同 moves.csv",
        "who goes from which school to which, as moves.csv",
    ),
);

/// The sheet there is when the plan stays near an earlier one.
const CHANGED: (Name, (&str, &str)) = (
    CHANGES,
    (
        "与原方案相比变动的各处，同 changes.csv",
        "what has changed against the earlier plan, as changes.csv",
    ),
);
