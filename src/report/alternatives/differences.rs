//! Where an alternative's money goes, beside the reference's: measures, areas, counties, years, schools.

use std::collections::{BTreeMap, BTreeSet};

use super::super::number::{count, number, percent};
use super::super::question::Question;
use super::words;
use crate::plan::PlanRow;
use crate::plan::alternative::{Alternative, Wish};
use crate::study::alternatives::Alternatives;
use crate::words::{MeasureIx, Money, SchoolIx};

/// How many gains and losses are told of each kind.
const TOLD: usize = 4;

/// The main differences, in words.
pub fn points(
    asked: &Question,
    found: &Alternatives,
    wish: Wish,
    one: &Alternative,
) -> Vec<String> {
    let Some(reference) = found.plan() else {
        return Vec::new();
    };
    let (before, after) = (&reference.rows, &one.rows);
    let case = asked.case;
    let mut points = vec![words::wish(asked, found, wish, one), elsewhere(asked, one)];
    points.extend(changes(
        asked,
        asked.pick("措施", "measures"),
        money_by(before, |row| row.measure),
        money_by(after, |row| row.measure),
        |measure| {
            let name = &case.measures[measure].name;
            match units_changed(asked, before, after, measure) {
                Some(units) => {
                    asked.pick(format!("{name}（{units}）"), format!("{name} ({units})"))
                }
                None => name.clone(),
            }
        },
    ));
    points.extend(moves(asked, before, after));
    points.extend(changes(
        asked,
        asked.pick("区域", "areas"),
        money_by(before, |row| case.schools[row.school].area),
        money_by(after, |row| case.schools[row.school].area),
        |area| case.areas[area].clone(),
    ));
    points.extend(changes(
        asked,
        asked.pick("县区", "counties"),
        money_by(before, |row| case.schools[row.school].county),
        money_by(after, |row| case.schools[row.school].county),
        |county| case.counties[county].label.clone(),
    ));
    points.extend(years(asked, &found.reference.by_year, &one.figures.by_year));
    points.extend(schools(asked, before, after));
    points
}

/// How much goes elsewhere, counted otherwise.
fn elsewhere(asked: &Question, one: &Alternative) -> String {
    let moved = &one.figures.moved;
    let share = percent(moved.share());
    let money = asked.money_in_words(moved.places);
    let [schools, measures, years] =
        [moved.schools, moved.measures, moved.years].map(|money| percent(moved.part(money)));
    asked.pick(
        format!("改投别处 {money}，占 {share}；只看学校之间 {schools}，只看措施之间 {measures}，只看开始年份之间 {years}"),
        format!("{money} go elsewhere, {share}; between schools alone {schools}, between measures alone {measures}, between years of beginning alone {years}"),
    )
}

fn money_by<K: Ord>(rows: &[PlanRow], key: impl Fn(&PlanRow) -> K) -> BTreeMap<K, Money> {
    let mut by_key: BTreeMap<K, Money> = BTreeMap::new();
    for row in rows {
        *by_key.entry(key(row)).or_default() += row.amount();
    }
    by_key
}

/// What each year spends more or less, in the order of the years.
fn years(asked: &Question, before: &[Money], after: &[Money]) -> Option<String> {
    let changes = before.iter().zip(after).map(|(&one, &other)| other - one);
    let told = asked.case.horizon.plan_years().zip(changes);
    let told: Vec<String> = told
        .filter(|(_, change)| !change.is_zero())
        .map(|(year, change)| format!("{} {}", asked.year(year), signed(asked, change)))
        .collect();
    if told.is_empty() {
        return None;
    }
    let told = told.join(asked.pick("，", ", "));
    let unit = asked.money_unit();
    Some(asked.pick(
        format!("年度支出（{unit}）：{told}"),
        format!("spending by year ({unit}): {told}"),
    ))
}

