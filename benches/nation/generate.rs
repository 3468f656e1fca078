//! A synthetic nation: schools of drawn sizes and stocks, money of the nation, its provinces and its counties.

use std::fmt::Write as _;
use std::io::{self, BufWriter, Write};
use std::path::Path;

use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

const SEED: u64 = 2895;

/// How large it is.
pub struct Size {
    /// School sites.
    pub schools: usize,
    /// Counties, at least one a province.
    pub counties: usize,
    /// Provinces.
    pub provinces: usize,
    /// How many counties, the first ones, have a fund of their own.
    pub county_funds: usize,
}

/// Mainland China in 2024.
impl Default for Size {
    fn default() -> Size {
        Size {
            schools: 240_000,
            counties: 2_895,
            provinces: 31,
            county_funds: 2_895,
        }
    }
}

/// A county: its province, its name (which the same county of every other province bears too) and its schools.
struct County {
    province: usize,
    name: String,
    schools: usize,
    pupils: u64,
}

/// Writes `case.toml` and `schools.csv`, the same bytes for the same size.
pub fn case(folder: &Path, size: &Size) -> io::Result<()> {
    std::fs::create_dir_all(folder)?;
    let mut rng = ChaCha8Rng::seed_from_u64(SEED);
    let mut counties = counties(&mut rng, size);
    let file = std::fs::File::create(folder.join("schools.csv"))?;
    schools(&mut rng, &mut counties, &mut BufWriter::new(file))?;
    std::fs::write(folder.join("case.toml"), toml(size, &counties))
}

fn province(at: usize) -> String {
    format!("第{:02}省", at + 1)
}

/// Counties of every size from a quarter of the mean to nearly twice of it, spread evenly over the provinces.
fn counties(rng: &mut ChaCha8Rng, size: &Size) -> Vec<County> {
    let (count, provinces) = (size.counties.max(1), size.provinces.max(1));
    let weights: Vec<f64> = (0..count).map(|_| rng.random_range(0.25..1.75)).collect();
    let whole: f64 = weights.iter().sum();
    let mut so_far = 0.0;
    let mut given = 0;
    let counted = weights.iter().enumerate().map(|(at, weight)| {
        so_far += weight;
        let until = (so_far / whole * size.schools as f64).round() as usize;
        let schools = until - given;
        given = until;
        County {
            province: at * provinces / count,
            name: format!("第{:03}县", at % count.div_ceil(provinces) + 1),
            schools,
            pupils: 0,
        }
    });
    counted.collect()
}

fn schools(rng: &mut ChaCha8Rng, counties: &mut [County], out: &mut impl Write) -> io::Result<()> {
    writeln!(
        out,
        "学校代码,学校名称,学段,城乡类型,省份,县区,小学生数,初中生数,校舍面积,图书册数,计算机台数,专任教师数"
    )?;
    let mut number = 0;
    for county in counties {
        for _ in 0..county.schools {
            number += 1;
            let site = Site::drawn(rng);
            county.pupils += u64::from(site.primary + site.junior);
            writeln!(
                out,
                "G{number:06},第{number}学校,{},{},{},{},{},{},{},{},{},{}",
                site.stage,
                site.area,
                province(county.province),
                county.name,
                site.primary,
                site.junior,
                site.floor,
                site.books,
                site.computers,
                site.teachers,
            )?;
        }
    }
    out.flush()
}

/// One school.
struct Site {
    stage: &'static str,
    area: &'static str,
    primary: u32,
    junior: u32,
    floor: u32,
    books: u32,
    computers: u32,
    teachers: u32,
}

impl Site {
    /// A school whose stocks lie between a third of the norm and a little above it; villages are smaller and poorer.
    fn drawn(rng: &mut ChaCha8Rng) -> Site {
        let (area, most, level) = match rng.random_range(0..10) {
            0..2 => ("城区", 2_000, 0.9),
            2..5 => ("镇区", 1_200, 0.75),
            _ => ("乡村", 400, 0.6),
        };
        let pupils = rng.random_range(20..most);
        let (stage, primary) = match rng.random_range(0..20) {
            0..14 => ("小学", pupils),
            14..18 => ("初中", 0),
            _ => ("九年一贯制", pupils * 2 / 3),
        };
        let mut stock = |norm: f64| {
            let reached = level * rng.random_range(0.4..1.5);
            (f64::from(pupils) * norm * reached).round() as u32
        };
        Site {
            stage,
            area,
            primary,
            junior: pupils - primary,
            floor: stock(5.0),
            books: stock(20.0),
            computers: stock(0.1),
            teachers: stock(0.06).max(1),
        }
    }
}

