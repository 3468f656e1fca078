//! Findings of one file or sheet, capped by kind: a spoiled file of 200,000 lines does not make 200,000 notices.

use crate::words::catalogue::MORE_OF_THE_SAME;
use crate::words::{Code, Notice, Notices, Place};

/// How many findings of one kind are listed for one file; the others are counted.
const LISTED: usize = 200;

/// How much of an offending text is shown, in characters.
const SHOWN: usize = 60;

/// Collects the findings of one file.
pub struct Findings<'a> {
    origin: Place,
    notices: &'a mut Notices,
    counts: Vec<(Code, usize)>,
}

impl<'a> Findings<'a> {
    /// Nothing found yet in a file, or in a sheet of a workbook.
    pub fn new(origin: Place, notices: &'a mut Notices) -> Findings<'a> {
        Findings {
            origin,
            notices,
            counts: Vec::new(),
        }
    }

    /// A finding in this file, to be filled and [pushed](Findings::push).
    pub fn notice(&self, code: Code, line: Option<usize>, column: Option<usize>) -> Notice {
        Notice::new(
            code,
            Place {
                line,
                column,
                ..self.origin.clone()
            },
        )
    }

    /// The beginning of an offending text.
    pub fn shown(&self, text: &str) -> String {
        match text.char_indices().nth(SHOWN) {
            Some((end, _)) => format!("{}…", &text[..end]),
            None => text.to_string(),
        }
    }

    /// Adds a finding, unless enough of its kind are listed.
    pub fn push(&mut self, notice: Notice) {
        let code = notice.code;
        let at = self
            .counts
            .iter()
            .position(|(known, _)| *known == code)
            .unwrap_or_else(|| {
                self.counts.push((code, 0));
                self.counts.len() - 1
            });
        self.counts[at].1 += 1;
        if self.counts[at].1 <= LISTED {
            self.notices.push(notice);
        }
    }

    /// Says how many findings of each kind were not listed.
    pub fn close(self) {
        for (code, count) in self.counts.into_iter().filter(|(_, count)| *count > LISTED) {
            let more = Notice::new(MORE_OF_THE_SAME, self.origin.clone());
            self.notices.push(more.with(count - LISTED).with(code.0));
        }
    }
}
