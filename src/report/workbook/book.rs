//! The workbook in the making.

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook, Worksheet, XlsxError};

use super::look::Look;
use crate::report::page::tame;
use crate::report::question::Question;

/// Records on one sheet at most; a sheet has 1,048,576 rows.
const MOST_ROWS: u32 = 1_000_000;

/// Records of a long sheet at least.
const LONG: u64 = 20_000;

/// Paper sizes as spreadsheets number them.
const A3: u8 = 8;
const A4: u8 = 9;

/// Characters of the title that are printed above and below pages; there is room for 255 with what stands beside.
const TITLE_PRINTED: usize = 90;

/// A workbook to which sheets are added.
pub struct Book<'a> {
    /// What it is about.
    pub asked: Question<'a>,
    /// Records on one sheet at most.
    pub most_rows: u32,
    /// A sheet with more records is written row by row, so that they are never all in memory.
    pub long: u64,
    title: String,
    workbook: Workbook,
    look: Look,
}

impl<'a> Book<'a> {
    /// A workbook without sheets.
    ///
    /// # Errors
    /// Never, with the date that is set.
    pub fn new(asked: Question<'a>, title: String) -> Result<Book<'a>, XlsxError> {
        let title = tame(&title);
        let mut workbook = Workbook::new();
        // The time of writing would make the bytes differ.
        let made = ExcelDateTime::from_ymd(2026, 1, 1)?;
        workbook.set_properties(
            &DocProperties::new()
                .set_creation_datetime(&made)
                .set_title(title.chars().take(TITLE_PRINTED).collect::<String>())
                .set_author("Junheng 均衡"),
        );
        Ok(Book {
            asked,
            most_rows: MOST_ROWS,
            long: LONG,
            title,
            workbook,
            look: Look::new(),
        })
    }

    /// A new sheet for so many records, that prints in landscape, as wide as a page. A long one is filled from top to
    /// bottom.
    ///
    /// # Errors
    /// When there is a sheet of the name.
    pub fn sheet(
        &mut self,
        name: &str,
        wide: bool,
        rows: u64,
    ) -> Result<(&mut Worksheet, &Look), XlsxError> {
        let title: String = self.title.chars().take(TITLE_PRINTED).collect();
        let title = title.replace('&', "&&");
        let (page, of) = self.asked.pick(("第", "页，共"), ("page", "of"));
        let end = self.asked.pick(" 页", "");
        let sheet = match rows > self.long {
            true => self.workbook.add_worksheet_with_low_memory()?,
            false => self.workbook.add_worksheet(),
        };
        sheet.set_name(name)?;
        sheet
            .set_landscape()
            .set_paper_size(if wide { A3 } else { A4 })
            .set_print_fit_to_pages(1, 0)
            .set_margins(0.4, 0.4, 0.6, 0.6, 0.3, 0.3)
            .set_header(format!("&L{title}&R&A"))
            .set_footer(format!("&C{page} &P {of} &N{end}"));
        Ok((sheet, &self.look))
    }

    /// A sheet that is there already.
    ///
    /// # Errors
    /// When there is none of the name.
    pub fn again(&mut self, name: &str) -> Result<(&mut Worksheet, &Look), XlsxError> {
        Ok((self.workbook.worksheet_from_name(name)?, &self.look))
    }

    /// Its bytes.
    ///
    /// # Errors
    /// When it cannot be put together.
    pub fn bytes(mut self) -> Result<Vec<u8>, XlsxError> {
        self.workbook.save_to_buffer()
    }
}
