//! `junheng draft`

use std::path::{Path, PathBuf};

use super::args::Draft;
use super::charts;
use super::compare::chosen;
use super::exit::Exit;
use super::limits::{Limits, heed_interruptions};
use super::load::{Loaded, choose, load, read_plan};
use super::out;
use super::progress::Progress;
use super::solve::{exit_of, solver_name};
use super::study::drawn_curve;
use super::template::save;
use super::voice::Voice;
use super::wording::{self, Wording};
use crate::case::{Case, Overlay};
use crate::plan::table::{Wanted, reworded};
use crate::plan::{self, Answer, Options, Verdict};
use crate::report::comparison::Comparison;
use crate::report::html::paper;
use crate::report::page::{Block, Page};
use crate::report::proposal::{self, Earlier, Form, Material, OwnWords, Stands, office};
use crate::report::word::{self, Letterhead, Unfilled, numbered};
use crate::report::{Provenance, Question, markdown, solved};
use crate::study::{self, Solved};
use crate::words::Lang;

/// Writes a plan up as a document: the best plan of the case, or one that was written before.
pub fn run(voice: &Voice, asked: &Draft, limits: &Limits) -> Result<Exit, Exit> {
    if let Some(form) = asked.print_template {
        return wording::export(voice, asked, form);
    }
    let Some(at) = &asked.case else {
        return Err(Exit::CouldNotRun);
    };
    let own = Wording::of(voice, asked)?;
    let kind = asked
        .out
        .as_deref()
        .map(|out| Kind::of(voice, out))
        .transpose()?;
    is_for_word(voice, asked, own.as_ref(), kind)?;
    if let Some(file) = &asked.out {
        out::beside(voice, file)?;
        if matches!(kind, Some(Kind::Word)) {
            out::unedited(voice, file, asked.template.as_deref(), asked.replace)?;
        }
    }
    let loaded = load(voice, at)?;
    let stated = asked.form.or(own.as_ref().and_then(Wording::form));
    let form = stated.unwrap_or(match loaded.case.lang {
        Lang::Zh => Form::ZhOfficial,
        Lang::En => Form::EnMemo,
    });
    let basis = match &asked.plan {
        Some(folder) => Basis::earlier(voice, (asked, at), &loaded, folder, form)?,
        None => Basis::best(voice, asked, &loaded, limits)?,
    };
    let question = Question {
        case: &basis.case,
        scenario: basis.scenario.as_ref(),
        lang: form.lang(),
    };
    let end = exit_of(&basis.answer);
    let Some(plan) = &basis.answer.plan else {
        let spoken = Question {
            lang: voice.lang,
            ..question
        };
        voice.put_page(&solved::page(&spoken, &basis.answer))?;
        if end == Exit::Impossible {
            let case = at.display();
            voice.say(voice.lang.pick(
                format!("没有方案可写；怎样修复：junheng repair {case}"),
                format!("there is no plan to write up; how to repair it: junheng repair {case}"),
            ));
        }
        return Ok(end);
    };
    if end == Exit::AuditFailed {
        refuse_broken(voice, (asked, at), plan.audit.breaches.len());
        return Ok(end);
    }
    let curve = asked.frontier.then(|| {
        let options = Options {
            halt: limits.halt(asked.time_limit),
            ..Options::default()
        };
        drawn_curve(voice, &basis.case, &options)
    });
    let lost = matches!(curve, Some(None));
    let runs = others(voice, asked, &loaded, limits)?;
    let compared = runs.first().map(|first| {
        let stated = Question {
            case: &first.case,
            scenario: basis.scenario.as_ref(),
            lang: form.lang(),
        };
        Comparison::new(stated, &runs)
    });
    let material = Material {
        asked: question,
        answer: &basis.answer,
        from: &basis.from,
        caveats: basis.caveats,
        stands: basis.stands,
        own: basis.own,
        frontier: curve.as_ref().and_then(Option::as_ref),
        comparison: compared.as_ref(),
    };
    match own.unwrap_or_else(|| wording::shipped(form)) {
        Wording::Word(letterhead) => in_own_word_file(voice, asked, letterhead, form, &material)?,
        Wording::Text(template) => {
            let Some(page) = proposal::page(&template, &material) else {
                return Ok(end);
            };
            match (&asked.out, kind) {
                (Some(out), Some(kind)) => kind.write(voice, out, &page, form)?,
                _ => show(voice, at, &page)?,
            }
        }
    }
    Ok(match lost {
        true => end.max(Exit::Unproven),
        false => end,
    })
}

