//! More than a hundred ways of spoiling a good plan, one kind each, and the rule under which the audit must notice it.
//!
//! The plan is that of the shipped district, in which every lever and rule stands once.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;

use junheng::case::balance::Index;
use junheng::case::*;
use junheng::plan::{Options, PlanRow, audit, solve};
use junheng::read::read_case;
use junheng::words::*;

/// Every rule that the audit knows.
const RULES: [&str; 22] = [
    "differences",
    "earmark",
    "fund",
    "fund-after",
    "in-time",
    "indicators",
    "kept",
    "no-more-than-of-use",
    "no-negative-payment",
    "no-school-below-today",
    "only-rotation-takes",
    "open-measure",
    "price",
    "project",
    "quota",
    "rotation-balance",
    "rotation-to-itself",
    "share",
    "stay",
    "stock",
    "target",
    "whole-steps",
];

/// A spoiled plan: how, under which rule it must be noticed, and its rows.
struct Spoiled {
    how: String,
    rule: &'static str,
    rows: Vec<PlanRow>,
}

/// A case with its plan and what has been made of it.
struct Workshop {
    case: Case,
    plan: Vec<PlanRow>,
    spoiled: Vec<Spoiled>,
}

impl Workshop {
    /// Notes a plan in which the rows have been changed.
    fn spoil(&mut self, how: String, rule: &'static str, change: impl FnOnce(&mut Vec<PlanRow>)) {
        let mut rows = self.plan.clone();
        change(&mut rows);
        assert_ne!(rows, self.plan, "{how}: nothing was changed");
        self.spoiled.push(Spoiled { how, rule, rows });
    }

    fn measure(&self, id: &str) -> MeasureIx {
        let found = self.case.measures.find(|one| one.id == id);
        found.expect("a measure of the district")
    }

    fn is_rotation(&self, measure: MeasureIx) -> bool {
        self.case.measures[measure].lever.moves()
    }

    /// The position of the first row that brings units of a measure.
    fn row_of(&self, measure: MeasureIx) -> usize {
        let brings = |row: &PlanRow| row.measure == measure && row.units > 0.0;
        let found = self.plan.iter().position(brings);
        found.expect("every measure of the district is used but for one")
    }

    /// The measures that the plan uses.
    fn used(&self) -> Vec<MeasureIx> {
        let used: BTreeSet<MeasureIx> = self.plan.iter().map(|row| row.measure).collect();
        used.into_iter().collect()
    }

    /// A row that brings so many units, paid as it must be by the fund that pays such things.
    fn bought(&self, school: SchoolIx, id: &str, year: usize, units: f64) -> PlanRow {
        let measure = self.measure(id);
        let at = self
            .plan
            .iter()
            .find(|row| row.fund.is_some() && row.measure == measure);
        let fund = at.map_or(FundIx::new(1), |row| row.fund.expect("it is paid"));
        let mut row = PlanRow {
            school,
            measure,
            year: YearIx::new(year),
            units,
            fund: Some(fund),
            payments: vec![Money::ZERO; self.case.horizon.years],
            after: Money::ZERO,
        };
        pay(&self.case, &mut row);
        row
    }
}

/// Pays a row what its units cost, in the periods in which it is due.
fn pay(case: &Case, row: &mut PlanRow) {
    let each = case.measures[row.measure].cost.times(row.units.max(0.0));
    let paid = case.paid(row.measure, row.year);
    for (period, part) in row.payments.iter_mut().enumerate() {
        *part = if paid.contains(&period) {
            each
        } else {
            Money::ZERO
        };
    }
    let goes_on = paid.contains(&case.horizon.years);
    row.after = if goes_on { each } else { Money::ZERO };
}

