//! How the template looks.

use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder, Note};

use crate::report::fit::lines;

/// The formats of the template.
pub struct Style {
    /// The title of the page of help.
    pub title: Format,
    /// A section of the page of help.
    pub section: Format,
    /// Running text.
    pub text: Format,
    /// The header of what must be filled in.
    pub required: Format,
    /// The header of what may be left empty.
    pub optional: Format,
    /// The header of what is only for people.
    pub remark: Format,
    /// An example, to be replaced.
    pub example: Format,
    /// What a setting is called.
    pub item: Format,
    /// What a setting that must be filled in is called.
    pub required_item: Format,
    /// What is said about a setting.
    pub about: Format,
    /// A setting to be filled in.
    pub open: Format,
    /// A link to a sheet.
    pub link: Format,
}

const DARK: u32 = 0x1F_4E_79;
const PALE: u32 = 0xDD_EB_F7;
const SAND: u32 = 0xFF_F4_CC;
const GREY: u32 = 0xF2_F2_F2;

impl Style {
    /// The formats.
    pub fn new() -> Style {
        let plain = || Format::new().set_align(FormatAlign::VerticalCenter);
        let boxed = || {
            plain()
                .set_border(FormatBorder::Thin)
                .set_border_color(Color::RGB(0xBF_BF_BF))
        };
        let header = |fill: u32| {
            boxed()
                .set_bold()
                .set_align(FormatAlign::Center)
                .set_text_wrap()
                .set_background_color(Color::RGB(fill))
        };
        Style {
            title: plain()
                .set_bold()
                .set_font_size(16)
                .set_font_color(Color::RGB(DARK)),
            section: plain()
                .set_align(FormatAlign::Top)
                .set_bold()
                .set_font_size(12)
                .set_font_color(Color::RGB(DARK)),
            text: plain().set_text_wrap().set_align(FormatAlign::Top),
            required: header(DARK).set_font_color(Color::White),
            optional: header(PALE).set_font_color(Color::RGB(DARK)),
            remark: header(GREY).set_font_color(Color::RGB(0x59_59_59)),
            example: boxed().set_background_color(Color::RGB(SAND)),
            item: boxed()
                .set_bold()
                .set_background_color(Color::RGB(PALE))
                .set_font_color(Color::RGB(DARK)),
            required_item: boxed()
                .set_bold()
                .set_background_color(Color::RGB(DARK))
                .set_font_color(Color::White),
            about: boxed()
                .set_text_wrap()
                .set_font_color(Color::RGB(0x59_59_59)),
            open: boxed(),
            link: boxed()
                .set_font_color(Color::RGB(0x05_63_C1))
                .set_underline(rust_xlsxwriter::FormatUnderline::Single),
        }
    }
}

/// A note on a header, as large as its text.
pub fn note(text: &str) -> Note {
    const CHARACTERS: f64 = 32.0;
    let height = 24 + 19 * lines(text, CHARACTERS) as u32;
    Note::new(text)
        .add_author_prefix(false)
        .set_width(260)
        .set_font_size(9)
        .set_height(height)
}
