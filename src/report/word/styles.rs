//! The styles of a document: `word/styles.xml`. Everything a planner may want to change stands here once.

use std::io;

use super::body::NAMESPACES;
use super::layout::{Face, Layout};
use super::xml::Xml;

/// What a paragraph is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Style {
    Body,
    Title,
    Remark,
    Heading,
    Subheading,
    Point,
    Caption,
    Header,
    Cell,
    Foot,
    AnnexMark,
    AnnexTitle,
    Figure,
    FigureCaption,
    FigureNote,
    Number,
    Head,
}

impl Style {
    pub const ALL: [Style; 17] = [
        Style::Body,
        Style::Title,
        Style::Remark,
        Style::Heading,
        Style::Subheading,
        Style::Point,
        Style::Caption,
        Style::Header,
        Style::Cell,
        Style::Foot,
        Style::AnnexMark,
        Style::AnnexTitle,
        Style::Figure,
        Style::FigureCaption,
        Style::FigureNote,
        Style::Number,
        Style::Head,
    ];

    /// The name by which paragraphs refer to it.
    pub fn id(self) -> &'static str {
        match self {
            Style::Body => "Normal",
            Style::Title => "Title",
            Style::Remark => "Remark",
            Style::Heading => "Heading1",
            Style::Subheading => "Heading2",
            Style::Point => "Point",
            Style::Caption => "Caption",
            Style::Header => "TableHeader",
            Style::Cell => "TableCell",
            Style::Foot => "TableNote",
            Style::AnnexMark => "AnnexMark",
            Style::AnnexTitle => "AnnexTitle",
            Style::Figure => "Figure",
            Style::FigureCaption => "FigureCaption",
            Style::FigureNote => "FigureNote",
            Style::Number => "Footer",
            Style::Head => "Header",
        }
    }

    /// The name that Word shows; its own names for what it knows.
    pub fn name(self) -> &'static str {
        match self {
            Style::Body => "Normal",
            Style::Title => "Title",
            Style::Remark => "Remark",
            Style::Heading => "heading 1",
            Style::Subheading => "heading 2",
            Style::Point => "Point",
            Style::Caption => "caption",
            Style::Header => "Table Header",
            Style::Cell => "Table Cell",
            Style::Foot => "Table Note",
            Style::AnnexMark => "Annex Mark",
            Style::AnnexTitle => "Annex Title",
            Style::Figure => "Figure",
            Style::FigureCaption => "Figure Caption",
            Style::FigureNote => "Figure Note",
            Style::Number => "footer",
            Style::Head => "header",
        }
    }

    fn face(self, layout: &Layout) -> Face {
        match self {
            Style::Body | Style::Point | Style::Remark | Style::Figure => layout.body,
            Style::Title | Style::AnnexTitle => layout.title,
            Style::Heading | Style::AnnexMark => layout.heading,
            Style::Subheading => layout.subheading,
            Style::Caption | Style::FigureCaption => Face {
                half_points: layout.table.half_points + 2,
                ..layout.heading
            },
            Style::Header => Face {
                half_points: layout.table.half_points,
                bold: true,
                ..layout.table
            },
            Style::Cell => layout.table,
            Style::Foot | Style::FigureNote | Style::Head => Face {
                half_points: 18,
                ..layout.table
            },
            Style::Number => Face {
                chinese: "宋体",
                latin: if layout.chinese {
                    "宋体"
                } else {
                    layout.body.latin
                },
                half_points: if layout.chinese { 28 } else { 18 },
                bold: false,
            },
        }
    }

    /// The level in the outline, from 0.
    fn outline(self) -> Option<&'static str> {
        match self {
            Style::Heading | Style::AnnexTitle => Some("0"),
            Style::Subheading => Some("1"),
            _ => None,
        }
    }

    fn flush(self, layout: &Layout) -> &'static str {
        match self {
            Style::Title | Style::AnnexTitle if !layout.chinese => "left",
            Style::Title
            | Style::AnnexTitle
            | Style::Caption
            | Style::Header
            | Style::Figure
            | Style::FigureCaption
            | Style::FigureNote => "center",
            Style::Head => "right",
            Style::Body | Style::Point | Style::Remark if layout.chinese => "both",
            _ => "left",
        }
    }

    /// Space before and after, in twentieths of a point.
    fn space(self, layout: &Layout) -> (u32, u32) {
        let line = layout.line.unwrap_or(280);
        match self {
            // The title stands two lines below the edge, with a line below it.
            Style::Title if layout.chinese => (2 * line, line),
            Style::AnnexTitle if layout.chinese => (line, line),
            Style::Title | Style::AnnexTitle => (0, 160),
            Style::Heading | Style::Subheading if !layout.chinese => (200, 80),
            Style::Caption => (160, 80),
            Style::Body | Style::Point | Style::Remark if !layout.chinese => (0, 100),
            Style::Foot => (40, 120),
            Style::Figure => (160, 40),
            Style::FigureCaption => (0, 20),
            Style::FigureNote => (0, 200),
            _ => (0, 0),
        }
    }

    /// Whether its lines are as high as the layout says, rather than as its type needs.
    fn has_set_lines(self) -> bool {
        !matches!(
            self,
            Style::Header
                | Style::Cell
                | Style::Foot
                | Style::Number
                | Style::Head
                | Style::Figure
                | Style::FigureCaption
                | Style::FigureNote
                | Style::Title
                | Style::AnnexTitle
        )
    }

    fn is_indented(self) -> bool {
        matches!(
            self,
            Style::Body | Style::Remark | Style::Heading | Style::Subheading | Style::Point
        )
    }

    fn stays_with_next(self) -> bool {
        matches!(
            self,
            Style::Heading
                | Style::Subheading
                | Style::Caption
                | Style::AnnexMark
                | Style::AnnexTitle
                | Style::Figure
                | Style::FigureCaption
        )
    }
}

