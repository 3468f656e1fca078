//! The text of a document: `word/document.xml`.

use std::io;

use unicode_width::UnicodeWidthStr;

use super::layout::{Layout, PAPER};
use super::number::Counts;
use super::styles::Style;
use super::widths::widths;
use super::xml::Xml;
use crate::report::page::{Block, Grid, Page, Side};

/// The namespaces that the text uses.
pub(super) const NAMESPACES: [(&str, &str); 2] = [
    (
        "xmlns:w",
        "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    ),
    (
        "xmlns:r",
        "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    ),
];

/// The page as `word/document.xml`, and the pictures it shows as PNG files, in order.
pub(super) fn document(page: &Page, layout: &Layout) -> io::Result<(Vec<u8>, Vec<Vec<u8>>)> {
    let mut text = Text::new(layout, page.head.is_some())?;
    text.xml.open("w:document", &NAMESPACES)?;
    text.xml.open("w:body", &[])?;
    for block in &page.blocks {
        text.block(block)?;
    }
    text.section()?;
    text.xml.close("w:body")?;
    text.xml.close("w:document")?;
    Ok((text.xml.into_bytes(), text.pictures))
}

/// A title in which a line that is longer than a page is wide, in half characters, goes on with what stands in brackets at
/// its end: lines of a title are to be whole in meaning (GB/T 9704-2012, 7.3.1).
fn whole_in_meaning(title: &str, fits: usize) -> String {
    let line = |line: &str| {
        let begins = line.rfind('（').filter(|_| line.ends_with('）'));
        match begins {
            Some(at) if at > 0 && line.width() > fits && line[..at].width() <= fits => {
                format!("{}\n{}", &line[..at], &line[at..])
            }
            _ => line.to_string(),
        }
    };
    title.split('\n').map(line).collect::<Vec<_>>().join("\n")
}

/// How many rows a table has at most that is kept on one page.
const KEPT: usize = 12;
/// How many lines a row has at most that is kept on one page.
const UNBROKEN: u32 = 12;

/// The columns of a table: their widths in twentieths of a point, and the size of the type in half points.
struct Columns {
    widths: Vec<u32>,
    size: u32,
}

impl Columns {
    /// About how many lines a row takes.
    fn lines<'c>(&self, cells: impl Iterator<Item = &'c str>) -> u32 {
        let lines = cells.zip(&self.widths).map(|(cell, width)| {
            let long = cell.width() as u32 * self.size * 5;
            long / (*width).max(1) + 1
        });
        lines.max().unwrap_or(1)
    }
}

/// A text that is being written.
pub(super) struct Text<'a> {
    pub(super) xml: Xml,
    pub(super) layout: &'a Layout,
    /// Whether something stands at the head of the pages.
    headed: bool,
    /// Whether the pages lie on their side here.
    wide: bool,
    /// Where the text runs between other margins than those of the layout: its width and height.
    pub(super) room: Option<(u32, u32)>,
    counts: Counts,
    /// The names of the styles, in the order of [`Style::ALL`].
    pub(super) styles: Vec<String>,
    /// The pictures so far.
    pub(super) pictures: Vec<Vec<u8>>,
}

