//! A sweep that is under way, as files: what it follows from, and the points that are done. Killed at any instant, it goes
//! on after the last piece that is whole.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, BufReader, BufWriter, Read, Seek, SeekFrom, Write};
use std::path::PathBuf;

use super::super::csv;
use super::super::folder::Folder;
use super::super::question::Question;
use super::table;
use crate::study::sweep::{Design, Solved};
use crate::words::Lang;

/// What the sweep under way follows from.
const DESCRIPTION: &str = "sweep.part.json";
/// Its points that are done.
const PART: &str = "sweep.part.csv";
/// All points.
const WHOLE: &str = "sweep.csv";

/// A sweep under way.
#[derive(Debug)]
pub struct Begun<'a> {
    folder: &'a Folder,
    asked: Question<'a>,
    file: BufWriter<File>,
    /// Points that were done before.
    pub points: usize,
    /// The first piece that is to be done.
    pub chunk: usize,
}

/// Why a sweep cannot be begun in a folder.
#[derive(Debug)]
pub enum Refused {
    /// Another sweep is half done there.
    Another(PathBuf),
    /// It is being done at this moment.
    Busy(PathBuf),
    /// The files could not be read or written.
    Failed(io::Error),
}

impl From<io::Error> for Refused {
    fn from(failed: io::Error) -> Refused {
        Refused::Failed(failed)
    }
}

impl<'a> Begun<'a> {
    /// Begins a sweep in a folder, or takes up where it was stopped. `description` says what it follows from.
    ///
    /// # Errors
    /// As [`Refused`] says.
    pub fn open(
        folder: &'a Folder,
        asked: Question<'a>,
        design: &Design,
        description: &str,
    ) -> Result<Begun<'a>, Refused> {
        let described = folder.path().join(DESCRIPTION);
        let place = folder.path().join(PART);
        let going_on = match fs::read_to_string(&described) {
            Ok(found) if found == description => true,
            Ok(_) => return Err(Refused::Another(described)),
            Err(failed) if failed.kind() == io::ErrorKind::NotFound => false,
            Err(failed) => return Err(failed.into()),
        };
        let mut file = OpenOptions::new()
            .read(true)
            .write(true)
            .create(true)
            .truncate(false)
            .open(&place)?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Err(Refused::Busy(place)),
            Err(TryLockError::Error(failed)) => return Err(failed.into()),
        }
        let header = table::header(&asked, design);
        let done = match going_on {
            true => Done::of(&mut file, design, &header, asked.lang)?,
            false => Done::default(),
        };
        file.set_len(done.bytes)?;
        file.seek(SeekFrom::Start(done.bytes))?;
        let mut begun = Begun {
            folder,
            asked,
            file: BufWriter::new(file),
            points: done.points,
            chunk: done.chunk,
        };
        if done.bytes == 0 {
            csv::write(&mut begun.file, &header, [], asked.lang)?;
            begun.file.flush()?;
        }
        if !going_on {
            folder.write(DESCRIPTION, description.as_bytes())?;
        }
        Ok(begun)
    }

    /// Keeps the points of a piece.
    ///
    /// # Errors
    /// When they cannot be written.
    pub fn take(&mut self, points: &[Solved]) -> io::Result<()> {
        table::append(&mut self.file, &self.asked, points)?;
        self.file.flush()
    }

    /// Gives the table its name, all points being done. `beside` writes what goes with it, from the table, which it may
    /// read more than once.
    ///
    /// # Errors
    /// When a file cannot be written.
    pub fn finish(
        mut self,
        beside: impl FnOnce(&Folder, &mut BufReader<&File>) -> io::Result<()>,
    ) -> io::Result<PathBuf> {
        self.file.flush()?;
        let mut file = self
            .file
            .into_inner()
            .map_err(io::IntoInnerError::into_error)?;
        file.sync_all()?;
        file.seek(SeekFrom::Start(0))?;
        beside(self.folder, &mut BufReader::new(&file))?;
        let whole = self.folder.path().join(WHOLE);
        fs::rename(self.folder.path().join(PART), &whole)?;
        fs::remove_file(self.folder.path().join(DESCRIPTION))?;
        Ok(whole)
    }
}

/// How far a table goes that may have been cut anywhere.
#[derive(Clone, Copy, Default, Debug)]
struct Done {
    /// Points of whole pieces.
    points: usize,
    /// Whole pieces.
    chunk: usize,
    /// Where they end.
    bytes: u64,
}

impl Done {
    fn of(file: &mut File, design: &Design, header: &[String], lang: Lang) -> io::Result<Done> {
        let mut start = Vec::new();
        csv::write(&mut start, header, [], lang)?;
        let mut found = vec![0; start.len()];
        file.seek(SeekFrom::Start(0))?;
        let length = file.metadata()?.len();
        if length < start.len() as u64 {
            return Ok(Done::default());
        }
        file.read_exact(&mut found)?;
        if found != start {
            return Ok(Done::default());
        }
        let mut done = Done {
            bytes: start.len() as u64,
            ..Done::default()
        };
        let ends_whole = ends_in_newline(file)?;
        file.seek(SeekFrom::Start(done.bytes))?;
        let mut reader = ::csv::ReaderBuilder::new()
            .has_headers(false)
            .from_reader(BufReader::new(&*file));
        let mut record = ::csv::ByteRecord::new();
        let mut points = 0;
        while done.chunk < design.chunks()
            && matches!(reader.read_byte_record(&mut record), Ok(true))
        {
            points += 1;
            let end = start.len() as u64 + reader.position().byte();
            let number = record
                .get(0)
                .and_then(|cell| std::str::from_utf8(cell).ok());
            let sound = record.len() == header.len()
                && number == Some(points.to_string().as_str())
                && (end < length || ends_whole);
            if !sound {
                break;
            }
            if design.chunk(done.chunk).end == points {
                done = Done {
                    points,
                    chunk: done.chunk + 1,
                    bytes: end,
                };
            }
        }
        Ok(done)
    }
}

fn ends_in_newline(file: &mut File) -> io::Result<bool> {
    file.seek(SeekFrom::End(-1))?;
    let mut last = [0];
    file.read_exact(&mut last)?;
    Ok(last == *b"\n")
}
