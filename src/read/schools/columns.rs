//! Which column of the sheet holds what.

use crate::read::at::{At, OneOrMany};
use crate::read::fold::fold;
use crate::read::nearest::nearest;
use crate::read::record::{ColumnsRecord, ResourceRecord, SchoolsRecord, Terms};
use crate::read::source::Source;
use crate::read::table::{Alike, Sheet, unit};
use crate::words::catalogue::{
    COUNT_OUT_OF_RANGE, HEADER_ALIKE, KEY_MISSING, UNIT_DIFFERS, UNKNOWN_COLUMN,
};
use crate::words::{Notice, Notices};

/// Columns of the sheet, counted from 0; `None` where the case names none or the sheet has none of that name.
#[derive(Debug)]
pub(super) struct Columns {
    pub(super) id: Option<usize>,
    pub(super) name: Option<usize>,
    pub(super) stage: Option<usize>,
    pub(super) area: Option<usize>,
    pub(super) province: Option<usize>,
    pub(super) county: Option<usize>,
    pub(super) township: Option<usize>,
    pub(super) group: Option<usize>,
    pub(super) pupils: Counted,
    pub(super) forecast: Forecast,
    pub(super) classes: Counted,
    pub(super) boarders: Option<usize>,
    pub(super) places: Counted,
    pub(super) poor: Counted,
    pub(super) poor_boarders: Option<usize>,
    pub(super) latitude: Option<usize>,
    pub(super) longitude: Option<usize>,
}

/// Columns of a count that may be stated in all or by section.
#[derive(Clone, Copy, Debug)]
pub(super) struct Counted {
    pub(super) total: Option<usize>,
    pub(super) primary: Option<usize>,
    pub(super) junior: Option<usize>,
}

/// Columns of the pupils expected, one a plan year; `None` where the case names none or the sheet lacks one of them.
#[derive(Debug)]
pub(super) struct Forecast {
    pub(super) total: Option<Vec<usize>>,
    pub(super) primary: Option<Vec<usize>>,
    pub(super) junior: Option<Vec<usize>>,
}

/// Columns of the stock of a resource.
#[derive(Debug)]
pub(super) struct StockColumns {
    /// Summed; `None` when one of them is not in the sheet.
    pub(super) stock: Option<Vec<usize>>,
    /// Taken off.
    pub(super) unusable: Option<Vec<usize>>,
    /// What falls out of use, the earliest first.
    pub(super) ages: Option<Vec<AgeColumn>>,
}

/// A column of stock that falls out of use in a year.
#[derive(Clone, Copy, Debug)]
pub(super) struct AgeColumn {
    pub(super) column: usize,
    /// The first calendar year in which it is out of use.
    pub(super) year: i32,
    /// Whether that follows from the year in which it was bought.
    pub(super) bought: bool,
}

/// Reports that no column tells the stages or the pupils of schools, where nothing else tells them either.
pub(super) fn report_missing(
    stated: &SchoolsRecord,
    stage_by_sheet: bool,
    source: &Source,
    notices: &mut Notices,
) {
    let columns = &stated.columns;
    let named = &columns.value;
    let stage = named.stage.is_some() || stated.constant.stage.is_some() || stage_by_sheet;
    let pupils = [&named.pupils, &named.pupils_primary, &named.pupils_junior]
        .into_iter()
        .any(Option::is_some);
    for (key, known) in [("stage", stage), ("pupils", pupils)] {
        if !known {
            notices.push(
                source
                    .notice(KEY_MISSING, &columns.span)
                    .with(key)
                    .with("[schools.columns]"),
            );
        }
    }
}

/// Finds columns by their headers; a header that the sheet does not have is reported.
pub(super) struct Finder<'a> {
    /// The sheet.
    pub(super) sheet: &'a Sheet,
    /// Where the headers are named.
    pub(super) source: &'a Source,
    /// Findings.
    pub(super) notices: &'a mut Notices,
}

