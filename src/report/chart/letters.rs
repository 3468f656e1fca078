//! The letters that are drawn rather than left to the fonts of whoever looks: laid out and as outlines. The font is a
//! subset of Noto Sans CJK SC; what it lacks is a box with the number of the character.

use std::sync::LazyLock;

use ttf_parser::{Face, GlyphId, OutlineBuilder};
use unicode_normalization::UnicodeNormalization;
use unicode_width::UnicodeWidthChar;

use super::picture::Anchor;
use crate::report::page::tame;

/// The font; `font/README.md` says how it was made.
const FONT: &[u8] = include_bytes!("font/chart.otf");

static FACE: LazyLock<Option<Face<'static>>> = LazyLock::new(|| Face::parse(FONT, 0).ok());

/// A step of an outline, to a point in pixels.
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum Step {
    /// Begins a part.
    Move((f64, f64)),
    /// A straight line.
    Line((f64, f64)),
    /// A cubic curve with its two control points.
    Curve((f64, f64), (f64, f64), (f64, f64)),
    /// Back to where the part began.
    Close,
}

/// A text as it is drawn: what can steer nothing, marks with their letters.
fn written(text: &str) -> String {
    tame(text).nfc().collect()
}

fn glyph(c: char) -> Option<(&'static Face<'static>, GlyphId)> {
    let face = FACE.as_ref()?;
    Some((face, face.glyph_index(c)?))
}

/// How far a character moves on, as a part of the height of letters.
fn advance(c: char) -> f64 {
    match glyph(c) {
        Some((face, glyph)) => {
            let units = face.glyph_hor_advance(glyph).unwrap_or(0);
            f64::from(units) / f64::from(face.units_per_em())
        }
        None if c.width() == Some(0) => 0.0,
        None => 1.0,
    }
}

/// How wide a text is in letters of this height.
pub fn measure(text: &str, size: f64) -> f64 {
    written(text).chars().map(advance).sum::<f64>() * size
}

/// A text in lines that fit a width: broken at blanks, and between Chinese characters but not before closing marks.
pub fn lines(text: &str, size: f64, most: f64) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let (mut line, mut long) = (String::new(), 0.0);
    for word in words(&written(text)) {
        let wide = measure(word.trim_end(), size);
        if long + wide > most && !line.is_empty() {
            lines.push(line.trim_end().to_string());
            (line, long) = (String::new(), 0.0);
        }
        // A word wider than a line is cut wherever it must.
        for c in word.chars() {
            let step = advance(c) * size;
            if long + step > most && !line.is_empty() && c != ' ' {
                lines.push(std::mem::take(&mut line));
                long = 0.0;
            }
            line.push(c);
            long += step;
        }
    }
    lines.extend(Some(line.trim_end().to_string()).filter(|line| !line.is_empty()));
    lines
}

/// What is not broken: each with the blanks and closing marks behind it.
fn words(text: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let wide = |c: char| c.width() == Some(2);
    let closes = |c: char| "，。、；：？！）》”’…%".contains(c);
    let opens = |c: char| "（《“‘".contains(c);
    let mut before: Option<char> = None;
    for c in text.chars() {
        let breaks = before.is_none_or(|one| {
            (one == ' ' || wide(one) || wide(c)) && c != ' ' && !closes(c) && !opens(one)
        });
        match words.last_mut().filter(|_| !breaks) {
            Some(word) => word.push(c),
            None => words.push(c.to_string()),
        }
        before = Some(c);
    }
    words
}

/// The characters of a text that the font lacks, in order, each once.
pub fn lacking(text: &str) -> Vec<char> {
    let mut lacking = Vec::new();
    for c in written(text).chars() {
        if glyph(c).is_none() && !lacking.contains(&c) {
            lacking.push(c);
        }
    }
    lacking
}

/// The outline of a text at its point.
pub fn outline(text: &str, (at, anchor): ((f64, f64), Anchor), size: f64) -> Vec<Step> {
    let text = written(text);
    let long = measure(&text, size);
    let begin = match anchor {
        Anchor::Start => at.0,
        Anchor::Middle => at.0 - long / 2.0,
        Anchor::End => at.0 - long,
    };
    let mut pen = Pen {
        at: (begin, at.1),
        scale: size,
        steps: Vec::new(),
    };
    for c in text.chars() {
        match glyph(c) {
            Some((face, glyph)) => pen.glyph(face, glyph, size),
            None => pen.boxed(c, size),
        }
        pen.at.0 += advance(c) * size;
    }
    pen.steps
}

struct Pen {
    /// Where the next letter begins on the base line.
    at: (f64, f64),
    /// Pixels a unit of the font.
    scale: f64,
    steps: Vec<Step>,
}

