//! How a document looks: paper, type and numbering.

/// A document's paper, type and numbering. Lengths in twentieths of a point, type in half points, as Word has them.
#[derive(Clone, Debug)]
pub struct Layout {
    /// The language its own words are in.
    pub(super) chinese: bool,
    pub(super) margins: Margins,
    pub(super) title: Face,
    pub(super) heading: Face,
    pub(super) subheading: Face,
    pub(super) body: Face,
    pub(super) table: Face,
    /// Height of a line of the text: exactly this; where there is none, as the type needs.
    pub(super) line: Option<u32>,
    /// Whether paragraphs begin two characters in.
    pub(super) indented: bool,
    /// What is taken off the distance of characters, so that the stated number of them fits a line.
    pub(super) tighter: u32,
}

/// A4, upright.
pub(super) const PAPER: (u32, u32) = (11906, 16838);

#[derive(Clone, Copy, Debug)]
pub(super) struct Margins {
    pub top: u32,
    pub bottom: u32,
    pub left: u32,
    pub right: u32,
    pub footer: u32,
}

/// Type: a font for Chinese, one for Latin letters and digits, a size.
#[derive(Clone, Copy, Debug)]
pub(super) struct Face {
    pub chinese: &'static str,
    pub latin: &'static str,
    pub half_points: u32,
    pub bold: bool,
}

const fn face(chinese: &'static str, latin: &'static str, half_points: u32, bold: bool) -> Face {
    Face {
        chinese,
        latin,
        half_points,
        bold,
    }
}

/// Twentieths of a point in so many millimetres.
const fn mm(millimetres: u32) -> u32 {
    millimetres * 14400 / 254
}

impl Layout {
    /// The layout of Chinese official documents (GB/T 9704-2012): a text of 156 × 225 mm with 22 lines of 28
    /// characters, 3号 仿宋 with 2号 小标宋 for the title, 黑体 and 楷体 for the first and second level of headings, page
    /// numbers 4号 宋体 between dashes on the outer side. The fonts are named, not shipped.
    pub fn official() -> Layout {
        Layout {
            chinese: true,
            // 天头 37 mm, 订口 28 mm; what the text leaves is below and on the right.
            margins: Margins {
                top: mm(37),
                bottom: mm(35),
                left: mm(28),
                right: mm(26),
                footer: mm(24),
            },
            title: face("方正小标宋简体", "Times New Roman", 44, false),
            heading: face("黑体", "Times New Roman", 32, false),
            subheading: face("楷体_GB2312", "Times New Roman", 32, false),
            body: face("仿宋_GB2312", "Times New Roman", 32, false),
            table: face("仿宋_GB2312", "Times New Roman", 24, false),
            line: Some(560),
            indented: true,
            // 28 characters of 16 pt are 448 pt, the text is 442 pt wide.
            tighter: 5,
        }
    }

    /// A Chinese brief of a few pages: smaller type, the same order.
    pub fn brief() -> Layout {
        Layout {
            margins: Margins {
                top: mm(25),
                bottom: mm(25),
                left: mm(28),
                right: mm(26),
                footer: mm(15),
            },
            title: face("方正小标宋简体", "Times New Roman", 36, false),
            heading: face("黑体", "Times New Roman", 28, false),
            subheading: face("楷体_GB2312", "Times New Roman", 28, false),
            body: face("仿宋_GB2312", "Times New Roman", 28, false),
            table: face("仿宋_GB2312", "Times New Roman", 21, false),
            line: Some(480),
            tighter: 0,
            ..Layout::official()
        }
    }

    /// An English memo.
    pub fn memo() -> Layout {
        Layout {
            chinese: false,
            margins: Margins {
                top: mm(25),
                bottom: mm(25),
                left: mm(25),
                right: mm(25),
                footer: mm(12),
            },
            title: face("Microsoft YaHei", "Calibri", 36, true),
            heading: face("Microsoft YaHei", "Calibri", 28, true),
            subheading: face("Microsoft YaHei", "Calibri", 24, true),
            body: face("SimSun", "Calibri", 22, false),
            table: face("SimSun", "Calibri", 19, false),
            line: None,
            indented: false,
            tighter: 0,
        }
    }

