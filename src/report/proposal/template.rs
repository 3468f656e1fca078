//! The text of a draft before its numbers: headings, sentences and the places where what the plan says is put. The shipped
//! forms are such texts; a planner exports one, edits it and gives it back.

use super::Form;
use super::parts::{Gives, PARTS, Part, part};
use crate::words::Lang;

/// A text with places in it, as it stands between them.
#[derive(Clone, PartialEq, Debug)]
pub enum Piece {
    /// Words.
    Words(String),
    /// What a part of the plan says there, on the same line.
    Value(&'static Part),
}

/// One line of a template.
#[derive(Clone, Debug)]
pub enum Line {
    /// The title, the first heading of the first rank.
    Title(Vec<Piece>),
    /// A heading of the first rank after it: an annex; whether its pages lie on their side.
    Annex(Vec<Piece>, bool),
    /// Opens a section.
    Heading(Vec<Piece>),
    /// Opens a part of a section.
    Subheading(Vec<Piece>),
    /// Must not be overlooked.
    Remark(Vec<Piece>),
    /// A point of a list.
    Point(Vec<Piece>),
    /// A sentence or more.
    Text(Vec<Piece>),
    /// A part that has lines of its own.
    Part(&'static Part),
    /// Ends a list.
    Blank,
}

/// A template.
#[derive(Clone, Debug, Default)]
pub struct Template {
    /// The form that gives paper, type, numbering and language; `None` where the text does not say.
    pub form: Option<Form>,
    /// What stands at the head of every sheet.
    pub head: Vec<Piece>,
    /// The lines.
    pub lines: Vec<Line>,
}

/// What is wrong with a template, in Chinese and English, and where.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Fault {
    /// The line, from 1; of a Word file the paragraph.
    pub line: usize,
    /// What is wrong, and what to do.
    pub said: (String, String),
}

impl Form {
    /// Its text, as it ships.
    pub fn text(self) -> &'static str {
        match self {
            Form::ZhOfficial => include_str!("forms/zh-official.md"),
            Form::ZhBrief => include_str!("forms/zh-brief.md"),
            Form::EnMemo => include_str!("forms/en-memo.md"),
        }
    }

    fn named(name: &str) -> Option<Form> {
        use clap::ValueEnum;
        Form::from_str(name, true).ok()
    }

    /// Its text for a planner who wants to change it: below it, every part that can be put in, with what it says.
    pub fn exported(self) -> String {
        let lang = self.lang();
        let mut text = self.text().to_string();
        text += lang.pick(
            "\n%% 以 % 开头的行是说明，不写进文稿。# 题目（<br> 处换行；再出现时为附件），## 和 ### 两级标题，- 条目，> 提示；序号自动编排；\n\
             %% 其下没有内容的标题不写。附件标题后加 {横向}，该附件横排。可以插入的内容如下，名称写在双花括号内：\n",
            "\n%% Lines that begin with % are notes and not written. # is the title (<br> breaks the line; each further one an annex), ## and ### are headings,\n\
             %% - a point, > a remark; numbers are added; a heading with nothing below is left out. {landscape} after the title of an\n\
             %% annex turns its pages. What can be put in, by its name between double braces:\n",
        );
        for one in PARTS {
            let (name, about) = (one.name(lang), lang.pick(one.about.0, one.about.1));
            let own = match (one.gives, lang) {
                (Gives::Text(_), _) => "",
                (Gives::Blocks(_), Lang::Zh) => "（单独成行）",
                (Gives::Blocks(_), Lang::En) => " (on a line of its own)",
            };
            text += &format!("%%   {name}{own}{}{about}\n", lang.pick("：", ": "));
        }
        text
    }
}

