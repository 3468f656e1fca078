//! The formulation is the thing under test: one golden program per limit family, no solver.
//! `JUNHENG_GOLDEN=write cargo test --test formulation` writes the files anew; read the difference before you commit.

mod common;

use common::{With, county};
use junheng::case::balance::Index;
use junheng::case::county::labelled;
use junheng::case::*;
use junheng::formulate::{
    ColKey, Floors, Formulated, Kept, RowKey, Weighing, formulate, formulate_above,
};
use junheng::program::lp_text::lp_text;
use junheng::words::*;

/// Two schools, one resource each way: S0 lacks books and has a teacher to spare, S1 lacks a teacher.
fn two_schools() -> Case {
    let mut case = county(0, With::default());
    let mut schools: Vec<School> = case.schools.iter().take(2).cloned().collect();
    for (school, (pupils, stock)) in schools
        .iter_mut()
        .zip([(190.0, [12.0, 3000.0, 900.0]), (95.0, [4.0, 2000.0, 400.0])])
    {
        school.stage = Stage::Primary;
        school.county = CountyIx::new(0);
        school.pupils = Some(BySection {
            primary: pupils,
            junior: 0.0,
        });
        school.stock = stock.map(Some).to_vec();
    }
    schools[0].area = AreaIx::new(0);
    schools[1].area = AreaIx::new(1);
    case.schools = schools.into();
    case.horizon = Horizon {
        first_year: 2026,
        years: 2,
        terminal: 0.0,
    };
    case.enrolment = BySection {
        primary: vec![1.0; 2],
        junior: vec![1.0; 2],
    };
    case.measures = Table::default();
    case.funds = Table::default();
    case
}

fn measure(case: &mut Case, id: &str, resource: usize, lever: Lever, cost: f64, nature: Nature) {
    case.measures.push(Measure {
        id: id.into(),
        name: id.into(),
        resource: ResourceIx::new(resource),
        also: Vec::new(),
        most: Most::Needed,
        lever,
        cost: Money::from_main(cost),
        subsidy: None,
        step: None,
        among: Among::default(),
        least: 0.0,
        nature,
        body: "bureau".into(),
        scope: Scope::default(),
    });
}

fn buy_books(case: &mut Case) {
    measure(
        case,
        "books",
        common::BOOKS,
        Lever::Buy { lead: 0, life: 10 },
        20.0,
        Nature::Capital,
    );
}

fn fund(case: &mut Case, id: &str, amount: f64, carry_over: bool, scope: Scope) {
    let amounts = vec![Money::from_main(amount); case.horizon.years].into();
    case.funds.push(Fund {
        per_pupil: None,
        id: id.into(),
        name: id.into(),
        amounts,
        after: Money::from_main(amount),
        carry_over,
        scope,
        place: Place::default(),
    });
}

fn rule(case: &mut Case, id: &str, scope: Scope, rule: Rule) {
    case.policies.push(Policy {
        id: id.into(),
        name: id.into(),
        scope,
        rule,
        place: Place::default(),
    });
}

fn golden(name: &str, case: &Case, kept: &[Kept]) {
    golden_of(name, case, &formulate(case, kept));
}

fn golden_of(name: &str, case: &Case, form: &Formulated) {
    let text = lp_text(
        &form.program,
        |col| col_name(case, form, col),
        |row| row_name(case, form, row),
    );
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/golden")
        .join(format!("{name}.lp"));
    if std::env::var_os("JUNHENG_GOLDEN").is_some() {
        std::fs::write(&path, &text).expect("the golden file can be written");
    }
    let wanted = std::fs::read_to_string(&path).expect("the golden file is there");
    assert_eq!(text, wanted, "{name}");
}

fn year(case: &Case, period: YearIx) -> String {
    if case.horizon.is_terminal(period) {
        "after".into()
    } else {
        case.horizon.calendar(period).to_string()
    }
}

