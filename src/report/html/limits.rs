//! Every limit that binds, with its price.

use crate::plan::Plan;
use crate::report::number::count;
use crate::report::page::Page;
use crate::report::question::Question;
use crate::report::solved::{limit_in_words, no_limit};

/// How many are listed at most, dearest first; a nation's counties have a fund each.
const MOST: usize = 200;

/// The limits as a page.
pub fn page(asked: &Question, plan: &Plan) -> Page {
    let mut page = Page::default();
    let limits = plan.bindings.iter().take(MOST);
    let points: Vec<String> = limits.map(|one| limit_in_words(asked, one)).collect();
    if points.is_empty() {
        page.text(no_limit(asked, plan));
    }
    page.list(points);
    if let Some(rest) = plan.bindings.len().checked_sub(MOST + 1) {
        let rest = count(rest + 1);
        page.text(asked.pick(
            format!("另有 {rest} 项，见 plan.json"),
            format!("and {rest} more in plan.json"),
        ));
    }
    page
}
