//! The report as one HTML file that works offline (`junheng report`): words and charts are written here, tables and the
//! page of each school are made by the script from the data in the file.

mod blocks;
mod cards;
mod data;
mod limits;
pub mod paper;
mod texts;
mod words;

use serde_json::Value;

use super::chart::{self, Chart, escaped};
use super::comparison::Comparison;
use super::frontier;
use super::page::Page;
use super::places::{Kind, Places};
use super::plan_json::Provenance;
use super::proposal::{Material, OwnWords, Stands, evidence};
use super::provinces;
use super::question::Question;
use super::{solved, verdict};
use crate::case::Overlay;
use crate::plan::{Basis, Reasons};
use crate::study::Solved;
use crate::study::frontier::Frontier;
use crate::words::Lang;
use texts::Texts;
use words::word;

const STYLE: &str = include_str!("style.css");
/// The scripts in the order in which they stand in the page.
const SCRIPTS: [&str; 4] = [
    include_str!("numbers.js"),
    include_str!("table.js"),
    include_str!("school.js"),
    include_str!("page.js"),
];

pub use super::places::MOST;

/// A scenario as it goes into a report.
pub struct Shown<'a> {
    /// The scenario with its answer.
    pub run: &'a Solved,
    /// Its changes; `None` for the case as stated.
    pub scenario: Option<&'a Overlay>,
    /// What its plan stands on; without it no reasons are given.
    pub basis: Option<Basis>,
    /// What it was made from.
    pub from: Provenance,
}

/// The report of one or more scenarios of a case, the first shown first. `runs` are those of `shown`, in order; the
/// frontier, where it is wanted, is that of the first.
pub fn render(
    lang: Lang,
    runs: &[Solved],
    shown: Vec<Shown>,
    frontier: Option<&Frontier>,
) -> String {
    let Some(first) = runs.first() else {
        return String::new();
    };
    let asked = Question {
        case: &first.case,
        scenario: None,
        lang,
    };
    let places = Places::of(&asked, MOST);
    let comparison = (runs.len() > 1).then(|| Comparison::new(asked, runs));
    let mut texts = Texts::new();
    let first_asked = Question {
        scenario: shown.first().and_then(|one| one.scenario),
        ..asked
    };
    let mut parts = Parts {
        frontier: frontier.map_or(String::new(), |found| followed(&first_asked, found)),
        ..Parts::default()
    };
    let mut scenarios = Vec::new();
    for (at, one) in shown.into_iter().enumerate() {
        scenarios.push(parts.add(at, lang, &places, one, &mut texts));
    }
    let island = data::island(&asked, &places, scenarios, &texts);
    frame(&asked, &places, &parts, comparison.as_ref(), &island)
}

/// The charts of a report: those of each scenario under its name, then those of all under none.
pub fn charts(
    lang: Lang,
    runs: &[Solved],
    shown: &[Shown],
    frontier: Option<&Frontier>,
) -> Vec<(String, Vec<Chart>)> {
    let Some(first) = runs.first() else {
        return Vec::new();
    };
    let stated = Question {
        case: &first.case,
        scenario: None,
        lang,
    };
    let places = Places::of(&stated, MOST);
    let of = |one: &Shown| {
        let asked = Question {
            case: &one.run.case,
            scenario: one.scenario,
            lang,
        };
        let plan = one.run.answer.plan.as_ref()?;
        let mut charts = chart::of(&asked, plan);
        charts.extend(places.map(&asked, &places.figures(&asked, plan)));
        Some((one.run.name.clone(), charts))
    };
    let mut all: Vec<(String, Vec<Chart>)> = shown.iter().filter_map(of).collect();
    let asked = Question {
        scenario: shown.first().and_then(|one| one.scenario),
        ..stated
    };
    let mut of_all: Vec<Chart> = frontier
        .and_then(|found| chart::frontier(&asked, found))
        .into_iter()
        .collect();
    if runs.len() > 1 {
        let gaps = Comparison::new(stated, runs).gaps_left();
        of_all.extend(chart::scenarios(&stated, &gaps));
    }
    all.push((String::new(), of_all));
    all
}

/// What is written here of every scenario, by where it stands in the page.
#[derive(Default)]
struct Parts {
    /// The choices of the switch.
    choices: String,
    summary: String,
    charts: String,
    proposal: String,
    limits: String,
    money: String,
    /// Of the first scenario alone.
    frontier: String,
    evidence: String,
}

impl Parts {
    /// Writes a scenario; what the script needs of it.
    fn add(
        &mut self,
        at: usize,
        lang: Lang,
        places: &Places,
        shown: Shown,
        texts: &mut Texts,
    ) -> Value {
        let run = shown.run;
        let asked = Question {
            case: &run.case,
            scenario: shown.scenario,
            lang,
        };
        let answer = &run.answer;
        let title = asked.scenario_title();
        let choice = format!("{title} · {}", verdict::name(&asked, &answer.verdict));
        self.choices += &format!("<option value=\"{at}\">{}</option>", escaped(&choice));
        self.summary += &section(at, &cards::summary(&asked, answer));
        let material = Material {
            asked,
            answer,
            from: &shown.from,
            caveats: Vec::new(),
            stands: Stands::default(),
            own: OwnWords::new(),
            frontier: None,
            comparison: None,
        };
        self.evidence += &section(at, &sources(&material));
        let Some(plan) = &answer.plan else {
            for part in [
                &mut self.charts,
                &mut self.proposal,
                &mut self.limits,
                &mut self.money,
            ] {
                *part += &section(at, &paragraph(word(&asked, "no_plan")));
            }
            return data::scenario(&asked, &run.name, &title, answer, None, texts);
        };
        let figures = places.figures(&asked, plan);
        let mut charts = chart::of(&asked, plan);
        charts.extend(places.map(&asked, &figures));
        self.charts += &section(at, &charts.iter().map(blocks::figure).collect::<String>());
        self.proposal += &section(at, &blocks::render(&cards::proposal(&asked, plan)));
        self.limits += &section(at, &blocks::render(&limits::page(&asked, plan)));
        let mut money = Page::default();
        money.grid(solved::money_grid(&asked, plan));
        provinces::totals(&asked, plan, &mut money);
        self.money += &section(at, &blocks::render(&money));
        let reasons = shown.basis.filter(|_| places.kind == Kind::School);
        let reasons = reasons.map(|basis| Reasons::of(asked.case, plan, basis));
        let planned = Some((places, figures.as_slice(), reasons.as_ref()));
        data::scenario(&asked, &run.name, &title, answer, planned, texts)
    }
}

