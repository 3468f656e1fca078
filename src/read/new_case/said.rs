//! What is said on the terminal about a draft: guesses and remarks.

use super::columns::Role;
use super::found::{Found, Stocked};
use super::page::quoted;
use super::words::pick;
use super::{Confidence, Guess};

/// The guesses, in the order of the draft.
pub fn guesses(found: &Found) -> Vec<Guess> {
    let columns = found.taken.iter().filter_map(|taken| match taken.role {
        Role::School(column) => Some(guess(
            found,
            pick(&column.what, found.lang),
            taken.at,
            taken.confidence,
        )),
        Role::Stock(_) | Role::Unusable(_) => None,
    });
    let stages = found.stages.iter().filter_map(|word| {
        let (stage, confidence) = word.stage?;
        let subject = found.lang.pick(
            format!("学段：{}", stage.name().0),
            format!("stage: {}", stage.name().1),
        );
        Some(Guess {
            subject,
            from: word.word.to_string(),
            confidence,
        })
    });
    columns
        .chain(stages)
        .chain(found.stocked.iter().flat_map(|one| stock(found, one)))
        .collect()
}

fn guess(found: &Found, subject: &str, at: usize, confidence: Confidence) -> Guess {
    Guess {
        subject: subject.to_string(),
        from: found.header(at).to_string(),
        confidence,
    }
}

fn stock(found: &Found, one: &Stocked) -> impl Iterator<Item = Guess> {
    let beside = if found.is_planned(one) {
        ""
    } else {
        found.lang.pick("（暂不规划）", " (not planned for yet)")
    };
    let name = pick(&one.resource.name, found.lang);
    let unusable = one.unusable.map(|(at, confidence)| {
        let subject = found.lang.pick(
            format!("{name}中不能用的{beside}"),
            format!("{name} that do not count{beside}"),
        );
        guess(found, &subject, at, confidence)
    });
    std::iter::once(guess(
        found,
        &format!("{name}{beside}"),
        one.stock,
        one.confidence,
    ))
    .chain(unusable)
}

/// What the planner should know besides the guesses, as sentences.
pub fn remarks(found: &Found) -> Vec<String> {
    let list = |names: &[&str]| {
        let quoted: Vec<String> = names.iter().map(|name| quoted(name)).collect();
        found.lang.pick(quoted.join("、"), quoted.join(", "))
    };
    let mut remarks = Vec::new();
    let mut say = |zh: String, en: String| remarks.push(found.lang.pick(zh, en));

    let unknown: usize = found
        .stages
        .iter()
        .filter(|word| word.stage.is_none())
        .map(|word| word.schools)
        .sum();
    if unknown > 0 {
        say(
            format!("有 {unknown} 所学校没有判断出学段，草稿里列出了它们的写法"),
            format!(
                "schools whose stage could not be told: {unknown}; the draft lists their words"
            ),
        );
    }
    if found.sections_unsplit() {
        say(
            "有九年一贯制学校，但没有找到小学部和初中部各自的学生数".into(),
            "there are nine-year schools but no columns with the pupils of each section".into(),
        );
    }
    if found.stocked.is_empty() {
        say(
            "没有认出任何资源的存量列".into(),
            "no column was recognised as the stock of a resource".into(),
        );
    }
    if !found.refused.is_empty() {
        let headers = list(&found.refused);
        say(
            format!("这些列的表头认得，内容却对不上（比如该填数的填了文字），没有采用：{headers}"),
            format!(
                "columns with known headers whose cells are something else, such as text for numbers: {headers}"
            ),
        );
    }
    let scaled: Vec<&str> = found.scaled().collect();
    if !scaled.is_empty() {
        let headers = list(&scaled);
        say(
            format!("这些列的单位里有“万”，请先换算：{headers}"),
            format!("columns counted in ten thousands, to be converted first: {headers}"),
        );
    }
    let lacking: Vec<&str> = found
        .lacking()
        .into_iter()
        .map(|resource| pick(&resource.name, found.lang))
        .collect();
    if !lacking.is_empty() {
        say(
            format!("标准里的这些指标在表中没有找到：{}", lacking.join("、")),
            format!(
                "indicators of the standard without a column: {}",
                lacking.join(", ")
            ),
        );
    }
    remarks
}