    /// How wide and high the text of a page is.
    pub(super) fn text_room(&self, wide: bool) -> (u32, u32) {
        let paper = if wide { (PAPER.1, PAPER.0) } else { PAPER };
        let margins = self.margins_of(wide);
        (
            paper.0 - margins.left - margins.right,
            paper.1 - margins.top - margins.bottom,
        )
    }

    /// The margins of a page. One on its side keeps the text where it is on the sheet.
    pub(super) fn margins_of(&self, wide: bool) -> Margins {
        let upright = self.margins;
        match wide {
            false => upright,
            true => Margins {
                top: upright.left,
                bottom: upright.right,
                left: upright.bottom,
                right: upright.top,
                footer: upright.footer.min(upright.right / 2),
            },
        }
    }

    /// The size of type in tables, in half points: smaller where a page lies on its side for a long one.
    pub(super) fn table_size(&self, wide: bool) -> u32 {
        match wide {
            true => self.table.half_points.min(21),
            false => self.table.half_points,
        }
    }

    pub(super) fn heading_number(&self, at: usize) -> String {
        match self.chinese {
            true => format!("{}、", chinese_number(at)),
            false => format!("{at} "),
        }
    }

    pub(super) fn subheading_number(&self, above: usize, at: usize) -> String {
        match self.chinese {
            true => format!("（{}）", chinese_number(at)),
            false => format!("{above}.{at} "),
        }
    }

    pub(super) fn point_mark(&self, at: usize) -> String {
        match self.chinese {
            true => format!("{at}. "),
            false => "• ".to_string(),
        }
    }

    pub(super) fn table_number(&self, at: usize) -> String {
        match self.chinese {
            true => format!("表{at}　"),
            false => format!("Table {at}. "),
        }
    }

    /// What stands over an annex: a mark on a line of its own, if any, and what its title begins with.
    pub(super) fn annex_mark(&self, at: usize) -> (Option<String>, String) {
        match self.chinese {
            true => (Some(format!("附件{at}")), String::new()),
            false => (None, format!("Annex {}. ", letter(at))),
        }
    }

    pub(super) fn figure_number(&self, at: usize) -> String {
        match self.chinese {
            true => format!("图{at}　"),
            false => format!("Figure {at}. "),
        }
    }

    /// What stands before the first of what is enclosed.
    pub(super) fn enclosures_mark(&self) -> &'static str {
        match self.chinese {
            true => "附件：",
            false => "Enclosed: ",
        }
    }
}

/// The letter of an annex, from 1.
pub fn letter(at: usize) -> char {
    char::from(b'A' + at.saturating_sub(1).min(25) as u8)
}

/// 一, 二, …, 十, 十一, …, 九十九; larger ones in digits.
fn chinese_number(value: usize) -> String {
    const DIGITS: [&str; 10] = ["", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
    match (value / 10, value % 10) {
        (0, ones) => DIGITS[ones].to_string(),
        (1, ones) => format!("十{}", DIGITS[ones]),
        (tens @ 2..=9, ones) => format!("{}十{}", DIGITS[tens], DIGITS[ones]),
        _ => value.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_said_as_headings_want_them() {
        for (value, said) in [
            (1, "一"),
            (10, "十"),
            (12, "十二"),
            (20, "二十"),
            (99, "九十九"),
            (100, "100"),
        ] {
            assert_eq!(chinese_number(value), said);
        }
    }

    #[test]
    fn twenty_two_lines_of_twenty_eight_characters_fit_the_official_page() {
        let layout = Layout::official();
        let size = layout.body.half_points * 10 - layout.tighter;
        assert!(28 * size <= layout.text_room(false).0);
        assert!(29 * size > layout.text_room(false).0);
        let height = PAPER.1 - layout.margins.top - layout.margins.bottom;
        assert_eq!(height / layout.line.unwrap_or(1), 22);
    }
}
