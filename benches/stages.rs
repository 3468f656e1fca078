//! The stages of the work apart: read, formulate, shrink (lump and blend), solve what is left, certify, plan (all of
//! these but reading, and ties and whole units), write; where a case is small enough, its files for offices (xlsx, docx,
//! html, charts), and the optimum after its budget has changed, in a process that keeps the case ready.
//! `cargo bench --bench stages`; `-- nigeria/read` runs one stage of one case. `county with every lever` is the county with
//! stock that falls out of use, projects of a least size, units that count twice, training of those who are there, shared
//! posts, remote lessons, aid to poor pupils, diverted pupils, targets, rules by township and an earlier plan to stay near.
//! At the end it is told how long building each program takes beside solving it.

use std::cell::LazyCell;
use std::hint::black_box;
use std::path::Path;
use std::sync::Arc;
use std::time::Instant;

use criterion::measurement::WallTime;
use criterion::{BenchmarkGroup, Criterion, criterion_group, criterion_main};
use junheng::case::{
    Among, Bound, BySection, Case, Change, Diversion, Each, Earlier, Lever, Measure, Most, Nature,
    Norm, NormBasis, Overlay, Policy, Quota, Resource, Rule, Scope, WriteOff,
};
use junheng::formulate::formulate;
use junheng::plan::{Answer, Known, Options, WhatIf, solve};
use junheng::program::Program;
use junheng::program::blend::blend;
use junheng::program::certificate::lower_bound;
use junheng::program::lump::lump;
use junheng::read::read_case;
use junheng::report::html::{self, Shown};
use junheng::report::proposal::{self, Form, Material, OwnWords, Stands, Template};
use junheng::report::workbook::{self, Studied};
use junheng::report::{self, Folder, Provenance, Question, chart, word};
use junheng::solve::{Said, SolverChoice, Want, minimise};
use junheng::study;
use junheng::words::{Halt, Lang, Money, Place, ResourceIx, SchoolIx};

fn shipped(name: &str) -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("scenarios")
        .join(name)
}

/// The county with every lever.
const LEVERS: &str = "county with every lever";

fn case(name: &str) -> Case {
    let shipped = |name| read_case(&shipped(name)).case;
    match name {
        LEVERS => with_levers(shipped("county").expect("a shipped case is sound")),
        _ => shipped(name).expect("a shipped case is sound"),
    }
}

/// A case with the levers and rules that it lacks.
fn with_levers(mut case: Case) -> Case {
    more_measures(&mut case);
    diversions(&mut case);
    let plan = solve(&case, &Options::default()).plan.expect("a plan");
    let middle = case.horizon.first_year + case.horizon.years as i32 / 2;
    for school in case.schools.iter_mut() {
        for (at, stock) in school.stock.iter().enumerate() {
            school.write_offs.push(WriteOff {
                resource: ResourceIx::new(at),
                units: (stock.unwrap_or(0.0) * 0.1).floor(),
                year: middle,
                along: false,
            });
        }
    }
    for measure in case.measures.iter_mut() {
        if measure.nature == Nature::Capital && !measure.lever.moves() {
            measure.least = case.resources[measure.resource].step * 5.0;
        }
    }
    let rule = |id: &str, rule| Policy {
        id: id.into(),
        name: id.into(),
        scope: Scope::default(),
        rule,
        place: Place::default(),
    };
    let target = Rule::Target {
        share: 0.1,
        from: case.horizon.last(),
    };
    let most = Rule::Quota {
        bound: Bound::Max,
        amount: Quota::Money(Money::from_main(5e7)),
        each_year: true,
        each: Each::Township,
    };
    let brought = plan.rows.iter();
    let brought = brought.map(|row| ((row.year, row.measure, row.school), row.units));
    let stay = Rule::Stay {
        earlier: Arc::new(Earlier::of(brought)),
        least: 0.6,
    };
    for (id, stated) in [("target", target), ("township", most), ("stay", stay)] {
        case.policies.push(rule(id, stated));
    }
    case
}

