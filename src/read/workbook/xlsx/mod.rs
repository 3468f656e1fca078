//! XLSX (Office Open XML, ECMA-376 parts 1 and 4): which sheets there are and where they lie.

mod sheet;
mod strings;
mod styles;

use quick_xml::events::Event;

pub use self::sheet::iso;
use self::styles::Styles;
use super::gather::{Count, Growing};
use super::package::Package;
use super::xml::{Xml, attribute, says_yes};
use super::{Refused, Tab, bounds};

/// What the cells of all sheets refer to.
struct Shared {
    strings: Vec<Box<str>>,
    styles: Styles,
    from_1904: bool,
}

/// Reads the sheets of cells; sheets of charts and macros are left out.
pub fn read(package: &mut Package) -> Result<Vec<Tab>, Refused> {
    let workbook = relations(package, "", "_rels/.rels")?
        .into_iter()
        .find(|relation| relation.kind == "officeDocument")
        .map_or_else(|| "xl/workbook.xml".to_string(), |relation| relation.target);
    if workbook.to_ascii_lowercase().ends_with(".bin") {
        return Err(Refused::Other("XLSB"));
    }
    let (folder, name) = workbook.rsplit_once('/').unwrap_or(("", &workbook));
    let related = relations(package, folder, &format!("{folder}/_rels/{name}.rels"))?;
    let of_kind = |kind: &str| related.iter().find(|relation| relation.kind == kind);
    let listed = listed(package, &workbook)?;
    let shared = Shared {
        strings: match of_kind("sharedStrings") {
            Some(relation) => strings::read(package, &relation.target)?,
            None => Vec::new(),
        },
        styles: match of_kind("styles") {
            Some(relation) => styles::read(package, &relation.target)?,
            None => Styles::default(),
        },
        from_1904: listed.from_1904,
    };
    let mut count = Count::default();
    let mut tabs = Vec::new();
    for one in listed.sheets {
        let relation = related.iter().find(|relation| relation.id == one.relation);
        let Some(relation) = relation.filter(|relation| relation.kind == "worksheet") else {
            continue;
        };
        let growing = Growing::new(one.name, one.hidden, &mut count);
        tabs.push(sheet::read(package, &relation.target, &shared, growing)?);
    }
    Ok(tabs)
}

/// What a part refers to.
struct Relation {
    id: String,
    /// The last word of its type, such as `worksheet`.
    kind: String,
    /// The name of the part.
    target: String,
}

/// The relations of a part that lies in `folder`; none when they are not stated.
fn relations(package: &mut Package, folder: &str, name: &str) -> Result<Vec<Relation>, Refused> {
    let mut relations = Vec::new();
    let Some(part) = package.part(name)? else {
        return Ok(relations);
    };
    let mut xml = Xml::new(part);
    loop {
        match xml.next()? {
            Event::Start(element) if element.local_name().as_ref() == "Relationship" => {
                let value = |name| attribute(&element, name).unwrap_or_default();
                let kind = value("Type");
                relations.push(Relation {
                    id: value("Id"),
                    kind: kind.rsplit('/').next().unwrap_or_default().to_string(),
                    target: resolved(folder, &value("Target")),
                });
            }
            Event::Eof => return Ok(relations),
            _ => {}
        }
        if relations.len() > bounds::MOST_PARTS {
            return Err(Refused::Broken(name.to_string()));
        }
    }
}

/// The name of the part that a target means, seen from a folder.
fn resolved(folder: &str, target: &str) -> String {
    let mut parts: Vec<&str> = match target.starts_with('/') {
        true => Vec::new(),
        false => folder.split('/').filter(|part| !part.is_empty()).collect(),
    };
    for part in target.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()),
            part => parts.push(part),
        }
    }
    parts.join("/")
}

/// What the workbook part says.
#[derive(Default)]
struct Listed {
    sheets: Vec<ListedSheet>,
    from_1904: bool,
}

struct ListedSheet {
    name: String,
    hidden: bool,
    relation: String,
}

fn listed(package: &mut Package, name: &str) -> Result<Listed, Refused> {
    let missing = || Refused::Broken(name.to_string());
    let mut listed = Listed::default();
    let mut xml = Xml::new(package.part(name)?.ok_or_else(missing)?);
    loop {
        match xml.next()? {
            Event::Start(element) => match element.local_name().as_ref() {
                "sheet" => listed.sheets.push(ListedSheet {
                    name: attribute(&element, "name").unwrap_or_default(),
                    hidden: attribute(&element, "state").is_some_and(|state| state != "visible"),
                    relation: attribute(&element, "id").unwrap_or_default(),
                }),
                "workbookPr" => listed.from_1904 = says_yes(&element, "date1904"),
                _ => {}
            },
            Event::Eof => return Ok(listed),
            _ => {}
        }
        if listed.sheets.len() > bounds::MOST_SHEETS {
            return Err(Refused::Broken(format!("> {} sheets", bounds::MOST_SHEETS)));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::resolved;

    #[test]
    fn targets_are_seen_from_the_folder_of_their_part() {
        for (folder, target, part) in [
            ("xl", "worksheets/sheet1.xml", "xl/worksheets/sheet1.xml"),
            ("xl", "/xl/styles.xml", "xl/styles.xml"),
            ("xl", "../custom/a.xml", "custom/a.xml"),
            ("", "../../../etc/passwd", "etc/passwd"),
        ] {
            assert_eq!(resolved(folder, target), part);
        }
    }
}