fn col_name(case: &Case, form: &Formulated, col: usize) -> String {
    let school = |at: SchoolIx| &case.schools[at].id;
    let measure = |at: MeasureIx| &case.measures[at].id;
    match form.cols[col] {
        ColKey::Short {
            school: at,
            resource,
            period,
            band,
        } => {
            format!(
                "short[{},{},{},{band}]",
                school(at),
                case.resources[resource].id,
                year(case, period)
            )
        }
        ColKey::Supply {
            school: at,
            measure: m,
            year: y,
        } => {
            format!("{}[{},{}]", measure(m), school(at), year(case, y))
        }
        ColKey::Give {
            school: at,
            measure: m,
            year: y,
        } => {
            format!("give_{}[{},{}]", measure(m), school(at), year(case, y))
        }
        ColKey::Exchange {
            measure: m,
            year: y,
            ..
        } => format!("exchange_{}[{}]", measure(m), year(case, y)),
        ColKey::Kept {
            school: at,
            measure: m,
            year: y,
            ..
        } => format!("kept_{}[{},{}]", measure(m), school(at), year(case, y)),
        ColKey::Stock {
            school: at,
            resource,
            year: y,
        } => format!(
            "has[{},{},{}]",
            school(at),
            case.resources[resource].id,
            year(case, y)
        ),
        ColKey::Below {
            school: at,
            resource,
            year: y,
            ..
        } => format!(
            "below[{},{},{}]",
            school(at),
            case.resources[resource].id,
            year(case, y)
        ),
        ColKey::Pay {
            fund,
            class,
            period,
        } => {
            format!(
                "pay[{},{class},{}]",
                case.funds[fund].id,
                year(case, period)
            )
        }
    }
}

fn row_name(case: &Case, form: &Formulated, row: usize) -> String {
    match form.rows[row] {
        RowKey::Need {
            school,
            resource,
            period,
        } => {
            format!(
                "need[{},{},{}]",
                case.schools[school].id,
                case.resources[resource].id,
                year(case, period)
            )
        }
        RowKey::Ceiling {
            school,
            resource,
            period,
        } => format!(
            "ceiling[{},{},{}]",
            case.schools[school].id,
            case.resources[resource].id,
            year(case, period)
        ),
        RowKey::Most { school, measure } => format!(
            "most[{},{}]",
            case.schools[school].id, case.measures[measure].id
        ),
        RowKey::Pool { year: y, .. } => format!("pool[{}]", year(case, y)),
        RowKey::Class { class, period } => format!("class[{class},{}]", year(case, period)),
        RowKey::Fund { fund, period } => {
            format!("fund[{},{}]", case.funds[fund].id, year(case, period))
        }
        RowKey::Target {
            policy,
            school,
            resource,
            year: y,
        } => format!(
            "{}[{},{},{}]",
            case.policies[policy].id,
            case.schools[school].id,
            case.resources[resource].id,
            year(case, y)
        ),
        RowKey::Kept {
            school,
            measure,
            year: y,
            ..
        } => format!(
            "kept[{},{},{}]",
            case.measures[measure].id,
            case.schools[school].id,
            year(case, y)
        ),
        RowKey::Stay { policy } => named_rule(case, policy, None, None),
        RowKey::Floor { school, resource } => {
            format!(
                "floor[{},{}]",
                case.schools[school].id, case.resources[resource].id
            )
        }
        RowKey::Stock {
            school,
            resource,
            year: y,
        } => format!(
            "stock[{},{},{}]",
            case.schools[school].id,
            case.resources[resource].id,
            year(case, y)
        ),
        RowKey::Indicator {
            school,
            resource,
            year: y,
            ..
        } => format!(
            "norm[{},{},{}]",
            case.schools[school].id,
            case.resources[resource].id,
            year(case, y)
        ),
        RowKey::Indicators {
            policy,
            school,
            year: y,
            ..
        } => named_rule(case, policy, Some(y), Some(school)),
        RowKey::Differences {
            policy, year: y, ..
        } => named_rule(case, policy, Some(y), None),
        RowKey::Share { policy, year: y } => named_rule(case, policy, y, None),
        RowKey::Quota {
            policy,
            year: y,
            place,
        } => named_rule(case, policy, y, place),
    }
}

