//! Finding a school or resource by what a planner calls it.

use super::exit::Exit;
use super::load::nearest;
use super::voice::Voice;
use crate::case::Case;
use crate::read::fold::fold;
use crate::report::page::tame;
use crate::words::{ResourceIx, SchoolIx};

/// How many candidates are listed.
const LISTED: usize = 10;

/// Something with a code and a name.
#[derive(Clone, Copy, Debug)]
pub struct Named<'a> {
    /// Its code.
    pub id: &'a str,
    /// Its name.
    pub name: &'a str,
    /// Where it is, to tell it from others of its name; may be empty.
    pub place: &'a str,
}

/// The position of the one that is meant: by its code, its name, or a part of either that only one has.
///
/// # Errors
/// [`Exit::BadData`] when none or several could be meant, which have then been named.
pub fn find(
    voice: &Voice,
    kind: (&str, &str),
    asked: &str,
    known: &[Named],
) -> Result<usize, Exit> {
    if let Some(at) = known.iter().position(|one| one.id == asked) {
        return Ok(at);
    }
    let wanted = fold(asked);
    let all = |test: &dyn Fn(&str) -> bool| -> Vec<usize> {
        let fits = |one: &Named| test(&fold(one.id)) || test(&fold(one.name));
        (0..known.len()).filter(|&at| fits(&known[at])).collect()
    };
    let mut found = all(&|text| text == wanted);
    if found.is_empty() && !wanted.is_empty() {
        found = all(&|text| text.contains(wanted.as_ref()));
    }
    match found.as_slice() {
        [only] => Ok(*only),
        [] => Err(none(voice, kind, asked, known)),
        several => Err(ambiguous(voice, kind, asked, known, several)),
    }
}

/// The school that is meant.
///
/// # Errors
/// As [`find`].
pub fn find_school(voice: &Voice, case: &Case, name: &str) -> Result<SchoolIx, Exit> {
    let known: Vec<Named> = case
        .schools
        .iter()
        .map(|school| Named {
            id: &school.id,
            name: &school.name,
            place: match case.counties.len() {
                1 => school.township.as_str(),
                _ => &case.counties[school.county].label,
            },
        })
        .collect();
    find(voice, ("学校", "school"), name, &known).map(SchoolIx::new)
}

/// The resource that is meant.
///
/// # Errors
/// As [`find`].
pub fn find_resource(voice: &Voice, case: &Case, name: &str) -> Result<ResourceIx, Exit> {
    let known: Vec<Named> = case
        .resources
        .iter()
        .map(|resource| Named {
            id: &resource.id,
            name: &resource.name,
            place: "",
        })
        .collect();
    find(voice, ("资源", "resource"), name, &known).map(ResourceIx::new)
}

fn none(voice: &Voice, kind: (&str, &str), asked: &str, known: &[Named]) -> Exit {
    let (zh, en) = kind;
    let asked = tame(asked);
    let names: Vec<&str> = known.iter().flat_map(|one| [one.name, one.id]).collect();
    let near = nearest(&asked, &names).map(tame);
    let list = (known.len() <= LISTED).then(|| {
        let names: Vec<String> = known.iter().map(|one| tame(one.name)).collect();
        names.join(voice.lang.pick("、", ", "))
    });
    voice.warn(match (near, list) {
        (Some(near), _) => voice.lang.pick(
            format!("错误：没有{zh}“{asked}”；是不是“{near}”？"),
            format!("error: no {en} \"{asked}\"; did you mean \"{near}\"?"),
        ),
        (None, Some(list)) => voice.lang.pick(
            format!("错误：没有{zh}“{asked}”；有：{list}"),
            format!("error: no {en} \"{asked}\"; there are: {list}"),
        ),
        (None, None) => voice.lang.pick(
            format!("错误：没有{zh}“{asked}”"),
            format!("error: no {en} \"{asked}\""),
        ),
    });
    Exit::BadData
}

fn ambiguous(
    voice: &Voice,
    kind: (&str, &str),
    asked: &str,
    known: &[Named],
    found: &[usize],
) -> Exit {
    let (zh, en) = kind;
    let asked = tame(asked);
    let count = found.len();
    voice.warn(voice.lang.pick(
        format!("错误：“{asked}”可以指 {count} 个{zh}，请用代码："),
        format!("error: \"{asked}\" may be any of {count} {en}s; ask by code:"),
    ));
    for &at in found.iter().take(LISTED) {
        let one = known[at];
        let line = [one.id, one.name, one.place].map(tame).join("  ");
        voice.warn(format!("  {}", line.trim_end()));
    }
    if count > LISTED {
        voice.warn("  …");
    }
    Exit::BadData
}
