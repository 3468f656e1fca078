//! `junheng new`: sheets as planners have them become drafts that say what was guessed and ask for the rest.

use encoding_rs::GB18030;
use junheng::plan::{self, Options, Verdict};
use junheng::read::new_case::{Confidence, Draft, draft, read_schools};
use junheng::read::read_case;
use junheng::read::table::Sheet;
use junheng::words::catalogue::entry;
use junheng::words::{Grade, Lang, Notices};
use proptest::prelude::*;
use toml::{Table, Value};

/// A county's sheet as it comes: headers with units, nine-year schools, a school that is none, a column of ratios.
const COUNTY: &str = "\
学校代码,学校名称,办学类型,城乡类型,县（市、区）,乡镇,在校生数,小学在校生,初中在校生,班级数,教学及辅助用房面积（㎡）,运动场馆面积(㎡),图书册数,计算机台数,其中:超期计算机,专任教师数,高于规定学历教师,县级以上骨干教师,体育艺术教师,生均图书册数,校长
Q01,甲小学,小学,乡村,青川县,木鱼镇,\"1,120\",1120,0,24,3200,5100,9800,60,12,58,41,4,5,8.75,张
Q02,乙小学,教学点,乡村,青川县,木鱼镇,38,38,0,4,210,400,不详,—,0,4,2,0,0,,李
Q03,丙中学,初级中学,镇区,青川县,竹园镇,900,0,900,18,3900,8800,15000,90,0,62,55,7,6,16.7,王
Q04,丁学校,九年一贯制学校,镇区,青川县,竹园镇,760,500,260,16,2500,5200,9100,55,5,47,33,3,4,12,赵
Q05,戊幼儿园,幼儿园,镇区,青川县,竹园镇,200,,,8,900,700,1000,2,0,16,10,0,1,5,钱
";

/// The headers of the census of Osun state, with rows in its manner.
const OSUN: &str = "\
school_id,name,facility_type,level,management,education_type,zone,state,lga,ward,lat,lon,survey,survey_date,students,students_male,students_female,teachers,teachers_male,teachers_female,teachers_qualified_nce,teachers_attended_training,classrooms,classrooms_major_repair,classrooms_minor_repair,toilets,textbooks,students_living_3km_plus,pupils_per_bench,pupils_per_desk,library,chalkboard_each_classroom,classes_held_outside
E:aaaa,Community Primary School,primary_only,Primary Only,public,Formal Only,Southwest,Osun,osun_iwo,4,7.4459,4.8134,113,2011-06-11,110,46,64,7,3,4,2,3,9,6,0,12,40,30,0.92,0.67,0,1,0
E:aaab,St Peter's School,preprimary_and_primary,Pre-primary and Primary,public,Formal Only,Southwest,Osun,osun_iwo,10,7.4469,4.6872,113,2011-06-10,16,8,8,NA,3,1,3,0,6,1,2,6,40,0,0.21,1.07,0,0,0
E:aaac,Grammar School,js_ss,Junior and Senior Secondary,public,Formal Only,Southwest,Osun,osun_ife_east,2,7.5,4.6,113,2011-06-10,316,158,158,14,8,6,12,0,16,1,2,6,140,0,0.5,1,1,1,0
";

fn sheet(content: &[u8]) -> Sheet {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("schools.csv"), content).unwrap();
    let mut notices = Notices::new();
    let sheet = read_schools(folder.path(), "schools.csv", &mut notices).unwrap();
    assert!(notices.is_empty(), "{notices:?}");
    sheet
}

fn drafted(content: &str, lang: Lang) -> Draft {
    draft(&sheet(content.as_bytes()), "schools.csv", lang)
}

fn parsed(draft: &Draft) -> Table {
    toml::from_str(&draft.text).unwrap_or_else(|error| panic!("{error}\n{}", draft.text))
}

