//! `why.json`: the prices of the limits and the reasons, for programs. Money in main units of the currency; of one
//! school every measure and year, of all schools the one that decides.

use std::io::{self, Write};

use serde::Serialize;
use serde::ser::{SerializeMap, Serializer};

use super::Explained;
use super::change::change;
use super::sentence::reason;
use super::words::limit;
use crate::plan::PlanRow;
use crate::plan::reasons::{Ahead, Closed, Limit, Offer, Place, Reason, State, Toll, Why};
use crate::report::lines::{self, Each};
use crate::report::plan_json::verdict_json;
use crate::words::{Money, YearIx};

/// Writes the reasons, each as it is made.
///
/// # Errors
/// When `out` cannot be written.
pub fn write(out: impl Write, explained: &Explained) -> io::Result<()> {
    lines::write(out, &Document { explained })
}

struct Document<'a> {
    explained: &'a Explained<'a>,
}

impl Serialize for Document<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let explained = self.explained;
        let (asked, case) = (&explained.asked, explained.asked.case);
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("case", &case.name)?;
        map.serialize_entry("remark", &case.remark)?;
        map.serialize_entry("scenario", &asked.scenario.map(|scenario| &scenario.title))?;
        map.serialize_entry("currency", &case.currency)?;
        map.serialize_entry("gap_unit", asked.gap_unit())?;
        map.serialize_entry("verdict", &verdict_json(asked, explained.answer))?;
        map.serialize_entry("prices_proven", &explained.reasons.are_proven())?;
        let periods = case.horizon.periods();
        let periods: Vec<YearIx> = periods.filter(|_| explained.reasons.are_proven()).collect();
        let funds = || {
            let pairs = case.funds.ids();
            pairs.flat_map(|fund| periods.iter().map(move |&at| (fund, at)))
        };
        let cut_offs = || {
            funds().map(|(fund, at)| FundPrice {
                fund: &case.funds[fund].id,
                year: year(explained, at),
                available: case.available(fund, at),
                price: explained.reasons.prices().fund(fund, at),
            })
        };
        map.serialize_entry("fund_prices", &Each(cut_offs))?;
        let needs = || {
            let found = explained.reasons();
            found.map(|found| Record::of(explained, &found))
        };
        map.serialize_entry("needs", &Each(needs))?;
        map.end()
    }
}

/// The calendar year of a period; `None` for the years after the plan.
fn year(explained: &Explained, at: YearIx) -> Option<i32> {
    let horizon = &explained.asked.case.horizon;
    (!horizon.is_terminal(at)).then(|| horizon.calendar(at))
}

/// What one more main unit of a fund would bring, in units of the gap index; the cut-off is one over it.
#[derive(Serialize)]
struct FundPrice<'a> {
    fund: &'a str,
    /// `None`: a year after the plan.
    year: Option<i32>,
    /// What there is by then, with what is carried over.
    available: Money,
    price: f64,
}

/// A need and its reason.
#[derive(Serialize)]
struct Record<'a> {
    school: &'a str,
    resource: &'a str,
    state: State,
    cause: Option<&'static str>,
    /// The reason under which `plan.json` counts it.
    counted_as: Option<Why>,
    limit: Option<String>,
    /// Units short in the last plan year without and with the plan.
    short_before: Option<f64>,
    short_after: Option<f64>,
    given: Vec<Given<'a>>,
    reason: String,
    change: String,
    decides: Option<Weighed<'a>>,
    water_fill: Option<Place>,
    ahead: Option<Ahead>,
    /// Of one school: every measure and year.
    #[serde(skip_serializing_if = "Option::is_none")]
    offers: Option<Vec<Weighed<'a>>>,
}

/// A row of the plan.
#[derive(Serialize)]
struct Given<'a> {
    measure: &'a str,
    year: i32,
    units: f64,
    fund: Option<&'a str>,
    amount: Money,
}