fn named_rule(case: &Case, policy: PolicyIx, y: Option<YearIx>, place: Option<SchoolIx>) -> String {
    let years = y.map_or("all".into(), |y| year(case, y));
    let place = place.map_or(String::new(), |first| {
        format!(",{}", case.schools[first].id)
    });
    format!("{}[{years}{place}]", case.policies[policy].id)
}

#[test]
fn buying_serves_from_its_year_to_the_end_of_its_life() {
    let mut case = two_schools();
    case.horizon.terminal = 3.0;
    buy_books(&mut case);
    measure(
        &mut case,
        "tablets",
        common::BOOKS,
        Lever::Buy { lead: 0, life: 1 },
        5.0,
        Nature::Capital,
    );
    fund(&mut case, "county", 10_000.0, false, Scope::default());
    golden("buy", &case, &[]);
}

#[test]
fn building_serves_after_its_lead_time() {
    let mut case = two_schools();
    case.schools[SchoolIx::new(0)].stock[common::AREA] = Some(700.0);
    measure(
        &mut case,
        "build",
        common::AREA,
        Lever::Buy { lead: 1, life: 50 },
        2500.0,
        Nature::Capital,
    );
    fund(&mut case, "county", 10_000.0, false, Scope::default());
    golden("build", &case, &[]);
}

#[test]
fn a_quota_holds_at_each_school_in_units_or_money() {
    let mut case = two_schools();
    case.horizon.terminal = 3.0;
    measure(
        &mut case,
        "hire",
        common::TEACHERS,
        Lever::Hire,
        60_000.0,
        Nature::Recurrent,
    );
    buy_books(&mut case);
    case.schools[SchoolIx::new(1)].stock[common::BOOKS] = Some(100.0);
    fund(&mut case, "county", 100_000.0, false, Scope::default());
    let quota = |bound, amount, each_year, each| Rule::Quota {
        bound,
        amount,
        each_year,
        each,
    };
    let money = |main| Quota::Money(Money::from_main(main));
    let books = Scope {
        measures: vec![MeasureIx::new(1)],
        ..Scope::default()
    };
    let most = quota(Bound::Max, Quota::Units(300.0), false, Each::School);
    rule(&mut case, "some_for_all", books, most);
    let least = quota(Bound::Min, money(1_000.0), true, Each::School);
    rule(&mut case, "money_each_year", Scope::default(), least);
    let most = quota(Bound::Max, money(90_000.0), false, Each::Township);
    rule(&mut case, "town_in_all", Scope::default(), most);
    golden("places", &case, &[]);
}

#[test]
fn a_target_says_what_may_stay_short_in_whole_steps() {
    let mut case = two_schools();
    buy_books(&mut case);
    fund(&mut case, "county", 10_000.0, false, Scope::default());
    let books = Scope {
        resources: vec![ResourceIx::new(common::BOOKS)],
        ..Scope::default()
    };
    case.schools[SchoolIx::new(0)].stock[common::BOOKS] = Some(1_200.5);
    let target = |share, from| Rule::Target {
        share,
        from: YearIx::new(from),
    };
    rule(&mut case, "half", Scope::default(), target(0.5, 0));
    rule(&mut case, "most", books, target(0.85, 1));
    golden("target", &case, &[]);
}

/// 190 pupils with 3,000 books and 95 with 2,000: 15.789 and 21.053 a pupil, of which X̄ = 17.544 and S = 2.481, 0.1414 of it.
/// The tangent there: (gᵢ − 0.1·wᵢ)·Xᵢ with gᵢ = wᵢ(Xᵢ − X̄)/S, wᵢ = 2/3 and 1/3.
#[test]
fn a_limit_on_differences_is_a_tangent_where_a_point_breaks_it() {
    let mut case = two_schools();
    buy_books(&mut case);
    fund(&mut case, "county", 10_000.0, false, Scope::default());
    let books = Scope {
        resources: vec![ResourceIx::new(common::BOOKS)],
        ..Scope::default()
    };
    let even = Rule::Differences {
        index: Index::Cv,
        most: Some(0.1),
        composite: false,
        from: YearIx::new(1),
        together: false,
    };
    rule(&mut case, "even", books, even);
    let mut form = formulate(&case, &[]);
    let nothing: Vec<f64> = form.program.cols.iter().map(|col| col.lower).collect();
    let one = form.comparisons[0].clone();
    let limit = Weighing {
        parts: vec![(1.0, one.most)],
        rest: 0.0,
    };
    form.add_tangent(&nothing, &one, &limit);
    golden_of("differences", &case, &form);
}

