//! The two languages. Every text is written as a pair in one place, so that none can be missing.

/// A language Junheng speaks.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Lang {
    /// Chinese, simplified.
    Zh,
    /// English.
    #[default]
    En,
}

impl Lang {
    /// The text of this language out of a pair.
    pub fn pick<T>(self, zh: T, en: T) -> T {
        match self {
            Lang::Zh => zh,
            Lang::En => en,
        }
    }

    /// The language of a locale name such as `zh-Hans-CN` or `en_GB.UTF-8`; English when it is neither.
    pub fn of_locale(locale: &str) -> Lang {
        if locale.to_ascii_lowercase().starts_with("zh") {
            Lang::Zh
        } else {
            Lang::En
        }
    }

    /// The short name, `zh` or `en`.
    pub fn code(self) -> &'static str {
        self.pick("zh", "en")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn locales_of_chinese_systems_are_chinese() {
        for locale in ["zh", "zh-Hans-CN", "zh_CN.UTF-8", "ZH-tw"] {
            assert_eq!(Lang::of_locale(locale), Lang::Zh, "{locale}");
        }
        for locale in ["en_GB.UTF-8", "C", "", "fr"] {
            assert_eq!(Lang::of_locale(locale), Lang::En, "{locale}");
        }
    }
}
