//! `[schools]`: where the school table is and what its columns mean.

use schemars::JsonSchema;
use serde::Deserialize;

use super::cohort::CohortRecord;
use crate::case::Stage;
use crate::read::at::{At, OneOrMany};

/// 学校表。The school table.
#[derive(Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(in crate::read) struct SchoolsRecord {
    /// 文件名（CSV、CSV.gz、XLSX、ODS 或 XLS），放在案例文件夹里。File name (CSV, CSV.gz, XLSX, ODS or XLS), inside the case folder.
    #[schemars(length(min = 1))]
    pub(in crate::read) file: At<String>,
    /// 工作簿里的工作表名，一个或几个；没有时读所有有这些表头的可见工作表。Sheets of the workbook, one or several; every visible one with these headers when absent.
    pub(in crate::read) sheet: Option<At<OneOrMany<String>>>,
    /// 各项内容在表中的表头。The header of each thing in the sheet.
    pub(in crate::read) columns: At<ColumnsRecord>,
    /// 由各年级人数推算以后各年的学生数。A forecast of pupils from the grades they are in.
    pub(in crate::read) cohort: Option<At<CohortRecord>>,
    /// 表中学段的写法。How the sheet spells the stages.
    #[serde(default)]
    pub(in crate::read) stages: StageWordsRecord,
    /// 表中没有的列所取的同一个值。One value for columns the sheet does not have.
    #[serde(default)]
    pub(in crate::read) constant: ConstantRecord,
    /// 只规划这些行；几条要同时满足，默认全部。Plan for these rows only; all conditions must hold; every row when absent.
    #[serde(default)]
    #[schemars(length(max = 100))]
    pub(in crate::read) only: Vec<At<OnlyRecord>>,
    /// 除常见写法外，表示“没有数据”的写法。Further marks for "missing", beside the usual ones.
    #[serde(default)]
    pub(in crate::read) missing: Vec<String>,
}

/// 只规划哪些行。A condition on the rows that are planned for.
#[derive(Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(in crate::read) struct OnlyRecord {
    /// 表头。The header of the column.
    pub(in crate::read) column: At<String>,
    /// 单元格是其中之一（不分大小写、全半角）。The cell is one of these, in any letter case and width.
    #[serde(default)]
    pub(in crate::read) values: Vec<At<String>>,
    /// 单元格是大于此数的数。The cell is a number above this one.
    pub(in crate::read) above: Option<f64>,
}

/// 各项内容在表中的表头。The header of each thing in the sheet.
#[derive(Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(in crate::read) struct ColumnsRecord {
    /// 学校代码，不得重复。School code, unique.
    pub(in crate::read) id: At<String>,
    /// 学校名称；没有时显示代码。School name; the code is shown when absent.
    pub(in crate::read) name: Option<At<String>>,
    /// 学段。Stage.
    pub(in crate::read) stage: Option<At<String>>,
    /// 城乡类型。Kind of area.
    pub(in crate::read) area: Option<At<String>>,
    /// 省份；没有时全部学校算一个省。Province; one province for all when absent.
    pub(in crate::read) province: Option<At<String>>,
    /// 县区；没有时全部学校算一个县。County; one county for all when absent.
    pub(in crate::read) county: Option<At<String>>,
    /// 乡镇。Township.
    pub(in crate::read) township: Option<At<String>>,
    /// 结对、学区或教育集团：写同样内容的学校为一组，空格为不在任何组。The group a school belongs to: pairs, clusters; empty for none.
    pub(in crate::read) group: Option<At<String>>,
    /// 在校生总数。Pupils in all.
    pub(in crate::read) pupils: Option<At<String>>,
    /// 小学部在校生（九年一贯制需要）。Pupils of the primary section (needed for nine-year schools).
    pub(in crate::read) pupils_primary: Option<At<String>>,
    /// 初中部在校生（九年一贯制需要）。Pupils of the junior section (needed for nine-year schools).
    pub(in crate::read) pupils_junior: Option<At<String>>,
    /// 各规划年预计在校生：每个规划年一列，按年份顺序。Pupils expected: one column a plan year, in order of years.
    pub(in crate::read) forecast: Option<At<OneOrMany<String>>>,
    /// 各规划年小学部预计在校生。Pupils expected in the primary section, one column a plan year.
    pub(in crate::read) forecast_primary: Option<At<OneOrMany<String>>>,
    /// 各规划年初中部预计在校生。Pupils expected in the junior section, one column a plan year.
    pub(in crate::read) forecast_junior: Option<At<OneOrMany<String>>>,
    /// 班级总数。Classes in all.
    pub(in crate::read) classes: Option<At<String>>,
    /// 小学部班级数。Classes of the primary section.
    pub(in crate::read) classes_primary: Option<At<String>>,
    /// 初中部班级数。Classes of the junior section.
    pub(in crate::read) classes_junior: Option<At<String>>,
    /// 寄宿生数。Boarders.
    pub(in crate::read) boarders: Option<At<String>>,
    /// 核定学位数：能容纳多少学生；没有时按班数和班额上限算。Pupils for whom there are places; by classes and their size when
    /// absent.
    pub(in crate::read) places: Option<At<String>>,
    /// 小学部学位数。Places of the primary section.
    pub(in crate::read) places_primary: Option<At<String>>,
    /// 初中部学位数。Places of the junior section.
    pub(in crate::read) places_junior: Option<At<String>>,
    /// 家庭经济困难学生数。Pupils with a claim to aid.
    pub(in crate::read) poor: Option<At<String>>,
    /// 小学部困难学生数。Those of the primary section.
    pub(in crate::read) poor_primary: Option<At<String>>,
    /// 初中部困难学生数。Those of the junior section.
    pub(in crate::read) poor_junior: Option<At<String>>,
    /// 困难学生中的寄宿生数。Those of them who board.
    pub(in crate::read) poor_boarders: Option<At<String>>,
    /// 纬度（度）。Latitude in degrees.
    pub(in crate::read) latitude: Option<At<String>>,
    /// 经度（度）。Longitude in degrees.
    pub(in crate::read) longitude: Option<At<String>>,
}

