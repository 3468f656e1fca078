//! What can be asked on the command line. The help texts stand in [`super::help`], a pair for each argument.

// Help texts come from the table of pairs; a doc comment here would be shown in one language only.
#![allow(missing_docs)]

use std::num::NonZeroUsize;
use std::path::PathBuf;
use std::time::Duration;

use clap::builder::{PathBufValueParser, PossibleValuesParser, TypedValueParser};
use clap::{Parser, Subcommand, ValueEnum};

use super::amounts;
use crate::plan::alternative::Wish;
use crate::report::proposal::Form;
use crate::solve::SolverChoice;
use crate::words::Lang;

#[derive(Parser, Debug)]
#[command(name = "junheng", version, arg_required_else_help = true)]
pub struct Args {
    #[command(flatten)]
    pub general: General,
    #[command(subcommand)]
    pub task: Task,
}

#[derive(clap::Args, Debug)]
pub struct General {
    #[arg(long, global = true, value_name = "zh|en")]
    pub lang: Option<Language>,
    #[arg(long, global = true)]
    pub json: bool,
    #[arg(long, short, global = true)]
    pub quiet: bool,
    #[arg(
        long,
        global = true,
        value_name = "auto|always|never",
        default_value = "auto"
    )]
    pub color: Colours,
    #[arg(long, global = true, value_name = "N")]
    pub threads: Option<NonZeroUsize>,
    #[arg(long, global = true, value_name = "SIZE", value_parser = amounts::size)]
    pub memory_limit: Option<u64>,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
pub enum Language {
    Zh,
    En,
}

