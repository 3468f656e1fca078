//! Writes the school table of the synthetic county, the same bytes at every run.
//!
//! No open school-level data of a county in mainland China is known, so the schools are drawn from a fixed seed: first
//! log-normal levels, then each stage is stretched and scaled until its official means and coefficients of variation
//! equal the published ones of one real district, then stocks are rounded to whole units with the total kept.
//!
//! `cargo run --example generate-county` rewrites `scenarios/county/schools.csv`.

use std::fmt::Write as _;

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};

#[path = "generate/fit.rs"]
mod fit;
#[path = "generate/sites.rs"]
mod sites;

use fit::{Shared, Target, fit};
use sites::{Kind, Site};

/// The district whose published row pair (小学, 初中) is matched.
pub const DISTRICT: &str = "黔江区";
/// The published rows; source in the last column of each.
pub const PUBLISHED: &str =
    include_str!("../../tests/data/basic_balance_2012rule_8ind_county_means_cv.csv");
/// A junior pupil counts as this many primary pupils when a nine-year school's stock is split.
pub const JUNIOR_SHARE: f64 = 1.1;
/// Schools with fewer pupils are outside the official figures.
pub const SMALL_SCHOOL: u32 = 50;

const SEED: u64 = 2012_2017;

/// One stock column: how it is drawn, fitted and rounded.
struct Column {
    header: &'static str,
    /// Units per unit of the published level: 100 where that is per 100 pupils.
    per: f64,
    /// Smallest unit written.
    unit: f64,
    /// How far village schools stand below (or above) the average, in standard deviations.
    village: f64,
    /// Share of a draw that follows the school's teachers rather than chance.
    with_teachers: f64,
    /// Whether these are teachers, of whom no school has more than it has teachers.
    of_teachers: bool,
    /// The least a school has, however small.
    least: f64,
}

const fn column(header: &'static str, per: f64, unit: f64, village: f64) -> Column {
    Column {
        header,
        per,
        unit,
        village,
        with_teachers: 0.0,
        of_teachers: false,
        least: 0.0,
    }
}

const fn teachers(header: &'static str, per: f64, village: f64, with_teachers: f64) -> Column {
    Column {
        header,
        per,
        unit: 1.0,
        village,
        with_teachers,
        of_teachers: true,
        least: 0.0,
    }
}

/// The eight published indicators in the order of the table, then three whose means and coefficients are assumptions.
const COLUMNS: [Column; 11] = [
    column("教学及辅助用房面积", 1.0, 1.0, 0.2),
    column("运动场馆面积", 1.0, 1.0, 0.1),
    column("教学仪器设备值", 1.0, 100.0, -0.6),
    column("计算机台数", 100.0, 1.0, -0.5),
    column("图书册数", 1.0, 1.0, -0.3),
    Column {
        least: 1.0,
        ..column("专任教师数", 1.0, 1.0, 0.3)
    },
    teachers("高于规定学历教师数", 1.0, -0.2, 0.95),
    teachers("中级及以上职称教师数", 1.0, -0.4, 0.6),
    teachers("骨干教师数", 100.0, -0.7, 0.3),
    teachers("体育艺术教师数", 100.0, -0.6, 0.3),
    column("网络多媒体教室间数", 100.0, 1.0, -0.4),
];
const TEACHERS: usize = 5;
const COMPUTERS: usize = 3;

/// Assumed (mean, coefficient) of backbone teachers, PE and arts teachers and multimedia rooms per 100 pupils, by
/// stage: declared in README.md.
const ASSUMED: [[(f64, f64); 3]; 2] = [
    [(0.78, 0.58), (0.72, 0.55), (1.75, 0.56)],
    [(0.86, 0.52), (0.80, 0.48), (1.95, 0.47)],
];

/// Assumed mean share of the lab-kit list that a school has, by stage.
const KIT_LEVEL: [f64; 2] = [0.58, 0.55];

