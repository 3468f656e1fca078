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
/// `sans` says that digits may be wider than half a character: the memo's font has narrow ones, what stands in for it on
/// other machines does not.
pub fn widths(grid: &Grid, available: u32, half_points: u32, sans: bool) -> (Vec<u32>, u32) {
    let wishes: Vec<usize> = (0..grid.columns.len())
        .map(|at| wish(grid, at, sans))
        .collect();
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
fn wish(grid: &Grid, at: usize, sans: bool) -> usize {
    let (name, side) = &grid.columns[at];
    let cells = grid.rows.iter().map(|row| row[at].width());
    let longest = cells.max().unwrap_or(0);
    let longest = match side {
        Side::Right if sans => longest + longest / 4,
        _ => longest,
    };
    let wish = match side {
        Side::Right => longest.max(name.width().min(UNBROKEN)).max(word(name)),
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
    let least: Vec<u32> = (0..widths.len()).map(|at| whole(grid, at) * each).collect();
    unbroken(&mut widths, &least);
    let sum: u32 = widths.iter().sum();
    if let Some(last) = widths.last_mut() {
        *last = (*last + available).saturating_sub(sum).max(each);
    }
    widths
}

/// The longest word of a text that does not break within words, in half characters; bold letters are wider than half a
/// character.
fn word(text: &str) -> usize {
    let words = text.split(|c: char| !c.is_ascii_graphic()).map(str::len);
    let longest = words.filter(|long| *long <= WISH / 4).max().unwrap_or(0);
    longest + longest / 5
}

/// The longest word of a column of words, which should stand in one line, in half characters; Chinese breaks anywhere.
fn whole(grid: &Grid, at: usize) -> u32 {
    let (name, side) = &grid.columns[at];
    if *side == Side::Right {
        return 0;
    }
    let cells = grid.rows.iter().map(|row| row[at].as_str());
    // Names of files and hashes may break.
    let longest = cells.chain([name.as_str()]).map(word).max();
    (longest.unwrap_or(0).max(LEAST) + PADDING) as u32
}

/// Gives columns that are too narrow for their longest word what they lack, from those that have most to spare.
fn unbroken(widths: &mut [u32], least: &[u32]) {
    for at in 0..widths.len() {
        while widths[at] < least[at] {
            let spare = |other: usize| widths[other].saturating_sub(least[other]);
            let others = (0..widths.len()).filter(|other| *other != at && least[*other] > 0);
            let Some(richest) = others.max_by_key(|other| spare(*other)) else {
                return;
            };
            let part = (least[at] - widths[at]).min(spare(richest).div_ceil(2));
            if part == 0 {
                return;
            }
            widths[richest] -= part;
            widths[at] += part;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_fill_the_line_and_numbers_stay_whole() {
        let mut grid = Grid::new().words("学校").words("问题").numbers("金额");
        let problem = "缺学生用计算机十八台；缺教学仪器设备值五十四万元；".repeat(4);
        grid.row(["望京小学".to_string(), problem, "1,234,567.89".to_string()]);
        let (widths, size) = widths(&grid, 8000, 24, false);
        assert_eq!(widths.iter().sum::<u32>(), 8000);
        assert!(widths[2] >= 12 * half_character(size), "{widths:?}");
        assert!(widths[1] > widths[0]);
    }

    #[test]
    fn a_word_stands_in_one_line() {
        let mut grid = Grid::new()
            .words("school")
            .words("problem")
            .words("deadline");
        let problem = "not enough computers; ".repeat(8);
        grid.row(["Central".to_string(), problem, "end of 2026".to_string()]);
        let (widths, size) = widths(&grid, 5000, 19, true);
        assert_eq!(widths.iter().sum::<u32>(), 5000);
        assert!(widths[2] >= 8 * half_character(size), "{widths:?}");
    }
}
