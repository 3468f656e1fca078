//! XML, element by element. What stands between them is escaped, and what XML cannot hold is replaced.

use std::io;

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};

use crate::report::page::tame;

/// An XML text that is being written.
pub struct Xml(Writer<Vec<u8>>);

/// The attributes of an element.
pub type Attributes<'a> = &'a [(&'a str, &'a str)];

impl Xml {
    /// A text that begins with the declaration.
    pub fn new() -> io::Result<Xml> {
        let mut writer = Writer::new(Vec::new());
        writer.write_event(Event::Decl(BytesDecl::new(
            "1.0",
            Some("UTF-8"),
            Some("yes"),
        )))?;
        Ok(Xml(writer))
    }

    /// A piece of a text that stands within another.
    pub fn piece() -> Xml {
        Xml(Writer::new(Vec::new()))
    }

    /// What was written so far; from here on another piece.
    pub fn take(&mut self) -> Vec<u8> {
        std::mem::take(self.0.get_mut())
    }

    /// Opens an element.
    pub fn open(&mut self, name: &str, attributes: Attributes) -> io::Result<()> {
        let start = BytesStart::new(name).with_attributes(attributes.iter().copied());
        self.0.write_event(Event::Start(start))
    }

    /// Closes the element opened last.
    pub fn close(&mut self, name: &str) -> io::Result<()> {
        self.0.write_event(Event::End(BytesEnd::new(name)))
    }

    /// An element without content.
    pub fn leaf(&mut self, name: &str, attributes: Attributes) -> io::Result<()> {
        let start = BytesStart::new(name).with_attributes(attributes.iter().copied());
        self.0.write_event(Event::Empty(start))
    }

    /// An element of WordprocessingML with nothing but its value.
    pub fn value(&mut self, name: &str, value: &str) -> io::Result<()> {
        self.leaf(name, &[("w:val", value)])
    }

    /// An element around text.
    pub fn text(&mut self, name: &str, attributes: Attributes, text: &str) -> io::Result<()> {
        self.open(name, attributes)?;
        self.0
            .write_event(Event::Text(BytesText::new(&tame(text))))?;
        self.close(name)
    }

    /// The whole text.
    pub fn into_bytes(self) -> Vec<u8> {
        self.0.into_inner()
    }
}
