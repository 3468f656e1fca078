//! Proposed diversions as a scenario file, for the planner to accept, to strike out and to change.

use std::fmt::Write;

use super::super::number::number;
use super::{Told, since};
use crate::read::new_case::quoted;

/// The name of the scenario.
pub const SCENARIO: &str = "diverted";

/// The scenario that states the proposal, on top of these scenarios. Each diversion says in a comment who goes, how far and
/// what it saves.
pub fn scenario(told: &Told, scenarios: &[String]) -> String {
    let (asked, case) = (&told.asked, told.asked.case);
    let (km, year) = (number(told.wanted.within), since(asked, told.wanted.since));
    let title = asked.pick(
        format!("{year}年起在 {km} 公里内分流和撤并"),
        format!("diversions and mergers within {km} km from {year} on"),
    );
    let mut file = String::new();
    // Writing to a text cannot fail.
    let _ = writeln!(
        file,
        "# {}",
        asked.pick(
            "junheng divert 的建议：逐项核实后保留、删去或修改。",
            "Proposed by junheng divert: look at each, then keep, strike out or change it.",
        )
    );
    let _ = writeln!(file, "title = {}", quoted(&title));
    if !scenarios.is_empty() {
        let names: Vec<String> = scenarios.iter().map(|name| quoted(name)).collect();
        let _ = writeln!(file, "include = [{}]", names.join(", "));
    }
    for (one, worth) in told.found.proposal.proposed.iter().zip(&told.found.worths) {
        let what = &one.diversion;
        let _ = writeln!(file, "\n# {}", comment(told, one, worth));
        let _ = writeln!(file, "[[divert]]");
        let _ = writeln!(file, "school = {}", quoted(&case.schools[what.from].id));
        let _ = writeln!(file, "to = {}", quoted(&case.schools[what.to].id));
        let _ = writeln!(file, "since = {}", since(asked, what.since));
        if let Some(pupils) = what.pupils {
            let _ = writeln!(file, "pupils = {pupils}");
        }
        if let Some(section) = what.section {
            let word = serde_json::to_string(&section).unwrap_or_default();
            let _ = writeln!(file, "section = {word}");
        }
        if what.boards {
            let _ = writeln!(file, "boards = true");
        }
        if !what.brings.is_empty() {
            let brings: Vec<String> = what
                .brings
                .iter()
                .map(|&at| quoted(&case.resources[at].id))
                .collect();
            let _ = writeln!(file, "brings = [{}]", brings.join(", "));
        }
    }
    file
}

/// Who goes, how far, and what that saves and costs. Names come from files: what could end a comment is taken out.
fn comment(
    told: &Told,
    one: &crate::plan::diverting::Proposed,
    worth: &crate::study::divert::Worth,
) -> String {
    let asked = &told.asked;
    let (from, to) = (told.sender(one), told.receiver(one));
    let (pupils, km) = (number(one.pupils), number(one.km));
    let (saves, costs) = (
        asked.money_in_words(worth.saves),
        asked.money_in_words(worth.costs),
    );
    let text = asked.pick(
        format!("{from} → {to}：{pupils} 人，{km} 公里；节省 {saves}，增加 {costs}"),
        format!("{from} → {to}: {pupils} pupils, {km} km; saves {saves}, costs {costs}"),
    );
    super::super::page::tame(&text)
}
