//! `[[policy]]`: the rules that stand beside the money.

use std::sync::Arc;

use schemars::JsonSchema;
use serde::Deserialize;

use super::{ScopeRecord, Terms};
use crate::case::balance::Index;
use crate::case::policy::Quota;
use crate::case::{Base, Bound, Each, Earlier, Policy, Rule};
use crate::read::at::At;
use crate::read::names::Names;
use crate::read::source::Source;
use crate::words::catalogue::{
    KEY_MISSING, KEY_OUT_OF_PLACE, MATCHES_ITSELF, NOT_EXACTLY_ONE, OUT_OF_RANGE,
};
use crate::words::{FundIx, Notices, YearIx};

/// 政策的种类。The kind of a policy.
#[derive(Deserialize, JsonSchema, Clone, Copy, PartialEq, Eq)]
#[serde(rename_all = "kebab-case")]
pub(in crate::read) enum PolicyKind {
    /// 资金占比。A share of the money.
    Share,
    /// 数量指标。A number of units.
    Quota,
    /// 支出金额。An amount of money paid, by whatever fund.
    Spending,
    /// 分阶段目标：到 by 年，每校达到标准的一定比例。A part of its standard that every school reaches by a year.
    Target,
    /// 差异系数上限：各县学校之间的差异不超过 max。The coefficient of variation among the schools of each county.
    Cv,
    /// 基尼系数上限。Their Gini coefficient.
    Gini,
    /// 平均差系数上限。Their relative mean deviation.
    MeanDeviation,
    /// 与原方案衔接：原方案（plan）安排的资金至多调出 moving。Staying near an earlier plan: at most `moving` of its money is taken
    /// from where it was.
    Stay,
    /// 每校达标项数：每所学校至少有 min 项指标达标，其余不低于标准的 rest。So many indicators that every school meets, and a
    /// part of the norm of the others.
    Indicators,
    /// 禁止。Not to be used.
    Forbid,
}

impl PolicyKind {
    fn word(self) -> &'static str {
        match self {
            PolicyKind::Share => "share",
            PolicyKind::Quota => "quota",
            PolicyKind::Spending => "spending",
            PolicyKind::Target => "target",
            PolicyKind::Cv => "cv",
            PolicyKind::Gini => "gini",
            PolicyKind::MeanDeviation => "mean-deviation",
            PolicyKind::Stay => "stay",
            PolicyKind::Indicators => "indicators",
            PolicyKind::Forbid => "forbid",
        }
    }

    /// The index whose size it limits, if it is a limit on differences.
    fn index(self) -> Option<Index> {
        match self {
            PolicyKind::Cv => Some(Index::Cv),
            PolicyKind::Gini => Some(Index::Gini),
            PolicyKind::MeanDeviation => Some(Index::MeanDeviation),
            _ => None,
        }
    }
}

/// 占比的基数。What a share is a share of.
#[derive(Deserialize, JsonSchema, Clone, Copy, PartialEq, Eq)]
#[serde(rename_all = "kebab-case")]
pub(in crate::read) enum Whole {
    /// 已用的资金。What is spent.
    Spent,
    /// 可用的资金。What is available.
    Available,
    /// 上一年用于同样对象的资金。What was spent on the same in the year before.
    YearBefore,
    /// 其他资金用于同样对象的支出（配套）。What other funds pay for the same.
    Matched,
}