const HEAD: &str = r#"# Synthetic: drawn from a fixed seed for measuring, no real school.

[case]
name = "合成全国"
remark = "合成数据，只用于测速"
first_year = 2026
years = 3
terminal_years = 3
currency = "元"
money = "万元"
money_factor = 10000

[schools]
file = "schools.csv"

[schools.columns]
id = "学校代码"
name = "学校名称"
stage = "学段"
area = "城乡类型"
province = "省份"
county = "县区"
pupils_primary = "小学生数"
pupils_junior = "初中生数"

[[resource]]
id = "area"
name = "校舍"
unit = "平方米"
stock = "校舍面积"

[[resource]]
id = "books"
name = "图书"
unit = "册"
whole = true
stock = "图书册数"

[[resource]]
id = "computers"
name = "计算机"
unit = "台"
whole = true
stock = "计算机台数"

[[resource]]
id = "teachers"
name = "教师"
unit = "名"
whole = true
stock = "专任教师数"

[standard]
name = "合成标准"

[[standard.norm]]
resource = "area"
per = "pupil"
primary = 4.5
junior = 5.8

[[standard.norm]]
resource = "books"
per = "pupil"
primary = 15
junior = 25

[[standard.norm]]
resource = "computers"
per = "100-pupils"
primary = 8
junior = 10

[[standard.norm]]
resource = "teachers"
per = "100-pupils"
primary = 5.26
junior = 7.41

[[measure]]
id = "build"
name = "新建校舍"
kind = "build"
resource = "area"
cost = 0.25
lead = 1
life = 50
body = "县教育局"

[[measure]]
id = "buy-books"
name = "购置图书"
kind = "buy"
resource = "books"
cost = 0.003
life = 8
body = "县教育局"

[[measure]]
id = "buy-computers"
name = "购置计算机"
kind = "buy"
resource = "computers"
cost = 0.45
life = 6
body = "县教育局"

[[measure]]
id = "hire"
name = "招聘教师"
kind = "hire"
resource = "teachers"
cost = 8
body = "县人民政府"

[[measure]]
id = "rotate"
name = "教师交流轮岗"
kind = "rotate"
resource = "teachers"
cost = 0.8
term = 2
body = "县教育局"

[[policy]]
id = "rotation"
name = "每年交流不超过在编教师的一成"
kind = "quota"
max_of_stock = 0.10
each = "county"
scope = { measures = ["rotate"] }

[[policy]]
id = "village"
name = "中央资金一半以上用于乡村"
kind = "share"
min = 0.5
funds = ["nation-buildings"]
each_year = false
scope = { areas = ["乡村"] }
"#;

/// The case: money of the nation for buildings and equipment, of each province for teachers and of counties for all.
fn toml(size: &Size, counties: &[County]) -> String {
    let mut text = HEAD.to_string();
    let mut fund = |id: String, name: String, amount: f64, pays: String| {
        // Writing into a text cannot fail.
        let _ = write!(
            text,
            "\n[[fund]]\nid = \"{id}\"\nname = \"{name}\"\namounts = {amount:.0}\npays = {{ {pays} }}\n"
        );
    };
    let pupils_of = |wanted: &dyn Fn(&County) -> bool| -> f64 {
        let inside = counties.iter().filter(|one| wanted(one));
        inside.map(|one| one.pupils as f64).sum()
    };
    let all = pupils_of(&|_| true);
    let buildings = "resources = [\"area\"], natures = [\"capital\"]";
    fund(
        "nation-buildings".into(),
        "中央校舍专项".into(),
        all * 0.01,
        buildings.into(),
    );
    let equipment = "resources = [\"books\", \"computers\"]";
    fund(
        "nation-equipment".into(),
        "中央装备专项".into(),
        all * 0.003,
        equipment.into(),
    );
    for at in 0..size.provinces {
        let name = province(at);
        let amount = pupils_of(&|one| one.province == at) * 0.01;
        let pays = format!("provinces = [\"{name}\"], resources = [\"teachers\"]");
        fund(
            format!("province-{}", at + 1),
            format!("{name}教师经费"),
            amount,
            pays,
        );
    }
    let inhabited = counties
        .iter()
        .enumerate()
        .filter(|(_, one)| one.schools > 0);
    for (at, county) in inhabited.take(size.county_funds) {
        let full = format!("{}/{}", province(county.province), county.name);
        let amount = county.pupils as f64 * 0.005;
        let pays = format!("counties = [\"{full}\"]");
        fund(
            format!("county-{}", at + 1),
            format!("{full}教育经费"),
            amount,
            pays,
        );
    }
    text
}