#[test]
fn a_floor_is_what_may_stay_short_in_the_last_year() {
    let mut case = two_schools();
    buy_books(&mut case);
    fund(&mut case, "county", 10_000.0, false, Scope::default());
    let need = (SchoolIx::new(0), ResourceIx::new(common::BOOKS));
    golden_of(
        "floor",
        &case,
        &formulate_above(&case, &[], &Floors::from([(need, 0.6)])),
    );
}

#[test]
fn what_is_moved_for_good_is_paid_once() {
    let mut case = two_schools();
    case.horizon.terminal = 3.0;
    measure(
        &mut case,
        "move",
        common::BOOKS,
        Lever::Move,
        0.5,
        Nature::Recurrent,
    );
    fund(&mut case, "county", 10_000.0, false, Scope::default());
    golden("move", &case, &[]);
}

#[test]
fn no_more_is_mended_than_is_broken() {
    let mut case = two_schools();
    measure(
        &mut case,
        "mend",
        common::AREA,
        Lever::Buy { lead: 0, life: 50 },
        900.0,
        Nature::Capital,
    );
    case.measures[MeasureIx::new(0)].most = Most::Unusable;
    // What one measure mends another cannot mend again.
    let mut again = case.measures[MeasureIx::new(0)].clone();
    again.id = "patch".into();
    case.measures.push(again);
    for (school, broken) in [(0, Some(40.0)), (1, None)] {
        case.schools[SchoolIx::new(school)].unusable[common::AREA] = broken;
    }
    fund(&mut case, "county", 10_000.0, false, Scope::default());
    golden("repair", &case, &[]);
}

#[test]
fn a_part_of_an_earlier_plans_money_stays_where_it_was() {
    let mut case = two_schools();
    buy_books(&mut case);
    // S0 lacks 800 books, S1 400. 300 and 500 were to be bought in 2026; of the latter no more than 400 can be kept now.
    case.schools[SchoolIx::new(1)].stock[common::BOOKS] = Some(1500.0);
    let books = |year, school| (YearIx::new(year), MeasureIx::new(0), SchoolIx::new(school));
    let earlier = [(books(0, 0), 300.0), (books(0, 1), 500.0)];
    case.policies.push(Policy {
        id: "stay".into(),
        name: "stay".into(),
        scope: Scope::default(),
        rule: Rule::Stay {
            earlier: std::sync::Arc::new(Earlier::of(earlier.into_iter())),
            least: 0.8,
        },
        place: Place::default(),
    });
    fund(&mut case, "county", 20_000.0, false, Scope::default());
    golden("stay", &case, &[]);
}

#[test]
fn of_moves_between_schools_what_arrives_stays() {
    let mut case = two_schools();
    measure(
        &mut case,
        "rotate",
        common::TEACHERS,
        Lever::Rotate { term: 1 },
        6_000.0,
        Nature::Recurrent,
    );
    // S1 lacks one post: of the two that were to come no more than that one can be kept.
    let moved = (YearIx::new(0), MeasureIx::new(0), SchoolIx::new(1));
    let stay = Rule::Stay {
        earlier: std::sync::Arc::new(Earlier::of([(moved, 2.0)].into_iter())),
        least: 0.5,
    };
    rule(&mut case, "stay", Scope::default(), stay);
    fund(&mut case, "county", 100_000.0, false, Scope::default());
    golden("stay_moves", &case, &[]);
}

#[test]
fn a_project_may_be_larger_than_the_need_it_is_for() {
    let mut case = two_schools();
    buy_books(&mut case);
    // S0 lacks 800 books and may get 1,000, S1 lacks 400 and is not worth so many; the bound allows any part of them.
    case.schools[SchoolIx::new(1)].stock[common::BOOKS] = Some(1500.0);
    case.measures[MeasureIx::new(0)].least = 1000.0;
    fund(&mut case, "county", 10_000.0, false, Scope::default());
    golden("project", &case, &[]);
}

