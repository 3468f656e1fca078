//! Counties and the provinces they belong to.

use std::collections::BTreeMap;
use std::fmt;

use crate::words::{CountyIx, ProvinceIx, Table};

/// What stands between the names of a province and of a county, as in `Kogi/Bassa`.
pub const OF: char = '/';

/// A county (县区): a district that runs schools. Its name is unique inside its province only.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct County {
    /// Its own name.
    pub name: String,
    /// The province it belongs to.
    pub province: ProvinceIx,
    /// What tells it from every other county: its name, with the province before it where several provinces have a
    /// county of that name (`Kogi/Bassa`).
    pub label: String,
}

/// The label.
impl fmt::Display for County {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.label)
    }
}

/// A county's name with that of its province.
pub fn qualified(province: &str, county: &str) -> String {
    format!("{province}{OF}{county}")
}

/// The counties of a case from their names and provinces, in order; each pair stands once.
pub fn labelled(
    provinces: &Table<ProvinceIx, String>,
    stated: Vec<(String, ProvinceIx)>,
) -> Table<CountyIx, County> {
    let mut bearers: BTreeMap<String, usize> = BTreeMap::new();
    for (name, _) in &stated {
        *bearers.entry(name.clone()).or_default() += 1;
    }
    let labelled = stated.into_iter().map(|(name, province)| County {
        label: match bearers.get(&name) {
            Some(2..) => qualified(&provinces[province], &name),
            _ => name.clone(),
        },
        name,
        province,
    });
    labelled.collect::<Vec<_>>().into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_that_two_provinces_share_is_told_apart() {
        let provinces = Table::from(vec!["Kogi".to_string(), "Plateau".to_string()]);
        let stated = [("Bassa", 0), ("Lokoja", 0), ("Bassa", 1)];
        let stated = stated.map(|(name, at)| (name.to_string(), ProvinceIx::new(at)));
        let labels: Vec<String> = labelled(&provinces, stated.into())
            .iter()
            .map(County::to_string)
            .collect();
        assert_eq!(labels, ["Kogi/Bassa", "Lokoja", "Plateau/Bassa"]);
    }
}
