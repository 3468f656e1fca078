//! The matrix as a table, and everything for programs.

use std::io::{self, Write};

use serde_json::{Value, json};

use super::super::csv as table;
use super::super::frontier::plain;
use super::super::question::Question;
use super::super::verdict;
use super::{name, shown};
use crate::plan::Outcome;
use crate::plan::future::{self, Gap, Held};
use crate::plan::table::{Cell as Text, Column, rows};
use crate::study::regret::{Candidate, Cell, Outlook, Regret, Whole, Whose, agreed};

/// The matrix: a row a candidate, a column a future.
///
/// # Errors
/// When `out` cannot be written.
pub fn csv(asked: &Question, found: &Regret, out: impl Write) -> io::Result<()> {
    let mut header = vec![
        asked
            .pick("先按谁的方案定", "decided as planned for")
            .to_string(),
    ];
    header.extend(found.possible().map(|one| one.title.clone()));
    header.push(asked.pick("最坏", "worst").to_string());
    header.push(asked.pick("最坏在", "worst in").to_string());
    header.push(asked.pick("平均", "mean").to_string());
    let value = |value: Option<f64>| value.map_or(Text::Empty, |value| Text::Number(plain(value)));
    let row = |one: &Candidate| {
        let worst = one.worst(None);
        let mut row = vec![Text::text(title(asked, found, one.whose))];
        row.extend(one.cells.iter().map(|cell| match cell.regret {
            Some(regret) => Text::Number(plain(regret)),
            None => Text::text(shown(asked, cell)),
        }));
        let there = worst
            .filter(|(worst, _)| *worst > 0.0)
            .and_then(|(_, at)| found.possible().nth(at));
        row.extend([
            value(worst.map(|(worst, _)| worst)),
            Text::text(there.map_or("", |one| one.title.as_str())),
            value(one.mean()),
        ]);
        row
    };
    let whole = found.whole.iter().map(|one| &one.candidate);
    table::write(
        out,
        &header,
        found.candidates.iter().chain(whole).map(row),
        asked.lang,
    )
}

fn title(asked: &Question, found: &Regret, whose: Whose) -> String {
    match whose {
        Whose::Future(at) => found
            .possible()
            .nth(at)
            .map_or_else(String::new, |one| one.title.clone()),
        Whose::MinMax | Whose::Whole => name(asked, found, whose),
    }
}

/// What the first years decide in whole units, as a plan table that `solve --keep` takes. It has no money: who pays
/// follows in each future.
///
/// # Errors
/// When `out` cannot be written.
pub fn plan_csv(asked: &Question, whole: &Whole, out: impl Write) -> io::Result<()> {
    let decided = future::rows(asked.case, &whole.candidate.units);
    let outcome = Outcome::new(asked.case, &decided);
    let columns = Column::all(asked.case);
    let header: Vec<String> = columns
        .into_iter()
        .map(|column| column.header(asked.case, asked.lang))
        .collect();
    let rows = rows(asked.case, &outcome, &decided, asked.lang);
    // All of it is to be kept: the last column says so.
    let marked = rows.take(decided.len()).map(|mut row| {
        if let Some(lock) = row.last_mut() {
            *lock = Text::text(asked.pick("是", "yes"));
        }
        row
    });
    table::write(out, &header, marked, asked.lang)
}

