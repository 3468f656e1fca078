//! ODS (OpenDocument 1.2 and later): all sheets lie one after the other in one part.

use std::collections::HashSet;
use std::io::Read;

use quick_xml::events::{BytesStart, Event};

use super::gather::{Count, Growing};
use super::package::Package;
use super::xlsx::iso;
use super::xml::{Xml, attribute};
use super::{CellText, Merged, Refused, Tab, TabRow, bounds};

/// Elements inside cells whose text is not the cell's.
const BESIDE: [&str; 4] = ["annotation", "frame", "custom-shape", "g"];

/// Reads all sheets.
pub fn read(package: &mut Package) -> Result<Vec<Tab>, Refused> {
    if is_locked(package)? {
        return Err(Refused::Locked);
    }
    let part = package.part("content.xml")?;
    let part = part.ok_or_else(|| Refused::Broken("content.xml".to_string()))?;
    let mut document = Document {
        xml: Xml::new(part),
        count: Count::default(),
    };
    document.read()
}

fn is_locked(package: &mut Package) -> Result<bool, Refused> {
    let Some(part) = package.part("META-INF/manifest.xml")? else {
        return Ok(false);
    };
    let mut xml = Xml::new(part);
    loop {
        match xml.next()? {
            Event::Start(element) if element.local_name().as_ref() == "encryption-data" => {
                return Ok(true);
            }
            Event::Eof => return Ok(false),
            _ => {}
        }
    }
}

struct Document<R: Read> {
    xml: Xml<R>,
    count: Count,
}

impl<R: Read> Document<R> {
    fn read(&mut self) -> Result<Vec<Tab>, Refused> {
        let mut tabs: Vec<Tab> = Vec::new();
        let mut style = String::new();
        let mut hiding: HashSet<String> = HashSet::new();
        loop {
            match self.xml.next()? {
                Event::Start(element) => match element.local_name().as_ref() {
                    "style" => style = attribute(&element, "name").unwrap_or_default(),
                    "table-properties" => {
                        let display = attribute(&element, "display");
                        if display.is_some_and(|display| display == "false") {
                            hiding.insert(style.clone());
                        }
                    }
                    "table" => {
                        let name = attribute(&element, "name").unwrap_or_default();
                        let own = attribute(&element, "style-name").unwrap_or_default();
                        let hidden = hiding.contains(&own);
                        let growing = Growing::new(name, hidden, &mut self.count);
                        tabs.push(Table::new(&mut self.xml, growing).read()?);
                    }
                    _ => {}
                },
                Event::Eof => return Ok(tabs),
                _ => {}
            }
            if tabs.len() > bounds::MOST_SHEETS || hiding.len() > bounds::MOST_FORMATS {
                return Err(Refused::Broken(format!("> {} sheets", bounds::MOST_SHEETS)));
            }
        }
    }
}

/// A sheet being read.
struct Table<'a, R: Read> {
    xml: &'a mut Xml<R>,
    growing: Growing<'a>,
    /// The number of the next row, from 1.
    row: usize,
}

/// What the element of a cell says.
struct Said {
    repeated: usize,
    /// Rows and columns it covers.
    span: (usize, usize),
    kind: String,
    value: Option<String>,
    formula: bool,
    fault: bool,
}

