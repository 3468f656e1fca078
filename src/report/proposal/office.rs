//! A draft in a planner's own Word file.

use super::parts::{Gives, Part, Scope, part};
use super::template::{Fault, Line, Piece, alone, pieces};
use super::{Form, Material, Stands, Template};
use crate::report::page::{Block, Page};
use crate::report::word::{self, Filler, Letterhead, Unfilled};

/// Fills a Word file; `None` where there is no plan to write up.
///
/// # Errors
/// All that it asks for and there is not; or that it is no sound Word file.
pub fn filled(
    letterhead: Letterhead,
    form: Form,
    material: &Material,
) -> Option<Result<Vec<u8>, Unfilled<Vec<Fault>>>> {
    let plan = material.answer.plan.as_ref()?;
    if material.stands != Stands::AsSolved && !letterhead.head_asks(["状态", "status"]) {
        let fault = Fault {
            line: 1,
            said: (
                "结果已过期或改过，要标在每一页上：在模板的页眉里写上 {{状态}}".to_string(),
                "the result is stale or edited and every page has to say so: put {{status}} into the header of the template"
                    .to_string(),
            ),
        };
        return Some(Err(Unfilled::Faults(vec![vec![fault]])));
    }
    let scope = Scope::of(&Template::default(), material, plan);
    Some(letterhead.filled(&mut Places(scope), &form.layout()))
}

struct Places<'a>(Scope<'a>);

impl Filler for Places<'_> {
    type Fault = Vec<Fault>;

    fn words(&self, text: &str, at: usize) -> Result<String, Vec<Fault>> {
        let pieces = pieces(text, at)?;
        Ok(self.0.said(&pieces))
    }

    fn blocks(&self, text: &str) -> Option<Page> {
        let Gives::Blocks(of) = part(alone(text)?)?.gives else {
            return None;
        };
        let mut page = Page::default();
        of(&self.0, &mut page);
        Some(page)
    }

    fn outlined(&mut self, annexes: Vec<String>, places: Vec<(String, usize)>) {
        let tasks = places.iter().find(|(said, annex)| {
            *annex > 0
                && alone(said)
                    .and_then(part)
                    .is_some_and(|one| one.en == "tasks")
        });
        self.0.tasks = tasks.map(|(_, annex)| *annex);
        self.0.annexes = annexes;
    }
}

/// A form as a Word file for a planner to change: its text with the places in it.
///
/// # Errors
/// When the archive cannot be made.
pub fn exported(form: Form) -> std::io::Result<Vec<u8>> {
    let template = Template::read(form.text()).unwrap_or_default();
    let shown = |pieces: &[Piece]| -> String {
        let shown = pieces.iter().map(|piece| match piece {
            Piece::Words(words) => words.clone(),
            Piece::Value(part) => place(part, form),
        });
        shown.collect()
    };
    let mut page = Page {
        head: Some(shown(&template.head)).filter(|head| !head.is_empty()),
        ..Page::default()
    };
    for line in &template.lines {
        match line {
            Line::Title(title) => page.blocks.push(Block::Title(shown(title))),
            Line::Annex(title, wide) => page.annex(shown(title), *wide),
            Line::Heading(heading) => page.heading(shown(heading)),
            Line::Subheading(heading) => page.subheading(shown(heading)),
            Line::Remark(remark) => page.remark(shown(remark)),
            Line::Point(text) | Line::Text(text) => page.text(shown(text)),
            Line::Part(part) => page.text(place(part, form)),
            Line::Blank => {}
        }
    }
    word::render(&page, &form.layout())
}

fn place(part: &Part, form: Form) -> String {
    format!("{{{{{}}}}}", part.name(form.lang()))
}
