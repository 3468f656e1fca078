//! Forecasting pupils from the grades they are in today (按年级推算, cohort survival): every year a grade moves up, a part of
//! it stays, first-graders come in, and who leaves the last primary grade of a county enters its junior schools.

use std::collections::BTreeMap;

use super::school::BySection;
use crate::words::CountyIx;

/// How grades move up.
#[derive(Clone, PartialEq, Debug)]
pub struct Cohort {
    /// How many of the grades are primary; the others are junior.
    pub primary: usize,
    /// Years from the count of the grades to the first plan year.
    pub ahead: usize,
    /// The part of each grade but the last that is in the next one a year later; above 1 where pupils come in.
    pub survival: Vec<f64>,
    /// First-graders of each plan year as a factor on those counted.
    pub intake: Vec<f64>,
}

/// A school and the pupils counted in each of its grades; 0 in grades it does not have.
#[derive(Clone, PartialEq, Debug)]
pub struct Graded {
    /// The county whose primary leavers its junior section takes in.
    pub county: CountyIx,
    /// Pupils by grade.
    pub grades: Vec<f64>,
}

impl Cohort {
    /// The pupils of each plan year at each school. The junior schools of a county share its primary leavers as they share
    /// its pupils of the first junior grade today; a county without any loses its leavers, and where nobody leaves, since the
    /// primary schools are not among these, as many enter as today.
    pub fn forecast(&self, schools: &[Graded]) -> Vec<Vec<BySection<f64>>> {
        let counted: Vec<&[f64]> = schools.iter().map(|one| one.grades.as_slice()).collect();
        let mut now: Vec<Vec<f64>> = counted.iter().map(|grades| grades.to_vec()).collect();
        let mut expected = vec![Vec::new(); schools.len()];
        for _ in 0..self.ahead {
            now = self.next(schools, &now, 1.0);
        }
        for (year, &intake) in self.intake.iter().enumerate() {
            // In the first plan year the grades stand as counted, unless years lie between.
            if year > 0 {
                now = self.next(schools, &now, intake);
            } else {
                self.begin(schools, &mut now, intake);
            }
            for (expected, grades) in expected.iter_mut().zip(&now) {
                let (primary, junior) = grades.split_at(self.primary.min(grades.len()));
                expected.push(BySection {
                    primary: primary.iter().sum(),
                    junior: junior.iter().sum(),
                });
            }
        }
        expected
    }

    /// The first-graders of the first plan year.
    fn begin(&self, schools: &[Graded], now: &mut [Vec<f64>], intake: f64) {
        for (grades, school) in now.iter_mut().zip(schools) {
            if let (Some(first), Some(counted)) = (grades.first_mut(), school.grades.first()) {
                *first = counted * intake;
            }
        }
    }

    /// The grades a year later.
    fn next(&self, schools: &[Graded], now: &[Vec<f64>], intake: f64) -> Vec<Vec<f64>> {
        // By county: who leaves the last primary grade, and who was counted in the first junior one.
        let mut gates: BTreeMap<CountyIx, (f64, f64)> = BTreeMap::new();
        for (school, grades) in schools.iter().zip(now) {
            let gate = gates.entry(school.county).or_default();
            gate.0 += self.goes_on(grades, self.primary - 1);
            gate.1 += self.first_juniors(school);
        }
        let of_school = |(school, grades): (&Graded, &Vec<f64>)| {
            let of_grade = |grade: usize| match grade {
                0 => school.grades[0] * intake,
                grade if grade == self.primary => {
                    let own = self.first_juniors(school);
                    match gates.get(&school.county) {
                        // Whose primary schools are not planned for: as many come as today.
                        Some((leavers, _)) if *leavers == 0.0 => own,
                        Some((leavers, all)) if own > 0.0 => leavers * own / all,
                        _ => 0.0,
                    }
                }
                grade => self.goes_on(grades, grade - 1),
            };
            (0..school.grades.len()).map(of_grade).collect()
        };
        schools.iter().zip(now).map(of_school).collect()
    }

    /// Who of a grade is in the next one a year later.
    fn goes_on(&self, grades: &[f64], grade: usize) -> f64 {
        let part = self.survival.get(grade).copied().unwrap_or(0.0);
        grades.get(grade).copied().unwrap_or(0.0) * part
    }

    /// Pupils counted in the first junior grade.
    fn first_juniors(&self, school: &Graded) -> f64 {
        school.grades.get(self.primary).copied().unwrap_or(0.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn school(county: usize, grades: &[f64]) -> Graded {
        Graded {
            county: CountyIx::new(county),
            grades: grades.to_vec(),
        }
    }

    /// Two primary grades and one junior, two counties.
    fn schools() -> Vec<Graded> {
        vec![
            school(0, &[100.0, 80.0, 0.0]),
            school(0, &[0.0, 0.0, 90.0]),
            school(0, &[20.0, 40.0, 30.0]),
            school(1, &[10.0, 10.0, 0.0]),
        ]
    }

    #[test]
    fn grades_move_up_and_leavers_are_shared_within_the_county() {
        let cohort = Cohort {
            primary: 2,
            ahead: 0,
            survival: vec![0.9, 0.5],
            intake: vec![1.0, 0.5],
        };
        let found = cohort.forecast(&schools());
        let of = |at: usize, year: usize| (found[at][year].primary, found[at][year].junior);
        assert_eq!(of(0, 0), (180.0, 0.0));
        // Half as many first-graders, and nine tenths of the first grade.
        assert_eq!(of(0, 1), (50.0 + 90.0, 0.0));
        // Half of 80 + 40 leave for the junior schools, three quarters of them to the larger one.
        assert_eq!(of(1, 1), (0.0, 45.0));
        assert_eq!(of(2, 1), (10.0 + 18.0, 15.0));
        // A county without a junior school loses them.
        assert_eq!(of(3, 1), (5.0 + 9.0, 0.0));
    }

    #[test]
    fn a_count_of_a_year_before_is_moved_up_first() {
        let cohort = Cohort {
            primary: 2,
            ahead: 1,
            survival: vec![1.0, 1.0],
            intake: vec![1.0],
        };
        let found = cohort.forecast(&schools());
        assert_eq!(found[0][0].primary, 200.0);
        assert_eq!(found[1][0].junior, 90.0);
    }

    #[test]
    fn junior_schools_without_primary_schools_beside_them_stay_as_they_are() {
        let cohort = Cohort {
            primary: 2,
            ahead: 0,
            survival: vec![1.0, 1.0],
            intake: vec![1.0, 1.0],
        };
        let found = cohort.forecast(&[school(0, &[0.0, 0.0, 90.0])]);
        assert_eq!(found[0][1].junior, 90.0);
    }

    #[test]
    fn nobody_is_lost_or_made_where_all_go_on_and_as_many_come_in() {
        let cohort = Cohort {
            primary: 2,
            ahead: 2,
            survival: vec![1.0, 1.0],
            intake: vec![1.0; 4],
        };
        let steady = vec![school(0, &[50.0, 50.0, 0.0]), school(0, &[0.0, 0.0, 50.0])];
        for years in cohort.forecast(&steady) {
            let all: Vec<f64> = years.iter().map(|one| one.primary + one.junior).collect();
            assert!(all.windows(2).all(|pair| pair[0] == pair[1]), "{all:?}");
        }
    }
}
