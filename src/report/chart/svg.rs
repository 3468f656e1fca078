//! The few shapes that the charts are drawn with, as SVG text.

use std::fmt::Write;

use unicode_width::UnicodeWidthStr;

use crate::report::page::tame;

/// Height of ordinary letters, in pixels.
pub const SIZE: f64 = 13.0;

/// Where a text stands to its point.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Anchor {
    /// It begins there.
    Start,
    /// It is centred on it.
    Middle,
    /// It ends there.
    End,
}

/// A rectangle, in pixels.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Rect {
    /// Left edge.
    pub x: f64,
    /// Upper edge.
    pub y: f64,
    /// Width.
    pub width: f64,
    /// Height.
    pub height: f64,
}

/// A picture being drawn.
#[derive(Debug)]
pub struct Svg {
    width: f64,
    height: f64,
    body: String,
}

impl Svg {
    /// An empty picture.
    pub fn new(width: f64, height: f64) -> Svg {
        Svg {
            width,
            height,
            body: String::new(),
        }
    }

    /// A filled rectangle with a hairline; `hover` is shown when the pointer rests on it.
    pub fn rect(&mut self, rect: Rect, fill: &str, hover: &str) {
        let Rect {
            x,
            y,
            width,
            height,
        } = rect;
        let _ = write!(
            self.body,
            "<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" fill=\"{fill}\" stroke=\"#fff\" stroke-width=\"0.5\">{}</rect>",
            pixels(x),
            pixels(y),
            pixels(width),
            pixels(height),
            title(hover)
        );
    }

    /// A disc with a rim; a fill of `none` leaves a ring.
    pub fn disc(&mut self, at: (f64, f64), radius: f64, (fill, rim): (&str, &str), hover: &str) {
        let _ = write!(
            self.body,
            "<circle cx=\"{}\" cy=\"{}\" r=\"{}\" fill=\"{fill}\" stroke=\"{rim}\">{}</circle>",
            pixels(at.0),
            pixels(at.1),
            pixels(radius),
            title(hover)
        );
    }

    /// A straight line.
    pub fn line(&mut self, from: (f64, f64), to: (f64, f64), stroke: &str) {
        let _ = write!(
            self.body,
            "<line x1=\"{}\" y1=\"{}\" x2=\"{}\" y2=\"{}\" stroke=\"{stroke}\"/>",
            pixels(from.0),
            pixels(from.1),
            pixels(to.0),
            pixels(to.1)
        );
    }

    /// A line through points; `dashes` as SVG has them, empty for none.
    pub fn path(&mut self, points: &[(f64, f64)], stroke: &str, dashes: &str) {
        let points: Vec<String> = points
            .iter()
            .map(|(x, y)| format!("{},{}", pixels(*x), pixels(*y)))
            .collect();
        let _ = write!(
            self.body,
            "<polyline points=\"{}\" fill=\"none\" stroke=\"{stroke}\" stroke-width=\"2.5\" stroke-dasharray=\"{dashes}\"/>",
            points.join(" ")
        );
    }

    /// A text; `fill` is its colour.
    pub fn text(&mut self, at: (f64, f64), anchor: Anchor, fill: &str, text: &str) {
        let anchor = match anchor {
            Anchor::Start => "start",
            Anchor::Middle => "middle",
            Anchor::End => "end",
        };
        let _ = write!(
            self.body,
            "<text x=\"{}\" y=\"{}\" text-anchor=\"{anchor}\" fill=\"{fill}\">{}</text>",
            pixels(at.0),
            pixels(at.1),
            escaped(text)
        );
    }

    /// The picture, named for those who cannot see it.
    pub fn finish(self, label: &str) -> String {
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {} {}\" role=\"img\" aria-label=\"{}\" \
             font-family=\"sans-serif\" font-size=\"{SIZE}\">{}</svg>",
            pixels(self.width),
            pixels(self.height),
            escaped(label),
            self.body
        )
    }
}

fn title(hover: &str) -> String {
    match hover.is_empty() {
        true => String::new(),
        false => format!("<title>{}</title>", escaped(hover)),
    }
}

/// A coordinate with a decimal at most: no picture is finer, and the bytes are the same everywhere.
fn pixels(value: f64) -> String {
    let text = format!("{:.1}", if value.is_finite() { value } else { 0.0 });
    let text = text.strip_suffix(".0").unwrap_or(&text);
    match text {
        "-0" => "0".to_string(),
        text => text.to_string(),
    }
}

/// Text that has no meaning in XML, in an element as in an attribute.
pub fn escaped(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for c in tame(text).chars() {
        match c {
            '<' => shown.push_str("&lt;"),
            '>' => shown.push_str("&gt;"),
            '&' => shown.push_str("&amp;"),
            '"' => shown.push_str("&quot;"),
            '\'' => shown.push_str("&#39;"),
            _ => shown.push(c),
        }
    }
    shown
}

/// About how wide a text is, in pixels.
pub fn width(text: &str) -> f64 {
    text.width() as f64 * SIZE * 0.54
}

/// As much of a text as fits a width, with a mark where something is cut.
pub fn fitted(text: &str, most: f64) -> String {
    if width(text) <= most {
        return text.to_string();
    }
    let mut shown = String::new();
    for c in text.chars() {
        shown.push(c);
        if width(&shown) > most - SIZE {
            shown.pop();
            break;
        }
    }
    shown.push('…');
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_have_no_meaning_in_a_picture() {
        let mut svg = Svg::new(10.0, 10.0);
        svg.text((0.0, 0.0), Anchor::Start, "#000", "</text><b>\"&'");
        let text = svg.finish("\"><x");
        assert!(text.contains("&lt;/text&gt;&lt;b&gt;&quot;&amp;&#39;"));
        assert!(text.contains("aria-label=\"&quot;&gt;&lt;x\""));
    }

    #[test]
    fn coordinates_are_short_and_never_missing() {
        assert_eq!(pixels(1.0), "1");
        assert_eq!(pixels(1.26), "1.3");
        assert_eq!(pixels(-0.01), "0");
        assert_eq!(pixels(f64::NAN), "0");
    }

    #[test]
    fn long_names_are_cut_where_they_no_longer_fit() {
        assert_eq!(fitted("图书", 100.0), "图书");
        let cut = fitted("教学及辅助用房面积", 80.0);
        assert!(cut.ends_with('…') && width(&cut) <= 80.0, "{cut}");
    }
}