impl Finder<'_> {
    /// The columns of the schools' own facts.
    pub(super) fn columns(&mut self, stated: &ColumnsRecord, years: Option<usize>) -> Columns {
        Columns {
            forecast: Forecast {
                total: self.yearly("forecast", &stated.forecast, years),
                primary: self.yearly("forecast_primary", &stated.forecast_primary, years),
                junior: self.yearly("forecast_junior", &stated.forecast_junior, years),
            },
            id: self.one(&stated.id),
            name: self.optional(&stated.name),
            stage: self.optional(&stated.stage),
            area: self.optional(&stated.area),
            province: self.optional(&stated.province),
            county: self.optional(&stated.county),
            township: self.optional(&stated.township),
            group: self.optional(&stated.group),
            pupils: Counted {
                total: self.optional(&stated.pupils),
                primary: self.optional(&stated.pupils_primary),
                junior: self.optional(&stated.pupils_junior),
            },
            classes: Counted {
                total: self.optional(&stated.classes),
                primary: self.optional(&stated.classes_primary),
                junior: self.optional(&stated.classes_junior),
            },
            boarders: self.optional(&stated.boarders),
            places: Counted {
                total: self.optional(&stated.places),
                primary: self.optional(&stated.places_primary),
                junior: self.optional(&stated.places_junior),
            },
            poor: Counted {
                total: self.optional(&stated.poor),
                primary: self.optional(&stated.poor_primary),
                junior: self.optional(&stated.poor_junior),
            },
            poor_boarders: self.optional(&stated.poor_boarders),
            latitude: self.optional(&stated.latitude),
            longitude: self.optional(&stated.longitude),
        }
    }

    /// The columns of a resource's stock.
    pub(super) fn stock(&mut self, resource: &ResourceRecord, terms: &Terms) -> StockColumns {
        let unusable = resource.unusable.as_ref().map(At::list).unwrap_or_default();
        let columns = StockColumns {
            stock: self.all(&resource.stock.list()),
            unusable: self.all(&unusable),
            ages: self.ages(resource, terms),
        };
        let all = [&columns.stock, &columns.unusable];
        let all = all.into_iter().flatten().flatten().copied();
        let aged = columns.ages.iter().flatten().map(|age| age.column);
        for column in all.chain(aged) {
            self.check_unit(column, &resource.unit);
        }
        columns
    }

    /// The columns of what falls out of use; `None` where one of them is missing, which is reported.
    fn ages(&mut self, resource: &ResourceRecord, terms: &Terms) -> Option<Vec<AgeColumn>> {
        let stated = resource.ages(terms, self.source, self.notices);
        let found: Vec<Option<AgeColumn>> = stated
            .iter()
            .map(|age| {
                Some(AgeColumn {
                    column: self.one(&age.header)?,
                    year: age.year,
                    bought: age.bought,
                })
            })
            .collect();
        found.into_iter().collect()
    }

    /// A unit in a header must not contradict that of the resource.
    fn check_unit(&mut self, column: usize, unit: &str) {
        let header = &self.sheet.header[column];
        let folded = fold(header);
        if let (_, Some(own)) = unit::split(&folded)
            && unit::contradict(own, unit)
        {
            let notice = Notice::new(UNIT_DIFFERS, self.sheet.header_place(column));
            self.notices
                .push(notice.text(header).with(header).with(own).with(unit));
        }
    }

    /// One column a plan year; another number of them is reported.
    fn yearly(
        &mut self,
        key: &str,
        stated: &Option<At<OneOrMany<String>>>,
        years: Option<usize>,
    ) -> Option<Vec<usize>> {
        let stated = stated.as_ref()?;
        let headers = stated.list();
        let found = self.all(&headers);
        let years = years?;
        if headers.len() != years {
            let notice = self.source.notice(COUNT_OUT_OF_RANGE, &stated.span);
            self.notices
                .push(notice.with(key).with(headers.len()).with(years));
            return None;
        }
        found
    }

    /// The columns with these headers; `None` where one of them is missing, which is reported.
    pub(super) fn all(&mut self, headers: &[At<String>]) -> Option<Vec<usize>> {
        let found: Vec<Option<usize>> = headers.iter().map(|header| self.one(header)).collect();
        found.into_iter().collect()
    }

    fn optional(&mut self, header: &Option<At<String>>) -> Option<usize> {
        header.as_ref().and_then(|header| self.one(header))
    }

    /// The column with this header.
    pub(super) fn one(&mut self, header: &At<String>) -> Option<usize> {
        let found = self.sheet.find(&header.value);
        if let Some((column, Alike::Unit | Alike::Level)) = found {
            let notice = self.source.notice(HEADER_ALIKE, &header.span);
            let own = &self.sheet.header[column];
            self.notices.push(notice.with(&header.value).with(own));
        }
        if found.is_none() {
            let named = self
                .sheet
                .header
                .iter()
                .map(String::as_str)
                .filter(|own| !own.is_empty());
            let meant = nearest(&header.value, named);
            let notice = self
                .source
                .notice(UNKNOWN_COLUMN, &header.span)
                .with(&header.value);
            self.notices
                .push(notice.with(self.sheet.file.display()).with(meant));
        }
        found.map(|(column, _)| column)
    }
}