/// Everything, for programs.
pub fn json(asked: &Question, found: &Regret) -> Value {
    let case = asked.case;
    let calendar = |year| case.horizon.calendar(year);
    let ids: Vec<&str> = found.possible().map(|one| one.name.as_str()).collect();
    let years = case.horizon.plan_years().take(found.years);
    let candidates: Vec<&Candidate> = found.candidates.iter().collect();
    json!({
        "case": case.name,
        "years": years.map(calendar).collect::<Vec<_>>(),
        "proven": found.is_proven(),
        "futures": found.futures.iter().map(|one| future(asked, one)).collect::<Vec<_>>(),
        "candidates": found.candidates.iter().map(|one| candidate(asked, &ids, one)).collect::<Vec<_>>(),
        "least": match &found.least {
            Ok(least) => json!({ "worst": least.worst, "bound": least.bound, "proven": least.is_proven() }),
            Err(none) => json!({ "verdict": verdict::key(none) }),
        },
        "whole_units": found.whole.as_ref().map(|whole| json!({
            "decisions": candidate(asked, &ids, &whole.candidate),
            "audited": whole.audited.iter().zip(&ids).map(|(one, id)| json!({
                "future": id, "gap": one.map(|one| one.gap), "rules_checked": one.map(|one| one.checked),
            })).collect::<Vec<_>>(),
        })),
        "left_out": found.dropped.iter().map(|one| json!({
            "future": ids.get(one.future),
            "worst": one.least.as_ref().ok().map(|least| least.worst),
            "bound": one.least.as_ref().ok().map(|least| least.bound),
            "moved": one.least.as_ref().ok().and_then(|least| least.moved),
            "verdict": one.least.as_ref().err().map(verdict::key),
            "best_ready_plan": one.choice.map(|(at, _)| ids.get(at)),
            "its_worst": one.choice.map(|(_, worst)| worst),
            "proven": one.is_proven(),
        })).collect::<Vec<_>>(),
        "whatever_comes": agreed(asked.case, &candidates).iter().map(|one| json!({
            "year": calendar(one.year),
            "measure": case.measures[one.measure].id,
            "units": one.same,
            "schools": one.schools,
            "cost": one.money(case, one.same),
            "least": one.least,
            "most": one.most,
        })).collect::<Vec<_>>(),
    })
}

fn future(asked: &Question, one: &Outlook) -> Value {
    let rules = match &one.best {
        Err(crate::plan::Verdict::Impossible { rules }) => rules.as_slice(),
        _ => &[],
    };
    json!({
        "name": one.name,
        "title": one.title,
        "counts_otherwise": one.counts_otherwise,
        "gap": one.best.as_ref().ok().map(|gap| gap.gap),
        "bound": one.best.as_ref().ok().map(|gap| gap.bound),
        "verdict": one.best.as_ref().err().map(verdict::key),
        "rules": rules.iter().map(|rule| asked.of(&rule.name)).collect::<Vec<_>>(),
    })
}

fn candidate(asked: &Question, ids: &[&str], one: &Candidate) -> Value {
    let worst = one.worst(None);
    json!({
        "of": match one.whose {
            Whose::Future(at) => ids.get(at).copied(),
            Whose::MinMax | Whose::Whole => None,
        },
        "min_max": one.whose == Whose::MinMax,
        "whole_units": one.whose == Whose::Whole,
        "worst": worst.map(|(worst, _)| worst),
        "worst_in": worst.and_then(|(_, at)| ids.get(at)),
        "mean": one.mean(),
        "cells": one.cells.iter().zip(ids).map(|(cell, id)| cell_json(asked, id, cell)).collect::<Vec<_>>(),
    })
}

fn cell_json(asked: &Question, id: &str, cell: &Cell) -> Value {
    let gap = |gap: Option<&Gap>| (gap.map(|gap| gap.gap), gap.map(|gap| gap.bound));
    let (state, held, rules) = match &cell.held {
        Held::Possible(held) => ("possible", gap(Some(held)), &[][..]),
        Held::NotPossible { rules, cut } => ("not-possible", gap(cut.as_ref()), rules.as_slice()),
        Held::Open(none) => (verdict::key(none), (None, None), &[][..]),
    };
    json!({
        "future": id,
        "state": state,
        "regret": cell.regret,
        "cut_down": cell.cut,
        "gap": held.0,
        "bound": held.1,
        "rules": rules.iter().map(|rule| asked.of(&rule.name)).collect::<Vec<_>>(),
        "proven": cell.is_proven(),
    })
}
