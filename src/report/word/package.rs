//! The archive that holds a document, and its small parts.

use std::io::{self, Cursor, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use super::body::NAMESPACES;
use super::figure::link;
use super::layout::Layout;
use super::styles::{Style, styles};
use super::xml::Xml;
use crate::report::page::{Block, Page};

const RELATIONSHIPS: &str = "http://schemas.openxmlformats.org/package/2006/relationships";
const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const WORD: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml";

/// The archive of a text and its pictures.
pub(super) fn pack(
    (document, pictures): (Vec<u8>, Vec<Vec<u8>>),
    page: &Page,
    layout: &Layout,
) -> io::Result<Vec<u8>> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    // Without a clock: the same document gives the same bytes.
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(DateTime::default());
    let head = page.head.as_deref();
    let parts = [
        ("[Content_Types].xml", types(head.is_some())?),
        ("_rels/.rels", package_links()?),
        ("docProps/core.xml", properties(page)?),
        ("word/document.xml", document),
        ("word/styles.xml", styles(layout)?),
        ("word/settings.xml", settings(layout)?),
        ("word/footer1.xml", footer(layout, false)?),
        ("word/footer2.xml", footer(layout, true)?),
        (
            "word/_rels/document.xml.rels",
            document_links(head.is_some(), pictures.len())?,
        ),
    ];
    for (name, bytes) in parts {
        archive.start_file(name, options)?;
        archive.write_all(&bytes)?;
    }
    if let Some(head) = head {
        archive.start_file("word/header1.xml", options)?;
        archive.write_all(&header(head)?)?;
    }
    for (at, picture) in pictures.iter().enumerate() {
        archive.start_file(format!("word/{}", media(at + 1)), options)?;
        archive.write_all(picture)?;
    }
    Ok(archive.finish()?.into_inner())
}

/// Where a picture stands beside the text, from 1.
pub(super) fn media(at: usize) -> String {
    format!("media/chart{at}.png")
}

fn types(headed: bool) -> io::Result<Vec<u8>> {
    let mut xml = Xml::new()?;
    let namespace = "http://schemas.openxmlformats.org/package/2006/content-types";
    xml.open("Types", &[("xmlns", namespace)])?;
    let links = "application/vnd.openxmlformats-package.relationships+xml";
    for (extension, kind) in [
        ("rels", links),
        ("xml", "application/xml"),
        ("png", "image/png"),
    ] {
        xml.leaf(
            "Default",
            &[("Extension", extension), ("ContentType", kind)],
        )?;
    }
    let core = "application/vnd.openxmlformats-package.core-properties+xml";
    let parts = [
        ("/word/document.xml", format!("{WORD}.document.main+xml")),
        ("/word/styles.xml", format!("{WORD}.styles+xml")),
        ("/word/settings.xml", format!("{WORD}.settings+xml")),
        ("/word/footer1.xml", format!("{WORD}.footer+xml")),
        ("/word/footer2.xml", format!("{WORD}.footer+xml")),
        ("/docProps/core.xml", core.to_string()),
        ("/word/header1.xml", format!("{WORD}.header+xml")),
    ];
    let parts = &parts[..parts.len() - usize::from(!headed)];
    for (part, kind) in parts {
        xml.leaf("Override", &[("PartName", part), ("ContentType", kind)])?;
    }
    xml.close("Types")?;
    Ok(xml.into_bytes())
}

fn links(links: &[(String, String, String)]) -> io::Result<Vec<u8>> {
    let mut xml = Xml::new()?;
    xml.open("Relationships", &[("xmlns", RELATIONSHIPS)])?;
    for (id, kind, target) in links {
        xml.leaf(
            "Relationship",
            &[("Id", id), ("Type", kind), ("Target", target)],
        )?;
    }
    xml.close("Relationships")?;
    Ok(xml.into_bytes())
}

fn package_links() -> io::Result<Vec<u8>> {
    let core =
        "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties";
    let link = |id: &str, kind: String, target: &str| (id.to_string(), kind, target.to_string());
    links(&[
        link(
            "rId1",
            format!("{OFFICE}/officeDocument"),
            "word/document.xml",
        ),
        link("rId2", core.to_string(), "docProps/core.xml"),
    ])
}

