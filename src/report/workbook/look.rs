//! How the workbook looks. Colours are those of Okabe and Ito (2008), which the colour-blind tell apart, some lighter or
//! darker: those that stand beside one another differ in lightness too, so that they are told apart in grey.

use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder};

/// Headers and titles.
pub const DARK: u32 = 0x1F_4E_79;
/// Behind labels.
pub const PALE: u32 = 0xDD_EB_F7;
/// Lines between cells.
pub const LINE: u32 = 0xBF_BF_BF;
/// Bars of what is there without the plan: light.
pub const BEFORE: u32 = 0xE6_9F_00;
/// Bars of what is there with the plan: dark.
pub const AFTER: u32 = 0x00_72_B2;
/// Bars in cells, light enough to read numbers on them.
pub const BAR: u32 = 0x9C_C9_E8;
/// Bars in cells that go the other way.
pub const BAR_BELOW: u32 = 0xF2_C7_73;
/// What is stacked, each against its neighbours in lightness.
pub const STACK: [u32; 7] = [
    0x00_72_B2, 0xF0_E4_42, 0xD5_5E_00, 0x9B_D3_F5, 0x00_5A_46, 0xE6_9F_00, 0x80_3E_66,
];

/// The formats of the workbook.
pub struct Look {
    /// What a sheet is about.
    pub title: Format,
    /// A section of the summary.
    pub section: Format,
    /// Running text.
    pub text: Format,
    /// Something that must not be overlooked.
    pub remark: Format,
    /// Above columns of words.
    pub header: Format,
    /// Names in cells.
    pub words: Format,
    /// Sentences in cells.
    pub sentence: Format,
    /// What a figure of the summary is called.
    pub label: Format,
    /// A figure of the summary in words.
    pub value: Format,
    /// The words in a row of totals.
    pub total: Format,
}

impl Look {
    /// The formats.
    pub fn new() -> Look {
        let plain = || Format::new().set_align(FormatAlign::VerticalCenter);
        let dark = || plain().set_bold().set_font_color(Color::RGB(DARK));
        Look {
            title: dark().set_font_size(16),
            section: dark().set_font_size(12).set_align(FormatAlign::Bottom),
            text: plain().set_text_wrap(),
            remark: plain().set_text_wrap().set_italic(),
            header: Format::new()
                .set_bold()
                .set_text_wrap()
                .set_align(FormatAlign::Center)
                .set_align(FormatAlign::VerticalCenter)
                .set_font_color(Color::White)
                .set_background_color(Color::RGB(DARK))
                .set_border(FormatBorder::Thin)
                .set_border_color(Color::RGB(LINE)),
            words: plain().set_indent(1),
            sentence: plain().set_indent(1).set_text_wrap(),
            label: boxed(plain()).set_background_color(Color::RGB(PALE)),
            value: boxed(plain()).set_align(FormatAlign::Right).set_text_wrap(),
            total: total(plain()),
        }
    }
}

/// Numbers of a column.
pub fn number(format: &str) -> Format {
    Format::new()
        .set_align(FormatAlign::VerticalCenter)
        .set_num_format(format)
}

/// Numbers in a row of totals.
pub fn total_number(format: &str) -> Format {
    total(number(format))
}

/// A number among the figures of the summary, with its unit.
pub fn figure(format: &str) -> Format {
    boxed(number(format))
}

fn total(format: Format) -> Format {
    format
        .set_bold()
        .set_border_top(FormatBorder::Thin)
        .set_background_color(Color::RGB(PALE))
}

fn boxed(format: Format) -> Format {
    format
        .set_border(FormatBorder::Thin)
        .set_border_color(Color::RGB(LINE))
}

/// How light a colour is, 0 … 1: the luminance a grey printer keeps.
#[cfg(test)]
pub fn lightness(colour: u32) -> f64 {
    let part = |shift: u32| {
        let value = f64::from(colour >> shift & 0xFF) / 255.0;
        if value <= 0.04045 {
            value / 12.92
        } else {
            ((value + 0.055) / 1.055).powf(2.4)
        }
    };
    let luminance = 0.2126 * part(16) + 0.7152 * part(8) + 0.0722 * part(0);
    if luminance > 0.008856 {
        1.16 * luminance.cbrt() - 0.16
    } else {
        9.033 * luminance
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn neighbours_are_told_apart_in_grey() {
        let apart = |one: u32, other: u32| (lightness(one) - lightness(other)).abs() > 0.2;
        assert!(apart(BEFORE, AFTER));
        assert!(STACK.windows(2).all(|pair| apart(pair[0], pair[1])));
        assert!(lightness(BAR) > 0.7 && lightness(BAR_BELOW) > 0.7);
    }
}
