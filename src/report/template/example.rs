//! The example of the template: a county of four schools that solves as it stands. Each value is a pair of texts;
//! what reads as a number is written as one.

use crate::read::book::{NAME, Pair, SCENARIO, SECTION, WHAT};

/// A row of an example: keys and what stands under them; keys of years are `year 1`, `year 2` …
pub type Row = &'static [(&'static str, Pair)];

const fn same(text: &'static str) -> Pair {
    (text, text)
}

/// The rows of a sheet, named by its English name.
pub fn rows(sheet: &str) -> &'static [Row] {
    match sheet {
        "Case" => CASE,
        "Schools" => SCHOOLS,
        "Resources" => RESOURCES,
        "Standard" => STANDARD,
        "Norms" => NORMS,
        "Measures" => MEASURES,
        "Funds" => FUNDS,
        "Policies" => POLICIES,
        "Bands" => BANDS,
        "Tilts" => TILTS,
        "Enrolment" => ENROLMENT,
        "Diversions" => DIVERSIONS,
        "Roads" => ROADS,
        "Doubts" => DOUBTS,
        "Scenarios" => SCENARIOS,
        "Scenario factors" => FACTORS_OF_SCENARIOS,
        "Rows planned" => ONLY,
        _ => &[],
    }
}

const BOOKS: Pair = ("图书", "books");
const COMPUTERS: Pair = ("计算机", "computers");
const TEACHERS: Pair = ("教师", "teachers");
const RURAL: Pair = ("乡村", "rural");
const TOWN: Pair = ("城镇", "urban");
const BUREAU: Pair = ("县教育局", "Education office");
const TIGHT: Pair = ("资金减少", "less-money");

/// Headers of the stock columns of the example.
pub const STOCK: &[Pair] = &[
    ("图书册数", "Books"),
    ("计算机台数", "Computers"),
    ("超期计算机", "Old computers"),
    ("专任教师数", "Teachers"),
];

/// Settings: one row, a value a key.
const CASE: &[Row] = &[&[
    ("case.name", ("示例县均衡规划", "Example county plan")),
    ("case.language", ("中文", "English")),
    ("case.remark", ("示例数据", "example data")),
    ("case.first_year", same("2027")),
    ("case.years", same("3")),
    ("case.terminal_years", same("5")),
    ("case.currency", ("元", "dollar")),
    ("case.money", ("万元", "thousand dollars")),
    ("case.money_factor", ("10000", "1000")),
    ("case.no_school_below_today", ("是", "yes")),
    ("objective.count", ("按学生数", "pupils")),
    ("objective.first", ("总缺口最小", "smallest gap")),
]];

const STANDARD: &[Row] = &[&[
    ("standard.name", ("示例标准", "Example standard")),
    ("standard.small_school", same("50")),
    ("standard.compliance.at_least", same("2")),
    ("standard.compliance.rest", same("0.85")),
    ("standard.cv.composite", ("是", "yes")),
    ("standard.cv.primary", same("0.65")),
    ("standard.cv.junior", same("0.55")),
    ("standard.size.class_primary", same("45")),
    ("standard.size.class_junior", same("50")),
    ("standard.size.school", same("2000")),
    ("standard.size.through_school", same("2500")),
]];

const SCHOOLS: &[Row] = &[
    &[
        ("id", same("S01")),
        ("name", ("第一小学", "First Primary")),
        ("stage", ("小学", "primary")),
        ("area", TOWN),
        ("county", ("示例县", "Example county")),
        ("township", ("城关镇", "Centre")),
        ("pupils", same("420")),
        ("classes", same("10")),
        ("stock 1", same("5200")),
        ("stock 2", same("30")),
        ("stock 3", same("6")),
        ("stock 4", same("24")),
    ],
    &[
        ("id", same("S02")),
        ("name", ("河湾小学", "Riverside Primary")),
        ("stage", ("小学", "primary")),
        ("area", RURAL),
        ("county", ("示例县", "Example county")),
        ("township", ("河湾乡", "Riverside")),
        ("pupils", same("130")),
        ("classes", same("6")),
        ("stock 1", same("900")),
        ("stock 2", same("4")),
        ("stock 3", same("0")),
        ("stock 4", same("7")),
    ],
    &[
        ("id", same("S03")),
        ("name", ("城关初中", "Centre Junior")),
        ("stage", ("初中", "junior")),
        ("area", TOWN),
        ("county", ("示例县", "Example county")),
        ("township", ("城关镇", "Centre")),
        ("pupils", same("360")),
        ("classes", same("8")),
        ("stock 1", same("7000")),
        ("stock 2", same("36")),
        ("stock 3", same("2")),
        ("stock 4", same("27")),
    ],
    &[
        ("id", same("S04")),
        ("name", ("石桥学校", "Stonebridge School")),
        ("stage", ("九年一贯制", "nine-year")),
        ("area", RURAL),
        ("county", ("示例县", "Example county")),
        ("township", ("石桥乡", "Stonebridge")),
        ("pupils", same("260")),
        ("pupils_primary", same("170")),
        ("pupils_junior", same("90")),
        ("classes_primary", same("6")),
        ("classes_junior", same("3")),
        ("stock 1", same("2600")),
        ("stock 2", same("12")),
        ("stock 3", same("3")),
        ("stock 4", same("16")),
    ],
];

