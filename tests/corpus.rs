//! A small fixed corpus through every reader: one of each kind of input, and whatever fuzzing once broke a reader with.

use std::fs;
use std::path::Path;

#[path = "fuzz/readers.rs"]
mod readers;

#[test]
fn every_seed_goes_through_its_reader() {
    let seeds = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fuzz/seeds");
    for (name, _) in readers::READERS {
        let mut files: Vec<_> = fs::read_dir(seeds.join(name))
            .unwrap_or_else(|failed| panic!("seeds of {name}: {failed}"))
            .map(|entry| entry.expect("an entry").path())
            .collect();
        files.sort();
        assert!(!files.is_empty(), "{name} has no seeds");
        for file in files {
            println!("{}", file.display());
            readers::feed(name, &fs::read(&file).expect("a seed"));
        }
    }
}