fn workshop() -> Workshop {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/district");
    let case = read_case(&folder).case.expect("a case that can be planned");
    let plan = solve(&case, &Options::default()).plan.expect("a plan");
    // No plan is nearer to it than it is itself.
    let mut case = case;
    let brought = plan.rows.iter();
    let brought = brought.map(|row| ((row.year, row.measure, row.school), row.units));
    case.policies.push(Policy {
        id: "stay".into(),
        name: "stay".into(),
        scope: Scope::default(),
        rule: Rule::Stay {
            earlier: Arc::new(Earlier::of(brought)),
            least: 1.0,
        },
        place: Place::default(),
    });
    assert!(audit::audit(&case, &plan.rows, &plan.rows).passed());
    Workshop {
        case,
        plan: plan.rows,
        spoiled: Vec::new(),
    }
}

#[test]
fn a_hundred_tampered_plans_are_noticed_each_under_its_own_rule() {
    let mut shop = workshop();
    units(&mut shop);
    prices(&mut shop);
    earmarks(&mut shop);
    funds(&mut shop);
    years(&mut shop);
    rotation(&mut shop);
    uses(&mut shop);
    projects(&mut shop);
    stay(&mut shop);
    places(&mut shop);
    ends(&mut shop);
    training(&mut shop);
    quotas(&mut shop);
    targets(&mut shop);
    growth(&mut shop);
    matching(&mut shop);
    kept(&mut shop);
    differences(&mut shop);
    indicators(&mut shop);
    let hows: BTreeSet<&str> = shop.spoiled.iter().map(|one| one.how.as_str()).collect();
    assert_eq!(hows.len(), shop.spoiled.len(), "each kind stands once");
    assert!(hows.len() >= 100, "{}", hows.len());
    for one in &shop.spoiled {
        let found = audit::audit(&shop.case, &one.rows, &shop.plan[..2]);
        let rules: BTreeSet<&str> = found.breaches.iter().map(|breach| breach.rule).collect();
        assert!(rules.contains(one.rule), "{}: found {rules:?}", one.how);
        for breach in &found.breaches {
            assert!(!breach.message.0.is_empty() && !breach.message.1.is_empty());
        }
    }
    let rules: BTreeSet<&str> = shop.spoiled.iter().map(|one| one.rule).collect();
    assert_eq!(rules, BTreeSet::from(RULES), "every rule of the audit");
}

/// Parts of units, and things taken away that cannot be.
fn units(shop: &mut Workshop) {
    for measure in shop.used() {
        let (at, name) = (shop.row_of(measure), shop.case.measures[measure].id.clone());
        let step = shop.case.resources[shop.case.measures[measure].resource].step;
        let case = shop.case.clone();
        shop.spoil(
            format!("half a step more of {name}"),
            "whole-steps",
            |rows| {
                rows[at].units += step / 2.0;
                pay(&case, &mut rows[at]);
            },
        );
        if !shop.is_rotation(measure) {
            shop.spoil(
                format!("less than nothing of {name}"),
                "only-rotation-takes",
                |rows| {
                    rows[at].units = -rows[at].units;
                },
            );
        }
    }
}

/// Money that is not what the units cost.
fn prices(shop: &mut Workshop) {
    for measure in shop.used() {
        let (at, name) = (shop.row_of(measure), shop.case.measures[measure].id.clone());
        let step = shop.case.resources[shop.case.measures[measure].resource].step;
        shop.spoil(
            format!("one more of {name} for the same money"),
            "price",
            |rows| {
                rows[at].units += step;
            },
        );
        shop.spoil(
            format!("a hundredth too much for {name}"),
            "price",
            |rows| {
                let paid = rows[at].payments.iter_mut().find(|part| !part.is_zero());
                *paid.expect("it is paid") += Money::cents(1);
            },
        );
        shop.spoil(format!("{name} paid in another year"), "price", |rows| {
            rows[at].payments.rotate_right(1);
            rows[at].payments[0] += Money::cents(100);
        });
    }
    let hired = shop.row_of(shop.measure("hire-pe-arts"));
    shop.spoil(
        "nobody pays for who is hired after the plan".into(),
        "price",
        |rows| {
            rows[hired].after = Money::ZERO;
        },
    );
    shop.spoil(
        "a payment below nothing".into(),
        "no-negative-payment",
        |rows| {
            let other = rows
                .iter()
                .position(|row| row.fund.is_some())
                .expect("a payment");
            rows[other].payments[1] -= Money::from_main(1e6);
        },
    );
}

