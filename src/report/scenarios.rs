//! The scenarios of a case and what each changes, in words.

use serde_json::{Value, json};

use super::number::{number, percent};
use super::page::{Grid, Page};
use super::question::Question;
use crate::case::{Case, Change, Diversion, Overlay, Scope};
use crate::words::{FundIx, Money, Table, YearIx};

/// The scenarios as a page.
pub fn page(asked: &Question, overlays: &[Overlay]) -> Page {
    let mut page = Page::titled(asked.case.name.clone());
    if let Some(remark) = &asked.case.remark {
        page.remark(remark);
    }
    page.heading(asked.pick("情景", "Scenarios"));
    let mut grid = Grid::new()
        .words(asked.pick("名称", "name"))
        .words(asked.pick("标题", "title"))
        .words(asked.pick("改动", "changes"));
    for overlay in overlays {
        for (at, change) in changes(asked, overlay).into_iter().enumerate() {
            let once = |text: &String| if at == 0 { text.clone() } else { String::new() };
            grid.row([once(&overlay.name), once(&overlay.title), change]);
        }
    }
    if grid.rows.is_empty() {
        page.text(asked.pick("这个案例没有情景", "this case has no scenario"));
    }
    page.grid(grid);
    page
}

/// The scenarios for programs.
pub fn json(asked: &Question, overlays: &[Overlay]) -> Value {
    let scenarios: Vec<Value> = overlays
        .iter()
        .map(|one| json!({ "name": one.name, "title": one.title, "changes": changes(asked, one) }))
        .collect();
    json!({ "case": asked.case.name, "remark": asked.case.remark, "scenarios": scenarios })
}

fn changes(asked: &Question, overlay: &Overlay) -> Vec<String> {
    let said: Vec<String> = overlay
        .changes
        .iter()
        .map(|change| in_words(asked, change))
        .collect();
    if said.is_empty() {
        vec![asked.pick("无", "none").to_string()]
    } else {
        said
    }
}

/// A change in words.
pub fn in_words(asked: &Question, change: &Change) -> String {
    let case = asked.case;
    match change {
        Change::Fund { fund, factor } => {
            let fund = fund.map_or(asked.pick("全部资金", "all funds"), |fund| {
                case.funds[fund].name.as_str()
            });
            times(fund, *factor)
        }
        Change::Money { fund, more, after } => more_money(asked, *fund, more, *after),
        Change::Standard(standard) => asked.pick(
            format!("改用标准“{}”", standard.name),
            format!("standard: {}", standard.name),
        ),
        Change::Norm { resource, norm } => {
            let name = &case.resources[*resource].name;
            match norm {
                Some(_) => asked.pick(
                    format!("{name}改用另一标准"),
                    format!("another norm for {name}"),
                ),
                None => asked.pick(format!("{name}不设标准"), format!("no norm for {name}")),
            }
        }
        Change::Weight { resource, weight } => {
            let (name, weight) = (&case.resources[*resource].name, number(*weight));
            asked.pick(
                format!("{name}权重改为 {weight}"),
                format!("weight of {name}: {weight}"),
            )
        }
        Change::Project { measures, least } => {
            let names = measures.iter().map(|&at| case.measures[at].name.as_str());
            let names: Vec<&str> = names.collect();
            let unit = measures.first().map_or("", |&at| {
                case.resources[case.measures[at].resource].unit.as_str()
            });
            let (zh, en) = (names.join("、"), names.join(", "));
            match *least > 0.0 {
                true => asked.pick(
                    format!("{zh}每项至少 {} {unit}", number(*least)),
                    format!("smallest project of {en}: {} {unit}", number(*least)),
                ),
                false => asked.pick(
                    format!("{zh}不限项目规模"),
                    format!("no smallest project of {en}"),
                ),
            }
        }
        Change::Tilt(tilt) => {
            let (scope, weight) = (
                scope_in_words(asked, case, &tilt.scope),
                number(tilt.weight),
            );
            asked.pick(
                format!("向{scope}倾斜，权重 {weight}"),
                format!("tilt to {scope}, weight {weight}"),
            )
        }
        Change::First(first) => {
            let (zh, en) = first.name();
            asked.pick(format!("先做到：{zh}"), format!("what comes first: {en}"))
        }
        Change::Bands(bands) => {
            let bands: Vec<String> = bands
                .iter()
                .map(|band| {
                    let (below, weight) = (percent(band.below), number(band.weight));
                    asked.pick(
                        format!("{below} 以下权重 {weight}"),
                        format!("below {below} weight {weight}"),
                    )
                })
                .collect();
            let bands = bands.join(asked.pick("、", ", "));
            asked.pick(
                format!("按短缺程度分档：{bands}"),
                format!("severity bands: {bands}"),
            )
        }
        Change::Enrolment { section, factors } => {
            let section = section.map_or(("在校生", "enrolment"), |one| one.name());
            let factors: Vec<String> = factors.iter().map(|&factor| number(factor)).collect();
            let factors = factors.join(asked.pick("、", ", "));
            asked.pick(
                format!("{}学生数逐年乘以 {factors}", section.0),
                format!("pupils ({}) times {factors}, year by year", section.1),
            )
        }
        Change::Divert(diversion) => diverted(asked, diversion),
        Change::Cost { scope, factor } => {
            let measures: Vec<&str> = case
                .measures
                .ids()
                .filter(|&measure| scope.covers_measure(case, measure))
                .map(|measure| case.measures[measure].name.as_str())
                .collect();
            let which = match measures.len() == case.measures.len() {
                true => asked.pick("全部价格", "all prices").to_string(),
                false => asked.pick(
                    format!("{}的价格", measures.join("、")),
                    format!("price of {}", measures.join(", ")),
                ),
            };
            times(&which, *factor)
        }
        Change::Policy(policy) => asked.pick(
            format!("增加规定“{}”", policy.name),
            format!("one more rule: {}", policy.name),
        ),
        Change::Drop(policy) => {
            let name = &case.policies[*policy].name;
            asked.pick(
                format!("取消规定“{name}”"),
                format!("without the rule: {name}"),
            )
        }
        Change::Terminal(years) => {
            let years = number(*years);
            asked.pick(
                format!("规划期后计 {years} 年"),
                format!("{years} years counted after the plan"),
            )
        }
    }
}

