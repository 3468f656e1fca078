//! Events of an XML part.

use std::io::{BufReader, Read};

use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

use super::Refused;

/// Reads a part event by event. An empty element gives a start and an end, so that both spellings are read alike.
pub struct Xml<R: Read> {
    reader: Reader<BufReader<R>>,
    buffer: Vec<u8>,
}

impl<R: Read> Xml<R> {
    /// Reads this part.
    pub fn new(part: R) -> Xml<R> {
        let mut reader = Reader::from_reader(BufReader::with_capacity(64 << 10, part));
        let config = reader.config_mut();
        config.expand_empty_elements = true;
        config.check_end_names = false;
        Xml {
            reader,
            buffer: Vec::new(),
        }
    }

    /// The next event; [`Event::Eof`] at the end.
    pub fn next(&mut self) -> Result<Event<'_>, Refused> {
        self.buffer.clear();
        self.reader
            .read_event_into(&mut self.buffer)
            .map_err(Refused::from)
    }

    /// Adds the text of an event, where it has one.
    pub fn push_text(event: &Event, text: &mut String) {
        match event {
            Event::Text(more) => text.push_str(&more.xml10_content()),
            Event::CData(more) => text.push_str(&more.xml10_content()),
            Event::GeneralRef(entity) => match entity.resolve_char_ref() {
                Ok(Some(letter)) => text.push(letter),
                _ => text.push_str(named(&entity.xml10_content())),
            },
            _ => {}
        }
    }
}

/// The five entities that XML knows; others are left out.
fn named(entity: &str) -> &'static str {
    match entity {
        "lt" => "<",
        "gt" => ">",
        "amp" => "&",
        "quot" => "\"",
        "apos" => "'",
        _ => "",
    }
}

/// The value of an attribute by its name, without regard to its prefix.
pub fn attribute(element: &BytesStart, name: &str) -> Option<String> {
    let mut all = element.attributes();
    let found = all
        .with_checks(false)
        .flatten()
        .find(|own| own.key.local_name().as_ref() == name)?;
    found
        .normalized_value(XmlVersion::Implicit1_0)
        .ok()
        .map(|value| value.into_owned())
}

/// Whether an attribute says yes, as `1` or `true`.
pub fn says_yes(element: &BytesStart, name: &str) -> bool {
    attribute(element, name).is_some_and(|value| value == "1" || value == "true")
}