/// 政策约束。A policy.
#[derive(Deserialize, JsonSchema, Clone)]
#[schemars(deny_unknown_fields)]
pub(in crate::read) struct PolicyRecord {
    /// 代码。Code.
    #[schemars(length(min = 1))]
    pub(in crate::read) id: At<String>,
    /// 名称。Name.
    #[schemars(length(min = 1))]
    name: String,
    /// 种类。Kind.
    kind: At<PolicyKind>,
    /// 至少：占比为 0 到 1，数量为单位数，支出为金额，达标项数为项数（不写时用标准自己的规则）。At least: a share from 0 to 1, a
    /// number of units, money, or a number of indicators (the standard's own rule when absent).
    #[schemars(range(min = 0, max = 1e12))]
    min: Option<At<f64>>,
    /// 至多：占比为 0 到 1，数量为单位数，支出为金额；差异系数（cv）不写时用标准自己的上限。At most: a share from 0 to 1, a
    /// number of units, or money; for cv the limit of the standard itself when absent.
    #[schemars(range(min = 0, max = 1e12))]
    max: Option<At<f64>>,
    /// 至少为现有数量的这一比例（仅 quota）。At least this share of the stock (quota only).
    #[schemars(range(min = 0, max = 1))]
    min_of_stock: Option<At<f64>>,
    /// 至多为现有数量的这一比例（仅 quota）。At most this share of the stock (quota only).
    #[schemars(range(min = 0, max = 1))]
    max_of_stock: Option<At<f64>>,
    /// 占比的基数：已用的资金（spent）、可用的资金（available）、上一年用于同样对象的资金（year-before，“只增不减”即 min = 1），
    /// 或 matched 所列资金用于同样对象的支出（matched，即配套），默认已用（仅 share）。Share of what: of what is spent, of what
    /// is available, of what was spent on the same in the year before (min = 1 where spending only grows), or of what the
    /// funds in `matched` pay for the same; of what is spent when absent (share only).
    of: Option<At<Whole>>,
    /// 由 funds 配套的资金，如上级专项（仅 of = "matched"）。The funds that `funds` have to match, such as grants from above
    /// (of = "matched" only).
    matched: Option<At<Vec<At<String>>>>,
    /// 计入的资金，默认全部（仅 share）。Which funds count; all when absent (share only).
    funds: Option<At<Vec<At<String>>>>,
    /// 是否每年都要满足，默认 true。Whether it holds in each year; true when absent.
    each_year: Option<At<bool>>,
    /// 在哪些地方分别满足：合计（all）、每县（county）、每乡镇（township）、每校（school），默认合计（仅 quota、spending）；差异系数等
    /// 只能写 all 或 county，默认每县。In each of which places it holds; over all together when absent (quota and spending).
    /// For limits on differences all or county, each county when absent.
    each: Option<At<Each>>,
    /// 其余各项至少达到标准的这一比例（仅 indicators，须写 min），默认 0。The part of its norm that each other indicator has
    /// (indicators only, with `min`); 0 when absent.
    #[schemars(range(min = 0, max = 1))]
    rest: Option<At<f64>>,
    /// 达到目标的年份，从这一年起都要满足（target 必填；差异系数、达标项数等默认为最后一个规划年）。The year by which it is reached and
    /// from which it holds (required for a target; the last plan year when absent for limits on differences and indicators).
    by: Option<At<i32>>,
    /// 限制各项差异系数的平均数，而不是每一项（仅 cv，须写 max）。Whether the plain mean over the resources is limited rather
    /// than each of them (cv only, with `max`).
    composite: Option<At<bool>>,
    /// 原方案的表：solve --out 写出的 plan.csv 或工作簿，放在案例文件夹里（stay 必填）。The table of the earlier plan: a plan.csv or
    /// workbook that solve --out has written, inside the case folder (required for stay).
    #[schemars(length(min = 1))]
    plan: Option<At<String>>,
    /// 原方案的资金至多有多少可以调出，0 到 1（stay 必填）。The part of the earlier plan's money that may be taken from where it
    /// was, 0 to 1 (required for stay).
    #[schemars(range(min = 0, max = 1))]
    moving: Option<At<f64>>,
    /// 约束的对象；没有时不限。What it speaks of; everything when absent.
    #[serde(default)]
    scope: ScopeRecord,
}

impl PolicyRecord {
    /// The policy, `None` when it cannot be understood.
    pub(in crate::read) fn build(
        this: &At<PolicyRecord>,
        terms: &Terms,
        names: &Names,
        source: &Source,
        notices: &mut Notices,
    ) -> Option<Policy> {
        let stated = &this.value;
        stated.report_out_of_place(source, notices);
        let scope = stated.scope.build(names, source, notices);
        let rule = match stated.kind.value {
            PolicyKind::Forbid => Some(Rule::Forbid),
            PolicyKind::Target => stated.target(this, terms, source, notices),
            PolicyKind::Share => stated.share(this, names, source, notices),
            PolicyKind::Quota => stated.quota(this, source, notices),
            PolicyKind::Spending => stated.spending(this, terms, source, notices),
            PolicyKind::Stay => stated.stay(this, source, notices),
            PolicyKind::Cv | PolicyKind::Gini | PolicyKind::MeanDeviation => {
                stated.differences(this, terms, source, notices)
            }
            PolicyKind::Indicators => stated.indicators(terms, source, notices),
        };
        Some(Policy {
            id: stated.id.value.clone(),
            name: stated.name.clone(),
            scope: scope?,
            rule: rule?,
            place: source.place(this.span.start),
        })
    }

