//! A page on the terminal: quiet grids, Chinese columns in line, bold headings where colours are wanted.

use comfy_table::{CellAlignment, LineStyle, Table, TableStyle};

use super::page::{Block, Grid, Page, Side, tame};

/// A single rule under the header and nothing else.
const CALM: TableStyle =
    comfy_table::presets::NOTHING.header_separator(LineStyle::none().fill('─').junction('─'));

/// Blanks between columns.
const GUTTER: u16 = 2;

/// The page as text, ending in a line feed.
pub fn render(page: &Page, colours: bool) -> String {
    let mut text = String::new();
    for (at, block) in page.blocks.iter().enumerate() {
        let apart = matches!(
            block,
            Block::Heading(_) | Block::Subheading(_) | Block::Annex { .. }
        );
        if at > 0 && apart {
            text.push('\n');
        }
        match block {
            Block::Title(title) => line(&mut text, &bold(&tame(title), colours)),
            Block::Heading(heading) | Block::Subheading(heading) => {
                line(&mut text, &bold(&tame(heading), colours));
            }
            Block::Annex { title, .. } => line(&mut text, &bold(&tame(title), colours)),
            Block::Text(sentence) => line(&mut text, &format!("  {}", tame(sentence))),
            Block::Remark(remark) => line(&mut text, &format!("  ※ {}", tame(remark))),
            Block::List(points) => points
                .iter()
                .for_each(|point| line(&mut text, &format!("  · {}", tame(point)))),
            Block::Grid(grid) => render_grid(&mut text, grid),
            Block::Chart(chart) => line(&mut text, &format!("  ▇ {}", tame(&chart.finding))),
            Block::Enclosures(titles) => titles
                .iter()
                .enumerate()
                .for_each(|(at, title)| line(&mut text, &format!("  {}. {}", at + 1, tame(title)))),
            Block::Signature(lines) => lines
                .iter()
                .for_each(|one| line(&mut text, &format!("  {}", tame(one)))),
        }
    }
    text
}

fn render_grid(text: &mut String, grid: &Grid) {
    if let Some(caption) = &grid.caption {
        line(text, &format!("  {}", tame(caption)));
    }
    let mut table = Table::new();
    table.load_style(CALM);
    table.set_header(grid.columns.iter().map(|(name, _)| tame(name)));
    for row in &grid.rows {
        table.add_row(row.iter().map(|cell| tame(cell)));
    }
    for (at, (_, side)) in grid.columns.iter().enumerate() {
        if let Some(column) = table.column_mut(at) {
            column.set_padding((0, GUTTER));
            column.set_cell_alignment(match side {
                Side::Left => CellAlignment::Left,
                Side::Right => CellAlignment::Right,
            });
        }
    }
    table
        .lines()
        .for_each(|one| line(text, &format!("  {}", one.trim_end())));
    if let Some(foot) = &grid.foot {
        line(text, &format!("  {}", tame(foot)));
    }
}

fn bold(text: &str, colours: bool) -> String {
    if colours {
        format!("\u{1b}[1m{text}\u{1b}[0m")
    } else {
        text.to_string()
    }
}

fn line(text: &mut String, line: &str) {
    text.push_str(line);
    text.push('\n');
}

#[cfg(test)]
mod tests {
    use super::*;
    use unicode_width::UnicodeWidthStr;

    fn sample() -> Page {
        let mut page = Page::titled("题目");
        page.heading("一节");
        let mut grid = Grid::new().words("学校").numbers("数量");
        grid.row(["望京小学".to_string(), "12".to_string()]);
        grid.row(["X".to_string(), "1,234".to_string()]);
        page.grid(grid);
        page
    }

    #[test]
    fn chinese_columns_stand_in_line() {
        let text = render(&sample(), false);
        let rows: Vec<&str> = text
            .lines()
            .filter(|line| line.contains("12") || line.contains("1,234"))
            .collect();
        assert_eq!(rows.len(), 2, "{text}");
        assert_eq!(rows[0].width(), rows[1].width(), "{text}");
    }

    #[test]
    fn colours_are_used_only_when_wanted() {
        assert!(render(&sample(), true).contains("\u{1b}[1m题目\u{1b}[0m"));
        assert!(!render(&sample(), false).contains('\u{1b}'));
    }
}