/// Which gain and which lose money: the largest changes first, in the order of the case where they tie.
fn changes<K: Ord + Copy>(
    asked: &Question,
    what: &str,
    before: BTreeMap<K, Money>,
    after: BTreeMap<K, Money>,
    name: impl Fn(K) -> String,
) -> Option<String> {
    let keys: BTreeSet<K> = before.keys().chain(after.keys()).copied().collect();
    if keys.len() < 2 {
        return None;
    }
    let of = |side: &BTreeMap<K, Money>, key: &K| side.get(key).copied().unwrap_or_default();
    let mut changed: Vec<(K, Money)> = keys
        .into_iter()
        .map(|key| (key, of(&after, &key) - of(&before, &key)))
        .filter(|(_, change)| !change.is_zero())
        .collect();
    if changed.is_empty() {
        return None;
    }
    changed.sort_by_key(|(_, change)| std::cmp::Reverse(change.as_cents().unsigned_abs()));
    let more = changed.len().saturating_sub(TOLD);
    changed.truncate(TOLD);
    changed.sort_by_key(|(_, change)| std::cmp::Reverse(*change));
    let told: Vec<String> = changed
        .into_iter()
        .map(|(key, change)| format!("{} {}", name(key), signed(asked, change)))
        .collect();
    let told = told.join(asked.pick("，", ", "));
    let unit = asked.money_unit();
    let etc = match more {
        0 => String::new(),
        more => asked.pick(
            format!("，另有 {more} 项较小"),
            format!(", and {more} smaller"),
        ),
    };
    Some(asked.pick(
        format!("{what}（{unit}）：{told}{etc}"),
        format!("{what} ({unit}): {told}{etc}"),
    ))
}

fn signed(asked: &Question, change: Money) -> String {
    let sign = if change > Money::ZERO { "+" } else { "" };
    format!("{sign}{}", asked.money(change))
}

/// Units of a measure before and after, where they differ: brought to schools.
fn units_changed(
    asked: &Question,
    before: &[PlanRow],
    after: &[PlanRow],
    measure: MeasureIx,
) -> Option<String> {
    let units = |rows: &[PlanRow]| brought(rows, measure);
    let (before, after) = (units(before), units(after));
    let unit = &asked.case.resources[asked.case.measures[measure].resource].unit;
    let step = asked.case.step(measure);
    ((before - after).abs() >= 0.5 * step)
        .then(|| format!("{} → {} {unit}", number(before), number(after)))
}

fn brought(rows: &[PlanRow], measure: MeasureIx) -> f64 {
    let own = rows.iter().filter(|row| row.measure == measure);
    own.fold(0.0, |sum, row| sum + row.units.max(0.0))
}

/// What costs nothing and changes all the same.
fn moves(asked: &Question, before: &[PlanRow], after: &[PlanRow]) -> Option<String> {
    let free = asked.case.measures.pairs();
    let free = free.filter(|(_, stated)| stated.cost.is_zero());
    let told: Vec<String> = free
        .filter_map(|(measure, stated)| {
            let units = units_changed(asked, before, after, measure)?;
            Some(format!("{} {units}", stated.name))
        })
        .collect();
    (!told.is_empty()).then(|| {
        let told = told.join(asked.pick("，", ", "));
        asked.pick(
            format!("不花钱的措施：{told}"),
            format!("measures without cost: {told}"),
        )
    })
}

/// Which schools come in and which drop out.
fn schools(asked: &Question, before: &[PlanRow], after: &[PlanRow]) -> Option<String> {
    let touched = |rows: &[PlanRow]| -> BTreeSet<SchoolIx> {
        let done = rows.iter().filter(|row| row.units != 0.0);
        done.map(|row| row.school).collect()
    };
    let (before, after) = (touched(before), touched(after));
    let named = |these: Vec<SchoolIx>| {
        let (all, names) = (count(these.len()), these.iter().take(TOLD));
        let names: Vec<&str> = names
            .map(|&school| asked.case.schools[school].name.as_str())
            .collect();
        let etc = if these.len() > TOLD {
            asked.pick(" 等", " …")
        } else {
            ""
        };
        let names = names.join(asked.pick("、", ", "));
        match these.is_empty() {
            true => all,
            false => asked.pick(
                format!("{all} 所（{names}{etc}）"),
                format!("{all} ({names}{etc})"),
            ),
        }
    };
    let new: Vec<SchoolIx> = after.difference(&before).copied().collect();
    let gone: Vec<SchoolIx> = before.difference(&after).copied().collect();
    if new.is_empty() && gone.is_empty() {
        return None;
    }
    let (new, gone) = (named(new), named(gone));
    Some(asked.pick(
        format!("新涉及的学校 {new}；不再涉及 {gone}"),
        format!("schools that come in: {new}; that drop out: {gone}"),
    ))
}
