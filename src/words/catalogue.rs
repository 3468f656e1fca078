//! Every kind of finding, declared once: grade, message, remedy and explanation in both languages.
//! `check`, `explain` and the tests (one broken case per code) are derived from this list.

use super::notice::{Code, Grade};

/// What is known about a kind of finding. Pairs are (Chinese, English); `{0}` … are filled from the finding.
#[derive(Debug)]
pub struct Entry {
    /// The code, such as `E101`: E error, W warning, H hint.
    pub code: &'static str,
    /// How grave it is.
    pub grade: Grade,
    /// What is the matter.
    pub message: (&'static str, &'static str),
    /// What to do about it.
    pub remedy: (&'static str, &'static str),
    /// Why it matters, for `junheng explain`.
    pub why: (&'static str, &'static str),
}

macro_rules! catalogue {
    ($($name:ident $code:literal $grade:ident {
        message: $mz:literal, $me:literal;
        remedy: $rz:literal, $re:literal;
        why: $wz:literal, $we:literal;
    })*) => {
        $(#[doc = $me] pub const $name: Code = Code($code);)*

        /// All kinds of finding, in order of code.
        pub static ENTRIES: &[Entry] = &[$(Entry {
            code: $code,
            grade: Grade::$grade,
            message: ($mz, $me),
            remedy: ($rz, $re),
            why: ($wz, $we),
        }),*];
    };
}

catalogue! {
    // Files, encodings, tables and numbers: E1xx, W1xx, H1xx.
    FILE_UNREADABLE "E101" Error {
        message: "读不了这个文件:{0}", "this file cannot be read: {0}";
        remedy: "请检查文件是否存在、是否有读取权限", "check that the file exists and may be read";
        why: "案例由 case.toml 和表格文件组成,缺一个就不能算。", "A case is case.toml and its tables; none of them can be missing.";
    }
    FILE_MISSING "E102" Error {
        message: "找不到这个文件", "there is no such file";
        remedy: "请核对文件名;表格要放在案例文件夹里,文件名按 case.toml 所在位置来写", "check the name; tables lie in the case folder and are named from where case.toml lies";
        why: "案例由 case.toml 和表格文件组成,缺一个就不能算。", "A case is case.toml and its tables; none of them can be missing.";
    }
    FILE_TOO_LARGE "E103" Error {
        message: "文件太大:解压后超过 {0} MiB", "the file is too large: more than {0} MiB when unpacked";
        remedy: "请只保留要规划的学校和用到的列,或者分成几个案例", "keep only the schools to plan for and the columns in use, or split the case";
        why: "超大的表格会耗尽内存;全国二十多万所学校、每行一千字节也放得下,超出的多半是放错了文件。", "A huge table would exhaust memory. A nation's schools at a kilobyte each fit, so a larger file is most likely the wrong one.";
    }
    GZIP_BROKEN "E104" Error {
        message: "压缩文件已损坏,解不开:{0}", "the gzip file is damaged and cannot be unpacked: {0}";
        remedy: "请重新压缩或重新下载这个文件", "compress or download the file again";
        why: "只解开一部分会漏掉学校,所以宁可不读。", "Reading only a part would lose schools, so nothing is read.";
    }
    NOT_A_TEXT_TABLE "E105" Error {
        message: "这不是 CSV 表格,而是 {0} 文件", "this is not a CSV table but a file of kind {0}";
        remedy: "请在 Excel 或 WPS 里打开,用“另存为”选“CSV UTF-8(逗号分隔)”", "open it in a spreadsheet program and save it as “CSV UTF-8 (comma delimited)”";
        why: "只改扩展名并不会改变文件的格式。", "Renaming a file does not change its format.";
    }
    TABLE_EMPTY "E106" Error {
        message: "表格是空的,连表头也没有", "the table is empty; it has not even headers";
        remedy: "第一行写表头,从第二行起每行一所学校", "put headers on the first line and one record on each line below";
        why: "各列靠表头辨认。", "Columns are known by their headers.";
    }
    RECORD_RAGGED "E107" Error {
        message: "这一行有 {0} 格,表头有 {1} 格", "this record has {0} cells where the headers have {1}";
        remedy: "请检查这一行是否多了或少了分隔符;内容里的逗号要用双引号括起来", "look for a separator too many or too few; put cells that contain one in double quotes";
        why: "格数不对,后面的数就可能错位到别的列里。", "Where cells are missing or left over, numbers may stand in the wrong column.";
    }
    QUOTE_UNCLOSED "E108" Error {
        message: "从这一行起有一个双引号没有配对,后面的行被并进了一格", "a double quote on this record is never closed, and the lines below fell into one cell";
        remedy: "请补上或删去这个双引号;内容里的双引号要写成两个", "close or remove the quote; a quote inside a cell is written twice";
        why: "没有配对的引号会吞掉后面的学校。", "A quote left open swallows the schools below.";
    }
    HEADER_TWICE "E109" Error {
        message: "要用的表头出现了两次:第 {0} 列和第 {1} 列", "a header in use stands twice, in columns {0} and {1}";
        remedy: "请给其中一列改名", "rename one of the two columns";
        why: "无法知道该用哪一列。", "Nobody can tell which of them is meant.";
    }
    CHARACTER_BROKEN "E110" Error {
        message: "这一格里有损坏或不可见的字符({0})", "this cell contains a damaged or invisible character ({0})";
        remedy: "请在原表里重新填写这一格,再另存为“CSV UTF-8”", "type the cell again in the original sheet and save it as “CSV UTF-8”";
        why: "通常是编码转换时丢了字;学校代码或数字里丢一个字就会认错。", "Most often characters were lost between encodings; a code or a number that has lost one is wrong.";
    }
    TABLE_TOO_LARGE "E111" Error {
        message: "表格太大:超过 {0} 格", "the table is too large: more than {0} cells";
        remedy: "请只保留要规划的学校和用到的列", "keep only the schools to plan for and the columns in use";
        why: "超大的表格会耗尽内存。", "A huge table would exhaust memory.";
    }
    NUMBER_BAD "E112" Error {
        message: "“{0}”一列应当是数,这一格不是", "column “{0}” takes numbers; this cell is not one";
        remedy: "请只填数,不带单位;没有数据就留空或写“不详”;“1,2”这样的写法分不清小数和千分位,请改写", "type the number alone, without a unit; leave the cell empty where nothing is known; “1,2” may be a decimal or not, so write it another way";
        why: "猜错一个数就会多给或少给一所学校,所以不猜;空格和“-”按缺失处理,绝不当作 0。", "A number guessed wrong gives a school too much or too little, so none is guessed; empty cells and dashes are missing, never 0.";
    }
    ENCODING_DOUBTFUL "W101" Warning {
        message: "文字编码没有把握,按 {0} 读取", "the encoding is doubtful; it was read as {0}";
        remedy: "请核对学校名称是否正常;不正常就另存为“CSV UTF-8”", "check that names look right; if not, save the table as “CSV UTF-8”";
        why: "同样的字节在不同编码里是不同的字,表头也没有能够印证的。", "The same bytes are different letters in different encodings, and no header settled which.";
    }
    HEADER_TWICE_UNUSED "W102" Warning {
        message: "表头出现了两次:第 {0} 列和第 {1} 列", "a header stands twice, in columns {0} and {1}";
        remedy: "这一列没有用到,可以不改;要用就先改名", "the column is not in use; rename one before you use it";
        why: "各列靠表头辨认。", "Columns are known by their headers.";
    }
    TITLE_SKIPPED "W103" Warning {
        message: "表头上方有 {0} 行标题或说明,没有读入", "{0} records above the headers were left out as title or remarks";
        remedy: "请核对表头认得是否正确;最好删去表头以上的行", "check that the headers were found; best remove what stands above them";
        why: "第一行里没有认得的表头,下面一行里有。", "The first record has no known header and one below it has several.";
    }
    TABLE_WITHOUT_ROWS "W104" Warning {
        message: "只有表头,没有数据行", "there are headers but no records";
        remedy: "请检查是否导出了完整的表格", "check that the whole table was exported";
        why: "没有数据行的表格什么也不表示。", "A table without records says nothing.";
    }
    MORE_OF_THE_SAME "W105" Warning {
        message: "同类问题({1})还有 {0} 处没有列出", "{0} more findings of kind {1} are not listed";
        remedy: "请先改正已列出的;这么多同类问题通常出自同一个原因", "correct those listed; so many of one kind mostly have one cause";
        why: "全部列出会淹没其他问题。", "Listing all of them would drown the others.";
    }
    ROWS_EMPTY "H101" Hint {
        message: "有 {0} 个空行,已跳过", "{0} empty records were skipped";
        remedy: "不需要处理", "nothing needs to be done";
        why: "电子表格导出时常在末尾留下空行。", "Spreadsheets often leave empty records behind when they export.";
    }
    // Plan tables that come back from a planner: E6xx.
    PLAN_COLUMN_MISSING "E601" Error {
        message: "方案表缺少一列:{0}", "the plan table lacks a column: {0}";
        remedy: "请用 solve --out 写出的 plan.csv 修改,保留它的表头", "edit the plan.csv that solve --out wrote and keep its headers";
        why: "少了这一列,就不知道哪所学校在哪一年做什么、由哪笔资金支付。", "Without it nobody knows which school gets what in which year and from which fund.";
    }
    PLAN_SCHOOL_UNKNOWN "E602" Error {
        message: "学校表中没有这个学校代码", "no school has this code";
        remedy: "请与学校表核对代码;电子表格可能改写了长代码", "compare the code with the school table; spreadsheets rewrite long codes";
        why: "方案的每一行都要落到案例中的一所学校。", "Every row of a plan belongs to a school of the case.";
    }
    PLAN_MEASURE_UNKNOWN "E603" Error {
        message: "案例中没有这个措施代码", "no measure has this code";
        remedy: "请填写 case.toml 中措施的 id", "use the id of a measure in case.toml";
        why: "单价、使用年限和责任单位都由措施确定。", "The measure says what it costs, how long it lasts and who carries it out.";
    }
    PLAN_FUND_UNKNOWN "E604" Error {
        message: "案例中没有这个资金代码", "no fund has this code";
        remedy: "请填写 case.toml 中资金的 id,无须支付时留空", "use the id of a fund in case.toml, or leave it empty where nothing is paid";
        why: "每一笔支出都要记在一项资金名下。", "Every payment is charged to a fund.";
    }
    PLAN_YEAR_BAD "E605" Error {
        message: "年份不在规划期 {0}–{1} 内", "the year is not among the plan years {0}–{1}";
        remedy: "请填写规划期内的年份", "use one of the plan years";
        why: "措施从哪一年开始,决定它何时见效、由哪一年的资金支付。", "The starting year decides when a measure helps and which year pays.";
    }
    PLAN_NUMBER_BAD "E606" Error {
        message: "这里应当是数字", "a number is expected here";
        remedy: "请填写数字", "enter a number";
        why: "数量和金额要能逐条核对。", "Quantities and amounts are checked row by row.";
    }
    PLAN_TOTAL_DIFFERS "E607" Error {
        message: "合计与各年支出之和 {0} 不符", "the total differs from the sum of the years, {0}";
        remedy: "请同时修改合计和各年支出", "change the total and the years together";
        why: "多半是只改了一处,不知道以哪个为准。", "Most likely one of them was edited and the other forgotten; nobody can tell which is meant.";
    }
    PLAN_NOTHING_LOCKED "E608" Error {
        message: "方案表有锁定列,但没有一行做了标记", "the plan table has a lock column, but no row is marked";
        remedy: "请在要保留的行填“是”;要保留全部行,就删去锁定列", "write \"yes\" in the rows to keep, or delete the column to keep all rows";
        why: "不标记就保留全部行,会让重新求解毫无变化,多半不是本意。", "Keeping every row would leave nothing to plan, which is hardly what is meant.";
    }
    PLAN_MONEY_UNIT "E609" Error {
        message: "看不懂表头中的金额单位,本案例以 {0} 计", "the header names an unknown unit of money; this case counts in {0}";
        remedy: "请保留 plan.csv 原来的表头", "keep the headers of plan.csv";
        why: "单位弄错,金额会差一万倍。", "A wrong unit makes amounts wrong by a factor of thousands.";
    }
}

/// The entry of a code.
///
/// # Panics
/// When the code is not in the catalogue; codes are made by the catalogue only.
pub fn entry(code: Code) -> &'static Entry {
    find(code.0).expect("codes are declared in the catalogue")
}

/// The entry with this name, in any letter case.
pub fn find(name: &str) -> Option<&'static Entry> {
    ENTRIES
        .iter()
        .find(|entry| entry.code.eq_ignore_ascii_case(name))
}
