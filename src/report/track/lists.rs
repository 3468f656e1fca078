//! The lists of a follow-up: what is late, what was overdrawn, which rules were broken, what is to be known of the data.

use super::{Length, Told};
use crate::case::Lever;
use crate::plan::follow::Standing;
use crate::report::number::{count, number, percent, plural};
use crate::report::page::Grid;
use crate::words::{MeasureIx, Money};

/// Prices that differ by less than this from the case's are not worth a word, as a share.
const SAME_PRICE: f64 = 0.005;

/// What is late, dearest first.
pub fn late(told: &Told, length: Length) -> Grid {
    let asked = &told.asked;
    let case = asked.case;
    let mut late: Vec<&Standing> = told
        .found
        .standings
        .iter()
        .filter(|one| one.late() > 0.0 && !one.gives)
        .collect();
    let worth = |one: &Standing| case.measures[one.measure].cost.times(one.late());
    late.sort_by_key(|one| std::cmp::Reverse(worth(one)));
    let mut grid = Grid::new()
        .words(asked.pick("学校", "school"))
        .words(asked.pick("措施", "measure"))
        .words(asked.pick("单位", "unit"))
        .words(asked.pick("最早应办", "due since"))
        .numbers(asked.pick("计划", "planned"))
        .numbers(asked.pick("已下达", "allocated"))
        .numbers(asked.pick("已落实", "taken up"))
        .numbers(asked.pick("逾期", "late"))
        .numbers(asked.money_header("逾期金额", "worth"))
        .words(asked.pick("责任单位", "responsible body"));
    for one in late.iter().take(length.most()) {
        let measure = &case.measures[one.measure];
        grid.row([
            case.schools[one.school].name.clone(),
            measure.name.clone(),
            case.resources[measure.resource].unit.clone(),
            one.late_since
                .map_or_else(String::new, |year| asked.year(year)),
            number(one.planned),
            number(one.allocated),
            number(one.taken),
            number(one.late()),
            asked.money(worth(one)),
            measure.body.clone(),
        ]);
    }
    let more = late.len().saturating_sub(length.most());
    if more > 0 {
        grid.foot = Some(asked.pick(
            format!("另有 {} 项，见 track.csv", count(more)),
            format!("and {} more, in track.csv", count(more)),
        ));
    }
    grid
}

/// The funds that were overdrawn, one line each.
pub fn overdrawn(told: &Told) -> Vec<String> {
    let asked = &told.asked;
    let case = asked.case;
    let line = |one: &crate::plan::follow::Overdrawn| {
        let fund = &case.funds[one.fund].name;
        let (spent, given) = (
            asked.money_in_words(one.spent),
            asked.money_in_words(one.given),
        );
        let by = asked.money_in_words(one.by());
        if case.horizon.is_terminal(one.period) || one.period.at() >= case.horizon.years {
            return asked.pick(
                format!("{fund}：规划期后每年须继续支付 {spent}，只有 {given}，缺 {by}"),
                format!("{fund}: {spent} a year goes on being due after the plan, there is {given}: {by} short"),
            );
        }
        let year = asked.year(one.period);
        match one.period.at() < told.found.closed {
            true => asked.pick(
                format!("{fund}：到{year}支出 {spent}，超过可用的 {given}，超支 {by}；重排时按实际支出认账，不从以后年度扣回"),
                format!("{fund}: {spent} spent by {year}, more than the {given} there was: overdrawn by {by}; the re-plan takes it as it is and does not take it back from later years"),
            ),
            false => asked.pick(
                format!("{fund}：{year}为已聘人员须支付 {spent}，超过可用的 {given}，缺 {by}"),
                format!("{fund}: {spent} is bound in {year} for posts that are filled, more than the {given} there is: {by} short"),
            ),
        }
    };
    told.found.overdrawn.iter().map(line).collect()
}

/// Rules that were broken.
pub fn breaches(told: &Told, length: Length) -> Vec<String> {
    let asked = &told.asked;
    let breaches = &told.found.breaches;
    let mut lines: Vec<String> = breaches
        .iter()
        .take(length.most())
        .map(|breach| asked.of(&breach.message).to_string())
        .collect();
    let more = breaches.len() - lines.len();
    if more > 0 {
        lines.push(asked.pick(
            format!("另有 {} 处，见 track.json", count(more)),
            format!("and {} more, in track.json", count(more)),
        ));
    }
    lines
}

