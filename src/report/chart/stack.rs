//! Standing or lying bars made of parts. Each part bears the number under which the legend names it, so that the colour
//! is not needed to read it.

use super::bars::WIDTH;
use super::ink::{FAINT, GRID, TEXT, part};
use super::picture::{Anchor, Picture, Rect, SIZE, fitted, width};
use super::scale::{Scale, is_named};
use crate::report::number::{money_value, number};

/// Bars of parts.
#[derive(Clone, PartialEq, Debug)]
pub struct Stack {
    /// What the parts are.
    pub parts: Vec<String>,
    /// The bars by name, each with the amounts of its parts.
    pub bars: Vec<(String, Vec<f64>)>,
    /// The unit of the amounts.
    pub unit: String,
}

impl Stack {
    fn total(&self, at: usize) -> f64 {
        self.bars[at].1.iter().sum()
    }

    fn largest(&self) -> f64 {
        (0..self.bars.len())
            .map(|at| self.total(at))
            .fold(0.0, f64::max)
    }

    fn hover(&self, bar: usize, at: usize) -> String {
        let (name, amounts) = &self.bars[bar];
        let (part, unit) = (&self.parts[at], &self.unit);
        format!("{name} · {part}: {} {unit}", money_value(amounts[at]))
    }

    /// The legend in as many lines as it needs; where it ends.
    fn legend(&self, svg: Option<&mut Picture>) -> f64 {
        let (mut x, mut y) = (4.0, 5.0);
        let mut drawn = svg;
        for (at, name) in self.parts.iter().enumerate() {
            let name = fitted(name, WIDTH / 2.0);
            let needed = 24.0 + width(&name) + 18.0;
            if x + needed > WIDTH && x > 4.0 {
                (x, y) = (4.0, y + 22.0);
            }
            if let Some(svg) = drawn.as_deref_mut() {
                self.square(svg, (x, y), at);
                svg.text((x + 23.0, y + 12.0), Anchor::Start, TEXT, &name);
            }
            x += needed;
        }
        y + 26.0
    }

    fn square(&self, svg: &mut Picture, (x, y): (f64, f64), at: usize) {
        let (fill, letters) = part(at, self.parts.len());
        let square = Rect {
            x,
            y,
            width: 18.0,
            height: 16.0,
        };
        svg.rect(square, fill, &self.parts[at]);
        svg.text(
            (x + 9.0, y + 12.5),
            Anchor::Middle,
            letters,
            &(at + 1).to_string(),
        );
    }

    /// Standing bars over an axis.
    pub fn columns(&self, label: &str) -> Picture {
        let top = self.legend(None) + SIZE;
        let height = top + 240.0;
        let mut svg = Picture::new(WIDTH, height + 28.0);
        self.legend(Some(&mut svg));
        let scale = Scale::new(self.largest(), height, top);
        let left = scale.room(70.0);
        for tick in scale.ticks() {
            svg.line((left, scale.at(tick)), (WIDTH, scale.at(tick)), GRID);
            svg.text(
                (left - 6.0, scale.at(tick) + 4.5),
                Anchor::End,
                FAINT,
                &number(tick),
            );
        }
        let all = self.bars.len();
        let widest = |texts: &mut dyn Iterator<Item = String>| {
            texts.map(|text| width(&text)).fold(0.0_f64, f64::max)
        };
        let widest_name = widest(&mut self.bars.iter().map(|(name, _)| name.clone()));
        let widest_sum = widest(&mut (0..all).map(|at| money_value(self.total(at))));
        // What is wider than its column reaches beyond the first and the last one.
        let room = (WIDTH - left) / all.max(1) as f64;
        let beyond = (widest_name.max(widest_sum) - room).max(0.0) / 2.0;
        let room = (WIDTH - left - 2.0 * beyond) / all.max(1) as f64;
        for (bar, (name, amounts)) in self.bars.iter().enumerate() {
            let wide = (room * 0.62).min(110.0);
            let x = left + beyond + room * (bar as f64 + 0.5) - wide / 2.0;
            let mut sum = 0.0;
            for (at, &amount) in amounts
                .iter()
                .enumerate()
                .filter(|(_, amount)| **amount > 0.0)
            {
                let (fill, letters) = part(at, self.parts.len());
                let (low, high) = (scale.at(sum), scale.at(sum + amount));
                let rect = Rect {
                    x,
                    y: high,
                    width: wide,
                    height: low - high,
                };
                svg.rect(rect, fill, &self.hover(bar, at));
                if low - high > SIZE && wide > SIZE {
                    let middle = (x + wide / 2.0, (low + high) / 2.0 + SIZE * 0.36);
                    svg.text(middle, Anchor::Middle, letters, &(at + 1).to_string());
                }
                sum += amount;
            }
            // Sums wider than their column would stand on their neighbours: they stand in a row above all.
            let high = match widest_sum > room {
                true => top,
                false => scale.at(sum),
            };
            let above = (x + wide / 2.0, high - 5.0);
            if is_named(bar, all, room, widest_sum) {
                svg.text(above, Anchor::Middle, TEXT, &money_value(sum));
            }
            if is_named(bar, all, room, widest_name) {
                svg.text((x + wide / 2.0, height + 18.0), Anchor::Middle, TEXT, name);
            }
        }
        svg.line((left, height), (WIDTH, height), FAINT);
        svg.finish(label)
    }

    /// Lying bars with their sums at the end.
    pub fn rows(&self, label: &str) -> Picture {
        const ROW: f64 = 26.0;
        let head = self.legend(None);
        let mut svg = Picture::new(WIDTH, head + ROW * self.bars.len() as f64 + 4.0);
        self.legend(Some(&mut svg));
        let names = self.bars.iter().map(|(name, _)| width(name));
        let left = names.fold(0.0, f64::max).min(170.0) + 10.0;
        let sums = (0..self.bars.len()).map(|at| money_value(self.total(at)));
        let right = sums.map(|sum| width(&sum)).fold(0.0, f64::max) + 10.0;
        let largest = self.largest().max(f64::MIN_POSITIVE);
        for (bar, (name, amounts)) in self.bars.iter().enumerate() {
            let y = head + ROW * bar as f64;
            let middle = y + ROW / 2.0 + SIZE * 0.36;
            svg.text(
                (left - 8.0, middle),
                Anchor::End,
                TEXT,
                &fitted(name, left - 9.5),
            );
            let mut x = left;
            for (at, &amount) in amounts
                .iter()
                .enumerate()
                .filter(|(_, amount)| **amount > 0.0)
            {
                let (fill, letters) = part(at, self.parts.len());
                let rect = Rect {
                    x,
                    y: y + 3.0,
                    width: (WIDTH - left - right) * amount / largest,
                    height: ROW - 6.0,
                };
                svg.rect(rect, fill, &self.hover(bar, at));
                if rect.width > SIZE {
                    let centre = (x + rect.width / 2.0, middle);
                    svg.text(centre, Anchor::Middle, letters, &(at + 1).to_string());
                }
                x += rect.width;
            }
            svg.text(
                (x + 6.0, middle),
                Anchor::Start,
                FAINT,
                &money_value(self.total(bar)),
            );
        }
        svg.line(
            (left, head),
            (left, head + ROW * self.bars.len() as f64),
            FAINT,
        );
        svg.finish(label)
    }
}
