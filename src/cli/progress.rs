//! Progress of long work: a bar where a person looks on, lines elsewhere.

use std::sync::atomic::{AtomicUsize, Ordering};

use indicatif::{ProgressBar, ProgressStyle};

use super::voice::Voice;

/// Lines that are said of one long work, at most.
const LINES: usize = 20;

/// How far long work has come.
pub struct Progress<'a> {
    voice: &'a Voice,
    bar: Option<ProgressBar>,
    total: usize,
    finished: AtomicUsize,
}

impl<'a> Progress<'a> {
    /// Work of so many pieces, of which some are done.
    pub fn new(voice: &'a Voice, total: usize, done: usize) -> Progress<'a> {
        let bar = voice.draws_progress().then(|| {
            let style = ProgressStyle::with_template("{bar:24} {pos}/{len} {msg}");
            let bar = ProgressBar::new(total as u64)
                .with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
            bar.set_position(done as u64);
            bar
        });
        Progress {
            voice,
            bar,
            total,
            finished: AtomicUsize::new(done),
        }
    }

    /// A piece is done, the one of this name.
    pub fn done(&self, name: &str) {
        self.step(1, &crate::report::page::tame(name));
    }

    /// So many pieces more are done, the last of them being this; `said` may be empty.
    pub fn step(&self, pieces: usize, said: &str) {
        let before = self.finished.fetch_add(pieces, Ordering::Relaxed);
        let (finished, total) = (before + pieces, self.total);
        if let Some(bar) = &self.bar {
            bar.set_message(said.to_string());
            bar.inc(pieces as u64);
            return;
        }
        let line = |done: usize| done * LINES.min(total) / total.max(1);
        if line(before) == line(finished) {
            return;
        }
        let (zh, en) = match said {
            "" => (String::new(), String::new()),
            said => (format!("：{said}"), format!(": {said}")),
        };
        self.voice.say(self.voice.lang.pick(
            format!("已完成 {finished}/{total}{zh}"),
            format!("done {finished}/{total}{en}"),
        ));
    }

    /// Takes the bar away.
    pub fn finish(&self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }
}
