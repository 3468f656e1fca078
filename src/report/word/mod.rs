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
