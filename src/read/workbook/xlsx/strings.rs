//! The texts that cells share.

use std::io::Read;

use quick_xml::events::Event;

use super::super::package::Package;
use super::super::xml::Xml;
use super::super::{Refused, bounds};

/// Reads all shared texts. How many the part says it has is not believed.
pub fn read(package: &mut Package, name: &str) -> Result<Vec<Box<str>>, Refused> {
    let mut strings = Vec::new();
    let Some(part) = package.part(name)? else {
        return Ok(strings);
    };
    let mut xml = Xml::new(part);
    let mut size = 0;
    loop {
        match xml.next()? {
            Event::Start(element) if element.local_name().as_ref() == "si" => {}
            Event::Eof => return Ok(strings),
            _ => continue,
        }
        let text = rich(&mut xml, "si")?;
        size += text.len();
        if strings.len() >= bounds::MOST_CELLS || size > bounds::MOST_TEXT {
            return Err(Refused::Cells);
        }
        strings.push(text.into());
    }
}

/// The text up to the end of an element: that of all its runs, without what says how it is pronounced.
pub fn rich<R: Read>(xml: &mut Xml<R>, end: &str) -> Result<String, Refused> {
    let mut text = String::new();
    let (mut inside, mut spoken) = (false, false);
    loop {
        match xml.next()? {
            Event::Start(element) => match element.local_name().as_ref() {
                "t" => inside = !spoken,
                "rPh" => spoken = true,
                _ => {}
            },
            Event::End(element) => match element.local_name().as_ref() {
                "t" => inside = false,
                "rPh" => spoken = false,
                name if name == end => return Ok(without_escapes(text)),
                _ => {}
            },
            Event::Eof => return Err(Refused::Broken(format!("<{end}>"))),
            event if inside => Xml::<R>::push_text(&event, &mut text),
            _ => {}
        }
    }
}

/// The text with `_x000D_` and the like as the characters they stand for (ECMA-376, ST_Xstring).
pub fn without_escapes(text: String) -> String {
    if !text.contains("_x") {
        return text;
    }
    let mut plain = String::with_capacity(text.len());
    let mut rest = text.as_str();
    while let Some(at) = rest.find("_x") {
        let code = rest.get(at + 2..at + 6);
        let letter = code
            .filter(|_| rest[at + 6..].starts_with('_'))
            .filter(|code| code.bytes().all(|byte| byte.is_ascii_hexdigit()))
            .and_then(|code| u32::from_str_radix(code, 16).ok())
            .and_then(char::from_u32);
        let (kept, skipped) = match letter {
            Some(_) => (at, at + 7),
            None => (at + 2, at + 2),
        };
        plain.push_str(&rest[..kept]);
        plain.extend(letter);
        rest = &rest[skipped..];
    }
    plain + rest
}

#[cfg(test)]
mod tests {
    use super::without_escapes;

    #[test]
    fn escaped_characters_are_themselves() {
        for (text, plain) in [
            ("a_x000D_b", "a\rb"),
            ("_x005F_x000D_", "_x000D_"),
            ("_x00", "_x00"),
            ("x_xGGGG_", "x_xGGGG_"),
            ("学_x校_x4E00_", "学_x校一"),
        ] {
            assert_eq!(without_escapes(text.to_string()), plain);
        }
    }
}
