//! What is done to a rule, in words.

use crate::case::{Bound, Case, Quota, Rule};
use crate::plan::repair::{Price, Step};
use crate::report::number::{number, percent, plural};
use crate::report::question::Question;
use crate::report::scenarios::more_money;
use crate::words::PolicyIx;

/// What is done, with its price.
pub fn step(asked: &Question, step: &Step) -> String {
    let done = done(asked, step);
    match price(asked, step) {
        Some(price) => asked.pick(format!("{done}（{price}）"), format!("{done} ({price})")),
        None => done,
    }
}

/// What is done.
pub fn done(asked: &Question, step: &Step) -> String {
    let case = asked.case;
    match step {
        Step::Money { fund, more, after } => more_money(asked, *fund, more, *after),
        Step::Loosen { policy, rule } => loosened(asked, *policy, rule),
        Step::Drop { policy } => {
            let name = &case.policies[*policy].name;
            asked.pick(format!("取消“{name}”"), format!("drop “{name}”"))
        }
        Step::Unlock { name, .. } => {
            let name = asked.of(name);
            asked.pick(format!("放开{name}"), format!("unlock {name}"))
        }
    }
}

/// The price in words; `None` where what is done says it already.
fn price(asked: &Question, step: &Step) -> Option<String> {
    let case = asked.case;
    Some(match step.price(case) {
        Price::Money(money) => {
            let Step::Money { more, after, .. } = step else {
                return Some(asked.money_in_words(money));
            };
            let years = more.iter().filter(|amount| !amount.is_zero()).count();
            if years + usize::from(!after.is_zero()) == 1 && after.is_zero() {
                return None;
            }
            let money = asked.money_in_words(money);
            asked.pick(format!("共 {money}"), format!("{money} in all"))
        }
        Price::Units(units) => {
            let unit = match step {
                Step::Loosen { policy, .. } => unit(case, *policy),
                _ => "",
            };
            format!("{} {unit}", number(units)).trim_end().to_string()
        }
        Price::Points(points) => {
            let points = number((points * 1e6).round() / 1e6);
            asked.pick(
                format!("{points} 个百分点"),
                format!("{points} percentage points"),
            )
        }
        Price::Years(years) => asked.pick(format!("{years} 年"), plural(years, "year")),
        Price::Rule | Price::Rows(_) => return None,
    })
}

/// The unit in which a quota counts; nothing where it counts several.
pub fn unit(case: &Case, policy: PolicyIx) -> &str {
    let scope = &case.policies[policy].scope;
    let measures = case.measures.pairs();
    let counted = measures.filter(|(at, _)| scope.covers_measure(case, *at));
    let mut units = counted.map(|(_, measure)| case.resources[measure.resource].unit.as_str());
    match units.next() {
        Some(first) if units.all(|unit| unit == first) => first,
        _ => "",
    }
}

/// The name of a rule that has given way: its own, and what it is now.
pub fn renamed(asked: &Question, policy: PolicyIx, rule: &Rule) -> String {
    let stated = &asked.case.policies[policy];
    let name = &stated.name;
    match (&stated.rule, rule) {
        (Rule::Target { from, .. }, Rule::Target { from: later, .. })
        | (Rule::Differences { from, .. }, Rule::Differences { from: later, .. })
            if from != later =>
        {
            let later = asked.year(*later);
            asked.pick(
                format!("{name}（推迟到{later}）"),
                format!("{name} (put off to {later})"),
            )
        }
        (_, rule) => {
            let now = said(asked, policy, rule);
            asked.pick(
                format!("{name}（放宽为 {now}）"),
                format!("{name} (loosened to {now})"),
            )
        }
    }
}

fn loosened(asked: &Question, policy: PolicyIx, rule: &Rule) -> String {
    let stated = &asked.case.policies[policy];
    let name = &stated.name;
    let (from, to) = match (&stated.rule, rule) {
        (Rule::Target { from, .. }, Rule::Target { from: later, .. })
        | (Rule::Differences { from, .. }, Rule::Differences { from: later, .. })
        | (Rule::Indicators { from, .. }, Rule::Indicators { from: later, .. })
            if from != later =>
        {
            let (from, to) = (asked.year(*from), asked.year(*later));
            return asked.pick(
                format!("“{name}”由 {from}推迟到 {to}"),
                format!("put off “{name}” from {from} to {to}"),
            );
        }
        (from, to) => (said(asked, policy, from), said(asked, policy, to)),
    };
    let up = matches!(
        stated.rule,
        Rule::Share {
            bound: Bound::Max,
            ..
        } | Rule::Quota {
            bound: Bound::Max,
            ..
        } | Rule::Stay { .. }
            | Rule::Differences { .. }
    );
    match up {
        true => asked.pick(
            format!("“{name}”由 {}提高到 {to}", spaced(&from)),
            format!("raise “{name}” from {from} to {to}"),
        ),
        false => asked.pick(
            format!("“{name}”由 {}降到 {to}", spaced(&from)),
            format!("lower “{name}” from {from} to {to}"),
        ),
    }
}

/// Followed by a space where Chinese is written with one: after a number, and not after a word.
fn spaced(text: &str) -> String {
    match text.ends_with(|last: char| last.is_ascii()) {
        true => format!("{text} "),
        false => text.to_string(),
    }
}

/// The number of a rule with its unit.
fn said(asked: &Question, policy: PolicyIx, rule: &Rule) -> String {
    match rule {
        Rule::Target { share, .. } | Rule::Share { share, .. } => percent(*share),
        // Its name says how much may be taken away.
        Rule::Stay { least, .. } => percent(1.0 - *least),
        Rule::Quota { amount, .. } => match amount {
            Quota::Units(units) => {
                let unit = unit(asked.case, policy);
                format!("{} {unit}", number(*units)).trim_end().to_string()
            }
            Quota::OfStock(share) => percent(*share),
            Quota::Money(money) => asked.money_in_words(*money),
        },
        Rule::Differences { most, .. } => number(most.unwrap_or(0.0)),
        Rule::Indicators { asked: of, .. } => {
            let met = of.map_or(0, |(met, _)| met);
            asked.pick(format!("{met} 项"), format!("{met} indicators"))
        }
        Rule::Forbid => asked.pick("禁止", "forbidden").to_string(),
    }
}