/// The scenario that is written up and those beside it, solved; none where none was asked for.
fn others(
    voice: &Voice,
    asked: &Draft,
    loaded: &Loaded,
    limits: &Limits,
) -> Result<Vec<Solved>, Exit> {
    if asked.compare.is_empty() {
        return Ok(Vec::new());
    }
    let own = choose(voice, loaded, &asked.scenarios)?;
    let first = own.unwrap_or_else(|| Overlay {
        name: "base".to_string(),
        title: loaded.case.lang.pick("基准", "base").to_string(),
        changes: Vec::new(),
    });
    let mut others = chosen(voice, loaded, &asked.compare)?;
    others.retain(|one| one.name != first.name);
    let options = Options {
        halt: limits.halt(asked.time_limit),
        ..Options::default()
    };
    let progress = Progress::new(voice, others.len() + 1, 0);
    let runs = study::compare(&loaded.case, &first, &others, &options, &|_, name| {
        progress.done(name)
    });
    progress.finish();
    Ok(runs)
}

/// Refuses a Word file as the template of what is no Word file.
fn is_for_word(
    voice: &Voice,
    asked: &Draft,
    own: Option<&Wording>,
    kind: Option<Kind>,
) -> Result<(), Exit> {
    let (Some(Wording::Word(_)), false) = (own, matches!(kind, Some(Kind::Word))) else {
        return Ok(());
    };
    let what = (
        "Word 模板只能写成 Word 文件，请加 --out 文稿.docx",
        "a Word template gives a Word file; add --out draft.docx",
    );
    let own = asked.template.as_deref().unwrap_or(Path::new(""));
    Err(voice.fail(what, own.display()))
}

fn refuse_broken(voice: &Voice, (asked, case): (&Draft, &Path), broken: usize) {
    let folder = asked.plan.as_deref().unwrap_or(Path::new(""));
    let table = folder.join("plan.csv");
    let (case, table) = (case.display(), table.display());
    voice.warn(voice.lang.pick(
        format!("错误：方案违反案例的规定 {broken} 处，没有写成文稿；逐条查看：junheng audit {case} {table}"),
        format!("error: the plan breaks {broken} rules of the case, no draft is written; see junheng audit {case} {table}"),
    ));
}

fn in_own_word_file(
    voice: &Voice,
    asked: &Draft,
    letterhead: Letterhead,
    form: Form,
    material: &Material,
) -> Result<(), Exit> {
    let (Some(out), Some(own)) = (&asked.out, &asked.template) else {
        return Ok(());
    };
    let bytes = match office::filled(letterhead, form, material) {
        None => return Ok(()),
        Some(Ok(bytes)) => bytes,
        Some(Err(Unfilled::Faults(faults))) => {
            return Err(wording::told(voice, own, &faults.concat()));
        }
        Some(Err(Unfilled::Unreadable(failed))) => {
            return Err(voice.fail_at(UNWRITTEN, own, &failed));
        }
    };
    write(voice, out, &bytes)
}

/// What a file's ending asks for.
#[derive(Clone, Copy)]
enum Kind {
    Word,
    Markdown,
    Html,
}

impl Kind {
    fn of(voice: &Voice, out: &Path) -> Result<Kind, Exit> {
        let ending = out
            .extension()
            .map(|ending| ending.to_string_lossy().to_lowercase());
        match ending.as_deref() {
            Some("docx") => Ok(Kind::Word),
            Some("md") => Ok(Kind::Markdown),
            Some("html" | "htm") => Ok(Kind::Html),
            _ => Err(voice.fail(
                (
                    "文稿写成 .docx、.html 或 .md 文件",
                    "a draft is written as a .docx, .html or .md file",
                ),
                out.display(),
            )),
        }
    }

