//! Values that know where they stand, and wrappers that let one fault not hide the next.

use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;
use std::ops::Range;

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::de::value::{F64Deserializer, I64Deserializer, StrDeserializer};
use serde::de::{Deserialize, Deserializer, IntoDeserializer, SeqAccess, Visitor};
use serde_spanned::Spanned;

/// A value and the bytes of the file it was read from.
#[derive(Clone, Debug)]
pub(super) struct At<T> {
    /// The value.
    pub(super) value: T,
    /// Its bytes in the file; for a table, those of its header.
    pub(super) span: Range<usize>,
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for At<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Spanned::<T>::deserialize(deserializer).map(|read| At {
            span: read.span(),
            value: read.into_inner(),
        })
    }
}

/// A value whose shape may be wrong. Then it is `None`: the fault is reported by [`super::shape`], and what stands
/// beside it is still read.
#[derive(Clone, Debug)]
pub(super) struct Tried<T>(pub(super) Option<T>);

impl<T> Default for Tried<T> {
    fn default() -> Self {
        Tried(None)
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Tried<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Tried(T::deserialize(deserializer).ok()))
    }
}

/// The tables of a list such as `[[fund]]`.
pub(super) type List<T> = Tried<Vec<Tried<At<T>>>>;

impl<T> List<T> {
    /// The tables whose shape is right, in file order.
    pub(super) fn sound(&self) -> impl Iterator<Item = &At<T>> {
        self.0.iter().flatten().filter_map(|tried| tried.0.as_ref())
    }
}

/// One value, or a list of them.
#[derive(Clone, Debug)]
pub(super) enum OneOrMany<T> {
    /// One value.
    One(T),
    /// A list.
    Many(Vec<At<T>>),
}

impl<T: Clone> At<OneOrMany<T>> {
    /// The values with their places, a single one as a list of one.
    pub(super) fn list(&self) -> Vec<At<T>> {
        match &self.value {
            OneOrMany::One(value) => vec![At {
                value: value.clone(),
                span: self.span.clone(),
            }],
            OneOrMany::Many(list) => list.clone(),
        }
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for OneOrMany<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(OneOrManyVisitor(PhantomData))
    }
}

struct OneOrManyVisitor<T>(PhantomData<T>);

impl<'de, T: Deserialize<'de>> Visitor<'de> for OneOrManyVisitor<T> {
    type Value = OneOrMany<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("one value or a list")
    }

    fn visit_i64<E: serde::de::Error>(self, value: i64) -> Result<Self::Value, E> {
        let one: I64Deserializer<E> = value.into_deserializer();
        T::deserialize(one).map(OneOrMany::One)
    }

    fn visit_f64<E: serde::de::Error>(self, value: f64) -> Result<Self::Value, E> {
        let one: F64Deserializer<E> = value.into_deserializer();
        T::deserialize(one).map(OneOrMany::One)
    }

    fn visit_str<E: serde::de::Error>(self, value: &str) -> Result<Self::Value, E> {
        let one: StrDeserializer<'_, E> = value.into_deserializer();
        T::deserialize(one).map(OneOrMany::One)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Self::Value, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = items.next_element()? {
            list.push(item);
        }
        Ok(OneOrMany::Many(list))
    }
}

/// The schema of a wrapper is that of what it wraps.
macro_rules! schema_of_inner {
    ($wrapper:ident) => {
        impl<T: JsonSchema> JsonSchema for $wrapper<T> {
            fn inline_schema() -> bool {
                T::inline_schema()
            }
            fn schema_name() -> Cow<'static, str> {
                T::schema_name()
            }
            fn schema_id() -> Cow<'static, str> {
                T::schema_id()
            }
            fn json_schema(generator: &mut SchemaGenerator) -> Schema {
                T::json_schema(generator)
            }
        }
    };
}

schema_of_inner!(At);
schema_of_inner!(Tried);

impl<T: JsonSchema> JsonSchema for OneOrMany<T> {
    fn inline_schema() -> bool {
        true
    }
    fn schema_name() -> Cow<'static, str> {
        format!("OneOrMany_{}", T::schema_name()).into()
    }
    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let one = generator.subschema_for::<T>();
        schemars::json_schema!({ "anyOf": [one, { "type": "array", "items": one }] })
    }
}
