//! `junheng sweep --parquet`.

use super::command::{FIVE, ended, run, text};

#[cfg(not(feature = "parquet"))]
#[test]
fn a_build_without_parquet_says_so_before_the_work() {
    let place = tempfile::tempdir().expect("a folder");
    let folder = place.path().to_str().expect("UTF-8");
    let asked = [
        "sweep",
        FIVE,
        "--vary",
        "funds=1",
        "--parquet",
        "--out",
        folder,
    ];
    for (lang, said) in [("en", "leave --parquet out"), ("zh", "去掉 --parquet")] {
        let output = run(&[&asked[..], &["--lang", lang]].concat());
        ended(&output, 2);
        let talk = text(&output.stderr);
        assert!(talk.contains("--features parquet"), "{talk}");
        assert!(talk.contains(said), "{talk}");
        assert!(output.stdout.is_empty());
    }
    let left = std::fs::read_dir(place.path()).expect("a folder").count();
    assert_eq!(left, 0);
}

#[test]
fn parquet_is_a_file_and_asks_for_a_folder() {
    let output = run(&[
        "sweep",
        FIVE,
        "--vary",
        "funds=1",
        "--parquet",
        "--lang",
        "en",
    ]);
    ended(&output, 2);
    assert!(text(&output.stderr).contains("--out"));
    let output = run(&[
        "sweep",
        FIVE,
        "--vary",
        "funds=1",
        "--parquet",
        "--lang",
        "zh",
    ]);
    ended(&output, 2);
    assert!(text(&output.stderr).contains("--out"));
}

#[cfg(feature = "parquet")]
mod written {
    use std::fmt::Write;
    use std::fs::{self, File};
    use std::path::Path;

    use junheng::read::read_case;
    use junheng::report::Question;
    use junheng::report::sweep::parquet;
    use junheng::study::sweep::Design;
    use junheng::words::Lang;
    use parquet::basic::Type;
    use parquet::file::reader::{FileReader, SerializedFileReader};
    use parquet::record::Field;

    use super::super::command::names;
    use super::*;

