//! What is: the case and its standard.

use super::{IN_SCENARIO, RESOURCE, column};
use crate::read::book::layout::{Form, Refers, SheetSpec};

/// `[case]` and what else is one value for the whole case.
pub const CASE: SheetSpec = SheetSpec {
    name: ("案例", "Case"),
    about: (
        "规划名称、年限、金额单位",
        "Title, years and money unit of the plan",
    ),
    form: Form::Settings { scenarios: false },
    columns: &[
        column("case.name", "规划名称", "Title"),
        column("case.language", "文件语言", "Language of files").note(
            "写出文件所用的语言，默认中文。",
            "Language of written files; Chinese when empty.",
        ),
        column("case.remark", "处处注明", "Remark everywhere"),
        column("case.first_year", "规划第一年", "First year"),
        column("case.years", "规划年数", "Years"),
        column(
            "case.terminal_years",
            "规划期后计入年数",
            "Years after the plan",
        ),
        column("case.currency", "货币", "Currency"),
        column("case.money", "金额单位", "Money unit"),
        column(
            "case.money_factor",
            "金额单位折合货币",
            "Currency per money unit",
        ),
        column(
            "case.no_school_below_today",
            "不得低于现状",
            "No school below today",
        )
        .note(
            "不得使任何学校低于现状，默认“是”。",
            "No school may end below its course without the plan; yes when empty.",
        ),
        column("objective.count", "缺口计权", "Gap counted by"),
        column("objective.first", "先做到", "First").note(
            "“总缺口最小”（默认），或“先保最低”：先逐级提高最低的学校，再使总缺口最小。",
            "Smallest gap (when empty), or lowest first: the lowest school, then the next, then the smallest gap.",
        ),
    ],
};

/// `[[resource]]`
pub const RESOURCES: SheetSpec = SheetSpec {
    name: ("资源", "Resources"),
    about: (
        "学校需要什么：教师、校舍、设备……现有数量在“学校”表的哪一列",
        "What schools need: teachers, rooms, equipment … and in which column of Schools the stock is",
    ),
    form: Form::List {
        case: "resource",
        scenario: None,
    },
    columns: &[
        column("id", "代码", "Code").note(
            "代码，其他表里用它来引用；不得重复。",
            "Code by which the other sheets name it; unique.",
        ),
        column("name", "名称", "Name"),
        column("unit", "计量单位", "Unit"),
        column("stock", "现有数量列", "Stock column").of(Refers::Headers).note(
            "现有数量在“学校”表哪一列；几列相加时用顿号（、）或分号隔开。",
            "Header of the stock column in Schools; several, parted by semicolons, are summed.",
        ),
        column("unusable", "不可用数量列", "Unusable column").of(Refers::Headers).note(
            "超期、破损等不可用数量在“学校”表哪一列，从现有数量中扣除；可不填。",
            "Header of unusable stock (age, condition) in Schools, taken off; may be empty.",
        ),
        column("bought", "按购置年份的列", "Columns by year bought").note(
            "现有数量中某年及以前购置的有多少：“列名:购置年份”，几列用分号隔开，如 2019年及以前购置:2019；满使用年限的到期报废。",
            "Parts of the stock by year of buying, as header:year, parted by semicolons, such as bought up to 2019:2019; they fall out of use after the years of use.",
        ),
        column("life", "现有的使用年限", "Years of use of stock"),
        column("leaving", "按不再有的年份的列", "Columns by year of leaving").note(
            "现有数量中某年起不再有的有多少（退休、拆除）：“列名:年份”，如 2027年退休:2027。",
            "Parts of the stock that are there no longer from a year on (retiring, pulled down), as header:year, such as retiring 2027:2027.",
        ),
        column("whole", "只取整数", "Whole units").note(
            "是否只能取整数，默认“否”。",
            "Whether it comes in whole units only; no when empty.",
        ),
        column("step", "最小单位", "Smallest step"),
        column("weight", "权重", "Weight"),
        column("indicator", "算作指标", "Indicator").note(
            "是否算作达标指标，默认“是”。",
            "Whether it counts as an indicator of the standard; yes when empty.",
        ),
        column("zero_is_missing", "0表示不详", "Zero is unknown").note(
            "现有数量为 0 时是否按没有数据处理，默认“否”。",
            "Whether a stock of 0 means “not known”; no when empty.",
        ),
        column("plausible.per_pupil_max", "人均上限", "Most per pupil").note(
            "每名学生至多多少才算合理，超过的会提醒；没有时用程序自带的范围。",
            "Most units per pupil that are plausible, others are questioned; the program's own when empty.",
        ),
    ],
};

