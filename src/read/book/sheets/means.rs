//! What can be done and how it is weighed.

use super::{FUND, IN_SCENARIO, MEASURE, RESOURCE, column};
use crate::read::book::layout::{FACTORS, Form, SECTION, SheetSpec};

/// `[[measure]]`
pub const MEASURES: SheetSpec = SheetSpec {
    name: ("措施", "Measures"),
    about: (
        "补足缺口的办法：购置、建设、维修、培训、招聘、资助、轮岗、走教、调剂，单价多少、谁来办",
        "The ways of meeting needs: buying, building, repair, training, hiring, aid, rotation, sharing, moving; at what price and by whom",
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
        column("also", "同时计入", "Counts in").note(
            "每单位同时计入的其他资源代码，多个用“、”分开；“代码:数量”表示每单位计多少。",
            "Codes of other resources in which each unit counts, parted by ;. `code:units` says for how many.",
        ),
        column("from", "培训对象", "Trained from").of(RESOURCE),
        column("cost", "单价", "Price"),
        column("life", "使用年限", "Years of use"),
        column("lead", "建设周期", "Lead years"),
        column("term", "轮岗年数", "Rotation years"),
        column("step", "最小份额", "Smallest part").note(
            "一次至少配多少；走教默认 0.2 个岗位，即每周一天，其他默认为资源的最小单位（购置、建设、招聘、资助、走教）。",
            "The smallest amount handed out; 0.2 of a shared post when empty, a day a week, else the step of the resource (buying, building, hiring, aid, sharing).",
        ),
        column("within", "相距不超过（公里）", "Within km").note(
            "只在相距不超过这么多公里的学校之间（轮岗、走教、调剂）。",
            "Only between schools so many km from each other (rotation, sharing, moving).",
        ),
        column("paired", "限结对学校", "Within groups").note(
            "只在同一结对、学区或教育集团的学校之间，见“学校”表的“结对或学区”列（轮岗、走教、调剂）。",
            "Only between schools of the same group, see the column Group of Schools (rotation, sharing, moving).",
        ),
        column("part", "至多替代", "Stands in for").note(
            "至多替代标准的这一比例，如远程同步课堂 0.3；默认不限（购置、建设、招聘、资助）。",
            "The part of what the standard asks for that it may stand in for at most, such as remote lessons 0.3; all when empty (buying, building, hiring, aid).",
        ),
        column("subsidy", "外部补助", "Outside subsidy"),
        column("subsidy_years", "补助年数", "Subsidy years"),
        column("least", "项目最小规模", "Smallest project").note(
            "一所学校一年里要么不办，要么至少办这么多，如新建校舍每处不少于 200 平方米；可不填。",
            "At a school in a year either nothing or at least so many units, such as 200 m² of new building; may be empty.",
        ),
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
        column("per_pupil.primary", "小学生均", "Per primary pupil").note(
            "公用经费：每名小学生每年多少，金额随学生数变化；填了就不填每年金额。",
            "Money that comes by the pupil: how much a primary pupil and year; then no amounts are entered.",
        ),
        column("per_pupil.junior", "初中生均", "Per junior pupil"),
        column("per_pupil.boarder", "寄宿生另加", "More per boarder"),
        column("per_pupil.least", "不足按此人数", "Counted as least").note(
            "学生数少于它的学校按它计，如 100；默认不补。",
            "A school with fewer pupils is counted as having this many, such as 100.",
        ),
        column("per_pupil.share", "可用比例", "Share for the plan").note(
            "其中可以用于规划的比例，其余维持学校运转；默认全部。",
            "The part that may be spent on the plan, the rest runs the schools; all when empty.",
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
        "政策规定：资金占比、数量指标、支出金额、分阶段目标、禁止事项",
        "Rules: shares of the money, quotas, amounts of spending, phased targets, what is forbidden",
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
            "占比的基数：已用、可用的资金，上年用于同样对象的资金，或“配套”（仅“资金占比”），默认已用。",
            "Share of what: spent, available, year before or matched; of what is spent when empty (share only).",
        ),
        column("funds", "计入的资金", "Funds counted")
            .of(FUND)
            .note(
                "计入的资金，默认全部（仅“资金占比”）。",
                "Which funds count; all when empty (share only).",
            ),
        column("matched", "由其配套的资金", "Funds matched")
            .of(FUND)
            .note(
                "“计入的资金”要为这些资金配套，如上级专项（仅占比基数为“配套”）。",
                "What the funds counted have to match, such as grants from above (share of matched only).",
            ),
        column("each_year", "每年都要", "Each year").note(
            "是否每年都要满足，默认“是”。",
            "Whether it holds in each year; yes when empty.",
        ),
        column("by", "到哪一年", "By year").note(
            "从这一年起保持：分阶段目标必填；差异系数、达标项数等默认为最后一年。",
            "From this year on: required for a target; the last plan year when empty for limits on differences and indicators.",
        ),
        column("rest", "其余至少", "Rest at least").note(
            "其余各项至少达到标准的这一比例，0 到 1（仅“达标项数”，“至少”填项数），默认 0。",
            "The part of its norm that each other indicator has, 0 to 1 (indicators met only, with their number in At least); 0 when empty.",
        ),
        column("composite", "各项平均", "Mean of all").note(
            "限制各项差异系数的平均数而不是每一项（仅差异系数）。",
            "Whether the mean over the indicators is limited rather than each (coefficient of variation only).",
        ),
        column("plan", "原方案", "Earlier plan").note(
            "原方案的表（plan.csv 或工作簿），与本工作簿放在同一文件夹（仅“与原方案衔接”）。",
            "The table of the earlier plan, a plan.csv or workbook in the folder of this one (staying near an earlier plan only).",
        ),
        column("moving", "至多调出", "May be moved").note(
            "原方案的资金至多有多少可以调出，0 到 1（仅“与原方案衔接”）。",
            "The part of the earlier plan's money that may be taken from where it was, 0 to 1 (staying near an earlier plan only).",
        ),
        column("each", "分别满足", "In each").note(
            "在每县、每乡镇还是每校分别满足，默认合计（仅“数量指标”“支出金额”）。",
            "In each of which places it holds; over all when empty (quota and spending only).",
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

/// `[[divert]]`
pub const DIVERSIONS: SheetSpec = SheetSpec {
    name: ("分流撤并", "Diversions"),
    about: (
        "哪所学校的学生从哪一年起转到哪所学校；撤并一所学校时“学生数”留空",
        "Whose pupils go to which school from which year on; a site that is merged has no number of pupils",
    ),
    form: Form::List {
        case: "divert",
        scenario: Some("divert"),
    },
    columns: &[
        column("school", "转出学校", "From school"),
        column("to", "转入学校", "To school"),
        column("pupils", "学生数", "Pupils").note(
            "每年转出多少人；留空为全部，即撤并。",
            "Pupils a year; all when empty: the site is merged.",
        ),
        column("section", "学段", "Section").note(
            "只转出小学部或初中部；留空为全校。",
            "Of the primary or the junior section only; of the whole school when empty.",
        ),
        column("boards", "转入后寄宿", "Boards there").note(
            "转出的学生是否在转入学校寄宿，默认“否”。",
            "Whether those who go board at the other school; no when empty.",
        ),
        column("brings", "一并转入", "Brings along")
            .of(RESOURCE)
            .note(
                "撤并时存量一并转入的资源代码，多个用“、”分开。",
                "Codes of resources whose stock goes along when a site is merged, parted by ;.",
            ),
        column("since", "起始年份", "Since").note(
            "从哪一年起；留空为规划的第一年。",
            "The first year in which they are there; the first plan year when empty.",
        ),
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
