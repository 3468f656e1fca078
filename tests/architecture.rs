//! The floors: a room imports only from floors below it.

use std::fs;
use std::path::Path;

/// Each room with its floor; rooms on one floor do not know each other.
const FLOORS: &[(&str, u8)] = &[
    ("words", 0),
    ("case", 1),
    ("program", 1),
    ("read", 2),
    ("formulate", 2),
    ("solve", 2),
    ("plan", 3),
    ("study", 4),
    ("report", 5),
    ("cli", 6),
];

fn floor(room: &str) -> Option<u8> {
    FLOORS
        .iter()
        .find(|(name, _)| *name == room)
        .map(|(_, floor)| *floor)
}

fn sources(folder: &Path, found: &mut Vec<std::path::PathBuf>) {
    for entry in fs::read_dir(folder).expect("the source folder can be read") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            found.push(path);
        }
    }
}

#[test]
fn rooms_import_only_from_floors_below() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    sources(&root, &mut files);
    assert!(files.len() > 20, "the sources were found");
    let mut faults = Vec::new();
    for file in files {
        let inside = file.strip_prefix(&root).expect("inside src");
        let room = inside
            .components()
            .next()
            .expect("a room")
            .as_os_str()
            .to_string_lossy()
            .replace(".rs", "");
        let Some(own) = floor(&room) else {
            assert!(
                ["lib", "main"].contains(&room.as_str()),
                "{room} has no floor"
            );
            continue;
        };
        let text = fs::read_to_string(&file).expect("a source file");
        for (number, line) in text.lines().enumerate() {
            for used in line.split("crate::").skip(1) {
                let used: String = used
                    .chars()
                    .take_while(|c| c.is_alphanumeric() || *c == '_')
                    .collect();
                if let Some(other) = floor(&used)
                    && used != room
                    && other >= own
                {
                    faults.push(format!(
                        "{}:{}: {room} uses {used}",
                        inside.display(),
                        number + 1
                    ));
                }
            }
        }
    }
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

#[test]
fn only_one_room_names_a_solver() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    sources(&root, &mut files);
    for file in files {
        let text = fs::read_to_string(&file).expect("a source file");
        let inside = file.strip_prefix(&root).expect("inside src");
        if !inside.starts_with("solve") {
            assert!(
                !text.contains("good_lp"),
                "{} names good_lp",
                inside.display()
            );
        }
    }
}
