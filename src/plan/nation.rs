//! A generated nation, to see that dealing, booking, topping up and auditing grow no faster than the nation.
//! The figures: `cargo test --release --lib nation -- --ignored --nocapture`.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::sync::OnceLock;
use std::time::Instant;

use super::course::Course;
use super::effort;
use super::outcome::Outcome;
use super::payment;
use super::pools::pools;
use super::spread::spread;
use super::topup::TopUp;
use crate::case::{Case, Scope};
use crate::formulate::{ColKey, Formulated, RowKey, formulate};
use crate::words::{FundIx, Money, Table};

/// Schools in each county.
const SCHOOLS: usize = 65;
/// Counties in each province.
const COUNTIES: usize = 20;

/// A case of this many counties, each with its own fund; each province has one too, and the nation two.
fn nation(counties: usize) -> Case {
    let folder = tempfile::tempdir().expect("a folder");
    let write = |name: &str, text: String| {
        std::fs::write(folder.path().join(name), text).expect("a file");
    };
    write("schools.csv", schools(counties));
    write("case.toml", rules(counties));
    let read = crate::read::read_case(folder.path());
    let said: Vec<String> = read.notices.iter().map(|one| format!("{one:?}")).collect();
    let mut case = read.case.unwrap_or_else(|| panic!("{said:#?}"));
    // More funds than a planner may write down.
    for county in case.counties.ids() {
        let mut fund = case.funds[FundIx::new(0)].clone();
        fund.id = format!("county-{}", county.at());
        fund.name.clone_from(&fund.id);
        fund.carry_over = false;
        fund.after = Money::from_main(20e3 * SCHOOLS as f64);
        fund.amounts = Table::filled(fund.amounts.len(), fund.after);
        fund.scope = Scope {
            counties: vec![county],
            ..Scope::default()
        };
        case.funds.push(fund);
    }
    case
}

/// Numbers without pattern from a seed (splitmix64), between 0 and 1.
struct Dice(u64);

impl Dice {
    fn roll(&mut self) -> f64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((mixed ^ (mixed >> 31)) >> 11) as f64 / (1u64 << 53) as f64
    }
}

fn schools(counties: usize) -> String {
    let mut dice = Dice(1);
    let mut text =
        "id,name,stage,area,county,pupils,teachers,area_m2,computers,books\n".to_string();
    for county in 0..counties {
        for school in 0..SCHOOLS {
            let stage = if dice.roll() < 0.7 {
                "primary"
            } else {
                "junior"
            };
            let area = if dice.roll() < 0.4 { "town" } else { "village" };
            let pupils = (40.0 + 900.0 * dice.roll()).floor();
            let mut has = |norm: f64| (pupils * norm * (0.3 + dice.roll())).floor();
            let (teachers, rooms, computers, books) = (has(0.06), has(6.0), has(0.1), has(20.0));
            writeln!(
                text,
                "S{county}-{school},School {school} of {county},{stage},{area},C{county},{pupils},{teachers},{rooms},{computers},{books}"
            )
            .expect("text");
        }
    }
    text
}

fn rules(counties: usize) -> String {
    let mut text = STATED.to_string();
    let schools = (counties * SCHOOLS) as f64;
    let mut fund = |id: &str, amount: f64, carry: bool, pays: &str| {
        writeln!(
            text,
            "[[fund]]\nid = \"{id}\"\nname = \"{id}\"\namounts = [{amount:.0}, {amount:.0}, {amount:.0}]\nafter = {amount:.0}\ncarry_over = {carry}\npays = {{ {pays} }}\n"
        )
        .expect("text");
    };
    fund(
        "nation-capital",
        150e3 * schools,
        true,
        "natures = [\"capital\"]",
    );
    fund(
        "nation-pay",
        60e3 * schools,
        false,
        "natures = [\"recurrent\"]",
    );
    for first in (0..counties).step_by(COUNTIES) {
        let local: Vec<String> = (first..(first + COUNTIES).min(counties))
            .map(|county| format!("\"C{county}\""))
            .collect();
        let amount = 40e3 * (local.len() * SCHOOLS) as f64;
        let pays = format!("counties = [{}]", local.join(", "));
        fund(&format!("province-{first}"), amount, true, &pays);
    }
    text
}

const STATED: &str = r#"
[case]
name = "A generated nation"
language = "en"
first_year = 2026
years = 3
terminal_years = 3
currency = "yuan"

