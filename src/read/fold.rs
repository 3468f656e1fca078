//! One spelling for texts that a reader takes to be the same.

use std::borrow::Cow;

use unicode_normalization::UnicodeNormalization;

/// The text without full-width forms (NFKC), outer white space and capitals: `　ＩＤ ` is `id`, `（人）` is `(人)`.
pub fn fold(text: &str) -> Cow<'_, str> {
    let text = text.trim();
    if !text.is_ascii() {
        return Cow::Owned(text.nfkc().collect::<String>().trim().to_lowercase());
    }
    if text.bytes().any(|byte| byte.is_ascii_uppercase()) {
        Cow::Owned(text.to_ascii_lowercase())
    } else {
        Cow::Borrowed(text)
    }
}

#[cfg(test)]
mod tests {
    use super::fold;

    #[test]
    fn width_case_and_outer_space_make_no_difference() {
        assert_eq!(fold("\u{3000}ＩＤ "), "id");
        assert_eq!(fold("面积（㎡）"), fold(" 面积(m2)"));
        assert_eq!(fold("Pupils"), "pupils");
    }
}
