//! No word of a chart stands on another or outside of the picture, whatever the figures: many years and few, lines that
//! meet or lie on the axis, long names, sums of many digits.

use super::bars::{Bar, draw};
use super::letters::measure;
use super::map::{Spot, map};
use super::picture::{Anchor, Picture, Shape};
use super::stack::Stack;
use super::{attainment, equity, frontier, years};
use crate::case::{Case, Position};
use crate::read::read_case;
use crate::report::question::Question;
use crate::study::equity::{Along, curve};
use crate::study::frontier::{Span, frontier as follow};
use crate::words::Lang;

fn case() -> Case {
    let case = read_case(std::path::Path::new("scenarios/five-schools")).case;
    case.unwrap_or_else(|| panic!("a sound case"))
}

/// What the lines of a chart of years do, and the gaps of a year by its place.
type Run<'a> = (&'a str, &'a dyn Fn(usize) -> (f64, f64));

/// Where a text stands: left, top, right, bottom.
fn extent(shape: &Shape) -> Option<([f64; 4], &str)> {
    let Shape::Text {
        at,
        anchor,
        face,
        text,
        ..
    } = shape
    else {
        return None;
    };
    let long = measure(text, face.size);
    let left = match anchor {
        Anchor::Start => at.0,
        Anchor::Middle => at.0 - long / 2.0,
        Anchor::End => at.0 - long,
    };
    // From the top of a capital letter to below the base line.
    let (top, bottom) = (at.1 - face.size * 0.75, at.1 + face.size * 0.15);
    (long > 0.0).then_some(([left, top, left + long, bottom], text))
}

/// How many texts a picture has; none may stand on another or outside.
fn tidy(what: &str, picture: &Picture) -> usize {
    let texts: Vec<([f64; 4], &str)> = picture.shapes.iter().filter_map(extent).collect();
    for (at, ([left, top, right, bottom], text)) in texts.iter().enumerate() {
        assert!(
            *left >= 0.0 && *right <= picture.width && *top >= 0.0 && *bottom <= picture.height,
            "{what}: “{text}” runs out: {left} to {right} of {}, {top} to {bottom} of {}",
            picture.width,
            picture.height
        );
        for (other, said) in &texts[..at] {
            let apart =
                other[2] <= *left || *right <= other[0] || other[3] <= *top || *bottom <= other[1];
            assert!(apart, "{what}: “{text}” stands on “{said}”");
        }
    }
    texts.len()
}

#[test]
fn a_clash_would_be_seen() {
    let mut clash = Picture::new(100.0, 40.0);
    clash.text((10.0, 20.0), Anchor::Start, "#000", "one");
    clash.text((20.0, 22.0), Anchor::Start, "#000", "other");
    assert!(std::panic::catch_unwind(|| tidy("a clash", &clash)).is_err());
    let mut outside = Picture::new(20.0, 40.0);
    outside.text((10.0, 20.0), Anchor::Start, "#000", "one");
    assert!(std::panic::catch_unwind(|| tidy("outside", &outside)).is_err());
}

#[test]
fn years_have_room_however_many_and_however_the_lines_run() {
    let case = case();
    for lang in [Lang::Zh, Lang::En] {
        let asked = Question {
            case: &case,
            scenario: None,
            lang,
        };
        for many in [2, 3, 5, 8, 13, 30] {
            let names: Vec<String> = (0..many)
                .map(|at| lang.pick(format!("{}年", 2026 + at), format!("{}", 2026 + at)))
                .collect();
            let part = |at: usize| at as f64 / (many - 1) as f64;
            let runs: [Run; 8] = [
                ("falls", &|at| (1_282_502.0, 1_282_502.0 * (1.0 - part(at)))),
                ("meets", &|at| (1_000_000.0, 1_000_000.0 - at as f64)),
                ("alike", &|_| (123.4, 123.4)),
                ("nothing left", &|at| (if at == 0 { 5.0 } else { 0.0 }, 0.0)),
                ("billions", &|at| (3.2e10, 3.2e10 * (1.0 - part(at)))),
                ("crosses", &|at| (50_000.0, 80_000.0 - 60_000.0 * part(at))),
                ("rises", &|at| (2_000.0 * part(at), 1_900.0 * part(at))),
                ("near the axis", &|at| {
                    (1e6 * (1.0 - part(at)), 3e4 * (1.0 - part(at)))
                }),
            ];
            for (run, of) in runs {
                let gaps: Vec<(f64, f64)> = (0..many).map(of).collect();
                let picture = years::draw(&asked, &names, &gaps, run);
                let said = tidy(&format!("{many} years, {run}"), &picture);
                assert!(said > 6, "{many} years, {run}: {said} texts");
            }
        }
    }
}