/// An offer with what follows from its numbers.
#[derive(Serialize)]
struct Weighed<'a> {
    measure: &'a str,
    year: i32,
    closed: Option<&'static str>,
    given: f64,
    /// Gap index that the first unit closes, and one more beside the plan.
    closes_first: f64,
    closes_next: f64,
    unit_price: Money,
    /// All that a unit costs over the years counted.
    money: f64,
    /// What it takes from the limits, in units of the gap index; `None` where it cannot be taken or told.
    takes: Option<f64>,
    reduced_cost: Option<f64>,
    money_per_gap: Option<f64>,
    cut_off: Option<f64>,
    price_below: Option<f64>,
    weight_times: Option<f64>,
    tolls: Vec<Taken>,
}

#[derive(Serialize)]
struct Taken {
    limit: String,
    /// `None`: over the plan, or after it.
    year: Option<i32>,
    uses: f64,
    price: f64,
}

impl<'a> Record<'a> {
    fn of(explained: &Explained<'a>, found: &Reason) -> Record<'a> {
        let (asked, case) = (&explained.asked, explained.asked.case);
        let (school, resource) = (found.school, found.resource);
        let outcome = &explained.plan.outcome;
        let rows = explained.reasons.rows(school, resource);
        let offers = explained.school.map(|_| {
            let offers = found.offers.iter();
            offers.map(|offer| Weighed::of(explained, offer)).collect()
        });
        Record {
            school: &case.schools[school].id,
            resource: &case.resources[resource].id,
            state: found.state,
            cause: found.cause.map(|cause| cause.key()),
            counted_as: found.cause.map(|cause| cause.why()),
            limit: found
                .cause
                .and_then(|cause| cause.limit())
                .map(|one| limit(asked, one)),
            short_before: outcome.short(case, school, resource, case.horizon.last(), false),
            short_after: found.short,
            given: rows.map(|row| Given::of(explained, row)).collect(),
            reason: reason(asked, explained.reasons, found),
            change: change(asked, found),
            decides: found.deciding().map(|offer| Weighed::of(explained, offer)),
            water_fill: found.place,
            ahead: found.ahead,
            offers,
        }
    }
}

impl<'a> Given<'a> {
    fn of(explained: &Explained<'a>, row: &PlanRow) -> Given<'a> {
        let case = explained.asked.case;
        Given {
            measure: &case.measures[row.measure].id,
            year: case.horizon.calendar(row.year),
            units: row.units,
            fund: row.fund.map(|fund| case.funds[fund].id.as_str()),
            amount: row.amount(),
        }
    }
}

impl<'a> Weighed<'a> {
    fn of(explained: &Explained<'a>, offer: &Offer) -> Weighed<'a> {
        let case = explained.asked.case;
        let measure = &case.measures[offer.measure];
        let told = explained.reasons.are_proven() && offer.is_weighed();
        let closes = super::school::closes(offer);
        let price = offer.price_factor(closes).filter(|_| told);
        Weighed {
            measure: &measure.id,
            year: case.horizon.calendar(offer.year),
            closed: offer.closed.map(closed),
            given: offer.given,
            closes_first: offer.first,
            closes_next: offer.next,
            unit_price: measure.cost,
            money: offer.money,
            takes: told.then(|| offer.toll()),
            reduced_cost: told.then(|| offer.reduced_cost()),
            money_per_gap: offer.money_per_gap(closes),
            cut_off: offer.cut_off(closes).filter(|_| told),
            price_below: price.map(|factor| case.price_times(offer.measure, offer.year, factor)),
            weight_times: offer.weight_factor(closes).filter(|_| told),
            tolls: offer
                .tolls
                .iter()
                .filter(|_| told)
                .map(|toll| Taken::of(explained, toll))
                .collect(),
        }
    }
}

impl Taken {
    fn of(explained: &Explained, toll: &Toll) -> Taken {
        let at = toll.limit.period();
        Taken {
            limit: limit(&explained.asked, Limit::from(toll.limit)),
            year: at.and_then(|at| year(explained, at)),
            uses: toll.uses,
            price: toll.price,
        }
    }
}

/// Why an offer cannot be taken, in short.
fn closed(closed: Closed) -> &'static str {
    match closed {
        Closed::Forbidden(_) => "forbidden",
        Closed::NoFund => "no-fund",
        Closed::NoMoney(_) => "no-money",
        Closed::NobodyToSpare => "nobody-to-spare",
        Closed::Shut(_) => "quota-allows-none",
        Closed::UsedUp => "used-up",
        Closed::InUse => "in-use",
    }
}
