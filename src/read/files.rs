//! Files of a case: where they may lie, and TOML files as checked trees.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Component, Path};

use schemars::JsonSchema;
use serde::de::DeserializeOwned;
use serde_spanned::Spanned;
use toml::de::{DeTable, DeValue, ValueDeserializer};

use super::source::Source;
use super::{depth, schema, shape};
use crate::words::catalogue::{
    FILE_MISSING, FILE_OUTSIDE, FILE_TOO_LARGE, FILE_UNREADABLE, NOT_UTF8, TOML_SYNTAX,
};
use crate::words::{Notice, Notices, Place, trouble_in_both};

/// Largest TOML file that is read, in MiB.
const LIMIT_MIB: u64 = 4;

/// Most syntax errors that are listed for one file.
const MOST_SYNTAX: usize = 10;

/// A TOML file, its shape checked.
pub(super) struct Document<T> {
    /// The text and its places.
    pub(super) source: Source,
    /// What its records could be read to.
    pub(super) record: T,
    /// The ids stated in each list of tables such as `[[fund]]`, sound or not.
    ids: Vec<(String, Vec<String>)>,
    /// BLAKE3 of its bytes, in hexadecimal.
    pub(super) hash: String,
}

impl<T: DeserializeOwned + JsonSchema + Default> Document<T> {
    /// Reads `name` inside `folder`; `None` when it cannot be read as TOML at all. Every fault is reported.
    pub(super) fn read(folder: &Path, name: &str, notices: &mut Notices) -> Option<Document<T>> {
        let bytes = bytes(folder, name)
            .map_err(|notice| notices.push(notice))
            .ok()?;
        let hash = blake3::hash(&bytes).to_hex().to_string();
        let Ok(text) = String::from_utf8(bytes) else {
            notices.push(Notice::new(NOT_UTF8, Place::file(name)));
            return None;
        };
        let text = text
            .strip_prefix('\u{feff}')
            .map(str::to_string)
            .unwrap_or(text);
        Document::parse(Source::new(name, text), hash, notices)
    }

    /// Reads a text; `None` when it cannot be read as TOML at all. Every fault is reported.
    pub(super) fn parse(
        source: Source,
        hash: String,
        notices: &mut Notices,
    ) -> Option<Document<T>> {
        if let Some(span) = depth::too_deep(source.text()) {
            let most = depth::MOST;
            let notice = source.notice(TOML_SYNTAX, &span);
            notices.push(notice.with(format!("嵌套超过 {most} 层 / nested more than {most} deep")));
            return None;
        }
        let (tree, errors) = DeTable::parse_recoverable(source.text());
        for error in errors.iter().take(MOST_SYNTAX) {
            let span = error.span().unwrap_or(0..0);
            notices.push(source.notice(TOML_SYNTAX, &span).with(error.message()));
        }
        if !errors.is_empty() {
            return None;
        }
        shape::check(&tree, &schema::of::<T>(), &source, notices);
        let ids = stated_ids(tree.get_ref());
        let whole = Spanned::new(tree.span(), DeValue::Table(tree.into_inner()));
        let record = T::deserialize(ValueDeserializer::from(whole)).unwrap_or_default();
        Some(Document {
            source,
            record,
            ids,
            hash,
        })
    }

    /// The ids stated in the tables of a list, such as `[[fund]]`, whether their shape is right or not.
    pub(super) fn ids(&self, list: &str) -> &[String] {
        self.ids
            .iter()
            .find(|(name, _)| name == list)
            .map_or(&[], |(_, ids)| ids)
    }
}

fn stated_ids(tree: &DeTable) -> Vec<(String, Vec<String>)> {
    let of = |list: &DeValue| {
        let tables = list.as_array().into_iter().flat_map(|tables| tables.iter());
        tables
            .filter_map(|table| Some(table.get_ref().get("id")?.get_ref().as_str()?.to_string()))
            .collect()
    };
    tree.iter()
        .map(|(name, list)| (name.get_ref().to_string(), of(list.get_ref())))
        .collect()
}

/// The bytes of a file inside the case's folder.
fn bytes(folder: &Path, name: &str) -> Result<Vec<u8>, Notice> {
    let notice = |code| Notice::new(code, Place::file(name));
    let unreadable = |error: io::Error| match error.kind() {
        io::ErrorKind::NotFound => notice(FILE_MISSING).text(name),
        _ => notice(FILE_UNREADABLE).with(trouble_in_both(&error)),
    };
    if !lies_inside(folder, name) {
        return Err(notice(FILE_OUTSIDE).text(name).with(name));
    }
    let path = folder.join(name);
    if !fs::metadata(&path).map_err(unreadable)?.is_file() {
        // A pipe or a device may never end.
        return Err(notice(FILE_UNREADABLE).with("不是普通文件 / not a regular file"));
    }
    let mut bytes = Vec::new();
    let file = File::open(&path).map_err(unreadable)?;
    file.take((LIMIT_MIB << 20) + 1)
        .read_to_end(&mut bytes)
        .map_err(unreadable)?;
    if bytes.len() as u64 > LIMIT_MIB << 20 {
        Err(notice(FILE_TOO_LARGE).with(LIMIT_MIB))
    } else {
        Ok(bytes)
    }
}

/// Whether a file named in a case lies in its folder: a relative path without `..`, and no link that leads out.
/// A file that does not exist passes, so that it is reported as missing.
pub(super) fn lies_inside(folder: &Path, name: &str) -> bool {
    let plain = Path::new(name)
        .components()
        .all(|part| matches!(part, Component::Normal(_) | Component::CurDir));
    if !plain || name.contains('\\') {
        return false;
    }
    match (folder.canonicalize(), folder.join(name).canonicalize()) {
        (Ok(folder), Ok(file)) => file.starts_with(folder),
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_stay_inside_the_folder() {
        let outer = tempfile::tempdir().expect("a folder");
        let folder = outer.path().join("case");
        fs::create_dir(&folder).expect("a folder inside");
        fs::write(outer.path().join("secret.csv"), "x").expect("a file outside");
        fs::write(folder.join("schools.csv"), "x").expect("a file inside");
        for (name, inside) in [
            ("schools.csv", true),
            ("./schools.csv", true),
            ("none.csv", true),
            ("../secret.csv", false),
            ("/etc/hosts", false),
            ("..\\secret.csv", false),
        ] {
            assert_eq!(lies_inside(&folder, name), inside, "{name}");
        }
    }

    #[cfg(unix)]
    #[test]
    fn links_do_not_lead_out() {
        let outer = tempfile::tempdir().expect("a folder");
        let folder = outer.path().join("case");
        fs::create_dir(&folder).expect("a folder inside");
        fs::write(outer.path().join("secret.csv"), "x").expect("a file outside");
        std::os::unix::fs::symlink(outer.path().join("secret.csv"), folder.join("link.csv"))
            .expect("a link");
        assert!(!lies_inside(&folder, "link.csv"));
    }
}
