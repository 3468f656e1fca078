//! What a sweep varies, as a planner writes it: `funds=50%..`, `cost:rooms=~90%..130%`, `scenario=base,rural-first`.

use super::amounts;
use super::exit::Exit;
use super::load::{Loaded, choose};
use super::named::{Named, find};
use super::voice::Voice;
use crate::case::{Case, Overlay, Section};
use crate::study::sweep::{Axis, Lever, Range, Values};
use crate::words::{FundIx, MeasureIx, ResourceIx};

/// Values of one axis, at most.
const MOST_VALUES: usize = 100_000;
/// What is varied, by its names in English and Chinese.
const KINDS: [(&str, &str, Kind); 6] = [
    ("funds", "资金", Kind::Funds),
    ("enrolment", "在校生", Kind::Enrolment),
    ("cost", "单价", Kind::Cost),
    ("weight", "权重", Kind::Weight),
    ("terminal", "期后年数", Kind::Terminal),
    ("scenario", "情景", Kind::Scenario),
];

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Kind {
    Funds,
    Enrolment,
    Cost,
    Weight,
    Terminal,
    Scenario,
}

/// The axis of a text.
///
/// # Errors
/// How the run ends when it is not understood, which has then been said.
pub fn axis(voice: &Voice, loaded: &Loaded, text: &str) -> Result<Axis, Exit> {
    let refuse = |why: (&str, &str)| {
        let what = ("--vary 看不懂", "--vary is not understood");
        let why = voice.lang.pick(why.0, why.1);
        voice.fail(what, format!("{text}: {why}"))
    };
    let form = (
        "写法：什么=取值，例如 funds=50%:150%:10%、cost:措施=~90%..130%、scenario=base,甲+乙",
        "write WHAT=VALUES, such as funds=50%:150%:10%, cost:MEASURE=~90%..130%, scenario=base,a+b",
    );
    let (key, values) = text.split_once('=').ok_or_else(|| refuse(form))?;
    let (kind, which) = match key.split_once([':', '：']) {
        Some((kind, which)) => (kind.trim(), Some(which.trim())),
        None => (key.trim(), None),
    };
    let kind = KINDS
        .iter()
        .find(|(en, zh, _)| kind.eq_ignore_ascii_case(en) || kind == *zh);
    let Some(&(.., kind)) = kind else {
        return Err(refuse((
            "能变的有：funds 资金、enrolment 在校生、cost 单价、weight 权重、terminal 期后年数、scenario 情景",
            "what can be varied: funds, enrolment, cost, weight, terminal, scenario",
        )));
    };
    let values = match lever(voice, &loaded.case, kind, which)? {
        None => Values::Scenarios(scenarios(voice, loaded, values)?),
        Some(lever) => numbers(lever, values).map_err(refuse)?,
    };
    Ok(Axis {
        key: key.trim().to_string(),
        values,
    })
}

/// What is varied; `None` for scenarios.
fn lever(
    voice: &Voice,
    case: &Case,
    kind: Kind,
    which: Option<&str>,
) -> Result<Option<Lever>, Exit> {
    let one = |what: (&str, &str), known: Vec<(&str, &str)>| {
        let known: Vec<Named> = known
            .into_iter()
            .map(|(id, name)| Named {
                id,
                name,
                place: "",
            })
            .collect();
        which
            .map(|name| find(voice, what, name, &known))
            .transpose()
    };
    let funds = || {
        case.funds
            .iter()
            .map(|one| (one.id.as_str(), one.name.as_str()))
    };
    let measures = || {
        let all = case.measures.iter();
        all.map(|one| (one.id.as_str(), one.name.as_str()))
    };
    let resources = || {
        let all = case.resources.iter();
        all.map(|one| (one.id.as_str(), one.name.as_str()))
    };
    Ok(Some(match kind {
        Kind::Scenario => return Ok(None),
        Kind::Terminal => Lever::Terminal,
        Kind::Funds => {
            let fund = one(("资金", "fund"), funds().collect())?;
            Lever::Funds(fund.map(FundIx::new))
        }
        Kind::Cost => {
            let measure = one(("措施", "measure"), measures().collect())?;
            Lever::Cost(measure.map(MeasureIx::new))
        }
        Kind::Weight => match one(("资源", "resource"), resources().collect())? {
            Some(resource) => Lever::Weight(ResourceIx::new(resource)),
            None => {
                let what = ("权重要写明资源", "a weight needs its resource");
                return Err(voice.fail(what, "weight:RESOURCE=…"));
            }
        },
        Kind::Enrolment => {
            let sections = Section::ALL.map(|one| one.name());
            let known = sections.map(|(zh, en)| (en, zh)).to_vec();
            let section = one(("学段", "section"), known)?;
            Lever::Enrolment(section.map(|at| Section::ALL[at]))
        }
    }))
}

