//! What stands among and below the records and is none: totals and remarks.

use super::super::fold::fold;
use super::super::number::{self, Cell};
use super::Row;
use super::findings::Findings;
use crate::words::catalogue::{REMARKS_LEFT_OUT, TOTALS_LEFT_OUT};

/// How words end that mark a row of totals; the whole word is at most this long.
const TOTALS: [&str; 5] = ["合计", "总计", "小计", "共计", "汇总"];
const LONGEST_TOTAL: usize = 6;

/// Words in English that mark a row of totals.
const ENGLISH_TOTALS: [&str; 5] = ["total", "totals", "subtotal", "grand total", "sum"];

/// How remarks below a table begin.
const REMARKS: [&str; 14] = [
    "注",
    "说明",
    "备注",
    "填报",
    "填表",
    "制表",
    "审核",
    "负责人",
    "联系",
    "数据来源",
    "资料来源",
    "note",
    "source",
    "remark",
];

/// Rows named in a finding.
const NAMED: usize = 10;

/// Sums differ from the totals in a sheet at most by this share, since sheets round.
const ROUNDING: f64 = 1e-6;

/// The rows without totals and remarks.
pub fn without_footing(mut rows: Vec<Row>, found: &mut Findings) -> Vec<Row> {
    let mut remarks = Vec::new();
    while let Some(last) = rows.pop_if(|row| is_remark(row)) {
        remarks.insert(0, last.line);
    }
    let mut totals = Vec::new();
    rows.retain(|row| {
        let total = is_total(row);
        totals.extend(total.then_some(row.line));
        !total
    });
    if rows
        .split_last()
        .is_some_and(|(last, others)| is_sum(last, others))
    {
        totals.extend(rows.pop().map(|row| row.line));
    }
    for (code, lines) in [(TOTALS_LEFT_OUT, totals), (REMARKS_LEFT_OUT, remarks)] {
        if let Some(&first) = lines.first() {
            let named: Vec<String> = lines.iter().take(NAMED).map(usize::to_string).collect();
            let more = if lines.len() > NAMED { " …" } else { "" };
            let notice = found.notice(code, Some(first), None);
            found.push(notice.with(lines.len()).with(named.join(", ") + more));
        }
    }
    rows
}

/// Whether a row is one of totals: it says so, and all else in it are numbers.
fn is_total(row: &Row) -> bool {
    let mut said = false;
    for (_, cell) in row.cells.filled() {
        match number::parse(cell, &[]) {
            Cell::Number(_) | Cell::Missing => {}
            Cell::Bad if is_total_word(cell) => said = true,
            Cell::Bad => return false,
        }
    }
    said
}

fn is_total_word(cell: &str) -> bool {
    if cell.is_ascii() {
        return ENGLISH_TOTALS.contains(&fold(cell).trim_end_matches(':'));
    }
    let word: String = cell.chars().filter(|c| !c.is_whitespace()).collect();
    let word = word.trim_end_matches(['：', ':']);
    word.chars().count() <= LONGEST_TOTAL && TOTALS.iter().any(|total| word.ends_with(total))
}

/// Whether the last row holds nothing but the sums of several columns, and nothing in the first.
fn is_sum(last: &Row, others: &[Row]) -> bool {
    let parsed = |(at, cell)| match number::parse(cell, &[]) {
        Cell::Number(number) => Some((at, number)),
        Cell::Missing | Cell::Bad => None,
    };
    let numbers: Option<Vec<(usize, f64)>> = last.cells.filled().map(parsed).collect();
    let Some(numbers) = numbers.filter(|_| last.cells[0].is_empty() && others.len() > 1) else {
        return false;
    };
    let sums = |&(at, total): &(usize, f64)| {
        let cells = others.iter().map(|row| &row.cells[at]);
        let sum: f64 = cells
            .filter_map(|cell| parsed((at, cell)))
            .map(|(_, number)| number)
            .sum();
        (sum - total).abs() <= ROUNDING * total.abs()
    };
    numbers.len() > 1 && numbers.iter().all(sums)
}

/// Whether a row below the records is a remark: words alone, that begin as remarks do.
fn is_remark(row: &Row) -> bool {
    let mut filled = row.cells.filled();
    let begins = filled.next().is_some_and(|(_, cell)| {
        let cell = fold(cell);
        REMARKS.iter().any(|word| cell.starts_with(word))
    });
    let words = |cell: &str| number::parse(cell, &[]) == Cell::Bad;
    begins
        && row.cells.filled().count() * 2 <= row.cells.len()
        && filled.all(|(_, cell)| words(cell))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(line: &str) -> Row {
        Row {
            line: 1,
            hidden: false,
            cells: line.split(',').collect(),
        }
    }

    #[test]
    fn totals_say_so_and_hold_numbers() {
        for line in [
            "合计,,12,3",
            ",合 计,12,-",
            "全县总计：,,12,3",
            "Grand Total,,12,3",
            "小计,,,",
        ] {
            assert!(is_total(&row(line)), "{line}");
        }
        for line in [
            "A1,合计小学,12,3",
            "A1,合计,12,3",
            "1,第一小学,2,3",
            "5,,12,3",
            "Total,Lagos,1,2",
        ] {
            assert!(!is_total(&row(line)), "{line}");
        }
    }

    #[test]
    fn sums_are_told_by_what_they_sum() {
        let others = [row("A1,甲,1,10"), row("A2,乙,2,20.5")];
        assert!(is_sum(&row(",,3,30.5"), &others));
        for line in [",,3,31", ",,3,", "3,,3,30.5", ",x,3,30.5"] {
            assert!(!is_sum(&row(line), &others), "{line}");
        }
    }

    #[test]
    fn remarks_begin_as_remarks_do() {
        assert!(is_remark(&row("注：含民办,,,")));
        assert!(is_remark(&row("填表人：,张三,,")));
        assert!(!is_remark(&row("注册小学,小学,12,3")));
        assert!(!is_remark(&row("第一小学,,,")));
    }
}
