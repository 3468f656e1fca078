//! A planner's own Word file as the template of a document: its letterhead, styles, page and words stay; the places in it
//! are filled.

use std::io::{self, Cursor, Read, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipArchive, ZipWriter};

use super::body::Text;
use super::figure::link;
use super::layout::Layout;
use super::package::media;
use super::places::{Paragraph, attribute, paragraphs, room};
use super::styles::{Style, one};
use super::xml::Xml;
use crate::report::page::Page;

/// What is unpacked of a template at most.
const MOST: u64 = 64 << 20;

const DOCUMENT: &str = "word/document.xml";
const STYLES: &str = "word/styles.xml";
const LINKS: &str = "word/_rels/document.xml.rels";
const TYPES: &str = "[Content_Types].xml";

/// What is put where.
pub trait Filler {
    /// What is wrong with what was asked for.
    type Fault;

    /// The words of a paragraph with its places filled, found in the paragraph of that number.
    ///
    /// # Errors
    /// When it asks for what there is not.
    fn words(&self, text: &str, at: usize) -> Result<String, Self::Fault>;

    /// What stands in place of a paragraph that is nothing but a place; `None` where it is to be filled with words.
    fn blocks(&self, text: &str) -> Option<Page>;

    /// The titles of the annexes, and the paragraphs with places, each with the number of annexes begun above it: told
    /// before anything is asked for.
    fn outlined(&mut self, annexes: Vec<String>, places: Vec<(String, usize)>);
}

/// A Word file.
pub struct Letterhead {
    parts: Vec<(String, Vec<u8>)>,
}

/// Why a template was not filled.
#[derive(Debug)]
pub enum Unfilled<F> {
    /// What its places ask for is not there.
    Faults(Vec<F>),
    /// It is no Word file that can be read.
    Unreadable(io::Error),
}

impl<F> From<io::Error> for Unfilled<F> {
    fn from(failed: io::Error) -> Unfilled<F> {
        Unfilled::Unreadable(failed)
    }
}

impl Letterhead {
    /// Unpacks a Word file.
    ///
    /// # Errors
    /// When it is none, or would take more than 64 MiB.
    pub fn read(file: &[u8]) -> io::Result<Letterhead> {
        let mut archive = ZipArchive::new(Cursor::new(file)).map_err(io::Error::other)?;
        let mut parts = Vec::new();
        let mut left = MOST;
        for at in 0..archive.len() {
            let part = archive.by_index(at).map_err(io::Error::other)?;
            if part.is_dir() {
                continue;
            }
            let name = part.name().map_err(io::Error::other)?.into_owned();
            let mut bytes = Vec::new();
            part.take(left + 1).read_to_end(&mut bytes)?;
            left = left
                .checked_sub(bytes.len() as u64)
                .ok_or_else(|| io::Error::other("more than 64 MiB"))?;
            parts.push((name, bytes));
        }
        let letterhead = Letterhead { parts };
        letterhead.text(DOCUMENT)?;
        Ok(letterhead)
    }

    fn text(&self, name: &str) -> io::Result<&str> {
        let found = self.parts.iter().find(|(own, _)| own == name);
        let (_, bytes) = found.ok_or_else(|| io::Error::other(format!("no {name}")))?;
        std::str::from_utf8(bytes).map_err(io::Error::other)
    }

    fn put(&mut self, name: &str, bytes: Vec<u8>) {
        match self.parts.iter_mut().find(|(own, _)| own == name) {
            Some((_, old)) => *old = bytes,
            None => self.parts.push((name.to_string(), bytes)),
        }
    }

    /// Whether the head of a page has a place of one of these names.
    pub fn head_asks(&self, names: [&str; 2]) -> bool {
        let heads = self.parts.iter().filter(|(name, _)| is_edge(name));
        heads
            .filter_map(|(_, bytes)| std::str::from_utf8(bytes).ok())
            .filter_map(|text| paragraphs(text).ok())
            .flatten()
            .any(|one| names.iter().any(|name| one.said().contains(name)))
    }

