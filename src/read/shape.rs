//! The shape of a TOML file against the schema of its records: every unknown or missing key, wrong type, unknown word
//! and number out of range, each with its place.
//!
//! Reading the records themselves would stop at the first such fault and without a useful place. The keywords known
//! here are those the records give rise to (a test in [`super::schema`] keeps it so), far from all of JSON Schema.

use std::ops::Range;

use serde_json::{Map, Value};
use serde_spanned::Spanned;
use toml::de::{DeArray, DeInteger, DeTable, DeValue};

use super::nearest::nearest;
use super::source::Source;
use super::table::findings::Findings;
use crate::words::catalogue::{
    COUNT_OUT_OF_RANGE, EMPTY_TEXT, KEY_MISSING, NOT_FILLED_IN, NOT_FINITE, OUT_OF_RANGE,
    TYPE_WRONG, UNKNOWN_KEY, UNKNOWN_WORD,
};
use crate::words::{Code, Notice, Notices, Place};

/// Reports every fault of shape in a file whose schema is `schema`.
pub(super) fn check(
    tree: &Spanned<DeTable>,
    schema: &Value,
    source: &Source,
    notices: &mut Notices,
) {
    let mut shape = Shape {
        root: schema,
        source,
        found: Findings::new(Place::file(source.file()), notices),
        path: Vec::new(),
        listed: false,
    };
    shape.table(tree.get_ref(), &tree.span(), schema);
    shape.found.close();
}

struct Shape<'a> {
    root: &'a Value,
    source: &'a Source,
    found: Findings<'a>,
    /// The keys from the top of the file down to here.
    path: Vec<String>,
    /// Whether the table looked at is one of a list.
    listed: bool,
}

impl<'a> Shape<'a> {
    fn report(&mut self, code: Code, span: &Range<usize>, fill: impl FnOnce(Notice) -> Notice) {
        self.found.push(fill(self.source.notice(code, span)));
    }

    fn key(&self) -> String {
        self.path.last().cloned().unwrap_or_default()
    }