/// What is to be known of the data: rows without entries, money taken from the case's prices, other prices.
pub fn remarks(told: &Told) -> Vec<String> {
    let asked = &told.asked;
    let found = told.found;
    let mut lines = Vec::new();
    let mut say = |number: usize, zh: String, en: String| {
        if number > 0 {
            lines.push(asked.pick(zh, en));
        }
    };
    let unreported = found.unreported();
    say(
        unreported,
        format!("{} 行没有填报，按未落实计", count(unreported)),
        format!(
            "{} without any entry, counted as not taken up",
            plural(unreported, "row")
        ),
    );
    let early = found.early_entries();
    say(
        early,
        format!("{} 行属于以后各年，已填报的这次不计入", count(early)),
        format!(
            "{} of later years have entries, which are not counted this time",
            plural(early, "row")
        ),
    );
    let priced = found.facts.at_case_price;
    say(
        priced,
        format!("{} 项填了数量、没有填支出，按案例单价计", count(priced)),
        format!(
            "{} with a quantity and no spending, counted at the price of the case",
            plural(priced, "item")
        ),
    );
    for (measure, stated, paid) in prices(told) {
        let (name, unit) = {
            let measure = &asked.case.measures[measure];
            (&measure.name, &asked.case.resources[measure.resource].unit)
        };
        let dearer = percent((paid.main() - stated.main()).abs() / stated.main());
        let (paid_in_words, stated_in_words) =
            (asked.money_in_words(paid), asked.money_in_words(stated));
        let is_dearer = paid > stated;
        // Beside what was spent stands what was planned over all years, which for posts is a multiple of a year's pay.
        let is_multiple =
            is_dearer && !matches!(asked.case.measures[measure].lever, Lever::Buy { .. });
        let last = asked.year(told.as_of());
        let hint = match is_multiple {
            true => asked.pick(
                format!("；累计支出只填到{last}底，不含以后各年"),
                format!("; spending is what was spent by the end of {last}, without the pay of later years"),
            ),
            false => String::new(),
        };
        lines.push(asked.pick(
            format!(
                "{name}：实际平均每{unit} {paid_in_words}，比案例单价 {stated_in_words} {}{dearer}{hint}；以后各年仍按案例单价安排，如不合适请改 case.toml",
                if is_dearer { "贵 " } else { "便宜 " }
            ),
            format!(
                "{name} ({unit}): {paid_in_words} each on average, {dearer} {} than the {stated_in_words} of the case{hint}; the years left are planned at the price of the case, change case.toml if that is wrong",
                if is_dearer { "dearer" } else { "cheaper" }
            ),
        ));
    }
    lines
}

/// Measures of which a unit (and year, for posts) cost otherwise than the case says: (measure, price of the case, price paid).
pub(super) fn prices(told: &Told) -> Vec<(MeasureIx, Money, Money)> {
    let (case, found) = (told.asked.case, told.found);
    let mut prices = Vec::new();
    for (at, measure) in case.measures.pairs() {
        let closed = |period: usize| period < found.closed;
        let brought = found
            .facts
            .done
            .iter()
            .filter(|one| one.measure == at && one.units > 0.0);
        // A subsidised post is compared at its whole price, with what came from outside.
        let (mut paid_units, mut outside) = (0.0, Money::ZERO);
        for one in brought {
            let dues = case.dues(at, one.year, one.units);
            for period in case.paid(at, one.year).filter(|&period| closed(period)) {
                paid_units += one.units;
                outside += measure.cost.times(one.units) - dues.at(period);
            }
        }
        let paid: Money = found
            .facts
            .paid
            .iter()
            .filter(|paid| paid.measure == at && closed(paid.period.at()))
            .map(|paid| paid.amount)
            .sum();
        if paid_units <= 0.0 || measure.cost.is_zero() || paid.is_zero() {
            continue;
        }
        let mean = Money::from_main((paid + outside).main() / paid_units);
        if (mean.main() - measure.cost.main()).abs() > SAME_PRICE * measure.cost.main() {
            prices.push((at, measure.cost, mean));
        }
    }
    prices
}
