//! The planner's own tables and how they are read.

use super::column;
use crate::read::book::layout::{Form, Refers, SheetSpec};

/// The schools.
pub const SCHOOLS: SheetSpec = SheetSpec {
    name: ("学校", "Schools"),
    about: (
        "每行一所学校；右边的列是各种资源的现有数量，列名由您定，在“资源”表里写明用哪一列",
        "One school a row; the columns on the right hold the stock of each resource: name them as you like and say in Resources which is which",
    ),
    form: Form::Table("schools"),
    columns: &[
        column("id", "学校代码", "School code"),
        column("name", "学校名称", "School name"),
        column("stage", "学段", "Stage"),
        column("area", "城乡类型", "Kind of area"),
        column("province", "省份", "Province"),
        column("county", "县区", "County"),
        column("township", "乡镇", "Township"),
        column("group", "结对或学区", "Group"),
        column("pupils", "在校生", "Pupils"),
        column("pupils_primary", "小学生数", "Primary pupils"),
        column("pupils_junior", "初中生数", "Junior pupils"),
        column("classes", "班级数", "Classes"),
        column("classes_primary", "小学班数", "Primary classes"),
        column("classes_junior", "初中班数", "Junior classes"),
        column("boarders", "寄宿生", "Boarders"),
        column("places", "学位数", "Places"),
        column("places_primary", "小学学位", "Primary places"),
        column("places_junior", "初中学位", "Junior places"),
        column("poor", "困难学生", "Poor pupils"),
        column("poor_primary", "小学困难生", "Primary poor"),
        column("poor_junior", "初中困难生", "Junior poor"),
        column("poor_boarders", "困难寄宿生", "Poor boarders"),
        column("latitude", "纬度", "Latitude"),
        column("longitude", "经度", "Longitude"),
    ],
};

/// `[links]`
pub const LINKS: SheetSpec = SheetSpec {
    name: ("道路", "Roads"),
    about: (
        "学校之间的道路，供轮岗等使用；没有就留空",
        "Roads between schools, for rotation and the like; may be empty",
    ),
    form: Form::Table("links"),
    columns: &[
        column("from", "起点学校", "From school"),
        column("to", "终点学校", "To school"),
        column("km", "公里", "Kilometres"),
    ],
};

/// `[doubts]`
pub const DOUBTS: SheetSpec = SheetSpec {
    name: ("存疑", "Doubts"),
    about: (
        "拿不准的数及其可能的范围，供 junheng verify-first 排出先核实哪些；没有就留空",
        "Numbers you are not sure of and between what they may lie, for junheng verify-first to say which to check first; may be empty",
    ),
    form: Form::Table("doubts"),
    columns: &[
        column("school", "学校代码", "School code"),
        column("quantity", "项目", "Quantity"),
        column("low", "最低", "Low"),
        column("high", "最高", "High"),
        column("why", "原因", "Why"),
    ],
};