    /// The file with its places filled.
    ///
    /// # Errors
    /// All that its places ask for and is not there; or that it is no sound Word file.
    pub fn filled<T: Filler>(
        mut self,
        filler: &mut T,
        layout: &Layout,
    ) -> Result<Vec<u8>, Unfilled<T::Fault>> {
        let styles = self.styles(layout)?;
        let document = self.text(DOCUMENT)?.to_string();
        let found = paragraphs(&document)?;
        let is_annex = |one: &&Paragraph| one.style == styles[index(Style::AnnexTitle)];
        let (mut annexes, mut places) = (Vec::new(), Vec::new());
        for one in &found {
            annexes.extend(Some(one.said()).filter(|_| is_annex(&one)));
            places
                .extend(Some((one.said(), annexes.len())).filter(|(said, _)| said.contains("{{")));
        }
        filler.outlined(annexes, places);

        let mut text = Text::new(layout, false)?;
        (text.xml, text.styles) = (Xml::piece(), styles.clone());
        let (mut made, mut faults) = (String::new(), Vec::new());
        let mut from = 0;
        for (at, one) in found.iter().enumerate() {
            let said = one.said();
            if !said.contains("{{") {
                continue;
            }
            made += &document[from..one.at.start];
            from = one.at.end;
            match filler.blocks(&said).filter(|_| one.outermost) {
                Some(page) => {
                    text.room = room(&document, one.at.end);
                    for block in &page.blocks {
                        text.block(block)?;
                    }
                    made += &String::from_utf8(text.xml.take()).map_err(io::Error::other)?;
                    // What ends a section stands in its last paragraph and must stay.
                    if document[one.at.clone()].contains("<w:sectPr") {
                        made += &one.filled(&document, |_| Ok::<_, io::Error>(String::new()))?;
                    }
                }
                None => match one.filled(&document, |text| filler.words(text, at + 1)) {
                    Ok(filled) => made += &filled,
                    Err(fault) => faults.push(fault),
                },
            }
        }
        made += &document[from..];
        self.put(DOCUMENT, made.into_bytes());
        faults.extend(self.edges(filler)?);
        if !faults.is_empty() {
            return Err(Unfilled::Faults(faults));
        }
        self.pictures(text.pictures)?;
        Ok(self.packed()?)
    }

    /// Fills the heads and feet of pages.
    fn edges<T: Filler>(&mut self, filler: &T) -> io::Result<Vec<T::Fault>> {
        let mut faults = Vec::new();
        for (_, bytes) in self.parts.iter_mut().filter(|(name, _)| is_edge(name)) {
            let file = std::str::from_utf8(bytes).map_err(io::Error::other)?;
            let (mut made, mut from) = (String::new(), 0);
            for (at, one) in paragraphs(file)?.iter().enumerate() {
                if !one.said().contains("{{") {
                    continue;
                }
                made += &file[from..one.at.start];
                from = one.at.end;
                match one.filled(file, |text| filler.words(text, at + 1)) {
                    Ok(filled) => made += &filled,
                    Err(fault) => faults.push(fault),
                }
            }
            made += &file[from..];
            *bytes = made.into_bytes();
        }
        Ok(faults)
    }

    /// The names of the styles: the file's own where it has one of that name; those it lacks are added.
    fn styles(&mut self, layout: &Layout) -> io::Result<Vec<String>> {
        let mut file = self.text(STYLES)?.to_string();
        let own = own_styles(&file);
        let mut names = Vec::new();
        let mut added = Vec::new();
        for style in Style::ALL {
            let known = own
                .iter()
                .find(|(_, name)| name.eq_ignore_ascii_case(style.name()));
            if let Some((id, _)) = known {
                names.push(id.clone());
                continue;
            }
            let mut xml = Xml::piece();
            one(&mut xml, style, layout)?;
            let text = String::from_utf8(xml.into_bytes()).map_err(io::Error::other)?;
            let taken = own.iter().any(|(id, _)| id == style.id());
            let id = match taken {
                true => format!("Junheng{}", style.id()),
                false => style.id().to_string(),
            };
            let stated = format!("w:styleId=\"{}\"", style.id());
            // Only one style is what others are where nothing else is said: the file's own.
            let text = text.replace(" w:default=\"1\"", "");
            added.push(text.replacen(&stated, &format!("w:styleId=\"{id}\""), 1));
            names.push(id);
        }
        let end = file
            .rfind("</w:styles>")
            .ok_or_else(|| io::Error::other(format!("{STYLES} has no end")))?;
        file.insert_str(end, &added.concat());
        self.put(STYLES, file.into_bytes());
        Ok(names)
    }

    /// Puts the pictures in and says so where the file lists what it holds.
    fn pictures(&mut self, pictures: Vec<Vec<u8>>) -> io::Result<()> {
        if pictures.is_empty() {
            return Ok(());
        }
        let image = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/image";
        let mut links = self.text(LINKS)?.to_string();
        let mut types = self.text(TYPES)?.to_string();
        let mut linked = String::new();
        for (at, picture) in pictures.into_iter().enumerate() {
            let (id, target) = (link(at + 1), media(at + 1));
            linked += &format!("<Relationship Id=\"{id}\" Type=\"{image}\" Target=\"{target}\"/>");
            self.put(&format!("word/{target}"), picture);
        }
        let end = links
            .rfind("</Relationships>")
            .ok_or_else(|| io::Error::other(format!("{LINKS} has no end")))?;
        links.insert_str(end, &linked);
        self.put(LINKS, links.into_bytes());
        if !types.to_lowercase().contains("extension=\"png\"") {
            let begin = types
                .find("<Types")
                .and_then(|from| Some(from + types[from..].find('>')? + 1))
                .ok_or_else(|| io::Error::other(format!("{TYPES} lists nothing")))?;
            types.insert_str(
                begin,
                "<Default Extension=\"png\" ContentType=\"image/png\"/>",
            );
            self.put(TYPES, types.into_bytes());
        }
        Ok(())
    }