/// The value of `key` in each table of a list such as `[[resource]]`.
fn each<'a>(case: &'a Table, list: &str, key: &str) -> Vec<&'a str> {
    let tables = case[list].as_array().unwrap().iter();
    tables
        .filter_map(|table| table.get(key))
        .filter_map(Value::as_str)
        .collect()
}

fn columns(case: &Table) -> Vec<(&str, &str)> {
    let columns = case["schools"]["columns"].as_table().unwrap();
    columns
        .iter()
        .map(|(key, header)| (key.as_str(), header.as_str().unwrap()))
        .collect()
}

/// The marks in a draft, each a text.
fn marks(draft: &Draft) -> usize {
    let open = |line: &&str| {
        !line.starts_with('#') && (line.contains("\"填写：") || line.contains("\"FILL IN: "))
    };
    draft.text.lines().filter(open).count()
}

fn confidence(draft: &Draft, from: &str) -> Option<Confidence> {
    draft
        .guesses
        .iter()
        .find(|guess| guess.from == from)
        .map(|guess| guess.confidence)
}

#[test]
fn a_county_sheet_is_mapped_in_every_encoding() {
    let with_bom = [b"\xEF\xBB\xBF", COUNTY.as_bytes()].concat();
    let utf8 = drafted(COUNTY, Lang::Zh);
    assert_eq!(draft(&sheet(&with_bom), "schools.csv", Lang::Zh), utf8);
    assert_eq!(
        draft(&sheet(&GB18030.encode(COUNTY).0), "schools.csv", Lang::Zh),
        utf8
    );

    let case = parsed(&utf8);
    let mut expected = [
        ("id", "学校代码"),
        ("name", "学校名称"),
        ("stage", "办学类型"),
        ("area", "城乡类型"),
        ("county", "县（市、区）"),
        ("township", "乡镇"),
        ("pupils", "在校生数"),
        ("pupils_primary", "小学在校生"),
        ("pupils_junior", "初中在校生"),
        ("classes", "班级数"),
    ];
    expected.sort_unstable();
    let mut found = columns(&case);
    found.sort_unstable();
    assert_eq!(found, expected);
    assert_eq!(
        case["case"]["name"].as_str(),
        Some("青川县义务教育均衡发展规划")
    );
    assert_eq!(case["case"]["language"].as_str(), Some("zh"));
}

#[test]
fn a_county_sheet_is_planned_by_the_standard_it_fits() {
    let draft = drafted(COUNTY, Lang::Zh);
    let case = parsed(&draft);
    assert_eq!(
        case["standard"]["use"].as_str(),
        Some("quality-balance-2017")
    );
    assert_eq!(
        each(&case, "resource", "id"),
        [
            "over-qualified-teachers",
            "backbone-teachers",
            "pe-arts-teachers",
            "area",
            "sports-area"
        ]
    );
    assert_eq!(
        each(&case, "measure", "resource"),
        each(&case, "resource", "id")
    );
    assert!(
        draft
            .remarks
            .iter()
            .any(|remark| remark.contains("教学仪器设备值、网络多媒体教室")),
        "{:?}",
        draft.remarks
    );
    assert!(
        draft.text.contains("# id = \"computers\""),
        "what the standard does not ask for stands by as comments"
    );
    assert!(draft.text.contains("# unusable = \"其中:超期计算机\""));
    assert_eq!(draft.unused, ["生均图书册数", "校长"]);
}

#[test]
fn stage_words_are_sorted_and_the_unknown_left_to_the_planner() {
    let draft = drafted(COUNTY, Lang::Zh);
    let stages = &parsed(&draft)["schools"]["stages"];
    assert_eq!(stages["primary"], Value::from(vec!["教学点"]));
    assert_eq!(stages["junior"], Value::from(vec!["初级中学"]));
    assert_eq!(stages["nine-year"], Value::from(vec!["九年一贯制学校"]));
    assert!(draft.text.contains("#     \"幼儿园\" (1)"));
    assert_eq!(confidence(&draft, "幼儿园"), None);
}