    /// A sweep with every kind of column, points with and without a plan, more than one scenario axis.
    fn sweep<'a>(folder: &'a str, lang: &'a str, more: &[&'a str]) -> Vec<&'a str> {
        let asked = [
            "sweep",
            FIVE,
            "--vary",
            "scenario=base,books-first",
            "--vary",
            "scenario=base,books-first",
            "--vary",
            "enrolment=~80%..120%",
            "--vary",
            "funds=0:2:0.5",
            "--draws",
            "3",
            "--parquet",
            "--out",
            folder,
            "--lang",
            lang,
        ];
        [&asked[..], more].concat()
    }

    fn read(folder: &Path, name: &str) -> Vec<u8> {
        fs::read(folder.join(name)).expect("a file")
    }

    #[test]
    fn read_back_it_equals_the_table() {
        // Points for which there is no time have no gap: cells without a value.
        for (lang, more, exit, empty) in
            [("en", &[][..], 0, 0), ("zh", &["--each", "0"], 3, 2 * 60)]
        {
            let place = tempfile::tempdir().expect("a folder");
            let folder = place.path().to_str().expect("UTF-8");
            let output = run(&sweep(folder, lang, more));
            ended(&output, exit);
            assert!(text(&output.stderr).contains("sweep.parquet"));
            let table = read(place.path(), "sweep.csv");
            let mut table = csv::Reader::from_reader(table.as_slice());
            let header = table.headers().expect("a header").clone();
            let rows: Vec<_> = table.records().map(|row| row.expect("a row")).collect();
            let file = File::open(place.path().join("sweep.parquet")).expect("a file");
            let reader = SerializedFileReader::new(file).expect("Parquet");
            let schema = reader.metadata().file_metadata().schema_descr();
            let kinds: Vec<Type> = schema
                .columns()
                .iter()
                .map(|one| one.physical_type())
                .collect();
            let (count, number, words) = (Type::INT64, Type::DOUBLE, Type::BYTE_ARRAY);
            assert_eq!(
                kinds,
                [
                    count, words, words, number, number, number, words, number, number, number
                ]
            );
            let found: Vec<_> = reader.get_row_iter(None).expect("rows").collect();
            assert_eq!((found.len(), rows.len()), (60, 60));
            let mut nothing = 0;
            for (row, cells) in found.into_iter().zip(&rows) {
                let row = row.expect("a row");
                let columns = row.get_column_iter().zip(&header).zip(cells).enumerate();
                for (at, (((name, field), header), cell)) in columns {
                    // The second axis of scenarios has a name of its own here.
                    let header = if at == 2 {
                        format!("{header} 2")
                    } else {
                        header.to_string()
                    };
                    assert_eq!(*name, header);
                    match field {
                        Field::Null => {
                            nothing += 1;
                            assert_eq!(cell, "");
                        }
                        Field::Long(value) => assert_eq!(cell.parse(), Ok(*value)),
                        Field::Double(value) => assert_eq!(cell.parse(), Ok(*value)),
                        Field::Str(value) => assert_eq!(cell, value),
                        other => panic!("{other:?}"),
                    }
                }
            }
            assert_eq!(nothing, empty);
        }
    }

    #[test]
    fn stopped_and_gone_on_it_has_the_same_bytes() {
        let whole = tempfile::tempdir().expect("a folder");
        ended(
            &run(&sweep(
                whole.path().to_str().expect("UTF-8"),
                "en",
                &["--threads", "2"],
            )),
            0,
        );
        let table = read(whole.path(), "sweep.csv");
        for cut in [0, table.len() / 3, table.len() / 2, table.len()] {
            let place = tempfile::tempdir().expect("a folder");
            let folder = place.path().to_str().expect("UTF-8");
            ended(&run(&sweep(folder, "en", &["--time-limit", "0"])), 3);
            assert!(!place.path().join("sweep.parquet").exists());
            fs::write(place.path().join("sweep.part.csv"), &table[..cut]).expect("written");
            ended(&run(&sweep(folder, "en", &["--threads", "1"])), 0);
            let files = ["sweep.csv", "sweep.json", "sweep.md", "sweep.parquet"];
            assert_eq!(names(place.path()), files);
            for name in files {
                assert_eq!(
                    read(place.path(), name),
                    read(whole.path(), name),
                    "{name} cut at {cut}"
                );
            }
        }
    }

    #[test]
    fn a_long_table_is_written_in_groups() {
        let case = read_case(Path::new(FIVE)).case.expect("a sound case");
        let question = Question {
            case: &case,
            scenario: None,
            lang: Lang::En,
        };
        let design = Design {
            axes: Vec::new(),
            draws: 1,
            seed: 1,
            piece: 1,
        };
        let mut table = String::from("no.,money,verdict,gap now,smallest gap,lower bound\n");
        for number in 1..=150_000 {
            writeln!(table, "{number},22600,proven best,239.75,{}.5,", number % 7)
                .expect("written");
        }
        let mut out = tempfile::tempfile().expect("a file");
        parquet(&mut out, &question, &design, &mut table.as_bytes()).expect("written");
        let reader = SerializedFileReader::new(out).expect("Parquet");
        let groups = reader.metadata().row_groups().iter();
        let rows: Vec<i64> = groups.map(|group| group.num_rows()).collect();
        assert_eq!(rows, [65_536, 65_536, 18_928]);
        let last = reader
            .get_row_iter(None)
            .expect("rows")
            .last()
            .expect("a row");
        let last = last.expect("a row");
        let fields: Vec<&Field> = last.get_column_iter().map(|(_, field)| field).collect();
        assert_eq!(*fields[0], Field::Long(150_000));
        assert_eq!((fields[4], fields[5]), (&Field::Double(4.5), &Field::Null));
        // What is not a number where one belongs is a fault, and no empty cell.
        let wrong = "no.,money,verdict,gap now,smallest gap,lower bound\n1,much,x,1,1,1\n";
        let failed = parquet(&mut Vec::new(), &question, &design, &mut wrong.as_bytes());
        assert!(failed.is_err_and(|failed| failed.to_string().contains("much")));
    }
}
