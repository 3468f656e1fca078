//! How wide the columns of a table are.

use unicode_width::UnicodeWidthStr;

use crate::report::page::{Grid, Side};

/// A column of words asks for no more than this many half characters before others have what they need.
const WISH: usize = 64;
/// The least a column gets, in half characters.
const LEAST: usize = 4;
/// Blank space in a cell, in half characters.
const PADDING: usize = 3;
/// Headers of numbers have at least this much room: a year in one line, a name with its unit in two.
const UNBROKEN: usize = 8;

/// The widths of a grid's columns in twentieths of a point, and half the size of the type (half points) at which they
/// hold what they must: numbers unbroken, words in lines.
pub fn widths(grid: &Grid, available: u32, half_points: u32) -> (Vec<u32>, u32) {
    let wishes: Vec<usize> = (0..grid.columns.len()).map(|at| wish(grid, at)).collect();
    let mut size = half_points;
    // Type shrinks in steps of a point until what cannot be broken fits, down to 7.5 points.
    while size > 15 && needed(grid, &wishes) * half_character(size) > available {
        size -= 2;
    }
    (shared(grid, &wishes, available, half_character(size)), size)
}

/// Half a character of Chinese, or about a Latin letter, in twentieths of a point.
fn half_character(half_points: u32) -> u32 {
    half_points * 5
}

/// What a column would like: its longest cell, words up to a bound.
fn wish(grid: &Grid, at: usize) -> usize {
    let (name, side) = &grid.columns[at];
    let cells = grid.rows.iter().map(|row| row[at].width());
    let longest = cells.max().unwrap_or(0);
    let wish = match side {
        Side::Right => longest.max(name.width().min(UNBROKEN)),
        Side::Left => longest.max(name.width()).min(WISH),
    };
    wish.max(LEAST) + PADDING
}

/// What must be there: numbers whole, and room for a few characters of words.
fn needed(grid: &Grid, wishes: &[usize]) -> u32 {
    let of = |((_, side), wish): (&(String, Side), &usize)| match side {
        Side::Right => *wish,
        Side::Left => (*wish).min(WISH / 4 + PADDING),
    };
    grid.columns.iter().zip(wishes).map(of).sum::<usize>() as u32
}

fn shared(grid: &Grid, wishes: &[usize], available: u32, each: u32) -> Vec<u32> {
    let all: u32 = wishes.iter().sum::<usize>() as u32;
    let mut widths: Vec<u32> = if all * each <= available {
        wishes
            .iter()
            .map(|wish| *wish as u32 * available / all.max(1))
            .collect()
    } else {
        // Numbers get what they ask for, words share what is left in proportion.
        let is_number = |at: usize| grid.columns[at].1 == Side::Right;
        let of = |numbers: bool| -> u32 {
            let wishes = wishes.iter().enumerate();
            wishes
                .filter(|(at, _)| is_number(*at) == numbers)
                .map(|(_, wish)| *wish as u32)
                .sum()
        };
        let (numbers, words) = (of(true) * each, of(false));
        let left = available.saturating_sub(numbers);
        let share = |(at, wish): (usize, &usize)| match is_number(at) || words == 0 {
            true => (*wish as u32 * each).min(available),
            false => *wish as u32 * left / words,
        };
        wishes.iter().enumerate().map(share).collect()
    };
    let sum: u32 = widths.iter().sum();
    if let Some(last) = widths.last_mut() {
        *last = (*last + available).saturating_sub(sum).max(each);
    }
    widths
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_fill_the_line_and_numbers_stay_whole() {
        let mut grid = Grid::new().words("学校").words("问题").numbers("金额");
        let problem = "缺学生用计算机十八台；缺教学仪器设备值五十四万元；".repeat(4);
        grid.row(["望京小学".to_string(), problem, "1,234,567.89".to_string()]);
        let (widths, size) = widths(&grid, 8000, 24);
        assert_eq!(widths.iter().sum::<u32>(), 8000);
        assert!(widths[2] >= 12 * half_character(size), "{widths:?}");
        assert!(widths[1] > widths[0]);
    }
}