#[test]
fn bars_have_room_for_long_names_and_figures() {
    let names = [
        "图书",
        "实验仪器（按配备目录）和一个长得写不下的名称，怎么也写不下",
        "WWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWW",
    ];
    let labels = [
        "0.06 → 0",
        "40,679,200 → 39,338,700 元",
        "102,098,500,123 → 39,338,700,456 a unit with a name that is much too long for it",
    ];
    let mut bars = Vec::new();
    for name in names {
        for (at, label) in labels.iter().enumerate() {
            bars.push(Bar {
                name: name.to_string(),
                before: Some(1.0),
                after: at as f64 / 2.0,
                label: label.to_string(),
            });
        }
    }
    let legend = Some(("2030 without the plan", "2030 with the plan"));
    tidy("bars", &draw(&bars, legend, "bars"));
    for parts in [1, 3, 6] {
        for many in [1, 3, 5, 8, 13, 30] {
            let stack = Stack {
                parts: (0..parts)
                    .map(|at| names[at % names.len()].to_string())
                    .collect(),
                bars: (0..many)
                    .map(|at| {
                        let amounts = (0..parts).map(|part| (1 + at + part) as f64 * 98_765.43);
                        (format!("{}年", 2026 + at), amounts.collect())
                    })
                    .collect(),
                unit: "万元".to_string(),
            };
            let what = format!("{parts} parts in {many} bars");
            tidy(&what, &stack.columns("columns"));
            tidy(&what, &stack.rows("rows"));
        }
    }
}

#[test]
fn bands_curves_and_maps_have_room() {
    let case = case();
    for lang in [Lang::Zh, Lang::En] {
        let asked = Question {
            case: &case,
            scenario: None,
            lang,
        };
        for after in [
            [0, 0, 0, 0, 0, 0, 1_444],
            [206, 206, 206, 206, 206, 206, 208],
            [1, 2, 3, 1_400, 30, 7, 1],
        ] {
            let before = [1_444, 0, 0, 0, 0, 0, 0];
            let picture = attainment::draw(&asked, (&before, &after), 1_444, "attainment");
            assert!(tidy("attainment", &picture) > 20);
        }
        for to in [1.0, 1.5, 3.0, 10.0] {
            let span = Span {
                fund: None,
                from: 0.0,
                to,
            };
            let found = follow(&case, span, &Default::default());
            let found = found.unwrap_or_else(|verdict| panic!("{verdict:?}"));
            let chart = frontier::frontier(&asked, &found);
            let chart = chart.unwrap_or_else(|| panic!("a curve to {to}"));
            assert!(tidy(&format!("frontier to {to}"), &chart.picture) > 8);
            tidy(&format!("frontier to {to}, by itself"), &chart.sheet());
        }
        for along in [Along::Cv, Along::Floor] {
            let found = curve(&case, along, &[], 4, &Default::default());
            let found = found.unwrap_or_else(|verdict| panic!("{verdict:?}"));
            if let Some(chart) = equity::equity(&asked, &found) {
                tidy(&format!("{along:?}"), &chart.picture);
            }
        }
        let spot = |at: usize| Spot {
            name: format!("school {at}"),
            position: Position {
                latitude: 7.0 + (at % 7) as f64,
                longitude: 4.0 + at as f64,
            },
            before: 1e12 / (at + 1) as f64,
            after: 1e11 * (at % 5) as f64,
        };
        let spots: Vec<Spot> = (0..20).map(spot).collect();
        let chart = map(&asked, &spots, 3).unwrap_or_else(|| panic!("a map"));
        tidy("map", &chart.sheet());
    }
}
