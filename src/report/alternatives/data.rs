//! Alternatives as a table, and everything for programs.

use std::io::{self, Write};

use serde_json::{Value, json};

use super::super::csv as table;
use super::super::question::Question;
use super::{name, verdict_of};
use crate::plan::alternative::{Alternative, Figures, Missed, Moved, Reach, Standing};
use crate::plan::table::Cell;
use crate::program::certificate::distance;
use crate::study::alternatives::Alternatives;

/// The reference and the plans, a row each; a wish without a plan has a row that says why.
///
/// # Errors
/// When `out` cannot be written.
pub fn csv(asked: &Question, found: &Alternatives, out: impl Write) -> io::Result<()> {
    let mut header = vec![
        asked.pick("方案", "plan").to_string(),
        asked.pick("名称", "name").to_string(),
        asked.pick("结果", "result").to_string(),
        asked.pick("缺口指数", "gap index").to_string(),
        asked.pick("比参照大", "over reference").to_string(),
        asked.pick("比下界大", "over bound").to_string(),
        asked.money_header("金额", "money"),
        asked.money_header("改投别处", "elsewhere"),
        asked.pick("改投比例", "share elsewhere").to_string(),
        asked.pick("涉及学校", "schools").to_string(),
        asked.pick("轮岗人次", "posts moved").to_string(),
        asked.money_header("年度相差", "years differ by"),
    ];
    header.extend(asked.case.horizon.plan_years().map(|year| {
        let year = asked.case.horizon.calendar(year);
        asked.money_header(&format!("{year}年支出"), &format!("spent {year}"))
    }));
    let width = header.len();
    let reference = figures_row(asked, found, &found.reference);
    let own = asked.pick("参照方案", "reference");
    let mut rows = vec![named("reference", own, "", reference)];
    for (wish, one) in &found.found {
        let (state, cells) = match one {
            Ok(one) => (
                standing(one.standing),
                figures_row(asked, found, &one.figures),
            ),
            Err(missed) => (missed_key(missed), Vec::new()),
        };
        let mut row = named(wish.key(), name(asked, *wish), state, cells);
        row.resize(width, Cell::Empty);
        rows.push(row);
    }
    table::write(out, &header, rows, asked.lang)
}

fn named(key: &str, name: &str, state: &str, cells: Vec<Cell>) -> Vec<Cell> {
    let first = [key, name, state].map(Cell::text);
    first.into_iter().chain(cells).collect()
}

fn figures_row(asked: &Question, found: &Alternatives, figures: &Figures) -> Vec<Cell> {
    let case = asked.case;
    let mut row = vec![
        Cell::number(figures.gap),
        Cell::number(distance(figures.gap, found.reference.gap)),
        Cell::number(distance(figures.gap, found.bound)),
        Cell::money(case, figures.money),
        Cell::money(case, figures.moved.places),
        Cell::number(figures.moved.share()),
        Cell::number(figures.schools as f64),
        Cell::number(figures.moves),
        Cell::money(case, figures.unevenness()),
    ];
    row.extend(
        figures
            .by_year
            .iter()
            .map(|&money| Cell::money(case, money)),
    );
    row
}

fn standing(standing: Standing) -> &'static str {
    match standing {
        Standing::NearBound => "near-bound",
        Standing::NearReference => "near-reference",
    }
}

fn missed_key(missed: &Missed) -> &'static str {
    match missed {
        Missed::Nothing => "nothing-to-wish",
        Missed::Impossible => "impossible",
        Missed::NotFound => "not-found",
        Missed::Rounding(_) => "not-in-whole-units",
        Missed::Halted => "halted",
    }
}

/// Everything, for programs.
pub fn json(asked: &Question, found: &Alternatives) -> Value {
    let limits = |gap: f64| gap * (1.0 + found.terms.within);
    json!({
        "case": asked.case.name,
        "remark": asked.case.remark,
        "scenario": asked.scenario.map_or("base", |one| one.name.as_str()),
        "gap_unit": asked.gap_unit(),
        "verdict": verdict_of(found),
        "terms": {
            "within": found.terms.within,
            "moving": found.terms.moving,
            "gap_near_bound": limits(found.bound),
            "gap_near_reference": limits(found.reference.gap),
        },
        "bound": found.bound,
        "reference": figures_json(found, &found.reference),
        "before_whole_units": {
            "most_elsewhere": reach(&found.prospect.most_moved),
            "least_gap": reach(&found.prospect.least_gap),
        },
        "alternatives": found.found.iter().map(|(wish, one)| match one {
            Ok(plan) => json!({
                "wish": wish.key(),
                "result": standing(plan.standing),
                "made_for": plan.made_for.key(),
                "plan": format!("plan-{}.csv", wish.key()),
                "figures": figures_json(found, &plan.figures),
                "audit": audit(plan),
            }),
            Err(missed) => json!({
                "wish": wish.key(),
                "result": missed_key(missed),
                "nearest": match missed {
                    Missed::Rounding(nearest) => figures_json(found, nearest),
                    _ => Value::Null,
                },
            }),
        }).collect::<Vec<_>>(),
    })
}

fn audit(plan: &Alternative) -> Value {
    json!({ "kept": plan.audit.passed(), "checked": plan.audit.checked })
}

fn reach(reach: &Reach) -> Value {
    // Nothing proven of what is impossible is a number.
    json!({
        "found": reach.found,
        "proven": reach.proven.filter(|proven| proven.is_finite()),
        "impossible": reach.proven.is_some_and(f64::is_infinite),
    })
}

fn figures_json(found: &Alternatives, figures: &Figures) -> Value {
    json!({
        "gap": figures.gap,
        "over_reference": distance(figures.gap, found.reference.gap),
        "over_bound": distance(figures.gap, found.bound),
        "money": figures.money,
        "money_by_year": figures.by_year,
        "unevenness": figures.unevenness(),
        "schools": figures.schools,
        "moves": figures.moves,
        "elsewhere": moved_json(&figures.moved),
    })
}

fn moved_json(moved: &Moved) -> Value {
    json!({
        "money": moved.places,
        "share": moved.share(),
        "between_schools": moved.part(moved.schools),
        "between_measures": moved.part(moved.measures),
        "between_years": moved.part(moved.years),
    })
}
