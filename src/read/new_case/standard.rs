//! The sections that say what schools should have: `[standard]` and `[objective]`.

use super::found::{Found, Stocked};
use super::page::{Page, quoted};
use super::words::pick;
use crate::case::Section;

/// Words for kinds of area that plans usually tilt to.
const RURAL: [&str; 5] = ["乡村", "农村", "村", "rural", "village"];

/// Writes the sections.
pub fn write(found: &Found, page: &mut Page) {
    page.table("[standard]");
    match found.set {
        Some(set) => page.noted("use", &quoted(&set.id), pick(&set.name, found.lang)),
        None => page.text("name", found.lang.pick("自定标准", "own standard")),
    }
    let lacking = found.lacking();
    if !lacking.is_empty() {
        page.comment(
            "标准里的这些指标在表中没有找到对应的列，无法规划，也无法按全部指标判定是否达标：",
            "indicators of the standard without a column; they can be neither planned for nor judged:",
        );
        page.list(
            &lacking
                .iter()
                .map(|resource| pick(&resource.name, found.lang).to_string())
                .collect::<Vec<_>>(),
        );
    }
    if found.set.is_none_or(|set| !set.norms) && found.planned().next().is_some() {
        page.paragraph(
            "各项资源的配置标准，请按本省（区、市）的规定填写；某学段没有规定就删去那一行",
            "what schools should have, by your own regulations; remove the line of a section they do not speak of",
        );
        for one in found.planned() {
            norm(found, one, page);
        }
        compliance(found, page);
    }
    objective(found, page);
}

/// The rule a school must pass, for the planner to take in: no shipped set knows it for these norms.
fn compliance(found: &Found, page: &mut Page) {
    page.paragraph(
        "学校达标的判定规则；去掉行首的 # 并改成本地的规定，如“至少几项达标，其余不低于 85%”",
        "when a school counts as up to standard; take off the signs and write your own rule, such as \"so many met, the others at 85 %\"",
    );
    page.aside(|page| {
        page.line("[standard.compliance]");
        page.raw(
            "at_least",
            &found.planned().count().saturating_sub(1).max(1).to_string(),
        );
        page.raw("rest", "0.85");
    });
}

/// The norm of a resource, to be filled in.
pub fn norm(found: &Found, one: &Stocked, page: &mut Page) {
    let (zh, en) = (&one.resource.unit.0, &one.resource.unit.1);
    let per = match one.resource.per.as_str() {
        "100-pupils" => ("每百名学生", "100 pupils"),
        _ => ("每名学生", "pupil"),
    };
    page.table("[[standard.norm]]");
    page.text("resource", &one.resource.id);
    page.text("per", &one.resource.per);
    for section in found.sections() {
        let key = match section {
            Section::Primary => "primary",
            Section::Junior => "junior",
        };
        page.fill(
            key,
            &format!("{}{}多少{zh}", section.name().0, per.0),
            &format!("{en} per {}, {}", per.1, section.name().1),
        );
    }
}

fn objective(found: &Found, page: &mut Page) {
    let rural: Vec<&str> = found
        .areas
        .iter()
        .map(|(area, _)| *area)
        .filter(|area| is_rural(area))
        .collect();
    page.table("[objective]");
    page.noted(
        "count",
        "\"pupils\"",
        found
            .lang
            .pick("缺口按学生数计", "shortfalls count by pupils"),
    );
    if found.areas.len() > 1 {
        let areas: Vec<String> = found
            .areas
            .iter()
            .map(|(area, _)| area.to_string())
            .collect();
        page.comment("表中的城乡类型：", "kinds of area in the sheet:");
        page.list(&areas);
    }
    if !rural.is_empty() {
        page.comment(
            "要向乡村学校倾斜，就去掉下面几行的 #：",
            "to tilt towards rural schools, take off the signs:",
        );
        let areas: Vec<String> = rural.iter().map(|area| quoted(area)).collect();
        page.aside(|page| {
            page.table("[[objective.tilt]]");
            page.raw("areas", &format!("[{}]", areas.join(", ")));
            page.raw("weight", "1.5");
        });
    }
}

fn is_rural(area: &str) -> bool {
    let folded = crate::read::fold::fold(area);
    RURAL.iter().any(|word| folded.contains(word))
}