#[test]
fn what_falls_out_of_use_is_needed_again_from_its_year_on() {
    let mut case = two_schools();
    case.horizon.terminal = 4.0;
    buy_books(&mut case);
    // 500 books of S0 wear out before 2027; of the 400 of S1 a quarter of the years after the plan still has use.
    for (school, units, year) in [(0, 500.0, 2027), (1, 400.0, 2029)] {
        case.schools[SchoolIx::new(school)]
            .write_offs
            .push(WriteOff {
                resource: ResourceIx::new(common::BOOKS),
                units,
                year,
                along: false,
            });
    }
    fund(&mut case, "county", 10_000.0, false, Scope::default());
    golden("write_off", &case, &[]);
}

#[test]
fn who_is_hired_for_one_indicator_counts_in_others() {
    let mut case = two_schools();
    measure(
        &mut case,
        "hire",
        common::TEACHERS,
        Lever::Hire,
        60_000.0,
        Nature::Recurrent,
    );
    buy_books(&mut case);
    // A librarian who brings books: the two needs of a school are one block.
    case.measures[MeasureIx::new(0)].also = vec![(ResourceIx::new(common::BOOKS), 40.0)];
    fund(&mut case, "county", 100_000.0, false, Scope::default());
    golden("also", &case, &[]);
}

#[test]
fn only_who_is_not_yet_can_be_trained() {
    let mut case = two_schools();
    // Area stands for those who are already what the training makes of the teachers.
    for (school, teachers, already) in [(0, 10.0, 4.0), (1, 10.0, 11.0)] {
        let stock = &mut case.schools[SchoolIx::new(school)].stock;
        stock[common::TEACHERS] = Some(teachers);
        stock[common::AREA] = Some(already);
    }
    measure(
        &mut case,
        "train",
        common::AREA,
        Lever::Buy { lead: 0, life: 20 },
        1_600.0,
        Nature::Recurrent,
    );
    case.measures[MeasureIx::new(0)].most = Most::NotYet(ResourceIx::new(common::TEACHERS));
    fund(&mut case, "county", 10_000.0, false, Scope::default());
    golden("train", &case, &[]);
}

/// A norm of a resource, of primary schools.
fn norm(case: &mut Case, resource: usize, basis: NormBasis, amount: f64) {
    let amount = BySection {
        primary: Some(amount),
        junior: None,
    };
    case.standard.norms[ResourceIx::new(resource)] = Some(Norm { basis, amount });
}

#[test]
fn rooms_are_asked_for_so_many_classes_that_none_is_too_large() {
    let mut case = two_schools();
    // 190 pupils in 4 classes are one class too few, 95 in 4 are one more than need be.
    case.standard.sizes.class.primary = Some(45.0);
    for school in 0..2 {
        let stated = &mut case.schools[SchoolIx::new(school)];
        stated.classes = Some(BySection {
            primary: 4.0,
            junior: 0.0,
        });
        stated.stock[common::AREA] = Some(3.0);
    }
    norm(&mut case, common::AREA, NormBasis::ClassWithinSize, 1.0);
    measure(
        &mut case,
        "build",
        common::AREA,
        Lever::Buy { lead: 1, life: 50 },
        220_000.0,
        Nature::Capital,
    );
    fund(&mut case, "county", 1e6, false, Scope::default());
    golden("places_built", &case, &[]);
}

#[test]
fn beds_are_asked_for_boarders_alone() {
    let mut case = two_schools();
    case.enrolment.primary = vec![1.0, 1.1];
    for (school, boarders) in [(0, 38.0), (1, 0.0)] {
        let stated = &mut case.schools[SchoolIx::new(school)];
        stated.boarders = Some(boarders);
        stated.stock[common::AREA] = Some(30.0);
    }
    norm(&mut case, common::AREA, NormBasis::Boarder, 1.0);
    measure(
        &mut case,
        "beds",
        common::AREA,
        Lever::Buy { lead: 0, life: 30 },
        6_000.0,
        Nature::Capital,
    );
    fund(&mut case, "county", 1e5, false, Scope::default());
    golden("beds", &case, &[]);
}

