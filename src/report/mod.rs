//! Floor 5: paper. From answers to pages, tables and files; one file per output.

pub mod against;
pub mod aid;
pub mod alternatives;
pub mod audited;
pub mod changes;
pub mod chart;
pub mod column;
pub mod comparison;
pub mod compliance;
pub mod csv;
pub mod diagnosis;
pub mod diff;
pub mod diverted;
pub mod diverting;

pub mod drafted;
pub mod equity;
pub mod fairness;
pub mod findings;
pub mod fit;
pub mod folder;
pub mod frontier;
pub mod gaps_csv;
pub mod html;
mod indicators;
pub mod lines;
pub mod markdown;
pub mod marked;
pub mod moves;
pub mod moves_csv;
pub mod needs;
pub mod number;
pub mod page;
pub mod places;
pub mod plan_csv;
pub mod plan_json;
pub mod plan_md;
pub mod prices;
pub mod proposal;
pub mod provinces;
pub mod question;
pub mod regret;
pub mod repair;
pub mod scenarios;
pub mod solved;
pub mod sweep;
pub mod take_up;
pub mod template;
pub mod terminal;
pub mod terms;
pub mod touched;
pub mod townships;
pub mod track;
pub mod verdict;
pub mod verify;
pub mod why;
pub mod word;
pub mod workbook;
pub mod write_off;

use std::io;
use std::path::PathBuf;
use std::sync::mpsc;

pub use comparison::Comparison;
pub use folder::Folder;
pub use plan_json::Provenance;
pub use question::Question;

use crate::plan::Answer;
use touched::Hashed;

/// Writes the files of an answer and says which: `plan.json` and `plan.md` always, the tables when there is a plan,
/// `moves.csv` among them only where the case has a rotation, `changes.csv` where the plan stays near an earlier one.
/// `beside` says whether a second thread may write some of them.
///
/// # Errors
/// When a file cannot be written.
pub fn write(
    folder: &Folder,
    asked: &Question,
    answer: &Answer,
    from: &Provenance,
    beside: bool,
) -> io::Result<Vec<PathBuf>> {
    // The hash of the table ends what is told, so that a table that was edited is known by it. The table is begun first and
    // waits for nothing: with one thread it is done before the other begins.
    let (say, heard) = mpsc::channel::<String>();
    let told = move || -> io::Result<Vec<PathBuf>> {
        Ok(vec![
            folder.fill("plan.json", |out| {
                plan_json::write(out, asked, answer, from, &|| heard.recv().ok())
            })?,
            folder.write("plan.md", plan_md::render(asked, answer).as_bytes())?,
        ])
    };
    let tables = move || -> io::Result<Vec<PathBuf>> {
        let Some(plan) = &answer.plan else {
            return Ok(Vec::new());
        };
        let mut written = vec![
            folder.fill("plan.csv", |out| {
                let mut out = Hashed::new(out);
                plan_csv::write(&mut out, asked, plan)?;
                // Nobody may listen any more where the other file has failed.
                let _ = say.send(out.hash());
                Ok(())
            })?,
            folder.fill("gaps.csv", |out| gaps_csv::write(out, asked, &plan.outcome))?,
        ];
        if crate::plan::moves::rotates(asked.case) {
            written.push(folder.fill("moves.csv", |out| moves_csv::write(out, asked, plan))?);
        }
        if changes::is_asked(asked) {
            written.push(folder.fill("changes.csv", |out| changes::write(out, asked, plan))?);
        }
        Ok(written)
    };
    let (tables, told) = match beside {
        true => rayon::join(tables, told),
        false => (tables(), told()),
    };
    let mut written = told?;
    written.extend(tables?);
    Ok(written)
}

/// Writes the files of a comparison: `comparison.csv`, `comparison.json` and `comparison.md`.
///
/// # Errors
/// When a file cannot be written.
pub fn write_comparison(folder: &Folder, comparison: &Comparison) -> io::Result<()> {
    folder.fill("comparison.csv", |out| comparison.csv(out))?;
    folder.fill("comparison-schools.csv", |out| comparison.schools_csv(out))?;
    folder.write(
        "comparison.json",
        format!("{:#}\n", comparison.json()).as_bytes(),
    )?;
    folder.write(
        "comparison.md",
        markdown::render(&comparison.page()).as_bytes(),
    )?;
    Ok(())
}
