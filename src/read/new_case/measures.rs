//! The sections that say what can be done and with what money: measures and funds.

use super::found::{Found, Stocked};
use super::page::Page;
use super::words::pick;

/// Writes the sections.
pub fn write(found: &Found, page: &mut Page) {
    page.paragraph(
        "措施：单价要填写；使用年限、建设年限和责任单位是建议，请核对",
        "measures: fill in the costs; life, lead and responsible body are proposals, please check",
    );
    for one in found.planned() {
        measure(found, one, page);
    }
    fund(found, page);
}

/// The measure proposed for a resource, its cost to be filled in.
pub fn measure(found: &Found, one: &Stocked, page: &mut Page) {
    let (lang, measure) = (found.lang, &one.resource.measure);
    page.table("[[measure]]");
    page.text("id", &measure.id);
    page.text("name", pick(&measure.name, lang));
    page.text("kind", &measure.kind);
    page.text("resource", &one.resource.id);
    if measure.worth {
        page.noted(
            "cost",
            lang.pick("0.0001", "1"),
            lang.pick(
                "添一元的设备花一元",
                "equipment worth one unit costs one unit",
            ),
        );
    } else {
        let a_year = if measure.kind == "hire" {
            ("·年", " and year")
        } else {
            ("", "")
        };
        let (zh, en) = &one.resource.unit;
        let one_of = en.strip_suffix('s').unwrap_or(en);
        page.fill(
            "cost",
            &format!("万元/{zh}{}", a_year.0),
            &format!("money per {one_of}{}", a_year.1),
        );
    }
    if let Some(life) = measure.life {
        page.noted(
            "life",
            &life.to_string(),
            lang.pick("使用年限", "years of use"),
        );
    }
    if let Some(lead) = measure.lead {
        page.noted(
            "lead",
            &lead.to_string(),
            lang.pick("付款后几年可用", "years from payment to use"),
        );
    }
    if let Some(nature) = &measure.nature {
        page.text("nature", nature);
    }
    page.text("body", lang.pick("县教育局", "education authority"));
}

fn fund(found: &Found, page: &mut Page) {
    let lang = found.lang;
    page.paragraph(
        "资金：至少一项；有几项就照样写几段，专项资金用 pays 写明能付什么",
        "funds: at least one; write one block for each, and say in pays what an earmarked one may pay",
    );
    page.line("[[fund]]");
    page.text("id", "fund");
    page.text("name", lang.pick("本级财政资金", "education budget"));
    page.fill(
        "amounts",
        "每年多少万元；逐年不同就写成 [500, 500, 600, 600, 600]",
        "money a year; or a list of one amount a year",
    );
    page.noted(
        "carry_over",
        "false",
        lang.pick(
            "当年没用完的能否结转",
            "whether money left over may be spent later",
        ),
    );
    page.aside(|page| {
        page.table("[[fund]]");
        page.text("id", "earmarked");
        page.text("name", lang.pick("上级专项资金", "earmarked grant"));
        page.fill("amounts", "每年多少万元", "money a year");
        page.raw("pays", "{ natures = [\"capital\"] }");
    });
}