    fn report_out_of_place(&self, source: &Source, notices: &mut Notices) {
        let kind = self.kind.value;
        let (share, quota, any) = (
            kind == PolicyKind::Share,
            kind == PolicyKind::Quota,
            !matches!(kind, PolicyKind::Forbid | PolicyKind::Stay),
        );
        let stay = kind == PolicyKind::Stay;
        let target = kind == PolicyKind::Target;
        let compares = kind.index().is_some();
        let indicators = kind == PolicyKind::Indicators;
        let timed = any && !target && !compares && !indicators;
        let placed = quota || kind == PolicyKind::Spending;
        let each = self.each.as_ref().map(|at| at.value);
        let together = matches!(each, Some(Each::All | Each::County));
        let stated = [
            (
                "min",
                self.min.as_ref().map(|at| &at.span),
                any && !compares,
            ),
            (
                "max",
                self.max.as_ref().map(|at| &at.span),
                timed || compares,
            ),
            (
                "min_of_stock",
                self.min_of_stock.as_ref().map(|at| &at.span),
                quota,
            ),
            (
                "max_of_stock",
                self.max_of_stock.as_ref().map(|at| &at.span),
                quota,
            ),
            ("of", self.of.as_ref().map(|at| &at.span), share),
            ("funds", self.funds.as_ref().map(|at| &at.span), share),
            ("matched", self.matched.as_ref().map(|at| &at.span), share),
            (
                "each_year",
                self.each_year.as_ref().map(|at| &at.span),
                timed,
            ),
            (
                "by",
                self.by.as_ref().map(|at| &at.span),
                target || compares || indicators,
            ),
            (
                "rest",
                self.rest.as_ref().map(|at| &at.span),
                indicators && self.min.is_some(),
            ),
            (
                "composite",
                self.composite.as_ref().map(|at| &at.span),
                kind == PolicyKind::Cv && (self.max.is_some() || !self.is_composite()),
            ),
            ("plan", self.plan.as_ref().map(|at| &at.span), stay),
            ("moving", self.moving.as_ref().map(|at| &at.span), stay),
            (
                "scope.measures",
                self.scope.measures.first().map(|at| &at.span),
                !target && !compares && !indicators,
            ),
            (
                "each",
                self.each.as_ref().map(|at| &at.span),
                placed || (compares && together),
            ),
        ];
        for (key, span, fits) in stated {
            if let Some(span) = span.filter(|_| !fits) {
                let notice = source.notice(KEY_OUT_OF_PLACE, span);
                notices.push(notice.with(key).with(format!("kind = \"{}\"", kind.word())));
            }
        }
    }

    fn share(
        &self,
        this: &At<PolicyRecord>,
        names: &Names,
        source: &Source,
        notices: &mut Notices,
    ) -> Option<Rule> {
        let funds = self.funds.as_ref().map_or(&[][..], |funds| &funds.value);
        let funds = names.funds.all(funds, source, notices);
        let by = funds.as_deref().unwrap_or(&[]);
        let stated = [
            ("min", &self.min, Bound::Min),
            ("max", &self.max, Bound::Max),
        ];
        let (key, share, bound) = exactly_one(&stated, this, source, notices)?;
        let whole = self.of.as_ref().map_or(Whole::Spent, |of| of.value);
        self.report_beside(whole, source, notices);
        let is_part = matches!(whole, Whole::Spent | Whole::Available);
        if is_part && share.value > 1.0 {
            let notice = source.notice(OUT_OF_RANGE, &share.span);
            notices.push(notice.with(key).with("0 … 1"));
        }
        let base = match whole {
            Whole::Spent => Some(Base::Spent),
            Whole::Available => Some(Base::Available),
            Whole::YearBefore => Some(Base::YearBefore),
            Whole::Matched => self.matched(by, this, names, source, notices),
        };
        Some(Rule::Share {
            bound,
            share: share.value,
            base: base?,
            funds: funds?,
            each_year: self.each_year.as_ref().is_none_or(|at| at.value),
        })
    }