/// The scenarios of a list; `base` is the case as it stands.
fn scenarios(voice: &Voice, loaded: &Loaded, list: &str) -> Result<Vec<Overlay>, Exit> {
    let names = list.split([',', '，', '、']).map(str::trim);
    names
        .map(|name| {
            let stated = Overlay {
                name: "base".to_string(),
                title: voice.lang.pick("基准", "base").to_string(),
                changes: Vec::new(),
            };
            if name == "base" || name == "基准" {
                return Ok(stated);
            }
            let chosen = choose(voice, loaded, &[name.to_string()])?;
            Ok(chosen.unwrap_or(stated))
        })
        .collect()
}

/// Why values are not understood, in Chinese and English.
type Why = (&'static str, &'static str);

fn numbers(lever: Lever, text: &str) -> Result<Values, Why> {
    let text = text.trim();
    if let Some(range) = text.strip_prefix(['~', '～']) {
        return range_of(lever, range).map(|range| Values::Drawn(lever, range));
    }
    let listed = match text.split([':', '：']).collect::<Vec<_>>().as_slice() {
        [start, end, step] => grid(
            number(lever, start)?,
            number(lever, end)?,
            number(lever, step)?,
        )?,
        [list] => list
            .split([',', '，', '、'])
            .map(|one| number(lever, one))
            .collect::<Result<Vec<f64>, Why>>()?,
        _ => return Err(("等距取值写作 起:止:步长", "a grid is START:END:STEP")),
    };
    Ok(Values::Listed(lever, listed))
}

/// The numbers of a grid, its end among them when the steps lead there.
fn grid(start: f64, end: f64, step: f64) -> Result<Vec<f64>, Why> {
    if step <= 0.0 || end < start {
        return Err((
            "等距取值的步长要大于 0，止不小于起",
            "a grid needs START ≤ END and a step above 0",
        ));
    }
    let steps = ((end - start) / step + 1e-9).floor();
    if steps >= MOST_VALUES as f64 {
        return Err((
            "一项最多取 100000 个值",
            "at most 100000 values of one kind",
        ));
    }
    // Millionths are as fine as tables show them.
    let rounded = |value: f64| (value * 1e6).round() / 1e6;
    Ok((0..=steps as usize)
        .map(|at| rounded(start + step * at as f64))
        .collect())
}

fn range_of(lever: Lever, text: &str) -> Result<Range, Why> {
    let parts = text.split("..").map(|one| number(lever, one));
    let parts = parts.collect::<Result<Vec<f64>, Why>>()?;
    let range = match parts.as_slice() {
        [low, high] => Range {
            low: *low,
            high: *high,
            mode: None,
        },
        [low, mode, high] => Range {
            low: *low,
            high: *high,
            mode: Some(*mode),
        },
        _ => {
            return Err((
                "随机取值写作 ~低..高 或 ~低..最可能..高",
                "a range is ~LOW..HIGH or ~LOW..LIKELIEST..HIGH",
            ));
        }
    };
    let inside = range.mode.unwrap_or(range.low);
    match range.low <= inside && inside <= range.high {
        true => Ok(range),
        false => Err((
            "随机取值要从低到高",
            "a range goes from its lowest to its highest",
        )),
    }
}

/// A factor such as 80 % or 0.8, or a number of years.
fn number(lever: Lever, text: &str) -> Result<f64, Why> {
    let nothing_left = (
        "在校生的倍数要大于 0",
        "enrolment is multiplied by more than 0",
    );
    match lever {
        Lever::Terminal => {
            let years: Option<f64> = text.trim().parse().ok();
            years
                .filter(|years| (0.0..=100.0).contains(years))
                .ok_or(("年数为 0 到 100", "years from 0 to 100"))
        }
        _ => {
            let factor = amounts::share(text).map_err(|_| {
                (
                    "倍数写作 80% 或 0.8，最多 1000%",
                    "a factor is such as 80% or 0.8, at most 1000%",
                )
            })?;
            match matches!(lever, Lever::Enrolment(_)) && factor == 0.0 {
                true => Err(nothing_left),
                false => Ok(factor),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn listed(text: &str) -> Vec<f64> {
        match numbers(Lever::Funds(None), text) {
            Ok(Values::Listed(_, values)) => values,
            other => panic!("{text}: {other:?}"),
        }
    }

    #[test]
    fn values_are_read_as_planners_write_them() {
        assert_eq!(listed("50%:80%:10%"), [0.5, 0.6, 0.7, 0.8]);
        assert_eq!(listed("0.5：0.59：0.03"), [0.5, 0.53, 0.56, 0.59]);
        assert_eq!(listed("80%，100%、120%"), [0.8, 1.0, 1.2]);
        assert!(matches!(
            numbers(Lever::Cost(None), "~90%..100%..130%"),
            Ok(Values::Drawn(
                _,
                Range {
                    low: 0.9,
                    high: 1.3,
                    mode: Some(1.0)
                }
            ))
        ));
    }

    #[test]
    fn what_cannot_be_meant_is_refused() {
        for text in [
            "", "x", "1:2", "1:2:0", "2:1:1", "0:1:1e-9", "~1", "~2..1", "~1..3..2", "-1", "nan",
        ] {
            assert!(numbers(Lever::Funds(None), text).is_err(), "{text}");
        }
        assert!(numbers(Lever::Enrolment(None), "0%").is_err());
        assert!(numbers(Lever::Terminal, "101").is_err());
    }
}
