//! Reasons in sentences. Each says its numbers, and the same numbers stand in `why.json`.

use super::weighed::weighed;
use super::words::{self, period};
use crate::case::Measure;
use crate::plan::Reasons;
use crate::plan::reasons::prices::PostPrice;
use crate::plan::reasons::{Cause, Place, Reason, State};
use crate::report::number::{count, number, percent};
use crate::report::question::Question;
use crate::words::tolerance::TIE;

/// Why the need stands as it does, in one sentence; empty where nothing is to be said.
pub fn reason(asked: &Question, reasons: &Reasons, reason: &Reason) -> String {
    match (reason.state, reason.cause) {
        (State::Unknown, _) => asked
            .pick(
                "在校生数、班级数或现有数不详，未纳入规划",
                "left out of the plan: pupils, classes or stock are unknown",
            )
            .to_string(),
        (State::NotAsked, _) => asked
            .pick(
                "标准对该校没有这项要求",
                "the standard asks none of this school",
            )
            .to_string(),
        (State::Enough, _) => asked
            .pick("规划期内不缺", "not short in any plan year")
            .to_string(),
        (State::Passes, _) => {
            let last = asked.year(asked.case.horizon.last());
            asked.pick(
                format!("不采取措施，到{last}也不再缺"),
                format!("even without measures it is short no more in {last}"),
            )
        }
        (State::Gives, _) => gives(asked, reasons, reason),
        (_, None) => met(asked, reason),
        (_, Some(cause)) => short(asked, reason, cause),
    }
}

fn gives(asked: &Question, reasons: &Reasons, reason: &Reason) -> String {
    let case = asked.case;
    let mut rows = reasons.rows(reason.school, reason.resource);
    let Some(row) = rows.find(|row| row.units < 0.0) else {
        return String::new();
    };
    let school = &case.schools[reason.school];
    let spare = case
        .required(reason.school, reason.resource, row.year)
        .zip(school.stock[reason.resource.at()])
        .map_or(0.0, |(required, stock)| stock - required);
    let unit = &case.resources[reason.resource].unit;
    let spare = number(spare);
    let head = asked.pick(
        format!("超出标准 {spare} {unit}，派出后仍不低于标准"),
        format!("{spare} {unit} more than asked, and still not below the standard afterwards"),
    );
    let circle = case.circle(row.measure, row.school);
    let at = (row.measure, circle, row.year);
    match reasons.prices().post(at) {
        PostPrice::Toll { quotas, scarcity } if reasons.are_proven() => {
            let worth = scarcity + quotas.iter().map(|(_, toll)| toll).sum::<f64>();
            if worth <= TIE {
                return head;
            }
            let (year, worth, gap) = (asked.year(row.year), number(worth), asked.gap_unit());
            asked.pick(
                format!("{head}；{year}派出一{unit}，在同县同学段学校可弥补 {worth} {gap}"),
                format!("{head}; one given in {year} closes {worth} {gap} at schools of the same stage nearby"),
            )
        }
        _ => head,
    }
}

fn met(asked: &Question, reason: &Reason) -> String {
    let Some(offer) = reason.deciding() else {
        return String::new();
    };
    let said = weighed(asked, offer, offer.first);
    let ratio = offer.ratio(offer.first);
    if let Some(place) = reason.place.filter(|_| (ratio - 1.0).abs() <= TIE) {
        let water = water(asked, &place);
        return asked.pick(format!("{said}；{water}"), format!("{said}; {water}"));
    }
    if ratio >= 1.0 - TIE {
        return said;
    }
    asked.pick(
        format!("{said}；按整数配置时余下的正好够用"),
        format!("{said}; paid from what whole units left over"),
    )
}

