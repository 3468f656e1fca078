//! What the cells of a column hold, taken from the schema of the key.

use serde_json::Value;

use super::layout::{Column, FACTORS, SECTION, SheetSpec, WHAT};
use crate::read::record::{CaseFile, OverlayFile};
use crate::read::schema;
use crate::words::Lang;

/// What a cell holds.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Kind {
    /// A text.
    Text,
    /// Several texts, parted by 、 or ;
    Texts,
    /// A number.
    Number,
    /// A whole number.
    Whole,
    /// Yes or no.
    Flag,
    /// One word of a list.
    Choice(Vec<String>),
    /// Several words of a list.
    Choices(Vec<String>),
    /// One number for every year, or a column for each.
    Years,
    /// Rows in one cell: `200:1; 500:2`.
    Tiers,
}

/// The schemas of the files that a workbook stands for.
#[derive(Debug)]
pub struct Schemas {
    case: Value,
    overlay: Value,
}

/// What is known about a column.
#[derive(Clone, Debug)]
pub struct Facts {
    /// What its cells hold.
    pub kind: Kind,
    /// Whether each entry must have it.
    pub required: bool,
    /// What it is, in Chinese and English.
    pub about: (String, String),
}

impl Schemas {
    /// The schemas of `case.toml` and of scenarios.
    pub fn new() -> Schemas {
        Schemas {
            case: schema::of::<CaseFile>(),
            overlay: schema::of::<OverlayFile>(),
        }
    }

    /// What is known about a column.
    pub fn facts(&self, sheet: &SheetSpec, column: &Column) -> Facts {
        let in_case = sheet.path(column).map(|path| (&self.case, path));
        let stated = in_case.or_else(|| {
            sheet
                .scenario_path(column)
                .map(|path| (&self.overlay, path))
        });
        let found = stated.and_then(|(root, path)| at(root, &path));
        let words = |list: &[&str]| list.iter().map(|word| word.to_string()).collect();
        let kind = match (column.key, &found) {
            (WHAT, _) => Kind::Choice(words(&["fund", "cost", "weight", "project"])),
            (SECTION, _) => Kind::Choice(words(&["primary", "junior", "both"])),
            (FACTORS, _) => Kind::Years,
            (_, Some(found)) => kind(found.root, found.schema),
            (_, None) => Kind::Text,
        };
        let own = matches!(column.key, super::layout::NAME | WHAT | SECTION);
        let about = column.note.map_or_else(
            || {
                found
                    .as_ref()
                    .map(|found| described(found.property))
                    .unwrap_or_default()
            },
            |(zh, en)| (zh.to_string(), en.to_string()),
        );
        Facts {
            kind,
            required: own || found.is_some_and(|found| found.required),
            about,
        }
    }

    /// The keys of a table or of the entries of a list, as `case.toml` or else scenarios have them; a table inside is
    /// followed.
    pub fn keys(&self, of_scenarios: bool) -> Vec<String> {
        let root = if of_scenarios {
            &self.overlay
        } else {
            &self.case
        };
        let mut keys = Vec::new();
        leaves(root, root, String::new(), &mut keys);
        keys
    }

    /// Every word of every closed list.
    pub fn words(&self) -> Vec<String> {
        let mut found = Vec::new();
        for (root, scenarios) in [(&self.case, false), (&self.overlay, true)] {
            for path in self.keys(scenarios) {
                if let Some(Kind::Choice(words) | Kind::Choices(words)) =
                    at(root, &path).map(|found| kind(root, found.schema))
                {
                    found.extend(words);
                }
            }
        }
        found
    }
}

impl Default for Schemas {
    fn default() -> Self {
        Schemas::new()
    }
}

/// A key of a schema.
struct Found<'a> {
    root: &'a Value,
    property: &'a Value,
    schema: &'a Value,
    required: bool,
}

