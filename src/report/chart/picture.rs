//! The few shapes that charts are drawn with. A picture is drawn once and then written in each form: [`super::svg`] for
//! pages, [`super::raster`] for papers.

use unicode_width::UnicodeWidthStr;

use super::letters::measure;

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

/// A colour: `#` and three or six hexadecimal digits, or `none`.
pub type Ink = &'static str;

/// One thing that is drawn. Points in pixels from the upper left corner.
#[derive(Clone, PartialEq, Debug)]
pub enum Shape {
    /// A filled rectangle with a white hairline.
    Rect {
        /// Where.
        rect: Rect,
        /// Its colour.
        fill: Ink,
        /// Shown when the pointer rests on it; may be empty.
        hover: String,
    },
    /// A disc with a rim.
    Disc {
        /// Its centre.
        at: (f64, f64),
        /// Its radius.
        radius: f64,
        /// Its colour; `none` leaves a ring.
        fill: Ink,
        /// The colour of its rim.
        rim: Ink,
        /// Shown when the pointer rests on it; may be empty.
        hover: String,
    },
    /// A thin straight line.
    Line {
        /// One end.
        from: (f64, f64),
        /// The other.
        to: (f64, f64),
        /// Its colour.
        stroke: Ink,
    },
    /// A thick line through points.
    Path {
        /// The points.
        points: Vec<(f64, f64)>,
        /// Its colour.
        stroke: Ink,
        /// Lengths of dashes and gaps, empty for none.
        dashes: &'static str,
    },
    /// A line of text.
    Text {
        /// Its point on the base line.
        at: (f64, f64),
        /// Where it stands to the point.
        anchor: Anchor,
        /// Its colour.
        fill: Ink,
        /// Its height and whether it is bold.
        face: Face,
        /// What it says.
        text: String,
    },
}

/// How letters look.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Face {
    /// Height in pixels.
    pub size: f64,
    /// Whether they are bold.
    pub bold: bool,
}

/// Ordinary letters.
pub const PLAIN: Face = Face {
    size: SIZE,
    bold: false,
};

/// A picture.
#[derive(Clone, PartialEq, Debug)]
pub struct Picture {
    /// Its width in pixels.
    pub width: f64,
    /// Its height in pixels.
    pub height: f64,
    /// What it shows, for those who cannot see it.
    pub label: String,
    /// What is drawn, from the back to the front.
    pub shapes: Vec<Shape>,
}

impl Picture {
    /// An empty picture.
    pub fn new(width: f64, height: f64) -> Picture {
        Picture {
            width,
            height,
            label: String::new(),
            shapes: Vec::new(),
        }
    }

    /// A filled rectangle with a hairline; `hover` is shown when the pointer rests on it.
    pub fn rect(&mut self, rect: Rect, fill: Ink, hover: &str) {
        let hover = hover.to_string();
        self.shapes.push(Shape::Rect { rect, fill, hover });
    }

    /// A disc with a rim; a fill of `none` leaves a ring.
    pub fn disc(&mut self, at: (f64, f64), radius: f64, (fill, rim): (Ink, Ink), hover: &str) {
        self.shapes.push(Shape::Disc {
            at,
            radius,
            fill,
            rim,
            hover: hover.to_string(),
        });
    }

    /// A straight line.
    pub fn line(&mut self, from: (f64, f64), to: (f64, f64), stroke: Ink) {
        self.shapes.push(Shape::Line { from, to, stroke });
    }

    /// A line through points; `dashes` as SVG has them, empty for none.
    pub fn path(&mut self, points: &[(f64, f64)], stroke: Ink, dashes: &'static str) {
        self.shapes.push(Shape::Path {
            points: points.to_vec(),
            stroke,
            dashes,
        });
    }

    /// A text in ordinary letters; `fill` is its colour.
    pub fn text(&mut self, at: (f64, f64), anchor: Anchor, fill: Ink, text: &str) {
        self.lettered(at, anchor, (fill, PLAIN), text);
    }

    /// A text in letters of one's own.
    pub fn lettered(
        &mut self,
        at: (f64, f64),
        anchor: Anchor,
        (fill, face): (Ink, Face),
        text: &str,
    ) {
        self.shapes.push(Shape::Text {
            at,
            anchor,
            fill,
            face,
            text: text.to_string(),
        });
    }

    /// Puts another picture into this one, its upper left corner at a point.
    pub fn place(&mut self, other: Picture, corner: (f64, f64)) {
        let shapes = other.shapes.into_iter();
        self.shapes.extend(shapes.map(|shape| shape.moved(corner)));
    }

    /// The picture, named for those who cannot see it.
    pub fn finish(mut self, label: &str) -> Picture {
        self.label = label.to_string();
        self
    }
}

impl Shape {
    /// The same, further right and down.
    fn moved(mut self, (right, down): (f64, f64)) -> Shape {
        let shift = |point: &mut (f64, f64)| *point = (point.0 + right, point.1 + down);
        match &mut self {
            Shape::Rect { rect, .. } => (rect.x, rect.y) = (rect.x + right, rect.y + down),
            Shape::Disc { at, .. } | Shape::Text { at, .. } => shift(at),
            Shape::Line { from, to, .. } => {
                shift(from);
                shift(to);
            }
            Shape::Path { points, .. } => points.iter_mut().for_each(shift),
        }
        self
    }
}

/// How wide a text is at most, in pixels: about what it takes in a browser's letters, or in those that are drawn.
pub fn width(text: &str) -> f64 {
    let shown = text.width() as f64 * SIZE * 0.54;
    shown.max(measure(text, SIZE))
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
    fn long_names_are_cut_where_they_no_longer_fit() {
        assert_eq!(fitted("图书", 100.0), "图书");
        let cut = fitted("教学及辅助用房面积", 80.0);
        assert!(cut.ends_with('…') && width(&cut) <= 80.0, "{cut}");
    }

    #[test]
    fn what_is_put_below_keeps_its_form() {
        let mut below = Picture::new(10.0, 5.0);
        below.line((0.0, 1.0), (10.0, 2.0), "#000");
        let mut above = Picture::new(10.0, 25.0);
        above.place(below, (3.0, 20.0));
        let line = Shape::Line {
            from: (3.0, 21.0),
            to: (13.0, 22.0),
            stroke: "#000",
        };
        assert_eq!(above.shapes, [line]);
    }
}
