//! The cells of a record in one text: a nation's table has millions of cells, most of them a few digits.

use std::ops::Index;

/// The cells of a record, trimmed.
#[derive(Clone, PartialEq, Eq, Default)]
pub struct Cells {
    text: Box<str>,
    /// Where each cell ends in the text.
    ends: Box<[u32]>,
}

impl Cells {
    /// How many cells there are.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// Whether none of them holds anything.
    pub fn are_blank(&self) -> bool {
        self.text.is_empty()
    }

    /// The cells, in order of the columns.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        (0..self.len()).map(|at| &self[at])
    }

    /// The cells that hold something, with their columns.
    pub fn filled(&self) -> impl Iterator<Item = (usize, &str)> {
        self.iter().enumerate().filter(|(_, cell)| !cell.is_empty())
    }

    /// All text of the cells.
    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// As many cells: more at the end are empty, those too many are dropped.
    pub(super) fn fitted(self, len: usize) -> Cells {
        if self.len() == len {
            return self;
        }
        (0..len).map(|at| &self[at]).collect()
    }
}

/// The cell of a column; empty beyond the last.
impl Index<usize> for Cells {
    type Output = str;

    fn index(&self, at: usize) -> &str {
        let Some(&end) = self.ends.get(at) else {
            return "";
        };
        let start = at.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.text[start as usize..end as usize]
    }
}

impl<S: AsRef<str>> FromIterator<S> for Cells {
    fn from_iter<T: IntoIterator<Item = S>>(cells: T) -> Cells {
        Cells::of(0, cells)
    }
}

impl Cells {
    /// Cells whose texts take about so many bytes together.
    pub(super) fn of<S: AsRef<str>>(size: usize, cells: impl IntoIterator<Item = S>) -> Cells {
        let cells = cells.into_iter();
        let mut text = String::with_capacity(size);
        let mut ends = Vec::with_capacity(cells.size_hint().0);
        for cell in cells {
            text.push_str(cell.as_ref().trim());
            // A table is at most 256 MiB of text.
            ends.push(u32::try_from(text.len()).unwrap_or(u32::MAX));
        }
        Cells {
            text: text.into(),
            ends: ends.into(),
        }
    }
}

impl std::fmt::Debug for Cells {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_list().entries(self.iter()).finish()
    }
}

impl<const N: usize> PartialEq<[&str; N]> for Cells {
    fn eq(&self, other: &[&str; N]) -> bool {
        self.iter().eq(other.iter().copied())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_trimmed_and_empty_beyond_the_last() {
        let cells: Cells = [" a ", "", "学校\u{3000}"].into_iter().collect();
        assert_eq!(cells, ["a", "", "学校"]);
        assert_eq!((&cells[2], &cells[3], &cells[99]), ("学校", "", ""));
        assert_eq!(cells.filled().map(|(at, _)| at).collect::<Vec<_>>(), [0, 2]);
        assert_eq!(cells.clone().fitted(4), ["a", "", "学校", ""]);
        assert_eq!(cells.fitted(1), ["a"]);
    }
}
