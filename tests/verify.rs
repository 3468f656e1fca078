//! Verify first: which doubtful numbers would flip decisions, against solves by hand, by other code and as a user runs it.

mod common;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::Arc;

use common::{With, county, region};
use junheng::case::{Case, Cells, Doubt, Quantity};
use junheng::plan::{Near, Options, Outcome, PlanRow, Verdict, continuous, solve};
use junheng::read::{Reading, read_case};
use junheng::study::on_threads;
use junheng::study::verify::{Doubtful, Reason, Verified, doubtful, estimates, verify};
use junheng::words::{Money, Notices, ResourceIx, SchoolIx};
use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;
use serde_json::Value;
use tempfile::TempDir;

const FIVE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/scenarios/five-schools");

fn books() -> Quantity {
    Quantity::Stock(ResourceIx::new(0))
}

fn kits() -> Quantity {
    Quantity::Stock(ResourceIx::new(1))
}

fn read(folder: &str) -> Reading {
    read_case(Path::new(folder))
}

fn doubt(school: usize, quantity: Quantity, low: f64, high: f64) -> Doubt {
    Doubt {
        school: SchoolIx::new(school),
        quantity,
        low,
        high,
        why: String::new(),
    }
}

fn verified(case: &Case, top: usize) -> Verified {
    let nothing = (&Cells::default(), &Notices::new());
    verify(case, nothing, &Options::default(), top, &|_, _| {})
}

/// The plan of a case nearest to that of another, by the library's parts.
fn nearest(base: &Case, changed: &Case) -> junheng::plan::Plan {
    let optimum = continuous(base, &Options::default()).expect("an optimum");
    let near = Near::of(&optimum.form, &optimum.values);
    let options = Options {
        near: Some(Arc::new(near)),
        ..Options::default()
    };
    let answer = solve(changed, &options);
    assert_eq!(answer.verdict, Verdict::Optimal);
    answer.plan.expect("a plan")
}

/// Half of what differs and half of what is not spent any more: the money that goes elsewhere, counted another way.
fn moved(one: &[PlanRow], other: &[PlanRow]) -> f64 {
    let mut by_row: BTreeMap<(usize, usize, usize), f64> = BTreeMap::new();
    for (rows, sign) in [(one, 1.0), (other, -1.0)] {
        for row in rows {
            let key = (row.school.at(), row.measure.at(), row.year.at());
            *by_row.entry(key).or_default() += sign * row.amount().main();
        }
    }
    let total: f64 = by_row.values().sum();
    let differs: f64 = by_row.values().map(|change| change.abs()).sum();
    (differs + total.abs()) / 2.0
}

#[test]
fn five_schools_are_ranked_as_one_would_by_hand() {
    let mut case = read(FIVE).case.expect("a case");
    // The plan buys the missing kit of school 5 and brings the books of schools 1, 2 and 4 up to a level; the kits of
    // school 1 are too dear for so few pupils.
    case.doubts = vec![
        doubt(0, kits(), 0.0, 2.0),
        doubt(1, kits(), 4.0, 6.0),
        doubt(2, books(), 935.0, 935.0),
        doubt(3, books(), 160.0, 300.0),
        doubt(4, kits(), 3.0, 4.0),
    ];
    let verified = verified(&case, 20);
    assert_eq!(verified.base.verdict, Verdict::Optimal);
    let found: Vec<(usize, Quantity)> = verified
        .stakes
        .iter()
        .map(|stake| (stake.doubt.school.at(), stake.doubt.quantity))
        .collect();
    assert_eq!(found, [(4, kits()), (3, books())]);
    assert_eq!((verified.proven_idle, verified.idle), (3, 0));
    let kit = &verified.stakes[0];
    // With a fourth kit there already, its 2,000 yuan buy books.
    assert_eq!(kit.money(), Money::from_main(2000.0));
    let [low, high] = kit.told.as_ref().expect("solved");
    assert_eq!(
        (low.moved, high.moved),
        (Money::ZERO, Money::from_main(2000.0))
    );
    assert_eq!((low.units, high.units), (Some(1.0), Some(0.0)));
    // Without knowing, the kit is wasted: 100 books less, each of them an eighth of a pupil-standard.
    assert!((high.gap - 12.5).abs() < 1e-6, "{}", high.gap);
    // 530 books over stocks of 279, 137, 300 and 402 for 360, 296, 608 and 440: up to 96.7 %, school 4 gets 288, not 372.
    let books = &verified.stakes[1];
    let [_, high] = books.told.as_ref().expect("solved");
    assert!((high.units.expect("books") - 288.0).abs() <= 1.0);
    assert!((books.money().main() - 84.0 * 20.0).abs() <= 20.0);
    // The other way round 64 of the 372 books are beyond what it should have, each an eighth of a pupil-standard.
    assert!((high.gap - 8.0).abs() < 1e-6, "{}", high.gap);
}

