//! `[[divert]]`: pupils who are sent to another school.

use schemars::JsonSchema;
use serde::Deserialize;

use super::Terms;
use crate::case::{Case, Diversion, Section};
use crate::read::at::At;
use crate::read::names::Names;
use crate::read::source::Source;
use crate::words::catalogue::{DIVERTED_NOWHERE, KEY_MISSING, KEYS_EXCLUDE};
use crate::words::{Notices, SchoolIx, YearIx};

/// 分流、撤并：一所学校的学生转到另一所。Pupils of one school who go to another: diverted intake, or a site that is merged.
#[derive(Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(in crate::read) struct DivertRecord {
    /// 转出学校（代码）。The school they come from, by code.
    pub(in crate::read) school: At<String>,
    /// 转入学校（代码），须有同样的学段。The school they go to, by code; it has the same sections.
    pub(in crate::read) to: At<String>,
    /// 每年转出的学生数；不写则全部转出，即撤并。Pupils a year; all when absent: the site is merged.
    #[schemars(range(min = 0, max = 1e6))]
    pupils: Option<f64>,
    /// 只转出这一学段：primary 小学部或 junior 初中部；不写为全校。Only of this section; of the whole school when absent.
    section: Option<Section>,
    /// 转出的学生是否在转入学校寄宿，默认 false（学校表须有寄宿生一列）。Whether those who go board at the other school; false when
    /// absent (needs the column of boarders).
    boards: Option<At<bool>>,
    /// 一并转入的资源（代码），如教师、设备，只用于撤并；存量全部转入。Resources of which the whole stock goes along, such as
    /// teachers and equipment; only where all pupils go.
    #[serde(default)]
    brings: Vec<At<String>>,
    /// 从哪一年起；不写为规划的第一年。The year from which they are there; the first plan year when absent.
    since: Option<At<i32>>,
}

impl DivertRecord {
    /// Who goes where, `None` when it cannot be understood.
    pub(in crate::read) fn build(
        &self,
        terms: &Terms,
        names: &Names,
        source: &Source,
        notices: &mut Notices,
    ) -> Option<Diversion> {
        let from = names.schools.one(&self.school, source, notices);
        let to = names.schools.one(&self.to, source, notices);
        let since = match &self.since {
            None => Some(YearIx::new(0)),
            Some(stated) => terms.stated_year("since", stated, source, notices),
        };
        let brings = names.resources.all(&self.brings, source, notices);
        if let (Some(first), Some(_)) = (self.brings.first(), self.pupils) {
            let notice = source.notice(KEYS_EXCLUDE, &first.span);
            notices.push(notice.with("`brings`").with("`pupils`"));
        }
        Some(Diversion {
            from: from?,
            to: to?,
            since: since?,
            pupils: self.pupils,
            section: self.section,
            boards: self.boards.as_ref().is_some_and(|boards| boards.value),
            brings: brings?,
        })
    }
}

/// Whether pupils can go where a record says; reported when not.
pub(in crate::read) fn possible(
    case: &Case,
    one: &Diversion,
    stated: &DivertRecord,
    source: &Source,
    notices: &mut Notices,
) -> bool {
    if let Some(boards) = stated.boards.as_ref().filter(|boards| boards.value)
        && case.schools.iter().all(|school| school.boarders.is_none())
    {
        let notice = source.notice(KEY_MISSING, &boards.span);
        notices.push(notice.with("boarders").with("[schools.columns]"));
    }
    let possible = case.can_divert(one.from, one.to, one.section);
    if !possible {
        let name = |school: SchoolIx| case.schools[school].name.clone();
        let notice = source.notice(DIVERTED_NOWHERE, &stated.to.span);
        notices.push(notice.with(name(one.from)).with(name(one.to)));
    }
    possible
}