const RESOURCES: &[Row] = &[
    &[
        ("id", BOOKS),
        ("name", ("图书", "Books")),
        ("unit", ("册", "copies")),
        ("stock", ("图书册数", "Books")),
        ("whole", ("是", "yes")),
        ("weight", same("1")),
    ],
    &[
        ("id", COMPUTERS),
        ("name", ("学生用计算机", "Pupils' computers")),
        ("unit", ("台", "sets")),
        ("stock", ("计算机台数", "Computers")),
        ("unusable", ("超期计算机", "Old computers")),
        ("whole", ("是", "yes")),
        ("weight", same("1")),
    ],
    &[
        ("id", TEACHERS),
        ("name", ("专任教师", "Teachers")),
        ("unit", ("人", "posts")),
        ("stock", ("专任教师数", "Teachers")),
        ("whole", ("是", "yes")),
        ("weight", same("2")),
    ],
];

const NORMS: &[Row] = &[
    &[
        ("resource", BOOKS),
        ("per", ("每名学生", "pupil")),
        ("primary", same("15")),
        ("junior", same("25")),
    ],
    &[
        ("resource", COMPUTERS),
        ("per", ("每百名学生", "100 pupils")),
        ("primary", same("8")),
        ("junior", same("12")),
    ],
    &[
        ("resource", TEACHERS),
        ("per", ("每百名学生", "100 pupils")),
        ("primary", same("6")),
        ("junior", same("8")),
    ],
];

const MEASURES: &[Row] = &[
    &[
        ("id", ("购置图书", "buy-books")),
        ("name", ("购置图书", "Buy books")),
        ("kind", ("购置", "buy")),
        ("resource", BOOKS),
        ("cost", ("0.0025", "0.005")),
        ("life", same("10")),
        ("body", BUREAU),
    ],
    &[
        ("id", ("购置计算机", "buy-computers")),
        ("name", ("购置学生用计算机", "Buy computers")),
        ("kind", ("购置", "buy")),
        ("resource", COMPUTERS),
        ("cost", ("0.4", "0.6")),
        ("life", same("6")),
        ("body", BUREAU),
    ],
    &[
        ("id", ("招聘教师", "hire-teachers")),
        ("name", ("招聘教师", "Hire teachers")),
        ("kind", ("招聘", "hire")),
        ("resource", TEACHERS),
        ("cost", ("8", "9")),
        ("body", ("县人社局", "Staff office")),
    ],
];

const FUNDS: &[Row] = &[
    &[
        ("id", ("县级经费", "county")),
        ("name", ("县级教育经费", "County education budget")),
        ("amounts", same("60")),
        ("carry_over", ("否", "no")),
    ],
    &[
        ("id", ("信息化专项", "devices")),
        ("name", ("教育信息化专项资金", "Earmarked for devices")),
        ("year 1", same("12")),
        ("year 2", same("8")),
        ("year 3", same("8")),
        ("carry_over", ("是", "yes")),
        ("pays.resources", COMPUTERS),
    ],
];

const POLICIES: &[Row] = &[&[
    ("id", ("三成用于乡村", "rural-share")),
    (
        "name",
        ("资金至少三成用于乡村学校", "Three tenths for rural schools"),
    ),
    ("kind", ("资金占比", "share")),
    ("min", same("0.3")),
    ("of", ("已用", "spent")),
    ("scope.areas", RURAL),
]];

const BANDS: &[Row] = &[
    &[("below", same("0.6")), ("weight", same("2"))],
    &[("below", same("1")), ("weight", same("1"))],
];

const TILTS: &[Row] = &[
    &[("weight", same("1.2")), ("areas", RURAL)],
    &[
        ("weight", same("2")),
        ("areas", RURAL),
        (SCENARIO, ("乡村优先", "rural-first")),
    ],
];

const ENROLMENT: &[Row] = &[&[
    (SECTION, ("小学", "primary")),
    ("year 1", same("1")),
    ("year 2", same("0.98")),
    ("year 3", same("0.96")),
]];

const DIVERSIONS: &[Row] = &[&[
    ("school", same("S01")),
    ("to", same("S02")),
    ("pupils", same("20")),
    ("since", same("2028")),
    (SCENARIO, TIGHT),
]];

const ROADS: &[Row] = &[&[
    ("from", same("S01")),
    ("to", same("S02")),
    ("km", same("12.5")),
]];

const DOUBTS: &[Row] = &[&[
    ("school", same("S02")),
    ("quantity", COMPUTERS),
    ("low", same("4")),
    ("high", same("20")),
    (
        "why",
        ("捐赠的计算机尚未清点", "donated computers not yet counted"),
    ),
]];

const SCENARIOS: &[Row] = &[
    &[
        (NAME, TIGHT),
        ("title", ("资金减少两成", "A fifth less money")),
    ],
    &[
        (NAME, ("乡村优先", "rural-first")),
        (
            "title",
            (
                "资金减少时乡村优先",
                "Rural schools first when money is short",
            ),
        ),
        ("include", TIGHT),
    ],
];

const FACTORS_OF_SCENARIOS: &[Row] = &[&[
    (SCENARIO, TIGHT),
    (WHAT, ("资金", "funds")),
    ("cost.factor", same("0.8")),
]];

const ONLY: &[Row] = &[&[
    ("column", ("县区", "County")),
    ("values", ("示例县", "Example county")),
]];