#[test]
fn the_shipped_county_has_every_indicator_of_the_standard() {
    let sheet = sheet(&std::fs::read("scenarios/county/schools.csv").unwrap());
    let draft = draft(&sheet, "schools.csv", Lang::Zh);
    let case = parsed(&draft);
    assert_eq!(
        case["standard"]["use"].as_str(),
        Some("quality-balance-2017")
    );
    assert_eq!(case["resource"].as_array().unwrap().len(), 7);
    let unsure = draft
        .guesses
        .iter()
        .filter(|guess| guess.confidence != Confidence::Sure);
    assert_eq!(
        unsure.map(|guess| guess.from.as_str()).collect::<Vec<_>>(),
        ["其中超期计算机"]
    );
    assert_eq!(draft.remarks, [""; 0]);
}

#[test]
fn the_census_of_osun_is_mapped() {
    let draft = drafted(OSUN, Lang::En);
    let case = parsed(&draft);
    let mut found = columns(&case);
    found.sort_unstable();
    assert_eq!(
        found,
        [
            ("county", "lga"),
            ("id", "school_id"),
            ("latitude", "lat"),
            ("longitude", "lon"),
            ("name", "name"),
            ("province", "state"),
            ("pupils", "students"),
            ("stage", "facility_type"),
            ("township", "ward"),
        ]
    );
    assert_eq!(
        each(&case, "resource", "id"),
        [
            "qualified-teachers",
            "teachers",
            "classrooms",
            "toilets",
            "textbooks"
        ]
    );
    assert_eq!(
        each(&case, "resource", "stock"),
        [
            "teachers_qualified_nce",
            "teachers",
            "classrooms",
            "toilets",
            "textbooks"
        ]
    );
    assert_eq!(
        each(&case, "resource", "unusable"),
        ["classrooms_major_repair"]
    );
    assert_eq!(
        case["schools"]["stages"]["junior"],
        Value::from(vec!["js_ss"])
    );
    assert_eq!(
        confidence(&draft, "js_ss"),
        Some(Confidence::Doubtful),
        "it has upper grades"
    );
    assert_eq!(case["schools"]["constant"]["area"].as_str(), Some("all"));
    assert!(draft.unused.contains(&"pupils_per_desk".to_string()));
}

#[test]
fn what_only_the_planner_knows_is_a_text_where_a_number_belongs() {
    for (content, lang, expected) in [
        (COUNTY, Lang::Zh, 1 + 5 + 1),
        (OSUN, Lang::En, 1 + 5 * 2 + 5 + 1),
    ] {
        let draft = drafted(content, lang);
        assert_eq!(
            (draft.to_fill, marks(&draft)),
            (expected, expected),
            "first year, norms, costs, fund"
        );
        let case = parsed(&draft);
        assert!(case["case"]["first_year"].is_str());
        assert!(
            case["measure"]
                .as_array()
                .unwrap()
                .iter()
                .all(|measure| measure["cost"].is_str())
        );
        assert!(
            case["fund"]
                .as_array()
                .unwrap()
                .iter()
                .all(|fund| fund["amounts"].is_str())
        );
    }
}

#[test]
fn the_template_of_the_basic_standard_asks_for_norms() {
    let content = "学校代码,学校名称,学段,在校生数,教学及辅助用房面积,体育运动场馆面积,教学仪器设备值(元),计算机台数,图书册数\n\
                   1,甲,小学,100,300,500,9000,5,1200\n";
    let draft = drafted(content, Lang::Zh);
    let case = parsed(&draft);
    assert_eq!(case["standard"]["use"].as_str(), Some("basic-balance-2012"));
    let norms = case["standard"]["norm"].as_array().unwrap();
    assert_eq!(norms.len(), 5);
    assert!(
        norms
            .iter()
            .all(|norm| norm["primary"].is_str() && norm.get("junior").is_none()),
        "no junior school"
    );
    let equipment = case["measure"]
        .as_array()
        .unwrap()
        .iter()
        .find(|m| m["resource"].as_str() == Some("equipment"));
    assert_eq!(
        equipment.unwrap()["cost"].as_float(),
        Some(0.0001),
        "a yuan's worth costs a yuan"
    );
}

