//! From a file to its bytes, unpacked, within a stated limit.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use flate2::read::MultiGzDecoder;

use crate::words::catalogue::{FILE_MISSING, FILE_TOO_LARGE, FILE_UNREADABLE, GZIP_BROKEN};
use crate::words::{Notice, Place, trouble_in_both};

/// The largest table that is read, unpacked, in MiB. A nation's 240,000 schools at 1 KiB a record fit.
const LIMIT_MIB: u64 = 256;

/// What lies in a file.
pub struct Found {
    /// Its bytes, unpacked.
    pub content: Vec<u8>,
    /// BLAKE3 of its bytes as they lie on the disk, in hexadecimal.
    pub hash: String,
}

/// Reads and, where needed, unpacks a file.
pub fn read(folder: &Path, file: &str) -> Result<Found, Notice> {
    let notice = |code| Notice::new(code, Place::file(file));
    let too_large = || notice(FILE_TOO_LARGE).with(LIMIT_MIB);
    let unreadable = |error: io::Error| match error.kind() {
        io::ErrorKind::NotFound => notice(FILE_MISSING).text(file),
        _ => notice(FILE_UNREADABLE).with(trouble_in_both(&error)),
    };

    let raw = on_disk(&folder.join(file))
        .map_err(unreadable)?
        .ok_or_else(too_large)?;
    let hash = blake3::hash(&raw).to_hex().to_string();
    let content = if raw.starts_with(&[0x1f, 0x8b]) {
        let unpacked = limited(MultiGzDecoder::new(raw.as_slice()));
        unpacked
            .map_err(|error| notice(GZIP_BROKEN).with(error))?
            .ok_or_else(too_large)?
    } else {
        raw
    };
    Ok(Found { content, hash })
}

/// The bytes of a regular file; `None` when there are too many. Pipes and devices are refused: they may never end.
fn on_disk(path: &Path) -> io::Result<Option<Vec<u8>>> {
    let metadata = std::fs::metadata(path)?;
    if !metadata.is_file() {
        return Err(io::Error::new(
            io::ErrorKind::InvalidInput,
            "不是普通文件 / not a regular file",
        ));
    }
    if metadata.len() > LIMIT_MIB << 20 {
        return Ok(None);
    }
    limited(File::open(path)?)
}

fn limited(source: impl Read) -> io::Result<Option<Vec<u8>>> {
    let limit = LIMIT_MIB << 20;
    let mut content = Vec::new();
    source.take(limit + 1).read_to_end(&mut content)?;
    Ok((content.len() as u64 <= limit).then_some(content))
}