/// How much more money a fund has, in the years in which it has more.
pub fn more_money(
    asked: &Question,
    fund: FundIx,
    more: &Table<YearIx, Money>,
    after: Money,
) -> String {
    let name = &asked.case.funds[fund].name;
    let years = more.pairs().filter(|(_, amount)| !amount.is_zero());
    let mut given: Vec<String> = years
        .map(|(year, &amount)| {
            let (year, amount) = (asked.year(year), asked.money_in_words(amount));
            asked.pick(format!("{year} {amount}"), format!("{amount} in {year}"))
        })
        .collect();
    if !after.is_zero() {
        let amount = asked.money_in_words(after);
        given.push(asked.pick(
            format!("规划期后每年 {amount}"),
            format!("{amount} a year after the plan"),
        ));
    }
    let given = given.join(asked.pick("、", ", "));
    asked.pick(
        format!("“{name}”增加 {given}"),
        format!("more money of “{name}”: {given}"),
    )
}

/// Who goes where, from which year on.
pub fn diverted(asked: &Question, diversion: &Diversion) -> String {
    let name = |school| asked.case.schools[school].name.as_str();
    let (from, to) = (name(diversion.from), name(diversion.to));
    let year = asked.case.horizon.calendar(diversion.since);
    let from = match diversion.section {
        None => from.to_string(),
        Some(section) => {
            let (zh, en) = section.name();
            asked.pick(format!("{from}（{zh}部）"), format!("{from} ({en})"))
        }
    };
    let there = match diversion.boards {
        true => asked.pick("寄宿", ", to board there,"),
        false => "",
    };
    match diversion.pupils {
        None => asked.pick(
            format!("{from}从 {year} 年起并入{to}{there}"),
            format!("{from} is merged into {to}{there} from {year} on"),
        ),
        Some(pupils) => {
            let pupils = number(pupils);
            asked.pick(
                format!("{from}从 {year} 年起每年分流 {pupils} 人到{to}{there}"),
                format!("{pupils} pupils a year of {from} go to {to}{there} from {year} on"),
            )
        }
    }
}

fn times(what: &str, factor: f64) -> String {
    let factor = number(factor);
    format!("{what} × {factor}")
}

/// The schools a scope speaks of.
fn scope_in_words(asked: &Question, case: &Case, scope: &Scope) -> String {
    let mut parts: Vec<String> = Vec::new();
    parts.extend(
        scope
            .provinces
            .iter()
            .map(|&province| case.provinces[province].clone()),
    );
    parts.extend(
        scope
            .counties
            .iter()
            .map(|&county| case.counties[county].to_string()),
    );
    parts.extend(scope.areas.iter().map(|&area| case.areas[area].clone()));
    parts.extend(
        scope
            .stages
            .iter()
            .map(|stage| asked.pick(stage.name().0, stage.name().1).to_string()),
    );
    if !scope.schools.is_empty() {
        let schools = scope.schools.len();
        parts.push(asked.pick(
            format!("{schools} 所学校"),
            super::number::plural(schools, "school"),
        ));
    }
    if parts.is_empty() {
        return asked.pick("全部学校", "all schools").to_string();
    }
    parts.join(asked.pick("、", ", "))
}