#[test]
fn columns_that_are_not_what_they_say_are_refused_openly() {
    let content = "学校代码,学校名称,学段,在校生数,计算机台数,图书(万册)\n1,甲,小学,约一百,有,1\n2,乙,小学,约二百,有,2\n";
    let draft = drafted(content, Lang::Zh);
    assert_eq!(
        parsed(&draft)["schools"]["columns"]
            .get("pupils")
            .and_then(Value::as_str)
            .map(|t| &t[..6]),
        Some("填写")
    );
    assert!(
        draft
            .remarks
            .iter()
            .any(|remark| remark.contains("\"在校生数\"、\"计算机台数\"")),
        "{:?}",
        draft.remarks
    );
    assert!(
        draft
            .remarks
            .iter()
            .any(|remark| remark.contains("万") && remark.contains("\"图书(万册)\""))
    );
    assert_eq!(confidence(&draft, "图书(万册)"), Some(Confidence::Doubtful));
}

#[test]
fn odd_cells_among_numbers_are_offered_as_marks_for_missing() {
    let rows: String = (1..=20)
        .map(|at| {
            format!(
                "{at},校{at},小学,{},5\n",
                if at == 7 { "待核" } else { "30" }
            )
        })
        .collect();
    let draft = drafted(
        &format!("学校代码,学校名称,学段,在校生数,图书册数\n{rows}"),
        Lang::Zh,
    );
    assert!(draft.text.contains("\n# missing = [\"待核\"]\n"));
    assert_eq!(confidence(&draft, "在校生数"), Some(Confidence::Likely));
}

#[test]
fn what_stands_by_as_comments_is_good_toml_too() {
    for (content, lang) in [(COUNTY, Lang::Zh), (OSUN, Lang::En)] {
        let text = drafted(content, lang).text;
        let (main, beside) = text.split_at(text.find("[objective]").unwrap());
        let taken_in: Vec<&str> = beside
            .lines()
            .map(|line| {
                line.strip_prefix("# ")
                    .filter(|rest| rest.starts_with('[') || rest.contains(" = "))
                    .unwrap_or(line)
            })
            .collect();
        let case: Table = toml::from_str(&format!("{main}{}", taken_in.join("\n"))).unwrap();
        assert_eq!(case["fund"].as_array().unwrap().len(), 2);
    }
}

/// The draft as a planner completes it: `first_year` in `year`, every other open place in `number`.
fn filled(draft: &Draft, year: &str, number: &str) -> String {
    let fill = |line: &str| match line
        .split_once(" = \"填写：")
        .or(line.split_once(" = \"FILL IN: "))
    {
        Some((key, _)) if !key.starts_with('#') => format!(
            "{key} = {}",
            if key == "first_year" { year } else { number }
        ),
        _ => line.to_string(),
    };
    draft.text.lines().map(fill).collect::<Vec<_>>().join("\n")
}

/// A case folder with this sheet and case.
fn folder(sheet: &str, case: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("schools.csv"), sheet).unwrap();
    std::fs::write(folder.path().join("case.toml"), case).unwrap();
    folder
}

/// The errors of a case folder as `code line`.
fn errors(folder: &tempfile::TempDir) -> Vec<String> {
    let reading = read_case(folder.path());
    let notices = reading
        .notices
        .iter()
        .filter(|notice| entry(notice.code).grade == Grade::Error);
    notices
        .map(|notice| {
            format!(
                "{} {} {}",
                notice.code.0,
                notice.place,
                notice.message(Lang::En)
            )
        })
        .collect()
}

