//! Pictures looked at from afar: small grey ones that a machine with other fonts draws almost alike, kept beside the
//! tests. `JUNHENG_GOLDEN=write` writes them anew; look at them before they are kept.
#![allow(dead_code)]

use std::fs;
use std::io::Cursor;
use std::path::PathBuf;

/// How much the lightness of two pictures may differ on average, of 255, where fonts may be others.
pub const ALIKE: f64 = 5.0;

/// A grey picture, row by row, 255 for white.
#[derive(Clone, PartialEq, Debug)]
pub struct Grey {
    pub width: usize,
    pub height: usize,
    pub pixels: Vec<u8>,
}

impl Grey {
    /// A PNG file of any colours.
    pub fn png(file: &[u8]) -> Grey {
        let mut decoder = png::Decoder::new(Cursor::new(file));
        decoder.set_transformations(png::Transformations::normalize_to_color8());
        let mut reader = decoder.read_info().expect("a PNG file");
        let mut bytes = vec![0; reader.output_buffer_size().expect("its size")];
        let info = reader.next_frame(&mut bytes).expect("its pixels");
        let samples = info.color_type.samples();
        let pixels = bytes[..info.buffer_size()].chunks(samples);
        // Colours count alike: it is only to be told whether something is there.
        let grey = |pixel: &[u8]| match pixel {
            [grey] | [grey, _] => *grey,
            [red, green, blue, ..] => {
                ((u32::from(*red) + u32::from(*green) + u32::from(*blue)) / 3) as u8
            }
            [] => 255,
        };
        Grey {
            width: info.width as usize,
            height: info.height as usize,
            pixels: pixels.map(grey).collect(),
        }
    }

    /// The picture so wide, each pixel the mean of what it stands for.
    pub fn shrunk(&self, width: usize) -> Grey {
        let height = (self.height * width).div_ceil(self.width);
        let span = |at: usize, of: usize, all: usize| {
            let from = at * all / of;
            from..((at + 1) * all / of).max(from + 1).min(all)
        };
        let mut pixels = Vec::with_capacity(width * height);
        for y in 0..height {
            for x in 0..width {
                let (rows, columns) = (span(y, height, self.height), span(x, width, self.width));
                let count = rows.len() * columns.len();
                let sum: usize = rows
                    .flat_map(|row| columns.clone().map(move |column| row * self.width + column))
                    .map(|at| usize::from(self.pixels[at]))
                    .sum();
                pixels.push((sum / count.max(1)) as u8);
            }
        }
        Grey {
            width,
            height,
            pixels,
        }
    }

    /// Blurred, so that a line of text a little higher or lower is no great difference.
    fn blurred(&self) -> Vec<f64> {
        const REACH: isize = 2;
        let (width, height) = (self.width as isize, self.height as isize);
        let mut blurred = Vec::with_capacity(self.pixels.len());
        for y in 0..height {
            for x in 0..width {
                let (mut sum, mut count) = (0.0, 0.0);
                for row in (y - REACH).max(0)..(y + REACH + 1).min(height) {
                    for column in (x - REACH).max(0)..(x + REACH + 1).min(width) {
                        sum += f64::from(self.pixels[(row * width + column) as usize]);
                        count += 1.0;
                    }
                }
                blurred.push(sum / count);
            }
        }
        blurred
    }

    /// By how much the lightness differs on average; the whole range where the pictures are not of one size.
    pub fn distance(&self, other: &Grey) -> f64 {
        // Heights may be a row apart where lengths are rounded.
        if self.width != other.width || self.height.abs_diff(other.height) > 2 {
            return 255.0;
        }
        let (one, other) = (self.blurred(), other.blurred());
        let count = one.len().min(other.len());
        let all = one
            .iter()
            .zip(&other)
            .map(|(one, other)| (one - other).abs());
        all.sum::<f64>() / count as f64
    }

    fn file(&self) -> Vec<u8> {
        let mut file = Vec::new();
        let mut encoder = png::Encoder::new(&mut file, self.width as u32, self.height as u32);
        encoder.set_color(png::ColorType::Grayscale);
        encoder.set_compression(png::Compression::High);
        let mut writer = encoder.write_header().expect("begun");
        writer.write_image_data(&self.pixels).expect("written");
        writer.finish().expect("finished");
        file
    }
}

fn kept(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(format!("tests/pictures/{name}.png"))
}

/// Holds a picture to the one that is kept under a name, seen so wide.
pub fn held(name: &str, picture: &Grey, width: usize, most: f64) {
    let seen = picture.shrunk(width);
    if std::env::var("JUNHENG_GOLDEN").is_ok_and(|value| value == "write") {
        fs::write(kept(name), seen.file()).expect("kept");
    }
    let file = fs::read(kept(name)).unwrap_or_else(|_| panic!("no picture {name} is kept"));
    let distance = seen.distance(&Grey::png(&file));
    if distance > most {
        let place = std::env::temp_dir().join(format!("junheng-{}.png", name.replace('/', "-")));
        fs::write(&place, seen.file()).expect("written");
        panic!(
            "{name} looks otherwise than kept: {distance:.2} of 255 on average, at most {most} is alike; it is in {}",
            place.display()
        );
    }
}

/// By how much two kept pictures differ: a tolerance that no picture can miss holds nothing.
pub fn apart(one: &str, other: &str) -> f64 {
    let [one, other] = [one, other].map(|name| Grey::png(&fs::read(kept(name)).expect("kept")));
    let height = one.height.min(other.height);
    let cut = |grey: &Grey| Grey {
        height,
        pixels: grey.pixels[..grey.width * height].to_vec(),
        ..*grey
    };
    cut(&one).distance(&cut(&other))
}