#[test]
fn confirmed_money_is_that_of_an_independent_pair_of_solves() {
    let mut solved = 0;
    for seed in 0..12 {
        let with = With {
            bands: seed % 3 == 0,
            enrolment: seed % 2 == 0,
            policies: seed % 4 == 1,
            levers: false,
            ageing: false,
            terminal: (seed % 3) as f64,
        };
        let mut case = county(seed, with);
        for (at, resource) in [(0, 0), (1, 1), (2, 2), (2, 1)] {
            let quantity = Quantity::Stock(ResourceIx::new(resource));
            let value = case.quantity(SchoolIx::new(at), quantity).expect("a stock");
            case.doubts.push(doubt(
                at,
                quantity,
                (value * 0.5).round(),
                (value * 1.5).round() + 1.0,
            ));
        }
        let pupils = case
            .quantity(SchoolIx::new(0), Quantity::Pupils)
            .expect("pupils");
        case.doubts
            .push(doubt(0, Quantity::Pupils, pupils, pupils + 40.0));
        let verified = verified(&case, 9);
        let Some(base) = &verified.base.plan else {
            continue;
        };
        // Asked the same, the nearest plan is the plan itself.
        let again = moved(&base.rows, &nearest(&case, &case).rows);
        assert!(again < 0.005, "seed {seed}: {again}");
        for stake in &verified.stakes {
            let told = stake.told.as_ref().expect("all are solved");
            let doubt = &stake.doubt;
            for (value, told) in [doubt.low, doubt.high].into_iter().zip(told) {
                let mut changed = case.clone();
                changed.put(doubt.school, doubt.quantity, value);
                if doubt.value == Some(value) {
                    assert_eq!(told.moved, Money::ZERO);
                    continue;
                }
                solved += 1;
                let plan = nearest(&case, &changed);
                let own = moved(&base.rows, &plan.rows);
                assert!(
                    (told.moved.main() - own).abs() < 0.01,
                    "seed {seed}: {} {own}",
                    told.moved
                );
                // It is as good as the plan that a planner would be given.
                let usual = solve(&changed, &Options::default()).plan.expect("a plan");
                let [one, other] = [&plan, &usual].map(|plan| plan.certificate.continuous);
                assert!(
                    (one - other).abs() <= 1e-6 * other.abs().max(1.0),
                    "{one} {other}"
                );
                let unchecked = Outcome::new(&changed, &base.rows).gap_after;
                let gap = (unchecked - plan.outcome.gap_after).max(0.0);
                assert!((told.gap - gap).abs() <= 1e-9 * gap.max(1.0));
            }
        }
    }
    assert!(solved > 40, "{solved}");
}

/// A town of forty schools, of which a tenth do not say how many teachers they have.
fn town(seed: u64) -> Case {
    let rng = &mut ChaCha8Rng::seed_from_u64(seed);
    let with = With::default();
    let mut case = region(rng, "town".into(), with, 2, 1, 40);
    for at in [3, 13, 23, 33] {
        case.schools[SchoolIx::new(at)].stock[0] = None;
    }
    case
}