/// The schema behind references and optional wrappers.
fn resolved<'a>(root: &'a Value, schema: &'a Value) -> &'a Value {
    let target = schema.get("$ref").and_then(Value::as_str);
    if let Some(target) = target.and_then(|path| root.pointer(path.strip_prefix('#')?)) {
        return resolved(root, target);
    }
    match schema
        .get("anyOf")
        .and_then(Value::as_array)
        .map(Vec::as_slice)
    {
        Some([only]) => resolved(root, only),
        _ => schema,
    }
}

/// The entries of a list of tables, or the table itself.
fn table<'a>(root: &'a Value, schema: &'a Value) -> &'a Value {
    let schema = resolved(root, schema);
    match schema.get("items") {
        Some(items) => resolved(root, items),
        None => schema,
    }
}

fn at<'a>(root: &'a Value, path: &str) -> Option<Found<'a>> {
    let mut holder = root;
    let mut found = None;
    // A key is asked for when every table above it is, or when its own table is stated at all.
    for key in path.split('.') {
        let property = holder.get("properties")?.get(key)?;
        let list = holder.get("required").and_then(Value::as_array);
        found = Some(Found {
            root,
            property,
            schema: resolved(root, property),
            required: list.is_some_and(|list| list.iter().any(|name| name == key)),
        });
        holder = table(root, property);
    }
    found
}

fn leaves(root: &Value, schema: &Value, path: String, keys: &mut Vec<String>) {
    let Some(Value::Object(properties)) = schema.get("properties") else {
        return;
    };
    for (name, property) in properties {
        let path = if path.is_empty() {
            name.clone()
        } else {
            format!("{path}.{name}")
        };
        let inner = table(root, property);
        // Rows in one cell are a value, except where they have a sheet of their own.
        if inner.get("properties").is_some() && name != "table" {
            leaves(root, inner, path, keys);
        } else {
            keys.push(path);
        }
    }
}

fn kind(root: &Value, schema: &Value) -> Kind {
    let schema = resolved(root, schema);
    if let Some(alternatives) = schema.get("anyOf").and_then(Value::as_array) {
        return match alternatives.first().map(|first| kind(root, first)) {
            Some(Kind::Number) => Kind::Years,
            _ => Kind::Texts,
        };
    }
    let words = words(schema);
    if !words.is_empty() {
        return Kind::Choice(words);
    }
    match schema.get("type").and_then(Value::as_str) {
        Some("number") => Kind::Number,
        Some("integer") => Kind::Whole,
        Some("boolean") => Kind::Flag,
        Some("array") => match schema.get("items").map(|items| kind(root, items)) {
            Some(Kind::Choice(words)) => Kind::Choices(words),
            Some(Kind::Text) if table(root, schema).get("properties").is_none() => Kind::Texts,
            _ => Kind::Tiers,
        },
        _ => Kind::Text,
    }
}

fn words(schema: &Value) -> Vec<String> {
    let alternatives = schema.get("oneOf").and_then(Value::as_array);
    let alternatives = alternatives.map_or(std::slice::from_ref(schema), Vec::as_slice);
    let listed = alternatives.iter().flat_map(|one| {
        let several = one
            .get("enum")
            .and_then(Value::as_array)
            .into_iter()
            .flatten();
        several.chain(one.get("const"))
    });
    listed
        .filter_map(Value::as_str)
        .map(str::to_string)
        .collect()
}

/// The Chinese and the English half of a description: Chinese comes first.
fn described(property: &Value) -> (String, String) {
    let text = property
        .get("description")
        .and_then(Value::as_str)
        .unwrap_or_default();
    let chinese =
        |c: char| ('\u{2e80}'..='\u{9fff}').contains(&c) || ('\u{ff00}'..='\u{ffef}').contains(&c);
    let end = text.char_indices().rfind(|(_, c)| chinese(*c));
    let (zh, en) = text.split_at(end.map_or(0, |(at, c)| at + c.len_utf8()));
    let tidy = |half: &str| half.split_whitespace().collect::<Vec<_>>().join(" ");
    let en = tidy(en).replace("when absent", "when empty");
    (tidy(zh), en)
}

/// The description in a language.
impl Facts {
    /// What it is.
    pub fn about(&self, lang: Lang) -> &str {
        lang.pick(&self.about.0, &self.about.1)
    }
}
