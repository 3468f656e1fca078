//! What a rule speaks of: resources, places, stages, kinds of spending. An empty field means "any".

use super::Case;
use super::nature::Nature;
use super::school::Stage;
use crate::words::{AreaIx, CountyIx, MeasureIx, ProvinceIx, ResourceIx, SchoolIx};

/// A part of a case. A pair of measure and school lies in it when every filled field names it.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Scope {
    /// These resources.
    pub resources: Vec<ResourceIx>,
    /// These measures.
    pub measures: Vec<MeasureIx>,
    /// Measures of these kinds of spending.
    pub natures: Vec<Nature>,
    /// Schools of these stages.
    pub stages: Vec<Stage>,
    /// Schools in these kinds of area.
    pub areas: Vec<AreaIx>,
    /// Schools of these provinces.
    pub provinces: Vec<ProvinceIx>,
    /// Schools of these counties.
    pub counties: Vec<CountyIx>,
    /// These schools.
    pub schools: Vec<SchoolIx>,
}

fn any<T: PartialEq>(named: &[T], one: &T) -> bool {
    named.is_empty() || named.contains(one)
}

impl Scope {
    /// Whether it speaks of this measure, whatever the school.
    pub fn covers_measure(&self, case: &Case, measure: MeasureIx) -> bool {
        let stated = &case.measures[measure];
        any(&self.measures, &measure)
            && any(&self.resources, &stated.resource)
            && any(&self.natures, &stated.nature)
    }

    /// Whether it speaks of this resource, whatever the measure and the school.
    pub fn covers_resource(&self, resource: ResourceIx) -> bool {
        any(&self.resources, &resource)
    }

    /// Whether it speaks of this school, whatever the measure.
    pub fn covers_school(&self, case: &Case, school: SchoolIx) -> bool {
        any(&self.counties, &case.schools[school].county)
            && any(&self.schools, &school)
            && self.suits(case, school)
    }

    /// Whether the fields that sort schools, and do not list them or their counties, name this one.
    pub(super) fn suits(&self, case: &Case, school: SchoolIx) -> bool {
        let stated = &case.schools[school];
        any(&self.stages, &stated.stage)
            && any(&self.areas, &stated.area)
            && any(&self.provinces, &case.counties[stated.county].province)
    }

    /// Whether it speaks of this measure at this school.
    pub fn covers(&self, case: &Case, measure: MeasureIx, school: SchoolIx) -> bool {
        self.covers_measure(case, measure) && self.covers_school(case, school)
    }
}
