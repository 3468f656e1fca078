//! The words of `words.toml`: what planners call things.

use std::sync::LazyLock;

use serde::Deserialize;

use crate::read::fold::fold;
use crate::words::Lang;

/// A pair (Chinese, English).
pub type Pair = (String, String);

/// The text of a pair in a language.
pub fn pick(pair: &Pair, lang: Lang) -> &str {
    lang.pick(&pair.0, &pair.1)
}

/// A header word, as written and in the form in which it is compared.
#[derive(Deserialize)]
#[serde(from = "String")]
struct Word {
    raw: String,
    bone: String,
}

impl From<String> for Word {
    fn from(raw: String) -> Word {
        Word {
            bone: bone(&raw),
            raw,
        }
    }
}

/// All words.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Words {
    /// What marks a header of ratios.
    ratio: Vec<Word>,
    /// Columns of `[schools.columns]`.
    pub column: Vec<Column>,
    /// Resources with stock columns.
    pub resource: Vec<Resource>,
    /// Standard sets, the preferred first.
    pub set: Vec<Set>,
}

/// A column of the school table.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Column {
    /// Its key in `[schools.columns]`.
    pub key: String,
    /// Its name.
    pub what: Pair,
    /// Whether its cells are numbers.
    #[serde(default)]
    pub number: bool,
    /// The largest absolute value, where there is one (degrees).
    pub within: Option<f64>,
    words: Vec<Word>,
    #[serde(default)]
    without: Vec<Word>,
}

/// A resource and how it is usually supplied.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Resource {
    /// Its id in the standard sets.
    pub id: String,
    /// Its name.
    pub name: Pair,
    /// Its unit.
    pub unit: Pair,
    /// Whether it comes in whole units only.
    pub whole: bool,
    /// What its norm is counted by: `pupil` or `100-pupils`.
    pub per: String,
    /// The measure proposed for it.
    pub measure: Measure,
    words: Vec<Word>,
    #[serde(default)]
    without: Vec<Word>,
    #[serde(default)]
    unusable: Vec<Word>,
}

/// A measure proposed for a resource.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Measure {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: Pair,
    /// Its lever: `buy`, `build` or `hire`.
    pub kind: String,
    /// Years of use, for buying and building.
    pub life: Option<u32>,
    /// Years from payment to use.
    pub lead: Option<u32>,
    /// Kind of spending where it is not the usual one of its lever.
    pub nature: Option<String>,
    /// Whether the resource is itself an amount of money, so that a unit costs one main unit.
    #[serde(default)]
    pub worth: bool,
}

/// A standard set shipped with the program.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Set {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: Pair,
    /// The resources it speaks of.
    pub resources: Vec<String>,
    /// Resources of which one must be there for the set to be meant.
    pub sign: Vec<String>,
    /// How many of its resources must be there.
    pub enough: usize,
    /// Whether it states norms, or asks the planner for them.
    pub norms: bool,
}

static WORDS: LazyLock<Words> =
    LazyLock::new(|| toml::from_str(include_str!("words.toml")).expect("the tests read this file"));

/// The words shipped with the program.
pub fn words() -> &'static Words {
    &WORDS
}

/// How well a header fits, the better the larger.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Fit {
    /// It contains a word that makes up this many thousandths of it.
    Contains(usize),
    /// It is a word.
    Is,
}

impl Words {
    /// Every header that is known, for telling encodings and header lines.
    pub fn headers(&self) -> Vec<&str> {
        let columns = self.column.iter().flat_map(|column| &column.words);
        let stocks = self
            .resource
            .iter()
            .flat_map(|resource| resource.words.iter().chain(&resource.unusable));
        columns
            .chain(stocks)
            .map(|word| word.raw.as_str())
            .collect()
    }

    /// Whether a header names a ratio rather than an amount.
    pub fn is_ratio(&self, header: &Header) -> bool {
        header.raw.contains(['%', '％', '‰']) || header.has_any(&self.ratio)
    }
}

impl Column {
    /// How well this header fits.
    pub fn fit(&self, header: &Header) -> Option<Fit> {
        header.fit(&self.words, &self.without)
    }
}

impl Resource {
    /// How well this header fits its stock.
    pub fn fit(&self, header: &Header) -> Option<Fit> {
        let unusable = header.fit(&self.unusable, &[]).is_some();
        header.fit(&self.words, &self.without).filter(|_| !unusable)
    }

    /// How well this header fits stock that must not count.
    pub fn fit_unusable(&self, header: &Header) -> Option<Fit> {
        header.fit(&self.unusable, &[])
    }
}

/// A header in the forms in which it is compared.
pub struct Header {
    raw: String,
    full: String,
    bare: String,
}

impl Header {
    /// Of a header as it stands in the sheet.
    pub fn new(raw: &str) -> Header {
        Header {
            raw: raw.to_string(),
            full: bone(raw),
            bare: bone(&without_brackets(raw)),
        }
    }

