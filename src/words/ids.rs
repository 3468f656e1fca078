//! Typed positions in the tables of a case, so that a school is never taken for a fund.

use std::fmt;
use std::marker::PhantomData;
use std::ops::{Index, IndexMut};

/// A typed position in a [`Table`].
pub trait Ix: Copy + Eq {
    /// The typed position of row `at`.
    fn new(at: usize) -> Self;
    /// The plain position, counted from 0.
    fn at(self) -> usize;
}

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),* $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
        pub struct $name(u32);

        impl Ix for $name {
            fn new(at: usize) -> Self {
                $name(u32::try_from(at).expect("a table has fewer than 2^32 rows"))
            }
            fn at(self) -> usize {
                self.0 as usize
            }
        }

        impl $name {
            /// The typed position of row `at`.
            pub fn new(at: usize) -> Self {
                <Self as Ix>::new(at)
            }
            /// The plain position, counted from 0.
            pub fn at(self) -> usize {
                self.0 as usize
            }
        }
    )*};
}

ids! {
    /// A school (学校), in file order.
    SchoolIx,
    /// A province (省), in order of first appearance.
    ProvinceIx,
    /// A county (县区), in order of first appearance.
    CountyIx,
    /// A kind of area (城乡类型: town, township, village …), in order of first appearance.
    AreaIx,
    /// A resource (资源), in file order.
    ResourceIx,
    /// A measure (措施), in file order.
    MeasureIx,
    /// A fund (资金), in file order.
    FundIx,
    /// A policy (政策约束), in file order.
    PolicyIx,
    /// A year of the plan, 0 for the first. The terminal period is the position after the last year.
    YearIx,
}

impl YearIx {
    /// The year before; `None` before the first.
    pub fn before(self) -> Option<YearIx> {
        self.at().checked_sub(1).map(YearIx::new)
    }
}

/// A vector indexed by one kind of typed position.
#[derive(Clone, PartialEq)]
pub struct Table<I, T> {
    rows: Vec<T>,
    kind: PhantomData<I>,
}

impl<I, T> Default for Table<I, T> {
    fn default() -> Self {
        Table::from(Vec::new())
    }
}

impl<I, T> From<Vec<T>> for Table<I, T> {
    fn from(rows: Vec<T>) -> Self {
        Table {
            rows,
            kind: PhantomData,
        }
    }
}

impl<I, T: fmt::Debug> fmt::Debug for Table<I, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.rows.fmt(f)
    }
}

impl<I: Ix, T> Table<I, T> {
    /// A table with `value` in each of `len` rows.
    pub fn filled(len: usize, value: T) -> Self
    where
        T: Clone,
    {
        Table::from(vec![value; len])
    }

    /// Adds a row at the end and says where it stands.
    pub fn push(&mut self, row: T) -> I {
        self.rows.push(row);
        I::new(self.rows.len() - 1)
    }

    /// How many rows there are.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether there is no row.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The typed positions, in order.
    pub fn ids(&self) -> impl DoubleEndedIterator<Item = I> + ExactSizeIterator + use<I, T> {
        (0..self.rows.len()).map(I::new)
    }

    /// The rows, in order.
    pub fn iter(&self) -> std::slice::Iter<'_, T> {
        self.rows.iter()
    }

    /// The rows, in order, to be changed.
    pub fn iter_mut(&mut self) -> std::slice::IterMut<'_, T> {
        self.rows.iter_mut()
    }

    /// Positions and rows, in order.
    pub fn pairs(&self) -> impl DoubleEndedIterator<Item = (I, &T)> {
        self.rows
            .iter()
            .enumerate()
            .map(|(at, row)| (I::new(at), row))
    }

    /// The position of the first row for which `wanted` holds.
    pub fn find(&self, wanted: impl Fn(&T) -> bool) -> Option<I> {
        self.rows.iter().position(wanted).map(I::new)
    }
}

impl<I: Ix, T> Index<I> for Table<I, T> {
    type Output = T;
    fn index(&self, ix: I) -> &T {
        &self.rows[ix.at()]
    }
}

impl<I: Ix, T> IndexMut<I> for Table<I, T> {
    fn index_mut(&mut self, ix: I) -> &mut T {
        &mut self.rows[ix.at()]
    }
}

impl<'a, I, T> IntoIterator for &'a Table<I, T> {
    type Item = &'a T;
    type IntoIter = std::slice::Iter<'a, T>;
    fn into_iter(self) -> Self::IntoIter {
        self.rows.iter()
    }
}
