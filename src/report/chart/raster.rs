//! A picture as a PNG file: opaque, on white, the same bytes on every run.

use std::io;

use tiny_skia::{
    Color, FillRule, LineCap, LineJoin, Paint, Path, PathBuilder, Pixmap, Stroke, StrokeDash,
    Transform,
};

use super::letters::{Step, outline};
use super::picture::{Ink, Picture, Rect, Shape};
use super::svg::BOLD;

/// Pixels of the file a pixel of the picture: across a page of A4 some 270 to the inch, as printers want them.
const FINENESS: f32 = 3.0;
/// A pixel of the picture is 1/96 inch; a file says how many of its own there are a metre.
const A_METRE: u32 = (96.0 * FINENESS / 0.0254) as u32;

impl Picture {
    /// The bytes of a PNG file.
    ///
    /// # Errors
    /// When the picture has no extent, or the file cannot be put together.
    pub fn png(&self) -> io::Result<Vec<u8>> {
        let across = |length: f64| (length * f64::from(FINENESS)).ceil() as u32;
        let (width, height) = (across(self.width), across(self.height));
        let mut pixels = Pixmap::new(width, height)
            .ok_or_else(|| io::Error::other("a picture without extent"))?;
        pixels.fill(Color::WHITE);
        let mut canvas = Canvas(pixels);
        self.shapes.iter().for_each(|shape| canvas.draw(shape));
        canvas.written(width, height)
    }
}

struct Canvas(Pixmap);

impl Canvas {
    fn draw(&mut self, shape: &Shape) {
        match shape {
            Shape::Rect { rect, fill, .. } => {
                let path = rectangle(*rect);
                self.fill(path.as_ref(), fill);
                self.stroke(path.as_ref(), "#fff", 0.5, "");
            }
            Shape::Disc {
                at,
                radius,
                fill,
                rim,
                ..
            } => {
                let path = PathBuilder::from_circle(at.0 as f32, at.1 as f32, *radius as f32);
                self.fill(path.as_ref(), fill);
                self.stroke(path.as_ref(), rim, 1.0, "");
            }
            Shape::Line { from, to, stroke } => {
                self.stroke(through(&[*from, *to]).as_ref(), stroke, 1.0, "");
            }
            Shape::Path {
                points,
                stroke,
                dashes,
            } => self.stroke(through(points).as_ref(), stroke, 2.5, dashes),
            Shape::Text {
                at,
                anchor,
                fill,
                face,
                text,
            } => {
                let path = letters(&outline(text, (*at, *anchor), face.size));
                self.fill(path.as_ref(), fill);
                if face.bold {
                    let rim = (face.size * BOLD) as f32;
                    self.stroke(path.as_ref(), fill, rim, "");
                }
            }
        }
    }

    fn fill(&mut self, path: Option<&Path>, ink: Ink) {
        if let (Some(path), Some(paint)) = (path, paint(ink)) {
            let to = Transform::from_scale(FINENESS, FINENESS);
            self.0.fill_path(path, &paint, FillRule::Winding, to, None);
        }
    }

    fn stroke(&mut self, path: Option<&Path>, ink: Ink, width: f32, dashes: &str) {
        if let (Some(path), Some(paint)) = (path, paint(ink)) {
            let lengths: Vec<f32> = dashes
                .split_whitespace()
                .filter_map(|length| length.parse().ok())
                .collect();
            let stroke = Stroke {
                width,
                line_cap: LineCap::Butt,
                line_join: LineJoin::Miter,
                dash: StrokeDash::new(lengths, 0.0),
                ..Stroke::default()
            };
            let to = Transform::from_scale(FINENESS, FINENESS);
            self.0.stroke_path(path, &paint, &stroke, to, None);
        }
    }

    fn written(&self, width: u32, height: u32) -> io::Result<Vec<u8>> {
        // All is opaque: three bytes a pixel say it.
        let colours = self.0.pixels().iter();
        let bytes: Vec<u8> = colours
            .flat_map(|pixel| [pixel.red(), pixel.green(), pixel.blue()])
            .collect();
        let mut file = Vec::new();
        let mut encoder = png::Encoder::new(&mut file, width, height);
        encoder.set_color(png::ColorType::Rgb);
        encoder.set_depth(png::BitDepth::Eight);
        encoder.set_compression(png::Compression::Balanced);
        encoder.set_pixel_dims(Some(png::PixelDimensions {
            xppu: A_METRE,
            yppu: A_METRE,
            unit: png::Unit::Meter,
        }));
        let mut writer = encoder.write_header().map_err(io::Error::other)?;
        writer.write_image_data(&bytes).map_err(io::Error::other)?;
        writer.finish().map_err(io::Error::other)?;
        Ok(file)
    }
}

