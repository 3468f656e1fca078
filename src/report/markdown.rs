//! A page as Markdown.

use super::page::{Block, Grid, Page, Side, tame};

/// The page as Markdown, ending in a line feed. Charts are only named.
pub fn render(page: &Page) -> String {
    with_pictures(page, None)
}

/// As [`render`], with the charts as pictures of that folder: each a PNG file named by its key.
pub fn with_pictures(page: &Page, folder: Option<&str>) -> String {
    let head = page.head.iter().map(|head| format!("*{}*", plain(head)));
    let parts = page.blocks.iter().map(|block| render_block(block, folder));
    let parts: Vec<String> = head.chain(parts).collect();
    format!("{}\n", parts.join("\n\n"))
}

fn render_block(block: &Block, folder: Option<&str>) -> String {
    match block {
        Block::Title(title) => format!("# {}", plain(title)),
        Block::Heading(heading) => format!("## {}", plain(heading)),
        Block::Subheading(heading) => format!("### {}", plain(heading)),
        Block::Annex { title, .. } => format!("## {}", plain(title)),
        Block::Text(sentence) => plain(sentence),
        Block::Remark(remark) => format!("> {}", plain(remark)),
        Block::List(points) => points
            .iter()
            .map(|point| format!("- {}", plain(point)))
            .collect::<Vec<_>>()
            .join("\n"),
        Block::Grid(grid) => render_grid(grid),
        Block::Chart(chart) => {
            let (finding, unit, source) = (&chart.finding, &chart.unit, &chart.source);
            let said = format!(
                "**{}**\n\n{}",
                plain(finding),
                plain(&format!("{unit} · {source}"))
            );
            match folder {
                Some(folder) => format!(
                    "![{}]({folder}/{}.png)\n\n{said}",
                    plain(finding),
                    chart.key
                ),
                None => said,
            }
        }
        Block::Enclosures(titles) => titles
            .iter()
            .enumerate()
            .map(|(at, title)| format!("{}. {}", at + 1, plain(title)))
            .collect::<Vec<_>>()
            .join("\n"),
        // Two blanks at the end break a line.
        Block::Signature(lines) => lines
            .iter()
            .map(|line| plain(line))
            .collect::<Vec<_>>()
            .join("  \n"),
    }
}

fn render_grid(grid: &Grid) -> String {
    let mut lines = Vec::new();
    if let Some(caption) = &grid.caption {
        lines.extend([plain(caption), String::new()]);
    }
    lines.push(row(grid.columns.iter().map(|(name, _)| name.as_str())));
    lines.push(row(grid.columns.iter().map(|(_, side)| match side {
        Side::Left => "---",
        Side::Right => "---:",
    })));
    lines.extend(
        grid.rows
            .iter()
            .map(|cells| row(cells.iter().map(String::as_str))),
    );
    if let Some(foot) = &grid.foot {
        lines.push(String::new());
        lines.push(plain(foot));
    }
    lines.join("\n")
}

fn row<'a>(cells: impl Iterator<Item = &'a str>) -> String {
    let cells: Vec<String> = cells.map(plain).collect();
    format!("| {} |", cells.join(" | "))
}

/// Text without a meaning in Markdown or HTML.
fn plain(text: &str) -> String {
    let mut shown = String::new();
    for c in tame(text).chars() {
        match c {
            '\\' | '|' | '*' | '_' | '`' | '[' | ']' | '#' => shown.extend(['\\', c]),
            '<' => shown.push_str("&lt;"),
            '>' => shown.push_str("&gt;"),
            '&' => shown.push_str("&amp;"),
            _ => shown.push(c),
        }
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_have_no_meaning_in_markdown() {
        let mut page = Page::titled("a|b");
        let mut grid = Grid::new().words("学校").numbers("n");
        grid.row(["<script>|*x*".to_string(), "1".to_string()]);
        page.grid(grid);
        assert_eq!(
            render(&page),
            "# a\\|b\n\n| 学校 | n |\n| --- | ---: |\n| &lt;script&gt;\\|\\*x\\* | 1 |\n"
        );
    }
}
