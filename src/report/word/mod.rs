//! A page as a Word file (.docx): paragraphs, numbered headings, tables whose header rows repeat, annexes on pages of
//! their own, page numbers. The same page gives the same bytes: nothing in the file tells when or where it was made.

mod body;
mod figure;
mod layout;
mod letterhead;
mod number;
mod package;
mod places;
mod styles;
mod widths;
mod xml;

use std::io;

pub use layout::{Layout, letter};
pub use letterhead::{Filler, Letterhead, Unfilled};
pub use number::numbered;

use super::page::Page;

/// The page as the bytes of a .docx file.
///
/// # Errors
/// When the archive cannot be made.
pub fn render(page: &Page, layout: &Layout) -> io::Result<Vec<u8>> {
    package::pack(body::document(page, layout)?, page, layout)
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use super::super::page::Grid;
    use super::*;

    fn sample() -> Page {
        let mut page = Page::titled("测试<方案>");
        page.remark("合成数据");
        page.heading("现状");
        page.subheading("总体");
        page.text("共 2 所 & 更多");
        page.list(vec!["一点".to_string()]);
        let mut grid = Grid::new().captioned("缺口").words("学校").numbers("数量");
        grid.row(["=1+1".to_string(), "12".to_string()]);
        page.grid(grid.clone());
        page.annex("台账", true);
        page.grid(grid);
        page
    }

    fn part(bytes: &[u8], name: &str) -> io::Result<String> {
        let mut archive = zip::ZipArchive::new(io::Cursor::new(bytes))?;
        let mut text = String::new();
        archive.by_name(name)?.read_to_string(&mut text)?;
        Ok(text)
    }

    #[test]
    fn the_same_page_gives_the_same_bytes() -> io::Result<()> {
        let layout = Layout::official();
        assert_eq!(render(&sample(), &layout)?, render(&sample(), &layout)?);
        Ok(())
    }

    #[test]
    fn headings_tables_and_annexes_are_numbered_as_the_form_wants() -> io::Result<()> {
        let chinese = part(
            &render(&sample(), &Layout::official())?,
            "word/document.xml",
        )?;
        for said in [
            "一、现状",
            "（一）总体",
            "表1　缺口",
            "表2　缺口",
            "附件1",
            "测试&lt;方案&gt;",
        ] {
            assert!(chinese.contains(said), "{said} in {chinese}");
        }
        let english = part(&render(&sample(), &Layout::memo())?, "word/document.xml")?;
        for said in ["1 现状", "1.1 总体", "Table 1. 缺口", "Annex A. 台账"] {
            assert!(english.contains(said), "{said} in {english}");
        }
        Ok(())
    }

    /// The official layout by its clauses: what stands in the file, not what the constants say.
    #[test]
    fn the_file_has_the_measures_of_gb_t_9704() -> io::Result<()> {
        let bytes = render(&sample(), &Layout::official())?;
        let (text, styles) = (
            part(&bytes, "word/document.xml")?,
            part(&bytes, "word/styles.xml")?,
        );
        let figure = |of: &str, key: &str| -> f64 {
            let value = of.split(&format!(" {key}=\"")).nth(1).unwrap_or_default();
            let value = value.split('"').next().unwrap_or_default();
            value.parse().unwrap_or(f64::NAN)
        };
        let element = |of: &str, name: &str| -> String {
            let begins = of.split(&format!("<{name} ")).nth(1).unwrap_or_default();
            format!(" {}", begins.split('>').next().unwrap_or_default())
        };
        let mm = |twentieths: f64| twentieths * 25.4 / 1440.0;
        let near = |one: f64, other: f64| (one - other).abs() < 0.1;
        // 5.1, 5.2.1: A4, 天头 37 mm, 订口 28 mm, a text of 156 × 225 mm.
        let (paper, margins) = (element(&text, "w:pgSz"), element(&text, "w:pgMar"));
        let across = mm(figure(&paper, "w:w"));
        let down = mm(figure(&paper, "w:h"));
        let edge = |side: &str| mm(figure(&margins, &format!("w:{side}")));
        assert!(near(across, 210.0) && near(down, 297.0), "{paper}");
        assert!(near(edge("top"), 37.0) && near(edge("left"), 28.0));
        assert!(near(across - edge("left") - edge("right"), 156.0));
        assert!(near(down - edge("top") - edge("bottom"), 225.0));
        // 5.2.2, 7.3.1, 7.3.3: 3号 仿宋 in lines of 28 points, 2号 小标宋 for titles, 黑体 and 楷体 for headings.
        let style = |name: &str| {
            let begins = styles.split(&format!("w:styleId=\"{name}\"")).nth(1);
            let of = begins.and_then(|rest| rest.split("</w:style>").next());
            of.unwrap_or_default().to_string()
        };
        for (name, font, half_points) in [
            ("Normal", "仿宋_GB2312", 32.0),
            ("Title", "方正小标宋简体", 44.0),
            ("Heading1", "黑体", 32.0),
            ("Heading2", "楷体_GB2312", 32.0),
            ("Point", "仿宋_GB2312", 32.0),
            ("AnnexMark", "黑体", 32.0),
            ("Footer", "宋体", 28.0),
        ] {
            let of = style(name);
            assert!(
                of.contains(&format!("w:eastAsia=\"{font}\"")),
                "{name}: {of}"
            );
            let size = element(&of, "w:sz");
            assert!(near(figure(&size, "w:val"), half_points), "{name}: {of}");
        }
        for name in ["Normal", "Heading1", "Heading2", "Point"] {
            let of = style(name);
            let lines = element(&of, "w:spacing");
            assert!(near(figure(&lines, "w:line") / 20.0, 28.0), "{name}: {of}");
            assert!(lines.contains("w:lineRule=\"exact\""), "{name}: {of}");
            assert!(near(
                figure(&element(&of, "w:ind"), "w:firstLineChars"),
                200.0
            ));
        }
        // 7.3.1: titles stand in the middle, which an indent of the body would shift.
        for name in ["Title", "AnnexTitle"] {
            let of = style(name);
            assert!(of.contains("<w:jc w:val=\"center\"/>"), "{of}");
            assert!(near(figure(&element(&of, "w:ind"), "w:firstLine"), 0.0));
        }
        // 7.5: page numbers between dashes, one character in, right on odd pages and left on even ones.
        let feet = [("word/footer1.xml", "right"), ("word/footer2.xml", "left")];
        for (name, side) in feet {
            let foot = part(&bytes, name)?;
            assert!(
                foot.contains(&format!("<w:jc w:val=\"{side}\"/>")),
                "{foot}"
            );
            assert!(near(
                figure(&element(&foot, "w:ind"), &format!("w:{side}")),
                280.0
            ));
            assert_eq!(foot.matches('—').count(), 2, "{foot}");
        }
        assert!(part(&bytes, "word/settings.xml")?.contains("<w:evenAndOddHeaders"));
        Ok(())
    }

    #[test]
    fn the_lines_of_a_title_are_whole_in_meaning() -> io::Result<()> {
        let name = "重庆市黔江区义务教育优质均衡发展行动计划（2026—2028年）";
        for (title, broken) in [(name, true), ("均衡发展计划（2026年）", false)] {
            let text = render(&Page::titled(title), &Layout::official())?;
            let text = part(&text, "word/document.xml")?;
            assert_eq!(text.contains("<w:br/>"), broken, "{text}");
        }
        Ok(())
    }

    #[test]
    fn an_annex_with_wide_tables_lies_on_its_side_and_headers_repeat() -> io::Result<()> {
        let text = part(
            &render(&sample(), &Layout::official())?,
            "word/document.xml",
        )?;
        assert_eq!(text.matches("<w:sectPr>").count(), 2, "{text}");
        assert_eq!(text.matches("w:orient=\"landscape\"").count(), 1);
        assert_eq!(text.matches("<w:tblHeader/>").count(), 2);
        Ok(())
    }
}