    fn packed(&self) -> io::Result<Vec<u8>> {
        let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
        let options = SimpleFileOptions::default()
            .compression_method(CompressionMethod::Deflated)
            .last_modified_time(DateTime::default());
        for (name, bytes) in &self.parts {
            archive.start_file(name.as_str(), options)?;
            archive.write_all(bytes)?;
        }
        Ok(archive.finish()?.into_inner())
    }
}

fn index(style: Style) -> usize {
    Style::ALL
        .iter()
        .position(|one| *one == style)
        .unwrap_or_default()
}

/// Whether a part stands at the head or the foot of pages.
fn is_edge(name: &str) -> bool {
    name.ends_with(".xml") && (name.starts_with("word/header") || name.starts_with("word/footer"))
}

/// The paragraph styles of a file: the name by which it refers to each, and the name that is shown.
fn own_styles(file: &str) -> Vec<(String, String)> {
    let styles = file.split("<w:style ").skip(1);
    let of = |text: &str| {
        let tag = format!(" {}", &text[..text.find('>')?]);
        let name = &text[text.find("<w:name ")?..];
        let shown = attribute(&name[..name.find('>')?], "w:val")?;
        (attribute(&tag, "w:type").as_deref() == Some("paragraph"))
            .then_some((attribute(&tag, "w:styleId")?, shown))
    };
    styles.filter_map(of).collect()
}

#[cfg(test)]
mod tests {
    use super::super::render;
    use super::*;

    struct Told(Vec<String>);

    impl Filler for Told {
        type Fault = String;

        fn words(&self, text: &str, _: usize) -> Result<String, String> {
            match text.contains("{{名}}") {
                true => Ok(text.replace("{{名}}", "望京<小学>")),
                false => Err(text.to_string()),
            }
        }

        fn blocks(&self, text: &str) -> Option<Page> {
            let mut page = Page::default();
            page.heading("又一节");
            (text == "{{段}}").then_some(page)
        }

        fn outlined(&mut self, annexes: Vec<String>, places: Vec<(String, usize)>) {
            let places = places.iter().map(|(said, annex)| format!("{annex}:{said}"));
            self.0 = annexes.into_iter().chain(places).collect();
        }
    }

    fn template(more: &str) -> Vec<u8> {
        let mut page = Page::titled("关于{{名}}的方案");
        page.heading("现状");
        page.text("{{段}}");
        page.annex("台账", true);
        page.text(more);
        page.head = Some("稿 {{名}}".to_string());
        render(&page, &Layout::official()).unwrap_or_default()
    }

    #[test]
    fn places_are_filled_and_all_else_stays() -> io::Result<()> {
        let file = template("{{段}}");
        let mut told = Told(Vec::new());
        let filled = Letterhead::read(&file)?.filled(&mut told, &Layout::official());
        let filled = filled.unwrap_or_else(|failed| panic!("{failed:?}"));
        assert_eq!(
            told.0,
            ["台账", "0:关于{{名}}的方案", "0:{{段}}", "1:{{段}}"]
        );
        let (was, is) = (Letterhead::read(&file)?, Letterhead::read(&filled)?);
        let text = is.text(DOCUMENT)?;
        for said in [
            "关于望京&lt;小学&gt;的方案",
            "一、现状",
            "一、又一节",
            "二、又一节",
        ] {
            assert!(text.contains(said), "{said} in {text}");
        }
        assert!(!text.contains("{{"));
        assert_eq!(text.matches("<w:sectPr>").count(), 2);
        assert!(is.text("word/header1.xml")?.contains("稿 望京"));
        assert_eq!(was.text(STYLES)?, is.text(STYLES)?, "it has them all");
        Ok(())
    }

    #[test]
    fn a_file_without_our_styles_gets_them_and_keeps_its_own() -> io::Result<()> {
        let mut file = Letterhead::read(&template(""))?;
        let own = "<w:styles><w:style w:type=\"paragraph\" w:default=\"1\" w:styleId=\"a\"><w:name w:val=\"Normal\"/></w:style>\
                   <w:style w:type=\"paragraph\" w:styleId=\"1\"><w:name w:val=\"heading 1\"/></w:style>\
                   <w:style w:type=\"character\" w:styleId=\"Title\"><w:name w:val=\"x\"/></w:style></w:styles>";
        file.put(STYLES, own.as_bytes().to_vec());
        let names = file.styles(&Layout::official())?;
        assert_eq!(names[index(Style::Body)], "a");
        assert_eq!(names[index(Style::Heading)], "1");
        assert_eq!(names[index(Style::Cell)], "TableCell");
        let now = file.text(STYLES)?;
        assert_eq!(now.matches("w:default=\"1\"").count(), 1);
        assert!(now.starts_with(own.trim_end_matches("</w:styles>")));
        Ok(())
    }

    #[test]
    fn what_is_no_word_file_is_refused() {
        assert!(Letterhead::read(b"not a word file").is_err());
        let told = Letterhead::read(&template("{{无}}"))
            .map(|file| file.filled(&mut Told(Vec::new()), &Layout::official()));
        let faults = match told {
            Ok(Err(Unfilled::Faults(faults))) => faults,
            _ => Vec::new(),
        };
        assert_eq!(faults, ["{{无}}"]);
    }
}
