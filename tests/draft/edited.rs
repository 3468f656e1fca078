//! What a person has edited is told of, and not lost.

use std::fs;
use std::path::Path;

use tempfile::TempDir;

use super::{DISTRICT, ended, run, talk};

/// Rewrites a text of a file once.
fn edit(file: &Path, old: &str, new: &str) {
    let text = fs::read_to_string(file).expect("the file");
    assert!(text.contains(old), "{old}");
    fs::write(file, text.replacen(old, new, 1)).expect("edited");
}

#[test]
fn what_a_person_has_edited_is_not_replaced_unless_asked() {
    let place = TempDir::new().expect("a folder");
    let at = |name: &str| place.path().join(name);
    let said = |name: &str| at(name).display().to_string();
    let five = concat!(env!("CARGO_MANIFEST_DIR"), "/scenarios/five-schools");
    let again = |arguments: &[&str], out: &str, code: i32| {
        let out = said(out);
        let more = [arguments, &["--lang", "en", "--out", &out]].concat();
        let output = run(&more);
        ended(&output, code);
        talk(&output)
    };
    // As it was written it is replaced.
    for _ in 0..2 {
        again(&["solve", five], "out", 0);
        again(&["compare", five], "compared", 0);
        again(&["solve", five], "plan.xlsx", 0);
        again(&["draft", five], "draft.docx", 0);
        again(&["compare", five], "compared.xlsx", 0);
    }
    // A word of the table, of one of a comparison's; a workbook and a draft that another program has saved.
    edit(&at("out/plan.csv"), "购置", "采购");
    edit(&at("compared/books-first/plan.csv"), "购置", "采购");
    for name in ["plan.xlsx", "draft.docx", "compared.xlsx"] {
        resaved(&at(name));
    }
    for (arguments, out) in [
        (["solve", five], "out"),
        (["compare", five], "compared"),
        (["solve", five], "plan.xlsx"),
        (["draft", five], "draft.docx"),
        (["compare", five], "compared.xlsx"),
    ] {
        let before = fs::read(at(out)).ok();
        let told = again(&arguments, out, 2);
        assert!(told.contains("--replace"), "{told}");
        assert_eq!(fs::read(at(out)).ok(), before, "{out}");
        again(&[&arguments[..], &["--replace"]].concat(), out, 0);
        again(&arguments, out, 0);
    }
    // A table with nothing beside it that says where it is from, and something that is no workbook at all.
    fs::remove_file(at("out/plan.json")).expect("removed");
    again(&["solve", five], "out", 2);
    fs::write(at("notes.xlsx"), "my notes").expect("written");
    again(&["solve", five], "notes.xlsx", 2);
    // Into an office's own file, too: that file's properties stay until somebody saves it.
    again(&["draft", "--print-template", "zh-official"], "own.docx", 0);
    let own = said("own.docx");
    let filled = ["draft", five, "--template", &own];
    for _ in 0..2 {
        again(&filled, "filled.docx", 0);
    }
    resaved(&at("own.docx"));
    again(&[&filled[..], &["--replace"]].concat(), "filled.docx", 0);
    again(&filled, "filled.docx", 0);
    resaved(&at("filled.docx"));
    again(&filled, "filled.docx", 2);
}

/// An office file as another program saves it: with a name and a time in its properties.
fn resaved(file: &Path) {
    let bytes = fs::read(file).expect("the file");
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).expect("a package");
    let mut packed = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for at in 0..archive.len() {
        let mut part = archive.by_index(at).expect("a part");
        let name = part.name().expect("a name").into_owned();
        let mut content = Vec::new();
        std::io::Read::read_to_end(&mut part, &mut content).expect("its content");
        if name == "docProps/core.xml" {
            let said = String::from_utf8(content).expect("UTF-8");
            let saved = format!(
                "<dc:description>{}</dc:description></cp:coreProperties>",
                said.len()
            );
            content = said.replace("</cp:coreProperties>", &saved).into_bytes();
        }
        let options = zip::write::SimpleFileOptions::default();
        packed.start_file(name.as_str(), options).expect("a part");
        std::io::Write::write_all(&mut packed, &content).expect("a part");
    }
    let bytes = packed.finish().expect("a package").into_inner();
    fs::write(file, bytes).expect("saved");
}

#[test]
fn an_edit_that_changes_no_sum_is_told_too() {
    let place = TempDir::new().expect("a folder");
    let plan = place.path().join("plan");
    let plan_at = plan.display().to_string();
    ended(&run(&["solve", DISTRICT, "--out", &plan_at]), 0);
    let (file, out) = (plan.join("plan.csv"), place.path().join("draft.html"));
    let out = out.display().to_string();
    let drafted = |code: i32| {
        ended(
            &run(&["draft", DISTRICT, "--plan", &plan_at, "--out", &out]),
            code,
        );
        let text = fs::read_to_string(&out).expect("the draft");
        // Which certificate is told of is known by the file it stands in.
        assert!(text.contains("plan.csv") && text.contains("plan.json"));
        text.contains("方案表在求解之后经人工修改")
    };
    // Sorted, as a spreadsheet sorts, it is the same plan.
    let table = fs::read_to_string(&file).expect("the table");
    let mut lines: Vec<&str> = table.lines().collect();
    lines[1..].reverse();
    fs::write(&file, lines.join("\n") + "\n").expect("sorted");
    assert!(!drafted(0), "a sorted table is no edited one");
    // What plan.json says of a row is not what stands in the table: nobody can tell which of them was edited.
    fs::write(&file, &table).expect("as it was");
    let json = plan.join("plan.json");
    let told = fs::read_to_string(&json).expect("plan.json");
    let rows = told.find("\"rows\"").expect("rows");
    let school = told[rows..].find("QS0").expect("a school") + rows;
    let other = if &told[school..school + 4] == "QS01" {
        "QS02"
    } else {
        "QS01"
    };
    let mut edited = told.clone();
    edited.replace_range(school..school + 4, other);
    fs::write(&json, edited).expect("edited");
    assert!(drafted(3), "rows that are not those of the table");
}
