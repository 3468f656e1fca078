//! Units in headers, such as `面积(㎡)` and `经费（万元）`.

use super::super::fold::fold;

/// Units that are the same, in the folded form in which they are compared; those of one line stand for one thing.
const SAME: [&[&str]; 9] = [
    &[
        "m2",
        "平方米",
        "平米",
        "sqm",
        "sq m",
        "square metres",
        "square meters",
    ],
    &["元", "人民币元", "yuan", "rmb", "cny"],
    &["亩"],
    &["公顷", "ha", "hectares"],
    &["km", "公里", "千米"],
    &["m", "米"],
    &["度", "°", "degrees"],
    &["%", "百分比"],
    &["‰"],
];

/// Units of things that are counted.
const COUNTED: [&str; 30] = [
    "人", "名", "位", "个", "台", "套", "件", "册", "本", "间", "所", "班", "座", "幢", "栋", "辆",
    "张", "块", "生", "岗", "处", "年", "台套", "台/套", "台(套)", "persons", "pupils", "teachers",
    "units", "volumes",
];

/// Marks of scale before a unit, with what they stand for.
const SCALES: [(&str, f64); 5] = [
    ("亿", 1e8),
    ("千万", 1e7),
    ("百万", 1e6),
    ("万", 1e4),
    ("千", 1e3),
];

/// What a unit counts: its kind and its scale.
#[derive(Clone, Copy, PartialEq, Debug)]
struct Meaning {
    kind: Option<usize>,
    scale: f64,
}

fn meaning(unit: &str) -> Option<Meaning> {
    let folded = fold(unit);
    let plain = |text: &str, scale| {
        let text = text.trim();
        let kind = SAME.iter().position(|same| same.contains(&text));
        (kind.is_some() || COUNTED.contains(&text)).then_some(Meaning { kind, scale })
    };
    let scaled = || {
        let (mark, scale) = SCALES.iter().find(|(mark, _)| folded.starts_with(mark))?;
        plain(&folded[mark.len()..], *scale)
    };
    plain(&folded, 1.0).or_else(scaled)
}

/// Whether a text is a unit that headers use.
pub fn is_unit(text: &str) -> bool {
    meaning(text).is_some()
}

/// Whether two units cannot mean the same amounts: other kinds of thing, or another scale as in 元 and 万元. Unknown
/// units contradict nothing.
pub fn contradict(one: &str, other: &str) -> bool {
    match (meaning(one), meaning(other)) {
        (Some(one), Some(other)) => one != other,
        _ => false,
    }
}

/// A folded header without its unit, and the unit, where it ends in one in brackets.
pub fn split(header: &str) -> (&str, Option<&str>) {
    let whole = (header, None);
    let Some(inner) = header.trim_end().strip_suffix([')', '）', ']', '］']) else {
        return whole;
    };
    // The bracket may hold brackets itself, as in `设备(台(套))`.
    let starts = inner.char_indices().filter(|(_, c)| "(（[［".contains(*c));
    for (at, bracket) in starts {
        let unit = &inner[at + bracket.len_utf8()..];
        if at > 0 && is_unit(unit) {
            return (inner[..at].trim_end(), Some(unit.trim()));
        }
    }
    whole
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units_are_parted_from_names() {
        for (header, parted) in [
            ("面积(m2)", ("面积", Some("m2"))),
            ("经费（万元）", ("经费", Some("万元"))),
            ("设备 (台(套))", ("设备", Some("台(套)"))),
            ("学生(小学)", ("学生(小学)", None)),
            ("(人)", ("(人)", None)),
            ("面积", ("面积", None)),
            ("", ("", None)),
        ] {
            assert_eq!(split(header), parted);
        }
    }

    #[test]
    fn units_contradict_in_kind_and_scale() {
        for (one, other, wrong) in [
            ("㎡", "平方米", false),
            ("元", "万元", true),
            ("册", "万册", true),
            ("㎡", "亩", true),
            ("台", "套", false),
            ("间", "㎡", true),
            ("箱", "㎡", false),
        ] {
            assert_eq!(contradict(one, other), wrong, "{one} {other}");
        }
    }
}