/// `word/styles.xml`.
pub(super) fn styles(layout: &Layout) -> io::Result<Vec<u8>> {
    let mut xml = Xml::new()?;
    xml.open("w:styles", &NAMESPACES[..1])?;
    xml.open("w:docDefaults", &[])?;
    xml.open("w:rPrDefault", &[])?;
    face(&mut xml, layout.body, None)?;
    xml.close("w:rPrDefault")?;
    xml.close("w:docDefaults")?;
    for style in Style::ALL {
        one(&mut xml, style, layout)?;
    }
    xml.close("w:styles")?;
    Ok(xml.into_bytes())
}

pub(super) fn one(xml: &mut Xml, style: Style, layout: &Layout) -> io::Result<()> {
    let id = ("w:styleId", style.id());
    let paragraph = ("w:type", "paragraph");
    match style {
        Style::Body => xml.open("w:style", &[paragraph, ("w:default", "1"), id])?,
        _ => xml.open("w:style", &[paragraph, id])?,
    }
    xml.value("w:name", style.name())?;
    xml.leaf("w:qFormat", &[])?;
    xml.open("w:pPr", &[])?;
    if style.stays_with_next() {
        xml.leaf("w:keepNext", &[])?;
    }
    xml.value("w:widowControl", "0")?;
    xml.value("w:snapToGrid", "0")?;
    let (before, after) = style.space(layout);
    let (before, after) = (before.to_string(), after.to_string());
    let line = layout.line.map(|line| line.to_string());
    match line.filter(|_| style.has_set_lines()) {
        Some(line) => xml.leaf(
            "w:spacing",
            &[
                ("w:before", &before),
                ("w:after", &after),
                ("w:line", &line),
                ("w:lineRule", "exact"),
            ],
        )?,
        // Said outright: lines of a set height would cut pictures off, and some programs take them from the body.
        None => xml.leaf(
            "w:spacing",
            &[
                ("w:before", &before),
                ("w:after", &after),
                ("w:line", "240"),
                ("w:lineRule", "auto"),
            ],
        )?,
    }
    if layout.indented {
        // Said outright of every style: some programs take it from the body, so that titles stood off their middle.
        let (characters, two) = match style.is_indented() {
            true => ("200", (layout.body.half_points * 20).to_string()),
            false => ("0", "0".to_string()),
        };
        xml.leaf(
            "w:ind",
            &[("w:firstLineChars", characters), ("w:firstLine", &two)],
        )?;
    }
    xml.value("w:jc", style.flush(layout))?;
    if let Some(level) = style.outline() {
        xml.value("w:outlineLvl", level)?;
    }
    xml.close("w:pPr")?;
    let tighter = match style {
        Style::Body | Style::Point | Style::Remark => Some(layout.tighter),
        _ => Some(0),
    };
    face(
        xml,
        style.face(layout),
        tighter.filter(|_| layout.tighter > 0),
    )?;
    xml.close("w:style")
}

/// `tighter` is what is taken off the distance of characters; `None` leaves it unsaid.
fn face(xml: &mut Xml, face: Face, tighter: Option<u32>) -> io::Result<()> {
    xml.open("w:rPr", &[])?;
    xml.leaf(
        "w:rFonts",
        &[
            ("w:ascii", face.latin),
            ("w:hAnsi", face.latin),
            ("w:eastAsia", face.chinese),
            ("w:cs", face.latin),
        ],
    )?;
    if face.bold {
        xml.leaf("w:b", &[])?;
    }
    match tighter {
        Some(0) => xml.value("w:spacing", "0")?,
        Some(tighter) => xml.value("w:spacing", &format!("-{tighter}"))?,
        None => {}
    }
    xml.value("w:sz", &face.half_points.to_string())?;
    xml.value("w:szCs", &face.half_points.to_string())?;
    xml.leaf("w:lang", &[("w:val", "en-US"), ("w:eastAsia", "zh-CN")])?;
    xml.close("w:rPr")
}