fn rectangle(rect: Rect) -> Option<Path> {
    let (x, y) = (rect.x as f32, rect.y as f32);
    let rect = tiny_skia::Rect::from_xywh(x, y, rect.width as f32, rect.height as f32)?;
    Some(PathBuilder::from_rect(rect))
}

fn through(points: &[(f64, f64)]) -> Option<Path> {
    let mut path = PathBuilder::new();
    for (at, (x, y)) in points.iter().enumerate() {
        match at {
            0 => path.move_to(*x as f32, *y as f32),
            _ => path.line_to(*x as f32, *y as f32),
        }
    }
    path.finish()
}

fn letters(steps: &[Step]) -> Option<Path> {
    let mut path = PathBuilder::new();
    let of = |point: (f64, f64)| (point.0 as f32, point.1 as f32);
    for step in steps {
        match *step {
            Step::Move(to) => path.move_to(of(to).0, of(to).1),
            Step::Line(to) => path.line_to(of(to).0, of(to).1),
            Step::Curve(one, other, to) => {
                let (one, other, to) = (of(one), of(other), of(to));
                path.cubic_to(one.0, one.1, other.0, other.1, to.0, to.1);
            }
            Step::Close => path.close(),
        }
    }
    path.finish()
}

/// The paint of a colour; `None` for `none` and for what is no colour.
fn paint(ink: Ink) -> Option<Paint<'static>> {
    let [red, green, blue] = colour(ink)?;
    let mut paint = Paint::default();
    paint.set_color_rgba8(red, green, blue, 255);
    Some(paint)
}

fn colour(ink: Ink) -> Option<[u8; 3]> {
    let digits = ink.strip_prefix('#')?;
    let value = u32::from_str_radix(digits, 16).ok()?;
    match digits.len() {
        3 => Some([8, 4, 0].map(|shift| ((value >> shift) & 15) as u8 * 17)),
        6 => Some([16, 8, 0].map(|shift| (value >> shift) as u8)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::super::picture::Anchor;
    use super::*;

    fn pixels(picture: &Picture) -> (u32, u32, Vec<u8>) {
        let file = picture.png().unwrap_or_default();
        let decoder = png::Decoder::new(io::Cursor::new(file));
        let mut reader = decoder
            .read_info()
            .unwrap_or_else(|failed| panic!("{failed}"));
        let mut bytes = vec![0; reader.output_buffer_size().unwrap_or_default()];
        let info = reader
            .next_frame(&mut bytes)
            .unwrap_or_else(|failed| panic!("{failed}"));
        (info.width, info.height, bytes)
    }

    #[test]
    fn a_rectangle_has_its_place_and_its_colour() {
        let mut picture = Picture::new(20.0, 10.0);
        let rect = Rect {
            x: 10.0,
            y: 0.0,
            width: 10.0,
            height: 10.0,
        };
        picture.rect(rect, "#1d4f7c", "");
        let (width, height, bytes) = pixels(&picture);
        assert_eq!((width, height), (60, 30));
        let at = |x: u32, y: u32| {
            let from = ((y * width + x) * 3) as usize;
            [bytes[from], bytes[from + 1], bytes[from + 2]]
        };
        assert_eq!(at(10, 15), [255; 3]);
        assert_eq!(at(45, 15), [0x1d, 0x4f, 0x7c]);
    }

    #[test]
    fn letters_leave_ink_and_the_same_picture_gives_the_same_bytes() {
        let mut picture = Picture::new(60.0, 20.0);
        let empty = pixels(&picture).2;
        assert!(empty.iter().all(|byte| *byte == 255));
        picture.text((2.0, 15.0), Anchor::Start, "#222", "望京小学");
        let dark = pixels(&picture)
            .2
            .iter()
            .filter(|byte| **byte < 128)
            .count();
        // Strokes of four characters of 39 × 39 pixels cover a tenth to a half of them.
        assert!((1800..9200).contains(&dark), "{dark}");
        assert_eq!(picture.png().ok(), picture.png().ok());
    }

    #[test]
    fn colours_are_read_as_browsers_read_them() {
        assert_eq!(colour("#fff"), Some([255; 3]));
        assert_eq!(colour("#5a6470"), Some([0x5a, 0x64, 0x70]));
        assert_eq!(colour("none"), None);
    }
}
