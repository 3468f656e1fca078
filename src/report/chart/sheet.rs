//! A chart that stands by itself: what it says above it, unit and source below.

use super::Chart;
use super::bars::WIDTH;
use super::ink::{FAINT, TEXT};
use super::letters::{lacking, lines};
use super::picture::{Anchor, Face, Ink, Picture, Shape};

const MARGIN: f64 = 12.0;
const HEADING: Face = Face {
    size: 16.0,
    bold: true,
};
const SMALL: Face = Face {
    size: 11.0,
    bold: false,
};

impl Chart {
    /// The chart with its heading, unit and source in the picture, for a file of its own.
    pub fn sheet(&self) -> Picture {
        let mut sheet = Picture::new(WIDTH + 2.0 * MARGIN, 0.0);
        let y = said(&mut sheet, MARGIN / 2.0, (TEXT, HEADING), &self.finding);
        let y = said(&mut sheet, y, (FAINT, SMALL), &self.unit);
        sheet.place(self.picture.clone(), (MARGIN, y + MARGIN / 2.0));
        let y = y + MARGIN + self.picture.height;
        let y = said(&mut sheet, y, (FAINT, SMALL), &self.source);
        sheet.height = y + MARGIN / 2.0;
        sheet.finish(&self.finding)
    }

    /// The characters that its letters cannot show, each once.
    pub fn lacking(&self) -> Vec<char> {
        let mut all = String::new();
        for shape in &self.sheet().shapes {
            if let Shape::Text { text, .. } = shape {
                all.push_str(text);
            }
        }
        lacking(&all)
    }
}

/// Writes a text in as many lines as it needs below a height; where it ends.
fn said(sheet: &mut Picture, from: f64, (ink, face): (Ink, Face), text: &str) -> f64 {
    let mut y = from;
    for line in lines(text, face.size, WIDTH) {
        y += face.size * 1.4;
        sheet.lettered(
            (MARGIN, y - face.size * 0.3),
            Anchor::Start,
            (ink, face),
            &line,
        );
    }
    y
}
