//! A document as one HTML file: to be read on a screen, sent round and printed.

use super::blocks;
use crate::report::chart::escaped;
use crate::report::page::{Block, Page};
use crate::words::Lang;

const STYLE: &str = include_str!("paper.css");

/// A page, numbered already, as an HTML file that needs nothing else.
pub fn render(page: &Page, lang: Lang) -> String {
    let title = page.blocks.iter().find_map(|block| match block {
        Block::Title(title) => Some(escaped(title)),
        _ => None,
    });
    let title = title.unwrap_or_default();
    let head = page.head.as_ref().map_or(String::new(), |head| {
        format!("<p class=\"head\">{}</p>\n", escaped(head))
    });
    let body: String = page.blocks.iter().map(block).collect();
    let language = lang.pick("zh-CN", "en");
    format!(
        "<!doctype html>\n<html lang=\"{language}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n\
         <title>{title}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n{head}<main>\n{body}</main>\n</body>\n</html>\n"
    )
}

fn block(block: &Block) -> String {
    match block {
        Block::Title(title) => format!("<h1>{}</h1>\n", escaped(title)),
        Block::Annex { title, .. } => format!("<h2 class=\"annex\">{}</h2>\n", escaped(title)),
        Block::Remark(remark) => format!("<p class=\"remark\">{}</p>\n", escaped(remark)),
        _ => blocks::block(block),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_said_has_a_meaning_in_the_page() {
        let mut page = Page::titled("</title><script>");
        page.head = Some("<i>".to_string());
        page.remark("<b>");
        page.annex("<u>", false);
        let html = render(&page, Lang::Zh);
        for wild in ["<script>", "<i>", "<b>", "<u>"] {
            assert!(!html.contains(wild), "{wild} in {html}");
        }
        assert!(html.contains("<h1>&lt;/title&gt;&lt;script&gt;</h1>"));
    }
}