[schools]
file = "schools.csv"
columns = { id = "id", name = "name", stage = "stage", area = "area", county = "county", pupils = "pupils" }
stages = { primary = ["primary"], junior = ["junior"] }

[[resource]]
id = "teachers"
name = "Teachers"
unit = "posts"
whole = true
stock = "teachers"

[[resource]]
id = "area"
name = "Floor area"
unit = "m2"
stock = "area_m2"

[[resource]]
id = "computers"
name = "Computers"
unit = "sets"
whole = true
stock = "computers"

[[resource]]
id = "books"
name = "Books"
unit = "books"
whole = true
stock = "books"

[standard]
name = "norms"
norm = [
  { resource = "teachers", per = "pupil", primary = 0.06, junior = 0.07 },
  { resource = "area", per = "pupil", primary = 6, junior = 7 },
  { resource = "computers", per = "pupil", primary = 0.1, junior = 0.12 },
  { resource = "books", per = "pupil", primary = 20, junior = 30 },
]

[[measure]]
id = "hire"
name = "Hire"
kind = "hire"
resource = "teachers"
cost = 80000
body = "bureau"

[[measure]]
id = "rotate"
name = "Rotate"
kind = "rotate"
resource = "teachers"
cost = 6000
term = 2
body = "bureau"

[[measure]]
id = "build"
name = "Build"
kind = "build"
resource = "area"
cost = 3000
lead = 1
life = 40
body = "bureau"

[[measure]]
id = "computers"
name = "Buy computers"
kind = "buy"
resource = "computers"
cost = 4000
life = 3
body = "bureau"

[[measure]]
id = "books"
name = "Buy books"
kind = "buy"
resource = "books"
cost = 25
life = 8
body = "bureau"

[[policy]]
id = "new-posts"
name = "New posts in each county"
kind = "quota"
max = 30.5
each = "county"
scope = { measures = ["hire"] }

[[policy]]
id = "rotation"
name = "Posts that rotate"
kind = "quota"
min_of_stock = 0.02
each = "county"
scope = { measures = ["rotate"] }

[[policy]]
id = "books-share"
name = "At least 5 % of what is spent goes to books"
kind = "share"
min = 0.05
of = "spent"
each_year = false
scope = { resources = ["books"] }

[[policy]]
id = "village-share"
name = "At most 80 % to towns"
kind = "share"
max = 0.8
of = "spent"
each_year = true
scope = { areas = ["town"] }

"#;

/// A point near the rows of the program without solving it: the same part of every need is met, as large as the
/// money allows, from the funds in file order; rotation and exchanges as far as pools balance.
fn filled(case: &Case, form: &Formulated, part: f64) -> Vec<f64> {
    let mut values = vec![0.0; form.cols.len()];
    let mut gives: BTreeMap<_, Vec<(usize, f64)>> = BTreeMap::new();
    for (at, (key, col)) in form.cols.iter().zip(&form.program.cols).enumerate() {
        match *key {
            ColKey::Supply { measure, .. } => {
                let factor = match case.measures[measure].id.as_str() {
                    "rotate" => 0.0,
                    "hire" => 0.3,
                    "books" => 3.0,
                    _ => 1.0,
                };
                values[at] = (factor * part * col.upper / case.horizon.years as f64).min(col.upper);
            }
            ColKey::Exchange { .. } => values[at] = 0.03 * col.upper,
            _ => {}
        }
    }
    for row in form.rows.iter().zip(&form.program.rows) {
        if let (
            RowKey::Pool {
                measure,
                circle,
                year,
            },
            row,
        ) = row
        {
            gives.insert((*measure, *circle, *year), row.entries.clone());
        }
    }
    for entries in gives.values() {
        let side = |sign: f64| {
            entries
                .iter()
                .filter(move |(_, coefficient)| *coefficient == sign)
        };
        let most = |sign: f64| {
            side(sign)
                .map(|&(col, _)| form.program.cols[col].upper.min(1e4))
                .sum::<f64>()
        };
        let moved = 0.1 * most(1.0).min(most(-1.0));
        for sign in [1.0, -1.0] {
            for &(col, _) in side(sign) {
                values[col] = moved * form.program.cols[col].upper.min(1e4) / most(sign).max(1e-9);
            }
        }
    }
    let mut left: Vec<Vec<f64>> = case
        .funds
        .iter()
        .map(|fund| {
            let years = fund.amounts.iter().map(|amount| amount.main());
            years.chain([fund.after.main()]).collect()
        })
        .collect();
    for (key, row) in form.rows.iter().zip(&form.program.rows) {
        let RowKey::Class { period, .. } = *key else {
            continue;
        };
        let mut due = row.activity(&values);
        for &(col, coefficient) in &row.entries {
            if let (ColKey::Pay { fund, .. }, true) = (form.cols[col], coefficient < 0.0) {
                let room = &mut left[fund.at()][period.at()];
                let paid = due.min(*room);
                *room -= paid;
                due -= paid;
                values[col] = paid;
            }
        }
    }
    values
}

