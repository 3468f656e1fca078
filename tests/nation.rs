//! The census of Nigeria: it is read as its README says, and reports of that size stay readable.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use junheng::case::Case;
use junheng::plan::{Answer, Audit, Certificate, FundYear, Outcome, Plan, PlanRow, Verdict};
use junheng::read::{Reading, read_case};
use junheng::report::{self, Folder, Provenance, Question};
use junheng::words::{Grade, Lang, MeasureIx, Money, SchoolIx};

#[path = "../scenarios/nigeria/funds.rs"]
mod funds;

fn shipped() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/nigeria")
}

fn nigeria() -> Case {
    let reading = read_case(&shipped());
    let errors: Vec<String> = reading
        .notices
        .iter()
        .filter(|notice| notice.grade() == Grade::Error)
        .map(|notice| format!("{} {}", notice.place, notice.message(Lang::En)))
        .collect();
    assert!(errors.is_empty(), "{errors:#?}");
    reading.case.expect("no error")
}

fn said<'a>(reading: &'a Reading, code: &str) -> Vec<&'a [String]> {
    let notices = reading.notices.iter();
    notices
        .filter(|notice| notice.code.0 == code)
        .map(|notice| notice.with.as_slice())
        .collect()
}

#[test]
fn the_census_is_read_whole_and_planned_in_part() {
    let reading = read_case(&shipped());
    let left_out: Vec<String> = said(&reading, "H610")
        .iter()
        .map(|with| with.join(" "))
        .collect();
    let expected = [
        "level 2468 68074",
        "management 13145 68074",
        "students 1868 68074",
        "classrooms 1103 68074",
    ];
    assert_eq!(left_out, expected);
    let case = reading.case.expect("no error");
    let size = (
        case.schools.len(),
        case.counties.len(),
        case.provinces.len(),
    );
    assert_eq!(size, (49_490, 753, 37));
    assert_eq!(reading.overlays.len(), 6);
    let pupils: f64 = case
        .schools
        .iter()
        .filter_map(|school| school.pupils.map(|by| by.primary + by.junior))
        .sum();
    assert_eq!(pupils, 18_576_061.0);
    assert!(
        case.remark
            .is_some_and(|remark| remark.contains("CC BY-SA 4.0"))
    );
    let licence = std::fs::read_to_string(shipped().join("LICENSE.md")).expect("a licence");
    assert!(
        licence.contains("Data provided by OSSAP-MDGs (NMIS)") && licence.contains("CC BY-SA 4.0")
    );
}

#[test]
fn the_states_funds_follow_their_rule() {
    let case = nigeria();
    for (state, amounts) in funds::amounts(&case) {
        let id = format!("state-{}", funds::code(&state));
        let fund = case
            .funds
            .iter()
            .find(|fund| fund.id == id)
            .expect("a fund a state");
        let amounts = amounts.map(|amount| Money::from_main(amount as f64 * 1e6));
        let stated: Vec<Money> = fund.amounts.iter().copied().collect();
        assert_eq!(stated, amounts, "{state}");
        let own = fund.scope.provinces.iter().map(|&one| &case.provinces[one]);
        assert_eq!(own.collect::<Vec<_>>(), [&state]);
    }
    assert_eq!(case.funds.len(), 3 + case.provinces.len());
}

#[test]
fn the_census_has_the_warts_its_readme_counts() {
    let file = std::fs::File::open(shipped().join("schools.csv.gz")).expect("the census");
    let mut reader = csv::Reader::from_reader(flate2::read::GzDecoder::new(file));
    let rows: Vec<BTreeMap<String, String>> = reader
        .deserialize()
        .collect::<Result<_, _>>()
        .expect("well-formed rows");
    let case = nigeria();
    let planned: Vec<&BTreeMap<String, String>> = {
        let ids: std::collections::BTreeSet<&str> = case
            .schools
            .iter()
            .map(|school| school.id.as_str())
            .collect();
        rows.iter()
            .filter(|row| ids.contains(row["school_id"].as_str()))
            .collect()
    };
    let count = |is: &dyn Fn(&BTreeMap<String, String>) -> bool| {
        planned.iter().filter(|row| is(row)).count()
    };
    let empty = |header: &'static str| count(&|row| row[header].is_empty());
    let zero = |header: &'static str| count(&|row| row[header] == "0");
    let number = |row: &BTreeMap<String, String>, header: &str| -> f64 {
        row[header].parse().unwrap_or(0.0)
    };
    assert_eq!(
        (
            empty("teachers_qualified_nce"),
            zero("teachers_qualified_nce")
        ),
        (251, 3_412)
    );
    assert_eq!((zero("teachers"), empty("teachers")), (280, 0));
    let more_qualified =
        count(&|row| number(row, "teachers_qualified_nce") > number(row, "teachers"));
    assert_eq!(more_qualified, 240);
    assert_eq!((empty("toilets"), zero("toilets")), (1_598, 27_499));
    assert_eq!(
        count(&|row| row["toilets"] == "0" && row["improved_sanitation"] == "1"),
        0
    );
    assert_eq!((empty("textbooks"), zero("textbooks")), (1_977, 7_266));
    assert_eq!(empty("classrooms_major_repair"), 321);
    assert_eq!(
        count(&|row| row["classrooms"] == row["classrooms_major_repair"]),
        10_104
    );
    assert_eq!(
        (empty("improved_water"), zero("improved_water")),
        (1, 34_097)
    );
    assert_eq!(
        count(&|row| row["level"] == "Primary and Junior Secondary"),
        384
    );
}

