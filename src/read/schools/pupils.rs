//! Pupils and classes of a school by section.

use super::cells::{Cells, Said};
use super::columns::Counted;
use crate::case::{BySection, Section, Stage};
use crate::read::table::Record;
use crate::words::catalogue::{
    CLASSES_UNSPLIT, MISSING_CELLS, PUPILS_DISAGREE, PUPILS_MISSING, PUPILS_NONE, PUPILS_UNSPLIT,
};

/// What the three cells of a count say.
struct Stated {
    total: Said,
    primary: Said,
    junior: Said,
}

impl Stated {
    fn of(cells: &mut Cells, counted: Counted, record: &Record) -> Stated {
        let mut read = |column: Option<usize>| {
            column.map_or(Said::Missing, |column| cells.number(record, column))
        };
        Stated {
            total: read(counted.total),
            primary: read(counted.primary),
            junior: read(counted.junior),
        }
    }

    fn any_wrong(&self) -> bool {
        [self.total, self.primary, self.junior].contains(&Said::Wrong)
    }

    /// The count by section, as far as the cells say.
    fn split(&self, stage: Stage) -> Option<BySection<f64>> {
        let (total, primary, junior) = (
            self.total.number(),
            self.primary.number(),
            self.junior.number(),
        );
        match stage {
            Stage::Primary => total.or(primary).map(|primary| BySection {
                primary,
                junior: 0.0,
            }),
            Stage::Junior => total.or(junior).map(|junior| BySection {
                primary: 0.0,
                junior,
            }),
            Stage::NineYear => {
                let primary = primary.or_else(|| rest(total?, junior?))?;
                let junior = junior.or_else(|| rest(total?, primary))?;
                Some(BySection { primary, junior })
            }
        }
    }

    /// Whether the parts contradict the total or the stage.
    fn disagrees(&self, stage: Stage) -> bool {
        let number = |said: Said| said.number();
        let other = match stage {
            Stage::Primary => number(self.junior),
            Stage::Junior => number(self.primary),
            Stage::NineYear => None,
        };
        let parts: Vec<f64> = stage
            .sections()
            .iter()
            .filter_map(|section| {
                number(if *section == Section::Primary {
                    self.primary
                } else {
                    self.junior
                })
            })
            .collect();
        let whole = parts.len() == stage.sections().len();
        let sum: f64 = parts.iter().sum();
        let differs =
            number(self.total).is_some_and(|total| if whole { total != sum } else { sum > total });
        differs || other.is_some_and(|pupils| pupils > 0.0)
    }
}

fn rest(total: f64, part: f64) -> Option<f64> {
    (total >= part).then_some(total - part)
}

/// Pupils by section; `None` leaves the school out, which is reported.
pub(super) fn pupils(
    cells: &mut Cells,
    counted: Counted,
    stage: Stage,
    record: &Record,
) -> Option<BySection<f64>> {
    let stated = Stated::of(cells, counted, record);
    let column = counted.total.or(counted.primary).or(counted.junior)?;
    let header: &str = &cells.sheet.header[column];
    if stated.disagrees(stage) {
        cells
            .tally
            .gather(PUPILS_DISAGREE, record, Some(column), header);
    }
    let found = stated.split(stage);
    match found {
        None if stated.any_wrong() => None,
        None => {
            let known_in_all = stage == Stage::NineYear && stated.total != Said::Missing;
            let code = if known_in_all {
                PUPILS_UNSPLIT
            } else {
                PUPILS_MISSING
            };
            cells.tally.gather(code, record, Some(column), header);
            None
        }
        Some(pupils) if pupils.primary + pupils.junior == 0.0 => {
            cells
                .tally
                .gather(PUPILS_NONE, record, Some(column), header);
            None
        }
        found => found,
    }
}

/// Classes by section, where the sheet has them.
pub(super) fn classes(
    cells: &mut Cells,
    counted: Counted,
    stage: Stage,
    record: &Record,
) -> Option<BySection<f64>> {
    let column = counted.total.or(counted.primary).or(counted.junior)?;
    let stated = Stated::of(cells, counted, record);
    let found = stated.split(stage);
    if found.is_none() && !stated.any_wrong() {
        let unsplit = stage == Stage::NineYear && stated.total != Said::Missing;
        let header = cells.header(column);
        cells.tally.gather(
            if unsplit {
                CLASSES_UNSPLIT
            } else {
                MISSING_CELLS
            },
            record,
            Some(column),
            &header,
        );
    }
    found
}

/// Places or a part of the pupils by section, where the sheet has them. In a nine-year school of which only the total is known
/// they are unknown.
pub(super) fn part(
    cells: &mut Cells,
    counted: Counted,
    stage: Stage,
    record: &Record,
) -> Option<BySection<f64>> {
    let column = counted.total.or(counted.primary).or(counted.junior)?;
    let stated = Stated::of(cells, counted, record);
    let found = stated.split(stage);
    if found.is_none() && !stated.any_wrong() {
        let header = cells.header(column);
        cells
            .tally
            .gather(MISSING_CELLS, record, Some(column), &header);
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stated(total: Option<f64>, primary: Option<f64>, junior: Option<f64>) -> Stated {
        let said = |number: Option<f64>| number.map_or(Said::Missing, Said::Number);
        Stated {
            total: said(total),
            primary: said(primary),
            junior: said(junior),
        }
    }

    #[test]
    fn a_nine_year_school_needs_its_split() {
        let split = |t, p, j| {
            stated(t, p, j)
                .split(Stage::NineYear)
                .map(|by| (by.primary, by.junior))
        };
        assert_eq!(split(Some(100.0), None, None), None);
        assert_eq!(split(Some(100.0), Some(60.0), None), Some((60.0, 40.0)));
        assert_eq!(split(Some(100.0), None, Some(30.0)), Some((70.0, 30.0)));
        assert_eq!(split(Some(100.0), Some(130.0), None), None);
        assert_eq!(split(None, Some(60.0), Some(40.0)), Some((60.0, 40.0)));
    }

    #[test]
    fn parts_that_contradict_the_total_are_seen() {
        assert!(stated(Some(100.0), Some(60.0), Some(30.0)).disagrees(Stage::NineYear));
        assert!(stated(Some(100.0), None, Some(5.0)).disagrees(Stage::Primary));
        assert!(!stated(Some(100.0), Some(100.0), Some(0.0)).disagrees(Stage::Primary));
        assert!(!stated(None, Some(1.0), Some(2.0)).disagrees(Stage::NineYear));
    }
}
