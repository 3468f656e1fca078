//! The sections that say what schools need: one `[[resource]]` for each stock column.

use super::found::{Found, Stocked};
use super::page::{Page, quoted};
use super::words::pick;
use super::{measures, standard};

/// Writes the resources that are planned.
pub fn write(found: &Found, page: &mut Page) {
    if found.stocked.is_empty() {
        example(found, page);
    }
    for one in found.planned() {
        page.table("[[resource]]");
        resource(found, one, page);
    }
}

/// Writes the resources that the standard does not speak of, with all they need, as comments.
pub fn write_beside(found: &Found, page: &mut Page) {
    if found.beside().next().is_none() {
        return;
    }
    page.paragraph(
        "表中还有下面这些资源，不在所选标准之内。要一并规划，就去掉行首的 #，填好配置标准和单价：",
        "further resources of the sheet, of which the standard does not speak; to plan for them, take off the signs and fill in norm and cost:",
    );
    for one in found.beside() {
        page.aside(|page| {
            page.table("[[resource]]");
            resource(found, one, page);
            page.raw("indicator", "false");
            standard::norm(found, one, page);
            measures::measure(found, one, page);
        });
    }
}

fn example(found: &Found, page: &mut Page) {
    page.paragraph(
        "没有认出资源的存量列。请照下面的样子写上要规划的资源，并在后面写上配置标准和措施：",
        "no stock column was recognised; write the resources to plan for like this, and below their norms and measures:",
    );
    page.aside(|page| {
        page.table("[[resource]]");
        page.text("id", "computers");
        page.text(
            "name",
            found.lang.pick("学生用计算机", "computers for pupils"),
        );
        page.text("unit", found.lang.pick("台", "computers"));
        page.raw("whole", "true");
        page.text(
            "stock",
            found
                .lang
                .pick("存量那一列的表头", "header of the stock column"),
        );
    });
}

fn resource(found: &Found, one: &Stocked, page: &mut Page) {
    let lang = found.lang;
    page.text("id", &one.resource.id);
    page.text("name", pick(&one.resource.name, lang));
    page.text("unit", pick(&one.resource.unit, lang));
    if one.resource.whole {
        page.raw("whole", "true");
    } else {
        page.noted(
            "step",
            if one.resource.measure.worth {
                "100"
            } else {
                "1"
            },
            lang.pick(
                "最小配置单位，免得方案里出现零头",
                "the smallest amount dealt out, so that no plan hands out crumbs",
            ),
        );
    }
    let stock = found.because(lang.pick("存量", "stock"), one.confidence);
    page.noted("stock", &quoted(found.header(one.stock)), &stock);
    if let Some((at, confidence)) = one.unusable {
        let taken_off = found.because(
            lang.pick(
                "不能用、要从存量中减去的部分",
                "does not count and is taken off",
            ),
            confidence,
        );
        page.noted("unusable", &quoted(found.header(at)), &taken_off);
    }
    if one.resource.measure.worth {
        page.comment(
            "存量、标准和单价都按元算；表中若是万元，请先换算成元",
            "stock, norm and cost are in main units of the currency",
        );
    }
}
