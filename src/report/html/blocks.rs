//! A page as HTML.

use crate::report::chart::{Chart, escaped};
use crate::report::page::{Block, Grid, Page, Side};

/// The blocks of a page as HTML, without its title and remarks, which stand above all.
pub fn render(page: &Page) -> String {
    page.blocks.iter().map(block).collect()
}

/// One block as HTML.
pub fn block(block: &Block) -> String {
    match block {
        Block::Title(_) | Block::Remark(_) => String::new(),
        Block::Heading(text) | Block::Annex { title: text, .. } => {
            format!("<h3>{}</h3>\n", escaped(text))
        }
        Block::Subheading(text) => format!("<h4>{}</h4>\n", escaped(text)),
        Block::Text(text) => format!("<p>{}</p>\n", escaped(text)),
        Block::List(points) => {
            let points: String = points
                .iter()
                .map(|point| format!("<li>{}</li>", escaped(point)))
                .collect();
            format!("<ul>{points}</ul>\n")
        }
        Block::Grid(grid) => table(grid),
        Block::Chart(chart) => figure(chart),
        Block::Enclosures(titles) => {
            let titles: String = titles
                .iter()
                .map(|title| format!("<li>{}</li>", escaped(title)))
                .collect();
            format!("<ol class=\"enclosures\">{titles}</ol>\n")
        }
        Block::Signature(lines) => {
            let lines: Vec<String> = lines.iter().map(|line| escaped(line)).collect();
            format!("<p class=\"signature\">{}</p>\n", lines.join("<br>"))
        }
    }
}

/// A chart below what it says.
pub fn figure(chart: &Chart) -> String {
    format!(
        "<figure class=\"chart {}\"><figcaption><b>{}</b><span>{}</span></figcaption>{}<p class=\"faint\">{}</p></figure>\n",
        chart.key,
        escaped(&chart.finding),
        escaped(&chart.unit),
        chart.picture.svg(),
        escaped(&chart.source)
    )
}

fn table(grid: &Grid) -> String {
    let caption = grid.caption.as_ref().map_or(String::new(), |caption| {
        format!("<caption>{}</caption>", escaped(caption))
    });
    let cells = |tag: &str, texts: &mut dyn Iterator<Item = &String>| -> String {
        let pairs = texts.zip(&grid.columns);
        pairs
            .map(|(text, (_, side))| {
                let side = match side {
                    Side::Left => "",
                    Side::Right => " class=\"n\"",
                };
                let scope = if tag == "th" { " scope=\"col\"" } else { "" };
                format!("<{tag}{scope}{side}>{}</{tag}>", escaped(text))
            })
            .collect()
    };
    let head = cells("th", &mut grid.columns.iter().map(|(name, _)| name));
    let rows: String = grid
        .rows
        .iter()
        .map(|row| format!("<tr>{}</tr>\n", cells("td", &mut row.iter())))
        .collect();
    let foot = grid.foot.as_ref().map_or(String::new(), |foot| {
        format!("<p class=\"faint\">{}</p>", escaped(foot))
    });
    format!(
        "<div class=\"wide\"><table>{caption}<thead><tr>{head}</tr></thead><tbody>\n{rows}</tbody></table>{foot}</div>\n"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_have_no_meaning_in_the_page() {
        let mut page = Page::titled("left out");
        page.heading("</h3><script>");
        let mut grid = Grid::new().words("\"&").numbers("n");
        grid.row(["<b>".to_string(), "1".to_string()]);
        page.grid(grid);
        let html = render(&page);
        assert!(
            html.starts_with("<h3>&lt;/h3&gt;&lt;script&gt;</h3>"),
            "{html}"
        );
        assert!(
            html.contains("<th scope=\"col\">&quot;&amp;</th><th scope=\"col\" class=\"n\">n</th>"),
            "{html}"
        );
        assert!(
            html.contains("<td>&lt;b&gt;</td><td class=\"n\">1</td>"),
            "{html}"
        );
    }
}