fn short(asked: &Question, reason: &Reason, cause: Cause) -> String {
    let case = asked.case;
    let said = words::cause(asked, cause).to_string();
    let offer = reason.deciding();
    match cause {
        Cause::AboveCutOff(_) | Cause::Tie(_) | Cause::WholeUnits => {
            let weighed = offer.map_or(String::new(), |offer| weighed(asked, offer, offer.next));
            let more = match (cause, reason.place) {
                (Cause::Tie(_), Some(place)) => water(asked, &place),
                (Cause::Tie(limit), None) => {
                    let limit = words::limit(asked, limit);
                    asked.pick(
                        format!("{limit}用到这里为止"),
                        format!("{limit} ended here"),
                    )
                }
                (Cause::AboveCutOff(_), _) => match reason.state {
                    State::Partly => asked.pick("不再增加", "nothing more is given").to_string(),
                    _ => asked.pick("因此不安排", "so nothing is given").to_string(),
                },
                _ => said,
            };
            let more = match offer {
                Some(offer) if matches!(cause, Cause::Tie(_) | Cause::WholeUnits) => {
                    more + &project(asked, &case.measures[offer.measure])
                }
                _ => more,
            };
            asked.pick(format!("{weighed}；{more}"), format!("{weighed}; {more}"))
        }
        Cause::Forbidden(policy) => {
            let name = &case.policies[policy].name;
            asked.pick(format!("“{name}”禁止"), format!("rule “{name}” forbids it"))
        }
        Cause::Shut(policy) => {
            let name = &case.policies[policy].name;
            asked.pick(
                format!("“{name}”的名额为零"),
                format!("rule “{name}” allows none"),
            )
        }
        Cause::NoMoney(at) => {
            let when = period(asked, at);
            asked.pick(
                format!("可用于该项措施的资金在{when}没有钱，而{when}必须付款"),
                format!("the funds that may pay for it have no money {when}, when it must be paid"),
            )
        }
        Cause::LessThanOneStep => {
            if let Some(small) = less_than_a_project(asked, reason) {
                return small;
            }
            let resource = &case.resources[reason.resource];
            let step = number(case.finest_step(reason.resource));
            let short = number(reason.short.unwrap_or(0.0));
            let unit = &resource.unit;
            asked.pick(
                format!("只缺 {short} {unit}，不足一个配置单位（{step} {unit}）"),
                format!("only {short} {unit} short, less than the step of {step} in which it is handed out"),
            )
        }
        _ => said,
    }
}

/// That a measure comes in projects of a least size; empty where it does not.
fn project(asked: &Question, measure: &Measure) -> String {
    if measure.least == 0.0 {
        return String::new();
    }
    let (name, least) = (&measure.name, number(measure.least));
    let unit = &asked.case.resources[measure.resource].unit;
    asked.pick(
        format!("（“{name}”每校每年至少 {least} {unit}，否则不办）"),
        format!(" (“{name}” is at least {least} {unit} at a school in a year, or nothing)"),
    )
}

/// That what is short is not worth the smallest project of any measure; `None` where a step is what is too large.
fn less_than_a_project(asked: &Question, reason: &Reason) -> Option<String> {
    let case = asked.case;
    let stated = &case.resources[reason.resource];
    let finest = case.finest_step(reason.resource);
    let short = reason.short.filter(|short| *short >= finest)?;
    let brings = |one: &&Measure| one.brings(reason.resource).is_some() && one.least > 0.0;
    let smallest = case.measures.iter().filter(brings);
    let smallest = smallest.min_by(|one, other| one.least.total_cmp(&other.least))?;
    let (short, unit) = (number(short), &stated.unit);
    let project = project(asked, smallest);
    Some(asked.pick(
        format!("只缺 {short} {unit}，不到最小项目的一半{project}"),
        format!("only {short} {unit} short, less than half of the smallest project{project}"),
    ))
}

/// The place in the water-fill.
pub fn water(asked: &Question, place: &Place) -> String {
    let Place {
        place,
        of,
        served,
        last_served,
        level,
    } = *place;
    let level = percent(level);
    let [place, of, served, last_served] = [place, of, served, last_served].map(count);
    asked.pick(
        format!(
            "这样的需求有 {of} 项，价值相同，达标程度低的优先：本校排第 {place}；{served} 项得到安排，最后一项排第 {last_served}，最低的达到标准的 {level}"
        ),
        format!(
            "among {of} needs of the same worth the lowest attainment goes first: place {place}; {served} were given something, \
             the last of them place {last_served}, and the lowest now stands at {level} of the standard"
        ),
    )
}
