//! The first sheet: how to fill in the others.

use rust_xlsxwriter::{Url, Worksheet, XlsxError};

use super::Maker;
use crate::read::book::{Pair, SHEETS};
use crate::report::fit::lines;

const TITLE: Pair = (
    "均衡规划案例：怎样填写",
    "A Junheng case: how to fill it in",
);

const STEPS: &[Pair] = &[
    (
        "1. 浅黄色的是一个四所学校的小示例，可以直接求解，看一看各表怎样配合。",
        "1. What is pale yellow is a small example of four schools. It solves as it stands and shows how the sheets go together.",
    ),
    (
        "2. 各表删去备注为“示例”的行，“案例”“标准”两张表改写浅黄色的值，填上自己的内容。",
        "2. Delete the rows whose remark says Example, overwrite the pale yellow values of Case and Standard, and fill in your own.",
    ),
    (
        "3. 检查：junheng check 本文件.xlsx；用 --mark 结果.xlsx 可得到一份标出问题格子的副本。",
        "3. Check it: junheng check THIS.xlsx; with --mark MARKED.xlsx you get a copy with the faulty cells coloured.",
    ),
    (
        "4. 求解：junheng solve 本文件.xlsx --out 文件夹；比较情景：junheng compare 本文件.xlsx。",
        "4. Solve it: junheng solve THIS.xlsx --out DIR; compare scenarios: junheng compare THIS.xlsx.",
    ),
];

const RULES: &[Pair] = &[
    (
        "深蓝色列名必须填，浅蓝色可以留空；列名上的批注说明填什么、用什么单位。",
        "Dark blue headers must be filled in, pale blue ones may stay empty; notes on the headers say what goes there and in which unit.",
    ),
    (
        "一格写几个值时用顿号（、）或分号隔开；下拉列表只帮您选一个，其余可以接着打字。",
        "Several values in one cell are parted by semicolons; the drop-down offers one, type the others after it.",
    ),
    (
        "没有数据就留空，不要填 0：没有数据不等于没有。比例可以写 85% 或 0.85。",
        "Leave a cell empty where nothing is known, never 0: unknown is not none. Shares may be 85% or 0.85.",
    ),
    (
        "工作表和列名不要改；列的先后可以换，不用的列和工作表可以删。自己的说明写在“备注”列，或放在名称以“备注”开头的工作表里。",
        "Keep the names of sheets and headers; columns may change places, and unused columns and sheets may go. Your own remarks go into the column Remarks or into sheets named Notes …",
    ),
];

/// Writes the sheet.
pub fn write(sheet: &mut Worksheet, maker: &Maker) -> Result<(), XlsxError> {
    const NAMES: f64 = 18.0;
    const TEXT: f64 = 96.0;
    let style = &maker.style;
    sheet
        .set_column_width(0, NAMES)?
        .set_column_width(1, TEXT)?;
    sheet.set_screen_gridlines(false);
    sheet.write_string_with_format(0, 0, maker.pick(TITLE), &style.title)?;
    sheet.set_row_height(0, 30)?;
    let mut row = 2;
    for (title, texts) in [(("步骤", "Steps"), STEPS), (("规则", "Rules"), RULES)] {
        sheet.write_string_with_format(row, 0, maker.pick(title), &style.section)?;
        for text in texts {
            let text = maker.pick(*text);
            sheet.write_string_with_format(row, 1, text, &style.text)?;
            sheet.set_row_height(row, 18.0 * lines(text, TEXT) as f64)?;
            row += 1;
        }
        row += 1;
    }
    sheet.write_string_with_format(
        row,
        0,
        maker.pick(("各张工作表", "The sheets")),
        &style.section,
    )?;
    row += 1;
    for spec in SHEETS {
        let (name, about) = (spec.name(maker.lang), maker.pick(spec.about));
        let link = Url::new(format!("internal:'{name}'!A1")).set_text(name);
        sheet.write_url_with_format(row, 0, link, &style.link)?;
        sheet.write_string_with_format(row, 1, about, &style.about)?;
        sheet.set_row_height(row, 18.0 * lines(about, TEXT) as f64)?;
        row += 1;
    }
    sheet.set_landscape().set_print_fit_to_pages(1, 0);
    Ok(())
}