impl ColumnsRecord {
    /// All headers that are named, with the places where they are.
    pub(in crate::read) fn named(&self) -> Vec<At<String>> {
        let optional = [
            &self.name,
            &self.stage,
            &self.area,
            &self.province,
            &self.county,
            &self.township,
            &self.group,
            &self.pupils,
            &self.pupils_primary,
            &self.pupils_junior,
            &self.classes,
            &self.classes_primary,
            &self.classes_junior,
            &self.boarders,
            &self.places,
            &self.places_primary,
            &self.places_junior,
            &self.poor,
            &self.poor_primary,
            &self.poor_junior,
            &self.poor_boarders,
            &self.latitude,
            &self.longitude,
        ];
        let forecasts = self.forecasts().into_iter().flatten();
        std::iter::once(&self.id)
            .chain(optional.into_iter().flatten())
            .cloned()
            .chain(forecasts.flat_map(At::list))
            .collect()
    }

    /// What is said of the pupils expected: in all and by section.
    pub(in crate::read) fn forecasts(&self) -> [Option<&At<OneOrMany<String>>>; 3] {
        let all = [
            &self.forecast,
            &self.forecast_primary,
            &self.forecast_junior,
        ];
        all.map(Option::as_ref)
    }
}

/// 表中学段的写法；小学、初中、九年一贯制等总是认得。How the sheet spells the stages; the usual words are always known.
#[derive(Deserialize, JsonSchema, Default)]
#[serde(rename_all = "kebab-case", default)]
#[schemars(deny_unknown_fields)]
pub(in crate::read) struct StageWordsRecord {
    /// 算作小学的写法。Words for primary schools.
    pub(in crate::read) primary: Vec<String>,
    /// 算作初中的写法。Words for junior secondary schools.
    pub(in crate::read) junior: Vec<String>,
    /// 算作九年一贯制的写法。Words for nine-year schools.
    pub(in crate::read) nine_year: Vec<String>,
}

/// 表中没有的列所取的同一个值。One value for columns the sheet does not have.
#[derive(Deserialize, JsonSchema, Default)]
#[serde(default)]
#[schemars(deny_unknown_fields)]
pub(in crate::read) struct ConstantRecord {
    /// 省份。Province.
    pub(in crate::read) province: Option<String>,
    /// 县区。County.
    pub(in crate::read) county: Option<String>,
    /// 城乡类型。Kind of area.
    pub(in crate::read) area: Option<String>,
    /// 学段。Stage.
    pub(in crate::read) stage: Option<Stage>,
}
