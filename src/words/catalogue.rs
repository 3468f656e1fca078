//! Every kind of finding, declared once: grade, message, remedy and explanation in both languages.
//! `check`, `explain` and the tests (one broken case per code) are derived from this list.

use super::notice::{Code, Grade};

/// What is known about a kind of finding. Pairs are (Chinese, English); `{0}` … are filled from the finding.
#[derive(Debug)]
pub struct Entry {
    /// The code, such as `E101`: E error, W warning, H hint.
    pub code: &'static str,
    /// How grave it is.
    pub grade: Grade,
    /// What is the matter.
    pub message: (&'static str, &'static str),
    /// What to do about it.
    pub remedy: (&'static str, &'static str),
    /// Why it matters, for `junheng explain`.
    pub why: (&'static str, &'static str),
}

macro_rules! catalogue {
    ($($name:ident $code:literal $grade:ident {
        message: $mz:literal, $me:literal;
        remedy: $rz:literal, $re:literal;
        why: $wz:literal, $we:literal;
    })*) => {
        $(#[doc = $me] pub const $name: Code = Code($code);)*

        /// All kinds of finding, in order of code.
        pub static ENTRIES: &[Entry] = &[$(Entry {
            code: $code,
            grade: Grade::$grade,
            message: ($mz, $me),
            remedy: ($rz, $re),
            why: ($wz, $we),
        }),*];
    };
}

catalogue! {
    FILE_UNREADABLE "E101" Error {
        message: "读不了这个文件:{0}", "this file cannot be read: {0}";
        remedy: "请检查文件是否存在、是否有读取权限", "check that the file exists and may be read";
        why: "案例由 case.toml 和表格文件组成,缺一个就不能算。", "A case is case.toml and its tables; none of them can be missing.";
    }
}

/// The entry of a code.
///
/// # Panics
/// When the code is not in the catalogue; codes are made by the catalogue only.
pub fn entry(code: Code) -> &'static Entry {
    find(code.0).expect("codes are declared in the catalogue")
}

/// The entry with this name, in any letter case.
pub fn find(name: &str) -> Option<&'static Entry> {
    ENTRIES
        .iter()
        .find(|entry| entry.code.eq_ignore_ascii_case(name))
}
