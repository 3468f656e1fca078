//! The shape of TOML files.

use crate::simple::Simple;
use crate::{Broken, broken, broken_with};

fn case(simple: &mut Simple, from: &str, to: &str) {
    simple.swap("case.toml", from, to);
}

pub const ALL: &[Broken] = &[
    // What moves between schools has no projects.
    broken("E208", |simple| {
        let moves = "id = \"move\"\nname = \"调剂\"\nkind = \"move\"\nresource = \"books\"\ncost = 1\nleast = ‸20\nbody = \"局\"\n";
        simple.plus("case.toml", &format!("\n[[measure]]\n{moves}"));
    }),
    broken("E401", |simple| {
        case(
            simple,
            "amounts = [50, 60]",
            "per_pupil = { primary = 0.07, share = ‸0 }",
        )
    }),
    broken("E203", |simple| {
        case(simple, "amounts = [50, 60]", "per_pupil = ‸{ least = 100 }")
    }),
    broken("E210", |simple| {
        simple.plus(
            "case.toml",
            "\n[[divert]]\nschool = \"A2\"\nto = \"A1\"\npupils = 5\nbrings = [‸\"books\"]\n",
        );
    }),
    // Who boards is counted where the table counts boarders, and so is what is asked for by the boarder.
    broken("E203", |simple| {
        simple.plus(
            "case.toml",
            "\n[[divert]]\nschool = \"A2\"\nto = \"A1\"\nboards = ‸true\n",
        );
    }),
    broken("E203", |simple| {
        case(simple, "[standard]\nname", "‸[standard]\nname");
        case(simple, "per = \"100-pupils\"", "per = \"boarder\"");
    }),
    broken("E203", |simple| {
        case(simple, "[standard]\nname", "‸[standard]\nname");
        case(simple, "per = \"100-pupils\"", "per = \"poor-pupil\"");
    }),
    broken("E203", |simple| {
        case(simple, "[standard]\nname", "‸[standard]\nname");
        let size =
            "per = \"class-within-size\"\nprimary = 1\n\n[standard.size]\nclass_junior = 50\n";
        case(
            simple,
            "per = \"100-pupils\"\nprimary = 10\njunior = 12\n",
            size,
        );
    }),
    broken("E208", |simple| {
        let aid = "id = \"aid\"\nname = \"资助\"\nkind = \"aid\"\nresource = \"books\"\ncost = 6\nlife = ‸9\nbody = \"局\"\n";
        simple.plus("case.toml", &format!("\n[[measure]]\n{aid}"));
    }),
    broken("E208", |simple| {
        case(
            simple,
            "per = \"100-pupils\"",
            "boarder_primary = ‸2\nper = \"100-pupils\"",
        );
    }),
    // A post is shared by schools that are near or paired; pairs are told by a column; what rotates stands in for nothing.
    broken("E203", |simple| {
        let share = "id = \"share\"\nname = \"走教\"\nkind = \"share-post\"\nresource = \"books\"\ncost = 6\nbody = \"局\"\n";
        simple.plus("case.toml", &format!("\n‸[[measure]]\n{share}"));
    }),
    broken_with("E203", &["W519"], |simple| {
        let share = "id = \"share\"\nname = \"走教\"\nkind = \"share-post\"\nresource = \"books\"\ncost = 6\npaired = true\nbody = \"局\"\n";
        simple.plus("case.toml", &format!("\n‸[[measure]]\n{share}"));
    }),
    broken("E208", |simple| {
        let rotate = "id = \"rotate\"\nname = \"轮岗\"\nkind = \"rotate\"\nresource = \"books\"\ncost = 6\npart = ‸0.5\nbody = \"局\"\n";
        simple.plus("case.toml", &format!("\n[[measure]]\n{rotate}"));
    }),
    broken("E208", |simple| {
        let bought = "id = \"bought\"\nname = \"购置\"\nkind = \"buy\"\nresource = \"books\"\ncost = 6\nlife = 9\nsubsidy = ‸3\nbody = \"局\"\n";
        simple.plus("case.toml", &format!("\n[[measure]]\n{bought}"));
    }),
    broken("E201", |simple| {
        case(simple, "name = \"样例标准\"", "name = \"样例标准‸")
    }),
    broken("E202", |simple| {
        case(simple, "money = \"万元\"", "‸monye = \"万元\"")
    }),
    broken("E203", |simple| {
        simple.minus("case.toml", "currency = \"元\"");
        simple.mark("case.toml:1:1");
    }),
    broken("E203", |simple| {
        case(
            simple,
            "[[measure]]\nid = \"build\"\nname = \"新建校舍\"\nkind = \"build\"\nresource = \"area\"\ncost = 0.25\nlife = 50",
            "‸[[measure]]\nid = \"build\"\nname = \"新建校舍\"\nkind = \"build\"\nresource = \"area\"\ncost = 0.25",
        )
    }),
    broken("E203", |simple| {
        case(
            simple,
            "id = \"county\"\nname = \"县级资金\"\namounts = [50, 60]",
            "id = ‸\"county\"\nname = \"县级资金\"",
        )
    }),
    broken("E203", |simple| {
        case(
            simple,
            "amounts = [50, 60]",
            "per_pupil = ‸{ primary = 0.07, boarder = 0.03 }",
        )
    }),
    broken("E210", |simple| {
        case(
            simple,
            "amounts = [50, 60]",
            "amounts = [50, 60]\nper_pupil = ‸{ primary = 0.07 }",
        )
    }),
    broken("E204", |simple| {
        case(simple, "cost = 0.25", "cost = ‸\"0.25\"")
    }),
    broken("E204", |simple| {
        case(
            simple,
            "[links]\nfile = \"links.csv\"",
            "‸[[links]]\nfile = \"links.csv\"",
        )
    }),
    broken("E213", |simple| {
        case(simple, "cost = 0.25", "cost = ‸\"填写：万元/㎡\"")
    }),
    broken("E205", |simple| {
        case(simple, "kind = \"quota\"", "kind = ‸\"quotas\"")
    }),
    broken("E206", |simple| {
        case(simple, "body = \"县发展改革局\"", "body = ‸\" \"")
    }),
    broken("E207", |simple| {
        let rows: Vec<String> = (0..21)
            .map(|at| format!("{{ below = {}, weight = 1 }}", (at as f64 + 1.0) / 21.0))
            .collect();
        case(
            simple,
            "bands = [{ below = 0.6, weight = 2 }, { below = 1.0, weight = 1 }]",
            &format!("bands = ‸[{}]", rows.join(", ")),
        );
    }),
    broken("E208", |simple| {
        case(simple, "life = 6", "life = 6\nterm = ‸2")
    }),
    broken("E208", |simple| {
        case(simple, "life = 6", "life = 6\nfrom = ‸\"books\"")
    }),
    broken("E208", |simple| {
        let rule = "id = \"new\"\nname = \"不得新建\"\nkind = \"forbid\"\neach = ‸\"school\"\nscope = { measures = [\"build\"] }\n";
        simple.plus("case.toml", &format!("\n[[policy]]\n{rule}"));
    }),
    broken("E220", |simple| {
        case(
            simple,
            "life = 6",
            "life = 6\nalso = [\"books:2\", ‸\"books\"]",
        )
    }),
    broken("E220", |simple| {
        case(simple, "life = 6", "life = 6\nalso = [‸\"books:some\"]")
    }),
    broken("E220", |simple| {
        case(simple, "life = 6", "life = 6\nalso = [‸\"computers\"]")
    }),
    broken("E203", |simple| {
        let special = "id = \"special\"\nname = \"特岗\"\nkind = \"hire\"\nresource = \"books\"\ncost = 6\nsubsidy = 3\nbody = \"局\"\n";
        simple.plus("case.toml", &format!("\n‸[[measure]]\n{special}"));
    }),
    broken("E203", |simple| {
        let trained = "id = \"train\"\nname = \"培训\"\nkind = \"train\"\nresource = \"books\"\ncost = 1\nlife = 9\nbody = \"局\"\n";
        simple.plus("case.toml", &format!("\n‸[[measure]]\n{trained}"));
    }),
    // What is matched is named, is named for nothing else, and has no maximum.
    broken("E203", |simple| {
        let rule = "id = \"match\"\nname = \"配套\"\nkind = \"share\"\nof = \"matched\"\nmin = 0.5\nfunds = [\"county\"]\n";
        simple.plus("case.toml", &format!("\n‸[[policy]]\n{rule}"));
    }),
    broken("E208", |simple| {
        let rule = "id = \"match\"\nname = \"配套\"\nkind = \"share\"\nmin = 0.5\nmatched = ‸[\"special\"]\n";
        simple.plus("case.toml", &format!("\n[[policy]]\n{rule}"));
    }),
    broken("E208", |simple| {
        let rule = "id = \"match\"\nname = \"配套\"\nkind = \"share\"\nof = \"matched\"\nmax = ‸2\nfunds = [\"county\"]\n";
        simple.plus(
            "case.toml",
            &format!("\n[[policy]]\n{rule}matched = [\"special\"]\n"),
        );
    }),
    broken("E208", |simple| {
        let rule = "id = \"grows\"\nname = \"只增不减\"\nkind = \"share\"\nof = \"year-before\"\nmax = ‸1.2\n";
        simple.plus("case.toml", &format!("\n[[policy]]\n{rule}"));
    }),
    broken("E208", |simple| {
        let rule = "id = \"grows\"\nname = \"只增不减\"\nkind = \"share\"\nof = \"year-before\"\nmin = 1\neach_year = ‸false\n";
        simple.plus("case.toml", &format!("\n[[policy]]\n{rule}"));
    }),
    broken("E208", |simple| {
        simple.swap(
            "scenarios/mixed.toml",
            "kind = \"forbid\"",
            "kind = \"forbid\"\nmax = ‸3",
        )
    }),
    broken("E209", |simple| {
        case(simple, "min = 0.3", "min = 0.3\nmax = ‸0.9")
    }),
    broken_with("E209", &[], |simple| {
        case(
            simple,
            "[standard.compliance]\nat_least = 2\nrest = 0.85",
            "‸[standard.compliance]",
        )
    }),
    broken("E210", |simple| case(simple, "junior = 1.0", "both = ‸1.0")),
];