#[test]
fn aid_is_paid_anew_each_year_and_at_least_its_share_is() {
    let mut case = two_schools();
    case.horizon.terminal = 3.0;
    for (school, poor, boarding) in [(0, 20.0, 5.0), (1, 8.0, 0.0)] {
        let stated = &mut case.schools[SchoolIx::new(school)];
        stated.poor = Some(BySection {
            primary: poor,
            junior: 0.0,
        });
        stated.poor_boarders = Some(boarding);
        stated.stock[common::AREA] = Some(0.0);
    }
    let boarder = BySection {
        primary: Some(625.0),
        junior: None,
    };
    norm(
        &mut case,
        common::AREA,
        NormBasis::PoorPupil { boarder },
        625.0,
    );
    measure(
        &mut case,
        "aid",
        common::AREA,
        Lever::Aid,
        1.0,
        Nature::Recurrent,
    );
    fund(&mut case, "aid", 18_000.0, false, Scope::default());
    let aid = Scope {
        resources: vec![ResourceIx::new(common::AREA)],
        ..Scope::default()
    };
    let target = Rule::Target {
        share: 0.8,
        from: YearIx::new(0),
    };
    rule(&mut case, "first", aid, target);
    golden("aid", &case, &[]);
}

#[test]
fn parts_of_a_post_are_shared_inside_a_circle_for_a_year() {
    let mut case = two_schools();
    // Two pairs: in each the first has a teacher to spare. What is shared in one does nothing for the other.
    let pair: Vec<School> = case.schools.iter().cloned().collect();
    for school in pair {
        case.schools.push(school);
    }
    for (at, (id, group)) in [("A0", "a"), ("A1", "a"), ("B0", "b"), ("B1", "b")]
        .into_iter()
        .enumerate()
    {
        let stated = &mut case.schools[SchoolIx::new(at)];
        (stated.id, stated.group) = (id.into(), group.into());
    }
    measure(
        &mut case,
        "share",
        common::TEACHERS,
        Lever::Share,
        5_000.0,
        Nature::Recurrent,
    );
    let stated = &mut case.measures[MeasureIx::new(0)];
    (stated.step, stated.among) = (Some(0.2), Among::of(true, None));
    case.gather();
    fund(&mut case, "county", 10_000.0, false, Scope::default());
    golden("shared_post", &case, &[]);
}

#[test]
fn what_stands_in_for_a_part_is_capped_in_whole_steps() {
    let mut case = two_schools();
    measure(
        &mut case,
        "remote",
        common::TEACHERS,
        Lever::Buy { lead: 0, life: 6 },
        40_000.0,
        Nature::Recurrent,
    );
    let stated = &mut case.measures[MeasureIx::new(0)];
    (stated.step, stated.most) = (Some(0.1), Most::PartOf(0.15));
    fund(&mut case, "county", 100_000.0, false, Scope::default());
    golden("part", &case, &[]);
}

#[test]
fn hiring_is_paid_every_year_and_after_the_plan() {
    let mut case = two_schools();
    case.horizon.terminal = 3.0;
    measure(
        &mut case,
        "hire",
        common::TEACHERS,
        Lever::Hire,
        60_000.0,
        Nature::Recurrent,
    );
    fund(&mut case, "county", 100_000.0, false, Scope::default());
    golden("hire", &case, &[]);
}

#[test]
fn a_special_post_is_paid_from_outside_at_first_and_whole_later() {
    let mut case = two_schools();
    case.horizon.years = 3;
    case.horizon.terminal = 2.0;
    case.enrolment = BySection {
        primary: vec![1.0; 3],
        junior: vec![1.0; 3],
    };
    measure(
        &mut case,
        "special",
        common::TEACHERS,
        Lever::Hire,
        60_000.0,
        Nature::Recurrent,
    );
    let special = MeasureIx::new(0);
    case.measures[special].subsidy = Some(Subsidy {
        each: Money::from_main(34_600.0),
        years: 2,
    });
    fund(&mut case, "county", 100_000.0, false, Scope::default());
    rule(
        &mut case,
        "pay",
        Scope::default(),
        Rule::Quota {
            bound: Bound::Max,
            each: Each::All,
            each_year: false,
            amount: Quota::Money(Money::from_main(250_000.0)),
        },
    );
    golden("special_post", &case, &[]);
}

