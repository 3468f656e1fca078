//! A picture as SVG text: in the letters of whoever looks at it, or with letters drawn, so that it looks the same where
//! there is no Chinese font.

use std::fmt::Write;

use super::letters::{Step, outline};
use super::picture::{Anchor, Face, Ink, PLAIN, Picture, Rect, SIZE, Shape};
use crate::report::page::tame;

impl Picture {
    /// For a page: text is text, and can be found and copied.
    pub fn svg(&self) -> String {
        self.as_svg(false)
    }

    /// For a file: letters are drawn as shapes, and need no font. What they say is the label of each.
    pub fn drawn(&self) -> String {
        self.as_svg(true)
    }

    fn as_svg(&self, drawn: bool) -> String {
        let mut body = String::new();
        for shape in &self.shapes {
            put(&mut body, shape, drawn);
        }
        let (width, height) = (pixels(self.width), pixels(self.height));
        // A file says how large it is; in a page the page does.
        let size = match drawn {
            true => format!("width=\"{width}\" height=\"{height}\" "),
            false => String::new(),
        };
        let letters = match drawn {
            true => String::new(),
            false => format!(" font-family=\"sans-serif\" font-size=\"{SIZE}\""),
        };
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" {size}viewBox=\"0 0 {width} {height}\" role=\"img\" \
             aria-label=\"{}\"{letters}>{body}</svg>",
            escaped(&self.label)
        )
    }
}

fn put(body: &mut String, shape: &Shape, drawn: bool) {
    // Writing to a string cannot fail.
    let _ = match shape {
        Shape::Rect { rect, fill, hover } => {
            let Rect {
                x,
                y,
                width,
                height,
            } = *rect;
            write!(
                body,
                "<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" fill=\"{fill}\" stroke=\"#fff\" stroke-width=\"0.5\">{}</rect>",
                pixels(x),
                pixels(y),
                pixels(width),
                pixels(height),
                title(hover)
            )
        }
        Shape::Disc {
            at,
            radius,
            fill,
            rim,
            hover,
        } => write!(
            body,
            "<circle cx=\"{}\" cy=\"{}\" r=\"{}\" fill=\"{fill}\" stroke=\"{rim}\">{}</circle>",
            pixels(at.0),
            pixels(at.1),
            pixels(*radius),
            title(hover)
        ),
        Shape::Line { from, to, stroke } => write!(
            body,
            "<line x1=\"{}\" y1=\"{}\" x2=\"{}\" y2=\"{}\" stroke=\"{stroke}\"/>",
            pixels(from.0),
            pixels(from.1),
            pixels(to.0),
            pixels(to.1)
        ),
        Shape::Path {
            points,
            stroke,
            dashes,
        } => {
            let points: Vec<String> = points
                .iter()
                .map(|(x, y)| format!("{},{}", pixels(*x), pixels(*y)))
                .collect();
            write!(
                body,
                "<polyline points=\"{}\" fill=\"none\" stroke=\"{stroke}\" stroke-width=\"2.5\" stroke-dasharray=\"{dashes}\"/>",
                points.join(" ")
            )
        }
        Shape::Text {
            at,
            anchor,
            fill,
            face,
            text,
        } => match drawn {
            true => shapes_of(body, (*at, *anchor), (fill, *face), text),
            false => letters(body, (*at, *anchor), (fill, *face), text),
        },
    };
}

fn letters(
    body: &mut String,
    (at, anchor): ((f64, f64), Anchor),
    (fill, face): (Ink, Face),
    text: &str,
) -> std::fmt::Result {
    let anchor = match anchor {
        Anchor::Start => "start",
        Anchor::Middle => "middle",
        Anchor::End => "end",
    };
    let mut own = String::new();
    if face.size != PLAIN.size {
        write!(own, " font-size=\"{}\"", pixels(face.size))?;
    }
    if face.bold {
        own.push_str(" font-weight=\"bold\"");
    }
    write!(
        body,
        "<text x=\"{}\" y=\"{}\" text-anchor=\"{anchor}\" fill=\"{fill}\"{own}>{}</text>",
        pixels(at.0),
        pixels(at.1),
        escaped(text)
    )
}

fn shapes_of(
    body: &mut String,
    at: ((f64, f64), Anchor),
    (fill, face): (Ink, Face),
    text: &str,
) -> std::fmt::Result {
    let mut d = String::new();
    for step in outline(text, at, face.size) {
        match step {
            Step::Move(to) => write!(d, "M{}", fine(&[to]))?,
            Step::Line(to) => write!(d, "L{}", fine(&[to]))?,
            Step::Curve(one, other, to) => write!(d, "C{}", fine(&[one, other, to]))?,
            Step::Close => d.push('Z'),
        }
    }
    // The font has one weight: a rim makes it bolder.
    let rim = match face.bold {
        true => format!(
            " stroke=\"{fill}\" stroke-width=\"{:.2}\"",
            face.size * BOLD
        ),
        false => String::new(),
    };
    write!(
        body,
        "<path aria-label=\"{}\" fill=\"{fill}\"{rim} d=\"{d}\"/>",
        escaped(text)
    )
}

/// How wide the rim of bold letters is, as a part of their height.
pub(super) const BOLD: f64 = 0.045;

/// Points of a curve: a hundredth of a pixel can be seen where letters are enlarged.
fn fine(points: &[(f64, f64)]) -> String {
    let numbers: Vec<String> = points
        .iter()
        .flat_map(|(x, y)| [x, y])
        .map(|value| {
            let text = format!("{value:.2}");
            match text.trim_end_matches('0').trim_end_matches('.') {
                "-0" => "0".to_string(),
                text => text.to_string(),
            }
        })
        .collect();
    numbers.join(" ")
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_have_no_meaning_in_a_picture() {
        let mut picture = Picture::new(10.0, 10.0);
        picture.text((0.0, 0.0), Anchor::Start, "#000", "</text><b>\"&'");
        let picture = picture.finish("\"><x");
        for text in [picture.svg(), picture.drawn()] {
            assert!(text.contains("&lt;/text&gt;&lt;b&gt;&quot;&amp;&#39;"));
            assert!(text.contains("aria-label=\"&quot;&gt;&lt;x\""));
        }
    }

    #[test]
    fn coordinates_are_short_and_never_missing() {
        assert_eq!(pixels(1.0), "1");
        assert_eq!(pixels(1.26), "1.3");
        assert_eq!(pixels(-0.01), "0");
        assert_eq!(pixels(f64::NAN), "0");
        assert_eq!(fine(&[(1.0, -0.001), (0.125, 10.0)]), "1 0 0.12 10");
    }

    #[test]
    fn a_file_needs_no_font() {
        let mut picture = Picture::new(90.0, 20.0);
        picture.text((0.0, 15.0), Anchor::Start, "#000", "望京小学");
        let file = picture.drawn();
        assert!(!file.contains("<text") && !file.contains("font-family"));
        assert!(file.contains("aria-label=\"望京小学\"") && file.matches('Z').count() > 8);
    }
}
