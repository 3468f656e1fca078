//! Doubts in words.

use crate::case::Quantity;
use crate::plan::Plan;
use crate::report::number::{MISSING, number, percent};
use crate::report::question::Question;
use crate::report::verdict;
use crate::study::verify::{Alike, Doubtful, Reason, Told};
use crate::words::catalogue::{
    CLASS_SIZE_IMPLAUSIBLE, PUPILS_DISAGREE, PUPILS_IMPLAUSIBLE, STOCK_IMPLAUSIBLE, STOCK_ZERO,
};
use crate::words::{Code, Money};

/// What is said, in which language, beside which plan.
pub(super) struct Words<'a> {
    /// What was asked.
    pub(super) asked: &'a Question<'a>,
    /// The plan as the numbers stand.
    pub(super) plan: &'a Plan,
}

impl Words<'_> {
    /// The name of the quantity.
    pub(super) fn quantity(&self, doubt: &Doubtful) -> String {
        let (zh, en) = self.asked.case.quantity_name(doubt.quantity);
        self.asked.pick(zh, en).to_string()
    }

    /// The unit it is counted in.
    pub(super) fn unit(&self, doubt: &Doubtful) -> &str {
        match doubt.quantity {
            Quantity::Pupils => self.asked.pick("人", "pupils"),
            Quantity::Classes => self.asked.pick("班", "classes"),
            Quantity::Stock(resource) => &self.asked.case.resources[resource].unit,
        }
    }

    /// What the table says.
    pub(super) fn value(&self, doubt: &Doubtful) -> String {
        doubt.value.map_or_else(|| MISSING.to_string(), number)
    }

    /// Between what it may lie.
    pub(super) fn interval(&self, doubt: &Doubtful) -> String {
        let (low, high) = (number(doubt.low), number(doubt.high));
        match low == high {
            true => low,
            false => format!("{low}–{high}"),
        }
    }

    /// The cell it stands in.
    pub(super) fn cell(&self, doubt: &Doubtful) -> String {
        let place = doubt.place.as_ref();
        place.map_or_else(|| MISSING.to_string(), ToString::to_string)
    }

    /// Why it is doubted.
    pub(super) fn why(&self, doubt: &Doubtful) -> String {
        let reasons: Vec<String> = doubt
            .reasons
            .iter()
            .map(|reason| self.reason(doubt, reason))
            .collect();
        reasons.join(self.asked.pick("；", "; "))
    }

    fn reason(&self, doubt: &Doubtful, reason: &Reason) -> String {
        let asked = self.asked;
        match reason {
            Reason::Stated(why) if why.is_empty() => asked
                .pick("案例写明了范围", "an interval is stated")
                .to_string(),
            Reason::Stated(why) => why.clone(),
            Reason::Missing => asked.pick("没有数据", "missing").to_string(),
            Reason::Flagged(code) => {
                let (zh, en) = flagged(*code);
                asked.pick(format!("{zh}（{}）", code.0), format!("{en} ({})", code.0))
            }
            Reason::Outlying(share) => self.outlying(doubt, *share),
        }
    }

    fn outlying(&self, doubt: &Doubtful, share: f64) -> String {
        let asked = self.asked;
        let of_standard = matches!(doubt.quantity, Quantity::Stock(_));
        let shown = if of_standard { percent } else { number };
        let share = shown(share);
        let theirs = doubt.peers.map(|peers| {
            let (low, high) = (shown(peers.low), shown(peers.high));
            asked.pick(
                format!("，同类学校 {low}–{high}"),
                format!("; theirs {low}–{high}"),
            )
        });
        let theirs = theirs.unwrap_or_default();
        match of_standard {
            true => asked.pick(
                format!("远离同类学校（为标准的 {share}{theirs}）"),
                format!("far from like schools ({share} of the standard{theirs})"),
            ),
            false => asked.pick(
                format!("远离同类学校（每班 {share} 人{theirs}）"),
                format!("far from like schools ({share} pupils a class{theirs})"),
            ),
        }
    }

    /// Where the interval comes from.
    pub(super) fn source(&self, doubt: &Doubtful) -> String {
        let Some(peers) = doubt.peers else {
            return self
                .asked
                .pick("案例写明", "stated in the case")
                .to_string();
        };
        let (zh, en) = match peers.alike {
            Alike::StageAndArea => ("同学段、同类地区", "of its stage and kind of area"),
            Alike::Stage => ("同学段", "of its stage"),
            Alike::All => ("全部", "of all stages"),
        };
        let schools = peers.schools;
        self.asked.pick(
            format!("{zh} {schools} 所学校居中的八成"),
            format!("the middle eight tenths of {schools} schools {en}"),
        )
    }

    /// What is given to the school: units and money, or money alone for numbers that are about the whole school.
    pub(super) fn given(&self, doubt: &Doubtful, units: Option<f64>, spent: Money) -> String {
        let money = self.asked.money(spent);
        match units {
            Some(0.0) if spent.is_zero() => "0".to_string(),
            Some(units) => {
                let (units, unit) = (number(units), self.unit(doubt));
                self.asked.pick(
                    format!("{units} {unit}，{money}"),
                    format!("{units} {unit}, {money}"),
                )
            }
            None => money,
        }
    }

    /// What is given with the number at an end.
    pub(super) fn told(&self, doubt: &Doubtful, told: &Told) -> String {
        match &told.without_plan {
            Some(without) => verdict::name(self.asked, without).to_string(),
            None => self.given(doubt, told.units, told.spent),
        }
    }
}

/// What `check` says of a number, in a few words.
fn flagged(code: Code) -> (&'static str, &'static str) {
    match code {
        PUPILS_DISAGREE => ("分项与合计不符", "the parts differ from the total"),
        STOCK_IMPLAUSIBLE => ("多得不合常理", "implausibly much"),
        STOCK_ZERO => ("不应当为 0", "implausibly none"),
        PUPILS_IMPLAUSIBLE => ("学生多得不合常理", "implausibly many pupils"),
        CLASS_SIZE_IMPLAUSIBLE => ("班级人数多得不合常理", "implausibly large classes"),
        _ => ("检查有提示", "flagged by check"),
    }
}
