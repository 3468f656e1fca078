//! The words of reasons: states, causes, limits.

use crate::case::Count;
use crate::plan::reasons::{Cause, Closed, Limit, Offer, State, Why};
use crate::report::number::number;
use crate::report::question::Question;
use crate::words::YearIx;
use crate::words::tolerance::TIE;

/// A state in a word or two.
pub fn state(asked: &Question, state: State) -> &'static str {
    match state {
        State::Unknown => asked.pick("数据不详", "unknown"),
        State::NotAsked => asked.pick("没有要求", "not asked"),
        State::Enough => asked.pick("不缺", "not short"),
        State::Gives => asked.pick("派出", "gives"),
        State::Met => asked.pick("解决", "met"),
        State::Passes => asked.pick("自然消失", "passes"),
        State::Partly => asked.pick("部分解决", "met in part"),
        State::Unserved => asked.pick("未安排", "not served"),
    }
}

/// A limit by name.
pub fn limit(asked: &Question, limit: Limit) -> String {
    let case = asked.case;
    match limit {
        Limit::Fund(fund) => case.funds[fund].name.clone(),
        Limit::Rule(policy) => {
            let name = &case.policies[policy].name;
            asked.pick(format!("“{name}”"), format!("rule “{name}”"))
        }
        Limit::Posts(measure, circle) => {
            let measure = &case.measures[measure].name;
            let (zh, en) = case.circle_name(circle);
            asked.pick(
                format!("{measure}：{zh}可派出的岗位"),
                format!("{measure}: posts to spare, {en}"),
            )
        }
        Limit::Own => asked
            .pick("本校在用数量", "what the school has in use")
            .to_string(),
    }
}

/// A cause in a few words, its limit left out.
pub fn cause(asked: &Question, cause: Cause) -> &'static str {
    match cause {
        Cause::LessThanOneStep | Cause::NoMeasure | Cause::NoFund => {
            let (zh, en) = cause.why().words();
            asked.pick(zh, en)
        }
        Cause::NotInTime => asked.pick(
            "规划期内来不及投入使用",
            "no measure is in use by the last plan year",
        ),
        Cause::Forbidden(_) => asked.pick("有规定禁止", "a rule forbids it"),
        Cause::NoMoney(_) => asked.pick(
            "应付款的年份没有资金",
            "no money in a year in which it must be paid",
        ),
        Cause::NobodyToSpare => asked.pick("没有学校可以派出", "no school has a post to spare"),
        Cause::Shut(_) => asked.pick("名额为零", "a quota allows none"),
        Cause::UsedUp => asked.pick(
            "能修复、能培训、能替代的都已安排",
            "all that can be mended, trained or stood in for is",
        ),
        Cause::InUse => asked.pick("在用的尚未到期", "what is in use has not worn out"),
        Cause::Weightless => asked.pick("不计入缺口指数", "it counts nothing in the gap index"),
        Cause::AboveCutOff(_) => asked.pick("高于截断线", "above the cut-off"),
        Cause::Tie(_) => asked.pick(
            "正在截断线上，注水未到",
            "at the cut-off, beyond the water-fill",
        ),
        Cause::WholeUnits => asked.pick(
            "整数配置后余额不足一个单位",
            "what whole units left pays no further unit",
        ),
        Cause::Unproven => asked.pick("未证明最优，无从判断", "not proven, cannot be told"),
    }
}

/// One unit of the gap index.
pub fn gap_one(asked: &Question) -> &'static str {
    match asked.case.objective.count {
        Count::Pupils => asked.pick("人·项", "pupil-standard"),
        Count::Schools => asked.pick("校·项", "school-standard"),
    }
}

/// Money in main units, for prices of single units.
pub fn money(asked: &Question, amount: f64) -> String {
    format!("{} {}", number(amount), asked.case.currency)
}

/// A period as people say it.
pub fn period(asked: &Question, at: YearIx) -> String {
    match asked.case.horizon.is_terminal(at) {
        true => asked.pick("规划期后", "after the plan").to_string(),
        false => asked.year(at),
    }
}

/// How an offer stands, in a word or two for a grid.
pub fn standing(asked: &Question, offer: &Offer, proven: bool) -> String {
    if offer.given > 0.0 {
        return asked.pick("安排", "given").to_string();
    }
    if offer.next <= 0.0 && offer.is_weighed() {
        return asked.pick("已不需要", "no longer needed").to_string();
    }
    if let Some(closed) = offer.closed {
        return self::closed(asked, closed);
    }
    if !proven {
        return asked.pick("无从判断", "cannot be told").to_string();
    }
    let ratio = offer.ratio(offer.next);
    match () {
        () if ratio < 1.0 - TIE => asked.pick("高于截断线", "above the cut-off"),
        () if ratio <= 1.0 + TIE => asked.pick("正在截断线上", "at the cut-off"),
        () => asked.pick("余额不足一个单位", "less than a whole unit left"),
    }
    .to_string()
}

fn closed(asked: &Question, closed: Closed) -> String {
    match closed {
        Closed::Forbidden(_) => asked.pick("禁止", "forbidden").to_string(),
        Closed::NoFund => {
            let (zh, en) = Why::NoFund.words();
            asked.pick(zh, en).to_string()
        }
        Closed::NoMoney(at) => {
            let when = period(asked, at);
            asked.pick(format!("{when}没有资金"), format!("no money {when}"))
        }
        Closed::NobodyToSpare => asked.pick("无校可派出", "nobody to spare").to_string(),
        Closed::Shut(_) => asked.pick("名额为零", "quota allows none").to_string(),
        Closed::UsedUp => asked
            .pick(
                "没有更多可修、可训或可替代的",
                "no more to mend, to train or to stand in for",
            )
            .to_string(),
        Closed::InUse => asked.pick("在用未到期", "still in use").to_string(),
    }
}
