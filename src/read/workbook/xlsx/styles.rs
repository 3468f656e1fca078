//! Cell formats, as far as they change what a planner sees: dates, and codes with leading zeros.

use std::collections::HashMap;

use quick_xml::events::Event;

use super::super::package::Package;
use super::super::xml::{Xml, attribute};
use super::super::{CellText, Refused, bounds};

/// How a number is shown.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Format {
    /// As a number.
    Plain,
    /// As a date or time.
    Date,
    /// With leading zeros up to this many digits.
    Padded(usize),
}

/// The cell formats of a workbook.
#[derive(Debug, Default)]
pub struct Styles(Vec<Format>);

impl Styles {
    /// A number as it is shown in the format of this position.
    pub fn shown(&self, number: f64, format: usize, from_1904: bool) -> CellText {
        match self.0.get(format) {
            Some(Format::Date) => CellText::date(number, from_1904),
            Some(&Format::Padded(digits)) if number >= 0.0 && number.fract() == 0.0 => {
                CellText::Text(format!("{number:0>digits$}").into())
            }
            _ => CellText::Number(number),
        }
    }
}

/// Reads the cell formats.
pub fn read(package: &mut Package, name: &str) -> Result<Styles, Refused> {
    let mut styles = Styles::default();
    let Some(part) = package.part(name)? else {
        return Ok(styles);
    };
    let mut own: HashMap<String, Format> = HashMap::new();
    let mut of_cells = false;
    let mut xml = Xml::new(part);
    loop {
        match xml.next()? {
            Event::Start(element) => match element.local_name().as_ref() {
                "numFmt" => {
                    let value = |name| attribute(&element, name).unwrap_or_default();
                    own.insert(value("numFmtId"), of_code(&value("formatCode")));
                }
                "cellXfs" => of_cells = true,
                "xf" if of_cells => {
                    let id = attribute(&element, "numFmtId").unwrap_or_default();
                    let format = own.get(&id).copied().unwrap_or_else(|| built_in(&id));
                    styles.0.push(format);
                }
                _ => {}
            },
            Event::End(element) if element.local_name().as_ref() == "cellXfs" => of_cells = false,
            Event::Eof => return Ok(styles),
            _ => {}
        }
        if styles.0.len() > bounds::MOST_FORMATS || own.len() > bounds::MOST_FORMATS {
            return Err(Refused::Broken(name.to_string()));
        }
    }
}

/// The formats without a code of their own: 14 to 22 and 45 to 47 are dates everywhere, the others in East Asia.
fn built_in(id: &str) -> Format {
    match id.parse::<u32>() {
        Ok(14..=22 | 27..=36 | 45..=47 | 50..=58) => Format::Date,
        _ => Format::Plain,
    }
}

/// What a format code such as `yyyy"年"m"月"` or `000000` makes of a number.
fn of_code(code: &str) -> Format {
    let mut letters = code.chars();
    let mut bare = String::new();
    while let Some(letter) = letters.next() {
        match letter {
            '"' => drop(letters.by_ref().find(|&c| c == '"')),
            '[' => {
                let inner: String = letters.by_ref().take_while(|&c| c != ']').collect();
                // [h] counts hours; [Red] and [$-804] say nothing about the kind.
                if !inner.is_empty() && inner.chars().all(|c| "hmsHMS".contains(c)) {
                    bare.push('h');
                }
            }
            '\\' | '_' | '*' => drop(letters.next()),
            ';' => break,
            _ => bare.push(letter.to_ascii_lowercase()),
        }
    }
    let bare = bare.trim();
    if bare.len() > 1 && bare.bytes().all(|byte| byte == b'0') {
        return Format::Padded(bare.len());
    }
    let general = bare.starts_with("general");
    match !general && bare.contains(['y', 'm', 'd', 'h', 's']) {
        true => Format::Date,
        false => Format::Plain,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn format_codes_tell_dates_and_padded_codes() {
        for (code, format) in [
            ("General", Format::Plain),
            ("0.00", Format::Plain),
            ("0%", Format::Plain),
            ("#,##0\"元\";[Red]-#,##0", Format::Plain),
            ("0.00\"days\"", Format::Plain),
            ("yyyy\"年\"m\"月\"d\"日\"", Format::Date),
            ("[$-804]yyyy/m/d;@", Format::Date),
            ("[h]:mm", Format::Date),
            ("000000", Format::Padded(6)),
            ("0", Format::Plain),
            ("", Format::Plain),
            ("\\", Format::Plain),
        ] {
            assert_eq!(of_code(code), format, "{code}");
        }
    }

    #[test]
    fn padded_codes_keep_their_zeros() {
        let styles = Styles(vec![Format::Padded(6)]);
        assert_eq!(styles.shown(1234.0, 0, false).to_string(), "001234");
        assert_eq!(styles.shown(1234.5, 0, false).to_string(), "1234.5");
        assert_eq!(styles.shown(7.0, 9, false).to_string(), "7");
    }
}
