//! `[links]`: where the table of roads between schools is.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::read::at::{At, OneOrMany};

/// 学校之间的道路表。The table of roads between schools.
#[derive(Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(in crate::read) struct LinksRecord {
    /// 文件名（CSV、CSV.gz、XLSX、ODS 或 XLS），放在案例文件夹里。File name (CSV, CSV.gz, XLSX, ODS or XLS), inside the case folder.
    #[schemars(length(min = 1))]
    pub(in crate::read) file: At<String>,
    /// 工作簿里的工作表名，一个或几个；没有时读所有有这些表头的可见工作表。Sheets of the workbook, one or several; every visible one with these headers when absent.
    pub(in crate::read) sheet: Option<At<OneOrMany<String>>>,
    /// 各列的表头；没有时为 from、to、km。The headers; from, to and km when absent.
    #[serde(default)]
    pub(in crate::read) columns: LinkColumnsRecord,
}

/// 道路表的表头。The headers of the table of roads.
#[derive(Deserialize, JsonSchema, Default)]
#[serde(default)]
#[schemars(deny_unknown_fields)]
pub(in crate::read) struct LinkColumnsRecord {
    /// 起点学校代码。Code of the school it starts from.
    pub(in crate::read) from: Option<At<String>>,
    /// 终点学校代码。Code of the school it leads to.
    pub(in crate::read) to: Option<At<String>>,
    /// 公里数。Kilometres.
    pub(in crate::read) km: Option<At<String>>,
}
