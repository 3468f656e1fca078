//! What would change a reason.

use super::words::{self, money, period};
use crate::plan::reasons::{Cause, Limit, Offer, Reason, State};
use crate::report::number::{number, plural};
use crate::report::question::Question;
use crate::words::Money;

/// What would change it; empty where there is nothing to say.
pub fn change(asked: &Question, reason: &Reason) -> String {
    let Some(cause) = reason.cause else {
        return String::new();
    };
    let offer = reason.deciding();
    match (cause, offer) {
        (Cause::AboveCutOff(limit), Some(offer)) => above(asked, reason, offer, limit),
        (Cause::Tie(limit), Some(_)) => {
            let limit = words::limit(asked, limit);
            asked.pick(
                format!("{limit}再宽一些，就轮到这样的需求，仍是达标程度低的在先"),
                format!("more of {limit} goes to needs of this worth, the lowest attainment first"),
            )
        }
        (Cause::WholeUnits, _) => asked
            .pick(
                "资金或名额再够一个单位就会安排",
                "money or posts for one more whole unit would do",
            )
            .to_string(),
        (Cause::Forbidden(policy) | Cause::Shut(policy), _) => {
            let name = &asked.case.policies[policy].name;
            asked.pick(
                format!("放宽“{name}”之后才能考虑"),
                format!("rule “{name}” would have to be loosened first"),
            )
        }
        (Cause::NoMoney(at), _) => {
            let when = period(asked, at);
            asked.pick(
                format!("{when}有资金之后才能考虑"),
                format!("one of these funds would need money {when}"),
            )
        }
        (Cause::NoFund, _) => asked
            .pick(
                "要有资金可以用于该项措施（资金的 pays）",
                "a fund would have to be allowed to pay for it (its `pays`)",
            )
            .to_string(),
        _ => String::new(),
    }
}

fn above(asked: &Question, reason: &Reason, offer: &Offer, limit: Limit) -> String {
    let measure = &asked.case.measures[offer.measure];
    let now = measure.cost.main();
    let price = |factor| asked.case.price_times(offer.measure, offer.year, factor);
    let price = offer
        .price_factor(offer.next)
        .filter(|_| now > 0.0)
        .map(|factor| {
            let (to, now) = (money(asked, price(factor)), money(asked, now));
            asked.pick(
                format!("单价由 {now}降到 {to}以下，或"),
                format!("a unit price below {to} (now {now}), or "),
            )
        });
    let price = price.unwrap_or_else(|| {
        asked
            .pick("降价不够：", "more than a lower price: ")
            .to_string()
    });
    let unit = &asked.case.resources[measure.resource].unit;
    let more = match reason.state {
        State::Partly => asked.pick(format!("再多一{unit}："), "for one more, ".to_string()),
        _ => String::new(),
    };
    let weight = offer
        .weight_factor(offer.next)
        .map_or(String::new(), number);
    let ahead = reason.ahead.map_or(String::new(), |ahead| {
        let limit = words::limit(asked, limit);
        let money = asked.money_in_words(Money::from_main(ahead.money));
        let needs = ahead.needs;
        if needs == 0 {
            return asked.pick(
                format!("；同样受{limit}所限的，它排在最前"),
                format!("; of those held back by {limit} it is the first"),
            );
        }
        asked.pick(
            format!("；同样受{limit}所限的，前面还有 {needs} 项，共差 {money}"),
            format!(
                "; of those held back by {limit} {} are nearer and lack {money}",
                plural(needs, "need")
            ),
        )
    });
    asked.pick(
        format!("{more}{price}本需求的权重提高到 {weight} 倍以上，才会安排{ahead}"),
        format!("{more}it would take {price}a weight more than {weight} times as large{ahead}"),
    )
}
