//! Every kind of finding, declared once: grade, message, remedy and explanation in both languages.
//! `check`, `explain` and the tests (one broken case per code) are derived from this list.

use super::code::{Code, Grade};

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
        message: "读不了这个文件：{0}", "this file cannot be read: {0}";
        remedy: "请检查文件是否存在、是否有读取权限", "check that the file exists and may be read";
        why: "案例由 case.toml 和表格文件组成，缺一个就不能算。", "A case is case.toml and its tables; none of them can be missing.";
    }
    FILE_MISSING "E102" Error {
        message: "找不到这个文件", "there is no such file";
        remedy: "请核对文件名；命令里写的文件从当前目录找起，案例的表格从 case.toml 所在的文件夹找起", "check the name; a file named in a command is looked for from where you are, a table of the case from where case.toml lies";
        why: "案例由 case.toml 和表格文件组成，缺一个就不能算。", "A case is case.toml and its tables; none of them can be missing.";
    }
    FILE_TOO_LARGE "E103" Error {
        message: "文件太大：解压后超过 {0} MiB", "the file is too large: more than {0} MiB when unpacked";
        remedy: "请只保留要规划的学校和用到的列，或者分成几个案例", "keep only the schools to plan for and the columns in use, or split the case";
        why: "超大的表格会耗尽内存；全国二十多万所学校、每行一千字节也放得下，超出的多半是放错了文件。", "A huge table would exhaust memory. A nation's schools at a kilobyte each fit, so a larger file is most likely the wrong one.";
    }
    GZIP_BROKEN "E104" Error {
        message: "压缩文件已损坏，解不开：{0}", "the gzip file is damaged and cannot be unpacked: {0}";
        remedy: "请重新压缩或重新下载这个文件", "compress or download the file again";
        why: "只解开一部分会漏掉学校，所以宁可不读。", "Reading only a part would lose schools, so nothing is read.";
    }
    NOT_A_TEXT_TABLE "E105" Error {
        message: "这不是能读取的表格，而是 {0} 文件", "this is not a table that can be read but a file of kind {0}";
        remedy: "请在 Excel 或 WPS 里打开，用“另存为”选“Excel 工作簿（.xlsx）”或“CSV UTF-8（逗号分隔）”", "open it in a spreadsheet program and save it as “Excel workbook (.xlsx)” or “CSV UTF-8 (comma delimited)”";
        why: "格式看内容，不看扩展名：有些系统导出的 .xls 其实是网页。能读的是 CSV、XLSX、ODS 和 XLS（Excel 97 以后）。", "A format is told by its content, not by its name: many an exported .xls is in truth a web page. CSV, XLSX, ODS and XLS (Excel 97 and later) are read.";
    }
    TABLE_EMPTY "E106" Error {
        message: "表格是空的，连表头也没有", "the table is empty; it has not even headers";
        remedy: "第一行写表头，从第二行起每行一所学校", "put headers on the first line and one record on each line below";
        why: "各列靠表头辨认。", "Columns are known by their headers.";
    }
    RECORD_RAGGED "E107" Error {
        message: "这一行有 {0} 格，表头有 {1} 格", "this record has {0} cells where the headers have {1}";
        remedy: "请检查这一行是否多了或少了分隔符；内容里的逗号要用双引号括起来", "look for a separator too many or too few; put cells that contain one in double quotes";
        why: "格数不对，后面的数就可能错位到别的列里。", "Where cells are missing or left over, numbers may stand in the wrong column.";
    }
    QUOTE_UNCLOSED "E108" Error {
        message: "从这一行起有一个双引号没有配对，后面的行被并进了一格", "a double quote on this record is never closed, and the lines below fell into one cell";
        remedy: "请补上或删去这个双引号；内容里的双引号要写成两个", "close or remove the quote; a quote inside a cell is written twice";
        why: "没有配对的引号会吞掉后面的学校。", "A quote left open swallows the schools below.";
    }
    HEADER_TWICE "E109" Error {
        message: "要用的表头出现了两次：第 {0} 列和第 {1} 列", "a header in use stands twice, in columns {0} and {1}";
        remedy: "请给其中一列改名", "rename one of the two columns";
        why: "无法知道该用哪一列。", "Nobody can tell which of them is meant.";
    }
    CHARACTER_BROKEN "E110" Error {
        message: "这一格里有损坏或不可见的字符（{0}）", "this cell contains a damaged or invisible character ({0})";
        remedy: "请在原表里重新填写这一格，再另存为“CSV UTF-8”", "type the cell again in the original sheet and save it as “CSV UTF-8”";
        why: "通常是编码转换时丢了字；学校代码或数字里丢一个字就会认错。", "Most often characters were lost between encodings; a code or a number that has lost one is wrong.";
    }
    TABLE_TOO_LARGE "E111" Error {
        message: "表格太大：超过 {0} 格或 {1} 行", "the table is too large: more than {0} cells or {1} rows";
        remedy: "请只保留要规划的学校和用到的列", "keep only the schools to plan for and the columns in use";
        why: "超大的表格会耗尽内存。", "A huge table would exhaust memory.";
    }
    NUMBER_BAD "E112" Error {
        message: "“{0}”一列应当是数，这一格不是", "column “{0}” takes numbers; this cell is not one";
        remedy: "请只填数，不带单位；没有数据就留空或写“不详”；“1,2”这样的写法分不清小数和千分位，请改写", "type the number alone, without a unit; leave the cell empty where nothing is known; “1,2” may be a decimal or not, so write it another way";
        why: "猜错一个数就会多给或少给一所学校，所以不猜；空格和“-”按缺失处理，绝不当作 0。", "A number guessed wrong gives a school too much or too little, so none is guessed; empty cells and dashes are missing, never 0.";
    }
    CELL_TOO_LONG "E113" Error {
        message: "这一格的内容太长：超过 {0} 字节", "this cell is too long: more than {0} bytes";
        remedy: "请核对这一格；多半是整段文字或别的文件的内容粘到了这里", "look at this cell; most likely a whole text or another file was pasted into it";
        why: "电子表格的一格最多三万多字，更长的不会是学校的数据。", "A spreadsheet's cell holds some 32,000 characters; nothing longer can be a school's data.";
    }
    ENCODING_DOUBTFUL "W101" Warning {
        message: "文字编码没有把握，按 {0} 读取", "the encoding is doubtful; it was read as {0}";
        remedy: "请核对学校名称是否正常；不正常就另存为“CSV UTF-8”", "check that names look right; if not, save the table as “CSV UTF-8”";
        why: "同样的字节在不同编码里是不同的字，表头也没有能够印证的。", "The same bytes are different letters in different encodings, and no header settled which.";
    }
    HEADER_TWICE_UNUSED "W102" Warning {
        message: "表头出现了两次：第 {0} 列和第 {1} 列", "a header stands twice, in columns {0} and {1}";
        remedy: "这一列没有用到，可以不改；要用就先改名", "the column is not in use; rename one before you use it";
        why: "各列靠表头辨认。", "Columns are known by their headers.";
    }
    TITLE_SKIPPED "W103" Warning {
        message: "表头上方有 {0} 行标题或说明，没有读入", "{0} records above the headers were left out as title or remarks";
        remedy: "请核对表头认得是否正确；最好删去表头以上的行", "check that the headers were found; best remove what stands above them";
        why: "第一行里没有认得的表头，下面一行里有。", "The first record has no known header and one below it has several.";
    }
    TABLE_WITHOUT_ROWS "W104" Warning {
        message: "只有表头，没有数据行", "there are headers but no records";
        remedy: "请检查是否导出了完整的表格", "check that the whole table was exported";
        why: "没有数据行的表格什么也不表示。", "A table without records says nothing.";
    }
    MORE_OF_THE_SAME "W105" Warning {
        message: "同类问题（{1}）还有 {0} 处没有列出", "{0} more findings of kind {1} are not listed";
        remedy: "请先改正已列出的；这么多同类问题通常出自同一个原因", "correct those listed; so many of one kind mostly have one cause";
        why: "全部列出会淹没其他问题。", "Listing all of them would drown the others.";
    }
    ROWS_EMPTY "H101" Hint {
        message: "有 {0} 个空行，已跳过", "{0} empty records were skipped";
        remedy: "不需要处理", "nothing needs to be done";
        why: "电子表格导出时常在末尾留下空行。", "Spreadsheets often leave empty records behind when they export.";
    }

    // Workbooks: E12x, W11x, H11x.
    WORKBOOK_LOCKED "E121" Error {
        message: "工作簿加了密码，读不了", "the workbook is protected by a password and cannot be read";
        remedy: "请在 Excel 或 WPS 里打开，取消打开密码后另存", "open it in a spreadsheet program and save it without a password";
        why: "加密的内容没有密码就解不开。", "What is encrypted cannot be read without its password.";
    }
    WORKBOOK_BROKEN "E122" Error {
        message: "工作簿已损坏或不合格式：{0}", "the workbook is damaged or not as its format asks: {0}";
        remedy: "请在 Excel 或 WPS 里打开，另存为新的 .xlsx 文件", "open it in a spreadsheet program and save it as a new .xlsx file";
        why: "只读出一部分会漏掉学校，所以宁可不读。", "Reading only a part would lose schools, so nothing is read.";
    }
    SHEET_NOT_THERE "E123" Error {
        message: "文件里没有名为“{0}”的工作表（有 {1}）", "the file has no sheet “{0}” (it has {1})";
        remedy: "请核对 case.toml 里的 sheet；工作表的名字在表格窗口底部的标签上", "check `sheet` in case.toml; the names of sheets stand on the tabs below the cells";
        why: "读错工作表就会规划错学校，所以不猜。", "Reading another sheet would plan for other schools, so none is guessed.";
    }
    SHEETS_NONE_FIT "E124" Error {
        message: "没有一张工作表有所要的表头（有 {0}）", "no sheet has the headers that are asked for (there are {0})";
        remedy: "请核对 case.toml 里写的表头，或用 sheet = \"…\" 指定工作表", "check the headers named in case.toml, or name the sheet by sheet = \"…\"";
        why: "没有指定工作表时，读所有有这些表头的可见工作表；隐藏的不读。", "Where no sheet is named, every visible one with these headers is read; hidden ones are not.";
    }
    FORMULA_UNCOMPUTED "E125" Error {
        message: "这一格是公式，但没有算出来的值", "this cell is a formula without a computed value";
        remedy: "请在 Excel 或 WPS 里打开文件，等公式算完后保存", "open the file in a spreadsheet program, let it compute and save it";
        why: "读的是表格软件算好的值；有些导出程序只写公式、不写值，当作空格就会漏数。", "Values are read as the spreadsheet computed them. Some programs write formulas alone; taken as empty, they would be lost.";
    }
    COLUMNS_TOO_MANY "E126" Error {
        message: "表格有 {0} 列，最多 {1} 列", "the table has {0} columns; at most {1} are read";
        remedy: "请只保留用到的列；分隔符认错时也会这样", "keep only the columns in use; a separator taken for another has the same effect";
        why: "表格软件最多有 16,384 列，再多就不是学校表了。", "Spreadsheets have at most 16,384 columns; a table with more is none of schools.";
    }
    CELL_FAULTY "W111" Warning {
        message: "这一格是表格软件报的错", "this cell holds a fault of the spreadsheet";
        remedy: "请改正公式或直接填数；#N/A 按没有数据处理", "correct the formula or type the value; #N/A is taken as missing";
        why: "#DIV/0!、#REF! 之类说明公式引用的内容有问题，不能当数用。", "#DIV/0!, #REF! and the like tell that a formula failed; they are no numbers.";
    }
    ROWS_HIDDEN "W112" Warning {
        message: "有 {0} 行是隐藏的，照样读入", "{0} hidden rows were read like the others";
        remedy: "隐藏的若是不要的学校，请删去这些行；若是筛选后忘了取消，不需要处理", "delete the rows if they are not meant; nothing needs to be done if a filter was left on";
        why: "筛选会隐藏行，学校还在；漏读比多读更难发现。", "A filter hides rows whose schools are still there; one left out is harder to notice than one too many.";
    }
    SHEET_COLUMNS_DIFFER "W113" Warning {
        message: "这张工作表没有 {0} 列，别的工作表有", "this sheet lacks columns that others have: {0}";
        remedy: "请核对表头写法是否一致；本来就没有的列按缺失处理", "check that the headers are spelt alike; where there is no such column, its cells are missing";
        why: "几张工作表按表头上下拼接，缺的列留空。", "Sheets are put one below the other by their headers; columns that one lacks stay empty.";
    }
    UNIT_DIFFERS "W114" Warning {
        message: "表头“{0}”的单位是 {1}，资源写的单位是 {2}", "header “{0}” counts in {1}, the resource in {2}";
        remedy: "请换算这一列，或改正 [[resource]] 的 unit、标准和单价", "convert the column, or correct unit, norm and cost of the [[resource]]";
        why: "单位不一致，存量就会差几个数量级。", "Where units differ, the stock may be wrong by orders of magnitude.";
    }
    TOTALS_LEFT_OUT "H111" Hint {
        message: "有 {0} 行合计或小计没有读入：第 {1} 行", "rows of totals left out: {0} (rows {1})";
        remedy: "请核对这些行不是学校", "check that none of them is a school";
        why: "合计行若当成学校，人数和经费就会翻倍。写明合计、总计、小计、Total 的行，或末尾全是各列之和的行，算作合计。", "A total taken for a school would double everything. Rows that say 合计, 总计, 小计 or Total are totals, and so is a last row of nothing but sums.";
    }
    REMARKS_LEFT_OUT "H112" Hint {
        message: "表格末尾有 {0} 行说明没有读入：第 {1} 行", "rows of remarks below the table left out: {0} (rows {1})";
        remedy: "请核对这些行不是学校", "check that none of them is a school";
        why: "表末常有“注：”“填表人：”之类的说明。", "Notes and signatures often stand below a table.";
    }
    HEADER_LEVELS "H113" Hint {
        message: "表头占第 {0} 行，各层名称用“/”连接，如 {1}", "headers stand on rows {0}; the names of their levels are joined by “/”, such as {1}";
        remedy: "case.toml 里可以写连接后的全名，不重名时也可以只写最下一层", "name columns in case.toml by the joined name, or by the lowest level where only one column has it";
        why: "合并单元格的表头有几层；只看一层分不清是哪一列。", "Merged headers have several levels, and one alone does not tell columns apart.";
    }
    HEADER_ALIKE "H114" Hint {
        message: "“{0}”取的是表头“{1}”", "“{0}” is taken to be header “{1}”";
        remedy: "请核对是不是这一列；照表头原样写就没有这条提示", "check that it is meant; spelt as in the table, it needs no hint";
        why: "两者只差单位，或只写了最下一层。", "The two differ in a unit alone, or only the lowest level is named.";
    }
    SHEETS_USED "H115" Hint {
        message: "读入的工作表：{0}；没有用到：{1}；隐藏而没有读：{2}", "sheets read: {0}; not used: {1}; hidden and not read: {2}";
        remedy: "要固定读哪几张，就在 case.toml 里写 sheet = [\"…\"]", "to choose them yourself, write sheet = [\"…\"] in case.toml";
        why: "没有指定时，读所有有所要表头的可见工作表，上下拼接。", "Where none is named, every visible sheet with the headers asked for is read, one below the other.";
    }
    STAGE_FROM_SHEET "H116" Hint {
        message: "没有学段列，学段取自工作表的名字：{0}", "there is no column of stages; they are told by the names of the sheets: {0}";
        remedy: "请核对每张工作表里都是同一学段的学校", "check that each sheet holds schools of one stage alone";
        why: "每个学段一张工作表时，名字就说明了学段。", "Where each stage has its own sheet, its name tells the stage.";
    }

    CELLS_OUTSIDE "H118" Hint {
        message: "有 {0} 行在表头以外的列里有内容，没有读入", "rows with cells in columns without a header, which were not read: {0}";
        remedy: "要用就给这些列写上表头", "give the columns headers if they are meant to be used";
        why: "各列靠表头辨认；表格旁边常有随手写的备注和算式。", "Columns are known by their headers; notes and sums often stand beside a table.";
    }
    MERGED_FILLED "H117" Hint {
        message: "有 {0} 格被纵向合并的单元格盖住，取合并单元格的文字", "cells below merged ones that took their words: {0}";
        remedy: "请核对合并单元格的文字适用于它覆盖的每一行", "check that the words of merged cells hold for each row they cover";
        why: "乡镇、县区常常只写一次、向下合并。数字不照搬：分不清是每行都有还是合在一起。", "A township is often written once and merged over its schools. Numbers are not copied: they may count for all rows together.";
    }

    // The shape of case.toml and of scenarios: E2xx.
    TOML_SYNTAX "E201" Error {
        message: "这里不符合 TOML 的写法：{0}", "this is not valid TOML: {0}";
        remedy: "请检查引号、方括号和等号是否成对、齐全；文字要用双引号括起来", "check that quotes and brackets are closed and that every key has `=` and a value; texts stand in double quotes";
        why: "写法有误时后面的内容无从辨认，改正后再检查一次。", "What follows a syntax fault cannot be told apart; correct it and check again.";
    }
    UNKNOWN_KEY "E202" Error {
        message: "{2} 里没有 `{0}` 这个键", "{2} has no key `{0}`";
        remedy: "您要写的是不是 {1}", "did you mean {1}?";
        why: "认不得的键多半是笔误；忽略它会让规划悄悄少掉一条要求。", "An unknown key is most often a slip; ignoring it would silently drop something the plan was to heed.";
    }
    KEY_MISSING "E203" Error {
        message: "{1} 缺少 `{0}`", "`{0}` is missing from {1}";
        remedy: "请补上 `{0}`；各键的含义见 `junheng schema`", "add `{0}`; `junheng schema` says what each key means";
        why: "没有这一项就无法理解这张表，程序也不替您假设一个值。", "The table cannot be understood without it, and no value is assumed silently.";
    }
    TYPE_WRONG "E204" Error {
        message: "`{0}` 的写法不对", "`{0}` is of the wrong type";
        remedy: "应写成 {1}", "write it like {1}";
        why: "数不加引号，文字要加引号，列表用方括号，表用 [名称] 或 [[名称]] 开头。", "Numbers stand without quotes, texts in quotes, lists in brackets, and tables begin with [name] or [[name]].";
    }
    UNKNOWN_WORD "E205" Error {
        message: "`{1}` 不能取“{0}”", "`{1}` cannot be “{0}”";
        remedy: "您要写的是不是 {2}", "did you mean {2}?";
        why: "这一项只能从几个固定的词里选。", "Only a few words have a meaning here.";
    }
    EMPTY_TEXT "E206" Error {
        message: "`{0}` 是空的", "`{0}` is empty";
        remedy: "请填写内容", "write something here";
        why: "代码、名称、单位和责任单位都要写进方案，不能为空。", "Codes, names, units and bodies appear in the plan and cannot be empty.";
    }
    COUNT_OUT_OF_RANGE "E207" Error {
        message: "`{0}` 有 {1} 项，应当 {2}", "`{0}` has {1} entries; it should have {2}";
        remedy: "请增减到允许的数目；太多时考虑合并相近的项", "add or remove entries; merge like ones where there are too many";
        why: "一项也没有就无从规划；项数过多多半是生成文件时出了错。", "With none there is nothing to plan; far too many mostly mean that a generated file went wrong.";
    }
    KEY_OUT_OF_PLACE "E208" Error {
        message: "`{0}` 在这里不起作用（{1}）", "`{0}` has no meaning here ({1})";
        remedy: "请删去 `{0}`，或改正与它配套的那一项", "remove `{0}`, or correct the key it goes with";
        why: "写了却不起作用的内容会让人误以为已经生效。", "What is written and has no effect would be believed to have one.";
    }
    NOT_EXACTLY_ONE "E209" Error {
        message: "{0} 必须写而且只写一个", "exactly one of {0} must be stated";
        remedy: "请保留其中一个；上下限都要时写成两条", "keep one of them; state two rules where both sides are wanted";
        why: "一个都没有等于没有规定，写了几个就不知道以哪个为准。", "With none nothing is ruled; with several nobody can tell which holds.";
    }
    KEYS_EXCLUDE "E210" Error {
        message: "{0} 和 {1} 不能同时写", "{0} and {1} cannot both be stated";
        remedy: "请删去其中之一", "remove one of them";
        why: "两种写法说的是同一件事，同时出现会互相矛盾。", "Both state the same thing and could contradict each other.";
    }
    NOT_UTF8 "E211" Error {
        message: "这个文件不是 UTF-8 编码", "this file is not in UTF-8";
        remedy: "请用编辑器把它另存为 UTF-8", "save it as UTF-8";
        why: "TOML 文件规定用 UTF-8；表格文件则不限。", "TOML files are in UTF-8 by definition; tables may be in other encodings.";
    }
    FILE_OUTSIDE "E212" Error {
        message: "文件“{0}”不在案例文件夹里", "the file “{0}” lies outside the case folder";
        remedy: "请把文件放进案例文件夹，只写相对路径，不用 `..` 和 `\\`", "put the file into the case folder and name it by a relative path without `..` or `\\`";
        why: "案例要能整个拷走、在别的机器上得到同样的结果，也不应读取文件夹以外的内容。", "A case can be carried to another machine as one folder and reads nothing outside it.";
    }

    NOT_FILLED_IN "E213" Error {
        message: "`{0}` 还没有填写", "`{0}` is still to be filled in";
        remedy: "请把引号连同里面的字换成实际的内容，例如 {1}", "put your own figure in place of the quoted mark, like {1}";
        why: "这是起草案例时留下的空，只有规划人员知道该填多少，程序不替您假设。", "The draft left this place open: only the planner knows the figure, and none is assumed.";
    }
    HEADING_UNKNOWN "E214" Error {
        message: "这张工作表里没有“{0}”这一项", "this sheet knows no “{0}”";
        remedy: "您要写的是不是 {1}；只供人看的内容请放在列名以“备注”开头的列里", "did you mean {1}? What is only for people goes into a column headed Remarks";
        why: "认不得的列名多半是笔误；忽略它会让规划悄悄少掉一条要求。没有列名的内容也无从理解。", "An unknown header is most often a slip; ignoring it would silently drop something the plan was to heed. What stands under no header cannot be understood.";
    }
    SAID_TWICE "E215" Error {
        message: "“{0}”写了两遍", "“{0}” is stated twice";
        remedy: "请只留一处", "keep one of them";
        why: "写了两遍就不知道以哪一处为准。", "Nobody can tell which of two holds.";
    }
    SCENARIO_UNKNOWN "E216" Error {
        message: "“情景”表里没有“{0}”", "the sheet Scenarios has no “{0}”";
        remedy: "您要写的是不是 {1}；新的情景先在“情景”表里加一行", "did you mean {1}? A new scenario first gets a row in Scenarios";
        why: "情景列里的名称要与“情景”表一致，否则这一行不属于任何情景。", "A row belongs to a scenario by its name; with another name it belongs to none.";
    }
    YEAR_NOT_PLANNED "E217" Error {
        message: "这一格属于规划期以外的年份", "this cell is for a year that is not planned";
        remedy: "请清空这一格，或改正“案例”表里的规划第一年和规划年数", "empty the cell, or correct the first year and the number of years in the sheet Case";
        why: "规划期以外的数无处可用；多半是第一年或年数忘了改。", "A number of another year has no use; mostly the first year or the number of years was forgotten.";
    }
    BOOK_NO_CASE "E218" Error {
        message: "这个工作簿不是案例：没有“案例”“学校”“资源”等工作表", "this workbook is no case: it has no sheets such as Case, Schools and Resources";
        remedy: "只有学校表时，用 junheng new 起草案例；想在 Excel 里填写整个案例，用 junheng template 写出空白工作簿", "with a sheet of schools alone, draft a case by junheng new; to state a whole case in a spreadsheet, start from junheng template";
        why: "一个工作簿可以是一个完整的案例，各张工作表按名称辨认。", "A workbook can be a whole case; its sheets are known by their names.";
    }
    BOOK_CELL_FAULT "E219" Error {
        message: "这一格是公式错误值，或者公式还没有算过", "this cell is an error of the spreadsheet, or a formula that was never computed";
        remedy: "请在 Excel 或 WPS 里改正公式，重新计算后保存", "correct the formula in a spreadsheet program, compute and save";
        why: "没有算出来的数不能当作 0。", "A number that was never computed must not be read as 0.";
    }
    COUNTS_WRONGLY "E220" Error {
        message: "“同时计入”里的“{0}”不对：同一资源只能计一次，数量要大于 0", "`also` cannot hold “{0}”: a resource counts once, and for more than nothing";
        remedy: "请写成“资源代码”或“资源代码:数量”，不要重复，也不要写本措施补充的资源", "write `resource` or `resource:units`, each once and not the one the measure supplies";
        why: "一名体育教师同时是一名专任教师；同一资源计两次就会多算。", "A teacher of PE is one teacher as well; counted twice in the same resource there would be more than there are.";
    }
    BOOK_SHEET_UNKNOWN "W201" Warning {
        message: "不认得工作表“{0}”，没有读", "the sheet “{0}” is not known and was not read";
        remedy: "您要写的是不是 {1}；与案例无关的工作表请把名称改成以“备注”开头", "did you mean {1}? A sheet that is no part of the case may be named Notes …";
        why: "各张工作表按名称辨认，名称写错，里面的内容就不会生效。", "Sheets are known by their names; under a misspelt one nothing takes effect.";
    }
    EXAMPLES_LEFT "W202" Warning {
        message: "还有 {0} 行模板自带的示例，会和您自己填的一起算进规划", "{0} rows of the template's example are still there and are planned with your own";
        remedy: "请删去备注为“示例”的行；确实要用的，删去备注里的“示例”", "delete the rows whose remark says Example; where you mean to keep one, clear its remark";
        why: "示例学校和示例资金留在案例里，结果就不是您的结果。", "With schools and funds of the example inside, the result is not yours.";
    }

    // References: E3xx.
    UNKNOWN_ID "E301" Error {
        message: "没有“{0}”（{1}）", "there is no “{0}” ({1})";
        remedy: "您要写的是不是 {2}", "did you mean {2}?";
        why: "资源、措施、资金、政策按代码引用，地区和学校按学校表里的写法引用。", "Resources, measures, funds and policies go by their codes, places and schools by what the school table says.";
    }
    UNKNOWN_COLUMN "E302" Error {
        message: "{1} 没有“{0}”这个表头", "{1} has no header “{0}”";
        remedy: "您要写的是不是 {2}", "did you mean {2}?";
        why: "各列靠表头辨认，表头要与表格里的一致。", "Columns are known by their headers, which must be spelt as in the sheet.";
    }
    UNKNOWN_SET "E303" Error {
        message: "程序里没有标准“{0}”", "no standard “{0}” ships with the program";
        remedy: "您要写的是不是 {1}；也可以不写 `use`，用 [[standard.norm]] 写明标准值", "did you mean {1}? Or leave `use` out and state norms in [[standard.norm]]";
        why: "程序自带的标准按名称引用。", "The sets that ship with the program go by their names.";
    }
    ID_TWICE "E304" Error {
        message: "代码“{0}”用了两次（{1}）", "the code “{0}” is used twice ({1})";
        remedy: "请给其中一个改代码", "change one of the two";
        why: "其他地方按代码引用，重复就不知道指哪一个。", "The rest of the file refers by code and must know which is meant.";
    }
    SCHOOL_TWICE "E305" Error {
        message: "学校代码“{0}”在第 {1} 行已经出现过", "the school code “{0}” stands on line {1} already";
        remedy: "请核对是重复录入还是代码写错；同一学校只能有一行", "check whether the record is doubled or the code is wrong; a school has one record";
        why: "重复的学校会领到两份资源。", "A school that stands twice would be given everything twice.";
    }
    NORM_TWICE "E306" Error {
        message: "资源“{0}”写了两次标准值", "two norms are stated for the resource “{0}”";
        remedy: "请只保留一条；小学和初中写在同一条里", "keep one; primary and junior go into the same table";
        why: "两条标准值不知道以哪条为准。", "Nobody can tell which of them holds.";
    }
    LINK_UNKNOWN "E307" Error {
        message: "学校表里没有代码为“{0}”的学校", "the school table has no school “{0}”";
        remedy: "请核对学校代码，或删去这一行", "check the code or remove the record";
        why: "道路的两端、存疑的数所属的学校，都必须在学校表里。", "Roads lead from school to school, and doubts are about schools of the table.";
    }
    INCLUDE_UNKNOWN "E308" Error {
        message: "没有名为“{0}”的情景", "there is no scenario “{0}”";
        remedy: "您要写的是不是 {1}；情景名就是 scenarios/ 里的文件名，不带 .toml", "did you mean {1}? A scenario goes by its file name in scenarios/ without .toml";
        why: "情景可以套用别的情景，被套用的必须存在。", "What a scenario includes must exist.";
    }
    INCLUDE_LOOP "E309" Error {
        message: "情景互相套用，成了循环：{0}", "scenarios include each other in a loop: {0}";
        remedy: "请去掉其中一个 `include`", "remove one of the includes";
        why: "循环套用没有先后，无法确定结果。", "A loop has no order in which it could be applied.";
    }
    NAME_SHARED "E310" Error {
        message: "“{0}”不止一个：{1}", "“{0}” is the name of several: {1}";
        remedy: "请写全称，例如其中的一个：{1}", "write the full name of the one that is meant: {1}";
        why: "县名只在一个省内不重复；几个省有同名县时，只写县名就不知道指的是哪一个。", "A county's name is unique only inside its province; where provinces share a name, the name alone does not say which county is meant.";
    }

    DOUBT_QUANTITY_UNKNOWN "E311" Error {
        message: "没有“{0}”这一项", "there is no quantity “{0}”";
        remedy: "请写资源的代码或名称，或“在校生”“班级数”；您要写的是不是 {1}", "write the code or name of a resource, or “pupils” or “classes”; did you mean {1}?";
        why: "存疑的是学校表里的一个数，要说清是哪一项。", "A doubt is about one number of the school table, and must say which.";
    }
    DOUBT_TWICE "E312" Error {
        message: "同一所学校的“{0}”在第 {1} 行已经写过范围", "a range of “{0}” of this school stands on line {1} already";
        remedy: "请只保留一行", "keep one of the two";
        why: "两个范围不知道以哪个为准。", "Nobody can tell which of two ranges holds.";
    }

    // Provinces and chosen rows.
    ONLY_NONE "W530" Warning {
        message: "“{0}”一列里没有“{1}”", "no row has “{1}” in “{0}”";
        remedy: "请核对 [[schools.only]] 的写法；表中有：{2}", "check the spelling in [[schools.only]]; the sheet has: {2}";
        why: "写错一个词，就会漏掉一批要规划的学校。", "A slip in a word leaves out schools that are to be planned for.";
    }
    ROWS_NOT_ASKED "H610" Hint {
        message: "按“{0}”的条件，{2} 行中有 {1} 行不列入规划", "by the condition on “{0}”, {1} of {2} rows are not planned for";
        remedy: "不必处理；条件写在 [[schools.only]] 里", "nothing to do; the condition stands in [[schools.only]]";
        why: "普查表里常有不归本规划管的学校；少列了学校，缺口就会算小，所以要说明去掉了多少。", "A census has rows that a plan does not speak of. Leaving out schools lowers the gap, so the number is told.";
    }

    // Values and contradictions: E4xx.
    OUT_OF_RANGE "E401" Error {
        message: "`{0}` 应当 {1}", "`{0}` must be {1}";
        remedy: "请改正这个数；也请核对单位", "correct the number, and check its unit";
        why: "超出范围的数没有实际意义，多半是单位或小数点写错。", "A number outside this range has no meaning; mostly a unit or a decimal point is wrong.";
    }
    NOT_FINITE "E402" Error {
        message: "`{0}` 必须是有限的数", "`{0}` must be a finite number";
        remedy: "请写一个确定的数，不能写 inf 或 nan；“不限”时请删去这一项", "write a definite number, not inf or nan; leave the key out where there is no limit";
        why: "无穷大和“非数”会让整个规划失去意义。", "Infinity and not-a-number would make the whole plan meaningless.";
    }
    YEARS_MISMATCH "E403" Error {
        message: "`{0}` 有 {1} 个数，规划期是 {2} 年", "`{0}` has {1} numbers, but {2} years are planned";
        remedy: "请每个规划年写一个数；每年相同时只写一个数，不用方括号", "write one number a plan year, or a single number without brackets for every year";
        why: "少写的年份不能当作 0，多写的年份无处可用。", "A year left out must not be read as 0.";
    }
    STEP_NOT_WHOLE "E404" Error {
        message: "资源“{0}”只能取整数，`step` 却不是整数", "the resource “{0}” comes in whole units, but `step` is not whole";
        remedy: "请把 `step` 改成整数，或去掉 `whole = true`", "make `step` whole or drop `whole = true`";
        why: "取整的资源按 `step` 的倍数分配。", "Whole resources are handed out in multiples of `step`.";
    }
    BANDS_ORDER "E405" Error {
        message: "缺口分段的 `below` 必须逐段增大，最后一段为 1", "`below` must rise from band to band and end at 1";
        remedy: "请从最低一段写到 1.0", "list the bands from the lowest up to 1.0";
        why: "各段要不重叠、不遗漏地盖满 0 到标准值。", "The bands must cover everything from nothing to the standard, once.";
    }
    BAND_WEIGHTS "E406" Error {
        message: "缺口分段的 `weight` 不能逐段增大", "`weight` may not rise from band to band";
        remedy: "请让缺口越深的段权重越大", "give deeper shortfalls the larger weight";
        why: "浅的缺口比深的更重时，规划会先补浅的，优化也不再是凸的。", "Were shallow shortfalls weighed more, they would be met first, and the program would not be convex.";
    }
    NORM_TABLE_ORDER "E407" Error {
        message: "分档标准的 `up_to` 必须逐档增大", "`up_to` must rise from row to row";
        remedy: "请按人数从小到大排列", "list the rows by rising enrolment";
        why: "学校取第一个装得下的档，乱序会取错。", "A school takes the first row that holds it.";
    }
    CELL_EMPTY "E408" Error {
        message: "“{0}”不能为空", "“{0}” may not be empty";
        remedy: "请在表格里填写这一格；合计行、说明行请删去", "fill this cell in the sheet";
        why: "没有代码、学段、县区的学校无法规划；县区还决定轮岗的范围。", "A school without code, stage or county cannot be planned for; rotation stays inside a county.";
    }
    CELL_OUT_OF_RANGE "E409" Error {
        message: "“{0}”应在 {1} 之间", "“{0}” must lie between {1}";
        remedy: "请在表格里改正这个数；没有数据就留空，不要写负数", "correct the number in the sheet; leave the cell empty where nothing is known, and write no negative marks";
        why: "人数、班级数和现有数量不会是负数。", "Pupils, classes and stock are never negative.";
    }
    STAGE_UNKNOWN "E410" Error {
        message: "认不得学段“{0}”（{1} 所学校，第 {3} 行）", "the stage “{0}” is not known ({1} schools, lines {3})";
        remedy: "请在 [schools.stages] 的 primary、junior 或 nine-year 里加上“{0}”；不规划的学校请从表中删去", "add “{0}” to primary, junior or nine-year in [schools.stages]; remove schools that are not planned for";
        why: "学段决定用哪一套标准值。", "The stage decides which norms hold.";
    }
    SCHOOLS_NONE "E411" Error {
        message: "学校表里没有学校", "the school table has no school";
        remedy: "请检查是否导出了完整的表格", "check that the whole table was exported";
        why: "没有学校就没有要规划的对象。", "Without schools there is nothing to plan.";
    }
    NORMS_ASKED_FOR "E412" Error {
        message: "缺少这些资源的标准值：{0}", "norms are missing for these resources: {0}";
        remedy: "请为每样资源加一张表，例如：[[standard.norm]] resource = \"books\" per = \"pupil\" primary = 15 junior = 25（数值按本省规定）", "add a table for each, for example: [[standard.norm]] resource = \"books\" per = \"pupil\" primary = 15 junior = 25 (with the province's own numbers)";
        why: "基本均衡的学校标准由各省规定，国家只规定综合差异系数；没有标准值就没有缺口可算。", "For basic balance the nation limits the composite coefficient only and each province sets its own norms; without a norm there is no gap.";
    }
    MIN_ABOVE_MAX "E413" Error {
        message: "“{0}”与“{1}”（{2}）矛盾：下限高于上限", "“{0}” contradicts “{1}” ({2}): the minimum is above the maximum";
        remedy: "请改动其中一个数，或缩小其中一条的范围", "change one of the numbers, or narrow the scope of one rule";
        why: "两条约束不可能同时满足，任何方案都不可行。", "No plan can keep both rules.";
    }
    SHARES_OVER_ONE "E414" Error {
        message: "这些最低占比合计 {1}%，超过 100%：{0}", "these minimum shares sum to {1} %, more than 100 %: {0}";
        remedy: "请调低其中的占比", "lower some of the shares";
        why: "它们的对象互不重叠，占的却是同一笔钱。", "They speak of different things but of the same money.";
    }
    DOUBT_ENDS_CROSSED "E416" Error {
        message: "最低 {0} 大于最高 {1}", "the least, {0}, is above the most, {1}";
        remedy: "请核对是否填反", "check whether the two are interchanged";
        why: "范围的下端不能高于上端。", "A range begins at its lower end.";
    }
    DIVERTED_NOWHERE "E417" Error {
        message: "“{0}”的学生不能转到“{1}”", "pupils of “{0}” cannot go to “{1}”";
        remedy: "请另选一所学校：不能是它自己，要有这些学生所在的学段，两校的在校生都要填", "choose another school: not itself, with the sections these pupils are in, and with its own pupils known";
        why: "学生转到没有这个学段的学校就无处上课；在校生不详的学校不参加规划。", "Pupils cannot be taught where their section is missing, and a school whose pupils are unknown is not planned for.";
    }
    MATCHES_ITSELF "E418" Error {
        message: "“{0}”要求这笔资金给自己配套", "“{0}” asks this fund to match itself";
        remedy: "请把它从 funds 或 matched 中删去一处", "name it in `funds` or in `matched`, not in both";
        why: "配套是一些资金按另一些资金的支出出钱，同一笔资金不能在两边。", "Some funds match what others pay; none can be on both sides.";
    }
    YEAR_OF_COLUMN "E419" Error {
        message: "“{0}”要写成“表头:年份”，年份在 {1} 之间", "“{0}” has to be `header:year`, with a year in {1}";
        remedy: "例如“2019年及以前购置:2019”（bought，购置的年份）、“2027年退休:2027”（leaving，不再有的第一年）", "such as `bought up to 2019:2019` (in `bought`: the year of buying) or `retiring 2027:2027` (in `leaving`: the first year without them)";
        why: "现有的设备哪年到期、教师哪年退休，要靠列和年份对上。", "When stock falls out of use is told by a column and its year.";
    }
    DIFFERENCES_UNLIMITED "E425" Error {
        message: "“{0}”没有写上限 max，标准也没有差异系数的上限", "“{0}” states no `max`, and the standard limits no coefficients either";
        remedy: "请写明 max，例如 0.45，或在 [standard.cv] 里写明上限", "state `max`, for example 0.45, or limits in [standard.cv]";
        why: "不写 max 就用标准自己的上限；标准没有，这条规定就什么也没有规定。", "Without `max` the standard's own limit counts; where it has none the rule says nothing.";
    }
    INDICATORS_UNSTATED "E426" Error {
        message: "“{0}”没有写明至少几项达标（min），标准也没有达标规则", "“{0}” states no `min`, and the standard has no rule for compliance either";
        remedy: "请写明 min 和 rest，例如 min = 6、rest = 0.85，或在 [standard.compliance] 里写明", "state `min` and `rest`, for example min = 6 and rest = 0.85, or [standard.compliance]";
        why: "不写 min 就用标准自己的达标规则；标准没有，这条规定就什么也没有规定。", "Without `min` the standard's own rule counts; where it has none the rule says nothing.";
    }
    INDICATORS_TOO_MANY "E427" Error {
        message: "“{0}”要求至少 {1} 项达标，计入的指标只有 {2} 项", "“{0}” asks for at least {1} indicators, and only {2} are counted";
        remedy: "请改小 min，或在 scope.resources 里多列几项有标准值的资源", "lower `min`, or name more resources with a norm in scope.resources";
        why: "达标的项数不会多于指标的项数，任何方案都不可行。", "No more indicators can be met than there are, so no plan can keep the rule.";
    }
    FORBIDDEN_BUT_ASKED "E415" Error {
        message: "“{0}”要求至少做到的，被“{1}”（{2}）禁止了", "what “{0}” asks for is forbidden by “{1}” ({2})";
        remedy: "请删去其中一条，或缩小其范围", "remove one of the rules or narrow its scope";
        why: "两条约束不可能同时满足，任何方案都不可行。", "No plan can keep both rules.";
    }

    // Completeness and what looks wrong: W5xx.
    MISSING_CELLS "W501" Warning {
        message: "“{0}”有 {1} 所学校没有数据（共 {2} 所；第 {3} 行）", "“{0}” is missing for {1} of {2} schools (lines {3})";
        remedy: "请补齐数据；补齐之前，这些学校的这一项不参加规划", "fill the cells; until then nothing is planned for these schools in this respect";
        why: "没有数据不等于 0：当作 0 会把钱给了其实不缺的学校。", "Unknown is not 0: read as 0, it would send money to schools that may need none.";
    }
    PUPILS_MISSING "W502" Warning {
        message: "{1} 所学校没有在校生数，未纳入规划（共 {2} 所；第 {3} 行）", "{1} of {2} schools have no pupils stated and are left out (lines {3})";
        remedy: "请在“{0}”一列补上人数", "fill “{0}” for these schools";
        why: "缺口按学生数计算，人数不明就算不出来。", "Gaps are counted by pupils; without them there is nothing to compute.";
    }
    PUPILS_UNSPLIT "W503" Warning {
        message: "{1} 所九年一贯制学校没有分小学、初中的人数，未纳入规划（第 {3} 行）", "{1} nine-year schools have no pupils by section and are left out (lines {3})";
        remedy: "请用 pupils_primary、pupils_junior 两列给出分段人数，填好其中一列和总数也可以", "give pupils by section in the columns pupils_primary and pupils_junior; one of them beside the total will do";
        why: "小学和初中的标准值不同，不分段就无法套用。", "Norms differ between the sections.";
    }
    PUPILS_NONE "W504" Warning {
        message: "{1} 所学校在校生为 0，未纳入规划（第 {3} 行）", "{1} schools have 0 pupils and are left out (lines {3})";
        remedy: "已停办的请从表中删去；人数不明的请留空", "remove schools that are closed; leave the cell empty where pupils are not known";
        why: "没有学生的学校没有缺口。", "A school without pupils has no gap.";
    }
    PUPILS_DISAGREE "W505" Warning {
        message: "{1} 所学校的分段人数与总数或学段不符（第 {3} 行）", "{1} schools have pupils by section that contradict the total or the stage (lines {3})";
        remedy: "请核对“{0}”和分段人数；九年一贯制以分段人数为准，其他学校以总数为准", "check “{0}” against the sections; for nine-year schools the sections are taken, for others the total";
        why: "人数不一致时，缺口会跟着算错。", "Where pupils disagree, gaps are wrong too.";
    }
    UNUSABLE_ABOVE_STOCK "W506" Warning {
        message: "资源“{0}”：{1} 所学校的不可用数量大于现有数量，按没有数据处理（第 {3} 行）", "resource “{0}”: {1} schools have more unusable than there is in all; their stock is treated as unknown (lines {3})";
        remedy: "请核对这两列", "check both columns";
        why: "可用数量不会是负数，两列中必有一列有误。", "Usable stock cannot be negative; one of the columns is wrong.";
    }
    POSITION_WRONG "W507" Warning {
        message: "“{0}”有 {1} 格不是经纬度（第 {3} 行）", "“{0}” has {1} cells that are no position (lines {3})";
        remedy: "请用小数度数，例如 31.56；纬度在 ±90 之间，经度在 ±180 之间", "use decimal degrees such as 31.56; latitudes lie within ±90, longitudes within ±180";
        why: "位置只用来显示，不影响分配。", "Positions are shown and do not change the plan.";
    }
    NORM_UNUSED "W508" Warning {
        message: "标准 {0} 还规定了这些资源，案例里没有：{1}", "the standard {0} also rules these resources, which the case does not have: {1}";
        remedy: "要规划就加上相应的 [[resource]]，代码要一致", "add a [[resource]] with that id for each that is to be planned";
        why: "少了指标，达标情况和差异系数就不是官方的口径。", "With indicators left out, compliance and coefficients are not the official ones.";
    }
    CLASSES_UNSPLIT "W509" Warning {
        message: "{1} 所九年一贯制学校没有分小学、初中的班级数（第 {3} 行）", "{1} nine-year schools have no classes by section (lines {3})";
        remedy: "请用 classes_primary、classes_junior 两列给出分段班级数；没有按班计的标准可以不管", "give classes by section in the columns classes_primary and classes_junior; without norms per class nothing needs to be done";
        why: "按班计的标准要分小学、初中套用，班级数不分段的学校在这些资源上不参加规划。", "Norms per class are stated by section, so nothing is planned for such a school in resources that have one.";
    }
    RESOURCE_WITHOUT_MEASURE "W510" Warning {
        message: "资源“{0}”没有任何措施可以补充", "no measure supplies the resource “{0}”";
        remedy: "请加一个 [[measure]]；只监测不规划的可以不管", "add a [[measure]]; nothing needs to be done for what is watched only";
        why: "没有措施，它的缺口只能原样留下。", "Its gaps can only stay as they are.";
    }
    MEASURE_UNPAYABLE "W511" Warning {
        message: "没有一笔资金可以支付措施“{0}”", "no fund may pay for the measure “{0}”";
        remedy: "请核对各资金的 `pays`，或增加资金", "check `pays` of the funds, or add one";
        why: "没有钱可用的措施不会出现在方案里。", "A measure nobody may pay for never appears in a plan.";
    }
    FUND_PAYS_NOTHING "W512" Warning {
        message: "资金“{0}”没有可以支付的措施", "the fund “{0}” may pay for nothing";
        remedy: "请核对它的 `pays` 是否写得过窄", "check whether its `pays` is too narrow";
        why: "这笔钱会原封不动地剩下。", "All of its money would be left over.";
    }
    POLICY_EMPTY "W513" Warning {
        message: "政策“{0}”管不到任何措施和学校", "the policy “{0}” covers no measure at any school";
        remedy: "请核对它的 `scope`", "check its `scope`";
        why: "几个条件合在一起可能一个对象也不剩；这样的下限永远达不到。", "Conditions together may leave nothing; a minimum of nothing can never be met.";
    }
    COMPLIANCE_OUT_OF_REACH "W514" Warning {
        message: "要求至少 {0} 项达标，但有标准值的指标只有 {1} 项", "at least {0} indicators must be met, but only {1} have a norm";
        remedy: "请补上缺少的资源，或在 [standard.compliance] 里另写规定", "add the missing resources, or state another rule in [standard.compliance]";
        why: "按这条规定，没有学校能够达标。", "By this rule no school can ever pass.";
    }
    STOCK_IMPLAUSIBLE "W515" Warning {
        message: "{1} 所学校的生均“{0}”，大得不合常理（第 {3} 行）", "{1} schools have “{0}” per pupil, implausibly much (lines {3})";
        remedy: "请核对单位和小数点；确实如此就在 [[resource]] 里写 plausible = { per_pupil_max = … }", "check the unit and the decimal point; if it is right, state plausible = { per_pupil_max = … } in [[resource]]";
        why: "一所学校多出的数会拉高平均、扭曲差异系数，并掩盖缺口。", "One such value lifts the mean, distorts coefficients and hides gaps.";
    }
    STOCK_ZERO "W516" Warning {
        message: "{1} 所有学生的学校“{0}”为 0（第 {3} 行）", "{1} schools with pupils have “{0}” 0 (lines {3})";
        remedy: "不清楚的请留空；确实为 0 的不用改", "leave the cell empty where it is not known; leave it where it is truly 0";
        why: "不少表格用 0 表示“没有数据”，照 0 规划会把资源错给这些学校。", "Many sheets write 0 for unknown; planned as 0, such schools would be given what they may have.";
    }
    PUPILS_IMPLAUSIBLE "W517" Warning {
        message: "{1} 所学校“{0}”（第 {3} 行）", "{1} schools have “{0}” (lines {3})";
        remedy: "请核对人数是否多写了一位", "check for a digit too many";
        why: "缺口按学生数计算，一所学校多写一位就会占去大部分资金。", "Gaps are counted by pupils; one digit too many draws most of the money.";
    }
    CLASS_SIZE_IMPLAUSIBLE "W518" Warning {
        message: "{1} 所学校的平均班额过大（“{0}”；第 {3} 行）", "{1} schools have classes too large to be true (“{0}”; lines {3})";
        remedy: "请核对学生数和班级数", "check pupils and classes";
        why: "66 人以上已是超大班额，远超此数多半是班级数有误。", "From 66 pupils a class counts as very large; far more is mostly a slip in the number of classes.";
    }
    COST_OUT_OF_SCALE "W519" Warning {
        message: "措施“{0}”使一名学生达标要 {1}，其他措施约为 {2}，相差悬殊", "the measure “{0}” brings one pupil to standard for {1}, others for about {2}";
        remedy: "请核对单价的金额单位（元还是万元）、资源的计量单位和标准值", "check the money unit of its cost, the unit of the resource and the norm";
        why: "相差上千倍，多半是金额单位写错。", "A thousandfold difference mostly means a money unit was mistaken.";
    }
    COST_ABOVE_FUNDS "W520" Warning {
        message: "措施“{0}”的单价 {1} {3} 超过全部资金 {2} {3}", "one unit of the measure “{0}” costs {1} {3}, more than all the money there is ({2} {3})";
        remedy: "请核对单价和资金的金额单位", "check the money unit of the cost and of the funds";
        why: "这样的措施一个单位也做不了。", "Not one unit of it could ever be paid.";
    }
    FUNDS_OUT_OF_SCALE "W521" Warning {
        message: "全部资金 {0}，补齐全部缺口约需 {1}，相差悬殊", "all the money is {0}, while closing every gap would take about {1}";
        remedy: "请核对 [case] 的 money 和 money_factor，以及资金和单价的单位", "check money and money_factor in [case] and the units of funds and costs";
        why: "资金和需要通常在同一个数量级附近，相差太远多半是单位写错。", "Money and needs are mostly of like size; a distance this large mostly means a unit was mistaken.";
    }
    LEAD_PAST_PLAN "W522" Warning {
        message: "措施“{0}”要 {1} 年后才能用上，规划期只有 {2} 年", "the measure “{0}” is of use after {1} years, but only {2} years are planned";
        remedy: "请核对 `lead`，或延长规划期", "check `lead`, or plan for more years";
        why: "规划期内见不到效果，只能靠期后年份计入。", "It has no effect within the plan and counts only through the years after it.";
    }
    MEASURE_OF_NO_USE "W523" Warning {
        message: "措施“{0}”没有一所学校用得上：没有可以修复或培训的", "no school has use for the measure “{0}”: nothing is there to be mended or trained";
        remedy: "维修的数量来自资源的 `unusable` 列；培训的人数是 `from` 的数量减去已具备的人数，请核对", "what can be mended is the column `unusable` of the resource; who can be trained are those in `from` less those who already are; check both";
        why: "能修的只有损坏的，能培训的只有尚不具备的。", "Only what is broken can be mended, and only who is not yet can be trained.";
    }
    TOWNSHIPS_UNKNOWN "W524" Warning {
        message: "规定“{0}”要求每个乡镇分别满足，但有 {1} 所学校没有乡镇", "the rule “{0}” holds in each township, but {1} schools have none";
        remedy: "请在 [schools.columns] 里写明 `township`，并补齐学校表的乡镇", "name the column in `township` of [schools.columns] and fill in the townships";
        why: "没有乡镇的学校按所在县区合在一起算一个乡镇。", "Schools without a township are taken together as one in each county.";
    }
    FORECAST_MISSING "W525" Warning {
        message: "{1} 所学校的预计在校生不全，各年按现有在校生计算（共 {2} 所；第 {3} 行）", "the pupils expected are not stated in full for {1} of {2} schools: today's count in all their years (lines {3})";
        remedy: "请补齐“{0}”等各年的列", "fill “{0}” and the columns of the other years for these schools";
        why: "缺一年就无从知道人数怎样变化；空格不当作 0。", "With a year missing it is not known how the number changes; an empty cell is not read as 0.";
    }
    GRADES_DISAGREE "W526" Warning {
        message: "{1} 所学校的各年级人数之和与在校生不符（第 {3} 行）", "{1} schools have pupils by grade that do not add up to their pupils (lines {3})";
        remedy: "请核对“{0}”等各年级的列、它们的次序和在校生", "check “{0}” and the columns of the other grades, their order, and the pupils";
        why: "以后各年的人数由年级推算；年级错了，需求也跟着错。", "Later years are forecast from the grades: where these are wrong, so are the needs.";
    }
    AGES_ABOVE_STOCK "W527" Warning {
        message: "资源“{0}”：{1} 所学校按年份分列的数量之和大于现有数量，按没有数据处理（第 {3} 行）", "resource “{0}”: at {1} schools the columns by year add up to more than there is in all; their stock is treated as unknown (lines {3})";
        remedy: "请核对 bought、leaving 所列各列和现有数量；它们是现有数量的一部分，互不重复", "check the columns of `bought` and `leaving` against the stock: they are parts of it, and none counts twice";
        why: "到期的不会比现有的多，其中必有一列有误。", "No more can fall out of use than there is; one of the columns is wrong.";
    }

    // Worth knowing: H6xx.
    COMPLIANCE_UNSTATED "H601" Hint {
        message: "没有写明怎样算达标，不判断学校是否达标", "no rule says when a school passes, so none is judged";
        remedy: "需要时加上 [standard.compliance]，例如 at_least = 6、rest = 0.85", "add [standard.compliance] if wanted, for example at_least = 6 and rest = 0.85";
        why: "缺口和差异系数照常计算。", "Gaps and coefficients are computed all the same.";
    }
    ZERO_IS_MISSING "H602" Hint {
        message: "资源“{0}”：{1} 所学校的 0 按没有数据处理（共 {2} 所；第 {3} 行）", "resource “{0}”: the 0 of {1} of {2} schools is read as unknown (lines {3})";
        remedy: "核实确为 0 的，请去掉 zero_is_missing", "delete zero_is_missing where the zeros are true";
        why: "有的表用 0 表示没有填报；当作真的一个也没有，钱和人就会派错学校。", "Some sheets write 0 where nobody answered; taken at its word, it would send money and posts to the wrong schools.";
    }
    TERMINAL_NONE "H603" Hint {
        message: "`terminal_years` 为 0，规划期以后的效果和支出都不计", "`terminal_years` is 0: nothing after the plan counts";
        remedy: "想计入就写一个正数，常用 5", "state a positive number to count it; 5 is usual";
        why: "不计期后年份时，最后一年招聘显得便宜，工期长的建设显得不值。", "Without it last-year hires look cheap and long builds never pay.";
    }
    LEVELLING_DOWN "H604" Hint {
        message: "规定了差异系数上限，却允许学校低于现状", "coefficients are limited while schools may end below today";
        remedy: "请去掉 no_school_below_today = false", "remove no_school_below_today = false";
        why: "只降低强校也能缩小差异，这就是“削峰填谷”。", "Differences can be narrowed by taking from strong schools alone, which is levelling down.";
    }
    RESOURCE_WITHOUT_NORM "H605" Hint {
        message: "资源“{0}”没有标准值，只显示、不规划", "the resource “{0}” has no norm: it is shown, and nothing is planned for it";
        remedy: "要规划就在 [[standard.norm]] 里写明标准值", "state a norm in [[standard.norm]] if it is to be planned for";
        why: "没有标准值就没有缺口；只在某个情景里才有标准值的资源不必处理。", "Without a norm there is no gap; nothing needs to be done for a resource that only a scenario has a norm for.";
    }

    // Plan tables that come back from a planner: E6xx.
    PLAN_COLUMN_MISSING "E601" Error {
        message: "方案表缺少一列：{0}", "the plan table lacks a column: {0}";
        remedy: "请用 solve --out 写出的 plan.csv 修改，保留它的表头", "edit the plan.csv that solve --out wrote and keep its headers";
        why: "少了这一列，就不知道哪所学校在哪一年做什么、由哪笔资金支付。", "Without it nobody knows which school gets what in which year and from which fund.";
    }
    PLAN_SCHOOL_UNKNOWN "E602" Error {
        message: "学校表中没有这个学校代码", "no school has this code";
        remedy: "请与学校表核对代码；电子表格可能改写了长代码", "compare the code with the school table; spreadsheets rewrite long codes";
        why: "方案的每一行都要落到案例中的一所学校。", "Every row of a plan belongs to a school of the case.";
    }
    PLAN_MEASURE_UNKNOWN "E603" Error {
        message: "案例中没有这个措施代码", "no measure has this code";
        remedy: "请填写案例中措施的代码", "use the id of a measure of the case";
        why: "单价、使用年限和责任单位都由措施确定。", "The measure says what it costs, how long it lasts and who carries it out.";
    }
    PLAN_FUND_UNKNOWN "E604" Error {
        message: "案例中没有这个资金代码", "no fund has this code";
        remedy: "请填写案例中资金的代码，无须支付时留空", "use the id of a fund of the case, or leave it empty where nothing is paid";
        why: "每一笔支出都要记在一项资金名下。", "Every payment is charged to a fund.";
    }
    PLAN_YEAR_BAD "E605" Error {
        message: "年份不在规划期 {0}–{1} 内", "the year is not among the plan years {0}–{1}";
        remedy: "请填写规划期内的年份", "use one of the plan years";
        why: "措施从哪一年开始，决定它何时见效、由哪一年的资金支付。", "The starting year decides when a measure helps and which year pays.";
    }
    PLAN_NUMBER_BAD "E606" Error {
        message: "这里应当是数字", "a number is expected here";
        remedy: "请填写数字", "enter a number";
        why: "数量和金额要能逐条核对。", "Quantities and amounts are checked row by row.";
    }
    PLAN_TOTAL_DIFFERS "E607" Error {
        message: "合计与各年支出之和 {0} 不符", "the total differs from the sum of the years, {0}";
        remedy: "请同时修改合计和各年支出", "change the total and the years together";
        why: "多半是只改了一处，不知道以哪个为准。", "Most likely one of them was edited and the other forgotten; nobody can tell which is meant.";
    }
    PLAN_NOTHING_LOCKED "E608" Error {
        message: "方案表有锁定列，但没有一行做了标记", "the plan table has a lock column, but no row is marked";
        remedy: "请在要保留的行填“是”；要保留全部行，就删去锁定列", "write \"yes\" in the rows to keep, or delete the column to keep all rows";
        why: "不标记就保留全部行，会让重新求解毫无变化，多半不是本意。", "Keeping every row would leave nothing to plan, which is hardly what is meant.";
    }
    PLAN_MONEY_UNIT "E609" Error {
        message: "看不懂表头中的金额单位，本案例以 {0} 计", "the header names an unknown unit of money; this case counts in {0}";
        remedy: "请保留写出时的表头", "keep the headers as they were written";
        why: "单位弄错，金额会差一万倍。", "A wrong unit makes amounts wrong by a factor of thousands.";
    }
    FOLLOW_COLUMN_MISSING "E621" Error {
        message: "进度表缺少一列：{0}", "the follow-up table lacks a column: {0}";
        remedy: "请用 junheng track 案例 方案表 --out 写出的 actual.csv 填写，保留它的表头", "fill in the actual.csv that junheng track CASE PLAN --out wrote and keep its headers";
        why: "少了这一列，就不知道哪所学校的哪项措施落实了多少。", "Without it nobody knows how much of which measure was taken up at which school.";
    }
    FOLLOW_NO_ROWS "E622" Error {
        message: "进度表没有一行填报内容", "nothing has been entered in the follow-up table";
        remedy: "请填写“已下达”“已落实”“累计支出”各列；某年确实一项未办，用 --as-of 写明截至哪一年", "fill in what was allocated, taken up and spent; where really nothing was done, name the year with --as-of";
        why: "空白不等于没有办：不写明截至哪一年，就不知道哪些该算逾期。", "Blank is not the same as nothing done: without a year nobody knows what is late.";
    }
    FOLLOW_NEGATIVE "E623" Error {
        message: "这里不能是负数", "this cannot be negative";
        remedy: "请填写不小于 0 的数；只有交流轮岗派出的人数可以写成负数", "enter a number of at least 0; only posts that a rotation takes away may be written as negative";
        why: "退回、核减应当在原来那一行改小，负数会与别校的数量相抵。", "Returns are entered by lowering the row itself; a negative number would cancel out what other schools got.";
    }
    FOLLOW_NOT_WHOLE "E624" Error {
        message: "“{0}”按整{1}计，不能有小数", "{0} is counted in whole units ({1})";
        remedy: "请填写整数", "enter a whole number";
        why: "半个教师、半台计算机多半是填错了列或单位。", "Half a teacher or half a computer most likely stands in the wrong column or unit.";
    }
    FOLLOW_MONEY_WITHOUT_FUND "E625" Error {
        message: "填了金额，没有填资金代码", "there is money in this row, but no fund";
        remedy: "请填写案例中资金的代码；捐赠等不占资金的，金额留空", "use the id of a fund of the case; leave the money empty where no fund paid, as for donations";
        why: "不知道由哪笔资金支付，就算不出哪笔资金还剩多少。", "Unless it is known who paid, nobody knows what is left of which fund.";
    }
    FOLLOW_MORE_THAN_ALLOCATED "W626" Warning {
        message: "多于已下达的 {0}", "more than was allocated, {0}";
        remedy: "请核对两列；按填写的数继续", "compare the two columns; the numbers are taken as they stand";
        why: "未下达先实施、超计划支出，正是督导要问的。", "Work without an allocation and overspending are what inspectors ask about.";
    }
    FOLLOW_PLAN_DIFFERS "W627" Warning {
        message: "计划数量与方案表中的 {0} 不同，以方案表为准", "the planned quantity is not the plan's, {0}; the plan decides";
        remedy: "请确认进度表和方案表是同一版", "make sure that both tables are of the same version";
        why: "对照的多半不是同一个方案，或者计划列被改过。", "Most likely the tables are of two plans, or the planned column was edited.";
    }
    FOLLOW_ADDED_UP "W628" Warning {
        message: "与第 {0} 行是同一校、同一措施、同一年、同一资金，两行相加", "same school, measure, year and fund as line {0}; they are added up";
        remedy: "分批填报可以不管；重复填报请删去一行", "nothing to do for batches; delete one where it is a repetition";
        why: "分期分批办的事常分几行填，所以相加；重复的会多算。", "What comes in batches is entered in several rows, so they are added; a repetition would count twice.";
    }
    FOLLOW_AFTER_THE_YEAR "W629" Warning {
        message: "这一年在截止年份 {0} 之后，这次不计入", "this year is after {0}, up to which is counted; it is not counted this time";
        remedy: "要计入，请用 --as-of 写明更晚的年份", "to count it, name a later year with --as-of";
        why: "截止年份以后的各年由重排方案安排，已办的先不扣除。", "The years after it are planned anew as if nothing had been done in them.";
    }
    FOLLOW_COSTS_NOBODY "W630" Warning {
        message: "填了数量，没有填资金和金额，方案中也没有：按不花钱计", "a quantity without fund or money, and the plan has none: it is taken to cost nothing";
        remedy: "由资金支付的，请填写资金代码和金额；捐赠的不用管", "name the fund and the money where one paid; nothing to do for donations";
        why: "漏填的支出会让后面几年的钱看起来更多。", "Spending left out makes the years to come look richer than they are.";
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