    fn resolved(&self, schema: &'a Value) -> &'a Value {
        let target = schema
            .get("$ref")
            .and_then(Value::as_str)
            .and_then(|path| path.strip_prefix('#'));
        target
            .and_then(|path| self.root.pointer(path))
            .unwrap_or(schema)
    }

    fn value(&mut self, node: &Spanned<DeValue>, schema: &'a Value) {
        let schema = self.resolved(schema);
        if let Some(Value::Array(alternatives)) = schema.get("anyOf") {
            let fitting = alternatives
                .iter()
                .map(|one| self.resolved(one))
                .find(|one| accepts(one, node.get_ref()));
            match fitting {
                Some(one) => self.value(node, one),
                None => self.wrong_type(node, schema),
            }
            return;
        }
        if !accepts(schema, node.get_ref()) {
            return self.wrong_type(node, schema);
        }
        match node.get_ref() {
            DeValue::Table(table) => self.table(table, &node.span(), schema),
            DeValue::Array(items) => self.list(items, &node.span(), schema),
            DeValue::String(text) => self.text(text, &node.span(), schema),
            DeValue::Integer(number) => self.integer(number, &node.span(), schema),
            DeValue::Float(number) => {
                let value = number.as_str().parse().unwrap_or(f64::NAN);
                self.number(value, &node.span(), schema);
            }
            DeValue::Boolean(_) | DeValue::Datetime(_) => {}
        }
    }

    fn table(&mut self, table: &DeTable, span: &Range<usize>, schema: &'a Value) {
        let known: Option<&'a Map<String, Value>> =
            schema.get("properties").and_then(Value::as_object);
        for (key, node) in table {
            let name = key.get_ref().as_ref();
            match known.and_then(|known| known.get(name)) {
                Some(inner) => {
                    let listed = std::mem::replace(&mut self.listed, false);
                    self.path.push(name.to_string());
                    self.value(node, inner);
                    self.path.pop();
                    self.listed = listed;
                }
                None => {
                    let meant = nearest(
                        name,
                        known.into_iter().flat_map(Map::keys).map(String::as_str),
                    );
                    let table = self.header();
                    self.report(UNKNOWN_KEY, &key.span(), |notice| {
                        notice.with(name).with(meant).with(table)
                    });
                }
            }
        }
        let required = schema
            .get("required")
            .and_then(Value::as_array)
            .into_iter()
            .flatten();
        for name in required
            .filter_map(Value::as_str)
            .filter(|name| !table.contains_key(*name))
        {
            let table = self.header();
            self.report(KEY_MISSING, span, |notice| notice.with(name).with(table));
        }
    }

    /// The table the path leads to, as a planner would write it.
    fn header(&self) -> String {
        if self.path.is_empty() {
            self.source.file().display().to_string()
        } else {
            let path = self.path.join(".");
            if self.listed {
                format!("[[{path}]]")
            } else {
                format!("[{path}]")
            }
        }
    }

    fn list(&mut self, items: &DeArray, span: &Range<usize>, schema: &'a Value) {
        let bound = |key| schema.get(key).and_then(Value::as_u64);
        let (least, most) = (
            bound("minItems").unwrap_or(0),
            bound("maxItems").unwrap_or(u64::MAX),
        );
        let count = items.len() as u64;
        if count < least || count > most {
            let key = self.key();
            let range = if count < least {
                format!("≥ {least}")
            } else {
                format!("≤ {most}")
            };
            self.report(COUNT_OUT_OF_RANGE, span, |notice| {
                notice.with(key).with(count).with(range)
            });
            return;
        }
        if let Some(inner) = schema.get("items") {
            self.listed = true;
            items.iter().for_each(|item| self.value(item, inner));
        }
    }

    fn text(&mut self, text: &str, span: &Range<usize>, schema: &'a Value) {
        let words = words(schema);
        let key = self.key();
        if is_mark(text) {
            let example = self.example(schema);
            self.report(NOT_FILLED_IN, span, |notice| notice.with(key).with(example));
        } else if !words.is_empty() && !words.contains(&text) {
            let meant = nearest(text, words);
            self.report(UNKNOWN_WORD, span, |notice| {
                notice.with(text).with(key).with(meant)
            });
        } else if schema.get("minLength").is_some() && text.trim().is_empty() {
            self.report(EMPTY_TEXT, span, |notice| notice.with(key));
        }
    }

    /// An integer; one beyond 64 bits cannot be read as a number at all.
    fn integer(&mut self, number: &DeInteger, span: &Range<usize>, schema: &Value) {
        let digits: String = number.as_str().chars().filter(|c| *c != '_').collect();
        match i64::from_str_radix(&digits, number.radix()) {
            Ok(value) => self.number(value as f64, span, schema),
            Err(_) => {
                let (key, range) = (self.key(), format!("≤ {:e}", i64::MAX as f64));
                self.report(OUT_OF_RANGE, span, |notice| notice.with(key).with(range));
            }
        }
    }

    fn number(&mut self, value: f64, span: &Range<usize>, schema: &Value) {
        let key = self.key();
        if !value.is_finite() {
            return self.report(NOT_FINITE, span, |notice| notice.with(key));
        }
        let bound = |key| schema.get(key).and_then(Value::as_f64);
        let (least, above, most) = (
            bound("minimum"),
            bound("exclusiveMinimum"),
            bound("maximum"),
        );
        let inside = least.is_none_or(|least| value >= least)
            && above.is_none_or(|above| value > above)
            && most.is_none_or(|most| value <= most);
        if !inside {
            let sides = [
                least.map(|b| format!("≥ {b}")),
                above.map(|b| format!("> {b}")),
                most.map(|b| format!("≤ {b}")),
            ];
            let range = sides.into_iter().flatten().collect::<Vec<_>>().join(", ");
            self.report(OUT_OF_RANGE, span, |notice| notice.with(key).with(range));
        }
    }

    fn wrong_type(&mut self, node: &Spanned<DeValue>, schema: &'a Value) {
        let (key, example) = (self.key(), self.example(schema));
        let open = node.get_ref().as_str().is_some_and(is_mark);
        let code = if open { NOT_FILLED_IN } else { TYPE_WRONG };
        self.report(code, &node.span(), |notice| notice.with(key).with(example));
    }

    /// How a value of the right type is written.
    fn example(&self, schema: &'a Value) -> String {
        let (path, key) = (self.path.join("."), self.key());
        let schema = self.resolved(schema);
        let inner = schema.get("items").map(|inner| self.resolved(inner));
        match kind(schema) {
            "object" => format!("[{path}]"),
            "array" if inner.is_some_and(|inner| kind(inner) == "object") => format!("[[{path}]]"),
            _ => format!("{key} = {}", self.literal(schema)),
        }
    }

    fn literal(&self, schema: &'a Value) -> String {
        let schema = self.resolved(schema);
        if let Some(Value::Array(alternatives)) = schema.get("anyOf") {
            return alternatives
                .iter()
                .map(|one| self.literal(one))
                .collect::<Vec<_>>()
                .join(" / ");
        }
        match kind(schema) {
            "array" => format!(
                "[{}]",
                schema
                    .get("items")
                    .map(|inner| self.literal(inner))
                    .unwrap_or_default()
            ),
            "string" => format!("\"{}\"", words(schema).first().unwrap_or(&"…")),
            "number" => "0.5".to_string(),
            "integer" if schema.get("minimum").and_then(Value::as_f64) > Some(1000.0) => {
                "2026".to_string() // a calendar year
            }
            "integer" => "5".to_string(),
            "boolean" => "true".to_string(),
            _ => "{ … }".to_string(),
        }
    }
}

/// Whether a text is a place that a draft left open, such as `填写：万元/台`.
fn is_mark(text: &str) -> bool {
    text.starts_with("填写：") || text.starts_with("FILL IN:")
}

/// The type a schema asks for; a choice of words is a text.
fn kind(schema: &Value) -> &str {
    schema
        .get("type")
        .and_then(Value::as_str)
        .unwrap_or(if schema.get("oneOf").is_some() {
            "string"
        } else {
            ""
        })
}

fn accepts(schema: &Value, node: &DeValue) -> bool {
    match kind(schema) {
        "object" => node.is_table(),
        "array" => node.is_array(),
        "string" => node.is_str(),
        "number" => node.is_integer() || node.is_float(),
        "integer" => node.is_integer(),
        "boolean" => node.is_bool(),
        _ => true,
    }
}

/// The words a text may be; none when it is free.
fn words(schema: &Value) -> Vec<&str> {
    let alternatives = schema
        .get("oneOf")
        .and_then(Value::as_array)
        .map_or(std::slice::from_ref(schema), Vec::as_slice);
    alternatives
        .iter()
        .flat_map(|one| {
            let listed = one
                .get("enum")
                .and_then(Value::as_array)
                .into_iter()
                .flatten();
            listed.chain(one.get("const")).filter_map(Value::as_str)
        })
        .collect()
}
