//! Writing TOML line by line, with comments, marks to be filled in, and safe quoting of whatever a sheet contains.

use crate::words::Lang;

/// A TOML file being written.
pub struct Page {
    lang: Lang,
    text: String,
    to_fill: usize,
    /// Whether lines are commented out.
    aside: bool,
}

impl Page {
    /// An empty file.
    pub fn new(lang: Lang) -> Page {
        Page {
            lang,
            text: String::new(),
            to_fill: 0,
            aside: false,
        }
    }

    /// What was written.
    pub fn into_text(self) -> String {
        self.text
    }

    /// How many places are marked to be filled in, those commented out not counted.
    pub fn to_fill(&self) -> usize {
        self.to_fill
    }

    /// Writes what `write` writes as comments, so that the planner can take it in by removing the signs.
    pub fn aside(&mut self, write: impl FnOnce(&mut Page)) {
        let before = std::mem::replace(&mut self.aside, true);
        write(self);
        self.aside = before;
    }

    /// An empty line and a table header such as `[case]`.
    pub fn table(&mut self, header: &str) {
        self.line("");
        self.line(header);
    }

    /// A comment. What comes from the sheet must be [`quoted`] in it.
    pub fn comment(&mut self, zh: &str, en: &str) {
        let comment = format!("# {}\n", self.lang.pick(zh, en));
        self.text.push_str(&comment);
    }

    /// A comment on a line of its own after an empty one.
    pub fn paragraph(&mut self, zh: &str, en: &str) {
        self.text.push('\n');
        self.comment(zh, en);
    }

    /// Names from the sheet as comment lines of a few each.
    pub fn list(&mut self, names: &[String]) {
        for some in names.chunks(6) {
            let quoted: Vec<String> = some.iter().map(|name| quoted(name)).collect();
            self.text
                .push_str(&format!("#     {}\n", quoted.join(", ")));
        }
    }

    /// `key = value` where the value is TOML already.
    pub fn raw(&mut self, key: &str, value: &str) {
        self.line(&format!("{key} = {value}"));
    }

    /// `key = value  # note`.
    pub fn noted(&mut self, key: &str, value: &str, note: &str) {
        self.line(&format!("{key} = {value}  # {note}"));
    }

    /// `key = "value"`.
    pub fn text(&mut self, key: &str, value: &str) {
        self.raw(key, &quoted(value));
    }

    /// A mark to be filled in with a number: a text, so that it cannot be taken for one.
    pub fn fill(&mut self, key: &str, zh: &str, en: &str) {
        let mark = self
            .lang
            .pick(format!("填写：{zh}"), format!("FILL IN: {en}"));
        self.text(key, &mark);
        self.to_fill += usize::from(!self.aside);
    }

    /// A line of TOML.
    pub fn line(&mut self, line: &str) {
        if self.aside {
            self.text.push_str(if line.is_empty() { "#" } else { "# " });
        }
        self.text.push_str(line);
        self.text.push('\n');
    }
}

/// A TOML basic string on one line, also safe inside a comment.
///
/// JSON's escapes are TOML's; JSON leaves DEL and the C1 control characters as they are, which are escaped here too,
/// and so are the marks that turn the direction of writing, lest a file show other text than it holds.
pub fn quoted(text: &str) -> String {
    let json = serde_json::Value::from(text).to_string();
    let mut quoted = String::with_capacity(json.len());
    for c in json.chars() {
        match c {
            '\u{7f}'..='\u{9f}'
            | '\u{200e}'
            | '\u{200f}'
            | '\u{2028}'..='\u{202e}'
            | '\u{2066}'..='\u{2069}' => {
                quoted.push_str(&format!("\\u{:04X}", c as u32));
            }
            _ => quoted.push(c),
        }
    }
    quoted
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn quoting_is_read_back_and_stays_on_its_line(text in any::<String>()) {
            let quoted = quoted(&text);
            prop_assert!(!quoted.contains(|c: char| c.is_control()));
            let read: toml::Table = toml::from_str(&format!("a = {quoted}  # {quoted}")).unwrap();
            prop_assert_eq!(read["a"].as_str(), Some(text.as_str()));
        }
    }

    #[test]
    fn marks_are_texts_and_counted_once() {
        let mut page = Page::new(Lang::Zh);
        page.fill("cost", "万元/台", "money per computer");
        page.aside(|page| page.fill("cost", "万元/册", "money per book"));
        assert_eq!(page.to_fill(), 1);
        assert_eq!(
            page.into_text(),
            "cost = \"填写：万元/台\"\n# cost = \"填写：万元/册\"\n"
        );
    }
}
