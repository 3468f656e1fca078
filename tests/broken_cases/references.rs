//! References from one place to another.

use crate::simple::Simple;
use crate::{Broken, broken, broken_with};

fn case(simple: &mut Simple, from: &str, to: &str) {
    simple.swap("case.toml", from, to);
}

/// The schools in two provinces that both have a county 东县.
fn two_provinces(simple: &mut Simple) {
    case(
        simple,
        "county = \"县区\"",
        "county = \"县区\"\nprovince = \"类型\"",
    );
}

pub const ALL: &[Broken] = &[
    broken("E301", |simple| {
        simple.plus(
            "scenarios/less.toml",
            "\n[[project]]\nmeasures = [‸\"bild\"]\nleast = 20\n",
        );
    }),
    broken("E208", |simple| {
        simple.plus(
            "case.toml",
            "\n[[measure]]\nid = \"pass-on\"\nname = \"调剂图书\"\nkind = \"move\"\nresource = \"books\"\ncost = 0\nbody = \"教育局\"\n",
        );
        simple.plus(
            "scenarios/less.toml",
            "\n[[project]]\nmeasures = [‸\"pass-on\"]\nleast = 20\n",
        );
    }),
    broken("E310", |simple| {
        two_provinces(simple);
        simple.plus(
            "case.toml",
            "[[objective.tilt]]\ncounties = [\"城镇/东县\", ‸\"东县\"]\nweight = 2\n",
        );
    }),
    broken("E301", |simple| {
        two_provinces(simple);
        simple.plus(
            "case.toml",
            "[[objective.tilt]]\nprovinces = [\"乡村\", ‸\"东县\"]\nweight = 2\n",
        );
    }),
    broken("W530", |simple| {
        simple.plus(
            "case.toml",
            "[[schools.only]]\ncolumn = \"类型\"\nvalues = [\"城镇\", \"乡村\", ‸\"镇区\"]\n",
        );
    }),
    broken("H610", |simple| {
        simple.plus(
            "case.toml",
            "[[schools.only]]\ncolumn = \"学生\"\nabove = 100\n",
        );
        simple.mark("schools.csv");
    }),
    broken("E209", |simple| {
        simple.plus("case.toml", "‸[[schools.only]]\ncolumn = \"学生\"\n");
    }),
    broken("E301", |simple| {
        case(
            simple,
            "pays = { resources = [\"area\"] }",
            "pays = { resources = [‸\"aera\"] }",
        )
    }),
    broken("E301", |simple| {
        case(
            simple,
            "areas = [\"乡村\"]\nweight",
            "areas = [‸\"农村\"]\nweight",
        )
    }),
    broken("E301", |simple| {
        simple.swap(
            "scenarios/mixed.toml",
            "[\"computer-cap\"]",
            "[‸\"computers-cap\"]",
        );
    }),
    broken("E302", |simple| {
        case(simple, "unusable = \"超期\"", "unusable = ‸\"超期数\"")
    }),
    broken("E302", |simple| {
        case(
            simple,
            "unusable = \"超期\"",
            "unusable = \"超期\"\nleaving = [‸\"拆除:2027\"]",
        );
    }),
    broken("E303", |simple| {
        case(
            simple,
            "name = \"样例标准\"",
            "name = \"样例标准\"\nuse = ‸\"quality-balance-2018\"",
        );
    }),
    broken("E304", |simple| {
        case(simple, "id = \"special\"", "id = ‸\"county\"")
    }),
    broken_with("E304", &[], |simple| {
        simple.swap(
            "scenarios/mixed.toml",
            "id = \"no-build-in-town\"",
            "id = ‸\"village-half\"",
        );
    }),
    broken_with("E305", &["E307"], |simple| {
        simple.swap("schools.csv", "A3,第三小学", "‸A1,第三小学")
    }),
    broken("E306", |simple| {
        simple.plus(
            "case.toml",
            "[[standard.norm]]\nresource = ‸\"books\"\nper = \"school\"\nprimary = 1\n",
        );
    }),
    broken("E307", |simple| simple.swap("links.csv", "A1,A2", "A1,‸A9")),
    broken("E311", |simple| doubt(simple, "A1,‸bokos,1,2")),
    broken("E312", |simple| {
        doubt(simple, "A1,books,1,2\nA1,‸图书,1,3");
    }),
    broken("E308", |simple| {
        simple.swap("scenarios/mixed.toml", "[\"less\"]", "[‸\"lesser\"]")
    }),
    broken("E309", |simple| {
        simple.swap("scenarios/mixed.toml", "[\"less\"]", "[‸\"mixed\"]");
    }),
];

/// The case with a table of doubts of these rows.
pub fn doubt(simple: &mut Simple, rows: &str) {
    simple.plus("case.toml", "\n[doubts]\nfile = \"doubts.csv\"\n");
    simple.write("doubts.csv", &format!("school,quantity,low,high\n{rows}\n"));
}
