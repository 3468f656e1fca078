//! What is short of each resource, and its gap index, without and with the plan.

use rust_xlsxwriter::XlsxError;

use super::RESOURCES;
use super::book::Book;
use super::sheet::{Layout, Part};
use crate::plan::Plan;
use crate::plan::reasons::unmet;
use crate::plan::table::Cell;
use crate::report::column::{Column, Holds};
use crate::report::needs::{gaps, shortages};
use crate::words::YearIx;

/// The columns of the gap index.
pub const BEFORE: usize = 6;
/// See [`BEFORE`].
pub const AFTER: usize = 7;

/// Where the resources stand and what their gap index comes to.
pub struct Sheet {
    /// The sheet.
    pub part: Option<Part>,
    /// Names with the gap index without and with the plan, in the order of the sheet.
    pub gaps: Vec<(String, f64, f64)>,
}

/// Writes the table.
///
/// # Errors
/// When the sheet cannot be put together.
pub fn write(book: &mut Book, plan: &Plan) -> Result<Sheet, XlsxError> {
    let asked = book.asked;
    let case = asked.case;
    let [first, last] = [YearIx::new(0), case.horizon.last()].map(|year| asked.year(year));
    let unit = asked.gap_unit();
    let columns = vec![
        Column::new(asked.pick("资源", "resource"), Holds::Words),
        Column::new(asked.pick("单位", "unit"), Holds::Words),
        Column::new(
            asked.pick(format!("{first}缺"), format!("short {first}")),
            Holds::Quantity,
        ),
        Column::new(
            asked.pick(
                format!("{last}不规划时缺"),
                format!("short {last} without plan"),
            ),
            Holds::Quantity,
        ),
        Column::new(
            asked.pick(
                format!("{last}规划后仍缺"),
                format!("short {last} with plan"),
            ),
            Holds::Quantity,
        ),
        Column::new(
            asked.pick("仍缺学校数", "schools still short"),
            Holds::Quantity,
        ),
        Column::new(
            asked.pick(
                format!("缺口指数·规划前（{unit}）"),
                format!("gap index without plan ({unit})"),
            ),
            Holds::Gap,
        ),
        Column::new(
            asked.pick(
                format!("缺口指数·规划后（{unit}）"),
                format!("gap index with plan ({unit})"),
            ),
            Holds::Gap,
        ),
        Column::new(asked.pick("缺口增减", "change of the gap"), Holds::Share),
    ];
    let layout = Layout {
        name: asked.pick(RESOURCES.0, RESOURCES.1),
        columns,
        frozen: 1,
        // Quantities of different resources have no sum.
        summed: vec![BEFORE, AFTER],
        bars: vec![(BEFORE, AFTER)],
        wide: false,
    };
    let left = unmet(case, &plan.outcome);
    let mut named = Vec::new();
    let mut rows = Vec::new();
    for one in shortages(&asked, plan, &left) {
        let resource = &case.resources[one.resource];
        let (before, after) = gaps(&asked, plan, one.resource);
        let quantities = [one.today, one.without, one.with, one.schools as f64];
        let mut cells = vec![Cell::text(&resource.name), Cell::text(&resource.unit)];
        cells.extend(quantities.map(Cell::number));
        cells.extend([before, after].map(Cell::number));
        cells.push(match before > 0.0 {
            true => Cell::number((after - before) / before),
            false => Cell::Empty,
        });
        rows.push(cells);
        named.push((resource.name.clone(), before, after));
    }
    let parts = book.table(&layout, || rows.iter().cloned())?;
    Ok(Sheet {
        part: parts.into_iter().next(),
        gaps: named,
    })
}
