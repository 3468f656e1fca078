//! A template filled with what a plan says.

use super::Material;
use super::parts::{Gives, Scope};
use super::template::{Line, Piece, Template};
use crate::plan::Plan;
use crate::report::page::{Block, Page};

/// The draft; a heading with nothing below it is left out.
pub fn page(template: &Template, material: &Material, plan: &Plan) -> Page {
    let scope = Scope::of(template, material, plan);
    let mut page = Page::default();
    let mut points: Vec<String> = Vec::new();
    for line in &template.lines {
        if let Line::Point(pieces) = line {
            points.extend(Some(scope.said(pieces)).filter(|point| !point.is_empty()));
            continue;
        }
        page.list(std::mem::take(&mut points));
        put(&mut page, &scope, line);
    }
    page.list(points);
    page.blocks = with_something_below(page.blocks);
    enclose(&mut page.blocks);
    page.head = head(template, &scope);
    page
}

/// Lists as enclosed what is still there.
fn enclose(blocks: &mut [Block]) {
    let titles = blocks.iter().filter_map(|block| match block {
        Block::Annex { title, .. } => Some(title.clone()),
        _ => None,
    });
    let titles: Vec<String> = titles.collect();
    for block in blocks {
        if let Block::Enclosures(list) = block {
            list.clone_from(&titles);
        }
    }
}

/// What stands on every sheet. That a result no longer holds does so whether the template asks for it or not.
fn head(template: &Template, scope: &Scope) -> Option<String> {
    let mut head = scope.said(&template.head);
    let status = super::parts::status(scope.material);
    if !head.contains(&status) {
        head += &status;
    }
    Some(head).filter(|head| !head.is_empty())
}

fn put(page: &mut Page, scope: &Scope, line: &Line) {
    let said = |pieces: &[Piece]| scope.said(pieces);
    match line {
        Line::Title(title) => page.blocks.push(Block::Title(said(title))),
        Line::Annex(title, wide) => page.annex(said(title), *wide),
        Line::Heading(heading) => page.heading(said(heading)),
        Line::Subheading(heading) => page.subheading(said(heading)),
        Line::Remark(remark) => page.remark(said(remark)),
        Line::Text(text) => page.text(said(text)),
        Line::Part(part) => scope.put(part, page),
        Line::Point(_) | Line::Blank => {}
    }
}

impl<'a> Scope<'a> {
    /// What the parts of a template are made from.
    pub fn of(template: &Template, material: &'a Material<'a>, plan: &'a Plan) -> Scope<'a> {
        let mut scope = Scope {
            material,
            plan,
            annexes: Vec::new(),
            tasks: None,
        };
        for line in &template.lines {
            match line {
                Line::Annex(title, _) => {
                    let title = scope.said(title);
                    scope.annexes.push(title);
                }
                Line::Part(part) if part.en == "tasks" && !scope.annexes.is_empty() => {
                    scope.tasks = scope.tasks.or(Some(scope.annexes.len()));
                }
                _ => {}
            }
        }
        scope
    }

    /// A text with its places filled.
    pub fn said(&self, pieces: &[Piece]) -> String {
        let said = pieces.iter().map(|piece| match piece {
            Piece::Words(words) => words.clone(),
            Piece::Value(part) => match part.gives {
                Gives::Text(of) => of(self),
                Gives::Blocks(_) => String::new(),
            },
        });
        said.collect()
    }

    /// Puts a part in.
    pub fn put(&self, part: &super::parts::Part, page: &mut Page) {
        match part.gives {
            Gives::Text(of) => page.text(of(self)),
            Gives::Blocks(of) => of(self, page),
        }
    }
}

/// The blocks without headings that have nothing below them.
fn with_something_below(blocks: Vec<Block>) -> Vec<Block> {
    let mut kept: Vec<Block> = Vec::new();
    for block in blocks.into_iter().rev() {
        let below = kept.last();
        // An annex ends what is above it, a heading what is above it but a title or an annex.
        let empty = matches!(
            (&block, below),
            (
                Block::Heading(_) | Block::Subheading(_) | Block::Annex { .. },
                None | Some(Block::Annex { .. })
            ) | (Block::Subheading(_), Some(Block::Subheading(_)))
                | (
                    Block::Heading(_) | Block::Subheading(_),
                    Some(Block::Heading(_))
                )
        );
        if !empty {
            kept.push(block);
        }
    }
    kept.reverse();
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_with_nothing_below_are_left_out() {
        let mut page = Page::titled("T");
        page.heading("a");
        page.subheading("a1");
        page.subheading("a2");
        page.text("x");
        page.heading("b");
        page.subheading("b1");
        page.heading("c");
        page.text("y");
        page.annex("d", false);
        page.heading("d1");
        let kept = with_something_below(page.blocks);
        let names: Vec<&str> = kept
            .iter()
            .filter_map(|block| match block {
                Block::Heading(name) | Block::Subheading(name) => Some(name.as_str()),
                Block::Annex { title, .. } => Some(title),
                _ => None,
            })
            .collect();
        assert_eq!(names, ["a", "a2", "c"]);
    }
}
