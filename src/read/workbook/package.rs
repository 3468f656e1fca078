//! Zip packages: their parts as streams, within one budget of unpacked bytes.

use std::collections::BTreeMap;
use std::error::Error;
use std::fmt;
use std::io::{self, Cursor, Read};

use zip::ZipArchive;
use zip::result::ZipError;

use super::{Refused, Tab, bounds, ods, xlsx};

/// What the first part of an OpenDocument spreadsheet says.
const ODS: &str = "application/vnd.oasis.opendocument.spreadsheet";

/// Reads the sheets of a package.
pub fn read(content: Vec<u8>) -> Result<Vec<Tab>, Refused> {
    let mut package = Package::open(content)?;
    if package.has("mimetype") {
        return match package.starts_with("mimetype", ODS)? {
            true => ods::read(&mut package),
            false => Err(Refused::Other("OpenDocument/ZIP")),
        };
    }
    if package.has("xl/workbook.bin") {
        return Err(Refused::Other("XLSB"));
    }
    match package.has("[content_types].xml") || package.has("xl/workbook.xml") {
        true => xlsx::read(&mut package),
        false => Err(Refused::Other("ZIP")),
    }
}

/// A zip package.
pub struct Package {
    archive: ZipArchive<Cursor<Vec<u8>>>,
    /// Where the parts stand, by their names in small letters: programs differ in their spelling.
    parts: BTreeMap<String, usize>,
    /// How many bytes may still be unpacked.
    left: u64,
}

impl Package {
    fn open(content: Vec<u8>) -> Result<Package, Refused> {
        let archive = ZipArchive::new(Cursor::new(content))?;
        if archive.len() > bounds::MOST_PARTS {
            return Err(Refused::Broken(format!(
                "{} > {} parts",
                archive.len(),
                bounds::MOST_PARTS
            )));
        }
        let parts = archive
            .file_names_raw()
            .enumerate()
            .map(|(at, name)| (plain(&String::from_utf8_lossy(name)), at))
            .collect();
        Ok(Package {
            archive,
            parts,
            left: bounds::UNPACKED_MIB << 20,
        })
    }

    /// Whether there is a part of this name.
    pub fn has(&self, name: &str) -> bool {
        self.parts.contains_key(&plain(name))
    }

    fn starts_with(&mut self, name: &str, start: &str) -> Result<bool, Refused> {
        let mut head = Vec::new();
        if let Some(part) = self.part(name)? {
            part.take(start.len() as u64).read_to_end(&mut head)?;
        }
        Ok(head == start.as_bytes())
    }

    /// A part as a stream; `None` when there is none of this name.
    pub fn part(&mut self, name: &str) -> Result<Option<Part<'_, impl Read + use<'_>>>, Refused> {
        let Some(&at) = self.parts.get(&plain(name)) else {
            return Ok(None);
        };
        let file = self.archive.by_index(at)?;
        Ok(Some(Part {
            source: file,
            left: &mut self.left,
            untagged: 0,
        }))
    }
}

/// A name of a part as it is looked up.
fn plain(name: &str) -> String {
    name.replace('\\', "/")
        .trim_start_matches('/')
        .to_ascii_lowercase()
}

/// A part being unpacked.
pub struct Part<'a, R> {
    source: R,
    left: &'a mut u64,
    /// Bytes since the last tag.
    untagged: usize,
}

impl<R: Read> Read for Part<'_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.source.read(buffer)?;
        let tag = buffer[..read].iter().rposition(|&byte| byte == b'<');
        self.untagged = tag.map_or(self.untagged + read, |at| read - at);
        match self.left.checked_sub(read as u64) {
            Some(left) if self.untagged <= bounds::BETWEEN_TAGS => *self.left = left,
            _ => return Err(io::Error::other(TooMuch)),
        }
        Ok(read)
    }
}

/// More was unpacked than the bounds allow.
#[derive(Debug)]
struct TooMuch;

impl fmt::Display for TooMuch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("too much to unpack")
    }
}

impl Error for TooMuch {}

impl From<io::Error> for Refused {
    fn from(error: io::Error) -> Refused {
        of_io(&error)
    }
}

fn of_io(error: &io::Error) -> Refused {
    match error.get_ref().is_some_and(|inner| inner.is::<TooMuch>()) {
        true => Refused::Bytes(bounds::UNPACKED_MIB),
        false => Refused::Broken(error.to_string()),
    }
}

impl From<quick_xml::Error> for Refused {
    fn from(error: quick_xml::Error) -> Refused {
        match &error {
            quick_xml::Error::Io(inner) => of_io(inner),
            _ => Refused::Broken(error.to_string()),
        }
    }
}

impl From<ZipError> for Refused {
    fn from(error: ZipError) -> Refused {
        match error {
            ZipError::Io(error) => of_io(&error),
            ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) => Refused::Locked,
            error => Refused::Broken(error.to_string()),
        }
    }
}
