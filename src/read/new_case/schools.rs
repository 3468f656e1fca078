//! The sections that say what the sheet holds: `[case]` and `[schools]`.

use super::Confidence;
use super::found::{Found, StageWord};
use super::page::{Page, quoted};
use super::words::{pick, words};
use crate::case::Stage;
use crate::words::Lang;

/// The comment at the top of the file.
pub fn head(found: &Found, to_fill: usize) -> String {
    let file = quoted(found.file_name);
    found.lang.pick(
        format!(
            "# 规划案例草稿，由 junheng new 根据 {file} 生成。\n\
             # 有 {to_fill} 处标着“填写”，要由规划人员填数；没填的地方，junheng check 会逐条指出，不会当成数字。\n\
             # 其余内容是从表头和单元格推断的，每项后面写着把握大小，请核对。\n"
        ),
        format!(
            "# Draft of a case, made by junheng new from {file}.\n\
             # {to_fill} places are marked FILL IN and wait for numbers; junheng check names each one still open.\n\
             # The rest was guessed from headers and cells; how sure each guess is stands behind it. Please check.\n"
        ),
    )
}

/// Writes the sections.
pub fn write(found: &Found, page: &mut Page) {
    case(found, page);
    schools(found, page);
    constants(found, page);
    stages(found, page);
}

fn case(found: &Found, page: &mut Page) {
    page.table("[case]");
    page.text("name", &title(found));
    page.text("language", found.lang.code());
    page.fill(
        "first_year",
        "规划的第一年，如 2026",
        "the first year of the plan, such as 2026",
    );
    page.noted(
        "years",
        "5",
        found.lang.pick("规划几年", "how many years are planned"),
    );
    match found.lang {
        Lang::Zh => {
            page.text("currency", "元");
            page.noted(
                "money",
                "\"万元\"",
                "本文件中金额的单位；不用万元就改这两行",
            );
            page.raw("money_factor", "10000");
        }
        Lang::En => {
            let chinese = found
                .sheet
                .header
                .iter()
                .any(|name| name.contains(|c| ('一'..='鿿').contains(&c)));
            let currency = if chinese { "yuan" } else { "currency units" };
            page.noted(
                "currency",
                &quoted(currency),
                "the unit of all money in this file; rename it, such as NGN",
            );
        }
    }
}

fn title(found: &Found) -> String {
    let file = std::path::Path::new(found.file_name);
    let packed = file.extension().is_some_and(|end| end == "gz");
    let inner = file
        .file_stem()
        .filter(|_| packed)
        .map(std::path::Path::new);
    let stem = inner
        .unwrap_or(file)
        .file_stem()
        .map(|stem| stem.to_string_lossy());
    let place = match found.counties.as_slice() {
        [(county, _)] if !county.is_empty() => county.to_string(),
        _ => stem.unwrap_or_default().into_owned(),
    };
    found.lang.pick(
        format!("{place}义务教育均衡发展规划"),
        format!("Plan for balanced schooling: {place}"),
    )
}

fn schools(found: &Found, page: &mut Page) {
    page.table("[schools]");
    page.text("file", found.file_name);
    sheets(found, page);
    let unused: Vec<String> = found.unused().map(str::to_string).collect();
    if !unused.is_empty() {
        page.comment(
            "表中有、这里没有用到的列：",
            "columns of the sheet that are not used:",
        );
        page.list(&unused);
    }
    let scaled: Vec<String> = found.scaled().map(str::to_string).collect();
    if !scaled.is_empty() {
        page.comment(
            "这些列的单位里有“万”，要先在表里换算：",
            "columns counted in ten thousands, to be converted in the sheet:",
        );
        page.list(&scaled);
    }
    if !found.odd.is_empty() {
        page.comment(
            "数字列里有些格不是数。若是表示没有数据，去掉下一行的 #；否则请改正表格：",
            "some cells among the numbers are none. If they mean that nothing is known, take off the sign; else correct them:",
        );
        let marks: Vec<String> = found.odd.iter().map(|cell| quoted(cell)).collect();
        page.aside(|page| page.raw("missing", &format!("[{}]", marks.join(", "))));
    }
    page.table("[schools.columns]");
    for column in &words().column {
        if let Some((at, confidence)) = found.school_column(&column.key) {
            page.noted(
                &column.key,
                &quoted(found.header(at)),
                &found.because(pick(&column.what, found.lang), confidence),
            );
        }
    }
    required_columns(found, page);
    if found.sections_unsplit() {
        page.comment(
            "九年一贯制学校要有两个学段各自的学生数，表中没有找到；补上以后去掉下面两行的 #：",
            "nine-year schools need the pupils of each section; add the columns and take off the signs:",
        );
        page.aside(|page| {
            page.text(
                "pupils_primary",
                found.lang.pick(
                    "小学部学生数的表头",
                    "header of the primary section's pupils",
                ),
            );
            page.text(
                "pupils_junior",
                found.lang.pick(
                    "初中部学生数的表头",
                    "header of the junior section's pupils",
                ),
            );
        });
    }
}