/// Adds teachers who are trained and shared, lessons from afar, and aid to a tenth of all pupils.
fn more_measures(case: &mut Case) {
    let resource = |id: &str| case.resources.find(|one| one.id == id).expect("a resource");
    let teachers = resource("teachers");
    let (trained, arts) = (
        resource("over-qualified-teachers"),
        resource("pe-arts-teachers"),
    );
    let aid = case.resources.push(Resource {
        id: "aid".into(),
        name: "aid".into(),
        unit: "yuan".into(),
        whole: false,
        step: 100.0,
        weight: 1.0,
        indicator: false,
    });
    let each = BySection {
        primary: Some(1000.0),
        junior: Some(1250.0),
    };
    case.standard.norms.push(Some(Norm {
        basis: NormBasis::PoorPupil {
            boarder: BySection {
                primary: None,
                junior: None,
            },
        },
        amount: each,
    }));
    for school in case.schools.iter_mut() {
        school.stock.push(Some(0.0));
        school.unusable.push(None);
        school.poor = school.pupils.as_ref().map(|pupils| BySection {
            primary: (pupils.primary * 0.1).floor(),
            junior: (pupils.junior * 0.1).floor(),
        });
    }
    let measure = |id: &str, resource, lever, most, cost| Measure {
        id: id.into(),
        name: id.into(),
        resource,
        also: Vec::new(),
        lever,
        most,
        step: None,
        among: Among::default(),
        least: 0.0,
        cost: Money::from_main(cost),
        subsidy: None,
        nature: Nature::Recurrent,
        body: "bureau".into(),
        scope: Scope::default(),
    };
    let course = Lever::Buy { lead: 1, life: 20 };
    let mut shared = measure("share", arts, Lever::Share, Most::Needed, 3e3);
    shared.step = Some(0.2);
    let more = [
        measure("train", trained, course, Most::NotYet(teachers), 1.2e4),
        measure("remote", arts, Lever::Hire, Most::PartOf(0.3), 2e4),
        measure("aid", aid, Lever::Aid, Most::Needed, 1.0),
        shared,
    ];
    for one in more {
        case.measures.push(one);
    }
}

/// Sends a fifth of the pupils of every tenth school to the next school to which they can go.
fn diversions(case: &mut Case) {
    let all: Vec<SchoolIx> = case.schools.ids().collect();
    for at in (0..all.len()).step_by(10) {
        let from = all[at];
        let to = all[at + 1..]
            .iter()
            .find(|&&to| case.can_divert(from, to, None));
        let Some((&to, pupils)) = to.zip(case.pupils(from, case.horizon.last())) else {
            continue;
        };
        let sent = Change::Divert(Diversion {
            from,
            to,
            since: case.horizon.last(),
            pupils: Some((pupils * 0.2).floor()),
            section: None,
            boards: false,
            brings: Vec::new(),
        });
        sent.apply(case);
    }
}

/// The stages of one case. What a stage needs is made when it is first run, so that `-- nigeria/read` reads only.
fn stages_of(criterion: &mut Criterion, name: &str) {
    let mut group = criterion.benchmark_group(name);
    group.sample_size(10);
    let case = LazyCell::new(|| case(name));
    let form = LazyCell::new(|| formulate(&case, &[]));
    let shown = LazyCell::new(|| shrunk(&form.program));
    let answer = LazyCell::new(|| solve(&case, &Options::default()));
    let place = tempfile::tempdir().expect("a folder");
    let folder = Folder::open(place.path()).expect("a folder");
    let from = Provenance {
        inputs: Vec::new(),
        scenarios: Vec::new(),
        solver: "auto".into(),
        kept: 0,
    };

    if name != LEVERS {
        group.bench_function("read", |b| b.iter(|| read_case(black_box(&shipped(name)))));
    }
    group.bench_function("formulate", |b| b.iter(|| formulate(black_box(&case), &[])));
    group.bench_function("shrink", |b| b.iter(|| shrunk(black_box(&form.program))));
    group.bench_function("solve", |b| b.iter(|| solved(black_box(&shown))));
    group.bench_function("certify", |b| {
        // What a bound takes does not depend on how good the multipliers are.
        let multipliers = vec![1.0; form.program.rows.len()];
        b.iter(|| lower_bound(black_box(&form.program), &multipliers))
    });
    group.bench_function("plan", |b| {
        b.iter(|| solve(black_box(&case), &Options::default()))
    });
    group.bench_function("write", |b| {
        let asked = Question {
            case: &case,
            scenario: None,
            lang: case.lang,
        };
        b.iter(|| report::write(&folder, &asked, black_box(&answer), &from, false));
    });
    if name != "nigeria" && name != LEVERS {
        papers(&mut group, &case, &answer, &from);
        group.bench_function("budget", |b| {
            // From the money as it is to a tenth less, back, to a tenth more, back: each a question of its own.
            let budgets = [0.9, 1.0, 1.1, 1.0].map(|factor| with_money(&case, factor));
            let mut next = budgets.iter().cycle();
            let (mut ready, _) = WhatIf::new(&case, &Options::default());
            b.iter(|| {
                let budget = next.next().expect("an endless round");
                let known = ready.ask(black_box(budget));
                assert!(matches!(known, Known::Point(_)), "proven");
                known
            });
            assert_eq!(ready.answered[1], 0, "no question was answered from cold");
        });
    }
    group.finish();
}

