//! The sheet that lists all findings.

use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder, Url, Worksheet, XlsxError};

use super::table::{Tables, fill};
use crate::report::findings::{counts, grade_name};
use crate::report::fit::lines;
use crate::report::page::tame;
use crate::words::{Lang, Notices, column_letters};

/// Most findings that are listed; spreadsheets allow 65,530 links.
const MOST: usize = 60_000;

/// The width of the columns of sentences.
const WIDE: f64 = 52.0;

/// The name of the sheet.
pub(super) fn name(lang: Lang) -> &'static str {
    lang.pick("检查结果", "Findings")
}

/// Writes the sheet: a line with the counts, headers, one finding a row, gravest first.
pub(super) fn write(
    sheet: &mut Worksheet,
    notices: &Notices,
    tables: &Tables,
    lang: Lang,
) -> Result<(), XlsxError> {
    sheet.set_name(name(lang))?;
    let boxed = || {
        Format::new()
            .set_border(FormatBorder::Thin)
            .set_border_color(Color::RGB(0xBF_BF_BF))
            .set_align(FormatAlign::Top)
    };
    let head = boxed()
        .set_bold()
        .set_background_color(Color::RGB(0x1F_4E_79))
        .set_font_color(Color::White);
    let text = boxed().set_text_wrap();
    let link = boxed()
        .set_text_wrap()
        .set_font_color(Color::RGB(0x05_63_C1));
    sheet.write_string_with_format(
        0,
        0,
        counts(notices, lang),
        &Format::new().set_bold().set_font_size(13),
    )?;
    let headers = [
        (("级别", "Grade"), 9.0),
        (("代码", "Code"), 8.0),
        (("位置", "Place"), 28.0),
        (("原文", "Text"), 20.0),
        (("问题", "Finding"), WIDE),
        (("怎么办", "What to do"), WIDE),
    ];
    for (column, ((zh, en), width)) in headers.into_iter().enumerate() {
        sheet.write_string_with_format(2, column as u16, lang.pick(zh, en), &head)?;
        sheet.set_column_width(column as u16, width)?;
    }
    let listed = notices.by_grade();
    for (at, notice) in listed.iter().take(MOST).enumerate() {
        let row = at as u32 + 3;
        let graded = boxed().set_background_color(fill(notice.grade()));
        sheet.write_string_with_format(row, 0, grade_name(notice.grade(), lang), &graded)?;
        sheet.write_string_with_format(row, 1, notice.code.0, &text)?;
        let place = tame(&notice.place.to_string());
        match tables.find(&notice.place) {
            Some((table, line, column)) => {
                let cell = format!("{}{}", column_letters(usize::from(column) + 1), line + 1);
                let to = tables
                    .iter()
                    .nth(table)
                    .map_or("", |table| &table.name)
                    .replace('\'', "''");
                let url = Url::new(format!("internal:'{to}'!{cell}")).set_text(place);
                sheet.write_url_with_format(row, 2, url, &link)?
            }
            None => sheet.write_string_with_format(row, 2, place, &text)?,
        };
        sheet.write_string_with_format(
            row,
            3,
            tame(notice.text.as_deref().unwrap_or_default()),
            &text,
        )?;
        let (message, remedy) = (tame(&notice.message(lang)), tame(&notice.remedy(lang)));
        let high = lines(&message, WIDE).max(lines(&remedy, WIDE));
        sheet.set_row_height(row, 16.0 * high as f64)?;
        sheet.write_string_with_format(row, 4, message, &text)?;
        sheet.write_string_with_format(row, 5, remedy, &text)?;
    }
    let last = listed.len().min(MOST) as u32 + 2;
    if last > 2 {
        sheet.autofilter(2, 0, last, 5)?;
    }
    sheet.set_freeze_panes(3, 0)?;
    sheet.set_landscape().set_print_fit_to_pages(1, 0);
    Ok(())
}