/// `[schools]`, `[links]` and `[doubts]`: only for tables with headers or words of their own.
pub const TABLES: SheetSpec = SheetSpec {
    name: ("学校表设置", "Table settings"),
    about: (
        "学校表用自己的列名或写法时才填；列名与模板一致就不用管",
        "Only for school tables with headers or words of their own; leave empty when the headers are those of the template",
    ),
    form: Form::Settings { scenarios: false },
    columns: &[
        column("schools.file", "学校表文件", "School file").note(
            "学校表在另一个文件里时填文件名；在本工作簿里就留空。",
            "Name of the file when the schools are in another one; empty when they are in this workbook.",
        ),
        column("schools.sheet", "学校表的工作表", "School sheets").note(
            "学校在名称不是“学校”的工作表里时填工作表名称；几张时用分号隔开，如 小学；初中。",
            "Names of the sheets with schools when they are not called Schools; several are parted by semicolons.",
        ),
        column("schools.columns.id", "“学校代码”的列名", "Header of School code"),
        column("schools.columns.name", "“学校名称”的列名", "Header of School name"),
        column("schools.columns.stage", "“学段”的列名", "Header of Stage"),
        column("schools.columns.area", "“城乡类型”的列名", "Header of Kind of area"),
        column("schools.columns.province", "“省份”的列名", "Header of Province"),
        column("schools.columns.county", "“县区”的列名", "Header of County"),
        column("schools.columns.township", "“乡镇”的列名", "Header of Township"),
        column("schools.columns.group", "“结对或学区”的列名", "Header of Group"),
        column("schools.columns.pupils", "“在校生”的列名", "Header of Pupils"),
        column("schools.columns.pupils_primary", "“小学生数”的列名", "Header of Primary pupils"),
        column("schools.columns.pupils_junior", "“初中生数”的列名", "Header of Junior pupils"),
        column("schools.columns.forecast", "各年预计在校生的列名", "Headers of Pupils expected").of(Refers::Headers).note(
            "每个规划年一列，列名按年份顺序用分号隔开。",
            "One column a plan year; the headers, in order of years, are parted by semicolons.",
        ),
        column("schools.columns.forecast_primary", "各年预计小学生的列名", "Headers of Primary expected").of(Refers::Headers),
        column("schools.columns.forecast_junior", "各年预计初中生的列名", "Headers of Junior expected").of(Refers::Headers),
        column("schools.cohort.grades", "各年级人数的列名", "Headers of grades").of(Refers::Headers).note(
            "按年级推算学生数：从一年级起，列名用分号隔开；填了就不填各年预计在校生。",
            "For a forecast from the grades: headers from the first grade on, parted by semicolons; in place of pupils expected.",
        ),
        column("schools.cohort.primary", "小学年级数", "Primary grades"),
        column("schools.cohort.year", "年级人数的年份", "Year of the grades"),
        column("schools.cohort.survival", "升级比例", "Part that goes on").note(
            "每年升入下一年级的比例：一个数，或每个年级一个数，用分号隔开；默认 1。",
            "The part of a grade in the next one a year later: one number, or one a grade, parted by semicolons; 1 when empty.",
        ),
        column("schools.cohort.intake", "一年级新生倍数", "First-graders").note(
            "每个规划年一年级新生是现有一年级的几倍，用分号隔开；默认 1。",
            "First-graders of each plan year as a factor on those counted, parted by semicolons; 1 when empty.",
        ),
        column("schools.columns.classes", "“班级数”的列名", "Header of Classes"),
        column("schools.columns.classes_primary", "“小学班数”的列名", "Header of Primary classes"),
        column("schools.columns.classes_junior", "“初中班数”的列名", "Header of Junior classes"),
        column("schools.columns.boarders", "“寄宿生”的列名", "Header of Boarders"),
        column("schools.columns.places", "“学位数”的列名", "Header of Places"),
        column("schools.columns.places_primary", "“小学学位”的列名", "Header of Primary places"),
        column("schools.columns.places_junior", "“初中学位”的列名", "Header of Junior places"),
        column("schools.columns.poor", "“困难学生”的列名", "Header of Poor pupils"),
        column("schools.columns.poor_primary", "“小学困难生”的列名", "Header of Primary poor"),
        column("schools.columns.poor_junior", "“初中困难生”的列名", "Header of Junior poor"),
        column("schools.columns.poor_boarders", "“困难寄宿生”的列名", "Header of Poor boarders"),
        column("schools.columns.latitude", "“纬度”的列名", "Header of Latitude"),
        column("schools.columns.longitude", "“经度”的列名", "Header of Longitude"),
        column("schools.stages.primary", "小学的写法", "Words for primary"),
        column("schools.stages.junior", "初中的写法", "Words for junior"),
        column("schools.stages.nine-year", "九年一贯制的写法", "Words for nine-year"),
        column("schools.constant.province", "全部学校的省份", "Province of all"),
        column("schools.constant.county", "全部学校的县区", "County of all"),
        column("schools.constant.area", "全部学校的城乡类型", "Kind of area of all"),
        column("schools.constant.stage", "全部学校的学段", "Stage of all"),
        column("schools.missing", "“没有数据”的写法", "Marks for missing"),
        column("links.file", "道路表文件", "Road file").note(
            "道路表在另一个文件里时填文件名；在本工作簿里就留空。",
            "Name of the file when the roads are in another one; empty when they are in this workbook.",
        ),
        column("links.sheet", "道路表的工作表", "Road sheets").note(
            "道路在名称不是“道路”的工作表里时填工作表名称。",
            "Names of the sheets with roads when they are not called Roads.",
        ),
        column("links.columns.from", "“起点学校”的列名", "Header of From school"),
        column("links.columns.to", "“终点学校”的列名", "Header of To school"),
        column("links.columns.km", "“公里”的列名", "Header of Kilometres"),
        column("doubts.file", "存疑表文件", "Doubts file").note(
            "存疑表在另一个文件里时填文件名；在本工作簿里就留空。",
            "Name of the file when the doubts are in another one; empty when they are in this workbook.",
        ),
        column("doubts.sheet", "存疑表的工作表", "Doubts sheets").note(
            "存疑的数在名称不是“存疑”的工作表里时填工作表名称。",
            "Names of the sheets with doubts when they are not called Doubts.",
        ),
        column("doubts.columns.school", "存疑表“学校代码”的列名", "Header of School code in Doubts"),
        column("doubts.columns.quantity", "“项目”的列名", "Header of Quantity"),
        column("doubts.columns.low", "“最低”的列名", "Header of Low"),
        column("doubts.columns.high", "“最高”的列名", "Header of High"),
        column("doubts.columns.why", "“原因”的列名", "Header of Why"),
    ],
};

/// `[[schools.only]]`
pub const ONLY: SheetSpec = SheetSpec {
    name: ("规划范围", "Rows planned"),
    about: (
        "只规划学校表中的一部分时才填；几条要同时满足",
        "Only to plan for a part of the school table; all conditions must hold",
    ),
    form: Form::List {
        case: "schools.only",
        scenario: None,
    },
    columns: &[
        column("column", "列名", "Header").of(Refers::Headers),
        column("values", "取值", "Values").note(
            "单元格是其中之一（不分大小写、全半角）；几个值用顿号（、）或分号隔开。",
            "The cell is one of these, in any letter case and width; several are parted by semicolons.",
        ),
        column("above", "大于", "Above"),
    ],
};
