//! `[enrolment]`: how pupils change over the plan years.

use schemars::JsonSchema;
use serde::Deserialize;

use super::Terms;
use super::fund::yearly;
use crate::case::{BySection, Section};
use crate::read::at::{At, OneOrMany};
use crate::read::source::Source;
use crate::words::Notices;
use crate::words::catalogue::{KEYS_EXCLUDE, OUT_OF_RANGE};

/// Largest plausible factor on today's pupils; more is an error of unit.
const MOST: f64 = 10.0;

/// 在校生倍数：每个规划年一个数，或一个数表示每年相同。Factors on pupils: one a plan year, or one for every year.
#[derive(Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(in crate::read) struct EnrolmentRecord {
    /// 小学。Primary section.
    primary: Option<At<OneOrMany<f64>>>,
    /// 初中。Junior section.
    junior: Option<At<OneOrMany<f64>>>,
    /// 两者相同时写这一项。Both sections alike.
    both: Option<At<OneOrMany<f64>>>,
}

impl EnrolmentRecord {
    /// The factors of each section, `None` for sections without; faults are reported.
    pub(in crate::read) fn build(
        &self,
        terms: &Terms,
        source: &Source,
        notices: &mut Notices,
    ) -> BySection<Option<Vec<f64>>> {
        if let (Some(both), true) = (&self.both, self.primary.is_some() || self.junior.is_some()) {
            notices.push(
                source
                    .notice(KEYS_EXCLUDE, &both.span)
                    .with("`both`")
                    .with("`primary` / `junior`"),
            );
        }
        let mut factors = |key, stated: &Option<At<OneOrMany<f64>>>| {
            let list = yearly(key, stated.as_ref()?, terms, source, notices)?;
            for factor in list
                .iter()
                .filter(|factor| !(factor.value > 0.0 && factor.value <= MOST))
            {
                let range = format!("> 0, ≤ {MOST}");
                notices.push(
                    source
                        .notice(OUT_OF_RANGE, &factor.span)
                        .with(key)
                        .with(range),
                );
            }
            Some(
                list.into_iter()
                    .map(|factor| factor.value)
                    .collect::<Vec<f64>>(),
            )
        };
        let both = factors("both", &self.both);
        BySection {
            primary: factors("primary", &self.primary).or_else(|| both.clone()),
            junior: factors("junior", &self.junior).or(both),
        }
    }
}

/// Pupils as they are in the school table, in every year.
pub(in crate::read) fn steady(years: usize) -> BySection<Vec<f64>> {
    BySection {
        primary: vec![1.0; years],
        junior: vec![1.0; years],
    }
}

/// Stated factors, 1 where none are stated.
pub(in crate::read) fn filled(
    stated: BySection<Option<Vec<f64>>>,
    years: usize,
) -> BySection<Vec<f64>> {
    let mut filled = steady(years);
    for (section, factors) in [
        (Section::Primary, stated.primary),
        (Section::Junior, stated.junior),
    ] {
        if let Some(factors) = factors {
            *filled.of_mut(section) = factors;
        }
    }
    filled
}
