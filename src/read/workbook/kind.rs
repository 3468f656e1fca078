//! What a file is, by its first bytes.

/// What a file is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kind {
    /// A zip package: XLSX, ODS or something else.
    Zip,
    /// An OLE compound file: XLS, an encrypted XLSX, or something else.
    Compound,
    /// A text, such as a CSV table.
    Text,
    /// Something that is not read.
    Other(&'static str),
}

/// How files begin that are taken for tables but are not read. A gzip file is unpacked before, but once only.
const OTHERS: [(&[u8], &str); 9] = [
    (b"\x1f\x8b", "gzip"),
    (b"%PDF", "PDF"),
    (b"\x09\x08\x08\x00", "XLS (Excel 5)"),
    (b"\x09\x08\x10\x00", "XLS (BIFF8)"),
    (b"\x09\x04\x06\x00", "XLS (Excel 4)"),
    (b"\x09\x02\x06\x00", "XLS (Excel 3)"),
    (b"\x09\x00\x04\x00", "XLS (Excel 2)"),
    (b"{\\rtf", "RTF"),
    (b"SQLite format 3\0", "SQLite"),
];

/// How pages begin that programs save as `.xls`, in small letters and after white space.
const PAGES: [(&str, &str); 8] = [
    ("<html", "HTML"),
    ("<!doctype html", "HTML"),
    ("<head", "HTML"),
    ("<meta", "HTML"),
    ("<table", "HTML"),
    ("<?xml", "XML"),
    ("<workbook", "XML"),
    ("mime-version:", "MHTML"),
];

/// What the content of a file is.
pub fn of_content(content: &[u8]) -> Kind {
    if content.starts_with(b"PK\x03\x04") || content.starts_with(b"PK\x05\x06") {
        return Kind::Zip;
    }
    if content.starts_with(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1") {
        return Kind::Compound;
    }
    let head = content.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(content);
    let head = head.trim_ascii_start();
    let head = String::from_utf8_lossy(&head[..head.len().min(32)]).to_ascii_lowercase();
    let other = OTHERS.iter().find(|(start, _)| content.starts_with(start));
    let other = other.map(|(_, name)| *name);
    let page = || PAGES.iter().find(|(start, _)| head.starts_with(start));
    match other.or_else(|| page().map(|(_, name)| *name)) {
        Some(name) => Kind::Other(name),
        None => Kind::Text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_told_by_their_content() {
        for (content, kind) in [
            (&b"PK\x03\x04rest"[..], Kind::Zip),
            (b"%PDF-1.7", Kind::Other("PDF")),
            (b"\xEF\xBB\xBF\n <HTML><body>", Kind::Other("HTML")),
            (b"<?xml version=\"1.0\"?><Workbook>", Kind::Other("XML")),
            (b"id,name\n1,<html>", Kind::Text),
            (b"", Kind::Text),
        ] {
            assert_eq!(of_content(content), kind, "{content:?}");
        }
    }
}
