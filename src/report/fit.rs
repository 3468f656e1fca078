//! How much room texts take in the cells of a spreadsheet.

use unicode_width::UnicodeWidthStr;

/// The width of a column whose longest text is this, in characters of the default font.
pub fn width(texts: &[&str]) -> f64 {
    let longest = texts.iter().map(|text| text.width()).max().unwrap_or(0);
    // Chinese characters take a little more than two digits.
    (longest as f64 * 1.1 + 3.0).clamp(9.0, 34.0)
}

/// Lines that a text takes in a column of so many characters.
pub fn lines(text: &str, width: f64) -> usize {
    // A Chinese character takes somewhat more than two letters.
    let of_line = |line: &str| {
        let taken: f64 = line
            .chars()
            .map(|c| if c.is_ascii() { 0.92 } else { 2.1 })
            .sum();
        (taken / width).ceil().max(1.0) as usize
    };
    text.lines().map(of_line).sum::<usize>().max(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn longer_texts_take_more_room_within_bounds() {
        assert!(width(&["学校代码"]) > width(&["id"]));
        assert_eq!(width(&["", &"长".repeat(100)]), 34.0);
        assert_eq!(lines("", 10.0), 1);
        assert_eq!(lines("一二三四五六", 10.0), 2);
        assert_eq!(lines("one\ntwo", 10.0), 2);
    }
}
