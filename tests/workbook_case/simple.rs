//! The simple case as a workbook, stated by hand: what `tests/simple_case` says in files, here in sheets.

use std::path::Path;

use rust_xlsxwriter::{Formula, Workbook};

/// Sheets of cells, to be edited and written.
#[derive(Clone)]
pub struct Book(pub Vec<(&'static str, Vec<Vec<String>>)>);

/// Rows of a sheet; cells are parted by bars.
fn rows(text: &str) -> Vec<Vec<String>> {
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    lines
        .map(|line| {
            line.split('|')
                .map(|cell| cell.trim().to_string())
                .collect()
        })
        .collect()
}

impl Book {
    /// The simple case.
    pub fn simple() -> Book {
        Book(vec![
            ("案例", rows(CASE)),
            ("学校", rows(SCHOOLS)),
            ("Resources", rows(RESOURCES)),
            ("标准", rows(STANDARD)),
            ("标准值", rows(NORMS)),
            ("缺口分段", rows(BANDS)),
            ("倾斜", rows(TILTS)),
            ("在校生变化", rows(ENROLMENT)),
            ("措施", rows(MEASURES)),
            ("资金", rows(FUNDS)),
            ("政策", rows(POLICIES)),
            ("道路", rows(ROADS)),
            ("情景", rows(SCENARIOS)),
            ("情景系数", rows(CHANGES)),
            ("学校表设置", rows(TABLES)),
            ("备注一", rows("随便写写|1")),
        ])
    }

    /// The rows of a sheet.
    pub fn sheet(&mut self, name: &str) -> &mut Vec<Vec<String>> {
        let sheet = self.0.iter_mut().find(|(own, _)| *own == name);
        &mut sheet.expect("a sheet of the book").1
    }

    /// Another text in a cell such as `B3`.
    pub fn set(&mut self, sheet: &str, cell: &str, text: &str) {
        let column = usize::from(cell.as_bytes()[0] - b'A');
        let row: usize = cell[1..].parse::<usize>().expect("a row") - 1;
        let rows = self.sheet(sheet);
        if rows.len() <= row {
            rows.resize(row + 1, Vec::new());
        }
        if rows[row].len() <= column {
            rows[row].resize(column + 1, String::new());
        }
        rows[row][column] = text.to_string();
    }

    /// Writes the workbook.
    pub fn write(&self, path: &Path) {
        std::fs::write(path, self.bytes()).expect("a workbook");
    }

    /// The workbook; what reads as a number is one, what begins with `#` a fault of the spreadsheet.
    pub fn bytes(&self) -> Vec<u8> {
        let mut book = Workbook::new();
        for (name, rows) in &self.0 {
            let sheet = book.add_worksheet().set_name(*name).expect("a name");
            for (row, cells) in rows.iter().enumerate() {
                for (column, cell) in cells
                    .iter()
                    .enumerate()
                    .filter(|(_, cell)| !cell.is_empty())
                {
                    let (row, column) = (row as u32, column as u16);
                    match cell.parse::<f64>() {
                        Ok(number) => sheet.write_number(row, column, number),
                        Err(_) if cell.starts_with('#') => {
                            let formula = Formula::new("=NA()").set_result(cell);
                            sheet.write_formula(row, column, formula)
                        }
                        Err(_) => sheet.write_string(row, column, cell),
                    }
                    .expect("a cell");
                }
            }
        }
        book.save_to_buffer().expect("a workbook")
    }
}

const CASE: &str = "
    项目|值|说明
    规划名称|样例县均衡规划
    规划第一年|2026
    规划年数|2
    货币|元
    金额单位|万元
    金额单位折合货币|10000
";

const SCHOOLS: &str = "
    代码|名称|学段|类型|县区|学生|小学生|初中生|小学班|初中班|纬度|经度|图书|电子书|计算机|超期|校舍
    A1|第一小学|小学|城镇|东县|400|||10||31.50|105.20|5000|1000|30|5|1500
    A2|第二小学|完小|乡村|东县|80|||6||31.61|105.31|900|0|4|1|300
    B1|城关初中|初中|城镇|东县|300||||8|31.52|105.22|7000|500|30|2|1600
    N1|河湾学校|九年一贯制|乡村|西县|250|150|100|6|3|31.70|105.40|4000|200|15|5|1000
    A3|第三小学|小学|乡村|西县|120|||6||31.72|105.43|1500|100|8|0|450
";

const RESOURCES: &str = "
    Code|Name|Unit|Stock column|Unusable column|Whole units|Remarks
    books|图书|册|图书、电子书||yes|
    computers|计算机|台|计算机|超期|是|台账
    area|校舍|平方米|校舍|||
";

const STANDARD: &str = "
    项目|值
    标准名称|样例标准
    至少达标项数|2
    其余各项至少|85%
    小学差异系数上限|0.5
    初中差异系数上限|0.45
";

const NORMS: &str = "
    资源|按什么计|小学标准值|初中标准值|规模分档|情景
    books|每名学生|20|30
    computers|每百名学生|10|12
    area|按规模|||100:500；500:2000
    computers|class|3|||mixed
";

const BANDS: &str = "
    上界|权重|情景
    0.6|2
    1|1
    0.5|4|mixed
    1|1|mixed
";

const TILTS: &str = "
    权重|城乡类型|学段|情景
    1.5|乡村
    2||九年一贯制|mixed
";

const ENROLMENT: &str = "
    学段|每年相同|第1年|2027年|情景
    小学||1|0.98
    junior|1
    两者||1|0.95|mixed
";

const MEASURES: &str = "
    代码|名称|种类|补充的资源|单价|使用年限|建设周期|责任单位
    buy-books|购置图书|购置|books|0.003|10||县教育局
    buy-computers|购置计算机|buy|computers|0.5|6||县教育局
    build|新建校舍|建设|area|0.25|50|1|县发展改革局
";

const FUNDS: &str = "
    代码|名称|每年相同|Year 1|Year 2|可结转|限资源
    county|县级资金||50|60||
    special|校舍专项|100|||是|area
";

const POLICIES: &str = "
    代码|名称|种类|至少|至多|对城乡类型|对措施|情景
    village-half|一半用于乡村|资金占比|0.3||乡村
    computer-cap|计算机不超过 200 台|quota||200||buy-computers
    no-build-in-town|城镇不新建|禁止|||城镇|build|mixed
";

const ROADS: &str = "
    from|to|km
    A1|A2|12.5
    N1|A3|4
";

const SCENARIOS: &str = "
    情景|标题|先套用|规划期后计入年数|取消政策
    mixed|预算减两成,学生减少|less|0|computer-cap
    less|预算减两成
";

const CHANGES: &str = "
    情景|改什么|资金|措施|资源|系数
    less|资金||||0.8
    less|资源权重|||books|2
    less|项目最小规模||build||50
    mixed|单价||build||1.1
";

const TABLES: &str = "
    项目|值
    “学校代码”的列名|代码
    “学校名称”的列名|名称
    “城乡类型”的列名|类型
    “在校生”的列名|学生
    “小学生数”的列名|小学生
    “初中生数”的列名|初中生
    “小学班数”的列名|小学班
    “初中班数”的列名|初中班
    小学的写法|完小
    “没有数据”的写法|待报
    “起点学校”的列名|from
    “终点学校”的列名|to
    “公里”的列名|km
";
