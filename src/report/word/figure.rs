//! Pictures, and what stands between the text of a document and its annexes.

use std::io;

use super::body::Text;
use super::styles::Style;
use crate::report::chart::Chart;

/// A picture takes no more than this part of the height of the text.
const HIGHEST: f64 = 0.62;
/// English Metric Units, in which Word measures pictures, in a twentieth of a point.
const EMU: f64 = 635.0;
const DRAWING: &str = "http://schemas.openxmlformats.org/drawingml/2006";

/// The name under which the document refers to a picture, from 1.
pub(super) fn link(at: usize) -> String {
    format!("rIdChart{at}")
}

impl Text<'_> {
    /// A chart as a picture every program shows alike, with what it says below it. A PNG file and not SVG beside it: WPS and
    /// older Word show no SVG, and those that do would letter it in whatever fonts they have.
    pub(super) fn figure(&mut self, chart: &Chart) -> io::Result<()> {
        self.pictures.push(chart.picture.png()?);
        let at = self.pictures.len();
        let (wide, high) = self.room();
        let (width, height) = (chart.picture.width, chart.picture.height);
        let scale = (f64::from(wide) / width).min(f64::from(high) * HIGHEST / height) * EMU;
        let across = ((width * scale).round()).to_string();
        let down = ((height * scale).round()).to_string();
        let (id, name) = (at.to_string(), format!("chart{at}"));
        let extent = [("cx", across.as_str()), ("cy", down.as_str())];

        self.xml.open("w:p", &[])?;
        self.xml.open("w:pPr", &[])?;
        self.styled(Style::Figure)?;
        let xml = &mut self.xml;
        xml.close("w:pPr")?;
        xml.open("w:r", &[])?;
        xml.open("w:drawing", &[])?;
        let place = format!("{DRAWING}/wordprocessingDrawing");
        xml.open(
            "wp:inline",
            &[
                ("xmlns:wp", &place),
                ("distT", "0"),
                ("distB", "0"),
                ("distL", "0"),
                ("distR", "0"),
            ],
        )?;
        xml.leaf("wp:extent", &extent)?;
        let said = crate::report::page::tame(&chart.finding);
        let named = [("id", id.as_str()), ("name", name.as_str())];
        xml.leaf("wp:docPr", &[named[0], named[1], ("descr", &said)])?;
        xml.leaf("wp:cNvGraphicFramePr", &[])?;
        xml.open("a:graphic", &[("xmlns:a", &format!("{DRAWING}/main"))])?;
        let picture = format!("{DRAWING}/picture");
        xml.open("a:graphicData", &[("uri", &picture)])?;
        xml.open("pic:pic", &[("xmlns:pic", &picture)])?;
        xml.open("pic:nvPicPr", &[])?;
        xml.leaf("pic:cNvPr", &named)?;
        xml.leaf("pic:cNvPicPr", &[])?;
        xml.close("pic:nvPicPr")?;
        xml.open("pic:blipFill", &[])?;
        let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
        xml.leaf("a:blip", &[("xmlns:r", office), ("r:embed", &link(at))])?;
        xml.open("a:stretch", &[])?;
        xml.leaf("a:fillRect", &[])?;
        xml.close("a:stretch")?;
        xml.close("pic:blipFill")?;
        xml.open("pic:spPr", &[])?;
        xml.open("a:xfrm", &[])?;
        xml.leaf("a:off", &[("x", "0"), ("y", "0")])?;
        xml.leaf("a:ext", &extent)?;
        xml.close("a:xfrm")?;
        xml.open("a:prstGeom", &[("prst", "rect")])?;
        xml.leaf("a:avLst", &[])?;
        for name in [
            "a:prstGeom",
            "pic:spPr",
            "pic:pic",
            "a:graphicData",
            "a:graphic",
            "wp:inline",
            "w:drawing",
            "w:r",
            "w:p",
        ] {
            xml.close(name)?;
        }
        self.paragraph(Style::FigureCaption, &chart.finding)?;
        self.paragraph(
            Style::FigureNote,
            &format!("{} · {}", chart.unit, chart.source),
        )
    }

    /// What is enclosed (附件说明): a line below the text, two characters in, the titles flush with each other
    /// (GB/T 9704-2012, 7.3.4).
    pub(super) fn enclosures(&mut self, titles: &[String]) -> io::Result<()> {
        self.paragraph(Style::Body, "")?;
        let mark = self.layout.enclosures_mark();
        let each = self.layout.body.half_points * 10;
        // Two characters in, the mark three, a number with its point one.
        let flush = 6 * each;
        for (at, title) in titles.iter().enumerate() {
            let (mark, hanging) = if at == 0 {
                (mark, 4 * each)
            } else {
                ("", each)
            };
            let numbered = match titles.len() {
                1 => mark.to_string(),
                _ => format!("{mark}{}.", at + 1),
            };
            self.indented(
                &[
                    ("w:left", &flush.to_string()),
                    ("w:leftChars", "0"),
                    ("w:hanging", &hanging.to_string()),
                    ("w:firstLineChars", "0"),
                ],
                "left",
            )?;
            self.run(&numbered, None)?;
            self.xml.open("w:r", &[])?;
            self.xml.leaf("w:tab", &[])?;
            self.xml.close("w:r")?;
            self.run(title, None)?;
            self.xml.close("w:p")?;
        }
        Ok(())
    }

    /// Who issues it and when (落款), two lines below: centred on each other, the date four characters from the right
    /// (GB/T 9704-2012, 7.3.5.1: with a seal).
    pub(super) fn signature(&mut self, lines: &[String]) -> io::Result<()> {
        self.paragraph(Style::Body, "")?;
        self.paragraph(Style::Body, "")?;
        let each = self.layout.body.half_points * 10;
        // A date has some nine characters: in eleven, three from the right, it ends four from there.
        let (wide, right) = (11 * each, 3 * each);
        let left = self.room().0.saturating_sub(wide + right);
        for line in lines {
            self.indented(
                &[
                    ("w:left", &left.to_string()),
                    ("w:leftChars", "0"),
                    ("w:right", &right.to_string()),
                    ("w:firstLine", "0"),
                    ("w:firstLineChars", "0"),
                ],
                "center",
            )?;
            self.run(line, None)?;
            self.xml.close("w:p")?;
        }
        Ok(())
    }

    /// Opens a paragraph of the body with an indent of its own.
    fn indented(&mut self, indent: &[(&str, &str)], flush: &str) -> io::Result<()> {
        self.xml.open("w:p", &[])?;
        self.xml.open("w:pPr", &[])?;
        self.styled(Style::Body)?;
        let xml = &mut self.xml;
        xml.leaf("w:ind", indent)?;
        xml.value("w:jc", flush)?;
        xml.close("w:pPr")
    }
}