/// Seconds that this thread has worked, where the system tells; those of the clock elsewhere.
fn worked() -> f64 {
    static START: OnceLock<Instant> = OnceLock::new();
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").ok();
    let told = told.and_then(|text| text.split_whitespace().next()?.parse::<f64>().ok());
    let clock = || START.get_or_init(Instant::now).elapsed().as_secs_f64();
    told.map_or_else(clock, |nanoseconds| nanoseconds / 1e9)
}

/// What the work on a nation comes to.
struct Done {
    rows: usize,
    spent: f64,
    breaches: Vec<String>,
}

fn plan(case: &Case, part: f64, quiet: bool) -> Done {
    let mut last = worked();
    let mut lap = |stage: &str| {
        if !quiet {
            println!("{stage:>12} {:8.3} s", worked() - last);
        }
        last = worked();
    };
    let form = formulate(case, &[]);
    lap("formulate");
    let values = filled(case, &form, part);
    lap("(values)");
    let mut course = Course::of(case, &form.reach);
    lap("course");
    let pools = pools(case, &form, &[]);
    lap("pools");
    let mut deal = spread(
        case,
        &form,
        (&values, false),
        (&pools, None),
        &[],
        &mut course,
    );
    lap("spread");
    let mut ledger = payment::settle(case, &form, &values, &[], &mut deal, &mut course);
    lap("settle");
    let mut top_up = TopUp {
        case,
        classes: &form.classes,
        ledger: &mut ledger,
        course: &mut course,
        deal: &mut deal,
        at_once: crate::plan::topup::LEFT_OVER,
        aim: &crate::plan::topup::Aim::default(),
    };
    let met = top_up.run();
    lap("topup");
    let rows = payment::rows(case, &form, &ledger, &[], &deal);
    lap("rows");
    let outcome = Outcome::new(case, &rows);
    lap("outcome");
    let audit = super::audit::audit(case, &rows, &[]);
    lap("audit");
    if !quiet {
        println!(
            "{} schools, {} rows and {} columns, {} pools, {} plan rows, gap {:.0} to {:.0}, {met:?}",
            case.schools.len(),
            form.program.rows.len(),
            form.program.cols.len(),
            pools.len(),
            rows.len(),
            outcome.gap_before,
            outcome.gap_after,
        );
    }
    Done {
        rows: rows.len(),
        spent: rows.iter().map(|row| row.amount().main()).sum(),
        breaches: audit
            .breaches
            .into_iter()
            .map(|one| one.message.1)
            .collect(),
    }
}

#[test]
#[ignore = "figures for a nation; minutes in a build for debugging"]
fn figures() {
    let counties = std::env::var("COUNTIES")
        .ok()
        .and_then(|text| text.parse().ok());
    for counties in counties.map_or(vec![20, 80, 320], |one| vec![one]) {
        let case = nation(counties);
        for part in [0.2, 0.0] {
            println!("-- {counties} counties, {part} of every need");
            let done = plan(&case, part, false);
            println!(
                "spent {:.0}, {} breaches {:?}",
                done.spent,
                done.breaches.len(),
                done.breaches.first()
            );
        }
    }
}

#[test]
fn work_grows_with_the_nation_and_no_faster() {
    for part in [0.2, 0.0] {
        let [small, large] = [2, 8].map(|counties| {
            let case = nation(counties);
            effort::looks();
            let done = plan(&case, part, true);
            assert!(done.breaches.is_empty(), "{:?}", done.breaches);
            assert!(done.rows > case.schools.len(), "{} rows", done.rows);
            (effort::looks(), done.spent)
        });
        assert!(large.1 > 3.0 * small.1, "{} and {} spent", small.1, large.1);
        assert!(large.0 < 6 * small.0, "{} looks, then {}", small.0, large.0);
    }
}