/// The whole school table as CSV with a byte-order mark, as spreadsheets expect it.
pub fn schools_csv() -> String {
    let mut chance = Chance(ChaCha8Rng::seed_from_u64(SEED));
    let sites = sites::sites(&mut chance);
    let stocks = stocks(&sites, &mut chance);
    let obsolete: Vec<f64> = sites
        .iter()
        .map(|_| (chance.uniform() * 1.2 - 0.5).max(0.0))
        .collect();
    let kits: Vec<f64> = sites
        .iter()
        .map(|site| kit_share(site, &mut chance))
        .collect();

    let mut csv = String::from(
        "\u{feff}学校代码,学校名称,学段,城乡类型,县区,乡镇,在校生,小学生数,初中生数,班级数,小学班数,初中班数",
    );
    for (which, column) in COLUMNS.iter().enumerate() {
        let _ = write!(csv, ",{}", column.header);
        if which == COMPUTERS {
            csv.push_str(",其中超期计算机");
        }
    }
    csv.push_str(",实验仪器配齐率\n");
    for (at, site) in sites.iter().enumerate() {
        let Site {
            code,
            name,
            kind,
            area,
            township,
            primary,
            junior,
            ..
        } = site;
        let (stage, county, pupils) = (kind.stage(), sites::COUNTY, site.pupils());
        let (classes, junior_classes) = site.classes();
        let _ = write!(
            csv,
            "{code},{name},{stage},{area},{county},{township},{pupils},{primary},{junior}"
        );
        let _ = write!(
            csv,
            ",{},{classes},{junior_classes}",
            classes + junior_classes
        );
        for (which, stock) in stocks.iter().enumerate() {
            if which == COMPUTERS {
                let old = (stock[at] * obsolete[at]).round();
                let _ = write!(csv, ",{},{old}", stock[at] + old);
            } else {
                let _ = write!(csv, ",{}", stock[at]);
            }
        }
        let _ = writeln!(csv, ",{}%", (kits[at] * 1000.0).round() / 10.0);
    }
    csv
}

/// Usable stock in units, by column and site.
fn stocks(sites: &[Site], chance: &mut Chance) -> Vec<Vec<f64>> {
    let teacher_draws: Vec<f64> = sites.iter().map(|_| chance.normal()).collect();
    let mut stocks: Vec<Vec<f64>> = Vec::new();
    for (which, column) in COLUMNS.iter().enumerate() {
        let draws: Vec<f64> = sites
            .iter()
            .zip(&teacher_draws)
            .map(|(site, teachers)| {
                let own = if which == TEACHERS {
                    *teachers
                } else {
                    chance.normal()
                };
                let mixed = column.with_teachers * teachers
                    + (1.0 - column.with_teachers * column.with_teachers).sqrt() * own;
                mixed + site.distance_from_town() * column.village
            })
            .collect();
        let most: Vec<f64> = match column.of_teachers {
            true => stocks[TEACHERS].clone(),
            false => vec![f64::INFINITY; sites.len()],
        };
        stocks.push(column_stock(sites, column, targets(which), &draws, &most));
    }
    stocks
}

