//! Scenarios and what they change.

use super::{FUND, MEASURE, POLICY, RESOURCE, column};
use crate::read::book::layout::{Form, NAME, Refers, SCENARIO, SheetSpec, WHAT};

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
        column("first", "先做到", "First").note(
            "“总缺口最小”，或“先保最低”：先逐级提高最低的学校，再使总缺口最小；留空为按案例。",
            "Smallest gap, or lowest first: the lowest school, then the next, then the smallest gap; as the case says when empty.",
        ),
        column("drop.policies", "取消政策", "Drops policies")
            .of(POLICY)
            .note(
                "这个情景里取消的政策（代码）。",
                "Policies that this scenario drops, by code.",
            ),
    ],
};

/// Factors on funds and prices, weights and smallest projects.
pub const CHANGES: SheetSpec = SheetSpec {
    name: ("情景系数", "Scenario factors"),
    about: (
        "情景里资金或单价乘以几、资源权重或项目最小规模改为几",
        "What a scenario multiplies funds or prices by, new weights of resources and new smallest projects",
    ),
    form: Form::Changes,
    columns: &[
        column(SCENARIO, "情景", "Scenario")
            .of(Refers::Scenarios)
            .note("哪个情景。", "The scenario that it changes."),
        column(WHAT, "改什么", "Changes").note(
            "资金、单价（乘以系数），或资源权重、项目最小规模（改为这个数）。",
            "Funds or prices (times the factor), or weights of resources or smallest projects (become this number).",
        ),
        column("fund.id", "资金", "Fund").of(FUND).note(
            "哪笔资金；改资金时留空为全部。",
            "Which fund; all when empty, where funds are changed.",
        ),
        column("cost.measures", "措施", "Measures")
            .of(MEASURE)
            .note(
                "改哪些措施的单价（与“资源”都留空为全部）或项目最小规模。",
                "Whose price (all when this and Resources are empty) or smallest project is changed.",
            ),
        column("cost.resources", "资源", "Resources")
            .of(RESOURCE)
            .note(
                "改补充哪些资源的单价，或改哪些资源的权重。",
                "The resources whose supply is priced anew, or whose weight is changed.",
            ),
        column("cost.factor", "系数", "Factor").note(
            "系数；0.8 为减两成。改权重或项目最小规模时为新的数。",
            "Factor; 0.8 is a fifth less. For weights and smallest projects, the new number.",
        ),
    ],
};
