//! A plan table as a planner reads it, with nothing of the program that wrote it.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// The rows of a plan table that do something.
pub struct Sheet {
    /// Money by school, measure and year.
    places: BTreeMap<[String; 3], f64>,
    schools: BTreeSet<String>,
    moves: f64,
    by_year: Vec<f64>,
}

impl Sheet {
    /// Reads a table in Chinese.
    pub fn read(path: &Path) -> Sheet {
        let text = std::fs::read_to_string(path).expect("a plan table");
        let text = text.trim_start_matches('\u{feff}');
        let mut reader = csv::Reader::from_reader(text.as_bytes());
        let header = reader.headers().expect("a header").clone();
        let column = |name: &str| {
            let found = header.iter().position(|one| one.starts_with(name));
            found.unwrap_or_else(|| panic!("no column {name}"))
        };
        let years: Vec<usize> = (0..header.len())
            .filter(|&at| header[at].contains("年支出") && !header[at].starts_with("期后"))
            .collect();
        let mut sheet = Sheet {
            places: BTreeMap::new(),
            schools: BTreeSet::new(),
            moves: 0.0,
            by_year: vec![0.0; years.len()],
        };
        for record in reader.records() {
            let record = record.expect("a record");
            let cell = |name: &str| record[column(name)].to_string();
            if cell("措施代码").is_empty() {
                continue;
            }
            let number = |at: usize| record[at].parse::<f64>().unwrap_or(0.0);
            let units = number(column("数量"));
            let place = ["学校代码", "措施代码", "年份"].map(cell);
            if units != 0.0 {
                sheet.schools.insert(place[0].clone());
            }
            if place[1].starts_with("rotate") {
                sheet.moves += units.max(0.0);
            }
            for (year, &at) in years.iter().enumerate() {
                sheet.by_year[year] += number(at);
            }
            *sheet.places.entry(place).or_default() += number(column("合计金额"));
        }
        sheet
    }

    /// Money in all.
    pub fn money(&self) -> f64 {
        self.places.values().sum()
    }

    /// Schools at which something is done.
    pub fn schools(&self) -> usize {
        self.schools.len()
    }

    /// Posts that a rotation brings.
    pub fn moves(&self) -> f64 {
        self.moves
    }

    /// The dearest year less the cheapest.
    pub fn unevenness(&self) -> f64 {
        let most = self.by_year.iter().copied().fold(0.0, f64::max);
        most - self.by_year.iter().copied().fold(f64::INFINITY, f64::min)
    }

    /// The part of the larger total that goes elsewhere than in another plan.
    pub fn moved(&self, other: &Sheet) -> f64 {
        let more = |(place, money): (&[String; 3], &f64)| {
            (money - other.places.get(place).copied().unwrap_or(0.0)).max(0.0)
        };
        self.places.iter().map(more).sum::<f64>() / self.money().max(other.money())
    }
}

/// Writes a table without its last column, that of the locks: then every row is kept.
pub fn without_lock(from: &Path, to: &Path) {
    let text = std::fs::read_to_string(from).expect("a plan table");
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .from_reader(text.as_bytes());
    let mut writer = csv::Writer::from_path(to).expect("a file");
    for record in reader.records() {
        let record = record.expect("a record");
        let cells = record.iter().take(record.len() - 1);
        writer.write_record(cells).expect("a record written");
    }
}
