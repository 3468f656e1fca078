//! A result that was written before (the folder of `solve --out`), and whether it still belongs to its case.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::plan::{Certificate, Plan};
use crate::report::plan_json;
use crate::report::question::Question;
use crate::words::tolerance;

/// What `plan.json` says of a plan.
#[derive(Clone, Debug)]
pub struct Earlier {
    /// The plan table beside it.
    pub table: PathBuf,
    /// The scenarios it was made with.
    pub scenarios: Vec<String>,
    /// The solver asked for.
    pub solver: String,
    /// How many rows the planner had kept.
    pub kept: usize,
    /// Whether it was proven best then.
    pub proven: bool,
    /// What proved it then.
    pub certificate: Certificate,
    inputs: Vec<(String, String)>,
    rows: Vec<Value>,
    /// What each fund spends in each year, in order.
    spent: Vec<f64>,
}

impl Earlier {
    /// Reads a folder of results.
    ///
    /// # Errors
    /// Why it holds no result, in Chinese and English.
    pub fn read(folder: &Path) -> Result<Earlier, (String, String)> {
        let no_file = |failed: std::io::Error| {
            let file = folder.join("plan.json");
            let file = file.display();
            (
                format!("读不到 {file}（{failed}）"),
                format!("{file} cannot be read ({failed})"),
            )
        };
        if folder.is_file() {
            let at = folder.display();
            return Err((
                format!("{at} 是一个文件；请给出 junheng solve --out 文件夹 写出的文件夹"),
                format!("{at} is a file; name the folder that junheng solve --out DIR wrote"),
            ));
        }
        let text = fs::read_to_string(folder.join("plan.json")).map_err(no_file)?;
        let told = serde_json::from_str(&text).ok();
        told.and_then(|told| Earlier::of(folder, &told))
            .ok_or_else(|| {
                let zh = "plan.json 不是 junheng solve --out 写出的有方案的结果";
                let en = "plan.json is not a result with a plan as junheng solve --out writes it";
                (zh.to_string(), en.to_string())
            })
    }

    fn of(folder: &Path, told: &Value) -> Option<Earlier> {
        let from = &told["provenance"];
        let input = |one: &Value| {
            let of = |key: &str| one[key].as_str().map(str::to_string);
            Some((of("file")?, of("blake3")?))
        };
        let scenario = |one: &Value| one.as_str().map(str::to_string);
        Some(Earlier {
            table: folder.join("plan.csv"),
            scenarios: from["scenarios"]
                .as_array()?
                .iter()
                .filter_map(scenario)
                .collect(),
            solver: from["solver"].as_str()?.to_string(),
            kept: usize::try_from(from["kept_rows"].as_u64()?).ok()?,
            proven: told["verdict"]["kind"] == "optimal",
            certificate: serde_json::from_value(told["certificate"].clone()).ok()?,
            rows: told["rows"].as_array()?.clone(),
            spent: spent(&told["money"])?,
            inputs: from["inputs"]
                .as_array()?
                .iter()
                .filter_map(input)
                .collect(),
        })
    }

    /// The files of the case that are not as they were when the result was made.
    pub fn changed(&self, now: &[(String, String)]) -> Vec<String> {
        let (was, is) = (&self.inputs, now);
        let gone = was
            .iter()
            .filter(|(file, _)| !is.iter().any(|(other, _)| other == file));
        let other = is.iter().filter(|one| !was.contains(one));
        other.chain(gone).map(|(file, _)| file.clone()).collect()
    }

    /// Whether its certificate speaks of this plan: a table that was edited afterwards has another gap, other rows or other
    /// money of some fund in some year. Rows may have been sorted.
    pub fn is_of(&self, asked: &Question, plan: &Plan) -> bool {
        let (then, now) = (self.certificate.planned, plan.outcome.gap_after);
        let spent = plan.money.iter().map(|one| one.spent.main());
        (then - now).abs() <= tolerance::PROVEN * then.abs().max(1.0)
            && self.spent.iter().copied().eq(spent)
            && sorted(self.rows.iter()).eq(&sorted(plan_json::rows(asked, plan).iter()))
    }
}

/// Rows in an order of their own, each as it is written.
fn sorted<'a>(rows: impl Iterator<Item = &'a Value>) -> Vec<String> {
    let mut rows: Vec<String> = rows.map(Value::to_string).collect();
    rows.sort_unstable();
    rows
}

fn spent(money: &Value) -> Option<Vec<f64>> {
    let spent = |one: &Value| one["spent"].as_f64();
    money.as_array()?.iter().map(spent).collect()
}
