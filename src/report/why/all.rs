//! The reasons of all schools in short: the cut-offs, how often each reason holds, and who is next.

use std::collections::BTreeMap;

use super::Explained;
use super::school::cut_off;
use super::words::{cause, gap_one, limit, money, period, state};
use crate::plan::reasons::{Cause, Limit, Reason, State};
use crate::report::number::{MISSING, count, number, or_missing, plural};
use crate::report::page::{Grid, Page};
use crate::words::{FundIx, MeasureIx, ResourceIx, YearIx};

/// How many rows a grid of the page has; the rest is in the files.
const SHOWN: usize = 15;

/// Fills the page of all schools.
pub fn fill(explained: &Explained, page: &mut Page) {
    let tally = Tally::of(explained);
    if explained.reasons.are_proven() {
        cut_offs(explained, page);
    }
    states(explained, &tally, page);
    causes(explained, &tally, page);
    next(explained, &tally, page);
}

/// What is counted in one pass over all needs.
#[derive(Default)]
struct Tally {
    states: BTreeMap<State, usize>,
    causes: BTreeMap<(&'static str, Option<Limit>), Group>,
    /// Needs above the cut-off, those alike in all that is shown together, the farthest first.
    waiting: BTreeMap<Alike, Waiting>,
}

/// What needs above the cut-off have in common: how near they are (in single precision, as bits, which sort as the
/// numbers do), the resource, and the measure with its year that decides.
type Alike = (u32, ResourceIx, MeasureIx, YearIx);

/// Needs alike above the cut-off.
struct Waiting {
    first: Reason,
    needs: usize,
}

struct Group {
    cause: Cause,
    needs: usize,
    /// Main units of money that they lack at the prices of what decides.
    money: Option<f64>,
}

impl Tally {
    fn of(explained: &Explained) -> Tally {
        let mut tally = Tally::default();
        for reason in explained.reasons() {
            *tally.states.entry(reason.state).or_default() += 1;
            tally.count(reason);
        }
        tally
    }

    /// The causes, the most frequent first.
    fn by_number(&self) -> Vec<&Group> {
        let mut groups: Vec<&Group> = self.causes.values().collect();
        groups.sort_by_key(|group| std::cmp::Reverse(group.needs));
        groups
    }

