//! The sheets of a workbook that is a case, declared once: the template, the reader and the help come from here, and a
//! test holds them against the schema of `case.toml` and of scenarios.

use super::layout::{Column, FACTORS, Form, NAME, Refers, SCENARIO, SECTION, SheetSpec, WHAT};

/// All sheets, in the order of the template.
pub const SHEETS: &[SheetSpec] = &[
    CASE, SCHOOLS, RESOURCES, STANDARD, NORMS, MEASURES, FUNDS, POLICIES, BANDS, TILTS, ENROLMENT,
    LINKS, SCENARIOS, CHANGES, TABLES, ONLY,
];

const fn column(key: &'static str, zh: &'static str, en: &'static str) -> Column {
    Column::new(key, zh, en)
}

/// The scenario a row belongs to.
const IN_SCENARIO: Column = column(SCENARIO, "情景", "Scenario")
    .of(Refers::Scenarios)
    .note(
        "只属于某个情景的行，填情景名称；基准的行留空。",
        "The scenario this row belongs to; empty for the case itself.",
    );

const RESOURCE: Refers = Refers::Ids("resource");
const MEASURE: Refers = Refers::Ids("measure");
const FUND: Refers = Refers::Ids("fund");
const POLICY: Refers = Refers::Ids("policy");

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
    ],
};

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
        column("pupils", "在校生", "Pupils"),
        column("pupils_primary", "小学生数", "Primary pupils"),
        column("pupils_junior", "初中生数", "Junior pupils"),
        column("classes", "班级数", "Classes"),
        column("classes_primary", "小学班数", "Primary classes"),
        column("classes_junior", "初中班数", "Junior classes"),
        column("latitude", "纬度", "Latitude"),
        column("longitude", "经度", "Longitude"),
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

/// `[[measure]]`
pub const MEASURES: SheetSpec = SheetSpec {
    name: ("措施", "Measures"),
    about: (
        "补足缺口的办法：购置、建设、招聘、轮岗，单价多少、谁来办",
        "The ways of meeting needs: buying, building, hiring, rotation; at what price and by whom",
    ),
    form: Form::List {
        case: "measure",
        scenario: None,
    },
    columns: &[
        column("id", "代码", "Code").note(
            "代码，其他表里用它来引用；不得重复。",
            "Code by which the other sheets name it; unique.",
        ),
        column("name", "名称", "Name"),
        column("kind", "种类", "Kind"),
        column("resource", "补充的资源", "Resource").of(RESOURCE),
        column("cost", "单价", "Price"),
        column("life", "使用年限", "Years of use"),
        column("lead", "建设周期", "Lead years"),
        column("term", "轮岗年数", "Rotation years"),
        column("nature", "支出性质", "Nature of spending"),
        column("body", "责任单位", "Responsible body"),
        column("stages", "限学段", "Only stages"),
        column("areas", "限城乡类型", "Only areas"),
        column("provinces", "限省份", "Only provinces"),
        column("counties", "限县区", "Only counties"),
        column("schools", "限学校", "Only schools"),
    ],
};

/// `[[fund]]`
pub const FUNDS: SheetSpec = SheetSpec {
    name: ("资金", "Funds"),
    about: (
        "每笔资金每年多少、能用在哪里",
        "Money of each fund by year and what it may pay",
    ),
    form: Form::List {
        case: "fund",
        scenario: None,
    },
    columns: &[
        column("id", "代码", "Code").note(
            "代码，其他表里用它来引用；不得重复。",
            "Code by which the other sheets name it; unique.",
        ),
        column("name", "名称", "Name"),
        column("amounts", "每年相同", "Every year").note(
            "每年金额相同时只填这一格；各年不同时填右边各年的列。金额单位见“案例”表。",
            "One amount for every year, or else the columns of the years on the right; in the money unit of the sheet Case.",
        ),
        column("after", "规划期后每年", "A year after"),
        column("carry_over", "可结转", "Carries over").note(
            "当年结余可否结转以后使用，默认“否”。",
            "Whether what is left in a year may be spent later; no when empty.",
        ),
        column("pays.resources", "限资源", "Only resources").of(RESOURCE),
        column("pays.measures", "限措施", "Only measures").of(MEASURE),
        column("pays.natures", "限支出性质", "Only natures"),
        column("pays.stages", "限学段", "Only stages"),
        column("pays.areas", "限城乡类型", "Only areas"),
        column("pays.provinces", "限省份", "Only provinces"),
        column("pays.counties", "限县区", "Only counties"),
        column("pays.schools", "限学校", "Only schools"),
    ],
};

