//! The paragraphs of a Word file in which something is to be put.

use std::io;
use std::ops::Range;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use crate::report::chart::escaped;

/// A paragraph that holds no other.
#[derive(Clone, PartialEq, Debug, Default)]
pub(super) struct Paragraph {
    /// Where it stands in the text of the file.
    pub at: Range<usize>,
    /// Whether it stands in the body itself, and not in a table or a frame.
    pub outermost: bool,
    /// The name of its style.
    pub style: String,
    /// Its texts, each where its element stands.
    pub texts: Vec<(Range<usize>, String)>,
}

impl Paragraph {
    /// All it says.
    pub fn said(&self) -> String {
        self.texts.iter().map(|(_, text)| text.as_str()).collect()
    }

    /// The paragraph with other words, each text for itself where all places lie within one; else all of them in the look
    /// of the first.
    pub fn filled<E>(
        &self,
        file: &str,
        fill: impl Fn(&str) -> Result<String, E>,
    ) -> Result<String, E> {
        let whole = |text: &String| text.matches("{{").count() == text.matches("}}").count();
        let apart = self.texts.iter().all(|(_, text)| whole(text));
        let mut filled = String::new();
        let mut from = self.at.start;
        for (at, (range, text)) in self.texts.iter().enumerate() {
            filled += &file[from..range.start];
            let text = match (apart, at) {
                (true, _) => fill(text)?,
                (false, 0) => fill(&self.said())?,
                (false, _) => String::new(),
            };
            if !text.is_empty() {
                let text = escaped(&text);
                filled += &format!("<w:t xml:space=\"preserve\">{text}</w:t>");
            }
            from = range.end;
        }
        filled += &file[from..self.at.end];
        Ok(filled)
    }
}

/// The paragraphs of a part of a Word file, in order.
///
/// # Errors
/// When it is not well-formed.
pub(super) fn paragraphs(file: &str) -> io::Result<Vec<Paragraph>> {
    let mut reader = Reader::from_str(file);
    let mut found = Vec::new();
    let mut open: Vec<(Paragraph, bool)> = Vec::new();
    let mut above: Vec<String> = Vec::new();
    let mut text: Option<(usize, String)> = None;
    loop {
        let from = reader.buffer_position() as usize;
        let event = reader.read_event().map_err(io::Error::other)?;
        let to = reader.buffer_position() as usize;
        match event {
            Event::Start(start) => {
                let name = name_of(&start);
                match name.as_str() {
                    "w:p" => {
                        let outermost = above.last().is_some_and(|name| name == "w:body");
                        if let Some((_, leaf)) = open.last_mut() {
                            *leaf = false;
                        }
                        let paragraph = Paragraph {
                            at: from..to,
                            outermost,
                            ..Paragraph::default()
                        };
                        open.push((paragraph, true));
                    }
                    "w:t" => text = Some((from, String::new())),
                    _ => {}
                }
                above.push(name);
            }
            Event::Empty(empty) if name_of(&empty) == "w:pStyle" => {
                if let Some((paragraph, _)) = open.last_mut() {
                    paragraph.style = attribute(&file[from..to], "w:val").unwrap_or_default();
                }
            }
            Event::Text(more) => {
                if let Some((_, text)) = &mut text {
                    *text += &more;
                }
            }
            Event::GeneralRef(name) => {
                if let Some((_, text)) = &mut text {
                    text.push(referred(&name));
                }
            }
            Event::End(_) => {
                let name = above.pop().unwrap_or_default();
                match name.as_str() {
                    "w:t" => {
                        if let (Some((start, text)), Some((paragraph, _))) =
                            (text.take(), open.last_mut())
                        {
                            paragraph.texts.push((start..to, text));
                        }
                    }
                    "w:p" => {
                        if let Some((mut paragraph, leaf)) = open.pop() {
                            paragraph.at.end = to;
                            found.extend(Some(paragraph).filter(|_| leaf));
                        }
                    }
                    _ => {}
                }
            }
            Event::Eof => break,
            _ => {}
        }
    }
    Ok(found)
}

/// The character that an entity or a number stands for.
fn referred(name: &str) -> char {
    let number = |digits: &str, radix| u32::from_str_radix(digits, radix).ok();
    let code = match (name.strip_prefix("#x"), name.strip_prefix('#')) {
        (Some(digits), _) => number(digits, 16),
        (_, Some(digits)) => number(digits, 10),
        _ => None,
    };
    match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        _ => code.and_then(char::from_u32).unwrap_or('\u{fffd}'),
    }
}

fn name_of(start: &BytesStart) -> String {
    start.name().as_ref().to_string()
}

/// The value of an attribute in the text of a tag.
pub(super) fn attribute(tag: &str, name: &str) -> Option<String> {
    let from = tag.find(&format!(" {name}=\""))? + name.len() + 3;
    let value = &tag[from..];
    Some(value[..value.find('"')?].to_string())
}

/// The width and height of the text on the pages a place stands on, in twentieths of a point: as the next section says.
pub(super) fn room(file: &str, from: usize) -> Option<(u32, u32)> {
    let section = &file[from + file[from..].find("<w:sectPr")?..];
    let section = &section[..section.find("</w:sectPr>")?];
    let tag = |name: &str| {
        let tag = &section[section.find(&format!("<{name} "))?..];
        Some(&tag[..tag.find('>')?])
    };
    let length = |tag: &str, name: &str| attribute(tag, name)?.parse::<i64>().ok();
    let (paper, margins) = (tag("w:pgSz")?, tag("w:pgMar")?);
    let across = length(paper, "w:w")? - length(margins, "w:left")? - length(margins, "w:right")?;
    let down = length(paper, "w:h")?
        - length(margins, "w:top")?.abs()
        - length(margins, "w:bottom")?.abs();
    let sound = |length: i64| u32::try_from(length).ok().filter(|length| *length > 500);
    Some((sound(across)?, sound(down)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: &str = "<w:document><w:body><w:p><w:pPr><w:pStyle w:val=\"a3\"/></w:pPr><w:r><w:t>甲{{</w:t></w:r>\
         <w:r><w:t>标准}}乙&amp;&#39;&#x4E19;</w:t></w:r></w:p><w:tbl><w:tc><w:p><w:r><w:t>x</w:t></w:r></w:p></w:tc></w:tbl>\
         <w:sectPr><w:pgSz w:w=\"11906\" w:h=\"16838\"/><w:pgMar w:top=\"1000\" w:right=\"1000\" w:bottom=\"1000\" w:left=\"906\"/>\
         </w:sectPr></w:body></w:document>";

    #[test]
    fn a_place_is_found_though_word_has_split_it() -> io::Result<()> {
        let found = paragraphs(FILE)?;
        assert_eq!(found.len(), 2);
        assert_eq!((found[0].style.as_str(), found[0].outermost), ("a3", true));
        assert!(!found[1].outermost);
        assert_eq!(found[0].said(), "甲{{标准}}乙&'丙");
        let filled = found[0].filled(FILE, |text| Ok::<_, ()>(text.replace("{{标准}}", "<丙>")));
        let filled = filled.unwrap_or_default();
        assert!(
            filled.contains("甲&lt;丙&gt;乙&amp;&#39;丙</w:t>"),
            "{filled}"
        );
        assert_eq!(filled.matches("<w:t ").count(), 1);
        assert_eq!(filled.matches("<w:r>").count(), 2);
        assert_eq!(room(FILE, found[0].at.end), Some((10_000, 14_838)));
        Ok(())
    }
}