    fn write(self, voice: &Voice, out: &Path, page: &Page, form: Form) -> Result<(), Exit> {
        let charts = || {
            page.blocks.iter().filter_map(|block| match block {
                Block::Chart(chart) => Some(chart.as_ref()),
                _ => None,
            })
        };
        let bytes = match self {
            Kind::Word => word::render(page, &form.layout())
                .map_err(|failed| voice.fail(UNWRITTEN, failed))?,
            // A browser has fonts of its own.
            Kind::Html => paper::render(&numbered(page, &form.layout()), form.lang()).into_bytes(),
            Kind::Markdown => {
                let name = format!(
                    "{}-charts",
                    out.file_stem().unwrap_or_default().to_string_lossy()
                );
                let folder = out.with_file_name(&name);
                if charts().next().is_some() {
                    charts::pictures(voice, &out::folder(voice, &folder)?, charts())?;
                }
                let page = numbered(page, &form.layout());
                markdown::with_pictures(&page, Some(&name)).into_bytes()
            }
        };
        if !matches!(self, Kind::Html) {
            charts::told_lacking(voice, charts());
        }
        write(voice, out, &bytes)
    }
}

const UNWRITTEN: (&str, &str) = ("文稿没有写成", "the draft could not be written");

fn write(voice: &Voice, out: &Path, bytes: &[u8]) -> Result<(), Exit> {
    save(voice, out, bytes, UNWRITTEN)?;
    let out = out.display();
    voice.say(
        voice
            .lang
            .pick(format!("已写入 {out}"), format!("written: {out}")),
    );
    Ok(())
}

fn show(voice: &Voice, case: &Path, page: &Page) -> Result<(), Exit> {
    if voice.json {
        return voice.put_json(&serde_json::json!(page));
    }
    voice.put_page(page)?;
    let case = case.display();
    voice.say(voice.lang.pick(
        format!("写成 Word 文件：junheng draft {case} --out 文稿.docx"),
        format!("to write it for Word: junheng draft {case} --out draft.docx"),
    ));
    Ok(())
}

/// What is written up.
struct Basis {
    case: Case,
    scenario: Option<Overlay>,
    answer: Answer,
    from: Provenance,
    caveats: Vec<String>,
    stands: Stands,
    own: OwnWords,
}

fn with(loaded: &Loaded, scenario: Option<&Overlay>) -> Case {
    scenario.map_or_else(
        || loaded.case.clone(),
        |overlay| overlay.apply(&loaded.case),
    )
}

impl Basis {
    /// The best plan.
    fn best(voice: &Voice, asked: &Draft, loaded: &Loaded, limits: &Limits) -> Result<Basis, Exit> {
        let scenario = choose(voice, loaded, &asked.scenarios)?;
        let case = with(loaded, scenario.as_ref());
        let keep = asked.keep.as_deref();
        let keep = keep
            .map(|file| read_plan(voice, &case, file, Wanted::Locked))
            .transpose()?;
        let keep = keep.unwrap_or_default();
        limits.at_once(voice, &case)?;
        let halt = limits.halt(asked.time_limit);
        heed_interruptions(voice, &halt);
        let from = Provenance {
            inputs: inputs(voice, loaded, asked.keep.as_slice())?,
            scenarios: asked.scenarios.clone(),
            solver: solver_name(Options::default().solver),
            kept: keep.len(),
        };
        let options = Options {
            keep,
            halt,
            ..Options::default()
        };
        let answer = plan::solve(&case, &options);
        Ok(Basis {
            case,
            scenario,
            answer,
            from,
            caveats: Vec::new(),
            stands: Stands::AsSolved,
            own: OwnWords::new(),
        })
    }