    /// What grows from year to year is at least so much, and in each year; what matches is at least so much.
    fn report_beside(&self, whole: Whole, source: &Source, notices: &mut Notices) {
        let (of, is_least, is_yearly) = match whole {
            Whole::Spent => ("spent", false, false),
            Whole::Available => ("available", false, false),
            Whole::YearBefore => ("year-before", true, true),
            Whole::Matched => ("matched", true, false),
        };
        let max = self.max.as_ref().map(|at| &at.span);
        let all_years = self.each_year.as_ref().filter(|each| !each.value);
        let matched = self.matched.as_ref().map(|at| &at.span);
        let beside = [
            ("max", max.filter(|_| is_least)),
            (
                "each_year",
                all_years.map(|at| &at.span).filter(|_| is_yearly),
            ),
            ("matched", matched.filter(|_| whole != Whole::Matched)),
        ];
        for (key, span) in beside {
            if let Some(span) = span {
                let notice = source.notice(KEY_OUT_OF_PLACE, span);
                notices.push(notice.with(key).with(format!("of = \"{of}\"")));
            }
        }
    }

    /// The funds that are matched, and by whom: both are named, and none is on both sides.
    fn matched(
        &self,
        by: &[FundIx],
        this: &At<PolicyRecord>,
        names: &Names,
        source: &Source,
        notices: &mut Notices,
    ) -> Option<Base> {
        let mut missing = |key: &str| {
            let notice = source.notice(KEY_MISSING, &this.span);
            notices.push(notice.with(key).with("[[policy]]"));
        };
        if self.funds.is_none() {
            missing("funds");
        }
        if self.matched.is_none() {
            missing("matched");
        }
        let stated = &self.matched.as_ref()?.value;
        let mut matched = names.funds.all(stated, source, notices)?;
        let itself = matched.iter().position(|fund| by.contains(fund));
        if let Some(at) = itself {
            let notice = source.notice(MATCHES_ITSELF, &stated[at].span);
            notices.push(notice.text(&stated[at].value).with(&self.name));
            return None;
        }
        matched.sort_unstable();
        matched.dedup();
        Some(Base::Matched(matched))
    }

    fn quota(
        &self,
        this: &At<PolicyRecord>,
        source: &Source,
        notices: &mut Notices,
    ) -> Option<Rule> {
        let stated = [
            ("min", &self.min, (Bound::Min, false)),
            ("max", &self.max, (Bound::Max, false)),
            ("min_of_stock", &self.min_of_stock, (Bound::Min, true)),
            ("max_of_stock", &self.max_of_stock, (Bound::Max, true)),
        ];
        let (_, amount, (bound, of_stock)) = exactly_one(&stated, this, source, notices)?;
        Some(Rule::Quota {
            bound,
            amount: if of_stock {
                Quota::OfStock(amount.value)
            } else {
                Quota::Units(amount.value)
            },
            each_year: self.each_year.as_ref().is_none_or(|at| at.value),
            each: self.each.as_ref().map_or(Each::All, |at| at.value),
        })
    }

    fn target(
        &self,
        this: &At<PolicyRecord>,
        terms: &Terms,
        source: &Source,
        notices: &mut Notices,
    ) -> Option<Rule> {
        let mut missing = |key: &str| {
            let notice = source.notice(KEY_MISSING, &this.span);
            notices.push(notice.with(key).with("[[policy]]"));
        };
        if self.min.is_none() {
            missing("min");
        }
        if self.by.is_none() {
            missing("by");
        }
        let (share, by) = (self.min.as_ref()?, self.by.as_ref()?);
        if share.value > 1.0 {
            let notice = source.notice(OUT_OF_RANGE, &share.span);
            notices.push(notice.with("min").with("0 … 1"));
        }
        let from = terms.stated_year("by", by, source, notices);
        Some(Rule::Target {
            share: share.value,
            from: from?,
        })
    }

    /// Staying near an earlier plan, of which no more is known here than its file; it is read once there is a case to read
    /// it against.
    fn stay(
        &self,
        this: &At<PolicyRecord>,
        source: &Source,
        notices: &mut Notices,
    ) -> Option<Rule> {
        let stated = [
            ("plan", self.plan.is_some()),
            ("moving", self.moving.is_some()),
        ];
        for (key, _) in stated.iter().filter(|(_, stated)| !stated) {
            let notice = source.notice(KEY_MISSING, &this.span);
            notices.push(notice.with(*key).with("[[policy]]"));
        }
        Some(Rule::Stay {
            earlier: Arc::new(Earlier::in_file(&self.plan.as_ref()?.value)),
            least: 1.0 - self.moving.as_ref()?.value,
        })
    }