/// Money of a fund that may not pay for it, and of none.
fn earmarks(shop: &mut Workshop) {
    for measure in shop.used() {
        let (at, name) = (shop.row_of(measure), shop.case.measures[measure].id.clone());
        shop.spoil(
            format!("{name} paid by the wrong fund"),
            "earmark",
            |rows| {
                let fund = rows[at].fund.expect("it is paid");
                // Capital is paid by the first and the third, the rest by the second.
                rows[at].fund = Some(FundIx::new(usize::from(fund.at() != 1)));
            },
        );
        shop.spoil(format!("{name} paid by nobody"), "earmark", |rows| {
            rows[at].fund = None
        });
    }
}

/// More than there is, by fund and year.
fn funds(shop: &mut Workshop) {
    let case = shop.case.clone();
    for (fund, stated) in case.funds.pairs() {
        for year in 0..case.horizon.years {
            let what = if fund.at() == 0 {
                "buy-equipment"
            } else {
                "train-degree"
            };
            let cost = case.measures[shop.measure(what)].cost;
            let units = (stated.total().main() / cost.main()).ceil() + 1.0;
            let row = PlanRow {
                fund: Some(fund),
                ..shop.bought(SchoolIx::new(0), what, year, units)
            };
            let how = format!("{} spends all it has and more in year {year}", stated.id);
            shop.spoil(how, "fund", |rows| rows.push(row));
        }
    }
    let row = shop.bought(SchoolIx::new(6), "hire-teachers", 2, 14.0);
    shop.spoil(
        "more pay than comes after the plan".into(),
        "fund-after",
        |rows| rows.push(row),
    );
}

/// What would be of use too late, or begins when nothing is planned.
fn years(shop: &mut Workshop) {
    let last = shop.case.horizon.years - 1;
    for id in ["build-rooms", "train-backbone", "train-degree"] {
        let at = shop.row_of(shop.measure(id));
        shop.spoil(format!("{id} begun after the plan"), "in-time", |rows| {
            rows[at].year = YearIx::new(last + 1);
        });
    }
    let mut short = shop.case.clone();
    short.measures[MeasureIx::new(0)].scope.stages = vec![Stage::Primary];
    let junior = |row: &PlanRow| short.schools[row.school].stage == Stage::Junior;
    let mended = shop
        .plan
        .iter()
        .position(|row| row.measure.at() == 0 && junior(row));
    let found = audit::audit(&short, &shop.plan, &[]);
    assert!(mended.is_some() && found.breaches.iter().any(|one| one.rule == "open-measure"));
}

/// Posts that come from nowhere, go nowhere, or leave a school short.
fn rotation(shop: &mut Workshop) {
    let measure = shop.measure("rotate-backbone");
    let moved: Vec<usize> = (0..shop.plan.len())
        .filter(|&at| shop.plan[at].measure == measure)
        .collect();
    for &at in &moved {
        let (row, case) = (&shop.plan[at], &shop.case);
        let school = &case.schools[row.school].name;
        let school = format!("{school} in year {}", row.year.at());
        let way = if row.units > 0.0 {
            "arrives at"
        } else {
            "leaves"
        };
        shop.spoil(
            format!("nobody {way} {school} after all"),
            "rotation-balance",
            |rows| {
                rows.remove(at);
            },
        );
        let stage = shop.case.schools[shop.plan[at].school].stage;
        let other = shop
            .case
            .schools
            .find(|one| one.stage != stage)
            .expect("two stages");
        shop.spoil(
            format!("who {way} {school} changes the stage"),
            "rotation-balance",
            |rows| {
                rows[at].school = other;
            },
        );
    }
    let receives = moved.iter().copied().find(|&at| shop.plan[at].units > 0.0);
    let receives = receives.expect("somebody arrives");
    let stage = shop.case.schools[shop.plan[receives].school].stage;
    for (donor, stated) in shop
        .case
        .clone()
        .schools
        .pairs()
        .filter(|(_, one)| one.stage == stage)
    {
        let case = shop.case.clone();
        let mut row = shop.plan[receives].clone();
        let leaves = PlanRow {
            school: donor,
            units: -40.0,
            fund: None,
            payments: vec![Money::ZERO; case.horizon.years],
            after: Money::ZERO,
            ..row.clone()
        };
        row.units = 40.0;
        pay(&case, &mut row);
        if donor == row.school {
            continue;
        }
        let how = format!("{} gives forty backbone teachers", stated.name);
        shop.spoil(how, "no-school-below-today", |rows| {
            rows.extend([row, leaves])
        });
    }
}

