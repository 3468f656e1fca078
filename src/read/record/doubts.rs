//! `[doubts]`: where the table of intervals of doubtful numbers is.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::read::at::{At, OneOrMany};

/// 存疑的数：哪所学校的哪一项，可能在什么范围。Doubtful numbers: which number of which school, and between what.
#[derive(Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(in crate::read) struct DoubtsRecord {
    /// 文件名（CSV、CSV.gz、XLSX、ODS 或 XLS），放在案例文件夹里。File name (CSV, CSV.gz, XLSX, ODS or XLS), inside the case folder.
    #[schemars(length(min = 1))]
    pub(in crate::read) file: At<String>,
    /// 工作簿里的工作表名，一个或几个；没有时读所有有这些表头的可见工作表。Sheets of the workbook, one or several; every visible one with these headers when absent.
    pub(in crate::read) sheet: Option<At<OneOrMany<String>>>,
    /// 各列的表头；没有时为 学校代码、项目、最低、最高、原因，或 school、quantity、low、high、why。The headers; school, quantity, low, high and why, or those in Chinese, when absent.
    #[serde(default)]
    pub(in crate::read) columns: DoubtColumnsRecord,
}

/// 存疑表的表头。The headers of the table of doubts.
#[derive(Deserialize, JsonSchema, Default)]
#[serde(default)]
#[schemars(deny_unknown_fields)]
pub(in crate::read) struct DoubtColumnsRecord {
    /// 学校代码。Code of the school.
    pub(in crate::read) school: Option<At<String>>,
    /// 项目：资源的代码或名称，或“在校生”“班级数”。Quantity: the code or name of a resource, or “pupils” or “classes”.
    pub(in crate::read) quantity: Option<At<String>>,
    /// 最低可能是多少（与该项目单位相同，资源指可用的数量）。The least it may be, in the unit of the quantity (usable stock).
    pub(in crate::read) low: Option<At<String>>,
    /// 最高可能是多少。The most it may be.
    pub(in crate::read) high: Option<At<String>>,
    /// 为什么存疑，可不填。Why it is doubted, may be empty.
    pub(in crate::read) why: Option<At<String>>,
}
