//! What is left out or looks mistaken: warnings and hints.

use crate::simple::Simple;
use crate::{Broken, broken, broken_with};

const SCHOOLS: &str = "schools.csv";
const A1: &str = "400,,,10,,31.50,105.20,5000,1000,30,5,1500";
const N1: &str = "250,150,100,6,3,31.70,105.40";

fn case(simple: &mut Simple, from: &str, to: &str) {
    simple.swap("case.toml", from, to);
}

pub const ALL: &[Broken] = &[
    broken("W501", |simple| {
        simple.swap(SCHOOLS, A1, "400,,,10,,31.50,105.20,5000,1000,‸待报,5,1500")
    }),
    broken("W502", |simple| {
        simple.swap(SCHOOLS, A1, "‸,,,10,,31.50,105.20,5000,1000,30,5,1500")
    }),
    broken("W503", |simple| {
        simple.swap(SCHOOLS, N1, "‸250,,,6,3,31.70,105.40")
    }),
    broken("W504", |simple| {
        simple.swap(SCHOOLS, A1, "‸0,,,10,,31.50,105.20,5000,1000,30,5,1500")
    }),
    broken("W505", |simple| {
        simple.swap(SCHOOLS, N1, "‸260,150,100,6,3,31.70,105.40")
    }),
    broken("W506", |simple| {
        simple.swap(SCHOOLS, A1, "400,,,10,,31.50,105.20,5000,1000,30,‸35,1500")
    }),
    broken("W527", |simple| {
        case(
            simple,
            "unusable = \"超期\"",
            "unusable = \"超期\"\nleaving = [\"拆除:2027\"]",
        );
        for line in [
            "图书,电子书,计算机,超期,校舍",
            A1,
            "900,0,4,1,300",
            "7000,500,30,2,1600",
        ] {
            let added = match line {
                A1 => "‸31",
                header if header.starts_with('图') => "拆除",
                _ => "0",
            };
            simple.swap(SCHOOLS, line, &format!("{line},{added}"));
        }
        simple.swap(SCHOOLS, "4000,200,15,5,1000", "4000,200,15,5,1000,0");
        simple.swap(SCHOOLS, "1500,100,8,0,450", "1500,100,8,0,450,0");
    }),
    broken("W507", |simple| {
        simple.swap(SCHOOLS, A1, "400,,,10,,31.50,‸1052,5000,1000,30,5,1500")
    }),
    broken_with("W508", &["W514"], |simple| {
        case(
            simple,
            "name = \"样例标准\"",
            "name = \"样例标准\"\nuse = ‸\"quality-balance-2017\"",
        );
        case(simple, "at_least = 2", "at_least = 4");
    }),
    broken("W509", |simple| {
        case(
            simple,
            "classes_primary",
            "classes = \"全校班\"\nclasses_primary",
        );
        simple.swap(SCHOOLS, "学生,小学生", "全校班,学生,小学生");
        for (school, pupils, classes) in [
            ("东县,400", ",10,400", ""),
            ("东县,80", ",6,80", ""),
            ("东县,300", ",8,300", ""),
        ] {
            let county = school.split(',').next().unwrap_or_default();
            simple.swap(SCHOOLS, school, &format!("{county}{pupils}{classes}"));
        }
        simple.swap(SCHOOLS, "西县,120", "西县,6,120");
        simple.swap(SCHOOLS, "西县,250,150,100,6,3", "西县,‸9,250,150,100,,");
    }),
    broken("W510", |simple| {
        let start =
            "[[resource]]\nid = \"clinic\"\nname = \"医务室\"\nunit = \"间\"\nstock = \"计算机\"\n";
        simple.plus("case.toml", &format!("\n‸{start}\n[[standard.norm]]\nresource = \"clinic\"\nper = \"school\"\nprimary = 1\n"));
    }),
    broken("H605", |simple| {
        let start =
            "[[resource]]\nid = \"clinic\"\nname = \"医务室\"\nunit = \"间\"\nstock = \"计算机\"\n";
        simple.plus("case.toml", &format!("\n‸{start}"));
    }),
    broken("W511", |simple| {
        case(
            simple,
            "amounts = [50, 60]",
            "amounts = [50, 60]\npays = { resources = [\"books\", \"area\"] }",
        );
        case(
            simple,
            "[[measure]]\nid = \"buy-computers\"",
            "‸[[measure]]\nid = \"buy-computers\"",
        );
    }),
    broken("W512", |simple| {
        case(
            simple,
            "pays = { resources = [\"area\"] }",
            "pays = { natures = [\"recurrent\"] }",
        );
        case(
            simple,
            "[[fund]]\nid = \"special\"",
            "‸[[fund]]\nid = \"special\"",
        );
    }),
    broken("W513", |simple| {
        case(
            simple,
            "scope = { measures = [\"buy-computers\"] }",
            "scope = { measures = [\"buy-computers\"], resources = [\"area\"] }",
        );
        case(
            simple,
            "[[policy]]\nid = \"computer-cap\"",
            "‸[[policy]]\nid = \"computer-cap\"",
        );
    }),
    broken("W514", |simple| {
        case(simple, "at_least = 2", "at_least = 4");
        case(simple, "[standard]", "‸[standard]");
    }),
    broken("W515", |simple| {
        simple.swap(SCHOOLS, A1, "400,,,10,,31.50,105.20,5000,1000,‸3000,5,1500")
    }),
    broken("W516", |simple| {
        case(simple, "id = \"books\"", "id = \"teachers\"");
        case(
            simple,
            "resource = \"books\"\nper",
            "resource = \"teachers\"\nper",
        );
        case(
            simple,
            "resource = \"books\"\ncost",
            "resource = \"teachers\"\ncost",
        );
        case(
            simple,
            "stock = [\"图书\", \"电子书\"]",
            "stock = \"校舍\"\nplausible = { per_pupil_max = 50 }",
        );
        simple.swap(
            "scenarios/less.toml",
            "resource = \"books\"",
            "resource = \"teachers\"",
        );
        simple.swap(SCHOOLS, A1, "400,,,10,,31.50,105.20,5000,1000,30,5,‸0");
    }),
    broken("W517", |simple| {
        simple.swap(
            SCHOOLS,
            A1,
            "‸40000,,,400,,31.50,105.20,5000,1000,30,5,1500",
        );
    }),
    broken("W518", |simple| {
        simple.swap(SCHOOLS, A1, "400,,,‸1,,31.50,105.20,5000,1000,30,5,1500")
    }),
    broken("W519", |simple| {
        case(simple, "cost = 0.003", "cost = 30");
        case(
            simple,
            "[[measure]]\nid = \"buy-books\"",
            "‸[[measure]]\nid = \"buy-books\"",
        );
    }),
    broken("W520", |simple| {
        case(simple, "cost = 0.5", "cost = 400");
        case(
            simple,
            "[[measure]]\nid = \"buy-computers\"",
            "‸[[measure]]\nid = \"buy-computers\"",
        );
    }),
    broken("W521", |simple| {
        case(simple, "amounts = [50, 60]", "amounts = [5e6, 60]");
        case(
            simple,
            "[[fund]]\nid = \"county\"",
            "‸[[fund]]\nid = \"county\"",
        );
    }),
    broken("W522", |simple| {
        case(simple, "lead = 1", "lead = 2");
        case(
            simple,
            "[[measure]]\nid = \"build\"",
            "‸[[measure]]\nid = \"build\"",
        );
    }),
    broken("W523", |simple| {
        let mended = "id = \"mend\"\nname = \"修补图书\"\nkind = \"repair\"\nresource = \"books\"\ncost = 0.001\nlife = 5\nbody = \"局\"\n";
        simple.plus("case.toml", &format!("\n‸[[measure]]\n{mended}"));
    }),
    broken("W524", |simple| {
        let rule = "id = \"towns\"\nname = \"每个乡镇不超过\"\nkind = \"spending\"\nmax = 9\neach = \"township\"\n";
        simple.plus("case.toml", &format!("\n‸[[policy]]\n{rule}"));
    }),
    broken("W525", |simple| {
        case(
            simple,
            "[enrolment]\nprimary = [1.0, 0.98]\njunior = 1.0\n",
            "",
        );
        case(
            simple,
            "pupils = \"学生\"",
            "forecast = [\"26年\", \"27年\"]\npupils = \"学生\"",
        );
        for (line, more) in [
            ("计算机,超期,校舍", "26年,27年"),
            ("5000,1000,30,5,1500", "‸,400"),
            ("900,0,4,1,300", "80,70"),
            ("7000,500,30,2,1600", "300,330"),
            ("4000,200,15,5,1000", "250,200"),
            ("1500,100,8,0,450", "120,0"),
        ] {
            simple.swap(SCHOOLS, line, &format!("{line},{more}"));
        }
    }),
    broken("W526", |simple| {
        case(
            simple,
            "[enrolment]\nprimary = [1.0, 0.98]\njunior = 1.0\n",
            "",
        );
        case(
            simple,
            "[schools.columns]",
            "[schools.cohort]\ngrades = [\"一年级\", \"二年级\", \"七年级\"]\nprimary = 2\n\n[schools.columns]",
        );
        for (line, more) in [
            ("计算机,超期,校舍", "一年级,二年级,七年级"),
            ("5000,1000,30,5,1500", "‸220,18,"),
            ("900,0,4,1,300", "30,50,"),
            ("7000,500,30,2,1600", ",,300"),
            ("4000,200,15,5,1000", "70,80,100"),
            ("1500,100,8,0,450", "60,60,"),
        ] {
            simple.swap(SCHOOLS, line, &format!("{line},{more}"));
        }
    }),
    broken("H601", |simple| {
        case(
            simple,
            "[standard.compliance]\nat_least = 2\nrest = 0.85\n",
            "",
        );
        case(simple, "[standard]", "‸[standard]");
    }),
    broken("H602", |simple| {
        case(
            simple,
            "stock = \"计算机\"",
            "stock = \"计算机\"\nzero_is_missing = true",
        );
        simple.swap(SCHOOLS, A1, "400,,,10,,31.50,105.20,5000,1000,‸0,0,1500");
    }),
    broken("H603", |simple| {
        case(simple, "[case]\n", "‸[case]\nterminal_years = 0\n")
    }),
    broken("H604", |simple| {
        case(
            simple,
            "[case]\n",
            "‸[case]\nno_school_below_today = false\n",
        )
    }),
];