impl Pen {
    fn glyph(&mut self, face: &Face, glyph: GlyphId, size: f64) {
        self.scale = size / f64::from(face.units_per_em());
        // A blank has no outline.
        let _ = face.outline_glyph(glyph, self);
    }

    fn point(&self, x: f32, y: f32) -> (f64, f64) {
        (
            self.at.0 + f64::from(x) * self.scale,
            self.at.1 - f64::from(y) * self.scale,
        )
    }

    /// A frame with the number of the character in it, in two lines of hexadecimal digits.
    fn boxed(&mut self, c: char, size: f64) {
        if advance(c) == 0.0 {
            return;
        }
        let (x, base) = self.at;
        let (left, right) = (x + size * 0.06, x + size * 0.94);
        let (top, bottom) = (base - size * 0.82, base + size * 0.1);
        let rim = size * 0.05;
        self.corners([(left, top), (right, top), (right, bottom), (left, bottom)]);
        // The other way round, so that it is left open.
        let (left, right, top, bottom) = (left + rim, right - rim, top + rim, bottom - rim);
        self.corners([(left, top), (left, bottom), (right, bottom), (right, top)]);
        let number = format!("{:04X}", u32::from(c));
        let (upper, lower) = number.split_at(number.len() / 2);
        let small = size * if number.len() > 4 { 0.38 } else { 0.44 };
        for (digits, down) in [(upper, 0.47), (lower, 0.02)] {
            let from = x + (size - measure(digits, small)) / 2.0;
            let base = base - size * down;
            for (at, digit) in digits.chars().enumerate() {
                if let Some((face, glyph)) = glyph(digit) {
                    let home = self.at;
                    self.at = (from + at as f64 * advance(digit) * small, base);
                    self.glyph(face, glyph, small);
                    self.at = home;
                }
            }
        }
    }

    fn corners(&mut self, corners: [(f64, f64); 4]) {
        let [first, rest @ ..] = corners;
        self.steps.push(Step::Move(first));
        self.steps.extend(rest.map(Step::Line));
        self.steps.push(Step::Close);
    }
}

impl OutlineBuilder for Pen {
    fn move_to(&mut self, x: f32, y: f32) {
        let to = self.point(x, y);
        self.steps.push(Step::Move(to));
    }

    fn line_to(&mut self, x: f32, y: f32) {
        let to = self.point(x, y);
        self.steps.push(Step::Line(to));
    }

    /// Fonts of this kind have none; as a cubic curve it is the same.
    fn quad_to(&mut self, x1: f32, y1: f32, x: f32, y: f32) {
        let (middle, to) = (self.point(x1, y1), self.point(x, y));
        self.steps.push(Step::Curve(middle, middle, to));
    }

    fn curve_to(&mut self, x1: f32, y1: f32, x2: f32, y2: f32, x: f32, y: f32) {
        let curve = Step::Curve(self.point(x1, y1), self.point(x2, y2), self.point(x, y));
        self.steps.push(curve);
    }

    fn close(&mut self) {
        self.steps.push(Step::Close);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_places_can_be_written() {
        // The last are of the third level of the 通用规范汉字表, for names.
        let names = "望京小学 Osun ẹ 平昌县—（1）㎡→≤0.5 深圳 堃 垚 㛚 䓖";
        let lacks: String = lacking(names).into_iter().collect();
        assert!(lacks.is_empty() || lacks == "ẹ", "{lacks}");
        assert_eq!(lacking("吉𠮷𠮷"), ['𠮷']);
    }

    #[test]
    fn a_chinese_character_is_as_wide_as_it_is_high() {
        assert!((measure("学校", 13.0) - 26.0).abs() < 1e-9);
        assert!(measure("il", 13.0) < measure("WM", 13.0));
    }

    #[test]
    fn what_the_font_lacks_is_a_box_with_its_number() {
        let at = ((0.0, 13.0), Anchor::Start);
        let steps = outline("𠮷", at, 13.0);
        let parts = steps.iter().filter(|step| **step == Step::Close).count();
        assert!(parts > 6, "a frame and digits: {steps:?}");
        assert_ne!(steps, outline("𠮶", at, 13.0));
    }

    #[test]
    fn long_texts_go_on_in_the_next_line() {
        let text = "专任教师缺口减少 58.2%，仍缺 197.5 人；体育运动场馆面积缺口减少 28.7%";
        let parts = lines(text, 13.0, 200.0);
        assert!(parts.len() > 1);
        for part in &parts {
            assert!(
                measure(part, 13.0) <= 200.0 && !part.starts_with('，'),
                "{part}"
            );
        }
        let joined: String = parts.concat().split_whitespace().collect();
        assert_eq!(joined, text.split_whitespace().collect::<String>());
        assert!(lines(&"W".repeat(400), 13.0, 200.0).len() > 10);
    }
}