/// Every stock of a case, doubted upwards and downwards.
fn all_doubts(case: &Case) -> Vec<Doubtful> {
    let mut doubts = Vec::new();
    for school in case.schools.ids() {
        for resource in case.resources.ids() {
            let quantity = Quantity::Stock(resource);
            let Some(value) = case.quantity(school, quantity) else {
                continue;
            };
            doubts.push(Doubtful {
                school,
                quantity,
                value: Some(value),
                low: (value * 0.9).floor(),
                high: (value * 1.1).ceil(),
                reasons: vec![Reason::Stated(String::new())],
                peers: None,
                place: None,
            });
        }
    }
    doubts
}

#[test]
fn what_needs_no_check_leaves_the_present_plan_the_best() {
    let (mut sure, mut others) = (0, 0);
    for seed in 0..6 {
        let case = county(
            seed,
            With {
                terminal: 1.0,
                ..With::default()
            },
        );
        let options = Options::default();
        let Some(plan) = solve(&case, &options).plan else {
            continue;
        };
        let optimum = continuous(&case, &options).expect("an optimum");
        let doubts = all_doubts(&case);
        let found = estimates(&case, &plan, optimum, &doubts);
        for (doubt, estimate) in doubts.iter().zip(found) {
            if !estimate.sure {
                others += 1;
                continue;
            }
            sure += 1;
            assert!(estimate.money().is_zero());
            for end in 0..2 {
                let Some(changed) = doubt.at_end(&case, end) else {
                    continue;
                };
                // What the present plan is above the bound is what whole units cost it, no more than before.
                let best = continuous(&changed, &options).expect("an optimum");
                let fixed: f64 = best.form.fixed_gap.iter().sum();
                let kept_on = Outcome::new(&changed, &plan.rows).gap_after;
                let above = kept_on - (best.proof.objective + fixed);
                let before = plan.outcome.gap_after - plan.certificate.continuous;
                let scale = plan.outcome.gap_before;
                assert!(
                    above <= before + 1e-6 * scale,
                    "seed {seed}: {above} {before}"
                );
            }
        }
    }
    assert!(sure > 10 && others > 10, "{sure} {others}");
}

#[test]
fn missing_numbers_are_doubted_between_what_like_schools_have() {
    let case = town(1);
    let found = doubtful(&case, &Cells::default(), &Notices::new());
    let missing: Vec<&Doubtful> = found
        .doubts
        .iter()
        .filter(|doubt| doubt.reasons == [Reason::Missing])
        .collect();
    let schools: Vec<usize> = missing.iter().map(|doubt| doubt.school.at()).collect();
    assert_eq!(schools, [3, 13, 23, 33]);
    for doubt in missing {
        let peers = doubt.peers.expect("like schools");
        assert!(doubt.value.is_none() && doubt.low < doubt.high && peers.schools >= 10);
        // Stocks are drawn between 20 and 140 % of the standard.
        assert!(peers.low >= 0.15 && peers.high <= 1.45);
    }
    let verified = verified(&case, 3);
    let missing = |stake: &&junheng::study::verify::Stake| stake.doubt.reasons == [Reason::Missing];
    assert!(verified.stakes.iter().filter(missing).count() > 0);
    assert_eq!(
        verified
            .stakes
            .iter()
            .filter(|stake| stake.told.is_some())
            .count(),
        3
    );
    let known = verified.stakes.len() + verified.idle + verified.proven_idle;
    assert_eq!(known, found.doubts.len());
    let solved = &verified.stakes[..3];
    assert!(
        solved
            .windows(2)
            .all(|pair| pair[0].money() >= pair[1].money())
    );
    assert!(
        verified.stakes[3..]
            .windows(2)
            .all(|pair| pair[0].money() >= pair[1].money())
    );
}

#[test]
fn without_like_schools_no_interval_is_made_up() {
    let mut case = read(FIVE).case.expect("a case");
    case.schools[SchoolIx::new(2)].stock[0] = None;
    let found = doubtful(&case, &Cells::default(), &Notices::new());
    assert_eq!((found.doubts.len(), found.blind), (0, 1));
    case.doubts = vec![doubt(2, books(), 100.0, 200.0)];
    let found = doubtful(&case, &Cells::default(), &Notices::new());
    assert_eq!((found.doubts.len(), found.blind), (1, 0));
    assert_eq!(found.doubts[0].reasons.len(), 2);
}