/// The sheets of a workbook that were read, so that a later one is not read by chance.
fn sheets(found: &Found, page: &mut Page) {
    let names: Vec<String> = found.sheet.tabs().map(quoted).collect();
    let value = match names.as_slice() {
        [] => return,
        [only] => only.clone(),
        several => format!("[{}]", several.join(", ")),
    };
    let note = found.lang.pick(
        "读哪张工作表，可以是一张或几张",
        "which sheets are read, one or several",
    );
    page.noted("sheet", &value, note);
}

/// Columns without which no school can be planned for, where none was found.
fn required_columns(found: &Found, page: &mut Page) {
    let has = |key: &str| found.school_column(key).is_some();
    if !has("id") {
        page.fill(
            "id",
            "学校代码那一列的表头",
            "the header of the column with school codes",
        );
    }
    match found.school_column("id") {
        Some((at, _)) if !has("name") => {
            page.noted(
                "name",
                &quoted(found.header(at)),
                found
                    .lang
                    .pick("没有找到校名列，先用代码", "no names found; codes instead"),
            );
        }
        None if !has("name") => page.fill(
            "name",
            "学校名称那一列的表头",
            "the header of the column with school names",
        ),
        _ => {}
    }
    if !has("pupils") && !has("pupils_primary") && !has("pupils_junior") {
        page.fill(
            "pupils",
            "在校生数那一列的表头",
            "the header of the column with pupils",
        );
    }
}

fn constants(found: &Found, page: &mut Page) {
    let has = |key: &str| found.school_column(key).is_some();
    let staged = has("stage") || found.staged_by_sheet();
    if !has("stage") && staged {
        page.comment(
            "没有学段列，学段取自工作表的名字",
            "there is no column of stages; they are told by the names of the sheets",
        );
    }
    if staged && has("area") {
        return;
    }
    page.table("[schools.constant]");
    if !staged {
        page.comment(
            "没有找到学段列：全表同一学段就填在这里，否则在上面加一行 stage",
            "no stage column: one stage for all schools, or add a stage column above",
        );
        page.fill(
            "stage",
            "primary、junior 或 nine-year",
            "primary, junior or nine-year",
        );
    }
    if !has("area") {
        page.comment(
            "没有找到城乡类型列：先不分城乡",
            "no column with kinds of area: all schools in one",
        );
        page.text("area", found.lang.pick("不分城乡", "all"));
    }
}

fn stages(found: &Found, page: &mut Page) {
    if found.stages.is_empty() {
        return;
    }
    page.table("[schools.stages]");
    page.comment(
        "学段列里的写法各算什么；小学、初中、九年一贯制和 primary、junior、nine-year 不用写",
        "what the words of the stage column mean; primary, junior, nine-year and their Chinese names need no line",
    );
    for stage in Stage::ALL {
        let own =
            |word: &&StageWord| word.stage.is_some_and(|(of, _)| of == stage) && !word.is_known();
        let mut words = found.stages.iter().filter(own).peekable();
        if words.peek().is_none() {
            continue;
        }
        page.line(&format!("{} = [", stage.name().1));
        for word in words {
            let doubtful = word
                .stage
                .is_some_and(|(_, confidence)| confidence == Confidence::Doubtful);
            let schools = found.lang.pick(
                format!("{} 所", word.schools),
                format!("schools: {}", word.schools),
            );
            let warning = found.lang.pick("；还含高中，学生和资源要只留义务教育阶段，请核对", "; upper grades besides: keep pupils and stock of compulsory grades only, please check");
            page.line(&format!(
                "    {},  # {schools}{}",
                quoted(word.word),
                if doubtful { warning } else { "" }
            ));
        }
        page.line("]");
    }
    let unknown: Vec<_> = found
        .stages
        .iter()
        .filter(|word| word.stage.is_none())
        .collect();
    if !unknown.is_empty() {
        page.comment(
            "下面的写法没有判断出学段，请移到上面某一类；不属于义务教育的学校请从表中删去：",
            "these words were not recognised: move each into a list above, or remove such schools from the sheet:",
        );
        for word in unknown {
            let line = format!("    {} ({})", quoted(word.word), word.schools);
            page.comment(&line, &line);
        }
    }
}
