//! Prints the states' funds of `scenarios/nigeria/case.toml` by their rule, an illustrative one: so much for each pupil
//! of the state, to the full million. `cargo run --example nigeria-funds`; a test holds `case.toml` to it.

use std::path::Path;

use junheng::case::Case;
use junheng::read::read_case;

/// NGN for each pupil of the state in the first, second and third plan year.
pub const PER_PUPIL: [f64; 3] = [800.0, 1_600.0, 2_400.0];

/// Each state with its amounts in millions, in order of first appearance in the school table.
pub fn amounts(case: &Case) -> Vec<(String, [i64; 3])> {
    let mut pupils = vec![0.0; case.provinces.len()];
    for (at, school) in case.schools.pairs() {
        let stated = school.pupils.map_or(0.0, |by| by.primary + by.junior);
        pupils[case.province(at).at()] += stated;
    }
    let states = case.provinces.iter().cloned().zip(pupils);
    states
        .map(|(state, pupils)| {
            (
                state,
                PER_PUPIL.map(|rate| (pupils * rate / 1e6).round() as i64),
            )
        })
        .collect()
}

/// A state as part of a code: `akwa-ibom`.
pub fn code(state: &str) -> String {
    state.to_lowercase().replace(' ', "-")
}

#[allow(dead_code)] // the test that includes this file does not print
fn main() -> Result<(), String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/nigeria");
    let case = read_case(&folder)
        .case
        .ok_or("the case has errors; run junheng check")?;
    for (state, [first, second, third]) in amounts(&case) {
        println!(
            "[[fund]]\nid = \"state-{}\"\nname = \"{state}: state education vote\"\namounts = [{first}, {second}, {third}]\n\
             pays = {{ provinces = [\"{state}\"], resources = [\"qualified-teachers\", \"toilets\", \"textbooks\"] }}\n",
            code(&state)
        );
    }
    Ok(())
}
