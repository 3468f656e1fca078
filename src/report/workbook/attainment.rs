//! How far schools attain the standard, without and with the plan: how many needs of each degree there are.

use rust_xlsxwriter::XlsxError;

use super::ATTAINMENT;
use super::book::Book;
use super::sheet::{Layout, Part};
use crate::plan::table::Cell;
use crate::report::column::{Column, Holds};

/// Where the degrees begin, in per cent; the last is the standard itself.
const DEGREES: [u32; 7] = [0, 20, 40, 60, 80, 90, 100];

/// How many needs (a school and a resource) attain each of the [`DEGREES`].
#[derive(Clone, Default, Debug)]
pub struct Attained {
    before: [usize; DEGREES.len()],
    after: [usize; DEGREES.len()],
}

impl Attained {
    /// Counts a need by its cells without and with the plan, in per cent; a need of which one is not known is left out.
    fn see(&mut self, before: &Cell, after: &Cell) {
        if let (Some(before), Some(after)) = (degree(before), degree(after)) {
            self.before[before] += 1;
            self.after[after] += 1;
        }
    }

    /// Counts the needs of such rows, which say how far they attain the standard without and with the plan in the
    /// columns at `before` and `after`.
    pub fn of(rows: impl Iterator<Item = Vec<Cell>>, before: usize, after: usize) -> Attained {
        let mut attained = Attained::default();
        rows.for_each(|cells| attained.see(&cells[before], &cells[after]));
        attained
    }

    /// The shares of needs that are met, without and with the plan; `None` without needs.
    pub fn met(&self) -> Option<(f64, f64)> {
        let all: usize = self.before.iter().sum();
        let share = |degrees: &[usize]| degrees.last().map(|&met| met as f64 / all as f64);
        (all > 0).then_some(())?;
        share(&self.before).zip(share(&self.after))
    }
}

fn degree(cell: &Cell) -> Option<usize> {
    let Cell::Number(number) = cell else {
        return None;
    };
    let percent: f64 = number.parse().ok()?;
    DEGREES.iter().rposition(|&from| percent >= f64::from(from))
}

/// Where the counts stand, and what they say.
pub struct Sheet {
    /// The sheet with a row for each degree.
    pub part: Option<Part>,
    /// See [`Attained::met`].
    pub met: Option<(f64, f64)>,
}

/// Writes the counts.
///
/// # Errors
/// When the sheet cannot be put together.
pub fn write(book: &mut Book, attained: &Attained) -> Result<Sheet, XlsxError> {
    let asked = book.asked;
    let columns = [
        (Holds::Words, "达标程度", "attained"),
        (
            Holds::Quantity,
            "规划前（校·项）",
            "without plan (schools × resources)",
        ),
        (
            Holds::Quantity,
            "规划后（校·项）",
            "with plan (schools × resources)",
        ),
    ];
    let layout = Layout {
        name: asked.pick(ATTAINMENT.0, ATTAINMENT.1),
        columns: columns
            .map(|(holds, zh, en)| Column::new(asked.pick(zh, en), holds))
            .into(),
        frozen: 1,
        summed: vec![1, 2],
        bars: vec![(1, 2)],
        wide: false,
    };
    let name = |at: usize| match DEGREES.get(at + 1) {
        Some(to) => asked.pick(
            format!("{}%–{to}%", DEGREES[at]),
            format!("{}%–{to}%", DEGREES[at]),
        ),
        None => asked.pick("达标（100%）", "met (100%)").to_string(),
    };
    let row = |at: usize| {
        vec![
            Cell::text(name(at)),
            Cell::Number(attained.before[at].to_string()),
            Cell::Number(attained.after[at].to_string()),
        ]
    };
    let parts = book.table(&layout, || (0..DEGREES.len()).map(row))?;
    Ok(Sheet {
        part: parts.into_iter().next(),
        met: attained.met(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn degrees_begin_where_they_say() {
        let of = |number: &str| degree(&Cell::Number(number.into()));
        assert_eq!(of("0"), Some(0));
        assert_eq!(of("19.999999"), Some(0));
        assert_eq!(of("20"), Some(1));
        assert_eq!(of("99.999999"), Some(5));
        assert_eq!(of("100"), Some(6));
        assert_eq!(degree(&Cell::Empty), None);
    }

    #[test]
    fn shares_are_of_the_needs_that_are_known() {
        let number = |number: &str| Cell::Number(number.into());
        let mut attained = Attained::default();
        assert_eq!(attained.met(), None);
        attained.see(&number("50"), &number("100"));
        attained.see(&number("100"), &number("100"));
        attained.see(&Cell::Empty, &number("100"));
        assert_eq!(attained.met(), Some((0.5, 1.0)));
    }
}
