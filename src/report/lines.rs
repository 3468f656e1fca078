//! JSON for long reports: written as it is made, one record a line, so that a nation's plan needs no memory beside the
//! plan and the file can be read with line tools.

use std::io::{self, Write};

use serde::Serialize;
use serde::ser::Serializer;
use serde_json::ser::Formatter;

/// Down to this depth each part stands on a line of its own; below it a record stays on its line.
const DEPTH: usize = 2;

/// Writes a value and a line feed.
///
/// # Errors
/// When `out` cannot be written.
pub fn write(out: impl Write, value: &impl Serialize) -> io::Result<()> {
    let mut serializer = serde_json::Serializer::with_formatter(out, Lines::default());
    value.serialize(&mut serializer)?;
    serializer.into_inner().write_all(b"\n")
}

/// A list made while it is written, each time anew.
pub struct Each<F>(pub F);

impl<F, I> Serialize for Each<F>
where
    F: Fn() -> I,
    I: Iterator,
    I::Item: Serialize,
{
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq((self.0)())
    }
}

/// Breaks lines between parts down to [`DEPTH`].
#[derive(Default)]
struct Lines {
    depth: usize,
    /// Whether the list or object last closed or now open has a part.
    filled: bool,
}

impl Lines {
    fn open<W: ?Sized + Write>(&mut self, out: &mut W, mark: &[u8]) -> io::Result<()> {
        self.depth += 1;
        self.filled = false;
        out.write_all(mark)
    }

    fn part<W: ?Sized + Write>(&mut self, out: &mut W, first: bool) -> io::Result<()> {
        if !first {
            out.write_all(b",")?;
        }
        self.line(out)
    }

    fn line<W: ?Sized + Write>(&self, out: &mut W) -> io::Result<()> {
        match self.depth {
            0 => Ok(()),
            depth if depth <= DEPTH => {
                out.write_all(b"\n")?;
                (0..depth).try_for_each(|_| out.write_all(b"  "))
            }
            _ => Ok(()),
        }
    }

    fn close<W: ?Sized + Write>(&mut self, out: &mut W, mark: &[u8]) -> io::Result<()> {
        self.depth -= 1;
        if self.filled && self.depth < DEPTH {
            out.write_all(b"\n")?;
            (0..self.depth).try_for_each(|_| out.write_all(b"  "))?;
        }
        self.filled = true;
        out.write_all(mark)
    }
}

impl Formatter for Lines {
    fn begin_array<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.open(out, b"[")
    }

    fn end_array<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.close(out, b"]")
    }

    fn begin_array_value<W: ?Sized + Write>(&mut self, out: &mut W, first: bool) -> io::Result<()> {
        self.part(out, first)
    }

    fn end_array_value<W: ?Sized + Write>(&mut self, _out: &mut W) -> io::Result<()> {
        self.filled = true;
        Ok(())
    }

    fn begin_object<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.open(out, b"{")
    }

    fn end_object<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.close(out, b"}")
    }

    fn begin_object_key<W: ?Sized + Write>(&mut self, out: &mut W, first: bool) -> io::Result<()> {
        self.part(out, first)
    }

    fn end_object_value<W: ?Sized + Write>(&mut self, _out: &mut W) -> io::Result<()> {
        self.filled = true;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    #[test]
    fn records_stand_on_a_line_each() -> io::Result<()> {
        let value =
            json!({ "a": { "b": [], "c": {} }, "rows": [{ "x": [1, 2] }, { "x": [] }], "z": [] });
        let mut bytes = Vec::new();
        write(&mut bytes, &value)?;
        let text = String::from_utf8_lossy(&bytes);
        let expected = "{\n  \"a\":{\n    \"b\":[],\n    \"c\":{}\n  },\n  \"rows\":[\n    {\"x\":[1,2]},\n    \
                        {\"x\":[]}\n  ],\n  \"z\":[]\n}\n";
        assert_eq!(text, expected);
        let back: Value = serde_json::from_str(&text)?;
        assert_eq!(back, value);
        Ok(())
    }

    #[test]
    fn a_list_is_made_while_it_is_written() -> io::Result<()> {
        let mut bytes = Vec::new();
        write(&mut bytes, &Each(|| (0..3).map(|at| at * 2)))?;
        assert_eq!(bytes, b"[\n  0,\n  2,\n  4\n]\n");
        Ok(())
    }
}