#[test]
fn flagged_missing_and_outlying_numbers_of_a_census_point_to_their_cells() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/scenarios/osun");
    let reading = read(folder);
    let case = reading.case.expect("a case");
    let found = doubtful(&case, &reading.cells, &reading.notices).doubts;
    let at = |place: &str| {
        let here = |one: &&Doubtful| {
            one.place
                .as_ref()
                .is_some_and(|own| own.to_string() == place)
        };
        found
            .iter()
            .find(here)
            .unwrap_or_else(|| panic!("a doubt at {place}"))
    };
    let flagged = |doubt: &Doubtful| {
        let is = |one: &Reason| matches!(one, Reason::Flagged(code) if code.0 == "W515");
        doubt.reasons.iter().any(is)
    };
    assert!(flagged(at("schools.csv:70:27")) && flagged(at("schools.csv:983:23")));
    assert!(
        at("schools.csv:983:23")
            .reasons
            .iter()
            .any(|one| matches!(one, Reason::Outlying(_)))
    );
    assert_eq!(at("schools.csv:983:23").high, 404.0);
    // Not the classrooms but those that need repair are missing.
    assert_eq!(at("schools.csv:78:24").reasons, [Reason::Missing]);
    // A zero that is read as unknown.
    assert_eq!(at("schools.csv:8:21").reasons, [Reason::Missing]);
    assert_eq!(found.iter().filter(|one| flagged(one)).count(), 2);
}

#[test]
fn threads_do_not_change_a_figure() {
    let case = town(5);
    let told = |threads: usize| {
        let threads = std::num::NonZeroUsize::new(threads);
        let verified = on_threads(threads, || verified(&case, 6)).expect("threads");
        format!(
            "{:?} {} {}",
            verified.stakes, verified.idle, verified.proven_idle
        )
    };
    assert_eq!(told(1), told(4));
}

// ── As a user runs it ──

/// A copy of the five schools with doubts.
struct Five {
    folder: TempDir,
}

const DOUBTS: &str = "学校代码,项目,最低,最高,原因\nS5,实验箱,3,4,\nS4,books,160,300,电话核实过一半\nS1,kits,0,2,\nS3,在校生,80,95,转学\n";

impl Five {
    fn with(doubts: &str) -> Five {
        let folder = tempfile::tempdir().expect("a folder");
        let case = fs::read_to_string(Path::new(FIVE).join("case.toml")).expect("the case");
        let more = "\n[doubts]\nfile = \"doubts.csv\"\n";
        fs::write(folder.path().join("case.toml"), case + more).expect("written");
        fs::copy(
            Path::new(FIVE).join("schools.csv"),
            folder.path().join("schools.csv"),
        )
        .expect("a copy");
        fs::write(folder.path().join("doubts.csv"), doubts).expect("written");
        Five { folder }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn run(&self, more: &[&str]) -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_junheng"));
        command
            .arg("verify-first")
            .arg(self.folder.path())
            .args(more);
        command.env("LC_ALL", "C").env("LANG", "C");
        command.output().expect("the command starts")
    }
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).expect("UTF-8")
}

fn in_order(text: &str, parts: &[&str]) {
    let mut rest = text;
    for part in parts {
        let at = rest
            .find(part)
            .unwrap_or_else(|| panic!("no {part:?} (in order) in\n{text}"));
        rest = &rest[at + part.len()..];
    }
}

#[test]
fn the_page_says_which_numbers_and_what_they_change_in_both_languages() {
    let five = Five::with(&DOUBTS.replace("实验箱,", "科学实验箱,"));
    let output = five.run(&["--lang", "zh"]);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    in_order(
        &text(&output.stdout),
        &[
            "先核实哪些数",
            "存疑的数有 4 个，其中 2 个可能改变方案",
            "小学5",
            "科学实验箱",
            "3–4",
            "案例写明了范围",
            "160–300",
            "电话核实过一半",
            "会改变什么（元）",
            "schools.csv:6:6",
            "1 套，2,000",
            "2,000",
            "涉及资金：",
            "其余的数",
            "不用核实：1 个（不论是范围内哪一端，现方案的证明都成立）",
        ],
    );
    assert!(text(&output.stderr).contains("junheng verify-first"));
    let output = five.run(&["--lang", "en", "--quiet"]);
    assert_eq!(output.status.code(), Some(0));
    in_order(
        &text(&output.stdout),
        &[
            "Numbers to check first",
            "4 doubtful numbers, of which 2 may change the plan",
            "an interval is stated",
            "What they would change (元)",
            "at stake: ",
            "no check needed: 1 (the proof of the present plan holds at both ends)",
        ],
    );
    assert_eq!(text(&output.stderr), "");
}