/// More mended than is broken, more trained than can be.
fn uses(shop: &mut Workshop) {
    for (school, stated) in shop.case.clone().schools.pairs() {
        for id in ["repair-rooms", "train-degree", "train-backbone"] {
            let units = shop
                .case
                .most(shop.measure(id), school)
                .expect("it is bounded")
                + 1.0;
            let row = shop.bought(school, id, 0, units);
            let how = format!("more {id} at {} than there is use for", stated.name);
            shop.spoil(how, "no-more-than-of-use", |rows| rows.push(row));
        }
    }
}

/// Less than the smallest project.
fn projects(shop: &mut Workshop) {
    let case = shop.case.clone();
    let measure = shop.measure("buy-equipment");
    let (at, least) = (shop.row_of(measure), case.measures[measure].least);
    assert!(least > 0.0);
    shop.spoil("a purchase cut below the least".into(), "project", |rows| {
        rows[at].units = least - 100.0;
        pay(&case, &mut rows[at]);
    });
    let row = shop.bought(SchoolIx::new(0), "buy-equipment", 1, 100.0);
    shop.spoil("a purchase too small to be one".into(), "project", |rows| {
        rows.push(row);
    });
}

/// Money that does not stay where an earlier plan had it.
fn stay(shop: &mut Workshop) {
    for measure in shop.used() {
        let (at, name) = (shop.row_of(measure), shop.case.measures[measure].id.clone());
        let case = shop.case.clone();
        let how = format!("{name} goes to another school than before");
        shop.spoil(how, "stay", |rows| {
            let was = rows[at].school;
            rows[at].school = case.schools.ids().find(|&one| one != was).expect("two");
        });
        let how = format!("{name} begins in another year than before");
        shop.spoil(how, "stay", |rows| {
            rows[at].year = YearIx::new((rows[at].year.at() + 1) % case.horizon.years);
        });
    }
}

/// What may not be done at a school.
fn places(shop: &mut Workshop) {
    for (school, stated) in shop.case.clone().schools.pairs() {
        if shop.case.allows(shop.measure("special-posts"), school) {
            continue;
        }
        let row = shop.bought(school, "special-posts", 1, 1.0);
        let how = format!("a special post at {}, which is in no village", stated.name);
        shop.spoil(how, "open-measure", |rows| rows.push(row));
    }
}

/// Moves that take more than there is, or lead back to where they began.
fn ends(shop: &mut Workshop) {
    let case = shop.case.clone();
    let pair = |school, other, units: f64, year, id| {
        let mut arrives = shop.bought(school, id, year, units);
        arrives.fund = Some(FundIx::new(1));
        let leaves = PlanRow {
            school: other,
            units: -units,
            fund: None,
            payments: vec![Money::ZERO; case.horizon.years],
            after: Money::ZERO,
            ..arrives.clone()
        };
        [arrives, leaves]
    };
    let mut found = Vec::new();
    for (school, stated) in case.schools.pairs() {
        let mut others = case.schools.pairs();
        let other = others.find(|(at, one)| *at != school && one.stage == stated.stage);
        let (other, _) = other.expect("a school of the stage");
        let how = format!("{} gives more computers than it has", stated.name);
        found.push((
            how,
            "stock",
            pair(other, school, 500.0, 2, "move-computers"),
        ));
        let how = format!("who leaves {} arrives there", stated.name);
        let alone = pair(school, school, 40.0, 2, "rotate-backbone");
        found.push((how, "rotation-to-itself", alone));
    }
    for (how, rule, more) in found {
        shop.spoil(how, rule, |rows| rows.extend(more));
    }
}