/// `[[policy]]`
pub const POLICIES: SheetSpec = SheetSpec {
    name: ("政策", "Policies"),
    about: (
        "政策规定：资金占比、数量指标、禁止事项",
        "Rules: shares of the money, quotas, what is forbidden",
    ),
    form: Form::List {
        case: "policy",
        scenario: Some("policy"),
    },
    columns: &[
        column("id", "代码", "Code").note(
            "代码，其他表里用它来引用；不得重复。",
            "Code by which the other sheets name it; unique.",
        ),
        column("name", "名称", "Name"),
        column("kind", "种类", "Kind"),
        column("min", "至少", "At least"),
        column("max", "至多", "At most"),
        column("min_of_stock", "至少占现有", "At least of stock").note(
            "至少为现有数量的这一比例，0 到 1（仅“数量指标”）。",
            "At least this share of the stock, 0 to 1 (quota only).",
        ),
        column("max_of_stock", "至多占现有", "At most of stock").note(
            "至多为现有数量的这一比例，0 到 1（仅“数量指标”）。",
            "At most this share of the stock, 0 to 1 (quota only).",
        ),
        column("of", "占比基数", "Share of").note(
            "占比的基数：已用或可用的资金，默认已用（仅“资金占比”）。",
            "Share of what; of what is spent when empty (share only).",
        ),
        column("funds", "计入的资金", "Funds counted")
            .of(FUND)
            .note(
                "计入的资金，默认全部（仅“资金占比”）。",
                "Which funds count; all when empty (share only).",
            ),
        column("each_year", "每年都要", "Each year").note(
            "是否每年都要满足，默认“是”。",
            "Whether it holds in each year; yes when empty.",
        ),
        column("each_county", "每县都要", "Each county").note(
            "是否每县都要满足，默认“否”（仅“数量指标”）。",
            "Whether it holds in each county; no when empty (quota only).",
        ),
        column("scope.resources", "对资源", "On resources").of(RESOURCE),
        column("scope.measures", "对措施", "On measures").of(MEASURE),
        column("scope.natures", "对支出性质", "On natures"),
        column("scope.stages", "对学段", "On stages"),
        column("scope.areas", "对城乡类型", "On areas"),
        column("scope.provinces", "对省份", "On provinces"),
        column("scope.counties", "对县区", "On counties"),
        column("scope.schools", "对学校", "On schools"),
        IN_SCENARIO,
    ],
};

/// `[[objective.bands]]`
pub const BANDS: SheetSpec = SheetSpec {
    name: ("缺口分段", "Bands"),
    about: (
        "差得越多权重越大；不填则不分段。情景的分段取代案例的分段",
        "More weight for those who lack most; no rows, no bands. Those of a scenario take the place of the case's",
    ),
    form: Form::List {
        case: "objective.bands",
        scenario: Some("bands"),
    },
    columns: &[
        column("below", "上界", "Below"),
        column("weight", "权重", "Weight"),
        IN_SCENARIO,
    ],
};

/// `[[objective.tilt]]`
pub const TILTS: SheetSpec = SheetSpec {
    name: ("倾斜", "Tilts"),
    about: (
        "给一部分学校更大的权重，如乡村学校",
        "More weight for some schools, such as rural ones",
    ),
    form: Form::List {
        case: "objective.tilt",
        scenario: Some("tilt"),
    },
    columns: &[
        column("weight", "权重", "Weight"),
        column("stages", "学段", "Stages"),
        column("areas", "城乡类型", "Areas"),
        column("provinces", "省份", "Provinces"),
        column("counties", "县区", "Counties"),
        column("schools", "学校", "Schools"),
        IN_SCENARIO,
    ],
};