impl Template {
    /// Reads the text of a template.
    ///
    /// # Errors
    /// Everything that is wrong with it.
    pub fn read(text: &str) -> Result<Template, Vec<Fault>> {
        let mut template = Template::default();
        let mut faults = Vec::new();
        let mut titled = false;
        for (at, line) in text.trim_start_matches('\u{feff}').lines().enumerate() {
            let mut found = Reader {
                line: at + 1,
                faults: &mut faults,
            };
            let line = line.trim();
            if line.starts_with('%') {
                continue;
            }
            if !titled && template.keyed(line, &mut found) {
                continue;
            }
            let line = found.line_of(line, titled);
            titled |= matches!(line, Line::Title(_));
            template.lines.push(line);
        }
        if !titled {
            faults.push(Fault {
                line: 1,
                said: (
                    "没有题目：第一个标题写成“# 题目”".to_string(),
                    "there is no title: write the first heading as “# Title”".to_string(),
                ),
            });
        }
        match faults.is_empty() {
            true => Ok(template),
            false => Err(faults),
        }
    }

    /// Whether a line above the title says something of the whole text.
    fn keyed(&mut self, line: &str, found: &mut Reader) -> bool {
        let value = |keys: [&str; 2]| {
            let key = keys.into_iter().find(|key| line.starts_with(key))?;
            let rest = line[key.len()..].trim_start();
            rest.strip_prefix('：')
                .or(rest.strip_prefix(':'))
                .map(str::trim)
        };
        if let Some(name) = value(["版式", "form"]) {
            self.form = Form::named(name);
            if self.form.is_none() {
                found.fault(
                    format!("没有版式“{name}”；有 zh-official、zh-brief、en-memo"),
                    format!("there is no form “{name}”; there are zh-official, zh-brief, en-memo"),
                );
            }
            return true;
        }
        if let Some(head) = value(["页眉", "header"]) {
            self.head = found.pieces(head);
            return true;
        }
        false
    }
}

/// Reads one line.
struct Reader<'a> {
    line: usize,
    faults: &'a mut Vec<Fault>,
}

impl Reader<'_> {
    fn fault(&mut self, zh: String, en: String) {
        let line = self.line;
        self.faults.push(Fault {
            line,
            said: (zh, en),
        });
    }

    fn line_of(&mut self, line: &str, titled: bool) -> Line {
        if line.is_empty() {
            return Line::Blank;
        }
        if let Some(name) = alone(line) {
            match self.found(name) {
                Some(one) if matches!(one.gives, Gives::Blocks(_)) => return Line::Part(one),
                Some(one) => return Line::Text(vec![Piece::Value(one)]),
                None => return Line::Blank,
            }
        }
        let marks = line.chars().take_while(|c| *c == '#').count();
        if marks > 3 {
            self.fault(
                "标题最多三级：#、##、###".to_string(),
                "headings have three ranks at most: #, ##, ###".to_string(),
            );
        }
        let rest = line[marks..].trim();
        match marks {
            0 => match (line.strip_prefix("- "), line.strip_prefix('>')) {
                (Some(point), _) => Line::Point(self.pieces(point.trim())),
                (_, Some(remark)) => Line::Remark(self.pieces(remark.trim())),
                _ => Line::Text(self.pieces(line)),
            },
            1 if !titled => Line::Title(self.pieces(&rest.replace("<br>", "\n"))),
            1 => {
                let turned = ["{横向}", "{landscape}"]
                    .into_iter()
                    .find_map(|mark| rest.strip_suffix(mark));
                Line::Annex(self.pieces(turned.unwrap_or(rest).trim()), turned.is_some())
            }
            2 => Line::Heading(self.pieces(rest)),
            _ => Line::Subheading(self.pieces(rest)),
        }
    }

    /// A text with its places.
    fn pieces(&mut self, text: &str) -> Vec<Piece> {
        let mut pieces = Vec::new();
        let mut rest = text;
        while let Some(from) = rest.find("{{") {
            let Some(long) = rest[from..].find("}}") else {
                self.fault(
                    "“{{”没有对应的“}}”".to_string(),
                    "“{{” is not closed by “}}”".to_string(),
                );
                break;
            };
            pieces.push(Piece::Words(rest[..from].to_string()));
            let name = rest[from + 2..from + long].trim();
            match self.found(name) {
                Some(one) if matches!(one.gives, Gives::Blocks(_)) => self.fault(
                    format!("“{name}”是成段的内容，要单独成行"),
                    format!("“{name}” has lines of its own and has to stand on a line by itself"),
                ),
                Some(one) => pieces.push(Piece::Value(one)),
                None => {}
            }
            rest = &rest[from + long + 2..];
        }
        pieces.push(Piece::Words(rest.to_string()));
        pieces.retain(|piece| *piece != Piece::Words(String::new()));
        pieces
    }

    fn found(&mut self, name: &str) -> Option<&'static Part> {
        let found = part(name);
        if found.is_none() {
            let (zh, en) = alike(name);
            self.fault(
                format!("没有“{name}”这一项内容；{zh}"),
                format!("there is no part “{name}”; {en}"),
            );
        }
        found
    }
}