impl<'a, R: Read> Table<'a, R> {
    fn new(xml: &'a mut Xml<R>, growing: Growing<'a>) -> Table<'a, R> {
        Table {
            xml,
            growing,
            row: 1,
        }
    }

    fn read(mut self) -> Result<Tab, Refused> {
        loop {
            match self.xml.next()? {
                Event::Start(element) if element.local_name().as_ref() == "table-row" => {
                    let repeated = times(&element, "number-rows-repeated");
                    let visibility = attribute(&element, "visibility");
                    let hidden = visibility.is_some_and(|visibility| visibility != "visible");
                    self.rows(repeated, hidden)?;
                }
                Event::Start(element) if element.local_name().as_ref() == "tracked-changes" => {
                    self.skip("tracked-changes")?;
                }
                Event::End(element) if element.local_name().as_ref() == "table" => {
                    return Ok(self.growing.finish());
                }
                Event::Eof => return Err(Refused::Broken("<table:table>".to_string())),
                _ => {}
            }
        }
    }

    /// Passes over the rest of an element.
    fn skip(&mut self, name: &str) -> Result<(), Refused> {
        let mut depth = 1usize;
        while depth > 0 {
            match self.xml.next()? {
                Event::Start(element) if element.local_name().as_ref() == name => depth += 1,
                Event::End(element) if element.local_name().as_ref() == name => depth -= 1,
                Event::Eof => return Err(Refused::Broken(format!("<{name}>"))),
                _ => {}
            }
        }
        Ok(())
    }

    /// A row, and as many copies of it as are stated. Copies of an empty row take no room.
    fn rows(&mut self, repeated: usize, hidden: bool) -> Result<(), Refused> {
        let mut cells: Vec<(usize, CellText)> = Vec::new();
        let mut column = 0usize;
        let mut size = Count::default();
        loop {
            match self.xml.next()? {
                Event::Start(element) => match element.local_name().as_ref() {
                    "table-cell" | "covered-table-cell" => {
                        let said = said(&element);
                        self.merge(&said, column)?;
                        if let Some(cell) = self.cell(&said)? {
                            let end = (column + said.repeated).min(bounds::MOST_COLUMNS);
                            size.add(&cell, end.saturating_sub(column))?;
                            cells.extend((column..end).map(|at| (at, cell.clone())));
                        }
                        column = column.saturating_add(said.repeated);
                    }
                    _ => {}
                },
                Event::End(element) if element.local_name().as_ref() == "table-row" => break,
                Event::Eof => return Err(Refused::Broken("<table:table-row>".to_string())),
                _ => {}
            }
        }
        if !cells.is_empty() {
            let end = self.row.saturating_add(repeated).min(bounds::MOST_ROWS + 1);
            for number in self.row..end {
                self.growing.add_row(TabRow {
                    number,
                    hidden,
                    cells: cells.clone(),
                })?;
            }
        }
        self.row = self.row.saturating_add(repeated);
        Ok(())
    }

    fn merge(&mut self, said: &Said, column: usize) -> Result<(), Refused> {
        if said.span == (1, 1) {
            return Ok(());
        }
        self.growing.merge(Merged {
            rows: (self.row, self.row.saturating_add(said.span.0 - 1)),
            columns: (column, column.saturating_add(said.span.1 - 1)),
        })
    }

    /// What stands in a cell, up to the end of its element.
    fn cell(&mut self, said: &Said) -> Result<Option<CellText>, Refused> {
        let mut text = String::new();
        let mut inside = 0usize;
        loop {
            let beside = match self.xml.next()? {
                Event::Start(element) => match element.local_name().as_ref() {
                    "p" => {
                        if !text.is_empty() {
                            text.push('\n');
                        }
                        inside += 1;
                        None
                    }
                    "s" => {
                        let spaces = times(&element, "c").min(1 << 10);
                        text.extend(std::iter::repeat_n(' ', spaces));
                        None
                    }
                    "tab" | "line-break" => {
                        text.push(' ');
                        None
                    }
                    name => BESIDE.into_iter().find(|own| *own == name),
                },
                Event::End(element) => match element.local_name().as_ref() {
                    "p" => {
                        inside = inside.saturating_sub(1);
                        None
                    }
                    "table-cell" | "covered-table-cell" => break,
                    _ => None,
                },
                Event::Eof => return Err(Refused::Broken("<table:table-cell>".to_string())),
                event => {
                    if inside > 0 {
                        Xml::<R>::push_text(&event, &mut text);
                    }
                    None
                }
            };
            if let Some(beside) = beside {
                self.skip(beside)?;
            }
        }
        Ok(meant(said, text))
    }
}

/// The value of a cell whose paragraphs hold this text.
fn meant(said: &Said, text: String) -> Option<CellText> {
    if said.fault {
        return Some(CellText::Fault(text.into()));
    }
    let value = said.value.as_deref();
    let cell = match (said.kind.as_str(), value) {
        ("float" | "percentage" | "currency", Some(value)) => {
            let number = value
                .parse::<f64>()
                .ok()
                .filter(|number| number.is_finite());
            match number {
                // A code shown with leading zeros is meant as it is shown.
                Some(number) if is_padded(&text, number) => CellText::Text(text.into()),
                Some(number) => CellText::Number(number),
                None => CellText::Text(value.into()),
            }
        }
        ("boolean", Some(value)) => CellText::Truth(value == "true"),
        ("date", Some(value)) => CellText::Text(iso(value).into()),
        ("time", Some(value)) => CellText::Text(clock(value).into()),
        ("string", Some(value)) => CellText::Text(value.into()),
        _ if text.trim().is_empty() => {
            return (said.formula && said.kind.is_empty()).then_some(CellText::Uncomputed);
        }
        _ => CellText::Text(text.into()),
    };
    Some(cell)
}

fn is_padded(text: &str, number: f64) -> bool {
    text.len() > 1
        && text.starts_with('0')
        && text.bytes().all(|byte| byte.is_ascii_digit())
        && text.parse() == Ok(number)
}

/// The time of a duration such as `PT08H30M00S`.
fn clock(duration: &str) -> String {
    let parts = duration.strip_prefix("PT").and_then(|rest| {
        let (hours, rest) = rest.split_once('H')?;
        let (minutes, rest) = rest.split_once('M')?;
        let seconds = rest.strip_suffix('S')?;
        Some(format!("{hours}:{minutes}:{seconds}"))
    });
    parts.unwrap_or_else(|| duration.to_string())
}

fn said(element: &BytesStart) -> Said {
    let fault = |kind: &str| kind == "error";
    let mut said = Said {
        repeated: 1,
        span: (1, 1),
        kind: String::new(),
        value: None,
        formula: false,
        fault: false,
    };
    for own in element.attributes().with_checks(false).flatten() {
        let count = || own.value.parse::<usize>().unwrap_or(1).max(1);
        let text = || own.normalized_value(quick_xml::XmlVersion::Implicit1_0);
        match own.key.as_ref() {
            "table:number-columns-repeated" => said.repeated = count(),
            "table:number-rows-spanned" => said.span.0 = count(),
            "table:number-columns-spanned" => said.span.1 = count(),
            "table:formula" => said.formula = true,
            "office:value-type" => said.kind = own.value.to_string(),
            "calcext:value-type" => said.fault = fault(&own.value),
            "office:value"
            | "office:date-value"
            | "office:time-value"
            | "office:boolean-value"
            | "office:string-value" => said.value = text().ok().map(|value| value.into_owned()),
            _ => {}
        }
    }
    said
}

fn times(element: &BytesStart, name: &str) -> usize {
    let stated = attribute(element, name).and_then(|value| value.parse::<usize>().ok());
    stated.unwrap_or(1).max(1)
}