/// A plan by a plain rule, to have something to write: every other school in need gets all it lacks in the first year.
fn drafted(case: &Case) -> Answer {
    let first = junheng::words::YearIx::new(0);
    let today = Outcome::new(case, &[]);
    let mut rows = Vec::new();
    for measure in case.measures.ids() {
        let stated = &case.measures[measure];
        for school in case.schools.ids().filter(|school| school.at() % 2 == 0) {
            let short = today.short(case, school, stated.resource, first, false);
            let units = short.unwrap_or(0.0).ceil();
            if units > 0.0 {
                rows.push(row(case, measure, school, units));
            }
        }
    }
    let money = case.funds.ids().map(|fund| FundYear {
        fund,
        year: first,
        given: case.funds[fund].total(),
        carried: Money::ZERO,
        spent: Money::ZERO,
    });
    let outcome = Outcome::new(case, &rows);
    let plan = Plan {
        certificate: Certificate {
            bound: outcome.gap_after,
            whole: outcome.gap_after,
            continuous: outcome.gap_after,
            planned: outcome.gap_after,
            proven_within: 0.0,
            rounding: 0.0,
            solvers: "none".into(),
            size: [0; 4],
        },
        rows,
        outcome,
        bindings: Vec::new(),
        money: money.collect(),
        audit: Audit {
            checked: 0,
            breaches: Vec::new(),
        },
        without_terminal: None,
        fairness: Default::default(),
        take_up: None,
    };
    Answer {
        verdict: Verdict::Optimal,
        plan: Some(plan),
        halted: None,
        menu: None,
    }
}

fn row(case: &Case, measure: MeasureIx, school: SchoolIx, units: f64) -> PlanRow {
    let mut payments = vec![Money::ZERO; case.horizon.years];
    payments[0] = case.measures[measure].cost.times(units);
    let pays =
        |fund: &junheng::words::FundIx| case.funds[*fund].scope.covers(case, measure, school);
    PlanRow {
        school,
        measure,
        year: junheng::words::YearIx::new(0),
        units,
        fund: case.funds.ids().find(pays),
        payments,
        after: Money::ZERO,
    }
}

#[test]
fn the_reports_of_a_nation_are_complete_and_readable() {
    let case = nigeria();
    let answer = drafted(&case);
    let asked = Question {
        case: &case,
        scenario: None,
        lang: Lang::En,
    };
    let from = Provenance {
        inputs: Vec::new(),
        scenarios: Vec::new(),
        solver: "auto".into(),
        kept: 0,
    };
    let place = tempfile::tempdir().expect("a folder");
    let folder = Folder::open(place.path()).expect("a folder");
    let begun = std::time::Instant::now();
    report::write(&folder, &asked, &answer, &from, false).expect("the files");
    eprintln!("written in {:.2} s", begun.elapsed().as_secs_f64());
    let text = |file: &str| std::fs::read_to_string(place.path().join(file)).expect(file);

    let page = report::terminal::render(&report::solved::page(&asked, &answer), false);
    assert!(page.lines().count() < 130, "{} lines", page.lines().count());
    assert!(page.contains("Zamfara") && page.contains("other funds"));
    let memo = text("plan.md");
    assert!(
        memo.lines().count() < 1_000,
        "{} lines",
        memo.lines().count()
    );
    assert!(memo.contains("713 more in gaps.csv") && memo.contains("in plan.csv"));

    let gaps = text("gaps.csv");
    assert!(gaps.starts_with("province,county,"));
    assert!(text("plan.csv").starts_with("No.,province,county,"));
    let json: serde_json::Value = serde_json::from_str(&text("plan.json")).expect("sound JSON");
    let plan = answer.plan.as_ref().expect("a plan");
    let length = |key: &str| json[key].as_array().map_or(0, Vec::len);
    assert_eq!(length("schools"), case.schools.len());
    assert_eq!(length("rows"), plan.rows.len());
    assert_eq!(json["schools"][0]["province"], "Abia");
    assert_eq!(
        text("plan.csv").lines().count(),
        1 + plan.rows.len() + length("unmet")
    );
}
