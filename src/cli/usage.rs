//! What is said when the command line cannot be understood, and where help goes.

use std::io::Write;

use clap::Error;
use clap::error::{ContextKind, ContextValue, ErrorKind};

use super::exit::Exit;
use crate::words::Lang;

/// Shows help on standard output, or what is wrong with the arguments on standard error.
pub fn show(error: &Error, lang: Lang) -> Exit {
    match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => {
            // A closed pipe has read enough.
            let _ = error.print();
            Exit::Done
        }
        ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            let _ = error.print();
            Exit::CouldNotRun
        }
        _ => {
            let text = match lang {
                Lang::Zh => in_chinese(error),
                Lang::En => error.render().to_string(),
            };
            let _ = write!(std::io::stderr(), "{text}");
            Exit::CouldNotRun
        }
    }
}

/// clap speaks English only; its findings are said again from their parts.
fn in_chinese(error: &Error) -> String {
    let part = |kind| error.get(kind).map(shown).unwrap_or_default();
    let what = match error.kind() {
        ErrorKind::UnknownArgument => format!("不认识的参数 {}", part(ContextKind::InvalidArg)),
        ErrorKind::InvalidSubcommand => {
            format!("没有这个命令：{}", part(ContextKind::InvalidSubcommand))
        }
        ErrorKind::MissingRequiredArgument => format!("缺少参数 {}", part(ContextKind::InvalidArg)),
        ErrorKind::MissingSubcommand => "请给出一个命令".to_string(),
        ErrorKind::ArgumentConflict => {
            format!(
                "{} 不能重复，也不能与 {} 同用",
                part(ContextKind::InvalidArg),
                part(ContextKind::PriorArg)
            )
        }
        ErrorKind::InvalidValue if part(ContextKind::InvalidValue).is_empty() => {
            format!("{} 后面缺少取值", part(ContextKind::InvalidArg))
        }
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => {
            format!(
                "{} 的取值“{}”无效",
                part(ContextKind::InvalidArg),
                part(ContextKind::InvalidValue)
            ) + form(&part(ContextKind::InvalidArg))
        }
        ErrorKind::InvalidUtf8 => "参数不是有效的 UTF-8 文字".to_string(),
        _ => "命令行有误".to_string(),
    };
    let near = [
        ContextKind::SuggestedSubcommand,
        ContextKind::SuggestedArg,
        ContextKind::SuggestedValue,
    ];
    let near = near.into_iter().map(part).find(|text| !text.is_empty());
    let near = near
        .map(|text| format!("；是不是 {text}？"))
        .unwrap_or_default();
    let valid = part(ContextKind::ValidValue);
    let valid = if valid.is_empty() {
        valid
    } else {
        format!("\n  可用的取值：{valid}")
    };
    format!("错误：{what}{near}{valid}\n用法见：junheng --help\n")
}

/// How the values of an argument are written whose form clap does not know.
fn form(argument: &str) -> &'static str {
    let forms = [
        ("--time-limit", "；写法如 30s、2min、1h，最长 366 天"),
        ("--within", "；写公里数，如 5 或 2.5"),
        ("--board-beyond", "；写公里数，如 5 或 2.5"),
        ("--merge-below", "；写学生数，如 100"),
        ("--memory-limit", "；写法如 500MB、2GiB，最少 16 MiB"),
    ];
    forms
        .iter()
        .find(|(name, _)| argument.starts_with(name))
        .map_or("", |(_, form)| form)
}

fn shown(value: &ContextValue) -> String {
    match value {
        ContextValue::Strings(many) => many.join("、"),
        one => one.to_string(),
    }
}