/// Too little of the recurrent money for training.
fn training(shop: &mut Workshop) {
    let trains = ["train-backbone", "train-degree"].map(|id| shop.measure(id));
    for year in 0..shop.case.horizon.years {
        let how = format!("recurrent money trains nobody in year {year}");
        shop.spoil(how, "share", |rows| {
            let paid = |row: &&mut PlanRow| trains.contains(&row.measure);
            for row in rows.iter_mut().filter(paid) {
                if row.fund == Some(FundIx::new(3)) {
                    row.payments[year] = Money::ZERO;
                }
            }
        });
    }
}

/// Posts, and money in each place.
fn quotas(shop: &mut Workshop) {
    let case = shop.case.clone();
    for year in 0..case.horizon.years {
        let row = shop.bought(SchoolIx::new(0), "hire-teachers", year, 5.0);
        let how = format!("five posts too many in year {year}");
        shop.spoil(how, "quota", |rows| rows.push(row));
    }
    for (school, stated) in case.schools.pairs() {
        let row = shop.bought(school, "fit-art-rooms", 1, 23.0);
        let how = format!("{} gets more than any school may", stated.name);
        shop.spoil(how, "quota", |rows| rows.push(row));
    }
    for township in ["青石镇", "石桥乡"] {
        for year in 0..case.horizon.years {
            let how = format!("{township} gets nothing in year {year}");
            let here = |row: &PlanRow| case.schools[row.school].township == township;
            shop.spoil(how, "quota", |rows| {
                for row in rows.iter_mut().filter(|row| here(row)) {
                    row.payments[year] = Money::ZERO;
                }
            });
        }
    }
}

/// Schools that do not reach what is asked of them.
fn targets(shop: &mut Workshop) {
    for id in ["repair-rooms", "hire-pe-arts"] {
        let measure = shop.measure(id);
        for (school, stated) in shop.case.clone().schools.pairs() {
            let here = |row: &PlanRow| (row.school, row.measure) == (school, measure);
            let mut without = shop.plan.clone();
            without.retain(|row| !here(row));
            let found = audit::audit(&shop.case, &without, &[]);
            // Where the school is beyond what is asked of it, nothing is missed.
            let resource = shop.case.measures[measure].resource;
            let share = if id == "repair-rooms" { 0.85 } else { 0.6 };
            let last = shop.case.horizon.last();
            let outcome = junheng::plan::Outcome::new(&shop.case, &without);
            let stock = outcome.stock(&shop.case, school, resource, last);
            let required = shop.case.required(school, resource, last);
            let missed = stock
                .zip(required)
                .is_some_and(|(stock, all)| stock < share * all);
            let told = found.breaches.iter().any(|breach| breach.rule == "target");
            assert_eq!(missed, told, "{id} at {}", stated.name);
            if missed {
                let how = format!("{} goes without {id}", stated.name);
                shop.spoil(how, "target", |rows| *rows = without);
            }
        }
    }
}

/// Spending that falls.
fn growth(shop: &mut Workshop) {
    let county = FundIx::new(1);
    for year in 1..shop.case.horizon.years {
        let how = format!("the county spends nothing in year {year}");
        shop.spoil(how, "share", |rows| {
            for row in rows.iter_mut().filter(|row| row.fund == Some(county)) {
                row.payments[year] = Money::ZERO;
            }
        });
    }
}

