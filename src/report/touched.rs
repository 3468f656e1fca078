//! Whether a file that is about to be replaced was changed by a person since it was written here: a plan table in a
//! spreadsheet, a draft in Word. Such work is not lost without being asked for.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::Path;

/// The key under which `plan.json` has the hash of the table beside it, last of all.
pub const TABLE: &str = "plan_csv_blake3";

/// How the properties of a workbook and of a document end as they are written here; whoever saves one adds a name or time.
const ENDINGS: [&str; 2] = [
    "<dcterms:created xsi:type=\"dcterms:W3CDTF\">2026-01-01T00:00:00Z</dcterms:created>\
     <dcterms:modified xsi:type=\"dcterms:W3CDTF\">2026-01-01T00:00:00Z</dcterms:modified></cp:coreProperties>",
    "</dc:creator></cp:coreProperties>",
];
/// Whom they name.
const MAKER: &str = "<dc:creator>Junheng ";
/// Bytes of the properties that are read.
const MOST: u64 = 1 << 16;

/// Whether the plan table of a folder is not as it was written there: its hash is not that in `plan.json`, or there is no
/// `plan.json` that it could have been written with.
pub fn table_is_touched(folder: &Path) -> bool {
    let table = folder.join("plan.csv");
    if !table.is_file() {
        return false;
    }
    let told = folder.join("plan.json");
    if !told.is_file() {
        return true;
    }
    // Results of earlier versions have no hash; nothing is known of them.
    match (stated(&told).ok().flatten(), hash(&table)) {
        (Some(stated), Ok(hash)) => stated != hash,
        _ => false,
    }
}

/// The hash at the end of a `plan.json`, which may be too long to be read whole.
fn stated(file: &Path) -> io::Result<Option<String>> {
    let mut file = File::open(file)?;
    let long = file.metadata()?.len();
    file.seek(SeekFrom::Start(long.saturating_sub(256)))?;
    let mut end = Vec::new();
    file.take(256).read_to_end(&mut end)?;
    let end = String::from_utf8_lossy(&end);
    let value = end.split(&format!("\"{TABLE}\":")).nth(1);
    Ok(value
        .and_then(|rest| rest.split('"').nth(1))
        .map(str::to_string))
}

fn hash(file: &Path) -> io::Result<String> {
    let mut hasher = blake3::Hasher::new();
    io::copy(&mut File::open(file)?, &mut hasher)?;
    Ok(hasher.finalize().to_hex().to_string())
}

/// Whether a workbook or document is there and is not as it was written: another program has saved it, or it is something
/// else. One filled into an office's own file has the properties of that, `own`.
pub fn office_file_is_touched(file: &Path, own: Option<&Path>) -> bool {
    if !file.is_file() {
        return false;
    }
    let Some(said) = properties(file) else {
        return true;
    };
    let ours = said.contains(MAKER) && ENDINGS.iter().any(|ending| said.ends_with(ending));
    let of_own = || own.and_then(properties).is_some_and(|own| own == said);
    !(ours || of_own())
}

fn properties(file: &Path) -> Option<String> {
    let mut package = zip::ZipArchive::new(File::open(file).ok()?).ok()?;
    let part = package.by_name("docProps/core.xml").ok()?;
    let mut said = String::new();
    part.take(MOST).read_to_string(&mut said).ok()?;
    Some(said.trim_end().to_string())
}

/// Passes what is written on and hashes it on the way.
pub struct Hashed<W> {
    inner: W,
    hasher: blake3::Hasher,
}

impl<W: Write> Hashed<W> {
    /// Around what is written to.
    pub fn new(inner: W) -> Hashed<W> {
        Hashed {
            inner,
            hasher: blake3::Hasher::new(),
        }
    }

    /// The hash of all that was written.
    pub fn hash(&self) -> String {
        self.hasher.finalize().to_hex().to_string()
    }
}

impl<W: Write> Write for Hashed<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.inner.write(bytes)?;
        self.hasher.update(&bytes[..written]);
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.inner.flush()
    }
}
