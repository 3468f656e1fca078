//! Data go to standard output, talk to standard error.

use std::fmt::Display;
use std::io::{self, IsTerminal, Write};
use std::path::Path;

use super::args::{Colours, General};
use super::exit::Exit;
use crate::case::Case;
use crate::report::page::{Page, tame};
use crate::report::terminal;
use crate::words::{Lang, trouble};

/// In which language and form a run speaks.
#[derive(Debug)]
pub struct Voice {
    /// The language of everything on the terminal.
    pub lang: Lang,
    asked: Option<Lang>,
    /// Whether data are written as JSON.
    pub json: bool,
    quiet: bool,
    colours: bool,
}

impl Voice {
    /// The voice a planner asked for.
    pub fn new(general: &General, lang: Lang) -> Voice {
        Voice {
            lang,
            asked: general.lang.map(Lang::from),
            json: general.json,
            quiet: general.quiet,
            colours: match general.color {
                Colours::Always => true,
                Colours::Never => false,
                Colours::Auto => io::stdout().is_terminal() && !set("NO_COLOR"),
            },
        }
    }

    /// The language of files: the one asked for by name, else the case's, never the locale's.
    pub fn file_language(&self, case: &Case) -> Lang {
        self.asked.unwrap_or(case.lang)
    }

    /// Whether progress may be drawn.
    pub fn draws_progress(&self) -> bool {
        !self.quiet && io::stderr().is_terminal()
    }

    /// Writes data. Whoever closed standard output has read enough: that is no failure.
    ///
    /// # Errors
    /// When standard output cannot be written for another reason.
    pub fn put(&self, text: &str) -> Result<(), Exit> {
        self.put_through(|out| out.write_all(text.as_bytes()))
    }

    /// Writes data bit by bit, so that what is long is never held whole.
    ///
    /// # Errors
    /// As [`Voice::put`].
    pub fn put_through(
        &self,
        fill: impl FnOnce(&mut dyn Write) -> io::Result<()>,
    ) -> Result<(), Exit> {
        let mut out = io::BufWriter::new(io::stdout().lock());
        match fill(&mut out).and_then(|()| out.flush()) {
            Err(failed) if failed.kind() != io::ErrorKind::BrokenPipe => Err(self.fail(
                ("写不了标准输出", "standard output cannot be written"),
                failed,
            )),
            _ => Ok(()),
        }
    }

    /// Writes a page.
    ///
    /// # Errors
    /// As [`Voice::put`].
    pub fn put_page(&self, page: &Page) -> Result<(), Exit> {
        self.put(&terminal::render(page, self.colours))
    }

    /// Writes JSON.
    ///
    /// # Errors
    /// As [`Voice::put`].
    pub fn put_json(&self, value: &serde_json::Value) -> Result<(), Exit> {
        self.put(&format!("{value:#}\n"))
    }

    /// Says something worth knowing; nothing when quiet is wanted.
    pub fn say(&self, text: impl Display) {
        if !self.quiet {
            self.warn(text);
        }
    }

    /// Says what must be said even when quiet is wanted.
    pub fn warn(&self, text: impl Display) {
        // With standard error closed there is nobody to tell.
        let _ = writeln!(io::stderr(), "{text}");
    }

    /// Says why the run cannot go on.
    pub fn fail(&self, what: (&str, &str), why: impl Display) -> Exit {
        let what = self.lang.pick(what.0, what.1);
        let why = tame(&why.to_string());
        self.warn(self.lang.pick(
            format!("错误：{what}：{why}"),
            format!("error: {what}: {why}"),
        ));
        Exit::CouldNotRun
    }

    /// Says which file or folder the run cannot go on without, and why.
    pub fn fail_at(&self, what: (&str, &str), path: &Path, why: &io::Error) -> Exit {
        let (zh, en) = trouble(why);
        let why = self.lang.pick(zh, en);
        self.fail(
            what,
            self.lang.pick(
                format!("{}（{why}）", path.display()),
                format!("{} ({why})", path.display()),
            ),
        )
    }
}

fn set(name: &str) -> bool {
    std::env::var_os(name).is_some_and(|value| !value.is_empty())
}
