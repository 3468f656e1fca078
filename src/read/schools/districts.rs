//! Provinces and counties as the school table names them.

use std::collections::HashMap;

use crate::case::{County, county};
use crate::read::names::Names;
use crate::words::{CountyIx, ProvinceIx, Table};

/// The provinces and counties met so far, in order of first appearance. A county is known by its name and province.
#[derive(Default)]
pub(super) struct Districts {
    provinces: Table<ProvinceIx, String>,
    province_of: HashMap<String, ProvinceIx>,
    counties: Vec<(String, ProvinceIx)>,
    /// By province: what each name stands for in it.
    county_of: Vec<HashMap<String, CountyIx>>,
}

impl Districts {
    /// The province of this name.
    pub(super) fn province(&mut self, name: &str) -> ProvinceIx {
        if let Some(known) = self.province_of.get(name) {
            return *known;
        }
        let new = self.provinces.push(name.to_string());
        self.province_of.insert(name.to_string(), new);
        self.county_of.push(HashMap::new());
        new
    }

    /// The county of this name in a province.
    pub(super) fn county(&mut self, province: ProvinceIx, name: &str) -> CountyIx {
        let inside = &mut self.county_of[province.at()];
        if let Some(known) = inside.get(name) {
            return *known;
        }
        let new = CountyIx::new(self.counties.len());
        inside.insert(name.to_string(), new);
        self.counties.push((name.to_string(), province));
        new
    }

    /// The tables, and their names made known. A county goes by its own name where no other has it, and always by
    /// `province/county`; a name that several bear is known as such, so that a reference to it is told what to write.
    pub(super) fn close(
        self,
        names: &mut Names,
    ) -> (Table<ProvinceIx, String>, Table<CountyIx, County>) {
        let Districts {
            mut provinces,
            counties,
            ..
        } = self;
        if provinces.is_empty() {
            provinces.push(String::new()); // a table without rows; a case has a province nevertheless
        }
        let counties = county::labelled(&provinces, counties);
        for (at, name) in provinces.pairs().filter(|(_, name)| !name.is_empty()) {
            names.provinces.add(name, at);
        }
        let mut bearers: HashMap<&str, Vec<String>> = HashMap::new();
        for one in counties.iter().filter(|one| one.label != one.name) {
            let all = bearers.entry(&one.name).or_default();
            all.push(one.label.clone());
        }
        for (at, one) in counties.pairs() {
            match bearers.remove(one.name.as_str()) {
                Some(longer) => names.counties.add_shared(&one.name, longer),
                None if one.label == one.name => names.counties.add(&one.name, at),
                None => {} // made known with the first of its bearers
            }
        }
        for (at, one) in counties.pairs() {
            let province = &provinces[one.province];
            let long = county::qualified(province, &one.name);
            if !province.is_empty() && !names.counties.has(&long) {
                names.counties.add(&long, at);
            }
        }
        (provinces, counties)
    }
}