#[test]
fn rotation_takes_what_it_brings() {
    let mut case = two_schools();
    measure(
        &mut case,
        "rotate",
        common::TEACHERS,
        Lever::Rotate { term: 1 },
        6_000.0,
        Nature::Recurrent,
    );
    fund(&mut case, "county", 100_000.0, false, Scope::default());
    golden("rotate", &case, &[]);
}

#[test]
fn some_funds_match_what_others_pay_for_the_same() {
    let mut case = two_schools();
    buy_books(&mut case);
    fund(&mut case, "grant", 5_000.0, true, Scope::default());
    fund(&mut case, "county", 10_000.0, false, Scope::default());
    let towns = Scope {
        areas: vec![AreaIx::new(0)],
        ..Scope::default()
    };
    let matching = Rule::Share {
        bound: Bound::Min,
        share: 0.25,
        base: Base::Matched(vec![FundIx::new(0)]),
        funds: vec![FundIx::new(1)],
        each_year: true,
    };
    rule(&mut case, "match", towns, matching);
    golden("matching", &case, &[]);
}

#[test]
fn funds_are_kept_apart_by_earmarks_and_carried_over() {
    let mut case = two_schools();
    buy_books(&mut case);
    fund(
        &mut case,
        "village",
        5_000.0,
        true,
        Scope {
            areas: vec![AreaIx::new(1)],
            ..Scope::default()
        },
    );
    fund(&mut case, "county", 10_000.0, false, Scope::default());
    golden("funds", &case, &[]);
}

#[test]
fn a_province_pays_for_its_own_county_of_a_shared_name() {
    let mut case = two_schools();
    case.schools[SchoolIx::new(1)].stock[common::BOOKS] = Some(1000.0);
    case.provinces = vec!["Kogi".to_string(), "Plateau".to_string()].into();
    let bassa = |province| ("Bassa".to_string(), ProvinceIx::new(province));
    case.counties = labelled(&case.provinces, vec![bassa(0), bassa(1)]);
    case.schools[SchoolIx::new(1)].county = CountyIx::new(1);
    buy_books(&mut case);
    measure(
        &mut case,
        "rotate",
        common::TEACHERS,
        Lever::Rotate { term: 1 },
        6_000.0,
        Nature::Recurrent,
    );
    for (at, name) in [(0, "kogi"), (1, "plateau")] {
        let own = Scope {
            provinces: vec![ProvinceIx::new(at)],
            ..Scope::default()
        };
        fund(&mut case, name, 10_000.0, false, own);
    }
    golden("provinces", &case, &[]);
}

#[test]
fn a_share_is_stated_on_what_is_spent_or_on_what_is_available() {
    let mut case = two_schools();
    case.schools[SchoolIx::new(1)].stock[common::BOOKS] = Some(1000.0);
    buy_books(&mut case);
    fund(&mut case, "county", 10_000.0, false, Scope::default());
    let village = Scope {
        areas: vec![AreaIx::new(1)],
        ..Scope::default()
    };
    let share = |bound, base, each_year| Rule::Share {
        bound,
        share: 0.4,
        base,
        funds: vec![],
        each_year,
    };
    rule(
        &mut case,
        "of_spent",
        village.clone(),
        share(Bound::Min, Base::Spent, true),
    );
    rule(
        &mut case,
        "of_available",
        village,
        share(Bound::Max, Base::Available, false),
    );
    golden("share", &case, &[]);
}

