//! Every chart is well-formed, and every bar says what it is.

use quick_xml::Reader;
use quick_xml::events::Event;

use super::bars::{Bar, draw};
use super::map::{Spot, map};
use super::stack::Stack;
use crate::case::Position;
use crate::read::read_case;
use crate::report::question::Question;
use crate::words::Lang;

/// How many elements of a kind there are, and all texts, titles apart. The picture must be well-formed.
fn read(svg: &str, kind: &str) -> (usize, Vec<String>, Vec<String>) {
    let mut reader = Reader::from_str(svg);
    let (mut found, mut texts, mut titles) = (0, Vec::new(), Vec::new());
    let mut within = String::new();
    let mut text = String::new();
    loop {
        match reader
            .read_event()
            .unwrap_or_else(|failed| panic!("{failed}: {svg}"))
        {
            Event::Start(start) => {
                within = String::from_utf8_lossy(start.name().as_ref().as_bytes()).into_owned();
                found += usize::from(within == kind);
                text.clear();
            }
            Event::Empty(empty) => {
                found += usize::from(empty.name().as_ref() == kind);
            }
            Event::Text(more) => text += &more,
            Event::GeneralRef(_) => text.push('&'),
            Event::End(_) => {
                match within.as_str() {
                    "text" => texts.push(text.clone()),
                    "title" => titles.push(text.clone()),
                    _ => {}
                }
                within.clear();
            }
            Event::Eof => return (found, texts, titles),
            _ => {}
        }
    }
}

#[test]
fn every_row_has_its_name_its_figures_and_a_hover() {
    let bars: Vec<Bar> = [
        ("图书", 3.0, 1.0),
        ("<教师>&\"", 2.0, 2.0),
        ("nothing", 0.0, 0.0),
    ]
    .into_iter()
    .map(|(name, before, after)| Bar {
        name: name.to_string(),
        before: Some(before),
        after,
        label: format!("{before} → {after}"),
    })
    .collect();
    let (rects, texts, titles) = read(
        &draw(&bars, Some(("before", "after")), "a \"finding\"").svg(),
        "rect",
    );
    assert_eq!(rects, 2 + 2 * bars.len());
    assert_eq!(titles.len(), 2 * bars.len());
    for bar in &bars {
        assert!(texts.contains(&bar.label), "{texts:?}");
    }
    assert!(texts.iter().any(|text| text == "&教师&&&"), "{texts:?}");
}

#[test]
fn every_part_is_named_and_every_sum_said() {
    let stack = Stack {
        parts: (1..=6).map(|at| format!("fund {at}")).collect(),
        bars: vec![
            ("2026".to_string(), vec![1.0, 2.0, 3.0, 4.0, 5.0, 6.0]),
            ("2027".to_string(), vec![0.0, 20.0, 0.0, 0.0, 0.0, 1.5]),
        ],
        unit: "万元".to_string(),
    };
    for picture in [stack.columns("x"), stack.rows("x")] {
        let (rects, texts, titles) = read(&picture.svg(), "rect");
        assert_eq!(rects, 6 + 8, "a key for each part, a piece for each amount");
        assert_eq!(titles.len(), rects);
        for said in ["21", "21.5", "fund 1", "fund 6", "2026", "2027"] {
            assert!(texts.iter().any(|text| text == said), "{said}: {texts:?}");
        }
        assert!(
            titles.contains(&"2027 · fund 2: 20 万元".to_string()),
            "{titles:?}"
        );
    }
}

#[test]
fn places_keep_their_bearings() {
    let case = read_case(std::path::Path::new("scenarios/five-schools")).case;
    let case = case.unwrap_or_else(|| panic!("a sound case"));
    let asked = Question {
        case: &case,
        scenario: None,
        lang: Lang::En,
    };
    let spot = |name: &str, latitude, longitude, before| Spot {
        name: name.to_string(),
        position: Position {
            latitude,
            longitude,
        },
        before,
        after: 0.0,
    };
    let spots = [
        spot("south-west", 7.0, 4.0, 9.0),
        spot("north-east", 8.0, 5.0, 4.0),
    ];
    let chart = map(&asked, &spots, 3).unwrap_or_else(|| panic!("a map"));
    assert!(chart.unit.contains("3 more"), "{}", chart.unit);
    let svg = chart.picture.svg();
    let circle = |name: &str| {
        let before = svg
            .split(&format!("<title>{name}"))
            .next()
            .unwrap_or_default();
        let circle = before
            .rsplit("<circle ")
            .next()
            .unwrap_or_default()
            .to_string();
        let figure = |key: &str| -> f64 {
            let value = circle
                .split(&format!(" {key}=\""))
                .nth(1)
                .or(circle.split(&format!("{key}=\"")).nth(1));
            value
                .and_then(|rest| rest.split('"').next())
                .and_then(|text| text.parse().ok())
                .unwrap_or(f64::NAN)
        };
        (figure("cx"), figure("cy"), figure("r"))
    };
    let (south, north) = (circle("south-west"), circle("north-east"));
    assert!(
        south.0 < north.0 && south.1 > north.1,
        "{south:?} {north:?}"
    );
    assert!(
        (south.2 / north.2 - 1.5).abs() < 0.02,
        "areas in proportion to the gap"
    );
    assert!(map(&asked, &spots[..1], 0).is_none());
}
