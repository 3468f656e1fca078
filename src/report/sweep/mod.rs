//! A sweep on paper: the table of its points as they come, and what stands out in it once it is whole.

mod begun;
#[cfg(feature = "parquet")]
mod parquet;
mod summary;
mod table;

pub use begun::{Begun, Refused};
#[cfg(feature = "parquet")]
pub use parquet::write as parquet;
pub use summary::{Summary, json, page};

use serde_json::{Value, json as object};

use super::question::Question;
use crate::study::sweep::{Axis, Design, Lever, Range, Values};

/// What an axis varies, in words, with the unit of its values.
pub fn label(asked: &Question, axis: &Axis) -> String {
    let case = asked.case;
    let (what, times) = match axis.values {
        Values::Scenarios(_) => (asked.pick("情景", "scenario").to_string(), false),
        Values::Listed(lever, _) | Values::Drawn(lever, _) => match lever {
            Lever::Funds(None) => (asked.pick("全部资金", "all funds").to_string(), true),
            Lever::Funds(Some(fund)) => (case.funds[fund].name.clone(), true),
            Lever::Enrolment(None) => (asked.pick("在校生", "enrolment").to_string(), true),
            Lever::Enrolment(Some(section)) => {
                let section = asked.lang.pick(section.name().0, section.name().1);
                (
                    asked.pick(format!("{section}在校生"), format!("enrolment, {section}")),
                    true,
                )
            }
            Lever::Cost(None) => (asked.pick("全部单价", "all prices").to_string(), true),
            Lever::Cost(Some(measure)) => {
                let name = &case.measures[measure].name;
                (
                    asked.pick(format!("{name}单价"), format!("price of {name}")),
                    true,
                )
            }
            Lever::Weight(resource) => {
                let name = &case.resources[resource].name;
                (
                    asked.pick(format!("{name}权重"), format!("weight of {name}")),
                    true,
                )
            }
            Lever::Terminal => (
                asked
                    .pick("期后年数（年）", "years after the plan")
                    .to_string(),
                false,
            ),
        },
    };
    match times {
        true => asked.pick(format!("{what}（倍）"), format!("{what} (times)")),
        false => what,
    }
}

/// Everything that the points of a sweep follow from, for programs; `inputs` are file names and hashes of what was read.
pub fn description(asked: &Question, design: &Design, inputs: &[(String, String)]) -> Value {
    let axes = design.axes.iter().map(|axis| {
        let values = match &axis.values {
            Values::Listed(_, values) => object!(values),
            Values::Drawn(_, Range { low, high, mode }) => {
                object!({ "low": low, "high": high, "mode": mode })
            }
            Values::Scenarios(overlays) => {
                object!(overlays.iter().map(|one| &one.name).collect::<Vec<_>>())
            }
        };
        object!({ "axis": axis.key, "values": values })
    });
    object!({
        "junheng": env!("CARGO_PKG_VERSION"),
        "case": asked.case.name,
        "scenario": asked.scenario.map(|one| &one.name),
        "inputs": inputs
            .iter()
            .map(|(file, hash)| object!({ "file": file, "blake3": hash }))
            .collect::<Vec<_>>(),
        "axes": axes.collect::<Vec<_>>(),
        "draws": design.draws,
        "seed": design.seed,
        "gap_unit": asked.gap_unit(),
        "money_unit": asked.money_unit(),
        "language": asked.pick("zh", "en"),
    })
}
