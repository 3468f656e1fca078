//! The cells of one sheet.

use std::io::Read;

use quick_xml::events::{BytesStart, Event};

use super::super::gather::Growing;
use super::super::package::Package;
use super::super::xml::{Xml, attribute, says_yes};
use super::super::{CellText, Merged, Refused, Tab, bounds};
use super::Shared;
use super::strings::{rich, without_escapes};

/// Reads a sheet.
pub fn read(
    package: &mut Package,
    name: &str,
    shared: &Shared,
    growing: Growing,
) -> Result<Tab, Refused> {
    let part = package.part(name)?;
    let part = part.ok_or_else(|| Refused::Broken(name.to_string()))?;
    Sheet {
        xml: Xml::new(part),
        shared,
        growing,
        row: 0,
        column: 0,
        hidden: false,
    }
    .read()
}

struct Sheet<'a, R: Read> {
    xml: Xml<R>,
    shared: &'a Shared,
    growing: Growing<'a>,
    /// The number of the row, from 1; 0 before the first.
    row: usize,
    /// The column of the next cell, from 0.
    column: usize,
    hidden: bool,
}

/// What the element of a cell says.
#[derive(Default)]
struct Said {
    /// Row from 1 and column from 0, where they are stated.
    place: Option<(usize, usize)>,
    format: usize,
    kind: Kind,
}

/// The type of a cell (ECMA-376, ST_CellType).
#[derive(Clone, Copy, PartialEq, Eq, Default)]
enum Kind {
    #[default]
    Number,
    Shared,
    Text,
    Truth,
    Fault,
    Date,
}

impl<R: Read> Sheet<'_, R> {
    fn read(mut self) -> Result<Tab, Refused> {
        loop {
            match self.xml.next()? {
                Event::Start(element) => match element.local_name().as_ref() {
                    "row" => {
                        let stated = attribute(&element, "r").and_then(|row| row.parse().ok());
                        self.row = stated.unwrap_or(self.row + 1);
                        self.hidden = says_yes(&element, "hidden");
                        self.column = 0;
                    }
                    "c" => {
                        let said = said(&element);
                        self.cell(said)?;
                    }
                    "mergeCell" => {
                        if let Some(merged) =
                            attribute(&element, "ref").and_then(|area| rectangle(&area))
                        {
                            self.growing.merge(merged)?;
                        }
                    }
                    _ => {}
                },
                Event::Eof => return Ok(self.growing.finish()),
                _ => {}
            }
        }
    }

    fn cell(&mut self, said: Said) -> Result<(), Refused> {
        if let Some((row, column)) = said.place {
            (self.row, self.column) = (row, column);
        }
        let value = self.value(&said)?;
        if let Some(value) = value {
            self.growing
                .add(self.row, self.hidden, self.column, value)?;
        }
        self.column += 1;
        Ok(())
    }

    /// What stands in a cell, up to the end of its element.
    fn value(&mut self, said: &Said) -> Result<Option<CellText>, Refused> {
        let mut value: Option<String> = None;
        let (mut formula, mut inside) = (false, false);
        loop {
            match self.xml.next()? {
                Event::Start(element) => match element.local_name().as_ref() {
                    "v" => {
                        inside = true;
                        value.get_or_insert_default();
                    }
                    "f" => formula = true,
                    "is" => {
                        let text = rich(&mut self.xml, "is")?;
                        value = Some(text);
                    }
                    _ => {}
                },
                Event::End(element) => match element.local_name().as_ref() {
                    "v" => inside = false,
                    "c" => break,
                    _ => {}
                },
                Event::Eof => return Err(Refused::Broken("<c>".to_string())),
                event if inside => {
                    if let Some(text) = &mut value {
                        Xml::<R>::push_text(&event, text);
                    }
                }
                _ => {}
            }
        }
        match value {
            Some(text) => self.meant(text, said),
            None if formula => Ok(Some(CellText::Uncomputed)),
            None => Ok(None),
        }
    }

    fn meant(&self, text: String, said: &Said) -> Result<Option<CellText>, Refused> {
        let shared = self.shared;
        Ok(Some(match said.kind {
            Kind::Text => CellText::Text(without_escapes(text).into()),
            Kind::Fault => CellText::Fault(text.into()),
            Kind::Date => CellText::Text(iso(&text).into()),
            Kind::Truth => CellText::Truth(text.trim() == "1" || text.trim() == "true"),
            Kind::Shared => {
                let at = text.trim().parse::<usize>().ok();
                let own = at.and_then(|at| shared.strings.get(at));
                let missing = || Refused::Broken(format!("shared string {}", text.trim()));
                CellText::Text(own.ok_or_else(missing)?.clone())
            }
            Kind::Number => match text.trim().parse::<f64>() {
                Ok(number) if number.is_finite() => {
                    shared.styles.shown(number, said.format, shared.from_1904)
                }
                _ => CellText::Text(text.into()),
            },
        }))
    }
}

/// What the element of a cell says; its attributes are plain letters and digits.
fn said(element: &BytesStart) -> Said {
    let mut said = Said::default();
    for own in element.attributes().with_checks(false).flatten() {
        match own.key.as_ref() {
            "r" => said.place = place(&own.value),
            "s" => said.format = own.value.parse().unwrap_or(0),
            "t" => {
                said.kind = match own.value.as_ref() {
                    "s" => Kind::Shared,
                    "str" | "inlineStr" | "is" => Kind::Text,
                    "b" => Kind::Truth,
                    "e" => Kind::Fault,
                    "d" => Kind::Date,
                    _ => Kind::Number,
                }
            }
            _ => {}
        }
    }
    said
}

/// Row from 1 and column from 0 of a cell such as `C12`, within the grid of spreadsheets.
fn place(name: &str) -> Option<(usize, usize)> {
    let digits = name.find(|c: char| c.is_ascii_digit())?;
    let (letters, row) = name.split_at(digits);
    let row = row.parse::<usize>().ok()?;
    if letters.is_empty() || letters.len() > 3 {
        return None;
    }
    let column = letters.bytes().try_fold(0, |column, letter| {
        letter
            .is_ascii_alphabetic()
            .then(|| column * 26 + usize::from(letter.to_ascii_uppercase() - b'A') + 1)
    })?;
    let inside = (1..=bounds::MOST_ROWS).contains(&row) && column <= bounds::MOST_COLUMNS;
    inside.then(|| (row, column - 1))
}

/// A rectangle such as `B1:D2`.
fn rectangle(area: &str) -> Option<Merged> {
    let (first, last) = area.split_once(':')?;
    let (first, last) = (place(first)?, place(last)?);
    Some(Merged {
        rows: (first.0.min(last.0), first.0.max(last.0)),
        columns: (first.1.min(last.1), first.1.max(last.1)),
    })
}

/// A date as it is shown: no time where there is none.
pub fn iso(date: &str) -> String {
    let date = date.trim().trim_end_matches('Z');
    let day = date.strip_suffix("T00:00:00").unwrap_or(date);
    day.replacen('T', " ", 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_found_by_their_names() {
        assert_eq!(place("A1"), Some((1, 0)));
        assert_eq!(place("XFD1048576"), Some((1_048_576, 16_383)));
        for wrong in [
            "",
            "1",
            "A",
            "A0",
            "XFE1",
            "A1048577",
            "AAAAAAAA1",
            "A1B",
            "A99999999999999999999",
        ] {
            assert_eq!(place(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn dates_without_time_are_days() {
        assert_eq!(iso("2026-09-01T00:00:00"), "2026-09-01");
        assert_eq!(iso("2026-09-01T08:30:00"), "2026-09-01 08:30:00");
    }
}