#[test]
fn files_hold_the_list_with_room_for_what_is_found() {
    let five = Five::with(
        &DOUBTS
            .replace("实验箱,", "kits,")
            .replace("电话核实过一半", "=1+1|x"),
    );
    let out = five.path("out");
    let out = out.to_str().expect("UTF-8");
    let output = five.run(&["--top", "1", "--out", out, "--json", "--lang", "en"]);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    let said: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    assert_eq!(said["check"].as_array().map(Vec::len), Some(2));
    assert_eq!(said["check"][0]["solved"], true);
    assert_eq!(said["check"][1]["solved"], false);
    assert_eq!(said["no_check"]["proven"], 1);
    assert_eq!(said["no_check"]["estimated"], 1);
    let list = fs::read_to_string(five.path("out/verify-first.csv")).expect("the list");
    in_order(
        &list,
        &[
            "school code",
            "in the table",
            "verified value",
            "money at stake (元)",
            "'=1+1|x",
            "estimate",
        ],
    );
    assert_eq!(list.lines().count(), 3);
    let memo = fs::read_to_string(five.path("out/verify-first.md")).expect("the memo");
    assert!(memo.starts_with("# ") && memo.contains("estimated, not solved again: 1"));
    let json = fs::read(five.path("out/verify-first.json")).expect("the figures");
    assert_eq!(serde_json::from_slice::<Value>(&json).expect("JSON"), said);
    assert_eq!(fs::read_dir(five.path("out")).expect("a folder").count(), 3);
}

#[test]
fn a_wrong_table_of_doubts_is_told_in_one_pass() {
    let five = Five::with(
        "school,quantity,low,high\nS9,books,1,2\nS1,bokos,1,2\nS1,books,5,2\nS2,books,x,2\nS2,kits,,2\nS3,kits,1,2\nS3,kits,1,3\n",
    );
    let output = five.run(&["--lang", "en"]);
    assert_eq!(output.status.code(), Some(1));
    let talk = text(&output.stderr);
    for (place, code) in [
        ("doubts.csv:2:1", "E307"),
        ("doubts.csv:3:2", "E311"),
        ("doubts.csv:4:3", "E416"),
        ("doubts.csv:5:3", "E112"),
        ("doubts.csv:6:3", "E408"),
        ("doubts.csv:8:2", "E312"),
    ] {
        let told = |line: &str| line.contains(place) && line.contains(code);
        assert!(talk.lines().any(told), "{place} {code} in\n{talk}");
    }
    assert!(talk.contains("did you mean `books`?"), "{talk}");
}

#[test]
fn an_impossible_case_ends_as_solve_does() {
    let five = Five::with(DOUBTS.lines().next().expect("headers"));
    let rule = "\n[[policy]]\nid = \"many\"\nname = \"图书不少于两千册\"\nkind = \"quota\"\nmin = 2000\nscope = { measures = [\"buy-books\"] }\n";
    let case = fs::read_to_string(five.path("case.toml")).expect("the case");
    fs::write(five.path("case.toml"), case + rule).expect("written");
    let output = five.run(&["--lang", "zh"]);
    assert_eq!(output.status.code(), Some(4), "{}", text(&output.stdout));
    assert!(text(&output.stdout).contains("图书不少于两千册"));
}

#[test]
fn halted_at_once_nothing_is_solved_again_and_that_is_said() {
    let five = Five::with(&DOUBTS.replace("实验箱,", "kits,"));
    let output = five.run(&["--lang", "en", "--time-limit", "0s"]);
    assert_eq!(output.status.code(), Some(3), "{}", text(&output.stdout));
}
