//! The folder a report is written to. It is opened before the long run, and its files appear whole or not at all.

use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

/// Bytes that are gathered before they go to the disk.
const BUFFER: usize = 1 << 18;

/// A folder in which files can be made.
#[derive(Debug)]
pub struct Folder {
    path: PathBuf,
}

impl Folder {
    /// Makes the folder if need be and tries whether files can be made in it.
    ///
    /// # Errors
    /// When the folder cannot be made or written to.
    pub fn open(path: &Path) -> io::Result<Folder> {
        std::fs::create_dir_all(path)?;
        tempfile::tempfile_in(path)?;
        Ok(Folder {
            path: path.to_path_buf(),
        })
    }

    /// A folder inside this one.
    ///
    /// # Errors
    /// As [`Folder::open`].
    pub fn inside(&self, name: &str) -> io::Result<Folder> {
        Folder::open(&self.path.join(name))
    }

    /// Where it is, as the planner named it.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Writes a file under another name in the same folder and renames it when it is complete.
    ///
    /// # Errors
    /// When the file cannot be written; an older file of the name is then left as it was.
    pub fn write(&self, name: &str, content: &[u8]) -> io::Result<PathBuf> {
        self.fill(name, |out| out.write_all(content))
    }

    /// As [`Folder::write`], the content written bit by bit by `fill`, so that a long file is never held whole.
    ///
    /// # Errors
    /// When the file cannot be written or `fill` fails; an older file of the name is then left as it was.
    pub fn fill(
        &self,
        name: &str,
        fill: impl FnOnce(&mut (dyn Write + Send)) -> io::Result<()>,
    ) -> io::Result<PathBuf> {
        let mut builder = tempfile::Builder::new();
        builder.prefix(".junheng-");
        shared(&mut builder);
        let file = builder.tempfile_in(&self.path)?;
        let mut buffered = BufWriter::with_capacity(BUFFER, file.as_file());
        fill(&mut buffered)?;
        buffered.flush()?;
        drop(buffered);
        file.as_file().sync_all()?;
        let path = self.path.join(name);
        file.persist(&path).map_err(|failed| failed.error)?;
        Ok(path)
    }
}

/// Asks for the permissions a new file has elsewhere instead of the private ones of a temporary file.
#[cfg(unix)]
fn shared(builder: &mut tempfile::Builder<'_, '_>) {
    use std::os::unix::fs::PermissionsExt;
    builder.permissions(std::fs::Permissions::from_mode(0o666));
}

#[cfg(not(unix))]
fn shared(_builder: &mut tempfile::Builder<'_, '_>) {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_replaced_whole_and_nothing_is_left_behind() -> io::Result<()> {
        let place = tempfile::tempdir()?;
        let folder = Folder::open(&place.path().join("a/b"))?;
        folder.write("plan.md", b"one")?;
        folder.write("plan.md", b"two")?;
        assert_eq!(std::fs::read(folder.path().join("plan.md"))?, b"two");
        assert_eq!(std::fs::read_dir(folder.path())?.count(), 1);
        Ok(())
    }

    #[test]
    fn a_file_is_no_folder() -> io::Result<()> {
        let file = tempfile::NamedTempFile::new()?;
        assert!(Folder::open(file.path()).is_err());
        Ok(())
    }
}
