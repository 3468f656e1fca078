//! Proposed diversions for programs and spreadsheets.

use std::io::{self, Write};

use serde_json::{Value, json};

use super::super::csv;
use super::{Told, since};
use crate::plan::diverting::{Spare, Why};
use crate::plan::table::Cell;
use crate::study::diff::Gaps;

impl Told<'_> {
    /// The table of diversions. Its first columns are those of the workbook's sheet of diversions.
    ///
    /// # Errors
    /// When `out` cannot be written.
    pub fn csv(&self, out: impl Write) -> io::Result<()> {
        let (asked, case) = (&self.asked, self.asked.case);
        let header = [
            asked.pick("转出学校", "From school").to_string(),
            asked.pick("转入学校", "To school").to_string(),
            asked.pick("学生数", "Pupils").to_string(),
            asked.pick("学段", "Section").to_string(),
            asked.pick("转入后寄宿", "Boards there").to_string(),
            asked.pick("一并转入", "Brings along").to_string(),
            asked.pick("起始年份", "Since").to_string(),
            asked.pick("转出学校名称", "from: name").to_string(),
            asked.pick("转入学校名称", "to: name").to_string(),
            asked.pick("转出人数", "pupils who go").to_string(),
            asked.pick("公里", "km").to_string(),
            asked.money_header("节省", "saves"),
            asked.money_header("增加", "costs"),
            asked.pick("缺口变化", "gap changes by").to_string(),
        ];
        let yes = asked.pick("是", "yes");
        let rows = self.found.proposal.proposed.iter().zip(&self.found.worths);
        let rows = rows.map(|(one, worth)| {
            let what = &one.diversion;
            let brings: Vec<&str> = what
                .brings
                .iter()
                .map(|&at| case.resources[at].id.as_str())
                .collect();
            let section = what
                .section
                .map_or("", |at| asked.pick(at.name().0, at.name().1));
            vec![
                Cell::text(&case.schools[what.from].id),
                Cell::text(&case.schools[what.to].id),
                Cell::known(what.pupils),
                Cell::text(section),
                Cell::text(if what.boards { yes } else { "" }),
                Cell::text(brings.join("；")),
                Cell::Number(since(asked, what.since).to_string()),
                Cell::text(&case.schools[what.from].name),
                Cell::text(&case.schools[what.to].name),
                Cell::number(one.pupils),
                Cell::number(one.km),
                Cell::money(case, worth.saves),
                Cell::money(case, worth.costs),
                Cell::known(worth.alone.map(|gaps| gaps.smallest)),
            ]
        });
        csv::write(out, &header, rows, asked.lang)
    }

    /// The table of places: pupils and places of every section of which they are known, before and after.
    ///
    /// # Errors
    /// When `out` cannot be written.
    pub fn places_csv(&self, out: impl Write) -> io::Result<()> {
        let (asked, case) = (&self.asked, self.asked.case);
        let columns = [
            ("学校代码", "school code"),
            ("学校名称", "school"),
            ("学段", "section"),
            ("最紧年份学生数", "pupils in the scarcest year"),
            ("学位数", "places"),
            ("缺学位", "pupils without a place"),
            ("余学位", "free places"),
            ("分流后缺学位", "without a place afterwards"),
            ("分流后余学位", "free afterwards"),
        ];
        let header = columns.map(|(zh, en)| asked.pick(zh, en).to_string());
        let proposal = &self.found.proposal;
        let rows = proposal.before.iter().map(|one| {
            let then = proposal.after.at(one.school, one.section);
            let number = |count: Option<u64>| Cell::known(count.map(|count| count as f64));
            vec![
                Cell::text(&case.schools[one.school].id),
                Cell::text(&case.schools[one.school].name),
                Cell::text(asked.pick(one.section.name().0, one.section.name().1)),
                Cell::number(one.pupils),
                Cell::number(one.places),
                number(Some(one.over())),
                number(Some(proposal.before.free(one.school, one.section))),
                number(then.map(Spare::over)),
                number(Some(proposal.after.free(one.school, one.section))),
            ]
        });
        csv::write(out, &header, rows, asked.lang)
    }

    /// Everything for programs.
    pub fn json(&self) -> Value {
        let (asked, case) = (&self.asked, self.asked.case);
        let proposal = &self.found.proposal;
        let id = |school| case.schools[school].id.as_str();
        let proposed = proposal.proposed.iter().zip(&self.found.worths);
        let proposed = proposed.map(|(one, worth)| {
            let what = &one.diversion;
            let brings = what.brings.iter().map(|&at| case.resources[at].id.as_str());
            json!({
                "from": id(what.from),
                "to": id(what.to),
                "since": since(asked, what.since),
                "closes": what.pupils.is_none(),
                "section": what.section,
                "pupils": one.pupils,
                "km": one.km,
                "boards": what.boards,
                "brings": brings.collect::<Vec<_>>(),
                "saves": worth.saves,
                "costs": worth.costs,
                "alone": worth.alone.map(both),
            })
        });
        let left = proposal.left.iter().map(|one| {
            let (why, nearest) = match one.why {
                Why::Unknown => ("pupils-unknown", None),
                Why::NobodyNear => ("nobody-near", None),
                Why::NoPlaces(nearest, free) => (
                    "no-places",
                    Some(json!({ "school": id(nearest), "free": free })),
                ),
            };
            json!({
                "school": id(one.school),
                "section": one.section,
                "pupils": one.pupils,
                "why": why,
                "nearest": nearest,
            })
        });
        let unpriced = self
            .unpriced
            .iter()
            .map(|&at| case.resources[at].id.as_str());
        json!({
            "case": case.name,
            "remark": case.remark,
            "scenario": asked.scenario.map(|one| &one.title),
            "gap_unit": asked.gap_unit(),
            "currency": case.currency,
            "within_km": self.wanted.within,
            "board_beyond_km": self.wanted.board_beyond,
            "across_counties": self.wanted.across,
            "since": since(asked, self.wanted.since),
            "before": self.found.before.map(both),
            "after": self.found.after.map(both),
            "proposed": proposed.collect::<Vec<_>>(),
            "left": left.collect::<Vec<_>>(),
            "without_measure": unpriced.collect::<Vec<_>>(),
        })
    }
}

fn both(gaps: Gaps) -> Value {
    json!({ "gap_without_measures": gaps.now, "smallest_gap": gaps.smallest })
}