/// The stock of one column: nine-year schools and fixed schools first, then each stage fitted around them.
fn column_stock(
    sites: &[Site],
    column: &Column,
    targets: [Target; 2],
    draws: &[f64],
    most: &[f64],
) -> Vec<f64> {
    let round = |units: f64| (units / column.unit).round() * column.unit;
    let between = Target {
        mean: (targets[0].mean * targets[1].mean / JUNIOR_SHARE).sqrt(),
        cv: (targets[0].cv * targets[1].cv).sqrt(),
    };
    let mut stock: Vec<Option<f64>> = (0..sites.len())
        .map(
            |at| match (sites[at].published(column.header), sites[at].kind) {
                (Some(level), _) => Some(round(level * f64::from(sites[at].pupils()))),
                (None, Kind::NineYear) => {
                    let level = between.mean
                        * (0.7 * between.log_sd() * draws[at] - 0.25 * between.cv).exp();
                    Some(round(level * sites[at].weighted_pupils() / column.per).min(most[at]))
                }
                _ => None,
            },
        )
        .collect();
    for (kind, target) in [Kind::Primary, Kind::Junior].into_iter().zip(targets) {
        let shared = sites.iter().zip(&stock).filter_map(|(site, stock)| {
            let pupils = f64::from(site.pupils_of(kind));
            let units = stock.filter(|_| pupils > 0.0 && site.counted())?;
            Some(Shared {
                pupils,
                level: units * column.per * site.share_of(kind) / pupils,
            })
        });
        let shared: Vec<Shared> = shared.collect();
        let (counted, small): (Vec<usize>, Vec<usize>) = (0..sites.len())
            .filter(|&at| sites[at].kind == kind && stock[at].is_none())
            .partition(|&at| sites[at].counted());
        let members: Vec<fit::Member> = counted
            .iter()
            .map(|&at| fit::Member {
                pupils: f64::from(sites[at].pupils_of(kind)),
                draw: draws[at],
                most: most[at],
            })
            .collect();
        let fitted = fit(target, column.per, column.unit, &members, &shared);
        for (&at, units) in counted.iter().zip(&fitted.units) {
            stock[at] = Some(*units);
        }
        for at in small {
            let level = fitted.level(draws[at]);
            let units = level * f64::from(sites[at].pupils_of(kind)) / column.per;
            stock[at] = Some(round(units).max(column.least).min(most[at]));
        }
    }
    stock.into_iter().map(Option::unwrap_or_default).collect()
}

/// Mean and coefficient of a column, primary then junior.
fn targets(which: usize) -> [Target; 2] {
    let target = |stage: usize| match which.checked_sub(8) {
        Some(assumed) => {
            let (mean, cv) = ASSUMED[stage][assumed];
            Target { mean, cv }
        }
        None => published(["小学", "初中"][stage])[which],
    };
    [target(0), target(1)]
}

/// The eight published (mean, coefficient) pairs of the district in a stage.
pub fn published(stage: &str) -> [Target; 8] {
    let row: Vec<&str> = PUBLISHED
        .lines()
        .map(|line| line.split(',').collect::<Vec<_>>())
        .find(|cells| cells.len() > 18 && cells[1] == DISTRICT && cells[2] == stage)
        .unwrap_or_default();
    let number = |at: usize| {
        row.get(at)
            .and_then(|cell| cell.parse().ok())
            .unwrap_or(f64::NAN)
    };
    std::array::from_fn(|at| Target {
        mean: number(3 + at),
        cv: number(11 + at),
    })
}

fn kit_share(site: &Site, chance: &mut Chance) -> f64 {
    let stage = usize::from(site.kind == Kind::Junior);
    let drawn = KIT_LEVEL[stage] + 0.24 * chance.normal() - 0.12 * site.distance_from_town();
    site.published("实验仪器配齐率")
        .unwrap_or(drawn.clamp(0.03, 1.0))
}

/// The source of all chance. Only raw bits are taken from the generator, so that the table does not depend on how a
/// library turns bits into numbers.
pub struct Chance(ChaCha8Rng);

impl Chance {
    /// Between 0 (included) and 1 (excluded).
    pub fn uniform(&mut self) -> f64 {
        (self.0.next_u64() >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// Near enough to a standard normal: twelve uniforms, less six (Irwin–Hall); never beyond ±6.
    pub fn normal(&mut self) -> f64 {
        (0..12).map(|_| self.uniform()).sum::<f64>() - 6.0
    }

    /// A whole number from `low` to `high`, every size of number alike (log-uniform).
    pub fn size(&mut self, low: u32, high: u32) -> u32 {
        let (low, high) = (f64::from(low), f64::from(high));
        (low * (high / low).powf(self.uniform())).round() as u32
    }
}

#[allow(dead_code, reason = "the test takes this file in as a module")]
fn main() -> std::io::Result<()> {
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/scenarios/county/schools.csv");
    std::fs::write(file, schools_csv())?;
    println!("{file}");
    Ok(())
}