/// A grant that is not matched.
fn matching(shop: &mut Workshop) {
    let [grant, works] = [0, 2].map(FundIx::new);
    let how = "the grant pays what the county was to match it with";
    shop.spoil(how.into(), "share", |rows| {
        for row in rows.iter_mut().filter(|row| row.fund == Some(works)) {
            row.fund = Some(grant);
        }
    });
    let how = "a building the county pays is not paid by it";
    shop.spoil(how.into(), "share", |rows| {
        rows.retain(|row| row.fund != Some(works));
    });
}

/// Rows that were to stay as they were.
fn kept(shop: &mut Workshop) {
    let case = shop.case.clone();
    shop.spoil("a locked row is gone".into(), "kept", |rows| {
        rows.remove(0);
    });
    shop.spoil("a locked row has one unit more".into(), "kept", |rows| {
        rows[1].units += 1.0;
        pay(&case, &mut rows[1]);
    });
}

/// A school that meets fewer indicators than are asked for: as many of them as the plan brings about everywhere.
fn indicators(shop: &mut Workshop) {
    let asked = |at_least: usize| {
        let mut case = shop.case.clone();
        case.policies.push(Policy {
            id: "indicators".to_string(),
            name: "indicators".to_string(),
            scope: Scope::default(),
            rule: Rule::Indicators {
                asked: Some((at_least, 0.0)),
                from: case.horizon.last(),
                relaxed: None,
            },
            place: Place::default(),
        });
        case
    };
    let breaches = |case: &Case, rows: &[PlanRow]| -> BTreeSet<&'static str> {
        let found = audit::audit(case, rows, &shop.plan[..2]);
        found.breaches.iter().map(|breach| breach.rule).collect()
    };
    let keeps = |most: &usize| !breaches(&asked(*most), &shop.plan).contains("indicators");
    let most = (1..=8).rev().find(keeps).expect("a plan meets something");
    let case = asked(most);
    let without = |at: usize| {
        let mut rows = shop.plan.clone();
        rows.remove(at);
        rows
    };
    let spoils = |at: &usize| breaches(&case, &without(*at)).contains("indicators");
    let at = (0..shop.plan.len())
        .find(spoils)
        .expect("a row that an indicator rests on");
    shop.case = case;
    let how = format!("fewer than {most} indicators for want of row {at}");
    shop.spoil(how, "indicators", |rows| drop(rows.remove(at)));
}

/// Schools that differ by more than the plan has them: each index limited to what it is in the plan.
fn differences(shop: &mut Workshop) {
    for (index, name) in [
        (Index::Cv, "coefficient of variation"),
        (Index::Gini, "Gini coefficient"),
        (Index::MeanDeviation, "mean deviation"),
    ] {
        for resource in ["equipment", "computers"] {
            let known = |one: &Resource| one.id == resource;
            let resource = shop.case.resources.find(known).expect("a resource");
            let limited = |most: f64| {
                let mut case = shop.case.clone();
                case.policies.push(Policy {
                    id: format!("{index:?} {}", resource.at()),
                    name: format!("{index:?} {}", resource.at()),
                    scope: Scope {
                        resources: vec![resource],
                        ..Scope::default()
                    },
                    rule: Rule::Differences {
                        index,
                        most: Some(most),
                        composite: false,
                        from: case.horizon.last(),
                        together: false,
                    },
                    place: Place::default(),
                });
                case
            };
            let keeps = |most: &f64| audit::audit(&limited(*most), &shop.plan, &shop.plan).passed();
            let least = (1..2000).map(|at| f64::from(at) * 1e-3).find(keeps);
            shop.case = limited(least.expect("some limit"));
            let brings = |row: &PlanRow| {
                row.units > 0.0 && shop.case.measures[row.measure].resource == resource
            };
            let at = shop.plan.iter().position(brings).expect("it is bought");
            let named = shop.case.resources[resource].id.clone();
            let how = format!("{named} for one school alone: {name}");
            shop.spoil(how, "differences", |rows| rows[at].units *= 40.0);
        }
    }
}