#[test]
fn a_draft_with_costs_and_funds_filled_in_reads_and_solves() {
    let compulsory: String = COUNTY
        .lines()
        .filter(|line| !line.contains("幼儿园"))
        .map(|line| format!("{line}\n"))
        .collect();
    let shipped = std::fs::read_to_string("scenarios/county/schools.csv").unwrap();
    for (content, lang) in [
        (compulsory.as_str(), Lang::Zh),
        (shipped.as_str(), Lang::Zh),
        (OSUN, Lang::En),
    ] {
        let draft = drafted(content, lang);
        let folder = folder(content, &filled(&draft, "2026", "2"));
        assert_eq!(errors(&folder), [""; 0]);
        let case = read_case(folder.path()).case.unwrap();
        assert_eq!(case.schools.len(), content.lines().count() - 1);
        assert_eq!(
            plan::solve(&case, &Options::default()).verdict,
            Verdict::Optimal
        );
    }
}

#[test]
fn a_draft_of_real_schools_reads_when_filled_in() {
    let content = std::fs::read_to_string("scenarios/osun/schools.csv").unwrap();
    let draft = drafted(&content, Lang::En);
    let folder = folder(&content, &filled(&draft, "2026", "2"));
    assert_eq!(errors(&folder), [""; 0]);
}

#[test]
fn check_names_every_place_that_is_still_open() {
    for (content, lang) in [(COUNTY, Lang::Zh), (OSUN, Lang::En)] {
        let draft = drafted(content, lang);
        let found = errors(&folder(content, &draft.text));
        let open = |line: &str| line.contains(" = \"填写：") || line.contains(" = \"FILL IN: ");
        let lines = draft
            .text
            .lines()
            .zip(1..)
            .filter(|(line, _)| !line.starts_with('#') && open(line));
        for (line, at) in lines {
            let here: Vec<_> = found
                .iter()
                .filter(|error| error.contains(&format!("case.toml:{at}:")))
                .collect();
            assert_eq!(here.len(), 1, "{line}: {found:#?}");
        }
    }
}

fn arbitrary_sheet() -> impl Strategy<Value = Sheet> {
    let known = prop::sample::select(vec![
        "学校代码",
        "学校名称",
        "学段",
        "城乡类型",
        "在校生数",
        "图书册数",
        "计算机台数",
        "骨干教师",
        "teachers",
        "classrooms",
        "lga",
    ]);
    let header = prop_oneof![
        known.prop_map(str::to_string),
        any::<String>(),
        Just("\"\n]\u{7f}\u{1b}#'''".to_string())
    ];
    let cell = prop_oneof![
        any::<String>(),
        "[0-9]{1,4}",
        Just("小学".to_string()),
        Just("\"\"\"\r\n[x]".to_string())
    ];
    (1usize..8).prop_flat_map(move |width| {
        let rows = prop::collection::vec(prop::collection::vec(cell.clone(), width), 0..6);
        (prop::collection::vec(header.clone(), width), rows).prop_map(|(header, rows)| {
            let rows = rows.into_iter().map(|row| row.into_iter().collect());
            Sheet::of_rows("t.csv", header, rows.collect())
        })
    })
}

proptest! {
    #[test]
    fn any_sheet_gives_a_draft_that_is_good_toml(sheet in arbitrary_sheet(), file in any::<String>(), zh in any::<bool>()) {
        let lang = if zh { Lang::Zh } else { Lang::En };
        let draft = draft(&sheet, &file, lang);
        let case: Table = toml::from_str(&draft.text).map_err(|error| TestCaseError::fail(format!("{error}\n{}", draft.text)))?;
        prop_assert_eq!(case["schools"]["file"].as_str(), Some(file.as_str()));
        for (_, header) in columns(&case) {
            prop_assert!(header.starts_with("填写：") || header.starts_with("FILL IN: ") || sheet.column(header).is_some());
        }
    }
}
