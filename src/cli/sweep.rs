//! `junheng sweep`

#[cfg(feature = "parquet")]
use std::io::Seek;

use super::args::Sweep;
use super::exit::Exit;
use super::progress::Progress;
use super::study::{Study, hint_at_files};
use super::vary;
use super::voice::Voice;
use crate::case::Case;
use crate::plan::Options;
#[cfg(feature = "parquet")]
use crate::report::sweep::parquet;
use crate::report::sweep::{Begun, Refused, Summary, description, json, page};
use crate::report::{Folder, Question, markdown};
use crate::study::sweep::{Axis, Design, sweep};
use crate::words::halt::Reason;

/// Points of a sweep, at most.
const MOST_POINTS: usize = 1_000_000;

/// Solves hundreds or thousands of points.
pub fn run(voice: &Voice, asked: &Sweep, study: &Study) -> Result<Exit, Exit> {
    if asked.parquet && !cfg!(feature = "parquet") {
        return Err(without_parquet(voice));
    }
    let design = design(voice, asked, study)?;
    let question = Question {
        lang: voice.file_language(&study.case),
        ..study.question(voice)
    };
    let what = ("结果文件没有写成", "the result files could not be written");
    let failed = |why: std::io::Error| voice.fail(what, why);
    let aside = match &study.folder {
        Some(_) => None,
        None => Some(tempfile::tempdir().map_err(failed)?),
    };
    let aside = aside.as_ref().map(|one| Folder::open(one.path()));
    let aside = aside.transpose().map_err(failed)?;
    let Some(folder) = study.folder.as_ref().or(aside.as_ref()) else {
        return Err(Exit::CouldNotRun);
    };
    let described = description(&question, &design, &study.loaded.hashes);
    let text = format!("{described:#}\n");
    let mut begun =
        Begun::open(folder, question, &design, &text).map_err(|refused| refuse(voice, refused))?;
    let total = design.points().unwrap_or(MOST_POINTS);
    if begun.points > 0 {
        let done = begun.points;
        voice.say(voice.lang.pick(
            format!("接着上次：{total} 个点已完成 {done} 个"),
            format!("going on where it was: {done} of {total} points are done"),
        ));
    }
    let progress = Progress::new(voice, total, begun.points);
    let first = begun.chunk;
    let mut done = begun.points;
    let options = Options {
        each: asked.each,
        ..study.options.clone()
    };
    let halted = sweep(&study.case, &design, &options, first, &mut |points| {
        done += points.len();
        progress.step(points.len(), "");
        begun.take(points)
    });
    progress.finish();
    if let Some(reason) = halted.map_err(failed)? {
        return Ok(stopped(voice, asked, reason, (done, total)));
    }
    let mut summary = None;
    let whole = begun.finish(|folder, table| {
        let found = Summary::of(&question, &design, table)?;
        let data = json(&question, &design, &found, &described);
        folder.write("sweep.json", format!("{data:#}\n").as_bytes())?;
        let memo = markdown::render(&page(&question, &design, &found));
        folder.write("sweep.md", memo.as_bytes())?;
        #[cfg(feature = "parquet")]
        if asked.parquet {
            table.rewind()?;
            folder.fill("sweep.parquet", |out| {
                parquet(out, &question, &design, table)
            })?;
        }
        summary = Some(found);
        Ok(())
    });
    let whole = whole.map_err(failed)?;
    let Some(summary) = summary else {
        return Err(Exit::CouldNotRun);
    };
    let spoken = study.question(voice);
    match voice.json {
        true => voice.put_json(&json(&spoken, &design, &summary, &described))?,
        false => voice.put_page(&page(&spoken, &design, &summary))?,
    }
    if asked.about.out.is_some() {
        let (zh, en) = match asked.parquet {
            true => ("、sweep.parquet", ", sweep.parquet"),
            false => ("", ""),
        };
        let whole = whole.display();
        voice.say(voice.lang.pick(
            format!("已写入 {whole}，同处有 sweep.json、sweep.md{zh}"),
            format!("written: {whole}, beside it sweep.json, sweep.md{en}"),
        ));
    }
    hint_at_files(voice, "sweep", &asked.about, ("每个点", "every point"));
    Ok(match summary.is_settled(&question) {
        true => Exit::Done,
        false => Exit::Unproven,
    })
}

