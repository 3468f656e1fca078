//! The archive that holds a document, and its small parts.

use std::io::{self, Cursor, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use super::body::NAMESPACES;
use super::layout::Layout;
use super::styles::{Style, styles};
use super::xml::Xml;
use crate::report::page::{Block, Page};

const RELATIONSHIPS: &str = "http://schemas.openxmlformats.org/package/2006/relationships";
const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const WORD: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml";

/// The archive.
pub(super) fn pack(document: &[u8], page: &Page, layout: &Layout) -> io::Result<Vec<u8>> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    // Without a clock: the same document gives the same bytes.
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(DateTime::default());
    let parts: [(&str, Vec<u8>); 9] = [
        ("[Content_Types].xml", types()?),
        ("_rels/.rels", package_links()?),
        ("docProps/core.xml", properties(page)?),
        ("word/document.xml", document.to_vec()),
        ("word/styles.xml", styles(layout)?),
        ("word/settings.xml", settings(layout)?),
        ("word/footer1.xml", footer(layout, false)?),
        ("word/footer2.xml", footer(layout, true)?),
        ("word/_rels/document.xml.rels", document_links()?),
    ];
    for (name, bytes) in parts {
        archive.start_file(name, options)?;
        archive.write_all(&bytes)?;
    }
    Ok(archive.finish()?.into_inner())
}

fn types() -> io::Result<Vec<u8>> {
    let mut xml = Xml::new()?;
    let namespace = "http://schemas.openxmlformats.org/package/2006/content-types";
    xml.open("Types", &[("xmlns", namespace)])?;
    let links = "application/vnd.openxmlformats-package.relationships+xml";
    for (extension, kind) in [("rels", links), ("xml", "application/xml")] {
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
    ];
    for (part, kind) in &parts {
        xml.leaf("Override", &[("PartName", part), ("ContentType", kind)])?;
    }
    xml.close("Types")?;
    Ok(xml.into_bytes())
}

fn links(links: &[(&str, String, &str)]) -> io::Result<Vec<u8>> {
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
    links(&[
        (
            "rId1",
            format!("{OFFICE}/officeDocument"),
            "word/document.xml",
        ),
        ("rId2", core.to_string(), "docProps/core.xml"),
    ])
}

fn document_links() -> io::Result<Vec<u8>> {
    links(&[
        ("rId1", format!("{OFFICE}/styles"), "styles.xml"),
        ("rId2", format!("{OFFICE}/settings"), "settings.xml"),
        ("rId3", format!("{OFFICE}/footer"), "footer1.xml"),
        ("rId4", format!("{OFFICE}/footer"), "footer2.xml"),
    ])
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