    fn is_composite(&self) -> bool {
        self.composite.as_ref().is_some_and(|at| at.value)
    }

    /// A limit on differences: of this size or, for coefficients of variation, of the standard's own.
    fn differences(
        &self,
        this: &At<PolicyRecord>,
        terms: &Terms,
        source: &Source,
        notices: &mut Notices,
    ) -> Option<Rule> {
        let index = self.kind.value.index()?;
        if self.max.is_none() && index != Index::Cv {
            let notice = source.notice(KEY_MISSING, &this.span);
            notices.push(notice.with("max").with("[[policy]]"));
        }
        let from = self.from(terms, source, notices)?;
        if let Some(max) = self
            .max
            .as_ref()
            .filter(|max| max.value <= 0.0 || max.value > MOST_INDEX)
        {
            let notice = source.notice(OUT_OF_RANGE, &max.span);
            notices.push(notice.with("max").with(format!("0 < max ≤ {MOST_INDEX}")));
        }
        Some(Rule::Differences {
            index,
            most: self.max.as_ref().map(|max| max.value),
            composite: self.is_composite(),
            from,
            together: matches!(&self.each, Some(at) if at.value == Each::All),
        })
    }

    /// The year from which a rule holds that holds in the last plan year at least.
    fn from(&self, terms: &Terms, source: &Source, notices: &mut Notices) -> Option<YearIx> {
        match &self.by {
            Some(by) => terms.stated_year("by", by, source, notices),
            None => Some(YearIx::new(terms.years.unwrap_or(1).max(1) - 1)),
        }
    }

    /// How many indicators every school meets: so many, or what the standard's own rule says.
    fn indicators(&self, terms: &Terms, source: &Source, notices: &mut Notices) -> Option<Rule> {
        let from = self.from(terms, source, notices)?;
        let rest = self.rest.as_ref().map_or(0.0, |rest| rest.value);
        let whole = |min: &At<f64>| min.value.fract() == 0.0 && min.value <= MOST_INDICATORS;
        if let Some(min) = self.min.as_ref().filter(|min| !whole(min)) {
            let notice = source.notice(OUT_OF_RANGE, &min.span);
            notices.push(
                notice
                    .with("min")
                    .with(format!("0, 1, 2 … {MOST_INDICATORS}")),
            );
            return None;
        }
        Some(Rule::Indicators {
            asked: self.min.as_ref().map(|min| (min.value as usize, rest)),
            from,
            relaxed: None,
        })
    }

    fn spending(
        &self,
        this: &At<PolicyRecord>,
        terms: &Terms,
        source: &Source,
        notices: &mut Notices,
    ) -> Option<Rule> {
        let stated = [
            ("min", &self.min, Bound::Min),
            ("max", &self.max, Bound::Max),
        ];
        let (key, amount, bound) = exactly_one(&stated, this, source, notices)?;
        Some(Rule::Quota {
            bound,
            amount: Quota::Money(terms.money(key, amount, source, notices)),
            each_year: self.each_year.as_ref().is_none_or(|at| at.value),
            each: self.each.as_ref().map_or(Each::All, |at| at.value),
        })
    }
}

/// As many indicators as a standard may have.
const MOST_INDICATORS: f64 = 500.0;

/// No real county comes near it: the coefficient of n schools of which one has everything is √(n − 1).
const MOST_INDEX: f64 = 100.0;

/// The one of these keys that is stated; none or several are reported.
fn exactly_one<'a, T: Copy>(
    keys: &[(&'static str, &'a Option<At<f64>>, T)],
    this: &At<PolicyRecord>,
    source: &Source,
    notices: &mut Notices,
) -> Option<(&'static str, &'a At<f64>, T)> {
    let stated: Vec<_> = keys
        .iter()
        .filter_map(|(key, value, what)| value.as_ref().map(|value| (*key, value, *what)))
        .collect();
    if let [one] = stated[..] {
        return Some(one);
    }
    let span = stated.get(1).map_or(&this.span, |second| &second.1.span);
    let all: Vec<String> = keys.iter().map(|(key, ..)| format!("`{key}`")).collect();
    notices.push(source.notice(NOT_EXACTLY_ONE, span).with(all.join(" / ")));
    None
}