/// `[enrolment]`
pub const ENROLMENT: SheetSpec = SheetSpec {
    name: ("在校生变化", "Enrolment"),
    about: (
        "各年在校生是学校表中人数的几倍；不填则不变",
        "Pupils of each year as a factor on the school table; steady without rows",
    ),
    form: Form::Yearly("enrolment"),
    columns: &[
        column(SECTION, "学段", "Section").note(
            "小学、初中，或两者相同。",
            "Primary, junior, or both alike.",
        ),
        column(FACTORS, "每年相同", "Every year").note(
            "每年倍数相同时只填这一格；各年不同时填右边各年的列。",
            "One factor for every year, or else the columns of the years on the right.",
        ),
        IN_SCENARIO,
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

/// The files of `scenarios/`.
pub const SCENARIOS: SheetSpec = SheetSpec {
    name: ("情景", "Scenarios"),
    about: (
        "每行一个情景。改资金、单价、权重在“情景系数”表；标准值、政策、倾斜、分段、在校生变化在各自的表里加行，并填“情景”列",
        "One scenario a row. Factors on funds, prices and weights stand in Scenario factors; norms, policies, tilts, bands and enrolment are rows of their own sheets with the column Scenario filled in",
    ),
    form: Form::Scenarios,
    columns: &[
        column(NAME, "情景", "Scenario").note(
            "情景名称，命令行 --scenario 用它；不得重复。",
            "Name of the scenario, as for --scenario on the command line; unique.",
        ),
        column("title", "标题", "Title"),
        column("include", "先套用", "Includes")
            .of(Refers::Scenarios)
            .note(
                "先套用的其他情景；几个时用顿号（、）或分号隔开。",
                "Other scenarios, applied first; several are parted by semicolons.",
            ),
        column("terminal_years", "规划期后计入年数", "Years after the plan"),
        column("drop.policies", "取消政策", "Drops policies")
            .of(POLICY)
            .note(
                "这个情景里取消的政策（代码）。",
                "Policies that this scenario drops, by code.",
            ),
    ],
};

/// Factors on funds, prices and weights.
pub const CHANGES: SheetSpec = SheetSpec {
    name: ("情景系数", "Scenario factors"),
    about: (
        "情景里资金或单价乘以几、资源权重改为几",
        "What a scenario multiplies funds or prices by, and new weights of resources",
    ),
    form: Form::Changes,
    columns: &[
        column(SCENARIO, "情景", "Scenario").of(Refers::Scenarios),
        column(WHAT, "改什么", "Changes").note(
            "资金、单价（乘以系数），或资源权重（改为这个数）。",
            "Funds or prices (times the factor), or weights of resources (become this number).",
        ),
        column("fund.id", "资金", "Fund").of(FUND).note(
            "哪笔资金；改资金时留空为全部。",
            "Which fund; all when empty, where funds are changed.",
        ),
        column("cost.measures", "措施", "Measures")
            .of(MEASURE)
            .note(
                "改哪些措施的单价；与“资源”都留空为全部。",
                "Whose price is changed; all when this and Resources are empty.",
            ),
        column("cost.resources", "资源", "Resources")
            .of(RESOURCE)
            .note(
                "改补充哪些资源的单价，或改哪些资源的权重。",
                "The resources whose supply is priced anew, or whose weight is changed.",
            ),
        column("cost.factor", "系数", "Factor").note(
            "系数；0.8 为减两成。改权重时为新的权重。",
            "Factor; 0.8 is a fifth less. For weights, the new weight.",
        ),
    ],
};

/// `[schools]` and `[links]`: only for tables with headers or words of their own.
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
        column("schools.columns.pupils", "“在校生”的列名", "Header of Pupils"),
        column("schools.columns.pupils_primary", "“小学生数”的列名", "Header of Primary pupils"),
        column("schools.columns.pupils_junior", "“初中生数”的列名", "Header of Junior pupils"),
        column("schools.columns.classes", "“班级数”的列名", "Header of Classes"),
        column("schools.columns.classes_primary", "“小学班数”的列名", "Header of Primary classes"),
        column("schools.columns.classes_junior", "“初中班数”的列名", "Header of Junior classes"),
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