/// The name of the only place of a line that holds nothing else.
pub fn alone(line: &str) -> Option<&str> {
    let name = line.trim().strip_prefix("{{")?.strip_suffix("}}")?.trim();
    (!name.contains("{{") && !name.contains("}}")).then_some(name)
}

/// Reads one text with places, that of a paragraph of a Word file.
///
/// # Errors
/// Everything that is wrong with it.
pub fn pieces(text: &str, at: usize) -> Result<Vec<Piece>, Vec<Fault>> {
    let mut faults = Vec::new();
    let mut reader = Reader {
        line: at,
        faults: &mut faults,
    };
    let pieces = match alone(text).and_then(part) {
        Some(one) => vec![Piece::Value(one)],
        None => reader.pieces(text),
    };
    match faults.is_empty() {
        true => Ok(pieces),
        false => Err(faults),
    }
}

/// What may have been meant by a name.
fn alike(name: &str) -> (String, String) {
    let names = PARTS.iter().flat_map(|one| [one.zh, one.en]);
    let likeness = |one: &str| strsim::normalized_damerau_levenshtein(name, one);
    let nearest = names.max_by(|one, other| likeness(one).total_cmp(&likeness(other)));
    match nearest.filter(|one| likeness(one) >= 0.4) {
        Some(one) => (format!("是不是“{one}”？"), format!("did you mean “{one}”?")),
        None => (
            "可以插入的内容列在 junheng draft --print-template zh-official 之后".to_string(),
            "what can be put in is listed at the end of junheng draft --print-template en-memo"
                .to_string(),
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shipped_forms_are_sound_and_exported_ones_too() {
        for form in [Form::ZhOfficial, Form::ZhBrief, Form::EnMemo] {
            for text in [form.text().to_string(), form.exported()] {
                let template = Template::read(&text).unwrap_or_else(|faults| panic!("{faults:?}"));
                assert_eq!(template.form, Some(form));
                assert!(template.lines.len() > 20 && !template.head.is_empty());
            }
        }
    }

    #[test]
    fn every_fault_is_told_with_its_line_and_what_was_meant() {
        let text = "版式：zh-offical\n# 题\n{{短缺概诉}}\n文字{{资金表}}。\n#### 深\n{{没完\n";
        let faults = Template::read(text).err().unwrap_or_default();
        let lines: Vec<usize> = faults.iter().map(|fault| fault.line).collect();
        assert_eq!(lines, [1, 3, 4, 5, 6], "{faults:?}");
        assert!(faults[1].said.0.contains("是不是“短缺概述”"), "{faults:?}");
        assert!(faults[2].said.1.contains("by itself"), "{faults:?}");
        assert!(Template::read("没有题目").is_err());
    }

    #[test]
    fn the_first_heading_is_the_title_and_others_are_annexes() {
        let text = "页眉：稿\n# 一\n## 二\n- 甲\n> 乙\n# 三 {横向}\n";
        let template = Template::read(text).unwrap_or_else(|faults| panic!("{faults:?}"));
        let words = |text: &str| vec![Piece::Words(text.to_string())];
        assert_eq!(template.head, words("稿"));
        assert!(matches!(&template.lines[0], Line::Title(title) if *title == words("一")));
        assert!(matches!(&template.lines[2], Line::Point(point) if *point == words("甲")));
        assert!(matches!(&template.lines[4], Line::Annex(title, true) if *title == words("三")));
    }
}
