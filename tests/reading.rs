//! The simple case, read from its folder.

use std::path::Path;

use junheng::read::read_case;
use junheng::words::Lang;

#[test]
fn the_simple_case_reads_without_a_finding() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/simple_case");
    let reading = read_case(&folder);
    let found: Vec<String> = reading
        .notices
        .iter()
        .map(|n| {
            format!(
                "{} {} {:?} {}",
                n.code.0,
                n.place,
                n.text,
                n.message(Lang::En)
            )
        })
        .collect();
    assert_eq!(found, Vec::<String>::new());
    let case = reading.case.expect("a case");
    assert_eq!(
        (
            case.schools.len(),
            case.measures.len(),
            case.funds.len(),
            case.policies.len()
        ),
        (5, 3, 2, 2)
    );
    let names: Vec<&str> = reading
        .overlays
        .iter()
        .map(|overlay| overlay.name.as_str())
        .collect();
    assert_eq!(names, ["less", "mixed"]);
    let files: Vec<&str> = reading
        .hashes
        .iter()
        .map(|(file, _)| file.as_str())
        .collect();
    assert_eq!(
        files,
        [
            "case.toml",
            "schools.csv",
            "links.csv",
            "scenarios/less.toml",
            "scenarios/mixed.toml"
        ]
    );
}