/// What is swept over.
fn design(voice: &Voice, asked: &Sweep, study: &Study) -> Result<Design, Exit> {
    let mut axes: Vec<Axis> = Vec::new();
    for text in &asked.vary {
        let axis = vary::axis(voice, &study.loaded, text)?;
        if axes.iter().any(|other| other.varies_as(&axis)) {
            let what = ("--vary 重复", "--vary names the same twice");
            return Err(voice.fail(what, text));
        }
        axes.push(axis);
    }
    let drawn = axes.iter().any(|axis| axis.listed().is_none());
    let design = Design {
        axes,
        draws: if drawn { asked.draws.get() } else { 1 },
        seed: asked.seed,
        piece: piece(&study.case),
    };
    match design.points().filter(|points| *points <= MOST_POINTS) {
        Some(_) => Ok(design),
        None => {
            let what = ("点数太多", "too many points");
            let most = voice.lang.pick("最多 1000000 个", "at most 1000000");
            Err(voice.fail(what, most))
        }
    }
}

/// Points that are written at once. Where the program is too large to be asked again hot, each point is dear, and the
/// next is solved no faster beside it.
fn piece(case: &Case) -> usize {
    let needs = case.schools.len() * case.resources.len() * case.horizon.period_count();
    if needs <= MOST_NEEDS { 400 } else { 1 }
}

/// Needs (schools × resources × periods) up to which points of one program are solved from one another.
const MOST_NEEDS: usize = 200_000;

fn without_parquet(voice: &Voice) -> Exit {
    voice.fail(
        (
            "这个程序编译时没有带上 Parquet",
            "this build cannot write Parquet",
        ),
        voice.lang.pick(
            "用 cargo build --release --features parquet 重新编译；或去掉 --parquet，sweep.csv 总会写出",
            "build it with cargo build --release --features parquet, or leave --parquet out: sweep.csv is written all the same",
        ),
    )
}

fn refuse(voice: &Voice, refused: Refused) -> Exit {
    match refused {
        Refused::Another(place) => voice.fail(
            (
                "这个文件夹里有另一次没有做完的多点试算",
                "another sweep is half done in this folder",
            ),
            voice.lang.pick(
                format!("用原来的命令做完它，换一个 --out，或者删去 {}", place.display()),
                format!(
                    "finish it with the command it was begun with, choose another --out, or remove {}",
                    place.display()
                ),
            ),
        ),
        Refused::Busy(place) => voice.fail(
            ("另一个进程正在做这次多点试算", "another process is at this sweep"),
            place.display(),
        ),
        Refused::Failed(failed) => voice.fail(
            ("结果文件没有写成", "the result files could not be written"),
            failed,
        ),
    }
}

fn stopped(voice: &Voice, asked: &Sweep, reason: Reason, (done, total): (usize, usize)) -> Exit {
    let (zh, en) = match reason {
        Reason::Cancelled => ("被叫停", "it was interrupted"),
        Reason::Time => ("时间用完", "the time is over"),
        Reason::Memory => ("内存快用完", "memory ran short"),
    };
    voice.warn(voice.lang.pick(
        format!("没有做完（{zh}）：{total} 个点完成了 {done} 个"),
        format!("not finished ({en}): {done} of {total} points are done"),
    ));
    match asked.about.out {
        Some(_) => voice.say(voice.lang.pick(
            "再运行同一条命令，从这里接着做",
            "run the same command again to go on from here",
        )),
        None => voice.say(voice.lang.pick(
            "加上 --out 文件夹，停下以后才能接着做",
            "with --out DIR a sweep that is stopped can go on later",
        )),
    }
    Exit::Unproven
}