impl From<Language> for Lang {
    fn from(language: Language) -> Lang {
        match language {
            Language::Zh => Lang::Zh,
            Language::En => Lang::En,
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
pub enum Colours {
    Auto,
    Always,
    Never,
}

#[derive(Subcommand, Debug)]
pub enum Task {
    New(New),
    Template(Template),
    Check(Check),
    List(List),
    Diagnose(Diagnose),
    Solve(Solve),
    Against(Against),
    Alternatives(Alternatives),
    Compare(Compare),
    Compliance(Compliance),
    Diff(Diff),
    Divert(Divert),
    Draft(Draft),
    Frontier(Frontier),
    PriceOfEquity(PriceOfEquity),
    Prices(About),
    Regret(Regret),
    Repair(Repair),
    Report(Report),
    Why(Why),
    VerifyFirst(VerifyFirst),
    Sweep(Sweep),
    Track(Track),
    Audit(Audit),
    Explain(Explain),
    Schema,
}

#[derive(clap::Args, Debug)]
pub struct New {
    #[arg(value_name = "SHEET")]
    pub sheet: PathBuf,
    #[arg(long, short, value_name = "DIR")]
    pub out: Option<PathBuf>,
}

#[derive(clap::Args, Debug)]
pub struct Template {
    #[arg(long, short, value_name = "FILE.xlsx")]
    pub out: Option<PathBuf>,
}

#[derive(clap::Args, Debug)]
pub struct Check {
    #[arg(value_name = "CASE", value_parser = case_folder())]
    pub case: PathBuf,
    #[arg(long, value_name = "FILE.xlsx")]
    pub mark: Option<PathBuf>,
}

#[derive(clap::Args, Debug)]
pub struct List {
    #[arg(value_name = "CASE", value_parser = case_folder())]
    pub case: PathBuf,
}

#[derive(clap::Args, Debug)]
pub struct Diagnose {
    #[arg(value_name = "CASE", value_parser = case_folder())]
    pub case: PathBuf,
    #[arg(long = "scenario", short, value_name = "NAME")]
    pub scenarios: Vec<String>,
    #[arg(long, value_name = "YEAR")]
    pub year: Option<i32>,
}

#[derive(clap::Args, Debug)]
pub struct Draft {
    #[arg(value_name = "CASE", value_parser = case_folder(), required_unless_present = "print_template")]
    pub case: Option<PathBuf>,
    #[arg(long = "scenario", short, value_name = "NAME", conflicts_with = "plan")]
    pub scenarios: Vec<String>,
    #[arg(long, value_name = "FORM")]
    pub form: Option<Form>,
    #[arg(long, short, value_name = "FILE.docx")]
    pub out: Option<PathBuf>,
    #[arg(long, requires = "out")]
    pub replace: bool,
    #[arg(long, value_name = "FILE.docx|FILE.md")]
    pub template: Option<PathBuf>,
    #[arg(long, value_name = "FORM", conflicts_with_all = ["case", "scenarios", "plan", "keep", "template"])]
    pub print_template: Option<Form>,
    #[arg(long, value_name = "PLAN.csv", conflicts_with = "plan")]
    pub keep: Option<PathBuf>,
    #[arg(long, value_name = "DIR")]
    pub plan: Option<PathBuf>,
    #[arg(long, requires = "plan")]
    pub stale: bool,
    #[arg(long, value_name = "A|A+B|A,B+C,D", conflicts_with_all = ["plan", "keep"])]
    pub compare: Vec<String>,
    #[arg(long)]
    pub frontier: bool,
    #[arg(long, value_name = "TIME", value_parser = amounts::time, conflicts_with = "plan")]
    pub time_limit: Option<Duration>,
}

#[derive(clap::Args, Debug)]
pub struct Solve {
    #[arg(value_name = "CASE", value_parser = case_folder())]
    pub case: PathBuf,
    #[arg(long = "scenario", short, value_name = "NAME")]
    pub scenarios: Vec<String>,
    #[arg(long, short, value_name = "DIR|PLAN.xlsx")]
    pub out: Option<PathBuf>,
    #[arg(long, requires = "out")]
    pub replace: bool,
    #[arg(long, requires = "out", conflicts_with = "keep")]
    pub prices: bool,
    #[arg(long, requires = "out", conflicts_with = "keep")]
    pub frontier: bool,
    #[arg(long, value_name = "PLAN.csv|PLAN.xlsx")]
    pub keep: Option<PathBuf>,
    #[command(flatten)]
    pub near: Near,
    #[arg(long, value_name = "SHARE", value_parser = amounts::part)]
    pub take_up: Option<f64>,
    #[arg(long, value_name = "gap|leximin", hide_possible_values = true)]
    pub first: Option<Priority>,
    #[arg(long, value_name = "NUMBER", value_parser = amounts::share)]
    pub cv_at_most: Option<f64>,
    #[arg(long, value_name = "SHARE", value_parser = amounts::part)]
    pub whole_gap: Option<f64>,
    #[arg(long, value_name = "NAME", default_value = "auto")]
    pub solver: SolverChoice,
    #[arg(long, value_name = "TIME", value_parser = amounts::time)]
    pub time_limit: Option<Duration>,
}

/// An earlier plan to stay near.
#[derive(clap::Args, Debug)]
pub struct Near {
    #[arg(long, value_name = "PLAN.csv|PLAN.xlsx")]
    pub stay_near: Option<PathBuf>,
    #[arg(long, value_name = "SHARE", value_parser = amounts::part, default_value = "20%", requires = "stay_near")]
    pub moving: f64,
}

#[derive(clap::Args, Debug)]
pub struct Compare {
    #[arg(value_name = "CASE", value_parser = case_folder())]
    pub case: PathBuf,
    #[arg(long = "scenario", short, value_name = "A|A+B|A,B+C,D")]
    pub scenarios: Vec<String>,
    #[arg(long, value_name = "NAME")]
    pub base: Option<String>,
    #[arg(long, value_name = "TIME", value_parser = amounts::time)]
    pub each: Option<Duration>,
    #[arg(long, short, value_name = "DIR|FILE.xlsx")]
    pub out: Option<PathBuf>,
    #[arg(long, requires = "out")]
    pub replace: bool,
    #[arg(long, value_name = "NAME", default_value = "auto")]
    pub solver: SolverChoice,
    #[arg(long, value_name = "TIME", value_parser = amounts::time)]
    pub time_limit: Option<Duration>,
}

/// What every study asks for.
#[derive(clap::Args, Debug)]
pub struct About {
    #[arg(value_name = "CASE", value_parser = case_folder())]
    pub case: PathBuf,
    #[arg(long = "scenario", short, value_name = "NAME")]
    pub scenarios: Vec<String>,
    #[arg(long, short, value_name = "DIR")]
    pub out: Option<PathBuf>,
    #[arg(long, value_name = "TIME", value_parser = amounts::time)]
    pub time_limit: Option<Duration>,
}

#[derive(clap::Args, Debug)]
pub struct Against {
    #[command(flatten)]
    pub about: About,
    #[arg(value_name = "PLAN.csv|pro-rata")]
    pub plan: PathBuf,
}

#[derive(clap::Args, Debug)]
pub struct Alternatives {
    #[command(flatten)]
    pub about: About,
    #[arg(long, value_name = "SHARE", default_value = "1%", value_parser = amounts::share)]
    pub within: f64,
    #[arg(long, value_name = "SHARE", default_value = "20%", value_parser = amounts::part)]
    pub moving: f64,
    #[arg(long = "wish", value_name = "NAME", value_parser = wish())]
    pub wishes: Vec<Wish>,
}

/// A wish by its name.
fn wish() -> impl TypedValueParser<Value = Wish> {
    PossibleValuesParser::new(Wish::ALL.map(Wish::key)).try_map(|name| {
        let named = |wish: &Wish| wish.key() == name;
        Wish::ALL.into_iter().find(named).ok_or(name)
    })
}

#[derive(clap::Args, Debug)]
pub struct Compliance {
    #[command(flatten)]
    pub about: About,
    #[arg(value_name = "PLAN.csv")]
    pub plan: Option<PathBuf>,
}

#[derive(clap::Args, Debug)]
pub struct Diff {
    #[arg(value_name = "CASE", value_parser = case_folder())]
    pub case: PathBuf,
    #[arg(value_name = "A")]
    pub from: String,
    #[arg(value_name = "B")]
    pub to: Option<String>,
    #[arg(long, short, value_name = "DIR")]
    pub out: Option<PathBuf>,
    #[arg(long, value_name = "TIME", value_parser = amounts::time)]
    pub time_limit: Option<Duration>,
}

#[derive(clap::Args, Debug)]
pub struct Divert {
    #[command(flatten)]
    pub about: About,
    #[arg(long, value_name = "KM", default_value = "5", value_parser = amounts::km)]
    pub within: f64,
    #[arg(long, value_name = "YEAR")]
    pub since: Option<i32>,
    #[arg(long, value_name = "SCHOOL")]
    pub merge: Vec<String>,
    #[arg(long, value_name = "N", value_parser = amounts::pupils)]
    pub merge_below: Option<f64>,
    #[arg(long, value_name = "KM", value_parser = amounts::km)]
    pub board_beyond: Option<f64>,
    #[arg(long, value_name = "RESOURCE|none")]
    pub brings: Vec<String>,
    #[arg(long)]
    pub across: bool,
}

impl Diff {
    /// What is common to all studies; of the case as it stands.
    pub fn about(&self) -> About {
        About {
            case: self.case.clone(),
            scenarios: Vec::new(),
            out: self.out.clone(),
            time_limit: self.time_limit,
        }
    }
}

#[derive(clap::Args, Debug)]
pub struct Frontier {
    #[command(flatten)]
    pub about: About,
    #[arg(long, value_name = "FUND|all", default_value = "all")]
    pub over: String,
    #[arg(long, value_name = "SHARE", default_value = "0%", value_parser = amounts::share)]
    pub from: f64,
    #[arg(long, value_name = "SHARE", default_value = "150%", value_parser = amounts::share)]
    pub to: f64,
}

/// What comes first.
#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
pub enum Priority {
    /// The smallest total gap.
    Gap,
    /// The lowest school, then the next lowest.
    Leximin,
}

/// Along what the price of equity is told.
#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
pub enum Along {
    /// The limit on coefficients of variation.
    Cv,
    /// The floor under every school.
    Floor,
}

#[derive(clap::Args, Debug)]
pub struct PriceOfEquity {
    #[command(flatten)]
    pub about: About,
    #[arg(
        long,
        value_name = "cv|floor",
        default_value = "cv",
        hide_possible_values = true
    )]
    pub along: Along,
    #[arg(long, value_name = "N,N", value_delimiter = ',', value_parser = amounts::share)]
    pub at: Vec<f64>,
    #[arg(long, value_name = "N", default_value_t = 10, value_parser = clap::value_parser!(u16).range(1..=200))]
    pub steps: u16,
}

#[derive(clap::Args, Debug)]
pub struct Regret {
    #[arg(value_name = "CASE", value_parser = case_folder())]
    pub case: PathBuf,
    #[arg(long = "scenario", short, value_name = "A|A+B")]
    pub scenarios: Vec<String>,
    #[arg(long, value_name = "N|all", default_value = "1", value_parser = amounts::years)]
    pub years: usize,
    #[arg(long, short, value_name = "DIR")]
    pub out: Option<PathBuf>,
    #[arg(long, value_name = "TIME", value_parser = amounts::time)]
    pub time_limit: Option<Duration>,
}

#[derive(clap::Args, Debug)]
pub struct Repair {
    #[command(flatten)]
    pub about: About,
    #[arg(long, value_name = "PLAN.csv")]
    pub keep: Option<PathBuf>,
    #[command(flatten)]
    pub near: Near,
}

#[derive(clap::Args, Debug)]
pub struct Report {
    #[arg(value_name = "CASE", value_parser = case_folder())]
    pub case: PathBuf,
    #[arg(long = "scenario", short, value_name = "A|A+B")]
    pub scenarios: Vec<String>,
    #[arg(
        long,
        short,
        value_name = "FILE.html",
        required_unless_present = "charts"
    )]
    pub out: Option<PathBuf>,
    #[arg(long, value_name = "DIR")]
    pub charts: Option<PathBuf>,
    #[arg(long)]
    pub frontier: bool,
    #[arg(long, value_name = "TIME", value_parser = amounts::time)]
    pub time_limit: Option<Duration>,
}

