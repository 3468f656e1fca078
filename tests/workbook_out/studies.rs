//! What takes studies of its own: how far prices hold, what rules cost, the curve of gap over money. The sheets hold what
//! the commands write, and the curve is drawn from its cells.

use calamine::Data;
use serde_json::Value;

use super::sheets::{Book, close, parts};
use super::{ended, run, scenario};

fn told(arguments: &[&str]) -> Value {
    let output = run(arguments);
    ended(&output, 0);
    serde_json::from_slice(&output.stdout).expect("JSON")
}

#[test]
fn prices_and_the_curve_are_those_of_the_commands() {
    let district = scenario("district");
    let place = tempfile::tempdir().expect("a folder");
    let file = place.path().join("plan.xlsx");
    let out = file.display().to_string();
    let solve = ["solve", &district, "--lang", "zh", "--prices", "--frontier"];
    ended(&run(&[&solve[..], &["--out", &out]].concat()), 0);
    let book = Book::open(&file);
    for name in ["限额价格", "规定的代价", "资金与缺口"] {
        assert!(book.names.iter().any(|one| one == name), "{name}");
        assert!(book.texts("概要").contains(name), "{name} is not linked");
    }

    let prices = told(&["prices", &district, "--lang", "zh", "--json"]);
    let limits = prices["limits"].as_array().expect("limits");
    assert!(limits.len() > 5);
    // Money is shown in 万元: prices for ten thousand, sizes and ranges in them.
    for (at, limit) in limits.iter().enumerate() {
        let row = at as u32 + 1;
        let cell = |column| book.value("限额价格", (row, column));
        assert_eq!(
            cell(0),
            Data::String(limit["limit"].as_str().expect("a name").into())
        );
        let unit = if limit["per"] == "money" {
            10_000.0
        } else {
            1.0
        };
        let same = |column, value: &Value, factor: f64| match value.as_f64() {
            Some(value) => {
                let Data::Float(found) = cell(column) else {
                    panic!("row {row}, column {column}: {:?}", cell(column));
                };
                // Tables have nine digits.
                let apart = (found - value * factor).abs();
                assert!(
                    apart <= 1e-8 * found.abs().max(1e-6),
                    "{row}: {found}, {value}"
                );
            }
            None => assert_eq!(cell(column), Data::Empty, "row {row}, column {column}"),
        };
        same(2, &limit["size"], 1.0 / unit);
        if !limit["loosened"].is_null() {
            same(4, &limit["loosened"]["price"], unit);
        }
        same(5, &limit["loosened"]["holds_for"], 1.0 / unit);
        same(6, &limit["tightened"]["price"], unit);
        same(7, &limit["tightened"]["holds_for"], 1.0 / unit);
    }
    let rules = prices["rules"].as_array().expect("rules");
    for (at, rule) in rules.iter().enumerate() {
        let row = at as u32 + 1;
        assert_eq!(
            book.value("规定的代价", (row, 0)),
            Data::String(rule["rule"].as_str().expect("a name").into())
        );
        if let Some(cost) = rule["cost"].as_f64() {
            let found = book.number("规定的代价", (row, 1));
            assert!(
                (found - cost).abs() <= 1e-7 * cost.abs().max(1.0),
                "{found}, {cost}"
            );
        }
    }

    let curve = told(&[
        "frontier", &district, "--lang", "zh", "--from", "0%", "--to", "150%", "--json",
    ]);
    let stretches = curve["stretches"].as_array().expect("stretches");
    assert!(stretches.len() > 3);
    let ends = |key: &str, at: usize| stretches[at][key].as_f64().expect("a number");
    for at in 0..stretches.len() {
        let row = at as u32 + 1;
        let found = [0, 2].map(|column| book.number("资金与缺口", (row, column)));
        let said = [100.0 * ends("from", at), ends("gap_from", at)];
        for (found, said) in found.into_iter().zip(said) {
            assert!(
                (found - said).abs() <= 1e-7 * said.abs().max(1e-6),
                "{found}, {said}"
            );
        }
    }
    let last = stretches.len() as u32 + 1;
    assert!(close(
        book.number("资金与缺口", (last, 0)),
        (100.0 * ends("to", stretches.len() - 1) * 1e6).round() / 1e6
    ));
    let parts = parts(&file);
    let chart = parts
        .values()
        .find(|part| part.contains("<c:scatterChart>"));
    let chart = chart.expect("a chart of the curve");
    let range = format!("资金与缺口!$C$2:$C${}", last + 1);
    assert!(chart.contains(&range), "{chart}");
    assert!(chart.contains("按现有资金最小缺口为"), "{chart}");
}

#[test]
fn studies_go_into_a_workbook_and_not_beside_kept_rows() {
    let five = scenario("five-schools");
    let place = tempfile::tempdir().expect("a folder");
    let folder = place.path().join("out");
    let out = folder.display().to_string();
    let output = run(&["solve", &five, "--lang", "en", "--prices", "--out", &out]);
    ended(&output, 2);
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(
        said.contains("junheng prices") && said.contains("plan.xlsx"),
        "{said}"
    );
    assert!(!folder.exists(), "nothing is made where nothing is written");
    ended(&run(&["solve", &five, "--frontier"]), 2);
}