fn document_links(headed: bool, pictures: usize) -> io::Result<Vec<u8>> {
    let parts = [
        ("styles", "styles.xml"),
        ("settings", "settings.xml"),
        ("footer", "footer1.xml"),
        ("footer", "footer2.xml"),
        ("header", "header1.xml"),
    ];
    let parts = &parts[..parts.len() - usize::from(!headed)];
    let parts = parts.iter().enumerate().map(|(at, (kind, target))| {
        (
            format!("rId{}", at + 1),
            format!("{OFFICE}/{kind}"),
            target.to_string(),
        )
    });
    let pictures = (1..=pictures).map(|at| (link(at), format!("{OFFICE}/image"), media(at)));
    links(&parts.chain(pictures).collect::<Vec<_>>())
}

/// The document's title and maker; no time.
fn properties(page: &Page) -> io::Result<Vec<u8>> {
    let title = page.blocks.iter().find_map(|block| match block {
        Block::Title(title) => Some(title.as_str()),
        _ => None,
    });
    let mut xml = Xml::new()?;
    xml.open(
        "cp:coreProperties",
        &[
            (
                "xmlns:cp",
                "http://schemas.openxmlformats.org/package/2006/metadata/core-properties",
            ),
            ("xmlns:dc", "http://purl.org/dc/elements/1.1/"),
        ],
    )?;
    xml.text("dc:title", &[], title.unwrap_or_default())?;
    xml.text(
        "dc:creator",
        &[],
        concat!("Junheng ", env!("CARGO_PKG_VERSION")),
    )?;
    xml.close("cp:coreProperties")?;
    Ok(xml.into_bytes())
}

fn settings(layout: &Layout) -> io::Result<Vec<u8>> {
    let mut xml = Xml::new()?;
    xml.open("w:settings", &NAMESPACES[..1])?;
    if layout.chinese {
        xml.leaf("w:evenAndOddHeaders", &[])?;
        xml.value("w:characterSpacingControl", "compressPunctuation")?;
    }
    xml.open("w:compat", &[])?;
    // Without it Word takes the file for one of 2007 and says so in its title bar.
    xml.leaf(
        "w:compatSetting",
        &[
            ("w:name", "compatibilityMode"),
            ("w:uri", "http://schemas.microsoft.com/office/word"),
            ("w:val", "15"),
        ],
    )?;
    xml.close("w:compat")?;
    xml.close("w:settings")?;
    Ok(xml.into_bytes())
}

/// What stands at the head of every page.
fn header(head: &str) -> io::Result<Vec<u8>> {
    let mut xml = Xml::new()?;
    xml.open("w:hdr", &NAMESPACES)?;
    xml.open("w:p", &[])?;
    xml.open("w:pPr", &[])?;
    xml.value("w:pStyle", Style::Head.id())?;
    xml.close("w:pPr")?;
    said(&mut xml, head)?;
    xml.close("w:p")?;
    xml.close("w:hdr")?;
    Ok(xml.into_bytes())
}

/// The page number: in Chinese between dashes on the outer side, one character in; in English in the middle.
fn footer(layout: &Layout, even: bool) -> io::Result<Vec<u8>> {
    let mut xml = Xml::new()?;
    xml.open("w:ftr", &NAMESPACES)?;
    xml.open("w:p", &[])?;
    xml.open("w:pPr", &[])?;
    xml.value("w:pStyle", Style::Number.id())?;
    match (layout.chinese, even) {
        (true, true) => {
            xml.leaf("w:ind", &[("w:left", "280")])?;
            xml.value("w:jc", "left")?;
        }
        (true, false) => {
            xml.leaf("w:ind", &[("w:right", "280")])?;
            xml.value("w:jc", "right")?;
        }
        (false, _) => xml.value("w:jc", "center")?,
    }
    xml.close("w:pPr")?;
    let dash = if layout.chinese {
        ["— ", " —"]
    } else {
        ["", ""]
    };
    said(&mut xml, dash[0])?;
    xml.open("w:fldSimple", &[("w:instr", "PAGE")])?;
    said(&mut xml, "1")?;
    xml.close("w:fldSimple")?;
    said(&mut xml, dash[1])?;
    xml.close("w:p")?;
    xml.close("w:ftr")?;
    Ok(xml.into_bytes())
}

fn said(xml: &mut Xml, text: &str) -> io::Result<()> {
    if text.is_empty() {
        return Ok(());
    }
    xml.open("w:r", &[])?;
    xml.text("w:t", &[("xml:space", "preserve")], text)?;
    xml.close("w:r")
}
