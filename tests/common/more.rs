//! The levers that planners name beside the plain ones, each in half of the cases: projects of a least size, classrooms by
//! classes, beds, aid, training, shared posts, nearer and paired exchanges, remote lessons, schools that divert or close,
//! and rules by place.

use super::*;

/// What a case has more, in the order in which it is drawn.
pub const LEVERS: [&str; 11] = [
    "least", "rooms", "beds", "aid", "train", "share", "near", "pass-on", "remote", "divert",
    "places",
];

/// A generated case with more levers; `with.levers` is what the plain one has.
pub fn every(seed: u64, with: With) -> Case {
    every_but(seed, with, &[])
}

/// The same without some of the levers.
pub fn every_but(seed: u64, with: With, without: &[&str]) -> Case {
    let mut case = county(seed, with);
    case.name = format!("case {seed} with more levers");
    let rng = &mut ChaCha8Rng::seed_from_u64(seed.wrapping_mul(977) + 13);
    map(rng, &mut case);
    for lever in LEVERS {
        // Drawn for each, so that leaving one out changes no other.
        let own = &mut ChaCha8Rng::seed_from_u64(rng.random_range(0..u64::MAX));
        if own.random_bool(0.5) && !without.contains(&lever) {
            case.name.push_str(&format!(", {lever}"));
            add(own, &mut case, lever);
        }
    }
    case.gather();
    case
}

/// Where schools lie, and to whom they belong.
fn map(rng: &mut ChaCha8Rng, case: &mut Case) {
    for school in case.schools.iter_mut() {
        school.position = rng.random_bool(0.9).then(|| Position {
            latitude: 29.5 + rng.random_range(0.0..0.12),
            longitude: 108.5 + rng.random_range(0.0..0.12),
        });
        school.group = ["", "a", "b"][rng.random_range(0..3)].into();
        school.township = ["", "north", "south"][rng.random_range(0..3)].into();
    }
}

fn add(rng: &mut ChaCha8Rng, case: &mut Case, lever: &str) {
    match lever {
        "least" => {
            case.measures[MeasureIx::new(3)].least = rng.random_range(5..80) as f64;
            case.measures[MeasureIx::new(2)].least = rng.random_range(1..60) as f64;
        }
        "rooms" => rooms(rng, case),
        "beds" => beds(rng, case),
        "aid" => aid(rng, case),
        "train" => train(rng, case),
        "share" => {
            let (paired, within) = (rng.random_bool(0.5), rng.random_bool(0.5).then_some(8.0));
            moving(
                case,
                "share",
                TEACHERS,
                Lever::Share,
                Among::of(paired, within),
                2_000.0,
            );
            let last = MeasureIx::new(case.measures.len() - 1);
            case.measures[last].step = Some(0.2);
        }
        "near" => {
            let term = rng.random_range(1..4);
            let near = Among::of(false, Some(4.0));
            moving(
                case,
                "near",
                TEACHERS,
                Lever::Rotate { term },
                near,
                3_000.0,
            );
        }
        "pass-on" => {
            let paired = Among::of(rng.random_bool(0.5), None);
            moving(case, "pass-on", BOOKS, Lever::Move, paired, 1.0);
        }
        "remote" => {
            let like = case.measures[MeasureIx::new(0)].clone();
            case.measures.push(Measure {
                id: "remote".into(),
                name: "remote".into(),
                lever: Lever::Buy { lead: 0, life: 3 },
                most: Most::PartOf(0.3),
                step: Some(0.1),
                cost: Money::from_main(30_000.0),
                ..like
            });
        }
        "divert" => divert(rng, case),
        "places" => places(rng, case),
        _ => unreachable!("{lever}"),
    }
}

fn moving(case: &mut Case, id: &str, resource: usize, lever: Lever, among: Among, cost: f64) {
    let like = case.measures[MeasureIx::new(1)].clone();
    case.measures.push(Measure {
        id: id.into(),
        name: id.into(),
        resource: ResourceIx::new(resource),
        lever,
        among,
        cost: Money::from_main(cost),
        ..like
    });
}

/// One more resource, what each school has of it, and one way of getting it.
fn resource(
    case: &mut Case,
    id: &str,
    (basis, amount): (NormBasis, f64),
    bought: (Lever, f64),
    stock: impl Fn(&School) -> f64,
) -> ResourceIx {
    let like = case.resources[ResourceIx::new(TEACHERS)].clone();
    let new = case.resources.push(Resource {
        id: id.into(),
        name: id.into(),
        ..like
    });
    case.standard.norms.push(Some(Norm {
        basis,
        amount: BySection {
            primary: Some(amount),
            junior: Some(amount * 1.2),
        },
    }));
    for school in case.schools.iter_mut() {
        school.stock.push(Some(stock(school)));
        school.unusable.push(None);
    }
    let (lever, cost) = bought;
    let like = case.measures[MeasureIx::new(2)].clone();
    case.measures.push(Measure {
        id: format!("get {id}"),
        name: format!("get {id}"),
        resource: new,
        lever,
        least: 0.0,
        cost: Money::from_main(cost),
        nature: Nature::Recurrent,
        ..like
    });
    new
}