/// The files for offices: the workbook, the Word file with its pictures, the report as a page with the reasons of every
/// school, and the charts as files. Each from a plan that is there.
fn papers(
    group: &mut BenchmarkGroup<'_, WallTime>,
    case: &Case,
    answer: &Answer,
    from: &Provenance,
) {
    let asked = Question {
        case,
        scenario: None,
        lang: case.lang,
    };
    group.bench_function("xlsx", |b| {
        b.iter(|| {
            workbook::of_answer(&asked, black_box(answer), from, Studied::default())
                .expect("a workbook")
        })
    });
    let form = match case.lang {
        Lang::Zh => Form::ZhOfficial,
        Lang::En => Form::EnMemo,
    };
    let template = Template::read(form.text()).expect("a shipped form");
    let material = Material {
        asked,
        answer,
        from,
        caveats: Vec::new(),
        stands: Stands::default(),
        own: OwnWords::new(),
        frontier: None,
        comparison: None,
    };
    group.bench_function("docx", |b| {
        b.iter(|| {
            let page = proposal::page(&template, black_box(&material)).expect("a draft");
            word::render(&page, &form.layout()).expect("a document")
        })
    });
    let base = Overlay {
        name: "base".to_string(),
        title: "base".to_string(),
        changes: Vec::new(),
    };
    group.bench_function("html, solved anew", |b| {
        b.iter(|| {
            let options = Options::default();
            let (runs, bases) =
                study::compare_with_bases(black_box(case), &base, &[], &options, &|_, _| {});
            let shown = runs.iter().zip(bases).map(|(run, basis)| Shown {
                run,
                scenario: None,
                basis,
                from: from.clone(),
            });
            html::render(case.lang, &runs, shown.collect(), None)
        })
    });
    let plan = answer.plan.as_ref().expect("a plan");
    group.bench_function("charts", |b| {
        b.iter(|| {
            let charts = chart::of(&asked, black_box(plan));
            let bytes = charts.iter().map(|chart| {
                let sheet = chart.sheet();
                sheet.png().expect("a picture").len() + sheet.drawn().len()
            });
            bytes.sum::<usize>()
        })
    });
}

/// The case with all its funds times a factor.
fn with_money(case: &Case, factor: f64) -> Case {
    let mut changed = case.clone();
    Change::Fund { fund: None, factor }.apply(&mut changed);
    changed
}

/// What a solver is shown first.
fn shrunk(program: &Program) -> Program {
    let lumped = lump(program);
    blend(&lumped.program).map_or(lumped.program, |(shown, _)| shown)
}

fn solved(program: &Program) -> Said {
    minimise(
        program,
        SolverChoice::Auto,
        Want::Multipliers,
        &Halt::default(),
    )
}

fn stages(criterion: &mut Criterion) {
    for name in ["county", LEVERS, "osun", "nigeria"] {
        stages_of(criterion, name);
    }
}

/// Tells what building a program takes beside solving it (shrinking it and solving what is left): the best of some runs
/// of each.
fn building_beside_solving(_: &mut Criterion) {
    const RUNS: usize = 5;
    let best = |run: &dyn Fn()| {
        let timed = (0..RUNS).map(|_| {
            let start = Instant::now();
            run();
            start.elapsed()
        });
        timed.min().expect("some runs")
    };
    for name in ["county", LEVERS, "osun"] {
        let case = case(name);
        let form = formulate(&case, &[]);
        let build = best(&|| drop(black_box(formulate(black_box(&case), &[]))));
        let solve = best(&|| drop(black_box(solved(&shrunk(black_box(&form.program))))));
        println!("{name}: formulate {build:.1?}, shrink and solve {solve:.1?}");
    }
}

criterion_group!(benches, stages, building_beside_solving);
criterion_main!(benches);
