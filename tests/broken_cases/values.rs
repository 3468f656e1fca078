//! Values that cannot be.

use crate::simple::Simple;
use crate::{Broken, broken, broken_with};

const SCHOOLS: &str = "schools.csv";

fn case(simple: &mut Simple, from: &str, to: &str) {
    simple.swap("case.toml", from, to);
}

pub const ALL: &[Broken] = &[
    // A limit on differences of no size, under a standard that has none.
    broken("E425", |simple| {
        let rule = "id = \"even\"\nname = \"差异系数\"\nkind = \"cv\"\n";
        case(simple, "[standard.cv]\nprimary = 0.50\njunior = 0.45\n", "");
        simple.plus("case.toml", &format!("\n‸[[policy]]\n{rule}"));
    }),
    // So many indicators, under a standard that says nothing of them; more than there are; and no whole number.
    broken_with("E426", &["H601"], |simple| {
        let rule = "id = \"met\"\nname = \"达标项数\"\nkind = \"indicators\"\n";
        let own = "[standard.compliance]\nat_least = 2\nrest = 0.85\n";
        case(simple, own, "");
        simple.plus("case.toml", &format!("\n‸[[policy]]\n{rule}"));
    }),
    broken("E427", |simple| {
        let rule = "id = \"met\"\nname = \"达标项数\"\nkind = \"indicators\"\nmin = 9\n";
        simple.plus("case.toml", &format!("\n‸[[policy]]\n{rule}"));
    }),
    broken("E401", |simple| {
        let rule = "id = \"met\"\nname = \"达标项数\"\nkind = \"indicators\"\nmin = ‸1.5\n";
        simple.plus("case.toml", &format!("\n[[policy]]\n{rule}"));
    }),
    broken("E401", |simple| {
        let rule = "id = \"even\"\nname = \"差异系数\"\nkind = \"cv\"\nmax = ‸0\n";
        simple.plus("case.toml", &format!("\n[[policy]]\n{rule}"));
    }),
    broken("E418", |simple| {
        let rule = "id = \"match\"\nname = \"配套\"\nkind = \"share\"\nof = \"matched\"\nmin = 0.5\nfunds = [\"county\"]\n";
        let rule = format!("\n[[policy]]\n{rule}matched = [\"special\", ‸\"county\"]\n");
        simple.plus("case.toml", &rule);
    }),
    // No primary section there; to itself; in a year that is not planned.
    broken("E417", |simple| {
        simple.plus("case.toml", "\n[[divert]]\nschool = \"A1\"\nto = ‸\"B1\"\n");
    }),
    broken("E417", |simple| {
        simple.plus(
            "scenarios/mixed.toml",
            "\n[[divert]]\nschool = \"A1\"\nto = ‸\"A1\"\n",
        );
    }),
    broken("E401", |simple| {
        simple.plus(
            "case.toml",
            "\n[[divert]]\nschool = \"A1\"\nto = \"A2\"\nsince = ‸2031\n",
        );
    }),
    // No year behind the header; bought after the plan has begun; gone before it has.
    broken("E419", |simple| {
        case(
            simple,
            "unusable = \"超期\"",
            "unusable = \"超期\"\nleaving = [‸\"校舍\"]",
        );
    }),
    broken("E419", |simple| {
        case(
            simple,
            "unusable = \"超期\"",
            "unusable = \"超期\"\nlife = 6\nbought = [‸\"校舍:2027\"]",
        );
    }),
    broken("E419", |simple| {
        case(
            simple,
            "unusable = \"超期\"",
            "unusable = \"超期\"\nleaving = [‸\"校舍：2025年\"]",
        );
    }),
    // No post is subsidised by more than it costs.
    broken("E401", |simple| {
        let special = "id = \"special\"\nname = \"特岗\"\nkind = \"hire\"\nresource = \"books\"\ncost = 6\nsubsidy = ‸7\nsubsidy_years = 3\nbody = \"局\"\n";
        simple.plus("case.toml", &format!("\n[[measure]]\n{special}"));
    }),
    broken("E401", |simple| {
        case(simple, "cost = 0.25", "cost = ‸-0.25")
    }),
    broken("E401", |simple| {
        case(simple, "amounts = [50, 60]", "amounts = [50, ‸-60]")
    }),
    // Within the schema's range, but beyond exact sums once it is turned into main units.
    broken("E401", |simple| {
        case(simple, "amounts = [50, 60]", "amounts = [50, ‸9e14]")
    }),
    broken("E401", |simple| {
        case(simple, "amounts = 100", "amounts = ‸99999999999999999999")
    }),
    broken_with("E401", &["E403"], |simple| {
        case(simple, "years = 2", "years = ‸40")
    }),
    broken("E401", |simple| case(simple, "min = 0.3", "min = ‸1.3")),
    broken("E401", |simple| {
        case(simple, "primary = [1.0, 0.98]", "primary = [1.0, ‸98]")
    }),
    broken("E402", |simple| case(simple, "cost = 0.25", "cost = ‸inf")),
    broken("E402", |simple| {
        case(simple, "amounts = [50, 60]", "amounts = [50, ‸nan]")
    }),
    broken("E403", |simple| {
        case(simple, "amounts = [50, 60]", "amounts = ‸[50, 60, 70]")
    }),
    broken("E404", |simple| {
        case(
            simple,
            "whole = true\nstock = \"计算机\"",
            "whole = true\nstep = ‸0.5\nstock = \"计算机\"",
        );
    }),
    broken("E405", |simple| {
        case(
            simple,
            "{ below = 0.6, weight = 2 }, { below = 1.0,",
            "{ below = 0.6, weight = 2 }, { below = ‸0.9,",
        );
    }),
    broken("E406", |simple| {
        simple.swap(
            "scenarios/mixed.toml",
            "{ below = 1.0, weight = 1 }",
            "{ below = 1.0, weight = ‸5 }",
        );
    }),
    broken("E407", |simple| {
        case(simple, "{ up_to = 500,", "{ up_to = ‸50,")
    }),
    broken("E408", |simple| {
        simple.swap(
            SCHOOLS,
            "A2,第二小学,完小,乡村,东县",
            "A2,第二小学,完小,乡村,‸",
        )
    }),
    broken("E409", |simple| {
        simple.swap(SCHOOLS, ",30,5,1500", ",‸-30,5,1500")
    }),
    broken("E410", |simple| {
        simple.swap(SCHOOLS, "A3,第三小学,小学", "A3,第三小学,‸小学部")
    }),
    broken_with("E411", &["W104", "E301", "E307"], |simple| {
        simple.write(SCHOOLS, "代码,名称,学段,类型,县区,学生,小学生,初中生,小学班,初中班,纬度,经度,图书,电子书,计算机,超期,校舍\n");
        case(simple, "file = \"schools.csv\"", "file = ‸\"schools.csv\"");
    }),
    broken_with("E412", &["H601"], |simple| {
        simple.swap(
            "scenarios/less.toml",
            "[[fund]]",
            "[standard]\nuse = ‸\"basic-balance-2012\"\n\n[[fund]]",
        );
    }),
];