fn all_pupils(school: &School) -> f64 {
    school
        .pupils
        .map_or(0.0, |pupils| pupils.primary + pupils.junior)
}

/// A room for each class, of as many classes as keep within the size.
fn rooms(rng: &mut ChaCha8Rng, case: &mut Case) {
    case.standard.sizes.class = BySection {
        primary: Some(45.0),
        junior: Some(50.0),
    };
    for school in case.schools.iter_mut() {
        let of_a_class = rng.random_range(30.0..60.0);
        school.classes = school.pupils.map(|pupils| BySection {
            primary: (pupils.primary / of_a_class).ceil(),
            junior: (pupils.junior / of_a_class).ceil(),
        });
    }
    let build = (Lever::Buy { lead: 1, life: 50 }, 200_000.0);
    let had = |school: &School| {
        let classes = school.classes.map_or(0.0, |all| all.primary + all.junior);
        (classes - (school.line % 3) as f64).max(0.0)
    };
    resource(case, "rooms", (NormBasis::ClassWithinSize, 1.0), build, had);
}

fn beds(rng: &mut ChaCha8Rng, case: &mut Case) {
    for school in case.schools.iter_mut() {
        let part = [0.0, 0.2, 0.5][rng.random_range(0..3)];
        school.boarders = Some((all_pupils(school) * part).floor());
    }
    let buy = (Lever::Buy { lead: 0, life: 15 }, 5_000.0);
    let had = |school: &School| (school.boarders.unwrap_or(0.0) * 0.7).floor();
    resource(case, "beds", (NormBasis::Boarder, 1.0), buy, had);
}

fn aid(rng: &mut ChaCha8Rng, case: &mut Case) {
    for school in case.schools.iter_mut() {
        let part = rng.random_range(0.0..0.2);
        school.poor = school.pupils.map(|pupils| BySection {
            primary: (pupils.primary * part).floor(),
            junior: (pupils.junior * part).floor(),
        });
    }
    let nobody = BySection {
        primary: None,
        junior: None,
    };
    let basis = NormBasis::PoorPupil { boarder: nobody };
    resource(case, "aid", (basis, 625.0), (Lever::Aid, 1.0), |_| 0.0);
}

/// Teachers who are trained to be qualified: no more than there are.
fn train(rng: &mut ChaCha8Rng, case: &mut Case) {
    let course = (Lever::Buy { lead: 1, life: 20 }, 12_000.0);
    let part = rng.random_range(0.2..0.9);
    let had = |school: &School| (school.stock[TEACHERS].unwrap_or(0.0) * part).floor();
    let norm = (NormBasis::HundredPupils, 4.2);
    resource(case, "qualified", norm, course, had);
    let last = MeasureIx::new(case.measures.len() - 1);
    case.measures[last].most = Most::NotYet(ResourceIx::new(TEACHERS));
}

/// Some pupils of a school go to another, or all of them.
fn divert(rng: &mut ChaCha8Rng, case: &mut Case) {
    let all: Vec<SchoolIx> = case.schools.ids().collect();
    for _ in 0..rng.random_range(1..=2) {
        let (from, to) = (
            all[rng.random_range(0..all.len())],
            all[rng.random_range(0..all.len())],
        );
        let closes = rng.random_bool(0.4);
        let since = YearIx::new(rng.random_range(0..case.horizon.years));
        if !case.can_divert(from, to, None) {
            continue;
        }
        let pupils = all_pupils(&case.schools[from]) * 0.25;
        let brings = [ResourceIx::new(TEACHERS), ResourceIx::new(BOOKS)];
        Change::Divert(Diversion {
            from,
            to,
            since,
            pupils: (!closes).then_some(pupils.floor()),
            section: None,
            boards: case.schools[to].boarders.is_some() && rng.random_bool(0.5),
            brings: if closes { brings.to_vec() } else { Vec::new() },
        })
        .apply(case);
    }
}

/// Money and posts that no school, township or county gets more of.
fn places(rng: &mut ChaCha8Rng, case: &mut Case) {
    let mut most = |id: &str, scope: Scope, amount: Quota, each: Each| {
        case.policies.push(Policy {
            id: id.into(),
            name: id.into(),
            scope,
            rule: Rule::Quota {
                bound: Bound::Max,
                amount,
                each_year: rng.random_bool(0.5),
                each,
            },
            place: Place::default(),
        });
    };
    let hire = Scope {
        measures: vec![MeasureIx::new(0)],
        ..Scope::default()
    };
    most("posts a township", hire, Quota::Units(3.0), Each::Township);
    let books = Scope {
        resources: vec![ResourceIx::new(BOOKS)],
        ..Scope::default()
    };
    let money = Quota::Money(Money::from_main(20_000.0));
    most("money a school", books, money, Each::School);
}
