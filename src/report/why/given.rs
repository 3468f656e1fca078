//! What the plan gives for a need.

use crate::plan::PlanRow;
use crate::report::number::number;
use crate::report::question::Question;
use crate::words::Money;

/// What the plan gives, measure by measure; empty where it gives nothing.
pub fn given(asked: &Question, rows: &[&PlanRow]) -> Vec<String> {
    let mut said: Vec<String> = Vec::new();
    let mut at = 0;
    while let Some(first) = rows.get(at) {
        let same = |row: &&&PlanRow| {
            (row.year, row.measure) == (first.year, first.measure)
                && (row.units >= 0.0) == (first.units >= 0.0)
        };
        let group: Vec<&PlanRow> = rows[at..].iter().take_while(same).copied().collect();
        at += group.len();
        said.push(given_once(asked, &group));
    }
    said
}

fn given_once(asked: &Question, rows: &[&PlanRow]) -> String {
    let case = asked.case;
    let measure = &case.measures[rows[0].measure];
    let unit = &case.resources[measure.resource].unit;
    let units: f64 = rows.iter().map(|row| row.units).sum();
    let (year, name, count) = (asked.year(rows[0].year), &measure.name, number(units.abs()));
    if units < 0.0 {
        return asked.pick(
            format!("{year}{name}：派出 {count} {unit}"),
            format!("{year} {name}: gives {count} {unit}"),
        );
    }
    let paid: Vec<String> = rows
        .iter()
        .filter_map(|row| {
            let (fund, amount) = (&case.funds[row.fund?].name, row.amount());
            (amount != Money::ZERO).then(|| {
                let amount = asked.money_in_words(amount);
                asked.pick(format!("{fund} {amount}"), format!("{amount} of {fund}"))
            })
        })
        .collect();
    let paid = match paid.is_empty() {
        true => asked.pick("不花钱", "free").to_string(),
        false => paid.join(asked.pick("、", ", ")),
    };
    let deadline = rows[0].deadline(case);
    let later = case.horizon.calendar(deadline);
    let use_from = match deadline == rows[0].year {
        true => String::new(),
        false => asked.pick(
            format!("，{later}年投入使用"),
            format!(", in use from {later}"),
        ),
    };
    asked.pick(
        format!("{year}{name} {count} {unit}，{paid}{use_from}"),
        format!("{year} {name}: {count} {unit}, {paid}{use_from}"),
    )
}