impl<'a> Text<'a> {
    pub(super) fn new(layout: &'a Layout, headed: bool) -> io::Result<Text<'a>> {
        Ok(Text {
            xml: Xml::new()?,
            layout,
            headed,
            wide: false,
            room: None,
            counts: Counts::default(),
            styles: Style::ALL.map(|style| style.id().to_string()).to_vec(),
            pictures: Vec::new(),
        })
    }

    pub(super) fn block(&mut self, block: &Block) -> io::Result<()> {
        if let Block::Annex { title, wide } = block {
            return self.annex(title, *wide);
        }
        match &self.counts.number(block, self.layout) {
            Block::Title(title) => {
                let fits = self.room().0 / (self.layout.title.half_points * 5);
                self.paragraph(Style::Title, &whole_in_meaning(title, fits as usize))
            }
            Block::Heading(heading) => self.paragraph(Style::Heading, heading),
            Block::Subheading(heading) => self.paragraph(Style::Subheading, heading),
            Block::Text(sentence) => self.paragraph(Style::Body, sentence),
            Block::Remark(remark) => self.paragraph(Style::Remark, remark),
            Block::List(points) => points.iter().enumerate().try_for_each(|(at, point)| {
                let mark = self.layout.point_mark(at + 1);
                self.paragraph(Style::Point, &format!("{mark}{point}"))
            }),
            Block::Grid(grid) => self.grid(grid),
            Block::Chart(chart) => self.figure(chart),
            Block::Enclosures(titles) => self.enclosures(titles),
            Block::Signature(lines) => self.signature(lines),
            Block::Annex { .. } => Ok(()),
        }
    }

    /// How wide and high the text of a page is.
    pub(super) fn room(&self) -> (u32, u32) {
        self.room
            .unwrap_or_else(|| self.layout.text_room(self.wide))
    }

    /// Says of which style a paragraph is.
    pub(super) fn styled(&mut self, style: Style) -> io::Result<()> {
        let at = Style::ALL.iter().position(|one| *one == style);
        let name = at.and_then(|at| self.styles.get(at));
        self.xml
            .value("w:pStyle", name.map_or(style.id(), String::as_str))
    }

    pub(super) fn paragraph(&mut self, style: Style, text: &str) -> io::Result<()> {
        self.xml.open("w:p", &[])?;
        self.xml.open("w:pPr", &[])?;
        self.styled(style)?;
        self.xml.close("w:pPr")?;
        self.run(text, None)?;
        self.xml.close("w:p")
    }

    pub(super) fn run(&mut self, text: &str, half_points: Option<u32>) -> io::Result<()> {
        if text.is_empty() {
            return Ok(());
        }
        self.xml.open("w:r", &[])?;
        if let Some(size) = half_points {
            self.xml.open("w:rPr", &[])?;
            self.xml.value("w:sz", &size.to_string())?;
            self.xml.value("w:szCs", &size.to_string())?;
            self.xml.close("w:rPr")?;
        }
        for (at, line) in text.split('\n').enumerate() {
            if at > 0 {
                self.xml.leaf("w:br", &[])?;
            }
            self.xml.text("w:t", &[("xml:space", "preserve")], line)?;
        }
        self.xml.close("w:r")
    }

    /// Ends the section, so that the annex begins on a page of its own, turned if need be.
    fn annex(&mut self, title: &str, wide: bool) -> io::Result<()> {
        self.xml.open("w:p", &[])?;
        self.xml.open("w:pPr", &[])?;
        self.styled(Style::Foot)?;
        self.section()?;
        self.xml.close("w:pPr")?;
        self.xml.close("w:p")?;
        self.wide = wide;
        let at = self.counts.annex();
        let (mark, prefix) = self.layout.annex_mark(at);
        if let Some(mark) = mark {
            self.paragraph(Style::AnnexMark, &mark)?;
        }
        self.paragraph(Style::AnnexTitle, &format!("{prefix}{title}"))
    }

    /// What holds for the pages up to here.
    fn section(&mut self) -> io::Result<()> {
        let xml = &mut self.xml;
        xml.open("w:sectPr", &[])?;
        if self.headed {
            for kind in ["default", "even"] {
                xml.leaf("w:headerReference", &[("w:type", kind), ("r:id", "rId5")])?;
            }
        }
        for (kind, id) in [("default", "rId3"), ("even", "rId4")] {
            xml.leaf("w:footerReference", &[("w:type", kind), ("r:id", id)])?;
        }
        xml.leaf("w:type", &[("w:val", "nextPage")])?;
        let (width, height) = (PAPER.0.to_string(), PAPER.1.to_string());
        match self.wide {
            true => xml.leaf(
                "w:pgSz",
                &[("w:w", &height), ("w:h", &width), ("w:orient", "landscape")],
            )?,
            false => xml.leaf("w:pgSz", &[("w:w", &width), ("w:h", &height)])?,
        }
        let margins = self.layout.margins_of(self.wide);
        let of = |length: u32| length.to_string();
        xml.leaf(
            "w:pgMar",
            &[
                ("w:top", &of(margins.top)),
                ("w:right", &of(margins.right)),
                ("w:bottom", &of(margins.bottom)),
                ("w:left", &of(margins.left)),
                ("w:header", "851"),
                ("w:footer", &of(margins.footer)),
                ("w:gutter", "0"),
            ],
        )?;
        if let Some(line) = self.layout.line {
            xml.leaf(
                "w:docGrid",
                &[("w:type", "lines"), ("w:linePitch", &of(line))],
            )?;
        }
        xml.close("w:sectPr")
    }

    fn grid(&mut self, grid: &Grid) -> io::Result<()> {
        if let Some(caption) = &grid.caption {
            self.paragraph(Style::Caption, caption)?;
        }
        let available = self.room().0;
        let (widths, size) = widths(
            grid,
            available,
            self.layout.table_size(self.wide),
            !self.layout.chinese,
        );
        self.xml.open("w:tbl", &[])?;
        self.frame(available)?;
        self.xml.open("w:tblGrid", &[])?;
        for width in &widths {
            self.xml.leaf("w:gridCol", &[("w:w", &width.to_string())])?;
        }
        self.xml.close("w:tblGrid")?;
        // A short table stays on one page; in the long annexes that would leave pages half empty.
        let short = !self.wide && grid.rows.len() <= KEPT;
        let columns = Columns { widths, size };
        let names = grid.columns.iter().map(|(name, _)| name.as_str());
        self.row(names, None, &columns, short)?;
        for (at, row) in grid.rows.iter().enumerate() {
            let kept = short && at + 1 < grid.rows.len();
            self.row(row.iter().map(String::as_str), Some(grid), &columns, kept)?;
        }
        self.xml.close("w:tbl")?;
        match &grid.foot {
            Some(foot) => self.paragraph(Style::Foot, foot),
            // Word joins tables between which nothing stands.
            None => self.paragraph(Style::Foot, ""),
        }
    }

    fn frame(&mut self, available: u32) -> io::Result<()> {
        let xml = &mut self.xml;
        xml.open("w:tblPr", &[])?;
        xml.leaf(
            "w:tblW",
            &[("w:w", &available.to_string()), ("w:type", "dxa")],
        )?;
        xml.value("w:jc", "center")?;
        xml.open("w:tblBorders", &[])?;
        for side in ["top", "left", "bottom", "right", "insideH", "insideV"] {
            let name = format!("w:{side}");
            xml.leaf(
                &name,
                &[
                    ("w:val", "single"),
                    ("w:sz", "4"),
                    ("w:space", "0"),
                    ("w:color", "auto"),
                ],
            )?;
        }
        xml.close("w:tblBorders")?;
        xml.leaf("w:tblLayout", &[("w:type", "fixed")])?;
        xml.open("w:tblCellMar", &[])?;
        for side in ["w:left", "w:right"] {
            xml.leaf(side, &[("w:w", "70"), ("w:type", "dxa")])?;
        }
        xml.close("w:tblCellMar")?;
        xml.close("w:tblPr")
    }

    /// A row of cells; the header where no grid says on which side they are flush. One that is `kept` stays with the next.
    fn row<'c>(
        &mut self,
        cells: impl Iterator<Item = &'c str> + Clone,
        grid: Option<&Grid>,
        columns: &Columns,
        kept: bool,
    ) -> io::Result<()> {
        self.xml.open("w:tr", &[])?;
        self.xml.open("w:trPr", &[])?;
        // A row that is higher than a page would be cut off where it may not go on on the next.
        if columns.lines(cells.clone()) <= UNBROKEN {
            self.xml.leaf("w:cantSplit", &[])?;
        }
        if grid.is_none() {
            self.xml.leaf("w:tblHeader", &[])?;
        }
        self.xml.close("w:trPr")?;
        for (at, (cell, width)) in cells.zip(&columns.widths).enumerate() {
            let side = grid.map(|grid| grid.columns[at].1);
            self.xml.open("w:tc", &[])?;
            self.xml.open("w:tcPr", &[])?;
            self.xml
                .leaf("w:tcW", &[("w:w", &width.to_string()), ("w:type", "dxa")])?;
            self.xml.value("w:vAlign", "center")?;
            self.xml.close("w:tcPr")?;
            self.xml.open("w:p", &[])?;
            self.xml.open("w:pPr", &[])?;
            let style = if side.is_some() {
                Style::Cell
            } else {
                Style::Header
            };
            self.styled(style)?;
            if kept {
                self.xml.leaf("w:keepNext", &[])?;
            }
            if side == Some(Side::Right) {
                self.xml.value("w:jc", "right")?;
            }
            self.xml.close("w:pPr")?;
            self.run(cell, Some(columns.size))?;
            self.xml.close("w:p")?;
            self.xml.close("w:tc")?;
        }
        self.xml.close("w:tr")
    }
}
