//! JSON Schemas derived from the records: editors complete a case by them, and [`super::shape`] checks by them, so that
//! the printed schema and the check cannot drift apart.

use schemars::JsonSchema;
use schemars::generate::SchemaSettings;
use serde_json::Value;

use super::record::CaseFile;

/// The JSON Schema (2020-12) of `case.toml`, with descriptions in Chinese and English.
pub fn schema() -> Value {
    of::<CaseFile>()
}

/// The schema of a record. TOML has no null, so an optional key is one that may be absent.
pub(super) fn of<T: JsonSchema>() -> Value {
    let mut schema = SchemaSettings::draft2020_12()
        .into_generator()
        .into_root_schema_for::<T>()
        .to_value();
    drop_null(&mut schema);
    schema
}

fn drop_null(schema: &mut Value) {
    match schema {
        Value::Array(items) => items.iter_mut().for_each(drop_null),
        Value::Object(keys) => {
            keys.retain(|key, value| !(key == "default" && value.is_null()));
            if let Some(Value::Array(types)) = keys.get_mut("type") {
                types.retain(|kind| kind != "null");
                if let [only] = types.as_slice() {
                    let only = only.clone();
                    keys.insert("type".to_string(), only);
                }
            }
            if let Some(Value::Array(alternatives)) = keys.get_mut("anyOf") {
                alternatives.retain(|one| one.get("type").is_none_or(|kind| kind != "null"));
            }
            keys.values_mut().for_each(drop_null);
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::record::OverlayFile;

    /// What [`super::super::shape`] and editors understand; a new keyword must be taught to the check first.
    const KEYWORDS: &[&str] = &[
        "$defs",
        "$ref",
        "$schema",
        "additionalProperties",
        "anyOf",
        "const",
        "default",
        "description",
        "enum",
        "exclusiveMinimum",
        "format",
        "items",
        "maxItems",
        "maximum",
        "minItems",
        "minLength",
        "minimum",
        "oneOf",
        "properties",
        "required",
        "title",
        "type",
    ];

    fn each_schema(schema: &Value, visit: &mut impl FnMut(&serde_json::Map<String, Value>)) {
        let Value::Object(keys) = schema else { return };
        visit(keys);
        for (key, value) in keys {
            match (key.as_str(), value) {
                ("properties" | "$defs", Value::Object(named)) => {
                    named.values().for_each(|one| each_schema(one, visit))
                }
                ("anyOf" | "oneOf", Value::Array(list)) => {
                    list.iter().for_each(|one| each_schema(one, visit))
                }
                ("items", one) => each_schema(one, visit),
                _ => {}
            }
        }
    }

    #[test]
    fn the_check_knows_every_keyword_of_the_schemas() {
        for schema in [schema(), of::<OverlayFile>()] {
            each_schema(&schema, &mut |keys| {
                keys.keys()
                    .for_each(|key| assert!(KEYWORDS.contains(&key.as_str()), "{key}"));
                assert!(
                    keys.get("type").is_none_or(|kind| kind.is_string()),
                    "{keys:?}"
                );
            });
        }
    }

    #[test]
    fn every_key_is_described_in_both_languages() {
        each_schema(&schema(), &mut |keys| {
            let Some(Value::Object(properties)) = keys.get("properties") else {
                return;
            };
            for (name, property) in properties {
                let text = property["description"].as_str().unwrap_or_default();
                assert!(
                    text.chars().any(|c| c > '\u{2e80}')
                        && text.chars().any(|c| c.is_ascii_alphabetic()),
                    "{name}"
                );
            }
        });
    }

    #[test]
    fn unknown_keys_are_refused_everywhere() {
        each_schema(&schema(), &mut |keys| {
            if keys.contains_key("properties") {
                assert_eq!(
                    keys.get("additionalProperties"),
                    Some(&Value::Bool(false)),
                    "{keys:?}"
                );
            }
        });
    }
}