    /// Whether it speaks of ten thousands, as in 万元 or 万册.
    pub fn is_scaled(&self) -> bool {
        self.raw.contains('万')
    }

    fn has_any(&self, words: &[Word]) -> bool {
        words.iter().any(|word| contains(&self.full, &word.bone))
    }

    fn fit(&self, words: &[Word], without: &[Word]) -> Option<Fit> {
        if self.full.is_empty() {
            return None;
        }
        let best = words.iter().filter_map(|word| {
            let word = word.bone.as_str();
            if word == self.full || word == self.bare {
                return Some(Fit::Is);
            }
            let (long, all) = (word.chars().count(), self.full.chars().count());
            (long >= 2 && contains(&self.bare, word)).then(|| Fit::Contains(long * 1000 / all))
        });
        best.max()
            .filter(|fit| *fit == Fit::Is || !self.has_any(without))
    }
}

/// Whether a text contains a word: Chinese anywhere, others as whole words.
fn contains(text: &str, word: &str) -> bool {
    if word.is_ascii() {
        format!(" {text} ").contains(&format!(" {word} "))
    } else {
        text.contains(word)
    }
}

/// A text without what stands in brackets.
fn without_brackets(text: &str) -> String {
    let mut depth = 0usize;
    let mut bare = String::new();
    for c in text.chars() {
        match c {
            '(' | '（' | '[' | '［' | '【' | '〔' => depth += 1,
            ')' | '）' | ']' | '］' | '】' | '〕' => depth = depth.saturating_sub(1),
            _ if depth == 0 => bare.push(c),
            _ => {}
        }
    }
    bare
}

/// A text folded, every sign a space, and no space beside a letter outside ASCII.
pub fn bone(text: &str) -> String {
    let mut bone = String::new();
    let mut apart = false;
    for c in fold(text).chars() {
        if !c.is_alphanumeric() {
            apart = true;
            continue;
        }
        let joins = !c.is_ascii()
            || bone
                .chars()
                .next_back()
                .is_none_or(|before| !before.is_ascii());
        if apart && !joins {
            bone.push(' ');
        }
        apart = false;
        bone.push(c);
    }
    bone
}

#[cfg(test)]
mod tests {
    use super::*;

    fn resource(id: &str) -> &'static Resource {
        words()
            .resource
            .iter()
            .find(|resource| resource.id == id)
            .unwrap()
    }

    #[test]
    fn the_words_are_read_and_name_each_thing_once() {
        let mut ids: Vec<&str> = words()
            .resource
            .iter()
            .map(|resource| resource.id.as_str())
            .collect();
        let known = ids.clone();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), known.len());
        for set in &words().set {
            assert!(
                set.resources
                    .iter()
                    .chain(&set.sign)
                    .all(|id| known.contains(&id.as_str())),
                "{}",
                set.id
            );
        }
    }

    #[test]
    fn sets_speak_of_the_resources_of_the_shipped_standards() {
        for set in &words().set {
            let shipped = crate::read::STANDARD_SETS
                .iter()
                .find(|(id, _)| *id == set.id);
            let (_, text) = shipped.expect("a shipped set");
            let shipped: toml::Table = toml::from_str(text).unwrap();
            let norms = shipped["standard"]
                .get("norm")
                .and_then(toml::Value::as_array);
            let normed = norms
                .into_iter()
                .flatten()
                .filter_map(|norm| norm["resource"].as_str());
            let asked = shipped.get("asks_for").and_then(toml::Value::as_array);
            let asked = asked.into_iter().flatten().filter_map(toml::Value::as_str);
            let all: Vec<&str> = normed.chain(asked).collect();
            assert_eq!(set.resources, all, "{}", set.id);
            assert_eq!(set.norms, norms.is_some());
        }
    }

    #[test]
    fn signs_brackets_and_width_make_no_difference() {
        assert_eq!(bone("Urban_Rural  Type"), "urban rural type");
        assert_eq!(bone("小学 在校生"), "小学在校生");
        assert_eq!(
            resource("area").fit(&Header::new("教学及辅助用房面积（㎡）")),
            Some(Fit::Is)
        );
        assert_eq!(
            resource("computers").fit(&Header::new("计算机台数[台]")),
            Some(Fit::Is)
        );
    }

    #[test]
    fn parts_of_headers_are_guesses_and_others_none() {
        let fit = |id: &str, header: &str| resource(id).fit(&Header::new(header));
        assert!(matches!(
            fit("books", "学校图书册数"),
            Some(Fit::Contains(_))
        ));
        assert_eq!(fit("teachers", "高于规定学历教师"), None);
        assert_eq!(fit("computers", "超期计算机"), None);
        assert_eq!(fit("classrooms", "chalkboard_each_classroom"), None);
        assert!(words().is_ratio(&Header::new("生均图书册数")));
        assert!(words().is_ratio(&Header::new("pupils_per_desk")));
        assert!(!words().is_ratio(&Header::new("personnel")));
    }
}
