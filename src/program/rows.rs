//! The rows of a program. They are most of what it takes, so programs that differ in costs and bounds alone share them.

use std::ops::{Deref, DerefMut};
use std::sync::Arc;

use super::Row;

/// Rows that are shared until they are changed.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Rows(Arc<Vec<Row>>);

impl Deref for Rows {
    type Target = Vec<Row>;
    fn deref(&self) -> &Vec<Row> {
        &self.0
    }
}

/// Who changes shared rows has rows of his own from then on.
impl DerefMut for Rows {
    fn deref_mut(&mut self) -> &mut Vec<Row> {
        Arc::make_mut(&mut self.0)
    }
}

impl From<Vec<Row>> for Rows {
    fn from(rows: Vec<Row>) -> Rows {
        Rows(Arc::new(rows))
    }
}

impl FromIterator<Row> for Rows {
    fn from_iter<I: IntoIterator<Item = Row>>(rows: I) -> Rows {
        Vec::from_iter(rows).into()
    }
}

impl<'a> IntoIterator for &'a Rows {
    type Item = &'a Row;
    type IntoIter = std::slice::Iter<'a, Row>;
    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl<'a> IntoIterator for &'a mut Rows {
    type Item = &'a mut Row;
    type IntoIter = std::slice::IterMut<'a, Row>;
    fn into_iter(self) -> Self::IntoIter {
        self.iter_mut()
    }
}

#[cfg(test)]
mod tests {
    use crate::program::{Program, Sense};

    #[test]
    fn rows_are_shared_until_they_are_changed() {
        let mut program = Program::default();
        let col = program.add_col(0.0, 1.0, 1.0);
        program.add_row(Sense::AtLeast, 1.0, vec![(col, 1.0)]);
        let mut other = program.with_costs(&[2.0]);
        assert!(std::ptr::eq(&program.rows[0], &other.rows[0]));
        other.rows[0].rhs = 0.5;
        assert_eq!((program.rows[0].rhs, other.rows[0].rhs), (1.0, 0.5));
    }
}