/// `[standard]`
pub const STANDARD: SheetSpec = SheetSpec {
    name: ("标准", "Standard"),
    about: (
        "用哪套标准、怎样算达标；情景要换整套标准时，在右边加一列，列名写情景名称",
        "Which standard holds and what passes; a scenario with another standard gets a column of its own, headed by its name",
    ),
    form: Form::Settings { scenarios: true },
    columns: &[
        column("standard.use", "自带标准", "Shipped standard").note(
            "程序自带的标准：quality-balance-2017（优质均衡）或 basic-balance-2012（基本均衡）；不用就留空，在“标准值”表里自己写。",
            "A set shipped in the program: quality-balance-2017 or basic-balance-2012; leave empty to state your own in Norms.",
        ),
        column("standard.name", "标准名称", "Name of the standard"),
        column("standard.small_school", "小规模学校", "Small school"),
        column("standard.junior_share", "初中生折合", "Junior pupil counts for"),
        column("standard.indicators", "达标指标", "Indicators").of(RESOURCE),
        column("standard.compliance.at_least", "至少达标项数", "At least met"),
        column("standard.compliance.rest", "其余各项至少", "Others at least").note(
            "其余各项至少达到标准的这一比例，如 85%（与“至少达标项数”合用），默认 0。",
            "Share of its norm each other indicator must reach, such as 85% (with At least met); 0 when empty.",
        ),
        column("standard.compliance.at_most_failed", "至多不达标项数", "At most failed"),
        column("standard.compliance.all_of", "必须达标的资源", "All of these met").of(RESOURCE),
        column("standard.cv.composite", "综合差异系数", "Composite coefficient").note(
            "“是”为综合差异系数（各项平均），“否”为每一项，默认“否”。",
            "Yes for the plain mean of all indicators, no for each of them; no when empty.",
        ),
        column("standard.cv.primary", "小学差异系数上限", "Primary coefficient limit"),
        column("standard.cv.junior", "初中差异系数上限", "Junior coefficient limit"),
        column("standard.size.class_primary", "小学班额上限", "Primary class at most"),
        column("standard.size.class_junior", "初中班额上限", "Junior class at most"),
        column("standard.size.school", "学校规模上限", "School at most"),
        column("standard.size.through_school", "九年一贯制规模上限", "Nine-year school at most"),
        column("standard.rotation.teachers", "交流：教师", "Rotation: teachers").of(RESOURCE),
        column("standard.rotation.least", "交流：每年至少占", "Rotation: least part a year"),
        column("standard.rotation.backbone", "交流：骨干教师", "Rotation: backbone").of(RESOURCE),
        column("standard.rotation.backbone_least", "交流：骨干至少占", "Rotation: least backbone"),
    ],
};

/// `[[standard.norm]]`
pub const NORMS: SheetSpec = SheetSpec {
    name: ("标准值", "Norms"),
    about: (
        "每样资源应有多少；与自带标准相同的资源以这里为准",
        "How much of each resource there should be; what stands here goes before the shipped standard",
    ),
    form: Form::List {
        case: "standard.norm",
        scenario: Some("norm"),
    },
    columns: &[
        column("resource", "资源", "Resource").of(RESOURCE),
        column("per", "按什么计", "Counted per"),
        column("primary", "小学标准值", "Primary"),
        column("junior", "初中标准值", "Junior"),
        column("classes", "每几个班", "Classes per unit").note(
            "每几个班一份（仅“每若干班”）。",
            "Per how many classes (only for “so many classes”).",
        ),
        column("boarder_primary", "小学寄宿另加", "More: primary boarder").note(
            "小学每名寄宿的困难学生另加多少（仅“每名困难学生”）。",
            "Units more for a poor primary pupil who boards (only for “poor pupil”).",
        ),
        column("boarder_junior", "初中寄宿另加", "More: junior boarder").note(
            "初中每名寄宿的困难学生另加多少（仅“每名困难学生”）。",
            "Units more for a poor junior pupil who boards (only for “poor pupil”).",
        ),
        column("table", "规模分档", "By enrolment").note(
            "按规模分档，写“人数上限:数量”，各档用分号隔开，人数自小到大，如 200:1；500:2（仅“按规模”）。",
            "Rows by enrolment as pupils at most:units, parted by semicolons and rising, such as 200:1; 500:2 (only for “by enrolment”).",
        ),
        column("none", "取消要求", "No norm").note(
            "“是”表示取消所选标准对这一资源的要求。",
            "Yes takes the shipped norm for this resource away.",
        ),
        IN_SCENARIO,
    ],
};
