//! The solvers, the certificate and lumping on generated counties: `cargo bench --bench solvers`.

#[path = "../tests/generated/mod.rs"]
mod generated;

use criterion::{BenchmarkId, Criterion, criterion_group, criterion_main};
use generated::{Size, county, seeded};
use junheng::program::Program;
use junheng::program::certificate::lower_bound;
use junheng::program::lump::lump;
use junheng::solve::{SolverChoice, Want, minimise};
use junheng::words::Halt;
use std::hint::black_box;
use std::time::Duration;

/// A county of schools that all differ; the words a benchmark's name shows.
fn counties() -> Vec<(String, Program)> {
    let size = |schools| Size {
        schools,
        resources: 4,
        years: 5,
        kinds: 0,
    };
    let named = |schools| {
        (
            format!("{schools} schools"),
            county(&mut seeded(1), size(schools)),
        )
    };
    [20, 60, 120].map(named).into()
}

fn solve(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("solve");
    group
        .sample_size(10)
        .measurement_time(Duration::from_secs(5));
    let solvers = [
        SolverChoice::Clarabel,
        SolverChoice::Microlp,
        SolverChoice::Interior,
        #[cfg(feature = "highs")]
        SolverChoice::Highs,
    ];
    for (name, program) in counties() {
        for solver in solvers {
            group.bench_function(BenchmarkId::new(format!("{solver:?}"), &name), |bencher| {
                bencher
                    .iter(|| minimise(black_box(&program), solver, Want::Values, &Halt::default()));
            });
        }
    }
    group.finish();
}

fn certify(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("certify");
    for (name, program) in counties() {
        let multipliers = vec![0.01; program.rows.len()];
        group.bench_function(BenchmarkId::from_parameter(&name), |bencher| {
            bencher.iter(|| lower_bound(black_box(&program), &multipliers));
        });
    }
    group.finish();
}

/// Lumping a prefecture and a province: schools of 50 kinds.
fn lumping(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("lump");
    group.sample_size(10);
    for schools in [2_000, 20_000] {
        let program = county(
            &mut seeded(1),
            Size {
                schools,
                resources: 4,
                years: 5,
                kinds: 50,
            },
        );
        group.bench_function(BenchmarkId::from_parameter(schools), |bencher| {
            bencher.iter(|| lump(black_box(&program)));
        });
    }
    group.finish();
}

criterion_group!(stages, solve, certify, lumping);
criterion_main!(stages);