/// Files with their hashes, the scenario, the program; what is proven.
fn sources(material: &Material) -> String {
    let mut page = Page::default();
    page.grid(evidence::files(material));
    page.list(evidence::made_with(material));
    verdict::tell(&material.asked, material.answer, &mut page);
    blocks::render(&page)
}

fn paragraph(text: &str) -> String {
    format!("<p>{}</p>", escaped(text))
}

/// What belongs to one scenario; only the first is shown until another is chosen.
fn section(at: usize, inner: &str) -> String {
    let hidden = if at == 0 { "" } else { " hidden" };
    format!("<div data-scenario=\"{at}\"{hidden}>\n{inner}</div>\n")
}

/// The page around its parts.
fn frame(
    asked: &Question,
    places: &Places,
    parts: &Parts,
    comparison: Option<&Comparison>,
    island: &Value,
) -> String {
    let say = |name| escaped(word(asked, name));
    let title = escaped(&asked.case.name);
    let remark = asked.case.remark.as_ref().map_or(String::new(), |remark| {
        format!("<p class=\"remark\">※ {}</p>\n", escaped(remark))
    });
    let heading = say(data::heading(places));
    let grouped = match places.kind {
        Kind::School => String::new(),
        Kind::Township | Kind::County => paragraph(word(asked, "grouped")),
    };
    let compared = comparison.map_or(String::new(), |comparison| compared(asked, comparison));
    let mut chapters = vec![
        ("summary", say("summary"), parts.summary.clone()),
        ("charts", say("charts"), parts.charts.clone()),
        ("proposal", say("proposal"), parts.proposal.clone()),
        (
            "places",
            heading,
            format!("{grouped}<div id=\"place-table\"></div>"),
        ),
        (
            "plan",
            say("plan"),
            "<div id=\"plan-table\"></div>".to_string(),
        ),
        ("limits", say("limits"), parts.limits.clone()),
        ("money", say("money"), parts.money.clone()),
        ("frontier", say("frontier"), parts.frontier.clone()),
        ("comparison", say("comparison"), compared),
        ("evidence", say("evidence"), parts.evidence.clone()),
    ];
    chapters.retain(|(_, _, inner)| !inner.is_empty());
    let links: String = chapters
        .iter()
        .map(|(id, name, _)| format!("<a href=\"#{id}\">{name}</a>"))
        .collect();
    let bodies: String = chapters
        .iter()
        .map(|(id, name, inner)| {
            format!("<section id=\"{id}\">\n<h2>{name}</h2>\n{inner}</section>\n")
        })
        .collect();
    let language = asked.pick("zh-CN", "en");
    let (scenario, no_script, made_by) = (say("scenario"), say("no_script"), say("made_by"));
    let version = env!("CARGO_PKG_VERSION");
    let (choices, data, scripts) = (&parts.choices, data::embedded(island), SCRIPTS.concat());
    format!(
        "<!doctype html>\n<html lang=\"{language}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'\">\n\
         <title>{title}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n\
         <header>\n<h1>{title}</h1>\n{remark}<div class=\"controls\"><label>{scenario} <select id=\"scenario\">{choices}</select></label>\
         <nav>{links}</nav></div>\n<p id=\"scenario-title\"></p>\n</header>\n\
         <noscript><p class=\"remark\">{no_script}</p></noscript>\n\
         <main id=\"all\">\n{bodies}</main>\n<main id=\"one\" hidden></main>\n\
         <footer>{made_by} {version}</footer>\n\
         <script type=\"application/json\" id=\"data\">{data}</script>\n\
         <script>\n\"use strict\";\n{scripts}</script>\n</body>\n</html>\n"
    )
}

/// The smallest gap as money grows: the curve and its table.
fn followed(asked: &Question, found: &Frontier) -> String {
    let title = asked.scenario_title();
    let scenario = asked.pick(format!("情景：{title}"), format!("scenario: {title}"));
    let chart = chart::frontier(asked, found);
    let chart = chart.as_ref().map_or(String::new(), blocks::figure);
    paragraph(&scenario) + &chart + &blocks::render(&frontier::page(asked, found))
}

/// The scenarios side by side: a chart where several have a plan, and the table of `compare`.
fn compared(asked: &Question, comparison: &Comparison) -> String {
    let chart = chart::scenarios(asked, &comparison.gaps_left());
    let chart = chart.as_ref().map_or(String::new(), blocks::figure);
    chart + &blocks::render(&comparison.page())
}