#[test]
fn spending_that_only_grows_is_stated_on_the_year_before() {
    let mut case = two_schools();
    case.schools[SchoolIx::new(1)].stock[common::BOOKS] = Some(1000.0);
    buy_books(&mut case);
    fund(&mut case, "county", 10_000.0, false, Scope::default());
    fund(&mut case, "province", 10_000.0, false, Scope::default());
    let village = Scope {
        areas: vec![AreaIx::new(1)],
        ..Scope::default()
    };
    let grows = Rule::Share {
        bound: Bound::Min,
        share: 1.1,
        base: Base::YearBefore,
        funds: vec![FundIx::new(0)],
        each_year: true,
    };
    rule(&mut case, "grows", village, grows);
    golden("year_before", &case, &[]);
}

#[test]
fn a_quota_counts_units_by_year_or_over_the_plan() {
    let mut case = two_schools();
    measure(
        &mut case,
        "hire",
        common::TEACHERS,
        Lever::Hire,
        60_000.0,
        Nature::Recurrent,
    );
    measure(
        &mut case,
        "rotate",
        common::TEACHERS,
        Lever::Rotate { term: 1 },
        6_000.0,
        Nature::Recurrent,
    );
    fund(&mut case, "county", 100_000.0, false, Scope::default());
    let only = |measure| Scope {
        measures: vec![MeasureIx::new(measure)],
        ..Scope::default()
    };
    let quota = |bound, amount, each_year| Rule::Quota {
        bound,
        amount,
        each_year,
        each: Each::All,
    };
    rule(
        &mut case,
        "posts",
        only(0),
        quota(Bound::Max, Quota::Units(1.0), false),
    );
    rule(
        &mut case,
        "moves",
        only(1),
        quota(Bound::Min, Quota::OfStock(0.25), true),
    );
    golden("quota", &case, &[]);
}

#[test]
fn severity_bands_split_a_shortfall() {
    let mut case = two_schools();
    let band = |below, weight| Band { below, weight };
    case.objective.bands = vec![band(0.6, 3.0), band(0.85, 2.0), band(1.0, 1.0)];
    case.horizon.years = 1;
    case.schools[SchoolIx::new(0)].stock[common::BOOKS] = Some(1900.0);
    buy_books(&mut case);
    fund(&mut case, "county", 10_000.0, false, Scope::default());
    golden("bands", &case, &[]);
}

#[test]
fn kept_rows_are_fixed_with_their_payments() {
    let mut case = two_schools();
    buy_books(&mut case);
    fund(
        &mut case,
        "village",
        5_000.0,
        true,
        Scope {
            areas: vec![AreaIx::new(1)],
            ..Scope::default()
        },
    );
    fund(&mut case, "county", 10_000.0, false, Scope::default());
    let kept = Kept {
        school: SchoolIx::new(0),
        measure: MeasureIx::new(0),
        year: YearIx::new(0),
        units: 50.0,
        fund: Some(FundIx::new(1)),
        payments: vec![Money::from_main(1000.0), Money::ZERO],
    };
    golden("keep", &case, &[kept]);
}

#[test]
fn what_is_forbidden_or_cannot_be_paid_has_no_column() {
    let mut case = two_schools();
    buy_books(&mut case);
    measure(
        &mut case,
        "hire",
        common::TEACHERS,
        Lever::Hire,
        60_000.0,
        Nature::Recurrent,
    );
    fund(
        &mut case,
        "capital",
        10_000.0,
        false,
        Scope {
            natures: vec![Nature::Capital],
            ..Scope::default()
        },
    );
    rule(
        &mut case,
        "no",
        Scope {
            schools: vec![SchoolIx::new(0)],
            ..Scope::default()
        },
        Rule::Forbid,
    );
    golden("forbid", &case, &[]);
}

/// Two of three indicators met and the other at 85 %: what may stay below is the rest of the norm, or what is missing without
/// a plan where that is less; one of them in all. Who lacks one indicator alone is asked for 85 % of it and nothing more.
#[test]
fn one_indicator_of_three_may_stay_below_its_norm() {
    let mut case = two_schools();
    buy_books(&mut case);
    fund(&mut case, "county", 10_000.0, false, Scope::default());
    let met = Rule::Indicators {
        asked: Some((2, 0.85)),
        from: YearIx::new(1),
        relaxed: None,
    };
    rule(&mut case, "met", Scope::default(), met);
    golden("indicators", &case, &[]);
}
