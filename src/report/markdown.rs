//! A page as Markdown.

use super::page::{Block, Grid, Page, Side, tame};

/// The page as Markdown, ending in a line feed.
pub fn render(page: &Page) -> String {
    let parts: Vec<String> = page.blocks.iter().map(render_block).collect();
    format!("{}\n", parts.join("\n\n"))
}

fn render_block(block: &Block) -> String {
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
