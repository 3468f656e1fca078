//! `[schools.cohort]`: a forecast of pupils from the grades they are in.

use schemars::JsonSchema;
use serde::Deserialize;

use super::Terms;
use super::fund::yearly;
use crate::case::Cohort;
use crate::read::at::{At, OneOrMany};
use crate::read::source::Source;
use crate::words::Notices;
use crate::words::catalogue::{COUNT_OUT_OF_RANGE, OUT_OF_RANGE};

/// Largest plausible part of a grade that goes on, and factor on first-graders; more is an error of unit.
const MOST: f64 = 3.0;

/// 由各年级人数推算以后各年的学生数（学位预测）。A forecast of pupils from the grades they are in.
#[derive(Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(in crate::read) struct CohortRecord {
    /// 各年级在校生的表头，从一年级起。Headers of the pupils of each grade, from the first grade on.
    pub(in crate::read) grades: At<OneOrMany<String>>,
    /// 其中小学有几个年级，默认 6。How many of them are primary; 6 when absent.
    #[schemars(range(min = 1, max = 12))]
    primary: Option<At<usize>>,
    /// 各年级人数是哪一年的，默认规划第一年。The year of the count; the first plan year when absent.
    year: Option<At<i32>>,
    /// 每年升入下一年级的比例：一个数，或每个年级（末年级除外）一个数；默认 1。The part that goes on to the next grade each year: one number, or one for each grade but the last; 1 when absent.
    survival: Option<At<OneOrMany<f64>>>,
    /// 每个规划年一年级新生是现有一年级的几倍，默认 1。First-graders of each plan year as a factor on those counted; 1 when absent.
    intake: Option<At<OneOrMany<f64>>>,
}

impl CohortRecord {
    /// How grades move up; `None` when it cannot be understood.
    pub(in crate::read) fn build(
        &self,
        terms: &Terms,
        source: &Source,
        notices: &mut Notices,
    ) -> Option<Cohort> {
        let grades = self.grades.list().len();
        let primary = self.primary.as_ref().map_or(6, |stated| stated.value);
        if primary > grades {
            let notice = source.notice(COUNT_OUT_OF_RANGE, &self.grades.span);
            notices.push(
                notice
                    .with("grades")
                    .with(grades)
                    .with(format!("≥ {primary}")),
            );
            return None;
        }
        let ahead = self.ahead(terms, source, notices);
        let survival = self.survival(grades, source, notices);
        let intake = match &self.intake {
            Some(stated) => {
                let list = yearly("intake", stated, terms, source, notices)?;
                plausible("intake", &list, source, notices);
                list.into_iter().map(|one| one.value).collect()
            }
            None => vec![1.0; terms.years?],
        };
        Some(Cohort {
            primary,
            ahead: ahead?,
            survival: survival?,
            intake,
        })
    }

    /// Years from the count to the first plan year.
    fn ahead(&self, terms: &Terms, source: &Source, notices: &mut Notices) -> Option<usize> {
        let Some(stated) = &self.year else {
            return Some(0);
        };
        let first = i64::from(terms.first_year);
        let ahead = first - i64::from(stated.value);
        if !(0..=20).contains(&ahead) {
            let notice = source.notice(OUT_OF_RANGE, &stated.span);
            notices.push(
                notice
                    .with("year")
                    .with(format!("{} … {first}", first - 20)),
            );
            return None;
        }
        usize::try_from(ahead).ok()
    }

    fn survival(&self, grades: usize, source: &Source, notices: &mut Notices) -> Option<Vec<f64>> {
        let Some(stated) = &self.survival else {
            return Some(vec![1.0; grades]);
        };
        let list = stated.list();
        plausible("survival", &list, source, notices);
        let mut values: Vec<f64> = list.iter().map(|one| one.value).collect();
        match &stated.value {
            OneOrMany::One(value) => Some(vec![*value; grades]),
            OneOrMany::Many(_) if values.len() + 1 == grades => {
                // Who leaves the last grade leaves the case.
                values.push(0.0);
                Some(values)
            }
            OneOrMany::Many(_) => {
                let notice = source.notice(COUNT_OUT_OF_RANGE, &stated.span);
                notices.push(
                    notice
                        .with("survival")
                        .with(values.len())
                        .with(grades.saturating_sub(1)),
                );
                None
            }
        }
    }
}

fn plausible(key: &str, list: &[At<f64>], source: &Source, notices: &mut Notices) {
    let wrong = |one: &&At<f64>| !(one.value >= 0.0 && one.value <= MOST);
    for one in list.iter().filter(wrong) {
        let notice = source.notice(OUT_OF_RANGE, &one.span);
        notices.push(notice.with(key).with(format!("0 … {MOST}")));
    }
}