    /// A plan that was written before. One whose case has changed since is refused, or marked where that is asked for.
    fn earlier(
        voice: &Voice,
        (asked, at): (&Draft, &Path),
        loaded: &Loaded,
        folder: &Path,
        form: Form,
    ) -> Result<Basis, Exit> {
        let earlier = Earlier::read(folder).map_err(|(zh, en)| {
            let what = ("没有可用的结果", "there is no result to write up");
            voice.fail(what, voice.lang.pick(zh, en))
        })?;
        let (mut caveats, mut stands) = (Vec::new(), Stands::AsSolved);
        let changed = earlier.changed(&loaded.hashes);
        if !changed.is_empty() {
            caveats.push(stale(form.lang(), &changed));
            stands = Stands::Stale;
            if !asked.stale {
                refuse_stale(voice, at, &changed);
                return Err(Exit::BadData);
            }
        }
        let scenario = choose(voice, loaded, &earlier.scenarios)?;
        let case = with(loaded, scenario.as_ref());
        let rows = read_plan(voice, &case, &earlier.table, Wanted::All)?;
        let plan = plan::written(&case, rows, earlier.certificate.clone());
        let question = Question {
            case: &case,
            scenario: scenario.as_ref(),
            lang: form.lang(),
        };
        if changed.is_empty() && !earlier.is_of(&question, &plan) {
            stands = Stands::Edited;
            caveats.push(form.lang().pick(
                "方案表在求解之后经人工修改：各项规定已重新核对，是否最优没有证明。".to_string(),
                "The plan table was edited after it was solved: its rules were checked anew; whether it is the best is not proven."
                    .to_string(),
            ));
        }
        // Where the case has changed, its words have too.
        let own = match changed.is_empty() {
            true => reworded(&case, &plan.outcome, &earlier.table),
            false => OwnWords::new(),
        };
        let verdict = match earlier.proven && caveats.is_empty() {
            true => Verdict::Optimal,
            false => Verdict::Stopped {
                distance: earlier.certificate.proven_within,
            },
        };
        let from = Provenance {
            inputs: inputs(
                voice,
                loaded,
                &[earlier.table.clone(), folder.join("plan.json")],
            )?,
            scenarios: earlier.scenarios.clone(),
            solver: earlier.solver.clone(),
            kept: earlier.kept,
        };
        let answer = Answer {
            plan: Some(plan),
            ..Answer::none(verdict)
        };
        Ok(Basis {
            case,
            scenario,
            answer,
            from,
            caveats,
            stands,
            own,
        })
    }
}

/// The files of the case and those of a plan that were read beside them, with their hashes.
fn inputs(voice: &Voice, loaded: &Loaded, read: &[PathBuf]) -> Result<Vec<(String, String)>, Exit> {
    let mut inputs = loaded.hashes.clone();
    for table in read {
        let bytes = std::fs::read(table).map_err(|failed| {
            voice.fail_at(
                ("读不到方案表", "the plan table cannot be read"),
                table,
                &failed,
            )
        })?;
        let name = table.file_name().unwrap_or_default().to_string_lossy();
        inputs.push((name.into_owned(), blake3::hash(&bytes).to_hex().to_string()));
    }
    Ok(inputs)
}

fn stale(lang: Lang, changed: &[String]) -> String {
    let files = changed.join(lang.pick("、", ", "));
    lang.pick(
        format!("已过期：方案写成以后案例有改动（{files}）；本稿按现在的案例重算该方案的成效，是否最优没有证明。"),
        format!("STALE: the case has changed since the plan was made ({files}); what the plan does is told for the case as it stands; whether it is the best is not proven."),
    )
}

fn refuse_stale(voice: &Voice, case: &Path, changed: &[String]) {
    let (files, case) = (changed.join(voice.lang.pick("、", ", ")), case.display());
    voice.warn(voice.lang.pick(
        format!("错误：结果已过期：写成以后案例有改动（{files}）；重新求解：junheng solve {case} --out 文件夹；仍要写成文稿并标明已过期：加 --stale"),
        format!("error: the result is stale, the case has changed since ({files}); solve again: junheng solve {case} --out DIR; to write it up all the same, marked as stale: --stale"),
    ));
}