#[derive(clap::Args, Debug)]
pub struct Why {
    #[command(flatten)]
    pub about: About,
    #[arg(value_name = "SCHOOL")]
    pub school: Option<String>,
    #[arg(value_name = "RESOURCE")]
    pub resource: Option<String>,
}

#[derive(clap::Args, Debug)]
pub struct VerifyFirst {
    #[command(flatten)]
    pub about: About,
    #[arg(long, value_name = "N", default_value_t = 20)]
    pub top: usize,
}

#[derive(clap::Args, Debug)]
pub struct Sweep {
    #[command(flatten)]
    pub about: About,
    #[arg(long, value_name = "WHAT=VALUES", required = true)]
    pub vary: Vec<String>,
    #[arg(long, value_name = "N", default_value = "100")]
    pub draws: NonZeroUsize,
    #[arg(long, value_name = "N", default_value_t = 1)]
    pub seed: u64,
    #[arg(long, requires = "out")]
    pub parquet: bool,
    #[arg(long, value_name = "TIME", value_parser = amounts::time)]
    pub each: Option<Duration>,
}

#[derive(clap::Args, Debug)]
pub struct Track {
    #[command(flatten)]
    pub about: About,
    #[arg(value_name = "PLAN.csv")]
    pub plan: PathBuf,
    #[arg(value_name = "ACTUAL.csv")]
    pub actual: Option<PathBuf>,
    #[arg(long, value_name = "YEAR")]
    pub as_of: Option<i32>,
}

#[derive(clap::Args, Debug)]
pub struct Audit {
    #[arg(value_name = "CASE", value_parser = case_folder())]
    pub case: PathBuf,
    #[arg(value_name = "PLAN")]
    pub plan: PathBuf,
    #[arg(long = "scenario", short, value_name = "NAME")]
    pub scenarios: Vec<String>,
    #[command(flatten)]
    pub near: Near,
}

#[derive(clap::Args, Debug)]
pub struct Explain {
    #[arg(value_name = "CODE")]
    pub code: Option<String>,
}

/// A case is its folder, or one workbook; who names the `case.toml` in a folder means the folder.
fn case_folder() -> impl TypedValueParser<Value = PathBuf> {
    PathBufValueParser::new().map(|path| {
        let named = path.file_name().is_some_and(|name| name == "case.toml") && path.is_file();
        match path.parent().filter(|_| named) {
            Some(folder) if folder.as_os_str().is_empty() => PathBuf::from("."),
            Some(folder) => folder.to_path_buf(),
            None => path,
        }
    })
}