    fn count(&mut self, reason: Reason) {
        let Some(cause) = reason.cause else { return };
        let new = || Group {
            cause,
            needs: 0,
            money: None,
        };
        let group = self.causes.entry((cause.key(), cause.limit()));
        let group = group.or_insert_with(new);
        group.needs += 1;
        if let (Some(offer), Some(short)) = (reason.deciding(), reason.short) {
            *group.money.get_or_insert(0.0) += offer.money * short;
        }
        if let (Cause::AboveCutOff(_), Some(offer)) = (cause, reason.deciding()) {
            let near = offer.ratio(offer.next) as f32;
            let alike = (near.to_bits(), reason.resource, offer.measure, offer.year);
            let waiting = self.waiting.entry(alike);
            let first = || Waiting {
                first: reason,
                needs: 0,
            };
            waiting.or_insert_with(first).needs += 1;
            if self.waiting.len() > SHOWN {
                self.waiting.pop_first();
            }
        }
    }
}

/// What may at most be paid from each fund for a unit of the gap index.
fn cut_offs(explained: &Explained, page: &mut Page) {
    let (asked, case) = (&explained.asked, explained.asked.case);
    let (currency, one) = (&case.currency, gap_one(asked));
    page.heading(asked.pick(
        format!("截断线：弥补 1 {one}最多付多少（{currency}）"),
        format!("Cut-offs: the most that is paid for one {one} ({currency})"),
    ));
    let mut grid = Grid::new().words(asked.pick("资金", "fund"));
    for at in case.horizon.periods() {
        grid = grid.numbers(period(asked, at));
    }
    let price = |fund: FundIx, at| explained.reasons.prices().fund(fund, at);
    let scarce = |fund: &FundIx| case.horizon.periods().any(|at| price(*fund, at) > 0.0);
    let funds: Vec<FundIx> = case.funds.ids().filter(scarce).collect();
    for &fund in funds.iter().take(SHOWN) {
        let most = case.horizon.periods().map(|at| {
            let price = price(fund, at);
            let told = price > 0.0 && !case.available(fund, at).is_zero();
            told.then(|| number(1.0 / price))
        });
        let cells = most.map(|cell| cell.unwrap_or_else(|| MISSING.to_string()));
        grid.row(std::iter::once(case.funds[fund].name.clone()).chain(cells));
    }
    if grid.rows.is_empty() {
        page.text(asked.pick("没有一项资金紧张", "no fund is scarce"));
    }
    let left_out = funds.len().saturating_sub(SHOWN);
    grid.foot = (left_out > 0).then(|| {
        asked.pick(
            format!("另有 {left_out} 项资金，见 why.json"),
            format!("and {left_out} more funds in why.json"),
        )
    });
    page.grid(grid);
}

fn states(explained: &Explained, tally: &Tally, page: &mut Page) {
    let asked = &explained.asked;
    page.heading(asked.pick("各校各项", "Schools and resources"));
    let said = tally
        .states
        .iter()
        .map(|(&one, &needs)| {
            let (name, needs) = (state(asked, one), count(needs));
            asked.pick(format!("{name} {needs} 项"), format!("{name}: {needs}"))
        })
        .collect::<Vec<_>>()
        .join(asked.pick("，", ", "));
    page.text(said);
}

/// The reasons why needs stay short.
fn causes(explained: &Explained, tally: &Tally, page: &mut Page) {
    let asked = &explained.asked;
    let groups = tally.by_number();
    if groups.is_empty() {
        return;
    }
    page.heading(asked.pick("仍缺的原因", "Why needs stay short"));
    let mut grid = Grid::new()
        .words(asked.pick("原因", "reason"))
        .words(asked.pick("限额", "limit"))
        .numbers(asked.pick("项数", "needs"))
        .numbers(asked.money_header("尚差", "money lacking"));
    let factor = asked.case.money_shown.0;
    for group in groups.iter().take(SHOWN) {
        let limit = group.cause.limit().map(|one| limit(asked, one));
        grid.row([
            cause(asked, group.cause).to_string(),
            limit.unwrap_or_else(|| MISSING.to_string()),
            count(group.needs),
            or_missing(group.money.map(|money| money / factor)),
        ]);
    }
    let others = groups.iter().skip(SHOWN);
    let (kinds, needs) = (others.len(), others.map(|group| group.needs).sum::<usize>());
    grid.foot = (kinds > 0).then(|| {
        asked.pick(
            format!("另有 {kinds} 种，共 {} 项", count(needs)),
            format!("and {kinds} more with {} needs", count(needs)),
        )
    });
    page.grid(grid);
}

/// The needs above the cut-off that are nearest to it.
fn next(explained: &Explained, tally: &Tally, page: &mut Page) {
    let (asked, case) = (&explained.asked, explained.asked.case);
    if tally.waiting.is_empty() {
        return;
    }
    let (one, currency) = (gap_one(asked), &case.currency);
    page.heading(asked.pick("离截断线最近的需求", "Nearest to the cut-off"));
    let mut grid = Grid::new()
        .words(asked.pick("学校", "school"))
        .words(asked.pick("资源", "resource"))
        .words(asked.pick("措施", "measure"))
        .words(asked.pick("开始", "start"))
        .numbers(asked.pick(
            format!("每{one}（{currency}）"),
            format!("{currency} per {one}"),
        ))
        .numbers(asked.pick("截断线", "cut-off"))
        .numbers(asked.pick("单价须降到", "price below"))
        .words(asked.pick("限额", "limit"));
    for Waiting {
        first: reason,
        needs,
    } in tally.waiting.values().rev()
    {
        let (Some(offer), Some(cause)) = (reason.deciding(), reason.cause) else {
            continue;
        };
        let measure = &case.measures[offer.measure];
        let price = offer.price_factor(offer.next).map(|factor| {
            money(
                asked,
                asked.case.price_times(offer.measure, offer.year, factor),
            )
        });
        let school = &case.schools[reason.school].name;
        let others = needs - 1;
        let schools = match others {
            0 => school.clone(),
            _ => asked.pick(
                format!("{school}等 {} 校", count(*needs)),
                format!("{school} and {}", plural(others, "other")),
            ),
        };
        grid.row([
            schools,
            case.resources[reason.resource].name.clone(),
            measure.name.clone(),
            asked.year(offer.year),
            or_missing(offer.money_per_gap(offer.next)),
            or_missing(cut_off(explained, offer)),
            price.unwrap_or_else(|| MISSING.to_string()),
            cause
                .limit()
                .map_or_else(String::new, |one: Limit| limit(asked, one)),
        ]);
    }
    page.grid(grid);
}
