//! The words of a draft: those of a shipped form, or a planner's own template.

use std::io::Read;
use std::path::Path;

use super::args::Draft;
use super::exit::Exit;
use super::template::save;
use super::voice::Voice;
use crate::report::proposal::{Fault, Form, Template, office};
use crate::report::word::Letterhead;
use crate::words::Lang;

/// The words of a draft.
pub enum Wording {
    /// A text with places.
    Text(Template),
    /// A Word file with places.
    Word(Letterhead),
}

/// How large a template may be.
const MOST: u64 = 16 << 20;

const UNREAD: (&str, &str) = ("读不到模板", "the template cannot be read");

impl Wording {
    /// Reads the template a planner asks for; that of the form where there is none.
    ///
    /// # Errors
    /// When it cannot be read, or asks for what there is not, which has then been said.
    pub fn of(voice: &Voice, asked: &Draft) -> Result<Option<Wording>, Exit> {
        let Some(path) = &asked.template else {
            return Ok(None);
        };
        let unread = |failed| voice.fail_at(UNREAD, path, &failed);
        let file = std::fs::File::open(path).map_err(unread)?;
        let mut bytes = Vec::new();
        file.take(MOST + 1)
            .read_to_end(&mut bytes)
            .map_err(unread)?;
        if bytes.len() as u64 > MOST {
            let what = ("模板太大", "the template is too large");
            return Err(voice.fail(what, format!("{} > 16 MiB", path.display())));
        }
        let is = |ending: &str| {
            path.extension()
                .is_some_and(|own| own.eq_ignore_ascii_case(ending))
        };
        if is("docx") {
            let word = Letterhead::read(&bytes);
            return word
                .map(|word| Some(Wording::Word(word)))
                .map_err(|failed| {
                    let what = (
                        "模板不是能读的 Word 文件（.docx）",
                        "the template is no Word file (.docx) that can be read",
                    );
                    voice.fail_at(what, path, &failed)
                });
        }
        if !(is("md") || is("txt")) {
            let what = (
                "模板是 .docx、.md 或 .txt 文件",
                "a template is a .docx, .md or .txt file",
            );
            return Err(voice.fail(what, path.display()));
        }
        let Ok(text) = String::from_utf8(bytes) else {
            let why = voice
                .lang
                .pick("请另存为 UTF-8 编码", "save it in the encoding UTF-8");
            return Err(voice.fail(UNREAD, format!("{} ({why})", path.display())));
        };
        Template::read(&text)
            .map(|template| Some(Wording::Text(template)))
            .map_err(|faults| told(voice, path, &faults))
    }

    /// The form it states.
    pub fn form(&self) -> Option<Form> {
        match self {
            Wording::Text(template) => template.form,
            Wording::Word(_) => None,
        }
    }
}

/// The words of a shipped form. It is sound, as a test proves.
pub fn shipped(form: Form) -> Wording {
    Wording::Text(Template::read(form.text()).unwrap_or_default())
}

/// Says all that is wrong with a template.
pub fn told(voice: &Voice, path: &Path, faults: &[Fault]) -> Exit {
    let path = path.display();
    for fault in faults {
        let (line, (zh, en)) = (fault.line, &fault.said);
        voice.warn(voice.lang.pick(
            format!("错误：模板 {path} 第 {line} 行（段）：{zh}"),
            format!("error: template {path}, line (paragraph) {line}: {en}"),
        ));
    }
    Exit::BadData
}

/// Shows a form as a template, or writes it to a file: `.md` as text, `.docx` for Word.
pub fn export(voice: &Voice, asked: &Draft, form: Form) -> Result<Exit, Exit> {
    let Some(out) = &asked.out else {
        return voice.put(&form.exported()).map(|()| Exit::Done);
    };
    let what = ("模板没有写成", "the template could not be written");
    let ending = out
        .extension()
        .map(|ending| ending.to_string_lossy().to_lowercase());
    if out.exists() {
        let what = (
            "文件已存在，不会覆盖",
            "the file is already there and is not overwritten",
        );
        return Err(voice.fail(what, out.display()));
    }
    let bytes = match ending.as_deref() {
        Some("docx") => office::exported(form).map_err(|failed| voice.fail(what, failed))?,
        Some("md" | "txt") => form.exported().into_bytes(),
        _ => {
            let what = (
                "模板写成 .docx 或 .md 文件",
                "a template is written as a .docx or .md file",
            );
            return Err(voice.fail(what, out.display()));
        }
    };
    save(voice, out, &bytes, what)?;
    let out = out.display();
    voice.say(match voice.lang {
        Lang::Zh => format!(
            "已写入 {out}；改好以后：junheng draft 案例 --template {out} --out 文稿.docx；双花括号里的内容由程序填写，可以删、可以移"
        ),
        Lang::En => format!(
            "written: {out}; when it is edited: junheng draft CASE --template {out} --out draft.docx; what stands in double braces is filled in and may be moved or deleted"
        ),
    });
    Ok(Exit::Done)
}
