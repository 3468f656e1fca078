//! Lying bars, one a row: without the plan light, with the plan dark before it, and the figures in words at the end.

use super::ink::{AFTER, BEFORE, FAINT, TEXT};
use super::picture::{Anchor, Ink, Picture, Rect, SIZE, fitted, width};

/// The width of all charts, in pixels.
pub const WIDTH: f64 = 560.0;
const ROW: f64 = 26.0;
const HEAD: f64 = 26.0;
const MOST_NAME: f64 = 170.0;
/// The least room for the bars themselves.
const LEAST: f64 = 80.0;

/// A row.
#[derive(Clone, PartialEq, Debug)]
pub struct Bar {
    /// What it is about.
    pub name: String,
    /// Without the plan; `None` where there is only one figure.
    pub before: Option<f64>,
    /// With the plan.
    pub after: f64,
    /// The figures in words.
    pub label: String,
}

/// The bars under a legend for light and dark; `None` for the legend where there is only the dark.
pub fn draw(bars: &[Bar], legend: Option<(&str, &str)>, label: &str) -> Picture {
    let widest = |texts: &mut dyn Iterator<Item = &str>| texts.map(width).fold(0.0, f64::max);
    let left = widest(&mut bars.iter().map(|bar| bar.name.as_str())).min(MOST_NAME) + 10.0;
    let most = WIDTH - left - LEAST - 10.0;
    let labels = bars.iter().map(|bar| fitted(&bar.label, most));
    let labels: Vec<String> = labels.collect();
    let right = widest(&mut labels.iter().map(String::as_str)) + 10.0;
    let room = (WIDTH - left - right).max(LEAST);
    let head = if legend.is_some() { HEAD } else { 4.0 };
    let mut svg = Picture::new(WIDTH, head + ROW * bars.len() as f64 + 4.0);
    if let Some((before, after)) = legend {
        key(&mut svg, left, &[(BEFORE, before), (AFTER, after)]);
    }
    let largest = bars
        .iter()
        .map(|bar| bar.before.unwrap_or(0.0).max(bar.after))
        .fold(0.0, f64::max);
    let long = |value: f64| match largest > 0.0 {
        true => room * value / largest,
        false => 0.0,
    };
    for (at, (bar, label)) in bars.iter().zip(&labels).enumerate() {
        let y = head + ROW * at as f64;
        let middle = y + ROW / 2.0 + SIZE * 0.36;
        let hover = format!("{}: {}", bar.name, bar.label);
        let rect = |value: f64, inset: f64| Rect {
            x: left,
            y: y + 4.0 + inset,
            width: long(value),
            height: ROW - 8.0 - 2.0 * inset,
        };
        let name = fitted(&bar.name, left - 9.5);
        svg.text((left - 8.0, middle), Anchor::End, TEXT, &name);
        if let Some(before) = bar.before {
            svg.rect(rect(before, 0.0), BEFORE, &hover);
        }
        svg.rect(
            rect(bar.after, if bar.before.is_some() { 4.0 } else { 0.0 }),
            AFTER,
            &hover,
        );
        svg.text((WIDTH - 2.0, middle), Anchor::End, FAINT, label);
    }
    svg.line((left, head), (left, head + ROW * bars.len() as f64), FAINT);
    svg.finish(label)
}

/// Names beside their colours, in a line from `x` on.
pub fn key(svg: &mut Picture, x: f64, colours: &[(Ink, &str)]) {
    let mut x = x;
    for (colour, name) in colours {
        let square = Rect {
            x,
            y: 5.0,
            width: 12.0,
            height: 12.0,
        };
        svg.rect(square, colour, "");
        svg.text((x + 17.0, 15.5), Anchor::Start, TEXT, name);
        x += 17.0 + width(name) + 22.0;
    }
}
