//! A sheet of figures, charts and sentences: the first one of a workbook.

use rust_xlsxwriter::{Chart, Format, Url, Worksheet, XlsxError};

use super::Name;
use super::book::Book;
use super::look::Look;
use super::sheet::quoted;
use super::text;
use crate::report::fit::lines;
use crate::report::page::{Block, Page};
use crate::report::plan_json::Provenance;
use crate::report::question::Question;

/// How wide the columns are.
pub const WIDTHS: [f64; 8] = [28.0, 28.0, 11.0, 14.0, 11.0, 22.0, 8.0, 8.0];

/// Pixels from the left edge to the right half.
pub const HALF: u32 = 465;
/// Pixels of a row of the usual height.
pub const ROW: u32 = 20;

/// The sheet and the row that comes next.
pub struct Front<'a> {
    /// The sheet.
    pub sheet: &'a mut Worksheet,
    /// How it looks.
    pub look: &'a Look,
    /// What it is about.
    pub asked: &'a Question<'a>,
    /// The row that comes next, counted from 0.
    pub row: u32,
}

impl<'a> Front<'a> {
    /// Begins the sheet of this name with a title and the remark of the case.
    ///
    /// # Errors
    /// When there is no such sheet.
    pub fn begin(
        book: &'a mut Book,
        asked: &'a Question<'a>,
        name: Name,
        title: &str,
    ) -> Result<Front<'a>, XlsxError> {
        let (sheet, look) = book.again(asked.pick(name.0, name.1))?;
        for (at, width) in WIDTHS.into_iter().enumerate() {
            sheet.set_column_width(at as u16, width)?;
        }
        // Figures and charts of a plan stand on one page upright.
        sheet.set_portrait().set_screen_gridlines(false);
        text::write(sheet, (0, 0), title, Some(&look.title))?;
        sheet.set_row_height(0, 26)?;
        let mut front = Front {
            sheet,
            look,
            asked,
            row: 1,
        };
        if let Some(remark) = &asked.case.remark {
            front.paragraph(remark, &look.remark)?;
        }
        front.row += 1;
        Ok(front)
    }

    /// Opens a section.
    ///
    /// # Errors
    /// When the sheet is full.
    pub fn section(&mut self, name: &str) -> Result<(), XlsxError> {
        text::write(self.sheet, (self.row, 0), name, Some(&self.look.section))?;
        self.sheet.set_row_height(self.row, 30)?;
        self.row += 1;
        Ok(())
    }

    /// A sentence over the whole width.
    ///
    /// # Errors
    /// When the sheet is full.
    pub fn paragraph(&mut self, words: &str, format: &Format) -> Result<(), XlsxError> {
        let width: f64 = WIDTHS.iter().sum();
        let last = WIDTHS.len() as u16 - 1;
        self.sheet
            .merge_range(self.row, 0, self.row, last, "", format)?;
        text::write(self.sheet, (self.row, 0), words, Some(format))?;
        let height = 15.0 * lines(words, width - 2.0) as f64 + 1.0;
        self.sheet.set_row_height(self.row, height.min(400.0))?;
        self.row += 1;
        Ok(())
    }

    /// Puts a chart where it begins in a row, so many pixels from the left.
    ///
    /// # Errors
    /// When it has nothing to draw.
    pub fn chart(&mut self, chart: &Chart, row: u32, x: u32) -> Result<(), XlsxError> {
        self.sheet.insert_chart_with_offset(row, 0, chart, x, 0)?;
        Ok(())
    }

    /// The sentences of the report; its tables have sheets of their own.
    ///
    /// # Errors
    /// When the sheet is full.
    pub fn said(&mut self, page: &Page) -> Result<(), XlsxError> {
        let mut headings: Vec<&str> = Vec::new();
        let mut before = None;
        for block in &page.blocks {
            let after_grid = matches!(before.replace(block), Some(Block::Grid(_)));
            let (words, mark): (Vec<&str>, &str) = match block {
                Block::Heading(name)
                | Block::Subheading(name)
                | Block::Annex { title: name, .. } => {
                    if after_grid {
                        headings.clear();
                    }
                    headings.push(name);
                    continue;
                }
                Block::Text(words) => (vec![words], ""),
                Block::List(points) => (points.iter().map(String::as_str).collect(), "· "),
                Block::Title(_)
                | Block::Remark(_)
                | Block::Grid(_)
                | Block::Chart(_)
                | Block::Enclosures(_)
                | Block::Signature(_) => continue,
            };
            for name in headings.drain(..) {
                self.section(name)?;
            }
            let look = self.look;
            for words in words {
                self.paragraph(&format!("{mark}{words}"), &look.text)?;
            }
        }
        self.row += 1;
        Ok(())
    }

    /// Which sheet holds what, with links.
    ///
    /// # Errors
    /// When the sheet is full.
    pub fn contents(&mut self, sheets: &[(Name, (&str, &str))]) -> Result<(), XlsxError> {
        self.section(self.asked.pick("工作表", "Sheets"))?;
        for (name, (zh, en)) in sheets {
            let name = self.asked.pick(name.0, name.1);
            let link = Url::new(format!("internal:{}!A1", quoted(name))).set_text(name);
            self.sheet.write_url(self.row, 0, link)?;
            let about = self.asked.pick(zh, en);
            text::write(self.sheet, (self.row, 1), about, None)?;
            self.row += 1;
        }
        self.row += 1;
        Ok(())
    }

    /// What the answer was made from, as `plan.json` says; the `scenarios` in words.
    ///
    /// # Errors
    /// When the sheet is full.
    pub fn provenance(&mut self, from: &Provenance, scenarios: String) -> Result<(), XlsxError> {
        let asked = self.asked;
        self.section(asked.pick("来源", "Made from"))?;
        let version = format!("junheng {}", env!("CARGO_PKG_VERSION"));
        let facts = [
            ("程序", "program", version),
            ("求解器", "solver", from.solver.clone()),
            ("情景", "scenario", scenarios),
            ("锁定的行", "rows kept", from.kept.to_string()),
        ];
        let facts = facts.map(|(zh, en, fact)| (asked.pick(zh, en).to_string(), fact));
        let inputs = from.inputs.iter();
        let inputs = inputs.map(|(file, hash)| (file.clone(), format!("blake3 {hash}")));
        for (name, fact) in facts.into_iter().chain(inputs) {
            text::write(self.sheet, (self.row, 0), &name, Some(&self.look.words))?;
            text::write(self.sheet, (self.row, 1), &fact, Some(&self.look.words))?;
            self.row += 1;
        }
        Ok(())
    }
}
